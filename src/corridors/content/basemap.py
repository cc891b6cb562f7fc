"""The basemap's files to the lowest layers of a map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeAlias, TypedDict

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GeometryType, MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from corridors.data.basemap import AROUND, FINE, read_basemap_file
from corridors.data.iso import country_name
from corridors.geo.frame import FRAME, Box
from corridors.geo.geodesy import distance_km
from corridors.locales import LANGUAGES

EDGE_STEP = 0.1
"""Degrees between the points on a country's edge to which the distance of its name is measured."""

NEAR = 10.0
"""The basemap has its details within at least so many degrees of the content."""

COARSE = 0.3
"""The greatest distance that a border far from the content may move, in degrees."""

COARSE_STEP, FINE_STEP = 4e-3, 2e-3
"""Degrees; about four hundred metres for what is drawn at 1:50 million, and two hundred for 1:10 million."""

LABEL_KM = (300, 100, 50)
"""Distances from the name to the edge of a country, in kilometres: with less, its name appears later."""


Shapes: TypeAlias = NDArray[np.object_]
"""An array of geometries."""


class CountryLabel(TypedDict):
    """The name of a country on the basemap: its position in degrees, and its distance to the edge in kilometres."""

    name: Mapping[str, str]
    lon: float
    lat: float
    km: int
    rank: int
    iso: str


def country_labels(countries: gpd.GeoDataFrame) -> list[CountryLabel]:
    """The positions of countries' names on the basemap, by language, and their distance to the edge (``km``)."""
    return [
        {
            "name": {
                language: country.get(f"name_{language}") or country_name(country["country"], language)
                for language in LANGUAGES
            },
            "lon": float(country["label_lon"]),
            "lat": float(country["label_lat"]),
            "km": inside_km(country["geometry"], float(country["label_lon"]), float(country["label_lat"])),
            "rank": 1 if country["group"] != "corridor" else 2,
            "iso": country["country"],
        }
        for country in countries.to_dict("records")
    ]


@dataclass(frozen=True, eq=False)
class Basemap:
    """The lowest layers of a map: shapely geometries, EPSG:4326, lon/lat in degrees.

    Attributes
    ----------
    land, lakes
        Polygons.
    rivers, borders, disputed
        Lines; ``disputed`` are the disputed borders.
    folder
        The folder of its files.
    labels
        The positions of the names of countries.
    owners
        The alpha-3 code of the country of each polygon of land, if they are known and it has one.
    disputes
        The name of the dispute of each disputed line, if they are known.
    step
        The distance in degrees that its positions are true to: pages have them as multiples of it.
    """

    folder: Path
    land: Sequence[BaseGeometry]
    lakes: Sequence[BaseGeometry]
    rivers: Sequence[BaseGeometry]
    borders: Sequence[BaseGeometry]
    disputed: Sequence[BaseGeometry]
    labels: Sequence[CountryLabel] = ()
    owners: Sequence[str | None] = ()
    disputes: Sequence[str] = ()
    step: float = COARSE_STEP

    @cached_property
    def whole_land(self) -> MultiPolygon:
        """All land in one geometry, so that no seam is visible between countries in print."""
        return polygons_of(shapely.union_all(shapely.make_valid(self.land)))

    @cached_property
    def world(self) -> Sequence[BaseGeometry]:
        """The land of the whole world, with little detail.

        Raises
        ------
        FileError
            If its file cannot be read.
        """
        return [shape for _, shape in read_basemap_file(self.folder / "world.geojson")]

    @cached_property
    def around(self) -> "Basemap":
        """The basemap of the world around this one.

        Raises
        ------
        FileError
            If one of its files cannot be read.
        """
        return read_basemap(self.folder / AROUND)

    @cached_property
    def fine(self) -> "Basemap":
        """The same with more vertices, for pages, which can be enlarged.

        Beyond its extent are land and borders with little detail.

        Raises
        ------
        FileError
            If one of its files cannot be read.
        """
        inside = read_basemap(self.folder / FINE)
        land = _parts(_divided(self.valid_world, shapely.box(*FRAME))[1], GeometryType.POLYGON)
        borders = shapely.simplify(self.around.borders, COARSE, preserve_topology=False)
        return replace(
            inside,
            land=[*inside.land, *land],
            borders=[*inside.borders, *borders],
            labels=self.labels,
            step=FINE_STEP,
        )

    @cached_property
    def everywhere(self) -> "Basemap":
        """Itself and the basemap around it: valid land, and the names of all countries from ``labels.geojson``.

        Raises
        ------
        FileError
            If one of its files cannot be read.
        """
        around = self.around
        return Basemap(
            folder=self.folder,
            land=_valid([*self.land, *around.land]),
            lakes=[*self.lakes, *around.lakes],
            rivers=[*self.rivers, *around.rivers],
            borders=[*self.borders, *around.borders],
            disputed=[*self.disputed, *around.disputed],
            labels=_world_labels(self.folder),
        )

    @cached_property
    def valid_world(self) -> Sequence[BaseGeometry]:
        """The land of the whole world with little detail, valid."""
        return _valid(self.world)


