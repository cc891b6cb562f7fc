"""Transfers between systems: from a city to a station, port, airport or road, within stated distances.

A transfer joins only places of the same country, so that it cannot cross a border. A city or port is served only by its
nearest station, so that it cannot replace a change of gauge.
"""

from collections.abc import Iterator, Mapping, Sequence

import geopandas as gpd
import numpy as np

from corridors.data.tables import Record
from corridors.geo.geodesy import distance_km
from corridors.network.assumptions import Assumptions
from corridors.network.graph import Edge, Node


def add_transfers(
    nodes: dict[str, Node], layers: Mapping[str, gpd.GeoDataFrame], assumptions: Assumptions
) -> Iterator[Edge]:
    """Add cities and ports to the nodes, and return the transfers between them and the other nodes.

    Parameters
    ----------
    nodes
        The nodes of the lines, by id. Cities and ports are added to this mapping.
    layers
        Gives the cities, the ports, and the accuracy of ports.
    assumptions
        Gives the distances (``reach_km``) within which places are joined.
    """
    served = {
        kind: [node for node in nodes.values() if node.kind == kind] for kind in ("station", "waypoint", "airport")
    }
    cities = [_place("cities", "city", row) for row in layers["cities"].to_dict("records")]
    ports = [_place("ports", "port", row) for row in layers["ports"].to_dict("records")]
    slack = {f"ports/{row['id']}": row["accuracy_m"] / 1000 for row in layers["ports"].to_dict("records")}
    for place in (*cities, *ports):
        nodes[place.id] = place
    for city in cities:
        yield from _nearest(city, served["station"], assumptions["reach_km.station"])
        yield from _all(city, served["waypoint"], assumptions["reach_km.road"])
        yield from _all(city, served["airport"], assumptions["reach_km.airport"])
    for port in ports:
        reach = max(assumptions["reach_km.port"], slack[port.id])
        stations = list(_nearest(port, served["station"], reach))
        # If a port has a station, it is reached from there. A link to the city would be a short cut between stations.
        yield from stations or _nearest(port, cities, reach)
        yield from _all(port, served["waypoint"], max(assumptions["reach_km.road"], slack[port.id]))


def _place(layer: str, kind: str, row: Record) -> Node:
    """The node of a city or port."""
    point = row["geometry"]
    name = f"{layer}/{row['id']}"
    return Node(name, kind, name, point.x, point.y, row["country"].split(";")[0], row["name_en"])


def _distances(place: Node, others: Sequence[Node]) -> list[tuple[float, Node]]:
    """Kilometres to the nodes of the same country, nearest first."""
    here = [node for node in others if node.country == place.country]
    if not here:
        return []
    lon, lat = np.array([(node.lon, node.lat) for node in here]).T
    km = distance_km(np.full(len(here), place.lon), np.full(len(here), place.lat), lon, lat)
    return sorted(((round(float(value), 3), node) for value, node in zip(km, here, strict=True)), key=_by_distance)


def _by_distance(found: tuple[float, Node]) -> tuple[float, str]:
    """The sort key: distance, then id."""
    return found[0], found[1].id


def _nearest(place: Node, others: Sequence[Node], reach_km: float) -> Iterator[Edge]:
    """Transfers to all nodes of the nearest place within reach."""
    found = _distances(place, others)
    for km, node in found:
        if km <= reach_km and node.feature == found[0][1].feature:
            yield _transfer(place, node, km)


def _all(place: Node, others: Sequence[Node], reach_km: float) -> Iterator[Edge]:
    """Transfers to every place within reach."""
    for km, node in _distances(place, others):
        if km <= reach_km:
            yield _transfer(place, node, km)


def _transfer(one: Node, other: Node, km: float) -> Edge:
    """A transfer between two nodes."""
    return Edge(
        id=f"transfer/{one.id}>{other.id}",
        a=one.id,
        b=other.id,
        kind="transfer",
        mode="transfer",
        line="",
        track_km=km,
        measured_km=km,
        country=one.country,
    )
