"""Facts of lines to layers: railways through their stations, roads, pipelines and ferries through their waypoints."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from corridors.data.facts import Facts
from corridors.layers.capacities import capacity_text
from corridors.layers.columns import joined, named
from corridors.layers.courses import course_of
from corridors.layers.lengths import Hop, Stop, drawn_km, length_columns, tracks_km

USUAL = 0.9
"""The accuracy of a line on tracks is kept by this share of it."""

ROUTE_COLUMNS = ("commodity", "parallel_lines", "works_started")
"""Columns of roads, pipelines and ferries that their layers have too."""


def rail_rows(facts: Facts, hops: Mapping[str, Sequence[Hop]]) -> Iterator[dict[str, object]]:
    """Railways: one row for each section of one gauge and status. ``hops`` are those of each line, by ``layer/id``."""
    stations = facts.by_id("stations")
    for row in facts.rows("rail_lines"):
        legs = hops[f"rail/{row['id']}"]
        own = stops_of(legs)
        countries = dict.fromkeys(country for stop in own for country in stations[stop.id]["country"])
        yield (
            named(row)
            | drawn_columns(legs, chain="stations")
            | length_columns(legs)
            | {
                "kind": "rail",
                "status": row["status"],
                "opened": row["opened"],
                "closed": row["closed"],
                "works_started": row["works_started"],
                "country": joined(countries),
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
            | drawn_columns(legs, chain="waypoints")
            | length_columns(legs)
            | extra
            | {
                "kind": kind,
                "status": row["status"],
                "opened": row["opened"],
                "country": joined(countries),
            }
        )


def stops_of(hops: Sequence[Hop]) -> list[Stop]:
    """The stops along some hops."""
    return [hops[0].one, *(hop.other for hop in hops)]


def drawn_columns(hops: Sequence[Hop], *, chain: str) -> dict[str, object]:
    """The geometry of a line, its basis and its accuracy.

    ``chain`` is the basis of a line that is mostly drawn straight from stop to stop.
    """
    on_tracks = 2 * tracks_km(hops) > drawn_km(hops)
    return {
        "geometry": course_of(hops).line,
        "geometry_basis": "tracks" if on_tracks else chain,
        "accuracy_m": _usual_accuracy_m(hops) if on_tracks else max(hop.accuracy_m for hop in hops),
    }


def _usual_accuracy_m(hops: Sequence[Hop]) -> int:
    """The accuracy in metres that nine tenths of a line keep."""
    best_first = sorted(hops, key=lambda hop: hop.accuracy_m)
    run = np.cumsum([hop.measured_km for hop in best_first])
    return best_first[int(np.searchsorted(run, USUAL * run[-1]))].accuracy_m


def train_hops(hops: Mapping[str, Sequence[Hop]], along: str) -> list[Hop]:
    """The hops of a train along sections of rail lines, in the order of travel. ``hops`` has those of each line.

    ``along`` is ``line:from_station>to_station`` or ``line``, separated by ``;``, in the order of travel.
    """
    found: list[Hop] = []
    for part in along.split(";"):
        line, _, ends = part.strip().partition(":")
        legs = hops[f"rail/{line}"]
        if ends:
            ids = [stop.id for stop in stops_of(legs)]
            first, last = (ids.index(end.strip()) for end in ends.split(">"))
            legs = legs[first:last] if first <= last else [_back(hop) for hop in reversed(legs[last:first])]
        found += legs
    return found


def _back(hop: Hop) -> Hop:
    """A hop in the other direction."""
    return replace(hop, one=hop.other, other=hop.one, course=hop.course[::-1])
