/* The parts of the page that this bundle uses. The page gives them, so that they are not in both. */
import type { Parts } from "../panel/take.ts";

declare global {
  var corridorsParts: Parts;
}

export const {
  classOf,
  data,
  el,
  features,
  fragmentOf,
  framed,
  getState,
  hasMessage,
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
  t,
} = globalThis.corridorsParts;
