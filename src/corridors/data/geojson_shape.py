"""One geometry object of a GeoJSON file, held against the rules; its sound positions come back as arrays.

Positions are longitude, latitude in degrees (EPSG:4326). A rule is asked only where the answer means something: a
polygon whose coordinates look swapped is not also told which way it winds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

import numpy as np
import shapely

from corridors.data.findings import quoted
from corridors.data.geojson_members import MAX_LAT, MAX_LON, Positions, check_bbox, check_members, within
from corridors.data.geojson_rules import Sheet

DEPTH: Final = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""How many arrays deep the positions of each geometry type lie."""
NUMBERS: Final = frozenset({int, float})
MIN_LINE: Final = 2
MIN_RING: Final = 4
HALF_TURN: Final = 180.0
FULL_TURN: Final = 360.0

Bounds = tuple[float, float, float, float]
Label = tuple[int, ...]


@dataclass(slots=True)
class _Shape:
    """The geometry under examination.

    Attributes
    ----------
    lines
        Positions by the path of their array in ``coordinates``: ``()`` for a point or line, ``(ring,)``,
        ``(polygon, ring)``.
    sound
        Whether nothing has been found yet that makes the questions about rings and polygons idle.
    """

    kind: str
    where: str
    sheet: Sheet
    lines: dict[Label, Positions] = field(default_factory=dict)
    sound: bool = True

    def note(self, rule: str, message: str, *, remedy: str | None = None, times: int = 1) -> None:
        self.sheet.note(rule, self.where, message, column="geometry", remedy=remedy, times=times)
        self.sound = False


def check_geometry(geometry: dict[str, Any], where: str, sheet: Sheet, bounds: Bounds | None = None) -> list[Positions]:
    """Note what is wrong with a geometry object, collections with all their parts.

    Parameters
    ----------
    geometry
        The object; its values may be anything that JSON can hold.
    where
        The feature, in words.
    sheet
        Where faults are noted.
    bounds
        West, south, east, north in degrees, if it is known where the positions should lie.

    Returns
    -------
    list
        Positions of every line, ring and point that consists of finite numbers.
    """
    found: list[Positions] = []
    pending: list[object] = [geometry]
    while pending:
        part = pending.pop()
        if not isinstance(part, dict):
            note_no_geometry(part, where, sheet)
            continue
        check_members(part, "geometry", where, sheet)
        kind = part.get("type")
        if kind == "GeometryCollection":
            pending.extend(reversed(_parts(part, where, sheet)))
        elif not isinstance(kind, str) or kind not in DEPTH:
            _note_unknown(kind, where, sheet)
        else:
            shape = _Shape(kind, where, sheet)
            _check_shape(shape, part.get("coordinates"), bounds)
            check_bbox(part, shape.lines.values(), where, sheet)
            found += shape.lines.values()
    if geometry.get("type") == "GeometryCollection":
        check_bbox(geometry, found, where, sheet)
    return found


def note_no_geometry(value: object, where: str, sheet: Sheet) -> None:
    """Note a value that stands where a geometry object belongs."""
    message = f"{quoted(value)} stands where a geometry object belongs"
    sheet.note("G02", where, message, column="geometry", remedy='write an object such as {"type": "Point", …}')


def _parts(collection: dict[str, Any], where: str, sheet: Sheet) -> list[object]:
    """List the members of a GeometryCollection; note that there are none."""
    parts = collection.get("geometries")
    if not isinstance(parts, list):
        message = f'{quoted(parts)} stands where the array "geometries" of a GeometryCollection belongs'
        sheet.note("G16", where, message, column="geometry", remedy='write the array "geometries"')
        return []
    if not parts:
        sheet.note("G05", where, "the GeometryCollection is empty", column="geometry")
    return parts


def _note_unknown(kind: object, where: str, sheet: Sheet) -> None:
    """Note a geometry type that GeoJSON has not; offer the spelling that was meant."""
    meant = [name for name in (*DEPTH, "GeometryCollection") if isinstance(kind, str) and name.lower() == kind.lower()]
    remedy = f'write "{meant[0]}"' if meant else None
    message = f"{quoted(kind)} is not a geometry type" if kind is not None else "the geometry has no type"
    sheet.note("G17", where, message, column="geometry", remedy=remedy)


def _check_shape(shape: _Shape, coordinates: object, bounds: Bounds | None) -> None:
    """Hold the coordinates of one geometry that is no collection against the rules."""
    if coordinates == []:
        shape.note("G05", f"the {shape.kind} is empty")
        return
    arrays = [coordinates] if shape.kind == "Point" else coordinates
    for label, array in _arrays(shape, arrays, max(DEPTH[shape.kind], 1), ()):
        positions = _positions(shape, array, label)
        if positions is not None:
            shape.lines[label] = positions
    if len({line.shape[1] for line in shape.lines.values()}) > 1:
        shape.note("G16", "some positions have two numbers, others three")
    for label, line in shape.lines.items():
        _check_range(shape, line, label, bounds)
    if "Point" in shape.kind or not shape.sound:
        return
    for label, line in shape.lines.items():
        _check_line(shape, line, label)
    if "Polygon" in shape.kind and shape.sound:
        _check_polygons(shape)


def _arrays(shape: _Shape, value: object, depth: int, label: Label) -> Iterator[tuple[Label, list[Any]]]:
    """Walk down to the arrays of positions, each with its path."""
    if not isinstance(value, list) or (not value and label):
        what = "an empty array" if value == [] else quoted(value)
        shape.note("G16", f"{what} stands where an array belongs in the coordinates of a {shape.kind}")
    elif depth == 1:
        yield label, value
    else:
        for index, part in enumerate(value):
            yield from _arrays(shape, part, depth - 1, (*label, index))


