"""Winding factors: how much longer tracks, roads and pipes are than straight hops, from lines with published lengths.

The winding factor of a layer is a ratio estimator: all published kilometres divided by the same kilometres straight
from stop to stop.
Its error is found by leaving out one railway (or road, or pipeline) at a time. The factor of the others then predicts
its length. The root mean square of the relative differences is the standard error of one line. Factors by country,
gauge, length of hop or straightness of the line were not better by this measure, so each layer has one factor.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from corridors.data.facts import Facts
from corridors.data.tables import LINE_LAYERS, ROUTED, Row
from corridors.layers.courses import line_hops, meeting_places
from corridors.layers.lengths import Hop, Stop, publish, scale, span

FEWEST = 3
"""With fewer lines there is no factor."""

FACTOR_DECIMALS = 3

WAYPOINT_ACCURACY_M = 5000


@dataclass(frozen=True, slots=True)
class Winding:
    """The winding factor of one layer.

    Attributes
    ----------
    factor
        Published divided by straight kilometres, at least 1.
    error_percent
        Standard error of one line, by leave-one-out.
    lines
        How many railways, roads or pipelines it was computed from.
    sources
        Ids of the sources of their lengths.
    """

    factor: float
    error_percent: float
    lines: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Estimates:
    """The lengths of all drawn lines.

    Attributes
    ----------
    hops
        The hops of each line in order, by ``layer/id``.
    windings
        The winding factors by layer. A layer with too few published lengths has none.
    """

    hops: Mapping[str, Sequence[Hop]]
    windings: Mapping[str, Winding]


def estimate_lengths(facts: Facts) -> Estimates:
    """Estimate the length of every hop of every railway, road, pipeline and ferry."""
    rows = _by(facts.rows("lengths"), "line")
    stops, legs = rail_stops(facts), facts.legs("rail")
    meets = meeting_places(stops, legs)
    railways: dict[str, list[str]] = defaultdict(list)
    for line in facts.rows("rail_lines"):
        railways[line["railway"]].append(line["id"])
    groups: dict[str, list[list[Hop]]] = {"rail": []}
    for railway, lines in railways.items():
        drawn = [hop for line in lines for hop in line_hops(line, stops[line], legs, meets, tracks_tell=True)]
        groups["rail"].append(publish(drawn, [row for name in dict.fromkeys([railway, *lines]) for row in rows[name]]))
    points = route_stops(facts)
    for table in ROUTED:
        names = [row["id"] for row in facts.rows(table)]
        legs = facts.legs(table)
        meets = meeting_places({name: points[name] for name in names}, legs)
        groups[table] = [publish(line_hops(name, points[name], legs, meets), rows[name]) for name in names]
    windings = {layer: found for layer, group in groups.items() if (found := learn(group))}
    hops: dict[str, list[Hop]] = defaultdict(list)
    for layer, group in groups.items():
        factor = windings[layer].factor if layer in windings else None
        for hop in scale((hop for railway in group for hop in railway), factor):
            hops[f"{layer}/{hop.line}"].append(hop)
    return Estimates(dict(hops), windings)


def section_hops(estimates: Estimates, facts: Facts, row: Row) -> list[Hop]:
    """The estimated hops of the section that a row of ``lengths.csv`` is for; empty for another section."""
    lines = [f"{layer}/{row['line']}" for layer in LINE_LAYERS]
    lines += [f"rail/{line['id']}" for line in facts.rows("rail_lines") if line["railway"] == row["line"]]
    hops = [hop for line in dict.fromkeys(lines) for hop in estimates.hops.get(line, ())]
    return [hops[nth] for nth in span(hops, row)] if hops else []


def learn(railways: Sequence[Sequence[Hop]]) -> Winding | None:
    """The winding factor of a layer from its lines with published lengths; None if there are too few."""
    known = [[hop for hop in railway if hop.basis == "published"] for railway in railways]
    sums = [(fsum(hop.track_km for hop in part), fsum(hop.straight_km for hop in part), part) for part in known if part]
    if len(sums) < FEWEST:
        return None
    published, straight = fsum(track for track, _, _ in sums), fsum(legs for _, legs, _ in sums)
    misses = [legs * max(1.0, (published - track) / (straight - legs)) / track - 1 for track, legs, _ in sums]
    return Winding(
        factor=max(1.0, round(published / straight, FACTOR_DECIMALS)),
        error_percent=round(100 * sqrt(fsum(miss * miss for miss in misses) / len(misses)), 1),
        lines=len(sums),
        sources=tuple(sorted({source for _, _, part in sums for hop in part for source in hop.sources})),
    )


def rail_stops(facts: Facts) -> dict[str, list[Stop]]:
    """The stops of each rail line, in order. Lines that meet share exactly the same position."""
    stations = facts.by_id("stations")
    stops: dict[str, list[Stop]] = defaultdict(list)
    for row in sorted(facts.rows("rail_stops"), key=lambda row: (row["line"], row["seq"])):
        one = stations[row["station"]]
        place = one["id"], one["name_en"], one["lon"], one["lat"]
        stops[row["line"]].append(Stop(*place, row["km_post"], tuple(row["source"]), one["accuracy_m"]))
    return stops


def route_stops(facts: Facts) -> dict[str, list[Stop]]:
    """The waypoints of each road, pipeline and ferry, in order."""
    stops: dict[str, list[Stop]] = defaultdict(list)
    for row in sorted(facts.rows("route_waypoints"), key=lambda row: (row["route"], row["seq"])):
        one = Stop(row["id"], row["name_en"], row["lon"], row["lat"], accuracy_m=WAYPOINT_ACCURACY_M)
        stops[row["route"]].append(one)
    return stops


def _by(rows: Sequence[Row], column: str) -> Mapping[str, list[Row]]:
    """Rows by the value of a column."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found
