"""One geometry object of a GeoJSON file, checked against the rules. Its valid positions are returned as arrays.

Positions are longitude, latitude in degrees (EPSG:4326). A rule is applied only if its result has a meaning. For
example, the direction of a ring is not checked if its coordinates look swapped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

import numpy as np
import shapely

from corridors.data.findings import quoted
from corridors.data.geojson_members import MAX_LAT, MAX_LON, Positions, check_bbox, check_members, within
from corridors.data.geojson_rules import FileReport
from corridors.geo.geodesy import HALF_TURN
from corridors.locales import Message, message

DEPTH: Final = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""The depth of nested arrays above the positions, by geometry type."""
NUMBERS: Final = frozenset({int, float})
MIN_LINE: Final = 2
MIN_RING: Final = 4
FULL_TURN: Final = 360.0

NAMES: Final = {
    "MultiLineString": "finding.line.nth",
    "Polygon": "finding.ring.nth",
    "MultiPolygon": "finding.ring.nth_of",
}
"""The name for an array of positions, by the type of its geometry."""
INVALID: Final = {
    "Hole lies outside shell": "finding.invalid.hole",
    "Holes are nested": "finding.invalid.holes",
    "Interior is disconnected": "finding.invalid.interior",
    "Self-intersection": "finding.invalid.crossing",
    "Ring Self-intersection": "finding.invalid.touching",
    "Nested shells": "finding.invalid.shells",
    "Duplicate Rings": "finding.invalid.duplicate",
    "Too few points in geometry component": "finding.invalid.few",
}
"""GEOS's reasons why a polygon is not valid (``TopologyValidationError``), with our messages."""

Bounds = tuple[float, float, float, float]
Label = tuple[int, ...]


@dataclass(slots=True)
class _Shape:
    """A geometry that is being checked.

    Attributes
    ----------
    lines
        Positions by the path of their array in ``coordinates``: ``()`` for a point or line, ``(ring,)``,
        ``(polygon, ring)``.
    sound
        Whether no fault has been found so far that makes checks of rings and polygons useless.
    """

    kind: str
    where: Message | str
    report: FileReport
    lines: dict[Label, Positions] = field(default_factory=dict)
    sound: bool = True

    def note(self, rule: str, what: Message, *, remedy: Message | None = None, times: int = 1) -> None:
        self.report.note(rule, self.where, what, column="geometry", remedy=remedy, times=times)
        self.sound = False


def check_geometry(
    geometry: dict[str, object], where: Message | str, report: FileReport, bounds: Bounds | None = None
) -> list[Positions]:
    """Note the faults of a geometry object. All parts of a collection are checked.

    Parameters
    ----------
    geometry
        The object; its values may be any JSON values.
    where
        The feature, in words.
    report
        The report that collects the faults.
    bounds
        West, south, east, north in degrees (EPSG:4326) of the area where the positions should lie, if it is known.

    Returns
    -------
    list
        The positions of every line, ring and point that has only finite numbers.
    """
    found: list[Positions] = []
    pending: list[object] = [geometry]
    while pending:
        part = pending.pop()
        if not isinstance(part, dict):
            note_no_geometry(part, where, report)
            continue
        check_members(part, "geometry", where, report)
        kind = part.get("type")
        if kind == "GeometryCollection":
            pending.extend(reversed(_parts(part, where, report)))
        elif not isinstance(kind, str) or kind not in DEPTH:
            _note_unknown(kind, where, report)
        else:
            shape = _Shape(kind, where, report)
            _check_shape(shape, part.get("coordinates"), bounds)
            check_bbox(part, shape.lines.values(), where, report)
            found += shape.lines.values()
    if geometry.get("type") == "GeometryCollection":
        check_bbox(geometry, found, where, report)
    return found


def note_no_geometry(value: object, where: Message | str, report: FileReport) -> None:
    """Note a value that is not a geometry object but should be one."""
    what, remedy = message("finding.not_geometry", quoted(value)), message("remedy.object", '{"type": "Point", …}')
    report.note("G02", where, what, column="geometry", remedy=remedy)


