"""Features of any kind to their statistics: number, kilometres of lines, square kilometres of areas, by groups."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from corridors.data.imported import cell_text
from corridors.errors import UsageError, not_among
from corridors.geo.countries import CountryPart, parts_by_country
from corridors.geo.geodesy import METRES_PER_KM, areas_km2, lengths_km
from corridors.measures.measure import Measure
from corridors.measures.statistics import UNKNOWN
from corridors.measures.where import COUNTRY, choose

LINE, AREA = 1, 2
"""Dimensions of geometries, as shapely counts them."""

METHODS = {
    "features": "Count of the features",
    "measured_km": "Geodesic length (WGS84) of the lines",
    "area_km2": "Geodesic area (WGS84) of the polygons, without their holes",
}
STEPS = 10**9
"""Steps of a kilometre and of a square kilometre, in which sizes are added: micrometres, and ten square centimetres."""

SMALL, DIGITS, FINE_DIGITS = 10, 1, 3
"""Sums below so many kilometres or square kilometres have three decimals, others one."""

AT_ONCE = 100_000
"""Features that are split at borders at once: more would take more memory and no less time."""

AT_BORDERS = "; split at Natural Earth's borders (1:50 million), unknown where the basemap has no country"


@dataclass(frozen=True, slots=True)
class Total:
    """The statistics of some features. Totals of other features can be added to it, in any order.

    Attributes
    ----------
    features
        How many there are.
    km, km2
        Length and area in ``STEPS`` per kilometre and square kilometre. None if there is no line, or no area.
    """

    features: int = 0
    km: int | None = None
    km2: int | None = None

    def __add__(self, other: "Total") -> "Total":
        """The statistics of both."""
        return Total(self.features + other.features, _added(self.km, other.km), _added(self.km2, other.km2))


@dataclass(frozen=True, slots=True)
class Totals:
    """The statistics of the features of a layer. Those of parts of a layer can be added, in any order.

    Attributes
    ----------
    by
        What they are divided by, or None.
    split
        Whether features are cut at borders for it.
    groups
        The total of each value; without ``by`` there is one, of the value ``""``.
    """

    by: str | None
    split: bool
    groups: Mapping[str, Total]

    def __add__(self, other: "Totals") -> "Totals":
        """The statistics of both."""
        none = Total()
        values = {**self.groups, **other.groups}
        both = {value: self.groups.get(value, none) + other.groups.get(value, none) for value in values}
        return Totals(self.by, self.split or other.split, both)

    def measures(self, layer: str) -> Iterator[Measure]:
        """The measures, under the name of the layer, in the order of the values."""
        note = AT_BORDERS if self.split else ""
        for value in sorted(self.groups):
            of = {"layer": layer, self.by: value} if self.by else {"layer": layer}
            total = self.groups[value]
            yield Measure("features", total.features, "features", of, METHODS["features"] + note)
            for name, unit, steps in (("measured_km", "km", total.km), ("area_km2", "km2", total.km2)):
                if steps is not None:
                    yield Measure(name, size_of(steps), unit, of, METHODS[name] + note)


def size_of(steps: int, per: int = STEPS) -> float:
    """A sum of steps in kilometres or square kilometres, rounded (halves up). ``sizeOf`` of the page has this rule.

    Parameters
    ----------
    steps
        The sum, such as metres.
    per
        The steps of a kilometre or square kilometre.
    """
    digits = FINE_DIGITS if steps < SMALL * per else DIGITS
    unit = per // 10**digits
    return float((steps + unit // 2) // unit / 10**digits)


def vector_totals(
    frame: gpd.GeoDataFrame,
    outlines: Mapping[str, BaseGeometry],
    *,
    by: str | None = None,
    where: str | None = None,
) -> Totals:
    """The statistics of features of any kind, in total or by the values of one column.

    The totals of the parts of a frame add up to those of the whole frame, digit by digit.

    Parameters
    ----------
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
    if by is not None and by not in {COUNTRY, *columns}:
        raise UsageError(not_among("error.vector.column", by, dict.fromkeys([*columns, COUNTRY])))
    chosen = choose(frame, where) if where else frame
    shapes = chosen.geometry.to_numpy()
    if by == COUNTRY and by not in columns:
        some = (_Sizes.of(shapes[at : at + AT_ONCE]) for at in range(0, len(shapes), AT_ONCE))
        return sum((_totals(by, _by_border(sizes, outlines), split=True) for sizes in some), Totals(by, True, {}))
    sizes = _Sizes.of(shapes)
    return _totals(by, {"": sizes} if by is None else _by_value(sizes, chosen[by]))


