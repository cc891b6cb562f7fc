/*
 * Small charts of a series: a column for each figure in order of time, different sources side by side, and parts of a
 * year hatched with their months. Below the chart, every figure is in words, with its sources.
 */
import { el, present, svg } from "../dom.ts";
import { data } from "../payload/data.ts";
import { has, marksOf, yearOf } from "../payload/points.ts";
import { currentLanguage, formatDate, formatNumber, sentences, t, unitWord } from "../payload/text.ts";
import type { Fact, Point, Series } from "../types/payload.ts";
import { factList } from "./facts.ts";

type Box = [left: number, top: number, right: number, bottom: number];
type MonthStyle = "day" | "short" | "numeric";

const WIDTH = 286;
const [BASE, TOP, SIDE, SIZE] = [86, 18, 4, 11]; // of the columns, and the size of the letters, in pixels
const pen = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
const widthOf = (text: string): number => pen.measureText(text).width;

/** Numbers of the points with this mark. */
const which = (points: Point[], is: (point: Point, nth: number) => boolean): number[] =>
  [...points.keys()].filter((nth) => is(points[nth], nth));

/** Positions of the columns, in columns: those of one year together, years apart, and a gap for missing years. */
const places = (points: Point[]): number[] => {
  let at = 0;
  return points.map((point, nth) => {
    const years = nth ? Number(yearOf(point)) - Number(yearOf(points[nth - 1])) : 0;
    at += nth ? 1 + (years ? 0.3 : 0) + (years > 1 ? 0.7 : 0) : 0.5;
    return at;
  });
};

/** The months of a part of a year: in words (with the last day if it is not the last of its month), or in numbers. */
const months = ([period]: Point, style: MonthStyle): string => {
  const name = (date: string, nth: number): string => {
    const [year, month, day] = date.split("-").map(Number);
    const whole = style !== "day" || !nth || !day || day === new Date(year, month, 0).getDate();
    const form: Intl.DateTimeFormatOptions = { month: style === "numeric" ? style : "short" };
    if (!whole) form.day = "numeric";
    return new Intl.DateTimeFormat(currentLanguage(), form).format(new Date(year, month - 1, day || 1));
  };
  return [...new Set(period.split("/").map(name))].join("–");
};

/** Writes words that fit into the chart. Words that would cover others or a column are left out. */
const makeWriter =
  (taken: Box[]) =>
  (text: string, x: number, bottom: number): SVGTextElement | null => {
    const wide = widthOf(text) / 2;
    const at = Math.max(wide, Math.min(WIDTH - wide, x));
    const box: Box = [at - wide - 1, bottom - SIZE, at + wide + 1, bottom + 1];
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]))
      return null;
    taken.push(box);
    return svg("text", { x: at, y: bottom, "text-anchor": "middle" }, text);
  };

const amountsOf = (points: Point[]): string[] => {
  const digits = points.every(([, value]) => value >= 100 || Number.isInteger(value)) ? 0 : 1;
  return points.map((point) => (has(point, "more_than") ? ">" : "") + formatNumber(point[1], digits));
};

