"""Lines on the WGS84 ellipsoid: their length, their course, and where they cross the antimeridian.

All coordinates are degrees in EPSG:4326, longitude first. Lengths are geodesic, in kilometres. ``pyproj.Geod`` computes
them with the algorithms of C. F. F. Karney, "Algorithms for geodesics", Journal of Geodesy 87, 2013.
"""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from corridors.geo.parts import parts_of
from corridors.geo.segments import WGS84, segment_metres

METRES_PER_KM = 1000.0
AT_ONCE = 1 << 11
"""Geometries that are measured at once: memory and time then grow with their number and no faster."""

HALF_TURN = 180.0
COMPASS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")

Coordinates = NDArray[np.float64]
"""An array of positions, one per row: longitude, latitude."""


def distance_km(lon: Coordinates, lat: Coordinates, other_lon: Coordinates, other_lat: Coordinates) -> Coordinates:
    """Geodesic distance in kilometres between positions, elementwise (arrays of one shape, degrees)."""
    _, _, metres = WGS84.inv(lon, lat, other_lon, other_lat)
    return np.asarray(metres) / METRES_PER_KM


def lengths_km(lines: Sequence[BaseGeometry] | NDArray[np.object_]) -> Coordinates:
    """Geodesic length in kilometres of each geometry's lines. Points have length 0."""
    geometries = np.asarray(lines, dtype=object)
    some = (geometries[at : at + AT_ONCE] for at in range(0, len(geometries), AT_ONCE))
    return np.concatenate([np.zeros(0), *map(_lengths_km, some)])


def _lengths_km(geometries: NDArray[np.object_]) -> Coordinates:
    """The lengths of some geometries."""
    parts, owner = parts_of(geometries)
    coordinates, part = shapely.get_coordinates(parts, return_index=True)
    same_part = part[1:] == part[:-1]
    start, end = (  # each axis for itself, which numpy chooses from many times as fast as from rows
        np.array([axis[positions][same_part] for axis in coordinates.T]).T
        for positions in (slice(None, -1), slice(1, None))
    )
    metres = segment_metres(start, end)
    owners = owner[part[1:][same_part]]
    return np.bincount(owners, weights=metres, minlength=len(geometries)) / METRES_PER_KM


def areas_km2(areas: Sequence[BaseGeometry]) -> Coordinates:
    """Geodesic area in square kilometres of each geometry's polygons, without their holes; all else is 0."""
    geometries = np.asarray(areas, dtype=object)
    polygons, owner = shapely.get_parts(geometries, return_index=True)
    totals = np.zeros(len(geometries))
    for polygon, nth in zip(polygons, owner, strict=True):
        if polygon.geom_type == "Polygon" and not polygon.is_empty:
            outer, *holes = (_ring_area(ring) for ring in shapely.get_rings(polygon))
            totals[nth] += (outer - sum(holes)) / METRES_PER_KM**2
    return totals


def _ring_area(ring: BaseGeometry) -> float:
    """Geodesic area in square metres within a ring, whichever way it runs."""
    area, _ = WGS84.polygon_area_perimeter(*shapely.get_coordinates(ring).T)
    return abs(float(area))


def densify(coordinates: Coordinates, *, step_km: float) -> Coordinates:
    """Add positions along the geodesics between the given ones, so that no hop is longer than a step.

    Parameters
    ----------
    coordinates
        Positions of the line, at least two: rows of longitude and latitude.
    step_km
        Longest hop of the result in kilometres.

    Returns
    -------
    Coordinates
        The given positions, unchanged, and the new ones between them.
    """
    lon, lat = coordinates[:, 0], coordinates[:, 1]
    azimuth, _, metres = WGS84.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    pieces = np.maximum(1, np.ceil(np.asarray(metres) / METRES_PER_KM / step_km)).astype(int)
    hop = np.repeat(np.arange(len(pieces)), pieces)
    nth = np.arange(len(hop)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    along = np.asarray(metres)[hop] * nth / pieces[hop]
    new_lon, new_lat, _ = WGS84.fwd(lon[hop], lat[hop], np.asarray(azimuth)[hop], along)
    dense = np.column_stack([np.asarray(new_lon), np.asarray(new_lat)])
    dense[nth == 0] = coordinates[:-1]
    return np.vstack([dense, coordinates[-1:]])


def great_circle(origin: tuple[float, float], destination: tuple[float, float], *, step_km: float) -> Coordinates:
    """Positions of the shortest arc between two places (longitude, latitude), at most one step in km apart."""
    return densify(np.array([origin, destination], dtype=float), step_km=step_km)


def cut_at_antimeridian(coordinates: Coordinates) -> LineString | MultiLineString:
    """A line cut where it crosses ±180° of longitude (RFC 7946, section 3.1.9).

    A hop that spans more than 180° of longitude is assumed to cross the antimeridian. The latitude of the cut is
    interpolated linearly, so densify a long line first.
    """
    turns = np.diff(coordinates[:, 0])
    unwrapped = coordinates.copy()
    unwrapped[1:, 0] -= np.cumsum(np.where(turns > HALF_TURN, 360.0, np.where(turns < -HALF_TURN, -360.0, 0.0)))
    if np.abs(turns).max(initial=0) <= HALF_TURN:
        return LineString(coordinates)
    unwrapped[:, 0] = unwrapped[:, 0].round(9)  # a difference in the last digit is not a crossing
    world = np.floor((unwrapped[:, 0] + HALF_TURN) / 360.0)
    parts: list[list[tuple[float, float]]] = [[(float(unwrapped[0, 0] - 360 * world[0]), float(unwrapped[0, 1]))]]
    for (lon0, lat0), (lon1, lat1), here, there in zip(
        unwrapped[:-1], unwrapped[1:], world[:-1], world[1:], strict=True
    ):
        if here != there:
            edge = 360.0 * max(here, there) - HALF_TURN
            share = (edge - lon0) / (lon1 - lon0)
            lat = float((1.0 - share) * lat0 + share * lat1)  # this form is exact at both ends
            side = HALF_TURN if there > here else -HALF_TURN
            parts[-1].append((side, lat))
            parts.append([(-side, lat)])
        parts[-1].append((float(lon1 - 360.0 * there), float(lat1)))
    lines = [LineString([place for place, _ in groupby(part)]) for part in parts if len(set(part)) > 1]
    return lines[0] if len(lines) == 1 else MultiLineString(lines)


def direction(origin: tuple[float, float], destination: tuple[float, float]) -> str:
    """The compass direction (n, ne, …, nw) from one place (longitude, latitude) to another."""
    azimuth, _, _ = WGS84.inv(*origin, *destination)
    return COMPASS[round(azimuth % 360.0 / 45.0) % len(COMPASS)]
