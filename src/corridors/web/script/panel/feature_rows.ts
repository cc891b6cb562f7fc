/* The shown features of an atlas as rows of the table. */
import { data } from "../payload/data.ts";
import { kilometres } from "../payload/features.ts";
import { facetName, filters } from "../payload/filters.ts";
import { foldName } from "../payload/folding.ts";
import {
  countriesOf,
  formatDate,
  formatNumber,
  formatQuantity,
  hasMessage,
  kindOf,
  nameOf,
  pick,
  t,
} from "../payload/text.ts";
import { shownFeatures, statusIn, valuesOf } from "../state/filter.ts";
import { FACETS, type FeatureColumn, FIRST, featureColumns } from "../state/rows.ts";
import { statusWords } from "../state/years.ts";
import type { Feature } from "../types/payload.ts";
import type { State } from "../types/state.ts";
import { sortedRows, type Worth } from "./sorting.ts";
import type { TableSource } from "./table_source.ts";

const facets = new Map(filters.map((filter) => [filter.property, filter]));

/** The values of a feature for a facet of the map, in words. */
const facetWords = (feature: Feature, property: string): string => {
  const filter = facets.get(property);
  const named = (value: unknown) => (filter ? facetName(filter, String(value)) : String(value));
  return valuesOf(feature, property, null).map(named).join(", ");
};

interface Row {
  feature: Feature;
  text: Record<FeatureColumn, string>;
}

const precisionWords = ({ accuracy_m: metres, basis }: Feature): string => {
  if (!metres) return basis && hasMessage(`basis.${basis}`) ? t(`basis.${basis}`) : "";
  if (metres < 1000) return `± ${formatQuantity({ value: metres, unit: "m", digits: 0 })}`;
  return `± ${formatQuantity({ value: metres / 1000, unit: "km", digits: metres % 1000 ? 1 : 0 })}`;
};

const rowOf = (feature: Feature, state: State): Row => {
  const status = statusIn(feature, state.year);
  const km = kilometres(feature);
  const text = {
    name: nameOf(feature),
    kind: kindOf(feature),
    status: status && !feature.scenario ? statusWords(feature, state.year) : "",
    country: countriesOf(feature.country),
    km: km === null ? "" : formatNumber(km, 0),
    precision: precisionWords(feature),
    opened: formatDate(feature.opened ?? feature.since ?? ""),
    ...Object.fromEntries(FACETS.map((key) => [key, facetWords(feature, key)])),
  } as Row["text"];
  return { feature, text };
};

/** The sort key of a row: a number if its column has one. Precision in words comes after precision in metres. */
const worth = ({ feature, text }: Row, column: string): Worth => {
  if (column === "km") return kilometres(feature);
  const words = text[column as FeatureColumn];
  if (words === "") return null;
  if (column === "opened") return feature.opened ?? feature.since ?? null;
  return column === "precision" ? (feature.accuracy_m ?? Number.POSITIVE_INFINITY) : words;
};

let rows: Row[] = [];

export const featureRows: TableSource = {
  title: () => pick(data.map.title),
  order: { column: "name", down: false },
  wide: false,
  first: [...FIRST],
  sought: true,
  columns: () =>
    featureColumns.map((key) => ({ key, title: t(`table.${key}`), figure: key === "km", down: key === "km" })),
  sort: (state, order, sought) => {
    const all = shownFeatures(state).map((feature) => rowOf(feature, state));
    const found = sought ? all.filter(({ text }) => foldName(Object.values(text).join(" | ")).includes(sought)) : all;
    rows = sortedRows(found, order, worth, ({ text }) => text.name);
    return rows.length;
  },
  rows: (from, to) =>
    rows
      .slice(from, to)
      .map(({ feature, text }) => ({ id: feature.id, cells: featureColumns.map((column) => text[column]) })),
};
