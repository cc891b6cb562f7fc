/* What a table shows, be it features of an atlas or rows of a reader's own data. */
import type { State } from "../types/state.ts";

export interface TableColumn {
  /** By which it is sorted. */
  key: string;
  title: string;
  /** Whether it has figures, which are right-aligned. */
  figure: boolean;
  /** Whether the greatest value comes first at the first click. */
  down: boolean;
}

export interface TableRow {
  id: string;
  /** The texts of the columns; the first names the row. */
  cells: string[];
}

/** The column that sorts the rows, and whether the greatest comes first. */
export interface TableOrder {
  column: string;
  down: boolean;
}

/** The rows of one table. The first column names them. */
export interface TableSource {
  title: () => string;
  /** The order until the reader chooses one. */
  order: TableOrder;
  /** Whether it may have many columns, so that the table scrolls in two directions. */
  wide: boolean;
  columns: () => TableColumn[];
  /** The keys of the columns that are shown until the reader chooses others; without it, all. */
  first?: string[];
  /** Whether its rows can be filtered by a text. */
  sought?: boolean;
  /** Sort the rows that a state shows and that have a text, now or later, and count them. */
  sort: (state: State, order: TableOrder, sought: string) => number | Promise<number>;
  /** Some of the sorted rows. */
  rows: (from: number, to: number) => TableRow[] | Promise<TableRow[]>;
}
