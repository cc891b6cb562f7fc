/* The corridors side by side: a sortable table beside the map, whose rows link to the ribbons and their cards. */
import { aria, type Child, type Children, el, find, onEscape, signButton } from "../dom.ts";
import { classSwatch } from "../look/symbols.ts";
import { showFeature } from "../map/selection.ts";
import { focusCard } from "../panel/card.ts";
import { closeButton } from "../panel/close.ts";
import { arrange } from "../panel/sheet.ts";
import { directionOf, type Order, sortedRows, type Worth } from "../panel/sorting.ts";
import { data } from "../payload/data.ts";
import { featureOf } from "../payload/features.ts";
import { currentLanguage, formatNumber, formatQuantity, hasMessage, nameOf, pick, t } from "../payload/text.ts";
import { follow, getState, propose } from "../state/state.ts";
import type { ComparisonRow, Published } from "../types/payload.ts";
import type { State } from "../types/state.ts";

const { rows, limit } = data.comparison ?? { rows: [], limit: 0 };
const COLUMNS = [
  "name",
  "km",
  "days",
  "countries",
  "borders",
  "breaks",
  "double",
  "electrified",
  "cities",
  "people",
  "published",
] as const;
type Column = (typeof COLUMNS)[number];

const order: Order = { column: null, down: false };
let drawer: HTMLElement;
let opener: Element | null = null;

const signed = (value: number): string => (value > 0 ? "+" : "") + formatNumber(value, 1);

/** The least and the greatest of some numbers in words, or one number if both are equal. */
const ends = (numbers: number[], write: (value: number) => string): string[] => [
  ...new Set([write(Math.min(...numbers)), write(Math.max(...numbers))]),
];

/** All published lengths in one cell: from the least to the greatest, with the differences in percent. */
const published = (list: Published[]): Children => {
  if (!list.length) return "–";
  const lengths = ends(
    list.flatMap(([from, to]) => [from, to ?? from]),
    (km) => formatNumber(km, 0),
  ).join("–");
  const differs = list.flatMap(([, , percent]) => percent ?? []);
  if (!differs.length) return [lengths, el("small", { class: "off-by" }, t("compare.not_compared"))];
  const far = differs.some((percent) => Math.abs(percent) > limit);
  const percents = ends(differs, signed);
  const told = percents.length > 1 ? t("compare.range", ...percents) : percents[0];
  const form = data.formats[currentLanguage()]?.percent ?? "{0} %";
  return [lengths, el("small", { class: "off-by" }, el(far ? "strong" : "span", {}, form.replace("{0}", told)))];
};

const percentOf = (value: number | null, digits = 1): string =>
  value === null ? "–" : formatQuantity({ value, unit: "percent", digits });

const CELLS: Record<Exclude<Column, "name">, (row: ComparisonRow) => Children> = {
  km: (row) => formatNumber(row.km, 0),
  days: (row) => formatNumber(row.days, 1),
  countries: (row) => formatNumber(row.countries.length, 0),
  borders: (row) => formatNumber(row.borders, 0),
  breaks: (row) => formatNumber(row.breaks, 0),
  double: (row) => percentOf(row.double),
  electrified: (row) => percentOf(row.electrified),
  cities: (row) => formatNumber(row.cities, 0),
  people: (row) => formatNumber(row.people / 1e6, 1),
  published: (row) => published(row.published),
};

const nameOfRow = ({ id }: ComparisonRow): string => {
  const feature = featureOf(id);
  return feature ? nameOf(feature) : id;
};

/** The sort key of a row. */
const worth = (row: ComparisonRow, column: string): Worth => {
  const own = column as Exclude<Column, "name">;
  if (column === "name") return nameOfRow(row);
  if (own === "countries") return row.countries.length;
  return own === "published" ? (row.published[0]?.[0] ?? null) : row[own];
};

