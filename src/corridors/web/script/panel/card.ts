/* The card: facts about the selected feature or about one layer. Every figure has its unit and its sources. */
import { ask } from "../columns/client.ts";
import { type Children, el } from "../dom.ts";
import { inkOf } from "../look/colours.ts";
import { lineSwatch } from "../look/symbols.ts";
import { relabel } from "../map/labels.ts";
import { placeOf } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { disputeOf } from "../payload/disputes.ts";
import { classOf, featureOf, features, isArea, isPoint } from "../payload/features.ts";
import { factsIn, figuresIn } from "../payload/points.ts";
import {
  countryName,
  currentLanguage,
  formatDate,
  formatQuantity,
  hasMessage,
  kindOf,
  nameOf,
  pick,
  sentences,
  t,
} from "../payload/text.ts";
import { statusIn } from "../state/filter.ts";
import { follow, getState, propose } from "../state/state.ts";
import { asOfYear, isUnsure, statusWords } from "../state/years.ts";
import type { Dispute } from "../types/basemap.ts";
import type { Fact, Feature, Group, StatisticKey } from "../types/payload.ts";
import type { Words } from "../types/vocabulary.ts";
import { cardHead } from "./card_head.ts";
import { chartsOf } from "./charts.ts";
import { factList, headlineList } from "./facts.ts";
import { profileNode } from "./profile.ts";
import { rowCard } from "./row_card.ts";
import { arrange } from "./sheet.ts";
import { sourceList, sourcesOf } from "./sources.ts";

let card: HTMLElement;
let about: string | null = null; // id of the group whose layer card is open
let opener: Element | null = null;
let shown: string | null = null; // id of the feature whose card is open
let awaited: string | null = null; // id of the row whose card shall get the keyboard when it is there
let asked = 0;

const accuracy = (metres: number): string => {
  if (metres < 1000) return formatQuantity({ value: metres, unit: "m", digits: 0 });
  return formatQuantity({ value: metres / 1000, unit: "km", digits: metres < 10000 && metres % 1000 ? 1 : 0 });
};

/** A heading with its content; nothing if there is no content. */
const section = (title: string, words: string | undefined, language?: string): Children =>
  words ? [el("h3", {}, t(title)), el("p", { lang: language }, words)] : null;

/** The remark about a feature. That about an imported feature may be in English alone. */
const remark = (words: Words | undefined): Children => {
  if (!words) return null;
  const own = words[currentLanguage()];
  return section(own ? "card.note" : "card.note.english", pick(words), own ? undefined : "en");
};

const statusNode = (feature: Feature): HTMLElement | null => {
  if (feature.scenario) return null; // it changes the map, and has no status of its own
  const { year } = getState();
  const status = statusIn(feature, year) ?? feature.status;
  if (!status) return null;
  const later = feature.later ? t("card.later", formatDate(feature.later)) : null;
  const line = !isArea(feature) && !isPoint(feature);
  if (status === "operational" && !later && !line && !isUnsure(feature, year)) return null;
  const sample = line ? lineSwatch(classOf(feature).style, inkOf(feature.class), { ...feature, status }) : null;
  return el("p", { class: "status" }, sample, el("span", {}, statusWords(feature, year), later ? ` · ${later}` : ""));
};

const precision = ({ basis, straight, accuracy_m: metres, confidence }: Feature): Children => {
  const said: string[] = [];
  const drawn = basis === "tracks" && straight ? "partly" : basis;
  if (drawn && hasMessage(`basis.text.${drawn}`)) said.push(t(`basis.text.${drawn}`));
  if (metres) said.push(t("card.within", accuracy(metres)));
  if (confidence) said.push(t(`confidence.text.${confidence}`));
  return section("card.precision", sentences(said.map((words) => t("sentence", words))));
};

const featureCard = (feature: Feature): HTMLElement[] => {
  const title = nameOf(feature);
  const { local } = feature.name;
  const where = (feature.country ?? [])
    .map(countryName)
    .filter((name) => name !== title)
    .join(t("list.and"));
  const sources = feature.sources ?? [];
  const { year } = getState();
  const earlier = year !== null && year < asOfYear;
  const own = sources.slice(0, feature.own); // the sources of the feature itself, before those of single figures
  return [
    cardHead(
      dismiss,
      [kindOf(feature), where].filter(Boolean).join(" · "),
      title,
      local && local !== title ? local : null,
    ),
    el(
      "div",
      { class: "card-body" },
      statusNode(feature),
      headlineList(earlier ? figuresIn(feature, Number(year)) : feature.headline, own, sources),
      RESULTS ? profileNode(feature.profile) : null,
      chartsOf(feature, year),
      factList(earlier ? factsIn(feature, Number(year)) : feature.facts, own),
      precision(feature),
      remark(feature.note),
      sources.length ? [el("h3", {}, t("card.sources")), sourceList(sources)] : null,
    ),
  ];
};

