/* Which features the state lets through, and in what status they stand in the chosen year. */
import { data } from "../payload/data.ts";
import { features } from "../payload/features.ts";

const asOfYear = Number(String((data.map || {}).asOf || "").slice(0, 4)) || null;
export const ownYear = (year) => year === null || year === asOfYear;
const yearOf = (iso) => (iso ? Number(String(iso).slice(0, 4)) : null);

/** The status in a year, or null where the feature did not exist (any more). Without a year: as of the map's own date. */
export const statusIn = (feature, year) => {
  const status = feature.status || "operational";
  if (ownYear(year)) return status;
  if (feature.only && feature.only !== year) return null; // what it shows is of one year
  const opened = yearOf(feature.since || feature.opened);
  const closed = yearOf(feature.closed);
  if (closed && closed < year) return null;
  if (opened && opened <= year) return status === "suspended" ? status : "operational";
  if (opened && status !== "planned" && status !== "under_construction") return null;
  if (!opened && status === "operational") return status;
  return asOfYear && year < asOfYear ? null : status;
};

/** Whether a feature passes the filters; one that lacks the property is not touched by its filter. */
export const passes = (feature, state, except) => {
  const status = statusIn(feature, state.year);
  if (!status) return false;
  if (feature.scenario) return feature.scenario === state.scenario; // what changes has no properties to be filtered by
  for (const [property, values] of Object.entries(state.filters)) {
    if (property === except) continue;
    const value = property === "status" ? status : feature[property];
    if (value === undefined || value === null || value === "") continue;
    const own = Array.isArray(value) ? value : [value];
    if (!own.some((item) => values.includes(String(item)))) return false;
  }
  return true;
};

export const isShown = (feature, state) => state.layers.includes(feature.class) && passes(feature, state);

/** The features on the map at the moment, in the order of the payload. */
export const shownFeatures = (state) => {
  const on = new Set(state.layers);
  return features.filter((feature) => on.has(feature.class) && passes(feature, state));
};

/** Kilometres of the shown lines by mode, and of rail by country. */
export const sumsOf = (lines) => {
  const mode = new Map();
  const country = new Map();
  for (const feature of lines) {
    for (const [iso, km] of Object.entries(feature.km || {})) {
      mode.set(feature.kind, (mode.get(feature.kind) || 0) + km);
      if (feature.kind === "rail") country.set(iso, (country.get(iso) || 0) + km);
    }
  }
  // Lengths are told to a tenth: so are their sums, and not what their binary fractions add up to.
  const tenth = ([key, km]) => [key, Math.round(km * 10) / 10];
  return { mode: new Map([...mode].map(tenth)), country: [...country].map(tenth).sort((a, b) => b[1] - a[1]) };
};
