/* The button that measures a distance, and the place of the result. What measures runs when it is first asked for:
 * measure/measure.ts. */
import { parts } from "#parts/measure";
import { aria, el, find, runScript } from "../dom.ts";
import { namedButton } from "../map/named_button.ts";
import { follow, propose } from "../state/state.ts";

export const box = el("section", { class: "measuring", "data-blocks": true, hidden: true });

/** The button on the map. */
export let button: HTMLElement;

/** The button, and the place of the result on the map. */
export const buildMeasure = (): [button: HTMLElement, box: HTMLElement] => {
  button = namedButton("measure", "ui.measure.distance", () => {
    propose({ measured: box.hidden ? [] : null });
    if (!box.hidden) find("#map").focus({ preventScroll: true });
  });
  follow(["measured"], ({ measured }) => {
    if (measured && !box.firstChild) runScript("measure", parts());
  });
  aria(button, "pressed", false);
  return [button, box];
};
