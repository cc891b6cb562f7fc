/* Words, names, numbers and dates in the language of the reader. Every value becomes plain text or text nodes. */
import type { Feature, Quantity } from "../types/payload.ts";
import type { Words } from "../types/vocabulary.ts";
import { data } from "./data.ts";
import { isolated } from "./isolated.ts";

const NBSP = "\u00a0";
let lang = data.lang;

/** Use another language from now on. */
export const setLanguage = (code: string): void => {
  lang = code;
};

export const currentLanguage = (): string => lang;

const { key: keys, ...texts } = data.messages;
const places = new Map(keys.map((key, nth) => [key, nth]));

const lookup = (key: string): string | null => {
  const nth = places.get(key) ?? -1;
  return texts[lang]?.[nth] ?? texts.en?.[nth] ?? null;
};

/** The name of a language in that language. */
export const languageName = (code: string): string => texts[code]?.[places.get("language.name") ?? -1] ?? code;

/** A message in all languages. */
export const everywhere = (key: string): string[] =>
  Object.values(texts).flatMap((own) => own?.[places.get(key) ?? -1] ?? []);

/** Whether a message with that key exists in the current language or in English. */
export const hasMessage = (key: string): boolean => lookup(key) !== null;

/** The message of a key with {0}, {1} filled as text. For an unknown key, the key itself. */
export const t = (key: string, ...values: unknown[]): string => {
  const template = lookup(key) ?? key;
  return template.replace(/\{(\d)\}/g, (whole, index: number) =>
    index in values ? isolated(String(values[index])) : whole,
  );
};

const rules = new Map<string, Intl.PluralRules>(); // making one takes as long as hundreds of answers

/** The plural form of the language for a number that is shown with so many digits (Unicode CLDR). */
const formOf = (count: number, digits = 0) => {
  const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const rule = rules.get(lang + digits) ?? new Intl.PluralRules(lang, shown);
  rules.set(lang + digits, rule);
  return rule.select(Math.abs(count));
};

/** The form of a message for a whole number, which fills {0}; other values fill the next placeholders. */
export const countedMessage = (key: string, count: number, ...values: unknown[]) =>
  t(`${key}.${formOf(count)}`, formatNumber(count, 0), ...values);

/** The message of a key as a list of text and the given nodes, in the order of the language. */
export const messageParts = <T>(key: string, ...nodes: T[]): (string | T)[] =>
  (lookup(key) ?? key)
    .split(/(\{\d\})/)
    .filter(Boolean)
    .map((part) => {
      const index = Number(/^\{(\d)\}$/.exec(part)?.[1] ?? -1);
      return index in nodes ? nodes[index] : part;
    });

/** One of several names: in the current language, or else English, the local name, any. */
export const pick = (names: string | Words | null | undefined): string => {
  if (typeof names === "string") return names;
  if (!names) return "";
  return names[lang] || names.en || names.local || Object.values(names).find(Boolean) || "";
};

export const nameOf = (feature: Feature): string => pick(feature.name) || feature.id;

export const countryName = (iso: string): string => pick(data.countries[iso]) || iso;

/** The default number of digits after the decimal sign. */
const usualPlaces = (value: number): number => {
  if (Number.isInteger(value)) return 0;
  return Math.abs(value) < 100 ? 2 : 1;
};

/** A number with the separators of the language. Without digits, whole numbers stay whole and others get at most two. */
export const formatNumber = (value: unknown, digits?: number): string => {
  if (typeof value !== "number" || !Number.isFinite(value)) return typeof value === "string" ? value : "–";
  const format = data.formats[lang] ?? { decimal: ".", group: "," };
  const places = digits ?? usualPlaces(value);
  let [whole, part] = Math.abs(value).toFixed(places).split(".");
  if (digits === undefined && part) part = part.replace(/0+$/, "");
  whole = whole.replace(/\B(?=(\d{3})+$)/g, format.group);
  const sign = value < 0 && Number(value.toFixed(places)) !== 0 ? "−" : "";
  return sign + whole + (part ? format.decimal + part : "");
};

