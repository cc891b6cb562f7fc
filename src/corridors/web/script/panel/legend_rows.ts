/* The parts of the legend: rows with a checkbox and a count, under headings that fold them. They are updated in place. */
import { type Attributes, type Child, el } from "../dom.ts";
import { formatNumber } from "../payload/text.ts";
import type { Counts } from "../state/counts.ts";
import type { State } from "../types/state.ts";

/** Bring a part up to date. The counts may come later than the state; until then the old ones stay. */
export type Update = (state: State, counts: Counts | null) => void;

/** What is on the page, and how it follows the state. */
export interface Part {
  node: HTMLElement;
  update: Update;
}

export const countNode = (of: (counts: Counts) => number): Part => {
  const node = el("span", { class: "count" });
  const update: Update = (_, counts) => {
    const words = counts ? formatNumber(of(counts), 0) : node.textContent;
    if (node.textContent !== words) node.textContent = words; // else the browser lays out what stays as it is
  };
  return { node, update };
};

/** A row with a checkbox. */
interface Row {
  swatch: Child;
  words: string;
  /** The key by which the row is found. */
  identity: Attributes;
  change: (on: boolean) => void;
  isOn: (state: State) => boolean;
  count: (counts: Counts) => number;
}

export const checkbox = ({ swatch, words, identity, change, isOn, count }: Row): Part => {
  const box = el("input", { type: "checkbox", ...identity, change: () => change(box.checked) });
  const number = countNode(count);
  const node = el(
    "li",
    {},
    el("label", {}, box, swatch, el("span", { class: "words", dir: "auto" }, words), number.node),
  );
  const update: Update = (state, counts) => {
    box.checked = isOn(state);
    number.update(state, counts);
  };
  return { node, update };
};

const open = new Map<string, boolean>();

/** Content under a heading that can fold it, with more beside the heading. `turned` is called when the reader folds it. */
export const fold = (
  { id, title, first }: { id: string; title: string; first: boolean },
  content: HTMLElement,
  beside: Child[] = [],
  turned?: (open: boolean) => void,
): HTMLElement => {
  const show = (): void => {
    const shown = open.get(id) ?? first;
    content.hidden = !shown;
    toggle.setAttribute("aria-expanded", String(shown));
  };
  const turn = (): void => {
    const shown = !(open.get(id) ?? first);
    open.set(id, shown);
    show();
    turned?.(shown);
  };
  const toggle = el(
    "button",
    { type: "button", class: "fold", "data-fold": id, click: turn },
    el("span", { class: "arrow", "aria-hidden": "true" }),
    el("span", { class: "words", dir: "auto" }, title),
  );
  show();
  return el("div", { class: "group" }, el("div", { class: "group-head" }, toggle, beside), content);
};
