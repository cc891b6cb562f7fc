/* What is selected: its outline on the map, and the way to see it. */
import { inkOf } from "../look/symbols.ts";
import { classOf, declutter, layerOf, pointSize } from "./features.ts";
import { Ribbon } from "./renderer.ts";
import { freeArea } from "./room.ts";
import { data } from "../payload/data.ts";
import { decode } from "../payload/decode.ts";
import { byId } from "../payload/features.ts";
import { passes } from "../state/filter.ts";
import { follow, getState, propose } from "../state/state.ts";

let map = null;
let selection = [];

const outline = (feature, level) => {
  const entry = classOf(feature);
  const where = decode(feature.geometry);
  const base = { pane: level, renderer: L.svg({ pane: level, padding: 0.3 }), interactive: false, fill: false };
  const closed = feature.geometry.t.endsWith("Polygon");
  const dash = data.look.dashes[feature.status];
  const { offset, width: own } = entry.style;
  const draw = (weight, className, dashArray) => {
    const options = { ...base, weight, className, dashArray };
    return offset === undefined ? (closed ? L.polygon : L.polyline)(where, options) : new Ribbon(where, { ...options, smoothFactor: 2, offset });
  };
  if (feature.geometry.t === "Point") {
    const radius = pointSize(feature) / 2 + 4;
    return [L.circleMarker(where, { ...base, radius, weight: 7, className: "halo" }), L.circleMarker(where, { ...base, radius, weight: 2.5, className: "picked" })];
  }
  const width = closed ? 1 : own || 2;
  // The colour of a ribbon stays to be seen: it gets an edge, not a line over it.
  if (offset !== undefined) {
    const core = draw(width, "core", dash);
    core.on("add", () => { core.getElement().style.stroke = inkOf(feature.class); });
    return [draw(width + 8, "halo", null), draw(width + 2.6, "picked", null), core];
  }
  if (feature.ways) return [draw(1.5, "picked", null)]; // the ways are what is to be seen
  return [draw(width + 9, "halo", null), draw(width + 1.5, "picked", dash)];
};

const select = (state) => {
  selection.forEach((layer) => layer.remove());
  selection = [];
  const feature = byId.get(state.selected);
  if (!feature) return;
  selection = outline(feature, feature.geometry.t === "Point" ? "corridors-ring" : "corridors-picked");
  selection.forEach((layer) => layer.addTo(map));
  declutter();
};

/** Where to look to see a feature in the free part of the map: unchanged if it is well in view already. */
export const viewOf = (id) => {
  const feature = byId.get(id);
  const { topLeft, bottomRight } = freeArea();
  const point = feature.geometry.t === "Point";
  const bounds = point ? layerOf(id).getLatLng().toBounds(10) : layerOf(id).getBounds();
  const size = map.getSize();
  const free = L.bounds([topLeft[0] + 20, topLeft[1] + 20], [size.x - bottomRight[0] - 20, size.y - bottomRight[1] - 20]);
  const here = L.bounds(map.latLngToContainerPoint(bounds.getNorthWest()), map.latLngToContainerPoint(bounds.getSouthEast()));
  const span = here.getSize();
  if (free.contains(here) && (point ? map.getZoom() >= 5 : Math.max(span.x, span.y) > 80)) return null;
  const edge = Math.min(40, (size.y - topLeft[1] - bottomRight[1]) / 4); // in a small frame not more than there is
  const { center, zoom } = map._getBoundsCenterZoom(bounds, {
    paddingTopLeft: [topLeft[0] + edge, topLeft[1] + edge],
    paddingBottomRight: [bottomRight[0] + edge, bottomRight[1] + edge],
    maxZoom: point ? Math.max(6.5, map.getZoom()) : 9,
  });
  return { lat: center.lat, lng: center.lng, zoom };
};

/** Bring a feature onto the map: its class on, no filter in its way, in view, selected. */
export const showFeature = (id) => {
  const feature = byId.get(id);
  if (!feature) return;
  const state = getState();
  const change = { selected: id };
  if (!state.layers.includes(feature.class)) change.layers = [...state.layers, feature.class];
  if (feature.scenario) Object.assign(change, { scenario: feature.scenario, after: state.after || 100 });
  if (!passes(feature, { ...state, ...change })) change.filters = {};
  if (!passes(feature, { ...state, ...change, filters: {} })) change.year = null;
  propose(change);
  const view = viewOf(id);
  if (view) propose({ view });
};

export const drawSelection = (leaflet) => {
  map = leaflet;
  follow(["selected"], select);
};
