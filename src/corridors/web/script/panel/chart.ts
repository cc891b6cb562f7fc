/*
 * Small charts of a series: a column for each figure in the order of time, sources that differ side by side, a part of a
 * year hatched with its months. Below it, in words, every figure with its sources.
 */
import { el, svg } from "../dom.ts";
import { factList } from "./facts.ts";
import { data } from "../payload/data.ts";
import { currentLanguage, formatDate, formatNumber, t, unitWord } from "../payload/text.ts";

const WIDTH = 286;
const [BASE, TOP, SIDE, SIZE] = [86, 18, 4, 11]; // of the columns, and the size of the letters, in pixels
const pen = document.createElement("canvas").getContext("2d");
const widthOf = (text) => pen.measureText(text).width;
const yearOf = ([period]) => period.slice(0, 4);
const has = (point, mark) => (point[4] || "").split(" ").includes(mark);

/** Where the columns stand, in columns: those of one year together, years apart, and a gap where years are missing. */
const places = (points) => {
  let at = 0;
  return points.map((point, nth) => {
    const years = nth ? yearOf(point) - yearOf(points[nth - 1]) : 0;
    at += nth ? 1 + (years ? 0.3 : 0) + (years > 1 ? 0.7 : 0) : 0.5;
    return at;
  });
};

/** The months of a part of a year: in words with the last day where it is not that of its month, in words, or in numbers. */
const months = ([period], style) => {
  const name = (date, nth) => {
    const [year, month, day] = date.split("-").map(Number);
    const whole = style !== "day" || !nth || !day || day === new Date(year, month, 0).getDate();
    const form = { month: style === "numeric" ? style : "short", ...(whole ? {} : { day: "numeric" }) };
    return new Intl.DateTimeFormat(currentLanguage(), form).format(new Date(year, month - 1, day || 1));
  };
  return [...new Set(period.split("/").map(name))].join("–");
};

const draw = (series) => {
  const { points } = series;
  pen.font = `${SIZE}px ${getComputedStyle(document.body).fontFamily}`;
  const spots = places(points);
  const step = Math.min(58, (WIDTH - 2 * SIDE) / (spots[spots.length - 1] + 0.5));
  const xs = spots.map((spot) => SIDE + spot * step);
  const highest = Math.max(...points.map(([, value]) => value)) || 1;
  const y = (value) => BASE - ((BASE - TOP) * value) / highest;
  const half = Math.min(18, step * 0.42);
  const bars = points.map((point, nth) => {
    const marks = [...(point[4] || "").split(" "), point[2] === "low" ? "unsure" : ""].filter((mark) => mark && mark !== "more_than");
    return svg("rect", { x: xs[nth] - half, y: y(point[1]), width: 2 * half, height: Math.max(1, BASE - y(point[1])), class: ["bar", ...marks].join(" ") });
  });
  const taken = points.map(([, value], nth) => [xs[nth] - half, y(value), xs[nth] + half, BASE]);
  /** A word that starts and ends within the chart, or nothing where it would lie on another or on a column. */
  const word = (text, x, bottom) => {
    const wide = widthOf(text) / 2;
    const at = Math.max(wide, Math.min(WIDTH - wide, x));
    const box = [at - wide - 1, bottom - SIZE, at + wide + 1, bottom + 1];
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return null;
    taken.push(box);
    return svg("text", { x: at, y: bottom, "text-anchor": "middle" }, text);
  };
  const digits = points.every(([, value]) => value >= 100 || Number.isInteger(value)) ? 0 : 1;
  const amounts = points.map((point) => (has(point, "more_than") ? ">" : "") + formatNumber(point[1], digits));
  const values = points.map(([, value]) => value);
  const first = points.map((point, nth) => nth).filter((nth) => !nth || yearOf(points[nth]) !== yearOf(points[nth - 1]));
  const now = points.findLastIndex((point) => !has(point, "later"));
  const order = [now, 0, points.length - 1, values.indexOf(highest), ...points.keys()].filter((nth) => nth >= 0);
  const told = [...new Set(order)].map((nth) => word(amounts[nth], xs[nth], y(values[nth]) - 4));
  const parts = points.map((point, nth) => nth).filter((nth) => has(points[nth], "part"));
  const words = ["day", "short"].find((style) => parts.every((nth) => widthOf(months(points[nth], style)) < step)) || "numeric";
  told.push(...parts.map((nth) => word(months(points[nth], words), xs[nth], BASE + 12)));
  const foot = BASE + (parts.length ? 25 : 12);
  const ends = [...new Set([first[0], first[first.length - 1], ...first])].map((nth) => {
    const same = xs.filter((x, other) => yearOf(points[other]) === yearOf(points[nth]));
    return word(yearOf(points[nth]), (same[0] + same[same.length - 1]) / 2, foot);
  });
  const gaps = first.slice(1).filter((nth) => yearOf(points[nth]) - yearOf(points[nth - 1]) > 1).map((nth) => word("…", (xs[nth] + xs[nth - 1]) / 2, BASE - 3));
  const border = now >= 0 && now < points.length - 1 ? (xs[now] + xs[now + 1]) / 2 : null;
  const asOf = border === null ? null : svg("line", { x1: border, x2: border, y1: 2, y2: foot, class: "now" });
  const spoken = points.map((point, nth) => `${formatDate(point[0])}: ${amounts[nth]}`).join("; ");
  return svg("svg", { class: "chart", viewBox: `0 0 ${WIDTH} ${foot + 4}`, width: WIDTH, height: foot + 4, role: "img", "aria-label": spoken },
    svg("line", { x1: 0, x2: WIDTH, y1: BASE, y2: BASE, class: "axis" }), ...[asOf, ...bars, ...gaps, ...told, ...ends].filter(Boolean));
};

/** What hollow, hatched and light columns mean, where there are any. */
const legend = (list) => {
  const points = list.flatMap((series) => series.points);
  const said = [points.some((point) => point[2] === "low") && t("series.unsure"), points.some((point) => has(point, "part")) && t("series.part"),
    points.some((point) => has(point, "mirror")) && t("series.mirror"), points.some((point) => has(point, "later")) && t("series.beyond", formatDate((data.map || {}).asOf))];
  return said.some(Boolean) ? el("p", { class: "fine" }, said.filter(Boolean).join(currentLanguage() === "zh" ? "" : " ")) : null;
};

/** All figures of a series in words. */
const figures = ({ unit, points }, all) => el("details", { class: "figures" }, el("summary", {}, t("series.figures", formatNumber(points.length, 0))),
  factList(points.map((point) => {
    const [period, value, confidence, cites] = point;
    const said = [formatDate(period), has(point, "mirror") && t("series.trade_mirror"), has(point, "later") && t("series.later", formatDate((data.map || {}).asOf)), confidence === "low" && t("confidence.low")];
    return { of: said.filter(Boolean).join(" · "), value, unit, more: has(point, "more_than"), sources: cites.map((nth) => all[nth]) };
  })));

/** Charts of all series of a feature, whose points name their sources by the place in a list. */
export const chartsOf = (list, sources) => {
  if (!(list || []).length) return null;
  return el("div", { class: "charts" }, list.map((series) => el("figure", {},
    el("figcaption", {}, t(series.label), el("span", { class: "unit" }, ` ${unitWord(series.unit)}`)),
    draw(series), figures(series, sources))), legend(list));
};
