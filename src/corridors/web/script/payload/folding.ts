/* Names for comparison, by the tables of the page. */
import { data } from "./data.ts";
import { folderOf } from "./fold.ts";

/** A name without its text in brackets, unless it has no other text. The card has the full name. */
export const shortName = (name: string): string => name.replace(/\s*[(（][^()（）]*[)）]/g, "").trim() || name;

/** A name for comparison, by the tables of data.folding. */
export const foldName = folderOf(data.folding);
