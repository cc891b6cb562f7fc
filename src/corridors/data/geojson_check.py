"""Text that should be GeoJSON to findings. Any content can be read, and no error is raised.

Features are counted from 0, as in ``features[0]``; positions are longitude, latitude in degrees (EPSG:4326). The rules
are those of ``geojson_rules``.
"""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from corridors.data.file_kinds import kind_of_object
from corridors.data.findings import Finding, printable, quoted
from corridors.data.geojson_members import MAX_LON, Positions, check_bbox, check_members, crs_name
from corridors.data.geojson_parse import Twice, parse
from corridors.data.geojson_rules import MAX_DECIMALS, FileReport
from corridors.data.geojson_shape import DEPTH, FULL_TURN, Bounds, check_geometry, note_no_geometry
from corridors.locales import Message, message

GEOMETRY_TYPES: Final = frozenset({*DEPTH, "GeometryCollection"})
ID_LENGTH: Final = 60
OFF_EARTH: Final = 1e8
"""More metres or feet than coordinates of any projection of the Earth have."""

LARGEST_BITS: Final = 1024
"""Integers with this many bits are larger than every double."""

Checked = dict[str, Any]
"""A GeoJSON object without faults. Its values are those of ``json``, which have no types."""

Lines = list[tuple[Message | str, Positions]]


def check_geojson(source: str | bytes, name: str, *, bounds: Bounds | None = None) -> list[Finding]:
    """List all faults of a GeoJSON text. It never raises an error, whatever the text is.

    Parameters
    ----------
    source
        The whole text, or its bytes.
    name
        The name in findings: usually the name of the file.
    bounds
        West, south, east, north in degrees (EPSG:4326). Every position should lie inside, if this is known. Positions
        that lie inside only in the reverse order are found to be swapped (G08).
    """
    return read_checked(source, name, bounds=bounds)[1]


def read_checked(
    source: str | bytes, name: str, *, bounds: Bounds | None = None
) -> tuple[dict[str, object], list[Finding]]:
    """Parse a GeoJSON text and check it. The object is complete only if no finding is a fault."""
    report = FileReport(name)
    document: object = None
    try:
        document = parse(source, report)
        if document is not None:
            _check_document(document, report, bounds)
    except RecursionError:
        report.note("G01", "", message("finding.too_deep"), remedy=message("remedy.flatten"))
    return document if isinstance(document, dict) else {}, report.findings()


def check_document(document: dict[str, object], name: str) -> list[Finding]:
    """List all faults of a GeoJSON object in memory."""
    report = FileReport(name)
    _check_document(document, report, None)
    return report.findings()


def as_features(document: Checked) -> list[Checked]:
    """The features of a GeoJSON object without faults. A bare geometry becomes a feature without properties."""
    if document["type"] == "FeatureCollection":
        features: list[Checked] = document["features"]
        return features
    if document["type"] == "Feature":
        return [document]
    return [{"type": "Feature", "properties": None, "geometry": document}]


def _check_document(document: object, report: FileReport, bounds: Bounds | None) -> None:
    """Check a parsed file against the rules."""
    kind = document.get("type") if isinstance(document, dict) else None
    lines: Lines = []
    other = kind_of_object(document, report.file) if isinstance(document, dict) else None
    if other:
        report.note("G02", "", other.description, remedy=other.remedy)
    elif not isinstance(document, dict) or not isinstance(kind, str):
        typeless = message("finding.file.typeless")
        what = typeless if isinstance(document, dict) else message("finding.file.no_object", quoted(document))
        report.note("G02", "", what)
    elif kind == "FeatureCollection":
        lines = _check_collection(document, report, bounds)
    elif kind == "Feature":
        lines = _check_feature(document, _label(0, document), report, bounds)
    elif kind in GEOMETRY_TYPES:
        _check_values(document, "", report, column="geometry")
        lines = [("", line) for line in check_geometry(document, "", report, bounds)]
    else:
        report.note("G02", "", message("finding.file.type", quoted(kind)), column="type")
    _check_decimals(lines, report)
    named = document.get("crs") if isinstance(document, dict) else None
    if _far(lines):
        system = crs_name(named) if named is not None else None
        report.explain(quoted(system) if system else message("finding.projected.unsaid"))


def _far(lines: Lines) -> bool:
    """Whether most positions are so large that they must be metres, feet or similar units, not degrees."""
    pairs = np.vstack([np.abs(line[:, :2]) for _, line in lines]) if lines else np.empty((0, 2))
    far = (pairs > FULL_TURN).any(axis=1) & (pairs < OFF_EARTH).all(axis=1)
    return int(far.sum()) * 2 > len(pairs)


def _check_collection(collection: dict[str, object], report: FileReport, bounds: Bounds | None) -> Lines:
    """Check a FeatureCollection with all its features; return the valid positions by feature."""
    check_members(collection, "FeatureCollection", "", report)
    _check_values({**collection, "features": None}, "", report)
    _note_twice(collection, "", None, report)
    features = collection.get("features")
    if not isinstance(features, list):
        report.note("G02", "", message("finding.no_features", quoted(features)), column="features")
        return []
    lines: Lines = []
    seen: dict[tuple[bool, object], Message] = {}
    for index, feature in enumerate(features):
        where = _label(index, feature)
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            kind = feature.get("type") if isinstance(feature, dict) else None
            found = message("finding.value.of_type", quoted(kind)) if isinstance(feature, dict) else quoted(feature)
            report.note("G02", where, message("finding.no_feature", found))
            continue
        lines += _check_feature(feature, where, report, bounds)
        known = _id(feature)
        if known is not None:
            first = seen.setdefault((isinstance(known, str), known), where)
            if first != where:
                report.note("G14", where, message("finding.id.twice", first), column="id")
    check_bbox(collection, (line for _, line in lines), "", report)
    return lines


