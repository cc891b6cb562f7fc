/* Before and after of a scenario on the map, as far as the slider stands between them. */
import { el } from "../dom.ts";
import { goHome } from "./home.ts";
import { relabel } from "./labels.ts";
import { data } from "../payload/data.ts";
import { decode } from "../payload/decode.ts";
import { byId } from "../payload/features.ts";
import { formatPercent } from "../payload/text.ts";
import { readFragment } from "../state/address.ts";
import { chosenScenario, scenarioFeatures, scenarios } from "../state/scenario.ts";
import { follow } from "../state/state.ts";

const nodes = decode({ t: "LineString", c: (data.map || {}).nodes || [] });
const PANES = ["corridors-way-before", "corridors-way-after"]; // dots above the rails, a halo below them
let map = null;
let gates = [];
let ways = [];

const between = ([before, after], state) => before + ((after - before) * state.after) / 100;

/** A gateway's circle, its area by share, with the share as text; both move with the slider. */
const gate = (feature) => {
  const at = decode(feature.geometry);
  const text = el("span", { "data-blocks": true });
  const circle = L.circleMarker(at, { pane: "corridors-gates", renderer: L.svg({ pane: "corridors-gates", padding: 0.3 }), interactive: false, className: feature.shut ? "gate shut" : "gate", weight: 1.5 }).addTo(map);
  const label = L.marker(at, { pane: "corridors-shares", interactive: false, keyboard: false, icon: L.divIcon({ className: "share", html: text, iconSize: [0, 0] }) }).addTo(map);
  const set = (state) => {
    const share = between(feature.share, state);
    const least = feature.shut ? 9 : 0; // one that nobody leaves by any more stays as an empty ring
    circle.setRadius(Math.max(least, share ? 4 + 2.1 * Math.sqrt(share) : 0));
    text.textContent = formatPercent(Math.round(share * 10) / 10);
    text.style.top = `${8 + 2.1 * Math.sqrt(share)}px`;
  };
  return { set, remove: () => { circle.remove(); label.remove(); } };
};

const drawGates = (state, changed) => {
  if (changed.has("scenario") || changed.has("layers")) {
    gates.forEach((entry) => entry.remove());
    gates = state.layers.includes("scenario.gateway") ? scenarioFeatures(state, "gateways/").map(gate) : [];
  }
  gates.forEach((entry) => entry.set(state));
  relabel();
};

/** The ways of the selected pair: before as dots, after with a halo. */
const drawWays = (state) => {
  ways.forEach((layer) => layer.remove());
  const feature = byId.get(state.selected);
  const courses = (feature && feature.ways) || [];
  ways = courses.map((numbers, nth) => numbers.length && L.polyline(numbers.map((number) => nodes[number]), {
    pane: PANES[nth], renderer: L.svg({ pane: PANES[nth], padding: 0.3 }), interactive: false, fill: false, weight: 4, className: nth ? "way after" : "way before",
  }).addTo(map)).filter(Boolean);
};

const fade = (state) => {
  const style = map.getContainer().style;
  style.setProperty("--after", String(state.after / 100));
  style.setProperty("--before", String(1 - state.after / 100));
  for (const level of levels) {
    const pane = map.getPane(`corridors-${level}`);
    if (!pane) continue;
    pane.style.opacity = String(state.after / 100);
    pane.style.visibility = state.after ? "" : "hidden";
  }
};

const levels = Object.entries(data.classes || {}).filter(([id, entry]) => id.startsWith("scenario.") && entry.geometry === "line").map(([, entry]) => 400 + entry.z * 10);

const look = (state) => {
  const { bounds, narrow } = chosenScenario(state);
  Object.assign(data.map.view, { bounds, narrow });
  goHome();
};

export const drawScenario = (leaflet) => {
  if (!scenarios.length) return;
  map = leaflet;
  for (const [name, level] of [[PANES[0], 462], [PANES[1], 445], ["corridors-gates", 474], ["corridors-shares", 640]]) {
    map.createPane(name).style.zIndex = String(level);
    map.getPane(name).style.pointerEvents = "none";
  }
  let first = true;
  follow(["scenario"], (state) => {
    if (!first || !readFragment(window.location.hash).view) look(state);
    first = false;
  });
  follow(["scenario", "after", "layers", "lang"], drawGates);
  follow(["after", "scenario"], fade);
  follow(["selected", "scenario"], drawWays);
};
