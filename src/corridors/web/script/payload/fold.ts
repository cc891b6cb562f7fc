/* The rule by which texts are compared: without case, accents and signs. */
import type { Folding } from "../types/payload.ts";

const coded = (sign: string): string => `\\u{${sign.codePointAt(0)?.toString(16)}}`;

/** The function that folds a text by these tables. */
export const folderOf = ({ letters, dropped, spaced }: Folding): ((text: string) => string) => {
  const signs = [...Object.keys(letters), ...dropped, ...spaced];
  const special = new RegExp(`[${signs.map(coded).join("")}]`, "gu");
  const replaced = (sign: string): string => letters[sign] ?? (dropped.includes(sign) ? "" : " ");
  return (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(special, replaced).replace(/\s+/g, " ").trim();
};
