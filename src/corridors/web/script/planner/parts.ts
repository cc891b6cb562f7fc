/* The parts of the page that this bundle uses. The page gives them, so that they are not in both. */
import type { PlannerParts } from "../panel/planner.ts";

declare global {
  var corridorsPlanner: PlannerParts;
}

export const {
  box,
  buildCombobox,
  coded,
  countriesOf,
  countryName,
  currentLanguage,
  data,
  draw,
  el,
  factList,
  featureLink,
  find,
  formatNumber,
  formatQuantity,
  getState,
  headlineList,
  hitOf,
  isOpen,
  legsOf,
  pick,
  placeOf,
  plannedRoute,
  present,
  profileNode,
  propose,
  readNetwork,
  routeCard,
  routeModes,
  searcher,
  showRoute,
  signButton,
  sourcedNumber,
  sourceList,
  sourcesTitle,
  t,
} = globalThis.corridorsPlanner;
