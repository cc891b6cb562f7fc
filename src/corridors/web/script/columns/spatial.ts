/*! The spatial index is flatbush, with flatqueue. Copyright (c) Vladimir Agafonkin. ISC License: permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies. The software is provided "as is" and the author disclaims all warranties with regard to this software including all implied warranties of merchantability and fitness. In no event shall the author be liable for any special, direct, indirect, or consequential damages or any damages whatsoever resulting from loss of use, data or profits, whether in an action of contract, negligence or other tortious action, arising out of or in connection with the use or performance of this software. */
/* Which rows lie in a part of the world: by a packed index of their boxes, or until that is made by looking at each. */
import Flatbush from "flatbush";
import type { Box } from "./frame.ts";
import type { Shapes } from "./shapes.ts";

const SMALL = 1 / 8; // of the layer: for more of it, looking at every box takes no longer than the index

interface Known {
  index: Flatbush;
  /** The row of each entry, because rows without geometry have none. */
  rows: Uint32Array;
}

const known = new WeakMap<Shapes, Known>();

const hasShape = ({ paths }: Shapes, row: number): boolean => paths[row] < paths[row + 1];

const build = (shapes: Shapes): Known => {
  const { boxes, count } = shapes;
  const rows = Uint32Array.from({ length: count }, (_, row) => row).filter((row) => hasShape(shapes, row));
  const index = new Flatbush(Math.max(1, rows.length), 16, Int32Array);
  for (const row of rows) index.add(boxes[4 * row], boxes[4 * row + 1], boxes[4 * row + 2], boxes[4 * row + 3]);
  if (!rows.length) index.add(0, 0, 0, 0);
  index.finish();
  return { index, rows };
};

/** Make the index of a layer. Of a million rows this takes half a second. */
export const prepareIndex = (shapes: Shapes): void => {
  if (!known.has(shapes)) known.set(shapes, build(shapes));
};

const scanRows = (shapes: Shapes, [west, north, east, south]: Box): Uint32Array => {
  const { boxes, count } = shapes;
  const found = new Uint32Array(count);
  let length = 0;
  for (let row = 0, at = 0; row < count; row += 1, at += 4) {
    if (boxes[at] > east || boxes[at + 2] < west || boxes[at + 1] > south || boxes[at + 3] < north) continue;
    if (hasShape(shapes, row)) found[length++] = row;
  }
  return found.subarray(0, length);
};

/** The rows whose boxes touch a box, in no order. */
export const searchRows = (shapes: Shapes, box: Box): ArrayLike<number> & Iterable<number> => {
  const found = known.get(shapes);
  if (!found) return scanRows(shapes, box);
  return found.rows.length ? found.index.search(...box).map((entry) => found.rows[entry]) : [];
};

/** The rows whose boxes touch a box, in their order. The bounds are those of the layer. */
export const rowsIn = (shapes: Shapes, box: Box, bounds: Box): Uint32Array => {
  const width = Math.min(box[2], bounds[2]) - Math.max(box[0], bounds[0]);
  const height = Math.min(box[3], bounds[3]) - Math.max(box[1], bounds[1]);
  const whole = (bounds[2] - bounds[0]) * (bounds[3] - bounds[1]);
  if (width < 0 || height < 0) return new Uint32Array(0);
  if (width * height > whole * SMALL) return scanRows(shapes, box);
  return Uint32Array.from(searchRows(shapes, box)).sort();
};
