"""Facts of lines to layers: railways through their stations, roads, pipelines and ferries through their waypoints."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from shapely import LineString

from corridors.data.facts import Facts
from corridors.geo.geodesy import densify, distance_km
from corridors.layers.capacities import capacity_text
from corridors.layers.columns import joined, named
from corridors.layers.lengths import Hop, Stop, length_columns
from corridors.layers.winding import rail_stops

STEP_KM = 25.0
"""Longest hop of a drawn line. A geodesic of this length looks straight on every map of the atlas."""

STRAY = 0.1
"""An estimate, not a measurement: the line's deviation between two known points is a tenth of their distance."""

WAYPOINT_ACCURACY_M = 5000
DECIMALS = 6
ROUTE_COLUMNS = ("commodity", "parallel_lines", "works_started")
"""Columns of roads, pipelines and ferries that their layers have too."""


def rail_rows(facts: Facts, hops: Mapping[str, Sequence[Hop]]) -> Iterator[dict[str, object]]:
    """Railways: one row for each section of one gauge and status. ``hops`` are those of each line, by ``layer/id``."""
    stations = facts.by_id("stations")
    for row in facts.rows("rail_lines"):
        legs = hops[f"rail/{row['id']}"]
        own = stops_of(legs)
        worst_m = max(stations[stop.id]["accuracy_m"] for stop in own)
        countries = dict.fromkeys(country for stop in own for country in stations[stop.id]["country"])
        yield (
            named(row)
            | _line(own, point_accuracy_m=worst_m)
            | length_columns(legs)
            | {
                "kind": "rail",
                "status": row["status"],
                "opened": row["opened"],
                "closed": row["closed"],
                "works_started": row["works_started"],
                "country": joined(countries),
                "geometry_basis": "stations",
                "gauge_mm": int(row["gauge_mm"]),
                "tracks": row["tracks"],
                "electrified": row["electrified"],
                "operator": joined(row["operator"]),
                "corridor": joined(row["corridor"]),
                "railway": row["railway"],
                "stations": joined(stop.id for stop in own),
            }
        )


def route_rows(facts: Facts, table: str, hops: Mapping[str, Sequence[Hop]]) -> Iterator[dict[str, object]]:
    """Roads, pipelines or ferries (the name of their table): one row per route, drawn through its waypoints."""
    waypoints = facts.by_id("route_waypoints")
    for row in facts.rows(table):
        legs = hops[f"{table}/{row['id']}"]
        stops = stops_of(legs)
        countries = dict.fromkeys(country for stop in stops for country in waypoints[stop.id]["country"])
        extra = {key: row[key] for key in ROUTE_COLUMNS if key in row}
        extra |= {"capacity": capacity_text(facts, row["id"]), "operator": joined(row.get("operator", ()))}
        kind = "ferry" if table == "ferries" else f"{row['commodity']}_pipeline" if table == "pipelines" else "road"
        yield (
            named(row)
            | _line(stops, point_accuracy_m=WAYPOINT_ACCURACY_M)
            | length_columns(legs)
            | extra
            | {
                "kind": kind,
                "status": row["status"],
                "opened": row["opened"],
                "country": joined(countries),
                "geometry_basis": "waypoints",
            }
        )


def stops_of(hops: Sequence[Hop]) -> list[Stop]:
    """The stops along some hops."""
    return [hops[0].one, *(hop.other for hop in hops)]


def hop_lines(hops: Sequence[Hop]) -> list[LineString]:
    """Each hop as drawn, EPSG:4326. Together they are the geometry of the line."""
    return [_drawn([(hop.one.lon, hop.one.lat), (hop.other.lon, hop.other.lat)]) for hop in hops]


def train_line(facts: Facts, along: str) -> LineString:
    """The line of a train along sections of rail lines.

    ``along`` is ``line:from_station>to_station`` or ``line``, separated by ``;``, in the order of travel.
    """
    all_stops = rail_stops(facts)
    path: list[tuple[float, float]] = []
    for part in along.split(";"):
        line, _, ends = part.strip().partition(":")
        stops = all_stops[line]
        ids = [stop.id for stop in stops]
        if ends:
            start, _, end = ends.partition(">")
            first, last = ids.index(start.strip()), ids.index(end.strip())
            stops = stops[first : last + 1] if first <= last else stops[last : first + 1][::-1]
        path += [(stop.lon, stop.lat) for stop in stops if not path or path[-1] != (stop.lon, stop.lat)]
    return _drawn(path)


def _drawn(path: Sequence[tuple[float, float]]) -> LineString:
    """The densified line through positions (longitude, latitude)."""
    return LineString(np.round(densify(np.array(path), step_km=STEP_KM), DECIMALS))


def _line(stops: Sequence[Stop], *, point_accuracy_m: int) -> dict[str, object]:
    """The geometry through the stops, and an estimate in metres of how far away the real line may be."""
    path = [(stop.lon, stop.lat) for stop in stops]
    lon, lat = np.array(path).T
    longest_m = 1000.0 * float(np.max(distance_km(lon[:-1], lat[:-1], lon[1:], lat[1:])))
    accuracy = max(point_accuracy_m, round(STRAY * longest_m, -3))
    return {"geometry": _drawn(path), "accuracy_m": int(accuracy)}
