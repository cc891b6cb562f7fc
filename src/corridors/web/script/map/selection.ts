/* The selection: its outline on the map, and bringing it into view. */
import { positionOf, positionsOf } from "../columns/positions.ts";
import { inkOf } from "../look/colours.ts";
import { idOf, placeOf } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { byId, classOf, featureOf, isArea, isPoint } from "../payload/features.ts";
import { classIn, passes } from "../state/filter.ts";
import { follow, getState, propose } from "../state/state.ts";
import type { Place } from "../types/columns.ts";
import type { Position } from "../types/network.ts";
import type { Feature } from "../types/payload.ts";
import type { Change, State, View } from "../types/state.ts";
import { featureAt } from "./column_selection.ts";
import { declutter, layerOf, pointSize } from "./features.ts";
import { Ribbon, viewOfBounds } from "./leaflet.ts";
import { seenOn } from "./panes.ts";
import { freeArea } from "./room.ts";

let map: L.Map;
let selection: L.Path[] = [];
let pointed: L.Path[] = [];

const ring = (at: L.LatLngTuple, radius: number): L.Path[] => {
  const base = { ...seenOn("corridors-ring"), radius };
  return [
    L.circleMarker(at, { ...base, weight: 7, className: "halo" }),
    L.circleMarker(at, { ...base, weight: 2.5, className: "picked" }),
  ];
};

/** Ring a position that the reader points at elsewhere; null takes the ring away. */
export const ringAt = (at: Position | null): void => {
  for (const layer of pointed) layer.remove();
  pointed = at ? ring([at.lat, at.lon], 7) : [];
  for (const layer of pointed) layer.addTo(map);
};

const outline = (feature: Feature): L.Path[] => {
  if (isPoint(feature)) return ring(positionOf(feature), pointSize(feature) / 2 + 4);
  const { offset, width: own } = classOf(feature).style;
  const where = positionsOf(feature);
  const base = seenOn("corridors-picked");
  const closed = isArea(feature);
  const dash = (feature.status && data.look.dashes[feature.status]) ?? null;
  const draw = (weight: number, className: string, dashArray: string | null): L.Path => {
    const options = { ...base, weight, className, dashArray: dashArray ?? undefined };
    if (offset !== undefined) return new Ribbon(where, { ...options, smoothFactor: 2, offset });
    return closed ? L.polygon(where, options) : L.polyline(where, options);
  };
  const width = closed ? 1 : own || 2;
  // The colour of a ribbon stays visible: it gets an edge, not a line above it.
  if (offset !== undefined) {
    const core = draw(width, "core", dash);
    core.on("add", () => {
      (core.getElement() as SVGElement).style.stroke = inkOf(feature.class);
    });
    return [draw(width + 8, "halo", null), draw(width + 2.6, "picked", null), core];
  }
  if (feature.ways) return [draw(1.5, "picked", null)]; // the routes must be visible
  return [draw(width + 9, "halo", null), draw(width + 1.5, "picked", dash)];
};

const select = ({ selected }: State): void => {
  for (const layer of selection) layer.remove();
  const feature = featureOf(selected);
  selection = feature ? outline(feature) : [];
  if (!feature) return;
  for (const layer of selection) layer.addTo(map);
  declutter();
};

/** The bounds of a feature, and whether it is a point; null if it is not on the map. */
const placeOnMap = (id: string): { bounds: L.LatLngBounds; point: boolean } | null => {
  const layer = layerOf(id);
  if (!layer) return null;
  const point = layer instanceof L.CircleMarker;
  return { bounds: point ? layer.getLatLng().toBounds(10) : layer.getBounds(), point };
};

/** The area to show so that bounds are in the free part of the map; null if they are already visible there. */
export const viewOf = ({ bounds, point }: { bounds: L.LatLngBounds; point: boolean }): View | null => {
  const { topLeft, bottomRight } = freeArea();
  const size = map.getSize();
  const free = L.bounds(
    [topLeft[0] + 20, topLeft[1] + 20],
    [size.x - bottomRight[0] - 20, size.y - bottomRight[1] - 20],
  );
  const corners = [bounds.getNorthWest(), bounds.getSouthEast()].map((corner) => map.latLngToContainerPoint(corner));
  const here = L.bounds(corners[0], corners[1]);
  const span = here.getSize();
  if (free.contains(here) && (point ? map.getZoom() >= 5 : Math.max(span.x, span.y) > 80)) return null;
  const edge = Math.min(40, (size.y - topLeft[1] - bottomRight[1]) / 4); // in a small frame at most the available space
  return viewOfBounds(map, bounds, {
    paddingTopLeft: [topLeft[0] + edge, topLeft[1] + edge],
    paddingBottomRight: [bottomRight[0] + edge, bottomRight[1] + edge],
    maxZoom: Math.max(map.getZoom(), point ? 6.5 : Math.max(9, map.getBoundsZoom(bounds) - 2)),
  });
};

/** Bring a feature of a reader's own data onto the map. */
const showRow = async (place: Place): Promise<void> => {
  const { class: id, passes: shown, bounds } = await featureAt(place);
  const { layers } = getState();
  const change: Change = { selected: idOf(place) };
  if (!layers.includes(id)) change.layers = [...layers, id];
  if (!shown) change.filters = {};
  propose(change);
  if (!bounds) return;
  const [west, south, east, north] = bounds;
  const corners = L.latLngBounds([south, west], [north, east]);
  const view = viewOf({ bounds: corners, point: data.classes[id].geometry === "point" });
  if (view) propose({ view });
};

/** Bring a feature onto the map: switch its class on, remove filters that hide it, bring it into view, select it. */
const show = (feature: Feature): void => {
  const state = getState();
  const change: Change = { selected: feature.id };
  const held = classIn(feature, state.year);
  if (!state.layers.includes(held)) change.layers = [...state.layers, held];
  if (feature.scenario) Object.assign(change, { scenario: feature.scenario, after: state.after || 100 });
  const scenario = feature.scenario ?? state.scenario;
  if (!passes(feature, { ...state, scenario })) change.filters = {};
  if (!passes(feature, { ...state, scenario, filters: {} })) change.year = null;
  propose(change);
  const place = placeOnMap(feature.id);
  const view = place && viewOf(place);
  if (view) propose({ view });
};

/** Bring a feature of the map, or of a reader's own data, onto the map. */
export const showFeature = (id: string): void => {
  const feature = byId.get(id);
  const own = placeOf(id);
  if (ATLAS && feature) show(feature);
  else if (OWN && own) showRow(own);
};

export const drawSelection = (leaflet: L.Map): void => {
  map = leaflet;
  if (ATLAS) follow(["selected"], select);
};
