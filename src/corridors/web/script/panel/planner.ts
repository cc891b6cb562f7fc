/* The place of the route planner in the panel. What fills it runs when it is first opened, or when a route is asked for:
 * planner/planner.ts. */
import { parts } from "#parts/planner";
import { aria, el, runScript } from "../dom.ts";
import { data } from "../payload/data.ts";
import { t } from "../payload/text.ts";
import { follow, getState } from "../state/state.ts";
import type { State, StateKey } from "../types/state.ts";
import { fold, settle } from "./folds.ts";

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
  const isUsed = (): boolean => getState().route !== null;
  const fill = (open: boolean): void => {
    if (!open || box) return;
    box = plan;
    runScript("planner", parts());
  };
  const plan = el("div", { class: "plan", hidden: true });
  const section = el("section", { class: "planner" });
  follow(["route"], () => settle("planner", isUsed, !plan.hidden));
  follow(["lang"], () => {
    aria(section, "label", t("route.title"));
    section.replaceChildren(fold({ id: "planner", title: t("route.title"), first: isUsed }, plan, [], fill));
  });
  return section;
};
