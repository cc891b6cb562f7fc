/* Coordinates: delta-coded integers, longitude before latitude, into Leaflet's [latitude, longitude] in degrees. */
import type { Codes, Geometry } from "../types/payload.ts";
import { data } from "./data.ts";

/** Latitude and longitude in degrees, nested as in GeoJSON. */
export type Positions = L.LatLngTuple[] | Positions[];

const decodeLine = (codes: number[], step: number): L.LatLngTuple[] => {
  const points = new Array<L.LatLngTuple>(codes.length >> 1);
  let lon = 0;
  let lat = 0;
  for (let i = 0; i + 1 < codes.length; i += 2) {
    lon += codes[i];
    lat += codes[i + 1];
    points[i >> 1] = [lat * step, lon * step];
  }
  return points;
};

const isNested = (codes: Codes): codes is Codes[] => Array.isArray(codes[0]);

/** The positions of codes whose integers are multiples of so many degrees. */
export const decodeNested = (codes: Codes, step: number): Positions =>
  isNested(codes) ? codes.map((part) => decodeNested(part, step)) : decodeLine(codes, step);

const codesOf = ({ t, c, land }: Geometry): Codes => {
  if (!land) return c;
  const polygons = land.map((nth) => data.basemap.land?.[nth] ?? []);
  return t === "Polygon" ? (polygons[0] ?? []) : polygons;
};

/** The positions of a feature's geometry: a list for a line, nested lists for other geometries. */
export const decode = (geometry: Geometry): Positions => decodeNested(codesOf(geometry), geometry.s ?? data.step);

/** The position of a point feature. */
export const decodePoint = (geometry: Geometry): L.LatLngTuple => decodeLine(geometry.c as number[], data.step)[0];
