/* What grows with the zoom: widths of lines, sizes of symbols, and the names that are written. */
import { data } from "../payload/data.ts";

const between = (least: number, most: number, value: number): number => Math.max(least, Math.min(most, value));

/** The zoom from which a point of that rank is named. */
export const labelZoom = (rank: number): number => data.labels.pointZoom[between(0, 9, rank)];

/** How much thinner or heavier lines are at a zoom; features.ts gives the same to the style sheet. */
export const lineScale = (zoom: number): number => between(0.7, 1.4, 0.7 + (zoom - 3) * 0.13);

/** How much smaller symbols are where the whole continent is in view. */
export const pointScale = (zoom: number): number => between(0.72, 1, 0.72 + (zoom - 2.25) * 0.22);

/** The greatest round length of at most so many metres: 1, 2 or 5 and zeros. */
export const roundLength = (metres: number): number => {
  const power = 10 ** Math.floor(Math.log10(metres));
  return ([5, 2].find((step) => step * power <= metres) ?? 1) * power;
};
