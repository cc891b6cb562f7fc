"""Stops of a line and tracks to the line on the tracks, from stop to stop.

Where no way over the tracks is likely, there is no section, and the line stays what it was: straight from stop to stop.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
import shapely
from shapely import LineString

from corridors.matching.bends import bent, spikeless
from corridors.matching.candidates import find_candidates
from corridors.matching.decode import Decoder, Leg
from corridors.matching.tracks import Floats, Plane, Tracks, bend_spread, near_line, straight_km
from corridors.matching.walk import Walk, Walker

WIDTH_KM, WIDTH_SHARE, WIDEST_KM = 20.0, 0.3, 90.0
"""Tracks are searched within a distance of the chain of stops: at least the first, or a share of the longest leg."""

ACCURACY_SIGMAS = 3.0
"""The accuracy of a stop is taken as so many standard deviations."""

SHARPEST = 120.0
"""Sharper turns, in degrees, do not come from drawing a line to a stop."""

UNTOLD = 0.05
"""The standard deviation of a track, divided by the step, where a stop has shown that its length does not tell it."""

LEAST_SIGMA_KM = 0.15
"""The least standard deviation of a stop: a station is long."""

DOUBTFUL_SHARE = 0.5
"""A track is doubtful if its standard deviation is more than a limit, and more than this share of its bow.

