/* The button that measures a distance, and the place of the result. What measures runs when it is first asked for:
 * measure/measure.ts. */
import { el, runScript, signButton } from "../dom.ts";
import { namedButton } from "../map/named_button.ts";
import { formatQuantity, t } from "../payload/text.ts";
import { follow } from "../state/state.ts";
import { copyButton } from "./copy.ts";

let turn: ((on: boolean) => void) | null = null;
const ready = (made: (on: boolean) => void): void => {
  turn = made;
};
const box = el("section", { class: "measuring", "data-blocks": true, hidden: true });

const button = (): HTMLElement => {
  const node = namedButton("measure", "ui.measure.distance", () => {
    if (!turn) runScript("measure", { corridorsMeasure: partsWith(node) });
    turn?.(Boolean(box.hidden));
  });
  node.setAttribute("aria-pressed", "false");
  return node;
};

/** What the script has from the page, so that the page has it only once. */
const partsWith = (node: HTMLElement) => ({
  ...{ box, button: node, copyButton, el, follow, formatQuantity, ready, signButton, t },
});

export type MeasureParts = ReturnType<typeof partsWith>;

/** The button, and the place of the result on the map. */
export const buildMeasure = (): [button: HTMLElement, box: HTMLElement] => [button(), box];
