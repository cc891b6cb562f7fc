"""The effect of opening or closing lines on the routes between all places of a group."""

from collections import Counter
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain

from corridors.data.facts import Facts
from corridors.data.tables import USUAL_MODES
from corridors.errors import UsageError
from corridors.layers.lengths import Position
from corridors.locales import message
from corridors.network.assumptions import Assumptions
from corridors.network.centrality import Centrality, centralities
from corridors.network.costs import By, costs
from corridors.network.gazetteer import Place
from corridors.network.graph import Edge, Network
from corridors.network.junctions import Run
from corridors.network.pairs import Way, Ways, all_ways, pairs_of
from corridors.network.routing import Request, allows
from corridors.network.scenario_result import (
    GatewayShare,
    LineUse,
    NodeChange,
    PairChange,
    ScenarioResult,
)
from corridors.network.switches import HOME, Switchboard, Switches

THOUSAND = {"distance": 1e6, "time": 3.6e6}
"""How many metres or seconds make a thousand kilometres or hours."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is opened and closed, and the group of places that is compared.

    Attributes
    ----------
    group
        The places; all pairs of them are compared.
    opened, closed
        Ids of lines (``rail/…`` or without the layer) or of railways; for ``closed`` also of ports.
    modes
        The modes that may be used; transfers are always allowed.
    by
        What routes minimise: ``distance`` or ``time``.
    name
        The name of the scenario.
    """

    group: Sequence[Place]
    opened: frozenset[str] = field(default_factory=frozenset)
    closed: frozenset[str] = field(default_factory=frozenset)
    modes: Sequence[str] = USUAL_MODES
    by: By = "distance"
    name: str = ""


State = tuple[Ways, Mapping[str, Centrality]]
"""The best routes of a group in one state of the network, and the centrality of all places in that state."""


def run_scenario(
    network: Network,
    facts: Facts,
    assumptions: Assumptions,
    scenario: Scenario,
    known: MutableMapping[object, State] | None = None,
) -> ScenarioResult:
    """Compare all pairs of a group before and after.

    "Before" is the network on the atlas's date. "After", the opened lines run and the closed ones do not. Every pair
    takes its one best route, by distance or by time; its kilometres and hours are those of that route. ``known`` stores
    the state of each group before, for further scenarios of the same network and assumptions.

    Raises
    ------
    UsageError
        If a name is unknown, the group has fewer than two places, or nothing would change.
    """
    places = list({place.feature: place for place in scenario.group}.values())
    if len(places) < 2:  # noqa: PLR2004 - a pair
        raise UsageError(message("error.scenario.pairs"))
    if not scenario.opened and not scenario.closed:
        raise UsageError(message("error.scenario.empty"))
    board = Switchboard(network, facts)
    switches = board.read(sorted(scenario.opened), sorted(scenario.closed), scenario.modes)
    cost = costs(network, scenario.by, assumptions)
    asked = Request(places, modes=scenario.modes)
    runs = allows(asked, network)

    def state(allowed: Callable[[Edge], bool]) -> State:
        ways = all_ways(network, places, cost, allowed)
        return ways, centralities(network, places, ways, scale=THOUSAND[scenario.by])

    known = {} if known is None else known
    group = (tuple(place.feature for place in places), tuple(scenario.modes), scenario.by)
    if group not in known:
        known[group] = state(runs)
    before, after = known[group], state(allows(replace(asked, switches=switches), network))
    both = (before[0], after[0])
    seconds = cost if scenario.by == "time" else costs(network, "time", assumptions)
    return ScenarioResult(
        name=scenario.name,
        opened=switches.opened,
        closed=switches.closed,
        places=[place.feature for place in places],
        modes=tuple(scenario.modes),
        by=scenario.by,
        pairs=_pairs(network, places, both, seconds),
        nodes=_nodes(network, before[1], after[1], scenario.modes),
        gateways=_gateways(network, board, places, both),
        lines=_lines(network, board, switches, both),
        ends=_loose_ends(network, switches, runs),
        assumptions=assumptions.as_dict(),
    )


def _pairs(
    network: Network, places: Sequence[Place], both: tuple[Ways, Ways], seconds: Mapping[str, int]
) -> list[PairChange]:
    """Every pair, before and after."""
    metres_of = {edge.id: round(1000 * edge.track_km) for edge in network.edges}

    @cache
    def amounts(run: Run) -> tuple[int, int]:
        return sum(map(metres_of.__getitem__, run)), sum(map(seconds.__getitem__, run))

    def rounded(way: Way | None) -> tuple[float | None, float | None]:
        if way is None:
            return None, None
        metres, duration = map(sum, zip((0, 0), *map(amounts, way.runs), strict=True))
        # Rounded as in route cards, so that both give the same figure.
        return (metres + 50) // 100 / 10, (duration + 180) // 360 / 10

    found = []
    for one, other in pairs_of(places):
        old, new = (ways.found.get((one.feature, other.feature)) for ways in both)
        before = rounded(old)
        (before_km, before_hours), (after_km, after_hours) = before, before if new == old else rounded(new)
        found.append(
            PairChange(
                start=one.name,
                end=other.name,
                start_id=one.feature,
                end_id=other.feature,
                before_km=before_km,
                after_km=after_km,
                before_hours=before_hours,
                after_hours=after_hours,
                effect=_effect(old, new),
                before=old,
                after=new,
            ),
        )
    return found


def _effect(old: Way | None, new: Way | None) -> str:
    """The effect on a pair."""
    if old is None or new is None:
        return ("apart" if new is None else "joined") if old is None else "cut"
    return "same" if new.cost == old.cost else "better" if new.cost < old.cost else "worse"


