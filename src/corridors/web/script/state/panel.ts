/* How the reader has the panel: how far it is open where it is not beside the map, and which of its parts are folded, by name. */
import { data } from "../payload/data.ts";
import { filters } from "../payload/filters.ts";
import type { Change, Sheet, State } from "../types/state.ts";
import { steps } from "./story.ts";

const { charts = [], groups = [], summary } = data.map;
const numbered = (part: string, list: unknown[] = []): string[] => list.map((_, nth) => `${part}:${nth + 1}`);
const FIXED =
  "filters sources columns planner planner:more dates:country totals:country totals:gauge totals:layer totals:command" +
  " answer:asked answer:assumed answer:sources card:figures card:places story:sources";

const NAMES = new Set([
  ...groups.map(({ id }) => id),
  ...filters.map(({ property }) => `filter:${property}`),
  ...charts.flatMap(({ series }) => [series, `${series}:figures`]),
  ...(RESULTS ? numbered("way", summary?.ways) : []),
  ...(STORY ? numbered("story", steps) : []),
  ...FIXED.split(" "),
]);

/** The heights of the panel, from the lowest. */
export const SHEETS: readonly Sheet[] = ["peek", "half", "full"];

/** The part of the state about the panel that a change sets. Of folds, all that it names are known, or it sets none. */
export const panelIn = ({ folds, sheet }: Change): Partial<State> => ({
  ...(sheet === null || SHEETS.includes(sheet as Sheet) ? { sheet: sheet as Sheet | null } : {}),
  ...(Array.isArray(folds) && folds.every((name) => NAMES.has(name))
    ? { folds: [...NAMES].filter((name) => folds.includes(name)) }
    : {}),
});
