/* Lists of whole numbers as they travel: how often each stands, as letters, as differences. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** A value and how often it stands, and so on, as one list. */
export const runs = (list: number[]): number[] =>
  list.flatMap((value, nth) => (nth % 2 ? [] : Array<number>(list[nth + 1]).fill(value)));

/** The whole numbers of a text: base 64, five bits a letter, lowest first, a sixth where more follow; the first bit is the sign. */
export const numbers = (text: string): number[] => {
  const list: number[] = [];
  let [value, shift] = [0, 0];
  for (const letter of text) {
    const digit = ALPHABET.indexOf(letter);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    list.push(value & 1 ? -(value >>> 1) : value >>> 1);
    value = shift = 0;
  }
  return list;
};

/** Each number as the sum of all differences up to it. */
export const sums = (steps: number[]): number[] => {
  let sum = 0;
  return steps.map((step) => (sum += step));
};
