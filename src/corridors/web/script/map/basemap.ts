/* The basemap: land, lakes, rivers, borders. It takes no pointer events and stays below everything else. */
import { boxOf, lensOf } from "../columns/frame.ts";
import { readShapes, type Shapes } from "../columns/shapes.ts";
import { pace } from "../columns/slices.ts";
import { type Pen, traceLines, traceRings } from "../columns/trace.ts";
import { blocks, data } from "../payload/data.ts";
import { hideFromReaders, WrittenPath } from "./leaflet.ts";
import { addPane } from "./panes.ts";

type Part = "land" | "rivers" | "lakes" | "borders" | "disputed";

/** The parts from below, and the class of each. */
const PARTS: [part: Part, className: string][] = [
  ["land", "land"],
  ["rivers", "river"],
  ["lakes", "lake"],
  ["borders", "border"],
  ["disputed", "border disputed"],
];

const opened = new Map<Part, Shapes | null>();

/** The shapes of a part, if the page has them. */
export const shapesOf = (part: Part): Shapes | null => {
  const coded = data.basemap[part];
  const shapes = opened.get(part) ?? (coded?.count ? readShapes(blocks, coded, coded.count) : null);
  opened.set(part, shapes);
  return shapes;
};

/** Shapes, or some of their rows, as data of a path of SVG: what shows in a part of a map's layers, in whole pixels. */
export const pathData = (shapes: Shapes, map: L.Map, part: L.Bounds, rows?: readonly number[]): string => {
  const min = part.min as L.Point;
  const { x: left, y: top } = map.getPixelOrigin().add(min);
  const { x: width, y: height } = part.getSize();
  const lens = lensOf({ zoom: map.getZoom(), left, top, width, height }, 1);
  const [west, north, east, south] = boxOf(lens, 1);
  const { boxes, count, kind } = shapes;
  const trace = kind === "area" ? traceRings : traceLines;
  let d = "";
  const write = (sign: string) => (x: number, y: number) => {
    d += `${sign}${Math.round(x + min.x)} ${Math.round(y + min.y)}`;
  };
  const pen: Pen = { moveTo: write("M"), lineTo: write("L") };
  const wanted = rows ?? Array.from({ length: count }, (_, row) => row);
  for (const row of wanted) {
    const at = 4 * row;
    if (boxes[at] > east || boxes[at + 2] < west || boxes[at + 1] > south || boxes[at + 3] < north) continue;
    trace(shapes, row, lens, pen);
  }
  return d || "M0 0";
};

/** Draw the basemap, or some parts of it, with pauses. */
export const drawBasemap = async (map: L.Map, wanted?: Part[]): Promise<void> => {
  const pane = addPane(map, "corridors-base", 250);
  const renderer = L.svg({ pane, padding: 0.3 });
  for (const [part, className] of PARTS) {
    const shapes = wanted && !wanted.includes(part) ? null : shapesOf(part);
    if (!shapes) continue;
    await pace();
    const options = { renderer, pane, interactive: false, className, fill: shapes.kind === "area" };
    new WrittenPath((window) => pathData(shapes, map, window), options).addTo(map);
    await pace();
  }
  hideFromReaders(renderer);
};
