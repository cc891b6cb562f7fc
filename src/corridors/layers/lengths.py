"""How long a drawn line is, how long it is said to be, and the best estimate of its track.

``measured_km`` is the geodesic length along the drawn geometry, ``official_km`` a length that a source states, of the
whole line or of a section. Their ratio, measured over official, is below 1 because a line drawn from station to station
cuts the curves of the track. ``track_km`` scales the measured length by that ratio where it is plausible.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from corridors.data.tables import Row
from corridors.geo.geodesy import distance_km

PLAUSIBLE_RATIO = (0.80, 1.05)
"""Measured over official length; outside, the figure and the drawing do not tell of the same line."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One point of a line: its id, its name in English, its position (degrees)."""

    id: str
    name: str
    lon: float
    lat: float


def chain_km(stops: Sequence[Stop]) -> float:
    """Geodesic length in kilometres of the chain of stops."""
    lon = np.array([stop.lon for stop in stops])
    lat = np.array([stop.lat for stop in stops])
    return float(np.sum(distance_km(lon[:-1], lat[:-1], lon[1:], lat[1:])))


def preferred_length(line: str, lengths: Mapping[str, Sequence[Row]]) -> Row | None:
    """The stated length to compare a line against, or None where no source states one."""
    return next((row for row in lengths.get(line, ()) if row["preferred"]), None)


def section(stops: Sequence[Stop], stated: Row) -> Sequence[Stop]:
    """The stops that a stated length is of: all of them, or those from one to another."""
    ids = [stop.id for stop in stops]
    start = ids.index(stated["from_station"]) if stated["from_station"] in ids else 0
    end = ids.index(stated["to_station"]) if stated["to_station"] in ids else len(ids) - 1
    return stops[min(start, end) : max(start, end) + 1]


def length_columns(drawn: Sequence[Stop], whole: Sequence[Stop], stated: Row | None) -> dict[str, Any]:
    """The length columns of a drawn line.

    Parameters
    ----------
    drawn
        The line's own stops.
    whole
        The stops of the railway that the line is part of, in which the stated section is looked up.
    stated
        The stated length, if there is one.

    Returns
    -------
    dict
        ``measured_km``, ``official_km``, ``official_section``, ``length_ratio``, ``track_km``; kilometres.
    """
    measured = chain_km(drawn)
    columns: dict[str, Any] = {"measured_km": round(measured, 1), "track_km": round(measured, 1)}
    if stated is None:
        return columns
    part = section(whole, stated)
    ratio = chain_km(part) / stated["length_km"]
    low, high = PLAUSIBLE_RATIO
    return columns | {
        "official_km": stated["length_km"],
        "official_section": f"{part[0].name}–{part[-1].name}",
        "length_ratio": round(ratio, 3),
        "track_km": round(measured / ratio if low <= ratio <= high else measured, 1),
    }
