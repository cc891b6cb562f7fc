/* The card: what is known about the selected feature, or about one layer; every figure with its unit and its sources. */
import { factList, headlineList } from "./facts.ts";
import { el, signButton } from "../dom.ts";
import { inkOf, lineSwatch } from "../look/symbols.ts";
import { relabel } from "../map/labels.ts";
import { chartsOf } from "./chart.ts";
import { arrange } from "./sheet.ts";
import { sourceItem, sourcesOf } from "./sources.ts";
import { data } from "../payload/data.ts";
import { byId, features } from "../payload/features.ts";
import { countryName, currentLanguage, formatDate, formatQuantity, hasMessage, nameOf, pick, t } from "../payload/text.ts";
import { statusIn } from "../state/filter.ts";
import { follow, getState, propose } from "../state/state.ts";

let card = null;
let about = null; // id of the group whose layer card is open
let opener = null;

const accuracy = (metres) =>
  formatQuantity(metres >= 1000 ? { value: metres / 1000, unit: "km", digits: metres < 10000 && metres % 1000 ? 1 : 0 } : { value: metres, unit: "m", digits: 0 });

const status = (feature) => {
  if (feature.scenario) return null; // it changes what is there, and has no status of its own
  const now = statusIn(feature, getState().year) || feature.status;
  if (!now) return null;
  const later = feature.later ? t("card.later", formatDate(feature.later)) : null;
  const line = feature.geometry.t.endsWith("LineString");
  const style = (data.classes[feature.class] || {}).style || {};
  const sample = line ? lineSwatch(style, inkOf(feature.class), { ...feature, status: now, basis: feature.basis }) : null;
  if (now === "operational" && !later && !line) return null;
  return el("p", { class: "status" }, sample, el("span", {}, t(`status.${now}`), later ? ` · ${later}` : ""));
};

const precision = (feature) => {
  const said = [];
  if (feature.basis && hasMessage(`basis.text.${feature.basis}`)) said.push(t(`basis.text.${feature.basis}`));
  if (feature.accuracy_m) said.push(t("card.within", accuracy(feature.accuracy_m)));
  if (feature.confidence) said.push(t(`confidence.text.${feature.confidence}`));
  if (!said.length) return null;
  return [el("h3", {}, t("card.precision")), el("p", {}, said.map((words) => t("sentence", words)).join(currentLanguage() === "zh" ? "" : " "))];
};

const note = (text) => {
  if (!text) return null;
  const heading = t(currentLanguage() === "en" ? "card.note" : "card.note.english");
  return [el("h3", {}, heading), el("p", { lang: "en" }, text)];
};

const head = (over, title, local) => {
  const close = signButton("close", { class: "icon", "aria-label": t("ui.close"), click: dismiss });
  return el("div", { class: "card-head" }, el("p", { class: "over" }, over), close,
    el("h2", { id: "card-title", tabindex: "-1" }, title), local ? el("p", { class: "local" }, local) : null);
};

const featureCard = (feature) => {
  const title = nameOf(feature);
  const local = feature.name && feature.name.local && feature.name.local !== title ? feature.name.local : null;
  const kind = hasMessage(`kind.${feature.kind}`) ? t(`kind.${feature.kind}`) : pick((data.classes[feature.class] || {}).title);
  const where = (feature.country || []).map(countryName).filter((name) => name !== title).join(t("list.and"));
  const sources = feature.sources || [];
  const own = sources.slice(0, feature.own); // those of the feature itself, before those of single figures
  return [
    head([kind, where].filter(Boolean).join(" · "), title, local),
    el("div", { class: "card-body" },
      status(feature), headlineList(feature.headline, own, sources), chartsOf(feature.series, sources), factList(feature.facts, own),
      precision(feature), note(feature.note),
      sources.length ? [el("h3", {}, t("card.sources")), el("ul", { class: "sources" }, sources.map(sourceItem))] : null),
  ];
};

/** Whether a statistic by a property counts a feature. */
const counts = (feature, by) => {
  if (!by) return true;
  const [property, value] = by;
  return property === "gauge" || property === "commodity" ? feature.class.endsWith(`.${value}`) : [feature[property]].flat().includes(value);
};

/** What a statistic by a property is of, in words. */
const named = ([property, value]) => {
  if (property === "country") return countryName(value);
  return property === "gauge" ? `${value} mm` : t(`${property}.${value}`);
};

const layerCard = (group) => [
  head(t("card.layer"), pick(group.title), null),
  el("div", { class: "card-body" },
    factList(group.stats.map((stat) => ({ ...stat, ...(stat.by ? { of: named(stat.by) } : {}) })), (stat) => sourcesOf(features.filter((feature) => group.classes.includes(feature.class) && counts(feature, stat.by)))),
    group.precision ? [el("h3", {}, t("card.precision")), el("p", { lang: "en" }, group.precision)] : null,
    group.licence ? [el("h3", {}, t("card.licence")), el("p", { lang: "en" }, group.licence)] : null,
    group.credit ? [el("h3", {}, t("card.credit")), el("p", { lang: "en" }, group.credit)] : null),
];

const dismiss = () => {
  about = null;
  if (getState().selected) propose({ selected: null });
  else fill();
  if (opener && opener.isConnected) opener.focus();
  opener = null;
};

const fill = () => {
  const feature = byId.get(getState().selected);
  const group = ((data.map || {}).groups || []).find((entry) => entry.id === about);
  card.hidden = !feature && !group;
  card.replaceChildren(...(feature ? featureCard(feature) : group ? layerCard(group) : []).flat());
  card.scrollTop = 0;
  arrange();
  relabel();
};

/** Open the card of a group of layers. */
export const openLayerCard = (id) => {
  opener = document.activeElement;
  about = id;
  if (getState().selected) propose({ selected: null });
  about = id;
  fill();
  card.querySelector("h2").focus({ preventScroll: true });
};

/** Move the keyboard to the card, and back to where it was when the card closes. */
export const focusCard = () => {
  opener = document.activeElement;
  const title = card.querySelector("h2");
  if (title) title.focus({ preventScroll: true });
};

export const buildCard = () => {
  card = el("section", { class: "card", "data-blocks": true, "aria-labelledby": "card-title", hidden: true });
  follow(["selected", "lang", "year"], (state, changed) => {
    if (changed.has("selected")) about = null;
    fill();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !card.hidden && !event.defaultPrevented && !document.querySelector(".origin:popover-open")) dismiss();
  });
  return card;
};
