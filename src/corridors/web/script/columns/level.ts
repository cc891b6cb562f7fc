/* A layer as it is seen at a zoom: with fewer vertices, and without features that others of their class hide. */
import { Cells } from "./cells.ts";
import type { Box } from "./frame.ts";
import { Growing } from "./growing.ts";
import { scaleAt } from "./projection.ts";
import type { Shapes } from "./shapes.ts";
import type { OpenLayer } from "./store.ts";
import { NEAR } from "./trace.ts";

const CELL = 2; // pixels: side of the cells by which features hide others

/** Features to draw: their shapes, and the class and the row in the layer of each. */
export interface Level {
  shapes: Shapes;
  codes: Uint16Array;
  rows: Uint32Array;
}

/** Collects the features of a level, one row after the other. The grid does not move with the map, so no feature flickers. */
export class LevelMaker {
  readonly #opened: OpenLayer;
  readonly #near: number;
  readonly #cell: number;
  readonly #bounds: Box;
  readonly #cells = new Map<number, Cells>();
  readonly #xy = new Growing();
  readonly #starts = new Growing();
  readonly #paths = new Growing();
  readonly #rows = new Growing();

  constructor(opened: OpenLayer, bounds: Box, zoom: number) {
    this.#opened = opened;
    this.#bounds = bounds;
    this.#near = (NEAR / scaleAt(zoom)) ** 2;
    this.#cell = CELL / scaleAt(zoom);
  }

  /** The number of vertices so far. */
  get vertices(): number {
    return this.#xy.length / 2;
  }

  /** Take a row: keep it if it is shown, and covers a cell that no row of its class before it covers. */
  add(row: number): void {
    const { shapes, shown, codes } = this.#opened;
    const { paths, starts, kind } = shapes;
    if (!shown[row] || paths[row] === paths[row + 1]) return;
    const [vertices, first] = [this.#xy.length, this.#starts.length];
    const small = this.#isSmall(row);
    if (small) this.#addMiddle(row);
    else for (let path = paths[row]; path < paths[row + 1]; path += 1) this.#thin(starts[path], starts[path + 1]);
    if (this.#covers(codes[row], first) || (kind === "area" && !small)) {
      this.#paths.push(first);
      this.#rows.push(row);
      return;
    }
    this.#xy.length = vertices;
    this.#starts.length = first;
  }

  /** The level of all rows that were kept. */
  finish(): Level {
    const { shapes, codes } = this.#opened;
    this.#paths.push(this.#starts.length);
    this.#starts.push(this.vertices);
    const rows = Uint32Array.from(this.#rows.numbers());
    const boxes = new Int32Array(4 * rows.length);
    for (let i = 0; i < rows.length; i += 1) boxes.set(shapes.boxes.subarray(4 * rows[i], 4 * rows[i] + 4), 4 * i);
    const [paths, starts] = [this.#paths, this.#starts].map((list) => Uint32Array.from(list.numbers()));
    const kept = new Uint16Array(rows.length);
    for (let i = 0; i < rows.length; i += 1) kept[i] = codes[rows[i]];
    return {
      shapes: { kind: shapes.kind, count: rows.length, paths, starts, xy: this.#xy.numbers(), boxes },
      codes: kept,
      rows,
    };
  }

  #isSmall(row: number): boolean {
    const { boxes } = this.#opened.shapes;
    const most = this.#cell / 2;
    return boxes[4 * row + 2] - boxes[4 * row] < most && boxes[4 * row + 3] - boxes[4 * row + 1] < most;
  }

  #push(x: number, y: number): void {
    this.#xy.push(x);
    this.#xy.push(y);
  }

  #addMiddle(row: number): void {
    const { boxes } = this.#opened.shapes;
    this.#starts.push(this.vertices);
    this.#push((boxes[4 * row] + boxes[4 * row + 2]) / 2, (boxes[4 * row + 1] + boxes[4 * row + 3]) / 2);
  }

  /** Add the vertices of a path that are not near the one before, and the last. */
  #thin(from: number, end: number): void {
    const { xy } = this.#opened.shapes;
    this.#starts.push(this.vertices);
    let x = xy[2 * from];
    let y = xy[2 * from + 1];
    this.#push(x, y);
    for (let i = 2 * from + 2; i < 2 * end; i += 2) {
      const dx = xy[i] - x;
      const dy = xy[i + 1] - y;
      if (i < 2 * end - 2 && dx * dx + dy * dy < this.#near) continue;
      x = xy[i];
      y = xy[i + 1];
      this.#push(x, y);
    }
  }

  /** Take the cells along the paths from a first one on; whether one was free. */
  #covers(code: number, first: number): boolean {
    const cells = this.#cells.get(code) ?? new Cells(this.#bounds, this.#cell);
    this.#cells.set(code, cells);
    let free = false;
    for (let path = first; path < this.#starts.length; path += 1) {
      const end = path + 1 < this.#starts.length ? 2 * this.#starts.at(path + 1) : this.#xy.length;
      let i = 2 * this.#starts.at(path);
      if (cells.take(this.#xy.at(i), this.#xy.at(i + 1))) free = true;
      for (i += 2; i < end; i += 2) {
        const along = cells.takeAlong(this.#xy.at(i - 2), this.#xy.at(i - 1), this.#xy.at(i), this.#xy.at(i + 1));
        if (along) free = true;
      }
    }
    return free;
  }
}
