/* The features on the map: lines, points and areas of every class, what the pointer finds, and what is selected. */
import { el, svg } from "../dom.ts";
import { inkOf, strokesOf, symbolNode } from "../look/symbols.ts";
import { chooseAt } from "./chosen.ts";
import { Ribbon, StackedRenderer } from "./renderer.ts";
import { labelZoom, lineScale, pointScale } from "./scale.ts";
import { data } from "../payload/data.ts";
import { decode } from "../payload/decode.ts";
import { features, isCity } from "../payload/features.ts";
import { hasMessage, nameOf, pick, t } from "../payload/text.ts";
import { ownYear, passes, statusIn } from "../state/filter.ts";
import { follow, getState, propose } from "../state/state.ts";

const drawn = new Map(); // feature id → {feature, layer, status, point}
const { citySizes, capitalRing, stationsFrom } = data.look;
// A hollow line says "not electrified", but only on a map whose legend says so.
const HOLLOW_MEANS = ((data.map || {}).filters || []).some((filter) => filter.property === "electrified");
let map = null;
let renderers = null;

export const classOf = (feature) => (data.classes || {})[feature.class] || { style: {}, geometry: "line" };
const depth = (entry) => 400 + Math.max(0, Math.min(18, entry.z ?? 5)) * 10;

const rendererAt = (level) => {
  if (renderers.has(level)) return renderers.get(level);
  const name = `corridors-${level}`;
  map.createPane(name).style.zIndex = String(level);
  map.getPane(name).style.pointerEvents = "none";
  const renderer = new StackedRenderer({ pane: name, padding: 0.3 });
  renderers.set(level, renderer);
  return renderer;
};

const stroked = ({ stroke, width, opacity, dash }) => {
  const path = svg("path");
  Object.assign(path.style, { stroke, strokeWidth: `calc(${width}px * var(--zw, 1) + var(--hw, 0px))`, opacity: String(opacity), strokeDasharray: dash || "none" });
  return path;
};

/** Which lines had wires in another year is not known. */
const inOwnYear = () => ownYear(getState().year);

const lineNodes = (feature, status) => {
  const entry = classOf(feature);
  const look = { ...feature, status, hollow: (feature.hollow && HOLLOW_MEANS && inOwnYear()) || entry.style.hollow };
  const nodes = strokesOf(entry.style, inkOf(feature.class), look)
    .map((stroke) => ({ tier: stroke.role === "casing" ? "casing" : "ink", node: stroked(stroke) }));
  const target = svg("path", { class: "hit", "data-feature": feature.id });
  nodes.push({ tier: "hit", node: target });
  let marks = null;
  if (status === "suspended" || (feature.basis === "stations" && (feature.stops || []).length)) {
    const node = svg("path", { class: status === "suspended" ? "mark cross" : "mark" });
    node.style.stroke = inkOf(feature.class);
    nodes.push({ tier: "mark", node, place: true });
    marks = { node, suspended: status === "suspended", stops: feature.basis === "stations" ? feature.stops : null, fromZoom: stationsFrom };
  }
  return { nodes, target, marks };
};

/** The size of a point in pixels: its own, a city's by population (capitals have room for their ring), its class's. */
const fullSize = (feature) => {
  if (feature.size) return feature.size;
  if (!isCity(feature)) return classOf(feature).style.size || 12;
  const people = (feature.headline || []).find((figure) => figure.label === "fact.population")?.value || 0;
  return citySizes.find(([least]) => people >= least)[1] + (feature.kind === "capital" ? capitalRing : 0);
};

export const pointSize = (feature) => fullSize(feature) * pointScale(map.getZoom());

const symbolOf = (feature) => feature.symbol || (feature.kind === "capital" && (data.symbols || {}).capital ? "capital" : classOf(feature).style.symbol);

const pointNodes = (feature, status) => {
  const size = fullSize(feature);
  const target = svg("g", { class: "spot", "data-feature": feature.id }, svg("circle", { r: Math.max(9, size / 2 + 3), class: "catch" }));
  const sign = symbolNode(symbolOf(feature), inkOf(feature.class), size, feature.confidence === "low" || status === "planned");
  if (status === "under_construction" || status === "suspended") sign.style.opacity = "0.6";
  target.append(sign);
  return { nodes: [{ tier: "ink", node: target }], target };
};

