/* A route to its profile, by the rules of corridors.network.profile. */
import type { Edge, Line, Node, Way } from "../types/network.ts";
import type { Mark, Profile, Stretch } from "../types/profile.ts";

/** An edge of a route with its nodes, and the metres from the route's start to both. */
interface Step {
  edge: Edge;
  one: Node;
  other: Node;
  from: number;
  to: number;
}

const hours = (seconds: number): number => Math.floor((seconds + 180) / 360) / 10;

const stepsOf = ({ path, nodes }: Way): Step[] => {
  let to = 0;
  return path.map((edge, nth) => {
    const from = to;
    to += edge.metres;
    return { edge, one: nodes[nth], other: nodes[nth + 1], from, to };
  });
};

const about = ({ edge: { line, country } }: Step): Omit<Stretch, "end"> => ({
  mode: line.mode,
  country,
  status: line.status,
  ...(line.gauge && { gauge: line.gauge }),
  ...(line.tracks && { tracks: line.tracks }),
  ...(line.electrified && { electrified: line.electrified }),
});

const stretchesOf = (steps: Step[]): Stretch[] => {
  const found: Stretch[] = [];
  let before = "";
  for (const step of steps.filter(({ edge }) => edge.metres)) {
    const own = about(step);
    const key = JSON.stringify(own);
    if (key !== before) found.push({ end: 0, ...own });
    found[found.length - 1].end = step.to;
    before = key;
  }
  return found;
};

const markAt = (kind: Mark["kind"], at: number, { lon, lat }: Node): Mark => ({ at, kind, lon, lat });

/** Whether a node is a place: no border, and no point that only gives a line its shape or lies at sea. */
const isPlace = ({ place, edges }: Node): boolean => {
  if (place?.layer === "route_waypoints") return edges.some(({ line }) => line.mode !== "sea");
  return place?.choosable ?? false;
};

/** The places along a route. Of places with one name in succession, the first. */
const placesOf = ({ nodes }: Way, steps: Step[], others: Node[]): Mark[] => {
  const found: Mark[] = [];
  let before = "";
  for (const [nth, node] of nodes.entries()) {
    if (!isPlace(node)) continue;
    const near = node.edges.filter(({ kind }) => kind === "transfer").flatMap(({ a, b }) => [others[a], others[b]]);
    if (node.name !== before || !found.length) {
      const mark = markAt("place", nth ? steps[nth - 1].to : 0, node);
      found.push({ ...mark, feature: node.place?.feature?.id, name: node.place?.name });
    }
    const last = found[found.length - 1];
    const people = Math.max(last.people ?? 0, ...[node, ...near].map(({ place }) => place?.people ?? 0));
    if (people) last.people = people;
    before = node.name;
  }
  return found;
};

const bordersOf = (steps: Step[], isOpen: (line: Line, ends: Node[]) => boolean): Mark[] =>
  steps
    .filter(({ edge, one, other }) => one.country !== other.country && !isOpen(edge.line, [one, other]))
    .map(({ edge, one, other, to }) => ({
      ...markAt("border", to, other),
      before: one.country,
      after: other.country,
      hours: edge.kind === "border" ? hours(edge.seconds) : null,
    }));

const breaksOf = (steps: Step[]): Mark[] =>
  steps
    .filter(({ edge }) => edge.kind === "gauge_change")
    .map(({ edge, one, other, to }) => ({
      ...markAt("break", to, one),
      feature: one.place?.feature?.id,
      name: one.place?.name,
      before: String(one.gauge),
      after: String(other.gauge),
      hours: hours(edge.seconds),
    }));

/** Transfers in succession as one, with the modes before and after. */
const transfersOf = (steps: Step[]): Mark[] => {
  const runs: Step[][] = [];
  for (const step of steps) {
    const last = runs.at(-1);
    if (last?.[0].edge.line.mode === step.edge.line.mode) last.push(step);
    else runs.push([step]);
  }
  const mode = (nth: number): string => runs[nth]?.[0].edge.line.mode ?? "";
  return runs.flatMap((run, nth) => {
    if (mode(nth) !== "transfer") return [];
    const seconds = run.reduce((sum, { edge }) => sum + edge.seconds, 0);
    const mark = markAt("transfer", run[0].from, run[0].one);
    return [{ ...mark, before: mode(nth - 1), after: mode(nth + 1), hours: hours(seconds) }];
  });
};

/** The profile of a route. `nodes` are all nodes of the network; `isOpen` says whether a border has no control. */
export const profileOf = (way: Way, nodes: Node[], isOpen: (line: Line, ends: Node[]) => boolean): Profile => {
  const steps = stepsOf(way);
  const marks = [
    ...placesOf(way, steps, nodes),
    ...bordersOf(steps, isOpen),
    ...breaksOf(steps),
    ...transfersOf(steps),
  ];
  return { stretches: stretchesOf(steps), marks: marks.sort((one, other) => one.at - other.at) };
};
