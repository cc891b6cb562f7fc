/* The feature that a press on the map selects, and where it was pressed. */
import { getState, propose } from "../state/state.ts";

let clicked: L.LatLng | null = null;

/** Where the selected feature was pressed, or null. */
export const clickedAt = (): L.LatLng | null => clicked;

export const forgetClick = (): void => {
  clicked = null;
};

/** Select the feature that was clicked at a place. */
export const chooseAt = (id: string, latlng: L.LatLng): void => {
  if (getState().selected === id) return;
  clicked = latlng;
  propose({ selected: id });
};
