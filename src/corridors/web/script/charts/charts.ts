/* Charts of figures over time as small multiples: of a card, and of a series of several features. */

import { el, present } from "../dom.ts";
import { ready } from "../panel/charts.ts";
import { featureLink } from "../panel/facts.ts";
import { data } from "../payload/data.ts";
import { featureOf } from "../payload/features.ts";
import { has } from "../payload/points.ts";
import { counted, formatDate, nameOf, sentences, t, unitWord } from "../payload/text.ts";
import type { Feature } from "../types/payload.ts";
import type { Multiples, Point, Series, Slot } from "../types/series.ts";
import { columnsOf, draw } from "./chart.ts";
import { type Named, tableOf } from "./table.ts";

const [CARD, PANEL, GAP] = [286, 306, 10]; // pixels: the width of both, and between charts
const [TALL, LOW] = [64, 48]; // pixels of the highest column of one chart, and of one among several

/** One chart with its heading. */
interface Chart extends Named {
  heading: ReturnType<typeof featureLink>;
}

/** The space for charts, how many at most stand beside each other, the least width of a column, and what headings add. */
interface Place {
  width: number;
  most: number;
  least: number;
  said: (series: Series) => string;
}

/** How many charts stand beside each other: as many as leave columns their least width. */
const beside = (count: number, { width, most, least }: Place, axis: Slot[]): number => {
  const fits = (number: number): boolean => (width - (number - 1) * GAP) / number / columnsOf(axis) >= least;
  return [3, 2].find((number) => number <= Math.min(count, most) && fits(number)) ?? 1;
};

/** Charts with a common axis, in a grid. */
const grid = (charts: Chart[], axis: Slot[], place: Place, year: number | null): HTMLElement => {
  const { width, said } = place;
  const count = beside(charts.length, place, axis);
  const months = charts.some(({ series }) => series.points.some((point) => has(point, "part")));
  const each = Math.floor((width - (count - 1) * GAP) / count);
  const frame = { axis, width: each, height: charts.length > 1 ? LOW : TALL, months, year };
  const figures = charts.map(({ name, heading, series }) => {
    const caption = el("figcaption", {}, heading, el("span", { class: "unit" }, ` ${said(series)}`));
    return el("figure", {}, caption, draw(series, `${name}, ${unitWord(series.unit)}`, frame));
  });
  return el("div", { class: `grid of${count}` }, figures);
};

/** What is said of the charts: their scales, and the meaning of hollow, hatched, ochre and light columns. */
const legend = (charts: Chart[], ...first: string[]): HTMLElement | null => {
  const points = charts.flatMap(({ series }): Point[] => series.points);
  const some = (mark: string): boolean => points.some((point) => has(point, mark));
  const asOf = formatDate(data.map.asOf ?? "");
  const said = present([
    ...first,
    points.some((point) => point[2] === "low") && t("series.unsure"),
    some("part") && t("series.part"),
    some("mirror") && t("series.mirror"),
    some("later") && t("series.beyond", asOf),
  ]);
  return said.length ? el("p", { class: "fine" }, sentences(said)) : null;
};

const oneScale = (unit: string): HTMLElement => el("p", { class: "fine" }, t("series.one_scale", unitWord(unit)));
/** A series in the counting units of the language. */
const countedSeries = (series: Series): Series => {
  const { unit, top } = series;
  const inUnits = (value: number): number => counted({ value, unit }).value;
  const points = series.points.map(([period, value, ...about]): Point => [period, inUnits(value), ...about]);
  return { ...series, unit: counted({ value: 0, unit }).unit ?? unit, points, top: inUnits(top) };
};

const unitOf = ({ unit }: Series): string => unitWord(unit);

/** The charts of a card. */
const card = ({ series: own = [], axis = [], sources = [] }: Feature, year: number | null): HTMLElement => {
  const series = own.map(countedSeries);
  const charts = series.map((one): Chart => ({ name: t(one.label), heading: t(one.label), series: one, sources }));
  const [{ unit }] = series;
  const [several, same] = [charts.length > 1, series.every((one) => one.unit === unit)];
  const said = several && same ? () => "" : unitOf;
  return el(
    "div",
    { class: "charts" },
    several && same ? oneScale(unit) : null,
    grid(charts, axis, { width: CARD, most: 2, least: 12, said }, year),
    legend(charts, ...(same ? [] : [t("series.scale")])),
    tableOf("card", charts),
  );
};

/** The charts of a series: one for each feature, each on the common scale. */
const chartsOf = ({ series: label, of, top }: Multiples): Chart[] =>
  of.flatMap((id): Chart[] => {
    const feature = featureOf(id);
    const one = feature?.series?.find((series: Series) => series.label === label);
    if (!feature || !one) return [];
    const series = countedSeries({ ...one, top });
    return [
      { name: nameOf(feature), heading: featureLink(id, nameOf(feature)), series, sources: feature.sources ?? [] },
    ];
  });

/** The charts of several features, and above them that of all together. */
const panel = (multiples: Multiples, year: number | null): (HTMLElement | null)[] => {
  const { total, series, axis } = multiples;
  const charts = chartsOf(multiples);
  const all = (total ? chartsOf(total) : []).map((chart) => ({
    ...chart,
    heading: t("series.all"),
    name: t("series.all"),
  }));
  const own = (one: Series): string => unitOf(one) + t("list.and") + t("series.own_scale");
  return [
    total ? grid(all, total.axis, { width: PANEL, most: 1, least: 0, said: own }, year) : null,
    oneScale(charts[0].series.unit),
    grid(charts, axis, { width: PANEL, most: 3, least: 9, said: () => "" }, year),
    legend([...all, ...charts]),
    tableOf(series, [...all, ...charts]),
  ];
};

ready({ card, panel });
