/* The years that a map can show: the first and the last with a date, what runs at the end of each, and what changes in it. */
import { data } from "../payload/data.ts";
import { features, kilometres } from "../payload/features.ts";
import { formatDate, t } from "../payload/text.ts";
import type { Feature } from "../types/payload.ts";
import type { Moment, State } from "../types/state.ts";
import type { Status } from "../types/vocabulary.ts";
import { isBefore, ownYear, passes, shownFeatures, statusIn } from "./filter.ts";

const yearsOf = ({ works_started, opened, since, closed }: Feature): number[] =>
  [works_started, opened, since, closed].flatMap((date) => (date ? Number(date.slice(0, 4)) : []));

/** The year of the map's date. */
export const asOfYear = Number(data.map.asOf?.slice(0, 4));

const dated = features.flatMap(yearsOf);

/** The first and the last year with a date; null on a map without dates. */
export const span: [first: number, last: number] | null =
  asOfYear && dated.length ? [Math.min(...dated), Math.max(asOfYear, ...dated)] : null;

/** The year that is shown: the chosen one, or that of the map's date. */
export const shownYear = ({ year }: Pick<State, "year">): number => year ?? asOfYear;

/** A date in words: the end of a year, the date of the map, or what is planned. */
export const momentWords = (moment: Moment | null): string => {
  if (moment === "planned") return t("time.planned");
  return ownYear(moment) ? formatDate(data.map.asOf ?? "") : String(moment);
};

/** The year that has the features of a date. */
export const yearAt = (moment: Moment | null): number | null =>
  moment === "planned" || ownYear(moment) ? null : moment;

/** The status on a date. What is planned is then in operation. */
export const statusAt = (feature: Feature, moment: Moment | null): Status | null => {
  const status = statusIn(feature, yearAt(moment));
  return moment === "planned" && status && status !== "suspended" ? "operational" : status;
};

/** Whether a feature is in operation on a date, and of its own class. */
const isRunning = (feature: Feature, moment: Moment | null): boolean =>
  statusAt(feature, moment) === "operational" && !isBefore(feature, yearAt(moment));

/** Whether it is not known if a feature existed in a year: it is in operation, but its opening has no date. */
export const isUnsure = (feature: Feature, year: number | null): boolean =>
  Boolean(feature.undated) && !ownYear(year) && Number(year) < asOfYear;

/** The status in a year, in words. */
export const statusWords = (feature: Feature, year: number | null): string =>
  [t(`status.${statusIn(feature, year) ?? feature.status}`), isUnsure(feature, year) ? t("time.unsure") : ""]
    .filter(Boolean)
    .join(t("list.and"));

export interface Running {
  /** Of features that opened in a known year, and in an unknown one. */
  known: number;
  unknown: number;
}

/** What is measured: kilometres, or features on a map without lengths. */
export const unit = features.some(({ km }) => km) ? "km" : "features";

const isDated = (feature: Feature): boolean => Boolean(feature.undated) || yearsOf(feature).length > 0;

const sizeOf = (feature: Feature): number =>
  unit === "km" ? (feature.whole ?? kilometres(feature) ?? 0) : Number(isDated(feature));

/** What is in operation on a date, of the classes and filters of a state. */
export const runningIn = (state: State, moment: Moment): Running => {
  const sum = { known: 0, unknown: 0 };
  for (const feature of shownFeatures({ ...state, year: yearAt(moment) })) {
    if (isRunning(feature, moment)) sum[feature.undated ? "unknown" : "known"] += sizeOf(feature);
  }
  return sum;
};

/** The same at the end of each year of the span. What runs changes only in the years that a feature has dates of. */
export const runningByYear = (state: State): Running[] => {
  const [first, last] = span ?? [0, -1];
  const sums = Array.from({ length: last - first + 1 }, () => ({ known: 0, unknown: 0 }));
  const on = new Set(state.layers);
  for (const feature of features) {
    const size = on.has(feature.class) ? sizeOf(feature) : 0;
    if (!size) continue;
    const turns = [first, asOfYear, asOfYear + 1, ...yearsOf(feature).flatMap((year) => [year, year + 1])];
    const starts = [...new Set(turns)].sort((a, b) => a - b);
    for (const [nth, year] of starts.entries()) {
      if (!isRunning(feature, year) || !passes(feature, { ...state, year })) continue;
      const end = Math.min(starts[nth + 1] ?? last + 1, last + 1);
      for (let at = year; at < end; at += 1) sums[at - first][feature.undated ? "unknown" : "known"] += size;
    }
  }
  return sums;
};

const isOf = (date: string | undefined, year: number): boolean => Boolean(date?.startsWith(String(year)));

const opensIn = (feature: Feature, year: number): boolean =>
  isOf(feature.since ?? feature.opened, year) && statusIn(feature, year) === "operational";

/** Whether a feature opens or closes in the chosen year. */
const isChanged = (feature: Feature, year: number | null): boolean =>
  year !== null && (opensIn(feature, year) || isOf(feature.closed, year));

/** The features of a state that open or close in a year. */
export const changesIn = (state: State, year: number): Record<"opened" | "closed", Feature[]> => {
  const there = shownFeatures({ ...state, year });
  return {
    opened: there.filter((feature) => opensIn(feature, year)),
    closed: there.filter(({ closed }) => isOf(closed, year)),
  };
};

/** The place of a date in time. What is planned is the latest. */
const orderOf = (moment: Moment | null): number =>
  moment === "planned" ? Number.POSITIVE_INFINITY : (moment ?? asOfYear);

/** Two dates, the earlier first. */
export const inOrder = (one: Moment | null, other: Moment | null): [Moment | null, Moment | null] =>
  orderOf(one) > orderOf(other) ? [other, one] : [one, other];

/** Whether a feature is in operation on one of two dates alone: on the later one, on the earlier one, or neither. */
export const changeBetween = (feature: Feature, dates: [Moment | null, Moment | null]): "opened" | "closed" | null => {
  if (feature.scenario) return null;
  const [before, after] = dates.map((moment) => isRunning(feature, moment));
  if (before === after) return null;
  return after ? "opened" : "closed";
};

/** The features of a state that open or close between its two dates, whatever its filter of status wants. */
export const changesBetween = (state: State): Record<"opened" | "closed", Feature[]> => {
  const dates = inOrder(state.year, state.against);
  const { status: _, ...filters } = state.filters;
  const there = dates.map((moment) => shownFeatures({ ...state, filters, year: yearAt(moment) }));
  const changed = (change: string, shown: Feature[]) => shown.filter((one) => changeBetween(one, dates) === change);
  return { opened: changed("opened", there[1]), closed: changed("closed", there[0]) };
};

/** Whether a feature is marked in a state: it opens or closes in its year, or between its two dates. */
export const isMarked = (feature: Feature, { year, against }: Pick<State, "year" | "against">): boolean =>
  against === null ? isChanged(feature, year) : changeBetween(feature, inOrder(year, against)) !== null;
