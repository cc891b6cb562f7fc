/* Many thin lines at once: how much of each pixel they cover, computed pixel by pixel. Where tens of thousands of lines
 * overlap, this takes a tenth of the time of a canvas, and lines that others cover cost no more than looking. */
import type { Pen } from "./trace.ts";

const JOINT = 0.5; // pixels by which pieces are longer at their ends

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
    for (let along = first; along <= last; along += 1) {
      const middle = across0 + slope * (along + 0.5 - along0);
      this.#span(along * step, stride, room, middle - half, middle + half);
    }
  }

  /** Cover the pixels of one column or row between two positions. */
  #span(base: number, stride: number, room: number, low: number, high: number): void {
    const { cells } = this;
    const from = Math.floor(low);
    const to = Math.floor(high);
    if (from === to) {
      this.#part(from, room, base + from * stride, (high - low) * 255);
      return;
    }
    this.#part(from, room, base + from * stride, (from + 1 - low) * 255);
    const end = Math.min(to, room);
    for (let across = Math.max(0, from + 1); across < end; across += 1) cells[base + across * stride] = 255;
    this.#part(to, room, base + to * stride, (high - to) * 255);
  }

  /** Cover a pixel in part, if it is in the picture and no other piece covers more of it. */
  #part(across: number, room: number, at: number, part: number): void {
    if (across >= 0 && across < room && this.cells[at] < part) this.cells[at] = part;
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
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i];
    if (!cell) continue;
    const at = 4 * i;
    const own = (cell / 255) * most;
    if (own === 1 || !pixels[at + 3]) {
      pixels[at] = red;
      pixels[at + 1] = green;
      pixels[at + 2] = blue;
      pixels[at + 3] = own * 255;
      continue;
    }
    const below = (pixels[at + 3] / 255) * (1 - own);
    const sum = own + below;
    pixels[at] = (red * own + pixels[at] * below) / sum;
    pixels[at + 1] = (green * own + pixels[at + 1] * below) / sum;
    pixels[at + 2] = (blue * own + pixels[at + 2] * below) / sum;
    pixels[at + 3] = sum * 255;
  }
};
