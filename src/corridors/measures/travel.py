"""Flights to their times: an estimate from the distance, its assumption stated."""

from collections.abc import Iterator, Mapping
from typing import Any

import geopandas as gpd

from corridors.analysis.measure import Measure, sources_of

CRUISE_KMH = 800.0
OVERHEAD_HOURS = 0.5
"""Assumptions, not timetables: mean speed of a jet airliner, and what taxiing, climb and descent add to each leg."""

TIME_METHOD = (
    f"Distance at {CRUISE_KMH:.0f} km/h plus {OVERHEAD_HOURS:g} h a leg (an assumption, no timetable), time on "
    "the ground at a stop not counted"
)


def flight_hours(distance_km: float, legs: int) -> float:
    """Estimated hours in the air of a flight of so many kilometres in so many legs."""
    return distance_km / CRUISE_KMH + OVERHEAD_HOURS * legs


def legs_of(flight: Mapping[str, Any]) -> int:
    """How many legs a flight has: one more than it makes stops."""
    return 1 + len([stop for stop in (flight["stop"] or "").split(";") if stop])


def flight_measures(flights: gpd.GeoDataFrame) -> Iterator[Measure]:
    """Distance and estimated time of each flight."""
    for flight in flights.to_dict("records"):
        of = {"feature": f"flights/{flight['id']}"}
        sources = sources_of([flight["source"]])
        km = float(flight["distance_km"])
        yield Measure("distance_km", km, "km", of, "Shortest arc on WGS84, by way of the stops", sources)
        hours = round(flight_hours(km, legs_of(flight)), 1)
        yield Measure("hours_estimated", hours, "hours", of, TIME_METHOD, sources)
