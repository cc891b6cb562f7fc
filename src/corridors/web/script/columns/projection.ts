/* Degrees to whole numbers of Web Mercator and back: 2^31 units are one world, 0 is its middle, y grows to the south. */

/** Units of one world. A unit is 19 mm at the equator. Two worlds fit a 32-bit integer, so lines may pass 180 degrees. */
export const WORLD = 2 ** 31;

/** The greatest latitude of the square map, in degrees. */
export const LIMIT = 85.0511287798066;
const RADIAN = Math.PI / 180;
const MOST = WORLD - 1;

/** Longitude in degrees to x. */
export const xOf = (lon: number): number => Math.max(-WORLD, Math.min(MOST, Math.round((lon / 360) * WORLD)));

/** Latitude in degrees to y. Latitudes beyond the map lie at its edge. */
export const yOf = (lat: number): number => {
  const sine = Math.sin(Math.max(-LIMIT, Math.min(LIMIT, lat)) * RADIAN);
  return Math.round((-Math.atanh(sine) / (2 * Math.PI)) * WORLD);
};

const STEPS = 8192; // between the two limits of latitude
const WIDTH = (2 * LIMIT * RADIAN) / STEPS; // radians
const NODES = Float64Array.from({ length: STEPS + 1 }, (_, n) => -Math.atanh(Math.sin(n * WIDTH - LIMIT * RADIAN)));
const SLOPES = Float64Array.from({ length: STEPS + 1 }, (_, n) => -WIDTH / Math.cos(n * WIDTH - LIMIT * RADIAN));
const UNITS = WORLD / (2 * Math.PI);

/** The same as yOf, ten times as fast: by cubic polynomials between steps of latitude, exact to a hundredth of a unit. */
export const fastYOf = (lat: number): number => {
  if (!(lat > -LIMIT && lat < LIMIT)) return yOf(lat);
  const position = ((lat + LIMIT) * RADIAN) / WIDTH;
  const n = Math.floor(position);
  const t = position - n;
  const rise = NODES[n + 1] - NODES[n];
  const bend = SLOPES[n] - rise;
  const turn = rise - SLOPES[n + 1];
  return Math.round((NODES[n] + t * (rise + (1 - t) * (bend * (1 - t) + turn * t))) * UNITS);
};

export const lonOf = (x: number): number => (x / WORLD) * 360;

export const latOf = (y: number): number => Math.atan(Math.sinh((-y / WORLD) * 2 * Math.PI)) / RADIAN;

/** Pixels of one unit at a zoom. */
export const scaleAt = (zoom: number): number => (256 * 2 ** zoom) / WORLD;
