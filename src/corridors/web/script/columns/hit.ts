/* The feature at a position: points before lines before areas, then the nearest, then the topmost. */
import type { Answer, Ask, GeometryColumns } from "../types/columns.ts";
import type { Box } from "./frame.ts";
import { outlineOf } from "./outline.ts";
import { scaleAt, WORLD } from "./projection.ts";
import type { Shapes } from "./shapes.ts";
import { rowsIn } from "./spatial.ts";
import type { Store } from "./store.ts";

const RANKS: Record<GeometryColumns["kind"], number> = { point: 0, line: 1, area: 2 };

/** The square of the distance of a position from a piece. */
const fromPiece = (x: number, y: number, x0: number, y0: number, x1: number, y1: number): number => {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const part = length ? Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / length)) : 0;
  return (x - x0 - part * dx) ** 2 + (y - y0 - part * dy) ** 2;
};

/** Units from a position to the points or lines of a row. */
export const distanceTo = ({ paths, starts, xy }: Shapes, row: number, x: number, y: number): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let path = paths[row]; path < paths[row + 1]; path += 1) {
    const [from, end] = [2 * starts[path], 2 * starts[path + 1]];
    if (end - from === 2) least = Math.min(least, (xy[from] - x) ** 2 + (xy[from + 1] - y) ** 2);
    for (let i = from + 2; i < end; i += 2) {
      const distance = fromPiece(x, y, xy[i - 2], xy[i - 1], xy[i], xy[i + 1]);
      if (distance < least) least = distance;
    }
  }
  return Math.sqrt(least);
};

/** Whether a position lies in the area of a row, and in none of its holes. */
export const isInside = ({ paths, starts, xy }: Shapes, row: number, x: number, y: number): boolean => {
  let inside = false;
  for (let path = paths[row]; path < paths[row + 1]; path += 1) {
    const [from, end] = [2 * starts[path], 2 * starts[path + 1]];
    for (let i = from, before = end - 2; i < end; before = i, i += 2) {
      const [x0, y0, x1, y1] = [xy[before], xy[before + 1], xy[i], xy[i + 1]];
      if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside;
    }
  }
  return inside;
};

type Hit = NonNullable<Answer<"hit">>;

interface Found {
  layer: number;
  row: number;
  class: string;
  /** What decides, the most important first; smaller is better. */
  marks: number[];
}

const isBetter = (marks: number[], than: number[]): boolean => {
  const differs = marks.findIndex((mark, nth) => mark !== than[nth]);
  return differs >= 0 && marks[differs] < than[differs];
};

/** How far the feature of a row is from a position: none, if the position lies in its area. */
const reachOf = (shapes: Shapes, row: number, x: number, y: number): number => {
  if (shapes.kind !== "area") return distanceTo(shapes, row, x, y);
  return isInside(shapes, row, x, y) ? 0 : Number.POSITIVE_INFINITY;
};

/** The product of the sides of the box of an area, so that an area in another one can be hit. */
const sizeOf = ({ kind, boxes }: Shapes, row: number): number =>
  kind === "area" ? (boxes[4 * row + 2] - boxes[4 * row]) * (boxes[4 * row + 3] - boxes[4 * row + 1]) : 0;

/** The best feature at a position in units, no further away than that. */
const findAt = ({ layers }: Store, x: number, y: number, reach: number, order: string[]): Found | null => {
  const box: Box = [x - reach, y - reach, x + reach, y + reach];
  const depth = new Map(order.map((id, nth) => [id, nth]));
  let best: Found | null = null;
  for (const [layer, { shapes, shown, codes, layer: about }] of layers.entries()) {
    for (const row of rowsIn(shapes, box)) {
      const far = shown[row] ? reachOf(shapes, row, x, y) : Number.POSITIVE_INFINITY;
      if (far > reach) continue;
      const id = about.classes[codes[row]];
      const marks = [RANKS[shapes.kind], far, -(depth.get(id) ?? 0), sizeOf(shapes, row), -row];
      if (!best || isBetter(marks, best.marks)) best = { layer, row, class: id, marks };
    }
  }
  return best;
};

export const hit = (store: Store, { x, y, zoom, tolerance, order }: Ask<"hit">): Omit<Hit, "name"> | null => {
  const scale = scaleAt(zoom);
  const best = findAt(store, x / scale - WORLD / 2, y / scale - WORLD / 2, tolerance / scale, order);
  if (!best) return null;
  const { layer, row } = best;
  return { layer, row, class: best.class, outline: outlineOf(store.layers[layer].shapes, row) };
};
