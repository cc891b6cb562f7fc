/* What is said of a feature under the pointer, and where: within the map. */
import { el } from "../dom.ts";
import { isolated } from "../payload/isolated.ts";
import { figuresIn } from "../payload/points.ts";
import { formatDate, formatQuantity, kindOf, nameOf, t } from "../payload/text.ts";
import { ownYear, statusIn } from "../state/filter.ts";
import { isUnsure, statusWords } from "../state/years.ts";
import type { Feature } from "../types/payload.ts";

/** The figure by whose class a feature is drawn in a year, with its period; or that there is none. */
const figureWords = (feature: Feature, year: number | null): string => {
  const [figure] = ownYear(year) ? (feature.headline ?? []) : figuresIn(feature, Number(year));
  const known = figure?.date && (ownYear(year) || figure.date === String(year));
  return known ? `${formatQuantity(figure)} (${formatDate(figure.date ?? "")})` : t("time.no_figure", year);
};

export const hintOf = (feature: Feature, year: number | null): HTMLElement => {
  const status = statusIn(feature, year);
  const said = status && (status !== "operational" || isUnsure(feature, year));
  const more = said ? statusWords(feature, year) : feature.classes && figureWords(feature, year);
  const rest = [kindOf(feature), more].filter(Boolean).join(", ");
  return el("span", { class: "hint" }, el("b", {}, isolated(nameOf(feature))), ` · ${rest}`);
};

const EDGE = 4; // pixels from the map's edge

/** Move what is said of a layer so far aside that the map's edge does not cut it. */
const keepHintIn = (map: L.Map, layer: L.Layer): void => {
  const node = layer.getTooltip()?.getElement();
  if (!node) return;
  node.style.marginLeft = "";
  const [box, field] = [node, map.getContainer()].map((one) => one.getBoundingClientRect());
  const [west, east] = [field.left + EDGE - box.left, field.right - EDGE - box.right];
  node.style.marginLeft = `${west > 0 ? west : Math.min(0, east)}px`;
};

/** Say something of a layer under the pointer: where the pointer is, or above a point. */
export const sayOf = (map: L.Map, layer: L.Layer, words: () => HTMLElement, sticky = true): void => {
  layer.bindTooltip(words, { sticky, direction: "top", offset: [0, -8], opacity: 1, className: "tip" });
  layer.on("tooltipopen mousemove", () => keepHintIn(map, layer)); // after Leaflet has placed it
};
