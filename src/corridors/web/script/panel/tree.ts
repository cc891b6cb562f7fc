/* The legend that is also the layer tree: groups with counts, one checkbox per class, filters, signs. */
import { aria, el, present, signButton } from "../dom.ts";
import { classSwatch, patternSwatch } from "../look/symbols.ts";
import { data } from "../payload/data.ts";
import { filters } from "../payload/filters.ts";
import { pick, t } from "../payload/text.ts";
import { countsNow, followCounts } from "../state/counts.ts";
import { shownFeatures } from "../state/filter.ts";
import { patternsOf } from "../state/patterns.ts";
import { follow, getState, propose } from "../state/state.ts";
import type { Group } from "../types/payload.ts";
import { openLayerCard } from "./card.ts";
import { filterParts } from "./filters.ts";
import { fold } from "./folds.ts";
import { checkbox, countNode, type Part } from "./legend_rows.ts";

const { groups = [] } = data.map;
let parts: Part[] = [];

const sumOf = (ids: string[], classes: Map<string, number>): number =>
  ids.reduce((sum, id) => sum + (classes.get(id) ?? 0), 0);

/** The row of classes that are shown and hidden together, or of one. */
const classRow = (ids: string[]): Part => {
  const [first] = ids;
  const change = (on: boolean): void => {
    const now = getState().layers.filter((other) => !ids.includes(other));
    propose({ layers: on ? [...now, ...ids] : now });
  };
  return checkbox({
    swatch: classSwatch(first),
    words: pick(data.classes[first].title),
    identity: { "data-class": first },
    change,
    isOn: ({ layers }) => ids.some((id) => layers.includes(id)),
    count: ({ classes }) => sumOf(ids, classes),
  });
};

const groupPart = (group: Group): Part => {
  const title = pick(group.title);
  const ids = group.classes.filter((id) => id in data.classes);
  const total = countNode(({ classes }) => sumOf(ids, classes));
  const about = t("ui.about", title);
  const info = signButton("info", {
    class: "icon info",
    "aria-label": about,
    title: about,
    click: () => openLayerCard(group.id),
  });
  const rows = (group.together ? [ids] : ids.map((id) => [id])).map(classRow);
  const list = el(
    "ul",
    {},
    rows.map(({ node }) => node),
  );
  const { by } = group;
  const content = by === undefined ? list : el("div", {}, el("p", { class: "by", dir: "auto" }, by), list);
  const update: Part["update"] = (state, counts) => {
    for (const row of [total, ...rows]) row.update(state, counts);
  };
  return { node: fold({ id: group.id, title, first: group.open !== false }, content, [info, total.node]), update };
};

/** The meaning of signs on the map that neither a class nor a filter for lines explains. */
const signsPart = (): Part => {
  const list = el("ul", { class: "signs" });
  const node = el("div", { class: "group" }, list);
  const told = new Set(filters.map(({ property }) => (property === "electrified" ? "hollow" : property)));
  const update: Part["update"] = (state) => {
    const signs = patternsOf(shownFeatures(state))
      .filter(([name, , geometry]) => geometry === "point" || !told.has(name))
      .map(([name, value, geometry, words]) =>
        el("li", { "data-sign": words }, patternSwatch(geometry, { [name]: value }), el("span", {}, t(words))),
      );
    list.replaceChildren(...signs);
    node.hidden = !signs.length;
  };
  return { node, update };
};

const update = (): void => {
  const [state, counts] = [getState(), countsNow()];
  for (const part of parts) part.update(state, counts);
};

/** Build the tree, with charts below its first group. */
export const buildTree = (charts: HTMLElement | null): HTMLElement => {
  const tree = el("section", { class: "tree" });
  follow(["lang"], () => {
    parts = [...groups.map(groupPart), ...filterParts(filters), signsPart()];
    aria(tree, "label", t("ui.layers"));
    const [first, ...rest] = parts.map(({ node }) => node);
    tree.replaceChildren(...present([first, charts, ...rest]));
    update();
  });
  followCounts(update);
  return tree;
};
