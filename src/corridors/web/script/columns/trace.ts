/* Paths of features as pixels: thinned, and without what lies beside the picture. */
import type { Lens } from "./frame.ts";
import type { Shapes } from "./shapes.ts";

/** What a path is written to: a canvas, or a coverage. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

export const NEAR = 1.5; // pixels: a vertex nearer to the one before is left out
const EDGE = 40; // pixels around the picture in which lines are still drawn, for wide strokes

/** Whether a row is smaller than so many pixels. */
export const isDot = ({ boxes }: Shapes, row: number, { scale, ratio }: Lens, size = 1): boolean =>
  (boxes[4 * row + 2] - boxes[4 * row]) * scale < size * ratio &&
  (boxes[4 * row + 3] - boxes[4 * row + 1]) * scale < size * ratio;

/** About how many segments a row has after thinning. */
export const segmentsOf = ({ paths, starts, boxes }: Shapes, row: number, { scale, ratio }: Lens): number => {
  const vertices = starts[paths[row + 1]] - starts[paths[row]];
  const span = boxes[4 * row + 2] - boxes[4 * row] + (boxes[4 * row + 3] - boxes[4 * row + 1]);
  return Math.min(vertices, 1 + (span * scale) / (NEAR * ratio));
};

/** Write the lines of a row. */
export const traceLines = ({ paths, starts, xy }: Shapes, row: number, lens: Lens, pen: Pen): void => {
  const { scale, left, top, ratio } = lens;
  const near = ((NEAR * ratio) / scale) ** 2; // in units: vertices that are left out need no pixels
  const edge = EDGE * ratio;
  const [east, south] = [lens.width + edge, lens.height + edge];
  for (let path = paths[row]; path < paths[row + 1]; path += 1) {
    const last = 2 * starts[path + 1] - 2;
    let from = 2 * starts[path];
    let x = xy[from] * scale - left;
    let y = xy[from + 1] * scale - top;
    let down = false; // whether the pen is at x, y
    for (let i = from + 2; i <= last; i += 2) {
      const dx = xy[i] - xy[from];
      const dy = xy[i + 1] - xy[from + 1];
      if (dx * dx + dy * dy < near && i < last) continue;
      from = i;
      const nextX = xy[i] * scale - left;
      const nextY = xy[i + 1] * scale - top;
      const beside =
        (x < -edge && nextX < -edge) ||
        (x > east && nextX > east) ||
        (y < -edge && nextY < -edge) ||
        (y > south && nextY > south);
      if (!beside) {
        if (!down) pen.moveTo(x, y);
        pen.lineTo(nextX, nextY);
      }
      down = !beside;
      x = nextX;
      y = nextY;
    }
  }
};

/** Write a row that is smaller than a pixel: straight from its first vertex to its last. */
export const traceDot = ({ paths, starts, xy }: Shapes, row: number, { scale, left, top }: Lens, pen: Pen): void => {
  const first = 2 * starts[paths[row]];
  const last = 2 * starts[paths[row + 1]] - 2;
  pen.moveTo(xy[first] * scale - left, xy[first + 1] * scale - top);
  pen.lineTo(xy[last] * scale - left, xy[last + 1] * scale - top);
};

/** On which sides of the picture a position lies beside it, as bits. */
const sidesOf = (x: number, y: number, { width, height }: Lens, edge: number): number =>
  (x < -edge ? 1 : 0) | (x > width + edge ? 2 : 0) | (y < -edge ? 4 : 0) | (y > height + edge ? 8 : 0);

/** Write the rings of a row, each closed. What runs beside the picture, on one side of it, becomes straight. */
export const traceRings = ({ paths, starts, xy }: Shapes, row: number, lens: Lens, pen: Pen): void => {
  const { scale, left, top, ratio } = lens;
  const near = (NEAR * ratio) ** 2;
  const edge = EDGE * ratio;
  for (let path = paths[row]; path < paths[row + 1]; path += 1) {
    const [from, end] = [2 * starts[path], 2 * starts[path + 1]];
    const firstX = xy[from] * scale - left;
    const firstY = xy[from + 1] * scale - top;
    let [x, y] = [firstX, firstY];
    let own = sidesOf(x, y, lens, edge);
    let common = own; // the sides of all vertices from the last written one on
    let waits = false; // whether x, y is not written yet
    pen.moveTo(x, y);
    for (let i = from + 2; i < end; i += 2) {
      const nextX = xy[i] * scale - left;
      const nextY = xy[i + 1] * scale - top;
      if ((nextX - x) ** 2 + (nextY - y) ** 2 < near) continue;
      const sides = sidesOf(nextX, nextY, lens, edge);
      if (!(common & sides)) {
        if (waits) pen.lineTo(x, y);
        common = own;
      }
      common &= sides;
      own = sides;
      x = nextX;
      y = nextY;
      waits = true;
    }
    if (waits) pen.lineTo(x, y);
    pen.lineTo(firstX, firstY);
  }
};
