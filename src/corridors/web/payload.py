"""Geometry to compact integers for a page, and a page's data to inert text.

Coordinates become whole multiples of a small angle. Along each line only the differences are stored, which is short and
quick to decode. The text is JSON that cannot end the element around it.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias, TypedDict

import deflate
import numpy as np
import shapely
from shapely import MultiPoint
from shapely.geometry.base import BaseGeometry

from corridors.geo.geodesy import Coordinates
from corridors.web.letters import letters

FEATURE_STEP = 1e-5
"""Degrees; about one metre, for features."""

BASEMAP_STEP = 4e-3
"""Degrees; about four hundred metres, for the basemap, which is drawn at 1:50 million."""

SMALLEST, QUICK = 12, 6
"""The levels of compression: that with the smallest stream, and one that is ten times as fast."""


Codes: TypeAlias = Sequence["int | Codes"]
"""Whole numbers of a small angle, longitude before latitude, each the difference from the one before; nested."""


class Coded(TypedDict):
    """A geometry for a page: its type and its codes."""

    t: str
    c: Codes


def deltas(coordinates: Coordinates, step: float = FEATURE_STEP) -> list[int]:
    """Positions (rows of longitude, latitude in degrees) as integers: the first position, then the differences."""
    whole = np.rint(coordinates[:, :2] / step).astype(np.int64)
    kept = whole[np.r_[True, np.any(np.diff(whole, axis=0) != 0, axis=1)]]
    if len(kept) == 1 and len(whole) > 1:  # a line shorter than a step still has two ends
        kept = whole[:2]
    return [int(value) for value in np.diff(kept, axis=0, prepend=0).ravel()]


def encode_positions(points: MultiPoint) -> list[int]:
    """Points (EPSG:4326) as the first position and the differences; two integers for each point. None is left out."""
    whole = np.rint(shapely.get_coordinates(points) / FEATURE_STEP).astype(int)
    return [int(value) for value in np.diff(whole, axis=0, prepend=0).ravel()]


def encode_geometry(shape: BaseGeometry, step: float = FEATURE_STEP) -> Coded:
    """A geometry (EPSG:4326) as its type and its delta-coded coordinates, nested as in GeoJSON.

    A point is its two integers; rings keep their closing position.
    """
    if shape.geom_type in {"Point", "LineString"}:
        return {"t": shape.geom_type, "c": deltas(shapely.get_coordinates(shape), step)}
    if shape.geom_type == "Polygon":
        return {"t": "Polygon", "c": _rings(shape, step)}
    parts = [encode_geometry(part, step)["c"] for part in shapely.get_parts(shape)]
    return {"t": shape.geom_type, "c": parts}


def _rings(polygon: BaseGeometry, step: float) -> list[list[int]]:
    """The rings of a polygon, the outer one first."""
    return [deltas(shapely.get_coordinates(ring), step) for ring in shapely.get_rings(polygon)]


def compressed_json(data: Mapping[str, object], level: int = SMALLEST) -> str:
    """Data as JSON, compressed (see :func:`compressed`)."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return compressed(text.encode(), level)


def compressed(data: bytes, level: int) -> str:
    """Bytes as one zlib stream, as text that is inert in a page (see :mod:`corridors.web.letters`).

    The stream is libdeflate's, whose bytes depend on its version alone and not on the machine.
    """
    return letters(deflate.zlib_compress(data, level))
