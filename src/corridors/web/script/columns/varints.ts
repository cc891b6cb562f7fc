/* Blocks of variable-length bytes to whole numbers: the first bytes of all numbers, then the second bytes, and so on. */
import type { Block } from "../types/columns.ts";

/** Where each plane of bytes begins: those of so many numbers, then of those that have one more, and so on. */
const planesOf = (bytes: Uint8Array, start: number, count: number): number[] => {
  const planes: number[] = [];
  for (let [at, left] = [start, count]; left; ) {
    planes.push(at);
    const end = at + left;
    for (left = 0; at < end; at += 1) left += bytes[at] >> 7;
  }
  return planes;
};

/** Reads the whole numbers of a block, one after the other. Values from 2^31 on are exact up to 2^53. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #planes: number[];
  #first: number;
  #second: number;
  #third: number;

  constructor(bytes: Uint8Array, [start]: Block, count: number) {
    this.#bytes = bytes;
    const [first = start, second = 0, third = 0, ...others] = planesOf(bytes, start, count);
    this.#first = first;
    this.#second = second;
    this.#third = third;
    this.#planes = others;
  }

  /** The next number. */
  next(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#first++];
    if (byte < 128) return byte;
    let value = byte & 127;
    byte = bytes[this.#second++];
    value |= (byte & 127) << 7;
    if (byte < 128) return value;
    byte = bytes[this.#third++];
    value |= (byte & 127) << 14;
    let scale = 2 ** 21;
    for (let nth = 0; byte > 127; nth += 1) {
      byte = bytes[this.#planes[nth]++];
      value += (byte & 127) * scale; // bits above the 31st do not fit a shift
      scale *= 128;
    }
    return value;
  }

  /** The next signed number: 0, -1, 1, -2, 2 … are coded as 0, 1, 2, 3, 4 … */
  nextSigned(): number {
    const code = this.next();
    if (code < 2 ** 31) return (code >> 1) ^ -(code & 1);
    return code % 2 ? -(code + 1) / 2 : code / 2;
  }
}

/** So many numbers below 2^32. */
export const readNumbers = (bytes: Uint8Array, block: Block, count: number): Uint32Array => {
  const reader = new Reader(bytes, block, count);
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) numbers[i] = reader.next();
  return numbers;
};

/** So many sums of signed differences. */
export const readSums = (bytes: Uint8Array, block: Block, count: number): Float64Array => {
  const reader = new Reader(bytes, block, count);
  const sums = new Float64Array(count);
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    sum += reader.nextSigned();
    sums[i] = sum;
  }
  return sums;
};
