"""Stops and the tracks near them to candidates: the places on the tracks where each stop may be.

A candidate is a place where the distance to the stop is locally least. Its cost is that of a normal distribution:
half the square of its distance, divided by the variances of the stop and of the track.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree

from corridors.matching.tracks import GRAIN_KM, Floats, Integers, Near

FARTHEST = 5.0
"""Candidates farther away than this many standard deviations are left out."""

MOST = 12
"""The most candidates of one stop: those with the least cost."""

WIDEST_SPREAD_KM = 30.0
"""Standard deviations of tracks count up to here."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of all stops, ordered by stop.

    Attributes
    ----------
    stop
        The number of the stop of each candidate.
    place
        Its position in the network.
    cost
        Half the squared distance, in standard deviations.
    track_share
        How far the line is drawn from the track to the stop: the share of the track's variance in both variances.
    """

    stop: Integers
    place: Integers
    cost: Floats
    track_share: Floats

    def of(self, stop: int) -> slice:
        """The candidates of one stop."""
        start, end = np.searchsorted(self.stop, (stop, stop + 1))
        return slice(int(start), int(end))


def find_candidates(near: Near, stops: Floats, sigma_km: Floats) -> tuple[Near, Candidates]:
    """The candidates of stops, and the network with them as positions.

    Parameters
    ----------
    near
        The tracks near the line.
    stops
        Positions of the stops in the plane of the tracks, in kilometres: rows of x and y.
    sigma_km
        The standard deviation of the position of each stop.
    """
    segments, points = near.segments, np.asarray(shapely.points(stops), dtype=object)
    spread = np.minimum(near.spread, WIDEST_SPREAD_KM)
    reach = FARTHEST * np.hypot(sigma_km, spread.max(initial=0.0))
    stop, edge = STRtree(segments).query(points, predicate="dwithin", distance=reach)
    share = np.nan_to_num(np.asarray(shapely.line_locate_point(segments[edge], points[stop], normalized=True)))
    track = np.maximum(GRAIN_KM, spread[edge] * 4 * share * (1 - share))
    variance = sigma_km[stop] ** 2 + track**2
    distance = shapely.distance(segments[edge], points[stop])
    cost = distance**2 / variance / 2
    place: Integers = np.where(share <= 0, near.edges[edge, 0], np.where(share >= 1, near.edges[edge, 1], -1))
    kept = np.flatnonzero((cost <= FARTHEST**2 / 2) & (_least_at_ends(near, stop, place)))
    kept = kept[np.lexsort([edge[kept], cost[kept], stop[kept]])]
    ends = np.where(place[kept] >= 0, place[kept], -1 - np.arange(len(kept)))
    _, once = np.unique(np.column_stack([stop[kept], ends]), axis=0, return_index=True)
    kept = kept[np.sort(once)]
    rank = np.arange(len(kept)) - np.searchsorted(stop[kept], stop[kept])
    kept = kept[rank < MOST]
    cut, places = near.with_points(edge[kept], share[kept])
    return cut, Candidates(stop[kept], places, cost[kept], track[kept] ** 2 / variance[kept])


def _least_at_ends(near: Near, stop: Integers, place: Integers) -> NDArray[np.bool_]:
    """Whether the distance is least there: at an end of an edge, all other edges of that end must agree."""
    degree = np.bincount(near.edges.ravel(), minlength=len(near.xy))
    key = stop * (len(near.xy) + 1) + place + 1
    _, same, count = np.unique(key, return_inverse=True, return_counts=True)
    result: NDArray[np.bool_] = (place < 0) | (count[same] >= degree[place])
    return result
