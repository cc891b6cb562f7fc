/* Names as they are compared: without case, accents and signs. */
import { data } from "./data.ts";

const { letters, dropped, spaced } = data.folding;

/** A name as it is compared, by the tables of data.folding. */
export const foldName = (text) =>
  [...String(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()]
    .map((sign) => letters[sign] ?? (dropped.includes(sign) ? "" : spaced.includes(sign) ? " " : sign)).join("").replace(/\s+/g, " ").trim();
