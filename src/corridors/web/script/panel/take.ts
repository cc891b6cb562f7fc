/* The button of the dialogue to take the view along, and print. What makes both runs when it is first needed: take/take.ts. */
import { el, runScript } from "../dom.ts";
import { inView } from "../map/features.ts";
import { namedButton } from "../map/named_button.ts";
import { fillKey, keyRows } from "./key.ts";
import { creditWords } from "./panel.ts";
import { type Late, shared } from "./take_parts.ts";

let late: Late | null = null;
const ready = (made: Late): void => {
  late = made;
};

const lateParts = (): Late | null => {
  if (!late) runScript("take", { corridorsParts: { ...shared, creditWords, fillKey, inView, keyRows, ready } });
  return late;
};

export const buildTake = (): HTMLElement => {
  const button = namedButton("take", "take.title", () => lateParts()?.open());
  button.dataset.take = "";
  return button;
};

/** The text above and below the map in print. */
export const buildPaper = (): HTMLElement[] => ["above", "below"].map((name) => el("div", { class: `paper ${name}` }));

export const readyForPaper = (): void => {
  const prepare = () => lateParts()?.prepare();
  const restore = () => late?.restore();
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", restore);
  // Some browsers report print only by its media query, as their developer tools do.
  window.matchMedia("print").addEventListener("change", ({ matches }) => (matches ? prepare() : restore()));
};
