/* The page in print: title, the whole map as shown with a layout for the sheet, key, scale, request, sources. */
import { el, present } from "../dom.ts";
import { applyTheme } from "../look/colours.ts";
import { inView } from "../map/features.ts";
import { framed, freeArea, setPaper } from "../map/room.ts";
import { data } from "../payload/data.ts";
import { formatNumber, t } from "../payload/text.ts";
import { getState } from "../state/state.ts";
import type { View } from "../types/state.ts";
import { fillKey } from "./key.ts";
import { sourceList, sourcesTitle } from "./sources.ts";

// Pixels of CSS, 96 per inch: the space for the map on A4 with margins of 12 mm, in both orientations, with the key.
const [UPRIGHT, LYING, TALL] = [700, 740, 560];
const [LEAST, MOST] = [700, 1000]; // width of the map before scaling; names get a suitable size
const FLATTEST = 0.5;
const BELOW = [
  ".panel .story",
  ".panel [data-summary]",
  ".panel .scenario",
  ".panel .dates:not([hidden])",
  ".planner .plan:has(.answer:not(:empty)) .told",
  ".planner .answer",
  ".compare .scroll",
  "[data-table] .scroll",
  ".card",
];
const root = document.documentElement;
const [above, below] = ["above", "below"].map((name) => el("div", { class: `paper ${name}` }));
let map: L.Map;
/** While the page has its layout for print: the state of the map before. */
let before: { snap: number | undefined; view: View | null } | null = null;

/** The free part of the map, as geographic bounds and in pixels. */
const inSight = (): { bounds: L.LatLngBounds; size: L.Point } => {
  const size = map.getSize().subtract(freeArea().bottomRight);
  const corners = [L.point(0, 0), size].map((point) => map.containerPointToLatLng(point));
  return { bounds: L.latLngBounds(corners), size };
};

/** Which rows of a table are in its element, if not all are; null for anything else. */
const partOf = (node: Element): HTMLElement | null => {
  const all = Number(node.querySelector("table")?.getAttribute("aria-rowcount")) - 1; // without the head
  const rows = [...node.querySelectorAll("[data-row]")].map((row) => Number(row.getAttribute("aria-rowindex")) - 1);
  if (!rows.length || rows.length >= all) return null;
  const [first, last, count] = [rows[0], rows[rows.length - 1], all].map((value) => formatNumber(value, 0));
  return el("p", { class: "fine" }, t("table.part", first, last, count));
};

/** A copy of a node without events, with all its parts open. */
const still = (node: Element): Element => {
  const copy = node.cloneNode(true) as Element;
  for (const control of copy.querySelectorAll("button, input, select")) {
    control.replaceWith(control.matches("button") ? control.textContent : "");
  }
  for (const part of copy.querySelectorAll("details")) part.open = true;
  for (const part of [copy, ...copy.querySelectorAll("[id]")]) part.removeAttribute("id");
  copy.prepend(...present([partOf(node)]));
  return copy;
};

const copies = (...selectors: string[]): Element[] =>
  selectors
    .flatMap((selector) => [...document.querySelectorAll(selector)])
    .filter((node) => node.textContent && !node.closest(".drawer[hidden], .card[hidden]"))
    .map(still);

/** The sources of the visible features. */
const sources = (): HTMLElement | null => {
  const used = new Set(inView().flatMap((feature) => feature.sources ?? []));
  const ids = [...used].filter((id) => id in data.sources);
  return ids.length ? el("section", {}, el("h2", {}, sourcesTitle(ids)), sourceList(ids, "ol")) : null;
};

/** Give the map the width and height for a sheet. The style scales it to the sheet. */
const layMap = (size: L.Point): void => {
  const width = Math.max(LEAST, Math.min(MOST, size.x));
  const height = Math.round(width * Math.max(FLATTEST, Math.min(TALL / UPRIGHT, size.y / size.x)));
  const scales = { up: UPRIGHT / width, across: Math.min(LYING / width, TALL / height) };
  for (const [name, value] of Object.entries({ w: `${width}px`, h: `${height}px`, ...scales }))
    root.style.setProperty(`--${name}`, String(value));
};

/** Prepare map and page for the sheet. The state does not change. */
const prepare = (): void => {
  if (before || !map || framed) return;
  const { bounds, size } = inSight();
  before = { snap: map.options.zoomSnap, view: getState().view };
  setPaper(true);
  above.replaceChildren(...copies(".panel .head"));
  below.replaceChildren(...copies(...BELOW));
  layMap(size);
  root.dataset.paper = "";
  applyTheme("light");
  map.options.zoomSnap = 0;
  map.invalidateSize({ pan: false, animate: false });
  map.fitBounds(bounds, { animate: false });
  fillKey();
  below.append(...present([sources(), ...copies(".foot > .fine")]));
};

const restore = (): void => {
  if (!before) return;
  const { snap, view } = before;
  delete root.dataset.paper;
  for (const node of [above, below]) node.replaceChildren();
  map.options.zoomSnap = snap;
  map.invalidateSize({ pan: false, animate: false });
  if (view) map.setView([view.lat, view.lng], view.zoom, { animate: false });
  before = null;
  setPaper(false);
  applyTheme(getState().theme);
  fillKey();
};

/** The text above and below the map in print. */
export const buildPaper = (): [above: HTMLElement, below: HTMLElement] => [above, below];

export const readyForPaper = (leaflet: L.Map): void => {
  map = leaflet;
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", restore);
  // Some browsers report print only by its media query, as their developer tools do.
  window.matchMedia("print").addEventListener("change", ({ matches }) => (matches ? prepare() : restore()));
};
