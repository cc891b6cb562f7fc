/* The quiet ground: land, lakes, rivers, borders. It answers no pointer and stays below everything else. */
import { data } from "../payload/data.ts";
import { decodeLines } from "../payload/decode.ts";

const SCALE = 4e-3; // degrees per integer of the base map

export const drawBasemap = (map) => {
  const base = data.basemap || {};
  const pane = map.createPane("corridors-base");
  pane.style.zIndex = "250";
  pane.style.pointerEvents = "none";
  const renderer = L.svg({ pane: "corridors-base", padding: 0.3 });
  const add = (kind, codes, className, smoothFactor) => {
    if (!codes || !codes.length) return;
    const shape = kind(decodeLines(codes, SCALE), { renderer, pane: "corridors-base", interactive: false, className, smoothFactor });
    shape.addTo(map);
  };
  add(L.polygon, base.land, "land", 0.8);
  add(L.polyline, base.rivers, "river", 1);
  add(L.polygon, base.lakes, "lake", 0.8);
  add(L.polyline, base.borders, "border", 0.8);
  add(L.polyline, base.disputed, "border disputed", 0.8);
  if (renderer._container) renderer._container.setAttribute("aria-hidden", "true");
};
