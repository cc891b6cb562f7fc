/* Variable-length bytes to whole numbers. */
import type { Block } from "../types/columns.ts";

/** Reads whole numbers from bytes, one after the other. Values from 2^31 on are exact up to 2^53. */
export class Reader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The next number. */
  next(): number {
    const { bytes } = this;
    let byte = bytes[this.at++];
    if (byte < 128) return byte;
    let value = byte & 127;
    byte = bytes[this.at++];
    value |= (byte & 127) << 7;
    if (byte < 128) return value;
    byte = bytes[this.at++];
    value |= (byte & 127) << 14;
    if (byte < 128) return value;
    let scale = 2 ** 21;
    do {
      byte = bytes[this.at++];
      value += (byte & 127) * scale; // bits above the 31st do not fit a shift
      scale *= 128;
    } while (byte > 127);
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
export const readNumbers = (bytes: Uint8Array, [start]: Block, count: number): Uint32Array => {
  const reader = new Reader(bytes, start);
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) numbers[i] = reader.next();
  return numbers;
};

/** So many sums of signed differences. */
export const readSums = (bytes: Uint8Array, [start]: Block, count: number): Float64Array => {
  const reader = new Reader(bytes, start);
  const sums = new Float64Array(count);
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    sum += reader.nextSigned();
    sums[i] = sum;
  }
  return sums;
};
