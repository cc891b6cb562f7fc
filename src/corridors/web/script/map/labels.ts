/* Names on the map, placed in order of rank: each where label_places.ts finds space for it. */
import { pace } from "../columns/slices.ts";
import { aria, el, svg } from "../dom.ts";
import { inkOf } from "../look/colours.ts";
import { data } from "../payload/data.ts";
import { isCity } from "../payload/features.ts";
import { shortName } from "../payload/folding.ts";
import { currentLanguage, nameOf, pick } from "../payload/text.ts";
import { follow, getState } from "../state/state.ts";
import type { Feature } from "../types/payload.ts";
import { type DrawnLine, type DrawnPoint, drawnLines, drawnPoints } from "./features.ts";
import { type Box, type Found, findPlace, type Ground, padded, type Wish } from "./label_places.ts";
import { comingPoint } from "./leaflet.ts";
import { addPane } from "./panes.ts";
import { boundsInField, sizeInField } from "./room.ts";
import { labelZoom } from "./scale.ts";

/** A name to write: its text in a style, and a shorter form if there is not enough space. */
interface Form {
  text: string;
  kind: string;
}

interface Label extends Form, Wish {
  latlng: L.LatLng;
  /** The name with the lowest value is placed first. */
  order: number;
  ink?: string;
  small?: Form | null;
}

interface Placed {
  node: HTMLElement | SVGElement;
  latlng: L.LatLng;
  offset: L.Point;
}

const RIBBONS_FIRST = -5;
const IMPORTANT = 2; // names of the first rank have a lower order
const TRIES = 8;
const rule = data.labels;
const sizes = new Map<string, [width: number, height: number]>();
let map: L.Map;
let pane: HTMLElement;
let bench: HTMLElement; // the element in which names are measured
let placed: Placed[] = [];

/** The boxes that cover the map, in its pixels. */
const covered = (): Box[] => {
  const origin = map.getContainer().getBoundingClientRect();
  return [...document.querySelectorAll("[data-blocks]")]
    .map((node) => node.getBoundingClientRect())
    .filter((rect) => rect.width && rect.height)
    .map(({ left, top, right, bottom }) =>
      padded([left - origin.left, top - origin.top, right - origin.left, bottom - origin.top], 3),
    );
};

/** The names of ribbons, each with the points along its own. */
const ribbonLabels = (lines: DrawnLine[]): Label[] => {
  const shown = lines.filter(({ feature, points }) => feature.tag && points.length);
  const names = shown.map(({ feature }) => shortName(nameOf(feature)));
  return shown.map(({ feature, points }, nth) => ({
    of: feature.id,
    text: names.filter((name) => name === names[nth]).length > 1 ? nameOf(feature) : names[nth],
    kind: "ribbon",
    ink: inkOf(feature.class),
    course: points,
    others: shown.flatMap((one) => (one.feature === feature ? [] : one.points)),
    latlng: map.containerPointToLatLng(points[0]),
    order: RIBBONS_FIRST,
  }));
};

/** Kilometres in pixels at a position. */
const pixelsOf = ({ lat, lng }: L.LatLng, km: number): number =>
  (km * Math.abs(map.project([lat + 0.5, lng]).y - map.project([lat - 0.5, lng]).y)) / 111.2;

const countryLabels = (inView: L.LatLngBounds): Label[] => {
  const zoom = map.getZoom();
  return (data.basemap.labels ?? []).flatMap(({ iso, name, lat, lon, rank = 3, km = 1e4 }) => {
    const latlng = L.latLng(lat, lon);
    if (zoom < (rule.countryZoom[rank] ?? 6) || !inView.contains(latlng)) return [];
    const text = pick(name);
    const small = rank === 1 ? { text, kind: "country minor" } : null;
    const kind = rank > 1 ? "country minor" : "country";
    return [{ of: iso, text, small, kind, latlng, order: rank * 10 + 5, room: pixelsOf(latlng, km) }];
  });
};

/** The greatest distance of a name from its point. Important names may be farther away. */
const ringsOf = (rank: number): number[] =>
  rank <= 1 ? [...rule.rings, ...rule.ledRings] : rule.rings.slice(0, rank === 2 ? 2 : 1);

const kindOfLabel = ({ id }: Feature, rank: number): string =>
  (id.startsWith("ports/") ? "port" : "city") + (rank <= 0 ? " major" : "");

const pointLabels = (points: DrawnPoint[], inView: L.LatLngBounds): Label[] => {
  const zoom = map.getZoom();
  const { selected } = getState();
  return points.flatMap(({ feature, latlng, size }) => {
    const chosen = feature.id === selected;
    const rank = chosen ? -1 : (feature.rank ?? 9);
    if (zoom < labelZoom(rank) || !inView.contains(latlng)) return [];
    return {
      of: feature.id,
      text: shortName(nameOf(feature)),
      kind: kindOfLabel(feature, rank),
      latlng,
      order: rank * 10 + (isCity(feature) ? 0 : 1),
      size: size / 2,
      gap: rule.gap + (chosen ? 6 : 0),
      rings: ringsOf(rank),
    };
  });
};

const keyOf = ({ kind, text }: Form): string => `${currentLanguage()}|${kind}|${text}`;

/** Measure all names with unknown size at once. */
const measure = (labels: Label[]): void => {
  const forms = labels.flatMap((label) => [label, ...(label.small ? [label.small] : [])]);
  const unknown = new Map(forms.filter((form) => !sizes.has(keyOf(form))).map((form) => [keyOf(form), form]));
  if (!unknown.size) return;
  const nodes = [...unknown].map(([key, { kind, text }]) => ({
    key,
    node: el("div", { class: `measure ${kind}` }, text),
  }));
  bench.replaceChildren(...nodes.map(({ node }) => node));
  for (const { key, node } of nodes) {
    const { width, height } = node.getBoundingClientRect();
    sizes.set(key, [Math.ceil(width), Math.ceil(height)]);
  }
  bench.replaceChildren();
};

