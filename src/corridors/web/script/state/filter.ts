/* The features that the state shows, and their status in the chosen year. */
import { data } from "../payload/data.ts";
import { features } from "../payload/features.ts";
import type { Feature } from "../types/payload.ts";
import type { State } from "../types/state.ts";
import type { Status } from "../types/vocabulary.ts";

type Shown = Pick<State, "year" | "filters" | "scenario">;

const yearOf = (iso: string | null | undefined): number | null => (iso ? Number(iso.slice(0, 4)) : null);
const asOfYear = yearOf(data.map.asOf);

/** Whether a year is the map's own: none, or that of its date. */
export const ownYear = (year: number | null): boolean => year === null || year === asOfYear;

/** The status in a year before the opening: none, or that of the works. */
const unopenedIn = ({ works_started, opened }: Partial<Feature>, status: Status, year: number): Status | null => {
  const started = yearOf(works_started);
  if (started && started <= year && (opened || status === "under_construction")) return "under_construction";
  if (opened && status !== "planned" && status !== "under_construction") return null;
  return asOfYear && year < asOfYear ? null : status;
};

/**
 * The status in a year, or null if the feature did not exist (any more). Without a year: on the map's own date. What was
 * of another class before its date existed already.
 */
export const statusIn = (feature: Partial<Feature>, year: number | null): Status | null => {
  const status = feature.status ?? "operational";
  if (year === null || ownYear(year) || feature.before) return status;
  const opened = feature.since ?? feature.opened;
  const [since, closed] = [yearOf(opened), yearOf(feature.closed)];
  if (closed && closed < year) return null;
  if (since && since <= year) return status === "suspended" ? status : "operational";
  if (!since && status === "operational") return status;
  return unopenedIn({ works_started: feature.works_started, opened }, status, year);
};

/** Whether a year comes before the date from which a feature is of its class. */
export const isBefore = ({ before, since }: Feature, year: number | null): boolean =>
  Boolean(before) && !ownYear(year) && Number(year) < Number(yearOf(since));

/** The class in a year. On the map's own date, it is that of its last figure. */
export const classIn = (feature: Feature, year: number | null): string => {
  const { class: own, classes, before } = feature;
  if (before && isBefore(feature, year)) return before;
  return classes && !ownYear(year) ? (classes[String(year)] ?? classes[""] ?? own) : own;
};

/** The value, or the values, of a feature for a filter. */
export const valuesOf = (feature: Feature, property: string, year: number | null): unknown[] => {
  const value: unknown = property === "status" ? statusIn(feature, year) : Reflect.get(feature, property);
  return [value].flat().filter((one) => one !== undefined && one !== null && one !== "");
};

/** Whether a feature passes the filters: it has one of the wanted values of each. */
export const passes = (feature: Feature, { year, filters, scenario }: Shown, except?: string): boolean => {
  if (!statusIn(feature, year)) return false;
  if (feature.scenario) return feature.scenario === scenario; // changes have no properties for filters
  return Object.entries(filters).every(
    ([property, wanted]) =>
      property === except ||
      typeof wanted === "string" ||
      valuesOf(feature, property, year).some((value) => wanted.includes(String(value))),
  );
};

/** The features on the map now, in the order of the payload. */
export const shownFeatures = (state: State): Feature[] => {
  const on = new Set(state.layers);
  return features.filter((feature) => on.has(classIn(feature, state.year)) && passes(feature, state));
};
