/* The features on the map: lines, points and areas of every class, pointer events, and which features are visible. */

import { positionOf, positionsOf } from "../columns/positions.ts";
import { pace } from "../columns/slices.ts";
import { columnLayers } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { classOf, features, isArea, isPoint } from "../payload/features.ts";
import { classIn, ownYear, passes } from "../state/filter.ts";
import { follow, getState, propose } from "../state/state.ts";
import { isUnsure, statusAt, yearAt } from "../state/years.ts";
import type { Feature, FeatureClass } from "../types/payload.ts";
import type { Moment, State } from "../types/state.ts";
import { chooseByClick } from "./chosen.ts";
import { drawDivider, isOn, type Side } from "./divider.ts";
import { type Dates, type Drawn, type DrawnLayer, lookAt, sign, switchNodes } from "./drawn.ts";
import { areaDrawing, fullSize, isBare, lineDrawing, pointDrawing } from "./feature_nodes.ts";
import { hintOf, sayOf } from "./hint.ts";
import { drawnParts, keepUnfocused, Ribbon, StackedRenderer } from "./leaflet.ts";
import { addPane } from "./panes.ts";
import { sizeInField } from "./room.ts";
import { lineScale, pointScale, pointZoom } from "./scale.ts";

const CELL = 24; // pixels of the grid in which crowded points are looked for
const drawn = new Map<string, Drawn>();
const others = new Map<string, Drawn>(); // as on a second date, if they look different then
const all = (): Drawn[] => [...drawn.values(), ...others.values()];
const renderers = new Map<number, L.Renderer>();
let map: L.Map;
let dates: Dates; // of the state that is drawn

const depth = (entry: FeatureClass): number => 400 + Math.max(0, Math.min(18, entry.z ?? 5)) * 10;

const rendererAt = (level: number): L.Renderer => {
  const known = renderers.get(level);
  if (known) return known;
  const renderer = new StackedRenderer({ pane: addPane(map, `corridors-${level}`, level), padding: 0.3 });
  renderers.set(level, renderer);
  return renderer;
};

const makeLayer = ({ feature, moment, order, at }: Drawn): DrawnLayer => {
  const status = statusAt(feature, moment) ?? "operational";
  const own = ownYear(yearAt(moment));
  const entry = classOf(feature);
  const { offset } = entry.style;
  const renderer = rendererAt(depth(entry));
  const options = { renderer, pane: renderer.options.pane, weight: 14, order };
  if (at) {
    return L.circleMarker(at, {
      ...options,
      radius: 10,
      draw: () => pointDrawing(feature, status),
    });
  }
  const where = positionsOf(feature);
  const held = { ...feature, class: classIn(feature, yearAt(moment)) };
  if (isArea(feature)) return L.polygon(where, { ...options, draw: () => areaDrawing(held) });
  const line = { ...options, draw: () => lineDrawing(feature, status, own) };
  if (offset !== undefined) return new Ribbon(where, { ...line, smoothFactor: 2, offset });
  return L.polyline<GeoJSON.LineString>(where, { ...line, smoothFactor: feature.basis === "great_circle" ? 0.4 : 1 });
};

/** Let a feature be seen on one side of the divider, or on both. Points are not cut: they are where their middle is. */
const setSide = (item: Drawn, side: Side | null): void => {
  item.side = side;
  if (!item.layer || item.at) return;
  for (const one of ["left", "right"]) switchNodes(item.layer, one, side === one);
};

/** Whether a point is on its side. */
const isSeen = ({ at, side }: Drawn): boolean => !at || !side || isOn(side, map.latLngToContainerPoint(at).x);

/** The layer of a feature on the map. Most points are never shown, so a layer is made when it is first needed. */
const layerFor = (item: Drawn): DrawnLayer => {
  if (item.layer) return item.layer;
  const { feature, at } = item;
  const layer = makeLayer(item);
  item.layer = layer;
  keepUnfocused(layer); // the table is the keyboard's way to a feature
  if (!isArea(feature) || !isBare(feature)) sayOf(map, layer, () => hintOf(feature, yearAt(item.moment)), !at);
  chooseByClick(layer, feature.id, at);
  layer.on("mouseover mouseout", (event: L.LeafletEvent) => switchNodes(layer, "hover", event.type === "mouseover"));
  layer.addTo(map);
  sign(item, dates);
  setSide(item, item.side);
  return layer;
};

