"""Countries to a grid of cells without a border. A geometry in such cells lies wholly in one country, or in none.

The grid answers for most geometries from their bounds alone, in a fraction of the time of a test against an outline.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

CELL: Final = 0.25
"""The side of a cell in degrees. A cell holds its west and south side."""

SHAPE: Final = (round(360 / CELL), round(180 / CELL))
UNDECIDED: Final = -2
"""The answer for geometries near a border, and for those that are empty or missing."""

OUTSIDE: Final = -1
"""The answer for geometries outside all countries."""


def countries_by_grid(shapes: NDArray[np.object_], outlines: Mapping[str, BaseGeometry]) -> NDArray[np.intp]:
    """The country of each geometry that lies in cells without a border.

    Parameters
    ----------
    shapes
        Geometries, EPSG:4326.
    outlines
        Country polygons by code, EPSG:4326.

    Returns
    -------
    numpy.ndarray
        The number of the country in the order of ``outlines``, ``OUTSIDE`` or ``UNDECIDED``.
    """
    bounds = shapely.bounds(shapes)
    decided = np.asarray(np.isfinite(bounds).all(axis=1))
    low, high = _cells(bounds[decided, :2]), _cells(bounds[decided, 2:])
    sums = _borders(tuple(outlines.values()))
    borders = sums[*(high + 1).T] - sums[low[:, 0], high[:, 1] + 1] - sums[high[:, 0] + 1, low[:, 1]] + sums[*low.T]
    free = borders == 0
    decided[decided] = free
    answers = np.full(len(shapes), UNDECIDED, dtype=np.intp)
    answers[decided] = _countries(tuple(outlines.values()))[*low[free].T]
    return answers


def _cells(positions: NDArray[np.float64]) -> NDArray[np.intp]:
    """The cells of positions: column from the west, row from the south."""
    cells: NDArray[np.intp] = np.floor((positions + np.array([180, 90])) / CELL).astype(np.intp)
    return cells.clip(0, np.array(SHAPE) - 1)


@lru_cache(maxsize=4)
def _borders(outlines: tuple[BaseGeometry, ...]) -> NDArray[np.int64]:
    """How many cells with a border lie to the west and south of each corner of the grid. Not to be changed."""
    return np.pad((_with_border(outlines) > 0).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))


def _with_border(outlines: tuple[BaseGeometry, ...]) -> NDArray[np.int64]:
    """How many segments of borders have each cell in their bounds."""
    rings = shapely.get_rings(shapely.get_parts(outlines))
    positions, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    start, end = positions[:-1][same], positions[1:][same]
    (west, south), (east, north) = _cells(np.minimum(start, end)).T, _cells(np.maximum(start, end)).T
    steps = np.zeros((SHAPE[0] + 1, SHAPE[1] + 1), dtype=np.int64)
    for column, row, step in ((west, south, 1), (east + 1, north + 1, 1), (west, north + 1, -1), (east + 1, south, -1)):
        np.add.at(steps, (column, row), step)
    return steps.cumsum(axis=0).cumsum(axis=1)[:-1, :-1]


@lru_cache(maxsize=4)
def _countries(outlines: tuple[BaseGeometry, ...]) -> NDArray[np.intp]:
    """The country of each cell without a border, by its number. Not to be changed.

    Cells side by side from west to east, all without a border, lie in one country. So only the first one is looked up.
    """
    free = _with_border(outlines) == 0
    first = free & ~np.pad(free, ((1, 0), (0, 0)))[:-1]
    columns, rows = np.nonzero(first)
    centres = shapely.points(np.column_stack([columns + 0.5, rows + 0.5]) * CELL - [180, 90])
    tree = STRtree(np.asarray(centres, dtype=object))
    found = np.full(len(columns), OUTSIDE, dtype=np.intp)
    for number, outline in enumerate(outlines):
        shapely.prepare(outline)
        found[tree.query(outline, predicate="contains")] = number
    countries = np.full(SHAPE, UNDECIDED, dtype=np.intp)
    countries[columns, rows] = found
    for column in range(1, SHAPE[0]):
        runs = free[column] & ~first[column]
        countries[column, runs] = countries[column - 1, runs]
    return countries
