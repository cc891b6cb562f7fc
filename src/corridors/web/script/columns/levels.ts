/* The levels of all layers. They are made in the background, because a picture of a million features must not look at each. */
import type { Box } from "./frame.ts";
import { type Level, LevelMaker } from "./level.ts";
import { scaleAt, xOf, yOf } from "./projection.ts";
import { quiet, type Turn } from "./slices.ts";
import { indexOf } from "./spatial.ts";
import type { OpenLayer, Store } from "./store.ts";

const LEAST = 100_000; // vertices of a layer: with fewer, a picture is fast enough
const MOST_CELLS = 2 ** 28;
const GAIN = 0.7; // of the vertices of a layer: a level with more is not worth its memory
const NEIGHBOURS = [0, 1, -1, 2]; // levels that are made around the one of the map, in this order
const MUCH = 0.3; // of a layer: a picture of less takes much less time than a level
const LOOK = 128; // rows between two looks at the clock

interface Known {
  version: number;
  /** By zoom; null for a level that is not worth its memory. */
  levels: Map<number, Level | null>;
  /** The level that was begun last, and the next row of it: it goes on after an interruption. */
  begun: { zoom: number; maker: LevelMaker; row: number } | null;
}

const known = new WeakMap<OpenLayer, Known>();

const levelsOf = (opened: OpenLayer, version: number): Known => {
  const found = known.get(opened);
  if (found?.version === version) return found;
  const none: Known = { version, levels: new Map(), begun: null };
  known.set(opened, none);
  return none;
};

/** The bounds of a layer in units. */
export const boundsOf = ({ layer: { bounds } }: OpenLayer): Box => {
  const [west, south, east, north] = bounds;
  return [xOf(west), yOf(north), xOf(east), yOf(south)];
};

/** The zoom whose level serves a map at a zoom. */
export const levelZoom = (zoom: number): number => Math.ceil(zoom - 0.01);

/** The level of a layer for a zoom, or one with a little more than can be seen, if it has been made. */
export const levelAt = (opened: OpenLayer, version: number, zoom: number): Level | null => {
  const { levels } = levelsOf(opened, version);
  const own = levelZoom(zoom);
  return levels.get(own) ?? levels.get(own + 1) ?? levels.get(own + 2) ?? null;
};

/** Whether a level may be worth making: not for few vertices, nor where features are far apart. */
const mayPay = (opened: OpenLayer, zoom: number, levels: Known["levels"]): boolean => {
  const { shapes, layer } = opened;
  if (shapes.xy.length < 2 * LEAST) return false;
  if ([...levels].some(([other, level]) => other <= zoom && !level)) return false; // a higher zoom hides even less
  const [west, north, east, south] = boundsOf(opened);
  const cells = ((east - west) * scaleAt(zoom) * (south - north) * scaleAt(zoom) * layer.classes.length) / 4;
  return cells < MOST_CELLS;
};

/** Go on with a level, unless it turns out not to be worth it. `rest` is asked from time to time whether to go on. */
const make = async (opened: OpenLayer, zoom: number, into: Known, rest: () => Promise<boolean>): Promise<void> => {
  if (into.begun?.zoom !== zoom) into.begun = { zoom, maker: new LevelMaker(opened, boundsOf(opened), zoom), row: 0 };
  const { begun } = into;
  const { count, xy } = opened.shapes;
  for (; begun.row < count; begun.row += 1) {
    // A picture may have finished or replaced the level meanwhile.
    if (begun.row % LOOK === 0 && (!(await rest()) || into.begun !== begun)) return;
    begun.maker.add(begun.row);
  }
  const level = begun.maker.vertices * 2 < xy.length * GAIN ? begun.maker.finish() : null;
  if (level) indexOf(level.shapes);
  into.levels.set(zoom, level);
  into.begun = null;
};

/** The zooms whose levels are made for a map at a zoom, in this order: the one that was begun comes first. */
const wantedAt = (zoom: number, { begun }: Known): number[] => {
  const zooms = NEIGHBOURS.map((step) => levelZoom(zoom) + step);
  return begun && zooms.includes(begun.zoom) ? [begun.zoom, ...zooms] : zooms;
};

/** Whether a box shows a large part of a layer. */
const showsMuch = ([west, north, east, south]: Box, opened: OpenLayer): boolean => {
  const bounds = boundsOf(opened);
  const width = Math.min(east, bounds[2]) - Math.max(west, bounds[0]);
  const height = Math.min(south, bounds[3]) - Math.max(north, bounds[1]);
  const whole = (bounds[2] - bounds[0]) * (bounds[3] - bounds[1]);
  return width > 0 && height > 0 && width * height > whole * MUCH;
};

/** For a picture of a large part of a layer, make its level first: that takes about as long as a picture of all rows, and all later pictures a third. */
export const ensureLevels = async ({ layers, version }: Store, zoom: number, box: Box, turn: Turn): Promise<void> => {
  const rest = async (): Promise<boolean> => {
    if (turn.due()) await turn.pause();
    return true;
  };
  for (const opened of layers) {
    const [into, own] = [levelsOf(opened, version), levelZoom(zoom)];
    const wanted = !levelAt(opened, version, zoom) && !into.levels.has(own) && mayPay(opened, own, into.levels);
    if (wanted && showsMuch(box, opened)) await make(opened, own, into, rest);
  }
};

let newest = 0;

/** Make the levels around a zoom, and then the indices of all layers, whenever nothing else is to do. */
export const prepareLevels = async (store: Store, zoom: number): Promise<void> => {
  newest += 1;
  const [own, { version }] = [newest, store];
  const goesOn = (): boolean => own === newest && version === store.version;
  const rest = async (): Promise<boolean> => {
    await quiet();
    return goesOn();
  };
  const plans = store.layers.map((opened) => {
    const into = levelsOf(opened, version);
    return { opened, into, zooms: wantedAt(zoom, into) };
  });
  for (let nth = 0; nth <= NEIGHBOURS.length; nth += 1) {
    for (const { opened, into, zooms } of plans) {
      const wanted = zooms[nth];
      if (wanted === undefined || into.levels.has(wanted) || !mayPay(opened, wanted, into.levels)) continue;
      if (goesOn()) await make(opened, wanted, into, rest);
    }
  }
  for (const { shapes } of store.layers) {
    await quiet();
    if (goesOn()) indexOf(shapes);
  }
};
