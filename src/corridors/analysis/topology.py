"""A network to findings: lines that hang apart, ends that miss their neighbour, railways that cross without meeting.

| code | what it finds |
| --- | --- |
| A07 | an operational station of China or Central Asia that no operational railway joins to Xi'an |
| A08 | an end of a railway that lies near a station of another and is not joined to it |
| A09 | two railways of one gauge that cross where neither has a station |
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import geopandas as gpd
import shapely

from corridors.analysis.network import Network, Node, reachable
from corridors.data.findings import Finding
from corridors.geo.geodesy import WGS84

CORE = ("CHN", "KAZ", "KGZ", "TJK", "TKM", "UZB")
START = "stations/cn-xian@1435"
NEAR_KM = 8.0
"""An end that lies nearer than this to a station of another line is taken to belong there."""

MEETING_KM = 12.0
"""Lines drawn straight between stations cross beside the station where they meet; nearer than this is meeting."""


def check_topology(network: Network, layers: Mapping[str, gpd.GeoDataFrame]) -> list[Finding]:
    """List what is wrong with how the lines hang together; each finding names the place in degrees."""
    return [*_apart(network), *_loose_ends(network), *_crossings(layers["rail"], layers["stations"])]


def _told(node: Node) -> str:
    """A node with its place."""
    return f"{node.name or node.feature} at {node.lon:.2f}° E, {node.lat:.2f}° N"


def _apart(network: Network) -> Iterator[Finding]:
    """A07: operational stations that cannot be reached."""
    if START not in network.nodes:
        return
    reached = {network.nodes[name].feature for name in reachable(network, START, modes=("rail",))}
    running = {
        name
        for edge in network.edges
        if edge.mode == "rail" and edge.kind == "leg" and edge.status == "operational"
        for name in (edge.a, edge.b)
    }
    for name in sorted(running):
        node = network.nodes[name]
        if node.kind == "station" and node.country in CORE and node.feature not in reached:
            what = f"{_told(node)} is not joined to Xi'an by operational railways"
            remedy = "add the line that joins it, or give it the status that it has"
            yield Finding(
                "A07", "rail_stops.csv", f"station {node.feature.removeprefix('stations/')}", "station", what, remedy
            )


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
                what = f"the line ends at {_told(end)}, {km:.1f} km from {_told(other)}"
                remedy = "let the line stop at that station too, or say in its note why they do not meet"
                place = f"station {end.feature.removeprefix('stations/')}"
                yield Finding("A08", "rail_stops.csv", place, "station", what, remedy)
                break


def _crossings(rail: gpd.GeoDataFrame, stations: gpd.GeoDataFrame) -> Iterator[Finding]:
    """A09: railways of one gauge that cross far from any station of either."""
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
                if point.geom_type != "Point":
                    continue
                km = min(WGS84.inv(point.x, point.y, stop.x, stop.y)[2] for stop in stops) / 1000
                if km > MEETING_KM:
                    what = (
                        f"{line['id']} and {other['id']} cross at {point.x:.2f}° E, {point.y:.2f}° N without a station"
                    )
                    remedy = "add the station where they meet, or shape points so that they do not cross"
                    yield Finding("A09", "rail_stops.csv", f"line {line['id']}", "station", what, remedy)
