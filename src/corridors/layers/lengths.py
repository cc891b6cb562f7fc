"""Published lengths and drawn hops to the best estimate of each hop's length.

A hop is the part of a line from one stop to the next. Its length is **published** if a source of high or medium
confidence states the length of exactly that section; a length of several hops is divided among them in proportion to
what is known of each. Otherwise it is that of its **tracks**, if the line was matched on railway tracks. Otherwise it
is **scaled**: the straight distance between its stops times a winding factor (see ``layers.winding``). Without a factor
it is **unscaled**. A length of another section is never used.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import floor, fsum
from typing import Literal

from corridors.data.tables import Row

Basis = Literal["published", "tracks", "scaled", "unscaled"]
BASES: tuple[Basis, ...] = ("published", "tracks", "scaled", "unscaled")
"""The basis of a hop's length, the best first."""

USED = ("high", "medium")
"""Lengths of these confidences are used."""

SHORTEST = 1 / 1.05
"""A track is not shorter than the straight legs between its stops. These may be misplaced, so this much is allowed."""

Position = tuple[float, float]
"""Longitude and latitude in degrees, EPSG:4326."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One point of a line: its id, its name in English, its position (degrees, EPSG:4326) and the accuracy of this."""

    id: str
    name: str
    lon: float
    lat: float
    km_post: float | None = None
    sources: tuple[str, ...] = ()
    accuracy_m: int = 0


@dataclass(frozen=True, slots=True)
class Hop:
    """A line from one stop to the next.

    Attributes
    ----------
    line
        Id of the line.
    straight_km
        Geodesic distance between its stops.
    measured_km
        Geodesic length of its course, as drawn.
    track_km
        The best estimate of the track.
    basis
        The basis of the estimate.
    own
        Whether its published section lies on this line alone.
    sources
        Ids of the sources of the published length.
    course
        Where it is drawn, from its first stop to its second.
    along_km
        The length of the tracks or roads that it is drawn along. None is drawn straight from stop to stop.
    accuracy_m
        An estimate in metres of how far away the real line may be.
    """

    line: str
    one: Stop
    other: Stop
    straight_km: float
    measured_km: float
    track_km: float
    basis: Basis = "unscaled"
    own: bool = False
    sources: tuple[str, ...] = ()
    course: tuple[Position, ...] = ()
    along_km: float | None = None
    accuracy_m: int = 0

    @property
    def on_track(self) -> bool:
        """Whether it is drawn along tracks or roads."""
        return self.along_km is not None

    @property
    def winding(self) -> float:
        """The estimated length divided by that of the drawing."""
        return self.track_km / self.measured_km if self.measured_km else 1.0


def span(hops: Sequence[Hop], row: Row) -> range:
    """The hops of a line or railway that a stated length covers; empty for a length of another section."""
    mine = [nth for nth, hop in enumerate(hops) if hop.line == row["line"]] or list(range(len(hops)))
    if row["section"] == "whole":
        return range(mine[0], mine[-1] + 1) if mine else range(0)
    starts = {hops[nth].one.id: nth for nth in reversed(mine)}
    ends = {hops[nth].other.id: nth + 1 for nth in mine}
    for start, end in ((row["from_station"], row["to_station"]), (row["to_station"], row["from_station"])):
        if row["section"] == "part" and start in starts and starts[start] < ends.get(end, 0):
            return range(starts[start], ends[end])
    return range(0)


def usable(rows: Iterable[Row]) -> list[Row]:
    """The stated lengths that an estimate may use."""
    return [row for row in rows if row["preferred"] and row["confidence"] in USED and row["section"] != "other"]


def post_spans(hops: Sequence[Hop]) -> Iterator[tuple[range, float, tuple[str, ...]]]:
    """Sections between kilometre posts of one line, with their lengths and sources.

    If two posts are nearer to each other than their stops, a position is wrong. Then the sections are joined.
    """
    starts = [nth for nth, hop in enumerate(hops) if nth == 0 or hop.line != hops[nth - 1].line]
    for first, last in pairwise([*starts, len(hops)]):
        stops = [hops[first].one, *(hop.other for hop in hops[first:last])]
        posts = {first + nth: stop for nth, stop in enumerate(stops) if stop.km_post is not None}
        cuts = [*posts][:1]
        for at in [*posts][1:]:
            if _apart(posts, cuts[-1], at) >= _straight(hops[cuts[-1] : at]):
                cuts.append(at)
        end = max(posts, default=first)
        while len(cuts) > 1 and cuts[-1] != end:  # the rest at the end is added to the sections before
            cuts.pop()
            if _apart(posts, cuts[-1], end) >= _straight(hops[cuts[-1] : end]):
                cuts.append(end)
        for begin, at in pairwise(cuts):
            passed = {source for nth, stop in posts.items() if begin <= nth <= at for source in stop.sources}
            yield range(begin, at), round(_apart(posts, begin, at), 3), tuple(sorted(passed))


