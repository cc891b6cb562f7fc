/* The lines of a class: each stroke over the whole class, the casing first. */
import type { ClassLook } from "../types/columns.ts";
import { Coverage } from "./coverage.ts";
import type { Lens } from "./frame.ts";
import type { Picture } from "./picture.ts";
import type { Shapes } from "./shapes.ts";
import type { Turn } from "./slices.ts";
import { isDot, type Pen, segmentsOf, traceDot, traceLines } from "./trace.ts";

const MANY = 10_000; // segments from which on pixels are computed and not drawn by the canvas
const FULL = 0.08; // segments per pixel of the window from which on lines have no casing
const BATCH = 500; // lines in one path of the canvas: longer paths take more time than their parts
const LOOK = 64; // lines between two looks at the clock

/** About how many segments rows have, as far as it matters. */
const countSegments = (shapes: Shapes, rows: Uint32Array, { lens }: Picture, most: number): number => {
  let segments = 0;
  for (let i = 0; i < rows.length && segments <= most; i += 1) segments += segmentsOf(shapes, rows[i], lens);
  return segments;
};

/** Whether a row lies where all is covered. */
const isHidden = ({ boxes }: Shapes, row: number, { scale, left, top }: Lens, coverage: Coverage): boolean =>
  coverage.isFull(
    boxes[4 * row] * scale - left,
    boxes[4 * row + 1] * scale - top,
    boxes[4 * row + 2] * scale - left,
    boxes[4 * row + 3] * scale - top,
  );

/** Write all rows, and call a function after each batch of them. */
const traceAll = async (
  { lens }: Picture,
  shapes: Shapes,
  rows: Uint32Array,
  pen: Pen,
  turn: Turn,
  batch?: () => void,
) => {
  const coverage = pen instanceof Coverage ? pen : null;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i];
    if (isDot(shapes, row, lens)) traceDot(shapes, row, lens, pen);
    else if (!coverage || !isHidden(shapes, row, lens, coverage)) traceLines(shapes, row, lens, pen);
    if (i % BATCH === BATCH - 1) batch?.();
    if (i % LOOK === LOOK - 1 && turn.due()) await turn.pause();
  }
  batch?.();
};

/** How the lines of a class are drawn: pixel by pixel, and without their casing. */
export interface Density {
  dense: boolean;
  bare: boolean;
}

/** How so many lines are drawn. Where they fill the picture, casings would hide what is below and separate nothing. */
export const densityOf = (picture: Picture, shapes: Shapes, rows: Uint32Array): Density => {
  const { ratio, width, height } = picture.lens;
  const full = (width * height * FULL) / ratio ** 2;
  const segments = countSegments(shapes, rows, picture, Math.max(MANY, full));
  return { dense: segments > MANY, bare: segments > full };
};

/** Draw these strokes of rows. */
export const paintLines = async (
  picture: Picture,
  shapes: Shapes,
  rows: Uint32Array,
  strokes: ClassLook["strokes"],
  { dense, bare }: Density,
  turn: Turn,
): Promise<void> => {
  const { ratio } = picture.lens;
  for (const { color, width, opacity, dash } of bare ? strokes.slice(-1) : strokes) {
    const [lineWidth, dashes] = [width * ratio, dash.map((part) => part * ratio)];
    if (dense) {
      await traceAll(picture, shapes, rows, picture.cover(lineWidth, dashes), turn);
      picture.lay(color, opacity);
      continue;
    }
    const { context } = picture;
    const lineCap = dash.length ? "butt" : "round"; // so that lines that meet have no gap, and a dot is one
    Object.assign(context, { strokeStyle: color, globalAlpha: opacity, lineWidth, lineCap, lineJoin: "round" });
    context.setLineDash(dashes);
    context.beginPath();
    await traceAll(picture, shapes, rows, context, turn, () => {
      context.stroke();
      context.beginPath();
    });
  }
};
