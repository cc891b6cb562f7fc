/* What is selected: a button for each condition, which ends it, and one that ends all. */
import { aria, el, present } from "../dom.ts";
import { columnLayers } from "../payload/columns.ts";
import { filters } from "../payload/filters.ts";
import { formatNumber, t } from "../payload/text.ts";
import { defaultLayers } from "../state/address.ts";
import { isMeasured } from "../state/condition.ts";
import { ownYear, shownFeatures } from "../state/filter.ts";
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

/** The buttons that help where nothing is shown: what each condition hides, the map's own layers, or else all at once. */
export const remedies = (state: State): HTMLElement[] => {
  const own = { layers: defaultLayers };
  const seen = (change: Change): number => shownFeatures({ ...state, ...change } as State).filter(isMeasured).length;
  const known = !(OWN && columnLayers.length); // the worker alone knows how many rows another state would show
  const button = (words: string, end: Change): HTMLElement =>
    el("button", { class: "link", "data-without": true, click: () => propose(end) }, words);
  const ends = conditionsNow(state).map(({ words, end }): [string, Change] => [
    known ? t("filter.without", words, formatNumber(seen(end), 0)) : t("filter.remove", words),
    end,
  ]);
  if (state.layers.join() !== defaultLayers.join()) ends.push([t("filter.layers"), own]);
  const helping = ends.filter(([, end]) => !known || seen(end));
  const all: [string, Change] = [t("filter.reset"), { ...own, filters: {}, year: null }];
  return (helping.length ? helping : [all]).map(([words, end]) => button(words, end));
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
      el("button", { "aria-label": t("filter.remove", words), click: end(change) }, `${words} ×`),
    );
    const all = el(
      "button",
      { class: "link", "data-clear": true, click: end({ filters: {}, year: null }) },
      t("filter.clear"),
    );
    box.hidden = !chips.length;
    aria(box, "label", t("filter.active"));
    box.replaceChildren(...present([...chips, chips.length > 1 && all]));
  });
  return box;
};
