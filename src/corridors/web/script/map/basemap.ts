/* The basemap: land, lakes, rivers, borders. It takes no pointer events and stays below everything else. */
import { data } from "../payload/data.ts";
import { decodeNested } from "../payload/decode.ts";
import type { Codes } from "../types/payload.ts";
import { hideFromReaders } from "./leaflet.ts";
import { addPane } from "./panes.ts";

export const drawBasemap = (map: L.Map): void => {
  const { land, rivers, lakes, borders, disputed, step = 1 } = data.basemap;
  const pane = addPane(map, "corridors-base", 250);
  const renderer = L.svg({ pane, padding: 0.3 });
  const add = (codes: Codes[] | undefined, className: string, smoothFactor: number, closed: boolean): void => {
    if (!codes?.length) return;
    const options = { renderer, pane, interactive: false, className, smoothFactor };
    const positions = decodeNested(codes, step) as L.LatLngTuple[][];
    (closed ? L.polygon(positions, options) : L.polyline(positions, options)).addTo(map);
  };
  add(land, "land", 0.8, true);
  add(rivers, "river", 1, false);
  add(lakes, "lake", 0.8, true);
  add(borders, "border", 0.8, false);
  add(disputed, "border disputed", 0.8, false);
  hideFromReaders(renderer);
};
