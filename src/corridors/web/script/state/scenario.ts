/* The scenarios of the page, and the one that a state names. */
import { data } from "../payload/data.ts";
import { features } from "../payload/features.ts";

export const scenarios = (data.map || {}).scenarios || [];

/** The scenario that a change asks for: one that there is, else the first; null on a page without. */
export const tidyScenario = (id) => (scenarios.find((entry) => entry.id === id) || scenarios[0] || { id: null }).id;

/** The scenario that the page opens with. */
export const firstScenario = tidyScenario(null);

/** The scenario that a state names. */
export const chosenScenario = (state) => scenarios.find((entry) => entry.id === state.scenario) || scenarios[0];

/** The features of that scenario whose ids start so. */
export const scenarioFeatures = (state, start) => features.filter((feature) => feature.scenario === state.scenario && feature.id.startsWith(start));
