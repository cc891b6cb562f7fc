/* The feature that a click on the map selects, and the position of the click. */
import { getState, propose } from "../state/state.ts";

let clicked: L.LatLng | null = null;

/** The position of the click on the selected feature, or null. */
export const clickedAt = (): L.LatLng | null => clicked;

export const forgetClick = (): void => {
  clicked = null;
};

/** Select the feature that was clicked at a position. */
export const chooseAt = (id: string, latlng: L.LatLng): void => {
  if (getState().selected === id) return;
  clicked = latlng;
  propose({ selected: id });
};

/** Let a click on a layer select its feature, at the place of a point or else of the click. */
export const chooseByClick = (layer: L.Layer, id: string, at?: L.LatLng | null): void => {
  layer.on("click", (event: L.LeafletMouseEvent) => {
    L.DomEvent.stopPropagation(event);
    chooseAt(id, at ?? event.latlng);
  });
};
