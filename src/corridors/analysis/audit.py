"""Facts and layers to findings: what each table alone can't show, such as a length that does not fit its drawing.

| code | what it finds |
| --- | --- |
| A01 | measured over stated length outside 0.80–1.05, with no note in lengths.csv that explains it |
| A02 | a status that does not fit the opening date on the atlas's as-of date |
| A03 | a row that rests on general knowledge or an uncitable file alone and is not of low confidence |
| A04 | a source that no row and no assumption names |
| A05 | a point that lies more than 25 km outside the countries that its row names |
| A06 | a rail line of fewer than two stops, or whose stops are not numbered 1, 2, 3, … |
| A11 | an assumption whose source is not in sources.csv |
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from corridors.analysis.assumptions import Assumptions
from corridors.data.facts import Facts
from corridors.data.findings import Finding
from corridors.layers.lengths import PLAUSIBLE_RATIO

UNCITABLE = frozenset({"general-knowledge", "uncited-file"})
OUTSIDE_DEGREES = 0.3
"""About 25 km at the atlas's latitudes, coarser than the basemap's borders and any port's accuracy."""

TABLE_OF = {"rail": "rail_lines"}
"""Fact tables that are not named after their layer."""


def audit(
    facts: Facts,
    layers: Mapping[str, gpd.GeoDataFrame],
    outlines: Mapping[str, BaseGeometry],
    assumptions: Assumptions,
    *,
    as_of: str,
) -> list[Finding]:
    """List what is wrong with facts that each pass for themselves; nothing is changed."""
    return [
        *_lengths(facts, layers),
        *_statuses(layers, as_of),
        *_uncited(facts),
        *_unused_sources(facts, assumptions),
        *_unknown_sources(facts, assumptions),
        *_misplaced(layers, outlines),
        *_stops(facts),
    ]


def _lengths(facts: Facts, layers: Mapping[str, gpd.GeoDataFrame]) -> Iterator[Finding]:
    """A01: lengths that do not fit their drawing, unexplained."""
    low, high = PLAUSIBLE_RATIO
    explained = {row["line"] for row in facts.rows("lengths") if row["preferred"] and row["ratio_note"]}
    for layer in ("rail", "roads", "pipelines", "ferries"):
        for line in layers[layer].to_dict("records"):
            ratio = line["length_ratio"]
            if not isinstance(ratio, float) or low <= ratio <= high or {line["id"], line.get("railway")} & explained:
                continue
            what = (
                f"drawn over stated length is {ratio} on {line['official_section']} "
                f"(stated {line['official_km']:g} km), outside {low:.2f}–{high:.2f}"
            )
            remedy = "correct the length or the stops, or say in ratio_note why they differ"
            yield Finding("A01", "lengths.csv", f"line {line['id']}", "length_km", what, remedy)


def _statuses(layers: Mapping[str, gpd.GeoDataFrame], as_of: str) -> Iterator[Finding]:
    """A02: what is in operation must have opened by the as-of date, and what is being built must not."""
    for layer, frame in layers.items():
        for feature in frame.to_dict("records"):
            opened = feature["opened"]
            if not opened:
                continue
            later = opened > as_of[: len(opened)]
            earlier = opened < as_of[: len(opened)]
            if feature["status"] == "operational" and later:
                what = f"in operation on {as_of}, yet opened {opened}"
            elif feature["status"] in {"under_construction", "planned"} and earlier:
                what = f"{feature['status']} on {as_of}, yet opened {opened}"
            else:
                continue
            remedy = "give the status of the as-of date, and the later opening in opened and note"
            yield Finding("A02", f"{TABLE_OF.get(layer, layer)}.csv", f"row of {feature['id']}", "status", what, remedy)


def _uncited(facts: Facts) -> Iterator[Finding]:
    """A03: what nothing citable supports is of low confidence."""
    for table, rows in facts.tables.items():
        for row in rows:
            if table != "sources" and set(row["source"]) <= UNCITABLE and row["confidence"] != "low":
                what = f"confidence is {row['confidence']}, yet no citable source supports the row"
                yield Finding(
                    "A03", f"{table}.csv", f"row of {row['id']}", "confidence", what, "cite a source, or write low"
                )


def _unused_sources(facts: Facts, assumptions: Assumptions) -> Iterator[Finding]:
    """A04: sources that support nothing."""
    named = {
        source for table, rows in facts.tables.items() if table != "sources" for row in rows for source in row["source"]
    } | {*assumptions.cited}
    for row in facts.rows("sources"):
        if row["id"] not in named:
            yield Finding(
                "A04", "sources.csv", f"row of {row['id']}", "id", "no row names this source", "remove it, or cite it"
            )


def _unknown_sources(facts: Facts, assumptions: Assumptions) -> Iterator[Finding]:
    """A11: assumptions that cite what is not there."""
    known = facts.by_id("sources")
    for name, sources in assumptions.sources.items():
        for source in sorted({*sources} - {*known}):
            what = f"the source {source!r} is not in sources.csv"
            yield Finding("A11", "assumptions.toml", name, "source", what, "add it to sources.csv, or name another")


def _misplaced(layers: Mapping[str, gpd.GeoDataFrame], outlines: Mapping[str, BaseGeometry]) -> Iterator[Finding]:
    """A05: points far outside their country."""
    for layer in ("cities", "stations", "ports", "airports", "places"):
        for feature in layers[layer].to_dict("records"):
            shapes = [outlines[code] for code in feature["country"].split(";") if code in outlines]
            if shapes and min(shapely.distance(feature["geometry"], shapes)) > OUTSIDE_DEGREES:
                point = feature["geometry"]
                what = f"{point.x:g}° E, {point.y:g}° N lies far outside {feature['country']}"
                yield Finding(
                    "A05",
                    f"{layer}.csv",
                    f"row of {feature['id']}",
                    "country",
                    what,
                    "correct the position or the country",
                )


def _stops(facts: Facts) -> Iterator[Finding]:
    """A06: stops that make no line."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for row in facts.rows("rail_stops"):
        numbers[row["line"]].append(row["seq"])
    for row in facts.rows("rail_lines"):
        found = sorted(numbers[row["id"]])
        if len(found) < 2 or found != list(range(1, len(found) + 1)):  # noqa: PLR2004 - a line has two ends
            what = f"the stops are numbered {', '.join(map(str, found[:12])) or 'not at all'}"
            yield Finding(
                "A06",
                "rail_stops.csv",
                f"line {row['id']}",
                "seq",
                what,
                "number two or more stops from 1 without gaps",
            )
