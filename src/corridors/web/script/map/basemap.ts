/* The basemap: land, lakes, rivers, borders. It takes no pointer events and stays below everything else. */
import { pathsOf } from "../columns/positions.ts";
import { data } from "../payload/data.ts";
import { hideFromReaders } from "./leaflet.ts";
import { addPane } from "./panes.ts";

type Part = "land" | "rivers" | "lakes" | "borders" | "disputed";

/** The parts from below: the class of each, how far its lines are simplified (in pixels), and whether it is an area. */
const PARTS: [part: Part, className: string, smoothFactor: number, closed: boolean][] = [
  ["land", "land", 0.8, true],
  ["rivers", "river", 1, false],
  ["lakes", "lake", 0.8, true],
  ["borders", "border", 0.8, false],
  ["disputed", "border disputed", 0.8, false],
];

/** Draw the basemap, or some parts of it. */
export const drawBasemap = (map: L.Map, wanted?: Part[]): void => {
  const pane = addPane(map, "corridors-base", 250);
  const renderer = L.svg({ pane, padding: 0.3 });
  for (const [part, className, smoothFactor, closed] of PARTS) {
    const shapes = data.basemap[part];
    if (!shapes?.count || (wanted && !wanted.includes(part))) continue;
    const options = { renderer, pane, interactive: false, className, smoothFactor };
    const paths = pathsOf(shapes);
    (closed ? L.polygon(paths, options) : L.polyline(paths.flat(), options)).addTo(map);
  }
  hideFromReaders(renderer);
};
