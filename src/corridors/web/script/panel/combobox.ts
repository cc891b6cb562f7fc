/* A text field with results below it: for typing, arrow keys, and choosing by keyboard or pointer. */
import { type Children, el } from "../dom.ts";
import { classSwatch } from "../look/symbols.ts";
import { data } from "../payload/data.ts";
import { foldName } from "../payload/folding.ts";
import { countriesOf, kindOf, nameOf, t } from "../payload/text.ts";
import type { Feature } from "../types/payload.ts";

/** The functions of a field. */
interface Options {
  id: string;
  type: "search" | "text";
  /** The features for a text. */
  find: (text: string) => Feature[];
  /** Called with the chosen feature. */
  choose: (feature: Feature) => void;
  /** Called with the typed text when the focus leaves the field. */
  leave?: (text: string) => void;
}

/** A result of a feature: its swatch, its name, its kind and its place. */
const hitOf = (feature: Feature): Children => {
  const swatch = feature.class in data.classes ? classSwatch(feature.class) : null;
  const rest = [kindOf(feature), countriesOf(feature.country)].filter(Boolean).join(" · ");
  return [swatch, el("span", { class: "words" }, nameOf(feature), el("small", {}, rest))];
};

/** Build a field. Returns its nodes, and name() to set its name in the current language. */
export const buildCombobox = ({ id, type, find, choose, leave }: Options) => {
  let hits: Feature[] = [];
  let active = -1;

  const close = (): void => {
    list.hidden = true;
    empty.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };

  const mark = (position: number): void => {
    active = position;
    for (const [nth, node] of [...list.children].entries()) node.setAttribute("aria-selected", String(nth === active));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", `${id}-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  };

  const take = (feature: Feature): void => {
    close();
    input.value = nameOf(feature);
    choose(feature);
  };

  const option = (feature: Feature, nth: number): HTMLElement => {
    const hold = (event: Event): void => event.preventDefault(); // the field keeps the focus
    const state = { role: "option", id: `${id}-${nth}`, "aria-selected": "false" };
    return el("li", { ...state, mousedown: hold, click: () => take(feature) }, hitOf(feature));
  };

  const look = (): void => {
    hits = find(input.value);
    const nothing = !hits.length && foldName(input.value) !== "";
    list.replaceChildren(...hits.map(option));
    list.hidden = !hits.length;
    empty.hidden = !nothing;
    empty.textContent = nothing ? t("search.empty", input.value.trim()) : "";
    input.setAttribute("aria-expanded", String(Boolean(hits.length)));
    mark(-1);
  };

  const step = (by: 1 | -1): void => {
    if (list.hidden) look();
    if (!hits.length) return;
    const from = active < 0 && by < 0 ? 0 : active;
    mark((from + by + hits.length) % hits.length);
  };

  /** Handle a key. Returns whether the key has a meaning here. */
  const answer = (key: string): boolean => {
    if (key === "ArrowDown") step(1);
    else if (key === "ArrowUp") step(-1);
    else if (key === "Enter" && hits.length && !list.hidden) take(hits[Math.max(0, active)]);
    else if (key === "Escape" && (!list.hidden || !empty.hidden)) close();
    else return false;
    return true;
  };

  const press = (event: KeyboardEvent): void => {
    if (answer(event.key)) event.preventDefault();
  };

  const focus = (): void => {
    if (input.value && type === "search") look();
  };

  const blur = (): void => {
    close();
    leave?.(input.value);
  };

  const about = { "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false" };
  const input = el("input", {
    type,
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    ...about,
    input: look,
    keydown: press,
    focus,
    blur,
  });
  const list = el("ul", { role: "listbox", id, hidden: true });
  const empty = el("p", { class: "empty", role: "status", hidden: true });
  const name = (words: string): void => {
    for (const node of [input, list]) node.setAttribute("aria-label", words);
    close();
  };
  return { input, list, empty, name };
};
