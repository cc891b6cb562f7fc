/* Search over all names, in any script, with or without accents, in classes that are on or off. */
import { el } from "../dom.ts";
import { showFeature } from "../map/selection.ts";
import { focusCard } from "./card.ts";
import { buildCombobox } from "./combobox.ts";
import { features } from "../payload/features.ts";
import { foldName } from "../payload/folding.ts";
import { t } from "../payload/text.ts";
import { follow } from "../state/state.ts";

const MOST = 8;

const entryOf = (feature) => {
  // "Horgos (Khorgos)" is one place with two names; its second counts a little less than a name of its own.
  const given = Object.values(feature.name || {}).filter(Boolean);
  const pairs = given.map((name) => /^(.*\S)\s*[(（]([^()（）]+)[)）]$/.exec(name)).filter(Boolean);
  const names = [...new Set([...given, ...pairs.map((pair) => pair[1])].map(foldName))];
  const others = pairs.map((pair) => foldName(pair[2]));
  const codes = [feature.id, ...(feature.codes || []), ...(feature.facts || []).filter((fact) => fact.text && String(fact.text).length <= 40).map((fact) => fact.text)].map(foldName);
  return { feature, names, others, codes, all: [...names, ...codes].join(" | ") };
};

const score = (entry, words, whole) => {
  if (!words.every((word) => entry.all.includes(word))) return null;
  const rank = (entry.feature.rank ?? 9) / 100 + (entry.feature.geometry.t === "Point" ? 0 : 0.02);
  if (entry.names.includes(whole) || entry.codes.includes(whole)) return rank;
  if (entry.others.includes(whole)) return 0.5 + rank;
  if (entry.names.some((name) => name.startsWith(whole))) return 1 + rank;
  if (entry.names.some((name) => name.includes(` ${whole}`))) return 2 + rank;
  return (entry.names.some((name) => name.includes(whole)) ? 3 : 4) + rank;
};

/** A search among features: from what somebody types to the features that are meant, best first. */
export const searcher = (candidates) => {
  let index = null;
  return (query) => {
    index ??= candidates().map(entryOf);
    const whole = foldName(query);
    if (!whole) return [];
    const words = whole.split(" ");
    return index.map((entry) => ({ feature: entry.feature, score: score(entry, words, whole) }))
      .filter((hit) => hit.score !== null).sort((a, b) => a.score - b.score).slice(0, MOST).map((hit) => hit.feature);
  };
};

export const findFeatures = searcher(() => features);

const choose = (feature) => {
  showFeature(feature.id);
  focusCard();
};

export const buildSearch = () => {
  const { input, list, empty, name } = buildCombobox({ id: "hits", type: "search", find: findFeatures, choose });
  const form = el("div", { class: "search", role: "search" }, input, list, empty);
  follow(["lang"], () => {
    name(t("ui.search"));
    form.setAttribute("aria-label", t("ui.search"));
    input.placeholder = t("ui.search");
  });
  return form;
};