def _nodes(
    network: Network, old: Mapping[str, Centrality], new: Mapping[str, Centrality], modes: Sequence[str]
) -> list[NodeChange]:
    """Every place, before and after. Airports are included only if the modes include air."""
    found = []
    for feature in sorted(old):
        node = network.nodes[network.nodes_of[feature][0]]
        if node.kind == "airport" and "air" not in modes:
            continue
        found.append(
            NodeChange(
                feature=feature,
                name=node.name,
                kind=node.kind,
                country=node.country,
                lon=node.lon,
                lat=node.lat,
                betweenness_before=old[feature].betweenness,
                betweenness_after=new[feature].betweenness,
                closeness_before=old[feature].closeness,
                closeness_after=new[feature].closeness,
            ),
        )
    return found


def _gateways(
    network: Network, board: Switchboard, places: Sequence[Place], both: tuple[Ways, Ways]
) -> list[GatewayShare]:
    """Where the routes between China and other countries leave China, as shares of those routes."""
    country = {place.feature: network.nodes[place.nodes[0]].country for place in places}
    sides = {edge.id: {network.nodes[edge.a].country, network.nodes[edge.b].country} for edge in network.edges}
    crossings = {name for name, codes in sides.items() if HOME in codes and len(codes) > 1}
    counts = [_left_at(crossings, country, ways) for ways in both]
    found = []
    for name in sorted({*counts[0], *counts[1]}):
        edge = network.by_id[name]
        one, other = (network.nodes[end] for end in (edge.a, edge.b))
        port = board.gateway(edge)
        named = one.name or other.name or board.names.get(edge.line, "")
        old, new = (round(100 * count[name] / count.total(), 1) if count else 0.0 for count in counts)
        found.append(
            GatewayShare(
                id=name,
                name=board.names[port] if port else named,
                feature=port or (one.feature if one.kind in {"station", "shape"} else edge.line),
                mode=edge.mode,
                countries=tuple(sorted({one.country, other.country})),
                lon=one.lon,
                lat=one.lat,
                share_before=old,
                share_after=new,
                pairs_before=counts[0][name],
                pairs_after=counts[1][name],
            ),
        )
    return sorted(found, key=lambda gate: (-max(gate.share_before, gate.share_after), gate.id))


def _left_at(crossings: AbstractSet[str], country: Mapping[str, str], ways: Ways) -> "Counter[str]":
    """How many routes leave China at each of its crossings. Only the first one from the Chinese end counts."""
    counts: Counter[str] = Counter()

    @cache
    def crossed(run: Run) -> Sequence[str]:
        return [name for name in run if name in crossings]

    for (one, other), way in ways.found.items():
        if (country[one] == HOME) != (country[other] == HOME):
            passed = list(chain.from_iterable(map(crossed, way.runs)))
            counts.update(passed[:1] if country[one] == HOME else passed[-1:])
    return counts


def _lines(network: Network, board: Switchboard, switches: Switches, both: tuple[Ways, Ways]) -> list[LineUse]:
    """How many pairs use each line. All lines of the routes are included, and all lines that are opened or closed."""
    counts = []

    @cache
    def lines_of(run: Run) -> frozenset[str]:
        return frozenset(network.by_id[name].line for name in run) - {""}

    for ways in both:
        taken: Counter[str] = Counter()
        for way in ways.found.values():
            taken.update(frozenset().union(*map(lines_of, way.runs)))
        counts.append(taken)
    opened, shut = (
        {network.by_id[name].line for name in names} - {""} for names in (switches.opened_edges, switches.closed_edges)
    )
    named = {*counts[0], *counts[1], *opened, *shut}
    touched = switches.opened_edges | switches.closed_edges
    borders = [network.by_id[name] for name in switches.closed_edges if network.by_id[name].kind == "border"]
    gone = {end for edge in borders for end in (edge.a, edge.b)}
    legs: dict[str, list[Edge]] = {line: [] for line in named}
    for edge in network.edges:
        if edge.line in named and edge.kind == "leg":
            legs[edge.line].append(edge)
    changes = []
    for line in sorted(named):
        changed = [edge for edge in legs[line] if edge.id in touched or {edge.a, edge.b} & gone]
        changes.append(
            LineUse(
                line=line,
                name=board.names.get(line, line),
                change="opened" if line in opened else "closed" if line in shut else None,
                pairs_before=counts[0][line],
                pairs_after=counts[1][line],
                legs=_course(network, legs[line]),
                changed=_course(network, changed),
                countries=tuple(sorted({edge.country for edge in changed} - {""})),
            ),
        )
    return changes


def _course(network: Network, legs: Sequence[Edge]) -> tuple[tuple[Position, ...], ...]:
    """The positions of each leg in degrees. A border at a stop leaves a leg without length, which is no line."""
    return tuple(tuple(network.course(edge, edge.a)) for edge in legs if edge.measured_km)


def _loose_ends(network: Network, switches: Switches, runs: Callable[[Edge], bool]) -> tuple[str, ...]:
    """The stations where an opened line ends and no running line continues."""
    places = {node.id: node.feature for node in network.nodes.values() if node.kind == "station"}
    opened: Counter[str] = Counter()
    running = set()
    for edge in network.edges:
        ends = [places[end] for end in (edge.a, edge.b) if end in places]
        if edge.id in switches.opened_edges and edge.kind == "leg":
            opened.update(ends)
        elif edge.mode != "transfer" and runs(edge):
            running.update(ends)
    return tuple(sorted(place for place, legs in opened.items() if legs == 1 and place not in running))
