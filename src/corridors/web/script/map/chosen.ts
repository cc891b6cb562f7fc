/* The feature that a press on the map selects, and where it was pressed. */
import { getState, propose } from "../state/state.ts";

let clicked = null;

/** Where the selected feature was pressed, or null. */
export const clickedAt = () => clicked;
export const forgetClick = () => { clicked = null; };

/** Select the feature that was clicked at a place. */
export const chooseAt = (id, latlng) => {
  if (getState().selected === id) return;
  clicked = latlng;
  propose({ selected: id });
};
