/* A distance on the map: from the points that a reader sets, the length of each geodesic leg and of all, in words and drawn. */

import { aria, el, signButton } from "../dom.ts";
import { drawer, listen } from "../map/measure_tool.ts";
import { geodesicKm } from "../network/geodesic.ts";
import { copyButton } from "../panel/copy.ts";
import { box, button } from "../panel/measure.ts";
import { formatQuantity, t } from "../payload/text.ts";
import { follow, getState, propose } from "../state/state.ts";
import type { Position } from "../types/network.ts";
import type { Point, State } from "../types/state.ts";

const COLOR = "var(--accent)";
const { map } = (window as unknown as { corridors: { map: L.Map } }).corridors;
const ground = map.getContainer();
const draw = drawer(map, false);
const round = (degrees: number): number => Number(degrees.toFixed(6)); // to a decimetre
let points: Position[] = [];

/** Kilometres in words, to the metre below ten; a dash for antipodes, between which no line is the shortest. */
const words = (km: number): string => {
  const digits = km < 10 ? 3 : Number(km < 1000);
  return Number.isNaN(km) ? "–" : formatQuantity({ value: km, unit: "km", digits });
};

/** The words of the legs, and last of all of them. */
const legWords = (): string[] => {
  const legs = points.slice(1).map((point, nth) => geodesicKm(points[nth], point));
  const sum = legs.reduce((all, leg) => all + leg, 0);
  return [
    ...legs.map((leg, nth) => t("ui.measure.leg", String(nth + 1), words(leg))),
    t("ui.measure.length", words(sum)),
  ];
};

const copied = (): string =>
  [...points.map(({ lat, lon }) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`), ...legWords()].join("\n");

const said = el("output", { "aria-live": "polite" });
const legs = el("ol", {});
const deeds = el("p", { class: "deeds" });

const show = ({ measured }: State): void => {
  const on = measured !== null;
  points = (measured ?? []).map(([lat, lon]) => ({ lat, lon }));
  box.hidden = !on;
  aria(button, "pressed", on);
  ground.classList.toggle("measures", on);
  const told = legWords();
  const sum = told.pop() ?? "";
  const last = told[told.length - 1];
  said.replaceChildren(...(last ? [el("span", {}, `${last}. `), el("b", {}, sum)] : [t("ui.measure.hint")]));
  legs.replaceChildren(...(told.length > 1 ? told.map((leg) => el("li", {}, leg)) : []));
  deeds.hidden = !points.length;
  draw(points, COLOR);
};

const set = (): Point[] => getState().measured ?? [];
const remove = () => propose({ measured: set().slice(0, -1) });
const add = ({ lat, lng }: L.LatLng) => propose({ measured: [...set(), [round(lat), round(lng)]] });
const end = (): void => {
  propose({ measured: null });
  button.focus({ preventScroll: true });
};

const close = signButton("close", { class: "icon", click: end });
const undo = el("button", { class: "link", click: remove });
const name = (): void => {
  close.title = t("ui.close");
  aria(close, "label", close.title);
  undo.textContent = t("ui.measure.undo");
};
deeds.append(undo, copyButton(copied));
box.append(close, said, legs, deeds);
listen(map, () => !box.hidden, { add, remove, end });
follow(["lang"], name);
follow(["lang", "measured"], show);
name();
show(getState());
