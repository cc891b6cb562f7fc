/* The points of series over time, and the figures of a card in an earlier year than the map's. */
import type { Fact, Feature, Figure } from "../types/payload.ts";
import type { Point, Series } from "../types/series.ts";

/** Figures at the head of a card, and the series that they are taken from, if it has another name. */
const SERIES: Record<string, string | undefined> = {
  "fact.trade_usd": "series.trade",
  "fact.trade_region": "series.trade_region",
};

export const yearOf = ([period]: Point): string => period.slice(0, 4);
export const marksOf = ([, , , , marks = ""]: Point): string[] => marks.split(" ").filter(Boolean);
export const has = (point: Point, mark: string): boolean => marksOf(point).includes(mark);

/** The last day of a period. For comparison as text, each month may have 31 days. */
const endOf = (period: string): string => {
  const end = period.slice(period.indexOf("/") + 1);
  return end + "-12-31".slice(end.length - 4);
};

/** The figure to quote in a year before the map's: of the last whole year until then, else of the last part of one. */
export const quotedIn = (points: Point[], year: number): Point | undefined => {
  const rank = (point: Point): string => Number(!has(point, "part")) + endOf(point[0]);
  const own = points.filter((point) => !has(point, "mirror") && endOf(point[0]) <= `${year}-12-31`);
  return own.reduce<Point | undefined>((best, point) => (best && rank(best) >= rank(point) ? best : point), undefined);
};

const digitsOf = (value: number): number => {
  if (Number.isInteger(value) || value >= 1000) return 0;
  return value < 10 ? 2 : 1;
};

/** A figure as of a year before the map's: from its series, or itself if it was known by then. */
const asOf = <T extends Figure | Fact>(
  figure: T,
  list: Series[],
  year: number,
  cite: (cites: number[]) => Partial<T>,
) => {
  const { label = "", unit, date = "" } = figure;
  const found = list.filter((one) => one.label === (SERIES[label] ?? label));
  const own = found.find((one) => one.unit === unit) ?? found[0];
  if (!own) return /^fact\.trade/.test(label) || endOf(date) > `${year}-12-31` ? [] : figure;
  const point = quotedIn(own.points, year);
  if (!point) return [];
  const [period, value, , cites] = point;
  const shown = { label, value, unit: own.unit, digits: digitsOf(value), date: period, more: has(point, "more_than") };
  return { ...shown, ...cite(cites) } as T;
};

/** The figures at the head of a card in a year before the map's: those of series as of then, without later ones. */
export const figuresIn = ({ headline = [], series = [] }: Feature, year: number): Figure[] =>
  headline.flatMap((figure) => asOf(figure, series, year, (cites) => ({ cites, until: year })));

/** The facts of a card in a year before the map's: figures of traffic as of then, without later ones. */
export const factsIn = ({ facts = [], series = [], sources = [] }: Feature, year: number): Fact[] =>
  facts.flatMap((fact) =>
    /^series\./.test(fact.label ?? "")
      ? asOf(fact, series, year, (cites) => ({ sources: cites.map((nth) => sources[nth]) }))
      : fact,
  );
