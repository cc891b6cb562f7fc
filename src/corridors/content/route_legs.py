"""The legs of a route as features of its map, each with a card."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from shapely import LineString
from shapely.geometry.base import BaseGeometry

from corridors.content.context import Context
from corridors.content.legend import country_names
from corridors.content.look import LOOK
from corridors.content.page_types import Entry, Feature
from corridors.content.route_facts import basis_facts, figure
from corridors.content.style import CLASSES, INK, StyleClass
from corridors.data.folding import short_name
from corridors.data.tables import Record
from corridors.geo.geodesy import cut_at_antimeridian, great_circle
from corridors.locales import LANGUAGES
from corridors.network.graph import Edge, Node
from corridors.network.route import Leg, Route
from corridors.network.route_card import passed_nodes

LAYERS = {"rail": ("rail", "gauge"), "road": ("roads", "kind"), "sea": ("ferries", "kind"), "air": ("flights", "kind")}
"""The layer that the legs of a mode run on, and the property that defines its classes."""

KINDS = {"rail": "rail", "road": "road", "sea": "ferry", "air": "flight"}
"""The names of the legs of a mode in totals. Legs of alternative routes are not added to totals."""

TRANSFER = StyleClass(
    "transfer.transfer", "line", 5, {"color": INK, "width": 1.6, "dash": LOOK["dashes"]["transfer"]}, bool
)
ARC_STEP_KM = 50.0

Names = Mapping[str, str]


@dataclass(frozen=True)
class Way:
    """One of the routes. They are counted from 1, the best."""

    nth: int
    route: Route
    context: Context

    def names(self, feature: str, english: str) -> Names:
        """The names of a place by language."""
        return self.context.name_of(feature, english)

    def steps(self) -> Iterator[tuple[Edge, Node, Node]]:
        """Each edge, with its start node and its end node."""
        network = self.context.network
        edges = [network.by_id[name] for name in self.route.edges]
        nodes = passed_nodes(network, network.nodes_of[self.route.start_id], edges)
        return ((edge, *ends) for edge, ends in zip(edges, pairwise(nodes), strict=False))

    def marks(self) -> list[str]:
        """Ids of the features for the breaks of gauge."""
        return [f"breaks/{self.nth}/{nth}" for nth, _ in enumerate(self.route.gauge_breaks, start=1)]


def named(names: Names, language: str) -> str:
    """A name in a language, or in English."""
    return names.get(language) or names["en"]


def drawn_as(leg: Leg) -> StyleClass:
    """The style of a leg's line on the other maps."""
    if leg.mode not in LAYERS:
        return TRANSFER
    layer, by = LAYERS[leg.mode]
    return next(each for each in CLASSES[layer][by] if each.holds({"gauge_mm": leg.gauge_mm}))


def class_id(way: Way, leg: Leg) -> str:
    """The class of a leg."""
    return f"route{way.nth}.{drawn_as(leg).id.partition('.')[2]}"


def leg_features(way: Way) -> Iterator[Feature]:
    """The legs, each with a card."""
    for nth, leg in enumerate(way.route.legs, start=1):
        line = _line(leg, way.context)
        ends = way.names(leg.start_id, leg.start), way.names(leg.end_id, leg.end)
        entry: Feature = {
            "id": f"legs/{way.nth}/{nth}",
            "class": class_id(way, leg),
            "kind": KINDS.get(leg.mode, "") if way.nth == 1 else "",
            "status": leg.status,
            "confidence": leg.confidence,
            "name": {language: " → ".join(short_name(named(end, language)) for end in ends) for language in LANGUAGES},
            "country": list(leg.countries),
            "rank": 9,
            "headline": _headline(leg),
            "facts": list(_facts(leg, way)),
            "series": [],
            "sources": str(line["source"]).split(";") if line else [],
            "km": dict(leg.countries) or {"": leg.length_km},
            "geometry": _course(leg),
        }
        if line:
            entry["basis"] = leg.basis
        if line and line["accuracy_m"]:
            entry["accuracy_m"] = int(line["accuracy_m"])
        yield entry


def _line(leg: Leg, context: Context) -> Record | None:
    """The feature that a leg runs on. A transfer has none."""
    layer, _, name = leg.line.partition("/")
    return context.features[layer][name] if layer else None


def _headline(leg: Leg) -> list[Entry]:
    """The large figures of a leg."""
    gauge = [figure("fact.gauge", leg.gauge_mm, "mm")] if leg.gauge_mm else []
    time = figure("route.time", leg.hours, "hours", digits=1, about=True)
    return [figure("route.length", leg.length_km, "km", about=True), *gauge, time]


def _facts(leg: Leg, way: Way) -> Iterator[Entry]:
    """The facts of a leg besides its figures."""
    yield {"label": "answer.mode", "key": f"route.mode.{leg.mode}"}
    if leg.line:
        yield {"label": "fact.line", "name": way.context.names[leg.line] or {"en": leg.line_name}}
    for code, km in leg.countries.items():
        yield figure("route.by_country", km, "km") | {"of": country_names(code)}
    yield from basis_facts(leg.km_by_basis)
    yield figure("fact.measured_km", leg.measured_km, "km", digits=1)


def _course(leg: Leg) -> BaseGeometry:
    """The line of a leg; in the air, an arc."""
    if leg.mode == "air":
        return cut_at_antimeridian(great_circle(leg.coordinates[0], leg.coordinates[-1], step_km=ARC_STEP_KM))
    return LineString(leg.coordinates)
