/*
 * A chart of a series: a column for each figure, those of one year side by side, and parts of a year hatched with their
 * months. The years are those of the axis that it shares with others; a year without a figure stays empty.
 */

import { svg } from "../dom.ts";
import { data } from "../payload/data.ts";
import { has, marksOf, yearOf } from "../payload/points.ts";
import { currentLanguage, formatDate, formatNumber, formatQuantity } from "../payload/text.ts";
import { ownYear } from "../state/filter.ts";
import type { Point, Series, Slot } from "../types/series.ts";

type Box = [left: number, top: number, right: number, bottom: number];
type MonthStyle = "day" | "short" | "numeric";

/** What charts that stand together have in common. */
export interface Frame {
  axis: Slot[];
  /** In pixels: that of a chart, and that of its columns. */
  width: number;
  height: number;
  /** Whether one of them has parts of years, whose months stand below. */
  months: boolean;
  /** The chosen year. */
  year: number | null;
}

const [SHARE, WIDEST, OUTLINE] = data.look.chart;
const [LATER, AFTER] = data.look.later;
const [TOP, SIDE, SIZE, LINE] = [16, 3, 11, 12]; // pixels: above the columns, beside them, of letters, of a line of them
const ASIDE = 0.3; // columns between those of two years
const pen = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
const widthOf = (text: string): number => pen.measureText(text).width;

/** The width of an axis, in columns. */
export const columnsOf = (axis: Slot[]): number => {
  const [, at, columns] = axis[axis.length - 1];
  return at + columns;
};

/** The middle of each figure's column, in columns from the left. */
export const places = (points: Point[], axis: Slot[]): number[] => {
  const slots = new Map(axis.map(([year, at, columns]) => [String(year), { at, columns }]));
  return points.map((point, nth) => {
    const year = yearOf(point);
    const { at, columns } = slots.get(year) ?? { at: 0, columns: 0 };
    const same = points.filter((other) => yearOf(other) === year).length;
    const before = points.slice(0, nth).filter((other) => yearOf(other) === year).length;
    return at + (columns - same) / 2 + before + 0.5;
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
  (width: number, taken: Box[]) =>
  (text: string, x: number, bottom: number, name?: string, aside = 1): SVGTextElement | null => {
    const wide = widthOf(text) / 2;
    const at = Math.max(wide, Math.min(width - wide, x));
    const box: Box = [at - wide - aside, bottom - SIZE, at + wide + aside, bottom + 1];
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]))
      return null;
    taken.push(box);
    return svg("text", { x: at, y: bottom, "font-size": SIZE, "text-anchor": "middle", class: name }, text);
  };

/** The digits of a value as it is published. */
export const digitsOf = (value: number): number => String(value).split(".")[1]?.length ?? 0;

const amountsOf = (points: Point[]): string[] => {
  const digits = points.every(([, value]) => value >= 100 || Number.isInteger(value)) ? 0 : 1;
  const large = points.some(([, value]) => value >= 1000);
  return points.map((point) => {
    const [, value] = point;
    return (has(point, "more_than") ? ">" : "") + formatNumber(value, large && value >= 100 ? 0 : digits);
  });
};

/** Whether a year is that of a place of the axis, or lies in that break. */
const holds = (axis: Slot[], nth: number, year: number): boolean =>
  axis[nth][0] ? axis[nth][0] === year : axis[nth - 1][0] < year && year < axis[nth + 1][0];

/** The column of a figure. Its name says period and value in full. */
const column = (point: Point, unit: string, x: number, half: number, y: number, base: number, year: number | null) => {
  const [period, value, confidence] = point;
  const after = year !== null && Number(yearOf(point)) > year;
  const marks = marksOf(point).filter((mark) => mark !== "more_than");
  if (confidence === "low") marks.push("unsure");
  if (after) marks.push("after");
  const said = formatQuantity({ value, unit, digits: digitsOf(value), more: has(point, "more_than") });
  const place = { x: x - half, y, width: 2 * half, height: Math.max(1, base - y) };
  const faded = has(point, "later") ? LATER : null;
  const look = { class: ["bar", ...marks].join(" "), "stroke-width": OUTLINE, opacity: after ? AFTER : faded };
  return svg("rect", { ...place, ...look }, svg("title", {}, `${formatDate(period)}: ${said}`));
};

