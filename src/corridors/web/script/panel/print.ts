/* The page on paper: title, the whole map as it is shown, laid anew for the sheet, key, scale, what was asked, sources. */
import { el } from "../dom.ts";
import { applyTheme } from "../look/symbols.ts";
import { inView } from "../map/features.ts";
import { framed, freeArea, setPaper } from "../map/room.ts";
import { fillKey } from "./key.ts";
import { sourceItem } from "./sources.ts";
import { data } from "../payload/data.ts";
import { formatNumber, t } from "../payload/text.ts";
import { getState } from "../state/state.ts";

// Pixels of CSS, 96 to the inch: room for the map on A4 within margins of 12 mm, upright and lying with the key beside it.
const [UPRIGHT, LYING, TALL] = [700, 740, 560];
const [LEAST, MOST] = [700, 1000]; // width that the map is laid out with, so that names are neither huge nor tiny when it is scaled
const FLATTEST = 0.5;
const root = document.documentElement;
let map = null;
let shown = null; // while the page is laid for paper: what was in view
let [above, below] = [null, null];

/** The part of the map that nothing covers, as geographic bounds. */
const inSight = () => {
  const size = map.getSize().subtract(freeArea().bottomRight);
  return { bounds: L.latLngBounds([[0, 0], size].map((point) => map.containerPointToLatLng(point))), size };
};

const still = (node) => {
  const copy = node.cloneNode(true);
  copy.querySelectorAll("button, input, select").forEach((control) => control.replaceWith(control.matches("button") ? control.textContent : ""));
  copy.querySelectorAll("details").forEach((part) => { part.open = true; });
  [copy, ...copy.querySelectorAll("[id]")].forEach((part) => part.removeAttribute("id"));
  return copy;
};

const all = (...selectors) => selectors.flatMap((selector) => [...document.querySelectorAll(selector)]).filter((node) => node.textContent && !node.closest(".drawer[hidden], .card[hidden]"));

const sources = () => {
  const seen = inView();
  const ids = [...new Set(seen.flatMap((feature) => feature.sources || []))].filter((id) => (data.sources || {})[id]);
  if (!ids.length) return null;
  return el("section", {}, el("h2", {}, t("page.sources", formatNumber(ids.length, 0))), el("ol", { class: "sources" }, ids.map(sourceItem)));
};

/** Set map and page for the sheet; the state stays what it is. */
const prepare = () => {
  if (shown || !map || framed) return;
  const { bounds, size } = inSight();
  setPaper(true);
  shown = { snap: map.options.zoomSnap, view: getState().view };
  above.replaceChildren(...all(".panel .head").map(still));
  below.replaceChildren(...all(".panel [data-summary]", ".panel .scenario", ".planner .plan:has(.answer:not(:empty)) .told", ".planner .answer", ".compare .scroll", ".card").map(still));
  const width = Math.max(LEAST, Math.min(MOST, size.x));
  const height = Math.round(width * Math.max(FLATTEST, Math.min(TALL / UPRIGHT, size.y / size.x)));
  for (const [name, value] of Object.entries({ w: `${width}px`, h: `${height}px`, up: UPRIGHT / width, across: Math.min(LYING / width, TALL / height) })) root.style.setProperty(`--${name}`, value);
  root.dataset.paper = "";
  applyTheme("light");
  map.options.zoomSnap = 0;
  map.invalidateSize({ pan: false, animate: false });
  map.fitBounds(bounds, { animate: false });
  fillKey();
  const list = sources();
  below.append(...[list, ...all(".foot > .fine").map(still)].filter(Boolean));
};

const restore = () => {
  if (!shown) return;
  const { snap, view } = shown;
  delete root.dataset.paper;
  [above, below].forEach((node) => node.replaceChildren());
  map.options.zoomSnap = snap;
  map.invalidateSize({ pan: false, animate: false });
  map.setView([view.lat, view.lng], view.zoom, { animate: false });
  shown = null;
  setPaper(false);
  applyTheme(getState().theme);
  fillKey();
};

/** What stands above and below the map on paper. */
export const buildPaper = () => {
  [above, below] = ["above", "below"].map((name) => el("div", { class: `paper ${name}` }));
  return [above, below];
};

export const readyForPaper = (leaflet) => {
  map = leaflet;
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", restore);
  // Where a browser tells of print by its media alone, as its developer tools do.
  window.matchMedia("print").addEventListener("change", ({ matches }) => (matches ? prepare() : restore()));
};
