/* The filters of the page. Of a reader's own data, rows without a value are one of the choices. */
import type { Filter } from "../types/payload.ts";
import { columnLayers } from "./columns.ts";
import { data } from "./data.ts";

const hasGaps = (name: string): boolean =>
  columnLayers.some(({ columns }) => columns.some((column) => column.name === name && column.missing));

export const filters: Filter[] = (data.map.filters ?? []).map((filter) => {
  const { property, values, range } = filter;
  if (range) return { ...filter, values: undefined };
  return values && hasGaps(property) && !values.includes("") ? { ...filter, values: [...values, ""] } : filter;
});
