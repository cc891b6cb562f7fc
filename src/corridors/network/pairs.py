"""The best way between each two places of a group: one search from each place, over whole metres or seconds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from corridors.network.gazetteer import Place
from corridors.network.graph import Edge, Network
from corridors.network.routing import EDGE_SHARE


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
    graph
        The edges that may be travelled, the cheapest of each two nodes: their ``cost`` in ``EDGE_SHARE`` parts of a
        metre or second, and the id of their ``edge``.
    found
        The ways by the places' features, each pair in the order of the group; who is not connected is not there.
    costs
        For each place, what it costs to reach every node that can be reached, in whole metres or seconds.
    """

    graph: "nx.Graph[str]"
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
    graph = cheapest(network, cost, allowed)
    costs, found = [], {}
    for nth, place in enumerate(places):
        reached = nx.multi_source_dijkstra_path_length(graph, {*place.nodes}, weight="cost")
        ways: dict[str, Way] = {}
        costs.append({node: parts // EDGE_SHARE for node, parts in reached.items()})
        for other in places[nth + 1 :]:
            ends = [(reached[node], node) for node in other.nodes if node in reached]
            if ends:
                found[place.feature, other.feature] = _way(graph, reached, ways, min(ends)[1])
    return Ways(graph, found, costs)


def _way(graph: "nx.Graph[str]", reached: Mapping[str, int], ways: dict[str, Way], end: str) -> Way:
    """The way to a node; between equals the same as routing.best_path takes.

    ``ways`` remembers the ways to all nodes on it, for the ways to come.
    """
    ahead = []
    here = end
    while here not in ways:
        if not reached[here]:
            ways[here] = Way(0, (here,), ())
            break
        edge, before = min(
            (about["edge"], other)
            for other, about in graph[here].items()
            if reached[other] + about["cost"] == reached[here]
        )
        ahead.append((edge, here))
        here = before
    way = ways[here]
    for edge, node in reversed(ahead):
        way = ways[node] = Way(reached[node] // EDGE_SHARE, (*way.nodes, node), (*way.edges, edge))
    return way


def cheapest(network: Network, cost: Mapping[str, int], allowed: Callable[[Edge], bool]) -> "nx.Graph[str]":
    """The edges that may be travelled as a simple graph: of parallel ones the cheapest, then the first by id."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(network.nodes)
    for edge in network.edges:
        parts = cost[edge.id] * EDGE_SHARE + 1
        if allowed(edge) and (not graph.has_edge(edge.a, edge.b) or parts < graph[edge.a][edge.b]["cost"]):
            graph.add_edge(edge.a, edge.b, cost=parts, edge=edge.id)
    return graph


def pairs_of(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """Each two places of a group once, in its order."""
    for nth, place in enumerate(places):
        for other in places[nth + 1 :]:
            yield place, other
