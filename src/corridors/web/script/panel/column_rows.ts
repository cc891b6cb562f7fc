/* The shown rows of one layer of a reader's own data as rows of the table. The worker sorts them. */
import { ask } from "../columns/client.ts";
import { columnLayers, idOf } from "../payload/columns.ts";
import { formatNumber, t, unitWord } from "../payload/text.ts";
import type { Cell, Column } from "../types/columns.ts";
import { cellWords, isFigure, layerTitle, rowName, sizeOf } from "./cells.ts";
import type { TableColumn, TableSource } from "./table_source.ts";

const DIGITS = 3; // of all kilometres in a column, so that their decimal signs stand below each other
const FILE = "row"; // the key of the order of the file

/** A cell of the worker's rows, counted from 0, as a column of the table. */
interface Shown {
  nth: number;
  column: Column;
  words: (cell: Cell) => string;
  title: string;
}

const sizeWords = (column: Column, cell: Cell): string => {
  const size = sizeOf(column, cell);
  return size ? formatNumber(size.value, DIGITS) : "";
};

export const columnRows = (layer: number): TableSource => {
  const { columns, label, size } = columnLayers[layer];
  const named = columns.findIndex(({ name }) => name === label);

  /** The columns besides the one that names the rows. The size comes before all that the file has. */
  const others = (): Shown[] => {
    const own = [...columns.entries()].filter(([nth]) => nth !== named);
    const shown = own.map(([nth, column]) => ({
      nth,
      column,
      words: (cell: Cell) => cellWords({ ...column, unit: undefined } as Column, cell),
      title: column.name,
    }));
    if (!size) return shown;
    const title = `${t(`totals.${size.name}`)}, ${unitWord(size.name === "area" ? "km2" : "km")}`;
    return [{ nth: columns.length, column: size, words: (cell) => sizeWords(size, cell), title }, ...shown];
  };

  const first = (): TableColumn =>
    named < 0
      ? { key: FILE, title: t("table.row"), figure: false, down: false }
      : { key: String(named), title: columns[named].name, figure: false, down: false };

  return {
    title: () => layerTitle(layer),
    order: { column: named < 0 ? FILE : "", down: false },
    wide: true,
    sought: true,
    columns: () => [
      first(),
      ...others().map(({ nth, column, title }) => {
        const figure = isFigure(column);
        return { key: String(nth), title, figure, down: figure };
      }),
    ],
    sort: async (state, { column, down }, sought) => {
      const cell = /^\d+$/.test(column) ? Number(column) : null;
      const { count } = await ask("order", { layer, cell, down, language: state.lang, sought });
      return count;
    },
    rows: async (from, to) => {
      const shown = others();
      const found = await ask("window", { from, to });
      return found.map(({ row, cells }) => ({
        id: idOf({ layer, row }),
        cells: [rowName({ layer, row }, cells[named] ?? null), ...shown.map(({ nth, words }) => words(cells[nth]))],
      }));
    },
  };
};
