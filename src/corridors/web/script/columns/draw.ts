/* The picture of all shown features in a window, the lowest class first. */
import type { Answer, Ask, Frame } from "../types/columns.ts";
import { boxOf, type Lens, lensOf } from "./frame.ts";
import { ensureLevels, levelAt, prepareLevels } from "./levels.ts";
import { isSeamless, newParts } from "./moved.ts";
import { paintAreas } from "./paint_areas.ts";
import { type Density, densityOf, paintLines } from "./paint_lines.ts";
import { paintPoints } from "./paint_points.ts";
import { contextOf, Picture } from "./picture.ts";
import type { Shapes } from "./shapes.ts";
import { inTurn, type Turn } from "./slices.ts";
import { rowsIn } from "./spatial.ts";
import type { OpenLayer, Store } from "./store.ts";

const MANY = 20_000; // rows from which on a picture is kept, because it takes longer to draw than to copy
const EDGE = 20; // pixels around the window in which a symbol or a wide line still shows

/** Features of one class: their shapes, and the rows of those to draw. */
type Drawn = [shapes: Shapes, rows: Uint32Array];

/** Rows by the index of their class. */
const byClass = (rows: Uint32Array, codes: ArrayLike<number>, classes: number): Uint32Array[] => {
  if (classes === 1) return [rows];
  const counts = new Uint32Array(classes);
  for (const row of rows) counts[codes[row]] += 1;
  const found = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (const row of rows) {
    const code = codes[row];
    found[code][counts[code]] = row;
    counts[code] += 1;
  }
  return found;
};

/** The rows that are shown, in the place of all. */
const onlyShown = (rows: Uint32Array, shown: Uint8Array): Uint32Array => {
  let count = 0;
  for (let i = 0; i < rows.length; i += 1) if (shown[rows[i]]) rows[count++] = rows[i];
  return rows.subarray(0, count);
};

/** What is drawn of a layer in a window, by the index of the class: of its level for the zoom, if there is one. */
const drawnOf = (opened: OpenLayer, version: number, zoom: number, lens: Lens): Drawn[] => {
  const box = boxOf(lens, EDGE * lens.ratio);
  const level = levelAt(opened, version, zoom);
  const { shapes, codes } = level ?? opened;
  const { shown } = opened;
  const found = rowsIn(shapes, box);
  const kept = level ? found : onlyShown(found, shown); // a level has only rows that are shown
  return byClass(kept, codes, opened.layer.classes.length).map((own) => [shapes, own]);
};

const classesIn = ({ layers, version }: Store, zoom: number, lens: Lens): Map<string, Drawn> => {
  const found = new Map<string, Drawn>();
  for (const opened of layers) {
    const drawn = drawnOf(opened, version, zoom, lens);
    for (const [code, id] of opened.layer.classes.entries()) found.set(id, drawn[code]);
  }
  return found;
};

/** A picture that was drawn, to which the next one may add, and how the lines of each class are drawn in it. */
interface Drawing {
  /** What it shows, but for its window. */
  key: string;
  frame: Frame;
  canvas: OffscreenCanvas;
  densities: Map<string, Density>;
}

let last: Drawing | null = null;

/** Draw all classes in a window, or in a part of it. Returns the number of rows. */
const paint = async (store: Store, picture: Picture, ask: Ask<"draw">, densities: Drawing["densities"], turn: Turn) => {
  const { zoom } = ask.frame;
  await ensureLevels(store, zoom, boxOf(picture.lens, 0), turn);
  const found = classesIn(store, zoom, picture.lens);
  let count = 0;
  for (const id of ask.order) {
    const [shapes, rows] = found.get(id) ?? [];
    const look = ask.look[id];
    if (!shapes || !rows?.length || !look) continue;
    count += rows.length;
    if (look.geometry === "point") await paintPoints(picture, shapes, rows, look, turn);
    else if (look.geometry === "area") await paintAreas(picture, shapes, rows, look, turn);
    else {
      const density = densities.get(id) ?? densityOf(picture, shapes, rows);
      densities.set(id, density);
      await paintLines(picture, shapes, rows, look.strokes, density, turn);
    }
  }
  return count;
};

/** Draw what the picture before does not have. */
const drawMoved = async (store: Store, ask: Ask<"draw">, before: Drawing, parts: Frame[], turn: Turn) => {
  const { frame, ratio } = ask;
  const { width, height } = lensOf(frame, ratio);
  const canvas = new OffscreenCanvas(width, height);
  const context = contextOf(canvas);
  const lay = (picture: OffscreenCanvas, { left, top }: Frame): void =>
    context.drawImage(picture, (left - frame.left) * ratio, (top - frame.top) * ratio);
  lay(before.canvas, before.frame);
  for (const part of parts) {
    const picture = new Picture(lensOf(part, ratio));
    await paint(store, picture, ask, before.densities, turn);
    lay(picture.finish(), part);
  }
  return canvas;
};

const drawAll = async (store: Store, ask: Ask<"draw">, key: string, turn: Turn): Promise<OffscreenCanvas> => {
  const { frame, ratio } = ask;
  const picture = new Picture(lensOf(frame, ratio));
  const densities: Drawing["densities"] = new Map();
  const count = await paint(store, picture, ask, densities, turn);
  const canvas = picture.finish();
  last = count > MANY && isSeamless(ask) ? { key, frame, canvas, densities } : null;
  return canvas;
};

export const draw = async (store: Store, ask: Ask<"draw">): Promise<Answer<"draw">> => {
  const begun = performance.now();
  const { frame, ...others } = ask;
  const key = JSON.stringify([others, store.version]);
  const canvas = await inTurn(async (turn) => {
    const parts = last?.key === key ? newParts(last.frame, frame) : null;
    if (!last || !parts) return drawAll(store, ask, key, turn);
    const moved = await drawMoved(store, ask, last, parts, turn);
    last = { ...last, frame, canvas: moved };
    return moved;
  });
  if (!canvas) return null;
  const picture = last?.canvas === canvas ? await createImageBitmap(canvas) : canvas.transferToImageBitmap();
  prepareLevels(store, frame.zoom);
  return { picture, ms: performance.now() - begun };
};