def world_around(inside: Basemap, bounds: Box) -> Basemap:
    """The basemap of the world for content in some bounds: in detail near them, coarse land and borders elsewhere.

    Names are those of all countries near the content, and of large ones elsewhere.

    Parameters
    ----------
    inside
        The basemap of the atlas.
    bounds
        West, south, east, north of the content in degrees.

    Raises
    ------
    FileError
        If a file cannot be read.
    """
    every = inside.everywhere
    west, south, east, north = bounds
    near = shapely.box(*bounds).buffer(max(NEAR, east - west, north - south), join_style="mitre")
    shapely.prepare(near)

    def borders(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
        close, far = _divided(shapes, near)
        return _parts([*close, *shapely.simplify(far, COARSE, preserve_topology=False)], GeometryType.LINESTRING)

    return Basemap(
        folder=inside.folder,
        land=_parts([*_divided(inside.valid_world, near)[1], *_divided(every.land, near)[0]], GeometryType.POLYGON),
        lakes=_touching(every.lakes, near),
        rivers=_touching(every.rivers, near),
        borders=borders(every.borders),
        disputed=borders(every.disputed),
        labels=[
            label for label in every.labels if label["rank"] == 1 or near.covers(Point(label["lon"], label["lat"]))
        ],
    )


def _world_labels(folder: Path) -> list[CountryLabel]:
    """The positions of the names of all countries, from ``labels.geojson`` of a folder."""
    labels: list[CountryLabel] = []
    for about, place in read_basemap_file(folder / "labels.geojson"):
        code, km = str(about["iso_a3"]), int(str(about["km"]))
        names = {language: country_name(code, language) for language in LANGUAGES}
        lon, lat = shapely.get_coordinates(place)[0].tolist()
        rank = 1 + sum(km < least for least in LABEL_KM)
        labels.append({"name": names, "lon": lon, "lat": lat, "km": km, "rank": rank, "iso": code})
    return labels


def _touching(shapes: Sequence[BaseGeometry], area: BaseGeometry) -> list[BaseGeometry]:
    """The geometries that an area intersects."""
    found = np.array(shapes, dtype=object)
    return list(found[shapely.intersects(area, found)])


def _divided(shapes: Sequence[BaseGeometry], area: BaseGeometry) -> tuple[Shapes, Shapes]:
    """The parts of geometries inside an area, and those outside. What lies wholly on one side is not cut."""
    found = np.array(shapes, dtype=object)
    held, met = shapely.covers(area, found), shapely.intersects(area, found)
    cut = found[met & ~held]
    inside = np.concatenate([found[held], shapely.intersection(cut, area)])
    return inside, np.concatenate([found[~met], shapely.difference(cut, area)])


def _parts(shapes: Sequence[BaseGeometry] | Shapes, kind: GeometryType) -> list[BaseGeometry]:
    """The parts of geometries that are of one kind."""
    parts = shapely.get_parts(shapes)
    return list(parts[(shapely.get_type_id(parts) == kind) & ~shapely.is_empty(parts)])


def _valid(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """The geometries as valid ones."""
    return list(shapely.make_valid(np.array(shapes, dtype=object)))


def polygons_of(shape: shapely.Geometry) -> MultiPolygon:
    """The polygons of a geometry, without lines and points."""
    return MultiPolygon([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])


def inside_km(shape: BaseGeometry, lon: float, lat: float) -> int:
    """The distance from a place to the edge of its country, in whole kilometres; 0 outside."""
    if not shape.contains(shapely.Point(lon, lat)):
        return 0
    edge = shapely.get_coordinates(shapely.segmentize(shape.boundary, EDGE_STEP))
    here = np.full(len(edge), lon), np.full(len(edge), lat)
    return int(distance_km(*here, edge[:, 0], edge[:, 1]).min())


def read_basemap(folder: Path, labels: Sequence[CountryLabel] = ()) -> Basemap:
    """The basemap of a folder, with the given names of countries.

    Raises
    ------
    FileError
        If one of its files cannot be read.
    InputError
        If a file is not as ``make basemap`` writes it.
    """

    def parts(name: str) -> list[tuple[Mapping[str, object], BaseGeometry]]:
        found = read_basemap_file(folder / f"{name}.geojson")
        return [(about, part) for about, shape in found for part in shapely.get_parts(shape)]

    def shapes(name: str) -> list[BaseGeometry]:
        return [shape for _, shape in parts(name)]

    land, borders = parts("countries"), parts("borders")
    return Basemap(
        folder=folder,
        land=[shape for _, shape in land],
        lakes=shapes("lakes"),
        rivers=shapes("rivers"),
        borders=[shape for about, shape in borders if not about["disputed"]],
        disputed=[shape for about, shape in borders if about["disputed"]],
        disputes=[str(about["dispute"]) for about, _ in borders if about["disputed"]],
        labels=labels,
        owners=[str(about["iso_a3"]) if about["iso_a3"] else None for about, _ in land],
    )
