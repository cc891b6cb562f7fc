/* The layers as queries see them: their columns of attributes are decoded when they are first asked for, and kept. */
import type { Block, Column } from "../types/columns.ts";
import { blockOf, type OpenLayer, type Store } from "./store.ts";
import { decodeColumn, type Values } from "./values.ts";

export interface Table {
  opened: OpenLayer;
  /** The values of the column of that name, or null if the layer has none. */
  column: (name: string) => Values | null;
  /** Metres of each line, or square metres of each area; null for points. */
  sizes: () => Values | null;
  /** The columns in their order, and the sizes, if there are any. */
  all: () => Values[];
}

const tableOf = (store: Store, opened: OpenLayer): Table => {
  const { layer } = opened;
  const decoded = new Map<Column, Values>();
  const valuesOf = (column: Column | undefined): Values | null => {
    if (!column) return null;
    const values = decoded.get(column) ?? decodeColumn(column, layer.count, (block: Block) => blockOf(store, block));
    decoded.set(column, values);
    return values;
  };
  return {
    opened,
    column: (name) => valuesOf(layer.columns.find((column) => column.name === name)),
    sizes: () => valuesOf(layer.size),
    all: () => [...layer.columns, layer.size].map(valuesOf).filter((values) => values !== null),
  };
};

export const tablesOf = (store: Store): Table[] => store.layers.map((opened) => tableOf(store, opened));
