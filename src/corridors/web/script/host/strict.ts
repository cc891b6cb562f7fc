/* Changes from other pages: taken over whole or not at all. */

import { tidy } from "../state/tidy.ts";
import type { Change, State } from "../types/state.ts";

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether something that is asked for is not in what would be taken over. */
const isLost = (asked: unknown, taken: unknown): boolean => {
  if (asked === null || asked === undefined) return false;
  if (taken === null || taken === undefined || (taken === "" && asked !== "")) return true;
  if (Array.isArray(asked)) return !Array.isArray(taken) || asked.some((value) => !taken.includes(String(value)));
  return isObject(asked) && isObject(taken) && Object.keys(asked).some((key) => isLost(asked[key], taken[key]));
};

/** Each name of a group, layer or class is asked for alone: only so is it seen whether there is one. */
const withoutLayer = (names: unknown): boolean =>
  !Array.isArray(names) || names.some((name) => !tidy({ layers: [name] }).layers?.length);

/** The keys of a change that the page does not know, or whose values it cannot take over whole. */
export const unknownParts = (change: Record<string, unknown>): string[] => {
  const clean = tidy(change as Change);
  return Object.keys(change).filter((key) => {
    if (key === "view" || key === "measured") return !Object.hasOwn(clean, key);
    if (key === "layers") return withoutLayer(change.layers);
    const own = key === "language" ? "lang" : key;
    return !Object.hasOwn(clean, own) || isLost(change[key], clean[own as keyof State]);
  });
};
