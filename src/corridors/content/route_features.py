"""Routes on their own map: legs with cards, borders and breaks of gauge, and the requested places.

All of them are normal features of the page, with a class in the legend and a card. Each route has a group.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from shapely import Point

from corridors.content.content import cite, map_content
from corridors.content.context import Context
from corridors.content.legend import country_names
from corridors.content.page_types import ClassEntry, Classes, Content, Entry, Feature, RouteSummary, Style
from corridors.content.page_types import Group as LegendGroup
from corridors.content.profiles import page_profile
from corridors.content.route_facts import asked, assumed, border_names, facts, gauge_names, headline, statement
from corridors.content.route_legs import LAYERS, Names, Way, class_id, drawn_as, leg_features, named
from corridors.content.style import INK
from corridors.data.catalog import LayerEntry
from corridors.data.folding import short_name
from corridors.data.maps import Group, MapEntry
from corridors.data.sentences import Sentence
from corridors.locales import LANGUAGES, messages, translations
from corridors.locales.wording import amount, say, sentences
from corridors.network.graph import Node
from corridors.network.route import Route
from corridors.network.routing import Request

WIDER, FAINT = 1.8, 0.5
"""The extra width of the best route's lines, in pixels, and the opacity of the other routes' lines."""

SIGNS = {
    "ends": ("answer.ends", "capital", 14),
    "borders": ("route.borders", "border_crossing", 15),
    "breaks": ("route.gauge_breaks", "break_of_gauge", 17),
    "stops": ("answer.stops", "station", 9),
}
"""The points of a route: title, symbol, size in pixels."""

RANKS = {"ends": 0, "breaks": 1, "borders": 3, "stops": 4}
"""The rank of a point for drawing and naming."""

WORDS = ("answer.", "profile.", "route.")
"""Prefixes of the messages that only a page about routes needs."""

MARGIN, LEAST_DEGREES = 0.06, 2.0
"""The margin of the view around the routes, as a share of their extent, and the least extent in degrees."""


def route_content(routes: Sequence[Route], request: Request, context: Context) -> Content:
    """The content of a page (see web.map.CorridorMap) with routes between two places.

    Parameters
    ----------
    routes
        At least one route, the best first. The others are drawn lighter.
    request
        The request, which is shown beside the map.
    context
        The context of the map.
    """
    routes = [_as_asked(route, request) for route in routes]
    other = request.as_of if request.as_of != int(context.as_of[:4]) else None
    ways = [Way(nth, route, context) for nth, route in enumerate(routes, start=1)]
    ends = list(_ends(ways[0], request))
    features = [*ends, *(feature for way in ways for feature in (*_signs(way), *leg_features(way), *_stops(way)))]
    bounds = _bounds([place for route in routes for leg in route.legs for place in leg.coordinates], request, context)
    title = {
        language: " – ".join(short_name(named(ends[at]["name"], language)) for at in (0, -1)) for language in LANGUAGES
    }
    if other is not None:
        title = {language: say(language, "title.in_year", name, str(other)) for language, name in title.items()}
    said = {language: statement(routes[0], language, ways[0].names) for language in LANGUAGES}
    cities = (Group("cities", "kind"),)
    content = map_content(MapEntry("route", Sentence(title), (Sentence(said),), bounds, cities), context)
    classes = {name: each for way in ways for name, each in _classes(way, features).items()}
    assumptions = context.assumptions.cited
    rests_on = sorted({*assumptions, *(source for feature in features for source in feature["sources"])})
    codes = sorted({*request.avoid, *(code for feature in features for code in feature["country"])})
    layers = [layer for mode, (layer, _) in LAYERS.items() if any(mode in route.km_by_mode for route in routes)]
    data_sets = [
        context.catalog.datasets[name].credit for each in layers for name in context.catalog.layers[each].datasets
    ]
    credit = dict.fromkeys([*content["map"]["credit"].split(" · "), *data_sets])
    return content | {
        "messages": {
            language: words | {key: text for key, text in messages(language).items() if key.startswith(WORDS)}
            for language, words in content["messages"].items()
        },
        "map": content["map"]
        | {
            "credit": " · ".join(credit),
            **({"year": other} if other is not None else {}),
            "groups": [*(_group(way, request, classes, layers) for way in ways), *content["map"]["groups"]],
            "summary": {
                "ways": [_summary(way, request) for way in ways],
                "asked": list(asked(request, ways[0].names)),
                "assumed": list(assumed(routes)),
                "sources": assumptions,
            },
        },
        "classes": classes | content["classes"],
        "features": [*features, *content["features"]],
        "sources": content["sources"] | {name: cite(context.sources[name]) for name in rests_on},
        "countries": content["countries"] | {code: country_names(code) for code in codes},
    }


def _as_asked(route: Route, request: Request) -> Route:
    """A route with the status of its legs in the requested year: lines that it uses are in operation then."""
    if request.as_of is None:
        return route
    legs = [leg if leg.status in request.include else replace(leg, status="operational") for leg in route.legs]
    stretches = [
        part if part.status in request.include else replace(part, status="operational")
        for part in route.profile.stretches
    ]
    return replace(route, legs=legs, profile=replace(route.profile, stretches=stretches))


def _title(way: Way, request: Request) -> Names:
    """The title of a route: the shortest, the fastest or an alternative, with its length."""
    words = translations(f"route.by.{request.by}" if way.nth == 1 else "answer.other")
    count = f" {way.nth - 1}" if way.nth > 1 else ""
    km = way.route.length_km
    return {language: f"{words[language]}{count} · {amount(km, 'km', language, digits=0)}" for language in LANGUAGES}


def _summary(way: Way, request: Request) -> RouteSummary:
    """The summary of one route beside the map."""
    return {
        "title": _title(way, request),
        "headline": headline(way.route),
        "profile": page_profile(way.route.profile, way.names),
        "legs": [f"legs/{way.nth}/{nth}" for nth, _ in enumerate(way.route.legs, start=1)],
        "facts": list(facts(way.route, way.names, way.marks())),
    }


def _group(way: Way, request: Request, classes: Classes, layers: Sequence[str]) -> LegendGroup:
    """The group of a route in the legend."""
    about = [way.context.catalog.layers[layer] for layer in layers]
    return {
        "id": f"route{way.nth}",
        "layer": f"route{way.nth}",
        "title": _title(way, request),
        "open": way.nth == 1,
        "classes": [name for name in classes if name.startswith(f"route{way.nth}.")],
        "stats": [*headline(way.route), *facts(way.route, way.names, way.marks())],
        "credit": "; ".join(dict.fromkeys(each.credit for each in about)),
        "licence": "; ".join(dict.fromkeys(each.licence for each in about)),
        "precision": {language: _precision(about, language) for language in LANGUAGES},
    }


def _precision(about: Sequence[LayerEntry], language: str) -> str:
    """How exact the lines of some layers are, and the times of routes."""
    times = messages(language)["route.precision"].rstrip(".。")
    return sentences(dict.fromkeys([times, *(each.precision[language] for each in about)]), language)


def _classes(way: Way, features: Sequence[Feature]) -> dict[str, ClassEntry]:
    """The classes of a route: those of its legs in order of appearance, then those of its points."""
    best = way.nth == 1
    classes: dict[str, ClassEntry] = {}
    for leg in way.route.legs:
        held = drawn_as(leg)
        wider: Style = {"width": held.style["width"] + (WIDER if best else 0)}
        style: Style = {**held.style, **wider, "casing": best, "opacity": 1.0 if best else FAINT}
        title = translations(f"class.{held.id}" if leg.mode == "rail" else f"route.mode.{leg.mode}")
        classes[class_id(way, leg)] = {"title": title, "geometry": "line", "z": 7 if best else 6, "style": style}
    for sign, (key, symbol, size) in SIGNS.items():
        style = {"symbol": symbol, "color": INK, "size": size - (0 if best else 4), "minZoom": 0}
        point: ClassEntry = {"title": translations(key), "geometry": "point", "z": 9 if best else 8, "style": style}
        classes[f"route{way.nth}.{sign}"] = point
    drawn = {feature["class"] for feature in features}
    return {name: each | {"on": True} for name, each in classes.items() if name in drawn}


def _point(
    way: Way,
    sign: str,
    nth: int,
    names: Names,
    where: Node,
    facts: Sequence[Entry] = (),
    country: Sequence[str] = (),
) -> Feature:
    """A point of a route as a feature of the page."""
    return {
        "headline": [],
        "facts": list(facts),
        "series": [],
        "sources": [],
        "kind": sign,
        "country": list(country) or [where.country],
        "id": f"{sign}/{way.nth}/{nth}",
        "class": f"route{way.nth}.{sign}",
        "name": dict(names),
        "rank": RANKS[sign],
        "geometry": Point(where.lon, where.lat),
    }


def _ends(way: Way, request: Request) -> Iterator[Feature]:
    """The start, the places to pass, and the end."""
    for nth, place in enumerate(request.places):
        role = "route.from" if nth == 0 else "route.via" if nth < len(request.places) - 1 else "route.to"
        node = way.context.network.nodes[place.nodes[0]]
        names = way.names(place.feature, place.name)
        yield _point(way, "ends", nth + 1, names, node, facts=[{"label": "answer.role", "key": role}])


def _signs(way: Way) -> Iterator[Feature]:
    """The borders and the breaks of gauge."""
    borders, breaks = list(way.route.borders), list(way.route.gauge_breaks)
    for edge, one, other in way.steps():
        border = borders[0] if borders else {}
        if (one.country, other.country, edge.line) == tuple(border.get(key) for key in ("from", "to", "line")):
            borders.pop(0)
            nth = len(way.route.borders) - len(borders)
            line: list[Entry] = [{"label": "fact.line", "name": way.context.names[edge.line]}] if edge.line else []
            countries = [one.country, other.country]
            yield _point(way, "borders", nth, border_names(border), other, facts=line, country=countries)
        if edge.kind == "gauge_change":
            place = breaks.pop(0)
            nth = len(way.route.gauge_breaks) - len(breaks)
            change = {key: text.rpartition(", ")[2] for key, text in gauge_names(place, {"en": ""}).items()}
            fact: Entry = {"label": "fact.gauge_change", "name": change}
            yield _point(way, "breaks", nth, way.names(one.feature, one.name), one, facts=[fact])


def _stops(way: Way) -> Iterator[Feature]:
    """The places where the route changes from one line to another."""
    for nth, (leg, then) in enumerate(pairwise(way.route.legs), start=1):
        lon, lat = then.coordinates[0]
        country = next(iter(then.countries), [*leg.countries, ""][-1])
        node = Node("", "station", then.start_id, lon, lat, country, then.start)
        yield _point(way, "stops", nth, way.names(then.start_id, then.start), node)


def _bounds(
    positions: Sequence[tuple[float, float]], request: Request, context: Context
) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees of the routes and the requested places, with a margin."""
    nodes = [context.network.nodes[place.nodes[0]] for place in request.places]
    places = np.array([*positions, *((node.lon, node.lat) for node in nodes)])
    least, most = places.min(axis=0), places.max(axis=0)
    room = np.maximum(MARGIN * (most - least), (LEAST_DEGREES - (most - least)) / 2)
    west, south, east, north = (round(float(edge), 2) for edge in (*(least - room), *(most + room)))
    return west, south, east, north
