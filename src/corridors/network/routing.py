"""A network and a request to routes: the shortest or the fastest route, and alternatives (see search)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corridors.data.facts import Facts
from corridors.data.tables import STATUSES, USUAL_MODES
from corridors.errors import UsageError
from corridors.locales import Message, message
from corridors.network.assumptions import Assumptions
from corridors.network.costs import By, costs
from corridors.network.gazetteer import Place
from corridors.network.graph import MODES, Edge, Network, travelled, usable
from corridors.network.missing_link import FAR, missing_link
from corridors.network.route import Route
from corridors.network.route_card import write_route
from corridors.network.search import EDGE_SHARE, Search, Way
from corridors.network.switches import NOTHING, Switches

LONGEST = 1.2
"""The greatest cost of an alternative, as a multiple of the cost of the best route."""

MOST_SHARED = 0.8
"""The greatest share of its cost that an alternative may have in common with the routes before it."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request for a route.

    Attributes
    ----------
    places
        The start, the places to pass, and the end, in this order.
    modes
        The modes that may be used; transfers are always allowed.
    by
        What is minimised: ``distance`` or ``time``.
    as_of
        The year whose open lines are used; None is the atlas's own date.
    include
        Further statuses that may be used: under_construction, planned, suspended.
    avoid
        Countries (alpha-3) that the route must not enter.
    switches
        The edges that count as open or as closed.
    alternatives
        The greatest number of routes to return.
    """

    places: Sequence[Place]
    modes: Sequence[str] = USUAL_MODES
    by: By = "distance"
    as_of: int | None = None
    include: Sequence[str] = ()
    avoid: Sequence[str] = ()
    switches: Switches = NOTHING
    alternatives: int = 1


def each_once(places: Sequence[Place]) -> None:
    """Refuse a request that names the same place twice."""
    start, *passed, end = places
    if start.feature == end.feature:
        raise UsageError(message("error.route.same", start.name))
    known = [start.feature, end.feature]
    for place in passed:
        if place.feature in known:
            raise UsageError(message("error.route.via", place.name))
        known.append(place.feature)


def allows(request: Request, network: Network) -> Callable[[Edge], bool]:
    """A function that returns whether an edge may be travelled under a request."""
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
    """Find the best route, and alternatives if the request asks for them, best first.

    An alternative is the best route through some further node. It costs at most a fifth more than the best route. It
    has at most four fifths of its cost in common with the routes before it. It passes no node twice. These are the
    admissible single-via paths of Abraham et al., Alternative Routes in Road Networks, ACM JEA 18 (2013).

    Raises
    ------
    UsageError
        If no route exists under the request. The message says which constraint excludes it.
    """
    allowed = allows(request, network)
    cost = costs(network, request.by, assumptions)
    search = Search.over(network, cost, allowed)
    sections = _through(request, search)
    if sections is None:
        raise UsageError(_why_none(network, request, cost))
    found = [[edge for _, edges in sections for edge in edges]]
    if request.alternatives > 1:
        for path in _others(network, request, sections, cost, search):
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
    by_metres = Search.over(network, metres, allowed)
    ends = (by_metres.costs_from(place.nodes) for place in request.places)
    there, back = ({node: parts // EDGE_SHARE for node, parts in reached.items()} for reached in ends)
    link = missing_link(network, allowed, there, back, routes[0].geodesic_km)
    return [replace(route, missing_link=link) if (route.circuity or 0) > FAR else route for route in routes]


def _through(request: Request, search: Search) -> list[Way] | None:
    """The best route through all places of a request, section by section, or None if there is none."""
    sections: list[Way] = []
    starts = tuple(request.places[0].nodes)
    for place in request.places[1:]:
        section = search.best(starts, place.nodes)
        if section is None:
            return None
        sections.append(section)
        starts = section[0][-1:]
    return sections


def _others(
    network: Network, request: Request, sections: Sequence[Way], cost: Mapping[str, int], search: Search
) -> Iterator[list[str]]:
    """The edges of routes through one more node in one section, cheapest first. None of them passes a node twice."""
    edges = [own for _, own in sections]
    whole = sum(cost[edge] for own in edges for edge in own) * EDGE_SHARE + sum(map(len, edges))
    order = {node: nth for nth, node in enumerate(network.nodes)}
    ways = []
    for nth, (nodes, own) in enumerate(sections):
        starts = request.places[0].nodes if nth == 0 else nodes[:1]
        ends = request.places[-1].nodes if nth == len(sections) - 1 else nodes[-1:]
        there, back = (search.costs_from(some) for some in (starts, ends))
        trace = tuple(search.tracer(reached) for reached in (there, back))
        rest = whole - sum(cost[edge] for edge in own) * EDGE_SHARE - len(own)
        ways += [(rest + there[node] + back[node], nth, order[node], node, trace) for node in there if node in back]
    for total, nth, _, node, trace in sorted(ways, key=lambda way: way[:3]):
        if total // EDGE_SHARE > LONGEST * (whole // EDGE_SHARE):
            return
        before, after = (towards(node) for towards in trace)
        nodes = (*before[0], *after[0][-2::-1])
        passed = [*(node for held, _ in sections[:nth] for node in held[:-1]), *nodes]
        passed += [node for held, _ in sections[nth + 1 :] for node in held[1:]]
        if len({*passed}) == len(passed):
            way = (*before[1], *after[1][::-1])
            yield [edge for part in (*edges[:nth], way, *edges[nth + 1 :]) for edge in part]


def _why_none(network: Network, request: Request, cost: Mapping[str, int]) -> Message:
    """Say which constraint excludes the route: the first one without which a route would exist."""
    avoid, as_of, modes = f"--avoid {','.join(request.avoid)}", f"--as-of {request.as_of}", ",".join(request.modes)
    opened_only = replace(request.switches, closed=(), closed_edges=frozenset())
    relaxed = {
        message("error.route.option", avoid): replace(request, avoid=()),
        message("error.route.status"): replace(request, include=STATUSES[1:]),
        message("error.route.option", as_of): replace(request, as_of=None),
        message("error.route.closed"): replace(request, switches=opened_only),
        message("error.route.mode", modes): replace(request, modes=MODES),
    }
    names = " – ".join(place.name for place in request.places)
    for cut, other in relaxed.items():
        if other != request and _through(other, Search.over(network, cost, allows(other, network))):
            return message("error.route", names, cut)
    return message("error.route.never", names)
