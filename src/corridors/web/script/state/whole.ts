/* The parts of an address that the page can take over whole. Any other is ignored, with a note in the console. */
import type { Change } from "../types/state.ts";
import { note } from "./note.ts";
import { tidy } from "./tidy.ts";

const isYear = (text: unknown): boolean => /^\d{4}$/.test(String(text));
const isShare = (text: unknown): boolean => /^(\d\d?|100)$/.test(String(text));

const WHOLE: Record<string, ((value: unknown) => boolean) | undefined> = {
  year: isYear,
  against: (text) => text === "planned" || isYear(text),
  split: isShare,
  after: isShare,
};

/** Whether a part is taken over. If it is not, this is noted. */
const isTaken = (is: boolean, name: string, value: unknown): boolean => {
  if (!is) note(`the address is ignored where it asks for ${name} ${JSON.stringify(value)}`);
  return is;
};

/** Whether the page has all that is wanted of a filter. */
const hasAll = (name: string, wanted: unknown): boolean =>
  JSON.stringify([tidy({ filters: { [name]: wanted } }).filters?.[name] ?? null].flat()) === JSON.stringify(wanted);

/** A change from an address, without the parts that cannot be taken over whole. */
export const wholeParts = ({ filters, ...others }: Change): Change => {
  const kept = Object.entries(others).filter(([name, value]) => isTaken(WHOLE[name]?.(value) ?? true, name, value));
  const wanted = Object.entries(filters ?? {}).filter(([name, value]) => isTaken(hasAll(name, value), name, value));
  return { ...Object.fromEntries(kept), ...(wanted.length ? { filters: Object.fromEntries(wanted) } : {}) };
};
