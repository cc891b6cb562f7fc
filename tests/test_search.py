"""The search for the cheapest route: another library finds the same costs, and equal routes have a fixed order."""

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridors.network.graph import Edge, Network, Node
from corridors.network.search import EDGE_SHARE, Search


def search_over(*edges, shut=()):
    """A search over edges of (id, one end, other end, cost), given in the order of their ids."""
    made = [Edge(name, a, b, "leg", "rail", "rail/x", 0.0, 0.0, "") for name, a, b, _ in sorted(edges)]
    names = sorted({end for _, a, b, _ in edges for end in (a, b)})
    network = Network({name: Node(name, "station", name, 0.0, 0.0, "", name) for name in names}, made)
    cost = {name: cost for name, _, _, cost in edges}
    return Search.over(network, cost, lambda edge: edge.id not in shut)


@st.composite
def graphs(draw):
    """Edges between eight nodes, some of them parallel, some without cost."""
    node = st.sampled_from("ABCDEFGH")
    ends = draw(st.lists(st.tuples(node, node, st.integers(0, 9)).filter(lambda one: one[0] != one[1]), min_size=1))
    return [(f"e{nth:03}", a, b, cost) for nth, (a, b, cost) in enumerate(ends)]


@given(graphs())
def test_networkx_finds_the_same_costs(edges):
    search = search_over(*edges)
    graph = nx.MultiGraph()
    graph.add_nodes_from(search.links)
    for name, a, b, cost in edges:
        graph.add_edge(a, b, key=name, weight=cost)
    for start in search.links:
        reached = search.costs_from([start])
        expected = nx.single_source_bellman_ford_path_length(graph, start)
        assert {node: parts // EDGE_SHARE for node, parts in reached.items()} == expected


@given(graphs())
def test_a_way_joins_its_ends_and_costs_what_it_says(edges):
    search, cost = search_over(*edges), {name: cost for name, _, _, cost in edges}
    ends = {name: {a, b} for name, a, b, _ in edges}
    start, *_, end = sorted(search.links)
    found = search.best([start], [end])
    if found is None:
        assert end not in search.costs_from([start])
        return
    nodes, used = found
    assert (nodes[0], nodes[-1]) == (start, end)
    assert [ends[name] for name in used] == [{one, other} for one, other in pairwise(nodes)]
    assert len(set(nodes)) == len(nodes)
    assert search.costs_from([start])[end] == sum(cost[name] for name in used) * EDGE_SHARE + len(used)


def test_of_ways_that_cost_the_same_the_one_of_fewest_edges_is_taken():
    search = search_over(("a", "A", "B", 2), ("b", "B", "C", 2), ("z", "A", "C", 4))
    assert search.best(["A"], ["C"]) == (("A", "C"), ("z",))


def test_of_ways_of_as_many_edges_the_one_whose_last_edge_is_first_by_id_is_taken():
    search = search_over(("a", "A", "B", 1), ("d", "B", "D", 1), ("b", "A", "C", 1), ("c", "C", "D", 1))
    assert search.best(["A"], ["D"]) == (("A", "C", "D"), ("b", "c"))
    assert search.best(["D"], ["A"]) == (("D", "B", "A"), ("d", "a"))


def test_of_parallel_edges_the_cheapest_is_taken_then_the_first_by_id():
    assert search_over(("a", "A", "B", 3), ("b", "A", "B", 2), ("c", "A", "B", 2)).best(["A"], ["B"])[1] == ("b",)


def test_an_edge_that_may_not_be_travelled_is_not():
    edges = [("a", "A", "B", 1), ("b", "A", "B", 5)]
    assert search_over(*edges, shut={"a"}).best(["A"], ["B"])[1] == ("b",)
    assert search_over(*edges, shut={"a", "b"}).best(["A"], ["B"]) is None


@pytest.mark.parametrize("starts", [["A", "D"], ["D", "A"]])
def test_of_several_starts_and_ends_the_cheapest_two_are_joined(starts):
    search = search_over(("a", "A", "B", 5), ("b", "B", "C", 5), ("c", "D", "C", 9))
    assert search.best(starts, ["C", "B"]) == (("A", "B"), ("a",))
    assert search.best(starts, ["C"]) == (("D", "C"), ("c",))


def test_a_place_is_reached_from_itself_for_nothing():
    assert search_over(("a", "A", "B", 1)).best(["A"], ["A"]) == (("A",), ())
