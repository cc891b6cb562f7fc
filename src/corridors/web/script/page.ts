/* From payload to page: build the parts, make the map, apply the first state, report that the page is ready. */
import "./columns/feed.ts"; // first of all: the worker reads the stream while this thread reads the rest
import { pace } from "./columns/slices.ts";
import { aria, el, find, present } from "./dom.ts";
import { followTheme } from "./look/colours.ts";
import { hatchPatterns } from "./look/symbols.ts";
import { drawBasemap } from "./map/basemap.ts";
import { drawColumns, openColumns } from "./map/columns.ts";
import { drawDisputes } from "./map/disputes.ts";
import { drawElements } from "./map/elements.ts";
import { drawFeatures } from "./map/features.ts";
import { goHome, homeFrame, setHome, watchHome } from "./map/home.ts";
import { drawLabels } from "./map/labels.ts";
import { keepInSight } from "./map/reveal.ts";
import { freeArea, hasPanel, onPaper, SMALL } from "./map/room.ts";
import { drawRoute, showRoute } from "./map/route.ts";
import { drawSelection, showFeature } from "./map/selection.ts";
import { buildWalk } from "./map/walk.ts";
import { route } from "./network/routes.ts";
import { buildCard, focusCard } from "./panel/card.ts";
import { buildControls, buildZoom } from "./panel/controls.ts";
import { answerHosts } from "./panel/host.ts";
import { buildKey, fillKey, followKey } from "./panel/key.ts";
import { buildCredits, buildPanel, mapTitle } from "./panel/panel.ts";
import { results } from "./panel/results.ts";
import { arrange, buildSheet, watchMap } from "./panel/sheet.ts";
import { buildTable } from "./panel/table.ts";
import { buildPaper, readyForPaper } from "./panel/take.ts";
import { buildTime, prepareTime } from "./panel/time.ts";
import { columnLayers, deepestZoom, hasContent } from "./payload/columns.ts";
import { data, refuse } from "./payload/data.ts";
import { setLanguage, t } from "./payload/text.ts";
import { askedFirst, embedded } from "./state/address.ts";
import { startCounting } from "./state/counts.ts";
import {
  apply,
  begin,
  drawFirst,
  follow,
  followAddress,
  getState,
  isChanging,
  isTold,
  setFirst,
} from "./state/state.ts";
import { firstStep, withStep } from "./state/story.ts";
import type { Bounds } from "./types/payload.ts";
import type { View } from "./types/state.ts";

const WORLD: Bounds = [-170, -55, 170, 75];
const root = document.documentElement;
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const FLIGHT = 0.8; // seconds from one step of a story to the next
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

const build = (): HTMLElement => {
  const ground = el("div", { class: "map", id: "map", role: "region" });
  const card = buildCard();
  const panel = hasPanel() ? buildPanel() : null;
  const table = buildTable(); // before the sheet, which measures the space that the open table leaves
  const key = buildKey();
  const scenario = results().buildScenarioControl?.() ?? null;
  const unfold = buildSheet(panel, card, key, scenario);
  const [above, below] = buildPaper();
  const field = el("div", { class: "field" }, ground, unfold, buildControls(), scenario, card, buildCredits());
  const stage = el(
    "main",
    { class: "stage" },
    above,
    el("div", { class: "frame" }, field, key),
    below,
    ATLAS ? buildTime() : null,
    results().buildComparison?.(),
    table,
  );
  find("#corridors").replaceChildren(...present([panel, stage, hatchPatterns()]));
  return ground;
};

const makeMap = (ground: HTMLElement): L.Map => {
  const map = L.map(ground, {
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.25,
    zoomDelta: 1,
    wheelPxPerZoomLevel: 90,
    minZoom: 1.5,
    maxZoom: deepestZoom(),
    maxBounds: [
      [-85, -250],
      [85, 290],
    ],
    maxBoundsViscosity: 1,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
  });
  // At once: a flight back within the bounds would end after a view that is set meanwhile.
  map.panInsideBounds = (bounds) => L.Map.prototype.panInsideBounds.call(map, bounds, { animate: false });
  ground.parentElement?.append(...buildZoom(map));
  return map;
};

/** The view, to about a pixel: degrees with four decimals, and with six where the map is large. */
const viewNow = (map: L.Map): View => {
  const { lat, lng } = map.getCenter();
  const [zoom, digits] = [map.getZoom(), map.getZoom() > 14 ? 6 : 4];
  return { lat: round(lat, digits), lng: round(lng, digits), zoom: round(zoom, 2) };
};

const followView = (map: L.Map): void => {
  let moving = false;
  // The map moves by whole pixels. A move that changes nothing would draw everything again.
  const isThere = ({ lat, lng, zoom }: View): boolean =>
    map.project([lat, lng]).distanceTo(map.project(map.getCenter())) < 1 && Math.abs(map.getZoom() - zoom) < 0.01;
  follow(["view"], ({ view }) => {
    if (!view || isThere(view)) return;
    moving = true;
    map.setView([view.lat, view.lng], view.zoom, { animate: false });
    moving = false;
    if (!isThere(view)) Object.assign(view, viewNow(map));
  });
  // If the map moves because its window changed, this must not undo the view of the same change.
  map.on("moveend", () => {
    if (!moving && !onPaper() && !isChanging("view")) apply({ view: viewNow(map) });
  });
};

