"""The multimodal network: places as nodes, and connections between them as edges.

A **node** is a place in one system: a station on one gauge, a city, a port, an airport, a point of a road or a ferry,
or one side of a border. An **edge** is a leg on a line, a transfer between systems, a change of gauge, or a border.
Every edge can be travelled in both directions. Positions are degrees, EPSG:4326; lengths are kilometres.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from corridors.data.tables import ROUTE_MODES
from corridors.geo.geodesy import Coordinates
from corridors.layers.lengths import Basis, Position

if TYPE_CHECKING:
    import networkx as nx

MODES = ROUTE_MODES


@dataclass(frozen=True, slots=True)
class Node:
    """A place in one system.

    Attributes
    ----------
    id
        Unique: the feature's id. A station's gauge and the side of a border follow after ``@``.
    kind
        station, city, port, airport, waypoint, border, or shape (a point that only gives a line its shape).
    feature
        The feature or waypoint that it represents. For a border: the line that crosses it.
    lon, lat
        Degrees.
    country
        Alpha-3 code.
    name
        Its name in English.
    """

    id: str
    kind: str
    feature: str
    lon: float
    lat: float
    country: str
    name: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A connection between two nodes, in both directions.

    Attributes
    ----------
    id
        Unique.
    a, b
        Ids of its nodes.
    kind
        leg, transfer, gauge_change or border.
    mode
        rail, road, sea, air, or transfer.
    line
        The feature that it belongs to, or "".
    track_km, measured_km
        Its length (see layers.lengths); 0 for a change of gauge and a border.
    basis
        The basis of its length: published, scaled or unscaled (see layers.lengths).
    country
        Alpha-3 code of its country; "" at sea and in the air.
    opened, closed
        ISO dates as precise as known, or None.
    rows
        The first and the last position of its line's course that it passes. None is straight from node to node.
    on_track
        Whether the course lies on tracks or roads there.
    """

    id: str
    a: str
    b: str
    kind: str
    mode: str
    line: str
    track_km: float
    measured_km: float
    country: str
    status: str = "operational"
    opened: str | None = None
    closed: str | None = None
    gauge_mm: int | None = None
    tracks: str | None = None
    electrified: str | None = None
    confidence: str = "high"
    basis: Basis = "unscaled"
    rows: tuple[int, int] | None = None
    on_track: bool = False


@dataclass(frozen=True, repr=False)
class Network:
    """Nodes by id, edges sorted by id, and the positions of each line on land (one row each) by the line's feature."""

    nodes: Mapping[str, Node]
    edges: Sequence[Edge]
    courses: Mapping[str, Coordinates] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Its size."""
        return f"<Network: {len(self.nodes):,} nodes, {len(self.edges):,} edges>"

    def course(self, edge: Edge, start: str) -> list[Position]:
        """The positions of an edge as drawn, from the node with this id. At a border it ends at the border's node."""
        ends = [self.nodes[edge.a], self.nodes[edge.b]]
        if edge.rows is None:
            course = [(node.lon, node.lat) for node in ends]
        else:
            first, last = edge.rows
            course = [(lon, lat) for lon, lat in self.courses[edge.line][first : last + 1].tolist()]
            before, after = ([(node.lon, node.lat)] if node.kind == "border" else [] for node in ends)
            course = [*before, *course, *after]
        return course if start == edge.a else course[::-1]

    @cached_property
    def stations_along(self) -> Mapping[str, Sequence[int]]:
        """Which positions of a railway's course are stations, without points that only give the line its shape."""
        found: dict[str, set[int]] = defaultdict(set)
        for edge in self.edges:
            for end, row in zip((edge.a, edge.b), edge.rows or (), strict=False):
                if self.nodes[end].kind == "station":
                    found[edge.line].add(row)
        return {line: sorted(rows) for line, rows in found.items()}

    @cached_property
    def straight_along(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """The parts of a line's course that are straight from stop to stop: the first and the last position of each."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        legs = [(edge.line, *edge.rows) for edge in self.edges if edge.rows is not None and not edge.on_track]
        for line, first, last in sorted(legs):
            parts = found[line]
            if parts and first <= parts[-1][1] + 1:
                parts[-1] = (parts[-1][0], last)
            else:
                parts.append((first, last))
        return found

    @cached_property
    def by_id(self) -> Mapping[str, Edge]:
        """Edges by id."""
        return {edge.id: edge for edge in self.edges}

    @cached_property
    def edges_at(self) -> Mapping[str, Sequence[Edge]]:
        """The edges of each node, by its id."""
        found: dict[str, list[Edge]] = {name: [] for name in self.nodes}
        for edge in self.edges:
            for end in (edge.a, edge.b):
                found[end].append(edge)
        return found

    @cached_property
    def graph(self) -> "nx.MultiGraph":
        """The same as a networkx multigraph: each edge has its id as key and its ``Edge`` as ``edge``."""
        import networkx as nx  # noqa: PLC0415 - large, and for readers with a use for it

        graph = nx.MultiGraph()
        graph.add_nodes_from(self.nodes)
        for edge in self.edges:
            graph.add_edge(edge.a, edge.b, key=edge.id, edge=edge)
        return graph

    @cached_property
    def nodes_of(self) -> Mapping[str, Sequence[str]]:
        """Ids of a feature's nodes, by the id of the feature. A station where gauges meet has one node per gauge."""
        found: dict[str, list[str]] = defaultdict(list)
        for node in self.nodes.values():
            if node.kind not in {"border", "shape"}:
                found[node.feature].append(node.id)
        return found


def usable(edge: Edge, *, as_of: int | None, include: Sequence[str]) -> bool:
    """Whether an edge is open on the atlas's date, or in a year. ``include`` adds edges of other statuses."""
    if edge.status in include:
        return True
    if as_of is None:
        return edge.status == "operational"
    if edge.closed and int(edge.closed[:4]) < as_of:
        return False
    if edge.opened:
        return int(edge.opened[:4]) <= as_of and edge.status != "suspended"
    return edge.status == "operational"


def travelled(network: Network, may: Callable[[Edge], bool]) -> Callable[[Edge], bool]:
    """Whether an edge of the network may be travelled. ``may`` answers this for edges of lines and for transfers.

    A change of gauge or a border within a station belongs to no line. It is open where open lines meet there. It does
    not matter why these lines are open.
    """
    open_ = [edge for edge in network.edges if may(edge)]
    met = {name for edge in open_ if edge.line for name in (edge.a, edge.b)}
    ids = {edge.id for edge in open_ if edge.line or edge.kind == "transfer" or (edge.a in met and edge.b in met)}
    return lambda edge: edge.id in ids


def reachable(network: Network, start: str, *, modes: Sequence[str]) -> Iterator[str]:
    """Ids of the nodes that can be reached from a node over operational edges of some modes."""
    allowed = {*modes, "transfer"}
    found, new = {start}, [start]
    while new:
        for edge in network.edges_at[new.pop()]:
            if edge.mode in allowed and usable(edge, as_of=None, include=()):
                further = {edge.a, edge.b} - found
                found |= further
                new += further
    yield from sorted(found)
