"""Geometries to geometries that no longer cross the antimeridian: cut at ±180° of longitude (RFC 7946, section 3.1.9).

A hop that spans more than 180° of longitude goes the short way, over the antimeridian. Each such hop gets a position on
±180°, on the geodesic between its ends. So the cut changes neither the length of a line nor the area of a polygon. A
hop between positions that both lie on ±180° is an edge of the map, and no crossing.
"""

from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GeometryCollection, LineString, MultiLineString, MultiPolygon, Polygon, affinity, box
from shapely.geometry.base import BaseGeometry, BaseMultipartGeometry

from corridors.geo.geodesy import HALF_TURN, Coordinates, cut_at_antimeridian
from corridors.geo.segments import WGS84

TURN: Final = 2 * HALF_TURN
POLE: Final = 90.0
STEPS: Final = 60
"""Halvings of a hop until its crossing is found: more than a float has digits."""


def split_at_antimeridian(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Cut the geometries that cross the antimeridian. All others are returned as they are.

    Parameters
    ----------
    shapes
        Geometries, EPSG:4326, longitudes from -180 to 180. Missing ones stay missing.

    Returns
    -------
    numpy.ndarray
        A new array of the same length. What was cut is a MultiLineString or MultiPolygon, without elevations.
    """
    result = np.array(shapes, dtype=object)
    west, _, east, _ = shapely.bounds(result).T
    for place in np.flatnonzero(east - west > HALF_TURN):
        result[place] = _split(result[place])
    return result


def _split(shape: BaseGeometry) -> BaseGeometry:
    """One geometry, cut if it crosses."""
    if isinstance(shape, BaseMultipartGeometry):
        whole = list(shape.geoms)
        parts = [_split(part) for part in whole]
        if all(new is old for new, old in zip(parts, whole, strict=True)):
            return shape
        pieces = [piece for part in parts for piece in shapely.get_parts(part)]
        if isinstance(shape, MultiLineString):
            return MultiLineString(pieces)
        return MultiPolygon(pieces) if isinstance(shape, MultiPolygon) else GeometryCollection(pieces)
    if isinstance(shape, LineString) and _crossings(shapely.get_coordinates(shape)).any():
        return cut_at_antimeridian(_with_crossings(shapely.get_coordinates(shape)))
    if isinstance(shape, Polygon) and any(
        _crossings(shapely.get_coordinates(ring)).any() for ring in shapely.get_rings(shape)
    ):
        return _split_polygon(shape)
    return shape


def _crossings(line: Coordinates) -> NDArray[np.bool_]:
    """Which hops of a line cross the antimeridian."""
    lon = line[:, 0]
    edge = (np.abs(lon[1:]) == HALF_TURN) & (np.abs(lon[:-1]) == HALF_TURN)
    crossing: NDArray[np.bool_] = (np.abs(np.diff(lon)) > HALF_TURN) & ~edge
    return crossing


def _with_crossings(line: Coordinates) -> Coordinates:
    """A line with one position more in each hop that crosses: on ±180°, at the side of the hop's start."""
    hops = np.flatnonzero(_crossings(line))
    hops = hops[(np.abs(line[hops, 0]) < HALF_TURN) & (np.abs(line[hops + 1, 0]) < HALF_TURN)]
    side = np.copysign(HALF_TURN, line[hops, 0])
    new = np.column_stack([side, _latitudes_at_180(line[hops], line[hops + 1])])
    return np.insert(line, hops + 1, new, axis=0)


def _latitudes_at_180(starts: Coordinates, ends: Coordinates) -> Coordinates:
    """The latitudes at which the geodesics between pairs of positions meet ±180° of longitude."""
    azimuth, _, metres = WGS84.inv(starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1])
    low, high = np.zeros(len(starts)), np.asarray(metres, dtype=float)
    latitudes = starts[:, 1].copy()
    for _ in range(STEPS):
        middle = (low + high) / 2
        lon, lat, _ = WGS84.fwd(starts[:, 0], starts[:, 1], azimuth, middle)
        latitudes = np.asarray(lat)
        passed = np.sign(np.asarray(lon)) != np.sign(starts[:, 0])
        low, high = np.where(passed, low, middle), np.where(passed, middle, high)
    return latitudes


def _split_polygon(shape: Polygon) -> BaseGeometry:
    """A polygon cut into those parts that lie in one world each: its rings unwrapped, cut, and put back."""
    outer, *holes = (_unwrapped(shapely.get_coordinates(ring)) for ring in shapely.get_rings(shape))
    holes = [np.add(hole, [_turns_to(hole, outer), 0]) for hole in holes]
    whole = shapely.make_valid(Polygon(outer, holes))
    first, _, last, _ = np.floor((np.array(whole.bounds) + HALF_TURN) / TURN).astype(int)
    pieces = []
    for world in range(int(first), int(last) + 1):
        window = box(TURN * world - HALF_TURN, -POLE, TURN * world + HALF_TURN, POLE)
        part = affinity.translate(shapely.intersection(whole, window), -TURN * world)
        pieces += [piece for piece in shapely.get_parts(part) if isinstance(piece, Polygon) and not piece.is_empty]
    return shapely.union_all(pieces)  # parts round a pole meet where its ring begins


def _unwrapped(ring: Coordinates) -> Coordinates:
    """A ring whose longitudes run on beyond ±180°. A ring round a pole is closed along that pole."""
    ring = _with_crossings(ring)
    hops = np.diff(ring[:, 0])
    hops -= np.where(_crossings(ring), np.copysign(TURN, hops), 0)
    lon = ring[0, 0] + np.concatenate([[0.0], np.cumsum(hops)])
    lon[np.abs(ring[:, 0]) == HALF_TURN] = (
        np.round((lon[np.abs(ring[:, 0]) == HALF_TURN] - HALF_TURN) / TURN) * TURN + HALF_TURN
    )
    open_ring = np.column_stack([lon, ring[:, 1]])
    if abs(lon[-1] - lon[0]) < HALF_TURN:
        return open_ring
    pole = float(np.copysign(POLE, ring[:, 1].mean()))
    return np.vstack([open_ring, [[lon[-1], pole], [lon[0], pole], open_ring[0]]])


def _turns_to(hole: Coordinates, outer: Coordinates) -> float:
    """By how many degrees (whole turns) a hole is moved so that it lies within its outer ring."""
    centre = (hole[:, 0].min() + hole[:, 0].max()) / 2
    middle = (outer[:, 0].min() + outer[:, 0].max()) / 2
    return float(np.round((middle - centre) / TURN) * TURN)