/** Set the language of the page, before other parts write words. */
const followLanguage = (ground: () => HTMLElement): void =>
  follow(["lang", "year", "against"], (state) => {
    setLanguage(state.lang);
    if (root.lang !== state.lang) root.lang = state.lang; // else the browser computes all styles again
    const title = mapTitle(state);
    if (title) document.title = title;
    aria(ground(), "label", t("ui.map"));
  });

let fitted = ""; // the free area and the view in it, after the last time

/** Show the map's own view in its free area, unless the map shows it. */
const fit = (map: L.Map, fly = false): void => {
  const { topLeft, bottomRight } = freeArea();
  const { bounds, narrow } = homeFrame();
  const room = map.getSize().subtract(topLeft).subtract(bottomRight);
  // A wide view in a tall or a narrow window would be a thin stripe, so such a window has its own view.
  const [west, south, east, north] = (room.x < Math.max(room.y, SMALL) && narrow) || bounds || WORLD;
  const options = { paddingTopLeft: topLeft, paddingBottomRight: bottomRight, animate: false };
  const corners: L.LatLngBoundsLiteral = [
    [south, west],
    [north, east],
  ];
  const now = () => JSON.stringify([map.getSize(), topLeft, bottomRight, corners, map.getCenter(), map.getZoom()]);
  if (STORY && fitted && now() === fitted) return; // else all would be drawn again
  if (STORY && fly && !still) {
    root.dataset.flying = ""; // lines, symbols and names would only be enlarged until the end
    map.once("moveend", () => delete root.dataset.flying);
    map.flyToBounds(corners, { ...options, animate: true, duration: FLIGHT });
  } else {
    map.fitBounds(corners, options);
    fitted = now();
  }
};

/** The view decides how much of it the key covers, so the view is fitted again until this no longer changes. */
const fitBesideKey = (map: L.Map): void => {
  let [height, before]: [number, number | null] = [0, null];
  for (let turn = 0; turn < 3 && height !== before; turn += 1) {
    before = height;
    fit(map);
    height = fillKey();
  }
};

/** Draw all that is not in the worker. Names are placed last. */
const draw = async (map: L.Map): Promise<void> => {
  await drawBasemap(map);
  if (ATLAS) drawDisputes(map);
  await drawFeatures(map);
  drawSelection(map);
  if (ROUTES) drawRoute(map);
  results().drawScenario?.(map);
  followView(map);
  followKey(map);
  if (ATLAS) keepInSight(map);
  if (hasContent) buildWalk(map, focusCard);
  readyForPaper();
  watchHome(map);
  if (OWN && data.elements?.length) {
    map.getPanes().mapPane.style.display = ""; // open popups are measured
    drawElements(map, data.elements);
  }
};

/** The functions that other scripts can call. */
const openHooks = (map: L.Map): void => {
  const hooks = { map, state: getState, apply, ...(ROUTES && data.network ? { route } : {}) };
  Object.assign(window, { corridors: hooks });
};

const open = async (ground: HTMLElement): Promise<void> => {
  const map = makeMap(ground);
  watchMap(map);
  arrange();
  setHome((fly) => (STORY && fly ? fit(map, fly) : fitBesideKey(map)));
  fit(map);
  const first = withStep({ story: firstStep, ...askedFirst });
  setFirst(first);
  if (STORY && isTold() && !askedFirst.view) {
    await drawFirst(first, pace); // the map is drawn once, in the area that the card of the step leaves
    fit(map);
  }
  await pace();
  const rows = OWN ? drawColumns(map) : null; // the worker draws while this thread draws the others
  rows?.catch(refuse);
  const { style } = map.getPanes().mapPane;
  style.display = "none"; // so that the browser does not lay out in each pause what is only half there
  await draw(map);
  openHooks(map);
  await begin({ view: viewNow(map), ...first }, pace);
  await pace();
  if ((embedded || (STORY && isTold())) && !askedFirst.view) goHome(); // in the area that the card of a step leaves
  await pace();
  style.display = "";
  if (askedFirst.selected && !askedFirst.view) showFeature(askedFirst.selected);
  else if (ROUTES && !askedFirst.view) showRoute();
  await pace();
  await drawLabels(map);
  await rows;
  root.dataset.ready = "true";
  answerHosts(map);
  if (ATLAS) prepareTime();
};

if (OWN && columnLayers.length) openColumns().catch(refuse);
await pace(); // reading the data and building the page are long tasks, each alone
followTheme();
followLanguage(() => ground);
followAddress();
startCounting();
root.classList.toggle("embed", embedded);
const ground = build();
await pace();
// A frame outside the visible area has no size yet. The map is first drawn when the frame comes into view.
const openWhenSeen = (): void => {
  if (ground.clientWidth && ground.clientHeight) open(ground);
  else window.requestAnimationFrame(openWhenSeen);
};
openWhenSeen();
