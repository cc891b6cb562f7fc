/* The parts of the page that this bundle uses. The page gives them, so that they are not in both. */
import type { TimeParts } from "../panel/time.ts";

declare global {
  var corridorsTime: TimeParts;
}

export const {
  asOfYear,
  changesBetween,
  changesIn,
  countedMessage,
  countryName,
  data,
  dates,
  draw,
  el,
  focusCard,
  formatDate,
  formatNumber,
  formatQuantity,
  getState,
  hasMessage,
  inOrder,
  leave,
  momentWords,
  nameOf,
  ownYear,
  pick,
  present,
  propose,
  runningByYear,
  runningIn,
  sentences,
  showFeature,
  shownYear,
  signButton,
  span,
  strip,
  svg,
  t,
  totalsOn,
  unit,
  use,
} = globalThis.corridorsTime;
