/* The places and countries that have a name in the strip, and where these names are, by the rule of corridors.content.profile_labels. */
import type { Mark } from "../types/profile.ts";

type Span = [left: number, right: number];

const ENDS = 2;

/** The places in the order of their claim to a name: ends, breaks of gauge, then cities, the largest first. */
export const byClaim = (marks: Mark[]): Mark[] => {
  const places = marks.filter(({ kind }) => kind === "place");
  const breaks = new Set(marks.filter(({ kind }) => kind === "break").map(({ at }) => at));
  const cities = places.filter(({ people }) => people).sort((one, other) => (other.people ?? 0) - (one.people ?? 0));
  const changes = places.filter(({ at }) => breaks.has(at));
  return [...new Set([places[0], places[places.length - 1], ...changes, ...cities])];
};

/**
 * The middle and the row of each name, counted from the strip; null for a name without space. No name touches another, nor
 * a line that leads to one. Wishes are the position and the width of each name, the ends first.
 */
export const placeNames = (
  wishes: [x: number, wide: number][],
  width: number,
  rows: number,
  gap: number,
): ([middle: number, row: number] | null)[] => {
  const taken: Span[][] = Array.from({ length: rows }, () => []);
  const free = (row: number, [left, right]: Span): boolean =>
    taken[row].every(([from, to]) => right + gap <= from || to + gap <= left);
  return wishes.map(([x, wide], nth) => {
    const middle = Math.max(wide / 2, Math.min(width - wide / 2, x));
    const box: Span = [middle - wide / 2, middle + wide / 2];
    const fits = (row: number): boolean =>
      free(row, box) && taken.slice(0, row).every((_, below) => free(below, [x, x]));
    // The ends are in the upper row, so that there is space for names near them.
    const order = nth < ENDS ? [...taken.keys()].reverse() : [...taken.keys()];
    const row = order.find(fits);
    if (row === undefined || wide > width) return null;
    taken[row].push(box);
    if (nth >= ENDS) for (let below = 0; below < row; below += 1) taken[below].push([x, x]);
    return [middle, row];
  });
};

/** Short names, but the full one where another place has the same short name. */
export const toldApart = (full: string[], short: string[]): string[] =>
  short.map((name, nth) => (short.indexOf(name) === short.lastIndexOf(name) ? name : full[nth]));

/**
 * The middle of each name in one row, in this order, as near to its position as the others let it be; null for a name
 * without space. Wishes are the position of each name, its width, and its claim: the least claims have none.
 */
export const inARow = (
  wishes: [x: number, wide: number, claim: number][],
  width: number,
  gap: number,
): (number | null)[] => {
  let named = [...wishes.keys()];
  while (named.reduce((sum, nth) => sum + wishes[nth][1] + gap, -gap) > width) {
    const least = named.reduce((one, nth) => (wishes[nth][2] < wishes[one][2] ? nth : one));
    named = named.filter((nth) => nth !== least);
  }
  const found: (number | null)[] = wishes.map(() => null);
  let start = 0;
  for (const nth of named) {
    const [x, wide] = wishes[nth];
    const middle = Math.max(start + wide / 2, x);
    found[nth] = middle;
    start = middle + wide / 2 + gap;
  }
  let end = width;
  for (const nth of named.reverse()) {
    const wide = wishes[nth][1];
    const middle = Math.min(end - wide / 2, found[nth] ?? 0);
    found[nth] = middle;
    end = middle - wide / 2 - gap;
  }
  return found;
};
