/* What is shown of a reader's own data, as conditions: the commands that measure the same. */
import { columnLayers } from "../payload/columns.ts";
import { isoOf, rangeOf } from "../payload/ranges.ts";
import type { Column, ColumnLayer } from "../types/columns.ts";
import type { State } from "../types/state.ts";
import { among, quoted } from "./literals.ts";

type Selection = Pick<State, "layers" | "filters">;

const isNumber = ({ type }: Column): boolean => type === "number" || type === "float";
const isDate = ({ type }: Column): boolean => type === "day" || type === "time";

/** The condition of a range; null if the column has none, and shows all its rows. */
const rangeClause = (column: Column, text: string): string | null => {
  const range = rangeOf(text);
  if (!range || !(isNumber(column) || isDate(column))) return null;
  const { name, words = name } = column;
  const [least, greatest] = range;
  const end = isDate(column)
    ? (days: number, round: (days: number) => number) => `'${isoOf(round(days))}'`
    : (value: number) => String(value);
  const ends = [
    ...(Number.isFinite(least) ? [`${words} >= ${end(least, Math.ceil)}`] : []),
    ...(Number.isFinite(greatest) ? [`${words} <= ${end(greatest, Math.floor)}`] : []),
  ];
  return ends.join(" and ") || `${words} == ${words}`;
};

/** The condition of wanted values; undefined if conditions cannot tell them. "" stands for no value, which differs from itself. */
const valuesClause = (column: Column, wanted: string[]): string | undefined => {
  if (isDate(column)) return undefined;
  const { name, words = name, type } = column;
  const none = wanted.includes("") && column.missing ? [`${words} != ${words}`] : [];
  const isEmpty = type === "text" || (type === "category" && column.values.includes("")); // for some row
  const known = wanted.filter((value) => value || isEmpty);
  const values = isNumber(column) ? known.map(Number).filter(Number.isFinite) : known;
  const some =
    type === "bool" ? values.map((value) => `${words} == ${Number(value === "true")}`) : [among(words, values)];
  return [...(values.length || !none.length ? some : []), ...none].join(" or ") || among(words, []);
};

const clauseOf = (column: Column, wanted: string[] | string): string | null | undefined =>
  typeof wanted === "string" ? rangeClause(column, wanted) : valuesClause(column, wanted);

/** The condition of what is shown of a layer; undefined if no condition tells it, null if nothing is shown. */
const conditionOf = (
  { classes, where = [], columns, origin }: ColumnLayer,
  { layers, filters }: Selection,
): string | null | undefined => {
  const on = classes.flatMap((id, nth) => (layers.includes(id) ? nth : []));
  if (!on.length) return null;
  const parts: (string | null | undefined)[] = [origin?.where ?? ""];
  if (on.length < classes.length)
    parts.push(on.some((nth) => !where[nth]) ? undefined : on.map((nth) => where[nth]).join(" or "));
  for (const [name, wanted] of Object.entries(filters)) {
    const column = columns.find((one) => one.name === name);
    if (column) parts.push(clauseOf(column, wanted));
  }
  if (parts.includes(undefined)) return undefined;
  const told = parts.filter(Boolean) as string[];
  return told.map((part) => (told.length > 1 && / (or|and) /.test(part) ? `(${part})` : part)).join(" and ");
};

/** Whether the file of some layer is known, so that commands can measure it. */
export const hasOrigin: boolean = columnLayers.some(({ origin }) => origin);

/** The commands that measure what is shown, one for each layer of a file; null if commands cannot tell it. */
export const rowCommandsOf = (state: Selection): string[] | null => {
  const found = new Map<string, Set<string | null | undefined>>();
  for (const layer of columnLayers) {
    const { command } = layer.origin ?? {};
    if (!command) return null;
    found.set(command, (found.get(command) ?? new Set()).add(conditionOf(layer, state)));
  }
  const lines: string[] = [];
  for (const [command, conditions] of found) {
    const [where] = conditions;
    if (conditions.size > 1 || where === undefined) return null;
    if (where !== null) lines.push(command + (where && ` --where ${quoted(where)}`));
  }
  return lines;
};
