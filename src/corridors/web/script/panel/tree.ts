/* The legend that is also the layer tree: groups with counts, one checkbox per class, filters drawn as patterns. */
import { type Attributes, type Child, el, present, signButton } from "../dom.ts";
import { classSwatch, filterSwatch, patternSwatch } from "../look/symbols.ts";
import { data } from "../payload/data.ts";
import { features } from "../payload/features.ts";
import { formatNumber, pick, t } from "../payload/text.ts";
import { passes, shownFeatures, valuesOf } from "../state/filter.ts";
import { patternsOf } from "../state/patterns.ts";
import { follow, getState, propose } from "../state/state.ts";
import type { Filter, Group } from "../types/payload.ts";
import type { State } from "../types/state.ts";
import { openLayerCard } from "./card.ts";

const { groups = [], filters = [] } = data.map;
const filterKey = ({ property }: Filter): string => `filter ${property}`;
const open = new Map([
  ...groups.map((group) => [group.id, group.open !== false] as const),
  ...filters.map((filter) => [filterKey(filter), filter.open !== false] as const),
]);
let tree: HTMLElement;

const count = (number: number): HTMLElement => el("span", { class: "count" }, formatNumber(number, 0));

/** A row with a checkbox. */
interface Row {
  on: boolean;
  change: (on: boolean) => void;
  swatch: Child;
  words: string;
  number: number;
  /** The key by which the row is found again. */
  identity: Attributes;
}

const checkbox = ({ on, change, swatch, words, number, identity }: Row): HTMLElement => {
  const box = el("input", { type: "checkbox", ...identity, change: () => change(box.checked) });
  box.checked = on;
  return el("li", {}, el("label", {}, box, swatch, el("span", { class: "words" }, words), count(number)));
};

/** Rows under a heading that can fold them, with a link to more information beside it. */
const fold = (id: string, title: string, rows: HTMLElement[], ...beside: Child[]): HTMLElement => {
  const list = el("ul", { hidden: !open.get(id) }, rows);
  const turn = (): void => {
    open.set(id, !open.get(id));
    list.hidden = !open.get(id);
    toggle.setAttribute("aria-expanded", String(open.get(id)));
  };
  const shown = String(open.get(id));
  const toggle = el(
    "button",
    { type: "button", class: "fold", "aria-expanded": shown, "data-fold": id, click: turn },
    el("span", { class: "arrow", "aria-hidden": "true" }),
    el("span", { class: "words" }, title),
  );
  return el("div", { class: "group" }, el("div", { class: "group-head" }, toggle, beside), list);
};

const classRow = (id: string, state: State, counts: Map<string, number>): HTMLElement => {
  const change = (on: boolean): void => {
    const now = getState().layers.filter((other) => other !== id);
    propose({ layers: on ? [...now, id] : now });
  };
  const words = pick(data.classes[id].title);
  const [on, number] = [state.layers.includes(id), counts.get(id) ?? 0];
  return checkbox({ on, change, swatch: classSwatch(id), words, number, identity: { "data-class": id } });
};

const groupNode = (group: Group, state: State, counts: Map<string, number>): HTMLElement => {
  const title = pick(group.title);
  const ids = group.classes.filter((id) => id in data.classes);
  const total = ids.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0);
  const about = t("ui.about", title);
  const info = signButton("info", {
    class: "icon info",
    "aria-label": about,
    title: about,
    click: () => openLayerCard(group.id),
  });
  return fold(
    group.id,
    title,
    ids.map((id) => classRow(id, state, counts)),
    info,
    count(total),
  );
};

/** The number of features with each value of a filter, among those that all other filters show. */
const valueCounts = (property: string, state: State): Map<string, number> => {
  const on = new Set(state.layers);
  const counts = new Map<string, number>();
  for (const feature of features) {
    if (!on.has(feature.class) || feature.scenario || !passes(feature, state, property)) continue;
    for (const value of valuesOf(feature, property, state.year))
      counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  return counts;
};

const filterNode = (filter: Filter, state: State): HTMLElement => {
  const { property, values } = filter;
  const counts = valueCounts(property, state);
  const chosen = new Set(state.filters[property] ?? values);
  const rows = values.map((value) => {
    const change = (checked: boolean): void => {
      const next = values.filter((other) => (other === value ? checked : chosen.has(other)));
      const { [property]: _, ...others } = getState().filters;
      propose({ filters: next.length === values.length ? others : { ...others, [property]: next } });
    };
    const identity = { "data-filter": `${property}=${value}` };
    const [swatch, words] = [filterSwatch(property, value), t(`${property}.${value}`)];
    return checkbox({ on: chosen.has(value), change, swatch, words, number: counts.get(value) ?? 0, identity });
  });
  return fold(filterKey(filter), t(`filter.${property}`), rows);
};

/** The meaning of signs on the map that neither a class nor a filter for lines explains. */
const signsNode = (state: State): HTMLElement | null => {
  const told = new Set(filters.map(({ property }) => (property === "electrified" ? "hollow" : property)));
  const signs = patternsOf(shownFeatures(state))
    .filter(([name, , geometry]) => geometry === "point" || !told.has(name))
    .map(([name, value, geometry, words]) =>
      el("li", { "data-sign": words }, patternSwatch(geometry, { [name]: value }), el("span", {}, t(words))),
    );
  return signs.length ? el("div", { class: "group" }, el("ul", { class: "signs" }, signs)) : null;
};

const render = (state: State): void => {
  const counts = new Map<string, number>();
  for (const feature of features)
    if (passes(feature, state)) counts.set(feature.class, (counts.get(feature.class) ?? 0) + 1);
  const active = document.activeElement;
  const held = active instanceof HTMLElement && tree.contains(active) ? { ...active.dataset } : null;
  tree.setAttribute("aria-label", t("ui.layers"));
  tree.replaceChildren(
    ...groups.map((group) => groupNode(group, state, counts)),
    ...filters.map((filter) => filterNode(filter, state)),
    ...present([signsNode(state)]),
  );
  if (!held) return;
  // The rows were drawn again: return the focus to the row that had it.
  const rows = [...tree.querySelectorAll<HTMLElement>("input, button")];
  const same = rows.find((node) => Object.entries(held).some(([key, value]) => node.dataset[key] === value));
  same?.focus({ preventScroll: true });
};

export const buildTree = (): HTMLElement => {
  tree = el("section", { class: "tree" });
  follow(["lang", "layers", "filters", "year", "scenario"], render);
  return tree;
};
