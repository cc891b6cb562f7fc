"""The text of a page about routes: large figures, facts, the request, and the assumptions.

Figures and facts are the same as in the page's planner (web/script/panel/planner.ts), with the same messages.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from corridors.content.page_types import Entry
from corridors.data.iso import country_name
from corridors.layers.lengths import Basis, basis_percent
from corridors.locales import LANGUAGES, filled, messages, number, translations
from corridors.locales.wording import amount
from corridors.network.missing_link import FAR
from corridors.network.route import GaugeBreak, Route
from corridors.network.routing import Request

Names = Mapping[str, str]
NameOf = Callable[[str, str], Names]
"""The names of a place by language, from its id and its English name."""


def figure(label: str, value: float, unit: str = "", *, digits: int = 0, about: bool = False) -> Entry:
    """A number with its unit."""
    return {"label": label, "value": value, "unit": unit, "digits": digits, "about": about}


def headline(route: Route) -> list[Entry]:
    """The large figures: length and days."""
    return [
        figure("route.length", route.length_km, "km", about=True),
        figure("route.time", route.days, "days", digits=1, about=True),
    ]


def far_around(route: Route, language: str, named: Callable[[str, str], str]) -> str:
    """The text about a long detour and its missing link; empty for other routes.

    ``named`` returns the name of a place in the language, from its id and its English name.
    """
    if (route.circuity or 0) <= FAR:
        return ""
    said = [number(route.circuity or 0, 2, language)]
    if link := route.missing_link:
        said += [named(link.start_id, link.start), named(link.end_id, link.end)]
        said += [amount(km, "km", language, digits=0) for km in (link.km, link.length_km)]
    return filled(messages(language)["route.far.link" if link else "route.far"], *said)


def statement(route: Route, language: str, name_of: NameOf) -> str:
    """A route in a sentence, with a second sentence if it has a long detour."""
    countries = messages(language)["list.and"].join(country_name(code, language) for code in route.countries)
    figures = (
        amount(route.length_km, "km", language, digits=0),
        amount(route.days, "days", language, digits=1),
        str(len(route.borders)),
        str(len(route.gauge_breaks)),
        countries,
    )
    words = messages(language)["answer.statement" if countries else "answer.statement.nowhere"]
    for place, text in enumerate(figures):
        words = words.replace(f"{{{place}}}", text)

    def named(feature: str, english: str) -> str:
        names = name_of(feature, english)
        return names.get(language) or names["en"]

    gap = "" if words.endswith("。") else " "
    return f"{words}{gap}{far_around(route, language, named)}".rstrip()


def facts(route: Route, name_of: NameOf, marks: Sequence[str]) -> Iterator[Entry]:
    """The sums of a route: kilometres by mode and country, borders, breaks of gauge, and circuity.

    Parameters
    ----------
    name_of
        Names of the stations where the gauge changes.
    marks
        Ids of the page's features for the breaks of gauge, in their order.
    """
    for mode, km in route.km_by_mode.items():
        yield figure("route.by_mode", km, "km") | {"of": translations(f"route.mode.{mode}")}
    for code, km in route.countries.items():
        yield figure("route.by_country", km, "km") | {"of": _countries("{0}", code)}
    for border in route.borders:
        yield {"label": "route.borders", "name": border_names(border)}
    for place, mark in zip(route.gauge_breaks, marks, strict=True):
        named = name_of(place["feature"], place["station"])
        yield {"label": "route.gauge_breaks", "feature": mark, "name": gauge_names(place, named)}
    for label, found in (("route.borders", route.borders), ("route.gauge_breaks", route.gauge_breaks)):
        if not found:
            yield {"label": label, "key": "route.nowhere"}
    yield from basis_facts(route.km_by_basis)
    yield figure("fact.measured_km", route.measured_km, "km")
    yield figure("route.straight", route.geodesic_km, "km")
    if route.circuity is not None:
        yield figure("route.circuity", route.circuity, "times", digits=2)


def basis_facts(km_by_basis: Mapping[Basis, float]) -> Iterator[Entry]:
    """The shares of a length that are published, estimated and as drawn."""
    for basis, share in basis_percent(km_by_basis).items():
        yield figure(f"length.{basis}", share, "percent")


def border_names(border: Mapping[str, str]) -> Names:
    """The names of borders: from which country to which."""
    return _countries("{0} → {1}", border["from"], border["to"])


def gauge_names(place: GaugeBreak, station: Names) -> Names:
    """The names of breaks of gauge: the station, and from which gauge to which."""
    return {
        language: f"{station.get(language) or station['en']}, {place['from_mm']} → "
        f"{amount(place['to_mm'], 'mm', language, digits=0)}"
        for language in LANGUAGES
    }


def asked(request: Request, name_of: NameOf) -> Iterator[Entry]:
    """The options of the request."""
    yield {"label": "route.by", "key": f"route.by.{request.by}"}
    yield {"label": "route.modes", "keys": [f"route.mode.{mode}" for mode in request.modes]}
    for place in request.places[1:-1]:
        yield {"label": "route.via", "name": name_of(place.feature, place.name)}
    if request.avoid:
        yield {"label": "route.avoid", "country": list(request.avoid)}
    if request.include:
        yield {"label": "answer.include", "keys": [f"status.{status}" for status in request.include]}
    for label, lines in (("answer.opening", request.switches.opened), ("answer.closing", request.switches.closed)):
        if lines:
            yield {"label": label, "name": _lines(lines, name_of)}
    if request.as_of is not None:
        yield {"label": "answer.as_of", "date": str(request.as_of)}


def assumed(routes: Sequence[Route]) -> Iterator[Entry]:
    """The assumptions for the routes, each with its amount, and those that the user has changed."""
    given = routes[0].assumptions
    modes = list(dict.fromkeys(mode for route in routes for mode in route.km_by_mode))
    bordered = list(dict.fromkeys(border["mode"] for route in routes for border in route.borders))
    wanted = [("speed", f"speeds_kmh.{mode}", "km_h", mode) for mode in modes if mode != "transfer"]
    wanted += [("border", f"border_hours.{mode}", "hours", mode) for mode in bordered]
    wanted += [("gauge", "fixed_hours.gauge_change", "hours", "")] if any(one.gauge_breaks for one in routes) else []
    wanted += [("transfer", "fixed_hours.transfer", "hours", "")] if "transfer" in modes else []
    wanted += [("flight", "fixed_hours.flight", "hours", "")] if "air" in modes else []
    for label, name, unit, mode in wanted:
        value = given["values"].get(name)
        if value is None:  # borders in the air have no border control
            continue
        of: Entry = {"of": translations(f"route.mode.{mode}")} if mode else {}
        yield {"label": f"route.assume.{label}", "value": value, "unit": unit, **of}
    if given["overridden"]:
        yield {"label": "answer.overridden", "text": ", ".join(given["overridden"])}


def _lines(lines: Sequence[str], name_of: NameOf) -> Names:
    """Names of lines and ports. For a part in one country, the code of the country follows."""
    named = [(name_of(feature, feature), country) for feature, _, country in (line.partition(":") for line in lines)]
    return {
        language: ", ".join((names.get(language) or names["en"]) + f" ({code})" * bool(code) for names, code in named)
        for language in LANGUAGES
    }


def _countries(form: str, *codes: str) -> Names:
    """Countries' names, put into a form, by language."""
    return {language: form.format(*(country_name(code, language) for code in codes)) for language in LANGUAGES}
