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
  /** The blocks of attributes by their first byte in the stream. */
  blocks: Map<number, Uint8Array>;
  layers: OpenLayer[];
  /** Changes whenever what is shown changes. */
  version: number;
}

/** The bytes of a block of attributes. */
export const blockOf = ({ blocks }: Store, [start, length]: Block): Uint8Array =>
  (blocks.get(start) ?? new Uint8Array()).subarray(0, length);

const codesOf = (stream: Uint8Array, { codes, classes, count }: ColumnLayer): Uint8Array | Uint16Array => {
  const Codes = classes.length > 256 ? Uint16Array : Uint8Array;
  return codes ? Codes.from(readNumbers(stream, codes, count)) : new Codes(count);
};

const isBlock = (value: unknown): value is Block => Array.isArray(value) && typeof value[0] === "number";

/** Copies of the blocks of attributes, so that the rest of the stream takes no memory. */
const attributesOf = (stream: Uint8Array, layers: ColumnLayer[]): Store["blocks"] => {
  const columns: Column[] = layers.flatMap(({ columns, size }) => (size ? [...columns, size] : columns));
  const blocks = columns.flatMap((column) => Object.values(column).filter(isBlock));
  return new Map(blocks.map(([start, length]) => [start, stream.slice(start, start + length)]));
};

/** Open the layers of a stream. */
export const openStore = (stream: Uint8Array, layers: ColumnLayer[]): Store => {
  const opened = layers.map((layer) => ({
    layer,
    shapes: readShapes(stream, layer.geometry, layer.count),
    codes: codesOf(stream, layer),
    shown: new Uint8Array(layer.count).fill(1),
  }));
  return { blocks: attributesOf(stream, layers), layers: opened, version: 0 };
};
