/* Which rows lie in a part of the world: by a packed index of their boxes. Rows are sorted along a curve through all places,
 * so that neighbours are together, and packs of them have a common box. */
import type { Box } from "./frame.ts";
import type { Shapes } from "./shapes.ts";

const PACK = 32; // rows of a pack
const CELL = 16; // bits of a coordinate within a cell of the curve
const CELLS = 2 ** 16; // along each axis

interface Index {
  /** Rows with geometry along the curve. */
  rows: Uint32Array;
  /** West, north, east, south of each pack. */
  packs: Int32Array;
}

/** The lower 16 bits of a number, with a 0 before each. */
const spread = (number: number): number => {
  let bits = (number | (number << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
};

/** The box of a pack of rows, into the boxes of packs. */
const surround = (boxes: Int32Array, rows: Uint32Array, pack: number, packs: Int32Array): void => {
  const from = pack * PACK;
  let at = 4 * rows[from];
  let [west, north, east, south] = [boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]];
  for (let i = from + 1; i < Math.min(rows.length, from + PACK); i += 1) {
    at = 4 * rows[i];
    if (boxes[at] < west) west = boxes[at];
    if (boxes[at + 1] < north) north = boxes[at + 1];
    if (boxes[at + 2] > east) east = boxes[at + 2];
    if (boxes[at + 3] > south) south = boxes[at + 3];
  }
  packs.set([west, north, east, south], 4 * pack);
};

/** Sort rows by their keys: by one digit after the other, from the lowest. */
const sort = (rows: Uint32Array, keys: Int32Array): void => {
  let [from, by] = [rows, keys];
  let [to, toBy]: [Uint32Array, Int32Array] = [rows.slice(), keys.slice()];
  for (let shift = 0; shift < 32; shift += 8) {
    const ends = new Uint32Array(257);
    for (const key of by) ends[((key >>> shift) & 255) + 1] += 1;
    for (let i = 1; i < 256; i += 1) ends[i] += ends[i - 1];
    for (let i = 0; i < by.length; i += 1) {
      const key = by[i];
      const at = ends[(key >>> shift) & 255]++;
      to[at] = from[i];
      toBy[at] = key;
    }
    [from, by, to, toBy] = [to, toBy, from, by];
  }
};

/** Where on the curve the middle of each row lies. */
const placesOf = (boxes: Int32Array, rows: Uint32Array): Int32Array => {
  const keys = new Int32Array(rows.length);
  const cellOf = (side: number): number => ((boxes[side] / 2 + boxes[side + 2] / 2) >> CELL) + CELLS / 2;
  for (let i = 0; i < rows.length; i += 1)
    keys[i] = spread(cellOf(4 * rows[i])) | (spread(cellOf(4 * rows[i] + 1)) << 1);
  return keys;
};

/** The rows that have geometry. */
const drawnOf = ({ paths, count }: Shapes): Uint32Array => {
  const rows = new Uint32Array(count);
  let length = 0;
  for (let row = 0; row < count; row += 1) if (paths[row] < paths[row + 1]) rows[length++] = row;
  return rows.subarray(0, length);
};

const build = (shapes: Shapes): Index => {
  const { boxes } = shapes;
  const rows = drawnOf(shapes);
  sort(rows, placesOf(boxes, rows));
  const packs = new Int32Array(4 * Math.ceil(rows.length / PACK));
  for (let pack = 0; 4 * pack < packs.length; pack += 1) surround(boxes, rows, pack, packs);
  return { rows, packs };
};

const known = new WeakMap<Shapes, Index>();

/** The index of a layer, made once. */
export const indexOf = (shapes: Shapes): Index => {
  const index = known.get(shapes) ?? build(shapes);
  known.set(shapes, index);
  return index;
};

/** The numbers below a limit whose bits are set, in their order. */
const numbersIn = (bits: Uint32Array, count: number): Uint32Array => {
  const numbers = new Uint32Array(count);
  let length = 0;
  for (let word = 0; word < bits.length; word += 1)
    for (let left = bits[word]; left; left &= left - 1) numbers[length++] = 32 * word + 31 - Math.clz32(left & -left);
  return numbers;
};

/** The rows whose boxes touch a box, in their order. */
export const rowsIn = (shapes: Shapes, [west, north, east, south]: Box): Uint32Array => {
  const { rows, packs } = indexOf(shapes);
  const { boxes } = shapes;
  const bits = new Uint32Array(Math.ceil(shapes.count / 32));
  let count = 0;
  for (let at = 0, from = 0; at < packs.length; at += 4, from += PACK) {
    if (packs[at] > east || packs[at + 2] < west || packs[at + 1] > south || packs[at + 3] < north) continue;
    const inside = packs[at] >= west && packs[at + 2] <= east && packs[at + 1] >= north && packs[at + 3] <= south;
    const end = Math.min(from + PACK, rows.length);
    for (let i = from; i < end; i += 1) {
      const row = rows[i];
      const box = 4 * row;
      const apart =
        !inside && (boxes[box] > east || boxes[box + 2] < west || boxes[box + 1] > south || boxes[box + 3] < north);
      if (apart) continue;
      bits[row >> 5] |= 1 << (row & 31);
      count += 1;
    }
  }
  return numbersIn(bits, count);
};
