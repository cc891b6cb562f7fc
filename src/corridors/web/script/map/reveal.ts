/* The chosen place stays visible: if card or sheet would cover it, the map moves as little as possible. */
import { follow, getState, isTold, propose } from "../state/state.ts";
import { clickedAt, forgetClick } from "./chosen.ts";
import type { DrawnLayer } from "./drawn.ts";
import { layerOf } from "./features.ts";
import { freeArea, sizeInField } from "./room.ts";

const EDGE = 28; // pixels between the place and the edge of the free area
let map: L.Map;

/** The point of the feature to keep visible: where it was clicked, or the point nearest to the middle of the free area. */
const placeOf = (layer: DrawnLayer, free: L.Bounds): L.Point => {
  const clicked = clickedAt();
  if (clicked) return map.latLngToContainerPoint(clicked);
  if (layer instanceof L.CircleMarker) return map.latLngToContainerPoint(layer.getLatLng());
  const middle = free.getCenter();
  const latlngs = layer.getLatLngs().flat(3) as L.LatLng[];
  const points = latlngs.map((latlng) => map.latLngToContainerPoint(latlng));
  const onLine: L.Point | null = layer.closestLayerPoint(map.containerPointToLayerPoint(middle));
  if (onLine) points.push(map.layerPointToContainerPoint(onLine));
  return points.reduce((best, point) => (point.distanceTo(middle) < best.distanceTo(middle) ? point : best));
};

const beyond = (value: number, least: number, most: number): number =>
  Math.min(0, value - least) + Math.max(0, value - most);

const reveal = (asked: boolean): void => {
  if (isTold()) return; // a story has its own views
  const layer = layerOf(getState().selected ?? "");
  if (!layer) return;
  const size = map.getSize();
  const { topLeft, bottomRight } = freeArea();
  const edge = Math.min(EDGE, (size.y - topLeft[1] - bottomRight[1]) / 3);
  const free = L.bounds(
    [topLeft[0] + edge, topLeft[1] + edge],
    [size.x - bottomRight[0] - edge, size.y - bottomRight[1] - edge],
  );
  const at = placeOf(layer, free);
  // A requested view is shown as it is. Then the map moves only if card or sheet covers the place.
  const seen = L.bounds(topLeft, [size.x - bottomRight[0], size.y - bottomRight[1]]);
  if (asked && (seen.contains(at) || !L.bounds([0, 0], sizeInField()).contains(at))) return;
  const [least, most] = [free.getTopLeft(), free.getBottomRight()];
  const by = L.point(beyond(at.x, least.x, most.x), beyond(at.y, least.y, most.y));
  if (!by.x && !by.y) return;
  const { lat, lng } = map.containerPointToLatLng(size.divideBy(2).add(by));
  propose({ view: { lat, lng, zoom: map.getZoom() } });
};

export const keepInSight = (leaflet: L.Map): void => {
  map = leaflet;
  follow(["selected"], (_, changed) => {
    const asked = changed.has("view");
    // When the change is done, because then the card has its height and the new view is set.
    window.queueMicrotask(() => {
      reveal(asked);
      forgetClick();
    });
  });
};
