"""The best route between each two places of a group: one search from each place, over whole metres or seconds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from corridors.network.gazetteer import Place
from corridors.network.graph import Edge, Network
from corridors.network.junctions import Junctions, Run
from corridors.network.search import EDGE_SHARE, Search


@dataclass(frozen=True, slots=True)
class Way:
    """The best route between two places: its cost, and its runs of edges in the order of travel (see junctions)."""

    cost: int
    runs: tuple[Run, ...]

    @property
    def edges(self) -> tuple[str, ...]:
        """Ids of its edges, in the order of travel."""
        return tuple(chain.from_iterable(self.runs))


@dataclass(frozen=True)
class Ways:
    """The best routes between all places of a group.

    Attributes
    ----------
    search
        The search over the edges that may be travelled.
    found
        The routes by the features of their two places, in the order of the group. A pair without a route is left out.
    costs
        Whole metres or seconds from each place (rows) to each node of the network (columns); at least ``junctions.FAR``
        if there is no route.
    """

    search: Search
    found: Mapping[tuple[str, str], Way]
    costs: NDArray[np.int64]


def all_ways(
    network: Network, places: Sequence[Place], cost: Mapping[str, int], allowed: Callable[[Edge], bool]
) -> Ways:
    """Find the best route between each two places.

    Parameters
    ----------
    network
        The network.
    places
        The group, each place once.
    cost
        The cost of each edge, by its id (see costs.costs).
    allowed
        Whether an edge may be travelled.
    """
    search = Search.over(network, cost, allowed)
    junctions = Junctions.of(search, {node for place in places for node in place.nodes})
    reached = [junctions.search.costs_from(place.nodes) for place in places]
    found = {}
    for nth, (place, costs) in enumerate(zip(places, reached, strict=True), start=1):
        trace = junctions.search.tracer(costs)
        for other in places[nth:]:
            ends = [(costs[node], node) for node in other.nodes if node in costs]
            if ends:
                parts, end = min(ends)
                nodes, edges = trace(end)
                runs = tuple(map(junctions.runs.__getitem__, zip(nodes[1:], edges, strict=True)))
                found[place.feature, other.feature] = Way(parts // EDGE_SHARE, runs)
    return Ways(search, found, junctions.costs_to(list(network.nodes), reached))


def pairs_of(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """Each two places of a group once, in its order."""
    for nth, place in enumerate(places):
        for other in places[nth + 1 :]:
            yield place, other
