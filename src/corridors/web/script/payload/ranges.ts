/* Ranges of numbers and of days as text: "10..200", "..200", "2001-01-01..". */

/** Least and greatest. An open end is infinite. */
export type Range = [least: number, greatest: number];

export const DAY = 86_400; // seconds
const ISO = /^[+-]?\d{4,6}-\d\d-\d\d$/;

/** Days since 1970 of an ISO date, or NaN. */
export const daysOf = (iso: string): number => (ISO.test(iso) ? Date.parse(`${iso}T00:00Z`) / DAY / 1000 : Number.NaN);

/** The ISO date of days since 1970. */
export const isoOf = (days: number): string => new Date(days * DAY * 1000).toISOString().replace(/T.*/, "");

const endOf = (text: string, open: number): number => {
  if (text === "") return open;
  return ISO.test(text) ? daysOf(text) : Number(text);
};

/** The range that a text means, or null if it means none. */
export const rangeOf = (text: string): Range | null => {
  const ends = text.split("..").map((end) => end.trim());
  if (ends.length !== 2 || ends.join("") === "") return null;
  const range: Range = [endOf(ends[0], Number.NEGATIVE_INFINITY), endOf(ends[1], Number.POSITIVE_INFINITY)];
  return range.some(Number.isNaN) ? null : range;
};