const show = (item: Drawn, on: boolean): void => {
  if (on || item.layer) switchNodes(layerFor(item), "off", !on);
};

/** Bring a feature to a date of the state. If it looks different then, it is drawn again. */
const bring = (item: Drawn, on: ReadonlySet<string>, state: State, moment: Moment | null = state.year): void => {
  const { feature } = item;
  const look = lookAt(feature, moment);
  item.moment = moment;
  if (statusAt(feature, moment) && look !== item.look) {
    item.layer?.remove();
    Object.assign(item, { layer: null, look, signs: "" });
  }
  sign(item, dates);
  item.on = on.has(classIn(feature, state.year)) && passes(feature, state);
  if (!item.at) show(item, item.on);
};

/** What looks different on the second date is drawn once more, right of the divider. */
const divide = (item: Drawn, on: ReadonlySet<string>, then: State): void => {
  const { feature } = item;
  const { against } = then;
  if (against === null && !item.side) return;
  const shown = against !== null && on.has(classIn(feature, then.year)) && passes(feature, then);
  const seen = (on: boolean, moment: Moment | null): unknown =>
    on && lookAt(feature, moment) + isUnsure(feature, yearAt(moment));
  const differs = against !== null && seen(item.on, item.moment) !== seen(shown, against);
  setSide(item, differs ? "left" : null);
  const other = others.get(feature.id) ?? { ...item, layer: null, look: "", signs: "", side: "right" };
  if (differs && shown) {
    others.set(feature.id, other);
    bring(other, on, then, against);
  } else {
    other.on = false; // even if it has no layer: a point gets one when it is first seen
    show(other, false);
  }
};

/** Redraw the features of the state. */
const render = (state: State): void => {
  const on = new Set(state.layers);
  const classesOn = state.layers.map((id) => data.classes[id]);
  const { classList } = map.getContainer();
  // Drawn stations replace ticks. Names on coloured land need a stronger colour.
  classList.toggle(
    "with-stations",
    classesOn.some((entry) => entry.style.symbol === "station"),
  );
  classList.toggle(
    "tinted",
    classesOn.some((entry) => entry.geometry === "area" && entry.style.fill),
  );
  const then = { ...state, year: yearAt(state.against) };
  dates = state;
  for (const item of drawn.values()) {
    bring(item, on, state);
    divide(item, on, then);
  }
  declutter();
};

/** The size of a point in pixels at the current zoom. */
export const pointSize = (feature: Feature): number => fullSize(feature) * pointScale(map.getZoom());

/** Of overlapping points only the first in rank is drawn. The others appear when the reader zooms in. */
export const declutter = (): void => {
  const zoom = map.getZoom();
  map.getContainer().style.setProperty("--zw", String(lineScale(zoom)));
  const { selected } = getState();
  const rank = ({ feature }: Drawn) => (feature.id === selected ? -1 : (feature.rank ?? 9));
  const points = all()
    .filter(({ at }) => at)
    .sort((a, b) => rank(a) - rank(b));
  const cells = new Map<string, { x: number; y: number; reach: number }[]>();
  for (const item of points) {
    if (!item.on || !isSeen(item)) {
      show(item, false);
      continue;
    }
    const { x, y } = map.project(item.at as L.LatLng, zoom);
    const reach = pointSize(item.feature) * data.look.reach;
    const [column, row] = [Math.floor(x / CELL), Math.floor(y / CELL)];
    let free = zoom >= pointZoom(item.feature, classOf(item.feature).style);
    for (let i = -1; free && i < 2; i += 1) {
      for (let j = -1; free && j < 2; j += 1) {
        const others = cells.get(`${column + i},${row + j}`) ?? [];
        free = !others.some((other) => Math.hypot(other.x - x, other.y - y) < reach + other.reach);
      }
    }
    item.crowded = !free && item.feature.id !== selected; // the selected point is first: it has space at every zoom
    show(item, !item.crowded);
    if (item.crowded) continue;
    const key = `${column},${row}`;
    cells.set(key, [...(cells.get(key) ?? []), { x, y, reach }]);
  }
};

