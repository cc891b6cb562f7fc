"""Geometry to columns of whole numbers: lines, points or areas of many features as differences along each line."""

from collections.abc import Sequence
from typing import NamedTuple, TypedDict

import numpy as np
import shapely
from numpy.typing import NDArray

from corridors.content.page_types import Geometry
from corridors.geo.parts import parts_of
from corridors.web.blocks import Block, Blocks, Varints, zigzag

AT_ONCE = 1 << 11
"""Features that are encoded at once: memory and time then grow with their number and no faster."""


class GeometryColumns(TypedDict, total=False):
    """The columns of some features' geometry, as script/types/columns.ts has them."""

    kind: Geometry
    step: float
    parts: Block
    rings: Block
    sizes: Block
    heads: list[Block]
    steps: list[Block]


class _Counts(NamedTuple):
    """The parts of some features, the rings of these, and the vertices of each line, ring or point."""

    parts: NDArray[np.int64]
    rings: NDArray[np.int64]
    sizes: NDArray[np.int64]


class _Positions:
    """The positions of lines, longitude and latitude each for itself: of first vertices, and steps to the others."""

    def __init__(self) -> None:
        self.heads = (Varints(), Varints())
        self.steps = (Varints(), Varints())
        self._last = np.zeros(2, dtype=np.int64)

    def add(self, whole: Sequence[NDArray[np.int64]], first: NDArray[np.bool_]) -> None:
        """Add vertices, of which some are the first of their line."""
        for axis, numbers in enumerate(whole):
            heads = np.concatenate([self._last[axis : axis + 1], numbers[first]])
            self._last[axis] = heads[-1]
            self.heads[axis].add(zigzag(np.diff(heads)))
            self.steps[axis].add(zigzag(np.diff(numbers)[~first[1:]]))


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
    positions = _Positions()
    found = [_encode(shapes[at : at + AT_ONCE], kind, step, positions) for at in range(0, max(len(shapes), 1), AT_ONCE)]
    parts, rings, sizes = (np.concatenate(numbers) for numbers in zip(*found, strict=True))
    coded: GeometryColumns = {"kind": kind, "step": step}
    if (parts != 1).any():
        coded["parts"] = blocks.unsigned(parts)
    if kind == "area" and (rings != 1).any():
        coded["rings"] = blocks.unsigned(rings)
    if kind != "point":
        coded["sizes"] = blocks.unsigned(sizes)
    coded["heads"] = [blocks.add(numbers.data()) for numbers in positions.heads]
    coded["steps"] = [blocks.add(numbers.data()) for numbers in positions.steps]
    return coded


def _encode(shapes: NDArray[np.object_], kind: Geometry, step: float, positions: _Positions) -> _Counts:
    """Count some features, and add their positions."""
    parts, owners = parts_of(shapes)
    filled = ~shapely.is_empty(parts)
    parts, owners = parts[filled], owners[filled]
    counts = rings = np.bincount(owners, minlength=len(shapes))
    if kind == "area":
        # Holes run against their outlines, so that many areas can be filled at once.
        parts, polygons = shapely.get_rings(shapely.orient_polygons(parts), return_index=True)
        rings = np.bincount(polygons)
    coordinates, lines = shapely.get_coordinates(parts, return_index=True)
    whole = [np.rint(axis / step).astype(np.int64) for axis in coordinates.T]
    first = np.diff(lines, prepend=-1) != 0
    kept = _kept(whole, first, lines, closed=kind == "area")
    whole, first, lines = [axis[kept] for axis in whole], first[kept], lines[kept]
    positions.add(whole, first)
    return _Counts(counts, rings, np.bincount(lines))


def _kept(
    whole: Sequence[NDArray[np.int64]], first: NDArray[np.bool_], lines: NDArray[np.int64], *, closed: bool
) -> NDArray[np.bool_]:
    """Which vertices do not repeat the one before. A line keeps two ends; a ring does not repeat its first vertex."""
    last = np.append(first[1:], True)[: len(first)]
    moved: NDArray[np.bool_] = first.copy()
    for axis in whole:
        moved[1:] |= axis[1:] != axis[:-1]
    if closed:
        moved &= first | ~last
    elif not moved.all():
        short = (np.bincount(lines, weights=moved) == 1) & (np.bincount(lines) > 1)
        moved |= last & short[lines]
    return moved
