/* The place of the route planner in the panel. What fills it runs when it is first opened, or when a route is asked for:
 * planner/planner.ts. */
import { parts } from "#parts/planner";
import { el, runScript } from "../dom.ts";
import { data } from "../payload/data.ts";
import { t } from "../payload/text.ts";
import { follow, getState } from "../state/state.ts";
import type { State, StateKey } from "../types/state.ts";

/** Follow keys of the state from now on, and draw the present state at once. */
export const draw = (keys: StateKey[], render: (state: State) => void): void => {
  follow(keys, render);
  render(getState());
};

/** The place that the planner fills. */
export let box: HTMLElement;

/** The planner, folded; null if the page has no network. */
export const buildPlanner = (): HTMLElement | null => {
  if (!data.network) return null;
  const title = el("span", { class: "words" });
  const unfold = (on: boolean): void => {
    if (on && !plan.firstChild) {
      box = plan;
      runScript("planner", parts());
    }
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
  const section = el("section", { class: "group planner" }, el("div", { class: "group-head" }, fold), plan);
  follow(["lang"], () => {
    title.textContent = t("route.title");
    section.setAttribute("aria-label", t("route.title"));
  });
  follow(["route"], ({ route }) => {
    if (route) unfold(true);
  });
  return section;
};
