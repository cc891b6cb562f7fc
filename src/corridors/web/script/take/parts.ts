/* The parts of the page that this bundle uses. The page gives them, so that they are not in both. */
import type { Parts } from "../panel/take_parts.ts";

declare global {
  var corridorsParts: Parts;
}

export const {
  classOf,
  commandsOf,
  creditWords,
  data,
  defaultLayers,
  el,
  features,
  fragmentOf,
  framed,
  getState,
  hasMessage,
  keyRows,
  kilometres,
  ownYear,
  pick,
  positionsOf,
  present,
  ready,
  shownFeatures,
  signButton,
  sourcesOf,
  statusIn,
  svg,
  t,
} = globalThis.corridorsParts;
