/* A text field with results below it: for typing, arrow keys, and choosing by keyboard or pointer. */
import { aria, type Child, el } from "../dom.ts";
import { classSwatch } from "../look/symbols.ts";
import { data } from "../payload/data.ts";
import { foldName } from "../payload/folding.ts";
import { dotted } from "../payload/isolated.ts";
import { countriesOf, kindOf, nameOf, t } from "../payload/text.ts";
import type { Feature } from "../types/payload.ts";

const FEWEST = 3; // letters to which a text without results is shortened, if that is at least half of it

/** A result: the name of a feature, what else is said of it, and its swatch. */
export interface Hit {
  id: string;
  name: string;
  rest: string;
  swatch: Child;
}

/** The functions of a field. */
interface Options {
  id: string;
  type: "search" | "text";
  /** The results for a text, now or later. */
  find: (text: string) => Hit[] | Promise<Hit[]>;
  /** Called with the chosen result. */
  choose: (hit: Hit) => void;
  /** Called with the typed text when the focus leaves the field. */
  leave?: (text: string) => void;
}

/** A feature as a result: its kind and its place are said too. */
export const hitOf = (feature: Feature): Hit => ({
  id: feature.id,
  name: nameOf(feature),
  rest: dotted(kindOf(feature), countriesOf(feature.country)),
  swatch: feature.class in data.classes ? classSwatch(feature.class) : null,
});

/** Build a field. Returns its nodes, and name() to set its name in the current language. */
export const buildCombobox = ({ id, type, find, choose, leave }: Options) => {
  let hits: Hit[] = [];
  let looking: Promise<void> | null = null; // while the results of the latest text are not there yet
  let active = -1;

  const close = (): void => {
    list.hidden = true;
    empty.hidden = true;
    aria(input, "expanded", false);
    mark(-1);
  };

  const mark = (position: number): void => {
    active = position;
    for (const [nth, node] of [...list.children].entries()) aria(node, "selected", nth === active);
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      aria(input, "activedescendant", `${id}-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  };

  const pick = (hit: Hit): void => {
    close();
    input.value = hit.name;
    choose(hit);
  };

  const option = (hit: Hit, nth: number): HTMLElement => {
    const hold = (event: Event): void => event.preventDefault(); // the field keeps the focus
    const state = { role: "option", id: `${id}-${nth}`, "aria-selected": "false" };
    const words = el("span", { class: "words", dir: "auto" }, hit.name, el("small", { dir: "auto" }, hit.rest));
    return el("li", { ...state, mousedown: hold, click: () => pick(hit) }, hit.swatch, words);
  };

  /** Show the results; if there are none, those of the longest beginning of the text that has some. */
  const show = (found: Hit[], shorter: string): void => {
    hits = found;
    const typed = input.value.trim();
    const nothing = foldName(typed) !== "" && (!hits.length || shorter !== typed);
    list.replaceChildren(...hits.map(option));
    list.hidden = !hits.length;
    empty.hidden = !nothing;
    empty.textContent = nothing ? t(hits.length ? "search.shorter" : "search.empty", typed, shorter) : "";
    aria(input, "expanded", Boolean(hits.length));
    mark(-1);
  };

  /** Show the results of the text. If they come later, those of the latest text win. */
  const look = (text = input.value.trim()): void => {
    const found = find(text);
    const take = (now: Hit[]): void => {
      if (now.length || [...text].length <= Math.max(FEWEST, input.value.length / 2)) show(now, text);
      else look([...text].slice(0, -1).join("").trim());
    };
    if (Array.isArray(found)) {
      take(found);
      return;
    }
    const mine = found.then((later) => {
      if (looking !== mine) return;
      looking = null;
      if (document.activeElement === input) take(later);
    });
    looking = mine;
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
    else if (key === "Enter" && looking) looking.then(() => answer(key));
    else if (key === "Enter" && hits.length && !list.hidden) pick(hits[Math.max(0, active)]);
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
    input: () => look(),
    keydown: press,
    focus,
    blur,
  });
  const list = el("ul", { role: "listbox", id, hidden: true });
  const empty = el("p", { class: "empty", role: "status", hidden: true });
  const name = (words: string): void => {
    for (const node of [input, list]) aria(node, "label", words);
    close();
  };
  return { input, list, empty, name };
};
