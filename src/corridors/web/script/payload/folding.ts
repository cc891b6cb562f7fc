/* Names as they are compared: without case, accents and signs. */
import { data } from "./data.ts";

const { letters, dropped, spaced } = data.folding;

const foldSign = (sign: string): string => {
  const letter = letters[sign];
  if (letter !== undefined) return letter;
  if (dropped.includes(sign)) return "";
  return spaced.includes(sign) ? " " : sign;
};

/** A name as it is compared, by the tables of data.folding. */
export const foldName = (text: string): string =>
  [...text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()].map(foldSign).join("").replace(/\s+/g, " ").trim();
