/* Scenarios: the chosen one, the position of the slider between before and after, and the tables of changes. */
import { aria, type Child, el, present } from "../dom.ts";
import { showFeature } from "../map/selection.ts";
import { focusCard } from "../panel/card.ts";
import {
  countedMessage,
  formatNumber,
  formatPercent,
  formatQuantity,
  nameOf,
  pick,
  sentences,
  t,
} from "../payload/text.ts";
import { chosenScenario, scenarioFeatures, scenarios } from "../state/scenario.ts";
import { follow, propose } from "../state/state.ts";
import type { Feature } from "../types/payload.ts";
import type { State } from "../types/state.ts";

const MOST = 10; // rows of the table
const BARS = 62; // pixels of the longest bar
const EFFECTS = ["better", "worse", "joined", "cut"] as const;

const sliderWords = (after: number): string => {
  if (after === 0) return t("scenario.before");
  return after === 100 ? t("scenario.after") : formatPercent(after);
};

/** The control on the map: the scenario, and the slider between before and after; null on a page without. */
export const buildScenarioControl = (): HTMLElement | null => {
  if (!scenarios.length) return null;
  const options = scenarios.map(({ id }) => el("option", { value: id }));
  const select = el(
    "select",
    { name: "scenario", change: () => propose({ scenario: select.value, selected: null }) },
    options,
  );
  const slide = (): unknown => propose({ after: Number(slider.value) });
  const slider = el("input", { type: "range", name: "after", min: 0, max: 100, step: 5, input: slide });
  const endButton = (key: string, after: number): HTMLElement => {
    const node = el("button", { class: "link", "data-say": key, click: () => propose({ after }) });
    follow(["lang"], () => {
      node.textContent = t(key);
    });
    return node;
  };
  const [before, after] = [endButton("scenario.before", 0), endButton("scenario.after", 100)];
  follow(["lang", "scenario", "after"], (state) => {
    for (const [nth, { title }] of scenarios.entries()) options[nth].textContent = pick(title);
    select.value = state.scenario ?? "";
    aria(select, "label", t("scenario.choose"));
    slider.value = String(state.after);
    aria(slider, "label", t("scenario.slider"));
    aria(slider, "valuetext", sliderWords(state.after));
  });
  return el(
    "div",
    { class: "controls beforeafter", "data-blocks": true },
    select,
    el("div", { class: "slide" }, before, slider, after),
  );
};

/** A button with a feature's name that selects it. */
const featureButton = (feature: Feature): HTMLElement => {
  const click = (): void => {
    showFeature(feature.id);
    focusCard();
  };
  return el("button", { class: "link", click }, nameOf(feature));
};

/** The figures of a pair, in km, by their kind: before, after, saved, added. */
const figuresOf = (feature: Feature): Partial<Record<"before" | "after" | "saved" | "added", number>> =>
  Object.fromEntries((feature.headline ?? []).map(({ label, value }) => [label.replace("scenario.", ""), value]));

/** The change of a pair, in km; its whole length if it is joined or cut off. */
const sizeOf = (feature: Feature): number => {
  const { before, after, saved, added } = figuresOf(feature);
  return saved || added || after || before || 0;
};

const gainWords = ({ saved, added }: ReturnType<typeof figuresOf>): string => {
  if (saved) return `−${formatNumber(saved, 0)}`;
  return added ? `+${formatNumber(added, 0)}` : "";
};

const cell = (...children: Child[]): HTMLElement => el("td", { class: "figure" }, children);

const pairRow = (feature: Feature, most: number): HTMLElement => {
  const figures = figuresOf(feature);
  const bar = el("span", { class: `bar ${feature.change}` });
  bar.style.width = `${Math.max(1, Math.round((BARS * sizeOf(feature)) / most))}px`;
  const gain = gainWords(figures);
  const [before, after] = [figures.before, figures.after].map((km) =>
    cell(km === undefined ? t("scenario.none") : formatNumber(km, 0)),
  );
  const change = el("td", { class: "gain" }, bar, gain ? el("span", { class: "figure" }, gain) : null);
  return el("tr", {}, el("th", { scope: "row" }, featureButton(feature)), before, after, change);
};

const head = (...keys: string[]): HTMLElement => {
  const cells = keys.map((key, nth) => el("th", { scope: "col", class: nth ? "figure" : null }, key ? t(key) : ""));
  return el("thead", {}, el("tr", {}, cells));
};

const table = (caption: string, keys: string[], rows: HTMLElement[]): HTMLElement =>
  el("table", { class: "most" }, el("caption", {}, t(caption)), head(...keys), el("tbody", {}, rows));

const pairTable = (state: State): HTMLElement => {
  const pairs = scenarioFeatures(state, "pairs/")
    .sort((a, b) => (a.nth ?? 0) - (b.nth ?? 0))
    .slice(0, MOST);
  const most = Math.max(...pairs.map(sizeOf));
  return table(
    "scenario.most",
    ["scenario.pair", "scenario.before", "scenario.after", ""],
    pairs.map((pair) => pairRow(pair, most)),
  );
};

const gateTable = (state: State): HTMLElement | null => {
  const gates = scenarioFeatures(state, "gateways/");
  if (!gates.length) return null;
  const rows = gates.map((gate) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, featureButton(gate)),
      (gate.share ?? []).map((share) => cell(formatPercent(share))),
    ),
  );
  return table("scenario.gateways", ["kind.gateway", "scenario.before", "scenario.after"], rows);
};

/** The number of pairs that come nearer, go farther, are joined or cut off, without zeros; and the sum. */
const summary = (state: State): HTMLElement => {
  const { totals, ends } = chosenScenario(state);
  const counts = EFFECTS.filter((effect) => totals[effect]).map((effect) =>
    countedMessage(`scenario.count.${effect}`, totals[effect]),
  );
  const said = [
    countedMessage("scenario.counts", totals.pairs, counts.join(t("list.and")) || t("scenario.count.none")),
  ];
  const sum =
    (totals.saved_km > 0 ? "−" : "+") + formatQuantity({ value: Math.abs(totals.saved_km), unit: "km", digits: 0 });
  if (totals.better || totals.worse) said.push(t("scenario.sum", sum));
  if (ends.length) said.push(t("scenario.loose_ends", ends.map(pick).join(t("list.and"))));
  return el("p", {}, sentences(said));
};

/** The effect of the chosen scenario, for the panel; null on a page without scenarios. */
export const buildScenario = (): HTMLElement | null => {
  if (!scenarios.length) return null;
  const box = el("section", { class: "scenario" });
  follow(["lang", "scenario"], (state) => {
    const title = pick(chosenScenario(state).title);
    aria(box, "label", title);
    const assumed = el("p", { class: "fine" }, t("scenario.assumed"));
    box.replaceChildren(...present([el("h2", {}, title), summary(state), pairTable(state), gateTable(state), assumed]));
  });
  return box;
};
