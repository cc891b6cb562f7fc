/* Names on the map, placed by rank and by the rule of label_rule.py: beside their symbols, led to them by a line, or left out. */
import { el, svg } from "../dom.ts";
import { inkOf } from "../look/symbols.ts";
import { drawnLines, drawnPoints } from "./features.ts";
import { labelZoom } from "./scale.ts";
import { data } from "../payload/data.ts";
import { isCity } from "../payload/features.ts";
import { currentLanguage, nameOf, pick } from "../payload/text.ts";
import { follow, getState } from "../state/state.ts";

const rule = data.labels;
const [STEP_COST, RING_COST, LINE_COST] = rule.costs;
const LONE = 6; // pixels about the name of a ribbon that no other ribbon runs through
const sizes = new Map();
let map = null;
let pane = null;
let bench = null;
let placed = [];

// A box is its left, top, right and bottom edge in pixels of the map.
const overlaps = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const padded = (box, by) => [box[0] - by, box[1] - by, box[2] + by, box[3] + by];
const away = (box, { x, y }) => Math.hypot(Math.max(box[0] - x, 0, x - box[2]), Math.max(box[1] - y, 0, y - box[3]));
const holds = (box, { x, y }) => x > box[0] && x < box[2] && y > box[1] && y < box[3];

const covered = () => {
  const origin = map.getContainer().getBoundingClientRect();
  return [...document.querySelectorAll("[data-blocks]")]
    .map((node) => node.getBoundingClientRect())
    .filter((rect) => rect.width && rect.height)
    .map((rect) => padded([rect.left - origin.left, rect.top - origin.top, rect.right - origin.left, rect.bottom - origin.top], 3));
};

/** A name without what stands in brackets; the card has it in full. */
const shortName = (name) => name.replace(/\s+\([^()]*\)(?=[\s,]|$)/g, "").replace(/（[^（）]*）$/, "").trim() || name;

/** The names of ribbons, each with the points along its own. */
const ribbons = (lines) => {
  const shown = lines.filter(({ feature, points }) => feature.tag && points.length);
  const names = shown.map(({ feature }) => shortName(nameOf(feature)));
  return shown.map(({ feature, points }, nth) => {
    const text = names.filter((name) => name === names[nth]).length > 1 ? nameOf(feature) : names[nth];
    return { of: feature.id, text, kind: "ribbon", ink: inkOf(feature.class), course: points, others: shown.flatMap((one) => (one.feature === feature ? [] : one.points)), latlng: map.containerPointToLatLng(points[0]), order: -5 };
  });
};

/** Kilometres in pixels at a place. */
const pixels = ({ lat, lng }, km) => (km * Math.abs(map.project([lat + 0.5, lng]).y - map.project([lat - 0.5, lng]).y)) / 111.2;

const wanted = (points, lines) => {
  const zoom = map.getZoom();
  const inView = map.getBounds();
  const selected = getState().selected;
  const list = [];
  for (const entry of (data.basemap || {}).labels || []) {
    const rank = entry.rank ?? 3;
    const latlng = L.latLng(entry.lat, entry.lon);
    if (zoom < (rule.countryZoom[rank] ?? 6) || !inView.contains(latlng)) continue;
    const text = pick(entry.name);
    const small = rank === 1 ? { text, kind: "country minor" } : null;
    list.push({ of: entry.iso, text, small, kind: rank > 1 ? "country minor" : "country", latlng, order: rank * 10 + 5, room: pixels(latlng, entry.km ?? 1e4) });
  }
  for (const { feature, latlng, size } of points) {
    const chosen = feature.id === selected;
    const rank = chosen ? -1 : feature.rank ?? 9;
    if (zoom < labelZoom(rank) || !inView.contains(latlng)) continue;
    const kind = (feature.id.startsWith("ports/") ? "port" : "city") + (rank <= 0 ? " major" : "");
    list.push({ of: feature.id, text: shortName(nameOf(feature)), kind, latlng, order: rank * 10 + (isCity(feature) ? 0 : 1), size: size / 2, gap: rule.gap + (chosen ? 6 : 0), rings: rank <= 0 ? [...rule.rings, ...rule.ledRings] : rule.rings.slice(0, rank <= 2 ? 2 : 1) });
  }
  return [...list, ...ribbons(lines)].filter((entry) => entry.text).sort((a, b) => a.order - b.order);
};

