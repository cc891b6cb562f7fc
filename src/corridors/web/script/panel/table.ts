/* The table: every feature on the map as a sortable row, for selecting features by keyboard. */
import { el, signButton } from "../dom.ts";
import { showFeature } from "../map/selection.ts";
import { columnLayers } from "../payload/columns.ts";
import { features } from "../payload/features.ts";
import { formatNumber, t } from "../payload/text.ts";
import { type Counts, followCounts } from "../state/counts.ts";
import { follow, getState, propose } from "../state/state.ts";
import type { State, StateKey } from "../types/state.ts";
import { focusCard } from "./card.ts";
import { columnRows } from "./column_rows.ts";
import { featureRows } from "./feature_rows.ts";
import { type Body, buildBody } from "./rows_in_sight.ts";
import type { TableColumn, TableOrder, TableSource } from "./table_source.ts";

/** The features of an atlas, and each layer of a reader's own data. */
const sources: TableSource[] = [
  ...(features.length || !columnLayers.length ? [featureRows] : []),
  ...(OWN ? columnLayers.map((_, nth) => columnRows(nth)) : []),
];
let source = sources[0];
let order: TableOrder | null = null; // null: that of the source
let drawer: HTMLElement;
let body: Body | null = null;
let opener: Element | null = null;
let seen: Counts | null = null; // the latest counts
let drawn = ""; // what the table shows, as text
let asked = 0;

const header = ({ key, title, figure, down }: TableColumn, now: TableOrder): HTMLElement => {
  const mine = now.column === key;
  const turn = (): void => {
    order = { column: key, down: mine ? !now.down : down };
    render();
  };
  const [sort, arrow] = now.down ? ["descending", " ↓"] : ["ascending", " ↑"];
  const button = el("button", { type: "button", "data-sort": key, click: turn }, title + (mine ? arrow : ""));
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
    source = sources[select.selectedIndex];
    order = null;
    render();
  };
  const options = sources.map(({ title }) => el("option", {}, title()));
  const select = el("select", { "data-layer": true, change }, options);
  select.selectedIndex = sources.indexOf(source);
  return el("label", {}, el("span", {}, t("table.layer")), select);
};

/** Build the table again, and keep the keyboard where it was in it. */
const render = async (): Promise<void> => {
  const state = getState();
  const columns = source.columns();
  const now = order ?? source.order;
  const { wide } = source;
  drawn = shownIn(state);
  asked += 1;
  const mine = asked;
  drawer.setAttribute("aria-busy", "true");
  const count = await source.sort(state, now);
  if (mine !== asked) return;
  const words = t("ui.table");
  const title = t("table.caption", formatNumber(count, 0));
  // A wide table scrolls in two directions, so its title stands above it.
  const bar = wide || sources.length > 1 ? el("div", { class: "bar" }, layerChoice(), el("p", {}, title)) : null;
  const head = el(
    "thead",
    {},
    el(
      "tr",
      { "aria-rowindex": 1 },
      columns.map((column) => header(column, now)),
    ),
  );
  const about = { "aria-rowcount": count + 1, "aria-label": bar ? title : null };
  const table = el("table", about, bar ? null : el("caption", {}, title), head);
  const empty = count ? null : el("p", { class: "empty" }, t("table.empty"));
  const space = el("div", { class: "space" }, table);
  const scroll = el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": words }, space, empty);
  const close = signButton("close", {
    class: "icon",
    "aria-label": t("ui.close"),
    click: () => propose({ table: false }),
  });
  const held =
    drawer.contains(document.activeElement) && document.activeElement instanceof HTMLElement
      ? document.activeElement.dataset
      : {};
  const { sort, layer } = { ...held };
  drawer.setAttribute("aria-label", words);
  drawer.removeAttribute("aria-busy");
  drawer.classList.toggle("wide", wide);
  drawer.replaceChildren(...[close, bar, scroll].filter((node) => node !== null));
  body = buildBody({ scroll, table, columns, source, count, choose });
  body.mark(state.selected);
  if (sort !== undefined) drawer.querySelector<HTMLElement>(`[data-sort="${CSS.escape(sort)}"]`)?.focus();
  if (layer !== undefined) drawer.querySelector("select")?.focus();
  await body.draw();
};

const turn = (state: State, changed: ReadonlySet<StateKey>): void => {
  drawer.hidden = !state.table;
  if (state.table) opener = document.activeElement;
  else if (opener instanceof HTMLElement && drawer.contains(document.activeElement)) opener.focus();
  if (state.table && !changed.has("lang")) render();
};

export const buildTable = (): HTMLElement => {
  drawer = el("section", { class: "drawer", "data-table": true, hidden: true });
  follow(["table"], turn);
  follow(["lang"], ({ table }) => {
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
