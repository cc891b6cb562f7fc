/* Values of a reader's own data in words. They come from any file, so they are shown as text, whatever they look like. */
import { columnLayers } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { DAY, isoOf } from "../payload/ranges.ts";
import { formatDate, formatNumber, pick, t } from "../payload/text.ts";
import type { Cell, Column, Place } from "../types/columns.ts";
import type { Quantity } from "../types/payload.ts";

const MOST_DIGITS = 7; // of a float, before the decimal sign and after it

/** The first column of that name. */
export const columnOf = (name: string): Column | undefined =>
  columnLayers.flatMap(({ columns }) => columns).find((column) => column.name === name);

/** The digits after the decimal sign that a float needs; null if it is too small or too large to be written out. */
const digitsOf = (value: number): number | null => {
  const text = String(Number(value.toPrecision(MOST_DIGITS)));
  return text.includes("e") ? null : (text.split(".")[1] ?? "").length;
};

/** A number of data. Four digits may be a year, and plain numbers are identities: neither is grouped. */
const numberWords = (value: number, digits: number | null, plain = false): string => {
  if (digits === null) return String(value);
  const whole = digits === 0 && (plain || Math.abs(value) < 10_000);
  return whole ? String(value).replace("-", "−") : formatNumber(value, digits);
};

const timeWords = (seconds: number): string => {
  const clock = new Date((((seconds % DAY) + DAY) % DAY) * 1000).toISOString();
  return `${formatDate(isoOf(Math.floor(seconds / DAY)))}, ${clock.slice(11, clock.slice(17, 19) === "00" ? 16 : 19)}`;
};

/** A cell in words; empty if it has no value. */
export const cellWords = (column: Column, cell: Cell): string => {
  if (cell === null) return "";
  if (typeof cell === "boolean") return t(cell ? "yes" : "no");
  if (typeof cell === "string") return cell;
  if (column.type === "day") return formatDate(isoOf(cell));
  if (column.type === "time") return timeWords(cell);
  const words =
    column.type === "number" ? numberWords(cell, column.digits, column.plain) : numberWords(cell, digitsOf(cell));
  return "unit" in column && column.unit ? `${words}\u00a0${column.unit}` : words;
};

/** The title of a layer. */
export const layerTitle = (layer: number): string =>
  pick(data.map.groups?.find(({ id }) => id === columnLayers[layer].id)?.title) || columnLayers[layer].id;

/** What a row is called: by the cell that names it, or else by its number. */
export const rowName = ({ layer, row }: Place, name: Cell): string => {
  const { label, columns } = columnLayers[layer];
  const column = columns.find((one) => one.name === label);
  return (column && cellWords(column, name)) || t("card.row", formatNumber(row + 1, 0));
};

/** Whether the cells of a column are figures, which stand right-aligned. */
export const isFigure = ({ type }: Column): boolean => type === "number" || type === "float";

/** A value of a filter in words. */
export const valueWords = (property: string, value: string): string => {
  if (value === "") return t("filter.none");
  return columnOf(property)?.type === "bool" ? t(value === "true" ? "yes" : "no") : value;
};

/** The size of a row: kilometres of a line, square kilometres of an area. */
export const sizeOf = (column: Column, cell: Cell): Quantity | null => {
  if (typeof cell !== "number") return null;
  const value = cell / (column.name === "area" ? 1e6 : 1e3);
  return { value, unit: column.name === "area" ? "km2" : "km", digits: sizeDigits(value) };
};

/** The digits after the decimal sign of kilometres or square kilometres that are known to metres. */
export const sizeDigits = (value: number): number => {
  if (value >= 1000) return 0;
  return value >= 10 ? 1 : 3;
};
