"""A network and a request to routes: the shortest or the fastest way, and others beside it.

Ways are found by Dijkstra's algorithm (networkx) over whole metres or whole seconds. Of ways that cost the same, the
one of the fewest edges is taken, and of those the one whose edges come first by id, from the end backwards. So the same
request has the same answer wherever it is asked: the page's own search (route.js) keeps the same order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import networkx as nx

from corridors.analysis.assumptions import Assumptions
from corridors.analysis.gazetteer import Place
from corridors.analysis.network import MODES, Edge, Network, usable
from corridors.analysis.route import Route
from corridors.analysis.route_card import write_route
from corridors.data.facts import Facts
from corridors.errors import UsageError
from corridors.locales import Message, message

By = Literal["distance", "time"]
SURFACE = ("rail", "sea")
DETOUR = 3
"""How much costlier the lines of a route become when another way is looked for."""

TRANSFER_METRES = 20_000
"""What a transfer costs beside its distance, in the search alone: it is made where it saves more than 20 km."""

EDGE_SHARE = 1 << 20
"""A whole metre or second is worth so many edges: more than any way has, so that edges only decide between equals."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the network.

    Attributes
    ----------
    places
        Where the route starts, what it passes, where it ends.
    modes
        The modes that may be used; transfers always may.
    by
        What is made least: ``distance`` or ``time``.
    as_of
        The year whose lines are open; None is the atlas's own date.
    include
        Statuses that may be used beside what is open: under_construction, planned, suspended.
    avoid
        Countries (alpha-3) not to be entered.
    closed
        Lines (``layer/id``) taken for closed, and ``opened`` lines taken for open.
    alternatives
        How many routes to give, at most.
    """

    places: Sequence[Place]
    modes: Sequence[str] = SURFACE
    by: By = "distance"
    as_of: int | None = None
    include: Sequence[str] = ()
    avoid: Sequence[str] = ()
    closed: frozenset[str] = field(default_factory=frozenset)
    opened: frozenset[str] = field(default_factory=frozenset)
    alternatives: int = 1


def allows(request: Request, network: Network) -> Callable[[Edge], bool]:
    """Whether an edge may be travelled under a request."""
    modes = {*request.modes, "transfer"}

    def allowed(edge: Edge) -> bool:
        if edge.mode not in modes or edge.line in request.closed or edge.country in request.avoid:
            return False
        ends = (network.nodes[edge.a].country, network.nodes[edge.b].country)
        if request.avoid and set(ends) & set(request.avoid):
            return False
        if edge.line in request.opened or usable(edge, as_of=request.as_of, include=request.include):
            return True
        # A break of gauge or a border within a station opens with the lines that are taken for open on its sides.
        return not edge.line and bool(request.opened) and {edge.a, edge.b} <= ends_of_opened

    ends_of_opened = {
        name
        for edge in network.edges
        if edge.line in request.opened or (edge.mode == "rail" and edge.status == "operational")
        for name in (edge.a, edge.b)
    }
    return allowed


def hours_of(edge: Edge, assumptions: Assumptions) -> float:
    """Estimated hours of an edge: under way, or at a border, a change of gauge, a transfer."""
    if edge.kind == "border":
        return assumptions[f"border_hours.{edge.mode}"]
    if edge.kind == "gauge_change":
        return assumptions["fixed_hours.gauge_change"]
    if edge.kind == "transfer":
        return assumptions["fixed_hours.transfer"]
    hours = edge.track_km / assumptions[f"speeds_kmh.{edge.mode}"]
    return hours + (assumptions["fixed_hours.flight"] if edge.mode == "air" else 0.0)


def costs(network: Network, by: By, assumptions: Assumptions) -> Mapping[str, int]:
    """What each edge costs, by its id: whole metres, or whole seconds."""
    if by == "time":
        free = {key.partition(":")[::2] for key in assumptions.open_borders}
        return {
            edge.id: 0 if _uncontrolled(edge, network, free) else round(3600 * hours_of(edge, assumptions))
            for edge in network.edges
        }
    return {
        edge.id: round(1000 * edge.track_km) + (TRANSFER_METRES if edge.kind == "transfer" else 0)
        for edge in network.edges
    }


def _uncontrolled(edge: Edge, network: Network, free: set[tuple[str, str]]) -> bool:
    """Whether an edge is a border that nobody controls."""
    if edge.kind != "border":
        return False
    return any((edge.line, network.nodes[end].country) in free for end in (edge.a, edge.b))


def find_routes(network: Network, facts: Facts, request: Request, assumptions: Assumptions) -> list[Route]:
    """Find the best route, and others where asked for, best first.

    Another route is the best one when the lines of those before cost three times as much.

    Raises
    ------
    UsageError
        Where no route exists under the request; the message says which constraint cut it.
    """
    allowed = allows(request, network)
    cost = costs(network, request.by, assumptions)
    found: dict[tuple[str, ...], int] = {}
    weight = dict(cost)
    for _ in range(2 * request.alternatives):
        path = _through(network, request, weight, allowed)
        if path is None:
            break
        found.setdefault(tuple(edge.id for edge in path), sum(cost[edge.id] for edge in path))
        if len(found) == request.alternatives:
            break
        for edge in path:
            if edge.kind == "leg":
                weight[edge.id] = weight[edge.id] * DETOUR
    if not found:
        raise UsageError(_why_none(network, request, cost))
    best = sorted(found, key=lambda edges: (found[edges], edges))
    return [write_route(network, facts, request.places, edges, assumptions) for edges in best]


def _through(
    network: Network, request: Request, weight: Mapping[str, int], allowed: Callable[[Edge], bool]
) -> list[Edge] | None:
    """The edges of the best way through all places of a request, or None where there is none."""
    edges: list[Edge] = []
    starts: Sequence[str] = request.places[0].nodes
    for place in request.places[1:]:
        leg = best_path(network, starts, place.nodes, weight, allowed)
        if leg is None:
            return None
        nodes, path = leg
        edges += path
        starts = [nodes[-1]]
    return edges


def best_path(
    network: Network,
    starts: Sequence[str],
    ends: Sequence[str],
    weight: Mapping[str, int],
    allowed: Callable[[Edge], bool],
) -> tuple[list[str], list[Edge]] | None:
    """Nodes and edges of the cheapest way from any of some nodes to any of others, or None where there is none."""

    def least(a: str, b: str, parallel: Mapping[str, Mapping[str, Edge]]) -> int | None:
        del a, b
        cheapest = min((weight[key] for key, about in parallel.items() if allowed(about["edge"])), default=None)
        return None if cheapest is None else cheapest * EDGE_SHARE + 1

    graph = network.graph
    costs_to = nx.multi_source_dijkstra_path_length(graph, set(starts), weight=least)
    reached = [(costs_to[end], end) for end in ends if end in costs_to]
    if not reached:
        return None
    nodes = [min(reached)[1]]
    edges: list[Edge] = []
    while costs_to[nodes[-1]]:
        here = nodes[-1]
        key, before = min(
            (key, other)
            for other, parallel in graph[here].items()
            if other in costs_to
            for key, about in parallel.items()
            if costs_to[other] + weight[key] * EDGE_SHARE + 1 == costs_to[here] and allowed(about["edge"])
        )
        nodes.append(before)
        edges.append(network.by_id[key])
    return nodes[::-1], edges[::-1]


def _why_none(network: Network, request: Request, cost: Mapping[str, int]) -> Message:
    """Say which constraint cut the route: the first whose absence would leave one."""
    avoid, as_of, modes = f"--avoid {','.join(request.avoid)}", f"--as-of {request.as_of}", ",".join(request.modes)
    relaxed = {
        message("error.route.option", avoid): _relax(request, avoid=()),
        message("error.route.status"): _relax(request, include=("under_construction", "planned", "suspended")),
        message("error.route.option", as_of): _relax(request, as_of=None),
        message("error.route.closed"): _relax(request, closed=frozenset()),
        message("error.route.mode", modes): _relax(request, modes=MODES),
    }
    names = " – ".join(place.name for place in request.places)
    for cut, other in relaxed.items():
        if other != request and _through(network, other, cost, allows(other, network)) is not None:
            return message("error.route", names, cut)
    return message("error.route.never", names)


def _relax(request: Request, **changes: object) -> Request:
    """The same request with something else."""
    import dataclasses  # noqa: PLC0415 - only here

    return dataclasses.replace(request, **changes)  # type: ignore[arg-type]
