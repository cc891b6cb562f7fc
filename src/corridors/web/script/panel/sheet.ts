/* The place of panel and card around the map: beside it, as sheets from below on a phone, or folded in a small frame.
 * The text of a story is never folded over the map: in a small frame it is a strip below. */
import { aria, el, signNode } from "../dom.ts";
import { goHome } from "../map/home.ts";
import { relabel } from "../map/labels.ts";
import { framed, isBelow, isSmall, layoutOf, onPaper, setCovers, setRoomMap, tellsStory } from "../map/room.ts";
import { t } from "../payload/text.ts";
import { SHEETS } from "../state/panel.ts";
import { follow, getState, isTold, propose, suggest } from "../state/state.ts";
import { hasRoamed } from "../state/story.ts";

const KEYS: Record<string, (at: number) => number> = {
  ArrowUp: (at) => at + 1,
  ArrowDown: (at) => at - 1,
  Home: () => 0,
  End: () => SHEETS.length - 1,
};
const DRAG = 40; // pixels that the grip is dragged from one step to the next
const root = document.documentElement;

/** The elements that move the panel: the grip of a sheet, and the button that opens it. */
interface Handles {
  grip: HTMLElement;
  fold: HTMLElement;
  words: HTMLElement;
}

let built = false;
let handles: Handles | null = null;
let map: L.Map | null = null;

/** The height at first: text and map of a story share the screen. */
const firstStep = (): number => Number(tellsStory());

const stepNow = (): number => {
  const { sheet } = getState();
  return sheet ? SHEETS.indexOf(sheet) : firstStep();
};

/** Let the map have its present size: in its own view it is fitted again, else its middle stays in the middle. */
const resizeMap = (): void => {
  if (!map) return;
  const before = map.getSize();
  map.invalidateSize({ pan: isBelow(), animate: false });
  if (isBelow() && !map.getSize().equals(before) && !hasRoamed() && !onPaper()) goHome();
};

/** Open the panel so far: a place in the heights, or the nearest that there is. */
const setStep = (at: number, change = propose): void => {
  const step = Math.max(0, Math.min(SHEETS.length - 1, at));
  change({ sheet: step === firstStep() ? null : SHEETS[step] });
};

/** The same, where it follows from another change. */
const letStep = (at: number): void => setStep(at, suggest);

const showStep = (): void => {
  root.dataset.sheet = SHEETS[stepNow()];
  nameHandles();
  resizeMap();
};

/** Name the grip and the button after the effect of a click on them. */
const nameHandles = (): void => {
  if (!handles) return;
  const { grip, fold, words } = handles;
  const open = isBelow() ? root.dataset.sheet === "full" : root.dataset.sheet !== "peek";
  aria(grip, "expanded", open);
  const unfold = isBelow() ? "ui.panel.more" : "ui.panel.open";
  grip.title = t(open ? "ui.panel.close" : unfold);
  aria(grip, "label", grip.title);
  aria(fold, "expanded", open);
  words.textContent = t("ui.legend");
};

/** Put panel and card where the current window has space for them. */
export const arrange = (): void => {
  if (!built) return;
  const next = layoutOf();
  root.dataset.card = isSmall() ? "sheet" : "beside";
  if (root.dataset.layout !== next) {
    if (root.dataset.layout) propose({ sheet: null });
    root.dataset.layout = next;
    showStep();
  }
  nameHandles();
  resizeMap();
};

const nextStep = (): void => {
  if (isBelow()) setStep((stepNow() + 1) % SHEETS.length);
  else setStep(stepNow() ? 0 : SHEETS.length - 1);
  relabel();
};

/** Drag the grip up or down to change the height of the sheet. */
const makeDraggable = (grip: HTMLElement): void => {
  let from: number | null = null;
  let moved = false;
  grip.addEventListener("pointerdown", (event) => {
    from = event.clientY;
    moved = false;
    grip.setPointerCapture(event.pointerId);
  });
  grip.addEventListener("pointermove", (event) => {
    if (from === null || Math.abs(event.clientY - from) < DRAG) return;
    setStep(stepNow() + (event.clientY < from ? 1 : -1));
    from = event.clientY;
    moved = true;
  });
  grip.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || !isBelow()) return;
    event.preventDefault();
    setStep(KEYS[event.key](stepNow()));
    relabel();
  });
  grip.addEventListener("pointerup", () => {
    from = null;
    relabel();
  });
  grip.addEventListener("click", (event) => {
    if (!moved || event.detail === 0) nextStep();
  });
};

/** In a frame, the page around it scrolls until the reader taps the map. */
const yieldScroll = (leaflet: L.Map): void => {
  if (!framed) return;
  leaflet.scrollWheelZoom.disable();
  if (L.Browser.mobile || window.matchMedia("(pointer: coarse)").matches) leaflet.dragging.disable();
  leaflet.once("click focus", () => {
    leaflet.scrollWheelZoom.enable();
    leaflet.dragging.enable();
  });
};

/** Give a panel its grip; the button outside it is returned. */
const buildHandles = (panel: HTMLElement): HTMLElement => {
  const words = el("span", {});
  const grip = el("button", { class: "grip", "aria-controls": "panel" }, el("span", {}));
  const fold = el(
    "button",
    { class: "unfold", "data-blocks": true, "aria-controls": "panel", click: nextStep },
    signNode("layers"),
    words,
  );
  handles = { grip, fold, words };
  panel.prepend(grip);
  makeDraggable(grip);
  panel.addEventListener("transitionend", relabel);
  panel.addEventListener("focusin", (event) => {
    // A reader who starts a search on a phone needs space for the results.
    const typing = event.target instanceof HTMLElement && event.target.getAttribute("role") === "combobox";
    if (isBelow() && typing) setStep(SHEETS.length - 1);
  });
  follow(["selected"], (state) => {
    if (state.selected && root.dataset.layout !== "beside" && !isTold()) letStep(0);
  });
  return fold;
};

/** Below the map, the text of a story is open while it is told, and folded for the card of a reader who looks around. */
export const openText = (on: boolean): void => {
  if (isBelow()) letStep(Number(on));
};

/** Arrange the page around the map, which panel, card and others may cover. Returns the button that opens the panel. */
export const buildSheet = (
  panel: HTMLElement | null,
  card: HTMLElement,
  ...others: (HTMLElement | null)[]
): HTMLElement | null => {
  setCovers(panel, card, ...others);
  built = true;
  const fold = panel && buildHandles(panel);
  follow(["lang"], nameHandles);
  follow(["route"], ({ route }) => {
    // A route is read beside the map: on a phone, both get half of the height.
    if (route?.from && route.to && isBelow()) letStep(1);
  });
  follow(["table"], arrange);
  follow(["sheet"], showStep);
  arrange();
  window.addEventListener("resize", arrange);
  return fold;
};

export const watchMap = (leaflet: L.Map): void => {
  map = leaflet;
  setRoomMap(leaflet);
  yieldScroll(leaflet);
};
