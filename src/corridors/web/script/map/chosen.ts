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
