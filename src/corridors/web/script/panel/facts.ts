/* Lists of facts and figures. Each number links to its sources. */
import { type Child, type Children, el, linkTo } from "../dom.ts";
import { showFeature } from "../map/selection.ts";
import { data } from "../payload/data.ts";
import { byId, featureOf } from "../payload/features.ts";
import {
  bareNumber,
  counted,
  countriesOf,
  currentLanguage,
  formatDate,
  formatQuantity,
  formatRange,
  messageParts,
  pick,
  t,
  unitWord,
  withBounds,
} from "../payload/text.ts";
import type { Fact, Figure } from "../types/payload.ts";
import { LONG } from "./card_head.ts";
import { type SourceIds, sourcedNumber, sourceLink } from "./sources.ts";

/** Words that link to a feature, if the page has it. */
export const featureLink = (id: string | undefined, words: string): Child => {
  if (!id || !byId.has(id)) return words;
  return el("button", { class: "link", click: () => showFeature(id) }, words);
};

/** How far a computed length is from a published one, marked if it is far. Null: the line is scaled by it. */
const differenceOf = ({ differs, misfit }: Fact): Child => {
  if (differs === null) return t("compare.scaled");
  if (!differs) return t("compare.equal");
  const by = formatQuantity({ value: Math.abs(differs), unit: "percent", digits: 1 });
  const way = differs < 0 ? "shorter" : "longer";
  if (!misfit) return t(`compare.${way}`, by);
  return el(
    "strong",
    {},
    t(`compare.misfit.${way}`, by, formatQuantity({ value: misfit, unit: "percent", digits: 0 })),
  );
};

/** The period of a figure, marked if it is later than the date of the map. */
const periodOf = (date: string, later?: boolean): string =>
  formatDate(date) + (later ? t("list.and") + t("series.later", formatDate(data.map.asOf ?? "")) : "");

/** A place, with its distance and direction if they are known. */
const placeOf = ({ feature, name, km, bearing }: Fact): Children => {
  const link = featureLink(feature, pick(name ?? featureOf(feature)?.name));
  if (km === undefined || km === null) return link;
  const far = formatQuantity({ value: km, unit: "km", digits: km < 10 ? 1 : 0 });
  if (!bearing) return messageParts("place.distance", far, link);
  return messageParts("place.bearing", far, t(`bearing.${bearing}`), link);
};

const valueNodes = (fact: Fact): Children => {
  const { keys, key, country, name, feature, value, to, date, later, text, href } = fact;
  if (keys) return keys.map((one) => t(one)).join(t("list.and"));
  if (key) return t(key);
  if (country) return countriesOf([country].flat());
  if (name ?? featureOf(feature)?.name) return placeOf(fact);
  if (value !== undefined && value !== null) {
    const quantity = { ...fact, value };
    return (
      (to === undefined ? formatQuantity(quantity) : formatRange({ ...quantity, to })) +
      (date ? ` (${periodOf(date, later)})` : "")
    );
  }
  if (date) return formatDate(date);
  return href ? linkTo(href, text ?? href) : (text ?? "–");
};

/** One fact: its label (unless the fact before has the same one), its value, and remarks. */
const factNodes = (fact: Fact, repeats: boolean, own: SourceIds | undefined): Child[] => {
  const { label, of, text, name, feature, said, sources = [], differs } = fact;
  const words = text ?? (name && !feature ? pick(name) : "");
  const long = words.length > LONG || sources.length ? "long" : null;
  const head = repeats || !label ? null : el("dt", { class: long ?? (of ? "long" : null) }, t(label));
  const part = of ? el("dt", { class: long ? "part long" : "part" }, pick(of)) : null;
  const value = valueNodes(fact);
  const leads = typeof fact.value === "number" && !sources.length && !Array.isArray(value);
  const content = [
    leads ? sourcedNumber(value, own) : value,
    differs === undefined ? null : el("small", {}, differenceOf(fact)),
    said ? el("small", {}, pick(said)) : null,
    sources.map((id) => el("small", { class: "fine" }, sourceLink(id))),
  ];
  return [head, part, el("dd", { class: long, lang: text && currentLanguage() !== "en" ? "en" : null }, ...content)];
};

/** A list of facts. Their numbers link to their own sources, or to sources that a function finds. */
export const factList = (list: Fact[] | undefined, own?: string[] | ((fact: Fact) => string[])): HTMLElement | null => {
  if (!list?.length) return null;
  const nodes = list.flatMap((fact, nth) => {
    const sources = typeof own === "function" ? () => own(fact) : own;
    return factNodes(fact, nth > 0 && list[nth - 1].label === fact.label, sources);
  });
  return el("dl", { class: "facts" }, nodes);
};

const figureNode = (figure: Figure, own: string[] | undefined, all: string[]): HTMLElement => {
  const { label, value, unit, digits, date, later, cites, until } = counted(figure);
  const nearest = until && !date?.includes(String(until)) ? t("list.and") + t("time.until", until) : "";
  const bare = unit === "percent" || unit === "year"; // these have no word after them
  const shown = bare ? formatQuantity({ value, unit, digits }) : bareNumber(value, unit, digits);
  const large = el("span", { class: "large" }, sourcedNumber(shown, cites ? cites.map((nth) => all[nth]) : own));
  const words = bare ? null : el("span", { class: "unit" }, ` ${unitWord(unit, value, digits)}`);
  return el(
    "div",
    {},
    el("dt", {}, t(label), date ? `, ${periodOf(date, later)}` : "", nearest),
    el("dd", {}, withBounds<Child>(figure, large), words),
  );
};

/** The figures at the head of a card, at most three. Each links to its own sources, by indices in the list of all. */
export const headlineList = (list: Figure[] | undefined, own?: string[], all: string[] = []): HTMLElement | null =>
  list?.length
    ? el(
        "dl",
        { class: "headline" },
        list.slice(0, 3).map((figure) => figureNode(figure, own, all)),
      )
    : null;
