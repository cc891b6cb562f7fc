"""Stations of another list to the accuracy of the railways: how far the drawn lines pass from them.

    python -m tools.accuracy STATIONS.csv --geodata geodata

The list has the columns ``name``, ``lon``, ``lat`` (degrees, EPSG:4326) and ``country``, one row for each station. With
a column ``line``, a station is held against this line, else against the nearest. Stations near one of the facts are
left out, since the lines were matched with it. Without the column ``line`` only stations within 15 km of a line are
taken. So a line that is drawn farther away is not seen, and stations of other lines are. Give the line if it is known.
"""

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from shapely import LineString, Point

from corridors.data.facts import load_facts
from corridors.errors import CorridorsError, FileError, InputError
from corridors.geo.geodesy import distance_km
from corridors.layers.lengths import Hop
from corridors.layers.winding import estimate_lengths
from corridors.matching.tracks import Floats, Plane
from tools.english import English

KNOWN_KM = 2.0
"""A station nearer than this to one of the facts is not a new one."""

REACH_KM, WINDOW = 15.0, 0.5
"""Stations without a line are taken within this distance of one. Hops are searched within these degrees around it."""

WORSE_KM = 1.0
"""A station is nearer to the straight hops by more than this: there the tracks are worse than no tracks."""

SHARES = (50, 75, 90)


@dataclass(frozen=True, slots=True)
class Found:
    """A station, its line, and how many kilometres the line and the straight hops between its stops are away."""

    country: str
    line: str
    drawn_km: float
    straight_km: float


def read_stations(path: Path) -> list[Mapping[str, str]]:
    """Read a list of stations.

    Raises
    ------
    FileError
        If the file cannot be read.
    InputError
        If it has no column ``lon`` or ``lat``.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows: list[Mapping[str, str]] = list(csv.DictReader(file))
    except (OSError, UnicodeError) as error:
        raise FileError(English(f"{path} cannot be read: {error}. Give a CSV file in UTF-8.")) from error
    if not rows or not {"lon", "lat"} <= rows[0].keys():
        raise InputError(English(f"{path} has no columns lon and lat. Give a list of stations."))
    return rows


def measure(stations: Sequence[Mapping[str, str]], hops: Mapping[str, Sequence[Hop]], known: Floats) -> list[Found]:
    """How far lines pass from stations.

    Parameters
    ----------
    stations
        Rows of the list.
    hops
        The hops of each line as drawn, by its id.
    known
        Stations of the facts, rows of longitude and latitude.
    """
    every = [hop for line in hops.values() for hop in line]
    boxes = np.array([(*np.min(hop.course, axis=0), *np.max(hop.course, axis=0)) for hop in every])
    found = []
    for row in stations:
        lon, lat = float(row["lon"]), float(row["lat"])
        if distance_km(known[:, 0], known[:, 1], np.full(len(known), lon), np.full(len(known), lat)).min() < KNOWN_KM:
            continue
        if line := row.get("line"):
            near = list(hops.get(line, ()))
        else:
            wide = WINDOW / np.cos(np.radians(lat))
            inside = (boxes[:, :2] < (lon + wide, lat + WINDOW)).all(axis=1)
            inside &= (boxes[:, 2:] > (lon - wide, lat - WINDOW)).all(axis=1)
            near = [every[nth] for nth in np.flatnonzero(inside)]
        if not near:
            continue
        drawn = [_away(np.array(hop.course), lon, lat) for hop in near]
        straight = [_away(np.array([(s.lon, s.lat) for s in (hop.one, hop.other)]), lon, lat) for hop in near]
        if line or min(*drawn, *straight) <= REACH_KM:
            found.append(Found(row.get("country", ""), near[int(np.argmin(drawn))].line, min(drawn), min(straight)))
    return found


def _away(course: Floats, lon: float, lat: float) -> float:
    """The distance of a position from a line in kilometres."""
    plane = Plane(np.array([(lon, lat)]))
    return float(LineString(plane.xy(course)).distance(Point(0, 0)))


def table(found: Sequence[Found]) -> str:
    """A table in Markdown: all stations, by country, and by line, from the worst to the best."""
    groups: dict[str, dict[str, list[Found]]] = {name: defaultdict(list) for name in ("all", "country", "line")}
    for one in found:
        for name, key in (("all", "all"), ("country", one.country or "?"), ("line", one.line)):
            groups[name][key].append(one)
    rows = ["| | stations | drawn, km: 50, 75, 90 % | straight, km: 50, 75, 90 % | worse by 1 km |"]
    rows.append("| --- | ---: | ---: | ---: | ---: |")
    for group in groups.values():
        rows += (
            _row(key, own) for key, own in sorted(group.items(), key=lambda item: -_shares(item[1], drawn=True)[1])
        )
    return "\n".join(rows) + "\n"


def _shares(found: Sequence[Found], *, drawn: bool) -> list[float]:
    """The distances that so many per cent of stations do not exceed."""
    values = [one.drawn_km if drawn else one.straight_km for one in found]
    return [float(value) for value in np.percentile(values, SHARES)]


def _row(key: str, found: Sequence[Found]) -> str:
    """A row of the table."""
    worse = sum(one.drawn_km > one.straight_km + WORSE_KM for one in found) / len(found)
    drawn, straight = (" / ".join(f"{km:.2f}" for km in _shares(found, drawn=kind)) for kind in (True, False))
    return f"| {key} | {len(found)} | {drawn} | {straight} | {worse:.1%} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.accuracy", description=__doc__.partition("\n")[0])
    parser.add_argument("stations", type=Path, help="a CSV file with name, lon, lat, country, and perhaps line")
    parser.add_argument("--geodata", type=Path, default=Path("geodata"), help="folder of the facts")
    given = parser.parse_args(arguments)
    try:
        facts = load_facts(given.geodata)
        running = {row["id"] for row in facts.rows("rail_lines") if row["status"] == "operational"}
        drawn = estimate_lengths(facts).hops
        hops = {line: drawn[f"rail/{line}"] for line in sorted(running)}
        known = np.array([(row["lon"], row["lat"]) for row in facts.rows("stations")])
        if found := measure(read_stations(given.stations), hops, known):
            sys.stdout.write(table(found))
        else:
            sys.stderr.write("no station of the list is new and near a line\n")
    except CorridorsError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
