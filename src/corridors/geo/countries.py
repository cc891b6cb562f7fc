"""Geometries to their countries. A geometry in one country stays whole, and others are cut at borders.

A tree over the geometries finds those near a country. A prepared country quickly finds those that lie wholly inside,
which are most. Only the others are cut.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

NOWHERE = ""
"""The code of parts outside all countries: at sea, or beyond the basemap."""


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
    """

    country: str
    owners: NDArray[np.intp]
    shapes: NDArray[np.object_]


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
    rest = geometries.copy()
    tree = STRtree(geometries)
    for country in sorted(outlines):
        outline = outlines[country]
        shapely.prepare(outline)
        touching = np.sort(tree.query(outline, predicate="intersects"))
        inside = shapely.covers(outline, geometries[touching])
        parts = geometries[touching]
        parts[~inside] = _cut(parts[~inside], outline)
        rest[touching[inside]] = None
        crossing = touching[~inside]
        rest[crossing] = shapely.difference(rest[crossing], outline)
        held = ~shapely.is_empty(parts)
        if held.any():
            yield CountryPart(country, touching[held], parts[held])
    left = np.flatnonzero(~(shapely.is_missing(rest) | shapely.is_empty(rest)))
    if len(left):
        yield CountryPart(NOWHERE, left, rest[left])


def _cut(shapes: NDArray[np.object_], outline: BaseGeometry) -> NDArray[np.object_]:
    """The parts of geometries inside an outline, of the same dimension. A line that only touches it has none."""
    cut = np.asarray(shapely.intersection(shapes, outline), dtype=object)
    lesser = shapely.get_dimensions(cut) < shapely.get_dimensions(shapes)
    cut[lesser] = shapely.GeometryCollection()
    return cut
