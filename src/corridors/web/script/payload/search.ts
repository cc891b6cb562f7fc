/* A search among names, in any script, with or without accents: from typed text to features. */
import { present } from "../dom.ts";
import type { Feature } from "../types/payload.ts";
import { isPoint } from "./features.ts";
import { foldName } from "./folding.ts";

export const MOST = 8; // results
const LONGEST = 40; // letters of a fact that can be searched
const PAIR = /^(.*\S)\s*[(（]([^()（）]+)[)）]$/;

/** A feature with its names for the search, folded for comparison. */
interface Entry {
  feature: Feature;
  names: string[];
  /** Second names in brackets: "Horgos (Khorgos)" is one place with two names. The second one counts a little less. */
  others: string[];
  codes: string[];
  all: string;
}

const entryOf = (feature: Feature): Entry => {
  const given = present(Object.values(feature.name));
  const pairs = given.map((name) => PAIR.exec(name)).filter((pair) => pair !== null);
  const names = [...new Set([...given, ...pairs.map((pair) => pair[1])].map(foldName))];
  const texts = (feature.facts ?? [])
    .map(({ text }) => String(text ?? ""))
    .filter((text) => text && text.length <= LONGEST);
  const codes = [feature.id, ...(feature.codes ?? []), ...texts].map(foldName);
  return {
    feature,
    names,
    others: pairs.map((pair) => foldName(pair[2])),
    codes,
    all: [...names, ...codes].join(" | "),
  };
};

/** The distance of an entry from the text, 0 the nearest: the whole name, a second name, a beginning, a word, any part. */
const distance = ({ names, others, codes }: Entry, whole: string): number => {
  if (names.includes(whole) || codes.includes(whole)) return 0;
  if (others.includes(whole)) return 0.5;
  if (names.some((name) => name.startsWith(whole))) return 1;
  if (names.some((name) => name.includes(` ${whole}`))) return 2;
  return names.some((name) => name.includes(whole)) ? 3 : 4;
};

/** Of entries with equal distance, the more important comes first, and a point before a line. A place without class is a point. */
const rank = ({ feature }: Entry): number =>
  (feature.rank ?? 9) / 100 + (feature.class && !isPoint(feature) ? 0.02 : 0);

/**
 * A search among some features, which are read once. The best come first. Of what several scenarios have under one name,
 * only one is found: that of the scenario that `scenario` tells, if it has it.
 */
export const searcher = (
  candidates: () => Feature[],
  scenario: () => string | null = () => null,
): ((query: string) => Feature[]) => {
  let index: Entry[] | null = null;
  return (query) => {
    index ??= candidates().map(entryOf);
    const whole = foldName(query);
    if (!whole) return [];
    const words = whole.split(" ");
    const [now, told] = [scenario(), new Set<string>()];
    return index
      .filter((entry) => words.every((word) => entry.all.includes(word)))
      .map((entry) => ({ feature: entry.feature, score: distance(entry, whole) + rank(entry) }))
      .sort((a, b) => a.score - b.score || Number(b.feature.scenario === now) - Number(a.feature.scenario === now))
      .map((hit) => hit.feature)
      .filter((feature) => {
        const name = `${feature.class} ${feature.name.en}`;
        const again = feature.scenario !== undefined && told.has(name);
        told.add(name);
        return !again;
      })
      .slice(0, MOST);
  };
};
