/* The positions of the page's own features, from the blocks of the page. */
import { blocks, data } from "../payload/data.ts";
import { classOf, features } from "../payload/features.ts";
import type { Feature, Shapes } from "../types/payload.ts";
import { readPaths } from "./shapes.ts";

/** A point, a line or a ring: latitudes and longitudes in degrees. */
export type Path = L.LatLngTuple[];

/** The paths of each row. */
export const pathsOf = (shapes: Shapes | undefined): Path[][] => {
  if (!shapes) return [];
  const { step, count } = shapes;
  const { paths, starts, xy } = readPaths(blocks, shapes, count);
  const vertex = (at: number): L.LatLngTuple => [xy[2 * at + 1] * step, xy[2 * at] * step];
  const from = <T>(start: number, end: number, read: (nth: number) => T): T[] =>
    Array.from({ length: end - start }, (_, nth) => read(start + nth));
  return from(0, count, (row) =>
    from(paths[row], paths[row + 1], (path) => from(starts[path], starts[path + 1], vertex)),
  );
};

const positions = new Map<string, Path[]>();
for (const shapes of data.shapes) {
  const own = features.filter((feature) => classOf(feature).geometry === shapes.kind);
  const ground = shapes.land ? pathsOf(data.basemap.land) : [];
  for (const [nth, paths] of pathsOf(shapes).entries())
    positions.set(own[nth].id, [...paths, ...(shapes.land?.[nth] ?? []).flatMap((row) => ground[row])]);
}

/** The paths of a feature: of an area, all its rings. */
export const positionsOf = (feature: Feature): Path[] => positions.get(feature.id) ?? [];

/** The position of a point. */
export const positionOf = (feature: Feature): L.LatLngTuple => positionsOf(feature)[0][0];