/** Whether a statistic by a property counts a feature. */
const counts = (feature: Feature, by?: StatisticKey): boolean => {
  if (!by) return true;
  const [property, value] = by;
  if (property === "gauge" || property === "commodity") return feature.class.endsWith(`.${value}`);
  return [Reflect.get(feature, property)].flat().includes(value);
};

/** The key of a statistic by a property, in words. */
const named = ([property, value]: StatisticKey): string => {
  if (property === "country") return countryName(value);
  return property === "gauge" ? `${value}\u00a0${t("unit.mm")}` : t(`${property}.${value}`);
};

const layerCard = ({ title, classes, stats, ...group }: Group): HTMLElement[] => {
  const facts = stats.map((stat) => (stat.by ? { ...stat, of: named(stat.by) } : stat));
  const sources = ({ by }: Fact) =>
    sourcesOf(features.filter((feature) => classes.includes(feature.class) && counts(feature, by)));
  return [
    cardHead(dismiss, t("card.layer"), pick(title), null),
    el(
      "div",
      { class: "card-body" },
      factList(facts, sources),
      section("card.precision", group.precision && pick(group.precision)),
      section("card.licence", group.licence, "en"),
      section("card.credit", group.credit, "en"),
    ),
  ];
};

const disputeCard = ({ name, note }: Dispute): HTMLElement[] => [
  cardHead(dismiss, t("card.dispute"), pick(name), null),
  el(
    "div",
    { class: "card-body" },
    section("card.dispute.note", pick(note)),
    el("p", { class: "fine" }, t("card.dispute.ground")),
  ),
];

const focusOn = (node: Element | null): void => {
  if (node instanceof HTMLElement && node.isConnected) node.focus();
};

const dismiss = (): void => {
  about = null;
  if (getState().selected) propose({ selected: null });
  else fill();
  focusOn(opener);
  opener = null;
};

const nodesNow = (): HTMLElement[] => {
  const { selected } = getState();
  const [feature, dispute] = [featureOf(selected), disputeOf(selected)];
  if (ATLAS && feature) return featureCard(feature);
  if (ATLAS && dispute) return disputeCard(dispute);
  const group = data.map.groups?.find((entry) => entry.id === about);
  return group ? layerCard(group) : [];
};

const put = (nodes: HTMLElement[]): void => {
  if (card.hidden && !nodes.length) return;
  card.hidden = !nodes.length;
  card.toggleAttribute("data-about", about !== null); // asked for, also while a story is told
  card.replaceChildren(...nodes);
  if (nodes.length) card.scrollTop = 0;
  arrange();
  relabel();
};

/** Fill the card. The worker has the facts of a row. */
const fill = async (): Promise<void> => {
  const { selected } = getState();
  const place = placeOf(selected);
  asked += 1;
  const now = asked;
  if (!OWN || !place) put(nodesNow());
  else {
    const facts = await ask("feature", place);
    if (now !== asked) return;
    put(rowCard(place, facts, dismiss));
  }
  shown = selected;
  if (awaited !== null && awaited === shown) focusTitle();
  awaited = null;
};

const focusTitle = (): void => card.querySelector("h2")?.focus({ preventScroll: true });

/** Move the keyboard to the card, and back to where it was when the card closes. */
export const focusCard = (id = shown): void => {
  opener = document.activeElement;
  if (id === shown) focusTitle();
  else awaited = id;
};

/** Open the card of a group of layers. */
export const openLayerCard = (id: string): void => {
  opener = document.activeElement;
  if (getState().selected) propose({ selected: null });
  about = id;
  fill();
  focusTitle();
};

export const buildCard = (): HTMLElement => {
  card = el("section", { class: "card", "data-blocks": true, "aria-labelledby": "card-title", hidden: true });
  follow(["selected", "lang", "year"], (_, changed) => {
    if (changed.has("selected")) about = null;
    fill();
  });
  document.addEventListener("keydown", (event) => {
    const open = !card.hidden && !document.querySelector(".origin:popover-open");
    if (event.key === "Escape" && open && !event.defaultPrevented) dismiss();
  });
  return card;
};
