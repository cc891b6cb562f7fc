/* The button of the dialogue to take the view along. What makes the dialogue runs when it is first opened: take/take.ts. */
import { el, find } from "../dom.ts";
import { namedButton } from "../map/named_button.ts";
import { keyRows } from "./key.ts";
import { creditWords } from "./panel.ts";
import { offerParts } from "./take_parts.ts";

let open: (() => void) | null = null;
const ready = (made: () => void): void => {
  open = made;
};

const openDialogue = (): void => {
  if (!open) {
    offerParts({ creditWords, keyRows, ready });
    document.head.append(el("script", {}, find("#corridors-take").textContent));
    Reflect.deleteProperty(globalThis, "corridorsParts");
  }
  open?.();
};

export const buildTake = (): HTMLElement => {
  const button = namedButton("take", "take.title", openDialogue);
  button.dataset.take = "";
  return button;
};
