/* Routes over the page's network, with the same rules, costs and order of equal routes as in the command. */
import type { Edge, Network, Node, Place, Way } from "../types/network.ts";
import { routeCard } from "./card.ts";
import { coded, readNetwork } from "./network.ts";
import { type Reached, reach, trace } from "./reach.ts";
import { allows, loosened, type NoRoute, noWay, type Options, type Request, requestOf } from "./request.ts";

/** A part of a route, from the nodes of one place to those of the next. */
interface Section {
  path: Edge[];
  starts: number[];
  ends: number[];
  nodes: number[];
}

/** The numbers of the nodes along a path to a node. */
const passed = (path: Edge[], end: number): number[] => {
  const nodes = [end];
  for (const { a, b } of [...path].reverse()) nodes.unshift(a === nodes[0] ? b : a);
  return nodes;
};

/** The best route through all places, section by section, or null. */
const through = (
  network: Network,
  request: Request,
  weight: number[],
  allowed = allows(network, request),
): Section[] | null => {
  const sections: Section[] = [];
  let starts = request.places[0].nodes;
  for (const place of request.places.slice(1)) {
    const found = reach(network, starts, weight, allowed, place.nodes);
    if (found.end === null) return null;
    const path = trace(network, found, weight, allowed, found.end);
    sections.push({ path, starts, ends: place.nodes, nodes: passed(path, found.end) });
    starts = [found.end];
  }
  for (const section of sections.slice(0, -1)) section.ends = section.nodes.slice(-1);
  return sections;
};

const whole = (sections: Section[]): Edge[] => sections.flatMap(({ path }) => path);

const sumOf = (path: Edge[], weight: number[]): number => path.reduce((sum, edge) => sum + weight[edge.nth], 0);

/** A route through some node in one of its sections, with the costs from both ends to that node. */
interface Detour {
  nth: number;
  node: number;
  there: Reached;
  back: Reached;
  total: number;
  hops: number;
}

/** Routes through each node of the network, the best first. */
const detours = (network: Network, sections: Section[], cost: number[], allowed: boolean[]): Detour[] => {
  const best = whole(sections);
  const ways = sections.flatMap(({ path, starts, ends }, nth) => {
    const [there, back] = [starts, ends].map((some) => reach(network, some, cost, allowed));
    const [rest, steps] = [sumOf(best, cost) - sumOf(path, cost), best.length - path.length];
    return network.nodes.map((_, node) => ({
      nth,
      node,
      there,
      back,
      total: rest + there.cost[node] + back.cost[node],
      hops: steps + there.hops[node] + back.hops[node],
    }));
  });
  const most = coded.others[0] * sumOf(best, cost);
  return ways
    .filter(({ total }) => total <= most)
    .sort(
      (one, other) => one.total - other.total || one.hops - other.hops || one.nth - other.nth || one.node - other.node,
    );
};

/** Alternatives, each the best route through some node, by the rules of network.routing.find_routes. */
const others = (
  network: Network,
  request: Request,
  sections: Section[],
  cost: number[],
  allowed: boolean[],
): Edge[][] => {
  const mostShared = coded.others[1];
  const found = [whole(sections)];
  for (const { nth, node, there, back } of detours(network, sections, cost, allowed)) {
    if (found.length >= request.alternatives) break;
    const [start, end] = [there, back].map((reached) => trace(network, reached, cost, allowed, node));
    const nodes = [
      ...sections.slice(0, nth).flatMap((section) => section.nodes.slice(0, -1)),
      ...passed(start, node),
      ...passed(end, node).slice(0, -1),
      ...sections.slice(nth + 1).flatMap((section) => section.nodes.slice(1)),
    ];
    if (new Set(nodes).size < nodes.length) continue;
    const path = sections.flatMap((section, at) => (at === nth ? [...start, ...end.reverse()] : section.path));
    const legs = path.filter(({ kind }) => kind === "leg");
    const held = new Set(found.flat());
    const shared = legs.filter((edge) => held.has(edge));
    if (sumOf(shared, cost) <= mostShared * sumOf(legs, cost)) found.push(path);
  }
  return found;
};

const costsOf = ({ edges }: Network, by: Request["by"]): number[] =>
  edges.map(({ seconds, metres, kind }) =>
    by === "time" ? seconds : metres + (kind === "transfer" ? coded.transferMetres : 0),
  );

/** The constraint that excludes the route: the first one without which a route would exist. */
const whyNone = (network: Network, request: Request, cost: number[]): NoRoute => {
  const cut = loosened(request).find(([, without]) => through(network, without, cost));
  return noWay(cut ? cut[0] : "all", request.places);
};

/** The nodes of a route, from its start. */
const nodesOf = ({ nodes }: Network, start: Place, path: Edge[]): Node[] => {
  if (!path.length) return [nodes[start.nodes[0]], nodes[start.nodes[0]]];
  const passing = [start.nodes.includes(path[0].a) ? path[0].a : path[0].b];
  for (const { a, b } of path) passing.push(passing.at(-1) === a ? b : a);
  return passing.map((nth) => nodes[nth]);
};

/** The best routes between two places, each with its nodes and edges; fails with a message in the reader's language. */
export const findRoutes = (from: string, to: string, options: Options = {}): Way[] => {
  const network = readNetwork();
  const request = requestOf(network, from, to, options);
  const cost = costsOf(network, request.by);
  const allowed = allows(network, request);
  const sections = through(network, request, cost, allowed);
  if (!sections) throw whyNone(network, request, cost);
  const paths = request.alternatives > 1 ? others(network, request, sections, cost, allowed) : [whole(sections)];
  return paths.map((path) => ({
    path,
    nodes: nodesOf(network, request.places[0], path),
    places: request.places,
    allowed,
  }));
};

/** A promise of {routes: […]}, the same object as the command's; it fails with a message in the reader's language. */
export const route = async (from: string, to: string, options: Options = {}) => ({
  routes: findRoutes(from, to, options).map(routeCard),
});
