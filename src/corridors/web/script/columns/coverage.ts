/* Many thin lines at once: how much of each pixel they cover, computed pixel by pixel. Where tens of thousands of lines
 * overlap, this takes a tenth of the time of a canvas, and lines that others cover cost no more than looking. */
import type { Pen } from "./trace.ts";

const JOINT = 0.5; // pixels by which pieces are longer at their ends

const SMALL = 12; // pixels: sides of boxes from which on it takes too long to look at each pixel
const SHORT = 4; // pixels: between two covered pixels no further apart, the others are taken as covered too

export class Coverage implements Pen {
  readonly width: number;
  readonly height: number;
  /** 0 to 255 for each pixel, row by row from the top. */
  readonly cells: Uint8Array;
  /** Pixels. */
  stroke = 1;
  /** Lengths of strokes and gaps in turn, in pixels; none for a solid line. */
  dash: number[] = [];
  #x = 0;
  #y = 0;
  #gone = 0; // pixels since the start of the path

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.cells = new Uint8Array(width * height);
  }

  clear(): void {
    this.cells.fill(0);
  }

  moveTo(x: number, y: number): void {
    this.#x = x;
    this.#y = y;
    this.#gone = 0;
  }

  lineTo(x: number, y: number): void {
    if (this.dash.length) this.#dashed(x, y);
    else if (!this.#isHidden(x, y)) this.#segment(this.#x, this.#y, x, y, JOINT);
    this.#x = x;
    this.#y = y;
  }

  /** Cover a square of that size around a position. */
  square(x: number, y: number, size: number): void {
    const { stroke } = this;
    this.stroke = size;
    this.#segment(x, y, x, y, size / 2);
    this.stroke = stroke;
  }

  /** Whether all pixels are covered that lines in a box could cover, so that they would change nothing; asked of small boxes. */
  isFull(west: number, north: number, east: number, south: number): boolean {
    const { width, height, cells } = this;
    if (east - west > SMALL || south - north > SMALL) return false;
    const edge = this.stroke * Math.SQRT1_2 + JOINT; // at most so far does a piece reach beside its ends
    const [left, right] = [Math.max(0, Math.floor(west - edge)), Math.min(width - 1, Math.floor(east + edge))];
    const bottom = Math.min(height - 1, Math.floor(south + edge));
    for (let y = Math.max(0, Math.floor(north - edge)); y <= bottom; y += 1)
      for (let at = y * width + left; at <= y * width + right; at += 1) if (cells[at] !== 255) return false;
    return true;
  }

  /** Whether a piece from the pen to a position is so short, and so well covered, that it would change nothing. */
  #isHidden(x: number, y: number): boolean {
    const short = Math.abs(x - this.#x) + Math.abs(y - this.#y) < SHORT;
    return short && this.#isCovered(x, y) && this.#isCovered(this.#x, this.#y);
  }

  #dashed(x: number, y: number): void {
    const length = Math.hypot(x - this.#x, y - this.#y);
    const period = this.dash.reduce((sum, part) => sum + part, 0);
    if (!(period > 0) || length / period > 1e4) return;
    const at = (gone: number): [number, number] => [
      this.#x + ((x - this.#x) * gone) / length,
      this.#y + ((y - this.#y) * gone) / length,
    ];
    for (let start = -(this.#gone % period); start < length; start += period) {
      let from = start;
      for (let part = 0; part < this.dash.length; part += 1) {
        const to = from + this.dash[part];
        if (part % 2 === 0 && to > 0 && from < length)
          this.#segment(...at(Math.max(0, from)), ...at(Math.min(length, to)), 0);
        from = to;
      }
    }
    this.#gone += length;
  }

  /** A straight piece, longer at both ends by so many pixels, so that pieces join without gaps. */
  #segment(x0: number, y0: number, x1: number, y1: number, longer: number): void {
    const { width, height } = this;
    // "Along" is the axis of which the piece covers more, "across" the other.
    if (Math.abs(y1 - y0) > Math.abs(x1 - x0)) this.#cover(y0, x0, y1, x1, longer, height, width, width, 1);
    else this.#cover(x0, y0, x1, y1, longer, width, height, 1, width);
  }

  /** Cover a piece: for each pixel along it those across, the outer ones in part. */
  #cover(
    along0: number,
    across0: number,
    along1: number,
    across1: number,
    longer: number,
    ends: number,
    room: number,
    step: number,
    stride: number,
  ): void {
    const slope = along1 === along0 ? 0 : (across1 - across0) / (along1 - along0);
    const half = (this.stroke / 2) * Math.sqrt(1 + slope * slope);
    const least = Math.min(along0, along1) - longer;
    const most = Math.max(along0, along1) + longer;
    let first = Math.ceil(least - 0.5);
    let last = Math.ceil(most - 0.5) - 1;
    if (last < first) first = last = Math.floor((least + most) / 2); // shorter than a pixel
    first = Math.max(first, 0);
    last = Math.min(last, ends - 1);
    // In one function without calls: a picture has a million of these pixels.
    const { cells } = this;
    for (let along = first; along <= last; along += 1) {
      const middle = across0 + slope * (along + 0.5 - along0);
      const [low, high] = [middle - half, middle + half];
      const [from, to] = [Math.floor(low), Math.floor(high)];
      const base = along * step;
      if (from >= 0 && from < room) {
        const part = (Math.min(from + 1, high) - low) * 255;
        const at = base + from * stride;
        if (cells[at] < part) cells[at] = part; // unless another piece covers more of it
      }
      if (from === to) continue;
      const end = Math.min(to, room);
      for (let across = Math.max(0, from + 1); across < end; across += 1) cells[base + across * stride] = 255;
      if (to >= 0 && to < room) {
        const part = (high - to) * 255;
        const at = base + to * stride;
        if (cells[at] < part) cells[at] = part;
      }
    }
  }

  /** Whether a position lies in a pixel that is covered. */
  #isCovered(x: number, y: number): boolean {
    return x >= 0 && x < this.width && y >= 0 && this.cells[Math.floor(y) * this.width + Math.floor(x)] === 255;
  }
}

/** Lay a colour over pixels (red, green, blue, alpha) where a coverage has it. */
export const layOver = (
  pixels: Uint8ClampedArray,
  cells: Uint8Array,
  [red, green, blue, alpha]: Uint8ClampedArray,
  opacity: number,
): void => {
  const most = (alpha / 255) * opacity;
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, cells.length); // one for each pixel
  const alone = new Uint8ClampedArray(4 * 256); // by coverage: a pixel that has nothing below
  for (let cell = 0; cell < 256; cell += 1) alone.set([red, green, blue, cell * most], 4 * cell);
  const aloneWords = new Uint32Array(alone.buffer);
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i];
    if (!cell) continue;
    if ((cell === 255 && most === 1) || !words[i]) {
      words[i] = aloneWords[cell];
      continue;
    }
    const at = 4 * i;
    const own = (cell / 255) * most;
    const below = (pixels[at + 3] / 255) * (1 - own);
    const sum = own + below;
    pixels[at] = (red * own + pixels[at] * below) / sum;
    pixels[at + 1] = (green * own + pixels[at + 1] * below) / sum;
    pixels[at + 2] = (blue * own + pixels[at + 2] * below) / sum;
    pixels[at + 3] = sum * 255;
  }
};
