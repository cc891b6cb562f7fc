/* The geometry of a layer: from the stream to typed arrays of Web Mercator. */
import type { GeometryColumns } from "../types/columns.ts";
import { fastXOf, fastYOf } from "./projection.ts";
import { Reader, readNumbers } from "./varints.ts";

/** Positions of all features. A path is a point, a line or a ring. */
export interface Paths {
  /** Of each row its first path, and at the end the number of paths. */
  paths: Uint32Array;
  /** Of each path its first vertex, and at the end the number of vertices. */
  starts: Uint32Array;
  /** x and y of each vertex. */
  xy: Int32Array;
}

export interface Shapes extends Paths {
  kind: GeometryColumns["kind"];
  count: number;
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

const GREATEST = 2 ** 31 - 1; // of 32-bit integers

/** Steps of degrees to units, in place. Returns the box of each row. */
const project = ({ paths, starts, xy }: Paths, count: number, step: number): Int32Array => {
  const boxes = new Int32Array(4 * count);
  for (let row = 0; row < count; row += 1) {
    const [from, end] = [2 * starts[paths[row]], 2 * starts[paths[row + 1]]];
    if (from === end) continue;
    let west = GREATEST;
    let north = GREATEST;
    let east = -GREATEST;
    let south = -GREATEST;
    for (let i = from; i < end; i += 2) {
      const x = fastXOf(xy[i] * step);
      const y = fastYOf(xy[i + 1] * step);
      xy[i] = x;
      xy[i + 1] = y;
      west = Math.min(west, x);
      east = Math.max(east, x);
      north = Math.min(north, y);
      south = Math.max(south, y);
    }
    boxes[4 * row] = west;
    boxes[4 * row + 1] = north;
    boxes[4 * row + 2] = east;
    boxes[4 * row + 3] = south;
  }
  return boxes;
};

/** The paths of so many rows. x and y are steps of longitude and latitude. */
export const readPaths = (bytes: Uint8Array, geometry: GeometryColumns, count: number): Paths => {
  const { sizes, heads, steps } = geometry;
  const paths = pathsOf(bytes, geometry, count);
  const total = paths[count];
  const starts = offsets(sizes ? readNumbers(bytes, sizes, total) : ones(total));
  const xy = new Int32Array(2 * starts[total]);
  for (const axis of [0, 1] as const) {
    const first = new Reader(bytes, heads[axis], total);
    readAxis(first, new Reader(bytes, steps[axis], starts[total] - total), starts, xy, axis);
  }
  return { paths, starts, xy };
};

/** The shapes of a layer with so many rows. */
export const readShapes = (bytes: Uint8Array, geometry: GeometryColumns, count: number): Shapes => {
  const { kind, step } = geometry;
  const paths = readPaths(bytes, geometry, count);
  const boxes = project(paths, count, step);
  return { kind, count, ...paths, boxes };
};
