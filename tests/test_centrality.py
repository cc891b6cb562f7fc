"""Centrality: networkx gives the same on networks of cities, and places near their own city do not count as near."""

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridors.network.centrality import centralities
from corridors.network.gazetteer import Place
from corridors.network.pairs import all_ways
from tests.small_network import edge, network_of, node

KINDS = {"cities": "city", "stations": "station"}


def ranked(nodes, edges, group):
    """The centrality of every place of a network; costs are the metres of the edges."""
    network = network_of(nodes, edges)
    places = [Place(name, name, tuple(network.nodes_of[name])) for name in group]
    cost = {one.id: round(1000 * one.track_km) for one in network.edges}
    ways = all_ways(network, places, cost, lambda _: True)
    return centralities(network, places, ways, scale=1e6)


@st.composite
def graphs(draw):
    """Edges between up to seven cities. Each costs another power of two, so that each pair has a single best route."""
    pairs = [(a, b) for a in "ABCDEFG" for b in "ABCDEFG" if a < b]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=2, unique=True))
    return [(a, b, 2**nth) for nth, (a, b) in enumerate(chosen)]


@given(graphs())
def test_networkx_finds_the_same_where_all_cities_are_of_the_group(edges):
    graph = nx.Graph()
    graph.add_weighted_edges_from(edges)
    group = sorted(graph)
    found = ranked(
        [node(f"cities/{name}", kind="city") for name in group],
        [edge(f"{a}{b}", f"cities/{a}", f"cities/{b}", km / 1000) for a, b, km in edges],
        [f"cities/{name}" for name in group],
    )
    between, close = (
        nx.betweenness_centrality(graph, weight="weight"),
        nx.closeness_centrality(graph, distance="weight"),
    )
    for name in group:
        told = found[f"cities/{name}"]
        assert told.betweenness == pytest.approx(between[name], abs=1e-4)
        assert told.closeness == pytest.approx(1e6 * close[name], abs=1e-4, rel=1e-9)


def line_of(*names, km=100.0):
    """Nodes in a row, and the edges between them."""
    nodes = [node(name, kind=KINDS[name.partition("/")[0]]) for name in names]
    return nodes, [edge(f"{a}>{b}", a, b, km) for a, b in pairwise(names)]


def test_a_station_carries_the_pairs_that_pass_it_and_is_as_near_as_the_mean_of_its_ways():
    nodes, edges = line_of("cities/a", "stations/m", "cities/b", "cities/c")
    found = ranked(nodes, edges, ["cities/a", "cities/b", "cities/c"])
    assert found["stations/m"].betweenness == round(2 / 3, 4)  # a–b and a–c of three pairs
    assert found["stations/m"].closeness == round(1e6 * 3 / (100_000 + 100_000 + 200_000), 4)
    assert found["cities/b"].betweenness == 1.0  # of the only pair without it as an end, a–c


def test_the_way_to_the_city_that_a_station_serves_does_not_make_it_near():
    nodes, edges = line_of("cities/a", "stations/m", "cities/b")
    served = [edge("transfer/a", "cities/a", "stations/m", 1.0, kind="transfer", mode="transfer", line="")]
    found = ranked(nodes, [*served, edges[1]], ["cities/a", "cities/b"])
    assert found["stations/m"].closeness == round(1e6 / 100_000, 4)


def test_what_the_group_does_not_reach_counts_nothing():
    nodes, edges = line_of("cities/a", "cities/b", "cities/c")
    found = ranked([*nodes, node("stations/alone")], edges[:1], ["cities/a", "cities/b", "cities/c"])
    assert (found["stations/alone"].betweenness, found["stations/alone"].closeness) == (0.0, 0.0)
    assert found["cities/c"].closeness == 0.0
    assert found["cities/a"].closeness == round(1e6 * 1 / (2 * 100_000), 4)  # one of two others, over its cost


def test_only_places_are_told_of():
    nodes, edges = line_of("cities/a", "stations/m", "cities/b")
    nodes = [*nodes, node("roads/w", kind="waypoint")]
    found = ranked(nodes, [*edges, edge("w", "roads/w", "stations/m", 5.0)], ["cities/a", "cities/b"])
    assert set(found) == {"cities/a", "stations/m", "cities/b"}
