/* The route of the state, drawn on the map with a halo and brought into view. */
import { legsOf } from "../network/card.ts";
import { legCourse } from "../network/course.ts";
import { readNetwork } from "../network/network.ts";
import { plannedRoute } from "../network/planned.ts";
import { data } from "../payload/data.ts";
import { follow, propose } from "../state/state.ts";
import type { Leg, Position, Way } from "../types/network.ts";
import type { State } from "../types/state.ts";
import { viewOfBounds } from "./leaflet.ts";
import { seenOn } from "./panes.ts";
import { freeArea } from "./room.ts";

let map: L.Map;
let drawn: L.FeatureGroup | null = null;

const legLines = (legs: Leg[]): L.Path[] => {
  const base = seenOn("corridors-picked");
  const courses = legs.map((leg) => ({ line: leg.line, points: legCourse(leg) }));
  const halos = courses.map(({ points }) => L.polyline(points, { ...base, weight: 10, className: "halo" }));
  const lines = courses.map(({ line, points }) => {
    const [weight, dashArray] =
      line.mode === "transfer" ? [2, data.look.dashes.transfer] : [3.5, data.look.dashes[line.status]];
    return L.polyline(points, { ...base, weight, className: "picked", dashArray });
  });
  return [...halos, ...lines];
};

const endRings = ({ nodes, places }: Way): L.Path[] => {
  const base = seenOn("corridors-ring");
  const passed = places.slice(1, -1).map((place) => readNetwork().nodes[place.nodes[0]]);
  const ends: Position[] = [nodes[0], ...passed, nodes[nodes.length - 1]];
  return ends.flatMap(({ lat, lon }) => [
    L.circleMarker([lat, lon], { ...base, radius: 9, weight: 6, className: "halo" }),
    L.circleMarker([lat, lon], { ...base, radius: 9, weight: 2.5, className: "picked" }),
  ]);
};

const render = (state: State): void => {
  drawn?.remove();
  const way = plannedRoute(state)?.way;
  drawn = way ? L.featureGroup([...legLines(legsOf(way)), ...endRings(way)]).addTo(map) : null;
};

/** Bring the whole route into the free part of the map. */
export const showRoute = (): void => {
  if (!drawn) return;
  const { topLeft, bottomRight } = freeArea();
  const room = ([x, y]: L.PointTuple): L.PointTuple => [x + 40, y + 40];
  const options = { paddingTopLeft: room(topLeft), paddingBottomRight: room(bottomRight), maxZoom: 9 };
  propose({ view: viewOfBounds(map, drawn.getBounds(), options) });
};

export const drawRoute = (leaflet: L.Map): void => {
  map = leaflet;
  follow(["route", "year", "lang"], render);
};
