"""A network and a request to routes: the shortest or the fastest way, and others beside it.

Ways are found by Dijkstra's algorithm (networkx) over whole metres or whole seconds. Of ways that cost the same, the
one of the fewest edges is taken, and of those the one whose edges come first by id, from the end backwards. So the same
request has the same answer wherever it is asked: the page's own search (route.js) keeps the same order.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import networkx as nx

from corridors.data.facts import Facts
from corridors.errors import UsageError
from corridors.locales import Message, message
from corridors.network.assumptions import Assumptions
from corridors.network.costs import By, costs
from corridors.network.gazetteer import Place
from corridors.network.graph import MODES, Edge, Network, travelled, usable
from corridors.network.missing_link import FAR, missing_link
from corridors.network.route import Route
from corridors.network.route_card import write_route
from corridors.network.switches import NOTHING, Switches

SURFACE = ("rail", "sea")
LONGEST = 1.2
"""How much costlier than the best way another may be."""

MOST_SHARED = 0.8
"""How much of the cost of its legs another way may have in common with those before it."""

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
    switches
        What is taken for open and for closed.
    alternatives
        How many routes to give, at most.
    """

    places: Sequence[Place]
    modes: Sequence[str] = SURFACE
    by: By = "distance"
    as_of: int | None = None
    include: Sequence[str] = ()
    avoid: Sequence[str] = ()
    switches: Switches = NOTHING
    alternatives: int = 1


def each_once(places: Sequence[Place]) -> None:
    """Refuse places of which one comes twice: the ends, or one that is to be passed."""
    start, *passed, end = places
    if start.feature == end.feature:
        raise UsageError(message("error.route.same", start.name))
    known = [start.feature, end.feature]
    for place in passed:
        if place.feature in known:
            raise UsageError(message("error.route.via", place.name))
        known.append(place.feature)


def allows(request: Request, network: Network) -> Callable[[Edge], bool]:
    """Whether an edge may be travelled under a request."""
    opened, closed = request.switches.opened_edges, request.switches.closed_edges
    modes, avoid = {*request.modes, "transfer"}, {*request.avoid}

    def may(edge: Edge) -> bool:
        if edge.mode not in modes or edge.id in closed:
            return False
        if avoid & {edge.country, network.nodes[edge.a].country, network.nodes[edge.b].country}:
            return False
        return edge.id in opened or usable(edge, as_of=request.as_of, include=request.include)

    return travelled(network, may)


