"""Features of any kind to their statistics: number, kilometres of lines, square kilometres of areas, by groups."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from corridors.errors import UsageError, not_among
from corridors.geo.countries import CountryPart, parts_by_country
from corridors.geo.geodesy import areas_km2, lengths_km
from corridors.measures.measure import Measure
from corridors.measures.statistics import UNKNOWN
from corridors.measures.where import COUNTRY, choose

if TYPE_CHECKING:
    import pandas as pd

LINE, AREA = 1, 2
"""Dimensions of geometries, as shapely counts them."""

METHODS = {
    "features": "Count of the features",
    "measured_km": "Geodesic length (WGS84) of the lines",
    "area_km2": "Geodesic area (WGS84) of the polygons, without their holes",
}
AT_BORDERS = "; split at Natural Earth's borders (1:50 million), unknown where the basemap has no country"


def vector_statistics(
    layer: str,
    frame: gpd.GeoDataFrame,
    outlines: Mapping[str, BaseGeometry],
    *,
    by: str | None = None,
    where: str | None = None,
) -> Iterator[Measure]:
    """The statistics of features of any kind, in total or by the values of one column.

    Parameters
    ----------
    layer
        The name of the features in the measures.
    frame
        The features, EPSG:4326.
    outlines
        Country polygons by alpha-3 code, EPSG:4326.
    by
        The name of a column; or ``country``: by that column, or else by position. A line or area in several countries
        then counts as a feature of each, with its part there.
    where
        A condition on columns, see :mod:`corridors.measures.where`.

    Raises
    ------
    UsageError
        If there is no such column, or the condition cannot be read.
    """
    columns = [str(name) for name in frame.columns if name != frame.geometry.name]
    if by and by != COUNTRY and by not in columns:
        raise UsageError(not_among("error.vector.column", by, dict.fromkeys([*columns, COUNTRY])))
    chosen = choose(frame, where) if where else frame
    sizes = _Sizes.of(chosen.geometry.to_numpy())
    if by is None:
        yield from _measures({"layer": layer}, sizes)
        return
    split = by not in columns
    groups = _by_border(sizes, outlines) if split else _by_value(sizes, chosen[by])
    for value in sorted(groups):
        yield from _measures({"layer": layer, by: value}, groups[value], AT_BORDERS if split else "")


@dataclass(frozen=True, slots=True)
class _Sizes:
    """The sizes of geometries, or of their parts in one country: one row of each array for each."""

    shapes: NDArray[np.object_]
    dimensions: NDArray[np.int32]
    km: NDArray[np.float64]
    km2: NDArray[np.float64]

    @classmethod
    def of(cls, shapes: NDArray[np.object_]) -> "_Sizes":
        """Measure geometries."""
        dimensions = shapely.get_dimensions(shapes)
        km, km2 = np.zeros(len(shapes)), np.zeros(len(shapes))
        km[dimensions == LINE] = lengths_km(shapes[dimensions == LINE])
        km2[dimensions == AREA] = areas_km2(shapes[dimensions == AREA])
        return cls(shapes, dimensions, km, km2)

    def at(self, places: NDArray[np.intp]) -> "_Sizes":
        """The sizes at some indices."""
        return _Sizes(self.shapes[places], self.dimensions[places], self.km[places], self.km2[places])


def _by_value(sizes: _Sizes, values: "pd.Series[Any]") -> dict[str, _Sizes]:
    """Features by the values of a column."""
    texts = values.astype(object).where(values.notna(), UNKNOWN).map(str)
    return {str(text): sizes.at(np.asarray(places)) for text, places in texts.groupby(texts.to_numpy()).indices.items()}


def _by_border(sizes: _Sizes, outlines: Mapping[str, BaseGeometry]) -> dict[str, _Sizes]:
    """The parts of features by country. The parts of one feature add up to its size.

    A border cuts a straight line on the map, but the geodesic between the ends is a different line. So the parts share
    the size of the whole in proportion to their own sizes.
    """
    parts = {part.country or UNKNOWN: part for part in parts_by_country(sizes.shapes, outlines)}
    own = {country: _own_sizes(sizes, part) for country, part in parts.items()}
    sums = np.zeros((2, len(sizes.shapes)))
    for country, part in parts.items():
        sums[:, part.owners] += own[country].km, own[country].km2
    scales = np.divide((sizes.km, sizes.km2), sums, out=np.ones_like(sums), where=sums > 0)
    return {
        country: replace(
            own[country], km=own[country].km * scales[0, part.owners], km2=own[country].km2 * scales[1, part.owners]
        )
        for country, part in parts.items()
    }


def _own_sizes(sizes: _Sizes, part: CountryPart) -> _Sizes:
    """The sizes of parts in one country. What is whole keeps the size that it has."""
    own = sizes.at(part.owners)
    cut = ~part.whole
    of_cut = _Sizes.of(part.shapes[cut])
    own.shapes[cut], own.dimensions[cut], own.km[cut], own.km2[cut] = (
        of_cut.shapes, of_cut.dimensions, of_cut.km, of_cut.km2,
    )  # fmt: skip
    return own


def _measures(by: Mapping[str, str], sizes: _Sizes, note: str = "") -> Iterator[Measure]:
    """The statistics of some features."""
    yield Measure("features", len(sizes.shapes), "features", by, METHODS["features"] + note)
    if (sizes.dimensions == LINE).any():
        yield Measure("measured_km", round(float(sizes.km.sum()), 1), "km", by, METHODS["measured_km"] + note)
    if (sizes.dimensions == AREA).any():
        yield Measure("area_km2", round(float(sizes.km2.sum()), 1), "km2", by, METHODS["area_km2"] + note)
