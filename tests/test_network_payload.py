"""The network in a page: small, complete, the same each time, decoded without loss; pages packed without loss."""

import json
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridors.content.planner import Planner
from corridors.network.costs import costs, hours_of
from corridors.web.network_payload import ALPHABET, digits, encode_network, name_from_id
from corridors.web.packing import pack, unpack

MOST_BYTES = 66_300
ON_PAGE = {
    "overview": ("cities", "ports", "rail", "roads", "ferries", "flights"),
    "rail": ("cities", "stations", "rail"),
}


def numbers(text):
    """The whole numbers of a text, as script/payload/numbers.ts reads them."""
    found, value, shift = [], 0, 0
    for letter in text:
        digit = ALPHABET.index(letter)
        value |= (digit & 31) << shift
        shift += 5
        if not digit & 32:
            found.append(-(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    return found


def run_out(runs):
    """Values and their numbers of repetitions, as one list."""
    return [value for value, times in zip(runs[::2], runs[1::2], strict=True) for _ in range(times)]


@pytest.fixture(scope="module")
def coded(loaded):
    """The whole network, encoded, with no feature on the page."""
    return encode_network(Planner(loaded))


@pytest.mark.parametrize("page", ON_PAGE)
def test_the_network_of_a_page_is_small_and_the_same_each_time(page, loaded):
    here = {name for name in loaded.names if name.split("/")[0] in ON_PAGE[page]}
    first, second = (
        json.dumps(
            encode_network(Planner(loaded, here)),
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()
        for _ in range(2)
    )
    assert first == second
    assert len(first) <= MOST_BYTES


def test_nodes_and_edges_are_those_of_the_network(coded, loaded):
    nodes, edges = list(loaded.network.nodes.values()), loaded.network.edges
    told = coded["nodes"]
    assert len(told["place"]) == len(told["gauge"]) == len(nodes)
    assert [coded["countries"][nth] for nth in run_out(told["country"])] == [node.country for node in nodes]
    for key in ("lon", "lat"):
        assert list(accumulate(numbers(told[key]))) == [round(getattr(node, key) * 1e5) for node in nodes]
    of = coded["edges"]
    for key, end in (("a", list(accumulate(numbers(of["a"])))), ("b", numbers(of["b"]))):
        assert [nodes[nth].id for nth in end] == [getattr(edge, key) for edge in edges]
    assert [coded["kinds"][nth] for nth in run_out(of["kind"])] == [edge.kind for edge in edges]
    lines = [coded["lines"][nth] for nth in run_out(of["line"])]
    assert [(line[0], coded["modes"][line[1]], coded["statuses"][line[2]]) for line in lines] == [
        (edge.line, edge.mode, edge.status) for edge in edges
    ]
    metres = numbers(of["metres"])
    assert metres == [round(1000 * edge.track_km) for edge in edges]
    assert [own + more for own, more in zip(metres, numbers(of["measuredMore"]), strict=True)] == [
        round(1000 * edge.measured_km) for edge in edges
    ]


def test_seconds_that_do_not_follow_from_the_assumptions_are_told(coded, loaded):
    exact = costs(loaded.network, "time", loaded.assumptions)
    for nth, edge in enumerate(loaded.network.edges):
        derived = int(3600 * hours_of(edge, loaded.assumptions) + 0.5)
        assert coded["edges"]["seconds"].get(nth, derived) == exact[edge.id], edge.id


def test_every_source_of_a_line_is_among_the_sources(coded, loaded):
    sources = loaded.facts.by_id("sources")
    assert set(coded["sources"]) | set(coded["assumptionSources"]) <= set(sources)
    for line in coded["lines"]:
        assert all(nth < len(coded["sources"]) for nth in (line[7] if len(line) > 7 else ()))


def test_no_name_of_what_the_page_has_travels_twice(loaded):
    coded = encode_network(Planner(loaded, loaded.names))
    told = {text for column in coded["names"].values() for text in column if isinstance(text, str)}
    passed = {row["name_en"] for row in loaded.facts.rows("route_waypoints")}
    via = {row["name_en"] for row in loaded.facts.rows("stations") if f"stations/{row['id']}" not in loaded.names}
    assert {text for text in coded["names"]["en"] if isinstance(text, str)} <= passed | via
    assert "Xi'an" not in told or "Xi'an" in passed
    assert coded["lineNames"] == {}


@given(st.lists(st.integers(-(2**30), 2**30)))
def test_whole_numbers_survive_as_text(values):
    assert numbers(digits(values)) == values
    assert set(digits(values)) <= set(ALPHABET)


@pytest.mark.parametrize(("name", "said"), [("kz-kara-balta", "Kara Balta"), ("cn-xian", "Xian"), ("x", "")])
def test_an_id_speaks_of_a_name(name, said):
    assert name_from_id(name) == said


# --- packing

words = st.sampled_from(["", "a", "b", 0, 1, False, None])
entries = st.fixed_dictionaries({"label": st.sampled_from(["x", "y"])}, optional={"value": words, "about": words})
features = st.fixed_dictionaries(
    {"id": words, "class": st.sampled_from(["p", "q"]), "geometry": st.none()},
    optional={"status": words, "series": st.lists(words, max_size=1), "facts": st.lists(entries, max_size=3)},
)


@given(st.lists(features, max_size=8))
def test_packing_loses_nothing(made):
    before = json.dumps(made, sort_keys=True)
    payload = {"features": made, "basemap": {"land": []}}
    assert json.dumps(unpack(pack(payload))["features"], sort_keys=True) == before
    assert json.dumps(made, sort_keys=True) == before


def test_outlines_that_the_basemap_has_are_not_written_again():
    one, other = [[1, 2, 3, 4, 5, 6]], [[7, 8, 9, 10, 11, 12]]
    whole = {"id": "w", "geometry": {"t": "MultiPolygon", "c": [other, one], "s": 0.1}}
    single = {"id": "s", "geometry": {"t": "Polygon", "c": one, "s": 0.1}}
    own = {"id": "o", "geometry": {"t": "Polygon", "c": [[0, 0, 1, 1]], "s": 0.1}}
    payload = {"features": [whole, single, own], "basemap": {"land": [one, other]}}
    packed = pack(payload)
    assert [feature["geometry"].get("land") for feature in packed["features"]] == [[1, 0], [0], None]
    assert unpack(packed) == payload
