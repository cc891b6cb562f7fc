"""What the edges of the network cost: whole metres by distance, whole seconds by time."""

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from corridors.network.assumptions import Assumptions
from corridors.network.graph import Edge, Network, Node

By = Literal["distance", "time"]

TRANSFER_METRES = 20_000
"""A transfer costs this much more than its distance in the search. It is used where it saves more than 20 km."""


def hours_of(edge: Edge, assumptions: Assumptions) -> float:
    """Estimated hours of an edge: the journey itself, or a border, a change of gauge, or a transfer."""
    if edge.kind == "border":
        return assumptions[f"border_hours.{edge.mode}"]
    if edge.kind == "gauge_change":
        return assumptions["fixed_hours.gauge_change"]
    if edge.kind == "transfer":
        return assumptions["fixed_hours.transfer"]
    hours = edge.track_km / assumptions[f"speeds_kmh.{edge.mode}"]
    return hours + (assumptions["fixed_hours.flight"] if edge.mode == "air" else 0.0)


def in_hours(seconds: int) -> float:
    """Whole seconds in hours, to one decimal."""
    return (seconds + 180) // 360 / 10


def costs(network: Network, by: By, assumptions: Assumptions, edges: Iterable[Edge] | None = None) -> Mapping[str, int]:
    """The cost of each edge, by its id: whole metres, or whole seconds. Only ``edges`` are counted; None is all."""
    counted = network.edges if edges is None else edges
    if by == "time":
        return {
            edge.id: 0 if _uncontrolled(edge, network, assumptions) else round(3600 * hours_of(edge, assumptions))
            for edge in counted
        }
    return {
        edge.id: round(1000 * edge.track_km) + (TRANSFER_METRES if edge.kind == "transfer" else 0) for edge in counted
    }


def controlled(line: str, one: Node, other: Node, open_borders: Collection[str]) -> bool:
    """Whether a border with border control lies between two nodes on a line."""
    return one.country != other.country and not any(f"{line}:{node.country}" in open_borders for node in (one, other))


def _uncontrolled(edge: Edge, network: Network, assumptions: Assumptions) -> bool:
    """Whether an edge is a border without border control."""
    ends = network.nodes[edge.a], network.nodes[edge.b]
    return edge.kind == "border" and not controlled(edge.line, *ends, assumptions.open_borders)