const keep = (node: HTMLElement | SVGElement, latlng: L.LatLng, x: number, y: number): void => {
  const offset = L.point(x, y).subtract(map.latLngToContainerPoint(latlng));
  placed.push({ node, latlng, offset });
  setPosition(node, map.latLngToLayerPoint(latlng).add(offset).round());
};

const setPosition = (node: HTMLElement | SVGElement, at: L.Point): void =>
  L.DomUtil.setPosition(node as HTMLElement, at);

const drawName = ({ of, kind, text, ink, latlng }: Label, { box, leader }: Found): void => {
  if (leader) {
    const [from, to] = [leader[0], leader[leader.length - 1]];
    const line = svg("path", { d: `M0 0L${to.x - from.x} ${to.y - from.y}` });
    const node = svg(
      "svg",
      { class: "leader leaflet-zoom-animated", "data-of": of },
      line,
      ink ? svg("circle", { r: 2.5 }) : null,
    );
    if (ink) node.style.color = ink;
    keep(node, latlng, from.x, from.y);
  }
  const node = el("div", { class: `label ${kind} leaflet-zoom-animated`, "data-of": of }, text);
  if (ink) node.style.borderColor = ink;
  keep(node, latlng, box[0], box[1]);
};

/** Names with their places, and the most important of those without a place. */
interface Arranged {
  found: [Label, Found][];
  without: Label[];
}

/** Place names in this order, one after the other. */
const arrange = function* (labels: Label[], ground: Ground): Generator<undefined, Arranged> {
  const taken = [...ground.taken];
  const found: [Label, Found][] = [];
  const without: Label[] = [];
  const seen: { text: string; at: L.Point }[] = [];
  for (const label of labels) {
    const at = map.latLngToContainerPoint(label.latlng);
    if (seen.some((other) => other.text === label.text && at.distanceTo(other.at) < rule.twice)) continue;
    const forms = [label, ...(label.small ? [label.small] : [])];
    const places = forms.map((form) => findPlace(label, at, sizes.get(keyOf(form)) ?? [0, 0], { ...ground, taken }));
    const nth = places.findIndex(Boolean);
    const place = places[nth];
    if (place) {
      taken.push(place.box, ...(place.leader ?? []).map(({ x, y }): Box => [x - 1, y - 1, x + 1, y + 1]));
      seen.push({ text: label.text, at });
      found.push([{ ...label, ...forms[nth] }, place]);
    } else if (label.order < IMPORTANT && label.rings) without.push(label);
    yield;
  }
  return { found, without };
};

/** The names of the current view, measured, in the order in which they are placed. */
const labelsOf = (points: DrawnPoint[], lines: DrawnLine[]): Label[] => {
  const inView = boundsInField();
  const labels = [...countryLabels(inView), ...pointLabels(points, inView), ...ribbonLabels(lines)]
    .filter(({ text }) => text)
    .sort((a, b) => a.order - b.order);
  measure(labels);
  return labels;
};

let newest = 0; // the last placing of all labels, which makes earlier ones pointless

/**
 * Place all labels again for the current view, one after the other. An important name that finds no place is placed
 * before the others.
 */
const laying = function* (): Generator {
  newest += 1;
  const own = newest;
  const points = drawnPoints();
  const lines = drawnLines(rule.step);
  let labels = labelsOf(points, lines);
  const ground = {
    taken: covered(),
    symbols: points.map(({ feature, latlng, size }) => ({
      of: feature.id,
      r: size / 2,
      ...map.latLngToContainerPoint(latlng),
    })),
    dots: lines.flatMap((line) => line.points),
    size: sizeInField(),
  };
  let best = yield* arrange(labels, ground);
  let last = best;
  for (let tries = 0; last.without.length && tries < TRIES; tries += 1) {
    const { without } = last;
    labels = [...without, ...labels.filter((label) => !without.includes(label))];
    last = yield* arrange(labels, ground);
    if (last.without.length < best.without.length) best = last;
  }
  if (own !== newest) return;
  placed = [];
  for (const [label, place] of best.found) drawName(label, place);
  pane.replaceChildren(...placed.map(({ node }) => node));
};

let waiting = false;

/** Place the labels once when the current change is done, even if this was requested several times. */
export const relabel = (): void => {
  if (waiting || !map) return;
  waiting = true;
  window.queueMicrotask(() => {
    waiting = false;
    for (const _ of laying());
  });
};

export const drawLabels = async (leaflet: L.Map): Promise<void> => {
  map = leaflet;
  pane = map.getPane(addPane(map, "corridors-labels", 600)) as HTMLElement;
  aria(pane, "hidden", true);
  bench = el("div", { class: "bench", "aria-hidden": "true" });
  map.getContainer().append(bench);
  map.on("moveend zoomend resize", relabel);
  map.on("zoomanim", (event: L.ZoomAnimEvent) => {
    for (const { node, latlng, offset } of placed)
      setPosition(node, comingPoint(map, latlng, event).add(offset).round());
  });
  follow(["lang", "layers", "filters", "year", "against", "split", "selected", "theme", "table"], relabel);
  labelsOf(drawnPoints(), drawnLines(rule.step)); // measured before a pause, since the first time takes long
  for (const _ of laying()) await pace();
};