const MONEY = /^billion_(?=cny$|usd$)/;

/** A quantity in the counting units of the language: Chinese counts money in hundreds of millions, as wording.py has it. */
export const counted = <T extends Quantity>(quantity: T): T => {
  const { value, unit = "", digits } = quantity;
  if (lang !== "zh" || !MONEY.test(unit)) return quantity;
  const tenfold = Number((10 * value).toFixed(6));
  return { ...quantity, value: tenfold, unit: countedUnit(unit), digits: digits && Math.max(0, digits - 1) };
};

const countedUnit = (unit: string): string => (lang === "zh" ? unit.replace(MONEY, "hundred_million_") : unit);

/** The word of a unit: beside a value, the form for that value; otherwise the plural. */
export const unitWord = (own: string | undefined, value?: number, digits?: number): string => {
  const unit = own && countedUnit(own);
  const forms = value === undefined ? [] : [`unit.${unit}.${formOf(value, digits)}`];
  const key = [...forms, `unit.${unit}`].find(hasMessage);
  return unit ? t(key ?? unit) : "";
};

/** A number with "about" or "more than" if it is one; as text or as a node. */
export const withBounds = <T>({ about, more }: Partial<Quantity>, amount: T): (string | T)[] =>
  about || more ? messageParts(about ? "number.about" : "number.more_than", amount) : [amount];

/** A value without its unit. Years and gauges have no thousands separator, as wording.py has it. */
export const bareNumber = (value: number, unit?: string, digits?: number): string =>
  unit === "year" || unit === "mm" ? String(value) : formatNumber(value, digits);

/** A quantity with its unit, and with "about" if it is approximate. */
export const formatQuantity = (quantity: Quantity): string => {
  const { value, unit, digits, ...bounds } = counted(quantity);
  const amount = bareNumber(value, unit, digits);
  let text = amount;
  if (unit === "percent") text = (data.formats[lang]?.percent ?? "{0} %").replace("{0}", amount).replace(" ", NBSP);
  else if (unit && unit !== "year") text = amount + NBSP + unitWord(unit, value, digits);
  return withBounds(bounds, text).join("");
};

/** A share in percent, with one digit if it is small. */
export const formatPercent = (value: number): string =>
  formatQuantity({ value, unit: "percent", digits: value && value < 10 ? 1 : 0 });

const day = (iso: string): string => {
  const [year, month, date] = iso.split("-").map(Number);
  if (!year || !/^\d{4}(-\d{2}){0,2}$/.test(iso)) return iso;
  if (!month) return t("date.y", year);
  if (!date) return t("date.my", t(`month.${month}`), year);
  return t("date.dmy", date, t(`month.of.${month}`), year);
};

/** An ISO date or interval in words, as exact as it is. */
export const formatDate = (iso: string): string => {
  const [from, to] = iso.split("/");
  return to ? t("date.range", day(from), day(to)) : day(from);
};

/** A range of a quantity: 13–15 days. */
export const formatRange = ({ to, ...quantity }: Quantity & { to: number }): string => {
  const { value, digits } = counted(quantity);
  return `${formatNumber(value, digits)}–${formatQuantity({ ...quantity, value: to })}`;
};

/** The kind of a feature in words: its own kind, or else the title of its class. */
export const kindOf = (feature: Feature): string =>
  hasMessage(`kind.${feature.kind}`) ? t(`kind.${feature.kind}`) : pick(data.classes[feature.class]?.title);

/** The countries of a feature in words. */
export const countriesOf = (codes: string[] = []): string => codes.map(countryName).join(t("list.and"));

/** Sentences in a row, as the language joins them. */
export const sentences = (said: string[]): string => said.join(lang === "zh" ? "" : " ");
