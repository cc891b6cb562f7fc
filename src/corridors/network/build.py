"""Layers to the multimodal network: lines become legs, split at borders and joined where the gauge changes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypedDict, cast

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from corridors.data.facts import Facts
from corridors.data.tables import Record, Row
from corridors.geo.geodesy import Coordinates, densify, distance_km
from corridors.geo.overlay import km_by_country
from corridors.geo.segments import WGS84
from corridors.layers.courses import course_of
from corridors.layers.lengths import Basis, Hop
from corridors.network.assumptions import Assumptions
from corridors.network.graph import Edge, Network, Node
from corridors.network.transfers import add_transfers

BORDER_STEP_KM = 5.0


class LineFacts(TypedDict, total=False):
    """What the edges of a line share, and what an edge has of its own (see ``Edge``)."""

    line: str
    mode: str
    status: str
    opened: str | None
    closed: str | None
    confidence: str
    gauge_mm: int | None
    tracks: str | None
    electrified: str | None
    basis: Basis
    track_km: float
    measured_km: float
    country: str
    rows: tuple[int, int]
    on_track: bool


@dataclass(slots=True)
class _Builder:
    """Collects nodes and edges."""

    outlines: Mapping[str, BaseGeometry]
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    courses: dict[str, Coordinates] = field(default_factory=dict)

    def node(self, node: Node) -> Node:
        """The node with that id; a new node is added."""
        return self.nodes.setdefault(node.id, node)

    def legs(self, ends: Iterable[tuple[Node, Node]], about: LineFacts, hops: Sequence[Hop]) -> None:
        """The legs of a line between nodes, each split where it crosses a border."""
        course = course_of(hops)
        self.courses[about["line"]] = course.positions
        for (one, other), hop, rows in zip(ends, hops, course.ends, strict=True):
            self._leg(one, other, {**about, "basis": hop.basis, "on_track": hop.on_track}, hop.winding, rows)

    def _leg(self, one: Node, other: Node, about: LineFacts, scale: float, rows: tuple[int, int]) -> None:
        """A leg of a line between two nodes; ``rows`` are its first and its last position on the line's course."""
        first, last = rows
        path = self.courses[about["line"]][first : last + 1]
        run = np.r_[0.0, np.cumsum(distance_km(*path[:-1].T, *path[1:].T))]
        measured = float(run[-1])
        name = f"{about['line']}/{one.id.partition('@')[0]}>{other.id.partition('@')[0]}"
        if one.country == other.country:
            self.part(name, one, other, measured, one.country, {**about, "rows": rows}, scale)
            return
        dense = LineString(densify(path, step_km=BORDER_STEP_KM))
        parts = km_by_country(dense, [one.country, other.country], self.outlines)
        here = min(max(parts.get(one.country, measured / 2), 0.0), measured)
        before = int(np.searchsorted(run[1:-1], here, side="right"))
        (lon, lat), (next_lon, next_lat) = path[before : before + 2].tolist()
        azimuth, _, _ = WGS84.inv(lon, lat, next_lon, next_lat)
        lon, lat, _ = WGS84.fwd(lon, lat, azimuth, 1000 * (here - float(run[before])))
        sides = [
            self.node(Node(f"border/{name}@{side.country}", "border", about["line"], lon, lat, side.country, ""))
            for side in (one, other)
        ]
        own: LineFacts = {**about, "rows": (first, first + before)}
        self.part(f"{name}#1", one, sides[0], here, one.country, own, scale)
        self.edges.append(_edge(f"border/{name}", sides[0], sides[1], "border", about))
        own = {**about, "rows": (first + before + 1, last)}
        self.part(f"{name}#2", sides[1], other, measured - here, other.country, own, scale)

    def part(
        self, name: str, one: Node, other: Node, measured: float, country: str, about: LineFacts, scale: float
    ) -> None:
        """Add a leg that lies in one country."""
        km: LineFacts = {"track_km": round(measured * scale, 3), "measured_km": round(measured, 3)}
        self.edges.append(_edge(name, one, other, "leg", {**about, **km, "country": country}))


def _edge(name: str, one: Node, other: Node, kind: str, about: LineFacts) -> Edge:
    """An edge with the attributes of its line."""
    bare: LineFacts = {"line": "", "track_km": 0.0, "measured_km": 0.0, "country": ""}
    shared: LineFacts = {**bare, **about}
    return Edge(id=name, a=one.id, b=other.id, kind=kind, **shared)


def build_network(
    layers: Mapping[str, gpd.GeoDataFrame],
    facts: Facts,
    outlines: Mapping[str, BaseGeometry],
    assumptions: Assumptions,
    hops: Mapping[str, Sequence[Hop]],
) -> Network:
    """Join all layers into one network.

    Parameters
    ----------
    layers
        The layers, EPSG:4326.
    facts
        The facts that the layers were made from. They give the stops and waypoints in order.
    outlines
        Country polygons by alpha-3 code (EPSG:4326). They show where a leg crosses a border.
    assumptions
        Gives the distances within which systems are joined.
    hops
        The estimated hops of each line, by ``layer/id`` (see winding.estimate_lengths).
    """
    builder = _Builder(outlines)
    _add_rail(builder, layers, facts, hops)
    for layer, mode in (("roads", "road"), ("ferries", "sea")):
        _add_routes(builder, layers[layer], facts, layer, mode, hops)
    _add_flights(builder, layers)
    for edge in add_transfers(builder.nodes, layers, assumptions):
        builder.edges.append(edge)
    edges = sorted(builder.edges, key=lambda edge: edge.id)
    return Network(dict(sorted(builder.nodes.items())), edges, builder.courses)


def _known(value: object) -> object:
    """A cell's value, or None if it is missing."""
    return None if value is pd.NA else value


