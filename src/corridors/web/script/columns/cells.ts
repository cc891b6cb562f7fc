/* A grid over a part of the world: which of its cells are taken. */
import type { Box } from "./frame.ts";

export class Cells {
  readonly #bits: Uint32Array;
  readonly #columns: number;
  readonly #west: number;
  readonly #north: number;
  readonly #size: number;

  /** A grid over a box, with cells of that size in units. */
  constructor([west, north, east, south]: Box, size: number) {
    this.#columns = Math.floor((east - west) / size) + 1;
    const rows = Math.floor((south - north) / size) + 1;
    this.#bits = new Uint32Array(Math.ceil((this.#columns * rows) / 32));
    this.#west = west;
    this.#north = north;
    this.#size = size;
  }

  /** Take the cell of a position in the box; whether it was free. */
  take(x: number, y: number): boolean {
    const column = Math.floor((x - this.#west) / this.#size);
    const cell = Math.floor((y - this.#north) / this.#size) * this.#columns + column;
    const word = cell >>> 5;
    const bit = 1 << (cell & 31);
    if (this.#bits[word] & bit) return false;
    this.#bits[word] |= bit;
    return true;
  }

  /** Take the cells along a straight line, without its start; whether one was free. */
  takeAlong(x0: number, y0: number, x1: number, y1: number): boolean {
    const steps = Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)) / this.#size) || 1;
    let free = false;
    for (let step = 1; step <= steps; step += 1)
      if (this.take(x0 + ((x1 - x0) * step) / steps, y0 + ((y1 - y0) * step) / steps)) free = true;
    return free;
  }
}
