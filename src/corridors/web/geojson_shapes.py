"""Geometry to GeoJSON and back, for many features at once: coordinates are read and written in a few calls."""

import json
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GeometryType

from corridors.data.geojson_shape import DEPTH

NAMES = {
    GeometryType.POINT: "Point",
    GeometryType.LINESTRING: "LineString",
    GeometryType.POLYGON: "Polygon",
    GeometryType.MULTIPOINT: "MultiPoint",
    GeometryType.MULTILINESTRING: "MultiLineString",
    GeometryType.MULTIPOLYGON: "MultiPolygon",
}


def geometries_of(shapes: NDArray[np.object_]) -> list[dict[str, object] | None]:
    """Return the GeoJSON geometry of shapes, as ``__geo_interface__`` has it, with lists in place of tuples.

    Parameters
    ----------
    shapes
        Geometries of any kind. A missing or empty one gives None.
    """
    found: list[dict[str, object] | None] = [None] * len(shapes)
    kinds = np.where(shapely.is_empty(shapes), -1, shapely.get_type_id(shapes))
    deep = shapely.has_z(shapes)
    usual = np.isin(kinds, list(NAMES)) & ~shapely.has_m(shapes) & (shapely.get_num_geometries(shapes) == _full(shapes))
    usual &= ~(deep & (kinds == GeometryType.MULTIPOINT))  # a height may be missing at some of their points
    for kind, name in NAMES.items():
        for has_z in (False, True):
            places = np.flatnonzero(usual & (kinds == kind) & (deep == has_z))
            if not len(places):
                continue
            _, positions, edges = shapely.to_ragged_array(shapes[places], include_z=has_z)
            nested = positions.tolist()
            for cuts in edges:
                nested = [nested[start:end] for start, end in pairwise(cuts.tolist())]
            for place, coordinates in zip(places.tolist(), nested, strict=True):
                found[place] = {"type": name, "coordinates": coordinates}
    for place in np.flatnonzero((kinds >= 0) & ~usual).tolist():
        found[place] = json.loads(json.dumps(shapely.geometry.mapping(shapes[place])))
    return found


def _full(shapes: NDArray[np.object_]) -> NDArray[np.int64]:
    """The number of parts of each shape that are not empty."""
    parts, owners = shapely.get_parts(shapes, return_index=True)
    return np.bincount(owners[~shapely.is_empty(parts)], minlength=len(shapes))


def shapes_of(geometries: Sequence[Mapping[str, Any] | None]) -> NDArray[np.object_]:
    """Return the shapes of GeoJSON geometries, without heights. A missing or empty one gives None.

    Raises
    ------
    ValueError
        If one is a collection, or has positions from which no geometry can be made.
    """
    found = np.full(len(geometries), None, dtype=object)
    kinds = [
        None if geometry is None or geometry.get("coordinates") == [] else geometry.get("type")
        for geometry in geometries
    ]
    for kind in dict.fromkeys(kinds):
        if kind is None:
            continue
        places = [place for place, one in enumerate(kinds) if one == kind]
        try:
            found[places] = _shapes(kind, [geometries[place]["coordinates"] for place in places])  # type: ignore[index]
        except (KeyError, TypeError, shapely.errors.GEOSException) as error:
            raise ValueError(kind) from error
    return found


def _shapes(kind: str, nested: list[Any]) -> NDArray[np.object_]:
    """The shapes of geometries of one kind from their coordinates."""
    edges = []
    for _ in range(DEPTH[kind]):
        edges.append(np.cumsum([0, *map(len, nested)]))
        nested = [item for items in nested for item in items]
    if set(map(len, nested)) != {2}:
        nested = [position[:2] for position in nested]
    positions = np.fromiter(chain.from_iterable(nested), np.float64, 2 * len(nested)).reshape(-1, 2)
    number = next(number for number, name in NAMES.items() if name == kind)
    return shapely.from_ragged_array(number, positions, tuple(reversed(edges)) or None)
