/* Coordinates: delta-coded integers, longitude before latitude, into Leaflet's [latitude, longitude] in degrees. */
import { data } from "./data.ts";

const line = (codes, scale) => {
  const points = new Array(codes.length >> 1);
  let lon = 0;
  let lat = 0;
  for (let i = 0; i + 1 < codes.length; i += 2) {
    lon += codes[i];
    lat += codes[i + 1];
    points[i >> 1] = [lat * scale, lon * scale];
  }
  return points;
};

const nested = (codes, scale) =>
  codes.length && Array.isArray(codes[0]) ? codes.map((part) => nested(part, scale)) : line(codes, scale);

export const decodeLines = (codes, scale) => nested(codes, scale);

const polygonsOf = ({ t, c, land }) => {
  if (!land) return c;
  const polygons = land.map((nth) => data.basemap.land[nth]);
  return t === "Polygon" ? polygons[0] : polygons;
};

/** The geometry of a feature: one pair for a point, nested lists of pairs for all else. */
export const decode = (geometry) => {
  const points = nested(polygonsOf(geometry), geometry.s || 1e-5);
  return geometry.t === "Point" ? points[0] : points;
};
