/* Which rows a state shows, and how many there are: by class, by value of a filter, and in total. */
import { rangeOf } from "../payload/ranges.ts";
import type { Answer, Ask, Tally } from "../types/columns.ts";
import type { OpenLayer } from "./store.ts";
import type { Table } from "./tables.ts";
import type { Values } from "./values.ts";

const NONE = ""; // the wanted value that stands for rows without one

/** Whether a row has a wanted value, as a test of rows; null if a filter of this kind does not concern the column. */
const testOf = (values: Values, wanted: string[] | string): ((row: number) => boolean) | null => {
  const { missing } = values;
  if (typeof wanted === "string") {
    const range = rangeOf(wanted);
    if (!range || values.is !== "numbers") return null;
    const [[least, greatest], { amount }] = [range, values];
    return (row) => !missing(row) && amount(row) >= least && amount(row) <= greatest;
  }
  const none = wanted.includes(NONE);
  if (values.is === "codes") {
    const { codes, keys } = values;
    const has = keys.map((key) => wanted.includes(key));
    return (row) => (missing(row) ? none : has[codes[row]]);
  }
  const texts = new Set(wanted);
  return (row) => (missing(row) ? none : texts.has(String(values.cell(row))));
};

/** Whether all filters show a row. */
export const passes = ({ column }: Table, row: number, filters: Ask<"view">["filters"]): boolean =>
  Object.entries(filters).every(([name, wanted]) => {
    const values = column(name);
    const test = values && testOf(values, wanted);
    return !test || test(row);
  });

/** How many filters hide each row (two stands for more), and which one did so last. */
const failures = ({ opened, column }: Table, filters: Ask<"view">["filters"]) => {
  const { count } = opened.layer;
  const times = new Uint8Array(count);
  const by = new Uint16Array(count);
  for (const [nth, [name, wanted]] of Object.entries(filters).entries()) {
    const values = column(name);
    const passes = values && testOf(values, wanted);
    if (!passes) continue;
    for (let row = 0; row < count; row += 1) {
      if (times[row] === 2 || passes(row)) continue;
      times[row] += 1;
      by[row] = nth;
    }
  }
  return { times, by };
};

const add = (counts: Map<string, number>, key: string, number: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + number);
};

/** Count rows by the value of a column. */
const countValues = (
  values: Values,
  rows: number,
  counted: (row: number) => boolean,
  into: Map<string, number>,
): void => {
  if (values.is !== "codes") {
    for (let row = 0; row < rows; row += 1) if (counted(row)) add(into, String(values.cell(row) ?? NONE), 1);
    return;
  }
  const { codes, keys, missing } = values;
  const numbers = new Float64Array(keys.length + 1);
  for (let row = 0; row < rows; row += 1) if (counted(row)) numbers[missing(row) ? keys.length : codes[row]] += 1;
  for (const [nth, key] of [...keys, NONE].entries()) add(into, key, numbers[nth]);
};

const sumOf = (sizes: Values, shown: Uint8Array): number => {
  let sum = 0;
  for (let row = 0; row < shown.length; row += 1) if (shown[row] && !sizes.missing(row)) sum += Number(sizes.cell(row));
  return sum;
};

/** Mark the rows to show: they fail no filter, and their class is on. Returns how many fail no filter, by class. */
const mark = ({ layer, codes, shown }: OpenLayer, times: Uint8Array, isOn: boolean[]): Float64Array => {
  const passing = new Float64Array(layer.classes.length);
  for (let row = 0; row < layer.count; row += 1) {
    const code = codes[row];
    shown[row] = Number(times[row] === 0 && isOn[code]);
    if (times[row] === 0) passing[code] += 1;
  }
  return passing;
};

/** Mark the rows to show, and count them. `counted` names the columns whose values are counted. */
export const view = (tables: Table[], { on, filters, counted }: Ask<"view">): Answer<"view"> => {
  const shown: Tally = { features: 0, metres: 0, squareMetres: 0 };
  const answer: Answer<"view"> = { all: 0, shown, layers: [], classes: new Map(), values: new Map() };
  const nthOf = new Map(Object.keys(filters).map((name, nth) => [name, nth]));
  for (const name of counted) answer.values.set(name, new Map());
  for (const table of tables) {
    const { layer, codes, shown: marks } = table.opened;
    const { times, by } = failures(table, filters);
    const isOn = layer.classes.map((id) => on.includes(id));
    const own: Tally = { features: 0, metres: 0, squareMetres: 0 };
    answer.all += layer.count;
    for (const [nth, passing] of mark(table.opened, times, isOn).entries()) {
      add(answer.classes, layer.classes[nth], passing);
      if (isOn[nth]) own.features += passing;
    }
    for (const [name, into] of answer.values) {
      const [values, nth] = [table.column(name), nthOf.get(name)];
      const others = (row: number): boolean =>
        isOn[codes[row]] && (times[row] === 0 || (times[row] === 1 && by[row] === nth));
      if (values) countValues(values, layer.count, others, into);
    }
    const sizes = table.sizes();
    if (sizes) own[layer.geometry.kind === "area" ? "squareMetres" : "metres"] = sumOf(sizes, marks);
    answer.layers.push(own);
    for (const key of ["features", "metres", "squareMetres"] as const) shown[key] += own[key];
  }
  return answer;
};
