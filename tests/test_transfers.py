"""Transfers join a place to the stations, roads and airports that serve it: within reach and in its country.

A degree of latitude at the equator is 110.574 km, one of longitude 111.320 km (WGS84).
"""

import geopandas as gpd
import pytest
from shapely import Point

from corridors.network.transfers import add_transfers
from tests.small_network import assumed, node


def layer(*rows):
    """Places from (id, longitude, latitude), some with a country or an accuracy in metres."""
    told = [{"country": "KAZ", "accuracy_m": 100.0} | dict(row) for row in rows]
    points = [Point(row.pop("lon"), row.pop("lat")) for row in told]
    named = [row | {"name_en": row["id"].title()} for row in told]
    return gpd.GeoDataFrame(
        named, geometry=points, crs="EPSG:4326", columns=["id", "country", "accuracy_m", "name_en", "geometry"]
    )


def transfers(*nodes, cities=(), ports=(), **assumptions):
    """The transfers between nodes and places, with their kilometres; and all nodes."""
    known = {one.id: one for one in nodes}
    edges = list(add_transfers(known, {"cities": layer(*cities), "ports": layer(*ports)}, assumed(**assumptions)))
    assert all((edge.kind, edge.mode, edge.line) == ("transfer", "transfer", "") for edge in edges)
    return {(edge.a, edge.b): edge.track_km for edge in edges}, known


CITY = {"id": "town", "lon": 0.0, "lat": 0.0}
PORT = {"id": "quay", "lon": 0.0, "lat": 0.0}


def test_a_transfer_is_as_long_as_the_geodesic():
    found, _ = transfers(node("stations/north", 0, 0.1), cities=[CITY])
    assert found == {("cities/town", "stations/north"): pytest.approx(11.057, abs=0.001)}
    found, _ = transfers(node("stations/east", 0.1, 0), cities=[CITY])
    assert found == {("cities/town", "stations/east"): pytest.approx(11.132, abs=0.001)}


def test_cities_and_ports_become_nodes():
    _, known = transfers(cities=[CITY], ports=[PORT | {"country": "KAZ;CHN"}])
    assert (known["cities/town"].kind, known["cities/town"].name) == ("city", "Town")
    assert (known["ports/quay"].kind, known["ports/quay"].country) == ("port", "KAZ")


def test_a_city_is_served_by_its_nearest_station_alone_on_every_gauge_that_it_has():
    near = [node("stations/near@1435", 0, 0.1), node("stations/near@1520", 0, 0.1)]
    found, _ = transfers(*near, node("stations/far", 0, 0.2), cities=[CITY])
    assert set(found) == {("cities/town", "stations/near@1435"), ("cities/town", "stations/near@1520")}


@pytest.mark.parametrize(("reach", "joined"), [(11.05, False), (11.06, True)])
def test_what_lies_beyond_reach_is_not_joined(reach, joined):
    found, _ = transfers(node("stations/north", 0, 0.1), cities=[CITY], reach_km__station=reach)
    assert bool(found) is joined


def test_a_transfer_crosses_no_border():
    found, _ = transfers(node("stations/abroad", 0, 0.01, "CHN"), node("stations/home", 0, 0.1, "KAZ"), cities=[CITY])
    assert set(found) == {("cities/town", "stations/home")}
    assert transfers(node("stations/abroad", 0, 0.01, "CHN"), cities=[CITY])[0] == {}


def test_a_city_is_joined_to_every_road_and_airport_within_reach():
    roads = [node(f"roads/{name}", 0, lat, kind="waypoint") for name, lat in (("a", 0.05), ("b", 0.1), ("c", 0.2))]
    airports = [node(f"airports/{name}", lon, 0, kind="airport") for name, lon in (("a", 0.4), ("b", 0.6))]
    found, _ = transfers(*roads, *airports, cities=[CITY])
    assert {other for _, other in found} == {"roads/a", "roads/b", "airports/a"}


def test_a_port_with_a_station_is_no_short_cut_to_the_city():
    station = node("stations/dock", 0, 0.05)
    found, _ = transfers(station, cities=[CITY | {"lat": 0.02}], ports=[PORT])
    assert ("ports/quay", "stations/dock") in found
    assert ("ports/quay", "cities/town") not in found


def test_a_port_without_a_station_is_reached_from_its_nearest_city():
    cities = [CITY | {"id": "near", "lat": 0.02}, CITY | {"id": "far", "lat": 0.05}]
    found, _ = transfers(cities=cities, ports=[PORT])
    assert set(found) == {("ports/quay", "cities/near")}


@pytest.mark.parametrize(("accuracy", "joined"), [(100.0, False), (20_000.0, True)])
def test_a_port_whose_place_is_roughly_known_is_joined_from_farther(accuracy, joined):
    found, _ = transfers(node("stations/dock", 0, 0.1), ports=[PORT | {"accuracy_m": accuracy}])
    assert bool(found) is joined
