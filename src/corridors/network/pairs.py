"""The best way between each two places of a group: one search from each place, over whole metres or seconds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corridors.network.gazetteer import Place
from corridors.network.graph import Edge, Network
from corridors.network.search import EDGE_SHARE, Search


@dataclass(frozen=True, slots=True)
class Way:
    """The best way between two places: what it costs, its nodes and its edges, in the order of travel."""

    cost: int
    nodes: tuple[str, ...]
    edges: tuple[str, ...]


@dataclass(frozen=True)
class Ways:
    """The best ways between all places of a group.

    Attributes
    ----------
    search
        What may be travelled.
    found
        The ways by the places' features, each pair in the order of the group; who is not connected is not there.
    costs
        For each place, what it costs to reach every node that can be reached, in whole metres or seconds.
    """

    search: Search
    found: Mapping[tuple[str, str], Way]
    costs: Sequence[Mapping[str, int]]


def all_ways(
    network: Network, places: Sequence[Place], cost: Mapping[str, int], allowed: Callable[[Edge], bool]
) -> Ways:
    """Find the best way between each two places.

    Parameters
    ----------
    network
        The network.
    places
        The group, each place once.
    cost
        What each edge costs, by its id (see routing.costs).
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
