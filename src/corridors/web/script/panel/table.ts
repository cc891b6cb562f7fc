/* The table: every feature on the map as a sortable row, for selecting features by keyboard. */
import { aria, el, find, onEscape } from "../dom.ts";
import { showFeature } from "../map/selection.ts";
import { columnLayers } from "../payload/columns.ts";
import { foldName } from "../payload/folding.ts";
import { isolated } from "../payload/isolated.ts";
import { formatNumber, t } from "../payload/text.ts";
import { type Counts, followCounts } from "../state/counts.ts";
import { hasAllRows, hasFeatureRows } from "../state/rows.ts";
import { follow, getState, propose } from "../state/state.ts";
import type { Rows, State, StateKey } from "../types/state.ts";
import { focusCard } from "./card.ts";
import { closeButton } from "./close.ts";
import { allRows, columnRows } from "./column_rows.ts";
import { remedies } from "./conditions.ts";
import { copyButton } from "./copy.ts";
import { featureRows } from "./feature_rows.ts";
import { folded } from "./folds.ts";
import { type Body, buildBody } from "./rows_in_sight.ts";
import { directionOf } from "./sorting.ts";
import type { TableColumn, TableOrder, TableRow, TableSource } from "./table_source.ts";

/** The features of an atlas; of a reader's own data, all layers together and each alone. */
const sources: TableSource[] = [
  ...(hasFeatureRows ? [featureRows] : []),
  ...(OWN && hasAllRows ? [allRows()] : []),
  ...(OWN ? columnLayers.map((_, nth) => columnRows(nth)) : []),
];
let source = sources[0];
const chosen = new Map<number, Rows["columns"]>(); // of the tables that the reader has left
let drawer: HTMLElement;
let body: Body | null = null;
let opener: Element | null = null;
let seen: Counts | null = null; // the latest counts
let drawn = ""; // what the table shows, as text
let asked = 0;

/** Change how the rows are shown. */
const show = (change: Partial<Rows>) => propose({ rows: { ...getState().rows, ...change } });

/** The order that a state asks for, or else that of the table. */
const orderOf = ({ sort }: Rows): TableOrder =>
  sort === null ? source.order : { column: sort.replace(/^-/, ""), down: sort.startsWith("-") };

const header = ({ key, title, figure, down }: TableColumn, now: TableOrder): HTMLElement => {
  const mine = now.column === key;
  const turn = (): void => {
    const turned = mine ? !now.down : down;
    const { order } = source;
    show({ sort: key === order.column && turned === order.down ? null : (turned ? "-" : "") + key });
  };
  const [sort, arrow] = directionOf(now.down);
  const button = el("button", { "data-sort": key, click: turn }, isolated(title) + (mine ? arrow : ""));
  const about = { scope: "col", class: figure ? "figure" : null, dir: "auto", "aria-sort": mine ? sort : null };
  return el("th", about, button);
};

const choose = (id: string, open: boolean): void => {
  showFeature(id);
  if (open) focusCard(id);
};

/** The parts of a state that decide which rows are shown. */
const shownIn = ({ layers, filters, year, scenario }: State): string =>
  JSON.stringify([layers, filters, year, scenario]);

/** The choice of what the table shows, if there is one. */
const layerChoice = (): HTMLElement | null => {
  if (sources.length < 2) return null;
  const change = (): void => {
    const { layer, columns } = getState().rows;
    chosen.set(layer, columns);
    const next = select.selectedIndex;
    show({ layer: next, sort: null, columns: chosen.get(next) ?? null });
  };
  const options = sources.map(({ title }) => el("option", {}, title()));
  const select = el("select", { "data-layer": true, change }, options);
  select.selectedIndex = sources.indexOf(source);
  return el("label", {}, el("span", {}, t("table.layer")), select);
};

/** The columns of the table that are shown; the first always is. */
const shownColumns = (all: TableColumn[], wanted: Rows["columns"]): TableColumn[] =>
  all.filter(({ key }, nth) => !nth || (wanted ?? source.first ?? [key]).includes(key));

/** Rows with the shown columns alone. */
const pickedRows = async (columns: TableColumn[], from: number, to: number): Promise<TableRow[]> => {
  const places = source.columns().flatMap(({ key }, nth) => (columns.some((one) => one.key === key) ? nth : []));
  return (await source.rows(from, to)).map(({ id, cells }) => ({ id, cells: places.map((nth) => cells[nth]) }));
};

/** The choice of columns. */
const columnChoice = (all: TableColumn[], wanted: Rows["columns"]): HTMLElement => {
  const keysOf = (columns: Rows["columns"]): string[] => shownColumns(all, columns).map(({ key }) => key);
  const shown = keysOf(wanted);
  const boxes = all.slice(1).map(({ key, title }) => {
    const change = (): void => {
      const next = keysOf(shown.includes(key) ? shown.filter((one) => one !== key) : [...shown, key]);
      show({ columns: next.join() === keysOf(null).join() ? null : next });
    };
    const box = el("input", { type: "checkbox", "data-column": key, checked: shown.includes(key), change });
    return el("label", { dir: "auto" }, box, title);
  });
  return folded("columns", t("table.columns"), el("div", {}, boxes));
};

