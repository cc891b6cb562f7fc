/* folium's MeasureControl: a button, the points that the reader sets on the map, and what lies between them. */
import { aria, el } from "../dom.ts";
import { t } from "../payload/text.ts";
import { follow } from "../state/state.ts";
import type { MeasureOptions } from "../types/elements.ts";
import type { Position } from "../types/network.ts";
import { drawer, listen } from "./measure_tool.ts";
import { measuredWords } from "./measured.ts";
import { namedButton } from "./named_button.ts";

const OWN = "var(--accent)"; // the colour without a given one

/** Add the control. */
export const addMeasureControl = (map: L.Map, options: MeasureOptions): void => {
  const { position = "topright", activeColor = OWN, completedColor = OWN } = options;
  const ground = map.getContainer();
  const draw = drawer(map, true);
  const result = el("output", { "aria-live": "polite" });
  let points: Position[] = [];
  let active = false;

  const show = (): void => {
    const hint = active ? [t("ui.measure.hint")] : [];
    const lines = points.length > 1 ? measuredWords(points, options) : hint;
    result.replaceChildren(...lines.map((line) => el("p", {}, line)));
    draw(points, active ? activeColor : completedColor);
  };
  const turn = (now: boolean): void => {
    active = now;
    if (active || points.length < 2) points = [];
    aria(button, "pressed", active);
    ground.classList.toggle("measures", active);
    (active ? ground : button).focus({ preventScroll: true });
    show();
  };
  const button = namedButton("measure", "ui.measure", () => turn(!active));
  aria(button, "pressed", false);
  const add = ({ lat, lng }: L.LatLng): void => {
    points.push({ lat, lon: lng });
    show();
  };

  const box = el("div", { class: "measure-control" }, button, result);
  const control = new L.Control({ position });
  control.onAdd = () => box;
  control.addTo(map);
  L.DomEvent.disableClickPropagation(box);
  const remove = (): void => {
    points.pop();
    show();
  };
  listen(map, () => active, { add, remove, end: () => turn(false) });
  follow(["lang"], show);
};
