"""The effects of scenarios on a map: lines that open and close, the pairs that change most, the gateways.

All of them are normal features of the page, with a class in the legend and a card. A feature with a ``scenario`` is
shown only while that scenario is chosen. map/scenario.ts draws the states of the slider.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Unpack

from shapely import GeometryCollection, LineString, MultiLineString, MultiPoint, Point, line_merge

from corridors.content.context import Context, Names
from corridors.content.page_types import ClassEntry, Content, Entry, Feature, Group, Scenario
from corridors.content.style import CLASSES, StyleClass
from corridors.data.folding import short_name
from corridors.data.iso import country_name
from corridors.geo.geodesy import cut_at_antimeridian, great_circle
from corridors.layers.lengths import Position
from corridors.locales import LANGUAGES, messages, translations
from corridors.network.declared_scenarios import DeclaredScenarios
from corridors.network.graph import Edge, Network
from corridors.network.scenario_measures import MOST_PAIRS
from corridors.network.scenario_result import GatewayShare, PairChange, ScenarioResult

ARC_STEP_KM = 100.0
LARGE_KM = 1000.0
"""Pairs that change by more than this are drawn heavier."""

SMALL_SHARE = 0.5
"""Gateways with a smaller share, in percent before and after, are left out; so is a smaller change from the view."""

MARGIN_DEGREES, LEAST_DEGREES, MARGIN_SHARE = 2.0, 14.0, 0.08
"""The view of a scenario: the margin around what changes, the least extent in degrees, and the margin of a wide one."""

NARROW_DEGREES = 24.0
"""The extent from west to east up to which the view in a narrow window takes in what changes."""

GRAIN_DEGREES, DECIMALS = 0.02, 3
"""The ways of pairs are drawn on maps of whole countries: simplified by at most this, with so many decimals."""

LINE_MODES = {"rail": "rail", "roads": "road", "ferries": "sea", "flights": "air"}


def mode_of(line: str) -> str:
    """The mode of a line."""
    return LINE_MODES[line.partition("/")[0]]


def with_scenarios(content: Content, context: Context, declared: DeclaredScenarios) -> Content:
    """The content of a map's page with scenarios added. The first scenario is chosen at first."""
    course = _Course(context.network)
    features: list[Feature] = []
    scenarios: list[Scenario] = []
    for result in declared.results:
        own = [*_lines(result, context), *_gateways(result, context.names), *_pairs(result, context, course)]
        features += own
        scenarios.append(
            {
                "id": result.name,
                "title": dict(declared.entries[result.name].title),
                "totals": result.totals,
                "ends": [dict(context.names[feature]) for feature in result.ends],
                "bounds": _bounds(own, result),
                "narrow": _narrow_bounds(own, result),
            },
        )
    drawn = {feature["class"] for feature in features}
    classes = [each for each in CLASSES["scenario"]["effect"] if each.id in drawn]
    codes = {code for feature in features for code in feature["country"]}
    group: Group = {
        "id": "scenario",
        "layer": "scenario",
        "title": translations("scenario.group"),
        "open": True,
        "classes": [each.id for each in classes],
        "stats": [],
        "credit": "",
        "precision": translations("scenario.precision"),
    }
    return content | {
        "messages": {
            language: words | {key: text for key, text in messages(language).items() if key.startswith("scenario.")}
            for language, words in content["messages"].items()
        },
        "map": content["map"]
        | {
            "groups": [group, *content["map"]["groups"]],
            "view": {"bounds": scenarios[0]["bounds"], "narrow": scenarios[0]["narrow"]},
            "scenarios": scenarios,
            "nodes": course.positions(),
        },
        "classes": {each.id: _class(each) for each in classes} | content["classes"],
        "features": [*content["features"], *features],
        "countries": content["countries"]
        | {code: {language: country_name(code, language) for language in LANGUAGES} for code in sorted(codes)},
    }


def _class(each: StyleClass) -> ClassEntry:
    """A class in the form for pages."""
    title = translations(f"class.{each.id}")
    return {"title": title, "geometry": each.geometry, "z": each.z, "style": each.style.copy(), "on": True}