/** A chart. Columns of later years than the chosen one are pale. */
const draw = ({ points }: Series, year: number | null): SVGSVGElement => {
  pen.font = `${SIZE}px ${getComputedStyle(document.body).fontFamily}`;
  const spots = places(points);
  const step = Math.min(58, (WIDTH - 2 * SIDE) / (spots[spots.length - 1] + 0.5));
  const xs = spots.map((spot) => SIDE + spot * step);
  const values = points.map(([, value]) => value);
  const highest = Math.max(...values) || 1;
  const y = (value: number): number => BASE - ((BASE - TOP) * value) / highest;
  const half = Math.min(18, step * 0.42);
  const bars = points.map((point, nth) => {
    const marks = marksOf(point).filter((mark) => mark !== "more_than");
    if (point[2] === "low") marks.push("unsure");
    if (year !== null && Number(yearOf(point)) > year) marks.push("after");
    const [top, height] = [y(point[1]), Math.max(1, BASE - y(point[1]))];
    return svg("rect", { x: xs[nth] - half, y: top, width: 2 * half, height, class: ["bar", ...marks].join(" ") });
  });
  const word = makeWriter(values.map((value, nth): Box => [xs[nth] - half, y(value), xs[nth] + half, BASE]));
  const amounts = amountsOf(points);
  const first = which(points, (point, nth) => !nth || yearOf(point) !== yearOf(points[nth - 1]));
  const now = points.findLastIndex((point) => !has(point, "later"));
  // First the figure of today, then the ends and the highest, then others if there is space.
  const order = new Set(
    [now, 0, points.length - 1, values.indexOf(highest), ...points.keys()].filter((nth) => nth >= 0),
  );
  const told = [...order].map((nth) => word(amounts[nth], xs[nth], y(values[nth]) - 4));
  const parts = which(points, (point) => has(point, "part"));
  const fits = (style: MonthStyle): boolean => parts.every((nth) => widthOf(months(points[nth], style)) < step);
  const style = (["day", "short"] as const).find(fits) ?? "numeric";
  told.push(...parts.map((nth) => word(months(points[nth], style), xs[nth], BASE + 12)));
  const foot = BASE + (parts.length ? 25 : 12);
  const ends = [...new Set([first[0], first[first.length - 1], ...first])].map((nth) => {
    const same = xs.filter((_, other) => yearOf(points[other]) === yearOf(points[nth]));
    return word(yearOf(points[nth]), (same[0] + same[same.length - 1]) / 2, foot);
  });
  const gaps = first
    .slice(1)
    .filter((nth) => Number(yearOf(points[nth])) - Number(yearOf(points[nth - 1])) > 1)
    .map((nth) => word("…", (xs[nth] + xs[nth - 1]) / 2, BASE - 3));
  const border = now >= 0 && now < points.length - 1 ? (xs[now] + xs[now + 1]) / 2 : null;
  const asOf = border === null ? null : svg("line", { x1: border, x2: border, y1: 2, y2: foot, class: "now" });
  const spoken = points.map(([period], nth) => `${formatDate(period)}: ${amounts[nth]}`).join("; ");
  const size = { viewBox: `0 0 ${WIDTH} ${foot + 4}`, width: WIDTH, height: foot + 4 };
  const axis = svg("line", { x1: 0, x2: WIDTH, y1: BASE, y2: BASE, class: "axis" });
  return svg("svg", { class: "chart", ...size, role: "img", "aria-label": spoken }, axis, asOf, bars, gaps, told, ends);
};

const asOfDate = (): string => formatDate(data.map.asOf ?? "");

/** The meaning of hollow, hatched and light columns, if there are any. */
const legend = (list: Series[]): HTMLElement | null => {
  const points = list.flatMap((series) => series.points);
  const some = (mark: string): boolean => points.some((point) => has(point, mark));
  const said = present([
    points.some((point) => point[2] === "low") && t("series.unsure"),
    some("part") && t("series.part"),
    some("mirror") && t("series.mirror"),
    some("later") && t("series.beyond", asOfDate()),
  ]);
  return said.length ? el("p", { class: "fine" }, sentences(said)) : null;
};

/** A figure of a series in words. */
const factOf = (point: Point, unit: string, all: string[]): Fact => {
  const [period, value, confidence, cites] = point;
  const said = present([
    formatDate(period),
    has(point, "mirror") && t("series.trade_mirror"),
    has(point, "later") && t("series.later", asOfDate()),
    confidence === "low" && t("confidence.low"),
  ]);
  return { of: said.join(" · "), value, unit, more: has(point, "more_than"), sources: cites.map((nth) => all[nth]) };
};

/** All figures of a series in words. */
const figures = ({ unit, points }: Series, all: string[]): HTMLElement =>
  el(
    "details",
    { class: "figures" },
    el("summary", {}, t("series.figures", formatNumber(points.length, 0))),
    factList(points.map((point) => factOf(point, unit, all))),
  );

const figure = (series: Series, sources: string[], year: number | null): HTMLElement => {
  const caption = el("figcaption", {}, t(series.label), el("span", { class: "unit" }, ` ${unitWord(series.unit)}`));
  return el("figure", {}, caption, draw(series, year), figures(series, sources));
};

/** Charts of all series of a feature. Points name their sources by the index in a list. */
export const chartsOf = (list: Series[] | undefined, sources: string[], year: number | null): HTMLElement | null =>
  list?.length
    ? el(
        "div",
        { class: "charts" },
        list.map((series) => figure(series, sources, year)),
        legend(list),
      )
    : null;
