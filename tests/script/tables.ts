/* Layers of attributes for tests: values in, a store out, by the format that Python writes. */
import { openStore, type Store } from "../../src/corridors/web/script/columns/store.ts";
import type { Block, Cell, Column, ColumnLayer } from "../../src/corridors/web/script/types/columns.ts";
import { StreamWriter } from "./stream.ts";

type Kind = Column["type"];

interface Made {
  id?: string;
  kind?: "point" | "line" | "area";
  classes?: string[];
  codes?: number[];
  label?: string;
  /** Columns by name: their type and their cells. */
  columns?: Record<string, [type: Kind, cells: Cell[]]>;
  sizes?: (number | null)[];
}

const steps = (numbers: number[]): number[] => numbers.map((number, nth) => number - (numbers[nth - 1] ?? 0));

/** The bit of each row that has no value. */
const holes = (cells: Cell[]): number[] => {
  const bytes = Array<number>(Math.ceil(cells.length / 8)).fill(0);
  for (const [row, cell] of cells.entries()) if (cell === null) bytes[row >> 3] |= 1 << (row & 7);
  return bytes;
};

const planes = (numbers: number[]): number[] => {
  const bytes = new Uint8Array(Float64Array.from(numbers).buffer);
  return Array.from({ length: 8 }, (_, plane) => numbers.map((_, row) => bytes[8 * row + plane])).flat();
};

const columnOf = (stream: StreamWriter, name: string, type: Kind, cells: Cell[]): Column => {
  const base = cells.includes(null) ? { name, missing: stream.put(holes(cells)) } : { name };
  const numbers = cells.map(Number);
  if (type === "category") {
    const values = [...new Set(cells.filter((cell) => cell !== null).map(String))];
    const codes = stream.unsigned(cells.map((cell) => Math.max(0, values.indexOf(String(cell)))));
    return { ...base, type, values, codes };
  }
  if (type === "text") {
    const texts = cells.map((cell) => new TextEncoder().encode(cell === null ? "" : String(cell)));
    const sizes = stream.unsigned(texts.map((text) => text.length));
    return { ...base, type, sizes, bytes: stream.put(texts.flatMap((text) => [...text])) };
  }
  if (type === "bool") return { ...base, type, codes: stream.unsigned(numbers) };
  if (type === "float") return { ...base, type, planes: stream.put(planes(numbers)) };
  if (type === "number") {
    return { ...base, type, digits: 2, steps: stream.signed(steps(numbers.map((number) => Math.round(number * 100)))) };
  }
  return { ...base, type, steps: stream.signed(steps(numbers)) };
};

const layerOf = (stream: StreamWriter, made: Made): ColumnLayer => {
  const { id = "own", kind = "point", classes = ["own"], codes, label, columns = {}, sizes } = made;
  const [cells] = [...Object.values(columns).map(([, given]) => given), codes ?? sizes ?? []];
  const none = cells.map(() => 0);
  const nothing: [Block, Block] = [stream.put([]), stream.put([])];
  const size = sizes && columnOf(stream, kind === "area" ? "area" : "length", "number", sizes);
  return {
    id,
    count: cells.length,
    bounds: [0, 0, 1, 1],
    geometry: { kind, step: 1, parts: stream.unsigned(none), heads: nothing, steps: nothing },
    classes,
    ...(codes ? { codes: stream.unsigned(codes) } : {}),
    ...(label === undefined ? {} : { label }),
    columns: Object.entries(columns).map(([name, [type, given]]) => columnOf(stream, name, type, given)),
    ...(size ? { size } : {}),
  };
};

/** A store of these layers. Their features have no geometry. */
export const storeOf = (...made: Made[]): Store => {
  const stream = new StreamWriter();
  const layers = made.map((one) => layerOf(stream, one));
  return openStore(stream.bytes(), layers);
};
