/* Text of data beside words of the page. content/isolated.py has the same rule. */

const TURNS = /[\u202a-\u202e\u2066-\u2069]/;
const [START, END] = ["\u2068", "\u2069"];

/** Whether each isolate that a text begins ends within it. */
const isBalanced = (text: string): boolean => {
  let depth = 0;
  for (const sign of text) {
    if (/[\u2066-\u2068]/.test(sign)) depth++;
    else if (sign === END && --depth < 0) return false;
  }
  return depth === 0;
};

/** A text that does not turn the words after it, whatever controls of direction (Unicode UAX 9) it has. */
export const isolated = (text: string): string =>
  TURNS.test(text) ? START + (isBalanced(text) ? text : text.replace(/[\u2066-\u2069]/g, "")) + END : text;

/** Texts in one line with dots between them, without those that are empty. */
export const dotted = (...texts: (string | null | undefined | false)[]): string =>
  texts.flatMap((text) => (text ? [isolated(text)] : [])).join(" · ");
