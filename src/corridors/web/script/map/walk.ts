/* The features in view by keyboard: one stop, from which arrow keys lead from feature to feature, from west to east. */
import { nextPlace } from "../columns/walk.ts";
import { aria, el } from "../dom.ts";
import { featureOf, features } from "../payload/features.ts";
import { kindOf, nameOf, t } from "../payload/text.ts";
import { statusIn } from "../state/filter.ts";
import { follow, getState } from "../state/state.ts";
import type { Feature } from "../types/payload.ts";
import { rowStop } from "./column_walk.ts";
import { drawnLines, drawnPoints, layerOf } from "./features.ts";
import { boundsInField } from "./room.ts";
import { showFeature } from "./selection.ts";

const STEP = 12; // pixels between the points of a line of which one is marked
const KEYS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** What the keyboard is at: its id, its place among what is in view, and how many these are. */
export interface Stop {
  id: string;
  nth: number;
  count: number;
  words: string;
  mark: () => unknown;
  unmark: () => unknown;
  /** What opens it, if that is not a card; tells whether it did. */
  open?: () => Promise<boolean>;
}

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

/** The feature after another one, or before it; null if none is in view. */
const featureStop = (map: L.Map, from: string | null, by: number): Stop | null => {
  const places = placesIn(map);
  const nth = nextPlace(
    places.findIndex(({ feature }) => feature.id === from),
    by,
    places.length,
  );
  if (!places.length) return null;
  const { feature, at } = places[nth];
  const fire = (kind: string) => layerOf(feature.id)?.fire(kind, { latlng: at });
  return {
    id: feature.id,
    nth,
    count: places.length,
    words: wordsOf(feature),
    mark: () => fire("mouseover"),
    unmark: () => fire("mouseout"),
  };
};

const stopFrom = !ATLAS || (OWN && !features.length) ? rowStop : featureStop;

/** Build the stop. `open` is called with the feature whose card is to be opened. */
export const buildWalk = (map: L.Map, open: (id: string) => void): void => {
  let marked: Stop | null = null;
  let done: unknown; // one key after the other, since the worker answers later
  const status = el("p", { role: "status" });
  const unmark = () => marked?.unmark();
  const go = async (by: number, from?: string | null): Promise<void> => {
    const stop = await stopFrom(map, from === undefined ? (marked?.id ?? null) : from, by);
    unmark();
    marked = stop;
    stop?.mark();
    status.textContent = stop ? t("ui.walk.at", stop.words, stop.nth + 1, stop.count) : t("totals.empty");
  };
  const choose = async (): Promise<void> => {
    const stop = marked;
    unmark();
    if (!stop || (await stop.open?.())) return;
    showFeature(stop.id);
    open(stop.id);
  };
  const press = (event: Event): void => {
    const { key } = event as KeyboardEvent;
    let work: () => Promise<void>;
    if (key in KEYS) work = () => go(KEYS[key]);
    else if (key === "Home" || key === "End") work = () => go(key === "Home" ? 1 : -1, null);
    else if (key === "Enter" || key === " ") work = choose;
    else return;
    event.preventDefault();
    event.stopPropagation();
    done = Promise.resolve(done).then(work);
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
  if (ATLAS)
    follow(["selected"], ({ selected }) => {
      const feature = featureOf(selected);
      if (feature) status.textContent = wordsOf(feature);
    });
  map.getContainer().after(node);
};