def _feature(result: ScenarioResult, effect: str, **members: Unpack[Feature]) -> Feature:
    """A feature of a scenario."""
    held = next(each for each in CLASSES["scenario"]["effect"] if each.holds({"effect": effect}))
    bare: Feature = {"scenario": result.name, "class": held.id, "facts": [], "series": [], "sources": []}
    return bare | members


def _lines(result: ScenarioResult, context: Context) -> Iterator[Feature]:
    """The lines that open and close, above other lines. For a line that closes at a border, the legs to that border."""
    for line in result.lines:
        if line.change is None or not line.changed or mode_of(line.line) not in result.modes:
            continue
        yield _feature(
            result,
            line.change,
            id=f"changes/{result.name}/{line.line}",
            kind=line.change,
            name=dict(context.names[line.line]),
            country=list(line.countries),
            rank=4,
            headline=[
                {"label": "scenario.pairs_before", "value": line.pairs_before, "unit": "", "digits": 0, "about": False},
                {"label": "scenario.pairs_after", "value": line.pairs_after, "unit": "", "digits": 0, "about": False},
            ],
            geometry=line_merge(MultiLineString([LineString(leg) for leg in line.changed])),
        )


def _gateways(result: ScenarioResult, names: Names) -> Iterator[Feature]:
    """The border crossings of China, each with its share before and after."""
    for gate in result.gateways:
        if max(gate.share_before, gate.share_after) < SMALL_SHARE:
            continue
        yield _feature(
            result,
            "gateway",
            id=f"gateways/{result.name}/{gate.feature}",
            kind="gateway",
            name=dict(names.get(gate.feature, {"en": gate.name})),
            country=list(gate.countries),
            rank=1,
            headline=_shares(gate),
            facts=[
                {"label": "scenario.pairs_before", "value": gate.pairs_before, "unit": "", "digits": 0},
                {"label": "scenario.pairs_after", "value": gate.pairs_after, "unit": "", "digits": 0},
            ],
            share=[gate.share_before, gate.share_after],
            shut=gate.share_before > 0 == gate.pairs_after,
            geometry=Point(gate.lon, gate.lat),
        )


def _shares(gate: GatewayShare) -> list[Entry]:
    """The shares of a gateway as large figures."""
    shares = (("scenario.before", gate.share_before), ("scenario.after", gate.share_after))
    return [{"label": label, "value": share, "unit": "percent", "digits": 1, "about": False} for label, share in shares]


def effect_of(pair: PairChange) -> str:
    """The class of a pair; better and worse pairs have classes by the size of the change."""
    large = abs(pair.saved_km or 0.0) >= LARGE_KM
    return f"{pair.effect}_much" if large and pair.effect in {"better", "worse"} else pair.effect


def _pairs(result: ScenarioResult, context: Context, course: "_Course") -> Iterator[Feature]:
    """The pairs that change most, as arcs, with their routes before and after."""
    for nth, pair in enumerate(result.changed()[:MOST_PAIRS]):
        ends = [context.network.nodes[context.network.nodes_of[name][0]] for name in (pair.start_id, pair.end_id)]
        names = [context.names[name] for name in (pair.start_id, pair.end_id)]
        arc = cut_at_antimeridian(
            great_circle((ends[0].lon, ends[0].lat), (ends[1].lon, ends[1].lat), step_km=ARC_STEP_KM),
        )
        yield _feature(
            result,
            effect_of(pair),
            id=f"pairs/{result.name}/{pair.start_id.partition('/')[2]}~{pair.end_id.partition('/')[2]}",
            kind="pair",
            name={code: " – ".join(short_name(name.get(code) or name["en"]) for name in names) for code in LANGUAGES},
            country=sorted({node.country for node in ends}),
            rank=9,
            headline=_lengths(pair),
            facts=[
                {"label": label, "value": hours, "unit": "hours", "digits": 0, "about": True}
                for label, hours in (
                    ("scenario.time_before", pair.before_hours),
                    ("scenario.time_after", pair.after_hours),
                )
                if hours is not None
            ],
            nth=nth,
            change=pair.effect,
            ways=[course.of(pair.start_id, pair.before_edges), course.of(pair.start_id, pair.after_edges)],
            geometry=arc,
        )


