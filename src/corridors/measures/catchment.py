"""The stops of lines to the people near them: cities within 50 km of a station or waypoint, and their inhabitants."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import geopandas as gpd
import numpy as np

from corridors.data.facts import Facts
from corridors.data.tables import Row
from corridors.geo.geodesy import distance_km

CATCHMENT_KM = 50.0
"""A city belongs to a line, or to a corridor, when it lies within this distance of one of its stations or waypoints."""


class Stop(NamedTuple):
    """A station or waypoint of a line.

    Attributes
    ----------
    id
        Its id.
    countries
        Its country (alpha-3), or both countries of a station at their border.
    station
        Whether it is a station.
    """

    id: str
    countries: tuple[str, ...]
    station: bool


@dataclass(frozen=True, slots=True)
class Catchment:
    """The stops of lines and the cities near them.

    Attributes
    ----------
    stops
        The stops of each line, by ``layer/id``. Only railways and roads have stops.
    near
        The ids of the cities near each stop.
    people
        The inhabitants of each city.
    """

    stops: Mapping[str, Sequence[Stop]]
    near: Mapping[str, Sequence[str]]
    people: Mapping[str, int]

    def stops_of(self, line: str, country: str | None = None) -> set[Stop]:
        """The stops of a line (``layer/id``), or of those in a country."""
        return {stop for stop in self.stops.get(line, ()) if country is None or country in stop.countries}

    def people_near(self, stops: Iterable[Stop]) -> int:
        """The inhabitants of all cities near some stops. A city counts once."""
        return sum(self.people[city] for city in {city for stop in stops for city in self.near[stop.id]})


VIA = "via_point"
"""The kind of a point that only gives a line its shape."""


def find_catchment(facts: Facts, cities: gpd.GeoDataFrame) -> Catchment:
    """Find the stops of railways and roads, and the cities within reach of each.

    Parameters
    ----------
    facts
        Their stations and waypoints.
    cities
        The layer of cities, EPSG:4326.
    """
    stations, roads = facts.by_id("stations"), {row["id"] for row in facts.rows("roads")}
    stops: dict[str, list[Stop]] = defaultdict(list)
    places: dict[str, tuple[float, float]] = {}
    passed = [(f"rail/{row['line']}", stations[row["station"]]) for row in facts.rows("rail_stops")]
    passed += [(f"roads/{row['route']}", row) for row in facts.rows("route_waypoints") if row["route"] in roads]
    for line, place in passed:
        stops[line].append(Stop(place["id"], _countries(place), line.startswith("rail/") and place["kind"] != VIA))
        places[place["id"]] = place["lon"], place["lat"]
    known = cities[cities["population"].notna()]
    x, y = np.array([*places.values()]).reshape(-1, 2).T
    lon, other_lon = np.meshgrid(x, known.geometry.x, indexing="ij")
    lat, other_lat = np.meshgrid(y, known.geometry.y, indexing="ij")
    reached = distance_km(lon, lat, other_lon, other_lat) <= CATCHMENT_KM
    ids = known["id"].to_numpy()
    near = {stop: tuple(ids[within]) for stop, within in zip(places, reached, strict=True)}
    return Catchment(stops, near, dict(zip(known["id"], map(int, known["population"]), strict=True)))


def _countries(place: Row) -> tuple[str, ...]:
    """The countries of a station, or the country of a waypoint."""
    return (place["country"],) if isinstance(place["country"], str) else tuple(place["country"])
