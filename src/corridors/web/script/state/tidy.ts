/* The parts of a change that the page knows. Unknown parts are left out. */
import { tidyRoute } from "../network/asked.ts";
import { placeOf } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { disputeOf } from "../payload/disputes.ts";
import { featureOf } from "../payload/features.ts";
import { filters } from "../payload/filters.ts";
import { rangeOf } from "../payload/ranges.ts";
import { isYear } from "../payload/years.ts";
import type { Filter } from "../types/facets.ts";
import type { Change, Point, State, View } from "../types/state.ts";
import { panelIn } from "./panel.ts";
import { rowsIn } from "./rows.ts";
import { tidyScenario } from "./scenario.ts";
import { storyIn } from "./story.ts";

/** Ids of classes. The id of a group or the name of a layer means all its classes. */
const classesOf = (names: string[]): string[] => {
  const groups = (data.map.groups ?? []).filter(({ id, layer }) => names.includes(id) || names.includes(layer));
  const wanted = new Set([...names, ...groups.flatMap(({ classes }) => classes)]);
  return Object.keys(data.classes).filter((id) => wanted.has(id));
};

const tidyView = (view: NonNullable<Change["view"]>): View | null => {
  const [lat, lng] = Array.isArray(view.center) ? view.center : [view.lat, view.lng];
  const tidied = { lat: Number(lat), lng: Number(lng), zoom: Number(view.zoom) };
  return Object.values(tidied).every(Number.isFinite) ? tidied : null;
};

const tidyYear = (year: unknown): number | null => (isYear(year) ? Number(year) : null);

const isPoint = (asked: unknown): asked is Point =>
  Array.isArray(asked) &&
  asked.length === 2 &&
  asked.every(Number.isFinite) &&
  Math.abs(asked[0]) <= 90 &&
  Math.abs(asked[1]) <= 360;

/** Whether the strip of years is open, and the points that are measured: each as it is asked for, or not at all. */
const tidyTools = ({ strip, measured }: Change): Partial<State> => ({
  ...(strip === null || typeof strip === "boolean" ? { strip } : {}),
  ...(measured === null ? { measured } : {}),
  ...(ATLAS && Array.isArray(measured) && measured.every(isPoint)
    ? { measured: measured.map(([lat, lon]): Point => [lat, lon]) }
    : {}),
});

/** The parts of a change that are percentages. */
const tidyShares = (change: Change): Partial<State> => {
  const shares = (["after", "split"] as const).filter((key) => key in change && Number.isFinite(Number(change[key])));
  return Object.fromEntries(shares.map((key) => [key, Math.max(0, Math.min(100, Math.round(Number(change[key]))))]));
};

/** A range as a text, or the values that a filter has; null if it has none of them. */
const tidyFilter = ({ values = [], range }: Filter, wanted: unknown): string[] | string | null => {
  const text = [wanted].flat().join();
  if (range) return rangeOf(text) ? text : null;
  if (!Array.isArray(wanted)) return null;
  const known = wanted.map(String).filter((value) => values.includes(value));
  return known.length || !wanted.length ? known : null;
};

const tidyFilters = (asked: Record<string, unknown>): State["filters"] =>
  Object.fromEntries(
    filters.flatMap((filter) => {
      const wanted = Object.hasOwn(asked, filter.property) ? tidyFilter(filter, asked[filter.property]) : null;
      return wanted === null ? [] : [[filter.property, wanted]];
    }),
  );

const tidySelected = (id: string | null | undefined): string | null =>
  featureOf(id)?.id ?? (id && (placeOf(id) || disputeOf(id)) ? id : null);

/** The part of the state that a change sets. */
export const tidy = (change: Change): Partial<State> => {
  const clean = { ...tidyShares(change), ...tidyTools(change) };
  const lang = change.lang ?? change.language;
  if (lang && data.langs.includes(lang)) clean.lang = lang;
  const view = change.view && tidyView(change.view);
  if (view) clean.view = view;
  if (Array.isArray(change.layers)) clean.layers = classesOf(change.layers);
  if (change.theme === "light" || change.theme === "dark") clean.theme = change.theme;
  if ("table" in change) clean.table = Boolean(change.table);
  if ("compare" in change) clean.compare = Boolean(change.compare);
  if ("year" in change) clean.year = tidyYear(change.year);
  if ("against" in change) clean.against = change.against === "planned" ? change.against : tidyYear(change.against);
  if ("selected" in change) clean.selected = tidySelected(change.selected);
  if ("scenario" in change) clean.scenario = tidyScenario(change.scenario);
  if (ROUTES && "route" in change) clean.route = tidyRoute(change.route);
  Object.assign(clean, rowsIn(change), panelIn(change), STORY ? storyIn(change) : {});
  if (change.filters) clean.filters = tidyFilters(change.filters);
  return clean;
};
