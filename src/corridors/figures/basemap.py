"""The ground of a figure: sea, land, lakes, rivers, borders, and the globe that says where it lies."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
import shapely
from shapely import MultiPolygon, Point

from corridors.content.basemap import Basemap
from corridors.errors import FileError
from corridors.figures.projection import STEP_DEGREES, Window
from corridors.geo.frame import FRAME

if TYPE_CHECKING:
    from corridors.figures.canvas import Canvas

Array = np.ndarray[Any, Any]

FINE_MM, COARSE_MM = 0.1, 0.2
"""How far lines of the ground may move on paper."""

EDGE_MM = 2.0
"""The edge of a map is drawn on the globe through points so far apart."""

SMALLEST_MM2 = 0.15
"""Islands and lakes of less are specks on paper."""

FAR_DEGREES = 150.0
"""Land that reaches so far round the globe would be torn at the point opposite."""


@dataclass(frozen=True)
class Ground:
    """The basemap in degrees, EPSG:4326, lon/lat.

    Attributes
    ----------
    land
        All land in one, so that no seam shows between countries.
    lakes, rivers, borders, disputed
        Geometries of each.
    world
        The land of the whole world, coarsely.
    """

    land: shapely.Geometry
    lakes: Array
    rivers: Array
    borders: Array
    disputed: Array
    world: Array

    @classmethod
    def of(cls, basemap: Basemap, folder: Path) -> "Ground":
        """The basemap as figures draw it, with the world read from the folder that it came from."""
        path = folder / "world.geojson"
        try:
            world = json.loads(path.read_text(encoding="utf-8"))["features"]
        except OSError as error:
            raise FileError(
                f"{path}: cannot be read ({error.strerror}). Remedy: restore it, or run make basemap."
            ) from error
        land = shapely.union_all(shapely.make_valid(basemap.land))
        return cls(
            land=MultiPolygon([part for part in shapely.get_parts(land) if part.geom_type == "Polygon"]),
            lakes=np.array(basemap.lakes, dtype=object),
            rivers=np.array(basemap.rivers, dtype=object),
            borders=np.array(basemap.borders, dtype=object),
            disputed=np.array(basemap.disputed, dtype=object),
            world=np.array([shapely.from_geojson(json.dumps(one["geometry"])) for one in world], dtype=object),
        )


def coverage(window: Window) -> shapely.Geometry:
    """The part of a window that the basemap covers, on paper."""
    whole = shapely.segmentize(shapely.box(*FRAME), STEP_DEGREES)
    return shapely.intersection(shapely.transform(whole, window.to_paper), shapely.box(*window.paper))


def draw_land(canvas: "Canvas", window: Window, ground: Ground) -> None:
    """Draw sea, land, rivers and lakes."""
    colors = canvas.colors
    canvas.fill(coverage(window), colors.sea)
    canvas.fill(_polygons(window.drawn(np.array([ground.land]), tolerance=FINE_MM)), colors.land)
    canvas.stroke(_kept(window.drawn(ground.rivers, tolerance=COARSE_MM)), colors.river, 0.8)
    canvas.fill(_polygons(window.drawn(ground.lakes, tolerance=COARSE_MM)), colors.lake)


def draw_borders(canvas: "Canvas", window: Window, ground: Ground) -> None:
    """Draw borders, disputed ones dashed."""
    for shapes, dash in ((ground.borders, None), (ground.disputed, "4 3")):
        canvas.stroke(_kept(window.drawn(shapes, tolerance=FINE_MM)), canvas.colors.border, 0.9, dash=dash)


def draw_globe(canvas: "Canvas", window: Window, ground: Ground, centre: tuple[float, float], radius: float) -> None:
    """Draw the half of the globe about a window's middle, with the window on it; millimetres.

    Lambert's azimuthal equal-area projection: the half that can be seen ends at the radius of the earth times √2.
    """
    lon, lat = window.centre
    globe = pyproj.Proj(proj="laea", lon_0=lon, lat_0=lat, R=radius / np.sqrt(2))

    def lay(degrees: Array) -> Array:
        return np.column_stack(globe(degrees[:, 0], degrees[:, 1])) + centre

    disc = Point(centre).buffer(radius, quad_segs=24)
    dense = shapely.segmentize(ground.world, 5.0)
    laid = [shapely.make_valid(shapely.transform(shape, lay)) for shape in dense if _near(shape, lon, lat)]
    land = shapely.union_all([_faces(shapely.intersection(shape, disc)) for shape in laid])
    edge = shapely.segmentize(coverage(window), EDGE_MM)
    here = shapely.transform(edge, lambda paper: lay(window.to_degrees(paper)))
    canvas.fill(disc.buffer(canvas.pixel), canvas.colors.paper)
    canvas.fill(disc, canvas.colors.sea)
    canvas.fill(shapely.simplify(_faces(land), COARSE_MM), canvas.colors.border)
    canvas.stroke(disc.exterior, canvas.colors.quiet, 0.7)
    canvas.fill(shapely.intersection(here, disc), canvas.colors.loss, alpha=0.18)
    canvas.stroke(shapely.boundary(here), canvas.colors.loss, 1.2)


def _near(shape: shapely.Geometry, lon: float, lat: float) -> bool:
    """Whether land does not reach round to the far side of the globe."""
    degrees = np.radians(shapely.get_coordinates(shape))
    lons, lats = degrees[:, 0] - np.radians(lon), degrees[:, 1]
    high = np.radians(lat)
    cosine = np.sin(high) * np.sin(lats) + np.cos(high) * np.cos(lats) * np.cos(lons)
    return bool(cosine.min() > np.cos(np.radians(FAR_DEGREES)) and cosine.max() > 0)


def _faces(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a geometry, without lines and points."""
    return MultiPolygon([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])


def _kept(shapes: Array) -> Array:
    """The geometries that are not empty."""
    return np.asarray(shapes[~shapely.is_empty(shapes)])


def _polygons(shapes: Array) -> Array:
    """The polygons among geometries that were cut, of a size that can be seen."""
    parts = shapely.get_parts(shapely.get_parts(shapes))
    return np.asarray(parts[(shapely.get_type_id(parts) == 3) & (shapely.area(parts) > SMALLEST_MM2)])  # noqa: PLR2004 - polygons