def _check_feature(
    feature: dict[str, object], where: Message | str, report: FileReport, bounds: Bounds | None
) -> Lines:
    """Check one Feature; return its valid positions."""
    check_members(feature, "Feature", where, report)
    _note_twice(feature, where, None, report)
    properties = feature.get("properties")
    if "properties" not in feature or not isinstance(properties, dict | None):
        missing = message("finding.properties.missing")
        what = message("finding.properties.are", quoted(properties)) if "properties" in feature else missing
        report.note("G18", where, what, column="properties")
    identifier = feature.get("id", "")
    if isinstance(identifier, bool) or not isinstance(identifier, str | int | float):
        report.note("G14", where, message("finding.id.kind", quoted(identifier)), column="id")
    _check_values({**feature, "properties": None}, where, report)
    if isinstance(properties, dict):
        _note_twice(properties, where, None, report)
        _check_values(properties, where, report)
    geometry = feature.get("geometry")
    lines: list[Positions] = []
    if geometry is None:
        legal = "geometry" in feature
        what = message("finding.geometry.null" if legal else "finding.geometry.missing")
        report.note("G05", where, what, column="geometry", legal=legal)
    elif isinstance(geometry, dict):
        lines = check_geometry(geometry, where, report, bounds)
    else:
        note_no_geometry(geometry, where, report)
    check_bbox(feature, lines, where, report)
    return [(where, line) for line in lines]


def _label(index: int, feature: object) -> Message:
    """Name a feature by its index, counted from 0, and by its id if it has one."""
    known = _id(feature)
    name = f"(id {printable(str(known))[:ID_LENGTH]})" if known is not None else ""
    return message("finding.feature", str(index), name)


def _id(feature: object) -> str | int | float | None:
    """The id of a feature: its own, or else the property ``id``."""
    if not isinstance(feature, dict):
        return None
    properties = feature.get("properties")
    known = feature.get("id", properties.get("id") if isinstance(properties, dict) else None)
    usable = isinstance(known, str | int | float) and not isinstance(known, bool)
    return known if usable and not _too_large(known) else None


def _check_values(value: object, where: Message | str, report: FileReport, *, column: str | None = None) -> None:
    """Look through a value at any depth for repeated names, invalid numbers and invalid text.

    Arrays named ``coordinates`` are left to ``check_geometry``, which names the position.
    """
    pending: list[tuple[str | None, object]] = [(column, value)]
    while pending:
        name, part = pending.pop()
        if isinstance(part, str):
            if not _is_unicode(part):
                report.note("G21", where, message("finding.half_pair", quoted(part)), column=name)
        elif isinstance(part, dict):
            if name is not None:
                _note_twice(part, where, name, report)
            pending.extend(reversed(list(_members(part, where, name, report))))
        elif isinstance(part, list):
            pending.extend((name, item) for item in reversed(part))
        elif _too_large(part):
            report.note("G06", where, message("finding.number.infinite", quoted(part)), column=name)


def _members(
    part: dict[str, object], where: Message | str, column: str | None, report: FileReport
) -> Iterator[tuple[str, object]]:
    """The members of an object that are to be checked, each under the name of the outermost member."""
    for name, value in part.items():
        if not _is_unicode(name):
            report.note("G21", where, message("finding.name.half_pair", quoted(name)), column=column)
        if name != "coordinates" or column != "geometry":
            yield column or name, value


def _note_twice(thing: dict[str, object], where: Message | str, column: str | None, report: FileReport) -> None:
    """Note the names that occur twice in an object."""
    if isinstance(thing, Twice):
        for name in thing.names:
            report.note("G03", where, message("finding.name.twice", quoted(name)), column=column or name)


def _is_unicode(text: str) -> bool:
    """Whether text can be written in UTF-8. Half of a surrogate pair cannot."""
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _too_large(value: object) -> bool:
    """Whether a value is NaN, infinite, or an integer larger than every double."""
    if isinstance(value, float):
        return not np.isfinite(value)
    return isinstance(value, int) and value.bit_length() > LARGEST_BITS


def _check_decimals(lines: Lines, report: FileReport) -> None:
    """Note, once per file, that positions have more decimals than can be known."""
    fine = [(where, _too_fine(line)) for where, line in lines]
    total = sum(count for _, count in fine)
    if total:
        first = next(where for where, count in fine if count)
        counts = str(total), str(sum(len(line) for _, line in lines)), str(MAX_DECIMALS)
        what = message("finding.decimals.first", *counts, first) if first else message("finding.decimals", *counts)
        report.note("G15", "", what, column="geometry")


def _too_fine(line: Positions) -> int:
    """Count the positions with more than ``MAX_DECIMALS`` decimals. Positions that are not on Earth are not counted."""
    pairs = np.where(np.abs(line[:, :2]) <= MAX_LON, line[:, :2], 0.0)
    return int((np.round(pairs, MAX_DECIMALS) != pairs).any(axis=1).sum())