def _totals(by: str | None, groups: Mapping[str, "_Sizes"], *, split: bool = False) -> Totals:
    """The totals of features that are divided."""
    return Totals(by, split, {value: group.total() for value, group in groups.items()})


def _added(one: int | None, other: int | None) -> int | None:
    """The sum of two sizes. None is no size."""
    return other if one is None else one if other is None else one + other


@dataclass(frozen=True, slots=True)
class _Sizes:
    """The sizes of geometries, or of their parts in one country: one row of each array for each."""

    shapes: NDArray[np.object_]
    dimensions: NDArray[np.int32]
    km: NDArray[np.float64]
    km2: NDArray[np.float64]

    @classmethod
    def of(cls, shapes: NDArray[np.object_]) -> "_Sizes":
        """Measure geometries, each in whole metres or square metres, as pages have them."""
        found = cls.exact(shapes)
        per, per2 = METRES_PER_KM, METRES_PER_KM**2
        return replace(found, km=np.rint(found.km * per) / per, km2=np.rint(found.km2 * per2) / per2)

    @classmethod
    def exact(cls, shapes: NDArray[np.object_]) -> "_Sizes":
        """Measure geometries, such as parts of features."""
        dimensions = shapely.get_dimensions(shapes)
        km, km2 = np.zeros(len(shapes)), np.zeros(len(shapes))
        km[dimensions == LINE] = lengths_km(shapes[dimensions == LINE])
        km2[dimensions == AREA] = areas_km2(shapes[dimensions == AREA])
        return cls(shapes, dimensions, km, km2)

    def total(self) -> Total:
        """Their total."""
        lines, areas = self.dimensions == LINE, self.dimensions == AREA
        return Total(
            len(self.shapes),
            _sum(self.km[lines]) if lines.any() else None,
            _sum(self.km2[areas]) if areas.any() else None,
        )

    def at(self, places: NDArray[np.intp]) -> "_Sizes":
        """The sizes at some indices."""
        return _Sizes(self.shapes[places], self.dimensions[places], self.km[places], self.km2[places])


def _sum(sizes: NDArray[np.float64]) -> int:
    """The sum of sizes in ``STEPS``. A sum of floats would depend on their order."""
    return sum(np.rint(sizes * STEPS).astype(np.int64).tolist())


def _by_value(sizes: _Sizes, values: "pd.Series[Any]") -> dict[str, _Sizes]:
    """Features by the values of a column. Whole numbers have no decimals, whatever their type."""
    several = values.map(cell_text, na_action="ignore") if values.dtype == object else values  # lists have no hash
    codes, known = pd.factorize(several)
    texts = np.array([*map(cell_text, known), UNKNOWN], dtype=object)[codes]  # the code of a missing value is -1
    return {str(text): sizes.at(np.asarray(places)) for text, places in pd.Series(texts).groupby(texts).indices.items()}


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
    of_cut = _Sizes.exact(part.shapes[cut])
    own.shapes[cut], own.dimensions[cut], own.km[cut], own.km2[cut] = (
        of_cut.shapes, of_cut.dimensions, of_cut.km, of_cut.km2,
    )  # fmt: skip
    return own
