/* The table behind charts: every figure as it is published, with its period, what is said of it, and its sources. */

import { el, present } from "../dom.ts";
import { sourceLink } from "../panel/sources.ts";
import { data } from "../payload/data.ts";
import { has } from "../payload/points.ts";
import { formatDate, formatNumber, t, unitWord, withBounds } from "../payload/text.ts";
import type { Point, Series } from "../types/series.ts";
import { digitsOf } from "./chart.ts";

/** A series with the name of its chart, and the sources that its figures name by their indices. */
export interface Named {
  name: string;
  series: Series;
  sources: string[];
}

const open = new Set<string>();

const rowOf = (point: Point, sources: string[]): HTMLElement => {
  const [period, value, confidence, cites] = point;
  const said = present([
    has(point, "mirror") && t("series.trade_mirror"),
    has(point, "later") && t("series.later", formatDate(data.map.asOf ?? "")),
    confidence === "low" && t("confidence.low"),
  ]);
  const amount = formatNumber(value, digitsOf(value));
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, formatDate(period), el("small", {}, said.join(" · "))),
    el("td", { class: "figure" }, withBounds({ more: has(point, "more_than") }, amount)),
    el(
      "td",
      {},
      cites.map((nth) => el("small", {}, sourceLink(sources[nth]))),
    ),
  );
};

const bodyOf = ({ name, series: { unit, points }, sources }: Named): HTMLElement => {
  const title = el("th", { scope: "rowgroup", colspan: 3 }, name, " ", el("span", { class: "unit" }, unitWord(unit)));
  return el(
    "tbody",
    {},
    el("tr", {}, title),
    points.map((point) => rowOf(point, sources)),
  );
};

/** The table of some charts, folded at first. A key keeps it open when the charts are drawn again. */
export const tableOf = (key: string, charts: Named[]): HTMLElement => {
  const count = charts.reduce((sum, { series }) => sum + series.points.length, 0);
  const heads = ["series.period", "series.value", "card.sources"].map((head) => el("th", { scope: "col" }, t(head)));
  const table = el("table", {}, el("thead", {}, el("tr", {}, heads)), charts.map(bodyOf));
  const toggle = (): void => {
    if (details.open) open.add(key);
    else open.delete(key);
  };
  const summary = el("summary", {}, t("series.figures", formatNumber(count, 0)));
  const details = el("details", { class: "figures", open: open.has(key), toggle }, summary, table);
  return details;
};
