/* The points of a class: symbols where they have room, and small dots for the others. */
import type { ClassLook } from "../types/columns.ts";
import { withRoom } from "./crowding.ts";
import type { Lens } from "./frame.ts";
import type { Picture } from "./picture.ts";
import type { Shapes } from "./shapes.ts";
import type { Turn } from "./slices.ts";
import { symbolPicture } from "./symbols.ts";

const DOT = 0.3; // size of a dot as a part of the symbol's
const LEAST = 2.4; // pixels
const RIM = 1.5; // pixels
const LOOK = 1024; // points between two looks at the clock

/** Positions of all points of rows, in pixels of the picture. */
const positionsOf = ({ paths, xy, starts }: Shapes, rows: Uint32Array, { scale, left, top }: Lens): Float64Array => {
  let count = 0;
  for (const row of rows) count += starts[paths[row + 1]] - starts[paths[row]];
  const positions = new Float64Array(2 * count);
  let at = 0;
  for (const row of rows) {
    for (let i = 2 * starts[paths[row]]; i < 2 * starts[paths[row + 1]]; i += 2) {
      positions[at++] = xy[i] * scale - left;
      positions[at++] = xy[i + 1] * scale - top;
    }
  }
  return positions;
};

/** Cover squares of that size around the points that have no room. */
const coverDots = async (picture: Picture, positions: Float64Array, free: Uint8Array, size: number, turn: Turn) => {
  const cover = picture.cover(size, []);
  for (let i = 0; i < free.length; i += 1) {
    if (!free[i]) cover.square(positions[2 * i], positions[2 * i + 1], size);
    if (i % LOOK === 0 && turn.due()) await turn.pause();
  }
};

/** Draw rows. */
export const paintPoints = async (
  picture: Picture,
  shapes: Shapes,
  rows: Uint32Array,
  { symbol, colors }: ClassLook,
  turn: Turn,
): Promise<void> => {
  if (!symbol) return;
  const { ratio } = picture.lens;
  const positions = positionsOf(shapes, rows, picture.lens);
  const free = symbol.always ? new Uint8Array(positions.length / 2).fill(1) : withRoom(positions, symbol.size * ratio);
  if (turn.due()) await turn.pause();
  if (free.includes(0)) {
    const dot = Math.max(LEAST, symbol.size * DOT) * ratio;
    // All rims are below all dots, so that dots can be distinguished from what is below, and not from one another.
    await coverDots(picture, positions, free, dot + RIM * ratio, turn);
    picture.lay(colors.casing, 1);
    await coverDots(picture, positions, free, dot, turn);
    picture.lay(colors.current, 1);
  }
  const sign = symbolPicture(symbol, colors, ratio);
  const { context } = picture;
  context.globalAlpha = 1;
  for (let i = free.length - 1; i >= 0; i -= 1) {
    const [x, y] = [positions[2 * i] - sign.width / 2, positions[2 * i + 1] - sign.height / 2];
    if (free[i]) context.drawImage(sign, Math.round(x), Math.round(y));
    if (i % LOOK === 0 && turn.due()) await turn.pause();
  }
};