def _line_facts(layer: str, mode: str, line: Record) -> LineFacts:
    """The attributes that all edges of a line share."""
    keys = ("status", "opened", "closed", "confidence", "gauge_mm", "tracks", "electrified")
    known = cast("LineFacts", {key: _known(line[key]) for key in keys if key in line})
    return {"line": f"{layer}/{line['id']}", "mode": mode, **known}


def _add_rail(
    builder: _Builder, layers: Mapping[str, gpd.GeoDataFrame], facts: Facts, hops: Mapping[str, Sequence[Hop]]
) -> None:
    """Add the stations (one node per gauge and side of a border), the legs between them, and the changes of gauge."""
    stations = facts.by_id("stations")
    for line in layers["rail"].to_dict("records"):
        about = _line_facts("rail", "rail", line)
        gauge = int(line["gauge_mm"])
        ends = []
        for hop in hops[about["line"]]:
            one, other = stations[hop.one.id], stations[hop.other.id]
            shared = [country for country in one["country"] if country in other["country"]]
            sides = (shared[0], shared[0]) if shared else (one["country"][-1], other["country"][0])
            ends.append((_station(builder, one, gauge, sides[0]), _station(builder, other, gauge, sides[1])))
        builder.legs(ends, about, hops[about["line"]])
    _join_sides(builder)


def _station(builder: _Builder, stop: Row, gauge: int, country: str) -> Node:
    """The node of a station on one gauge. A station on a border has one node on each side."""
    name = f"stations/{stop['id']}@{gauge}" + (f"@{country}" if len(stop["country"]) > 1 else "")
    kind = "shape" if stop["kind"] == "via_point" else "station"
    node = Node(name, kind, f"stations/{stop['id']}", stop["lon"], stop["lat"], country, stop["name_en"])
    return builder.node(node)


def _join_sides(builder: _Builder) -> None:
    """Add changes of gauge and borders within a station. They are open where open lines meet (see graph.travelled)."""
    places: dict[str, list[Node]] = defaultdict(list)
    for node in builder.nodes.values():
        if node.kind in {"station", "shape"}:
            places[node.feature].append(node)
    for feature, nodes in sorted(places.items()):
        for one, other in pairwise(sorted(nodes, key=lambda node: node.id)):
            kind = "border" if one.country != other.country else "gauge_change"
            about: LineFacts = {"mode": "rail", "country": one.country if kind == "gauge_change" else ""}
            builder.edges.append(_edge(f"{kind}/{feature}/{one.id}", one, other, kind, about))


def _add_routes(
    builder: _Builder,
    frame: gpd.GeoDataFrame,
    facts: Facts,
    layer: str,
    mode: str,
    hops: Mapping[str, Sequence[Hop]],
) -> None:
    """Add roads or ferries through their waypoints.

    The sea belongs to no country. The border of a ferry lies at the far shore, unless both shores are of one country.
    """
    lines = {line["id"]: line for line in frame.to_dict("records")}
    waypoints: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(facts.rows("route_waypoints"), key=lambda row: (row["route"], row["seq"])):
        if row["route"] in lines:
            waypoints[row["route"]].append(row)
    for name, rows in waypoints.items():
        line = lines[name]
        about = _line_facts(layer, mode, line)
        nodes = [_waypoint(builder, row, row["country"][0]) for row in rows]
        if mode == "road":
            builder.legs(pairwise(nodes), about, hops[about["line"]])
            continue
        shore = nodes[0].country
        abroad = shore != nodes[-1].country
        sea = nodes[:1] + [_at_sea(builder, row, shore) for row in rows[1 : None if abroad else -1]]
        sea += [] if abroad else nodes[-1:]
        for (one, other), hop in zip(pairwise(sea), hops[about["line"]], strict=True):
            sailed: LineFacts = {**about, "basis": hop.basis}
            builder.part(f"{about['line']}/{one.id}>{other.id}", one, other, hop.measured_km, "", sailed, hop.winding)
        if abroad:
            builder.edges.append(_edge(f"border/{about['line']}", sea[-1], nodes[-1], "border", about))


def _waypoint(builder: _Builder, row: Row, country: str) -> Node:
    """The node of a waypoint."""
    name = f"route_waypoints/{row['id']}"
    return builder.node(Node(name, "waypoint", name, row["lon"], row["lat"], country, row["name_en"]))


def _at_sea(builder: _Builder, row: Row, shore: str) -> Node:
    """The node of a ferry's waypoint on the sea side of the border at the far shore."""
    name = f"route_waypoints/{row['id']}@sea"
    return builder.node(
        Node(name, "border", f"route_waypoints/{row['id']}", row["lon"], row["lat"], shore, row["name_en"])
    )


def _km(one: Node, other: Node) -> float:
    """Geodesic distance between two nodes in kilometres."""
    return float(WGS84.inv(one.lon, one.lat, other.lon, other.lat)[2]) / 1000


def _add_flights(builder: _Builder, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Add airports and the legs of flights between them."""
    airports = {row["icao"]: row for row in layers["airports"].to_dict("records")}
    for flight in layers["flights"].to_dict("records"):
        about = _line_facts("flights", "air", flight) | {"opened": flight["since"]}
        calls = [flight["origin"], *filter(None, (flight["stop"] or "").split(";")), flight["destination"]]
        for one, other in pairwise(_airport(builder, airports[icao]) for icao in calls):
            km = _km(one, other)
            builder.part(f"{about['line']}/{one.id}>{other.id}", one, other, km, "", about, 1.0)


def _airport(builder: _Builder, row: Record) -> Node:
    """The node of an airport."""
    name = f"airports/{row['id']}"
    point = row["geometry"]
    return builder.node(Node(name, "airport", name, point.x, point.y, row["country"], row["name_en"]))
