/* Lists of facts and figures, each number with a way to its sources. */
import { el } from "../dom.ts";
import { showFeature } from "../map/selection.ts";
import { sourceLink, sourcedNumber } from "./sources.ts";
import { data } from "../payload/data.ts";
import { byId } from "../payload/features.ts";
import { countryName, currentLanguage, formatDate, formatNumber, formatQuantity, formatRange, messageParts, pick, t, unitWord, withBounds } from "../payload/text.ts";

export const featureLink = (id, words) => {
  if (!byId.has(id)) return words;
  return el("button", { type: "button", class: "link", click: () => showFeature(id) }, words);
};

/** How far a computed length is from a published one; plainly where that is much. Null: the line is scaled by it. */
export const differenceNode = ({ differs, misfit }) => {
  if (differs === null) return t("compare.scaled");
  if (!differs) return t("compare.equal");
  const by = formatQuantity({ value: Math.abs(differs), unit: "percent", digits: 1 });
  const way = differs < 0 ? "shorter" : "longer";
  if (!misfit) return t(`compare.${way}`, by);
  return el("strong", {}, t(`compare.misfit.${way}`, by, formatQuantity({ value: misfit, unit: "percent", digits: 0 })));
};

/** The period of a figure, marked where it is later than the date of the map. */
const when = ({ date, later }) => formatDate(date) + (later ? t("list.and") + t("series.later", formatDate(data.map.asOf)) : "");

const factValue = (fact) => {
  if (fact.keys) return fact.keys.map((key) => t(key)).join(t("list.and"));
  if (fact.key) return t(fact.key);
  if (fact.country) return [fact.country].flat().map(countryName).join(t("list.and"));
  const names = fact.name || (byId.get(fact.feature) || {}).name;
  if (names) {
    const name = featureLink(fact.feature, pick(names));
    if (fact.km === undefined || fact.km === null) return name;
    const km = formatQuantity({ value: fact.km, unit: "km", digits: fact.km < 10 ? 1 : 0 });
    if (!fact.bearing) return messageParts("place.distance", km, name);
    return messageParts("place.bearing", km, t(`bearing.${fact.bearing}`), name);
  }
  if (fact.value !== undefined && fact.value !== null) return (fact.to === undefined ? formatQuantity(fact) : formatRange(fact)) + (fact.date ? ` (${when(fact)})` : "");
  if (fact.date) return formatDate(fact.date);
  return fact.text === undefined || fact.text === null ? "–" : String(fact.text);
};

export const factList = (list, own) => {
  if (!list || !list.length) return null;
  return el("dl", { class: "facts" }, list.flatMap((fact, nth) => {
    const long = String(fact.text ?? "").length > 22 || (fact.sources || []).length ? "long" : null;
    const foreign = fact.text && currentLanguage() !== "en" ? "en" : null;
    const again = nth > 0 && list[nth - 1].label === fact.label;
    const head = again || !fact.label ? null : el("dt", { class: long || (fact.of ? "long" : null) }, t(fact.label));
    const part = fact.of ? el("dt", { class: long ? "part long" : "part" }, pick(fact.of)) : null;
    const far = fact.differs === undefined ? null : el("small", {}, differenceNode(fact));
    const said = fact.said ? el("small", { lang: "en" }, fact.said) : null;
    const from = (fact.sources || []).map((id) => el("small", { class: "fine" }, sourceLink(id)));
    const number = typeof fact.value === "number" && !from.length;
    const value = number ? sourcedNumber(factValue(fact), typeof own === "function" ? () => own(fact) : own) : factValue(fact);
    return [head, part, el("dd", { class: long, lang: foreign }, value, far, said, from)];
  }));
};

export const headlineList = (list, own, all) => {
  if (!list || !list.length) return null;
  return el("dl", { class: "headline" }, list.slice(0, 3).map((figure) => {
    const amount = formatNumber(figure.value, figure.digits);
    const percent = figure.unit === "percent" || figure.unit === "year"; // these have no word behind them
    const shown = percent ? formatQuantity({ ...figure, about: false, more: false }) : amount;
    const large = el("span", { class: "large" }, sourcedNumber(shown, figure.cites ? figure.cites.map((nth) => all[nth]) : own));
    return el("div", {},
      el("dt", {}, t(figure.label), figure.date ? `, ${when(figure)}` : ""),
      el("dd", {}, withBounds(figure, large), percent ? null : el("span", { class: "unit" }, ` ${unitWord(figure.unit, figure.value, figure.digits)}`)));
  }));
};
