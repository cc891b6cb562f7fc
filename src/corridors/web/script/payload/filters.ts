/* The filters of the page, and what their values are called. Of a reader's own data, rows without a value are one of the choices. */
import type { Filter } from "../types/facets.ts";
import { columnLayers } from "./columns.ts";
import { data } from "./data.ts";
import { countryName, everywhere, pick, t } from "./text.ts";

const hasGaps = (name: string): boolean =>
  columnLayers.some(({ columns }) => columns.some((column) => column.name === name && column.missing));

export const filters: Filter[] = (data.map.filters ?? []).map((filter) => {
  const { property, values, range } = filter;
  if (range) return { ...filter, values: undefined };
  return values && hasGaps(property) && !values.includes("") ? { ...filter, values: [...values, ""] } : filter;
});

/** A value of a facet in words. */
export const facetName = ({ property, values = [], names }: Filter, value: string): string => {
  if (names) return pick(names[values.indexOf(value)]);
  return property === "country" ? countryName(value) : t(`${property}.${value}`);
};

/** What a value of a facet is called, in all languages. */
export const facetNames = ({ property, values = [], names }: Filter, value: string): string[] => {
  const own = property === "country" ? data.countries[value] : names?.[values.indexOf(value)];
  return own ? Object.values(own).flatMap((name) => name ?? []) : everywhere(`${property}.${value}`);
};
