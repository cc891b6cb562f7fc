/* How the table shows its rows: which of the page's tables it is, its order, its columns and the text in its rows. */
import { columnLayers } from "../payload/columns.ts";
import { features } from "../payload/features.ts";
import type { Change, Rows, State } from "../types/state.ts";

/** The columns of an atlas that are shown at first, facets that the others have, and all that some feature has. */
export const FIRST = ["name", "kind", "status", "country", "km", "precision"] as const;
export const FACETS = ["gauge", "electrified", "corridor", "operator", "confidence"] as const;
const COLUMNS = [...FIRST, ...FACETS, "opened"] as const;
export type FeatureColumn = (typeof COLUMNS)[number];
export const featureColumns = COLUMNS.filter(
  (key, nth) => nth < FIRST.length || features.some((one) => Reflect.has(one, key)),
);

/** Whether the page has the table of an atlas, and that of all layers of a reader's own data. */
export const hasFeatureRows = Boolean(features.length || !columnLayers.length);
export const hasAllRows = OWN && columnLayers.length > 1;

const numbers = (count: number): string[] => ["row", ...Array.from({ length: count }, (_, nth) => String(nth))];

/** How many cells the rows of all layers have: a name, two sizes, each column, the layer. */
const widthOfAll = (): number =>
  4 + new Set(columnLayers.flatMap(({ columns }) => columns.map(({ name }) => name))).size;

/** The keys of the columns of each table. */
const tables: string[][] = [
  ...(hasFeatureRows ? [featureColumns] : []),
  ...(hasAllRows ? [numbers(widthOfAll())] : []),
  ...(OWN ? columnLayers.map(({ columns, size }) => numbers(columns.length + Number(Boolean(size)))) : []),
];

/** The first table as it is when it is first opened. */
export const PLAIN: Rows = { layer: 0, sort: null, text: "", columns: null };

/** Rows that are asked for; null unless the page has all of it. */
const tidyRows = (asked: unknown): Rows | null => {
  if (typeof asked !== "object" || Array.isArray(asked)) return null;
  const { layer, sort, text, columns }: Record<string, unknown> = { ...PLAIN, ...asked };
  const nth = tables.findIndex((_, at) => String(at) === String(layer));
  const has = (key: unknown): boolean => tables[nth].includes(key as string);
  if (nth < 0 || typeof text !== "string" || /\p{Surrogate}/u.test(text)) return null;
  if (sort !== null && (typeof sort !== "string" || !has(sort.replace(/^-/, "")))) return null;
  if (columns !== null && !(Array.isArray(columns) && columns.every(has))) return null;
  return { layer: nth, sort, text, columns: columns && tables[nth].filter((key) => columns.includes(key)) };
};

/** The part of the state about the rows that a change sets. */
export const rowsIn = ({ rows }: Change): Partial<State> => {
  const clean = rows === undefined ? null : tidyRows(rows);
  return clean ? { rows: clean } : {};
};

/** Rows as a list of texts, and back: the table, the order, the text, the columns. */
export const rowsFromList = ([layer, sort, text, ...columns]: string[]): Record<keyof Rows, unknown> => ({
  layer,
  sort: sort || null,
  text: text ?? "",
  columns: columns.length ? columns.filter(Boolean) : null,
});

export const listOfRows = ({ layer, sort, text, columns }: Rows): string[] => {
  const all = [String(layer), sort ?? "", text, ...(columns ? columns.concat(columns.length ? [] : "") : [])];
  const last = columns ? all.length : all.findLastIndex((one, nth) => (nth ? one : layer)) + 1;
  return all.slice(0, last);
};