/** The text that rows are filtered by. */
const soughtField = (sought: string): HTMLElement | null => {
  if (!source.sought) return null;
  const input = (): void => {
    show({ text: field.value });
  };
  const field = el("input", {
    type: "search",
    value: sought,
    "data-sought": true,
    input,
    placeholder: t("table.filter"),
  });
  aria(field, "label", t("table.filter"));
  return field;
};

/** The rows as text: columns with tabs between them. */
const asText = async (columns: TableColumn[], count: number): Promise<string> => {
  const rows = await pickedRows(columns, 0, count);
  const lines = [columns.map(({ title }) => title), ...rows.map(({ cells }) => cells)];
  return lines.map((cells) => cells.map((cell) => cell.replace(/\s+/g, " ")).join("\t")).join("\n");
};

/** Why there are no rows, with the buttons that change it. */
const nothing = (state: State): HTMLElement => {
  const sought = state.rows.text;
  const hidden = Boolean(sought && seen?.shown.features); // by the text alone
  const clear = (): void => {
    show({ text: "" });
    drawer.querySelector<HTMLElement>("[data-sought]")?.focus();
  };
  const buttons = hidden
    ? [el("button", { class: "link", click: clear }, t("filter.remove", `“${sought}”`))]
    : remedies(state);
  const words = hidden ? t("search.empty", sought) : t("table.empty");
  return el("div", { class: "empty" }, el("p", {}, words), buttons);
};

/** Build the table again, and keep the keyboard where it was in it. */
const render = async (): Promise<void> => {
  const state = getState();
  const { layer: nth, text, columns: wanted } = state.rows;
  source = sources[nth];
  const all = source.columns();
  const columns = shownColumns(all, wanted);
  const now = orderOf(state.rows);
  const { wide } = source;
  drawn = shownIn(state);
  asked += 1;
  const mine = asked;
  aria(drawer, "busy", true);
  const count = await source.sort(state, now, foldName(text));
  if (mine !== asked) return;
  const words = t("ui.table");
  const title = t("table.caption", formatNumber(count, 0));
  // A wide table scrolls in two directions, so its title stands above it.
  const tools = [soughtField(text), columnChoice(all, wanted), copyButton(() => asText(columns, count))];
  const bar = el("div", { class: "bar" }, OWN ? layerChoice() : null, el("p", { role: "status" }, title), tools);
  const head = el(
    "thead",
    {},
    el(
      "tr",
      { "aria-rowindex": 1 },
      columns.map((column) => header(column, now)),
    ),
  );
  const about = { "aria-rowcount": count + 1, "aria-label": wide ? title : null };
  const table = el("table", about, wide ? null : el("caption", {}, title), head);
  const empty = count ? null : nothing(state);
  const space = el("div", { class: "space" }, table);
  const scroll = el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": words }, space, empty);
  const close = closeButton(() => propose({ table: false }));
  const held =
    drawer.contains(document.activeElement) && document.activeElement instanceof HTMLElement
      ? document.activeElement.dataset
      : {};
  const { sort, layer, column } = { ...held };
  const typing = held.sought === undefined ? null : (document.activeElement as HTMLInputElement).selectionEnd;
  aria(drawer, "label", words);
  drawer.removeAttribute("aria-busy");
  drawer.classList.toggle("wide", wide);
  drawer.replaceChildren(close, bar, scroll);
  const rows = (from: number, to: number) => pickedRows(columns, from, to);
  body = buildBody({ scroll, table, columns, source: { ...source, rows }, count, choose });
  body.mark(state.selected);
  if (sort !== undefined) drawer.querySelector<HTMLElement>(`[data-sort="${CSS.escape(sort)}"]`)?.focus();
  if (column !== undefined) drawer.querySelector<HTMLElement>(`[data-column="${CSS.escape(column)}"]`)?.focus();
  if (typing !== null) {
    const field = drawer.querySelector<HTMLInputElement>("[data-sought]");
    field?.focus();
    field?.setSelectionRange(typing, typing);
  }
  if (layer !== undefined) drawer.querySelector("select")?.focus();
  await body.draw();
};

const turn = (state: State, changed: ReadonlySet<StateKey>): void => {
  // The rows of the last time are written again below. Until then the browser need not lay them out.
  if (drawer.hidden) drawer.querySelector("tbody")?.replaceChildren();
  drawer.hidden = !state.table;
  if (state.table) opener = document.activeElement;
  else if (opener instanceof HTMLElement && drawer.contains(document.activeElement)) opener.focus();
  if (state.table && !changed.has("lang") && !changed.has("rows")) render();
};

/** Close the choice of columns, if the keyboard is in it, or else the table. */
const leave = (): void => {
  const choice = document.activeElement?.closest("details");
  if (!choice?.open) propose({ table: false });
  else {
    const summary = find("summary", choice);
    summary.click();
    summary.focus();
  }
};

export const buildTable = (): HTMLElement => {
  drawer = el("section", { class: "drawer", "data-table": true, hidden: true, keydown: onEscape(leave) });
  follow(["table"], turn);
  follow(["lang", "rows"], ({ table }) => {
    if (table) render();
  });
  follow(["selected"], ({ selected }) => body?.mark(selected));
  followCounts((counts) => {
    const other = counts !== seen;
    seen = counts;
    if (other && getState().table && drawn !== shownIn(getState())) render();
  });
  return drawer;
};
