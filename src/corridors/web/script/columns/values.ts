/* The values of a column, from bytes to typed arrays: what is counted and sorted is numbers, and text stays bytes. */
import { DAY } from "../payload/ranges.ts";
import type { Block, Cell, Column } from "../types/columns.ts";
import { readNumbers, readSums } from "./varints.ts";

export type Codes = Uint8Array | Uint16Array | Uint32Array;

interface Known {
  /** Whether a row has no value. */
  missing: (row: number) => boolean;
  /** The value of a row, as the card and the table receive it. */
  cell: (row: number) => Cell;
}

/** Values from a list: the index of each row's value. */
export interface CodedValues extends Known {
  is: "codes";
  codes: Codes;
  keys: string[];
}

/** Numbers in any unit, to sort by. */
export interface NumberValues extends Known {
  is: "numbers";
  numbers: Float64Array | Int32Array;
  /** What a range asks of a row: the number itself, or days since 1970. */
  amount: (row: number) => number;
}

export interface TextValues extends Known {
  is: "text";
  text: (row: number) => string;
}

export type Values = CodedValues | NumberValues | TextValues;

const WHOLE: Block = [0, 0]; // from the first byte of a block on
const utf8 = new TextDecoder();

/** Indices below a number, in as few bytes as they need. */
const readCodes = (bytes: Uint8Array, count: number, below: number): Codes => {
  const codes = readNumbers(bytes, WHOLE, count);
  if (below <= 256) return Uint8Array.from(codes);
  return below <= 65536 ? Uint16Array.from(codes) : codes;
};

/** Floats whose first bytes come first, then all second bytes, and so on. */
const fromPlanes = (planes: Uint8Array, count: number): Float64Array => {
  const bytes = new Uint8Array(count * 8);
  for (let plane = 0; plane < 8; plane += 1) {
    const from = plane * count;
    for (let row = 0; row < count; row += 1) bytes[row * 8 + plane] = planes[from + row];
  }
  return new Float64Array(bytes.buffer); // little endian, as every browser's machine is
};

/** The sums of differences as 32-bit integers, or as floats if one does not fit. */
const sumsOf = (bytes: Uint8Array, count: number): Float64Array | Int32Array => {
  const sums = readSums(bytes, WHOLE, count);
  return sums.every((sum) => sum === (sum | 0)) ? Int32Array.from(sums) : sums;
};

/** Decode a column of so many rows. `bytesOf` gives the bytes of a block. */
export const decodeColumn = (column: Column, count: number, bytesOf: (block: Block) => Uint8Array): Values => {
  const holes = column.missing && bytesOf(column.missing);
  const missing = (row: number): boolean => holes !== undefined && ((holes[row >> 3] >> (row & 7)) & 1) === 1;
  const known = (read: (row: number) => Cell): Known => ({ missing, cell: (row) => (missing(row) ? null : read(row)) });
  switch (column.type) {
    case "category": {
      const { values: keys } = column;
      const codes = readCodes(bytesOf(column.codes), count, keys.length);
      return { is: "codes", codes, keys, ...known((row) => keys[codes[row]]) };
    }
    case "bool": {
      const codes = readCodes(bytesOf(column.codes), count, 2);
      return { is: "codes", codes, keys: ["false", "true"], ...known((row) => codes[row] === 1) };
    }
    case "text": {
      const ends = readNumbers(bytesOf(column.sizes), WHOLE, count);
      for (let row = 1; row < count; row += 1) ends[row] += ends[row - 1];
      const bytes = bytesOf(column.bytes);
      const text = (row: number): string => utf8.decode(bytes.subarray(row ? ends[row - 1] : 0, ends[row]));
      return { is: "text", text, ...known(text) };
    }
    case "float": {
      const numbers = fromPlanes(bytesOf(column.planes), count);
      const read = (row: number): number => numbers[row];
      return { is: "numbers", numbers, amount: read, ...known(read) };
    }
    case "number": {
      const [numbers, scale] = [sumsOf(bytesOf(column.steps), count), 10 ** column.digits];
      const read = (row: number): number => numbers[row] / scale;
      return { is: "numbers", numbers, amount: read, ...known(read) };
    }
    case "day":
    case "time": {
      const numbers = sumsOf(bytesOf(column.steps), count);
      const unit = column.type === "time" ? DAY : 1;
      const amount = (row: number): number => Math.floor(numbers[row] / unit);
      return { is: "numbers", numbers, amount, ...known((row) => numbers[row]) };
    }
  }
};
