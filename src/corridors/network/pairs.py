"""The best route between each two places of a group: one search from each place, over whole metres or seconds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corridors.network.gazetteer import Place
from corridors.network.graph import Edge, Network
from corridors.network.search import EDGE_SHARE, Search


@dataclass(frozen=True, slots=True)
class Way:
    """The best route between two places: its cost, its nodes and its edges, in the order of travel."""

    cost: int
    nodes: tuple[str, ...]
    edges: tuple[str, ...]


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
        For each place: the cost to each node that can be reached, in whole metres or seconds.
    """

    search: Search
    found: Mapping[tuple[str, str], Way]
    costs: Sequence[Mapping[str, int]]


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
    costs, found = [], {}
    for nth, place in enumerate(places):
        reached = search.costs_from(place.nodes)
        trace = search.tracer(reached)
        costs.append({node: parts // EDGE_SHARE for node, parts in reached.items()})
        for other in places[nth + 1 :]:
            ends = [(reached[node], node) for node in other.nodes if node in reached]
            if ends:
                parts, end = min(ends)
                found[place.feature, other.feature] = Way(parts // EDGE_SHARE, *trace(end))
    return Ways(search, found, costs)


def pairs_of(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """Each two places of a group once, in its order."""
    for nth, place in enumerate(places):
        for other in places[nth + 1 :]:
            yield place, other
