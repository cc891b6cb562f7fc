/* The picture of all shown features in a window, the lowest class first. */
import type { Answer, Ask, ClassLook } from "../types/columns.ts";
import { boxOf, type Lens, lensOf } from "./frame.ts";
import { boundsOf, levelAt, prepareLevels } from "./levels.ts";
import { paintAreas } from "./paint_areas.ts";
import { paintLines } from "./paint_lines.ts";
import { paintPoints } from "./paint_points.ts";
import { Picture } from "./picture.ts";
import type { Shapes } from "./shapes.ts";
import { inTurn, type Turn } from "./slices.ts";
import { rowsIn } from "./spatial.ts";
import type { OpenLayer, Store } from "./store.ts";

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

/** What is drawn of a layer in a window, by the index of the class: of its level for the zoom, if there is one. */
const drawnOf = (opened: OpenLayer, version: number, zoom: number, lens: Lens): Drawn[] => {
  const box = boxOf(lens, EDGE * lens.ratio);
  const { shapes, codes, rows } = levelAt(opened, version, zoom) ?? { ...opened, rows: null };
  const { shown } = opened;
  const found = rowsIn(shapes, box, boundsOf(opened)).filter((row) => shown[rows ? rows[row] : row]);
  return byClass(found, codes, opened.layer.classes.length).map((own) => [shapes, own]);
};

const classesIn = ({ layers, version }: Store, zoom: number, lens: Lens): Map<string, Drawn> => {
  const found = new Map<string, Drawn>();
  for (const opened of layers) {
    const drawn = drawnOf(opened, version, zoom, lens);
    for (const [code, id] of opened.layer.classes.entries()) found.set(id, drawn[code]);
  }
  return found;
};

const paint = (picture: Picture, shapes: Shapes, rows: Uint32Array, look: ClassLook, turn: Turn): Promise<void> => {
  if (look.geometry === "point") return paintPoints(picture, shapes, rows, look, turn);
  if (look.geometry === "area") return paintAreas(picture, shapes, rows, look, turn);
  return paintLines(picture, shapes, rows, look.strokes, turn);
};

export const draw = async (store: Store, { frame, ratio, look, order }: Ask<"draw">): Promise<Answer<"draw">> => {
  const begun = performance.now();
  const picture = await inTurn(async (turn) => {
    const drawing = new Picture(lensOf(frame, ratio));
    const found = classesIn(store, frame.zoom, drawing.lens);
    for (const id of order) {
      const [shapes, rows] = found.get(id) ?? [];
      if (shapes && rows?.length && look[id]) await paint(drawing, shapes, rows, look[id], turn);
    }
    return drawing.finish();
  });
  if (picture) prepareLevels(store, frame.zoom);
  return picture && { picture, ms: performance.now() - begun };
};
