/* The parts of a page that show results: corridors compared, scenarios, the ways of an answer. results/results.ts builds them,
 * on pages that have results. */
import { parts } from "#parts/results";
import { runScript } from "../dom.ts";
import { data } from "../payload/data.ts";
import { scenarios } from "../state/scenario.ts";

type Build = () => HTMLElement | null;

/** What the page has from that script. What it has no data for is null. */
interface Results {
  /** The table of corridors, and the button that opens it. */
  buildComparison: Build;
  buildComparisonButton: Build;
  /** The control of scenarios on the map, and the effect of the chosen one in the panel. */
  buildScenarioControl: Build;
  buildScenario: Build;
  /** The ways of an answer in the panel. */
  buildSummary: Build;
  drawScenario: (map: L.Map) => void;
}

let made: Partial<Results> | null = null;
/** Take the functions of that script. */
export const ready = (results: Results): void => {
  made = results;
};

/** Its functions; none on a page without results. */
export const results = (): Partial<Results> => {
  if (RESULTS && !made && (data.comparison || scenarios.length || data.map.summary)) runScript("results", parts());
  made ??= {};
  return made;
};
