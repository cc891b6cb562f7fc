"""Stops and alignments to the hops of a line: each on its tracks, or straight from stop to stop.

A straight hop begins and ends where tracks pass its stops, if any do: those of its own line, or else of another. So
lines have no gaps, and meet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from shapely import LineString

from corridors.data.alignments import Alignment, Key
from corridors.geo.geodesy import Coordinates, densify, distance_km, lengths_km
from corridors.layers.lengths import Hop, Position, Stop

STEP_KM = 25.0
"""Longest step of a straight hop. A geodesic of this length looks straight on every map of the atlas."""

DECIMALS = 6

STRAY = 0.1
"""An estimate, not a measurement: the line's deviation between two known points is a tenth of their distance."""

MOVED_M = 1000.0
"""A stop that lies farther from the end of its tracks than when these were matched, by more than this, was moved."""

NONE: Mapping[Key, Alignment] = MappingProxyType({})
NOWHERE: Mapping[str, Position] = MappingProxyType({})


def off_m(places: Coordinates, stops: Sequence[Stop]) -> Coordinates:
    """The distance in metres of each stop from its place (longitude and latitude, one row each)."""
    return 1000 * distance_km(*places.T, *np.array([(stop.lon, stop.lat) for stop in stops]).T)


def with_room(legs: Sequence[Alignment | None]) -> list[Alignment | None]:
    """The alignments of hops in order, without those that leave no room for a straight hop beside them.

    If the tracks before this hop end where those after it begin, those farther from their stop do not lead to it.
    """
    found = [*legs]
    for nth in range(1, len(found) - 1):
        before, after = found[nth - 1], found[nth + 1]
        if before and after and not found[nth] and before.course[-1] == after.course[0]:
            found[nth + (1 if before.off_m[1] < after.off_m[0] else -1)] = None
    return found


def meeting_places(stops: Mapping[str, Sequence[Stop]], legs: Mapping[Key, Alignment]) -> dict[str, Position]:
    """Where tracks pass each stop (by its id) nearest to it, of all lines of a layer. ``stops`` has those by line."""
    found: dict[str, tuple[float, Position]] = {}
    for leg in (leg for line, own in stops.items() for leg in _fitting(line, own, legs) if leg):
        ends = leg.course[0], leg.course[-1]
        for name, off, place in zip((leg.start, leg.end), leg.off_m, ends, strict=True):
            found[name] = min(found.get(name, (off, place)), (off, place))
    return {name: place for name, (_, place) in found.items()}


def line_hops(
    line: str,
    stops: Sequence[Stop],
    legs: Mapping[Key, Alignment] = NONE,
    meets: Mapping[str, Position] = NOWHERE,
    *,
    tracks_tell: bool = False,
) -> list[Hop]:
    """The hops of a line, without published lengths.

    Parameters
    ----------
    line
        Its id.
    stops
        Its stops in order.
    legs
        The alignments of its layer. Those that do not fit their stops are not used.
    meets
        Where tracks of any line pass a stop, by its id.
    tracks_tell
        Whether the lengths of tracks are better than those of straight hops.
    """
    ends = list(pairwise(stops))
    if not ends:
        return []
    found = _fitting(line, stops, legs)
    places = _places(stops, found, meets)
    courses = [leg.course if leg else places[nth : nth + 2] for nth, leg in enumerate(found)]
    lon, lat = np.array([(stop.lon, stop.lat) for stop in stops]).T
    straight = distance_km(lon[:-1], lat[:-1], lon[1:], lat[1:]).tolist()
    drawn = lengths_km([LineString(course) for course in courses]).tolist()
    return [
        Hop(
            line=line,
            one=ends[nth][0],
            other=ends[nth][1],
            straight_km=straight[nth],
            measured_km=drawn[nth],
            track_km=leg.km if leg and tracks_tell else straight[nth],
            basis="tracks" if leg and tracks_tell else "unscaled",
            course=courses[nth],
            along_km=leg.km if leg else None,
            accuracy_m=leg.accuracy_m if leg else _stray_m(*ends[nth], straight[nth]),
        )
        for nth, leg in enumerate(found)
    ]


def _fitting(line: str, stops: Sequence[Stop], legs: Mapping[Key, Alignment]) -> list[Alignment | None]:
    """The alignment of each hop of a line, if it fits its stops and leaves room for the hops beside it.

    One that no longer begins and ends at its stops does not fit: they were moved since it was matched.
    """
    found = [legs.get((line, one.id, other.id)) for one, other in pairwise(stops)]
    known = [(nth, leg) for nth, leg in enumerate(found) if leg]
    if known:
        ends = np.array([end for _, leg in known for end in (leg.course[0], leg.course[-1])])
        off = off_m(ends, [stop for nth, _ in known for stop in stops[nth : nth + 2]]).reshape(-1, 2)
        most = np.array([leg.off_m for _, leg in known]) + MOVED_M
        for at in np.flatnonzero((off > most).any(axis=1)).tolist():
            found[known[at][0]] = None
    return with_room(found)


def _places(
    stops: Sequence[Stop], found: Sequence[Alignment | None], meets: Mapping[str, Position]
) -> tuple[Position, ...]:
    """Where a line passes its stops: on its own tracks, else on those of another line, else at the stop.

    No two stops in order have the same place.
    """
    own: dict[int, Position] = {}
    for nth, leg in enumerate(found):
        if leg:
            own |= {nth: leg.course[0], nth + 1: leg.course[-1]}
    places: list[Position] = []
    for nth, stop in enumerate(stops):
        itself = (stop.lon, stop.lat)
        place = own.get(nth) or meets.get(stop.id, itself)
        taken = nth not in own and place in (*places[-1:], own.get(nth + 1))
        places.append(itself if taken else place)
    return tuple(places)


def _stray_m(one: Stop, other: Stop, straight_km: float) -> int:
    """An estimate in metres of how far away the real line may be from a straight hop."""
    return int(max(one.accuracy_m, other.accuracy_m, round(1000 * STRAY * straight_km, -3)))


@dataclass(frozen=True, slots=True)
class Course:
    """Hops as one line.

    Attributes
    ----------
    positions
        Longitude and latitude in degrees, EPSG:4326, one row each. None is the same as the one before.
    ends
        For each hop, the rows of its first and its last position.
    """

    positions: Coordinates
    ends: Sequence[tuple[int, int]]

    @property
    def line(self) -> LineString:
        """The geometry."""
        return LineString(self.positions)

    @property
    def hop_lines(self) -> list[LineString]:
        """The geometry of each hop."""
        return [LineString(self.positions[first : last + 1]) for first, last in self.ends]


def course_of(hops: Sequence[Hop]) -> Course:
    """Some hops in order as they are drawn."""
    positions: list[list[float]] = []
    ends = []
    for hop in hops:
        dense = np.array(hop.course) if hop.on_track else densify(np.array(hop.course), step_km=STEP_KM)
        rows = dense.round(DECIMALS).tolist()
        first = len(positions) - (positions[-1:] == rows[:1])
        for row in rows:
            if positions[-1:] != [row]:
                positions.append(row)
        ends.append((first, len(positions) - 1))
    return Course(np.array(positions), ends)
