/* Distances on the ellipsoid. */
import type { Position } from "../types/network.ts";

const HOP_KM = 40;

/** WGS84: the greater half axis in metres, and the flattening. */
export const [MAJOR, FLAT] = [6378137, 1 / 298.257223563];

/** A geodesic line: its length, and its course on the auxiliary sphere, in radians. */
export interface Geodesic {
  metres: number;
  /** The reduced latitudes of both ends. */
  beta: [number, number];
  /** The difference in longitude on the auxiliary sphere, to the east. */
  omega: number;
  /** The angle between both ends on the auxiliary sphere. */
  sigma: number;
  /** The azimuth at the first end. */
  azimuth: number;
}

/** Degrees to the east, at most half a turn. */
export const eastward = (one: Position, other: Position): number => {
  const turn = other.lon - one.lon;
  return Math.abs(turn) > 180 ? turn - 360 * Math.round(turn / 360) : turn;
};

/** The geodesic line between two positions on WGS84, by Vincenty's formulae; in degrees. None for antipodes. */
export const geodesicLine = (one: Position, other: Position): Geodesic | null => {
  const [major, flat] = [MAJOR, FLAT];
  const minor = major * (1 - flat);
  const rad = Math.PI / 180;
  const turn = eastward(one, other) * rad;
  const [u1, u2] = [one, other].map(({ lat }) => Math.atan((1 - flat) * Math.tan(lat * rad)));
  const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = turn;
  for (let round = 0; round < 200; round += 1) {
    const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
    const [east, north] = [c2 * sinL, c1 * s2 - s1 * c2 * cosL];
    const sinS = Math.hypot(east, north);
    if (!sinS) return { metres: 0, beta: [u1, u2], omega: 0, sigma: 0, azimuth: 0 };
    const cosS = s1 * s2 + c1 * c2 * cosL;
    const sigma = Math.atan2(sinS, cosS);
    const sinA = (c1 * c2 * sinL) / sinS;
    const cosA2 = 1 - sinA * sinA;
    const cosM = cosA2 ? cosS - (2 * s1 * s2) / cosA2 : 0;
    const c = (flat / 16) * cosA2 * (4 + flat * (4 - 3 * cosA2));
    const before = lambda;
    lambda = turn + (1 - c) * flat * sinA * (sigma + c * sinS * (cosM + c * cosS * (2 * cosM * cosM - 1)));
    if (Math.abs(lambda - before) > 1e-13) continue;
    const u = (cosA2 * (major * major - minor * minor)) / (minor * minor);
    const bigA = 1 + (u / 16384) * (4096 + u * (u * (320 - 175 * u) - 768));
    const bigB = (u / 1024) * (256 + u * (u * (74 - 47 * u) - 128));
    const inner = (bigB / 6) * cosM * (4 * sinS * sinS - 3) * (4 * cosM * cosM - 3);
    const change = bigB * sinS * (cosM + (bigB / 4) * (cosS * (2 * cosM * cosM - 1) - inner));
    const metres = minor * bigA * (sigma - change);
    return { metres, beta: [u1, u2], omega: lambda, sigma, azimuth: Math.atan2(east, north) };
  }
  return null;
};

/** Geodesic distance in km between two positions on WGS84; in degrees. */
export const geodesicKm = (one: Position, other: Position): number =>
  (geodesicLine(one, other)?.metres ?? Number.NaN) / 1000;

/** Points along the great circle between two nodes, dense enough to look like a curve. */
export const arc = (one: Position, other: Position): L.LatLngTuple[] => {
  const parts = Math.max(1, Math.ceil(geodesicKm(one, other) / HOP_KM));
  const [a, b] = [one, other].map(({ lon, lat }) => {
    const [l, f] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180];
    return [Math.cos(f) * Math.cos(l), Math.cos(f) * Math.sin(l), Math.sin(f)];
  });
  const angle = Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
  return Array.from({ length: parts + 1 }, (_, nth): L.LatLngTuple => {
    if (nth === 0 || nth === parts || !angle) return nth ? [other.lat, other.lon] : [one.lat, one.lon];
    const [p, q] = [Math.sin((1 - nth / parts) * angle), Math.sin((nth / parts) * angle)].map(
      (part) => part / Math.sin(angle),
    );
    const [x, y, z] = a.map((value, axis) => value * p + b[axis] * q);
    return [(Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI, (Math.atan2(y, x) * 180) / Math.PI];
  });
};
