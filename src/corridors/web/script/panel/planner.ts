/* The place of the route planner in the panel. What fills it runs when it is first opened, or when a route is asked for:
 * planner/planner.ts. */
import { el, find, present, runScript, signButton } from "../dom.ts";
import { showRoute } from "../map/route.ts";
import { routeModes } from "../network/asked.ts";
import { isOpen, legsOf, routeCard } from "../network/card.ts";
import { coded, readNetwork } from "../network/network.ts";
import { placeOf } from "../network/places.ts";
import { plannedRoute } from "../network/planned.ts";
import { data } from "../payload/data.ts";
import { searcher } from "../payload/search.ts";
import { countriesOf, countryName, currentLanguage, formatNumber, formatQuantity, pick, t } from "../payload/text.ts";
import { follow, getState, propose } from "../state/state.ts";
import type { State, StateKey } from "../types/state.ts";
import { buildCombobox, hitOf } from "./combobox.ts";
import { factList, featureLink, headlineList } from "./facts.ts";
import { profileNode } from "./profile.ts";
import { sourcedNumber, sourceList, sourcesTitle } from "./sources.ts";

/** Follow keys of the state from now on, and draw the present state at once. */
const draw = (keys: StateKey[], render: (state: State) => void): void => {
  follow(keys, render);
  render(getState());
};

/** What the planner has from the page, so that the page has it only once. */
const partsFor = (box: HTMLElement) => ({
  ...{ box, buildCombobox, coded, countriesOf, countryName, currentLanguage, data, draw, el, factList, featureLink },
  ...{
    find,
    formatNumber,
    formatQuantity,
    getState,
    headlineList,
    hitOf,
    isOpen,
    legsOf,
    pick,
    placeOf,
    plannedRoute,
    present,
  },
  ...{
    profileNode,
    propose,
    readNetwork,
    routeCard,
    routeModes,
    searcher,
    showRoute,
    signButton,
    sourcedNumber,
    sourceList,
  },
  ...{ sourcesTitle, t },
});

export type PlannerParts = ReturnType<typeof partsFor>;

/** The planner, folded; null if the page has no network. */
export const buildPlanner = (): HTMLElement | null => {
  if (!data.network) return null;
  const title = el("span", { class: "words" });
  const unfold = (on: boolean): void => {
    if (on && !plan.firstChild) runScript("planner", { corridorsPlanner: partsFor(plan) });
    plan.hidden = !on;
    fold.setAttribute("aria-expanded", String(on));
  };
  const fold = el(
    "button",
    {
      type: "button",
      class: "fold",
      "data-fold": "planner",
      "aria-expanded": "false",
      click: () => unfold(plan.hidden === true),
    },
    el("span", { class: "arrow", "aria-hidden": "true" }),
    title,
  );
  const plan = el("div", { class: "plan", hidden: true });
  const box = el("section", { class: "group planner" }, el("div", { class: "group-head" }, fold), plan);
  follow(["lang"], () => {
    title.textContent = t("route.title");
    box.setAttribute("aria-label", t("route.title"));
  });
  follow(["route"], ({ route }) => {
    if (route) unfold(true);
  });
  return box;
};
