/* The questions about rows: which are shown, in what order, what is in them, and where a text is found. */
import { folderOf } from "../payload/fold.ts";
import type { Answer, Ask, Cell } from "../types/columns.ts";
import type { Folding } from "../types/payload.ts";
import { finderOf } from "./find.ts";
import { hit } from "./hit.ts";
import { boundsOf, outlineOf } from "./outline.ts";
import { sortRows } from "./sorting.ts";
import type { Store } from "./store.ts";
import { type Table, tablesOf } from "./tables.ts";
import { textOf } from "./texts.ts";
import { type Rows, rowsOf, together } from "./together.ts";
import { passes, view } from "./view.ts";
import { walkOf } from "./walk.ts";

/** The rows that are shown. */
const shownRows = (table: Rows): Uint32Array => {
  const shown = table.shown();
  const rows = new Uint32Array(shown.length);
  let count = 0;
  for (let row = 0; row < shown.length; row += 1) {
    rows[count] = row;
    count += shown[row];
  }
  return rows.slice(0, count);
};

/** The name of a feature, or null if it has none. */
const nameOf = ({ opened: { layer }, column }: Table, row: number): string | null => {
  const cell = layer.label === undefined ? null : (column(layer.label)?.cell(row) ?? null);
  return cell === null ? null : String(cell);
};

/** A test of rows: whether some cell has a folded text. */
const hasText = (table: Rows, sought: string, fold: (text: string) => string): ((row: number) => boolean) => {
  const has = (cell: Cell): boolean => fold(String(cell)).includes(sought);
  const tests = table.all().map((values) => {
    if (values.is !== "codes") return (row: number) => !values.missing(row) && has(values.cell(row));
    const keys = values.keys.map(has);
    return (row: number) => !values.missing(row) && keys[values.codes[row]];
  });
  return (row) => tests.some((test) => test(row));
};

const cellsOf = (table: Pick<Rows, "all">, row: number): Cell[] => table.all().map((values) => values.cell(row));

export type Queries = ReturnType<typeof queriesOf>;

/** The answers for the layers of a store. They share what is shown, and the last order. */
export const queriesOf = (store: Store, folding: Folding) => {
  const tables = tablesOf(store);
  const fold = folderOf(folding);
  const walk = walkOf(store);
  let filters: Ask<"view">["filters"] = {};
  let shown = "";
  const columns = store.layers.flatMap(({ layer }) => layer.columns.map(({ name }) => name));
  const every = together(tables, [...new Set(columns)]);
  let ordered: { table: Rows; rows: Uint32Array } | null = null;
  return {
    hit: (ask: Ask<"hit">): Answer<"hit"> => {
      const found = hit(store, ask);
      return found && { ...found, name: nameOf(tables[found.layer], found.row) };
    },
    walk: (ask: Ask<"walk">): Answer<"walk"> => {
      const found = walk(ask);
      return found && { ...found, name: nameOf(tables[found.layer], found.row) };
    },
    find: finderOf(tables, fold),
    view: (ask: Ask<"view">): Answer<"view"> => {
      filters = ask.filters;
      const wanted = JSON.stringify([ask.on, filters]);
      if (wanted !== shown) store.version += 1;
      shown = wanted;
      return view(tables, ask);
    },
    rows: ({ layer, rows }: Ask<"rows">): Answer<"rows"> => rows.map((row) => cellsOf(tables[layer], row)),
    order: ({ layer, cell, down, language, sought }: Ask<"order">): Answer<"order"> => {
      const table = layer === null ? every : rowsOf(tables[layer], layer);
      const rows = sought ? shownRows(table).filter(hasText(table, sought, fold)) : shownRows(table);
      const values = cell === null ? undefined : table.all()[cell];
      if (values) ordered = { table, rows: sortRows(rows, { values, count: table.count, down, language }) };
      else ordered = { table, rows: down ? rows.reverse() : rows };
      return { count: rows.length };
    },
    window: ({ from, to }: Ask<"window">): Answer<"window"> => {
      if (!ordered) return [];
      const { table, rows } = ordered;
      return Array.from(rows.slice(from, to), (row) => ({ ...table.placeOf(row), cells: cellsOf(table, row) }));
    },
    text: (ask: Ask<"text">): Answer<"text"> => textOf(tables, ask),
    feature: ({ layer, row }: Ask<"feature">): Answer<"feature"> => {
      const table = tables[layer];
      const { codes, layer: own, shapes } = table.opened;
      return {
        class: own.classes[codes[row]],
        passes: passes(table, row, filters),
        cells: cellsOf(table, row),
        bounds: boundsOf(shapes, row),
        outline: outlineOf(shapes, row),
      };
    },
  };
};
