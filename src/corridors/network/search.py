"""The search for the cheapest ways: Dijkstra's algorithm over whole metres or whole seconds.

Of ways that cost the same, the one of the fewest edges is taken, and of those the one whose edges come first by id,
from the end backwards. So the same request has the same answer wherever it is asked: the page's own search keeps the
same order.

E. W. Dijkstra, A Note on Two Problems in Connexion with Graphs, Numerische Mathematik 1 (1959).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from corridors.network.graph import Edge, Network

EDGE_SHARE = 1 << 20
"""A whole metre or second is worth so many edges: more than any way has, so that edges only decide between equals."""

Way = tuple[tuple[str, ...], tuple[str, ...]]
"""Ids of nodes and of edges, in the order of travel."""


@dataclass(frozen=True)
class Search:
    """What may be travelled, and what it costs.

    Attributes
    ----------
    links
        For each node, the nodes that an edge leads to: what the edge costs, in ``EDGE_SHARE`` parts of a metre or
        second, and its id. Of parallel edges the cheapest counts, then the first by id.
    """

    links: Mapping[str, Mapping[str, tuple[int, str]]]

    @classmethod
    def over(cls, network: Network, cost: Mapping[str, int], allowed: Callable[[Edge], bool]) -> "Search":
        """Prepare a search.

        Parameters
        ----------
        network
            The network; its edges are sorted by id.
        cost
            What each edge costs, by its id (see costs.costs).
        allowed
            Whether an edge may be travelled.
        """
        links: dict[str, dict[str, tuple[int, str]]] = {name: {} for name in network.nodes}
        for edge in filter(allowed, network.edges):
            parts = cost[edge.id] * EDGE_SHARE + 1
            known = links[edge.a].get(edge.b)
            if known is None or parts < known[0]:
                links[edge.a][edge.b] = links[edge.b][edge.a] = parts, edge.id
        return cls(links)

    def costs_from(self, starts: Iterable[str]) -> dict[str, int]:
        """What it costs to reach each node that can be reached from some, in ``EDGE_SHARE`` parts of a unit."""
        links, reached = self.links, {}
        best = dict.fromkeys(starts, 0)
        heap = [(0, start) for start in best]
        heapify(heap)
        while heap:
            cost, here = heappop(heap)
            if here in reached:
                continue
            reached[here] = cost
            for other, (parts, _) in links[here].items():
                total = cost + parts
                if other not in reached and (other not in best or total < best[other]):
                    best[other] = total
                    heappush(heap, (total, other))
        return reached

    def tracer(self, reached: Mapping[str, int]) -> Callable[[str], Way]:
        """What gives the way to a node from where costs begin; it remembers the ways to all nodes on it."""
        ways: dict[str, Way] = {}

        def trace(end: str) -> Way:
            ahead, here = [], end
            while here not in ways:
                if not reached[here]:
                    ways[here] = (here,), ()
                    break
                edge, before = min(
                    (edge, other)
                    for other, (parts, edge) in self.links[here].items()
                    if other in reached and reached[other] + parts == reached[here]
                )
                ahead.append((edge, here))
                here = before
            way = ways[here]
            for edge, node in reversed(ahead):
                way = ways[node] = (*way[0], node), (*way[1], edge)
            return way

        return trace

    def best(self, starts: Iterable[str], ends: Iterable[str]) -> Way | None:
        """The cheapest way from any of some nodes to any of others, or None where there is none."""
        reached = self.costs_from(starts)
        found = [(reached[end], end) for end in ends if end in reached]
        return self.tracer(reached)(min(found)[1]) if found else None