def _parts(collection: dict[str, object], where: Message | str, report: FileReport) -> list[object]:
    """The members of a GeometryCollection; note an empty one."""
    parts = collection.get("geometries")
    if not isinstance(parts, list):
        what = message("finding.no_geometries", quoted(parts))
        report.note("G16", where, what, column="geometry", remedy=message("remedy.geometries"))
        return []
    if not parts:
        report.note("G05", where, message("finding.empty", "GeometryCollection"), column="geometry", legal=True)
    return parts


def _note_unknown(kind: object, where: Message | str, report: FileReport) -> None:
    """Note an unknown geometry type; suggest the spelling that was probably meant."""
    meant = [name for name in (*DEPTH, "GeometryCollection") if isinstance(kind, str) and name.lower() == kind.lower()]
    remedy = message("remedy.spelling", meant[0]) if meant else None
    what = message("finding.not_a_type", quoted(kind)) if kind is not None else message("finding.geometry.typeless")
    report.note("G17", where, what, column="geometry", remedy=remedy)


def _check_shape(shape: _Shape, coordinates: object, bounds: Bounds | None) -> None:
    """Check the coordinates of a geometry that is not a collection."""
    if coordinates == []:
        what = message("finding.empty", shape.kind)
        shape.report.note("G05", shape.where, what, column="geometry", legal=True)
        return
    arrays = [coordinates] if shape.kind == "Point" else coordinates
    for label, array in _arrays(shape, arrays, max(DEPTH[shape.kind], 1), ()):
        positions = _positions(shape, array, label)
        if positions is not None:
            shape.lines[label] = positions
    if len({line.shape[1] for line in shape.lines.values()}) > 1:
        shape.note("G16", message("finding.dimensions"))
    for label, line in shape.lines.items():
        _check_range(shape, line, label, bounds)
    if "Point" in shape.kind or not shape.sound:
        return
    for label, line in shape.lines.items():
        _check_line(shape, line, label)
    if "Polygon" in shape.kind and shape.sound:
        _check_polygons(shape)


def _arrays(shape: _Shape, value: object, depth: int, label: Label) -> Iterator[tuple[Label, list[Any]]]:
    """All arrays of positions, each with its path."""
    if not isinstance(value, list) or (not value and label):
        found = message("finding.value.no_array") if value == [] else quoted(value)
        shape.note("G16", message("finding.not_array", found, shape.kind))
    elif depth == 1:
        yield label, value
    else:
        for index, part in enumerate(value):
            yield from _arrays(shape, part, depth - 1, (*label, index))


def _positions(shape: _Shape, array: list[Any], label: Label) -> Positions | None:
    """An array of positions as numbers; note positions that are not valid or not finite."""
    if set(map(type, array)) == {list} and set(map(type, chain.from_iterable(array))) <= NUMBERS:
        lengths = set(map(len, array))
        if lengths in ({2}, {3}):
            try:
                positions = np.array(array, dtype=np.float64)
            except OverflowError:  # an integer of more than 308 digits
                positions = np.full((len(array), 2), np.inf)
            infinite = ~np.isfinite(positions).all(axis=1)
            if not infinite.any():
                return positions
            index = int(infinite.argmax())
            what = message("finding.position.infinite", _place(shape, label, index))
            shape.note("G06", what, times=int(infinite.sum()))
            return None
        if lengths == {2, 3}:
            shape.note("G16", message("finding.dimensions"))
            return None
    for index, position in enumerate(array):
        fault = _position_fault(position)
        if fault:
            key, value = fault
            shape.note("G16", message(key, _place(shape, label, index), value))
    return None


def _position_fault(position: object) -> tuple[str, Message | str] | None:
    """The reason why something is not a position: the key of the message, and the value with the fault."""
    if not isinstance(position, list):
        return "finding.position.no_array", quoted(position)
    strange = [value for value in position if type(value) not in NUMBERS]
    if strange:
        return "finding.position.strange", quoted(strange[0])
    return None if len(position) in {2, 3} else ("finding.position.length", quoted(position))


