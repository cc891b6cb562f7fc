/* folium's controls besides that of the layers: the position of the pointer, and the legend of a choropleth. */
import { el } from "../dom.ts";
import { formatNumber } from "../payload/text.ts";
import type { ElementData, ScaleData } from "../types/elements.ts";

type MouseData = Extract<ElementData, { type: "mouse_position" }>;

/** Show where the pointer is. */
export const addMousePosition = (map: L.Map, { options }: MouseData): void => {
  const { separator = " : ", emptyString = "Unavailable", lngFirst = false, numDigits = 5, prefix = "" } = options;
  const words = el("div", { class: "mouse-position" }, emptyString);
  const control = new L.Control({ position: options.position ?? "bottomright" });
  control.onAdd = () => words;
  control.addTo(map);
  map.on("mousemove", ({ latlng }: L.LeafletMouseEvent) => {
    const { lat, lng } = latlng.wrap();
    const numbers = [lat, lng].map((value) => value.toFixed(numDigits));
    words.textContent = [prefix, (lngFirst ? numbers.reverse() : numbers).join(separator)].filter(Boolean).join(" ");
  });
};

/** The digits in which all edges differ. */
const digitsOf = (edges: number[]): number =>
  [0, 1, 2, 3, 4].find((digits) => new Set(edges.map((edge) => edge.toFixed(digits))).size === edges.length) ?? 5;

/** Show the legend of a layer while the layer is on the map. */
export const followScale = (map: L.Map, layer: L.Layer, { caption, colors, edges }: ScaleData): void => {
  const digits = digitsOf(edges);
  const rows = colors.map((color, nth) => {
    const sample = el("span", { class: "sample" });
    sample.style.background = color;
    const words = `${formatNumber(edges[nth], digits)} – ${formatNumber(edges[nth + 1], digits)}`;
    return el("li", {}, sample, el("span", {}, words));
  });
  const title = caption ? el("figcaption", { dir: "auto" }, caption) : null;
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => el("figure", { class: "scale-legend" }, title, el("ul", {}, rows));
  layer.on({ add: () => control.addTo(map), remove: () => control.remove() });
};
