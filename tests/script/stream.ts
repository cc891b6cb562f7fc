/* Streams as Python writes them, made by hand for tests. */
import type { Block } from "../../src/corridors/web/script/types/columns.ts";

/** A number as variable-length bytes. */
export const unsigned = (number: number): number[] =>
  number < 128 ? [number] : [(number % 128) + 128, ...unsigned(Math.floor(number / 128))];

/** A signed number in the same way. */
export const signed = (number: number): number[] => unsigned(number < 0 ? -2 * number - 1 : 2 * number);

/** Collects blocks. */
export class StreamWriter {
  readonly #bytes: number[] = [];

  put(bytes: Iterable<number>): Block {
    const start = this.#bytes.length;
    for (const byte of bytes) this.#bytes.push(byte);
    return [start, this.#bytes.length - start];
  }

  unsigned(numbers: number[]): Block {
    return this.put(numbers.flatMap(unsigned));
  }

  signed(numbers: number[]): Block {
    return this.put(numbers.flatMap(signed));
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
