"""What a selection of the atlas adds up to: in a year, by mode, with the stations and the people near its lines."""

import pytest
from pyproj import Geod

from corridors.app.stats import choose_layers, statistics
from corridors.data.facts_in_year import status_in
from corridors.errors import UsageError
from corridors.measures.selection import selectable
from corridors.measures.statistics import sum_km

BUILT = "under_construction"
GEOD = Geod(ellps="WGS84")


def found(context, **choice):
    """The measures of a choice, by layer and name."""
    return {(one.by["layer"], one.name): one.value for one in statistics(context, **choice)}


def test_kilometres_are_added_in_whole_metres_and_halves_go_up():
    assert sum_km([]) == 0
    assert sum_km([0.1] * 10) == 1
    assert [sum_km([100, part]) for part in (0.249, 0.25, 0.35, 0.349)] == [100.2, 100.3, 100.4, 100.3]


@pytest.mark.parametrize("year", [1950, 2013, 2025, 2030])
def test_a_year_has_what_existed_then_in_its_status_then(context, year):
    layers = selectable(context.layers, year=year, as_of=context.as_of)
    for name in ("rail", "roads", "pipelines", "ports"):
        then = {row["id"]: status_in(row, year, context.as_of) for row in context.facts.rows(_table(name))}
        frame = layers[name]
        wanted = {feature: status for feature, status in then.items() if status}
        assert dict(zip(frame["id"], frame["status"], strict=True)) == wanted
    lines = layers["rail"].set_index("id")["track_km"]
    today = context.layers["rail"].set_index("id")["track_km"]
    assert lines.equals(today.loc[lines.index])


def _table(layer):
    return {"rail": "rail_lines"}.get(layer, layer)


def test_a_condition_asks_for_the_status_in_the_year(context):
    building = found(context, layers=["rail"], where="status == 'under_construction'", as_of=2013)
    started = [row for row in context.facts.rows("rail_lines") if status_in(row, 2013, context.as_of) == BUILT]
    assert 0 < building["rail", "features"] == len(started)


def test_a_year_that_the_atlas_does_not_know_is_refused(context):
    with pytest.raises(UsageError, match="--as-of 1066"):
        statistics(context, as_of=1066)


def test_every_layer_of_one_way_to_travel_has_that_mode(context):
    assert {name for name, frame in choose_layers(context, where="'rail' in mode").items() if len(frame)} == {
        "rail",
        "stations",
        "ports",
    }
    assert found(context, where="'air' in mode")["flights", "features"] == len(context.layers["flights"])
    assert "mode" not in choose_layers(context, where="'rail' in mode")["rail"].columns


def near(place, cities):
    """The cities within 50 km of a place, by the geodesic."""
    at = [(one["id"], one["geometry"].x, one["geometry"].y) for one in cities]
    return {name for name, lon, lat in at if GEOD.inv(place["lon"], place["lat"], lon, lat)[2] <= 50_000}


@pytest.mark.parametrize("country", [None, "KAZ", "CHN"])
def test_people_near_a_railway_live_in_a_city_within_50_km_of_its_stations(context, country):
    line = "cn-alashankou-dostyk"
    cities = context.layers["cities"].to_dict("records")
    stations = [
        station
        for stop in context.facts.rows("rail_stops")
        if stop["line"] == line
        for station in [context.facts.by_id("stations")[stop["station"]]]
        if country is None or country in station["country"]
    ]
    where = f"id == '{line}'"
    measured = found(context, layers=["rail"], where=where + (f" and country == '{country}'" if country else ""))
    reached = {name for station in stations for name in near(station, cities)}
    people = {one["id"]: one["population"] for one in cities}
    assert measured["rail", "people_near"] == sum(people[name] for name in reached)
    assert measured["rail", "stations"] == sum(station["kind"] != "via_point" for station in stations)


def test_a_city_near_several_lines_counts_once(context):
    alone = sum(context.catchment.people.values())
    measured = found(context, layers=["rail", "roads"])
    assert 0 < measured["roads", "people_near"] < measured["rail", "people_near"] <= alone
    assert measured["rail", "stations"] == len(context.layers["stations"])
