"""How much of each theme the basemap keeps at two scales: lines and arcs to the same with fewer vertices.

Positions are EPSG:4326, lon/lat in degrees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from tools.topojson import Coordinates, end_to_end, simplify_arcs

CORRIDORS: BaseGeometry = shapely.union_all(
    [shapely.box(*box) for box in ((5.0, 35.0, 60.0, 56.0), (44.0, 24.0, 62.0, 36.0), (60.0, 33.0, 125.0, 56.0))]
)
"""The area of the corridors, which maps show largest. Lines keep the most vertices there."""


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of a theme is kept, in the detailed area and elsewhere.

    Attributes
    ----------
    tolerance
        The greatest distance that a line may move, in degrees: in the area of the corridors, elsewhere.
    smallest_km2
        Polygons below this size are left out: in the area of the corridors, elsewhere.
    """

    tolerance: tuple[float, float]
    smallest_km2: tuple[float, float] = (0.0, 0.0)

    def tolerances(self, shapes: npt.NDArray[Any]) -> Coordinates:
        """The tolerance of each shape, in degrees."""
        return np.where(shapely.intersects(shapes, CORRIDORS), *self.tolerance)

    def keeps(self, polygon: Polygon) -> bool:
        """Whether a polygon is large enough to be drawn."""
        near, far = self.smallest_km2
        smallest = near if polygon.intersects(CORRIDORS) else far
        return abs(Geod(ellps="WGS84").geometry_area_perimeter(polygon)[0]) / 1e6 >= smallest


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of each theme is kept."""

    land: Detail
    lakes: Detail
    rivers: Detail


COARSE = Scale(Detail((0.018, 0.07), (20.0, 800.0)), Detail((0.025, 0.07), (250.0, 2000.0)), Detail((0.03, 0.1)))
FINE = Scale(Detail((0.01, 0.07), (15.0, 800.0)), Detail((0.012, 0.07), (60.0, 2000.0)), Detail((0.02, 0.1)))


def simplified(arcs: Sequence[Coordinates], detail: Detail) -> list[Coordinates]:
    """Arcs with fewer vertices: most are kept in the area of the corridors, in which a part of an arc may lie."""
    pieces: list[Coordinates] = []
    near: list[bool] = []
    counts: list[int] = []
    for arc in arcs:
        vertices = shapely.contains_xy(CORRIDORS, arc)
        steps = vertices[:-1] | vertices[1:]
        ends = [0, *(np.flatnonzero(np.diff(steps)) + 1).tolist(), len(steps)]
        pieces += [arc[start : end + 1] for start, end in pairwise(ends)]
        near += [bool(steps[start]) for start in ends[:-1]]
        counts.append(len(ends) - 1)
    drawn = iter(simplify_arcs(pieces, np.where(near, *detail.tolerance)))
    return [end_to_end([next(drawn) for _ in range(count)]) for count in counts]
