/* The table: every feature on the map as a sortable row, for selecting features by keyboard. */
import { el, find, signButton } from "../dom.ts";
import { showFeature } from "../map/selection.ts";
import { kilometres } from "../payload/features.ts";
import { countriesOf, formatNumber, formatQuantity, hasMessage, kindOf, nameOf, t } from "../payload/text.ts";
import { shownFeatures, statusIn } from "../state/filter.ts";
import { follow, getState, propose } from "../state/state.ts";
import type { Feature } from "../types/payload.ts";
import type { State, StateKey } from "../types/state.ts";
import { focusCard } from "./card.ts";
import { type Order, sortedRows, type Worth } from "./sorting.ts";

const MOST = 2000; // rows; more would make the page slow without helping a reader
const COLUMNS = ["name", "kind", "status", "country", "km", "precision"] as const;
type Column = (typeof COLUMNS)[number];

interface Row {
  feature: Feature;
  text: Record<Column, string>;
}

const order: Order = { column: "name", down: false };
let drawer: HTMLElement;
let opener: Element | null = null;
let waiting: number | undefined;

const precisionWords = ({ accuracy_m: metres, basis }: Feature): string => {
  if (!metres) return basis && hasMessage(`basis.${basis}`) ? t(`basis.${basis}`) : "";
  if (metres < 1000) return `± ${formatQuantity({ value: metres, unit: "m", digits: 0 })}`;
  return `± ${formatQuantity({ value: metres / 1000, unit: "km", digits: metres % 1000 ? 1 : 0 })}`;
};

const rowOf = (feature: Feature, state: State): Row => {
  const status = statusIn(feature, state.year);
  const km = kilometres(feature);
  const text = {
    name: nameOf(feature),
    kind: kindOf(feature),
    status: status && !feature.scenario ? t(`status.${status}`) : "",
    country: countriesOf(feature.country),
    km: km === null ? "" : formatNumber(km, 0),
    precision: precisionWords(feature),
  };
  return { feature, text };
};

/** The sort key of a row: a number if its column has one. Precision in words comes after precision in metres. */
const worth = ({ feature, text }: Row, column: string): Worth => {
  if (column === "km") return kilometres(feature);
  const words = text[column as Column];
  if (words === "") return null;
  return column === "precision" ? (feature.accuracy_m ?? Number.POSITIVE_INFINITY) : words;
};

const header = (column: Column): HTMLElement => {
  const now = order.column === column;
  const turn = (): void => {
    order.down = now ? !order.down : column === "km";
    order.column = column;
    render(getState());
    find(`[data-sort="${column}"]`, drawer).focus();
  };
  const [sort, arrow] = order.down ? ["descending", " ↓"] : ["ascending", " ↑"];
  const button = el(
    "button",
    { type: "button", "data-sort": column, click: turn },
    t(`table.${column}`) + (now ? arrow : ""),
  );
  return el("th", { scope: "col", class: column === "km" ? "figure" : null, "aria-sort": now ? sort : null }, button);
};

const line = ({ feature, text }: Row, selected: string | null): HTMLElement => {
  const show = (): void => showFeature(feature.id);
  const open = (event: Event): void => {
    event.stopPropagation();
    show();
    focusCard();
  };
  const name = el("button", { type: "button", class: "link", click: open }, text.name);
  const cells = COLUMNS.map((column) => {
    if (column === "name") return el("th", { scope: "row" }, name);
    return el("td", { class: column === "km" ? "figure" : null }, text[column]);
  });
  return el("tr", { "data-row": feature.id, class: feature.id === selected ? "chosen" : null, click: show }, cells);
};

const restWords = (rows: number): string | null => {
  if (!rows) return t("table.empty");
  return rows > MOST ? t("table.more", formatNumber(MOST, 0)) : null;
};

const render = (state: State): void => {
  const all = shownFeatures(state).map((feature) => rowOf(feature, state));
  const rows = sortedRows(all, order, worth, ({ text }) => text.name);
  const table = el(
    "table",
    {},
    el("caption", {}, t("table.caption", formatNumber(rows.length, 0))),
    el("thead", {}, el("tr", {}, COLUMNS.map(header))),
    el(
      "tbody",
      {},
      rows.slice(0, MOST).map((row) => line(row, state.selected)),
    ),
  );
  const close = signButton("close", {
    class: "icon",
    "aria-label": t("ui.close"),
    click: () => propose({ table: false }),
  });
  const rest = restWords(rows.length);
  const words = t("ui.table");
  drawer.setAttribute("aria-label", words);
  drawer.replaceChildren(
    close,
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": words },
      table,
      rest && el("p", { class: "empty" }, rest),
    ),
  );
};

/** A hidden table is filled when the page has time, an open one immediately. */
const renderSoon = (state: State, changed: ReadonlySet<StateKey>): void => {
  if (changed.has("table")) {
    drawer.hidden = !state.table;
    if (state.table) opener = document.activeElement;
    else if (opener instanceof HTMLElement && drawer.contains(document.activeElement)) opener.focus();
  }
  window.clearTimeout(waiting);
  if (state.table) render(state);
  else waiting = window.setTimeout(() => render(getState()), 60);
};

export const buildTable = (): HTMLElement => {
  drawer = el("section", { class: "drawer", "data-table": true, hidden: true });
  follow(["table", "lang", "layers", "filters", "year", "scenario", "selected"], renderSoon);
  return drawer;
};
