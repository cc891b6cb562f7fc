/* The positions of the page's own features, from the blocks of the page. */
import { blocks, data } from "../payload/data.ts";
import { classOf, features } from "../payload/features.ts";
import type { Shapes } from "../types/basemap.ts";
import type { Feature } from "../types/payload.ts";
import { readPaths } from "./shapes.ts";

/** A point, a line or a ring: latitudes and longitudes in degrees. */
export type Path = L.LatLngTuple[];

/** A function that gives the paths of a row. */
const rowsOf = (shapes: Shapes): ((row: number) => Path[]) => {
  const { step, count } = shapes;
  const { paths, starts, xy } = readPaths(blocks, shapes, count);
  const vertex = (at: number): L.LatLngTuple => [xy[2 * at + 1] * step, xy[2 * at] * step];
  const from = <T>(start: number, end: number, read: (nth: number) => T): T[] =>
    Array.from({ length: end - start }, (_, nth) => read(start + nth));
  return (row) => from(paths[row], paths[row + 1], (path) => from(starts[path], starts[path + 1], vertex));
};

/** The paths of each row. */
export const pathsOf = (shapes: Shapes | undefined): Path[][] =>
  shapes ? Array.from({ length: shapes.count }, (_, row) => row).map(rowsOf(shapes)) : [];

// Reading the description and reading the blocks are long tasks, each alone.
await new Promise((resolve) => setTimeout(resolve));

/** By the id of a feature, a function that gives its paths. They are read when the feature is drawn. */
const readers = new Map<string, () => Path[]>();
for (const shapes of data.shapes) {
  const own = features.filter((feature) => classOf(feature).geometry === shapes.kind);
  const [read, land] = [rowsOf(shapes), shapes.land && data.basemap.land ? rowsOf(data.basemap.land) : () => []];
  for (const [nth, { id }] of own.entries())
    readers.set(id, () => [...read(nth), ...(shapes.land?.[nth] ?? []).flatMap(land)]);
}

const known = new Map<string, Path[]>();

/** The paths of a feature: of an area, all its rings. */
export const positionsOf = ({ id }: Feature): Path[] => {
  const paths = known.get(id) ?? readers.get(id)?.() ?? [];
  known.set(id, paths);
  return paths;
};

/** The position of a point. */
export const positionOf = (feature: Feature): L.LatLngTuple => positionsOf(feature)[0][0];
