"""Geometries to their countries. A geometry in one country stays whole, and others are cut at borders.

A grid finds those far from borders, which are most. A tree over the others finds those near a country. A prepared
country quickly finds those that lie wholly inside. Only what remains is cut.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from corridors.geo.country_grid import OUTSIDE, UNDECIDED, countries_by_grid

NOWHERE = ""
"""The code of parts outside all countries: at sea, or beyond the basemap."""


WINDOW, MARGIN = 4.0, 1.0
"""The side of the windows in which geometries lie near one another, and how far they may reach out, in degrees."""

NOTHING = shapely.GeometryCollection()

LEAST = 1e-9
"""Lines and rings shorter than this, in degrees, come from rounding: a tenth of a millimetre."""


@dataclass(frozen=True, slots=True)
class CountryPart:
    """The parts of some geometries in one country.

    Attributes
    ----------
    country
        Alpha-3 code, or ``NOWHERE``.
    owners
        The indices of the geometries in the given sequence, ascending.
    shapes
        The part of each of them in the country.
    whole
        Whether it is the whole geometry.
    """

    country: str
    owners: NDArray[np.intp]
    shapes: NDArray[np.object_]
    whole: NDArray[np.bool_]


def parts_by_country(
    shapes: Sequence[BaseGeometry | None] | NDArray[np.object_], outlines: Mapping[str, BaseGeometry]
) -> Iterator[CountryPart]:
    """Split geometries among countries. The parts outside all countries come last.

    Parameters
    ----------
    shapes
        Points, lines and polygons, EPSG:4326. A missing one lies in no country and has no parts.
    outlines
        Country polygons by alpha-3 code, EPSG:4326. They do not overlap.
    """
    geometries = np.asarray(shapes, dtype=object)
    numbers = countries_by_grid(geometries, outlines)
    near = np.flatnonzero(numbers == UNDECIDED)
    rest, cut = geometries[near], np.zeros(len(near), dtype=bool)
    tree = STRtree(rest)
    codes = [*outlines]
    for country in sorted(outlines):
        outline = outlines[country]
        shapely.prepare(outline)
        touching = np.sort(tree.query(outline, predicate="intersects"))
        parts = geometries[near[touching]]
        inside = shapely.covers(outline, parts)
        rest[touching[inside]] = None
        if not inside.all():
            pieces, some = _pieces(parts[~inside], outline), touching[~inside]
            parts[~inside] = _cut(parts[~inside], pieces)
            rest[some] = shapely.difference(rest[some], pieces)
            cut[some] = True
        held = inside | ~_is_nothing(parts)
        far = np.flatnonzero(numbers == codes.index(country))
        yield from _part(country, geometries, far, near[touching[held]], parts[held], inside[held])
    left = ~(shapely.is_missing(rest) | shapely.is_empty(rest) | cut & _is_nothing(rest))
    yield from _part(NOWHERE, geometries, np.flatnonzero(numbers == OUTSIDE), near[left], rest[left], ~cut[left])


def _part(
    country: str,
    geometries: NDArray[np.object_],
    far: NDArray[np.intp],
    near: NDArray[np.intp],
    parts: NDArray[np.object_],
    whole: NDArray[np.bool_],
) -> Iterator[CountryPart]:
    """The parts in one country, if any: whole geometries far from borders, and parts of those near them."""
    owners = np.concatenate([far, near])
    if len(owners):
        order = np.argsort(owners, kind="stable")
        shapes = np.concatenate([geometries[far], parts])[order]
        yield CountryPart(country, owners[order], shapes, np.concatenate([np.full(len(far), True), whole])[order])


def _pieces(shapes: NDArray[np.object_], outline: BaseGeometry) -> NDArray[np.object_]:
    """The piece of an outline around each geometry.

    A cut takes time in proportion to the vertices of the outline, and a piece has few. It ends far enough from the
    geometry to cut it at the same positions. Which piece cuts a geometry does not depend on the other geometries, so
    that its parts are the same, digit by digit, in every company.
    """
    bounds = shapely.bounds(shapes)
    windows = np.floor(bounds[:, :2] / WINDOW)
    fits = np.asarray((bounds[:, 2:] <= (windows + 1) * WINDOW + MARGIN).all(axis=1))
    known, which = np.unique(windows[fits], axis=0, return_inverse=True)
    found = _found_pieces(outline)
    pieces = np.full(len(shapes), outline, dtype=object)
    pieces[fits] = np.array([*(_piece(outline, column, row, found) for column, row in known.tolist()), None])[
        which.reshape(-1)
    ]
    return pieces


@lru_cache(maxsize=512)
def _found_pieces(_: BaseGeometry) -> dict[tuple[float, float], BaseGeometry]:
    """The pieces of an outline that were needed before, by window."""
    return {}


def _piece(
    outline: BaseGeometry, column: float, row: float, found: dict[tuple[float, float], BaseGeometry]
) -> BaseGeometry:
    """The piece of an outline around a window."""
    if (column, row) not in found:
        west, south, side = column * WINDOW - MARGIN, row * WINDOW - MARGIN, WINDOW + 3 * MARGIN
        found[column, row] = shapely.intersection(outline, shapely.box(west, south, west + side, south + side))
    return found[column, row]


def _is_nothing(parts: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which parts are empty, or so small that only rounding has made them."""
    small = (shapely.get_dimensions(parts) != 0) & (shapely.length(parts) < LEAST)
    return np.asarray(shapely.is_empty(parts) | small)


def _cut(shapes: NDArray[np.object_], pieces: NDArray[np.object_]) -> NDArray[np.object_]:
    """The parts of geometries inside a piece each, of the same dimension. A line that only touches it has none."""
    cut = np.asarray(shapely.intersection(shapes, pieces), dtype=object)
    lesser = shapely.get_dimensions(cut) < shapely.get_dimensions(shapes)
    cut[lesser] = NOTHING
    return cut
