/* The places that have a name in the strip, and where these names are. */
import type { Mark } from "../types/profile.ts";

/** A name: its middle, and its row, counted from the strip. */
export interface Label {
  text: string;
  /** Where its line leads to; an end needs none. */
  x: number | null;
  middle: number;
  row: number;
}

type Span = [left: number, right: number];

const ROWS = 2;
const GAP = 4;

/** Marks of places in the order of their claim to a name: ends, breaks of gauge, then cities, the largest first. */
export const byClaim = (marks: Mark[]): Mark[] => {
  const places = marks.filter(({ kind }) => kind === "place");
  const breaks = new Set(marks.filter(({ kind }) => kind === "break").map(({ at }) => at));
  const cities = places.filter(({ people }) => people).sort((one, other) => (other.people ?? 0) - (one.people ?? 0));
  const first = [places[0], places[places.length - 1], ...places.filter(({ at }) => breaks.has(at))];
  return [...new Set([...first, ...cities])];
};

/** Names that do not touch, nor the lines that lead to them. Names without space are left out. */
export const placeLabels = (
  marks: Mark[],
  width: number,
  scale: number,
  nameOf: (mark: Mark) => string,
  widthOf: (text: string) => number,
): Label[] => {
  const taken: Span[][] = Array.from({ length: ROWS }, () => []);
  const free = (row: number, [left, right]: Span): boolean =>
    taken[row].every(([from, to]) => right + GAP <= from || to + GAP <= left);
  return byClaim(marks).flatMap((mark, nth) => {
    const [text, x] = [nameOf(mark), mark.at * scale];
    const half = widthOf(text) / 2;
    const middle = Math.max(half, Math.min(width - half, x));
    const fits = (row: number): boolean =>
      free(row, [middle - half, middle + half]) && taken.slice(0, row).every((_, below) => free(below, [x, x]));
    // The ends are in the upper row, so that there is space for names near them.
    const isEnd = nth < 2;
    const row = (isEnd ? [1, 0] : [0, 1]).find(fits);
    if (row === undefined || !text) return [];
    taken[row].push([middle - half, middle + half]);
    if (!isEnd) for (let below = 0; below < row; below += 1) taken[below].push([x, x]);
    return [{ text, x: isEnd ? null : x, middle, row }];
  });
};
