/* The text of an element to what the zlib stream in it says: seven bits a letter, as web/letters.py writes them. */

const PORTION = 2 ** 20; // letters; the last portion may be shorter

/** The portions of a text. */
export const portionsOf = (text: string): string[] =>
  Array.from({ length: Math.ceil(text.length / PORTION) }, (_, n) => text.slice(n * PORTION, (n + 1) * PORTION));

/** The bytes of a portion: the lower bits of each, and after them letters with the upper bit of seven bytes each. */
const bytesOf = (letters: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(Math.floor((letters.length * 7) / 8));
  const apart = letters.length - bytes.length;
  for (let bit = 0; bit < 7; bit += 1) {
    const from = bit * apart;
    const end = Math.min(from + apart, bytes.length);
    for (let at = from; at < end; at += 1) {
      const upper = letters.charCodeAt(bytes.length + at - from) >> bit;
      bytes[at] = (letters.charCodeAt(at) & 127) | (upper << 7);
    }
  }
  return bytes;
};

/** Collects the portions of a stream. What it says is read while it comes. */
export class Inflater {
  readonly #stream = new DecompressionStream("deflate");
  readonly #writer = this.#stream.writable.getWriter();
  readonly said = new Response(this.#stream.readable);

  /** Add a portion; null after the last. What is no stream fails where it is read. */
  add(portion: string | null): void {
    const added = portion === null ? this.#writer.close() : this.#writer.write(bytesOf(portion));
    added.catch(() => undefined);
  }
}

/** What the stream says in these portions. */
export const inflate = (portions: string[]): Response => {
  const inflater = new Inflater();
  for (const portion of [...portions, null]) inflater.add(portion);
  return inflater.said;
};
