"""Geometry to columns of whole numbers: lines, points or areas of many features as differences along each line."""

from typing import NamedTuple, TypedDict

import numpy as np
import shapely
from numpy.typing import NDArray

from corridors.content.page_types import Geometry
from corridors.web.blocks import Block, Blocks, varints, zigzag

AT_ONCE = 1 << 13
"""Features that are encoded at once: memory and time then grow with their number and no faster."""


class GeometryColumns(TypedDict, total=False):
    """The columns of some features' geometry, as script/types/columns.ts has them."""

    kind: Geometry
    step: float
    parts: Block
    rings: Block
    sizes: Block
    lon: Block
    lat: Block


class _Coded(NamedTuple):
    """The numbers of some features. ``lon`` and ``lat`` are bytes; ``last`` is the first vertex of the last line."""

    parts: NDArray[np.int64]
    rings: NDArray[np.int64]
    sizes: NDArray[np.int64]
    lon: bytes
    lat: bytes
    last: NDArray[np.int64]


def encode_shapes(shapes: NDArray[np.object_], kind: Geometry, step: float, blocks: Blocks) -> GeometryColumns:
    """Encode geometry of one kind.

    Parameters
    ----------
    shapes
        Points, lines or polygons, single or multiple, EPSG:4326 (lon/lat in degrees). A missing or empty one has no
        parts.
    kind
        What they are.
    step
        The degrees of one step of the whole numbers.
    blocks
        The blocks to which the numbers are added.
    """
    found: list[_Coded] = []
    last = np.zeros(2, dtype=np.int64)
    for at in range(0, max(len(shapes), 1), AT_ONCE):
        found.append(_encode(shapes[at : at + AT_ONCE], kind, step, last))
        last = found[-1].last
    coded: GeometryColumns = {"kind": kind, "step": step}
    parts = np.concatenate([each.parts for each in found])
    if (parts != 1).any():
        coded["parts"] = blocks.unsigned(parts)
    if kind == "area":
        rings = np.concatenate([each.rings for each in found])
        if (rings != 1).any():
            coded["rings"] = blocks.unsigned(rings)
    if kind != "point":
        coded["sizes"] = blocks.unsigned(np.concatenate([each.sizes for each in found]))
    coded["lon"] = blocks.add(b"".join(each.lon for each in found))
    coded["lat"] = blocks.add(b"".join(each.lat for each in found))
    return coded


def _encode(shapes: NDArray[np.object_], kind: Geometry, step: float, last: NDArray[np.int64]) -> _Coded:
    """Encode some features after those whose last line begins at ``last``."""
    parts, owners = shapely.get_parts(shapes, return_index=True)
    filled = ~shapely.is_empty(parts)
    parts, owners = parts[filled], owners[filled]
    counts = rings = np.bincount(owners, minlength=len(shapes))
    if kind == "area":
        # Holes run against their outlines, so that many areas can be filled at once.
        parts, polygons = shapely.get_rings(shapely.orient_polygons(parts), return_index=True)
        rings = np.bincount(polygons)
    positions, lines = shapely.get_coordinates(parts, return_index=True)
    whole, lines = _thinned(np.rint(positions / step).astype(np.int64), lines, closed=kind == "area")
    first = np.diff(lines, prepend=-1) != 0
    steps = np.diff(whole, axis=0, prepend=0)
    steps[first] = np.diff(whole[first], axis=0, prepend=[last])
    lon, lat = (varints(zigzag(np.ascontiguousarray(steps[:, axis]))) for axis in range(2))
    return _Coded(counts, rings, np.bincount(lines), lon, lat, whole[first][-1] if first.any() else last)


def _thinned(
    whole: NDArray[np.int64], lines: NDArray[np.int64], *, closed: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Leave out vertices that repeat the one before. A line keeps two ends; a ring does not repeat its first vertex."""
    first = np.diff(lines, prepend=-1) != 0
    last = np.diff(lines, append=-1) != 0
    moved = first | (np.diff(whole, axis=0, prepend=whole[:1]) != 0).any(axis=1)
    if closed:
        kept = moved & (first | ~last)
    else:
        short = (np.bincount(lines, weights=moved) == 1) & (np.bincount(lines) > 1)
        kept = moved | (last & short[lines]) if len(lines) else moved
    return whole[kept], lines[kept]
