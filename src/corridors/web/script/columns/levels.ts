/* The levels of all layers. They are made in the background, because a picture of a million features must not look at each. */
import type { Box } from "./frame.ts";
import { type Level, LevelMaker } from "./level.ts";
import { scaleAt, xOf, yOf } from "./projection.ts";
import { quiet } from "./slices.ts";
import { prepareIndex } from "./spatial.ts";
import type { OpenLayer, Store } from "./store.ts";

const LEAST = 100_000; // vertices of a layer: with fewer, a picture is fast enough
const MOST_CELLS = 2 ** 28;
const GAIN = 0.7; // of the vertices of a layer: a level with more is not worth its memory
const NEIGHBOURS = [0, 1, -1, 2]; // levels that are made around the one of the map, in this order
const LOOK = 128; // rows between two looks at the clock

interface Known {
  version: number;
  /** By zoom; null for a level that is not worth its memory. */
  levels: Map<number, Level | null>;
}

const known = new WeakMap<OpenLayer, Known>();

const levelsOf = (opened: OpenLayer, version: number): Known["levels"] => {
  const found = known.get(opened);
  if (found?.version === version) return found.levels;
  const levels: Known["levels"] = new Map();
  known.set(opened, { version, levels });
  return levels;
};

/** The bounds of a layer in units. */
export const boundsOf = ({ layer: { bounds } }: OpenLayer): Box => {
  const [west, south, east, north] = bounds;
  return [xOf(west), yOf(north), xOf(east), yOf(south)];
};

/** The zoom whose level serves a map at a zoom. */
export const levelZoom = (zoom: number): number => Math.ceil(zoom - 0.01);

/** The level of a layer for a zoom, if it has been made. */
export const levelAt = (opened: OpenLayer, version: number, zoom: number): Level | null =>
  levelsOf(opened, version).get(levelZoom(zoom)) ?? null;

/** Whether a level may be worth making: not for few vertices, nor where features are far apart. */
const mayPay = (opened: OpenLayer, zoom: number, levels: Known["levels"]): boolean => {
  const { shapes, layer } = opened;
  if (shapes.xy.length < 2 * LEAST) return false;
  if ([...levels].some(([other, level]) => other <= zoom && !level)) return false; // a higher zoom hides even less
  const [west, north, east, south] = boundsOf(opened);
  const cells = ((east - west) * scaleAt(zoom) * (south - north) * scaleAt(zoom) * layer.classes.length) / 4;
  return cells < MOST_CELLS;
};

/** Make a level, unless it turns out not to be worth it. */
const make = async (opened: OpenLayer, zoom: number, goesOn: () => boolean): Promise<Level | null> => {
  const maker = new LevelMaker(opened, boundsOf(opened), zoom);
  const { count, xy } = opened.shapes;
  for (let row = 0; row < count; row += 1) {
    maker.add(row);
    if (row % LOOK === 0) {
      await quiet();
      if (!goesOn()) return null;
    }
  }
  return maker.vertices * 2 < xy.length * GAIN ? maker.finish() : null;
};

let newest = 0;

/** Make the levels around a zoom, and before them the indices of all layers, whenever nothing else is to do. */
export const prepareLevels = async (store: Store, zoom: number): Promise<void> => {
  newest += 1;
  const [own, { version }] = [newest, store];
  const goesOn = (): boolean => own === newest && version === store.version;
  for (const { shapes } of store.layers) {
    await quiet();
    if (goesOn()) prepareIndex(shapes);
  }
  for (const step of NEIGHBOURS) {
    for (const opened of store.layers) {
      const levels = levelsOf(opened, version);
      const wanted = levelZoom(zoom) + step;
      if (!goesOn() || levels.has(wanted) || !mayPay(opened, wanted, levels)) continue;
      const level = await make(opened, wanted, goesOn);
      if (goesOn()) levels.set(wanted, level);
    }
  }
};
