/* Encoded lists of whole numbers: as repetitions, as letters, as differences. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** A value and the number of its repetitions, and so on, as one list. */
export const runs = (list: number[]): number[] =>
  list.flatMap((value, nth) => (nth % 2 ? [] : Array<number>(list[nth + 1]).fill(value)));

/** The whole numbers of a text in base 64: five bits per letter, lowest first, a sixth if more follow; first of all the sign. */
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
