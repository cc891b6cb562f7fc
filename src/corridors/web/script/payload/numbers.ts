/* Lists of whole numbers as they travel: runs, base 64, differences. */

/** A value and how often it stands, and so on, as one list. */
export const runs = (list) => list.flatMap((value, nth) => (nth % 2 ? [] : Array(list[nth + 1]).fill(value)));

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The whole numbers of a text: base 64, five bits a letter, lowest first, a sixth where more follow; the first bit is the sign. */
export const numbers = (text) => {
  const list = [];
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

export const sums = (steps) => {
  let sum = 0;
  return steps.map((step) => (sum += step));
};
