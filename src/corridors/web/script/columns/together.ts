/* Layers as one table: the rows of all, one layer after the other, and their columns by name. */
import type { Cell, Place } from "../types/columns.ts";
import type { Table } from "./tables.ts";
import type { Values } from "./values.ts";

/** What a table of rows needs to be filtered by a text, sorted and read. */
export interface Rows {
  count: number;
  /** 1 for each row that is shown. */
  shown: () => Uint8Array;
  all: () => Values[];
  placeOf: (row: number) => Place;
}

/** One layer, with its columns in their order, and the sizes, if there are any. */
export const rowsOf = ({ opened, all }: Table, layer: number): Rows => ({
  count: opened.layer.count,
  shown: () => opened.shown,
  all,
  placeOf: (row) => ({ layer, row }),
});

/** The values of a column in all layers; a layer without it has none. As numbers if all are, else as texts. */
const valuesOf = (parts: (Values | null)[], count: number, placeOf: Rows["placeOf"]): Values => {
  const cell = (row: number): Cell => {
    const { layer, row: own } = placeOf(row);
    return parts[layer]?.cell(own) ?? null;
  };
  const known = { cell, missing: (row: number) => cell(row) === null };
  if (parts.some((values) => values && values.is !== "numbers"))
    return { is: "text", text: (row) => String(cell(row)), ...known };
  const numbers = Float64Array.from({ length: count }, (_, row) => Number(cell(row)));
  return { is: "numbers", numbers, amount: (row) => numbers[row], ...known };
};

/** All layers. Their columns: what names each row, lengths, areas, and each name of a column. */
export const together = (tables: Table[], names: string[]): Rows => {
  const counts = tables.map(({ opened }) => opened.layer.count);
  const starts = counts.map((_, nth) => counts.slice(0, nth).reduce((sum, count) => sum + count, 0));
  const count = counts.reduce((sum, rows) => sum + rows, 0);
  const placeOf = (row: number): Place => {
    const layer = starts.findLastIndex((start, nth) => row >= start && counts[nth] > 0);
    return { layer, row: row - starts[layer] };
  };
  const shown = (): Uint8Array => {
    const marks = new Uint8Array(count);
    for (const [nth, { opened }] of tables.entries()) marks.set(opened.shown, starts[nth]);
    return marks;
  };
  const sizes = (name: string) =>
    tables.map((table) => (table.opened.layer.size?.name === name ? table.sizes() : null));
  const labels = (): (Values | null)[] =>
    tables.map(({ opened, column }) => (opened.layer.label === undefined ? null : column(opened.layer.label)));
  let made: Values[] | null = null;
  const all = (): Values[] => {
    const columns = names.map((name) => tables.map(({ column }) => column(name)));
    made ??= [labels(), sizes("length"), sizes("area"), ...columns].map((parts) => valuesOf(parts, count, placeOf));
    return made;
  };
  return { count, shown, all, placeOf };
};
