/* What a page of results has besides: the comparison of corridors, the control and the effect of scenarios, and the summary.
 * The page runs this before it is built. */
import { ready } from "../panel/results.ts";
import { buildComparison, buildComparisonButton } from "./compare.ts";
import { drawScenario } from "./map.ts";
import { buildScenario, buildScenarioControl } from "./scenarios.ts";
import { buildSummary } from "./summary.ts";

ready({ buildComparison, buildComparisonButton, buildScenarioControl, buildScenario, buildSummary, drawScenario });
