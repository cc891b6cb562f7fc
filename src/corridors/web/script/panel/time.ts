/* The button with the year, and the places of the strip of years and of the totals of two dates. What fills them runs when
 * they are first shown: time/strip.ts. */
import { parts } from "#parts/time";
import { aria, el, find, runScript } from "../dom.ts";
import { isBelow } from "../map/room.ts";
import { t } from "../payload/text.ts";
import { asksForStrip } from "../state/address.ts";
import { scenarios } from "../state/scenario.ts";
import { follow, getState, propose } from "../state/state.ts";
import { shownYear, span } from "../state/years.ts";
import type { State, StateKey } from "../types/state.ts";
import { arrange } from "./sheet.ts";

/** Whether the page has years to choose from. What a scenario changes has no years. */
const hasYears = Boolean(span) && !scenarios.length;

export const strip = el("section", { class: "time", id: "time", hidden: true });
export const dates = el("section", { class: "dates", hidden: true });
let button: HTMLElement | null = null; // opens the strip

const late = new Set<(state: State) => void>(); // what was not shown when the state changed

/** Follow keys of the state while the strip or the totals are shown. */
export const draw = (keys: StateKey[], render: (state: State) => void): void => {
  follow(keys, (state) => {
    if (!strip.hidden || state.against !== null || !dates.hidden) render(state);
    else late.add(render);
  });
  render(getState());
};

export const leave = (): void => {
  propose({ strip: false });
  button?.focus();
};

/** Fill the strip and the totals, once. */
const fill = (): void => {
  if (!strip.firstChild) runScript("time", parts());
};

/** Fill them while the reader looks at the map: the first change of year would take twice as long. */
export const prepareTime = (): void => {
  if (hasYears) (window.requestIdleCallback ?? window.setTimeout)(fill);
};

/** Beside a panel the map keeps its size and continues under the strip, so that nothing of it is drawn again. */
const giveHeight = (): void => find("#map").style.setProperty("--time", `${strip.offsetHeight}px`);

const show = (on: boolean): void => {
  if (on) {
    fill();
    for (const render of late) render(getState());
    late.clear();
  }
  strip.hidden = !on;
  aria(button, "expanded", on);
  giveHeight();
  if (isBelow()) arrange();
};

/** The button on the map that opens the strip; it says the shown year. */
export const buildYearButton = (): HTMLElement | null => {
  if (!hasYears) return null;
  const click = (): void => {
    propose({ strip: Boolean(strip.hidden) });
    if (!strip.hidden) strip.querySelector<HTMLElement>("[type=range]")?.focus();
  };
  const node = el("button", {
    class: "year",
    "aria-controls": "time",
    "aria-expanded": "false",
    click,
  });
  follow(["lang", "year"], (state) => {
    node.textContent = String(shownYear(state));
    node.title = t("time.title");
    aria(node, "label", `${node.title}: ${node.textContent}`);
  });
  button = node;
  return node;
};

/** The place of the totals of two dates, in the panel. */
export const buildDates = (): HTMLElement => dates;

/** The strip below the map; null on a page without years. */
export const buildTime = (): HTMLElement | null => {
  if (!hasYears) return null;
  new ResizeObserver(giveHeight).observe(strip); // its controls may take another line
  follow(["year", "against", "strip"], (state) => {
    const on = state.strip ?? asksForStrip(state);
    if (strip.hidden === on) show(on);
    if (state.against !== null) fill();
  });
  return strip;
};
