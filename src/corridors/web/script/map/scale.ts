/* What grows with the zoom: widths of lines, sizes of symbols, and the points and names that are drawn; by look.py. */
import { data } from "../payload/data.ts";
import { isCity } from "../payload/features.ts";
import type { Feature, Scale, Style } from "../types/payload.ts";

const between = (least: number, most: number, value: number): number => Math.max(least, Math.min(most, value));

const scaleAt = (zoom: number, [start, least, more, most]: Scale): number =>
  between(least, most, least + (zoom - start) * more);

/** How much thinner or heavier lines are at a zoom; features.ts gives the same to the style sheet. */
export const lineScale = (zoom: number): number => scaleAt(zoom, data.look.lineScale);

/** How much smaller symbols are where the whole continent is in view. */
export const pointScale = (zoom: number): number => scaleAt(zoom, data.look.pointScale);

/** The zoom from which a point of that rank is named. */
export const labelZoom = (rank: number): number => {
  const { pointZoom } = data.labels;
  return pointZoom[between(0, pointZoom.length - 1, rank)];
};

/** The zoom from which a point is drawn where there is room. */
export const pointZoom = (feature: Feature, { symbol }: Style): number => {
  if (symbol === "station") return data.look.stationsFrom;
  return isCity(feature) ? labelZoom(feature.rank ?? 9) - data.look.cityAhead : 0;
};

/** The greatest round length of at most so many metres: 1, 2 or 5 and zeros. */
export const roundLength = (metres: number): number => {
  const power = 10 ** Math.floor(Math.log10(metres));
  return ([5, 2].find((step) => step * power <= metres) ?? 1) * power;
};
