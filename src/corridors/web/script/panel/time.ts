/* The year of the map below it: typed, stepped, dragged along a chart, or played; and what opens or closes in it. */
import { type Children, el, signButton } from "../dom.ts";
import { showFeature } from "../map/selection.ts";
import { data } from "../payload/data.ts";
import { formatDate, formatQuantity, nameOf, sentences, t } from "../payload/text.ts";
import { embedded } from "../state/address.ts";
import { ownYear } from "../state/filter.ts";
import { scenarios } from "../state/scenario.ts";
import { follow, getState, propose } from "../state/state.ts";
import { asOfYear, changesIn, runningIn, shownYear, span, unit } from "../state/years.ts";
import type { Feature } from "../types/payload.ts";
import type { State } from "../types/state.ts";
import { focusCard } from "./card.ts";
import { arrange } from "./sheet.ts";
import { timeChart, timeTicks } from "./time_chart.ts";

const PACE = 300; // milliseconds from one year to the next while the years are played
const STRIDES = [-5, -1, 1, 5];
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const [first, last] = span ?? [0, 0];

/** Whether the page has years to choose from. What a scenario changes has no years. */
export const hasYears = Boolean(span) && !scenarios.length;

let strip: HTMLElement;
let button: HTMLElement | null = null; // opens the strip
let open: boolean | null = null; // whether the reader has opened or closed the strip
let timer = 0;

const choose = (year: number): void => {
  open ??= true; // it stays while the reader uses it
  const within = Math.max(first, Math.min(last, year));
  propose({ year: within === asOfYear ? null : within });
};

const step = (by: number): void => choose(shownYear(getState()) + by);

/** The day that a year is shown of: its end, or the date of the map. */
const dayOf = (year: number): string => (ownYear(year) ? formatDate(data.map.asOf ?? "") : t("time.end", year));

const amount = (value: number): string => formatQuantity({ value, unit, digits: 0 });

/** What is in operation in the shown year. */
const runningWords = (state: State): string => {
  const year = shownYear(state);
  const { known, unknown } = runningIn(state, year);
  const open = unknown > 0 && year < asOfYear; // whether it ran then
  const told = [t("time.running", dayOf(year), amount(open ? known : known + unknown))];
  if (open) told.push(t("time.unknown", amount(unknown)));
  return sentences(told);
};

const featureButton = (feature: Feature): HTMLElement => {
  const click = (): void => {
    showFeature(feature.id);
    focusCard(feature.id);
  };
  return el("button", { type: "button", class: "link", click }, nameOf(feature));
};

/** A list of features under its name; nothing if there are none. */
const named = (words: string, list: Feature[]): Children =>
  list.length
    ? el(
        "div",
        { class: "changes" },
        el("h3", {}, words),
        el(
          "ul",
          {},
          list.map((one) => el("li", {}, featureButton(one))),
        ),
      )
    : null;

const changes = (state: State): HTMLElement => {
  const year = shownYear(state);
  const { opened, closed } = changesIn(state, year);
  const none = opened.length || closed.length ? null : el("p", { class: "fine" }, t("time.none", year));
  const opens = t(year > asOfYear ? "time.opens" : "time.opened", year);
  return el("div", {}, [none, named(opens, opened), named(t("time.closed", year), closed)].flat());
};

const stop = (): void => {
  window.clearInterval(timer);
  timer = 0;
  strip.classList.remove("playing");
};

/** The first later year in which something opens or closes; the last year if there is none. */
const nextChange = (state: State): number => {
  let year = shownYear(state) + 1;
  while (year < last && !Object.values(changesIn(state, year)).flat().length) year += 1;
  return year;
};

/** Play the years, from the first one if the last is shown. A reader who wants no motion gets the next change. */
const play = (): void => {
  if (timer) {
    stop();
    return;
  }
  const state = getState();
  if (shownYear(state) >= last) choose(first);
  else if (still.matches) choose(nextChange(state));
  if (still.matches) return;
  strip.classList.add("playing");
  timer = window.setInterval(() => {
    step(1);
    if (shownYear(getState()) >= last) stop();
  }, PACE);
};

/** Whatever the reader does ends the playing, except what ends it by itself. Escape then does nothing else. */
const stopOn = (event: Event): void => {
  const { key } = event as KeyboardEvent;
  const own = event.target instanceof Element && event.target.closest(key === " " ? ".play, .track" : ".play");
  if (!timer || (own && key !== "Escape")) return;
  stop();
  if (key === "Escape") event.preventDefault();
};

