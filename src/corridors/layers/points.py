"""Facts with a position to layers of points: cities, stations, ports, airports, places."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from shapely import Point

from corridors.data.facts import Facts
from corridors.data.tables import Row
from corridors.layers.capacities import capacity_text
from corridors.layers.columns import EXTRA, joined, named

TOWN_ACCURACY_M = 5000
"""A GeoNames town point is within about 5 km of the features that have the town's name."""

AIRPORT_ACCURACY_M = 1000
"""An airport's reference point is on its grounds."""


def _point(row: Row, *, accuracy_m: int) -> dict[str, object]:
    """A fact's own columns and its position."""
    country = row["country"] if isinstance(row["country"], tuple) else (row["country"],)
    return named(row) | {
        "country": joined(country),
        "geometry_basis": "point",
        "accuracy_m": accuracy_m,
        "geometry": Point(row["lon"], row["lat"]),
    }


def city_rows(facts: Facts) -> Iterator[dict[str, object]]:
    """Cities, each at its GeoNames town centre."""
    for row in facts.rows("cities"):
        kind = "capital" if "capital" in row["role"] else "city"
        own = {key: row[key] for key in ("population", "population_year", "population_confidence", "geonames_id")}
        yield (
            _point(row, accuracy_m=TOWN_ACCURACY_M)
            | own
            | {
                "kind": kind,
                "status": "operational",
                "role": joined(row["role"]),
            }
        )


def station_rows(facts: Facts) -> Iterator[dict[str, object]]:
    """Stations of the drawn railways, without points that only give a line its shape."""
    lines: dict[str, list[str]] = defaultdict(list)
    known = facts.by_id("rail_lines")
    for stop in facts.rows("rail_stops"):
        lines[stop["station"]].append(stop["line"])
    for row in facts.rows("stations"):
        if row["kind"] == "via_point":
            continue
        served = [known[line] for line in lines[row["id"]]]
        gauges = sorted({line["gauge_mm"] for line in served})
        running = {line["gauge_mm"] for line in served if line["status"] == "operational"}
        broken = len(gauges) > 1
        # A break of gauge operates when trains run on both gauges; another station when any train runs.
        works = len(running) > 1 if broken else bool(running) or row["kind"] == "station"
        yield _point(row, accuracy_m=row["accuracy_m"]) | {
            "opened": _met_since(served) if broken else None,
            "kind": "break_of_gauge" if broken else row["kind"],
            "status": "operational" if works else "under_construction",
            "lines": joined(line["id"] for line in served),
            "gauges": joined(gauges),
            "position_basis": row["position_basis"],
            "geonames_id": row["geonames_id"],
        }


def _met_since(lines: Sequence[Row]) -> str | None:
    """The date since which lines of both gauges meet (ISO 8601): that of the later gauge, or None if it is unknown."""
    firsts = []
    for gauge in {line["gauge_mm"] for line in lines}:
        dates = [line["opened"] for line in lines if line["gauge_mm"] == gauge]
        if all(dates):
            firsts.append(min(dates))
    return max(firsts, default=None)


def port_rows(facts: Facts) -> Iterator[dict[str, object]]:
    """Border crossings, dry ports, seaports, hubs and places where the gauge changes."""
    lanes = {port: lane for lane in facts.rows("green_lanes") for port in lane["port"]}
    for row in facts.rows("ports"):
        lane = lanes.get(row["id"])
        yield _point(row, accuracy_m=row["accuracy_m"]) | {
            "source": joined(dict.fromkeys([*row["source"], *(lane["source"] if lane else ())])),
            "green_lane": (lane["opened"] or "yes") if lane else None,
            "kind": row["kind"],
            "status": row["status"],
            "opened": row["opened"],
            "mode": joined(row["mode"]),
            "gauge_from_mm": int(row["gauge_from_mm"]) if row["gauge_from_mm"] else None,
            "gauge_to_mm": int(row["gauge_to_mm"]) if row["gauge_to_mm"] else None,
            "border_with": joined(row["border_with"]),
            "counterpart": row["counterpart"],
            "elevation_m": row["elevation_m"],
            "capacity": capacity_text(facts, row["id"]),
        }


def airport_rows(facts: Facts) -> Iterator[dict[str, object]]:
    """Airports, with the name of their city."""
    for row in facts.rows("airports"):
        own = {key: row[key] for key in EXTRA["airports"]}
        yield _point(row, accuracy_m=AIRPORT_ACCURACY_M) | own | {"kind": "airport", "status": "operational"}


def place_rows(facts: Facts) -> Iterator[dict[str, object]]:
    """Summits, speeches, meetings and schools, each at its town's centre."""
    for row in facts.rows("places"):
        yield _point(row, accuracy_m=TOWN_ACCURACY_M) | {
            "kind": row["kind"],
            "status": "operational",
            "opened": row["date"].partition("/")[0] if row["date"] else None,
            "date": row["date"],
        }
