/* The place of panel and card around the map: beside it, as sheets from below on a phone, or folded in a small frame. */
import { el, signNode } from "../dom.ts";
import { relabel } from "../map/labels.ts";
import { framed, isSmall, type Layout, layoutOf, setCovers, setRoomMap } from "../map/room.ts";
import { t } from "../payload/text.ts";
import { follow, isTold } from "../state/state.ts";
import { steps } from "../state/story.ts";

const STEPS = ["peek", "half", "full"] as const;
/** How far the panel is open at first. Text and map of a story share the screen. */
const openStep = (layout: Layout): (typeof STEPS)[number] => {
  if (!STORY || !steps.length) return "peek";
  return layout === "folded" ? "full" : "half";
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

const stepNow = (): number => (STEPS as readonly string[]).indexOf(root.dataset.sheet ?? "");

const setStep = (step: (typeof STEPS)[number]): void => {
  root.dataset.sheet = step;
};

/** Name the grip and the button after the effect of a click on them. */
const nameHandles = (): void => {
  if (!handles) return;
  const { grip, fold, words } = handles;
  const open = root.dataset.layout === "folded" ? root.dataset.sheet !== "peek" : root.dataset.sheet === "full";
  grip.setAttribute("aria-expanded", String(open));
  grip.setAttribute("aria-label", t(open ? "ui.panel.close" : "ui.panel.open"));
  fold.setAttribute("aria-expanded", String(open));
  words.textContent = t("ui.legend");
};

/** Put panel and card where the current window has space for them. */
export const arrange = (): void => {
  if (!built) return;
  const next = layoutOf();
  if (root.dataset.layout !== next) {
    root.dataset.layout = next;
    setStep(openStep(next));
  }
  root.dataset.card = isSmall() ? "sheet" : "beside";
  nameHandles();
  map?.invalidateSize({ pan: false, animate: false });
};

const nextStep = (): void => {
  const folded = root.dataset.layout === "folded";
  if (folded) setStep(root.dataset.sheet === "peek" ? "full" : "peek");
  else setStep(STEPS[(stepNow() + 1) % STEPS.length]);
  nameHandles();
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
    const at = stepNow() + (event.clientY < from ? 1 : -1);
    setStep(STEPS[Math.max(0, Math.min(STEPS.length - 1, at))]);
    from = event.clientY;
    moved = true;
    nameHandles();
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
  const grip = el("button", { type: "button", class: "grip", "aria-controls": "panel" }, el("span", {}));
  const fold = el(
    "button",
    { type: "button", class: "unfold", "data-blocks": true, "aria-controls": "panel", click: nextStep },
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
    if (root.dataset.layout === "sheet" && typing) setStep("full");
    nameHandles();
  });
  follow(["selected"], (state) => {
    if (state.selected && root.dataset.layout !== "beside" && !isTold()) setStep("peek");
    nameHandles();
  });
  return fold;
};

/** Arrange the page around the map. Returns the button that opens the panel, if there is one. */
export const buildSheet = (
  panel: HTMLElement | null,
  card: HTMLElement,
  key: HTMLElement | null,
): HTMLElement | null => {
  setCovers(panel, card, key);
  built = true;
  root.dataset.layout = layoutOf();
  setStep(openStep(layoutOf()));
  const fold = panel && buildHandles(panel);
  follow(["lang"], nameHandles);
  follow(["route"], ({ route }) => {
    // A route is read beside the map: on a phone, both get half of the height.
    if (route?.from && route.to && root.dataset.layout === "sheet") setStep("half");
    nameHandles();
  });
  follow(["table"], arrange);
  window.addEventListener("resize", arrange);
  return fold;
};

export const watchMap = (leaflet: L.Map): void => {
  map = leaflet;
  setRoomMap(leaflet);
  yieldScroll(leaflet);
};
