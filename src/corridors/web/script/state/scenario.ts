/* The scenarios of the page, and the one that a state names. */
import { data } from "../payload/data.ts";
import { features } from "../payload/features.ts";
import type { Feature, Scenario } from "../types/payload.ts";
import type { State } from "../types/state.ts";

export const scenarios: Scenario[] = data.map.scenarios ?? [];

/** The scenario that a change requests, or the first if there is no such one; null on a page without scenarios. */
export const tidyScenario = (id: string | null | undefined): string | null =>
  (scenarios.find((entry) => entry.id === id) ?? scenarios[0])?.id ?? null;

/** The scenario that the page shows at first. */
export const firstScenario = tidyScenario(null);

/** The scenario that a state names. */
export const chosenScenario = (state: State): Scenario =>
  scenarios.find((entry) => entry.id === state.scenario) ?? scenarios[0];

/** The features of that scenario whose ids have this prefix. */
export const scenarioFeatures = (state: State, start: string): Feature[] =>
  features.filter((feature) => feature.scenario === state.scenario && feature.id.startsWith(start));
