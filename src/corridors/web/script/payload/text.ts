/* Words, names, numbers and dates in the language of the reader. Every value comes out as plain text or as text nodes. */
import { data } from "./data.ts";

const NBSP = "\u00a0";
let lang = data.lang;

export const setLanguage = (code) => { lang = code; };
export const currentLanguage = () => lang;

const lookup = (key) => {
  const all = data.messages || {};
  return (all[lang] && all[lang][key]) ?? (all.en && all.en[key]) ?? null;
};

/** Whether a message of that key exists in the language at hand or in English. */
export const hasMessage = (key) => lookup(key) !== null;

/** The message of a key with {0}, {1} filled as text; an unknown key shows itself. */
export const t = (key, ...values) => {
  const template = lookup(key) ?? key;
  return template.replace(/\{(\d)\}/g, (whole, index) => (index in values ? String(values[index]) : whole));
};

/** Which plural form of the language goes with a number that is shown with so many digits (Unicode CLDR). */
const formOf = (count, digits = 0) =>
  new Intl.PluralRules(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits }).select(Math.abs(count));

/** The form of a message that goes with a whole number, which stands in {0}; other values behind it. */
export const countedMessage = (key, count, ...values) => t(`${key}.${formOf(count)}`, formatNumber(count, 0), ...values);

/** The message of a key as a list of text and the given nodes, in the order of the language. */
export const messageParts = (key, ...nodes) =>
  (lookup(key) ?? key).split(/(\{\d\})/).filter(Boolean).map((part) => {
    const index = /^\{(\d)\}$/.exec(part);
    return index && index[1] in nodes ? nodes[index[1]] : part;
  });

/** One of several names: the language at hand, then English, the local name, any. */
export const pick = (names) => {
  if (typeof names === "string") return names;
  if (!names) return "";
  return names[lang] || names.en || names.local || Object.values(names).find(Boolean) || "";
};

export const nameOf = (feature) => pick(feature.name) || feature.id;

export const countryName = (iso) => pick((data.countries || {})[iso]) || iso;

/** A number with the separators of the language; without digits, whole numbers stay whole and others get at most two. */
export const formatNumber = (value, digits) => {
  if (typeof value !== "number" || !Number.isFinite(value)) return typeof value === "string" ? value : "–";
  const format = (data.formats || {})[lang] || { decimal: ".", group: "," };
  const places = digits ?? (Number.isInteger(value) ? 0 : Math.abs(value) < 100 ? 2 : 1);
  let [whole, part] = Math.abs(value).toFixed(places).split(".");
  if (digits === undefined && part) part = part.replace(/0+$/, "");
  whole = whole.replace(/\B(?=(\d{3})+$)/g, format.group);
  const sign = value < 0 && Number(value.toFixed(places)) !== 0 ? "−" : "";
  return sign + whole + (part ? format.decimal + part : "");
};

/** The word of a unit: beside a value the form that goes with it, else the one of many. */
export const unitWord = (unit, value, digits) => {
  const forms = value === undefined ? [] : [`unit.${unit}.${formOf(value, digits)}`];
  const key = [...forms, `unit.${unit}`].find(hasMessage);
  return unit ? t(key ?? unit) : "";
};

/** A number with "about" or "more than" around it where it is so; given as text or as a node. */
export const withBounds = ({ about, more }, amount) => (about || more ? messageParts(about ? "number.about" : "number.more_than", amount) : [amount]);

/** A quantity with its unit, "about" where it is about. */
export const formatQuantity = ({ value, unit, digits, about, more }) => {
  const amount = formatNumber(value, digits);
  let text = unit === "year" ? String(value) : amount;
  if (unit === "percent") text = (((data.formats || {})[lang] || {}).percent || "{0} %").replace("{0}", amount).replace(" ", NBSP);
  else if (unit && unit !== "year") text = amount + NBSP + unitWord(unit, value, digits);
  return withBounds({ about, more }, text).join("");
};

/** A share in percent, with one digit where it is small. */
export const formatPercent = (value) => formatQuantity({ value, unit: "percent", digits: value && value < 10 ? 1 : 0 });

const day = (iso) => {
  const [year, month, date] = iso.split("-").map(Number);
  if (!year || !/^\d{4}(-\d{2}){0,2}$/.test(iso)) return iso;
  if (!month) return String(year);
  if (!date) return t("date.my", t(`month.${month}`), year);
  return t("date.dmy", date, t(`month.of.${month}`), year);
};

/** An ISO date or interval in words, as precise as it is. */
export const formatDate = (iso) => {
  const [from, to] = String(iso).split("/");
  return to ? t("date.range", day(from), day(to)) : day(from);
};

/** A range of a quantity: 13–15 days. */
export const formatRange = (quantity) => `${formatNumber(quantity.value, quantity.digits)}–${formatQuantity({ ...quantity, value: quantity.to })}`;