def _check_range(shape: _Shape, line: Positions, label: Label, bounds: Bounds | None) -> None:
    """Note positions that are not on Earth, or that lie in the expected area only in the reverse order."""
    lon, lat = line[:, 0], line[:, 1]
    beyond = (np.abs(lon) > MAX_LON) | (np.abs(lat) > MAX_LAT)
    turnable = (np.abs(lon) <= MAX_LAT) & (np.abs(lat) <= MAX_LON)
    swapped = beyond & turnable
    if swapped.any():
        index = int(swapped.argmax())
        what = message("finding.swapped", _place(shape, label, index), _pair(line[index]))
        shape.note("G08", what, times=int(swapped.sum()))
    off = beyond & ~turnable
    if off.any():
        index = int(off.argmax())
        round_again = lon[off].min() >= 0.0 and lon[off].max() <= FULL_TURN and np.abs(lat[off]).max() <= MAX_LAT
        remedy = message("remedy.round") if round_again else None
        what = message("finding.beyond", _place(shape, label, index), _pair(line[index]))
        shape.note("G07", what, remedy=remedy, times=int(off.sum()))
    if bounds is not None:
        stray = ~beyond & turnable & ~within(line, bounds) & within(line[:, [1, 0]], bounds)
        if stray.any():
            index = int(stray.argmax())
            what = message("finding.swapped.area", _place(shape, label, index), _pair(line[index]))
            shape.note("G08", what, times=int(stray.sum()))


def _check_line(shape: _Shape, line: Positions, label: Label) -> None:
    """Note a line or ring that is too short, a ring that is open, and a segment that should be cut at 180 degrees."""
    name = _name(shape, label)
    if "Polygon" in shape.kind:
        if len(line) < MIN_RING:
            shape.note("G09", message("finding.ring.short", name, str(len(line))))
            return
        if (line[0] != line[-1]).any():
            shape.note("G10", message("finding.ring.open", name, _pair(line[0]), _pair(line[-1])))
    elif len(line) < MIN_LINE or not (line != line[0]).any():
        shape.note("G09", message("finding.line.short", name))
        return
    # A step of 360 degrees joins both edges of the map, and a step along a pole has no length: both are cut already.
    step = np.abs(np.diff(line[:, 0]))
    at_pole = (np.abs(line[1:, 1]) == MAX_LAT) & (np.abs(line[:-1, 1]) == MAX_LAT)
    uncut = (step > HALF_TURN) & (step < FULL_TURN) & ~at_pole
    if uncut.any():
        index = int(uncut.argmax())
        what = message("finding.uncut", name, _pair(line[index]), _pair(line[index + 1]))
        shape.note("G13", what, times=int(uncut.sum()))


def _check_polygons(shape: _Shape) -> None:
    """Note an invalid polygon, or rings of a valid polygon that wind the wrong way. Rings are closed here."""
    rings: dict[Label, list[Positions]] = {}
    for label, line in shape.lines.items():
        rings.setdefault(label[:-1], []).append(line[:, :2])
    polygons = [shapely.Polygon(lines[0], lines[1:]) for lines in rings.values()]
    whole = shapely.MultiPolygon(polygons) if shape.kind == "MultiPolygon" else polygons[0]
    if not shapely.is_valid(whole):
        reason, _, place = str(shapely.is_valid_reason(whole)).partition("[")
        why = message(INVALID[reason]) if reason in INVALID else reason
        shape.note("G12", message("finding.invalid", shape.kind, why, f"[{place}"))
        return
    for label, line in shape.lines.items():
        outer = label[-1] == 0
        if bool(shapely.is_ccw(shapely.linearrings(line[:, :2]))) != outer:
            way = "finding.winds.clockwise" if outer else "finding.winds.counterclockwise"
            shape.note("G11", message(way, _name(shape, label)))


def _name(shape: _Shape, label: Label) -> Message:
    """Name an array of positions by its place in the geometry, counted from 0."""
    return message(NAMES[shape.kind], *map(str, reversed(label))) if label else message("finding.whole", shape.kind)


def _place(shape: _Shape, label: Label, index: int) -> Message:
    """Name a position by its place in the geometry, counted from 0."""
    if shape.kind == "Point":
        return message("finding.position")
    if not label:
        return message("finding.position.nth", str(index))
    return message("finding.position.nth_of", str(index), _name(shape, label))


def _pair(position: Sequence[float] | Positions) -> str:
    """Write a position as longitude, latitude."""
    return f"[{float(position[0]):.10g}, {float(position[1]):.10g}]"
