/* Values that depend on the zoom: widths of lines, sizes of symbols, drawn points and names; by look.py. */
import { data } from "../payload/data.ts";
import { isCity } from "../payload/features.ts";
import type { Feature, Scale, Style } from "../types/payload.ts";

const between = (least: number, most: number, value: number): number => Math.max(least, Math.min(most, value));

const scaleAt = (zoom: number, [start, least, more, most]: Scale): number =>
  between(least, most, least + (zoom - start) * more);

/** The factor for widths of lines at a zoom. features.ts gives the same factor to the style sheet. */
export const lineScale = (zoom: number): number => scaleAt(zoom, data.look.lineScale);

/** The factor for symbols; they are smaller if the whole continent is in view. */
export const pointScale = (zoom: number): number => scaleAt(zoom, data.look.pointScale);

/** The least zoom at which a point of that rank has its name. */
export const labelZoom = (rank: number): number => {
  const { pointZoom } = data.labels;
  return pointZoom[between(0, pointZoom.length - 1, rank)];
};

/** The least zoom at which a point is drawn if there is space. */
export const pointZoom = (feature: Feature, { symbol }: Style): number => {
  if (symbol === "station") return data.look.stationsFrom;
  return isCity(feature) ? labelZoom(feature.rank ?? 9) - data.look.cityAhead : 0;
};

/** The greatest round length up to so many metres: 1, 2 or 5, followed by zeros. */
export const roundLength = (metres: number): number => {
  const power = 10 ** Math.floor(Math.log10(metres));
  return ([5, 2].find((step) => step * power <= metres) ?? 1) * power;
};