The bow is the greatest distance from the straight line between both stops. A network that leaves out so many vertices
tells no more than the straight line.
"""


@dataclass(frozen=True, slots=True)
class Station:
    """A stop of a line: its id, longitude and latitude in degrees (EPSG:4326), and its accuracy in kilometres."""

    id: str
    lon: float
    lat: float
    accuracy_km: float


@dataclass(frozen=True, slots=True)
class Section:
    """A line on its tracks from one stop to the next.

    Attributes
    ----------
    one, other
        The numbers of the two stops.
    line
        The geometry, EPSG:4326.
    km
        The length of its tracks in kilometres. It is more than that of the geometry where the network is simplified.
    gap_km
        The part of it that closes gaps of the network.
    spread_km
        The greatest standard deviation of the track around the geometry.
    """

    one: int
    other: int
    line: LineString
    km: float
    gap_km: float
    spread_km: float


@dataclass(frozen=True, slots=True)
class Miss:
    """A stop that was left out, with its distance in kilometres from the line that was matched without it.

    ``chain_km`` is its distance from the straight line between its neighbours, and ``on_track`` says whether the tracks
    were followed there.
    """

    stop: int
    km: float
    chain_km: float
    on_track: bool


@dataclass(frozen=True, slots=True)
class Trust:
    """When a section is kept.

    Attributes
    ----------
    off_km
        Tracks that pass a stop farther away than its accuracy and these kilometres do not lead to it.
    doubtful_km
        From this standard deviation on, a track must bow out from the straight line between both stops.
    """

    off_km: float = np.inf
    doubtful_km: float = np.inf


ALL = Trust()


class Match:
    """A line of stops, matched on tracks.

    Attributes
    ----------
    stations
        The stops in order.
    plane
        The map projection in which it was matched.
    sections
        The matched sections in order. Legs without tracks are not among them.
    """

    def __init__(self, stations: Sequence[Station], tracks: Tracks, trust: Trust = ALL) -> None:
        """Match the line."""
        self.stations = tuple(stations)
        self._trust = trust
        degrees = np.array([(stop.lon, stop.lat) for stop in stations])
        self.plane = Plane(degrees)
        self._stops = self.plane.xy(degrees)
        longest = float(np.hypot(*np.diff(self._stops, axis=0).T).max(initial=0.0))
        width = min(WIDEST_KM, max(WIDTH_KM, WIDTH_SHARE * longest))
        near = near_line(tracks, degrees, self.plane, width_km=width)
        self.sections: tuple[Section, ...] = ()
        if not len(near.edges):
            return
        sigma = np.array([max(LEAST_SIGMA_KM, stop.accuracy_km / ACCURACY_SIGMAS) for stop in stations])
        self._near, self._candidates = find_candidates(near, self._stops, sigma)
        self._decoder = Decoder(self._near, self._candidates, self._stops, sigma)
        self._walker = Walker(self._near, places=len(near.xy))
        self.sections = tuple(self._sections(self._decoder.decode()))

    def misses(self) -> Iterator[Miss]:
        """Leave out one stop after another, match again, and measure how far the line then is from it."""
        for stop in range(1, len(self.stations) - 1):
            here = shapely.Point(self._stops[stop])
            chain = shapely.distance(here, LineString(self._stops[[stop - 1, stop + 1]]))
            if not self.sections:
                yield Miss(stop, float(chain), float(chain), on_track=False)
                continue
            legs = self._decoder.decode(without=stop)
            legs = _run(legs, next(nth for nth, leg in enumerate(legs) if leg.other > stop))
            found = {section.one: section for section in self._sections(legs, without=stop)}
            ends = list(pairwise(nth for nth in range(legs[0].one, legs[-1].other + 1) if nth != stop))
            lines = [self._course(found.get(one), one, other) for one, other in ends]
            km = float(shapely.distance(here, lines).min())
            yield Miss(stop, km, float(chain), on_track=stop - 1 in found)

    def _course(self, section: Section | None, one: int, other: int) -> LineString:
        """A section in the plane; without one, the straight line between both stops."""
        return LineString(self.plane.xy(np.array(section.line.coords)) if section else self._stops[[one, other]])

    def _sections(self, legs: Sequence[Leg], *, without: int | None = None) -> Iterator[Section]:
        """The likely sections of all ways on the tracks; ``without`` a stop that is left out."""
        for on_track, run in groupby(legs, key=lambda leg: leg.on_track):
            if on_track:
                ways = list(run)
                stops = [stop for stop in range(ways[0].one, ways[-1].other + 1) if stop != without]
                yield from filter(self._likely, self._split(self._walker.walk(ways), stops))

    def _likely(self, section: Section) -> bool:
        """Whether a section leads to both stops, and tells more than the straight line between them."""
        ends = [section.one, section.other]
        xy = self.plane.xy(np.array(section.line.coords))
        off = np.hypot(*(xy[[0, -1]] - self._stops[ends]).T)
        if (off > [self.stations[stop].accuracy_km + self._trust.off_km for stop in ends]).any():
            return False
        bow = float(shapely.distance(shapely.points(xy), LineString(self._stops[ends])).max())
        return section.spread_km <= max(self._trust.doubtful_km, DOUBTFUL_SHARE * bow)

    def _split(self, walk: Walk, stops: Sequence[int]) -> Iterator[Section]:
        """Cut a way at stops, in order. A stop that it passes is where the way is nearest to it."""
        curve, along, steps_km, spread = self._curve(walk)
        km = np.r_[0.0, np.cumsum(steps_km)]
        gap = np.r_[0.0, np.cumsum(steps_km * self._near.gap[walk.edges])]
        at: dict[int, float] = {stop: float(mark) for stop, mark in walk.marks.items()}
        before = stops[0]
        for stop in stops[1:]:
            if stop not in walk.marks:
                after = min(mark for mark in walk.marks if mark > stop)
                at[stop] = _nearest(curve, along, self._stops[stop], at[before], at[after])
            before = stop
        order = list(zip(stops, stops[1:], stops[2:], strict=False))
        nowhere = {stop for one, stop, other in order if stop not in walk.marks and not at[one] < at[stop] < at[other]}
        for one, other in pairwise(stops):
            start, end = at[one], at[other]
            if end <= start or {one, other} & nowhere:
                continue
            steps = np.r_[start, along[(along > start) & (along < end)], end]
            vertices = np.column_stack([np.interp(steps, along, axis) for axis in curve.T])
            nth = np.arange(len(km))
            yield Section(
                one,
                other,
                LineString(self.plane.degrees(vertices)),
                float(np.diff(np.interp([start, end], nth, km))[0]),
                float(np.diff(np.interp([start, end], nth, gap))[0]),
                float(spread[int(start) : int(np.ceil(end))].max()),
            )

    def _measured(self, walk: Walk, xy: Floats) -> tuple[Floats, Floats, Floats]:
        """Of each step of a way: its length, this divided by its chord, and the standard deviation of the track.

        The length of an edge is divided among its parts in proportion to the drawing, which is never longer.
        """
        nth = np.arange(len(xy) - 1)
        drawn = straight_km(self.plane.degrees(xy), np.column_stack([nth, nth + 1]))
        _, whole = np.unique(self._near.whole[walk.edges], return_inverse=True)
        km, length = (np.bincount(whole, weights=steps) for steps in (walk.km, drawn))
        stretch = np.maximum(1.0, km / np.maximum(length, 1e-9))[whole]
        gap = self._near.gap[walk.edges]
        untold = np.minimum(self._near.spread[walk.edges], np.where(stretch > 1, 0.0, UNTOLD * drawn))
        spread = np.maximum(bend_spread(drawn, drawn * stretch), untold)
        return drawn * stretch, stretch, np.where(gap, self._near.spread[walk.edges], spread)

    def _curve(self, walk: Walk) -> tuple[Floats, Floats, Floats, Floats]:
        """A way as it is drawn: its vertices, and where each is along the way, as ``bent`` tells it.

        Then the length and the standard deviation of each step of the way. Where a way runs to a stop and back, the
        stop is left beside it.
        """
        xy = self._drawn(walk)
        steps_km, stretch, spread = self._measured(walk, xy)
        curve, along = bent(xy, stretch)
        kept = spikeless(curve)
        return curve[kept], along[kept], steps_km, spread

    def _drawn(self, walk: Walk) -> Floats:
        """The vertices of a way. Where its track is uncertain, it is drawn to its stops by the strength of both.

        A stop that would make the line turn back is left beside it.
        """
        xy = self._near.xy[walk.places].copy()
        for stop, mark in walk.marks.items():
            mine = self._candidates.of(stop)
            found = np.flatnonzero(self._candidates.place[mine] == walk.places[mark])
            if len(found):
                share = float(self._candidates.track_share[mine][found[0]])
                moved = xy.copy()
                moved[mark] += share * (self._stops[stop] - xy[mark])
                around = slice(max(0, mark - 2), mark + 3)
                if _sharpest(moved[around]) <= max(SHARPEST, _sharpest(xy[around])):
                    xy = moved
        return xy


def _run(legs: Sequence[Leg], nth: int) -> list[Leg]:
    """A leg on the tracks, with those before and after it."""
    first = nth - (nth > 0 and legs[nth - 1].on_track)
    last = nth + (nth + 1 < len(legs) and legs[nth + 1].on_track)
    return list(legs[first : last + 1])


def _nearest(curve: Floats, along: Floats, stop: Floats, start: float, end: float) -> float:
    """Where on a way, between two places, it is nearest to a stop."""
    inside = np.flatnonzero((along >= start) & (along <= end))
    if len(inside) < 2:  # noqa: PLR2004 - no step lies between
        return start
    ends = np.stack([curve[inside[:-1]], curve[inside[1:]]], axis=1)
    steps = np.asarray(shapely.linestrings(ends), dtype=object)
    nearest = int(shapely.distance(steps, shapely.Point(stop)).argmin())
    share = float(np.nan_to_num(shapely.line_locate_point(steps[nearest], shapely.Point(stop), normalized=True)))
    return float(np.interp(nearest + share, np.arange(len(inside)), along[inside]))


def _sharpest(xy: Floats) -> float:
    """The sharpest turn of a line in degrees: 0 is straight on, 180 is back."""
    course = np.degrees(np.arctan2(*np.diff(xy, axis=0).T))
    return float(np.abs((np.diff(course) + 180) % 360 - 180).max(initial=0.0))