const measure = (list) => {
  const lang = currentLanguage();
  const unknown = [];
  for (const entry of list.flatMap((one) => (one.small ? [one, one.small] : [one]))) {
    entry.key = `${lang}|${entry.kind}|${entry.text}`;
    if (sizes.has(entry.key)) continue;
    sizes.set(entry.key, null);
    unknown.push([entry.key, el("div", { class: `measure ${entry.kind}` }, entry.text)]);
  }
  if (!unknown.length) return;
  bench.replaceChildren(...unknown.map(([, node]) => node));
  for (const [key, node] of unknown) {
    const rect = node.getBoundingClientRect();
    sizes.set(key, [Math.ceil(rect.width), Math.ceil(rect.height)]);
  }
  bench.replaceChildren();
};

/** Points along the line that leads from the edge of a symbol to a box. */
const leaderTo = (box, { x, y }, from) => {
  const end = L.point(Math.max(box[0], Math.min(x, box[2])), Math.max(box[1], Math.min(y, box[3])));
  const way = end.subtract([x, y]);
  const length = Math.hypot(way.x, way.y);
  const count = Math.max(1, Math.ceil((length - from) / 3));
  return Array.from({ length: count + 1 }, (_, n) => L.point(x, y).add(way.multiplyBy((from + ((length - from) * n) / count) / length)));
};

/** Places about a point, each with its cost. */
const beside = function* (entry, at, w, h) {
  for (const [out, ring] of entry.rings.entries()) {
    const far = entry.size + entry.gap + ring;
    for (const [nth, [ax, ay, dx, dy]] of rule.places.entries()) {
      yield { at, left: at.x + far * dx - ax * w, top: at.y + far * dy - ay * h, cost: out * RING_COST + nth * STEP_COST };
    }
  }
};

/** Places about the middle of a country's name, which has to stay in the country. */
const within = function* (entry, at, w, h) {
  const steps = [0, -0.5, 0.5, -1, 1];
  const offsets = steps.flatMap((y) => steps.map((x) => [x * rule.aside[0], y * rule.aside[1]]))
    .map(([x, y]) => [x, y, Math.hypot(x, y)]).filter(([, , far]) => far <= entry.room).sort((a, b) => a[2] - b[2]);
  for (const [nth, [dx, dy]] of offsets.entries()) yield { at, left: at.x + dx - w / 2, top: at.y + dy - h / 2, cost: nth * STEP_COST };
};

/** Places on a ribbon, from its middle out and the middle of the name first, then beside it. */
const along = function* (entry, w, h) {
  const some = entry.course.filter((_, nth) => nth % 3 === 0);
  const middle = some.length / 2;
  const course = some.flatMap((at, nth) => [0.5, 0.2, 0.8].map((ax) => ({ at, left: at.x - ax * w, cost: Math.abs(nth - middle) / middle + Math.abs(ax - 0.5) })))
    .sort((a, b) => a.cost - b.cost);
  for (const one of course) yield { ...one, top: one.at.y - h / 2 };
  for (const [out, ring] of rule.ledRings.entries()) {
    for (const one of course) for (const top of [one.at.y - ring - h, one.at.y + ring]) yield { ...one, top, cost: one.cost + RING_COST + out * STEP_COST };
  }
};

/** Whether a name is nearer to its own symbol, to middle and edge, than to any other; one that is led to may also be its own height from all others. */
const clear = (entry, box, at, symbols, led) => {
  const own = away(box, at);
  const others = symbols.filter((other) => other.of !== entry.of).map((other) => [away(box, other), other.r]);
  return others.every(([far, r]) => far > own + rule.apart && far - r > own - entry.size + rule.apart) || (led && others.every(([far, r]) => far - r >= box[3] - box[1]));
};

