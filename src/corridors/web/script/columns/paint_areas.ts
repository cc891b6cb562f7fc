/* The areas of a class: their fills, then their outlines. */
import type { ClassLook } from "../types/columns.ts";
import type { Picture } from "./picture.ts";
import type { Shapes } from "./shapes.ts";
import type { Turn } from "./slices.ts";
import { isDot, traceRings } from "./trace.ts";

const DOT = 4; // pixels: smaller areas are dots of that size in their full colour, so that they are seen
const MANY_DOT = 2; // pixels, in a layer of many areas, which would be one patch otherwise
const MANY = 5000; // areas
const BATCH = 250; // areas in one path of the canvas

/** Write the rings of all rows, and call a function after so many. */
const traceAll = async (
  { context, lens }: Picture,
  shapes: Shapes,
  rows: Uint32Array,
  turn: Turn,
  size: number,
  batch: () => void,
) => {
  context.beginPath();
  for (let i = 0; i < rows.length; i += 1) {
    traceRings(shapes, rows[i], lens, context);
    if (i % size !== size - 1 && i < rows.length - 1) continue;
    batch();
    context.beginPath();
    if (turn.due()) await turn.pause();
  }
};

/** Draw a square in the middle of each row. */
const paintDots = async (
  picture: Picture,
  shapes: Shapes,
  rows: Uint32Array,
  fill: string,
  size: number,
  turn: Turn,
) => {
  const { scale, left, top } = picture.lens;
  const { boxes } = shapes;
  const cover = picture.cover(size, []);
  for (let i = 0; i < rows.length; i += 1) {
    const at = 4 * rows[i];
    cover.square(
      ((boxes[at] + boxes[at + 2]) / 2) * scale - left,
      ((boxes[at + 1] + boxes[at + 3]) / 2) * scale - top,
      size,
    );
    if (i % BATCH === 0 && turn.due()) await turn.pause();
  }
  picture.lay(fill, 1);
};

/** Draw the fills and outlines of rows. */
export const paintAreas = async (
  picture: Picture,
  shapes: Shapes,
  rows: Uint32Array,
  { fill, fillOpacity, strokes }: ClassLook,
  turn: Turn,
): Promise<void> => {
  const { lens } = picture;
  const size = shapes.count < MANY ? DOT : MANY_DOT;
  const dots = rows.filter((row) => isDot(shapes, row, lens, size));
  const areas = rows.filter((row) => !isDot(shapes, row, lens, size));
  if (fill && dots.length) await paintDots(picture, shapes, dots, fill, size * lens.ratio, turn);
  if (!areas.length) return;
  const { context } = picture;
  if (fill) {
    // Holes run against their outlines. So several areas in one path are right by the rule of winding numbers.
    const [batch, rule] = areas.length > 8 * BATCH ? ([BATCH, "nonzero"] as const) : ([1, "evenodd"] as const);
    Object.assign(context, { fillStyle: fill, globalAlpha: fillOpacity });
    await traceAll(picture, shapes, areas, turn, batch, () => context.fill(rule));
  }
  for (const { color, width, opacity, dash } of strokes) {
    const lineWidth = width * lens.ratio;
    Object.assign(context, { strokeStyle: color, globalAlpha: opacity, lineWidth, lineJoin: "round" });
    context.setLineDash(dash.map((part) => part * lens.ratio));
    await traceAll(picture, shapes, areas, turn, BATCH, () => context.stroke());
  }
};
