"""A search to its junctions: the nodes where a route can turn, and the runs of edges between them.

Most stations have two neighbours, so a route that enters there leaves on the other side. A search from junction to
junction has the same costs and the same order of equal routes, in a graph of a third of the nodes.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridors.network.search import EDGE_SHARE, FARTHEST, Search

Run = tuple[str, ...]
"""Ids of the edges from one junction to the next, in the order of travel."""

FAR = FARTHEST // EDGE_SHARE
"""More metres or seconds than to any node that can be reached."""


@dataclass(frozen=True)
class Junctions:
    """The junctions of a search.

    Attributes
    ----------
    search
        The search over the junctions alone. A link of a node has the cost of a run, and the id of the edge of this run
        at the node. Of runs to the same junction the cheapest counts, then the first by this id.
    runs
        The run that arrives at a junction over an edge, by the ids of both.
    approaches
        For each node within a run: the junctions at both ends of the run, each with the cost from there to the node.
    """

    search: Search
    runs: Mapping[tuple[str, str], Run]
    approaches: Mapping[str, Sequence[tuple[str, int]]]

    @classmethod
    def of(cls, search: Search, kept: AbstractSet[str]) -> "Junctions":
        """Find the junctions of a search. The nodes that are ``kept`` are junctions too: all starts and ends."""
        names = {name: nth for nth, name in enumerate(search.links) if len(search.links[name]) != 2 or name in kept}  # noqa: PLR2004 - both sides
        links: dict[str, dict[str, tuple[int, str]]] = {name: {} for name in names}
        runs: dict[tuple[str, str], Run] = {}
        approaches: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for start in names:
            for first, (parts, edge) in search.links[start].items():
                before, here, cost, passed = start, first, parts, [edge]
                while here not in names:
                    approaches[here].append((start, cost))
                    one, other = search.links[here]
                    before, here = here, one if other == before else other
                    more, beyond = search.links[before][here]
                    cost += more
                    passed.append(beyond)
                runs[start, edge] = tuple(passed[::-1])
                if here != start and (cost, edge) < links[start].get(here, (FARTHEST, "")):
                    links[start][here] = cost, edge
        return cls(Search(links), runs, approaches)

    def costs_to(self, nodes: Sequence[str], reached: Sequence[Mapping[str, int]]) -> NDArray[np.int64]:
        """Whole metres or seconds to all nodes, one row for each search; at least ``FAR`` if there is no route.

        Parameters
        ----------
        nodes
            Ids of nodes.
        reached
            The costs of the junctions from the starts of each search (see ``Search.costs_from``).
        """
        junctions = {name: nth for nth, name in enumerate(self.search.links)}
        known = np.array([[costs.get(name, FARTHEST) for name in junctions] + [FARTHEST] for costs in reached])
        beyond = [(len(junctions), 0)] * 2  # a ring without a junction
        ends = np.array(
            [
                [(junctions[node], 0)] * 2
                if node in junctions
                else [(junctions[name], cost) for name, cost in self.approaches.get(node, ())] or beyond
                for node in nodes
            ],
        )
        found: NDArray[np.int64] = (known[:, ends[:, :, 0]] + ends[:, :, 1]).min(axis=2) // EDGE_SHARE
        return found
