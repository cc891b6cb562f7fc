"""The network in compact form for a page, so that the page finds the same routes as the command.

Nodes and edges are in the network's own order, with one block of numbers for each property. Values that follow from
others are left out, and the page's script computes them again (script/network/network.ts). Positions are whole 1e-5
degrees. Lengths are whole metres and times are whole seconds, as ``network.costs`` gives them.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from shapely import LineString

from corridors.content.planner import Planner
from corridors.data.facts import Facts
from corridors.data.folding import fold
from corridors.data.tables import AIRPORT_CODES, CONFIDENCES, GAUGES_MM, STATUSES, USUAL_MODES, Row
from corridors.layers.lengths import BASES
from corridors.locales import LANGUAGES
from corridors.network.assumptions import Assumptions
from corridors.network.costs import TRANSFER_METRES, costs, hours_of
from corridors.network.gazetteer import LAYERS, MOST_CANDIDATES, SNAP_KM
from corridors.network.graph import MODES, Edge, Network, Node
from corridors.network.missing_link import FAR
from corridors.network.route_card import line_facts, people_of
from corridors.network.routing import LONGEST, MOST_SHARED
from corridors.network.switches import Switchboard
from corridors.web.blocks import Blocks
from corridors.web.geometry_columns import encode_shapes
from corridors.web.payload import FEATURE_STEP

NAMES = ("en", *(language for language in LANGUAGES if language != "en"), "local")
KINDS = ("leg", "transfer", "gauge_change", "border")
GAUGES = (0, *GAUGES_MM)
EDGE_MODES = (*MODES, "transfer")
TRACKS = ("", "single", "partly_double", "double")
ELECTRIFIED = ("", "no", "partly", "yes")
WAYPOINTS = "route_waypoints"

SAME, NEW, NONE = range(3)
"""Whether a node belongs to the place of the node before, to the next place, or to none (a border between stations)."""

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


def encode_network(planner: Planner, blocks: Blocks) -> dict[str, object]:
    """Encode a network for a page: a description, and the blocks that it names, which are added to those of the page.

    Names and positions of the page's own features are left out.
    """
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
    people = people_of(facts)
    placed = [(node.lon, node.lat) for node in nodes if not (node.name and node.feature in on_page)]
    return {
        "places": [
            [layer, len(list(of_layer)) if layer == WAYPOINTS else " ".join(place.name for place in of_layer)]
            for layer, of_layer in groupby(places, key=lambda place: place.layer)
        ],
        "passed": [nth for nth, place in enumerate(places) if not place.choosable],
        "names": _names(places, named, on_page),
        "codes": _codes(places, facts, named),
        "people": {nth: people[place.feature] for nth, place in enumerate(places) if place.feature in people},
        "countries": countries,
        "nodes": {
            "count": len(nodes),
            "place": blocks.unsigned(steps),
            "gauge": blocks.unsigned([GAUGES.index(_gauge(node)) for node in nodes]),
            "country": blocks.unsigned([countries.index(node.country) for node in nodes]),
            "placed": len(placed),
            "lon": blocks.steps([round(lon / FEATURE_STEP) for lon, _ in placed]),
            "lat": blocks.steps([round(lat / FEATURE_STEP) for _, lat in placed]),
        },
        "gauges": list(GAUGES),
        "kinds": list(KINDS),
        "modes": list(EDGE_MODES),
        "bases": list(BASES),
        "statuses": list(STATUSES),
        "confidences": list(CONFIDENCES),
        "tracks": list(TRACKS),
        "electrified": list(ELECTRIFIED),
        "lines": [
            [*record, *([_indices(lines[record[0]], sources)] if record[0] in used else [])] for record in distinct
        ],
        "lineNames": {
            line: [named.get(line, {}).get(language, "") for language in NAMES[:-1]]
            for line in sorted(used - set(on_page))
            if lines[line].get("name_en")
        },
        "edges": _edges(network, [distinct.index(record) for record in records], assumptions, blocks),
        "courses": _courses(network, on_page, blocks),
        **_switches(network, facts),
        "finding": [LAYERS, SNAP_KM, MOST_CANDIDATES],
        "usual": USUAL_MODES,
        "others": [LONGEST, MOST_SHARED],
        "far": FAR,
        "sources": sources,
        "transferMetres": TRANSFER_METRES,
        "assumptions": assumptions.as_dict(),
        "assumptionSources": list(assumptions.cited),
        "openBorders": sorted(assumptions.open_borders),
    }


def _edges(network: Network, lines: Sequence[int], assumptions: Assumptions, blocks: Blocks) -> dict[str, object]:
    """The edges, property by property."""
    at = {name: nth for nth, name in enumerate(network.nodes)}
    metres = [round(1000 * edge.track_km) for edge in network.edges]
    measured = [round(1000 * edge.measured_km) for edge in network.edges]
    exact = costs(network, "time", assumptions)
    seconds = {nth: exact[edge.id] for nth, edge in enumerate(network.edges)}
    return {
        "count": len(network.edges),
        "a": blocks.steps([at[edge.a] for edge in network.edges]),
        "b": blocks.steps([at[edge.b] for edge in network.edges]),
        "kind": blocks.unsigned([KINDS.index(edge.kind) for edge in network.edges]),
        "line": blocks.unsigned(lines),
        "basis": blocks.unsigned([BASES.index(edge.basis) for edge in network.edges]),
        "metres": blocks.unsigned(metres),
        "more": blocks.steps([more - own for more, own in zip(measured, metres, strict=True)]),
        # The country of an edge is that of both its ends, and its hours follow from the assumptions. These are the
        # exceptions.
        "country": {nth: edge.country for nth, edge in enumerate(network.edges) if edge.country != _own(network, edge)},
        "seconds": {
            nth: seconds[nth]
            for nth, edge in enumerate(network.edges)
            if seconds[nth] != math.floor(3600 * hours_of(edge, assumptions) + 0.5)
        },
    }


def _courses(network: Network, on_page: Collection[str], blocks: Blocks) -> dict[str, object]:
    """The courses of lines that are not on the page, and which positions of its line's course each edge passes."""
    passed = [edge.rows or (0, -1) for edge in network.edges]
    others = {line: LineString(course) for line, course in network.courses.items() if line not in on_page}
    shapes = encode_shapes(np.array([*others.values()], dtype=np.object_), "line", FEATURE_STEP, blocks)
    return {
        "lines": list(others),
        "shapes": {**shapes, "count": len(others)},
        "first": blocks.steps([first for first, _ in passed]),
        "passed": blocks.unsigned([last + 1 - first for first, last in passed]),
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


def _places(nodes: Sequence[Node]) -> tuple[list[int], list[Place]]:
    """For each node: whether it belongs to a new place. Then the places in their order."""
    steps: list[int] = []
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


def _record(edge: Edge) -> tuple[str | int, ...]:
    """The shared attributes of a line's edges: its id, mode, status, years (0: none), gauge, confidence and tracks."""
    return (
        edge.line,
        EDGE_MODES.index(edge.mode),
        STATUSES.index(edge.status),
        int((edge.opened or "0")[:4]),
        int((edge.closed or "0")[:4]),
        GAUGES.index(edge.gauge_mm or 0),
        CONFIDENCES.index(edge.confidence),
        TRACKS.index(edge.tracks or ""),
        ELECTRIFIED.index(edge.electrified or ""),
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


def _names(places: Sequence[Place], named: Names, on_page: Collection[str]) -> dict[str, list[str | None]]:
    """For each language: the names in the order of the places; None for a place that has no name there.

    A name is left out if the page has it, if the id contains it (English), if it equals the English name (other
    languages), or if it equals a name in another language (local).
    """
    return {language: [_name(language, place, named[place.feature], on_page) for place in places] for language in NAMES}


def _name(language: str, place: Place, names: Mapping[str, str], on_page: Collection[str]) -> str | None:
    """The name of a place in one language, if it must be written."""
    own = names.get(language, "")
    if language == "en":
        known = [] if place.layer == WAYPOINTS else [name_from_id(place.name)]
    else:
        known = [names["en"]] if language != "local" else [names.get(key, "") for key in NAMES[:-1]]
    return None if place.feature in on_page or not own or own in known else own


def _codes(places: Sequence[Place], facts: Facts, named: Names) -> dict[int, list[str]]:
    """Codes and other names (IATA, UN/LOCODE, former) by the place's number, without those that its names contain."""
    found: dict[str, list[str]] = {}
    for row in facts.rows("airports"):
        found[f"airports/{row['id']}"] = [row[key] for key in AIRPORT_CODES if row[key]]
    for feature, name in facts.further_names():
        found.setdefault(feature, []).append(name)
    codes = {}
    for nth, place in enumerate(places):
        held = {fold(name) for name in (place.name, *named[place.feature].values())}
        new = {fold(code): code for code in found.get(place.feature, ()) if fold(code) not in held}
        if new:
            codes[nth] = list(new.values())
    return codes
