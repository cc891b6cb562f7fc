/* The possible positions of a name, by the rule of label_rule.py: beside its symbol, joined to it by a thin line, or none.
 *
 * Positions for points and countries are those of figures/label_search.py; shared test cases check both. */
import { data } from "../payload/data.ts";

/** Left, top, right and bottom edge in pixels of the map. */
export type Box = [left: number, top: number, right: number, bottom: number];

/** A point of the map, in its pixels. */
export interface Spot {
  x: number;
  y: number;
}

/** A drawn symbol: its feature, its position, its radius in pixels. */
export interface DrawnSymbol extends Spot {
  of: string;
  r: number;
}

/** A request for the position of a name: at a point (with rings), in a country (with room), or along a line (with its course). */
export interface Wish {
  of: string;
  /** Of a point: half the size of its symbol, its gap, and the distances beyond that; all in pixels. */
  size?: number;
  gap?: number;
  rings?: number[];
  /** Of a country: the greatest distance of its name from its middle, in pixels. */
  room?: number;
  /** Of a line: points along it, and along the other lines. */
  course?: Spot[];
  others?: Spot[];
}

/** Positions that are already taken. */
export interface Ground {
  taken: Box[];
  symbols: DrawnSymbol[];
  /** Points along the lines. */
  dots: Spot[];
  /** Size of the map in pixels. */
  size: Spot;
}

/** The box of a name, and the points of the thin line to it, if there is one. */
export interface Found {
  box: Box;
  leader: Spot[] | null;
}

interface Candidate {
  at: Spot;
  left: number;
  top: number;
  cost: number;
}

const rule = data.labels;
const [STEP_COST, RING_COST, LINE_COST] = rule.costs;
const LONE = 6; // pixels about the name of a ribbon that no other ribbon runs through

const overlaps = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const long = (x: number, y: number): number => Math.sqrt(x * x + y * y); // much faster than Math.hypot
const away = (box: Box, { x, y }: Spot): number =>
  long(Math.max(box[0] - x, 0, x - box[2]), Math.max(box[1] - y, 0, y - box[3]));
const holds = (box: Box, { x, y }: Spot): boolean => x > box[0] && x < box[2] && y > box[1] && y < box[3];

/** A box that is larger by so many pixels on every side. */
export const padded = (box: Box, by: number): Box => [box[0] - by, box[1] - by, box[2] + by, box[3] + by];

const distance = (one: Spot, other: Spot): number => long(other.x - one.x, other.y - one.y);

/** Points along the thin line to a box, starting at a distance from the middle of a symbol. */
const leaderTo = (box: Box, { x, y }: Spot, from: number): Spot[] => {
  const end = { x: Math.max(box[0], Math.min(x, box[2])), y: Math.max(box[1], Math.min(y, box[3])) };
  const length = distance({ x, y }, end);
  const count = Math.max(2, Math.ceil((length - from) / rule.dots));
  const share = (n: number): number => (from + ((length - from) * n) / (count - 1)) / length;
  return Array.from({ length: count }, (_, n) => ({
    x: x + (end.x - x) * share(n),
    y: y + (end.y - y) * share(n),
  }));
};

/** Positions around a point, each with its cost. */
const beside = function* (
  { rings = [], size = 0, gap = 0 }: Wish,
  at: Spot,
  w: number,
  h: number,
): Generator<Candidate> {
  for (const [out, ring] of rings.entries()) {
    const far = size + gap + ring;
    for (const [nth, [ax, ay, dx, dy]] of rule.places.entries()) {
      yield {
        at,
        left: at.x + far * dx - ax * w,
        top: at.y + far * dy - ay * h,
        cost: out * RING_COST + nth * STEP_COST,
      };
    }
  }
};

/** Positions around the middle of a country's name, which must stay in the country. */
const within = function* ({ room = 0 }: Wish, at: Spot, w: number, h: number): Generator<Candidate> {
  const steps = [0, -0.5, 0.5, -1, 1];
  const offsets = steps
    .flatMap((y) => steps.map((x) => [x * rule.aside[0], -y * rule.aside[1]]))
    .map(([x, y]) => ({ x, y, far: long(x, y) }))
    .filter(({ far }) => far <= room)
    .sort((a, b) => a.far - b.far);
  for (const [nth, { x, y }] of offsets.entries()) {
    yield { at, left: at.x + x - w / 2, top: at.y + y - h / 2, cost: nth * STEP_COST };
  }
};

