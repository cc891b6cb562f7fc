/* The page in print: title, map with a layout for the sheet, key, scale, request, sources, address. */

import { positionsOf } from "../columns/positions.ts";
import { el, present } from "../dom.ts";
import { applyTheme } from "../look/colours.ts";
import { inView } from "../map/features.ts";
import { homeFrame } from "../map/home.ts";
import { framed, freeArea, setPaper } from "../map/room.ts";
import { fillKey } from "../panel/key.ts";
import { sourceList, sourcesTitle } from "../panel/sources.ts";
import { data } from "../payload/data.ts";
import { classOf } from "../payload/features.ts";
import { formatNumber, t } from "../payload/text.ts";
import { shownFeatures } from "../state/filter.ts";
import { getState } from "../state/state.ts";
import type { Bounds } from "../types/payload.ts";
import type { View } from "../types/state.ts";
import { addressCode } from "./code.ts";
import { linkNow } from "./link.ts";

/** What the reader asks of the sheet. The browser's own command has only "as shown", on any paper. */
export interface Sheet {
  whole: boolean;
  size: string;
  orientation: string;
}

// Pixels of CSS, 96 per inch: the space for the map on A4 with margins of 12 mm, in both orientations, with the key.
const [UPRIGHT, LYING, TALL] = [700, 740, 560];
const [LEAST, MOST] = [700, 1000]; // width of the map before scaling; names get a suitable size
const FLATTEST = 0.5;
const [LEAST_M, MARGIN] = [400_000, 0.03]; // of the whole map: its least width in metres, and what is added around it
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
const [above, below] = ["above", "below"].map((name) => document.querySelector(`.paper.${name}`) as Element);
const { map } = (window as unknown as { corridors: { map: L.Map } }).corridors;
let sheet: Sheet | null = null;
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

/** The sources of the visible features. A story has its own list. */
const sources = (): HTMLElement | null => {
  if (below.querySelector(".story")) return null;
  const used = new Set(inView().flatMap((feature) => feature.sources ?? []));
  const ids = [...used].filter((id) => id in data.sources);
  return ids.length ? el("section", {}, el("h2", {}, sourcesTitle(ids)), sourceList(ids, "ol")) : null;
};

/** The lines and points that are shown, all of them; without any, all that figures of the map can show. Areas may be far larger. */
const extent = ([west, south, east, north]: Bounds): L.LatLngBounds => {
  const lines = shownFeatures(getState()).filter((feature) => classOf(feature).geometry !== "area");
  const places = lines.flatMap((feature) => positionsOf(feature).flat());
  if (!places.length) return L.latLngBounds([south, west], [north, east]);
  const drawn = L.latLngBounds(places);
  const wide = drawn.extend(drawn.getCenter().toBounds(LEAST_M)).pad(MARGIN);
  return L.latLngBounds(
    [Math.max(south, wide.getSouth()), Math.max(west, wide.getWest())],
    [Math.min(north, wide.getNorth()), Math.min(east, wide.getEast())],
  );
};

/** The whole map as bounds and in pixels of any scale; null on a page without a view of its own. */
const whole = (): ReturnType<typeof inSight> | null => {
  const own = data.map.frame ?? homeFrame().bounds;
  if (!own) return null;
  const bounds = extent(own);
  const [one, other] = [bounds.getSouthWest(), bounds.getNorthEast()].map((corner) => map.project(corner));
  return { bounds, size: L.point(other.x - one.x, one.y - other.y) };
};

/** Give the map the width and height for a sheet. The style scales it to the sheet. */
const layMap = (size: L.Point): void => {
  const larger = sheet?.size === "A3" ? Math.SQRT2 : 1;
  const width = Math.max(LEAST * larger, Math.min(MOST * larger, size.x));
  const height = Math.round(width * Math.max(FLATTEST, Math.min(TALL / UPRIGHT, size.y / size.x)));
  const scales = { up: (UPRIGHT * larger) / width, across: larger * Math.min(LYING / width, TALL / height) };
  for (const [name, value] of Object.entries({ w: `${width}px`, h: `${height}px`, ...scales }))
    root.style.setProperty(`--${name}`, String(value));
};

/** The address, and where it is one of the web, a code for cameras. */
const link = (): HTMLElement => {
  const address = linkNow();
  return el("div", { class: "fine link" }, /^http/.test(address) ? addressCode(address) : null, el("p", {}, address));
};

/** Prepare map and page for the sheet. The state does not change. */
export const prepare = (): void => {
  if (before || framed) return;
  const { bounds, size } = (sheet?.whole && whole()) || inSight();
  before = { snap: map.options.zoomSnap, view: getState().view };
  setPaper(true);
  above.replaceChildren(...copies(".panel .head"), link()); // on the first sheet, however long the sources are
  below.replaceChildren(...copies(...BELOW));
  layMap(size);
  root.dataset.paper = sheet?.orientation ?? "";
  applyTheme("light");
  map.options.zoomSnap = 0;
  map.invalidateSize({ pan: false, animate: false });
  map.fitBounds(bounds, { animate: false });
  fillKey();
  below.append(...present([sources(), ...copies(".foot > .fine")]));
};

export const restore = (): void => {
  if (!before) return;
  const { snap, view } = before;
  delete root.dataset.paper;
  for (const node of [above, below]) node.replaceChildren();
  map.options.zoomSnap = snap;
  map.invalidateSize({ pan: false, animate: false });
  if (view) map.setView([view.lat, view.lng], view.zoom, { animate: false });
  before = null;
  sheet = null;
  document.adoptedStyleSheets = [];
  setPaper(false);
  applyTheme(getState().theme);
  fillKey();
};

/** Ask for a sheet, and open the browser's dialogue for print. */
export const print = (wanted: Sheet): void => {
  const style = new CSSStyleSheet(); // the policy admits no new element of style
  style.replaceSync(`@page { size: ${wanted.size} ${wanted.orientation}; }`);
  document.adoptedStyleSheets = [style];
  sheet = wanted;
  window.print();
};
