/* Two dates side by side: the divider on the map, what is left and right of it, and the parts that they are clipped to. */
import { aria, el, svg } from "../dom.ts";
import { formatPercent, t } from "../payload/text.ts";
import { follow, getState, propose } from "../state/state.ts";
import { momentWords } from "../state/years.ts";
import type { State } from "../types/state.ts";

/** The side of a feature that looks different on both dates. */
export type Side = "left" | "right";

const FAR = 1e5; // pixels: more than any map is wide
const BESIDE = 16; // pixels from the line to the names of the dates
const STILL = 3; // pixels that a click may move
const KEYS: Record<string, number | undefined> = {
  ArrowLeft: -2,
  ArrowDown: -2,
  ArrowRight: 2,
  ArrowUp: 2,
  PageDown: -10,
  PageUp: 10,
  Home: -100,
  End: 100,
};

let map: L.Map;
let share = 50; // of the map's width, left of the divider

/** Whether a position, in pixels of the map, is on a side. */
export const isOn = (side: Side | null, x: number): boolean =>
  !side || x < (map.getSize().x * share) / 100 === (side === "left");

const words = ({ year, against, split }: State): string[] =>
  against === null
    ? []
    : [momentWords(year), momentWords(against)].map((one, nth) =>
        t("time.side", one, formatPercent(nth ? 100 - split : split)),
      );

/** The divider. `moved` is called whenever it is at another place of the map. */
export const drawDivider = (leaflet: L.Map, moved: () => void): void => {
  map = leaflet;
  const clips = (["left", "right"] as const).map((side) => {
    const rect = svg("rect", { y: -FAR, width: FAR, height: 2 * FAR });
    return { rect, node: svg("clipPath", { id: `corridors-${side}` }, rect) };
  });
  const place = (): void => {
    const { x } = map.containerPointToLayerPoint([(map.getSize().x * share) / 100, 0]);
    for (const [nth, { rect }] of clips.entries()) rect.setAttribute("x", String(nth ? x : x - FAR));
    node.style.left = `${share}%`;
    moved();
  };
  const move = (split: number): void => {
    share = Math.max(0, Math.min(100, split));
    place();
  };
  const step = (by: number): unknown => propose({ split: Math.max(0, Math.min(100, getState().split + by)) });
  const keydown = (event: KeyboardEvent): void => {
    const by = KEYS[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  };
  let from: number | null = null; // where a click would be, and null once the pointer drags
  const pointerdown = (event: PointerEvent): void => {
    from = event.clientX;
    node.setPointerCapture(event.pointerId);
  };
  const pointermove = (event: PointerEvent): void => {
    if (!node.hasPointerCapture(event.pointerId) || (from !== null && Math.abs(event.clientX - from) < STILL)) return;
    const { left, width } = map.getContainer().getBoundingClientRect();
    from = null;
    move((100 * (event.clientX - left)) / width);
  };
  /** The end of dragging. A click on the name of a date, which needs no dragging, gives that date more of the map. */
  const end = (): void => {
    const { left, width } = node.getBoundingClientRect();
    const beside = (from ?? left + width / 2) - left - width / 2;
    if (Math.abs(beside) > BESIDE) step(beside < 0 ? 10 : -10);
    else propose({ split: Math.round(share) });
    from = null;
  };
  const about = {
    class: "divider",
    role: "slider",
    tabindex: 0,
    "aria-valuemin": 0,
    "aria-valuemax": 100,
    hidden: true,
  };
  const [then, now] = [0, 1].map(() => el("b", { "data-blocks": true }));
  const grip = el("i", { "data-blocks": true }, "↔");
  const node = el(
    "div",
    { ...about, keydown, pointerdown, pointermove, pointerup: end, pointercancel: end },
    then,
    now,
    grip,
  );
  const shapes = clips.map((clip) => clip.node);
  map.getContainer().after(node, svg("svg", { class: "patterns", width: 0, height: 0, "aria-hidden": "true" }, shapes));
  map.on("move zoomend resize", () => {
    if (!node.hidden) place();
  });
  follow(["lang", "year", "against", "split"], (state) => {
    node.hidden = state.against === null;
    if (node.hidden) return;
    then.textContent = momentWords(state.year);
    now.textContent = momentWords(state.against);
    aria(node, "label", t("time.divider"));
    aria(node, "valuenow", state.split);
    aria(node, "valuetext", words(state).join(t("list.and")));
    move(state.split);
  });
};