def _positions(shape: _Shape, array: list[Any], label: Label) -> Positions | None:
    """Turn an array of positions into numbers; note what is not a position, or not finite."""
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
            shape.note("G06", f"{_place(shape, label, index)} is not finite", times=int(infinite.sum()))
            return None
        if lengths == {2, 3}:
            shape.note("G16", "some positions have two numbers, others three")
            return None
    for index, position in enumerate(array):
        fault = _position_fault(position)
        if fault:
            shape.note("G16", f"{_place(shape, label, index)} {fault}")
    return None


def _position_fault(position: object) -> str:
    """Say why something is not a position; empty where it is one."""
    if not isinstance(position, list):
        return f"is {quoted(position)}, not an array of numbers"
    strange = [value for value in position if type(value) not in NUMBERS]
    if strange:
        return f"has {quoted(strange[0])} where a number belongs"
    return "" if len(position) in {2, 3} else f"is {quoted(position)}, not of two or three numbers"


def _check_range(shape: _Shape, line: Positions, label: Label, bounds: Bounds | None) -> None:
    """Note positions that are not on Earth, or are only where they should be when read the other way round."""
    lon, lat = line[:, 0], line[:, 1]
    beyond = (np.abs(lon) > MAX_LON) | (np.abs(lat) > MAX_LAT)
    turnable = (np.abs(lon) <= MAX_LAT) & (np.abs(lat) <= MAX_LON)
    swapped = beyond & turnable
    if swapped.any():
        index = int(swapped.argmax())
        message = f"{_place(shape, label, index)} is {_pair(line[index])}, a place on Earth only the other way round"
        shape.note("G08", message, times=int(swapped.sum()))
    off = beyond & ~turnable
    if off.any():
        index = int(off.argmax())
        round_again = lon[off].min() >= 0.0 and lon[off].max() <= FULL_TURN and np.abs(lat[off]).max() <= MAX_LAT
        remedy = "subtract 360 from longitudes beyond 180" if round_again else None
        message = (
            f"{_place(shape, label, index)} is {_pair(line[index])}, beyond 180 degrees of longitude or 90 of latitude"
        )
        shape.note("G07", message, remedy=remedy, times=int(off.sum()))
    if bounds is not None:
        stray = ~beyond & turnable & ~within(line, bounds) & within(line[:, [1, 0]], bounds)
        if stray.any():
            index = int(stray.argmax())
            message = (
                f"{_place(shape, label, index)} is {_pair(line[index])}, in the expected area only the other way round"
            )
            shape.note("G08", message, times=int(stray.sum()))


def _check_line(shape: _Shape, line: Positions, label: Label) -> None:
    """Note a line or ring that is too short, a ring that is open, a segment that should be cut at 180 degrees."""
    name = _name(shape, label)
    if "Polygon" in shape.kind:
        if len(line) < MIN_RING:
            shape.note("G09", f"{name} has {len(line)} positions, not four")
            return
        if (line[0] != line[-1]).any():
            shape.note("G10", f"{name} begins at {_pair(line[0])} and ends at {_pair(line[-1])}")
    elif len(line) < MIN_LINE or not (line != line[0]).any():
        shape.note("G09", f"{name} has fewer than two different positions")
        return
    # A step of a full turn joins the two edges of the map, and a step along a pole is none: both are cut already.
    step = np.abs(np.diff(line[:, 0]))
    at_pole = (np.abs(line[1:, 1]) == MAX_LAT) & (np.abs(line[:-1, 1]) == MAX_LAT)
    uncut = (step > HALF_TURN) & (step < FULL_TURN) & ~at_pole
    if uncut.any():
        index = int(uncut.argmax())
        ends = f"{_pair(line[index])} and {_pair(line[index + 1])}"
        message = f"{name} spans more than 180 degrees of longitude between {ends}"
        shape.note("G13", message, times=int(uncut.sum()))


def _check_polygons(shape: _Shape) -> None:
    """Note a polygon that is not valid; of a valid one, rings that wind the wrong way. Rings are closed here."""
    rings: dict[Label, list[Positions]] = {}
    for label, line in shape.lines.items():
        rings.setdefault(label[:-1], []).append(line[:, :2])
    polygons = [shapely.Polygon(lines[0], lines[1:]) for lines in rings.values()]
    whole = shapely.MultiPolygon(polygons) if shape.kind == "MultiPolygon" else polygons[0]
    if not shapely.is_valid(whole):
        reason = str(shapely.is_valid_reason(whole)).replace("[", " at [")
        shape.note("G12", f"the {shape.kind} is not valid: {reason[:1].lower()}{reason[1:]}")
        return
    for label, line in shape.lines.items():
        outer = label[-1] == 0
        if bool(shapely.is_ccw(shapely.linearrings(line[:, :2]))) != outer:
            way = "clockwise, though it is an outer ring" if outer else "counterclockwise, though it is a hole"
            shape.note("G11", f"{_name(shape, label)} winds {way}")


def _name(shape: _Shape, label: Label) -> str:
    """Name an array of positions by its place in the geometry, counted from 0."""
    if not label:
        return f"the {shape.kind}"
    names = {"MultiLineString": ("line",), "Polygon": ("ring",), "MultiPolygon": ("ring", "polygon")}[shape.kind]
    return " of ".join(f"{name} {index}" for name, index in zip(names, reversed(label), strict=True))


def _place(shape: _Shape, label: Label, index: int) -> str:
    """Name a position by its place in the geometry, counted from 0."""
    if shape.kind == "Point":
        return "the position"
    return f"position {index}" + (f" of {_name(shape, label)}" if label else "")


def _pair(position: Sequence[float] | Positions) -> str:
    """Write a position as longitude, latitude."""
    return f"[{float(position[0]):.10g}, {float(position[1]):.10g}]"
