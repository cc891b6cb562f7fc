/* The parts of the legend: rows with a checkbox and a count. They are updated in place. */
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