const areaNodes = (feature) => {
  const style = classOf(feature).style;
  const target = svg("path", { class: "patch", "data-feature": feature.id });
  target.style.fill = style.hatch ? "url(#corridors-hatch)" : style.fill ? inkOf(feature.class) : "none";
  // What carries no value can be clicked, but has no tooltip that would follow the pointer all over the map.
  if (!style.hatch && !style.fill) target.classList.add("bare");
  return { nodes: [{ tier: "area", node: target }], target };
};

const makeLayer = (feature, status) => {
  const entry = classOf(feature);
  const renderer = rendererAt(depth(entry));
  const where = decode(feature.geometry);
  const options = { renderer, pane: renderer.options.pane, weight: 14 };
  if (feature.geometry.t === "Point") return L.circleMarker(where, { ...options, radius: 10, draw: () => pointNodes(feature, status) });
  if (feature.geometry.t.endsWith("Polygon")) return L.polygon(where, { ...options, draw: () => areaNodes(feature) });
  if (entry.style.offset !== undefined) return new Ribbon(where, { ...options, smoothFactor: 2, offset: entry.style.offset, draw: () => lineNodes(feature, status) });
  return L.polyline(where, { ...options, smoothFactor: feature.basis === "great_circle" ? 0.4 : 1, draw: () => lineNodes(feature, status) });
};

const hint = (feature) => {
  const state = getState();
  const kind = hasMessage(`kind.${feature.kind}`) ? t(`kind.${feature.kind}`) : pick(classOf(feature).title);
  const status = statusIn(feature, state.year);
  const rest = status && status !== "operational" ? `${kind}, ${t(`status.${status}`)}` : kind;
  return el("span", { class: "hint" }, el("b", {}, nameOf(feature)), ` · ${rest}`);
};

const add = (feature, status) => {
  const layer = makeLayer(feature, status);
  const point = feature.geometry.t === "Point";
  const { hatch, fill } = classOf(feature).style;
  const bare = feature.geometry.t.endsWith("Polygon") && !hatch && !fill;
  // The table is the keyboard's way to a feature; Leaflet's focus listeners would make each one a nameless tab stop.
  layer._addFocusListeners = () => {};
  if (!bare) layer.bindTooltip(() => hint(feature), { sticky: !point, direction: "top", offset: [0, -8], opacity: 1, className: "tip" });
  layer.on("click", (event) => {
    L.DomEvent.stopPropagation(event);
    chooseAt(feature.id, point ? layer.getLatLng() : event.latlng);
  });
  layer.on("mouseover mouseout", (event) => {
    for (const { node } of layer._drawn.nodes) node.classList.toggle("hover", event.type === "mouseover");
  });
  layer.addTo(map);
  drawn.set(feature.id, { feature, layer, status, point, own: inOwnYear() });
};

const switchNodes = (item, name, on) => {
  for (const { node } of item.layer._drawn.nodes) node.classList.toggle(name, on);
};

/** Redraw what the state shows; a feature whose status differs in the chosen year is drawn anew. */
const render = (state) => {
  for (const item of [...drawn.values()]) {
    const status = statusIn(item.feature, state.year);
    if (status && (status !== item.status || (item.feature.hollow && item.own !== inOwnYear()))) {
      item.layer.remove();
      add(item.feature, status);
    }
  }
  const on = new Set(state.layers);
  const classesOn = state.layers.map((id) => data.classes[id]);
  // Drawn stations make ticks needless; names on tinted land need a stronger colour.
  map.getContainer().classList.toggle("with-stations", classesOn.some((entry) => entry.style.symbol === "station"));
  map.getContainer().classList.toggle("tinted", classesOn.some((entry) => entry.geometry === "area" && entry.style.fill));
  for (const item of drawn.values()) {
    item.on = on.has(item.feature.class) && passes(item.feature, state);
    switchNodes(item, "off", !item.on);
  }
  declutter();
};

