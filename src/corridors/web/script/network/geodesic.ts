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

/**
 * Points along the geodesic line between two nodes, dense enough to look like a curve: a great circle on the auxiliary
 * sphere, whose longitudes differ from those of the ellipsoid in proportion to the way. Within metres of the exact line.
 */
export const arc = (one: Position, other: Position): L.LatLngTuple[] => {
  const line = geodesicLine(one, other);
  const ends: L.LatLngTuple[] = [
    [one.lat, one.lon],
    [other.lat, other.lon],
  ];
  if (!line?.sigma) return ends;
  const { beta, omega, sigma, azimuth, metres } = line;
  const [rad, turn] = [Math.PI / 180, eastward(one, other)];
  const [sinB, cosB] = [Math.sin(beta[0]), Math.cos(beta[0])];
  const parts = Math.max(1, Math.ceil(metres / 1000 / HOP_KM));
  const between = Array.from({ length: parts - 1 }, (_, nth): L.LatLngTuple => {
    const share = (nth + 1) / parts;
    const [sinS, cosS] = [Math.sin(share * sigma), Math.cos(share * sigma)];
    const up = sinB * cosS + cosB * sinS * Math.cos(azimuth);
    const along = cosB * cosS - sinB * sinS * Math.cos(azimuth);
    const aside = sinS * Math.sin(azimuth);
    const lat = Math.atan(up / Math.hypot(along, aside) / (1 - FLAT)) / rad;
    const lon = one.lon + Math.atan2(aside, along) / rad - share * (omega / rad - turn);
    return [lat, lon - 360 * Math.round(lon / 360)];
  });
  return [ends[0], ...between, ends[1]];
};
