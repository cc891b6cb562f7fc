/* The cheapest ways over the network from some nodes, and the edges of one of them. */

/** A heap of [cost, hops, node], the least on top. */
const heapOf = () => {
  const items = [];
  const less = (one, other) => one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]);
  const swap = (i, j) => { [items[i], items[j]] = [items[j], items[i]]; };
  const push = (item) => {
    let at = items.push(item) - 1;
    for (let up; at && less(items[at], items[(up = (at - 1) >> 1)]); at = up) swap(at, up);
  };
  const pop = () => {
    const top = items[0];
    const last = items.pop();
    if (!items.length) return top;
    items[0] = last;
    for (let at = 0, down; (down = 2 * at + 1) < items.length; at = down) {
      if (down + 1 < items.length && less(items[down + 1], items[down])) down += 1;
      if (!less(items[down], items[at])) break;
      swap(at, down);
    }
    return top;
  };
  return { push, pop, size: () => items.length };
};

/** What it costs to reach the nodes from any of some, in how many edges; with ends, until the cheapest of them is reached. */
export const reach = ({ nodes }, starts, weight, allowed, ends) => {
  const cost = new Float64Array(nodes.length).fill(Infinity);
  const hops = new Float64Array(nodes.length).fill(Infinity);
  const heap = heapOf();
  for (const start of starts) {
    cost[start] = hops[start] = 0;
    heap.push([0, 0, start]);
  }
  const wanted = new Set(ends);
  let end = null;
  while (heap.size()) {
    const [own, steps, here] = heap.pop();
    if (end !== null && (own > cost[end] || steps > hops[end])) break;
    if (own > cost[here] || (own === cost[here] && steps > hops[here])) continue;
    if (wanted.has(here) && (end === null || here < end)) end = here;
    for (const edge of nodes[here].edges) {
      if (!allowed[edge.nth]) continue;
      const next = edge.a === here ? edge.b : edge.a;
      const [sum, count] = [own + weight[edge.nth], steps + 1];
      if (sum > cost[next] || (sum === cost[next] && count >= hops[next])) continue;
      cost[next] = sum;
      hops[next] = count;
      heap.push([sum, count, next]);
    }
  }
  return { cost, hops, end };
};

/**
 * The edges of the cheapest way to a node. Of ways that cost the same the one of the fewest edges is taken, and of those
 * the one whose edges come first in the network, from the end backwards.
 */
export const trace = ({ nodes }, { cost, hops }, weight, allowed, end) => {
  const path = [];
  for (let here = end; hops[here];) {
    // Edges of a node stand in the network's order: the first that fits is the one meant.
    const back = nodes[here].edges.find((edge) => {
      const other = edge.a === here ? edge.b : edge.a;
      return allowed[edge.nth] && hops[other] + 1 === hops[here] && cost[other] + weight[edge.nth] === cost[here];
    });
    path.push(back);
    here = back.a === here ? back.b : back.a;
  }
  return path.reverse();
};
