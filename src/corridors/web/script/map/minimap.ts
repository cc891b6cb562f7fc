/* folium's MiniMap: the land in a small map in a corner, with the view of the large map as a rectangle. */
import { aria, el } from "../dom.ts";
import { t } from "../payload/text.ts";
import { follow } from "../state/state.ts";
import type { MiniMapOptions } from "../types/elements.ts";
import { drawBasemap } from "./basemap.ts";
import { namedButton } from "./named_button.ts";

const sizeOf = (width: number, height: number) => ({ width: `${width}px`, height: `${height}px` });

/** The small map. It is moved with a pointer only; all that it does, the large map does by keys too. */
const makeSmall = (large: L.Map, ground: HTMLElement, options: MiniMapOptions): L.Map => {
  const small = L.map(ground, {
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0,
    minZoom: 0,
    keyboard: false,
    scrollWheelZoom: false,
    doubleClickZoom: false,
    boxZoom: false,
    touchZoom: false,
    inertia: false,
    dragging: !options.centerFixed,
    fadeAnimation: false,
    zoomAnimation: Boolean(options.zoomAnimation && large.options.zoomAnimation),
  });
  const animate = large.options.zoomAnimation; // not for a reader who wants no motion
  small.on("dragend", () => large.panTo(small.getCenter(), { animate }));
  small.on("click", ({ latlng }: L.LeafletMouseEvent) => large.panTo(latlng, { animate }));
  return small;
};

/** Add the small map. */
export const addMiniMap = (large: L.Map, options: MiniMapOptions): void => {
  const { position = "bottomright", width = 150, height = 150, collapsedWidth = 25, collapsedHeight = 25 } = options;
  const { zoomLevelOffset = -5, zoomLevelFixed, centerFixed = false } = options;
  const ground = el("div", { class: "ground", role: "img" });
  const box = el("div", { class: "minimap" }, ground);
  Object.assign(ground.style, sizeOf(width, height));
  follow(["lang"], () => aria(ground, "label", t("ui.minimap")));

  let folded = Boolean(options.minimized);
  let chosen = false; // by the reader
  const fold = (now: boolean): void => {
    folded = now;
    ground.style.visibility = folded ? "hidden" : "";
    aria(button, "expanded", !folded);
    Object.assign(box.style, folded ? sizeOf(collapsedWidth, collapsedHeight) : sizeOf(width, height));
  };
  const turn = (): void => {
    chosen = true;
    fold(!folded);
  };
  const button = options.toggleDisplay ? namedButton("fold", "ui.minimap", turn) : null;
  if (button) {
    Object.assign(button.style, sizeOf(collapsedWidth, collapsedHeight));
    box.append(button);
  }
  fold(folded);

  const control = new L.Control({ position });
  control.onAdd = () => box;
  control.addTo(large);
  L.DomEvent.disableClickPropagation(box);
  L.DomEvent.disableScrollPropagation(box);

  const small = makeSmall(large, ground, options);
  const view = L.rectangle(large.getBounds(), { className: "minimap-view", interactive: false });
  const follows = (): void => {
    const zoom = zoomLevelFixed ?? large.getZoom() + zoomLevelOffset;
    small.setView(centerFixed || large.getCenter(), zoom, { animate: small.options.zoomAnimation });
    view.setBounds(large.getBounds());
    if (options.autoToggleDisplay && !chosen) fold(large.getBounds().contains(small.getBounds()));
  };
  follows();
  drawBasemap(small, ["land", "borders"]);
  view.addTo(small);
  large.on("move", () => view.setBounds(large.getBounds()));
  large.on("moveend", follows);
};
