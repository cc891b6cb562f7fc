"""The network is connected, reports its faults, and its edges are those of the layers."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from shapely import LineString

from corridors.network.graph import Network, reachable, usable
from corridors.network.topology import check_topology

CORE = {"CHN", "KAZ", "KGZ", "TJK", "TKM", "UZB"}


@pytest.fixture(scope="module")
def network(loaded):
    return loaded.network


def test_every_operational_station_of_the_core_region_is_reached_from_xian_by_rail(network):
    reached = {network.nodes[name].feature for name in reachable(network, "stations/cn-xian@1435", modes=("rail",))}
    running = {
        network.nodes[end].feature
        for edge in network.edges
        if edge.mode == "rail" and edge.kind == "leg" and edge.status == "operational"
        for end in (edge.a, edge.b)
        if network.nodes[end].kind == "station" and network.nodes[end].country in CORE
    }
    assert len(running) > 300
    assert running <= reached


def test_every_city_that_has_a_railway_is_reached_by_rail_and_sea(network):
    """Naryn and Murghob have no railway; all other cities of the atlas have one."""
    reached = {network.nodes[name].feature for name in reachable(network, "cities/cn-xian", modes=("rail", "sea"))}
    cities = {node.feature for node in network.nodes.values() if node.kind == "city"}
    assert cities - reached == {"cities/kg-naryn", "cities/tj-murghob"}


def test_edges_end_at_nodes_and_have_ids_of_their_own(network):
    assert len({edge.id for edge in network.edges}) == len(network.edges)
    assert [edge.id for edge in network.edges] == sorted(edge.id for edge in network.edges)
    for edge in network.edges:
        assert edge.a in network.nodes
        assert edge.b in network.nodes
        assert edge.a != edge.b
        assert edge.track_km >= 0
        assert edge.kind in {"leg", "transfer", "gauge_change", "border"}


def test_the_legs_of_a_line_add_up_to_the_line(loaded, network):
    for layer in ("rail", "roads"):
        for line in loaded.layers[layer].itertuples():
            legs = [edge for edge in network.edges if edge.line == f"{layer}/{line.id}" and edge.kind == "leg"]
            assert sum(edge.track_km for edge in legs) == pytest.approx(line.track_km, abs=0.2), line.id
            assert sum(edge.measured_km for edge in legs) == pytest.approx(line.measured_km, abs=0.2), line.id


def test_a_leg_lies_in_one_country_and_borders_join_two(network):
    for edge in network.edges:
        countries = {network.nodes[edge.a].country, network.nodes[edge.b].country}
        if edge.kind == "border":
            assert len(countries) == 2, edge.id
            assert edge.track_km == 0
        elif edge.kind == "leg" and edge.mode in {"rail", "road"}:
            assert countries == {edge.country}, edge.id
        elif edge.kind == "transfer":
            assert len(countries) == 1, edge.id


def test_gauge_changes_only_where_it_is_said_to(network):
    for edge in network.edges:
        if edge.kind == "leg" and edge.mode == "rail":
            for end in (edge.a, edge.b):
                if network.nodes[end].kind == "station":
                    assert f"@{edge.gauge_mm}" in end, edge.id
        if edge.kind == "gauge_change":
            assert {end.split("@")[1] for end in (edge.a, edge.b)} == {"1435", "1520"}


def test_no_transfer_jumps_over_a_border_or_a_break_of_gauge(network):
    graph = nx.Graph()
    for edge in network.edges:
        if edge.kind == "transfer":
            graph.add_edge(edge.a, edge.b)
    for component in nx.connected_components(graph):
        assert len({network.nodes[name].country for name in component}) == 1


@pytest.mark.parametrize(
    ("year", "open_then"),
    [(2008, False), (2012, True), (2030, True)],
)
def test_a_line_is_open_from_the_year_of_its_opening(network, year, open_then):
    edge = next(edge for edge in network.edges if edge.line == "rail/kz-altynkol-zhetygen")
    assert edge.opened is not None
    assert usable(edge, as_of=year, include=()) is open_then


def test_what_is_built_is_used_only_when_asked_for(network):
    edge = next(edge for edge in network.edges if edge.line == "rail/cku-kashgar-makmal")
    assert not usable(edge, as_of=None, include=())
    assert usable(edge, as_of=None, include=("under_construction",))


# --- topology ---------------------------------------------------------------------------------------------------------


def without(network, *, line):
    """The same network without a line."""
    return replace(network, edges=[edge for edge in network.edges if edge.line != line])


def test_the_committed_network_has_no_faults(loaded, network):
    assert check_topology(network, loaded.layers) == []


def test_a_missing_line_leaves_stations_that_are_named(loaded, network):
    cut = without(without(network, line="rail/uz-samarkand-karshi"), line="rail/uz-bukhara-karshi")
    found = check_topology(cut, loaded.layers)
    assert {finding.rule for finding in found} == {"A07"}
    assert any("uz-termez" in str(finding.where) for finding in found)
    assert all("° E" in str(finding.message) for finding in found)


def test_lines_that_cross_without_a_station_are_named(loaded, network):
    rail = loaded.layers["rail"].copy()
    line = LineString([(71.0, 46.4), (77.0, 46.4)])
    rail.loc[rail["id"] == "kz-aktogay-mointy", "geometry"] = line
    (leg, *_) = [edge for edge in network.edges if edge.line == "rail/kz-aktogay-mointy" and edge.kind == "leg"]
    courses = {**network.courses, "rail/kz-aktogay-mointy": np.array(line.coords)}
    for on_track in (False, True):  # on tracks, one may pass over the other
        edges = [replace(leg, rows=(0, 1), on_track=on_track)]
        found = check_topology(Network(network.nodes, edges, courses), {**loaded.layers, "rail": rail})
        crossing = [one for one in found if one.rule == "A09" and "kz-shu-astana" in str(one.message)]
        assert bool(crossing) is not on_track
