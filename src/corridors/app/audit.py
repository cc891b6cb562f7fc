"""Facts and layers to findings: faults that no table shows alone, such as a length that does not fit its drawing.

| code | what it finds |
| --- | --- |
| A01 | drawn over published length outside 0.80–1.05, with no note in lengths.csv that explains it |
| A02 | a status that does not fit the dates of works and opening on the atlas's as-of date |
| A03 | a row that rests on general knowledge or an uncitable file alone and is not of low confidence |
| A04 | a source that no row and no assumption names |
| A05 | a point that lies more than 25 km outside the countries that its row names |
| A06 | a rail line of fewer than two stops, or whose stops are not numbered 1, 2, 3, … |
| A11 | a published length that those of shorter sections contradict, with no note in lengths.csv that explains it |
| A20 | an alignment that no longer fits a leg of its line: the leg is drawn straight |
| A21 | a published length that differs from that of its tracks by more than 5 %, with no note that explains it |
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from corridors.data.alignments import FOLDER
from corridors.data.facts import Facts
from corridors.data.findings import Finding
from corridors.data.tables import POINT_TABLES, TABLE_OF, UNCITABLE, UNFINISHED
from corridors.layers.lengths import usable
from corridors.layers.winding import Estimates, estimate_lengths, section_hops
from corridors.locales import message
from corridors.measures.measure import sources_of
from corridors.network.assumptions import Assumptions

OUTSIDE_DEGREES = 0.3
"""About 25 km at the atlas's latitudes: more than the inaccuracy of the basemap's borders and of any port."""

LIKELY_RATIO = (0.80, 1.05)
"""Drawn divided by published length. Outside these limits, the two may be for different sections."""

CONTRADICTION = 0.05
"""A published length must not differ by a larger share from the sum of the shorter sections in it, or its tracks."""


def audit(
    facts: Facts,
    layers: Mapping[str, gpd.GeoDataFrame],
    outlines: Mapping[str, BaseGeometry],
    assumptions: Assumptions,
    *,
    as_of: str,
) -> list[Finding]:
    """List the faults between facts that have no fault by themselves. Nothing is changed."""
    estimates = estimate_lengths(facts)
    return [
        *_lengths(facts, estimates),
        *_alignments(facts, estimates),
        *_statuses(layers, as_of),
        *_uncited(facts),
        *_unused_sources(facts, layers, assumptions),
        *_misplaced(layers, outlines),
        *_stops(facts),
    ]


def _lengths(facts: Facts, estimates: Estimates) -> Iterator[Finding]:
    """A01, A11, A21: published lengths that do not fit drawing, each other, or tracks, without an explanation."""
    low, high = LIKELY_RATIO
    for row in usable(facts.rows("lengths")):
        hops = section_hops(estimates, facts, row)
        if row["ratio_note"] or not hops:
            continue
        where, stated = message("finding.row.of", row["id"]), f"{row['length_km']:g}"
        section = f"{hops[0].one.name}–{hops[-1].other.name}"
        ratio = sum(hop.measured_km for hop in hops) / row["length_km"]
        track = sum(hop.track_km for hop in hops)
        if not low <= round(ratio, 3) <= high:
            what = message("finding.ratio", f"{ratio:.3f}", section, stated, f"{low:.2f}–{high:.2f}")
            yield Finding("A01", "lengths.csv", where, "length_km", what, message("remedy.ratio"))
        elif abs(track / row["length_km"] - 1) > CONTRADICTION:
            what = message("finding.contradicted", section, stated, f"{track:.1f}")
            yield Finding("A11", "lengths.csv", where, "length_km", what, message("remedy.contradicted"))
        elif all(hop.on_track for hop in hops):
            along = sum(hop.along_km or 0.0 for hop in hops)
            if abs(along / row["length_km"] - 1) > CONTRADICTION:
                what = message("finding.tracks.differ", section, stated, f"{along:.1f}")
                yield Finding("A21", "lengths.csv", where, "length_km", what, message("remedy.tracks.differ"))


def _alignments(facts: Facts, estimates: Estimates) -> Iterator[Finding]:
    """A20: alignments that no leg of their line uses."""
    used = {(hop.line, hop.one.id, hop.other.id) for line in estimates.hops.values() for hop in line if hop.on_track}
    for layer in facts.alignments:
        for line, start, end in sorted(facts.legs(layer).keys() - used):
            file, where = f"{FOLDER}/{layer}.geojson", message("finding.line.of", line)
            what, remedy = message("finding.unaligned", start, end), message("remedy.unaligned", line)
            yield Finding("A20", file, where, None, what, remedy)


def _statuses(layers: Mapping[str, gpd.GeoDataFrame], as_of: str) -> Iterator[Finding]:
    """A02: lines in operation must have opened by the as-of date, and lines under construction must not.

    Works begin before the opening, and by the as-of date if the line is under construction.
    """
    for layer, frame in layers.items():
        for feature in frame.to_dict("records"):
            opened, started = feature["opened"] or "", feature.get("works_started") or ""
            later = opened > as_of[: len(opened)]
            earlier = opened < as_of[: len(opened)]
            if started and opened and started[: len(opened)] > opened[: len(started)]:
                what = message("finding.works.opened", started, opened)
            elif feature["status"] == "under_construction" and started > as_of[: len(started)]:
                what = message("finding.works.later", as_of, started)
            elif not opened:
                continue
            elif feature["status"] == "operational" and later:
                what = message("finding.opened.later", as_of, opened)
            elif feature["status"] in UNFINISHED and earlier:
                what = message("finding.opened.earlier", feature["status"], as_of, opened)
            else:
                continue
            file, where = f"{TABLE_OF.get(layer, layer)}.csv", message("finding.row.of", feature["id"])
            yield Finding("A02", file, where, "status", what, message("remedy.status"))


def _uncited(facts: Facts) -> Iterator[Finding]:
    """A03: facts without a citable source have low confidence."""
    for table, rows in facts.tables.items():
        for row in rows:
            if table != "sources" and set(row["source"]) <= UNCITABLE and row["confidence"] != "low":
                where, what = message("finding.row.of", row["id"]), message("finding.uncited", row["confidence"])
                yield Finding("A03", f"{table}.csv", where, "confidence", what, message("remedy.cite"))


def _unused_sources(
    facts: Facts, layers: Mapping[str, gpd.GeoDataFrame], assumptions: Assumptions
) -> Iterator[Finding]:
    """A04: sources that neither a row nor a feature uses."""
    named = {
        source for table, rows in facts.tables.items() if table != "sources" for row in rows for source in row["source"]
    } | {*assumptions.cited, *(source for frame in layers.values() for source in sources_of(frame["source"]))}
    for row in facts.rows("sources"):
        if row["id"] not in named:
            where, what = message("finding.row.of", row["id"]), message("finding.source.unused")
            yield Finding("A04", "sources.csv", where, "id", what, message("remedy.source.unused"))


def _misplaced(layers: Mapping[str, gpd.GeoDataFrame], outlines: Mapping[str, BaseGeometry]) -> Iterator[Finding]:
    """A05: points far outside their country."""
    for layer in POINT_TABLES:
        for feature in layers[layer].to_dict("records"):
            shapes = [outlines[code] for code in feature["country"].split(";") if code in outlines]
            if shapes and min(shapely.distance(feature["geometry"], shapes)) > OUTSIDE_DEGREES:
                point = feature["geometry"]
                what = message("finding.outside", f"{point.x:g}", f"{point.y:g}", feature["country"])
                where = message("finding.row.of", feature["id"])
                yield Finding("A05", f"{layer}.csv", where, "country", what, message("remedy.outside"))


def _stops(facts: Facts) -> Iterator[Finding]:
    """A06: stops that do not form a line."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for row in facts.rows("rail_stops"):
        numbers[row["line"]].append(row["seq"])
    for row in facts.rows("rail_lines"):
        found = sorted(numbers[row["id"]])
        if len(found) < 2 or found != list(range(1, len(found) + 1)):  # noqa: PLR2004 - a line has two ends
            some = message("finding.stops", list(map(str, found[:12])))
            where, what = message("finding.line.of", row["id"]), some if found else message("finding.stops.none")
            yield Finding("A06", "rail_stops.csv", where, "seq", what, message("remedy.stops"))
