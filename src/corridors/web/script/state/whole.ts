/* The parts of an address that the page can take over whole. Any other is ignored, with a note in the console. */
import { isYear } from "../payload/years.ts";
import type { Change } from "../types/state.ts";
import { note } from "./note.ts";
import { tidy } from "./tidy.ts";

const isShare = (text: unknown): boolean => /^(\d\d?|100)$/.test(String(text));

/** Whether a view is one of the earth. */
const isView = ({ lat, lng, zoom }: Record<string, number>): boolean =>
  Math.abs(lat) <= 90 && Math.abs(lng) <= 360 && zoom >= 0 && zoom <= 24;

/** Whether the page has each of the names of layers, groups and classes. */
const isLayers = (names: string[]): boolean => names.every((name) => tidy({ layers: [name] }).layers?.length);

const filled = (value: unknown): unknown[] => [value ?? []].flat().filter(Boolean);

/** Whether the page has each place, country and option of a route. */
const isRoute = (asked: Change["route"]): boolean => {
  const { route } = tidy({ route: asked });
  if (!route || !asked) return false;
  const parts = Object.entries(asked) as [keyof typeof asked, unknown][];
  return parts.every(
    ([key, value]) =>
      !filled(value).length ||
      (filled(value).length === filled(route[key]).length && (key !== "by" || value === route.by)),
  );
};

/** Whether the page takes over a part just as it is asked for. */
const isOwn =
  (key: "lang" | "theme" | "scenario") =>
  (text: unknown): boolean =>
    tidy({ [key]: text } as Change)[key] === text;

const WHOLE: Record<string, ((value: never) => boolean | undefined) | undefined> = {
  view: isView,
  layers: isLayers,
  lang: isOwn("lang"),
  theme: isOwn("theme"),
  scenario: isOwn("scenario"),
  selected: (id: string) => Boolean(tidy({ selected: id }).selected),
  route: (asked: Change["route"]) => ROUTES && isRoute(asked),
  rows: (rows: unknown) => Boolean(tidy({ rows }).rows),
  year: isYear,
  against: (text: unknown) => text === "planned" || isYear(text),
  split: isShare,
  strip: (open: unknown) => typeof open === "boolean",
  measured: (points: unknown) => Boolean(tidy({ measured: points }).measured),
  after: isShare,
  sheet: (step: unknown) => Boolean(tidy({ sheet: step }).sheet),
  folds: (names: unknown) => Boolean(tidy({ folds: names }).folds),
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
  const kept = Object.entries(others).filter(([name, value]) =>
    isTaken(WHOLE[name]?.(value as never) ?? true, name, value),
  );
  const wanted = Object.entries(filters ?? {}).filter(([name, value]) => isTaken(hasAll(name, value), name, value));
  return { ...Object.fromEntries(kept), ...(wanted.length ? { filters: Object.fromEntries(wanted) } : {}) };
};
