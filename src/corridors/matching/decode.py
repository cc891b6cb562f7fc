"""Candidates of stops to the most likely way of a line: a hidden Markov model, solved by the Viterbi algorithm.

After Newson and Krumm, "Hidden Markov map matching through noise and sparseness", 2009. The costs are negative
logarithms of probabilities. The way between two stops costs its detour. A line may also leave the tracks from one stop
to the next, and may pass a stop that is far from all its tracks. Both have a price.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import dijkstra

from corridors.matching.candidates import Candidates
from corridors.matching.tracks import Floats, Near

OFF_COST, OFF_COST_PER_KM = 10.0, 0.02
"""What a leg without tracks costs, and each of its kilometres."""

PASSED_COST = 12.0
"""What it costs to pass a stop with a standard deviation of 1 km. Less certain stops cost less."""

MOST_PASSED = 2
"""The most stops in a row that are passed."""

DETOUR_KM, DETOUR_SHARE = 1.5, 0.06
"""The usual detour of a way: so many kilometres, and this share of the straight distance."""

LONGEST_FACTOR, LONGEST_KM = 1.8, 8.0
"""Ways longer than this factor of the straight distance, plus so many kilometres, are refused."""

UNREACHED = np.inf


@dataclass(frozen=True, slots=True)
class Leg:
    """The line from one stop to another.

    Attributes
    ----------
    one, other
        The numbers of the stops.
    start, end
        Their places on the tracks. None is the stop's own position.
    on_track
        Whether the line follows the tracks.
    """

    one: int
    other: int
    start: int | None
    end: int | None
    on_track: bool


class Decoder:
    """The costs of all ways between the candidates of a line; ``decode`` finds the best sequence."""

    def __init__(self, near: Near, candidates: Candidates, stops: Floats, sigma_km: Floats) -> None:
        """Search the ways. ``stops`` are positions in the plane of the tracks. All is in kilometres."""
        self._stops, self._candidates = stops, candidates
        self._passed = PASSED_COST / np.sqrt(sigma_km)
        self._ways: dict[tuple[int, int], Floats] = {}
        matrix = near.matrix()
        for one in range(len(stops)):
            mine = candidates.place[candidates.of(one)]
            others = range(one + 1, min(one + MOST_PASSED + 3, len(stops)))
            if not len(mine) or not others:
                continue
            straight = [_apart(near.xy[mine], near.xy[candidates.place[candidates.of(other)]]) for other in others]
            limit = max((_longest(away).max(initial=0.0) for away in straight), default=0.0)
            found = dijkstra(matrix, directed=False, indices=mine, limit=limit)
            for other, away in zip(others, straight, strict=True):
                way = found[:, candidates.place[candidates.of(other)]]
                cost = np.maximum(0.0, way - away) / (DETOUR_KM + DETOUR_SHARE * away)
                self._ways[one, other] = np.where(way <= _longest(away), cost, UNREACHED)

    def decode(self, *, without: int | None = None) -> list[Leg]:
        """The legs of the best sequence of candidates, in order; ``without`` a stop that is left out."""
        stops = [stop for stop in range(len(self._stops)) if stop != without]
        best: dict[int, Floats] = {stops[0]: self._emission(stops[0])}
        back: dict[int, list[tuple[int, int, bool]]] = {}
        for nth, stop in enumerate(stops[1:], start=1):
            emission = self._emission(stop)
            best[stop] = np.full(len(emission), UNREACHED)
            back[stop] = [(stops[0], 0, False)] * len(emission)
            for before, cost, on_track in self._steps(stops, nth):
                total = best[before][:, None] + cost
                came = total.argmin(axis=0)
                least = total[came, np.arange(len(emission))] + emission
                for state in np.flatnonzero(least < best[stop]).tolist():
                    best[stop][state] = least[state]
                    back[stop][state] = (before, int(came[state]), on_track)
        legs: list[Leg] = []
        stop, state = stops[-1], int(best[stops[-1]].argmin())
        while stop != stops[0]:
            before, was, on_track = back[stop][state]
            legs.append(Leg(before, stop, self._place(before, was), self._place(stop, state), on_track))
            stop, state = before, was
        return legs[::-1]

    def _emission(self, stop: int) -> Floats:
        """The cost of each state of a stop: first the stop itself, then its candidates."""
        return np.concatenate([np.zeros(1), self._candidates.cost[self._candidates.of(stop)]])

    def _place(self, stop: int, state: int) -> int | None:
        """The position of a state in the network."""
        return int(self._candidates.place[self._candidates.of(stop)][state - 1]) if state else None

    def _steps(self, stops: list[int], nth: int) -> Iterator[tuple[int, Floats, bool]]:
        """The ways to a stop: from which stop, the costs between their states, and whether they are on tracks."""
        stop = stops[nth]
        for passed in range(min(MOST_PASSED + 1, nth)):
            before = stops[nth - 1 - passed]
            if (ways := self._ways.get((before, stop))) is not None:
                cost = np.full((ways.shape[0] + 1, ways.shape[1] + 1), UNREACHED)
                cost[1:, 1:] = ways + self._passed[stops[nth - passed : nth]].sum()
                yield before, cost, True
        before = stops[nth - 1]
        states = len(self._emission(before)), len(self._emission(stop))
        leg_km = float(np.hypot(*(self._stops[stop] - self._stops[before])))
        yield before, np.full(states, OFF_COST + OFF_COST_PER_KM * leg_km), False


def _apart(start: Floats, end: Floats) -> Floats:
    """The straight distances between two lists of positions."""
    return np.hypot(start[:, None, 0] - end[None, :, 0], start[:, None, 1] - end[None, :, 1])


def _longest(straight: Floats) -> Floats:
    """The longest way that is accepted."""
    return LONGEST_FACTOR * straight + LONGEST_KM
