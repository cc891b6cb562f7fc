"""The card of a route, computed by hand: legs, kilometres, hours, borders and breaks of gauge on a line of six nodes.

A degree of longitude at the equator is 111.320 km (WGS84).
"""

from dataclasses import replace

import pytest

from corridors.data.facts import Facts
from corridors.network.gazetteer import Place
from corridors.network.route_card import passed_nodes, write_route
from tests.small_network import assumed, edge, network_of, node

NODES = [
    node("cities/xi", 0, 0, "CHN", "city"),
    node("stations/xi@1435", 0, 0, "CHN"),
    node("rail/east@kaz", 1, 0, "CHN", "border"),
    node("rail/east@chn", 1, 0, "KAZ", "border"),
    node("stations/gate@1435", 2, 0),
    node("stations/gate@1520", 2, 0),
    node("stations/almaty@1520", 3, 0),
]
EDGES = [
    edge("1", "cities/xi", "stations/xi@1435", 4.04, kind="transfer", mode="transfer", line="", country="CHN"),
    edge("2", "stations/xi@1435", "rail/east@kaz", 120.04, line="rail/east", country="CHN", gauge_mm=1435),
    edge("3", "rail/east@kaz", "rail/east@chn", kind="border", line="rail/east", country=""),
    edge("4", "rail/east@chn", "stations/gate@1435", 130.04, line="rail/east", gauge_mm=1435, basis="scaled",
         confidence="low", measured_km=125.0),
    edge("5", "stations/gate@1435", "stations/gate@1520", kind="gauge_change", line=""),
    edge("6", "stations/gate@1520", "stations/almaty@1520", 140.0, line="rail/west", gauge_mm=1520),
]  # fmt: skip
FACTS = Facts(
    {
        "rail_lines": [
            {"id": "east", "name_en": "Eastern Railway", "source": ("b", "a")},
            {"id": "west", "name_en": None, "source": ("c",)},
        ],
        "cities": [],
        "roads": [],
        "ferries": [],
        "flights": [],
    }
)
WAY = [one.id for one in EDGES]
PLACES = [Place("cities/xi", "Xi'an", ("cities/xi",)), Place("stations/almaty", "Almaty", ("stations/almaty@1520",))]


def card(way=WAY, places=PLACES, edges=EDGES, **assumptions):
    return write_route(network_of(NODES, edges), FACTS, places, way, assumed(**assumptions))


def test_legs_are_edges_of_one_line_in_a_row_over_its_border():
    legs = card().legs
    assert [(leg.mode, leg.line, leg.start, leg.end) for leg in legs] == [
        ("transfer", "", "Xi", "Xi"),
        ("rail", "rail/east", "Xi", "Gate"),
        ("rail", "rail/west", "Gate", "Almaty"),
    ]
    east = legs[1]
    assert east.countries == {"CHN": 120.0, "KAZ": 130.0}
    assert east.confidence == "low"  # the worst of its parts
    assert east.sources == ["a", "b"]
    assert east.coordinates == [(0, 0), (1, 0), (2, 0)]


def test_a_line_without_a_name_is_called_by_its_ends():
    assert [leg.line_name for leg in card().legs] == ["", "Eastern Railway", "Gate – Almaty"]


def test_lengths_are_added_up_in_whole_metres_before_they_are_rounded():
    route = card()
    assert route.length_km == 394.1  # 4.04 + 120.04 + 130.04 + 140; parts rounded first would give 394.0
    assert route.measured_km == 389.1
    assert route.legs[1].length_km == 250.1
    assert route.km_by_mode == {"transfer": 4.0, "rail": 390.1}
    assert route.countries == {"CHN": 124.1, "KAZ": 270.0}
    assert route.km_by_basis == {"published": 264.1, "scaled": 130.0}


def test_hours_are_those_of_legs_transfers_borders_and_breaks_of_gauge():
    # 390.08 km at 50 km/h, and 10 h of transfer, 6 h at the border, 8 h of changing gauge
    assert card().hours == pytest.approx(390.08 / 50 + 10 + 6 + 8, abs=0.05)
    assert card().legs[2].hours == 2.8
    assert card(speeds_kmh__rail=100.0).legs[2].hours == 1.4


def test_a_border_is_told_with_its_line_unless_nobody_controls_it():
    assert card().borders == [{"from": "CHN", "to": "KAZ", "mode": "rail", "line": "rail/east"}]
    free = card(open_borders=["rail/east:KAZ"])
    assert free.borders == []
    assert free.hours == pytest.approx(card().hours - 6, abs=0.11)


def test_a_break_of_gauge_is_told_in_the_direction_of_travel():
    told = {"station": "Gate", "feature": "stations/gate", "country": "KAZ"}
    assert card().gauge_breaks == [told | {"from_mm": 1435, "to_mm": 1520}]
    assert card(WAY[::-1], PLACES[::-1]).gauge_breaks == [told | {"from_mm": 1520, "to_mm": 1435}]


def test_the_way_back_has_the_same_sums():
    there, back = card(), card(WAY[::-1], PLACES[::-1])
    for name in ("length_km", "measured_km", "hours", "geodesic_km", "circuity", "sources"):
        assert getattr(there, name) == getattr(back, name)
    assert (back.start, back.end, list(back.countries)) == ("Almaty", "Xi'an", ["KAZ", "CHN"])
    assert [leg.line for leg in back.legs] == ["rail/west", "rail/east", ""]


def test_circuity_is_the_length_over_the_geodesic():
    route = card()
    assert route.geodesic_km == pytest.approx(3 * 111.320, abs=0.1)
    assert route.circuity == pytest.approx(394.1 / (3 * 111.320), abs=0.001)


def test_a_way_that_ends_where_it_starts_has_no_circuity_and_no_leg_of_nothing():
    transfer = [replace(EDGES[0], track_km=0.0, measured_km=0.0), *EDGES[1:]]
    route = card(["1"], [PLACES[0], Place("stations/xi", "Xi'an", ("stations/xi@1435",))], transfer)
    assert (route.legs, route.length_km, route.circuity) == ([], 0.0, None)
    assert [one.id for one in passed_nodes(network_of(NODES, EDGES), ["cities/xi"], [])] == ["cities/xi"] * 2


def test_sources_are_those_of_the_lines_each_once():
    assert card().sources == ["a", "b", "c"]
    assert card(WAY[:4], [PLACES[0], Place("stations/gate", "Gate", ("stations/gate@1435",))]).sources == ["a", "b"]
