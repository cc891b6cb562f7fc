/* Streams as Python writes them, made by hand for tests. */
import type { Block } from "../../src/corridors/web/script/types/columns.ts";

/** Numbers as variable-length bytes: the first bytes of all, then the second bytes of those that have one, and so on. */
export const unsigned = (numbers: number[]): number[] => {
  const rest = numbers.filter((number) => number > 127).map((number) => Math.floor(number / 128));
  const bytes = numbers.map((number) => (number > 127 ? (number % 128) + 128 : number));
  return rest.length ? [...bytes, ...unsigned(rest)] : bytes;
};

/** Signed numbers in the same way. */
export const signed = (numbers: number[]): number[] =>
  unsigned(numbers.map((number) => (number < 0 ? -2 * number - 1 : 2 * number)));

/** Collects blocks. */
export class StreamWriter {
  readonly #bytes: number[] = [];

  put(bytes: Iterable<number>): Block {
    const start = this.#bytes.length;
    for (const byte of bytes) this.#bytes.push(byte);
    return [start, this.#bytes.length - start];
  }

  unsigned(numbers: number[]): Block {
    return this.put(unsigned(numbers));
  }

  signed(numbers: number[]): Block {
    return this.put(signed(numbers));
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** Bytes as letters of seven bits, as web/letters.py writes them: fewer than a portion. */
export const letters = (bytes: Uint8Array): string => {
  const apart = Math.ceil(bytes.length / 7);
  const upper = Array<number>(apart).fill(0);
  for (const [at, byte] of bytes.entries()) upper[at % apart] |= (byte >> 7) << Math.floor(at / apart);
  const codes = [...bytes].map((byte) => byte & 127).concat(upper);
  return codes.map((code) => String.fromCharCode([0, 13, 60].includes(code) ? code + 128 : code)).join("");
};
