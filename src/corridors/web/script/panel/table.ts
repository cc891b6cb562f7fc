/* The table: every feature on the map as a row, sortable, and a way to each of them by keyboard. */
import { el, signButton } from "../dom.ts";
import { showFeature } from "../map/selection.ts";
import { focusCard } from "./card.ts";
import { data } from "../payload/data.ts";
import { kilometres } from "../payload/features.ts";
import { countryName, currentLanguage, formatNumber, formatQuantity, hasMessage, nameOf, pick, t } from "../payload/text.ts";
import { shownFeatures, statusIn } from "../state/filter.ts";
import { follow, getState, propose } from "../state/state.ts";

const MOST = 2000; // rows; more would make the page slow without helping a reader
const COLUMNS = ["name", "kind", "status", "country", "km", "precision"];
const order = { column: "name", down: false };
let drawer = null;
let opener = null;

const precisionWords = (feature) => {
  if (!feature.accuracy_m) return feature.basis && hasMessage(`basis.${feature.basis}`) ? t(`basis.${feature.basis}`) : "";
  const km = feature.accuracy_m >= 1000;
  return `± ${formatQuantity({ value: km ? feature.accuracy_m / 1000 : feature.accuracy_m, unit: km ? "km" : "m", digits: km && feature.accuracy_m % 1000 ? 1 : 0 })}`;
};

const row = (feature, state) => {
  const status = statusIn(feature, state.year);
  const km = kilometres(feature);
  return {
    feature,
    sort: { km, precision: feature.accuracy_m ?? null },
    text: {
      name: nameOf(feature),
      kind: hasMessage(`kind.${feature.kind}`) ? t(`kind.${feature.kind}`) : pick((data.classes[feature.class] || {}).title),
      status: status && !feature.scenario ? t(`status.${status}`) : "",
      country: (feature.country || []).map(countryName).join(t("list.and")),
      km: km === null ? "" : formatNumber(km, 0),
      precision: precisionWords(feature),
    },
  };
};

const sorted = (rows) => {
  const { column, down } = order;
  const collator = new Intl.Collator(currentLanguage());
  const compare = column === "km" || column === "precision"
    ? (a, b) => (a.sort[column] ?? Infinity) - (b.sort[column] ?? Infinity) || 0
    : (a, b) => collator.compare(a.text[column], b.text[column]);
  rows.sort((a, b) => {
    // Rows without a value come last in either direction.
    const [gapA, gapB] = [a.text[column] === "", b.text[column] === ""];
    if (gapA !== gapB) return gapA ? 1 : -1;
    return (down ? -compare(a, b) : compare(a, b)) || collator.compare(a.text.name, b.text.name);
  });
  return rows;
};

const header = (column) => {
  const now = order.column === column;
  const turn = () => {
    order.down = now ? !order.down : column === "km";
    order.column = column;
    render(getState());
    drawer.querySelector(`[data-sort="${column}"]`).focus();
  };
  const words = t(`table.${column}`) + (now ? (order.down ? " ↓" : " ↑") : "");
  return el("th", { scope: "col", class: column === "km" ? "figure" : null, "aria-sort": now ? (order.down ? "descending" : "ascending") : null },
    el("button", { type: "button", "data-sort": column, click: turn }, words));
};

const line = ({ feature, text }, selected) => {
  const show = () => showFeature(feature.id);
  const name = el("button", { type: "button", class: "link", click: (event) => { event.stopPropagation(); show(); focusCard(); } }, text.name);
  const cells = COLUMNS.map((column) => (column === "name" ? el("th", { scope: "row" }, name) : el("td", { class: column === "km" ? "figure" : null }, text[column])));
  return el("tr", { "data-row": feature.id, class: feature.id === selected ? "chosen" : null, click: show }, cells);
};

const render = (state) => {
  const rows = sorted(shownFeatures(state).map((feature) => row(feature, state)));
  const table = el("table", {},
    el("caption", {}, t("table.caption", formatNumber(rows.length, 0))),
    el("thead", {}, el("tr", {}, COLUMNS.map(header))),
    el("tbody", {}, rows.slice(0, MOST).map((entry) => line(entry, state.selected))));
  const close = signButton("close", { class: "icon", "aria-label": t("ui.close"), click: () => propose({ table: false }) });
  const rest = !rows.length ? el("p", { class: "empty" }, t("table.empty")) : rows.length > MOST ? el("p", { class: "empty" }, t("table.more", formatNumber(MOST, 0))) : null;
  drawer.setAttribute("aria-label", t("ui.table"));
  drawer.replaceChildren(close, el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("ui.table") }, table, rest));
};

let waiting = null;
/** A hidden table is filled when the page has time, an open one at once. */
const renderSoon = (state, changed) => {
  if (changed.has("table")) {
    drawer.hidden = !state.table;
    if (state.table) opener = document.activeElement;
    else if (opener && drawer.contains(document.activeElement)) opener.focus();
  }
  window.clearTimeout(waiting);
  if (state.table) render(state);
  else waiting = window.setTimeout(() => render(getState()), 60);
};

export const buildTable = () => {
  drawer = el("section", { class: "drawer", "data-table": true, hidden: true });
  follow(["table", "lang", "layers", "filters", "year", "scenario", "selected"], renderSoon);
  return drawer;
};
