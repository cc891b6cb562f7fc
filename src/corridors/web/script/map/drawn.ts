/* A feature as it is drawn on a date: what its drawing depends on, and what is only a class of its nodes. */
import { classIn, ownYear } from "../state/filter.ts";
import { isMarked, isUnsure, statusAt, yearAt } from "../state/years.ts";
import type { Feature } from "../types/payload.ts";
import type { Moment, State } from "../types/state.ts";
import type { Side } from "./divider.ts";
import { isHollowIn } from "./feature_nodes.ts";
import { drawingOf } from "./leaflet.ts";

export type DrawnLayer = L.CircleMarker | L.Polyline<GeoJSON.LineString | GeoJSON.MultiLineString> | L.Polygon;
export type Dates = Pick<State, "year" | "against">;

/** A feature, as it is drawn. */
export interface Drawn {
  feature: Feature;
  /** Its layer on the map, from when it is first shown. */
  layer: DrawnLayer | null;
  /** Its place among the others, from below. */
  order: number;
  /** The date on which it is shown, and what depends on it: its drawing, and what is only a class of its nodes. */
  moment: Moment | null;
  look: string;
  signs: string;
  /** The only side of the divider on which it is seen. */
  side: Side | null;
  /** Its position, if it is a point. */
  at: L.LatLng | null;
  on: boolean;
  crowded: boolean;
}

/** What the drawing of a feature on a date depends on: its status, whether it is hollow, its class. */
export const lookAt = (feature: Feature, moment: Moment | null): string => {
  const year = yearAt(moment);
  return [statusAt(feature, moment), isHollowIn(feature, ownYear(year)), classIn(feature, year)].join();
};

export const switchNodes = (layer: L.Path, name: string, on: boolean): void => {
  for (const { node } of drawingOf(layer).nodes) node.classList.toggle(name, on);
};

/** Mark what opened in an unknown year, and what opens or closes in the shown one. */
export const sign = (item: Drawn, dates: Dates): void => {
  const { feature, layer, moment } = item;
  const signs = [isUnsure(feature, yearAt(moment)), isMarked(feature, dates)];
  if (!layer || item.signs === signs.join()) return;
  item.signs = signs.join();
  switchNodes(layer, "undated", signs[0]);
  switchNodes(layer, "changed", signs[1]);
};
