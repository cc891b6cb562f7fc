"""The basemap's files to the lowest layers of a map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypedDict

import geopandas as gpd
import numpy as np
import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from corridors.data.basemap import AROUND, read_basemap_file
from corridors.data.iso import country_name
from corridors.geo.frame import Box
from corridors.geo.geodesy import distance_km
from corridors.locales import LANGUAGES

EDGE_STEP = 0.1
"""Degrees between the points on a country's edge to which the distance of its name is measured."""

NEAR = 10.0
"""The basemap has its details within at least so many degrees of the content."""

COARSE = 0.3
"""The greatest distance that a border far from the content may move, in degrees."""

LABEL_KM = (300, 100, 50)
"""Distances from the name to the edge of a country, in kilometres: with less, its name appears later."""


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


def world_labels(folder: Path, near: BaseGeometry) -> list[CountryLabel]:
    """The same for all countries of a region, and for large ones elsewhere, from ``labels.geojson`` of a folder."""
    labels: list[CountryLabel] = []
    for about, place in read_basemap_file(folder / "labels.geojson"):
        code, km = str(about["iso_a3"]), int(str(about["km"]))
        rank = 1 + sum(km < least for least in LABEL_KM)
        if rank == 1 or place.intersects(near):
            names = {language: country_name(code, language) for language in LANGUAGES}
            lon, lat = shapely.get_coordinates(place)[0].tolist()
            labels.append({"name": names, "lon": lon, "lat": lat, "km": km, "rank": rank, "iso": code})
    return labels


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
    """

    folder: Path
    land: Sequence[BaseGeometry]
    lakes: Sequence[BaseGeometry]
    rivers: Sequence[BaseGeometry]
    borders: Sequence[BaseGeometry]
    disputed: Sequence[BaseGeometry]
    labels: Sequence[CountryLabel] = ()

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


def world_around(inside: Basemap, bounds: Box) -> Basemap:
    """The basemap of the world for content in some bounds: in detail near them, coarse land and borders elsewhere.

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
    outside = inside.around
    west, south, east, north = bounds
    near = shapely.box(*bounds).buffer(max(NEAR, east - west, north - south), join_style="mitre")
    shapely.prepare(near)

    def detailed(name: str) -> list[BaseGeometry]:
        shapes = np.array([*getattr(inside, name), *getattr(outside, name)], dtype=object)
        return list(shapes[shapely.intersects(near, shapes)])

    def borders(name: str) -> list[BaseGeometry]:
        shapes = np.array([*getattr(inside, name), *getattr(outside, name)], dtype=object)
        coarse = shapely.simplify(shapely.difference(shapes, near), COARSE, preserve_topology=False)
        return _lines([*shapely.intersection(shapes, near), *coarse])

    land = shapely.make_valid(np.array(detailed("land"), dtype=object))
    far = shapely.difference(shapely.make_valid(list(inside.world)), near)
    return Basemap(
        folder=inside.folder,
        land=[part for shape in (*far, *shapely.intersection(land, near)) for part in polygons_of(shape).geoms],
        lakes=detailed("lakes"),
        rivers=detailed("rivers"),
        borders=borders("borders"),
        disputed=borders("disputed"),
        labels=world_labels(inside.folder, near),
    )


def _lines(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """The lines of some geometries, without points."""
    return [part for part in shapely.get_parts(shapes) if part.geom_type == "LineString" and not part.is_empty]


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

    def parts(name: str, *, disputed: bool | None = None) -> list[BaseGeometry]:
        found = read_basemap_file(folder / f"{name}.geojson")
        shapes = [shape for about, shape in found if disputed in {None, about.get("disputed")}]
        return [part for shape in shapes for part in shapely.get_parts(shape)]

    return Basemap(
        folder=folder,
        land=parts("countries"),
        lakes=parts("lakes"),
        rivers=parts("rivers"),
        borders=parts("borders", disputed=False),
        disputed=parts("borders", disputed=True),
        labels=labels,
    )
