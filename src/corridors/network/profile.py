"""The nodes and edges of a route to its profile: what it runs on, kilometre by kilometre, and what lies along it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Literal

from corridors.network.costs import controlled, in_hours
from corridors.network.graph import Edge, Network, Node

MarkKind = Literal["place", "border", "break", "transfer"]
NAMED = ("station", "city", "port", "airport", "waypoint")
"""The kinds of nodes that are places along a route. Points that only give a line its shape are not."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a route on which nothing changes.

    Attributes
    ----------
    start_m, end_m
        Whole metres from the start of the route, so that sums of parts are exact.
    mode
        rail, road, sea, air, or transfer.
    country
        Alpha-3 code; "" at sea and in the air.
    gauge_mm, tracks, electrified
        Of a railway; None if it is not known, and for other modes.
    status
        The status of its line.
    """

    start_m: int
    end_m: int
    mode: str
    country: str
    gauge_mm: int | None
    status: str
    tracks: str | None
    electrified: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place along a route, or what happens there.

    Attributes
    ----------
    at_m
        Whole metres from the start of the route.
    kind
        ``place``, ``border`` (with border control), ``break`` (of gauge), or ``transfer`` to another mode.
    feature, name
        The feature or waypoint, and its name in English. For a border between two stations: its line, and "".
    lon, lat
        Degrees, EPSG:4326.
    before, after
        Countries (alpha-3) of a border, gauges (mm) of a break, modes of a transfer ("" before the first and after the
        last); "" for a place.
    hours
        Estimated hours, without those under way. None if they are unknown, as for a border in the air.
    people
        Inhabitants of the largest city that a place is or serves; 0 if it is none and serves none.
    """

    at_m: int
    kind: MarkKind
    feature: str
    name: str
    lon: float
    lat: float
    before: str = ""
    after: str = ""
    hours: float | None = None
    people: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """What a route runs on and passes, in the order of travel.

    Attributes
    ----------
    stretches
        They cover the route from its start to its end, without a gap.
    marks
        Places, borders, breaks of gauge and transfers. At one position the place is before what happens there.
    """

    stretches: Sequence[Stretch]
    marks: Sequence[Mark]

    @property
    def length_m(self) -> int:
        """The length of the route in whole metres."""
        return self.stretches[-1].end_m if self.stretches else 0

    @property
    def waiting_hours(self) -> float:
        """The hours at borders, breaks of gauge and transfers, as far as they are known."""
        return round(sum(mark.hours or 0.0 for mark in self.marks), 1)


@dataclass(frozen=True, slots=True)
class Step:
    """An edge of a route with its first and its last node, and the metres from the route's start to both."""

    edge: Edge
    start: Node
    end: Node
    start_m: int
    end_m: int


def profile_of(
    network: Network,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    seconds: Mapping[str, int],
    open_borders: Collection[str],
    people: Mapping[str, int],
) -> Profile:
    """Compute the profile of a route.

    Parameters
    ----------
    network
        The network, which says which cities a place serves.
    nodes, edges
        Those of the route, in the order of travel; one more node than edges.
    seconds
        The time of each edge, by its id (see network.costs).
    open_borders
        Borders without border control, as ``line:country``.
    people
        Inhabitants of cities, by feature.
    """
    ends = [0, *accumulate(round(1000 * edge.track_km) for edge in edges)]
    steps = [Step(*each) for each in zip(edges, nodes, nodes[1:], ends, ends[1:], strict=False)]
    happens = [*_borders(steps, seconds, open_borders), *_breaks(steps, seconds), *_transfers(steps, seconds)]
    marks = [*_places(network, zip(nodes, ends, strict=True), people), *happens]
    return Profile(list(_stretches(steps)), sorted(marks, key=lambda mark: mark.at_m))


def _stretches(steps: Iterable[Step]) -> Iterator[Stretch]:
    """The parts on which nothing changes, longer than nothing."""
    long = (step for step in steps if step.end_m > step.start_m)
    for about, run in groupby(long, key=lambda step: _about(step.edge)):
        found = list(run)
        yield Stretch(found[0].start_m, found[-1].end_m, *about)


def _about(edge: Edge) -> tuple[str, str, int | None, str, str | None, str | None]:
    """What makes a stretch: the fields of a ``Stretch`` after its metres."""
    return edge.mode, edge.country, edge.gauge_mm, edge.status, edge.tracks, edge.electrified


def _places(network: Network, passed: Iterable[tuple[Node, int]], people: Mapping[str, int]) -> Iterator[Mark]:
    """The places along the route. Of places with one name in succession, such as a port and its station, the first."""
    named = ((node, at) for node, at in passed if node.kind in NAMED)
    for _, run in groupby(named, key=lambda place: place[0].name):
        found = list(run)
        node, at = found[0]
        largest = max(people.get(city, 0) for one, _ in found for city in _cities(network, one))
        yield _mark("place", at, node, people=largest)


def _cities(network: Network, node: Node) -> Iterator[str]:
    """The feature of a node itself, and those that a transfer joins with it."""
    yield node.feature
    for edge in network.edges_at[node.id]:
        if edge.kind == "transfer":
            yield network.nodes[edge.b if edge.a == node.id else edge.a].feature


def _borders(steps: Iterable[Step], seconds: Mapping[str, int], open_borders: Collection[str]) -> Iterator[Mark]:
    """The borders with border control. That of a flight is at its end, and its hours are not known."""
    for step in steps:
        one, other = step.start, step.end
        if controlled(step.edge.line, one, other, open_borders):
            hours = in_hours(seconds[step.edge.id]) if step.edge.kind == "border" else None
            yield _mark("border", step.end_m, other, one.country, other.country, hours)


def _breaks(steps: Iterable[Step], seconds: Mapping[str, int]) -> Iterator[Mark]:
    """The breaks of gauge."""
    for step in steps:
        if step.edge.kind == "gauge_change":
            before, after = (node.id.split("@")[1] for node in (step.start, step.end))
            yield _mark("break", step.end_m, step.start, before, after, in_hours(seconds[step.edge.id]))


def _transfers(steps: Sequence[Step], seconds: Mapping[str, int]) -> Iterator[Mark]:
    """Transfers in succession as one, with the modes before and after."""
    runs = [(mode, list(run)) for mode, run in groupby(steps, key=lambda step: step.edge.mode)]
    modes = ["", *(mode for mode, _ in runs), ""]
    for nth, (mode, run) in enumerate(runs):
        if mode == "transfer":
            waits = in_hours(sum(seconds[step.edge.id] for step in run))
            yield _mark("transfer", run[0].start_m, run[0].start, modes[nth], modes[nth + 2], waits)


def _mark(
    kind: MarkKind, at: int, node: Node, before: str = "", after: str = "", hours: float | None = None, people: int = 0
) -> Mark:
    """A mark at a node."""
    return Mark(at, kind, node.feature, node.name, node.lon, node.lat, before, after, hours, people)
