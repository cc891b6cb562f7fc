/* Where charts of figures over time stand: in cards, and in the panel. What draws them runs when the first one is shown:
 * charts/charts.ts. */
import { el, present, runScript, svg } from "../dom.ts";
import { data } from "../payload/data.ts";
import { featureOf } from "../payload/features.ts";
import { has, marksOf, yearOf } from "../payload/points.ts";
import {
  currentLanguage,
  formatDate,
  formatNumber,
  formatQuantity,
  nameOf,
  sentences,
  t,
  unitWord,
  withBounds,
} from "../payload/text.ts";
import { ownYear } from "../state/filter.ts";
import { follow } from "../state/state.ts";
import type { Feature } from "../types/payload.ts";
import type { Multiples } from "../types/series.ts";
import type { State } from "../types/state.ts";
import { featureLink } from "./facts.ts";
import { fold } from "./legend_rows.ts";
import { sourceLink } from "./sources.ts";

/** What the page has from that script. */
interface Late {
  card: (feature: Feature, year: number | null) => HTMLElement;
  panel: (multiples: Multiples, year: number | null) => (HTMLElement | null)[];
}

let late: Late | null = null;
const ready = (made: Late): void => {
  late = made;
};

const parts = {
  ...{
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
  },
  ...{ ownYear, present, ready, sentences, sourceLink, svg, t, unitWord, withBounds, yearOf },
};

export type ChartParts = typeof parts;

const charts = (): Late => {
  if (!late) runScript("charts", { corridorsCharts: parts });
  return late as Late;
};

/** The charts of a feature's series. */
export const chartsOf = (feature: Feature, year: number | null): HTMLElement | null =>
  feature.series?.length ? charts().card(feature, year) : null;

/** The charts of one series. They are drawn when they are first unfolded. */
const part = (multiples: Multiples, { year }: State): HTMLElement => {
  const { series, open } = multiples;
  const content = el("div", { class: "charts" });
  const fill = (): void => content.replaceChildren(...present(charts().panel(multiples, year)));
  const title = t("series.by_year", t(series));
  const node = fold({ id: series, title, first: Boolean(open) }, content, [], (shown) => shown && fill());
  if (!content.hidden) fill();
  return node;
};

/** The charts beside the map; null on a map without any. */
export const buildCharts = (): HTMLElement | null => {
  const declared = data.map.charts ?? [];
  if (!declared.length) return null;
  const box = el("section", { class: "multiples" });
  follow(["lang", "year"], (state) => {
    box.setAttribute("aria-label", t("series.title"));
    box.replaceChildren(...declared.map((one) => part(one, state)));
  });
  return box;
};
