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

export const lonOf = (x: number): number => (x / WORLD) * 360;

export const latOf = (y: number): number => Math.atan(Math.sinh((-y / WORLD) * 2 * Math.PI)) / RADIAN;

/** Pixels of one unit at a zoom. */
export const scaleAt = (zoom: number): number => (256 * 2 ** zoom) / WORLD;
