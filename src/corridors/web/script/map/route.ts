/* The route that the state asks for: found once, drawn on the map with a halo, brought into view. */
import { arc } from "../network/geodesic.ts";
import { freeArea } from "./room.ts";
import { legsOf } from "../network/card.ts";
import { readNetwork } from "../network/network.ts";
import { plannedRoute } from "../network/planned.ts";
import { data } from "../payload/data.ts";
import { follow, propose } from "../state/state.ts";

const RISE_MS = 200; // until a phone's sheet stands at its new height
let map = null;
let drawn = null;

const pointsOf = (nodes) => nodes.slice(1).flatMap((node, nth) => arc(nodes[nth], node).slice(nth ? 1 : 0));

const render = (state) => {
  if (drawn) drawn.remove();
  drawn = null;
  const { way } = plannedRoute(state) || {};
  if (!way) return;
  const look = { pane: "corridors-picked", renderer: L.svg({ pane: "corridors-picked", padding: 0.3 }), interactive: false, fill: false };
  const legs = legsOf(way).map(({ line, nodes }) => ({ line, points: pointsOf(nodes) }));
  const halos = legs.map(({ points }) => L.polyline(points, { ...look, weight: 10, className: "halo" }));
  const lines = legs.map(({ line, points }) =>
    L.polyline(points, { ...look, weight: line.mode === "transfer" ? 2 : 3.5, className: "picked", dashArray: line.mode === "transfer" ? "1 5" : data.look.dashes[line.status] }));
  const ring = { pane: "corridors-ring", renderer: L.svg({ pane: "corridors-ring", padding: 0.3 }), interactive: false, fill: false };
  const passed = way.places.slice(1, -1).map((place) => readNetwork().nodes[place.nodes[0]]);
  const ends = [way.nodes[0], ...passed, way.nodes[way.nodes.length - 1]].flatMap(({ lat, lon }) =>
    [L.circleMarker([lat, lon], { ...ring, radius: 9, weight: 6, className: "halo" }), L.circleMarker([lat, lon], { ...ring, radius: 9, weight: 2.5, className: "picked" })]);
  drawn = L.featureGroup([...halos, ...lines, ...ends]).addTo(map);
};

/** Bring the whole route into the free part of the map. */
export const showRoute = () => {
  if (!drawn) return;
  if (document.documentElement.dataset.layout === "sheet") window.setTimeout(look, RISE_MS);
  else look();
};

const look = () => {
  if (!drawn) return;
  const { topLeft, bottomRight } = freeArea();
  const room = (corner) => [corner[0] + 40, corner[1] + 40];
  const { center, zoom } = map._getBoundsCenterZoom(drawn.getBounds(), { paddingTopLeft: room(topLeft), paddingBottomRight: room(bottomRight), maxZoom: 9 });
  propose({ view: { lat: center.lat, lng: center.lng, zoom } });
};

export const drawRoute = (leaflet) => {
  map = leaflet;
  follow(["route", "year", "lang"], render);
};
