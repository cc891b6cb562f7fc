/* The patterns that legends explain: which of them some features show in the present state. */
import { data } from "../payload/data.ts";
import { classOf } from "../payload/features.ts";
import type { Feature, Pattern } from "../types/payload.ts";
import { statusIn } from "./filter.ts";
import { getState } from "./state.ts";

const { patterns = [], filters = [] } = data.map;

/** Whether a map tells of electrification: else a hollow line means nothing. */
const TELLS_WIRES = filters.some(({ property }) => property === "electrified");

/** Whether a feature is drawn in a way that legends explain. */
const shows = (feature: Feature, [name, value, geometry]: Pattern): boolean => {
  if (feature.scenario || classOf(feature).geometry !== geometry) return false;
  return (name === "status" ? statusIn(feature, getState().year) : Reflect.get(feature, name)) === value;
};

/** The patterns of these features; of those that look alike, and so have the same words, the first. */
export const patternsOf = (shown: Feature[]): Pattern[] => {
  const drawn = patterns.filter(
    (pattern) => (pattern[0] !== "hollow" || TELLS_WIRES) && shown.some((feature) => shows(feature, pattern)),
  );
  return drawn.filter(([, , , words], nth) => drawn.findIndex((other) => other[3] === words) === nth);
};