export interface DrawnPoint {
  feature: Feature;
  latlng: L.LatLng;
  /** In pixels. */
  size: number;
}

/** The points whose symbols are drawn now. */
export const drawnPoints = (): DrawnPoint[] =>
  all().flatMap((item) => {
    const { feature, at, on, crowded } = item;
    return at && on && !crowded && isSeen(item) ? [{ feature, latlng: at, size: pointSize(feature) }] : [];
  });

/** The features that are at least partly visible in the window of the map. */
export const inView = (): Feature[] => {
  if (!drawn.size) return [];
  const corner = map.containerPointToLayerPoint([0, 0]);
  const view = L.bounds(corner, corner.add(sizeInField()));
  const crosses = (points: L.Point[]) =>
    points.slice(1).some((point, i) => L.LineUtil.clipSegment(points[i], point, view));
  const seen = ({ at, layer, feature }: Drawn): boolean => {
    if (at) return view.contains(map.latLngToLayerPoint(at));
    return drawnParts(layer).some((points) =>
      isArea(feature) ? L.PolyUtil.clipPolygon(points, view).length : crosses(points),
    );
  };
  const found = all().filter((item) => item.on && !item.crowded && isSeen(item) && seen(item));
  return [...new Set(found.map((item) => item.feature))];
};

export interface DrawnLine {
  feature: Feature;
  points: L.Point[];
}

/** The lines that are drawn now: each feature with visible points along it, so many pixels apart. */
export const drawnLines = (step: number): DrawnLine[] => {
  const room = L.bounds([0, 0], sizeInField());
  const along = (from: L.Point, to: L.Point): L.Point[] => {
    const steps = Math.max(1, Math.round(to.distanceTo(from) / step));
    const way = to.subtract(from);
    return Array.from({ length: steps }, (_, n) => map.layerPointToContainerPoint(from.add(way.multiplyBy(n / steps))));
  };
  return all()
    .filter(({ feature, on }) => on && classOf(feature).geometry === "line")
    .map(({ feature, layer, side }) => {
      const points = drawnParts(layer).flatMap((part) => part.slice(1).flatMap((point, i) => along(part[i], point)));
      return { feature, points: points.filter((point) => room.contains(point) && isOn(side, point.x)) };
    });
};

/** The layer of a feature on the map. */
export const layerOf = (id: string): DrawnLayer | null => {
  const item = drawn.get(id);
  if (!item) return null;
  show(item, item.on && !item.crowded);
  return layerFor(item);
};

/** Draw the features of the state, with pauses. */
const drawAll = async (): Promise<void> => {
  const state = getState();
  const on = new Set(state.layers);
  dates = state;
  for (const [order, feature] of [...features].sort((a, b) => (b.rank ?? 9) - (a.rank ?? 9)).entries()) {
    const at = isPoint(feature) ? L.latLng(positionOf(feature)) : null;
    const item: Drawn = {
      feature,
      layer: null,
      order,
      moment: null,
      look: "",
      signs: "",
      side: null,
      at,
      on: false,
      crowded: false,
    };
    drawn.set(feature.id, item);
    bring(item, on, state);
    await pace();
  }
  map.on("zoomend", declutter);
  drawDivider(map, declutter);
  follow(["layers", "filters", "year", "against", "scenario"], render);
};

/** Make the panes of features and of the selection, and draw the features that the page has. */
export const drawFeatures = async (leaflet: L.Map): Promise<void> => {
  map = leaflet;
  const pointLevels = Object.values(data.classes)
    .filter((entry) => entry.geometry === "point")
    .map(depth);
  addPane(map, "corridors-picked", Math.min(590, ...pointLevels) - 5);
  addPane(map, "corridors-ring", 595);
  if (!columnLayers.length) map.on("click", () => propose({ selected: null })); // else the worker is asked first
  if (ATLAS) await drawAll();
};
