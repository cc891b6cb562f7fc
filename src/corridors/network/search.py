"""The search for the cheapest routes: Dijkstra's algorithm over whole metres or whole seconds.

Among routes of the same cost, the one with the fewest edges is taken. If there are several, edge ids decide: they are
compared from the end backwards, and the first in order is taken. So the same request has the same answer everywhere.
The search of the page's script uses the same order.

E. W. Dijkstra, A Note on Two Problems in Connexion with Graphs, Numerische Mathematik 1 (1959).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from corridors.network.graph import Edge, Network

EDGE_SHARE = 1 << 20
"""A whole metre or second is worth this many edges. No route has so many, so edges decide only between equal routes."""

FARTHEST = 1 << 62
"""More than any route costs."""

Way = tuple[tuple[str, ...], tuple[str, ...]]
"""Ids of nodes and of edges, in the order of travel."""


@dataclass(frozen=True)
class Search:
    """The edges that may be travelled, and their costs.

    Attributes
    ----------
    links
        For each node: its neighbours, each with the cost of the edge (in ``EDGE_SHARE`` parts of a metre or second) and
        the id of the edge. Of parallel edges the cheapest counts, then the first by id.
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
            The cost of each edge, by its id (see costs.costs).
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
        """The cost from the starts to each node that can be reached, in ``EDGE_SHARE`` parts of a metre or second."""
        links, best = self.links, dict.fromkeys(starts, 0)
        heap = [(0, start) for start in best]
        heapify(heap)
        while heap:
            cost, here = heappop(heap)
            if cost > best[here]:
                continue
            for other, (parts, _) in links[here].items():
                total = cost + parts
                if total < best.get(other, FARTHEST):
                    best[other] = total
                    heappush(heap, (total, other))
        return best

    def tracer(self, reached: Mapping[str, int]) -> Callable[[str], Way]:
        """A function that returns the route from the starts to a node. It stores the routes to all nodes on it."""
        known: dict[str, Way] = {start: ((start,), ()) for start, cost in reached.items() if not cost}

        def trace(end: str) -> Way:
            here, back = end, []
            while here not in known:
                edge, before = min(
                    [
                        (edge, other)
                        for other, (parts, edge) in self.links[here].items()
                        if other in reached and reached[other] + parts == reached[here]
                    ]
                )
                back.append((here, edge))
                here = before
            for node, edge in reversed(back):
                nodes, edges = known[here]
                known[here := node] = (*nodes, node), (*edges, edge)
            return known[end]

        return trace

    def best(self, starts: Iterable[str], ends: Iterable[str]) -> Way | None:
        """The cheapest route from any start to any end, or None if there is none."""
        reached = self.costs_from(starts)
        found = [(reached[end], end) for end in ends if end in reached]
        return self.tracer(reached)(min(found)[1]) if found else None
