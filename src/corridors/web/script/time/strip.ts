/* The year of the map: typed, stepped, dragged along a chart, or played; and what opens or closes in it.
 *
 * A bundle of its own, which the page has as text and runs when the strip is first shown. */
import type { Children } from "../dom.ts";
import { aria, el, present, signButton } from "../dom.ts";
import { showFeature } from "../map/selection.ts";
import { focusCard } from "../panel/card.ts";
import { draw, leave, strip } from "../panel/time.ts";
import { data } from "../payload/data.ts";
import { countedMessage, formatDate, formatQuantity, nameOf, sentences, t } from "../payload/text.ts";
import { ownYear } from "../state/filter.ts";
import { getState, propose } from "../state/state.ts";
import {
  asOfYear,
  changesBetween,
  changesIn,
  inOrder,
  momentWords,
  runningIn,
  shownYear,
  span,
  unit,
} from "../state/years.ts";
import type { Feature } from "../types/payload.ts";
import type { Moment, State } from "../types/state.ts";
import { timeChart, timeTicks } from "./chart.ts";
import { fillDates } from "./dates.ts";

const PACE = 300; // milliseconds from one year to the next while the years are played
const STRIDES = [-5, -1, 1, 5];
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const [first, last] = span ?? [0, 0];

let timer = 0;

const choose = (year: number): void => {
  const within = Math.max(first, Math.min(last, year));
  propose({ year: within === asOfYear ? null : within, strip: true });
};

const step = (by: number): void => choose(shownYear(getState()) + by);

/** A date in words: of a year, its end. */
const dayOf = (moment: Moment): string => {
  const words = momentWords(moment);
  return words === String(moment) ? t("time.end", words) : words;
};

const amount = (value: number): string => formatQuantity({ value, unit, digits: 0 });

/** The choice of a second date, in words. */
const againstWords = (value: string): string =>
  value ? momentWords(value === "planned" ? value : Number(value)) : `${t("time.compare")} …`;

/** What is in operation on a date. */
const runningWords = (state: State, moment: Moment): string => {
  const { known, unknown } = runningIn(state, moment);
  const open = unknown > 0 && Number(moment) < asOfYear; // whether it ran then
  const told = [t("time.running", dayOf(moment), amount(open ? known : known + unknown))];
  if (open) told.push(t("time.unknown", amount(unknown)));
  return sentences(told);
};

const featureButton = (feature: Feature): HTMLElement => {
  const click = (): void => {
    showFeature(feature.id);
    focusCard(feature.id);
  };
  return el("button", { class: "link", click }, nameOf(feature));
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

/** What changes between two dates. What is planned has no end, so its changes come after the other date. */
const between = (state: State): HTMLElement => {
  const { opened, closed } = changesBetween(state);
  const [before, after] = inOrder(state.year, state.against).map((moment) => momentWords(moment));
  const opens = state.against === "planned" ? "time.opened.since" : "time.opened.between";
  const none = opened.length || closed.length ? null : el("p", { class: "fine" }, t("time.none.between"));
  return el(
    "div",
    {},
    [none, named(t(opens, before, after), opened), named(t("time.closed.between", before, after), closed)].flat(),
  );
};

const changes = (state: State): HTMLElement => {
  if (state.against !== null) return between(state);
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

/** What is in the strip. */
const fillStrip = (): void => {
  const slider = el("input", { type: "range", name: "year", min: first, max: last, step: 1, keydown: onKey });
  const slide = (): void => choose(Number(slider.value));
  slider.addEventListener("input", slide);
  const typed = (): void => {
    if (field.value && field.checkValidity()) choose(Number(field.value));
    else field.value = String(shownYear(getState()));
  };
  const field = el("input", { type: "number", min: first, max: last, step: 1, change: typed });
  const steps = STRIDES.map((by) => el("button", { click: () => step(by) }, (by > 0 ? "+" : "−") + Math.abs(by)));
  const player = el("button", { class: "play", click: play });
  const today = el("button", { class: "link", click: () => choose(asOfYear) });
  const close = signButton("close", { class: "icon", click: leave });
  const compare = el("select", { name: "against", change: () => propose({ against: compare.value || null }) });
  const chart = el("div", { class: "ground" });
  const told = el("p", { role: "status" });
  const list = el("div", {});
  const means = el("p", { class: "fine" });
  const leaveBy = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    leave();
    event.preventDefault();
  };
  strip.addEventListener("keydown", leaveBy);
  strip.append(
    el("div", { class: "steps" }, steps.slice(0, 2), field, steps.slice(2), player, compare, today, close),
    el("div", { class: "track" }, chart, slider, timeTicks()),
    el("div", { class: "said", tabindex: "0", role: "group" }, told, means, list),
  );
  draw(["layers", "filters"], (state) => chart.replaceChildren(timeChart(state)));
  draw(["lang"], () => {
    aria(strip, "label", t("time.title"));
    for (const node of [slider, field]) aria(node, "label", t("time.title"));
    for (const [nth, node] of steps.entries())
      node.setAttribute(
        "aria-label",
        countedMessage(STRIDES[nth] < 0 ? "time.earlier" : "time.later", Math.abs(STRIDES[nth])),
      );
    aria(close, "label", t("ui.close"));
    today.textContent = formatDate(data.map.asOf ?? "");
  });
  draw(["lang", "year", "against", "layers", "filters"], (state) => {
    const year = shownYear(state);
    const words = runningWords(state, year);
    slider.value = String(year);
    aria(slider, "valuetext", words);
    field.value = String(year);
    told.textContent = sentences(present([words, state.against !== null && runningWords(state, state.against)]));
    const dates = ["", asOfYear, year, state.against ?? "", "planned"];
    const options = [...new Set(dates.map(String))].map((value) => el("option", { value }, againstWords(value)));
    compare.replaceChildren(...options);
    compare.value = String(state.against ?? "");
    aria(compare, "label", t("time.compare"));
    today.hidden = ownYear(year);
    player.textContent = t(still.matches ? "time.next" : "time.play");
    list.replaceChildren(changes(state));
    means.hidden = ownYear(year);
    means.textContent = t(year < asOfYear ? "time.means" : "time.means.later", year, formatDate(data.map.asOf ?? ""));
  });
  for (const kind of ["pointerdown", "keydown", "wheel"]) document.addEventListener(kind, stopOn, true);
};

fillStrip();
fillDates();
