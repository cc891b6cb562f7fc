/* From payload to page: build the parts, make the map, apply the first state, say that it is ready. */
import { el } from "./dom.ts";
import { hatchPatterns } from "./look/symbols.ts";
import { drawBasemap } from "./map/basemap.ts";
import { drawElements } from "./map/elements.ts";
import { drawFeatures } from "./map/features.ts";
import { goHome, setHome } from "./map/home.ts";
import { drawLabels } from "./map/labels.ts";
import { keepInSight } from "./map/reveal.ts";
import { freeArea, hasPanel, onPaper } from "./map/room.ts";
import { drawRoute, showRoute } from "./map/route.ts";
import { drawScenario } from "./map/scenario.ts";
import { drawSelection, showFeature } from "./map/selection.ts";
import { route } from "./network/routes.ts";
import { buildCard } from "./panel/card.ts";
import { buildComparison } from "./panel/compare.ts";
import { buildControls, buildZoom } from "./panel/controls.ts";
import { buildKey, fillKey, followKey } from "./panel/key.ts";
import { buildCredits, buildPanel, mapTitle } from "./panel/panel.ts";
import { buildPaper, readyForPaper } from "./panel/print.ts";
import { buildScenarioControl } from "./panel/scenarios.ts";
import { arrange, buildSheet, watchMap } from "./panel/sheet.ts";
import { buildTable } from "./panel/table.ts";
import { data } from "./payload/data.ts";
import { setLanguage, t } from "./payload/text.ts";
import { askedFirst, embedded } from "./state/address.ts";
import { apply, follow, followAddress, getState, isChanging } from "./state/state.ts";

const root = document.documentElement;
const view = (data.map || {}).view || {};
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const round = (value, digits) => Number(value.toFixed(digits));

const build = () => {
  const ground = el("div", { class: "map", id: "map" });
  const card = buildCard();
  const panel = hasPanel() ? buildPanel() : null;
  const table = buildTable(); // before the sheet, which measures what room the open table leaves
  const key = buildKey();
  const unfold = buildSheet(panel, card, key);
  const [above, below] = buildPaper();
  const field = el("div", { class: "field" }, ground, unfold, buildControls(), buildScenarioControl(), card, buildCredits());
  const stage = el("main", { class: "stage" }, above, el("div", { class: "frame" }, field, key), below, buildComparison(), table);
  document.getElementById("corridors").replaceChildren(...[panel, stage, hatchPatterns()].filter(Boolean));
  return ground;
};

const makeMap = (ground) => {
  const map = L.map(ground, {
    attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 90, minZoom: 1.5, maxZoom: 14,
    maxBounds: [[-85, -250], [85, 290]], maxBoundsViscosity: 1, zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still,
  });
  ground.setAttribute("role", "region");
  ground.parentNode.append(...buildZoom(map));
  return map;
};

const viewNow = (map) => {
  const { lat, lng } = map.getCenter();
  return { lat: round(lat, 4), lng: round(lng, 4), zoom: round(map.getZoom(), 2) };
};

const followView = (map) => {
  let moving = false;
  follow(["view"], (state) => {
    const now = viewNow(map);
    const { lat, lng, zoom } = state.view;
    if (Math.abs(now.lat - lat) < 1e-3 && Math.abs(now.lng - lng) < 1e-3 && Math.abs(now.zoom - zoom) < 0.01) return;
    moving = true;
    map.setView([lat, lng], zoom, { animate: false });
    moving = false;
    Object.assign(state.view, viewNow(map));
  });
  // A map that moves because its window changed must not undo the view that the same change asks for.
  map.on("moveend", () => { if (!moving && !onPaper() && !isChanging("view")) apply({ view: viewNow(map) }); });
};

const showWords = (ground) => {
  follow(["lang", "year"], (state) => {
    setLanguage(state.lang);
    root.lang = state.lang;
    const title = mapTitle(state);
    if (title) document.title = title;
    ground().setAttribute("aria-label", t("ui.map"));
  });
};

const open = (ground) => {
  const map = makeMap(ground);
  watchMap(map);
  arrange();
  const fit = () => {
    const { topLeft, bottomRight } = freeArea();
    const room = map.getSize().subtract(topLeft).subtract(bottomRight);
    // A wide view in a tall window would be a stripe between two empty halves: such a window gets a view of its own.
    const [west, south, east, north] = (room.x < room.y && view.narrow) || view.bounds || [-170, -55, 170, 75];
    map.fitBounds([[south, west], [north, east]], { paddingTopLeft: topLeft, paddingBottomRight: bottomRight, animate: false });
  };
  // What is in view decides how much of it the key covers; it is fitted again until that stays.
  setHome(() => {
    let [height, before] = [0, null];
    for (let round = 0; round < 3 && height !== before; round += 1) {
      before = height;
      fit();
      height = fillKey();
    }
  });
  fit();
  drawBasemap(map);
  drawFeatures(map);
  drawSelection(map);
  drawRoute(map);
  drawScenario(map);
  drawLabels(map);
  followView(map);
  followKey(map);
  keepInSight(map);
  readyForPaper(map);
  if ((data.elements || []).length) drawElements(map, data.elements);
  window.corridors = Object.assign(window.corridors || {}, { map, state: getState, apply: apply });
  if (data.network) window.corridors.route = route;
  apply({ view: viewNow(map), ...askedFirst }, true);
  if (embedded && !askedFirst.view) goHome();
  if (askedFirst.selected && !askedFirst.view) showFeature(askedFirst.selected);
  else if (!askedFirst.view) showRoute();
  window.queueMicrotask(() => { root.dataset.ready = "true"; });
};

const boot = () => {
  let ground = null;
  showWords(() => ground);
  followAddress();
  root.classList.toggle("embed", embedded);
  ground = build();
  // A frame that is out of sight gives the map no room yet: it gets its first picture when it comes into view.
  const begin = () => { if (ground.clientWidth && ground.clientHeight) open(ground); else window.requestAnimationFrame(begin); };
  begin();
};

boot();
