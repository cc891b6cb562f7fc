"""Networks of a few nodes, for tests with results that can be computed by hand."""

from collections.abc import Iterable

from corridors.network.assumptions import Assumptions
from corridors.network.graph import Edge, Network, Node

ASSUMED = {
    "speeds_kmh.rail": 50.0, "speeds_kmh.road": 40.0, "speeds_kmh.sea": 20.0, "speeds_kmh.air": 800.0,
    "border_hours.rail": 6.0, "border_hours.road": 4.0, "border_hours.sea": 12.0,
    "fixed_hours.gauge_change": 8.0, "fixed_hours.transfer": 10.0, "fixed_hours.flight": 2.0,
    "reach_km.station": 30.0, "reach_km.port": 10.0, "reach_km.airport": 60.0, "reach_km.road": 20.0,
}  # fmt: skip


def assumed(*, open_borders: Iterable[str] = (), **values: float) -> Assumptions:
    """Assumptions with round numbers; others are given as ``group__name=number``."""
    given = {name.replace("__", "."): value for name, value in values.items()}
    return Assumptions(ASSUMED | given, {}, {}, frozenset(open_borders))


def node(name: str, lon: float = 0.0, lat: float = 0.0, country: str = "KAZ", kind: str = "station") -> Node:
    """A node with the name of its feature; a gauge follows after ``@``."""
    feature = name.partition("@")[0]
    return Node(name, kind, feature, lon, lat, country, feature.rpartition("/")[2].title())


def edge(name: str, a: str, b: str, km: float = 0.0, **about: object) -> Edge:
    """A leg of the railway ``rail/x`` unless told otherwise; its length is published."""
    told: dict[str, object] = {
        "kind": "leg", "mode": "rail", "line": "rail/x", "measured_km": km, "country": "KAZ", "basis": "published",
    }  # fmt: skip
    return Edge(id=name, a=a, b=b, track_km=km, **(told | about))  # type: ignore[arg-type]


def network_of(nodes: Iterable[Node], edges: Iterable[Edge]) -> Network:
    """A network, its edges sorted by id."""
    return Network({one.id: one for one in nodes}, sorted(edges, key=lambda one: one.id))