/** Of points that would lie on one another only the first in rank is drawn; the others appear on zooming in. */
export const declutter = () => {
  const zoom = map.getZoom();
  map.getContainer().style.setProperty("--zw", String(lineScale(zoom)));
  const points = [...drawn.values()].filter((item) => item.point && item.on);
  const selected = getState().selected;
  const rank = ({ feature }) => (feature.id === selected ? -1 : feature.rank ?? 9);
  points.sort((a, b) => rank(a) - rank(b));
  const cells = new Map();
  for (const item of points) {
    const style = classOf(item.feature).style;
    const fromZoom = style.minZoom ?? (style.symbol === "station" ? stationsFrom : isCity(item.feature) ? labelZoom(item.feature.rank ?? 9) - 0.25 : 0);
    const { x, y } = map.project(item.layer.getLatLng(), zoom);
    const reach = pointSize(item.feature) * 0.42;
    const [column, row] = [Math.floor(x / 24), Math.floor(y / 24)];
    let free = zoom >= fromZoom;
    for (let i = -1; free && i < 2; i += 1) {
      for (let j = -1; free && j < 2; j += 1) {
        free = !(cells.get(`${column + i},${row + j}`) || []).some((other) => Math.hypot(other.x - x, other.y - y) < reach + other.reach);
      }
    }
    item.crowded = !free && item.feature.id !== selected; // the selected is first: it has room, whatever its zoom
    switchNodes(item, "crowded", item.crowded);
    if (item.crowded) continue;
    const key = `${column},${row}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push({ x, y, reach });
  }
};

/** The points whose symbols are drawn now, for the labels: feature, latlng and size. */
export const drawnPoints = () =>
  [...drawn.values()].filter((item) => item.point && item.on && !item.crowded)
    .map((item) => ({ feature: item.feature, latlng: item.layer.getLatLng(), size: pointSize(item.feature) }));

/** The features of which something is to be seen in the window of the map. */
export const inView = () => {
  const corner = map.containerPointToLayerPoint([0, 0]);
  const view = L.bounds(corner, corner.add(map.getSize()));
  const crosses = (points) => points.slice(1).some((point, i) => L.LineUtil.clipSegment(points[i], point, view));
  const seen = ({ point, layer, feature }) => {
    if (point) return view.contains(map.latLngToLayerPoint(layer.getLatLng()));
    const closed = feature.geometry.t.endsWith("Polygon");
    return layer._parts.some((points) => (closed ? L.PolyUtil.clipPolygon(points, view).length : crosses(points)));
  };
  return [...drawn.values()].filter((item) => item.on && !item.crowded && seen(item)).map((item) => item.feature);
};

/** The lines that are drawn now: each feature with points along it that are in view, so many pixels apart. */
export const drawnLines = (step) => {
  const room = L.bounds([0, 0], map.getSize());
  return [...drawn.values()].filter((item) => item.on && item.layer._parts && classOf(item.feature).geometry === "line").map(({ feature, layer }) => ({ feature, points: layer._parts.flatMap((points) =>
    points.slice(1).flatMap((point, i) => {
      const steps = Math.max(1, Math.round(point.distanceTo(points[i]) / step));
      return Array.from({ length: steps }, (_, n) => map.layerPointToContainerPoint(points[i].add(point.subtract(points[i]).multiplyBy(n / steps)))).filter((at) => room.contains(at));
    })) }));
};

export const layerOf = (id) => drawn.get(id).layer;

export const drawFeatures = (leaflet) => {
  map = leaflet;
  renderers = new Map();
  const pointLevels = Object.values(data.classes || {}).filter((entry) => entry.geometry === "point").map(depth);
  const panes = { "corridors-picked": Math.min(590, ...pointLevels) - 5, "corridors-ring": 595 };
  for (const [name, level] of Object.entries(panes)) {
    map.createPane(name).style.zIndex = String(level);
    map.getPane(name).style.pointerEvents = "none";
  }
  const order = [...features].sort((a, b) => (b.rank ?? 9) - (a.rank ?? 9));
  order.forEach((feature) => add(feature, feature.status || "operational"));
  map.on("zoomend", declutter);
  map.on("click", () => propose({ selected: null }));
  follow(["layers", "filters", "year", "scenario"], render);
};
