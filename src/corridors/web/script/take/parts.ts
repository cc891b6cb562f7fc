/* The parts of the page that this bundle uses. The page gives them, so that they are not in both. */
import type { Parts } from "../panel/take_parts.ts";

declare global {
  var corridorsParts: Parts;
}

export const {
  applyTheme,
  askRows,
  classOf,
  commandsOf,
  creditWords,
  data,
  defaultLayers,
  el,
  features,
  fillKey,
  formatNumber,
  fragmentOf,
  framed,
  freeArea,
  getState,
  hasOrigin,
  hasMessage,
  homeFrame,
  inView,
  keyRows,
  kilometres,
  ownYear,
  pick,
  positionsOf,
  present,
  ready,
  setPaper,
  shownFeatures,
  signButton,
  sourceList,
  sourcesOf,
  sourcesTitle,
  statusIn,
  svg,
  t,
} = globalThis.corridorsParts;
