/* The place that was chosen stays in sight: where card or sheet would cover it, the map moves, no farther than it must. */
import { clickedAt, forgetClick } from "./chosen.ts";
import { layerOf } from "./features.ts";
import { freeArea } from "./room.ts";
import { follow, getState, propose } from "../state/state.ts";

const EDGE = 28; // pixels between the place and the edge of what is free
let map = null;

/** The point of the feature to keep in sight: where it was clicked, else the nearest to the middle of what is free. */
const placeOf = (layer, free) => {
  const clicked = clickedAt();
  if (clicked) return map.latLngToContainerPoint(clicked);
  if (!layer.getBounds) return map.latLngToContainerPoint(layer.getLatLng());
  const middle = free.getCenter();
  const points = layer.getLatLngs().flat(3).map((latlng) => map.latLngToContainerPoint(latlng));
  const onLine = layer.closestLayerPoint(map.containerPointToLayerPoint(middle));
  if (onLine) points.push(map.layerPointToContainerPoint(onLine));
  return points.reduce((best, point) => (point.distanceTo(middle) < best.distanceTo(middle) ? point : best));
};

const beyond = (value, least, most) => Math.min(0, value - least) + Math.max(0, value - most);

const reveal = (asked) => {
  const id = getState().selected;
  if (!id) return;
  const size = map.getSize();
  const { topLeft, bottomRight } = freeArea();
  const edge = Math.min(EDGE, (size.y - topLeft[1] - bottomRight[1]) / 3);
  const free = L.bounds([topLeft[0] + edge, topLeft[1] + edge], [size.x - bottomRight[0] - edge, size.y - bottomRight[1] - edge]);
  const at = placeOf(layerOf(id), free);
  // Who asks for a view knows what it shows; then only what card or sheet covers is moved.
  if (asked && !L.bounds([0, 0], size).contains(at)) return;
  const by = L.point(beyond(at.x, free.min.x, free.max.x), beyond(at.y, free.min.y, free.max.y));
  if (!by.x && !by.y) return;
  const { lat, lng } = map.containerPointToLatLng(size.divideBy(2).add(by));
  propose({ view: { lat, lng, zoom: map.getZoom() } });
};

export const keepInSight = (leaflet) => {
  map = leaflet;
  follow(["selected"], (state, changed) => {
    const asked = changed.has("view");
    // When the change is done: the card has its height then, and a view that goes with the change is taken.
    window.queueMicrotask(() => {
      reveal(asked);
      forgetClick();
    });
  });
};
