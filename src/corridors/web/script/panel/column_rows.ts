/* The shown rows of a reader's own data as rows of the table: those of one layer, or of all. The worker sorts them. */
import { ask } from "../columns/client.ts";
import { columnLayers, idOf } from "../payload/columns.ts";
import { formatNumber, t, unitWord } from "../payload/text.ts";
import type { Cell, Column } from "../types/columns.ts";
import { cellWords, isFigure, layerTitle, rowName, sizeOf } from "./cells.ts";
import type { TableColumn, TableRow, TableSource } from "./table_source.ts";

const DIGITS = 3; // of all kilometres in a column, so that their decimal signs stand below each other
const FILE = "row"; // the key of the order of the file

/** A cell of the worker's rows, counted from 0, as a column of the table. */
interface Shown {
  nth: number;
  title: string;
  figure: boolean;
  words: (cell: Cell, layer: number) => string;
}

/** The columns of a table: what names the rows, and the others. */
interface Columns {
  first: TableColumn;
  others: Shown[];
}

const figureWords = (column: Column | undefined, cell: Cell): string =>
  column ? cellWords({ ...column, unit: undefined } as Column, cell) : "";

/** The column of the size of each row. */
const sizeColumn = (nth: number, size: Column): Shown => ({
  nth,
  title: `${t(`totals.${size.name}`)}, ${unitWord(size.name === "area" ? "km2" : "km")}`,
  figure: true,
  words: (cell) => {
    const own = sizeOf(size, cell);
    return own ? formatNumber(own.value, DIGITS) : "";
  },
});

const nameColumn = (key: string, title: string): TableColumn => ({ key, title, figure: false, down: false });

/** The rows of a layer, or of all (null). `label` is the cell that names a row; `columnsNow` are in the present language. */
const source = (layer: number | null, label: number, title: () => string, columnsNow: () => Columns): TableSource => ({
  title,
  order: { column: label < 0 ? FILE : "", down: false },
  wide: true,
  sought: true,
  columns: () => {
    const { first, others } = columnsNow();
    return [
      first,
      ...others.map(({ nth, title: words, figure }) => ({ key: String(nth), title: words, figure, down: figure })),
    ];
  },
  sort: async (state, { column, down }, sought) => {
    const cell = /^\d+$/.test(column) ? Number(column) : null;
    const { count } = await ask("order", { layer, cell, down, language: state.lang, sought });
    return count;
  },
  rows: async (from, to) => {
    const { others } = columnsNow();
    const found = await ask("window", { from, to });
    return found.map(({ cells, ...place }): TableRow => {
      const name = rowName(place, cells[label] ?? null);
      return { id: idOf(place), cells: [name, ...others.map(({ nth, words }) => words(cells[nth], place.layer))] };
    });
  },
});

/** The rows of one layer. */
export const columnRows = (layer: number): TableSource => {
  const { columns, label, size } = columnLayers[layer];
  const named = columns.findIndex(({ name }) => name === label);
  /** The columns besides the one that names the rows. The size comes before all that the file has. */
  const columnsNow = (): Columns => ({
    first: named < 0 ? nameColumn(FILE, t("table.row")) : nameColumn(String(named), columns[named].name),
    others: [
      ...(size ? [sizeColumn(columns.length, size)] : []),
      ...[...columns.entries()]
        .filter(([nth]) => nth !== named)
        .map(([nth, column]) => ({
          nth,
          title: column.name,
          figure: isFigure(column),
          words: (cell: Cell) => figureWords(column, cell),
        })),
    ],
  });
  return source(layer, named, () => layerTitle(layer), columnsNow);
};

/** The rows of all layers, with the layer of each; columns of one name are one. */
export const allRows = (): TableSource => {
  const names = [...new Set(columnLayers.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  const sizes = ["length", "area"].map((name) => columnLayers.find(({ size }) => size?.name === name)?.size);
  const columnsNow = (): Columns => ({
    first: nameColumn("0", t("table.name")),
    others: [
      // Sorted by the layer, rows are in the order of the files: the worker has no such cell.
      {
        nth: 1 + sizes.length + names.length,
        title: t("table.layer"),
        figure: false,
        words: (_, layer) => layerTitle(layer),
      },
      ...sizes.flatMap((size, nth) => (size ? [sizeColumn(1 + nth, size)] : [])),
      ...names.map((name, at) => {
        const own = columnLayers.map(({ columns }) => columns.find((column) => column.name === name));
        return {
          nth: 1 + sizes.length + at,
          title: name,
          figure: own.every((column) => !column || isFigure(column)),
          words: (cell: Cell, layer: number) => figureWords(own[layer], cell),
        };
      }),
    ],
  });
  return source(null, 0, () => t("table.all"), columnsNow);
};
