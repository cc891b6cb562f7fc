/* The parts of the page that this bundle uses. The page gives them, so that they are not in both. */
import type { ChartParts } from "../panel/charts.ts";

declare global {
  var corridorsCharts: ChartParts;
}

export const {
  currentLanguage,
  data,
  el,
  featureLink,
  featureOf,
  formatDate,
  formatNumber,
  formatQuantity,
  has,
  marksOf,
  nameOf,
  ownYear,
  present,
  ready,
  sentences,
  sourceLink,
  svg,
  t,
  unitWord,
  withBounds,
  yearOf,
} = globalThis.corridorsCharts;
