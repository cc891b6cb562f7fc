/* The order of rows by a column: numbers by their bits, texts by their rank in a language. */
import type { CodedValues, TextValues, Values } from "./values.ts";

const DIGIT = 0x7ff; // the bits of one digit: few enough that all their rows stay in the processor's cache

/** Numbers as two halves whose order, as whole numbers, is that of the numbers; reversed for the greatest first. */
const halves = (numbers: Float64Array, down: boolean): [low: Uint32Array, high: Uint32Array] => {
  const bits = new Uint32Array(numbers.buffer);
  const [low, high] = [new Uint32Array(numbers.length), new Uint32Array(numbers.length)];
  const turn = down ? 0xffffffff : 0;
  for (let i = 0; i < numbers.length; i += 1) {
    const [lower, upper] = [bits[2 * i], bits[2 * i + 1]];
    const flip = upper >>> 31 ? 0xffffffff : 0; // of two negative numbers, the one with greater bits is the lesser
    low[i] = lower ^ flip ^ turn;
    high[i] = upper ^ (flip || 0x80000000) ^ turn;
  }
  return [low, high];
};

/** Sort positions by one digit of their keys, stably; nothing to do if all have the same. */
const byDigit = (places: Uint32Array, keys: Uint32Array, shift: number): Uint32Array => {
  const starts = new Uint32Array(DIGIT + 2);
  for (const key of keys) starts[((key >>> shift) & DIGIT) + 1] += 1;
  if (starts.includes(keys.length)) return places;
  for (let digit = 1; digit <= DIGIT; digit += 1) starts[digit] += starts[digit - 1];
  const sorted = new Uint32Array(places.length);
  for (const place of places) {
    const digit = (keys[place] >>> shift) & DIGIT;
    sorted[starts[digit]] = place;
    starts[digit] += 1;
  }
  return sorted;
};

/** The positions of numbers in their order; of equal ones the first stays first. */
export const orderOfNumbers = (numbers: Float64Array, down = false): Uint32Array => {
  const [low, high] = halves(numbers, down);
  let places: Uint32Array = new Uint32Array(numbers.length).map((_, place) => place);
  for (const keys of [low, high]) for (const shift of [0, 11, 22]) places = byDigit(places, keys, shift);
  return places;
};

/** The rank of each text in a language. Equal texts have one rank. */
const ranksOf = (texts: string[], language: string): Uint32Array => {
  const { compare } = new Intl.Collator(language, { numeric: true });
  const places = texts.map((_, place) => place);
  // To compare letters' codes takes a tenth of the time, and what is sorted by them is almost in the order of the language.
  places.sort((a, b) => (texts[a] < texts[b] ? -1 : Number(texts[a] > texts[b])));
  places.sort((a, b) => compare(texts[a], texts[b]));
  const ranks = new Uint32Array(texts.length);
  for (let nth = 1; nth < places.length; nth += 1) {
    const [before, place] = [places[nth - 1], places[nth]];
    ranks[place] = ranks[before] + Number(compare(texts[before], texts[place]) !== 0);
  }
  return ranks;
};

/** The ranks of columns in the language in which they were sorted last: to compare a million texts takes seconds. */
const kept = new WeakMap<Values, { language: string; ranks: Uint32Array }>();

/** The ranks of a column's rows, or of its list of values. */
const ranksIn = (values: CodedValues | TextValues, count: number, language: string): Uint32Array => {
  const known = kept.get(values);
  if (known?.language === language) return known.ranks;
  const texts = values.is === "codes" ? values.keys : Array.from({ length: count }, (_, row) => values.text(row));
  const ranks = ranksOf(texts, language);
  kept.set(values, { language, ranks });
  return ranks;
};

/** A number for each row by which it is sorted. */
const keysOf = (values: Values, rows: Uint32Array, count: number, language: string): Float64Array => {
  const keys = new Float64Array(rows.length);
  if (values.is === "numbers") return keys.map((_, place) => values.numbers[rows[place]] + 0); // -0 as 0
  const ranks = ranksIn(values, count, language);
  if (values.is === "text") return keys.map((_, place) => ranks[rows[place]]);
  return keys.map((_, place) => ranks[values.codes[rows[place]]]);
};

/** How rows are sorted: of a table of so many rows, by a column, in a language. */
interface Sorting {
  values: Values;
  count: number;
  down: boolean;
  language: string;
}

/** Rows in the order of a column. Rows without a value come last in both directions; equal rows keep their order. */
export const sortRows = (rows: Uint32Array, { values, count, down, language }: Sorting): Uint32Array => {
  const full = rows.filter((row) => !values.missing(row));
  const sorted = new Uint32Array(rows.length);
  sorted.set(orderOfNumbers(keysOf(values, full, count, language), down).map((place) => full[place]));
  sorted.set(
    rows.filter((row) => values.missing(row)),
    full.length,
  );
  return sorted;
};