const place = (entry, taken, symbols, lines, size) => {
  const [w, h] = sizes.get(entry.key);
  const middle = map.latLngToContainerPoint(entry.latlng);
  const places = entry.course ? along(entry, w, h) : entry.rings ? beside(entry, middle, w, h) : within(entry, middle, w, h);
  let best = null;
  for (const { at, left, top, cost } of places) {
    if (best && cost >= best.cost) continue;
    const [x, y] = [Math.round(left), Math.round(top)];
    const box = [x, y, x + w, y + h];
    if (x < 2 || y < 2 || x + w > size.x - 2 || y + h > size.y - 2) continue;
    const wide = padded(box, rule.apart);
    if (taken.some((other) => overlaps(wide, other))) continue;
    const own = away(box, at) - (entry.size || 0);
    const leader = !entry.room && own > rule.led ? leaderTo(box, at, (entry.size || 0) * rule.touch) : null;
    if (entry.rings ? !clear(entry, box, at, symbols, leader) : symbols.some((other) => away(box, other) < other.r)) continue;
    if (leader && leader.some((dot) => taken.some((other) => holds(other, dot)) || symbols.some((other) => other.of !== entry.of && Math.hypot(other.x - dot.x, other.y - dot.y) < other.r + 1))) continue;
    if (entry.course) {
      const near = padded(box, leader ? own : LONE);
      if (entry.others.some((other) => holds(near, other) || (leader && leader.some((dot) => dot.distanceTo(other) < LONE)))) continue;
    }
    // A name had better not hide lines; that of a ribbon leaves points the room for their names.
    const whole = cost + (entry.course
      ? STEP_COST * 3 * symbols.filter((other) => away(box, other) < 2 * h).length
      : LINE_COST * Math.min(1, (lines.filter((dot) => holds(box, dot)).length * rule.step) / w));
    if (!best || whole < best.cost) best = { box, leader, cost: whole };
  }
  return best;
};

const keep = (node, latlng, x, y) => {
  const offset = L.point(x, y).subtract(map.latLngToContainerPoint(latlng));
  L.DomUtil.setPosition(node, map.latLngToLayerPoint(latlng).add(offset).round());
  placed.push({ node, latlng, offset });
};

const drawName = (entry, { box, leader }) => {
  if (leader) {
    const [from, to] = [leader[0], leader[leader.length - 1]];
    const line = svg("path", { d: `M0 0L${to.x - from.x} ${to.y - from.y}` });
    const node = svg("svg", { class: "leader leaflet-zoom-animated", "data-of": entry.of }, line, entry.ink ? svg("circle", { r: 2.5 }) : null);
    if (entry.ink) node.style.color = entry.ink;
    keep(node, entry.latlng, from.x, from.y);
  }
  const node = el("div", { class: `label ${entry.kind} leaflet-zoom-animated`, "data-of": entry.of }, entry.text);
  if (entry.ink) node.style.borderColor = entry.ink;
  keep(node, entry.latlng, box[0], box[1]);
};

/** Lay all labels anew for the present view. */
const lay = () => {
  const points = drawnPoints();
  const lines = drawnLines(rule.step);
  const symbols = points.map(({ feature, latlng, size }) => ({ of: feature.id, ...map.latLngToContainerPoint(latlng), r: size / 2 }));
  const list = wanted(points, lines);
  measure(list);
  const dots = lines.flatMap((line) => line.points);
  const taken = covered();
  const seen = [];
  placed = [];
  for (const entry of list) {
    const at = map.latLngToContainerPoint(entry.latlng);
    if (seen.some((other) => other.text === entry.text && at.distanceTo(other.at) < rule.twice)) continue;
    const found = [entry, entry.small].reduce((done, form) => done || (form && place(Object.assign(entry, form), taken, symbols, dots, map.getSize())), null);
    if (!found) continue;
    taken.push(found.box, ...(found.leader || []).map(({ x, y }) => [x - 1, y - 1, x + 1, y + 1]));
    seen.push({ text: entry.text, at });
    drawName(entry, found);
  }
  pane.replaceChildren(...placed.map(({ node }) => node));
};

let waiting = false;
/** Lay the labels once when the present change is done, however often it was asked for. */
export const relabel = () => {
  if (waiting || !map) return;
  waiting = true;
  window.queueMicrotask(() => {
    waiting = false;
    lay();
  });
};

export const drawLabels = (leaflet) => {
  map = leaflet;
  pane = map.createPane("corridors-labels");
  pane.style.zIndex = "600";
  pane.setAttribute("aria-hidden", "true");
  bench = el("div", { class: "bench", "aria-hidden": "true" });
  map.getContainer().append(bench);
  map.on("moveend zoomend resize", relabel);
  map.on("zoomanim", ({ center, zoom }) => {
    for (const { node, latlng, offset } of placed) L.DomUtil.setPosition(node, map._latLngToNewLayerPoint(latlng, zoom, center).add(offset).round());
  });
  follow(["lang", "layers", "filters", "year", "selected", "theme", "table"], relabel);
};
