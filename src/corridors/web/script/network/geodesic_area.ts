/*
 * The area of a ring of geodesic lines on WGS84.
 *
 * It is the sum of the areas between each line and the equator: C. F. F. Karney, Algorithms for geodesics, Journal of
 * Geodesy 87 (2013), section 6, https://doi.org/10.1007/s00190-012-0578-z. His series is here an integral by the rule of
 * Gauss and Legendre. The error is below 1e-8 of the area plus 0.1 m². There is no answer (NaN) if two points of the ring
 * lie nearly opposite to each other on the earth.
 */
import type { Position } from "../types/network.ts";
import { eastward, FLAT, type Geodesic, geodesicLine, MAJOR } from "./geodesic.ts";

const E2 = FLAT * (2 - FLAT);
const E = Math.sqrt(E2);
const PIECES = 4;
/** Places in a piece from -1 to 1, with their weights. */
const GAUSS = [
  [0, 0.5688888888888889],
  [0.538469310105683, 0.47862867049936647],
  [-0.538469310105683, 0.47862867049936647],
  [0.906179845938664, 0.23692688505618908],
  [-0.906179845938664, 0.23692688505618908],
];

/** Square metres from the equator to a reduced latitude, for each radian of longitude. */
const zone = (sinBeta: number, w: number): number =>
  ((MAJOR * MAJOR) / 2) * (w * sinBeta + ((1 - E2) / E) * Math.atanh((E * sinBeta) / w));

/** The square of the radius of the sphere with the same area. */
const C2 = zone(1, 1);

/** Square metres between a geodesic line and the equator, more than 0 to the east in the north. */
const belowLine = ({ beta, omega, sigma, azimuth }: Geodesic): number => {
  const [one, other] = beta;
  // The spherical excess is written so that short lines keep their digits.
  const ratio = Math.sin((one + other) / 2) / Math.cos((other - one) / 2);
  const excess = 2 * Math.atan(Math.tan(omega / 2) * ratio);
  const sinAlpha = Math.sin(azimuth) * Math.cos(one); // at the equator
  const cosAlpha = Math.hypot(Math.cos(azimuth), Math.sin(azimuth) * Math.sin(one));
  const start = Math.atan2(Math.sin(one), Math.cos(azimuth) * Math.cos(one));
  const half = sigma / PIECES / 2;
  let rest = 0;
  for (let piece = 0; sinAlpha && piece < PIECES; piece += 1) {
    for (const [place, weight] of GAUSS) {
      const sinBeta = cosAlpha * Math.sin(start + half * (2 * piece + 1 + place));
      const cosBeta2 = 1 - sinBeta * sinBeta;
      const w = Math.sqrt(1 - E2 * cosBeta2);
      if (cosBeta2) rest += (weight * half * (zone(sinBeta, w) * w - C2 * sinBeta)) / cosBeta2;
    }
  }
  return C2 * excess + sinAlpha * rest;
};

/** The area in square metres of the ring through positions in degrees, closed by itself: the smaller one of both sides. */
export const geodesicArea = (ring: Position[]): number => {
  let [area, turn] = [0, 0];
  ring.forEach((one, nth) => {
    const other = ring[(nth + 1) % ring.length];
    const line = geodesicLine(one, other);
    area += line ? belowLine(line) : Number.NaN;
    turn += eastward(one, other);
  });
  const whole = 4 * Math.PI * C2;
  const inside = Math.abs(turn) > 180 ? whole / 2 - Math.abs(area) : Math.abs(area); // more than 180: around a pole
  return Math.min(Math.abs(inside), whole - Math.abs(inside));
};
