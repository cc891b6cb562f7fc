/* The filters of the legend: rows of values with counts, or the two ends of a range. */
import { el } from "../dom.ts";
import { filterSwatch } from "../look/symbols.ts";
import { facetName } from "../payload/filters.ts";
import { isolated } from "../payload/isolated.ts";
import { isoOf } from "../payload/ranges.ts";
import { formatDate, formatNumber, t } from "../payload/text.ts";
import { countFilter } from "../state/counts.ts";
import { getState, propose } from "../state/state.ts";
import type { Filter } from "../types/facets.ts";
import type { State } from "../types/state.ts";
import { columnOf, valueWords } from "./cells.ts";
import { fold } from "./folds.ts";
import { checkbox, type Part } from "./legend_rows.ts";

const FIRST = 12; // values of a long list that are shown at once

/**
 * Whether names and values of a filter are those of a reader's own data, not of the atlas. Of own data, all values are
 * ticked at first, and unticking hides. Of the atlas none is, and what is ticked is shown alone.
 */
export const isOwn = ({ property }: Filter): boolean => OWN && columnOf(property) !== undefined;

/** Replace the wanted values or the range of a property; null: it has no filter any more. */
export const want = (property: string, wanted: string[] | string | null): void => {
  const { [property]: _, ...others } = getState().filters;
  propose({ filters: wanted === null ? others : { ...others, [property]: wanted } });
};

const chosenOf = (filter: Filter, { filters }: State): string[] => {
  const all = isOwn(filter) ? (filter.values ?? []) : [];
  const wanted = Object.hasOwn(filters, filter.property) ? filters[filter.property] : all;
  return Array.isArray(wanted) ? wanted : all;
};

/** A value of a filter in words. */
export const wordsOf = (filter: Filter, value: string): string =>
  OWN && isOwn(filter) ? valueWords(filter.property, value) : facetName(filter, value);

const valueRow = (filter: Filter, value: string): Part => {
  const { property, values = [] } = filter;
  const own = isOwn(filter);
  const change = (checked: boolean): void => {
    const chosen = chosenOf(filter, getState());
    const next = values.filter((other) => (other === value ? checked : chosen.includes(other)));
    want(property, next.length === (own ? values.length : 0) ? null : next);
  };
  return checkbox({
    swatch: own ? null : filterSwatch(filter, value),
    words: wordsOf(filter, value),
    identity: { "data-filter": `${property}=${value}` },
    change,
    isOn: (state) => chosenOf(filter, state).includes(value),
    count: ({ values: counted }) => counted.get(property)?.get(value) ?? 0,
  });
};

/** The rows of a filter's values; of a long list at first only the most frequent ones. */
const valueRows = (filter: Filter): Part => {
  const { property, values = [] } = filter;
  const rows = values.map((value) => ({ value, ...valueRow(filter, value) }));
  const rest = el(
    "button",
    { class: "link rest", click: () => unfold() },
    t("filter.more", formatNumber(values.length - FIRST, 0)),
  );
  const node = el(
    "ul",
    {},
    rows.map((row) => row.node),
    rows.length > FIRST ? el("li", {}, rest) : null,
  );
  let folded = rows.length > FIRST;
  const show = (few: ReadonlySet<string>): void => {
    for (const row of rows) row.node.hidden = folded && !few.has(row.value);
  };
  const unfold = (): void => {
    const [next] = rows.filter((row) => row.node.hidden);
    folded = false;
    show(new Set());
    rest.parentElement?.remove();
    next?.node.querySelector("input")?.focus();
  };
  let chosen = false;
  const choose = (counted: ReadonlyMap<string, number>): void => {
    const frequent = [...values].sort((a, b) => (counted.get(b) ?? 0) - (counted.get(a) ?? 0));
    show(new Set(frequent.slice(0, FIRST)));
  };
  choose(new Map());
  const update: Part["update"] = (state, counts) => {
    for (const row of rows) row.update(state, counts);
    const counted = counts?.values.get(property);
    // Which ones are shown is decided once: rows do not come and go while the reader looks at them.
    if (counted && folded && !chosen) {
      chosen = true;
      choose(counted);
    }
  };
  return { node, update };
};

const rangeEnd = (words: string, type: "number" | "date", title: string, hint: string) => {
  const input = el("input", { type, step: "any", placeholder: hint, "aria-label": `${isolated(title)}: ${words}` });
  return { input, node: el("label", {}, el("span", {}, words), input) };
};

/** Two fields, for the least and the greatest value. */
const rangeFields = ({ property, range = [0, 0], digits, unit }: Filter): Part => {
  const days = unit === "day";
  const type = days ? "date" : "number";
  const hints = range.map((end) => (days ? isoOf(end) : String(Number(end.toFixed(digits ?? 6)))));
  const ends = ["filter.from", "filter.to"].map((key, nth) => rangeEnd(t(key), type, property, hints[nth]));
  const change = (): void => {
    const [least, greatest] = ends.map(({ input }) => input.value);
    want(property, least || greatest ? `${least}..${greatest}` : null);
  };
  for (const { input } of ends) {
    input.addEventListener("change", change);
    if (days) Object.assign(input, { min: hints[0], max: hints[1] });
  }
  let drawn: string | null = null;
  const update: Part["update"] = ({ filters }) => {
    const wanted = Object.hasOwn(filters, property) ? String(filters[property]) : "";
    if (wanted === drawn) return; // what is being typed stays
    drawn = wanted;
    const texts = wanted.split("..");
    for (const [nth, { input }] of ends.entries()) input.value = texts[nth] ?? "";
  };
  const fields = el("div", { class: "range", "data-filter": property, role: "group", "aria-label": property });
  fields.append(...ends.map(({ node }) => node));
  if (days) fields.append(el("p", { class: "fine" }, t("date.range", ...hints.map(formatDate))));
  else if (unit) fields.append(el("span", { class: "fine" }, unit));
  return { node: fields, update };
};

/** A filter under its name. */
const filterPart = (filter: Filter): Part => {
  const { property, range, open } = filter;
  const { node, update } = OWN && range ? rangeFields(filter) : valueRows(filter);
  const title = OWN && isOwn(filter) ? property : t(`filter.${property}`);
  const told = (shown: boolean): void => {
    if (!range) countFilter(property, shown);
  };
  return { node: fold({ id: `filter:${property}`, title, first: open !== false }, node, [], told), update };
};

/** The filters of a reader's own data, together under one heading. */
const ownParts = (own: Filter[]): Part[] => {
  const parts = own.map(filterPart);
  const list = el(
    "div",
    { class: "filters" },
    parts.map((part) => part.node),
  );
  const update: Part["update"] = (state, counts) => {
    for (const part of parts) part.update(state, counts);
  };
  return parts.length ? [{ node: fold({ id: "filters", title: t("filter.title"), first: true }, list), update }] : [];
};

/** All filters. */
export const filterParts = (filters: Filter[]): Part[] => [
  ...filters.filter((filter) => !isOwn(filter)).map(filterPart),
  ...(OWN ? ownParts(filters.filter(isOwn)) : []),
];
