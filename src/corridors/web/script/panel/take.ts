/* The button of the dialogue to take the view along, and print. What makes both runs when it is first needed: take/take.ts. */
import { parts } from "#parts/take";
import { ask } from "../columns/client.ts";
import { el, runScript } from "../dom.ts";
import { namedButton } from "../map/named_button.ts";
import { columnLayers } from "../payload/columns.ts";

/** What the page has from that script. */
interface Late {
  open: () => void;
  /** Lay the page for print. */
  prepare: () => void;
  restore: () => void;
}

/** Asks for the rows of the reader's own data; null on other pages. */
export const askRows = OWN && columnLayers.length ? ask : null;

let late: Late | null = null;
/** Take the functions of that script. */
export const ready = (made: Late): void => {
  late = made;
};

const lateParts = (): Late | null => {
  if (!late) runScript("take", parts());
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
