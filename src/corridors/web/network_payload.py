"""The network in compact form for a page, so that the page finds the same routes as the command.

Nodes and edges are in the network's own order, with one list for each property. Values that follow from others are left
out, and network.js computes them again. Positions are whole 1e-5 degrees, each as the difference from the one before.
Lengths are whole metres and times are whole seconds, as ``network.costs`` gives them. Long lists of whole numbers are
one text.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from corridors.content.planner import Planner
from corridors.data.facts import Facts
from corridors.data.folding import fold
from corridors.data.tables import CONFIDENCES, GAUGES_MM, STATUSES, Row
from corridors.data.years import YEARS
from corridors.layers.lengths import BASES
from corridors.locales import LANGUAGES
from corridors.network.assumptions import Assumptions
from corridors.network.costs import TRANSFER_METRES, costs, hours_of
from corridors.network.gazetteer import LAYERS, MOST_CANDIDATES, SNAP_KM
from corridors.network.graph import MODES, Edge, Network, Node
from corridors.network.missing_link import FAR
from corridors.network.route_card import line_facts
from corridors.network.routing import LONGEST, MOST_SHARED, SURFACE
from corridors.network.switches import Switchboard
from corridors.web.payload import FEATURE_STEP

NAMES = ("en", *(language for language in LANGUAGES if language != "en"), "local")
KINDS = ("leg", "transfer", "gauge_change", "border")
GAUGES = (0, *GAUGES_MM)
EDGE_MODES = (*MODES, "transfer")
WAYPOINTS = "route_waypoints"

NEW, SAME, NONE = "1", "0", "-"
"""Whether a node belongs to the next place, to the place of the node before, or to none (a border between stations)."""

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
LAST_BITS, MORE = 31, 32

Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one or several nodes: its layer, its id there, and whether it can be chosen for a route."""

    layer: str
    name: str
    choosable: bool

    @property
    def feature(self) -> str:
        """``layer/id``."""
        return f"{self.layer}/{self.name}"


def encode_network(planner: Planner) -> dict[str, object]:
    """Encode a network for a page. Names and positions of the page's own features are left out."""
    context, on_page = planner.context, planner.on_map
    network, facts, assumptions, names = context.network, context.facts, context.assumptions, context.names
    nodes = list(network.nodes.values())
    steps, places = _places(nodes)
    countries = planner.countries
    lines = line_facts(facts)
    records = [_record(edge) for edge in network.edges]
    distinct = list(dict.fromkeys(records))
    used = {record[0] for record in distinct if record[0] in lines}
    sources = sorted({source for line in used for source in lines[line]["source"]})
    named = {**_passed_names(facts), **names}
    placed = [(node.lon, node.lat) for node in nodes if not (node.name and node.feature in on_page)]
    return {
        "places": [
            [layer, len(list(of_layer)) if layer == WAYPOINTS else " ".join(place.name for place in of_layer)]
            for layer, of_layer in groupby(places, key=lambda place: place.layer)
        ],
        "passed": [nth for nth, place in enumerate(places) if not place.choosable],
        "names": _names(places, named, on_page),
        "codes": _codes(places, facts, named),
        "countries": countries,
        "nodes": {
            "place": "".join(steps),
            "gauge": "".join(str(GAUGES.index(_gauge(node))) for node in nodes),
            "country": _runs([countries.index(node.country) for node in nodes]),
            "lon": digits(_steps([round(lon / FEATURE_STEP) for lon, _ in placed])),
            "lat": digits(_steps([round(lat / FEATURE_STEP) for _, lat in placed])),
        },
        "gauges": list(GAUGES),
        "kinds": list(KINDS),
        "modes": list(EDGE_MODES),
        "bases": list(BASES),
        "statuses": list(STATUSES),
        "confidences": list(CONFIDENCES),
        "lines": [
            [*record, *([_indices(lines[record[0]], sources)] if record[0] in used else [])] for record in distinct
        ],
        "lineNames": {
            line: [named.get(line, {}).get(language, "") for language in NAMES[:-1]]
            for line in sorted(used - set(on_page))
            if lines[line].get("name_en")
        },
        "edges": _edges(network, [distinct.index(record) for record in records], assumptions),
        **_switches(network, facts),
        "finding": [LAYERS, SNAP_KM, MOST_CANDIDATES],
        "usual": SURFACE,
        "years": YEARS,
        "others": [LONGEST, MOST_SHARED],
        "far": FAR,
        "sources": sources,
        "transferMetres": TRANSFER_METRES,
        "assumptions": assumptions.as_dict(),
        "assumptionSources": list(assumptions.cited),
        "openBorders": sorted(assumptions.open_borders),
    }


def _edges(network: Network, lines: Sequence[int], assumptions: Assumptions) -> dict[str, object]:
    """The edges, property by property. ``line`` is a line and the number of consecutive edges on it, and so on."""
    at = {name: nth for nth, name in enumerate(network.nodes)}
    metres = [round(1000 * edge.track_km) for edge in network.edges]
    measured = [round(1000 * edge.measured_km) for edge in network.edges]
    exact = costs(network, "time", assumptions)
    seconds = {nth: exact[edge.id] for nth, edge in enumerate(network.edges)}
    return {
        "a": digits(_steps([at[edge.a] for edge in network.edges])),
        "b": digits([at[edge.b] for edge in network.edges]),
        "kind": _runs([KINDS.index(edge.kind) for edge in network.edges]),
        "line": _runs(lines),
        "basis": digits(_runs([BASES.index(edge.basis) for edge in network.edges])),
        "metres": digits(metres),
        "measuredMore": digits([more - own for more, own in zip(measured, metres, strict=True)]),
        # The country of an edge is that of both its ends, and its hours follow from the assumptions. These are the
        # exceptions.
        "country": {nth: edge.country for nth, edge in enumerate(network.edges) if edge.country != _own(network, edge)},
        "seconds": {
            nth: seconds[nth]
            for nth, edge in enumerate(network.edges)
            if seconds[nth] != math.floor(3600 * hours_of(edge, assumptions) + 0.5)
        },
    }


