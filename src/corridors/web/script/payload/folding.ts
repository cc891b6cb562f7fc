/* Names as they are compared: without case, accents and signs. */
import { data } from "./data.ts";

const { letters, dropped, spaced } = data.folding;

const foldSign = (sign: string): string => {
  const letter = letters[sign];
  if (letter !== undefined) return letter;
  if (dropped.includes(sign)) return "";
  return spaced.includes(sign) ? " " : sign;
};

/** A name without what stands in brackets, unless nothing else is in it; the card has it in full. */
export const shortName = (name: string): string => name.replace(/\s*[(（][^()（）]*[)）]/g, "").trim() || name;

/** A name as it is compared, by the tables of data.folding. */
export const foldName = (text: string): string =>
  [...text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()].map(foldSign).join("").replace(/\s+/g, " ").trim();
