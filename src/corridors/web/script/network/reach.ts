/* The cheapest routes over the network from some nodes, and the edges of one of them. */
import type { Edge, Network } from "../types/network.ts";

type Item = [cost: number, hops: number, node: number];

/** The cost of each node, the number of edges to it, and the end that was reached. */
export interface Reached {
  cost: Float64Array;
  hops: Float64Array;
  end: number | null;
}

/** A heap of [cost, hops, node] with the least first. */
const makeHeap = () => {
  const items: Item[] = [];
  const less = (one: Item, other: Item) => one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]);
  const swap = (i: number, j: number) => {
    [items[i], items[j]] = [items[j], items[i]];
  };
  const push = (item: Item) => {
    let at = items.push(item) - 1;
    while (at) {
      const up = (at - 1) >> 1;
      if (!less(items[at], items[up])) break;
      swap(at, up);
      at = up;
    }
  };
  const sink = () => {
    for (let at = 0, down = 1; down < items.length; down = 2 * at + 1) {
      if (down + 1 < items.length && less(items[down + 1], items[down])) down += 1;
      if (!less(items[down], items[at])) break;
      swap(at, down);
      at = down;
    }
  };
  const pop = (): Item | undefined => {
    const top = items[0];
    const last = items.pop();
    if (items.length && last) {
      items[0] = last;
      sink();
    }
    return top;
  };
  return { push, pop };
};

/** The cost of nodes from the nearest start, and the number of edges; with ends, only until the cheapest end is reached. */
export const reach = (
  { nodes }: Network,
  starts: number[],
  weight: number[],
  allowed: boolean[],
  ends: number[] = [],
): Reached => {
  const cost = new Float64Array(nodes.length).fill(Number.POSITIVE_INFINITY);
  const hops = new Float64Array(nodes.length).fill(Number.POSITIVE_INFINITY);
  const heap = makeHeap();
  for (const start of starts) {
    cost[start] = hops[start] = 0;
    heap.push([0, 0, start]);
  }
  /** Continue from a node along its edges to nodes that become cheaper, or equally cheap with fewer edges. */
  const goOn = (here: number): void => {
    for (const edge of nodes[here].edges) {
      if (!allowed[edge.nth]) continue;
      const next = edge.a === here ? edge.b : edge.a;
      const [sum, count] = [cost[here] + weight[edge.nth], hops[here] + 1];
      if (sum > cost[next] || (sum === cost[next] && count >= hops[next])) continue;
      cost[next] = sum;
      hops[next] = count;
      heap.push([sum, count, next]);
    }
  };
  const wanted = new Set(ends);
  let end: number | null = null;
  for (let item = heap.pop(); item; item = heap.pop()) {
    const [own, steps, here] = item;
    if (end !== null && (own > cost[end] || steps > hops[end])) break;
    if (own > cost[here] || (own === cost[here] && steps > hops[here])) continue;
    if (wanted.has(here) && (end === null || here < end)) end = here;
    goOn(here);
  }
  return { cost, hops, end };
};

/**
 * The edges of the cheapest route to a node. Among routes of the same cost, the one with the fewest edges is taken. If
 * there are several, the order of edges in the network decides, compared from the end backwards.
 */
export const trace = (
  { nodes }: Network,
  { cost, hops }: Reached,
  weight: number[],
  allowed: boolean[],
  end: number,
): Edge[] => {
  const path: Edge[] = [];
  for (let here = end; hops[here]; ) {
    // Edges of a node are in the network's order, so the first that fits is the right one.
    const back = nodes[here].edges.find((edge) => {
      const other = edge.a === here ? edge.b : edge.a;
      return allowed[edge.nth] && hops[other] + 1 === hops[here] && cost[other] + weight[edge.nth] === cost[here];
    });
    if (!back) throw new Error("a node was reached by no edge");
    path.push(back);
    here = back.a === here ? back.b : back.a;
  }
  return path.reverse();
};
