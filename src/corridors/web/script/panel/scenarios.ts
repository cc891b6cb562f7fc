/* Scenarios: which one is chosen, how far the slider stands between before and after, and what the two are drawn with. */
import { el } from "../dom.ts";
import { showFeature } from "../map/selection.ts";
import { focusCard } from "./card.ts";
import { countedMessage, currentLanguage, formatNumber, formatPercent, formatQuantity, nameOf, pick, t } from "../payload/text.ts";
import { chosenScenario, scenarioFeatures, scenarios } from "../state/scenario.ts";
import { follow, propose } from "../state/state.ts";

const MOST = 10; // rows of the table
const BARS = 62; // pixels of the longest bar

// --- the control on the map ---

export const buildScenarioControl = () => {
  if (!scenarios.length) return null;
  const select = el("select", { name: "scenario", change: () => propose({ scenario: select.value, selected: null }) },
    scenarios.map((entry) => el("option", { value: entry.id })));
  const slider = el("input", { type: "range", name: "after", min: 0, max: 100, step: 5, input: () => propose({ after: Number(slider.value) }) });
  const word = (key, at) => el("button", { type: "button", class: "link", "data-say": key, click: () => propose({ after: at }) });
  const ends = [word("scenario.before", 0), word("scenario.after", 100)];
  follow(["lang", "scenario", "after"], (state) => {
    [...select.options].forEach((option, nth) => { option.textContent = pick(scenarios[nth].title); });
    select.value = state.scenario;
    select.setAttribute("aria-label", t("scenario.choose"));
    slider.value = String(state.after);
    slider.setAttribute("aria-label", t("scenario.slider"));
    slider.setAttribute("aria-valuetext", state.after === 0 ? t("scenario.before") : state.after === 100 ? t("scenario.after") : formatPercent(state.after));
    ends.forEach((node) => { node.textContent = t(node.dataset.say); });
  });
  return el("div", { class: "controls beforeafter", "data-blocks": true }, select, el("div", { class: "slide" }, ends[0], slider, ends[1]));
};

// --- the tables of the panel ---

const figures = (feature) => Object.fromEntries((feature.headline || []).map(({ label, value }) => [label.replace("scenario.", ""), value]));

const pairRow = (feature, most) => {
  const { before, after, saved, added } = figures(feature);
  const size = saved || added || after || before;
  const bar = el("span", { class: `bar ${feature.change}` });
  bar.style.width = `${Math.max(1, Math.round((BARS * size) / most))}px`;
  const amount = saved ? `−${formatNumber(saved, 0)}` : added ? `+${formatNumber(added, 0)}` : "";
  const cell = (km) => el("td", { class: "figure" }, km === undefined ? t("scenario.none") : formatNumber(km, 0));
  const name = el("button", { type: "button", class: "link", click: () => { showFeature(feature.id); focusCard(); } }, nameOf(feature));
  return el("tr", {}, el("th", { scope: "row" }, name), cell(before), cell(after), el("td", { class: "gain" }, bar, amount ? el("span", { class: "figure" }, amount) : null));
};

const head = (...keys) => el("thead", {}, el("tr", {}, keys.map((key, nth) => el("th", { scope: "col", class: nth ? "figure" : null }, key ? t(key) : ""))));

const pairTable = (state) => {
  const rows = scenarioFeatures(state, "pairs/").sort((a, b) => a.nth - b.nth).slice(0, MOST);
  const sizes = rows.map((feature) => { const { before, after, saved, added } = figures(feature); return saved || added || after || before; });
  return el("table", { class: "most" }, el("caption", {}, t("scenario.most")), head("scenario.pair", "scenario.before", "scenario.after", ""),
    el("tbody", {}, rows.map((feature) => pairRow(feature, Math.max(...sizes)))));
};

const gateTable = (state) => {
  const rows = scenarioFeatures(state, "gateways/");
  if (!rows.length) return null;
  const show = (feature) => () => { showFeature(feature.id); focusCard(); };
  return el("table", { class: "most" }, el("caption", {}, t("scenario.gateways")), head("kind.gateway", "scenario.before", "scenario.after"),
    el("tbody", {}, rows.map((feature) => el("tr", {}, el("th", { scope: "row" }, el("button", { type: "button", class: "link", click: show(feature) }, nameOf(feature))),
      feature.share.map((share) => el("td", { class: "figure" }, formatPercent(share)))))));
};

/** How many pairs come nearer, go farther, are joined or cut off, as far as there are any; and what that adds up to. */
const summary = (state) => {
  const { totals, ends } = chosenScenario(state);
  const counts = ["better", "worse", "joined", "cut"].filter((effect) => totals[effect])
    .map((effect) => countedMessage(`scenario.count.${effect}`, totals[effect]));
  const said = [countedMessage("scenario.counts", totals.pairs, counts.join(t("list.and")) || t("scenario.count.none"))];
  const sum = (totals.saved_km > 0 ? "−" : "+") + formatQuantity({ value: Math.abs(totals.saved_km), unit: "km", digits: 0 });
  if (totals.better || totals.worse) said.push(t("scenario.sum", sum));
  if (ends.length) said.push(t("scenario.loose_ends", ends.map(pick).join(t("list.and"))));
  return el("p", {}, said.join(currentLanguage() === "zh" ? "" : " "));
};

export const buildScenario = () => {
  if (!scenarios.length) return null;
  const box = el("section", { class: "scenario" });
  follow(["lang", "scenario"], (state) => {
    box.setAttribute("aria-label", pick(chosenScenario(state).title));
    box.replaceChildren(...[el("h2", {}, pick(chosenScenario(state).title)), summary(state), pairTable(state), gateTable(state), el("p", { class: "fine" }, t("scenario.assumed"))].filter(Boolean));
  });
  return box;
};
