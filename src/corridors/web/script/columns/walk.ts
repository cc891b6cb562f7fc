/* The shown rows in a part of the world, one after the other from west to east, each with a position in that part. */
import type { Answer, Ask } from "../types/columns.ts";
import type { Box } from "./frame.ts";
import { isInside } from "./hit.ts";
import { outlineOf } from "./outline.ts";
import { scaleAt, WORLD } from "./projection.ts";
import type { Shapes } from "./shapes.ts";
import { rowsIn } from "./spatial.ts";
import type { Store } from "./store.ts";

/** Rows by their layers, with their positions, and their order. */
interface Places {
  layers: number[];
  rows: number[];
  xs: number[];
  ys: number[];
  order: Uint32Array;
}

/** The number of the place after another one, or before it. Without that one, it is the first or the last. */
export const nextPlace = (now: number, by: number, count: number): number =>
  now < 0 && by < 0 ? count - 1 : Math.max(0, Math.min(count - 1, now + by));

/** The part of a piece that lies in a box, as shares of its length; null if none does. */
const partIn = ([west, north, east, south]: Box, x: number, y: number, dx: number, dy: number) => {
  let [from, to] = [0, 1];
  for (const [at, by, least, most] of [
    [x, dx, west, east],
    [y, dy, north, south],
  ]) {
    if (by === 0 && (at < least || at > most)) return null;
    if (by === 0) continue;
    const ends = [(least - at) / by, (most - at) / by];
    from = Math.max(from, Math.min(...ends));
    to = Math.min(to, Math.max(...ends));
  }
  return from <= to ? (from + to) / 2 : null;
};

/** A position of a row in a box: of an area its middle there, if that is in it; else the middle one of its pieces there. */
const placeIn = (shapes: Shapes, row: number, box: Box): [x: number, y: number] | null => {
  const { paths, starts, xy, boxes, kind } = shapes;
  const [west, north, east, south] = box;
  if (kind === "area") {
    const x = (Math.max(west, boxes[4 * row]) + Math.min(east, boxes[4 * row + 2])) / 2;
    const y = (Math.max(north, boxes[4 * row + 1]) + Math.min(south, boxes[4 * row + 3])) / 2;
    if (isInside(shapes, row, x, y)) return [x, y];
  }
  const found: [x: number, y: number][] = [];
  for (let path = paths[row]; path < paths[row + 1]; path += 1) {
    const [first, last] = [2 * starts[path], 2 * starts[path + 1] - 2];
    for (let i = first; i < Math.max(last, first + 1); i += 2) {
      const next = Math.min(i + 2, last);
      const [dx, dy] = [xy[next] - xy[i], xy[next + 1] - xy[i + 1]];
      const share = partIn(box, xy[i], xy[i + 1], dx, dy);
      if (share !== null) found.push([xy[i] + share * dx, xy[i + 1] + share * dy]);
    }
  }
  return found[found.length >> 1] ?? null;
};

const placesIn = ({ layers }: Store, box: Box): Places => {
  const places: Places = { layers: [], rows: [], xs: [], ys: [], order: new Uint32Array() };
  for (const [nth, { shapes, shown }] of layers.entries()) {
    for (const row of rowsIn(shapes, box)) {
      const at = shown[row] ? placeIn(shapes, row, box) : null;
      if (!at) continue;
      places.layers.push(nth);
      places.rows.push(row);
      places.xs.push(at[0]);
      places.ys.push(at[1]);
    }
  }
  const { xs, ys } = places;
  places.order = Uint32Array.from(xs.keys()).sort((a, b) => xs[a] - xs[b] || ys[a] - ys[b] || a - b);
  return places;
};

type Walk = (ask: Ask<"walk">) => Omit<NonNullable<Answer<"walk">>, "name"> | null;

/** A function that leads from row to row. It keeps the order while the window and what is shown stay the same. */
export const walkOf = (store: Store): Walk => {
  let known = "";
  let places: Places;
  return ({ zoom, window, from, by }) => {
    const scale = scaleAt(zoom);
    const wanted = JSON.stringify([zoom, window, store.version]);
    if (wanted !== known) places = placesIn(store, window.map((pixels) => pixels / scale - WORLD / 2) as Box);
    known = wanted;
    const { layers, rows, xs, ys, order } = places;
    if (!order.length) return null;
    const now = order.findIndex((at) => layers[at] === from?.layer && rows[at] === from.row);
    const nth = nextPlace(now, by, order.length);
    const at = order[nth];
    const { layer, codes, shapes } = store.layers[layers[at]];
    return {
      layer: layers[at],
      row: rows[at],
      class: layer.classes[codes[rows[at]]],
      outline: outlineOf(shapes, rows[at]),
      x: (xs[at] + WORLD / 2) * scale,
      y: (ys[at] + WORLD / 2) * scale,
      nth,
      count: order.length,
    };
  };
};
