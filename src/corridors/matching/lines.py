"""The lines of the facts and a network of tracks to the alignments of each line, and how well they fit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from shapely import LineString

from corridors.data.alignments import Alignment
from corridors.data.facts import Facts
from corridors.data.tables import Row
from corridors.layers.courses import line_hops, off_m, with_room
from corridors.layers.lengths import Hop, span, usable
from corridors.layers.winding import rail_stops, route_stops
from corridors.matching.bends import spikeless
from corridors.matching.match import Match, Miss, Section, Station, Trust
from corridors.matching.tracks import Floats, Plane, Tracks

SIMPLIFIED_KM = 0.1
"""Alignments are simplified by at most this much: what maps show."""

DECIMALS = 4
"""Decimals of coordinates in degrees: about 10 m."""

SIGMAS, FLOOR_M = 1.5, 200
"""The accuracy of an alignment: so many standard deviations of its track, and these metres.

It was compared with the tracks of OpenStreetMap in Turkmenistan and Afghanistan: of 96 legs, nine tenths of the points
of the track are within this distance on about three legs of four.
"""

TRUST = {"rail": Trust(off_km=2.0, doubtful_km=3.0), "roads": Trust(off_km=6.0)}
"""When tracks and roads are followed, by layer. The numbers of railways were chosen with stations that were left out.

Roads have few stops, in the middle of towns, so straight legs tell still less of them than an uncertain road.
"""

MOST_MISFIT = 0.08
"""Tracks that are longer than the published length by more than this share are those of another way.

Of a line that does not operate yet, the tracks may not exist. So they must not be shorter by more than this either.
"""

@dataclass(frozen=True, slots=True)
class Fit:
    """A matched length beside a published one: the id of the published length, both in kilometres, and the legs."""

    length: str
    published_km: float
    matched_km: float
    legs: range

    @property
    def misfit(self) -> float:
        """The difference, divided by the published length."""
        return self.matched_km / self.published_km - 1


@dataclass(frozen=True, slots=True)
class Aligned:
    """A line and its alignments.

    Attributes
    ----------
    layer, line, status
        The layer, the id and the status of the line.
    hops
        Its legs from stop to stop, as drawn without tracks.
    legs
        The legs on tracks, by the number of the leg.
    fits
        Published lengths whose section is matched as a whole.
    misses
        Stops left out one by one, with their distances from the line.
    """

    layer: str
    line: str
    status: str
    hops: Sequence[Hop]
    legs: Mapping[int, Alignment]
    fits: Sequence[Fit]
    misses: Sequence[Miss]

    @property
    def drawn_km(self) -> float:
        """The length from stop to stop."""
        return fsum(hop.straight_km for hop in self.hops)

    @property
    def matched_km(self) -> float:
        """The part of it that is matched."""
        return fsum(self.hops[nth].straight_km for nth in self.legs)


def align_lines(facts: Facts, layer: str, tracks: Tracks, *, only: Sequence[str] = ()) -> Iterator[Aligned]:
    """Match the lines of a layer (``rail`` or ``roads``) on tracks; all, or ``only`` some."""
    stops = rail_stops(facts) if layer == "rail" else route_stops(facts)
    for row in facts.rows("rail_lines" if layer == "rail" else layer):
        if row["status"] == "planned" or (only and row["id"] not in only):
            continue
        mine = stops[row["id"]]
        places = [Station(stop.id, stop.lon, stop.lat, stop.accuracy_m / 1000) for stop in mine]
        hops = line_hops(row["id"], mine)
        match = Match(places, tracks, TRUST[layer])
        found = {section.one: _alignment(section, hops[section.one], match.plane) for section in match.sections}
        legs = {nth: leg for nth, leg in enumerate(with_room([found.get(nth) for nth in range(len(hops))])) if leg}
        rows = [length for length in usable(facts.rows("lengths")) if length["line"] in {row["id"], row.get("railway")}]
        fits = list(_fits(rows, hops, legs))
        if row["status"] != "operational" and any(abs(fit.misfit) > MOST_MISFIT for fit in fits):
            legs = {}
        for nth in {nth for fit in fits if fit.misfit > MOST_MISFIT for nth in fit.legs}:
            legs.pop(nth, None)
        yield Aligned(layer, row["id"], row["status"], hops, legs, fits, list(match.misses()))


def _alignment(section: Section, hop: Hop, plane: Plane) -> Alignment:
    """A matched section as it is kept."""
    xy = np.array(LineString(plane.xy(np.array(section.line.coords))).simplify(SIMPLIFIED_KM).coords)
    line = plane.degrees(xy[spikeless(xy)])
    accuracy = FLOOR_M + 1000 * SIGMAS * section.spread_km
    course = _distinct(line.round(DECIMALS))
    start_m, end_m = off_m(course[[0, -1]], [hop.one, hop.other]).round().astype(int).tolist()
    return Alignment(
        line=hop.line,
        start=hop.one.id,
        end=hop.other.id,
        geometry=LineString(course),
        km=round(section.km, 2),
        accuracy_m=int(round(accuracy, -2)),
        off_m=(start_m, end_m),
    )


def _distinct(positions: Floats) -> Floats:
    """Positions without repetitions; at least two."""
    new = np.r_[True, (np.diff(positions, axis=0) != 0).any(axis=1)]
    return positions[new] if new.sum() > 1 else positions[:2]


def _fits(rows: Sequence[Row], hops: Sequence[Hop], legs: Mapping[int, Alignment]) -> Iterator[Fit]:
    """The published lengths of sections that lie on one line and are matched as a whole."""
    ends = {hops[0].one.id, *(hop.other.id for hop in hops)}
    for row in rows:
        mine = row["line"] == hops[0].line or {row["from_station"], row["to_station"]} <= ends
        part = span(hops, row)
        if mine and part and all(nth in legs for nth in part):
            yield Fit(row["id"], row["length_km"], fsum(legs[nth].km for nth in part), part)
