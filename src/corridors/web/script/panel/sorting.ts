/* Rows of a table in an order. */
import { currentLanguage } from "../payload/text.ts";

/** The column that sorts the rows, and whether the greatest comes first; without a column, the original order. */
export interface Order {
  column: string | null;
  down: boolean;
}

/** The value of `aria-sort` for a direction, and its arrow. */
export const directionOf = (down: boolean): [sort: string, arrow: string] =>
  down ? ["descending", " ↓"] : ["ascending", " ↑"];

/** The value of a row in a column: a number or a text; null if it has none. */
export type Worth = number | string | null;

/** Sorted rows. Rows without a value come last in both directions; equal rows are sorted by name, if names are given. */
export const sortedRows = <Row>(
  rows: Row[],
  { column, down }: Order,
  worth: (row: Row, column: string) => Worth,
  name: (row: Row) => string = () => "",
): Row[] => {
  if (!column) return rows;
  const collator = new Intl.Collator(currentLanguage());
  const compare = (a: Worth, b: Worth): number =>
    typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
  return [...rows].sort((one, other) => {
    const [a, b] = [worth(one, column), worth(other, column)];
    if (a === null || b === null)
      return Number(a === null) - Number(b === null) || collator.compare(name(one), name(other));
    return (down ? -compare(a, b) : compare(a, b)) || collator.compare(name(one), name(other));
  });
};
