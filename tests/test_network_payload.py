"""The network in a page: small, the same each time, and read by the page's script without loss."""

import pytest

from corridors.content.planner import Planner
from corridors.network.costs import costs
from corridors.web.blocks import Blocks
from corridors.web.network_payload import encode_network, name_from_id
from corridors.web.payload import FEATURE_STEP, compressed, page_stream

MOST_BYTES = 77_000
ON_PAGE = {
    "overview": ("cities", "ports", "rail", "roads", "ferries", "flights"),
    "rail": ("cities", "stations", "rail"),
}


def encoded(planner):
    """The network of a page, and the bytes of its blocks."""
    blocks = Blocks()
    return encode_network(planner, blocks), blocks.data()


@pytest.fixture(scope="module")
def whole(loaded):
    """The whole network, with no feature on the page."""
    return encoded(Planner(loaded))


@pytest.fixture(scope="module")
def coded(whole):
    return whole[0]


@pytest.fixture(scope="module")
def read(whole, ask_script):
    """The network as the page's script reads it."""
    network, blocks = whole
    [answer] = ask_script([("network/network", "readNetwork", [])], {"network": network, "step": FEATURE_STEP}, blocks)
    return answer


@pytest.mark.parametrize("page", ON_PAGE)
def test_the_network_of_a_page_is_small_and_the_same_each_time(page, loaded):
    here = {name for name in loaded.names if name.split("/")[0] in ON_PAGE[page]}
    first, second = (page_stream(*encoded(Planner(loaded, here))) for _ in range(2))
    assert first == second
    assert len(compressed(first)) <= MOST_BYTES


def test_nodes_and_edges_are_those_of_the_network(read, loaded):
    nodes, edges = list(loaded.network.nodes.values()), loaded.network.edges
    assert [node["country"] for node in read["nodes"]] == [node.country for node in nodes]
    assert [node["name"] for node in read["nodes"]] == [node.name for node in nodes]
    for key in ("lon", "lat"):
        assert [node[key] for node in read["nodes"]] == [round(getattr(node, key) * 1e5) / 1e5 for node in nodes]
    for key in ("a", "b"):
        assert [nodes[edge[key]].id for edge in read["edges"]] == [getattr(edge, key) for edge in edges]
    told = [
        (edge["kind"], edge["basis"], edge["country"], edge["metres"], edge["measured"], edge["seconds"])
        for edge in read["edges"]
    ]
    exact = costs(loaded.network, "time", loaded.assumptions)
    assert told == [
        (
            edge.kind,
            edge.basis,
            edge.country,
            round(1000 * edge.track_km),
            round(1000 * edge.measured_km),
            exact[edge.id],
        )
        for edge in edges
    ]
    lines = [edge["line"] for edge in read["edges"]]
    assert [(line["id"], line["mode"], line["status"], line["gauge"]) for line in lines] == [
        (edge.line, edge.mode, edge.status, edge.gauge_mm) for edge in edges
    ]


def test_every_source_of_a_line_is_among_the_sources(coded, loaded):
    sources = loaded.facts.by_id("sources")
    assert set(coded["sources"]) | set(coded["assumptionSources"]) <= set(sources)
    for line in coded["lines"]:
        assert all(nth < len(coded["sources"]) for nth in (line[9] if len(line) > 9 else ()))


def test_no_name_of_what_the_page_has_travels_twice(loaded):
    coded, _ = encoded(Planner(loaded, loaded.names))
    told = {text for column in coded["names"].values() for text in column if isinstance(text, str)}
    passed = {row["name_en"] for row in loaded.facts.rows("route_waypoints")}
    via = {row["name_en"] for row in loaded.facts.rows("stations") if f"stations/{row['id']}" not in loaded.names}
    assert {text for text in coded["names"]["en"] if isinstance(text, str)} <= passed | via
    assert "Xi'an" not in told or "Xi'an" in passed
    assert coded["lineNames"] == {}


@pytest.mark.parametrize(("name", "said"), [("kz-kara-balta", "Kara Balta"), ("cn-xian", "Xian"), ("x", "")])
def test_an_id_speaks_of_a_name(name, said):
    assert name_from_id(name) == said
