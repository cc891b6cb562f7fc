/* The patterns that legends explain: which of them some features show in the current state. */
import { data } from "../payload/data.ts";
import { classOf } from "../payload/features.ts";
import type { Feature } from "../types/payload.ts";
import type { Pattern } from "../types/vocabulary.ts";
import { statusIn } from "./filter.ts";
import { getState } from "./state.ts";

const { patterns = [], filters = [] } = data.map;

/** Whether a map shows electrification. Otherwise a hollow line has no meaning. */
const TELLS_WIRES = filters.some(({ drawn }) => drawn);

/** Whether a feature has in a year a look that legends explain. */
const shows = (feature: Feature, [name, value, geometry]: Pattern, year: number | null): boolean => {
  if (feature.scenario || classOf(feature).geometry !== geometry) return false;
  const own = name === "status" ? statusIn(feature, year) : Reflect.get(feature, name);
  return value === true ? Boolean(own) : own === value;
};

/** The patterns of these features. Of patterns that look alike (and have the same words), only the first. */
export const patternsOf = (shown: Feature[]): Pattern[] => {
  const { year } = getState();
  const drawn = patterns.filter(
    (pattern) => (pattern[0] !== "hollow" || TELLS_WIRES) && shown.some((feature) => shows(feature, pattern, year)),
  );
  return drawn.filter(([, , , words], nth) => drawn.findIndex((other) => other[3] === words) === nth);
};
