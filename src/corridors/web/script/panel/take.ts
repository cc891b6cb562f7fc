/* The button of the dialogue to take the view along. What makes the dialogue runs when it is first opened: take/take.ts. */
import { positionsOf } from "../columns/positions.ts";
import { el, find, present, signButton, svg } from "../dom.ts";
import { namedButton } from "../map/named_button.ts";
import { framed } from "../map/room.ts";
import { data } from "../payload/data.ts";
import { classOf, features, kilometres } from "../payload/features.ts";
import { hasMessage, pick, t } from "../payload/text.ts";
import { fragmentOf } from "../state/address.ts";
import { ownYear, shownFeatures, statusIn } from "../state/filter.ts";
import { getState } from "../state/state.ts";
import { keyRows } from "./key.ts";
import { creditWords } from "./panel.ts";
import { sourcesOf } from "./sources.ts";

let open: (() => void) | null = null;
const ready = (made: () => void): void => {
  open = made;
};

/** What the dialogue has from the page, so that the page has it only once. */
const parts = {
  ...{
    classOf,
    creditWords,
    data,
    el,
    features,
    fragmentOf,
    framed,
    getState,
    hasMessage,
    keyRows,
    kilometres,
    ownYear,
    pick,
    positionsOf,
  },
  ...{ present, ready, shownFeatures, signButton, sourcesOf, statusIn, svg, t },
};

export type Parts = typeof parts;

/** Give these parts to the scripts that run from now on. */
export const offerParts = (): void => {
  Object.assign(globalThis, { corridorsParts: parts });
};

const openDialogue = (): void => {
  if (!open) {
    offerParts();
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
