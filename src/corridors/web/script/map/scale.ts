/* What grows with the zoom: widths of lines, sizes of symbols, and the names that are written. */
import { data } from "../payload/data.ts";

/** The zoom from which a point of that rank is named. */
export const labelZoom = (rank) => data.labels.pointZoom[Math.max(0, Math.min(9, rank))];

/** How much thinner or heavier lines are at a zoom; features.ts gives the same to the style sheet. */
export const lineScale = (zoom) => Math.max(0.7, Math.min(1.4, 0.7 + (zoom - 3) * 0.13));

/** Symbols shrink a little where the whole continent is in view. */
export const pointScale = (zoom) => Math.max(0.72, Math.min(1, 0.72 + (zoom - 2.25) * 0.22));
