"""Legs on the tracks to drawn ways: from vertex to vertex, without spurs, loops and doubled ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra

from corridors.matching.decode import LONGEST_FACTOR, LONGEST_KM, Leg
from corridors.matching.tracks import Floats, Near

LONGEST_LOOP_KM = 60.0
"""A way that comes back to one place after less than this is cut short there."""

DOUBLED_KM, BESIDE_KM = 0.5, 0.4
"""A way is doubled if it runs out and back farther than the first distance, and within the second of itself."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A way over the tracks through several stops.

    Attributes
    ----------
    places
        The positions in the network, in order.
    edges
        An edge from each position to the next: the first one, where several in a row are parts of one edge.
    km
        The length from each position to the next.
    marks
        Where each stop is among the places. Stops that the way passes are not among them.
    """

    places: list[int]
    edges: list[int]
    km: list[float]
    marks: dict[int, int]


class Walker:
    """The ways over one network."""

    def __init__(self, near: Near, *, places: int) -> None:
        """Prepare the search. The first ``places`` of the network are its own, the others candidates on its edges."""
        self._near, self._matrix, self._own = near, near.matrix(), places
        low, high = np.sort(near.edges, axis=1).T
        order = np.lexsort([near.price, high, low])[::-1]
        self._edge = {(int(low[nth]), int(high[nth])): int(nth) for nth in order}

    def walk(self, legs: Sequence[Leg]) -> Walk:
        """The way along legs that follow each other on the tracks. Spurs, loops and doubled ways are cut out."""
        places: list[int] = []
        marks: dict[int, int] = {}
        for leg in legs:
            for place in self._way(leg) if not places else self._way(leg)[1:]:
                places.append(place)
                self._cut(places, marks)
            marks[leg.one] = min(marks.get(leg.one, 0), len(places) - 1)
            marks[leg.other] = len(places) - 1
        self._cut_doubled(places, marks)
        return self._thinned(places, marks)

    def _thinned(self, places: list[int], marks: dict[int, int]) -> Walk:
        """The way without the candidates of stops that are elsewhere."""
        marked = set(marks.values())
        kept = [nth for nth, place in enumerate(places) if place < self._own or nth in marked]
        edges: list[int] = []
        for nth in kept[:-1]:
            edge = self._edge.get(_pair(places[nth], places[nth + 1]))
            edges.append(edges[-1] if edge is None and edges else edge or 0)
        km = [self._km(places[one : other + 1]) for one, other in pairwise(kept)]
        at = {nth: new for new, nth in enumerate(kept)}
        return Walk([places[nth] for nth in kept], edges, km, {stop: at[mark] for stop, mark in marks.items()})

    def _way(self, leg: Leg) -> list[int]:
        """The cheapest way of a leg, as positions."""
        if leg.start is None or leg.end is None:
            msg = "the leg is not on the tracks"
            raise ValueError(msg)
        limit = LONGEST_FACTOR * float(np.hypot(*(self._near.xy[leg.start] - self._near.xy[leg.end]))) + LONGEST_KM
        _, before = dijkstra(
            self._matrix, directed=False, indices=leg.start, return_predecessors=True, limit=1.001 * limit
        )
        places = [leg.end]
        while places[-1] != leg.start:
            places.append(int(before[places[-1]]))
        return places[::-1]

    def _km(self, places: Sequence[int]) -> float:
        """The length of a way. Where a doubled way was cut out, it jumps to the track beside."""
        return sum(self._step_km(*pair) for pair in pairwise(places))

    def _step_km(self, one: int, other: int) -> float:
        """The length from one place to the next."""
        edge = self._edge.get(_pair(one, other))
        away = self._near.xy[one] - self._near.xy[other]
        return float(np.hypot(*away)) if edge is None else float(self._near.km[edge])

    def _cut(self, places: list[int], marks: dict[int, int]) -> None:
        """If the way has come back to a place, leave out all between."""
        last = len(places) - 1
        for first in range(last - 1, -1, -1):
            if places[first] == places[last] and self._km(places[first:]) <= LONGEST_LOOP_KM:
                self._leave_out(places, marks, first, last)
                return

    def _cut_doubled(self, places: list[int], marks: dict[int, int]) -> None:
        """Leave out ways out and back on parallel tracks."""
        first = 0
        while first < len(places):
            last = _doubled(self._near.xy[places[first:]])
            if last:
                self._leave_out(places, marks, first, first + last - 1)
            first += 1

    @staticmethod
    def _leave_out(places: list[int], marks: dict[int, int], first: int, last: int) -> None:
        """Leave out the places after the first, up to the last."""
        del places[first + 1 : last + 1]
        for stop, mark in marks.items():
            if mark > first:
                marks[stop] = max(first, mark - (last - first))


def _pair(one: int, other: int) -> tuple[int, int]:
    """Two places, in ascending order."""
    return (one, other) if one < other else (other, one)


def _doubled(xy: Floats) -> int:
    """The last vertex of a way that runs out from the first one and back beside itself; else 0."""
    along = np.concatenate([np.zeros(1), np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    back = np.hypot(*(xy - xy[0]).T) <= BESIDE_KM
    for last in map(int, np.flatnonzero(back & (along >= 2 * DOUBLED_KM) & (along <= LONGEST_LOOP_KM))[::-1]):
        far = int(np.hypot(*(xy[: last + 1] - xy[0]).T).argmax())
        out, home = shapely.LineString(xy[: far + 1]), shapely.LineString(xy[far : last + 1])
        if 0 < far < last and shapely.hausdorff_distance(home, out, densify=0.1) <= BESIDE_KM:
            return last
    return 0