const header = (column: Column): HTMLElement => {
  const now = order.column === column;
  const turn = (): void => {
    order.down = now && !order.down;
    order.column = column;
    render(getState());
    find(`[data-sort="${column}"]`, drawer).focus();
  };
  const short = `compare.column.${column}`;
  const words = t(hasMessage(short) ? short : `compare.${column}`);
  const [sort, arrow] = directionOf(order.down);
  const sign = now ? el("span", { "aria-hidden": "true" }, arrow) : null;
  return el(
    "th",
    { scope: "col", class: column === "name" ? null : "figure", "aria-sort": now ? sort : null },
    el("button", { "data-sort": column, click: turn }, words, sign),
  );
};

/** A sample of the ribbon, if the page has it. */
const sampleOf = ({ id }: ComparisonRow): Child => {
  const feature = featureOf(id);
  const basis = feature?.basis === "stations" ? null : feature?.basis;
  return feature ? classSwatch(feature.class, { status: feature.status, basis }) : null;
};

const line = (row: ComparisonRow, state: State): HTMLElement => {
  const show = (): void => showFeature(row.id);
  const open = (event: Event): void => {
    event.stopPropagation();
    show();
    focusCard();
  };
  const name = el("button", { class: "link", click: open }, nameOfRow(row));
  const between = t("compare.ends", pick(row.from), pick(row.to));
  const said = el("small", {}, between, el("br"), t("compare.basis", percentOf(row.basis, 0)));
  const head = el("th", { scope: "row" }, el("div", { class: "named" }, sampleOf(row), el("div", {}, name, said)));
  const cells = Object.entries(CELLS).map(([column, cell]) =>
    el("td", { class: "figure", "data-cell": column }, cell(row)),
  );
  return el("tr", { "data-row": row.id, class: row.id === state.selected ? "chosen" : null, click: show }, head, cells);
};

/** The text below the table. If differences above the limit exist, it says that they are bold. */
const noteWords = (): string => {
  const far = rows.some((row) => row.published.some(([, , differs]) => Math.abs(differs ?? 0) > limit));
  return t("compare.note") + (far ? ` ${t("compare.bold", percentOf(limit, 0))}` : "");
};

const render = (state: State): void => {
  const table = el(
    "table",
    {},
    el("caption", {}, t("compare.caption")),
    el("thead", {}, el("tr", {}, COLUMNS.map(header))),
    el(
      "tbody",
      {},
      sortedRows(rows, order, worth).map((row) => line(row, state)),
    ),
  );
  const close = closeButton(() => propose({ compare: false }));
  const words = t("compare.toggle");
  const kept = drawer.querySelector(".scroll");
  const [left, top] = [kept?.scrollLeft ?? 0, kept?.scrollTop ?? 0];
  aria(drawer, "label", words);
  const note = el("p", { class: "fine" }, noteWords());
  const scroll = el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": words }, table, note);
  drawer.replaceChildren(close, scroll);
  Object.assign(scroll, { scrollLeft: left, scrollTop: top });
};

/** Whether the comparison is visible. The table of features can replace it. */
const isSeen = (state: State): boolean => state.compare && !state.table;

export const buildComparison = (): HTMLElement | null => {
  if (!rows.length) return null;
  const keydown = onEscape(() => propose({ compare: false }));
  drawer = el("section", { class: "drawer compare", "data-compare": true, hidden: !isSeen(getState()), keydown });
  follow(["compare", "table", "lang", "selected"], (state, changed) => {
    const open = isSeen(state);
    if (changed.has("compare") || changed.has("table")) {
      if (open && drawer.hidden) opener = document.activeElement;
      else if (!open && opener instanceof HTMLElement && drawer.contains(document.activeElement)) opener.focus();
      drawer.hidden = !open;
    }
    render(state);
    arrange();
  });
  return drawer;
};

/** The button that opens and closes the comparison; null on a map without one. */
export const buildComparisonButton = (): HTMLElement | null => {
  if (!rows.length) return null;
  const toggle = () => propose(isSeen(getState()) ? { compare: false } : { compare: true, table: false });
  const node = signButton("compare", { class: "icon", click: toggle });
  follow(["lang", "compare", "table"], (state) => {
    node.title = t("compare.toggle");
    aria(node, "label", node.title);
    aria(node, "expanded", isSeen(state));
  });
  return node;
};
