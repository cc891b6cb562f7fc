/* The missing link of a route: the place of a line that would shorten a route with a long detour. */
import type { Node, Way } from "../types/network.ts";
import { geodesicKm } from "./geodesic.ts";
import { coded, readNetwork } from "./network.ts";
import { reach } from "./reach.ts";

interface Found {
  from: Node;
  to: Node;
  /** Length of the missing line, and of the route over it. */
  metres: number;
  total: number;
}

/** The number of railway legs at each node. */
const railwayDegrees = (allowed: boolean[]): Map<number, number> => {
  const degrees = new Map<number, number>();
  for (const { nth, kind, line, a, b } of readNetwork().edges) {
    if (kind !== "leg" || line.mode !== "rail" || !allowed[nth]) continue;
    for (const end of [a, b]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  }
  return degrees;
};

/**
 * The two stations whose connection would shorten a route best, or null; one of them is the end of a railway. The rule
 * is that of network.missing_link. The direct distance between the route's ends is in km.
 */
export const missingLink = ({ places, allowed }: Way, directKm: number): Found | null => {
  if (places.length > 2) return null;
  const network = readNetwork();
  const weight = network.edges.map(({ metres }) => metres);
  const [there, back] = places.map(({ nodes }) => reach(network, nodes, weight, allowed).cost);
  const bound = 1000 * coded.far * directKm;
  const degrees = railwayDegrees(allowed);
  const near = (metres: Float64Array): number[] =>
    [...degrees.keys()]
      .filter((nth) => metres[nth] < bound && network.nodes[nth].place?.choosable)
      .sort((one, other) => one - other);
  let best: Found | null = null;
  for (const one of near(there)) {
    for (const other of near(back)) {
      const around = there[one] + back[other];
      if ((degrees.get(one) !== 1 && degrees.get(other) !== 1) || around >= bound) continue;
      const [from, to] = [network.nodes[one], network.nodes[other]];
      const metres = Math.round(1000 * geodesicKm(from, to));
      const total = around + metres;
      if (metres <= 0 || total > bound || (best && total + metres >= best.total + best.metres)) continue;
      best = { from, to, metres, total };
    }
  }
  return best;
};
