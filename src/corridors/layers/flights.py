"""Flights to a layer: the shortest arcs on the ellipsoid, through their stops."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from corridors.data.facts import Facts
from corridors.data.tables import NAMED
from corridors.geo.geodesy import cut_at_antimeridian, great_circle, lengths_km
from corridors.layers.columns import joined, named

STEP_KM = 100.0
DECIMALS = 5


def flight_rows(facts: Facts) -> Iterator[dict[str, object]]:
    """Flights: one row per route, its arc cut at ±180° where it crosses it (RFC 7946, section 3.1.9)."""
    airports = {row["icao"]: row for row in facts.rows("airports")}
    for row in facts.rows("flights"):
        ends = airports[row["origin"]], airports[row["destination"]]
        calls = [airports[icao] for icao in (row["origin"], *row["stop"], row["destination"])]
        legs = [
            great_circle((one["lon"], one["lat"]), (other["lon"], other["lat"]), step_km=STEP_KM)
            for one, other in pairwise(calls)
        ]
        path = np.vstack([legs[0], *(leg[1:] for leg in legs[1:])])
        arc = cut_at_antimeridian(path.round(DECIMALS))
        names = {
            f"name_{language}": " – ".join(str(end[f"name_{language}"] or end["name_en"]) for end in ends)
            for language in NAMED
            if language != "local"
        }
        own = {key: row[key] for key in ("origin", "destination", "origin_iata", "destination_iata", "since")}
        yield (
            named(row)
            | names
            | own
            | {
                "kind": "flight",
                "airline": joined(row["airline"]),
                "status": row["status"],
                "opened": row["since"],
                "country": joined(dict.fromkeys(end["country"] for end in ends)),
                "geometry_basis": "great_circle",
                "accuracy_m": None,
                "stop": joined(row["stop"]),
                "distance_km": round(float(lengths_km([arc])[0]), 1),
                "xian_seven": row["xian_seven"],
                "geometry": arc,
            }
        )
