"""Members that any GeoJSON object may have, checked against the rules: ``crs``, ``bbox``, and misplaced members."""

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corridors.data.findings import quoted
from corridors.data.geojson_rules import FileReport
from corridors.locales import Message, message

Positions = NDArray[np.float64]
"""Positions of a line, ring or point: rows of longitude, latitude (degrees, EPSG:4326) and perhaps elevation."""

MAX_LON: Final = 180.0
MAX_LAT: Final = 90.0
SLACK: Final = 1e-6
"""A position may lie outside its bounding box by so many degrees, since boxes are rounded too."""

MISPLACED: Final = {
    "FeatureCollection": ("coordinates", "geometries", "geometry", "properties"),
    "Feature": ("coordinates", "geometries", "features"),
    "geometry": ("geometry", "properties", "features"),
}
# Names of the system that RFC 7946 uses anyway. Files with them have no other fault than the member.
SAME_SYSTEM: Final = ("CRS84", "4326")


def check_members(thing: Mapping[str, object], role: str, where: Message | str, report: FileReport) -> None:
    """Note a ``crs`` member and misplaced members. ``role`` is a key of ``MISPLACED``."""
    if "crs" in thing:
        name = crs_name(thing["crs"])
        if name.upper().endswith(SAME_SYSTEM):
            what, remedy = message("finding.crs.same", quoted(name)), message("remedy.crs")
            report.note("G04", where, what, column="crs", remedy=remedy, legal=True)
        else:
            report.note("G04", where, message("finding.crs", quoted(name)), column="crs")
    whose = message("finding.geometry") if role == "geometry" else role
    for name in MISPLACED[role]:
        if name in thing:
            report.note("G20", where, message("finding.misplaced", whose, name), column=name)


def crs_name(crs: object) -> str:
    """The name in a ``crs`` member as in GeoJSON 2008. If it cannot be read, the result says so."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    if isinstance(properties, dict):
        for key in ("name", "href", "code"):
            value = properties.get(key)
            if isinstance(value, str | int) and value != "":
                return str(value) if key != "code" else f"EPSG:{quoted(value)}"
    return "unknown" if crs is not None else "null"


def check_bbox(
    thing: Mapping[str, object], lines: Iterable[Positions], where: Message | str, report: FileReport
) -> None:
    """Note a bounding box that is invalid or does not contain the positions (west > east crosses 180 degrees)."""
    if "bbox" not in thing:
        return
    box = thing["bbox"]
    if not (isinstance(box, list) and len(box) in {4, 6} and all(type(value) in {int, float} for value in box)):
        report.note("G19", where, message("finding.bbox.numbers"), column="bbox")
        return
    half = len(box) // 2
    west, south, east, north = box[0], box[1], box[half], box[half + 1]
    # Compare the values and do not convert them: an integer of JSON may be too large for a double.
    if not (abs(west) <= MAX_LON and abs(east) <= MAX_LON and abs(south) <= MAX_LAT and abs(north) <= MAX_LAT):
        report.note("G19", where, message("finding.bbox.range"), column="bbox")
    elif south > north:
        report.note("G19", where, message("finding.bbox.south", str(south), str(north)), column="bbox")
    else:
        bounds = (float(west), float(south), float(east), float(north))
        outside = sum(int((~within(line, bounds, slack=SLACK)).sum()) for line in lines)
        if outside:
            report.note("G19", where, message("finding.bbox.outside"), column="bbox", times=outside)


def within(line: Positions, bounds: tuple[float, float, float, float], *, slack: float = 0.0) -> NDArray[np.bool_]:
    """Which positions lie in ``bounds``: west, south, east, north in degrees. West > east crosses 180 degrees."""
    west, south, east, north = bounds
    lon, lat = line[:, 0], line[:, 1]
    from_west, to_east = lon >= west - slack, lon <= east + slack
    in_width = from_west & to_east if west <= east else from_west | to_east
    inside: NDArray[np.bool_] = in_width & (lat >= south - slack) & (lat <= north + slack)
    return inside
