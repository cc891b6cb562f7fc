/* The areas of a class: their fills, then their outlines. */
import type { ClassLook } from "../types/columns.ts";
import { paintLines } from "./paint_lines.ts";
import type { Picture } from "./picture.ts";
import type { Shapes } from "./shapes.ts";
import type { Turn } from "./slices.ts";
import { isDot, traceRings } from "./trace.ts";

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

/** Draw the fills and outlines of rows. */
export const paintAreas = async (
  picture: Picture,
  shapes: Shapes,
  rows: Uint32Array,
  { fill, fillOpacity, strokes }: ClassLook,
  turn: Turn,
): Promise<void> => {
  const { lens } = picture;
  const dots = rows.filter((row) => isDot(shapes, row, lens));
  const areas = rows.filter((row) => !isDot(shapes, row, lens));
  if (fill && dots.length) {
    const dot = { color: fill, width: lens.ratio, opacity: fillOpacity, dash: [] };
    await paintLines(picture, shapes, dots, [dot], turn);
  }
  if (!areas.length) return;
  const { context } = picture;
  if (fill) {
    // Holes run against their outlines. So several areas in one path are right by the rule of winding numbers.
    const [size, rule] = areas.length > 8 * BATCH ? ([BATCH, "nonzero"] as const) : ([1, "evenodd"] as const);
    Object.assign(context, { fillStyle: fill, globalAlpha: fillOpacity });
    await traceAll(picture, shapes, areas, turn, size, () => context.fill(rule));
  }
  for (const { color, width, opacity, dash } of strokes) {
    const lineWidth = width * lens.ratio;
    Object.assign(context, { strokeStyle: color, globalAlpha: opacity, lineWidth, lineJoin: "round" });
    context.setLineDash(dash.map((part) => part * lens.ratio));
    await traceAll(picture, shapes, areas, turn, BATCH, () => context.stroke());
  }
};
