"""The edges of a route to its card: legs, kilometres by mode and country, borders, changes of gauge, hours, sources."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise

from corridors.data.facts import Facts
from corridors.data.scenarios import LINE_TABLES
from corridors.data.tables import CONFIDENCES, Row
from corridors.geo.segments import WGS84
from corridors.layers.lengths import BASES, Basis, Position
from corridors.network.assumptions import Assumptions
from corridors.network.costs import controlled, costs, in_hours
from corridors.network.gazetteer import Place
from corridors.network.graph import Edge, Network, Node
from corridors.network.profile import profile_of
from corridors.network.route import GaugeBreak, Leg, Route


def write_route(
    network: Network, facts: Facts, places: Sequence[Place], path: Sequence[str], assumptions: Assumptions
) -> Route:
    """Compute the card of a route.

    Parameters
    ----------
    network
        The network.
    facts
        Gives the names and sources of lines.
    places
        The start, the places that the route passes, and the end.
    path
        Ids of the edges, in the order of travel.
    assumptions
        Gives the hours.
    """
    edges = [network.by_id[name] for name in path]
    nodes = passed_nodes(network, places[0].nodes, edges)
    seconds = costs(network, "time", assumptions, edges)
    lines = line_facts(facts)
    legs = _legs(network, nodes, edges, lines, seconds)
    start, end = nodes[0], nodes[-1]
    geodesic = float(WGS84.inv(start.lon, start.lat, end.lon, end.lat)[2]) / 1000
    length = _km(edge.track_km for edge in edges)
    used = [lines[edge.line] for edge in edges if edge.line in lines]
    return Route(
        start=places[0].name,
        end=places[-1].name,
        start_id=places[0].feature,
        end_id=places[-1].feature,
        legs=legs,
        length_km=length,
        measured_km=_km(edge.measured_km for edge in edges),
        hours=_hours(seconds[edge.id] for edge in edges),
        km_by_basis=_by_basis(edges),
        km_by_mode=_sums((edge.mode, edge.track_km) for edge in edges if edge.track_km),
        countries=_sums((edge.country, edge.track_km) for edge in edges if edge.country and edge.track_km),
        borders=_borders(nodes, edges, assumptions),
        gauge_breaks=_breaks(network, nodes, edges),
        geodesic_km=round(geodesic, 1),
        circuity=round(length / geodesic, 3) if geodesic >= 1 else None,
        sources=sorted({source for row in used for source in row["source"]}),
        assumptions=assumptions.as_dict(),
        edges=list(path),
        profile=profile_of(network, nodes, edges, seconds, assumptions.open_borders, people_of(facts)),
    )


def passed_nodes(network: Network, start: Sequence[str], edges: Sequence[Edge]) -> list[Node]:
    """The nodes along some edges, in the order of travel. The first is one of the ``start`` nodes."""
    if not edges:
        return [network.nodes[start[0]]] * 2
    here = next(end for end in (edges[0].a, edges[0].b) if end in start)
    nodes = [network.nodes[here]]
    for edge in edges:
        here = edge.b if edge.a == here else edge.a
        nodes.append(network.nodes[here])
    return nodes


def line_facts(facts: Facts) -> dict[str, Row]:
    """The facts of every line, by the id of its feature."""
    return {f"{layer}/{row['id']}": row for layer, table in LINE_TABLES.items() for row in facts.rows(table)}


def people_of(facts: Facts) -> dict[str, int]:
    """Inhabitants of the cities whose number is known, by feature."""
    return {f"cities/{row['id']}": row["population"] for row in facts.rows("cities") if row["population"]}


def _legs(
    network: Network,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    lines: Mapping[str, Row],
    seconds: Mapping[str, int],
) -> list[Leg]:
    """Consecutive edges of one line as one leg. Changes of gauge and borders are not legs."""
    steps = [
        (edge, one, other)
        for edge, (one, other) in zip(edges, pairwise(nodes), strict=True)
        if edge.kind in {"leg", "transfer"}
    ]
    legs = []
    for (line, mode), group in groupby(steps, key=lambda step: (step[0].line, step[0].mode)):
        run = list(group)
        own = [edge for edge, _, _ in run]
        about = lines.get(line, {})
        ends = _named(run), _named([(edge, other, one) for edge, one, other in reversed(run)])
        legs.append(
            Leg(
                mode=mode,
                line=line,
                line_name=about.get("name_en") or " – ".join(_end_names(network, line)) if line else "",
                start=ends[0].name,
                end=ends[1].name,
                length_km=_km(edge.track_km for edge in own),
                measured_km=_km(edge.measured_km for edge in own),
                tracks_km=_km(edge.measured_km for edge in own if edge.on_track),
                countries=_sums((edge.country, edge.track_km) for edge in own if edge.country),
                km_by_basis=_by_basis(own),
                gauge_mm=own[0].gauge_mm,
                status=own[0].status,
                hours=_hours(seconds[edge.id] for edge in own),
                confidence=max((edge.confidence for edge in own), key=CONFIDENCES.index),
                coordinates=_course(network, run),
                start_id=ends[0].feature,
                end_id=ends[1].feature,
                sources=sorted(about.get("source", ())),
            ),
        )
    return [leg for leg in legs if leg.length_km or leg.mode != "transfer"]


def _course(network: Network, run: Sequence[tuple[Edge, Node, Node]]) -> list[Position]:
    """The positions along some edges, each once."""
    positions = (place for edge, one, _ in run for place in network.course(edge, one.id))
    return [place for place, _ in groupby(positions)]


def _end_names(network: Network, line: str) -> list[str]:
    """The names of both ends of a line without a name of its own, such as a flight."""
    ends = [node for edge in network.edges if edge.line == line for node in (edge.a, edge.b)]
    return [network.nodes[name].name for name in (ends[0], ends[-1])] if ends else []


def _named(run: Sequence[tuple[Edge, Node, Node]]) -> Node:
    """The node that gives the name of a leg's start. A border has no name, so the nearest named node follows."""
    nodes = [run[0][1], *(other for _, _, other in run)]
    return next((node for node in nodes if node.name), nodes[0])


