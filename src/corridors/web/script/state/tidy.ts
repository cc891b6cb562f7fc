/* What a change of the state asks for, as far as the page has it: everything unknown is left out. */
import { tidyRoute } from "../network/asked.ts";
import { data } from "../payload/data.ts";
import { byId } from "../payload/features.ts";
import { tidyScenario } from "./scenario.ts";

const THEMES = ["light", "dark"];
const classes = data.classes || {};

/** Ids of classes; the id of a group or the name of a layer stands for all its classes. */
const classesOf = (names) => {
  const wanted = new Set();
  for (const name of names) {
    if (classes[name]) wanted.add(name);
    for (const group of (data.map || {}).groups || []) {
      if (group.id === name || group.layer === name) group.classes.forEach((id) => wanted.add(id));
    }
  }
  return Object.keys(classes).filter((id) => wanted.has(id));
};

const tidyView = (view) => {
  const [lat, lng] = Array.isArray(view.center) ? view.center : [view.lat, view.lng];
  const zoom = Number(view.zoom);
  if (![lat, lng, zoom].every((value) => Number.isFinite(Number(value)))) return null;
  return { lat: Number(lat), lng: Number(lng), zoom };
};

const tidyYear = (year) => (year === null || year === "" || !Number.isInteger(Number(year)) ? null : Number(year));

const tidyFilters = (filters) =>
  Object.fromEntries(Object.entries(filters).filter(([, values]) => Array.isArray(values)).map(([property, values]) => [property, values.map(String)]));

/** The part of the state that a change sets. */
export const tidy = (change) => {
  const clean = {};
  const lang = change.lang ?? change.language;
  if (lang && (data.langs || []).includes(lang)) clean.lang = lang;
  const view = change.view && tidyView(change.view);
  if (view) clean.view = view;
  if (Array.isArray(change.layers)) clean.layers = classesOf(change.layers);
  if (THEMES.includes(change.theme)) clean.theme = change.theme;
  if ("table" in change) clean.table = Boolean(change.table);
  if ("compare" in change) clean.compare = Boolean(change.compare);
  if ("year" in change) clean.year = tidyYear(change.year);
  if ("selected" in change) clean.selected = byId.has(change.selected) ? change.selected : null;
  if ("scenario" in change) clean.scenario = tidyScenario(change.scenario);
  if ("after" in change && Number.isFinite(Number(change.after))) clean.after = Math.max(0, Math.min(100, Math.round(Number(change.after))));
  if ("route" in change) clean.route = tidyRoute(change.route);
  if (change.filters) clean.filters = tidyFilters(change.filters);
  return clean;
};
