/* What is selected: a button for each condition, which ends it, and one that ends all. */
import { el, present } from "../dom.ts";
import { filters } from "../payload/filters.ts";
import { t } from "../payload/text.ts";
import { ownYear } from "../state/filter.ts";
import { follow, getState, propose } from "../state/state.ts";
import type { Filter } from "../types/facets.ts";
import type { Change, State } from "../types/state.ts";
import { isOwn, wordsOf } from "./filters.ts";

const MOST = 3; // values that are named

/** A condition in words, and the change that ends it. */
export interface Ended {
  words: string;
  end: Change;
}

const wordsOfFilter = (filter: Filter, wanted: string[] | string): string => {
  const title = OWN && isOwn(filter) ? filter.property : t(`filter.${filter.property}`);
  if (OWN && typeof wanted === "string") return `${title}: ${wanted.replace("..", "–")}`;
  const named = [wanted]
    .flat()
    .slice(0, MOST)
    .map((value) => wordsOf(filter, value));
  return `${title}: ${named.join(", ")}${wanted.length > MOST ? ` +${wanted.length - MOST}` : ""}`;
};

/** The conditions of a state. */
export const conditionsNow = ({ filters: asked, year }: State): Ended[] => {
  const chosen = filters.filter(({ property }) => Object.hasOwn(asked, property));
  const ends = chosen.map((filter): Ended => {
    const { [filter.property]: wanted, ...others } = asked;
    return { words: wordsOfFilter(filter, wanted), end: { filters: others } };
  });
  return ownYear(year) ? ends : [...ends, { words: `${t("filter.year")}: ${year}`, end: { year: null } }];
};

export const buildConditions = (): HTMLElement => {
  const box = el("div", { class: "chips", role: "group" });
  const end = (change: Change) => (): void => {
    propose(change);
    (box.querySelector("button") ?? document.querySelector<HTMLElement>(".search input"))?.focus();
  };
  follow(["filters", "year", "lang"], () => {
    const chosen = conditionsNow(getState());
    const chips = chosen.map(({ words, end: change }) =>
      el("button", { type: "button", "aria-label": t("filter.remove", words), click: end(change) }, `${words} ×`),
    );
    const all = el(
      "button",
      { type: "button", class: "link", "data-clear": true, click: end({ filters: {}, year: null }) },
      t("filter.clear"),
    );
    box.hidden = !chips.length;
    box.setAttribute("aria-label", t("filter.active"));
    box.replaceChildren(...present([...chips, chips.length > 1 && all]));
  });
  return box;
};
