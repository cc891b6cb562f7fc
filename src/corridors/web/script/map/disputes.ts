/* Disputed borders for the pointer: a wide line that is not visible above each, which names it and opens its card. */
import { el } from "../dom.ts";
import { disputes, idOfDispute } from "../payload/disputes.ts";
import { pick, t } from "../payload/text.ts";
import { follow } from "../state/state.ts";
import type { Dispute } from "../types/basemap.ts";
import { pathData, shapesOf } from "./basemap.ts";
import { chooseByClick } from "./chosen.ts";
import { sayOf } from "./hint.ts";
import { hideFromReaders, keepUnfocused, WrittenPath } from "./leaflet.ts";
import { addPane } from "./panes.ts";

const LEVEL = 415; // above the areas of countries, below all lines
const hint = ({ name }: Dispute): HTMLElement =>
  el("span", { class: "hint" }, el("b", {}, pick(name)), ` · ${t("card.dispute")}`);

/** Let the pointer find the disputed borders. */
export const drawDisputes = (map: L.Map): void => {
  const shapes = shapesOf("disputed");
  if (!shapes || !disputes.length) return;
  const pane = addPane(map, "corridors-disputes", LEVEL);
  const renderer = L.svg({ pane, padding: 0.3 });
  const layers = disputes.map((dispute) => {
    const options = { renderer, pane, className: "dispute", fill: false, weight: 12, opacity: 0 };
    const layer = new WrittenPath((window) => pathData(shapes, map, window, dispute.rows), options);
    keepUnfocused(layer);
    const id = idOfDispute(dispute);
    sayOf(map, layer, () => hint(dispute));
    chooseByClick(layer, id);
    return { id, layer: layer.addTo(map) };
  });
  hideFromReaders(renderer);
  follow(["selected"], ({ selected }) => {
    for (const { id, layer } of layers) layer.getElement()?.classList.toggle("halo", id === selected);
  });
};