/** Positions on a ribbon, from its middle outwards, with the middle of the name first; then positions beside it. */
const along = function* (course: Spot[], w: number, h: number): Generator<Candidate> {
  const some = course.filter((_, nth) => nth % 3 === 0);
  const middle = some.length / 2;
  const onIt = some
    .flatMap((at, nth) =>
      [0.5, 0.2, 0.8].map((ax) => ({
        at,
        left: at.x - ax * w,
        cost: Math.abs(nth - middle) / middle + Math.abs(ax - 0.5),
      })),
    )
    .sort((a, b) => a.cost - b.cost);
  for (const one of onIt) yield { ...one, top: one.at.y - h / 2 };
  for (const [out, ring] of rule.ledRings.entries()) {
    for (const one of onIt) {
      for (const top of [one.at.y - ring - h, one.at.y + ring])
        yield { ...one, top, cost: one.cost + RING_COST + out * STEP_COST };
    }
  }
};

/** Whether a name is nearer to its own symbol (middle and edge) than to others; with a line, its own height from others is enough. */
const isClear = ({ of, size = 0 }: Wish, box: Box, at: Spot, symbols: DrawnSymbol[], led: boolean): boolean => {
  const own = away(box, at);
  const height = box[3] - box[1];
  let [nearest, apart] = [true, led];
  for (const other of symbols) {
    if (other.of === of) continue;
    const far = away(box, other);
    nearest &&= far > own + rule.apart && far - other.r > own - size + rule.apart;
    apart &&= far - other.r >= height;
    if (!nearest && !apart) return false;
  }
  return true;
};

/** The box of a thin line: what is outside it is not near the line. */
const spanOf = (leader: Spot[]): Box => {
  const [from, to] = [leader[0], leader[leader.length - 1]];
  return [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y)];
};

/** Whether a thin line to a name crosses a name or another symbol. */
const crosses = (leader: Spot[], { of }: Wish, { taken, symbols }: Ground): boolean => {
  const span = spanOf(leader);
  return (
    taken.some((other) => overlaps(span, other) && leader.some((dot) => holds(other, dot))) ||
    symbols.some(
      (other) => other.of !== of && away(span, other) < other.r && leader.some((dot) => distance(other, dot) < other.r),
    )
  );
};

/** Whether the name of a ribbon, or the thin line to it, is too near to another ribbon. */
const meetsOthers = (box: Box, leader: Spot[] | null, own: number, others: Spot[]): boolean => {
  const near = padded(box, leader ? own : LONE);
  const span = leader && padded(spanOf(leader), LONE);
  return others.some(
    (other) => holds(near, other) || (span && holds(span, other) && leader.some((dot) => distance(dot, other) < LONE)),
  );
};

/** A name should not hide lines. The name of a ribbon leaves space for the names of points. */
const hiding = (box: Box, { course }: Wish, { symbols, dots }: Ground): number => {
  const [w, h] = [box[2] - box[0], box[3] - box[1]];
  if (course) return STEP_COST * 3 * symbols.filter((other) => away(box, other) < 2 * h).length;
  return LINE_COST * Math.min(1, (dots.filter((dot) => holds(box, dot)).length * rule.step) / w);
};

const candidates = (wish: Wish, at: Spot, w: number, h: number): Generator<Candidate> => {
  if (wish.course) return along(wish.course, w, h);
  return wish.rings ? beside(wish, at, w, h) : within(wish, at, w, h);
};

/** A name in a box of the map, with its thin line; null if it must not be there. */
const placedIn = (box: Box, at: Spot, wish: Wish, ground: Ground): Found | null => {
  const { taken, symbols, size } = ground;
  if (box[0] < 2 || box[1] < 2 || box[2] > size.x - 2 || box[3] > size.y - 2) return null;
  const wide = padded(box, rule.apart);
  if (taken.some((other) => overlaps(wide, other))) return null;
  const half = wish.size ?? 0;
  const own = away(box, at) - half;
  const led = !wish.room && own > rule.led;
  const free = wish.rings ? isClear(wish, box, at, symbols, led) : symbols.every((other) => away(box, other) > other.r);
  if (!free) return null;
  const leader = led ? leaderTo(box, at, half * rule.touch) : null;
  if (leader && crosses(leader, wish, ground)) return null;
  return wish.course && meetsOthers(box, leader, own, wish.others ?? []) ? null : { box, leader };
};

/** The best position for a name of this width and height in pixels, around a point of the map; null if there is none. */
export const findPlace = (wish: Wish, middle: Spot, [w, h]: [number, number], ground: Ground): Found | null => {
  let best: Found | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const { at, left, top, cost } of candidates(wish, middle, w, h)) {
    if (cost >= least) continue;
    const found = placedIn([left, top, left + w, top + h], at, wish, ground);
    const whole = found ? cost + hiding(found.box, wish, ground) : least;
    if (whole >= least) continue;
    best = found;
    least = whole;
  }
  return best;
};
