"""The basemap of a figure: sea, land, lakes, rivers, borders, and the globe that shows its place."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyproj
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from corridors.content.basemap import Basemap, polygons_of
from corridors.content.look import LOOK
from corridors.figures.projection import EDGE_MM, STEP_DEGREES, Array, Window
from corridors.geo.frame import FRAME

if TYPE_CHECKING:
    from corridors.figures.canvas import Canvas


FINE_MM, COARSE_MM = 0.1, 0.2
"""The greatest distance that lines of the basemap may move on paper by simplification."""

SMALLEST_MM2 = 0.15
"""Smaller islands and lakes would only be dots on paper."""

FAR_DEGREES = 150.0
"""Land that reaches so far around the globe would be torn at the opposite point."""


def coverage(window: Window) -> shapely.Geometry:
    """The part of a window that can be drawn, on paper: all of it, unless it reaches around the pole."""
    whole = shapely.segmentize(shapely.box(*window.world), STEP_DEGREES)
    return shapely.intersection(shapely.transform(whole, window.to_paper), shapely.box(*window.paper))


def ground_of(window: Window, basemap: Basemap) -> Basemap:
    """The basemap that a window shows: with the world around it, if the window reaches out of its extent."""
    return basemap if window.within(FRAME) else basemap.everywhere


def draw_land(canvas: "Canvas", window: Window, basemap: Basemap) -> None:
    """Draw sea, land, rivers and lakes."""
    colors = canvas.colors
    canvas.fill(coverage(window), colors.sea)
    canvas.fill(_polygons(_laid(window, [basemap.whole_land], FINE_MM)), colors.land)
    canvas.stroke(_kept(_laid(window, basemap.rivers, COARSE_MM)), colors.river, 0.8)
    canvas.fill(_polygons(_laid(window, basemap.lakes, COARSE_MM)), colors.lake)


def draw_borders(canvas: "Canvas", window: Window, basemap: Basemap) -> None:
    """Draw borders, disputed ones dashed."""
    for shapes, dash in ((basemap.borders, None), (basemap.disputed, LOOK["dashes"]["disputed"])):
        canvas.stroke(_kept(_laid(window, shapes, FINE_MM)), canvas.colors.border, 0.9, dash=dash)


def draw_globe(canvas: "Canvas", window: Window, basemap: Basemap, centre: tuple[float, float], radius: float) -> None:
    """Draw the half of the globe around a window's centre, with the window on it; millimetres.

    Lambert's azimuthal equal-area projection: the visible half ends at the radius of the earth times √2.
    """
    lon, lat = window.centre
    globe = pyproj.Proj(proj="laea", lon_0=lon, lat_0=lat, R=radius / np.sqrt(2))

    def lay(degrees: Array) -> Array:
        return np.column_stack(globe(degrees[:, 0], degrees[:, 1])) + centre

    disc = Point(centre).buffer(radius, quad_segs=24)
    dense = shapely.segmentize(_array(basemap.world), 5.0)
    laid = [shapely.make_valid(shapely.transform(shape, lay)) for shape in dense if _near(shape, lon, lat)]
    land = shapely.union_all([polygons_of(shapely.intersection(shape, disc)) for shape in laid])
    edge = shapely.segmentize(coverage(window), EDGE_MM)
    here = shapely.transform(edge, lambda paper: lay(window.to_degrees(paper)))
    canvas.fill(disc.buffer(canvas.pixel), canvas.colors.paper)
    canvas.fill(disc, canvas.colors.sea)
    canvas.fill(shapely.simplify(polygons_of(land), COARSE_MM), canvas.colors.border)
    canvas.stroke(disc.exterior, canvas.colors.quiet, 0.7)
    canvas.fill(shapely.intersection(here, disc), canvas.colors.loss, alpha=0.18)
    canvas.stroke(shapely.boundary(here), canvas.colors.loss, 1.2)


def _laid(window: Window, shapes: Sequence[BaseGeometry], tolerance: float) -> Array:
    """Geometries as they are on paper, without what lies beyond the seam of the projection."""
    return window.drawn(shapely.clip_by_rect(_array(shapes), *window.world), tolerance=tolerance)


def _near(shape: shapely.Geometry, lon: float, lat: float) -> bool:
    """Whether land does not reach the far side of the globe."""
    degrees = np.radians(shapely.get_coordinates(shape))
    lons, lats = degrees[:, 0] - np.radians(lon), degrees[:, 1]
    high = np.radians(lat)
    cosine = np.sin(high) * np.sin(lats) + np.cos(high) * np.cos(lats) * np.cos(lons)
    return bool(cosine.min() > np.cos(np.radians(FAR_DEGREES)) and cosine.max() > 0)


def _array(shapes: Sequence[BaseGeometry]) -> Array:
    """Geometries as an array."""
    return np.array(shapes, dtype=object)


def _kept(shapes: Array) -> Array:
    """The geometries that are not empty."""
    return np.asarray(shapes[~shapely.is_empty(shapes)])


def _polygons(shapes: Array) -> Array:
    """The polygons among cut geometries that are large enough to see."""
    parts = shapely.get_parts(shapely.get_parts(shapes))
    return np.asarray(parts[(shapely.get_type_id(parts) == 3) & (shapely.area(parts) > SMALLEST_MM2)])  # noqa: PLR2004 - polygons
