/* Shapes back to degrees: the outline and the bounds of one feature. */
import type { Outline } from "../types/columns.ts";
import type { Bounds } from "../types/payload.ts";
import { latOf, lonOf } from "./projection.ts";
import type { Shapes } from "./shapes.ts";

/** The paths of a row in degrees. */
export const outlineOf = ({ paths, starts, xy }: Shapes, row: number): Outline => {
  const outline: Outline = [];
  for (let path = paths[row]; path < paths[row + 1]; path += 1) {
    const part: number[] = [];
    for (let i = 2 * starts[path]; i < 2 * starts[path + 1]; i += 2) part.push(lonOf(xy[i]), latOf(xy[i + 1]));
    outline.push(part);
  }
  return outline;
};

/** The bounds of a row in degrees, or null without geometry. */
export const boundsOf = ({ paths, boxes }: Shapes, row: number): Bounds | null => {
  if (paths[row] === paths[row + 1]) return null;
  const [west, north, east, south] = boxes.subarray(4 * row, 4 * row + 4);
  return [lonOf(west), latOf(south), lonOf(east), latOf(north)];
};
