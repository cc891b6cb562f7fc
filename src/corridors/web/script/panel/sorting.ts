/* Rows of a table in an order. */
import { currentLanguage } from "../payload/text.ts";

/** By which column rows stand, and whether the greatest comes first; without a column in their own order. */
export interface Order {
  column: string | null;
  down: boolean;
}

/** What a row has in a column: a number or a text; null where it has nothing. */
export type Worth = number | string | null;

/** Rows in an order; those without a value come last in either direction, and of equals the first by name, if names are given. */
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
