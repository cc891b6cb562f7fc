/* The features in view by keyboard: one stop, from which arrow keys lead from feature to feature, from west to east. */
import { aria, el } from "../dom.ts";
import { featureOf } from "../payload/features.ts";
import { kindOf, nameOf, t } from "../payload/text.ts";
import { statusIn } from "../state/filter.ts";
import { follow, getState } from "../state/state.ts";
import type { Feature } from "../types/payload.ts";
import { drawnLines, drawnPoints, layerOf } from "./features.ts";
import { boundsInField } from "./room.ts";
import { showFeature } from "./selection.ts";

const STEP = 12; // pixels between the points of a line of which one is marked
const KEYS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

interface Place {
  feature: Feature;
  at: L.LatLng;
}

/** The features in view with a point of each, from west to east. Of a line, the middle of what is visible. */
const placesIn = (map: L.Map): Place[] => {
  const points = drawnPoints().map(({ feature, latlng }) => ({ feature, at: latlng }));
  const lines = drawnLines(STEP).flatMap(({ feature, points: seen }) =>
    seen.length ? { feature, at: map.containerPointToLatLng(seen[seen.length >> 1]) } : [],
  );
  const view = boundsInField();
  return [...points, ...lines]
    .filter(({ at }) => view.contains(at))
    .sort((a, b) => a.at.lng - b.at.lng || b.at.lat - a.at.lat);
};

const wordsOf = (feature: Feature): string => {
  const status = statusIn(feature, getState().year);
  const told = status && status !== "operational" ? t(`status.${status}`) : "";
  return [nameOf(feature), kindOf(feature), told].filter(Boolean).join(", ");
};

/** Build the stop. `open` is called with the feature whose card is to be opened. */
export const buildWalk = (map: L.Map, open: (id: string) => void): void => {
  let marked: string | null = null;
  const status = el("p", { role: "status" });
  const unmark = (): void => {
    if (marked) layerOf(marked)?.fire("mouseout");
  };
  const go = (next: (now: number, last: number) => number): void => {
    const places = placesIn(map);
    const now = places.findIndex(({ feature }) => feature.id === marked);
    const nth = Math.max(0, Math.min(places.length - 1, next(now, places.length - 1)));
    unmark();
    marked = places[nth]?.feature.id ?? null;
    if (marked) layerOf(marked)?.fire("mouseover", { latlng: places[nth].at });
    status.textContent = marked
      ? t("ui.walk.at", wordsOf(places[nth].feature), nth + 1, places.length)
      : t("totals.empty");
  };
  const press = (event: Event): void => {
    const { key } = event as KeyboardEvent;
    if (key in KEYS) go((now, last) => (now < 0 && KEYS[key] < 0 ? last : now + KEYS[key]));
    else if (key === "Home") go(() => 0);
    else if (key === "End") go((_, last) => last);
    else if ((key === "Enter" || key === " ") && marked) {
      const id = marked;
      unmark();
      showFeature(id);
      open(id);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const help = (): void => {
    status.textContent = t("ui.walk");
  };
  const keys = { keydown: press, focus: help, blur: unmark };
  const node = el("div", { class: "walk", role: "application", tabindex: 0, ...keys }, status);
  follow(["lang"], () => {
    aria(node, "label", t("ui.walk"));
    help();
  });
  // What is selected, by whatever means, is announced here too.
  follow(["selected"], ({ selected }) => {
    const feature = featureOf(selected);
    if (feature) status.textContent = wordsOf(feature);
  });
  map.getContainer().after(node);
};
