/* A small chart of what is in operation at the end of each year: and above it what opened in an unknown year. */

import { el, svg } from "../dom.ts";
import { runningByYear, span } from "../state/years.ts";
import type { State } from "../types/state.ts";

const HEIGHT = 100; // of the chart's own units; its style gives it pixels
const TICKS = 6; // at most
const STEPS = [5, 10, 25, 50, 100]; // years from one tick to the next

/** An area from an upper to a lower edge, each as heights by year. */
const area = (name: string, upper: number[], lower: number[]): SVGPathElement => {
  const at = (height: number, year: number): string => `${year} ${(HEIGHT - height).toFixed(1)}`;
  const edge = [...upper.map(at), ...lower.map(at).reverse()];
  return svg("path", { class: name, d: `M${edge.join("L")}z` });
};

/** The chart of a state, without words. */
export const timeChart = (state: State): SVGSVGElement => {
  const [first, last] = span ?? [0, 0];
  const sums = runningByYear(state);
  const most = Math.max(1, ...sums.map(({ known, unknown }) => known + unknown));
  const base = sums.map(() => 0);
  const known = sums.map((sum) => (HEIGHT * sum.known) / most);
  const all = sums.map((sum, nth) => known[nth] + (HEIGHT * sum.unknown) / most);
  const shape = { viewBox: `0 0 ${last - first} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" };
  return svg("svg", shape, area("known", known, base), area("unknown", all, known));
};

/** Years below the chart: the first, the last, and round ones between them. */
export const timeTicks = (): HTMLElement => {
  const [first, last] = span ?? [0, 0];
  const step = STEPS.find((years) => (last - first) / years <= TICKS) ?? 100;
  const round = Array.from({ length: TICKS + 1 }, (_, nth) => (Math.floor(first / step) + nth) * step);
  const apart = round.filter((year) => year - first > step / 4 && last - year > step / 4);
  const marks = [first, ...apart, last].map((year) => {
    const mark = el("span", {}, String(year));
    mark.style.left = `${(100 * (year - first)) / (last - first)}%`;
    return mark;
  });
  return el("div", { class: "ticks", "aria-hidden": "true" }, marks);
};
