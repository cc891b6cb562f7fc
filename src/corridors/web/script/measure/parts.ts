/* The parts of the page that this bundle uses. The page gives them, so that they are not in both. */
import type { MeasureParts } from "../panel/measure.ts";

declare global {
  var corridorsMeasure: MeasureParts;
}

export const { box, button, copyButton, el, follow, formatQuantity, ready, signButton, t } =
  globalThis.corridorsMeasure;
