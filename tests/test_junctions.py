"""Searches from junction to junction: the same routes and costs as from station to station, in the same order."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corridors.network.gazetteer import Place
from corridors.network.junctions import FAR, Junctions
from corridors.network.pairs import all_ways
from corridors.network.search import EDGE_SHARE
from tests.small_network import edge, network_of, node

NAMES = "ABCDEFGHIJKL"


@st.composite
def graphs(draw):
    """Edges with costs: lines of stations, with a few more edges, some of them parallel and some without cost."""
    ends = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda one: one[0] != one[1])
    lines = draw(st.lists(st.permutations(NAMES), min_size=1, max_size=2))
    hops = [pair for line in lines for pair in pairwise(line[: draw(st.integers(2, 12))])]
    pairs = draw(st.permutations([*hops, *draw(st.lists(ends, max_size=4))]))
    return [(f"e{nth:02}", a, b, draw(st.integers(0, 3))) for nth, (a, b) in enumerate(pairs)]


def ways_over(edges, group):
    """The network of edges, the places of a group, and the ways between them."""
    network = network_of([node(name) for name in NAMES], [edge(name, a, b) for name, a, b, _ in edges])
    places = [Place(name, name, (name,)) for name in group]
    return network, places, all_ways(network, places, {name: cost for name, _, _, cost in edges}, lambda _: True)


@given(graphs(), st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True))
def test_the_ways_between_junctions_are_those_of_the_whole_network(edges, group):
    network, places, ways = ways_over(edges, group)
    for nth, place in enumerate(places):
        reached = ways.search.costs_from(place.nodes)
        expected = [reached[name] // EDGE_SHARE if name in reached else None for name in network.nodes]
        assert [cost if cost < FAR else None for cost in ways.costs[nth].tolist()] == expected
        for other in places[nth + 1 :]:
            best, found = ways.search.best(place.nodes, other.nodes), ways.found.get((place.feature, other.feature))
            assert (best[1] if best else None) == (found.edges if found else None)


def test_only_nodes_where_a_route_can_turn_or_end_are_junctions():
    edges = [("a", "A", "B", 1), ("b", "B", "C", 1), ("c", "C", "D", 1), ("d", "C", "E", 1), ("e", "E", "F", 1)]
    search = ways_over(edges, "AF")[2].search
    used = {name for name, links in Junctions.of(search, {"A"}).search.links.items() if links}
    assert used == {"A", "C", "D", "F"}
    assert Junctions.of(search, {"A"}).runs["C", "b"] == ("a", "b")


def test_a_ring_that_nothing_joins_is_far():
    edges = [("a", "A", "B", 1), ("b", "C", "D", 1), ("c", "D", "E", 1), ("d", "E", "C", 1)]
    ways = ways_over(edges, "AB")[2]
    assert ways.costs[0, :2].tolist() == [0, 1]
    assert np.all(ways.costs[:, 2:] >= FAR)