def _lengths(pair: PairChange) -> list[Entry]:
    """The lengths of a pair's routes, and the difference, as large figures."""
    saved = pair.saved_km or 0.0
    figures = [("scenario.before", pair.before_km), ("scenario.after", pair.after_km)]
    if saved:
        figures.append(("scenario.saved" if saved > 0 else "scenario.added", abs(saved)))
    return [
        {"label": label, "value": km, "unit": "km", "digits": 0, "about": False}
        for label, km in figures
        if km is not None
    ]


def _bounds(features: Sequence[Feature], result: ScenarioResult) -> list[float]:
    """West, south, east, north of a scenario: its pairs and the gateways whose share changes, or else all places."""
    changed = [each["geometry"] for each in features if each["kind"] == "pair" or _changes(each)]
    places = [Point(place.lon, place.lat) for place in result.nodes if place.feature in result.places]
    return _with_margin(GeometryCollection(changed or places).bounds)


def _narrow_bounds(features: Sequence[Feature], result: ScenarioResult) -> list[float]:
    """The same for a window that is taller than wide, in which all would be small.

    It has the lines that open and close, and of the others, the most changed first, those that leave it narrow enough.
    """
    seen = GeometryCollection([each["geometry"] for each in features if each["kind"] in {"opened", "closed"}])
    for each in sorted(features, key=lambda each: each.get("nth", -1)):
        more = GeometryCollection([seen, each["geometry"]])
        west, _, east, _ = more.bounds
        if (each["kind"] == "pair" or _changes(each)) and east - west <= NARROW_DEGREES:
            seen = more
    return _bounds(features, result) if seen.is_empty else _with_margin(seen.bounds)


def _with_margin(bounds: tuple[float, float, float, float]) -> list[float]:
    """West, south, east, north with a margin."""
    west, south, east, north = bounds
    wider = max(LEAST_DEGREES - (east - west), 2 * MARGIN_SHARE * (east - west)) / 2 + MARGIN_DEGREES
    edges = (west - wider, south - MARGIN_DEGREES, east + wider, north + MARGIN_DEGREES)
    return [round(edge, 1) for edge in edges]


def _changes(gate: Feature) -> bool:
    """Whether a gateway's share changes."""
    before, after = gate.get("share", (0, 0))
    return abs(after - before) >= SMALL_SHARE


class _Course:
    """The positions along some routes, each once. A route is the list of its positions' numbers."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._numbers: dict[Position, int] = {}
        self._thinned: dict[str, list[Position]] = {}

    def of(self, start: str, edges: Sequence[str]) -> list[int]:
        """The numbers of the positions along a route, from a place."""
        if not edges:
            return []
        found = [self._network.by_id[name] for name in edges]
        here = found[0].a if self._network.nodes[found[0].a].feature == start else found[0].b
        positions: list[Position] = []
        for edge in found:
            course = self._course(edge)
            positions += course if here == edge.a else course[::-1]
            here = edge.b if edge.a == here else edge.a
        numbers = [self._numbers.setdefault(place, len(self._numbers)) for place in positions]
        return [number for number, _ in groupby(numbers)]

    def _course(self, edge: Edge) -> list[Position]:
        """The positions of an edge, as many as its map needs."""
        if edge.id not in self._thinned:
            line = LineString(self._network.course(edge, edge.a)).simplify(GRAIN_DEGREES)
            self._thinned[edge.id] = [(round(lon, DECIMALS), round(lat, DECIMALS)) for lon, lat in line.coords]
        return self._thinned[edge.id]

    def positions(self) -> MultiPoint:
        """The positions by number."""
        return MultiPoint(list(self._numbers))
