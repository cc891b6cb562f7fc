/* The layers of a reader's own data, and the ids of their features: "<layer>/<row>". */
import type { ColumnLayer, Place } from "../types/columns.ts";
import { data } from "./data.ts";
import { features } from "./features.ts";

export const columnLayers: ColumnLayer[] = data.columns ?? [];

/** The feature that an id names, or null. */
export const placeOf = (id: unknown): Place | null => {
  const [, name, digits] = /^(.*)\/(\d+)$/s.exec(String(id)) ?? [];
  const layer = columnLayers.findIndex((entry) => entry.id === name);
  const row = Number(digits);
  return layer >= 0 && row < columnLayers[layer].count ? { layer, row } : null;
};

/** The id of a feature. */
export const idOf = ({ layer, row }: Place): string => `${columnLayers[layer].id}/${row}`;

/** The classes of these layers. */
export const columnClasses: string[] = columnLayers.flatMap(({ classes }) => classes);

/** Whether the page has something to show: features, or a reader's own data. */
export const hasContent = features.length > 0 || columnLayers.length > 0;

const [USUAL, DEEPEST] = [14, 20];

/** The deepest zoom of the page: that at which a step of the finest coordinates is about two pixels, within limits. */
export const deepestZoom = (): number => {
  const step = Math.min(...columnLayers.map(({ geometry }) => geometry.step)); // degrees; Infinity without own data
  return Math.max(USUAL, Math.min(DEEPEST, Math.floor(Math.log2(720 / 256 / step))));
};
