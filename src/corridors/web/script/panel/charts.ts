/* Where charts of figures over time stand: in cards, and in the panel. What draws them runs when the first one is shown:
 * charts/charts.ts. */
import { parts } from "#parts/charts";
import { aria, el, present, runScript } from "../dom.ts";
import { data } from "../payload/data.ts";
import { t } from "../payload/text.ts";
import { follow } from "../state/state.ts";
import type { Feature } from "../types/payload.ts";
import type { Multiples } from "../types/series.ts";
import type { State } from "../types/state.ts";
import { fold } from "./folds.ts";

/** What the page has from that script. */
interface Late {
  card: (feature: Feature, year: number | null) => HTMLElement;
  panel: (multiples: Multiples, year: number | null) => (HTMLElement | null)[];
}

let late: Late | null = null;
/** Take the functions of that script. */
export const ready = (made: Late): void => {
  late = made;
};

const charts = (): Late => {
  if (!late) runScript("charts", parts());
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
  return fold({ id: series, title, first: Boolean(open) }, content, [], (shown) => shown && fill());
};

/** The charts beside the map; null on a map without any. */
export const buildCharts = (): HTMLElement | null => {
  const declared = data.map.charts ?? [];
  if (!declared.length) return null;
  const box = el("section", { class: "multiples" });
  follow(["lang", "year"], (state) => {
    aria(box, "label", t("series.title"));
    box.replaceChildren(...declared.map((one) => part(one, state)));
  });
  return box;
};
