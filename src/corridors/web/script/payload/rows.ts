/* Columns to rows: a page has the values of one property side by side, which is shorter. */
import type { Columns } from "../types/payload.ts";

/** The rows of columns. A row has no property for which its column has null. */
export const rowsOf = <T extends object>(columns: Columns<T> | Record<string, never>): T[] => {
  const named = Object.entries<unknown[]>(columns);
  const rows = (named[0]?.[1] ?? []).map((): Record<string, unknown> => ({}));
  for (const [key, values] of named) {
    for (const [nth, value] of values.entries()) if (value !== null) rows[nth][key] = value;
  }
  return rows as T[];
};
