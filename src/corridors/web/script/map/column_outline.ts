/* The outline of one feature of a reader's own data, as paths of Leaflet. */
import type { Outline } from "../types/columns.ts";
import type { FeatureClass } from "../types/payload.ts";
import { seenOn } from "./panes.ts";
import { pointScale } from "./scale.ts";

const positions = (part: number[]): L.LatLngTuple[] =>
  Array.from({ length: part.length / 2 }, (_, n) => [part[2 * n + 1], part[2 * n]]);

/** Paths along a feature: a circle around each point, a line, or the rings of an area. */
export const outlinePaths = (
  outline: Outline,
  { geometry, style }: FeatureClass,
  options: L.PathOptions,
  zoom: number,
): L.Path[] => {
  const parts = outline.map(positions);
  if (!parts.length) return [];
  if (geometry === "point") {
    const radius = ((style.size || 12) * pointScale(zoom)) / 2 + 4;
    return parts.flat().map((at) => L.circleMarker(at, { ...seenOn("corridors-ring"), ...options, radius }));
  }
  const base = { ...seenOn("corridors-picked"), ...options };
  return [geometry === "area" ? L.polygon(parts, base) : L.polyline(parts, base)];
};