/** Keys of the slider: pages are steps of five years, and the space bar plays. Arrows are the browser's own. */
const onKey = (event: KeyboardEvent): void => {
  const by = { PageUp: 5, PageDown: -5 }[event.key];
  if (by) step(by);
  else if (event.key === " ") play();
  else return;
  event.preventDefault();
};

const show = (on: boolean): void => {
  strip.hidden = !on;
  button?.setAttribute("aria-expanded", String(on));
  if (!on) stop();
  arrange();
};

const turn = (on: boolean): void => {
  open = on;
  show(on);
};

const close = (): void => {
  turn(false);
  button?.focus();
};

/** The button on the map that opens the strip; it says the shown year. */
export const buildYearButton = (): HTMLElement | null => {
  if (!hasYears) return null;
  const click = (): void => {
    turn(Boolean(strip.hidden));
    if (!strip.hidden) strip.querySelector<HTMLElement>("[type=range]")?.focus();
  };
  const node = el("button", {
    type: "button",
    class: "year",
    "aria-controls": "time",
    "aria-expanded": "false",
    click,
  });
  follow(["lang", "year"], (state) => {
    node.textContent = String(shownYear(state));
    node.title = t("time.title");
    node.setAttribute("aria-label", `${node.title}: ${node.textContent}`);
  });
  button = node;
  return node;
};

/** The strip below the map; null on a page without years. */
export const buildTime = (): HTMLElement | null => {
  if (!hasYears) return null;
  const slider = el("input", { type: "range", name: "year", min: first, max: last, step: 1, keydown: onKey });
  const slide = (): void => choose(Number(slider.value));
  slider.addEventListener("input", slide);
  const typed = (): void => {
    if (field.value && field.checkValidity()) choose(Number(field.value));
    else field.value = String(shownYear(getState()));
  };
  const field = el("input", { type: "number", min: first, max: last, step: 1, change: typed });
  const steps = STRIDES.map((by) =>
    el("button", { type: "button", click: () => step(by) }, (by > 0 ? "+" : "−") + Math.abs(by)),
  );
  const player = el("button", { type: "button", class: "play", click: play });
  const today = el("button", { type: "button", class: "link", click: () => choose(asOfYear) });
  const leave = signButton("close", { class: "icon", click: close });
  const chart = el("div", { class: "ground" });
  const told = el("p", { role: "status" });
  const list = el("div", {});
  const means = el("p", { class: "fine" });
  const leaveBy = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    close();
    event.preventDefault();
  };
  strip = el(
    "section",
    { class: "time", id: "time", hidden: true, keydown: leaveBy },
    el("div", { class: "steps" }, steps.slice(0, 2), field, steps.slice(2), player, today, leave),
    el("div", { class: "track" }, chart, slider, timeTicks()),
    el("div", { class: "said", tabindex: "0", role: "group" }, told, list, means),
  );
  follow(["layers", "filters"], (state) => chart.replaceChildren(timeChart(state)));
  follow(["lang"], () => {
    strip.setAttribute("aria-label", t("time.title"));
    for (const node of [slider, field]) node.setAttribute("aria-label", t("time.title"));
    for (const [nth, node] of steps.entries())
      node.setAttribute("aria-label", t(STRIDES[nth] < 0 ? "time.earlier" : "time.later", Math.abs(STRIDES[nth])));
    leave.setAttribute("aria-label", t("ui.close"));
    today.textContent = formatDate(data.map.asOf ?? "");
  });
  follow(["lang", "year", "layers", "filters"], (state) => {
    const year = shownYear(state);
    const words = runningWords(state);
    slider.value = String(year);
    slider.setAttribute("aria-valuetext", words);
    field.value = String(year);
    told.textContent = words;
    today.hidden = ownYear(year);
    player.textContent = t(still.matches ? "time.next" : "time.play");
    list.replaceChildren(changes(state));
    means.hidden = ownYear(year);
    means.textContent = t(year < asOfYear ? "time.means" : "time.means.later", year, formatDate(data.map.asOf ?? ""));
  });
  follow(["year"], ({ year }) => {
    if (open === null && !embedded && strip.hidden !== (year === null)) show(year !== null);
  });
  for (const kind of ["pointerdown", "keydown", "wheel"]) document.addEventListener(kind, stopOn, true);
  return strip;
};
