"""A network to findings: unconnected stations, ends that miss a nearby station, railways that cross without a station.

| code | what it finds |
| --- | --- |
| A07 | an operational station of China or Central Asia that no operational railway joins to Xi'an |
| A08 | an end of a railway that lies near a station of another and is not joined to it |
| A09 | two railways of one gauge that cross where neither has a station |
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import geopandas as gpd
import shapely

from corridors.data.findings import Finding
from corridors.geo.segments import WGS84
from corridors.locales import Message, message
from corridors.network.graph import Network, Node, reachable

CORE = ("CHN", "KAZ", "KGZ", "TJK", "TKM", "UZB")
NEAR_KM = 8.0
"""An end nearer than this to a station of another line should be joined to it."""

MEETING_KM = 12.0
"""Straight lines cross beside the station where the railways meet. A crossing nearer than this counts as meeting."""

ON_LINE_DEGREES = 1e-6
"""A crossing nearer than this to a line lies on it."""


def check_topology(network: Network, layers: Mapping[str, gpd.GeoDataFrame]) -> list[Finding]:
    """List faults in how the lines are connected. Each finding names the place in degrees."""
    return [*_apart(network), *_loose_ends(network), *_crossings(network, layers["rail"], layers["stations"])]


def _finding(node: Node) -> Message:
    """A node's name with its position."""
    return message("finding.at", node.name or node.feature, f"{node.lon:.2f}", f"{node.lat:.2f}")


def _station(node: Node) -> Message:
    """The station of a node, as the place of a finding."""
    return message("finding.station", node.feature.removeprefix("stations/"))


def _apart(network: Network) -> Iterator[Finding]:
    """A07: operational stations that cannot be reached from most others."""
    running = {
        name
        for edge in network.edges
        if edge.mode == "rail" and edge.kind == "leg" and edge.status == "operational"
        for name in (edge.a, edge.b)
    }
    reached = _mainland(network, running)
    for name in sorted(running):
        node = network.nodes[name]
        if node.kind == "station" and node.country in CORE and node.feature not in reached:
            what = message("finding.apart", _finding(node))
            yield Finding("A07", "rail_stops.csv", _station(node), "station", what, message("remedy.apart"))


def _mainland(network: Network, running: AbstractSet[str]) -> set[str]:
    """The features of the largest part of the railways that hangs together."""
    largest: set[str] = set()
    left = set(running)
    while len(left) > len(largest):
        part = set(reachable(network, min(left), modes=("rail",)))
        largest = max(largest, part & running, key=len)
        left -= part
    return {network.nodes[name].feature for name in largest}


def _loose_ends(network: Network) -> Iterator[Finding]:
    """A08: ends of railways that miss a station of another line."""
    degree: Counter[str] = Counter()
    lines: dict[str, set[str]] = defaultdict(set)
    for edge in network.edges:
        if edge.mode == "rail":
            for name in (edge.a, edge.b):
                degree[name] += 1
                lines[name].add(edge.line)
    stations = [network.nodes[name] for name in sorted(degree) if network.nodes[name].kind in {"station", "shape"}]
    for end in stations:
        if degree[end.id] != 1:
            continue
        for other in stations:
            if other.feature == end.feature or lines[other.id] & lines[end.id]:
                continue
            km = WGS84.inv(end.lon, end.lat, other.lon, other.lat)[2] / 1000
            if km < NEAR_KM:
                what = message("finding.loose", _finding(end), f"{km:.1f}", _finding(other))
                yield Finding("A08", "rail_stops.csv", _station(end), "station", what, message("remedy.loose"))
                break


def _crossings(network: Network, rail: gpd.GeoDataFrame, stations: gpd.GeoDataFrame) -> Iterator[Finding]:
    """A09: railways of one gauge that cross far from any station of either, where one of them is drawn straight.

    Where both are drawn on their tracks, one passes over the other.
    """
    legs: dict[str, list[shapely.LineString]] = defaultdict(list)
    for edge in network.edges:
        if edge.kind == "leg" and not edge.on_track:
            legs[edge.line].append(shapely.LineString(network.course(edge, edge.a)))
    straight = {line: shapely.union_all(parts) for line, parts in legs.items()}
    places = {row["id"]: row["geometry"] for row in stations.to_dict("records")}
    lines = rail.to_dict("records")
    tree = shapely.STRtree([line["geometry"] for line in lines])
    for one, line in enumerate(lines):
        for index in tree.query(line["geometry"], predicate="crosses"):
            other = lines[int(index)]
            if int(index) <= one or other["gauge_mm"] != line["gauge_mm"]:
                continue
            stops = [places[name] for each in (line, other) for name in each["stations"].split(";") if name in places]
            for point in shapely.get_parts(line["geometry"].intersection(other["geometry"])):
                drawn = [straight[name] for each in (line, other) if (name := f"rail/{each['id']}") in straight]
                if point.geom_type != "Point" or not any(point.dwithin(part, ON_LINE_DEGREES) for part in drawn):
                    continue
                km = min(WGS84.inv(point.x, point.y, stop.x, stop.y)[2] for stop in stops) / 1000
                if km > MEETING_KM:
                    place = f"{point.x:.2f}", f"{point.y:.2f}"
                    what = message("finding.crossing", line["id"], other["id"], *place)
                    where = message("finding.line.of", line["id"])
                    yield Finding("A09", "rail_stops.csv", where, "station", what, message("remedy.crossing"))
