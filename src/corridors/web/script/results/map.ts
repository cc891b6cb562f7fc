/* Before and after of a scenario on the map, at the position of the slider. */
import { pathsOf, positionOf } from "../columns/positions.ts";
import { el, present } from "../dom.ts";
import { goHome, setHomeFrame } from "../map/home.ts";
import { relabel } from "../map/labels.ts";
import { addPane, seenOn } from "../map/panes.ts";
import { data } from "../payload/data.ts";
import { featureOf } from "../payload/features.ts";
import { formatPercent } from "../payload/text.ts";
import { askedFirst } from "../state/address.ts";
import { chosenScenario, scenarioFeatures, scenarios } from "../state/scenario.ts";
import { follow, isTold } from "../state/state.ts";
import type { Feature } from "../types/payload.ts";
import type { State, StateKey } from "../types/state.ts";

const nodes = pathsOf(data.map.nodes).map(([[at]]) => at);
const [BEFORE, AFTER] = ["corridors-way-before", "corridors-way-after"]; // dots above the rails, a halo below them
const [GATES, SHARES] = ["corridors-gates", "corridors-shares"];
const LEVELS: [pane: string, level: number][] = [
  [BEFORE, 462],
  [AFTER, 445],
  [GATES, 474],
  [SHARES, 640],
];

const HIGH = 15; // pixels of a share

/** A gateway on the map; its circle and its text follow the slider. */
interface Gate {
  at: L.LatLngExpression;
  text: HTMLElement;
  /** Pixels from the gateway to its text; those with larger ones come first. */
  out: number;
  set: (state: State) => void;
  remove: () => void;
}

let map: L.Map;
let gates: Gate[] = [];
let ways: L.Polyline[] = [];

/** The share of a gateway at the position of the slider. */
const shareOf = ({ share: [before, after] = [0, 0] }: Feature, state: State): number =>
  before + ((after - before) * state.after) / 100;

/** A gateway's circle, with an area by its share, and the share as text. */
const gate = (feature: Feature): Gate => {
  const at = positionOf(feature);
  const text = el("span", { "data-blocks": true });
  const look = { ...seenOn(GATES), fill: true, className: feature.shut ? "gate shut" : "gate", weight: 1.5 };
  const circle = L.circleMarker(at, look).addTo(map);
  const icon = L.divIcon({ className: "share", html: text, iconSize: [0, 0] });
  const label = L.marker(at, { pane: SHARES, interactive: false, keyboard: false, icon }).addTo(map);
  const set = (state: State): void => {
    const share = shareOf(feature, state);
    const least = feature.shut ? 9 : 0; // a gateway that is no longer used stays as an empty ring
    circle.setRadius(Math.max(least, share ? 4 + 2.1 * Math.sqrt(share) : 0));
    text.textContent = formatPercent(Math.round(share * 10) / 10);
    entry.out = 8 + 2.1 * Math.sqrt(share);
  };
  const remove = (): void => {
    circle.remove();
    label.remove();
  };
  const entry = { at, text, out: 0, set, remove };
  return entry;
};

/** Each share below its circle or, if another one is there, above it; one without a place is not shown. */
const placeShares = (): void => {
  const taken: [x: number, top: number, width: number][] = [];
  for (const { at, text, out } of [...gates].sort((one, other) => other.out - one.out)) {
    text.hidden = false;
    const [{ x, y }, width] = [map.latLngToLayerPoint(at), text.offsetWidth];
    const top = [out, -out - HIGH].find((top) =>
      taken.every(([x2, y2, w2]) => Math.abs(x2 - x) > (w2 + width) / 2 || Math.abs(y2 - y - top) > HIGH),
    );
    text.hidden = top === undefined;
    if (top === undefined) continue;
    text.style.top = `${top}px`;
    taken.push([x, y + top, width]);
  }
};

const drawGates = (state: State, changed: ReadonlySet<StateKey>): void => {
  if (changed.has("scenario") || changed.has("layers")) {
    for (const entry of gates) entry.remove();
    gates = state.layers.includes("scenario.gateway") ? scenarioFeatures(state, "gateways/").map(gate) : [];
  }
  for (const entry of gates) entry.set(state);
  placeShares();
  relabel();
};

/** The routes of the selected pair: before as dots, after with a halo. */
const drawWays = (state: State): void => {
  for (const layer of ways) layer.remove();
  const draw = (numbers: number[], pane: string, className: string): L.Polyline | null => {
    const points = numbers.map((number) => nodes[number]);
    return points.length ? L.polyline(points, { ...seenOn(pane), weight: 4, className }).addTo(map) : null;
  };
  const [before, after] = featureOf(state.selected)?.ways ?? [[], []];
  ways = present([draw(before, BEFORE, "way before"), draw(after, AFTER, "way after")]);
};

const fadingLevels = Object.entries(data.classes)
  .filter(([id, entry]) => id.startsWith("scenario.") && entry.geometry === "line")
  .map(([, entry]) => 400 + (entry.z ?? 5) * 10);

const fade = (state: State): void => {
  const { style } = map.getContainer();
  style.setProperty("--after", String(state.after / 100));
  style.setProperty("--before", String(1 - state.after / 100));
  for (const level of fadingLevels) {
    const pane = map.getPane(`corridors-${level}`);
    if (!pane) continue;
    pane.style.opacity = String(state.after / 100);
    pane.style.visibility = state.after ? "" : "hidden";
  }
};

export const drawScenario = (leaflet: L.Map): void => {
  if (!scenarios.length) return;
  map = leaflet;
  for (const [name, level] of LEVELS) addPane(map, name, level);
  let first = true;
  follow(["scenario"], (state) => {
    if ((!first || !askedFirst.view) && !isTold()) {
      setHomeFrame(chosenScenario(state));
      goHome();
    }
    first = false;
  });
  map.on("zoomend", placeShares); // before the names are placed
  follow(["scenario", "after", "layers", "lang"], drawGates);
  follow(["after", "scenario"], fade);
  follow(["selected", "scenario"], drawWays);
};
