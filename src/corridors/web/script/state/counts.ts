/* How many features are shown: counted here among those of the page, and by the worker among a reader's own rows. */
import { ask } from "../columns/client.ts";
import { columnLayers } from "../payload/columns.ts";
import { features } from "../payload/features.ts";
import { filters } from "../payload/filters.ts";
import type { Answer } from "../types/columns.ts";
import type { Filter } from "../types/facets.ts";
import type { State } from "../types/state.ts";
import { isMeasured } from "./condition.ts";
import { classIn, passes, shownFeatures, valuesOf } from "./filter.ts";
import { follow, getState } from "./state.ts";

export type Counts = Answer<"view">;

/** Called with the counts of a state, or null if they are not known yet. */
type Draw = (counts: Counts | null) => void;

const followers: Draw[] = [];
/** Filters whose values are counted: those that the reader has open. */
const counted = new Set(filters.filter(({ open, values }) => values && open !== false).map(({ property }) => property));
let counts: Counts | null = null;
let asked = 0;

const add = (numbers: Map<string, number>, key: string): void => {
  numbers.set(key, (numbers.get(key) ?? 0) + 1);
};

/** The number of features with each value of a filter, among those that all other filters show. */
const countValues = ({ property }: Filter, state: State): Map<string, number> => {
  const on = new Set(state.layers);
  const numbers = new Map<string, number>();
  for (const feature of features) {
    if (!on.has(classIn(feature, state.year)) || feature.scenario || !passes(feature, state, property)) continue;
    for (const value of valuesOf(feature, property, state.year)) add(numbers, String(value));
  }
  return numbers;
};

/** The counts of features in a state. */
export const countFeatures = (state: State): Counts => {
  const classes = new Map<string, number>();
  for (const feature of features) if (passes(feature, state)) add(classes, classIn(feature, state.year));
  return {
    all: features.filter(isMeasured).length,
    shown: { features: shownFeatures(state).filter(isMeasured).length, metres: 0, squareMetres: 0 },
    layers: [],
    classes,
    values: new Map(
      filters
        .filter(({ property }) => counted.has(property))
        .map((filter) => [filter.property, countValues(filter, state)]),
    ),
  };
};

/** The counts of features and of rows together. */
const together = (own: Counts, rows: Counts): Counts => ({
  all: own.all + rows.all,
  shown: { ...rows.shown, features: own.shown.features + rows.shown.features },
  layers: rows.layers,
  classes: new Map([...own.classes, ...rows.classes]),
  values: new Map([...own.values, ...rows.values]),
});

const tell = (known: Counts | null): void => {
  counts = known;
  for (const draw of followers) draw(known);
};

const count = (state: State): void => {
  const own = countFeatures(state);
  if (OWN && columnLayers.length) countRows(own, state);
  else tell(own);
};

/** Ask the worker, and tell its counts together with those of features. */
const countRows = (own: Counts, state: State): void => {
  tell(counts); // what does not depend on counts follows the state at once
  asked += 1;
  const now = asked;
  ask("view", { on: state.layers, filters: state.filters, counted: [...counted] }).then((rows) => {
    if (now === asked) tell(together(own, rows));
  });
};

/** The latest counts. */
export const countsNow = (): Counts | null => counts;

/** Call a function whenever there are new counts. */
export const followCounts = (draw: Draw): void => {
  followers.push(draw);
};

/** Whether the values of a filter are counted from now on. */
export const countFilter = (property: string, wanted: boolean): void => {
  if (counted.has(property) === wanted) return;
  if (wanted) counted.add(property);
  else counted.delete(property);
  if (wanted) count(getState());
};

/** Count after each change of what is shown; on a page of rows this also tells the worker what to show. */
export const startCounting = (): void => follow(["layers", "filters", "year", "scenario"], count);
