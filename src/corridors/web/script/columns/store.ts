/* All layers in the worker, opened: shapes and classes as typed arrays. Columns of attributes are decoded when needed. */
import type { Block, Column, ColumnLayer } from "../types/columns.ts";
import { readShapes, type Shapes } from "./shapes.ts";
import { readNumbers } from "./varints.ts";

export interface OpenLayer {
  layer: ColumnLayer;
  shapes: Shapes;
  /** The class of each row as index in the layer's classes. */
  codes: Uint8Array | Uint16Array;
  /** 1 for each row that is shown: its class is on and it passes the filters. At first, all. */
  shown: Uint8Array;
}

export interface Store {
  /** The stream from the first byte on that columns of attributes need. */
  bytes: Uint8Array;
  /** The number of bytes of the stream before these. */
  skipped: number;
  layers: OpenLayer[];
  /** Changes whenever what is shown changes. */
  version: number;
}

/** The bytes of a block of attributes. */
export const blockOf = ({ bytes, skipped }: Store, [start, length]: Block): Uint8Array =>
  bytes.subarray(start - skipped, start - skipped + length);

const codesOf = (stream: Uint8Array, { codes, classes, count }: ColumnLayer): Uint8Array | Uint16Array => {
  const Codes = classes.length > 256 ? Uint16Array : Uint8Array;
  return codes ? Codes.from(readNumbers(stream, codes, count)) : new Codes(count);
};

const isBlock = (value: unknown): value is Block => Array.isArray(value) && typeof value[0] === "number";

/** The first byte of the columns of attributes. */
const firstByte = (layers: ColumnLayer[], length: number): number => {
  const columns: Column[] = layers.flatMap(({ columns, size }) => (size ? [...columns, size] : columns));
  const starts = columns.flatMap((column) =>
    Object.values(column)
      .filter(isBlock)
      .map(([start]) => start),
  );
  return starts.reduce((least, start) => Math.min(least, start), length);
};

/** Open the layers of a stream. Of the stream only the part with the attributes is kept. */
export const openStore = (stream: Uint8Array, layers: ColumnLayer[]): Store => {
  const opened = layers.map((layer) => ({
    layer,
    shapes: readShapes(stream, layer.geometry, layer.count),
    codes: codesOf(stream, layer),
    shown: new Uint8Array(layer.count).fill(1),
  }));
  const skipped = firstByte(layers, stream.length);
  return { bytes: stream.slice(skipped), skipped, layers: opened, version: 0 };
};
