/* How panel, card and key stand around the map: beside it, as sheets from below on a phone, folded away in a small frame. */
import { el, signButton } from "../dom.ts";
import { relabel } from "../map/labels.ts";
import { framed, isSmall, layoutOf, setCovers, setRoomMap } from "../map/room.ts";
import { t } from "../payload/text.ts";
import { follow } from "../state/state.ts";

const STEPS = ["peek", "half", "full"];
const root = document.documentElement;
let parts = null;
let map = null;

const step = (name) => { root.dataset.sheet = name; };

const say = () => {
  if (!parts || !parts.grip) return;
  const open = root.dataset.layout === "folded" ? root.dataset.sheet !== "peek" : root.dataset.sheet === "full";
  parts.grip.setAttribute("aria-expanded", String(open));
  parts.grip.setAttribute("aria-label", t(open ? "ui.panel.close" : "ui.panel.open"));
  parts.fold.setAttribute("aria-expanded", String(open));
  parts.fold.lastChild.textContent = t("ui.legend");
};

/** Put panel and card where the present window has room for them. */
export const arrange = () => {
  if (!parts) return;
  const next = layoutOf();
  if (root.dataset.layout !== next) {
    root.dataset.layout = next;
    step("peek");
  }
  root.dataset.card = isSmall() ? "sheet" : "beside";
  say();
  if (map) map.invalidateSize({ pan: false, animate: false });
};

const nextStep = () => {
  const order = root.dataset.layout === "folded" ? ["peek", "full"] : STEPS;
  step(order[(order.indexOf(root.dataset.sheet) + 1) % order.length]);
  say();
  relabel();
};

/** Drag the grip up or down by a third of the screen to change the height of the sheet. */
const drag = (grip) => {
  let from = null;
  let moved = false;
  grip.addEventListener("pointerdown", (event) => {
    from = event.clientY;
    moved = false;
    grip.setPointerCapture(event.pointerId);
  });
  grip.addEventListener("pointermove", (event) => {
    if (from === null || Math.abs(event.clientY - from) < 40) return;
    const at = STEPS.indexOf(root.dataset.sheet) + (event.clientY < from ? 1 : -1);
    step(STEPS[Math.max(0, Math.min(2, at))]);
    from = event.clientY;
    moved = true;
    say();
  });
  grip.addEventListener("pointerup", () => { from = null; relabel(); });
  grip.addEventListener("click", (event) => { if (!moved || event.detail === 0) nextStep(); });
};

/** In a frame the page around it scrolls until the reader taps the map. */
const yieldScroll = () => {
  if (!framed) return;
  map.scrollWheelZoom.disable();
  if (L.Browser.mobile || window.matchMedia("(pointer: coarse)").matches) map.dragging.disable();
  map.once("click focus", () => {
    map.scrollWheelZoom.enable();
    map.dragging.enable();
  });
};

export const buildSheet = (panel, card, key) => {
  const grip = panel && el("button", { type: "button", class: "grip", "aria-controls": "panel" }, el("span", {}));
  const fold = panel && el("button", { type: "button", class: "unfold", "data-blocks": true, "aria-controls": "panel", click: nextStep });
  if (fold) {
    const sign = signButton("layers", {}).firstChild;
    fold.append(sign, el("span", {}));
    panel.prepend(grip);
    drag(grip);
  }
  parts = { grip, fold };
  setCovers(panel, card, key);
  root.dataset.sheet = "peek";
  root.dataset.layout = layoutOf();
  if (panel) {
    panel.addEventListener("transitionend", () => relabel());
    panel.addEventListener("focusin", (event) => {
      // Who starts to search on a phone needs room for the answers.
      if (root.dataset.layout === "sheet" && event.target.getAttribute("role") === "combobox") step("full");
      say();
    });
    follow(["selected"], (state) => {
      if (state.selected && root.dataset.layout !== "beside") step("peek");
      say();
    });
  }
  follow(["lang"], say);
  follow(["route"], (state) => {
    // A route is read beside the map: on a phone both get half.
    if (state.route && state.route.from && state.route.to && root.dataset.layout === "sheet") step("half");
    say();
  });
  follow(["table"], () => arrange());
  window.addEventListener("resize", arrange);
  return fold;
};

export const watchMap = (leaflet) => {
  map = leaflet;
  setRoomMap(leaflet);
  yieldScroll();
};