def _apart(posts: Mapping[int, Stop], one: int, other: int) -> float:
    """Kilometres between two posts."""
    return abs((posts[one].km_post or 0.0) - (posts[other].km_post or 0.0))


def _straight(hops: Iterable[Hop]) -> float:
    """Kilometres of hops straight from stop to stop."""
    return fsum(hop.straight_km for hop in hops)


def drawn_km(hops: Iterable[Hop]) -> float:
    """Kilometres of hops as drawn."""
    return fsum(hop.measured_km for hop in hops)


def tracks_km(hops: Iterable[Hop]) -> float:
    """Kilometres of hops as drawn on tracks or roads."""
    return fsum(hop.measured_km for hop in hops if hop.on_track)


def publish(hops: Sequence[Hop], rows: Sequence[Row]) -> list[Hop]:
    """Give the hops of a railway (one line or several) their published lengths.

    The section with the fewest hops comes first. A longer section gives its length, minus the shorter ones, to its
    other hops. The rest is not used if the track would be shorter than the straight legs, because the sections then do
    not match.
    """
    result = list(hops)
    stated = [(span(hops, row), row["length_km"], tuple(row["source"]), row["id"]) for row in usable(rows)]
    ordered = sorted(
        (entry for entry in stated if entry[0]), key=lambda entry: (len(entry[0]), entry[0].start, entry[3])
    )
    for where, km, sources in [*post_spans(hops), *(entry[:3] for entry in ordered)]:
        free = [nth for nth in where if result[nth].basis != "published"]
        left = km - fsum(result[nth].track_km for nth in where if nth not in free)
        if not free or left < SHORTEST * _straight(hops[nth] for nth in free):
            continue
        known = fsum(hops[nth].track_km for nth in free)
        own = len({hops[nth].line for nth in where}) == 1
        used = tuple(sorted({*sources, *(source for nth in where for source in result[nth].sources)}))
        for nth in free:
            track = hops[nth].track_km * left / known
            result[nth] = replace(hops[nth], track_km=track, basis="published", own=own, sources=used)
    return result


def scale(hops: Iterable[Hop], factor: float | None) -> list[Hop]:
    """Multiply the hops without another length by a winding factor. None leaves them as they are."""
    return [
        hop
        if hop.basis != "unscaled" or factor is None
        else replace(hop, track_km=hop.straight_km * factor, basis="scaled")
        for hop in hops
    ]


def length_columns(hops: Sequence[Hop]) -> dict[str, object]:
    """The length columns of a drawn line.

    Returns
    -------
    dict
        ``measured_km``: the length as drawn. ``official_km``: the published length of sections on this line alone;
        ``official_section`` names these sections; ``length_ratio`` is their drawn length divided by the published one.
        ``track_km``: the best estimate. ``published_km``: the published part of the estimate. ``tracks_km``: the part
        of the drawing that lies on tracks or roads. All lengths are kilometres.
    """
    columns: dict[str, object] = {
        "measured_km": round(drawn_km(hops), 1),
        "track_km": round(fsum(hop.track_km for hop in hops), 1),
        "published_km": round(fsum(hop.track_km for hop in hops if hop.basis == "published"), 1),
        "tracks_km": round(tracks_km(hops), 1),
    }
    own = [hop for hop in hops if hop.own]
    if own:
        official = fsum(hop.track_km for hop in own)
        columns |= {
            "official_km": round(official, 2),
            "official_section": "; ".join(f"{one.name}–{other.name}" for one, other in _joined(own)),
            "length_ratio": round(drawn_km(own) / official, 3),
        }
    return columns


def basis_percent(km_by_basis: Mapping[Basis, float]) -> dict[Basis, int]:
    """Shares of the bases of lengths, in whole percent. Shares that round to 0 are left out."""
    whole = fsum(km_by_basis.values())
    shares = {basis: floor(100 * km / whole + 0.5) for basis, km in km_by_basis.items()} if whole else {}
    return {basis: share for basis, share in shares.items() if share}


def _joined(hops: Sequence[Hop]) -> list[tuple[Stop, Stop]]:
    """The ends of sections; consecutive hops are one section."""
    sections: list[tuple[Stop, Stop]] = []
    for hop in hops:
        if sections and sections[-1][1].id == hop.one.id:
            sections[-1] = (sections[-1][0], hop.other)
        else:
            sections.append((hop.one, hop.other))
    return sections
