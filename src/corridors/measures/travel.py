"""Flights to their times: an estimate from the distance, with its assumptions stated."""

from collections.abc import Iterator, Mapping

import geopandas as gpd

from corridors.data.tables import Record
from corridors.measures.measure import Measure, sources_of

SPEED, EACH_LEG = "speeds_kmh.air", "fixed_hours.flight"
"""The assumptions for a flight's time, by their names in assumptions.toml."""

TIME_METHOD = (
    "Distance at {speed:.0f} km/h plus {each_leg:g} h a leg (an assumption, no timetable), time on "
    "the ground at a stop not counted"
)


def flight_hours(distance_km: float, legs: int, assumed: Mapping[str, float]) -> float:
    """Estimated hours in the air of a flight with so many kilometres and legs."""
    return distance_km / assumed[SPEED] + assumed[EACH_LEG] * legs


def legs_of(flight: Record) -> int:
    """The number of legs of a flight: one more than its stops."""
    return 1 + len([stop for stop in (flight["stop"] or "").split(";") if stop])


def flight_measures(flights: gpd.GeoDataFrame, assumed: Mapping[str, float]) -> Iterator[Measure]:
    """Distance and estimated time of each flight."""
    method = TIME_METHOD.format(speed=assumed[SPEED], each_leg=assumed[EACH_LEG])
    for flight in flights.to_dict("records"):
        of = {"feature": f"flights/{flight['id']}"}
        sources = sources_of([flight["source"]])
        km = float(flight["distance_km"])
        yield Measure("distance_km", km, "km", of, "Shortest arc on WGS84, by way of the stops", sources)
        hours = round(flight_hours(km, legs_of(flight), assumed), 1)
        yield Measure("hours_estimated", hours, "hours", of, method, sources)