/** A chart. Columns of later years than the chosen one are pale. */
export const draw = ({ unit, points, top }: Series, name: string, frame: Frame): SVGSVGElement => {
  const { axis, width, height, year } = frame;
  pen.font = `${SIZE}px ${getComputedStyle(document.body).fontFamily}`;
  const step = Math.min(WIDEST / SHARE, (width - 2 * SIDE) / columnsOf(axis));
  const xAt = (columns: number): number => SIDE + columns * step;
  const xs = places(points, axis).map(xAt);
  const [base, half] = [TOP + height, (step * SHARE) / 2];
  const y = (value: number): number => base - (height * value) / (top || 1);
  const values = points.map(([, value]) => value);
  const bars = points.map((point, nth) => column(point, unit, xs[nth], half, y(point[1]), base, year));
  const word = makeWriter(
    width,
    values.map((value, nth): Box => [xs[nth] - half, y(value), xs[nth] + half, base]),
  );
  const foot = base + LINE * (frame.months ? 2 : 1);

  const chosen = ownYear(year) ? null : axis.findIndex((_, nth) => holds(axis, nth, Number(year)));
  const inYear = chosen === null ? -1 : points.findIndex((point) => yearOf(point) === String(year));
  // Of the figures of one year, the first is the one to quote.
  const lastOf = (...not: string[]): number => {
    const last = points.findLast((point) => !not.some((mark) => has(point, mark)));
    const like = (point: Point): boolean => has(point, "part") === (last !== undefined && has(last, "part"));
    return points.findIndex((point) => last && yearOf(point) === yearOf(last) && !has(point, "mirror") && like(point));
  };
  const amounts = amountsOf(points);
  const tell = (nth: number, bottom = y(values[nth]) - 4, as?: string) => word(amounts[nth], xs[nth], bottom, as);
  const first = inYear < 0 ? null : (tell(inYear, undefined, "chosen") ?? tell(inYear, LINE, "chosen"));
  // Then the figure of today, both ends and the highest, and others if there is space.
  const highest = values.indexOf(Math.max(...values));
  const order = new Set([lastOf("later", "mirror", "part"), 0, lastOf("mirror"), highest, ...points.keys()]);
  const told = [first, ...[...order].filter((nth) => nth >= 0 && nth !== inYear).map((nth) => tell(nth))];

  const parts = [...points.keys()].filter((nth) => has(points[nth], "part"));
  const fits = (style: MonthStyle): boolean => parts.every((nth) => widthOf(months(points[nth], style)) < step);
  const style = (["day", "short"] as const).find(fits) ?? "numeric";
  told.push(...parts.map((nth) => word(months(points[nth], style), xs[nth], base + LINE)));

  const middles = axis.map(([, at, columns]) => xAt(at + columns / 2));
  const years = new Set([chosen ?? -1, 0, axis.length - 1, ...axis.keys()]);
  const ends = [...years].map((nth) => {
    if (!axis[nth]) return null;
    if (nth === chosen) return word(String(year), middles[nth], foot, "chosen", 3);
    return axis[nth][0]
      ? word(String(axis[nth][0]), middles[nth], foot, undefined, 3)
      : word("…", middles[nth], base - 3);
  });
  const later = points.findIndex((point) => has(point, "later"));
  const border = later > 0 ? xs[later] - (step * (1 + ASIDE)) / 2 : null;
  const asOf = border === null ? null : svg("line", { x1: border, x2: border, y1: 2, y2: foot, class: "now" });
  const [, at, columns] = axis[chosen ?? -1] ?? [0, 0, 0];
  const band = columns
    ? svg("rect", { x: xAt(at), y: 0, width: columns * step, height: foot + 4, class: "band" })
    : null;
  const size = { viewBox: `0 0 ${width} ${foot + 4}`, width, height: foot + 4 };
  const line = svg("line", { x1: 0, x2: width, y1: base, y2: base, class: "axis" });
  const spoken = points.map(([period], nth) => `${formatDate(period)}: ${amounts[nth]}`).join("; ");
  return svg(
    "svg",
    { class: "chart", ...size, role: "img", "aria-label": `${name}. ${spoken}` },
    band,
    line,
    asOf,
    bars,
    told,
    ends,
  );
};
