/* Points that a reader sets on the map to measure: how they are set and removed, and how they and their lines are drawn. */
import { arc } from "../network/geodesic.ts";
import type { Position } from "../types/network.ts";
import { addPane } from "./panes.ts";

const DRAGGED = 4; // pixels that a pointer moves before it moves the map

/** What a reader does with the points. */
interface Deeds {
  add: (at: L.LatLng) => void;
  /** Take the last point away. */
  remove: () => void;
  end: () => void;
}

/** The geodesic line between two positions, without a jump at the 180th meridian. */
const course = (one: Position, other: Position): L.LatLngTuple[] => {
  let before = one.lon;
  return arc(one, other).map(([lat, lon]) => {
    before = lon + 360 * Math.round((before - lon) / 360);
    return [lat, before];
  });
};

/** A function that draws points in a colour, with the line through them and, if asked, the ring that they close. */
export const drawer = (map: L.Map, ring: boolean) => {
  const pane = addPane(map, "corridors-measure", 640);
  const shared = { pane, renderer: L.svg({ pane, padding: 0.3 }), interactive: false };
  const drawn = L.layerGroup().addTo(map);
  return (points: Position[], color: string): void => {
    drawn.clearLayers();
    const line = points.slice(1).map((point, nth) => course(points[nth], point));
    const back = ring && points.length > 2 ? course(points[points.length - 1], points[0]) : [];
    const layers = [
      ...(ring
        ? [L.polygon([...line.flat(), ...back], { ...shared, stroke: false, fillColor: color, fillOpacity: 0.2 })]
        : []),
      L.polyline(line, { ...shared, className: "measure-casing", weight: 6 }),
      L.polyline(back, { ...shared, color, weight: 2, dashArray: "2 5" }),
      L.polyline(line, { ...shared, color, weight: 3 }),
      ...points.map(({ lat, lon }) =>
        L.circleMarker([lat, lon], { ...shared, className: "measure-point", color, weight: 2, radius: 4 }),
      ),
    ];
    for (const layer of layers) drawn.addLayer(layer);
  };
};

/** Report what a reader does with pointer and keys, before the map answers. */
export const listen = (map: L.Map, active: () => boolean, { add, remove, end }: Deeds): void => {
  const ground = map.getContainer();
  let pressed = L.point(0, 0);
  const catches = (event: Event): boolean => active() && !(event.target as Element).closest(".leaflet-control");
  const placeOf = (event: MouseEvent): L.Point => L.point(event.clientX, event.clientY);
  ground.addEventListener("pointerdown", (event) => (pressed = placeOf(event)), true);
  ground.addEventListener(
    "click",
    (event) => {
      if (!catches(event) || pressed.distanceTo(placeOf(event)) > DRAGGED) return;
      event.stopPropagation();
      if (event.detail < 2) add(map.mouseEventToLatLng(event)); // the second click of a double one ends it
    },
    true,
  );
  ground.addEventListener(
    "dblclick",
    (event) => {
      if (!catches(event)) return;
      event.stopPropagation();
      end();
    },
    true,
  );
  ground.addEventListener("keydown", (event) => {
    if (!active() || event.target !== ground) return;
    if (event.key === "Enter") add(map.getCenter());
    if (event.key === "Backspace") remove();
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (!active() || event.key !== "Escape") return;
      event.preventDefault();
      end();
    },
    true,
  );
};
