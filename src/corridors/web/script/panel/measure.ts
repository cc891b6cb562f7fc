/* The button that measures a distance, and the place of the result. What measures runs when it is first asked for:
 * measure/measure.ts. */
import { parts } from "#parts/measure";
import { el, runScript } from "../dom.ts";
import { namedButton } from "../map/named_button.ts";

let turn: ((on: boolean) => void) | null = null;
/** Take what turns measuring on and off. */
export const ready = (made: (on: boolean) => void): void => {
  turn = made;
};
export const box = el("section", { class: "measuring", "data-blocks": true, hidden: true });

/** The button on the map. */
export let button: HTMLElement;

/** The button, and the place of the result on the map. */
export const buildMeasure = (): [button: HTMLElement, box: HTMLElement] => {
  button = namedButton("measure", "ui.measure.distance", () => {
    if (!turn) runScript("measure", parts());
    turn?.(Boolean(box.hidden));
  });
  button.setAttribute("aria-pressed", "false");
  return [button, box];
};
