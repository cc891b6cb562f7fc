/* The table behind charts: every figure as it is published, with its period, what is said of it, and its sources. */

import { el, present } from "../dom.ts";
import { folded } from "../panel/folds.ts";
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

/** The table of some charts, folded at first; a key names it. */
export const tableOf = (key: string, charts: Named[]): HTMLElement => {
  const count = charts.reduce((sum, { series }) => sum + series.points.length, 0);
  const heads = ["series.period", "series.value", "card.sources"].map((head) => el("th", { scope: "col" }, t(head)));
  const table = el("table", {}, el("thead", {}, el("tr", {}, heads)), charts.map(bodyOf));
  const node = folded(`${key}:figures`, t("series.figures", formatNumber(count, 0)), table);
  node.className = "figures";
  return node;
};