def _km(parts: Iterable[float]) -> float:
    """The sum of lengths in km, to one decimal. Whole metres are added, so the order of addition does not matter."""
    return (sum(round(1000 * km) for km in parts) + 50) // 100 / 10


def _hours(seconds: Iterable[int]) -> float:
    """The sum of whole seconds in hours, to one decimal."""
    return in_hours(sum(seconds))


def _sums(parts: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Kilometres by key, in the order of first appearance."""
    sums: dict[str, list[float]] = {}
    for key, km in parts:
        sums.setdefault(key, []).append(km)
    return {key: _km(found) for key, found in sums.items()}


def _by_basis(edges: Sequence[Edge]) -> dict[Basis, float]:
    """Kilometres by the basis of their length, the best basis first."""
    sums = _sums((edge.basis, edge.track_km) for edge in edges if edge.track_km)
    return {basis: sums[basis] for basis in BASES if basis in sums}


def _borders(nodes: Sequence[Node], edges: Sequence[Edge], assumptions: Assumptions) -> list[dict[str, str]]:
    """Where the country changes, with mode and line. Borders without border control are left out."""
    found = []
    for edge, (one, other) in zip(edges, pairwise(nodes), strict=True):
        if not controlled(edge.line, one, other, assumptions.open_borders):
            continue
        found.append({"from": one.country, "to": other.country, "mode": edge.mode, "line": edge.line})
    return found


def _breaks(network: Network, nodes: Sequence[Node], edges: Sequence[Edge]) -> list[GaugeBreak]:
    """Where the gauge changes: from which gauge to which, at which station."""
    found: list[GaugeBreak] = []
    for edge, (one, other) in zip(edges, pairwise(nodes), strict=True):
        if edge.kind == "gauge_change":
            gauges = [int(node.id.split("@")[1]) for node in (one, other)]
            found.append(
                {
                    "station": one.name,
                    "feature": one.feature,
                    "from_mm": gauges[0],
                    "to_mm": gauges[1],
                    "country": one.country,
                }
            )
    del network
    return found
