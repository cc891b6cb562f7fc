/* A picture in the worker: a canvas, and over it pixels that are computed from coverages. */
import { Coverage, layOver } from "./coverage.ts";
import type { Lens } from "./frame.ts";

type Context = OffscreenCanvasRenderingContext2D;

/** The context of a canvas. */
export const contextOf = (canvas: OffscreenCanvas, often = false): Context => {
  const context = canvas.getContext("2d", { willReadFrequently: often });
  if (!context) throw new Error("no canvas in the worker");
  return context;
};

let probe: Context | null = null;
const known = new Map<string, Uint8ClampedArray>();

/** Red, green, blue and alpha of a colour of CSS, each up to 255. */
const rgbaOf = (color: string): Uint8ClampedArray => {
  const found = known.get(color);
  if (found) return found;
  probe ??= contextOf(new OffscreenCanvas(1, 1), true);
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = color;
  probe.fillRect(0, 0, 1, 1);
  const { data } = probe.getImageData(0, 0, 1, 1);
  known.set(color, data);
  return data;
};

export class Picture {
  readonly lens: Lens;
  readonly #canvas: OffscreenCanvas;
  readonly #context: Context;
  #coverage: Coverage | null = null;
  #pixels: ImageData | null = null;
  #blank = true;

  constructor(lens: Lens) {
    this.lens = lens;
    this.#canvas = new OffscreenCanvas(lens.width, lens.height);
    this.#context = contextOf(this.#canvas);
  }

  /** The canvas, with all that was drawn before. */
  get context(): Context {
    this.#flush();
    this.#blank = false;
    return this.#context;
  }

  /** An empty coverage for strokes of that width, in pixels of the picture. */
  cover(stroke: number, dash: number[]): Coverage {
    this.#coverage ??= new Coverage(this.lens.width, this.lens.height);
    this.#coverage.clear();
    return Object.assign(this.#coverage, { stroke, dash });
  }

  /** Lay the coverage over the picture in a colour. */
  lay(color: string, opacity: number): void {
    const { width, height } = this.lens;
    this.#pixels ??= new ImageData(width, height);
    if (this.#coverage) layOver(this.#pixels.data, this.#coverage.cells, rgbaOf(color), opacity);
  }

  /** The finished picture. Nothing can be drawn after that. */
  finish(): OffscreenCanvas {
    this.#flush();
    return this.#canvas;
  }

  #flush(): void {
    if (!this.#pixels) return;
    if (this.#blank) this.#context.putImageData(this.#pixels, 0, 0);
    else {
      const above = new OffscreenCanvas(this.lens.width, this.lens.height);
      contextOf(above).putImageData(this.#pixels, 0, 0);
      this.#context.drawImage(above, 0, 0);
    }
    this.#pixels = null;
    this.#blank = false;
  }
}
