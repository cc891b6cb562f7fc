"""Names of lines, railways and ports to the edges that a scenario opens or closes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

import numpy as np

from corridors.data.facts import Facts
from corridors.data.scenarios import LINE_TABLES
from corridors.data.tables import Row
from corridors.errors import UsageError
from corridors.geo.geodesy import distance_km
from corridors.locales import message
from corridors.network.graph import Edge, Network, Node

HOME = "CHN"
"""Gateways are places where traffic leaves this country."""

CROSSING_KM = 30.0
"""A border crossing belongs to every port of its two countries within this distance."""

FAR_CROSSING_KM = 100.0
"""A crossing without a port so near belongs to the nearest port within this distance: road waypoints lie far apart."""

CROSSING_KINDS = ("border_crossing", "break_of_gauge", "inland_customs")
"""Kinds of ports where traffic crosses a border. At free zones and dry ports it does not."""

MOST_CANDIDATES, MANY = 6, 20
"""How many candidates a message names, and the number of lines above which it does not list all of them."""


@dataclass(frozen=True, slots=True)
class Switches:
    """What a scenario or a route opens and closes.

    Attributes
    ----------
    opened, closed
        Lines (``layer/id``, or ``layer/id:ISO`` for the part in one country), and for ``closed`` ports too.
    opened_edges, closed_edges
        Ids of the edges that count as open, and of those that count as closed.
    """

    opened: tuple[str, ...]
    closed: tuple[str, ...]
    opened_edges: frozenset[str]
    closed_edges: frozenset[str]


NOTHING = Switches((), (), frozenset(), frozenset())
"""Nothing is opened or closed."""


class Switchboard:
    """All lines and ports of a network that can be opened or closed, by id."""

    def __init__(self, network: Network, facts: Facts) -> None:
        self._network = network
        self._edges: dict[str, list[Edge]] = {}
        for edge in network.edges:
            self._edges.setdefault(edge.line, []).append(edge)
        self._lines: dict[str, list[str]] = {}
        self.names: dict[str, str] = {}
        for layer, table in LINE_TABLES.items():
            for row in facts.rows(table):
                line = f"{layer}/{row['id']}"
                if line in self._edges:
                    self.names[line] = row.get("name_en") or row["id"]
                    for key in dict.fromkeys((line, row["id"], row.get("railway") or row["id"])):
                        self._lines.setdefault(key, []).append(line)
        self._ports = {f"ports/{row['id']}": row for row in facts.rows("ports")}
        self.names |= {port: row["name_en"] for port, row in self._ports.items()}
        self._crossings, self._gateways = _crossings(network, self._ports)

    def read(self, opened: Iterable[str], closed: Iterable[str], modes: Iterable[str]) -> Switches:
        """Find the lines, ports and edges to open and to close.

        Parameters
        ----------
        opened
            Ids of lines, with or without their layer, or of railways. A railway opens all its sections.
        closed
            The same, or ids of ports. A port closes the lines that cross the border or land there.
        modes
            The modes that routes use.

        Raises
        ------
        UsageError
            If a name is unknown or given as both opened and closed, or nothing would change.
        """
        opened, closed = list(opened), list(closed)
        if {*opened} & {*closed}:
            raise _contradiction(min({*opened} & {*closed}))
        lines = list(dict.fromkeys(line for name in opened for line in self._to_open(name)))
        shut = list(dict.fromkeys(found for name in closed for found in self._to_close(name)))
        waiting = {edge.id: edge for line in lines for edge in self._edges_of(line)}
        running = {edge.id: edge for name in shut for edge in self._edges_of(name)}
        both = sorted(waiting.keys() & running.keys())
        if both:
            raise _contradiction(waiting[both[0]].line)
        used = {edge.mode for edge in (*waiting.values(), *running.values())}
        if used and not used & {*modes}:
            raise UsageError(message("error.switch.mode", modes, ",".join(sorted(used))))
        return Switches(tuple(lines), tuple(shut), frozenset(waiting), frozenset(running))

    @property
    def railways(self) -> Mapping[str, list[str]]:
        """The lines of each railway. A railway that is a single line of the same id is left out."""
        lines = {name: found for name, found in self._lines.items() if "/" not in name}
        return {name: found for name, found in lines.items() if [one.partition("/")[2] for one in found] != [name]}

    @property
    def ports(self) -> Mapping[str, list[Edge]]:
        """The edges that each port closes, by its id. A port without such edges is left out."""
        return {port: edges for port in self._ports if (edges := self._edges_of(port))}

    def gateway(self, edge: Edge) -> str | None:
        """The nearest of the ports that a border crossing belongs to, or None."""
        return self._gateways.get(edge.id)

    def _to_open(self, name: str) -> list[str]:
        """The lines of that name that are not in operation."""
        bare, _, _ = name.partition(":")
        if bare not in self._lines and self._port(bare):
            raise UsageError(message("error.switch.port", name))
        waiting = self._with_status(name, operational=False)
        if not waiting:
            raise UsageError(message("error.switch.running", name))
        return waiting

    def _to_close(self, name: str) -> list[str]:
        """The lines of that name that are in operation, or the port of that name."""
        bare, _, _ = name.partition(":")
        port = None if bare in self._lines else self._port(name)
        if port is None:
            running = self._with_status(name, operational=True)
            if not running:
                raise UsageError(message("error.switch.shut", name))
            return running
        if not self._edges_of(port):
            others = [each.removeprefix("ports/") for each, edges in self._crossings.items() if edges]
            raise UsageError(message("error.switch.crossing", name, others))
        return [port]

    def _with_status(self, name: str, *, operational: bool) -> list[str]:
        """The lines of that name with at least one edge in operation, or with at least one that is not."""
        bare, mark, country = name.partition(":")
        if bare not in self._lines:
            of_use = [
                line
                for line in self.names
                if any((edge.status == "operational") == operational for edge in self._edges.get(line, ()))
            ]
            self._unknown(bare, [*of_use, *self._ports] if operational else of_use)
        lines = [f"{line}{mark}{country}" for line in self._lines[bare]]
        if not any(self._edges_of(line) for line in lines):
            countries = sorted({edge.country for line in self._lines[bare] for edge in self._edges[line]} - {""})
            parts = [f"{bare}:{code}" for code in countries]
            raise UsageError(message("error.switch.country", bare, repr(country), parts))
        return [
            line
            for line in lines
            if any((edge.status == "operational") == operational for edge in self._edges_of(line))
        ]

    def _port(self, name: str) -> str | None:
        """The port with that id, given with or without its layer."""
        return next((port for port in (name, f"ports/{name}") if port in self._ports), None)

    def _edges_of(self, name: str) -> list[Edge]:
        """The edges of a line, or of its part in one country; for a port, the edges that cross or land there."""
        line, _, country = name.partition(":")
        if line not in self._edges:
            return [*self._crossings[name], *self._landings(name)]
        nodes = self._network.nodes
        return [
            edge
            for edge in self._edges[line]
            if not country or country in {edge.country, *(nodes[end].country for end in (edge.a, edge.b))}
        ]

    def _landings(self, port: str) -> list[Edge]:
        """The sea edges that land at a port, or the changes of gauge at the station of an inland port."""
        node = self._network.nodes.get(port)
        row = self._ports[port]
        if node is None or row["border_with"]:
            return []
        kinds = {"sea_port": ("leg", "border"), "break_of_gauge": ("gauge_change",)}.get(row["kind"], ())
        mode = "sea" if row["kind"] == "sea_port" else "rail"
        edges_at = self._network.edges_at
        beside = [end for edge in edges_at[node.id] if edge.kind == "transfer" for end in (edge.a, edge.b)]
        found = {edge.id: edge for end in beside if end != node.id for edge in edges_at[end]}
        return [edge for _, edge in sorted(found.items()) if edge.mode == mode and edge.kind in kinds]

    def _unknown(self, name: str, known: list[str]) -> NoReturn:
        """Refuse a name and suggest ids or names that somebody may have meant, of those that can be used."""
        key = name.casefold()
        words: dict[str, list[str]] = {}
        for line in known:
            for word in {line, *re.split(r"[\W_]+", f"{line} {self.names.get(line, '')}".casefold())} - {""}:
                words.setdefault(word, []).append(line)
        part = [line for line in known if key and key in self.names.get(line, "").casefold()]
        close = [line for word in get_close_matches(key, words, n=MOST_CANDIDATES, cutoff=0.75) for line in words[word]]
        found = list(dict.fromkeys([*part, *close]))[:MOST_CANDIDATES]
        key = "error.switch.line_or_port" if any(one.startswith("ports/") for one in known) else "error.switch.line"
        candidates = [f"{one} ({self.names[one]})" if one in self.names else one for one in found or sorted(known)]
        hint = message("error.meant" if found else "error.switch.one_of", candidates)
        if not found and len(known) > MANY:
            hint = message("error.switch.by_id", min(known))
        raise UsageError(message(key, repr(name), hint))


def _contradiction(name: str) -> UsageError:
    """The error of a line that is both opened and closed."""
    return UsageError(message("error.switch.both", name))


def _crossings(network: Network, ports: Mapping[str, Row]) -> tuple[dict[str, list[Edge]], dict[str, str]]:
    """The border crossings at each port (nearest first), and the port nearest to each crossing."""
    found: dict[str, list[tuple[float, str]]] = {port: [] for port in ports}
    gateways = {}
    places = {port: network.nodes[port] for port in ports if port in network.nodes}
    for edge in network.edges:
        if edge.kind != "border" or edge.mode == "sea":
            continue
        sides = {network.nodes[edge.a].country, network.nodes[edge.b].country}
        near = sorted(
            (_km(network.nodes[edge.a], node), port)
            for port, node in places.items()
            if ports[port]["kind"] in CROSSING_KINDS
            and sides == {*ports[port]["country"], *(ports[port]["border_with"] or ())}
            and edge.mode in (ports[port]["mode"] or ())
        )
        here = [pair for pair in near if pair[0] <= CROSSING_KM] or near[:1]
        for km, port in here:
            if km <= FAR_CROSSING_KM:
                found[port].append((km, edge.id))
        # Two ports can face each other across a border. Then the gateway is the port on China's side.
        first = min(
            here, key=lambda pair: (HOME not in ports[pair[1]]["country"], pair), default=(FAR_CROSSING_KM + 1, "")
        )
        if first[0] <= FAR_CROSSING_KM:
            gateways[edge.id] = first[1]
    edges_of = {port: [network.by_id[name] for _, name in sorted(edges)] for port, edges in found.items()}
    across = {port: f"ports/{row['counterpart']}" for port, row in ports.items() if row["counterpart"]}
    # A port without a crossing of its own closes those of the port across the border.
    crossings = [port for port, row in ports.items() if row["kind"] in CROSSING_KINDS]
    facing = {port: edges_of.get(across.get(port, ""), []) for port in crossings}
    return {port: edges or facing.get(port, []) for port, edges in edges_of.items()}, gateways


def _km(one: Node, other: Node) -> float:
    """Geodesic distance between two nodes in kilometres."""
    ends = (np.array([value]) for value in (one.lon, one.lat, other.lon, other.lat))
    return float(distance_km(*ends)[0])
