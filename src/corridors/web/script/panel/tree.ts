/* The legend that is also the layer tree: groups with counts, one checkbox per class, filters drawn as patterns. */
import { el, signButton } from "../dom.ts";
import { classSwatch, filterSwatch } from "../look/symbols.ts";
import { openLayerCard } from "./card.ts";
import { data } from "../payload/data.ts";
import { features } from "../payload/features.ts";
import { formatNumber, pick, t } from "../payload/text.ts";
import { passes, statusIn } from "../state/filter.ts";
import { follow, getState, propose } from "../state/state.ts";

const map = data.map || {};
const groups = map.groups || [];
const filters = map.filters || [];
const open = new Map([...groups.map((group) => [group.id, group.open !== false]), ...filters.map((filter) => [`filter ${filter.property}`, filter.open !== false])]);
let tree = null;

const count = (number) => el("span", { class: "count" }, formatNumber(number, 0));

const checkbox = (on, change, swatch, words, number, identity) => {
  const box = el("input", { type: "checkbox", ...identity, change: (event) => change(event.target.checked) });
  box.checked = on;
  return el("li", {}, el("label", {}, box, swatch, el("span", { class: "words" }, words), count(number)));
};

const fold = (id, title, number, extra, rows) => {
  const shown = open.get(id);
  const list = el("ul", { hidden: !shown }, rows);
  const toggle = el("button", { type: "button", class: "fold", "aria-expanded": String(shown), "data-fold": id, click: () => {
    open.set(id, !open.get(id));
    list.hidden = !open.get(id);
    toggle.setAttribute("aria-expanded", String(open.get(id)));
  } }, el("span", { class: "arrow", "aria-hidden": "true" }), el("span", { class: "words" }, title));
  return el("div", { class: "group" }, el("div", { class: "group-head" }, toggle, extra, number === null ? null : count(number)), list);
};

const classRow = (id, state, counts) => {
  const entry = data.classes[id];
  const change = (on) => {
    const now = getState().layers.filter((other) => other !== id);
    propose({ layers: on ? [...now, id] : now });
  };
  return checkbox(state.layers.includes(id), change, classSwatch(id), pick(entry.title), counts.get(id) || 0, { "data-class": id });
};

const groupNode = (group, state, counts) => {
  const title = pick(group.title);
  const ids = group.classes.filter((id) => data.classes[id]);
  const total = ids.reduce((sum, id) => sum + (counts.get(id) || 0), 0);
  const info = signButton("info", { class: "icon info", "aria-label": t("ui.about", title), title: t("ui.about", title), click: () => openLayerCard(group.id) });
  return fold(group.id, title, total, info, ids.map((id) => classRow(id, state, counts)));
};

const valueOf = (feature, property, state) => (property === "status" ? statusIn(feature, state.year) : feature[property]);

const filterNode = (filter, state) => {
  const { property, values } = filter;
  const on = new Set(state.layers);
  const counts = new Map();
  for (const feature of features) {
    if (!on.has(feature.class) || feature.scenario || !passes(feature, state, property)) continue;
    for (const value of [valueOf(feature, property, state)].flat()) counts.set(value, (counts.get(value) || 0) + 1);
  }
  const chosen = new Set(state.filters[property] || values);
  const rows = values.map((value) => {
    const change = (checked) => {
      const next = values.filter((other) => (other === value ? checked : chosen.has(other)));
      const all = { ...getState().filters };
      if (next.length === values.length) delete all[property];
      else all[property] = next;
      propose({ filters: all });
    };
    return checkbox(chosen.has(value), change, filterSwatch(property, value), t(`${property}.${value}`), counts.get(value) || 0, { "data-filter": `${property}=${value}` });
  });
  return fold(`filter ${property}`, t(`filter.${property}`), null, null, rows);
};

const render = (state) => {
  const counts = new Map();
  for (const feature of features) if (passes(feature, state)) counts.set(feature.class, (counts.get(feature.class) || 0) + 1);
  const held = document.activeElement && tree.contains(document.activeElement) ? { ...document.activeElement.dataset } : null;
  tree.setAttribute("aria-label", t("ui.layers"));
  tree.replaceChildren(...groups.map((group) => groupNode(group, state, counts)), ...filters.map((filter) => filterNode(filter, state)));
  if (!held) return;
  // The rows were drawn anew: give the keyboard back to the row it was on.
  const same = [...tree.querySelectorAll("input, button")].find((node) => Object.entries(held).some(([key, value]) => node.dataset[key] === value));
  if (same) same.focus({ preventScroll: true });
};

export const buildTree = () => {
  tree = el("section", { class: "tree" });
  follow(["lang", "layers", "filters", "year", "scenario"], render);
  return tree;
};
