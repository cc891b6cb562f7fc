"""An extent in degrees to a conic projection that fits it, and to a rectangle in metres on its plane."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyproj
import shapely

from corridors.errors import UsageError
from corridors.geo.frame import FRAME, LEAST_DEGREES
from corridors.geo.segments import WGS84
from corridors.locales import message

Extent = tuple[float, float, float, float]
"""West, south, east, north edge in degrees, EPSG:4326."""

Array = np.ndarray[Any, Any]
"""An array of positions, numbers or geometries. shapely gives its arrays no types."""

PARALLEL_SHARE = 1 / 6
"""The distance of the standard parallels from the edges, as a share of the height (Deetz and Adams 1934, p. 91)."""

STEP_DEGREES = 0.5
"""The edges of an extent are curved on the plane. This is the distance of the points along them."""

SEAM, SOUTH, NORTH = 150.0, -40.0, 89.9
"""Degrees to either side of the central meridian, and degrees of latitude: beyond, a conic map is torn."""

EDGE_MM = 2.0
"""The distance between the points along the edge of a map."""


def check_extent(extent: Sequence[float], usual: Extent) -> Extent:
    """Check that an extent can be drawn: degrees in order, not too small, and inside the basemap.

    Parameters
    ----------
    extent
        West, south, east, north in degrees (EPSG:4326).
    usual
        The extent that the remedy suggests.

    Raises
    ------
    UsageError
        If it cannot be drawn.
    """
    given, remedy = _written(extent), message("error.figure.extent", _written(usual))
    if len(extent) != len(FRAME) or not all(math.isfinite(edge) for edge in extent):
        raise UsageError(message("error.figure.extent.numbers", given, remedy))
    west, south, east, north = extent
    if east - west < LEAST_DEGREES or north - south < LEAST_DEGREES:
        raise UsageError(message("error.figure.extent.empty", given, remedy))
    if west < FRAME[0] or south < FRAME[1] or east > FRAME[2] or north > FRAME[3]:
        raise UsageError(message("error.figure.extent.outside", given, _written(FRAME), remedy))
    return west, south, east, north


def inside(bounds: Sequence[float]) -> Extent:
    """The part of a view that the basemap covers."""
    west, south, east, north = bounds
    return max(west, FRAME[0]), max(south, FRAME[1]), min(east, FRAME[2]), min(north, FRAME[3])


def _written(extent: Sequence[float]) -> str:
    """An extent as a user types it."""
    return ",".join(f"{edge:g}" for edge in extent)


@dataclass(frozen=True)
class Conic:
    """Albers' equal-area conic projection of the WGS84 ellipsoid, in metres.

    Attributes
    ----------
    parallels
        Latitudes of the two standard parallels, in degrees.
    meridian
        Longitude of the central meridian, in degrees.
    """

    parallels: tuple[float, float]
    meridian: float

    @classmethod
    def fitting(cls, extent: Extent) -> "Conic":
        """The projection for an extent: standard parallels a sixth of its height inside, central meridian mid."""
        west, south, east, north = extent
        inside = (north - south) * PARALLEL_SHARE
        return cls((round(south + inside, 1), round(north - inside, 1)), round((west + east) / 2, 1))

    @cached_property
    def proj(self) -> pyproj.Proj:
        """The projection as a PROJ string."""
        low, high = self.parallels
        return pyproj.Proj(proj="aea", lat_1=low, lat_2=high, lat_0=low, lon_0=self.meridian, ellps="WGS84")

    def project(self, degrees: Array) -> Array:
        """Rows of longitude and latitude in degrees to rows of easting and northing in metres."""
        return np.column_stack(self.proj(degrees[:, 0], degrees[:, 1]))

    def unproject(self, metres: Array) -> Array:
        """Rows of easting and northing in metres to rows of longitude and latitude in degrees."""
        return np.column_stack(self.proj(metres[:, 0], metres[:, 1], inverse=True))


@dataclass(frozen=True)
class Window:
    """A rectangle on the plane of a projection, and its position on paper.

    Attributes
    ----------
    conic
        The projection.
    metres
        Left, lower, right, upper edge on the plane, in metres.
    paper
        The same on paper, in millimetres from the sheet's lower left corner.
    """

    conic: Conic
    metres: tuple[float, float, float, float]
    paper: tuple[float, float, float, float]

    @property
    def mm_per_m(self) -> float:
        """The scale of the map on paper."""
        return (self.paper[2] - self.paper[0]) / (self.metres[2] - self.metres[0])

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude and latitude of its centre, in degrees."""
        left, lower, right, upper = self.metres
        lon, lat = self.conic.unproject(np.array([[(left + right) / 2, (lower + upper) / 2]]))[0]
        return float(lon), float(lat)

    @property
    def world(self) -> Extent:
        """The part of the world that can be drawn around its centre without a seam."""
        return self.conic.meridian - SEAM, SOUTH, self.conic.meridian + SEAM, NORTH

    def within(self, extent: Extent) -> bool:
        """Whether it shows nothing outside an extent."""
        edge = shapely.segmentize(shapely.box(*self.paper).exterior, EDGE_MM)
        degrees = self.to_degrees(shapely.get_coordinates(edge))
        return bool(((degrees >= extent[:2]) & (degrees <= extent[2:])).all())

    def to_paper(self, degrees: Array) -> Array:
        """Rows of longitude and latitude in degrees to rows of millimetres on paper."""
        return np.asarray((self.conic.project(degrees) - self.metres[:2]) * self.mm_per_m + self.paper[:2])

    def to_degrees(self, paper: Array) -> Array:
        """Rows of millimetres on paper to rows of longitude and latitude in degrees."""
        return self.conic.unproject((paper - self.paper[:2]) / self.mm_per_m + self.metres[:2])

    def drawn(self, shapes: Array, *, beyond: float = 2.0, tolerance: float = 0.05) -> Array:
        """Geometries in degrees as they are on paper: projected, cut a little outside the frame, and simplified.

        ``beyond`` and ``tolerance`` are millimetres. Geometries outside become empty.
        """
        left, lower, right, upper = self.paper
        laid = shapely.transform(shapes, self.to_paper)
        cut = shapely.clip_by_rect(laid, left - beyond, lower - beyond, right + beyond, upper + beyond)
        return np.asarray(shapely.simplify(cut, tolerance, preserve_topology=False))

    def length_mm(self, length_m: float) -> float:
        """The length on paper of a distance along the parallel through the centre, half of it to either side."""
        lon, lat = self.centre
        ends = [WGS84.fwd(lon, lat, azimuth, length_m / 2)[:2] for azimuth in (270, 90)]
        (x0, y0), (x1, y1) = self.to_paper(np.array(ends))
        return math.hypot(x1 - x0, y1 - y0)


def extent_on_plane(extent: Extent, conic: Conic, *, whole: bool = True) -> tuple[float, float, float, float]:
    """The smallest rectangle of the plane that contains an extent: left, lower, right, upper in metres.

    Its northern corners are higher than the middle of its northern edge. If the whole extent need not be visible, the
    rectangle ends half way between.
    """
    edge = shapely.get_coordinates(shapely.segmentize(shapely.box(*extent).exterior, STEP_DEGREES))
    east, north = conic.project(edge).T
    upper = float(north.max())
    if not whole:
        upper = (upper + float(conic.project(np.array([[conic.meridian, extent[3]]]))[0, 1])) / 2
    return float(east.min()), float(north.min()), float(east.max()), upper


def widened(metres: tuple[float, float, float, float], aspect: float) -> tuple[float, float, float, float]:
    """A rectangle made wider or higher around its centre until its width is ``aspect`` times its height."""
    left, lower, right, upper = metres
    width, height = right - left, upper - lower
    wider, higher = max(width, height * aspect), max(height, width / aspect)
    middle = ((left + right) / 2, (lower + upper) / 2)
    return middle[0] - wider / 2, middle[1] - higher / 2, middle[0] + wider / 2, middle[1] + higher / 2