def _switches(network: Network, facts: Facts) -> dict[str, object]:
    """What can be opened or closed besides lines: the lines of railways, and the numbers of edges that ports close."""
    board = Switchboard(network, facts)
    at = {edge.id: nth for nth, edge in enumerate(network.edges)}
    return {
        "railways": {name: [line.partition("/")[2] for line in lines] for name, lines in board.railways.items()},
        "ports": {port.partition("/")[2]: sorted(at[edge.id] for edge in edges) for port, edges in board.ports.items()},
    }


def _own(network: Network, edge: Edge) -> str:
    """The country of a land edge whose ends are in one country; empty for a border, the sea and the air."""
    ends = {network.nodes[edge.a].country, network.nodes[edge.b].country}
    return ends.pop() if len(ends) == 1 and edge.mode not in {"sea", "air"} and edge.kind != "border" else ""


def _places(nodes: Sequence[Node]) -> tuple[list[str], list[Place]]:
    """For each node: whether it belongs to a new place. Then the places in their order."""
    steps: list[str] = []
    places: list[Place] = []
    for node in nodes:
        if not node.name:
            steps.append(NONE)
        elif places and places[-1].feature == node.feature:
            steps.append(SAME)
        else:
            steps.append(NEW)
            layer, _, name = node.feature.partition("/")
            places.append(Place(layer, name, choosable=layer in LAYERS and node.kind not in {"border", "shape"}))
    return steps, places


def _gauge(node: Node) -> int:
    """The gauge of a station's node in millimetres, else 0."""
    return int(node.id.split("@")[1]) if node.kind in {"station", "shape"} else 0


def digits(values: Iterable[int]) -> str:
    """Whole numbers as one text in base 64: five bits per letter, lowest first. A sixth bit means that more follow.

    The lowest bit of all is the sign, as in JavaScript source maps.
    """
    letters = []
    for value in values:
        rest = abs(value) << 1 | (value < 0)
        while rest > LAST_BITS:
            letters.append(ALPHABET[rest & LAST_BITS | MORE])
            rest >>= 5
        letters.append(ALPHABET[rest])
    return "".join(letters)


def _steps(values: Sequence[int]) -> list[int]:
    """The first value, then the differences."""
    return [value - before for value, before in zip(values, (0, *values[:-1]), strict=True)]


def _runs(values: Sequence[int]) -> list[int]:
    """A value, the number of its repetitions, the next value, …."""
    return [number for value, run in groupby(values) for number in (value, len(list(run)))]


def _record(edge: Edge) -> tuple[str | int, ...]:
    """The shared attributes of a line's edges: its id, mode, status, years (0: none), gauge and confidence."""
    return (
        edge.line,
        EDGE_MODES.index(edge.mode),
        STATUSES.index(edge.status),
        int((edge.opened or "0")[:4]),
        int((edge.closed or "0")[:4]),
        GAUGES.index(edge.gauge_mm or 0),
        CONFIDENCES.index(edge.confidence),
    )


def _indices(line: Row, sources: Sequence[str]) -> list[int]:
    """The positions of a line's sources in the list of all sources."""
    return [sources.index(name) for name in line["source"]]


def _passed_names(facts: Facts) -> dict[str, dict[str, str]]:
    """The names of stations and waypoints. Not all of them are features."""
    return {
        f"{table}/{row['id']}": {key: row[f"name_{key}"] for key in NAMES if row.get(f"name_{key}")}
        for table in ("stations", WAYPOINTS)
        for row in facts.rows(table)
    }


def name_from_id(name: str) -> str:
    """The English name that an id such as ``kz-kara-balta`` contains."""
    return " ".join(word.capitalize() for word in name.split("-")[1:])


def _names(places: Sequence[Place], named: Names, on_page: Collection[str]) -> dict[str, list[str | int]]:
    """For each language: the names in the order of the places. A number is how many places have no name there.

    A name is left out if the page has it, if the id contains it (English), if it equals the English name (other
    languages), or if it equals a name in another language (local).
    """
    return {language: list(_column(language, places, named, on_page)) for language in NAMES}


def _column(language: str, places: Sequence[Place], named: Names, on_page: Collection[str]) -> Iterator[str | int]:
    """The names of one language."""
    skipped = 0
    for place in places:
        names = named[place.feature]
        own = names.get(language, "")
        if language == "en":
            known = [] if place.layer == WAYPOINTS else [name_from_id(place.name)]
        else:
            known = [names["en"]] if language != "local" else [names.get(key, "") for key in NAMES[:-1]]
        if place.feature in on_page or not own or own in known:
            skipped += 1
            continue
        if skipped:
            yield skipped
        skipped = 0
        yield own


def _codes(places: Sequence[Place], facts: Facts, named: Names) -> dict[int, list[str]]:
    """Codes and other names (IATA, UN/LOCODE, former) by the place's number, without those that its names contain."""
    found: dict[str, list[str]] = {}
    for row in facts.rows("airports"):
        found[f"airports/{row['id']}"] = [row[key] for key in ("icao", "iata", "iata_later") if row[key]]
    for row in facts.rows("aliases"):
        found.setdefault(row["feature"], []).append(row["alias"])
    codes = {}
    for nth, place in enumerate(places):
        held = {fold(name) for name in (place.name, *named[place.feature].values())}
        new = {fold(code): code for code in found.get(place.feature, ()) if fold(code) not in held}
        if new:
            codes[nth] = list(new.values())
    return codes
