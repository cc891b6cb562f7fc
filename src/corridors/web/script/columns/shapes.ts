/* The geometry of a layer: from the stream to typed arrays of Web Mercator. */
import type { GeometryColumns } from "../types/columns.ts";
import { fastYOf, xOf } from "./projection.ts";
import { Reader, readNumbers } from "./varints.ts";

/** Positions of all features. A path is a point, a line or a ring. */
export interface Shapes {
  kind: GeometryColumns["kind"];
  count: number;
  /** Of each row its first path, and at the end the number of paths. */
  paths: Uint32Array;
  /** Of each path its first vertex, and at the end the number of vertices. */
  starts: Uint32Array;
  /** x and y of each vertex. */
  xy: Int32Array;
  /** West, north, east, south (least x, least y, greatest x, greatest y) of each row. */
  boxes: Int32Array;
}

/** The sums before each number, and at the end of all. */
const offsets = (numbers: Uint32Array): Uint32Array => {
  const sums = new Uint32Array(numbers.length + 1);
  for (let i = 0; i < numbers.length; i += 1) sums[i + 1] = sums[i] + numbers[i];
  return sums;
};

const ones = (count: number): Uint32Array => new Uint32Array(count).fill(1);

/** Of each row its first path: parts of features, and rings of parts. */
const pathsOf = (bytes: Uint8Array, { parts, rings }: GeometryColumns, count: number): Uint32Array => {
  const partsOf = offsets(parts ? readNumbers(bytes, parts, count) : ones(count));
  if (!rings) return partsOf;
  const ringsOf = offsets(readNumbers(bytes, rings, partsOf[count]));
  return partsOf.map((part) => ringsOf[part]);
};

/** One coordinate of all vertices into every second number: steps from 0. */
const readAxis = (heads: Reader, steps: Reader, starts: Uint32Array, xy: Int32Array, axis: 0 | 1): void => {
  let first = 0;
  for (let path = 0; path + 1 < starts.length; path += 1) {
    const end = 2 * starts[path + 1];
    let at = 2 * starts[path] + axis;
    first += heads.nextSigned();
    let sum = first;
    xy[at] = sum;
    for (at += 2; at < end; at += 2) {
      sum += steps.nextSigned();
      xy[at] = sum;
    }
  }
};

/** Steps of degrees to units, in place. */
const project = (xy: Int32Array, step: number): void => {
  for (let i = 0; i < xy.length; i += 2) {
    xy[i] = xOf(xy[i] * step);
    xy[i + 1] = fastYOf(xy[i + 1] * step);
  }
};

const boxesOf = ({ paths, starts, xy, count }: Omit<Shapes, "boxes">): Int32Array => {
  const boxes = new Int32Array(4 * count);
  for (let row = 0; row < count; row += 1) {
    const [from, end] = [starts[paths[row]], starts[paths[row + 1]]];
    if (from === end) continue;
    let [west, north] = [xy[2 * from], xy[2 * from + 1]];
    let [east, south] = [west, north];
    for (let i = 2 * from + 2; i < 2 * end; i += 2) {
      const x = xy[i];
      const y = xy[i + 1];
      if (x < west) west = x;
      else if (x > east) east = x;
      if (y < north) north = y;
      else if (y > south) south = y;
    }
    boxes[4 * row] = west;
    boxes[4 * row + 1] = north;
    boxes[4 * row + 2] = east;
    boxes[4 * row + 3] = south;
  }
  return boxes;
};

/** The shapes of a layer with so many rows. */
export const readShapes = (bytes: Uint8Array, geometry: GeometryColumns, count: number): Shapes => {
  const { kind, step, sizes, heads, steps } = geometry;
  const paths = pathsOf(bytes, geometry, count);
  const total = paths[count];
  const starts = offsets(sizes ? readNumbers(bytes, sizes, total) : ones(total));
  const xy = new Int32Array(2 * starts[total]);
  for (const axis of [0, 1] as const) {
    const first = new Reader(bytes, heads[axis], total);
    readAxis(first, new Reader(bytes, steps[axis], starts[total] - total), starts, xy, axis);
  }
  project(xy, step);
  const shapes = { kind, count, paths, starts, xy };
  return { ...shapes, boxes: boxesOf(shapes) };
};