def find_routes(network: Network, facts: Facts, request: Request, assumptions: Assumptions) -> list[Route]:
    """Find the best route, and others where asked for, best first.

    Another route is the best one by way of some place, as long as it costs no more than a fifth more than the best, has
    no more than four fifths in common with those before it, and comes nowhere twice: the admissible single-via
    paths of Abraham et al., Alternative Routes in Road Networks, ACM JEA 18 (2013).

    Raises
    ------
    UsageError
        Where no route exists under the request; the message says which constraint cut it.
    """
    allowed = allows(request, network)
    cost = costs(network, request.by, assumptions)
    sections = _through(network, request, cost, allowed)
    if sections is None:
        raise UsageError(_why_none(network, request, cost))
    found = [[edge.id for _, edges in sections for edge in edges]]
    if request.alternatives > 1:
        for path in _others(network, request, sections, cost, allowed):
            if len(found) == request.alternatives:
                break
            held = {edge for other in found for edge in other}
            legs = [edge for edge in path if network.by_id[edge].kind == "leg"]
            if sum(cost[edge] for edge in legs if edge in held) <= MOST_SHARED * sum(cost[edge] for edge in legs):
                found.append(path)
    routes = [write_route(network, facts, request.places, edges, assumptions) for edges in found]
    if all((route.circuity or 0) <= FAR for route in routes) or len(request.places) > 2:  # noqa: PLR2004 - no place passed
        return routes
    metres = {edge.id: round(1000 * edge.track_km) for edge in network.edges}
    ends = (costs_from(network, place.nodes, metres, allowed) for place in request.places)
    there, back = ({node: parts // EDGE_SHARE for node, parts in reached.items()} for reached in ends)
    link = missing_link(network, allowed, there, back, routes[0].geodesic_km)
    return [replace(route, missing_link=link) if (route.circuity or 0) > FAR else route for route in routes]


Section = tuple[list[str], list[Edge]]
"""Nodes and edges of the best way from one place of a request to the next."""


def _through(
    network: Network, request: Request, weight: Mapping[str, int], allowed: Callable[[Edge], bool]
) -> list[Section] | None:
    """The best way through all places of a request, section by section, or None where there is none."""
    sections: list[Section] = []
    starts: Sequence[str] = request.places[0].nodes
    for place in request.places[1:]:
        section = best_path(network, starts, place.nodes, weight, allowed)
        if section is None:
            return None
        sections.append(section)
        starts = [section[0][-1]]
    return sections


def _others(
    network: Network,
    request: Request,
    sections: Sequence[Section],
    cost: Mapping[str, int],
    allowed: Callable[[Edge], bool],
) -> Iterator[list[str]]:
    """Edges of the ways that lead by way of some place in one of the sections, cheapest first; none comes back."""
    edges = [[edge.id for edge in own] for _, own in sections]
    whole = sum(cost[edge] for own in edges for edge in own) * EDGE_SHARE + sum(map(len, edges))
    order = {node: nth for nth, node in enumerate(network.nodes)}
    ways = []
    for nth, (nodes, own) in enumerate(sections):
        starts = request.places[0].nodes if nth == 0 else nodes[:1]
        ends = request.places[-1].nodes if nth == len(sections) - 1 else nodes[-1:]
        there, back = (costs_from(network, some, cost, allowed) for some in (starts, ends))
        trace = tuple(_tracer(network, reached, cost, allowed) for reached in (there, back))
        rest = whole - sum(cost[edge.id] for edge in own) * EDGE_SHARE - len(own)
        ways += [(rest + there[node] + back[node], nth, order[node], node, trace) for node in there if node in back]
    for total, nth, _, node, trace in sorted(ways, key=lambda way: way[:3]):
        if total // EDGE_SHARE > LONGEST * (whole // EDGE_SHARE):
            return
        before, after = (towards(node) for towards in trace)
        nodes = [*before[0], *after[0][-2::-1]]
        passed = [*(node for held, _ in sections[:nth] for node in held[:-1]), *nodes]
        passed += [node for held, _ in sections[nth + 1 :] for node in held[1:]]
        if len({*passed}) == len(passed):
            way = [edge.id for edge in (*before[1], *after[1][::-1])]
            yield [edge for part in (*edges[:nth], way, *edges[nth + 1 :]) for edge in part]


def costs_from(
    network: Network, starts: Sequence[str], weight: Mapping[str, int], allowed: Callable[[Edge], bool]
) -> Mapping[str, int]:
    """What it costs to reach each node that can be reached from some, in ``EDGE_SHARE`` parts of a metre or second."""

    def least(a: str, b: str, parallel: Mapping[str, Mapping[str, Edge]]) -> int | None:
        del a, b
        cheapest = min((weight[key] for key, about in parallel.items() if allowed(about["edge"])), default=None)
        return None if cheapest is None else cheapest * EDGE_SHARE + 1

    found: Mapping[str, int] = nx.multi_source_dijkstra_path_length(network.graph, set(starts), weight=least)
    return found


def best_path(
    network: Network,
    starts: Sequence[str],
    ends: Sequence[str],
    weight: Mapping[str, int],
    allowed: Callable[[Edge], bool],
) -> Section | None:
    """Nodes and edges of the cheapest way from any of some nodes to any of others, or None where there is none."""
    costs_to = costs_from(network, starts, weight, allowed)
    reached = [(costs_to[end], end) for end in ends if end in costs_to]
    return _tracer(network, costs_to, weight, allowed)(min(reached)[1]) if reached else None


def _tracer(
    network: Network, costs_to: Mapping[str, int], weight: Mapping[str, int], allowed: Callable[[Edge], bool]
) -> Callable[[str], Section]:
    """What gives the way to a node from where the costs begin; of equals the edges first by id, from the end backwards.

    Each step back is looked for once, however many ways share it.
    """
    graph = network.graph
    steps: dict[str, tuple[str, str]] = {}

    def step(here: str) -> tuple[str, str]:
        if here not in steps:
            steps[here] = min(
                (key, other)
                for other, parallel in graph[here].items()
                if other in costs_to
                for key, about in parallel.items()
                if costs_to[other] + weight[key] * EDGE_SHARE + 1 == costs_to[here] and allowed(about["edge"])
            )
        return steps[here]

    def trace(end: str) -> Section:
        nodes = [end]
        edges: list[Edge] = []
        while costs_to[nodes[-1]]:
            key, before = step(nodes[-1])
            nodes.append(before)
            edges.append(network.by_id[key])
        return nodes[::-1], edges[::-1]

    return trace


def _why_none(network: Network, request: Request, cost: Mapping[str, int]) -> Message:
    """Say which constraint cut the route: the first whose absence would leave one."""
    avoid, as_of, modes = f"--avoid {','.join(request.avoid)}", f"--as-of {request.as_of}", ",".join(request.modes)
    opened_only = replace(request.switches, closed=(), closed_edges=frozenset())
    relaxed = {
        message("error.route.option", avoid): replace(request, avoid=()),
        message("error.route.status"): replace(request, include=("under_construction", "planned", "suspended")),
        message("error.route.option", as_of): replace(request, as_of=None),
        message("error.route.closed"): replace(request, switches=opened_only),
        message("error.route.mode", modes): replace(request, modes=MODES),
    }
    names = " – ".join(place.name for place in request.places)
    for cut, other in relaxed.items():
        if other != request and _through(network, other, cost, allows(other, network)) is not None:
            return message("error.route", names, cut)
    return message("error.route.never", names)
