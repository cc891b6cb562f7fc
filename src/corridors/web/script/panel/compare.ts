/* The corridors side by side: a table beside the map, sortable, whose rows lead to the ribbons and their cards. */
import { el, signButton } from "../dom.ts";
import { classSwatch } from "../look/symbols.ts";
import { showFeature } from "../map/selection.ts";
import { focusCard } from "./card.ts";
import { arrange } from "./sheet.ts";
import { data } from "../payload/data.ts";
import { byId } from "../payload/features.ts";
import { currentLanguage, formatNumber, formatQuantity, hasMessage, nameOf, pick, t } from "../payload/text.ts";
import { follow, getState, propose } from "../state/state.ts";

const { rows, limit } = data.comparison || { rows: [], limit: 0 };
const COLUMNS = ["name", "km", "days", "countries", "borders", "breaks", "double", "electrified", "cities", "people", "published"];
const order = { column: null, down: false };
let drawer = null;
let opener = null;

const signed = (value) => (value > 0 ? "+" : "") + formatNumber(value, 1);

/** All that is published of a length in one cell: from the least to the greatest, with the differences in percent. */
const published = (list) => {
  if (!list.length) return "–";
  const [values, differs] = [list.flatMap(([from, to]) => [from, to ?? from]), list.flatMap(([, , differs]) => differs ?? [])];
  const ends = (numbers, write) => {
    const [least, most] = [write(Math.min(...numbers)), write(Math.max(...numbers))];
    return least === most ? [least] : [least, most];
  };
  const lengths = ends(values, (km) => formatNumber(km, 0)).join("–");
  if (!differs.length) return [lengths, el("small", { class: "off-by" }, t("compare.not_compared"))];
  const far = differs.some((percent) => Math.abs(percent) > limit);
  const percents = ends(differs, signed);
  const told = percents.length > 1 ? t("compare.range", ...percents) : percents[0];
  const percent = ((data.formats || {})[currentLanguage()] || {}).percent || "{0} %";
  return [lengths, el("small", { class: "off-by" }, el(far ? "strong" : "span", {}, percent.replace("{0}", told)))];
};

const share = (value) => (value === null ? "–" : formatQuantity({ value, unit: "percent", digits: 1 }));

const CELLS = {
  km: (row) => formatNumber(row.km, 0),
  days: (row) => formatNumber(row.days, 1),
  countries: (row) => formatNumber(row.countries.length, 0),
  borders: (row) => formatNumber(row.borders, 0),
  breaks: (row) => formatNumber(row.breaks, 0),
  double: (row) => share(row.double),
  electrified: (row) => share(row.electrified),
  cities: (row) => formatNumber(row.cities, 0),
  people: (row) => formatNumber(row.people / 1e6, 1),
  published: (row) => published(row.published),
};

const worth = (row, column) => {
  if (column === "countries") return row.countries.length;
  return column === "published" ? (row.published[0] || [null])[0] : row[column];
};

const sorted = () => {
  const { column, down } = order;
  if (!column) return rows;
  const collator = new Intl.Collator(currentLanguage());
  const named = (row) => nameOf(byId.get(row.id));
  return [...rows].sort((a, b) => {
    if (column === "name") return collator.compare(named(a), named(b)) * (down ? -1 : 1);
    const [one, other] = [worth(a, column), worth(b, column)];
    // Rows without a value come last in either direction.
    if (one === null || other === null) return (one === null) - (other === null);
    return (one - other) * (down ? -1 : 1);
  });
};

const header = (column) => {
  const now = order.column === column;
  const turn = () => {
    order.down = now && !order.down;
    order.column = column;
    render(getState());
    drawer.querySelector(`[data-sort="${column}"]`).focus();
  };
  const short = `compare.column.${column}`;
  const words = t(hasMessage(short) ? short : `compare.${column}`);
  return el("th", { scope: "col", class: column === "name" ? null : "figure", "aria-sort": now ? (order.down ? "descending" : "ascending") : null },
    el("button", { type: "button", "data-sort": column, click: turn }, words, now ? el("span", { "aria-hidden": "true" }, order.down ? " ↓" : " ↑") : null));
};

const line = (row, state) => {
  const feature = byId.get(row.id);
  const show = () => showFeature(row.id);
  const name = el("button", { type: "button", class: "link", click: (event) => { event.stopPropagation(); show(); focusCard(); } }, nameOf(feature));
  const sample = classSwatch(feature.class, { status: feature.status, basis: feature.basis === "stations" ? null : feature.basis });
  const basis = t("compare.basis", formatQuantity({ value: row.basis, unit: "percent", digits: 0 }));
  const ends = el("small", {}, t("compare.ends", pick(row.from), pick(row.to)), el("br"), basis);
  const head = el("th", { scope: "row" }, el("div", { class: "named" }, sample, el("div", {}, name, ends)));
  const cells = COLUMNS.slice(1).map((column) => el("td", { class: "figure", "data-cell": column }, CELLS[column](row)));
  return el("tr", { "data-row": row.id, class: row.id === state.selected ? "chosen" : null, click: show }, head, cells);
};

const render = (state) => {
  const table = el("table", {}, el("caption", {}, t("compare.caption")),
    el("thead", {}, el("tr", {}, COLUMNS.map(header))), el("tbody", {}, sorted().map((row) => line(row, state))));
  const far = rows.some((row) => row.published.some(([, , differs]) => Math.abs(differs) > limit));
  const bold = far ? ` ${t("compare.bold", formatQuantity({ value: limit, unit: "percent", digits: 0 }))}` : "";
  const close = signButton("close", { class: "icon", "aria-label": t("ui.close"), click: () => propose({ compare: false }) });
  const words = t("compare.toggle");
  const kept = drawer.querySelector(".scroll");
  const from = kept ? [kept.scrollLeft, kept.scrollTop] : [0, 0];
  drawer.setAttribute("aria-label", words);
  const scroll = el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": words }, table, el("p", { class: "fine" }, t("compare.note") + bold));
  drawer.replaceChildren(close, scroll);
  [scroll.scrollLeft, scroll.scrollTop] = from;
};

/** Whether the comparison is to be seen: the table of features takes its place. */
const seen = (state) => state.compare && !state.table;

export const buildComparison = () => {
  if (!rows.length) return null;
  drawer = el("section", { class: "drawer compare", "data-compare": true, hidden: !seen(getState()) });
  follow(["compare", "table", "lang", "selected"], (state, changed) => {
    const open = seen(state);
    if (changed.has("compare") || changed.has("table")) {
      if (open && drawer.hidden) opener = document.activeElement;
      else if (!open && opener && drawer.contains(document.activeElement)) opener.focus();
      drawer.hidden = !open;
    }
    render(state);
    arrange();
  });
  return drawer;
};

/** The button that opens and closes the comparison, or nothing on a map without one. */
export const buildComparisonButton = () => {
  if (!rows.length) return null;
  const toggle = () => {
    const open = seen(getState());
    propose(open ? { compare: false } : { compare: true, table: false });
  };
  const node = signButton("compare", { class: "icon", click: toggle });
  follow(["lang", "compare", "table"], (state) => {
    node.setAttribute("aria-label", t("compare.toggle"));
    node.title = t("compare.toggle");
    node.setAttribute("aria-expanded", String(seen(state)));
  });
  return node;
};
