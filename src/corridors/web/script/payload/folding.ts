/* Names for comparison: without case, accents and signs. */
import { data } from "./data.ts";

const { letters, dropped, spaced } = data.folding;

const foldSign = (sign: string): string => {
  const letter = letters[sign];
  if (letter !== undefined) return letter;
  if (dropped.includes(sign)) return "";
  return spaced.includes(sign) ? " " : sign;
};

/** A name without its text in brackets, unless it has no other text. The card has the full name. */
export const shortName = (name: string): string => name.replace(/\s*[(（][^()（）]*[)）]/g, "").trim() || name;

/** A name for comparison, by the tables of data.folding. */
export const foldName = (text: string): string =>
  [...text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()].map(foldSign).join("").replace(/\s+/g, " ").trim();
