"""Routes and comparisons to words: route cards for a terminal or Markdown, in any of the languages."""

from collections.abc import Callable, Mapping, Sequence

from corridors.content.route_facts import far_around
from corridors.data.iso import country_name
from corridors.layers.lengths import basis_percent
from corridors.locales import messages, number, rounded
from corridors.locales.wording import amount
from corridors.network.corridors import Comparison, Corridor
from corridors.network.route import Route
from corridors.text.output import Format, rows_text

LEG_COLUMNS = ("mode", "line", "from", "to", "km", "country", "gauge", "status", "hours")


Naming = Callable[[str, str], str]
"""The name of a feature in the reader's language, from its id and its English name."""


def routes_text(routes: Sequence[Route], output: Format, *, language: str, named: Naming) -> str:
    """Write route cards: a heading, the legs as a table, and the sums."""
    parts = []
    for nth, route in enumerate(routes, start=1):
        title = f"{named(route.start_id, route.start)} – {named(route.end_id, route.end)}"
        title += f" ({nth}/{len(routes)})" if len(routes) > 1 else ""
        rows = leg_rows(route, language, named)
        table = rows_text(rows, output, name="legs", language=language, columns=LEG_COLUMNS) if rows else ""
        summary = summary_lines(route, language, named)
        if output == "md":
            parts += [f"## {title}", table, "\n".join(f"- {line}" for line in summary)]
        else:
            parts += [title, table, "\n".join(summary)]
    return "\n\n".join(part for part in parts if part)


def leg_rows(route: Route, language: str, named: Naming) -> list[dict[str, object]]:
    """The legs of a route as rows, with words and countries in a language."""
    words = messages(language)
    return [
        {
            "mode": words[f"route.mode.{leg.mode}"],
            "line": named(leg.line, leg.line_name),
            "from": named(leg.start_id, leg.start),
            "to": named(leg.end_id, leg.end),
            "km": leg.length_km,
            "country": ", ".join(country_name(code, language) for code in leg.countries),
            "gauge": str(leg.gauge_mm) if leg.gauge_mm else "",
            "status": words[f"status.{leg.status}"],
            "hours": leg.hours,
        }
        for leg in route.legs
    ]


def summary_lines(route: Route, language: str, named: Naming) -> list[str]:
    """The sums of a route, one statement per line."""
    words = messages(language)

    def km(value: float) -> str:
        return amount(value, "km", language, digits=0)

    def parts(values: Mapping[str, float], names: Callable[[str], str]) -> str:
        return ", ".join(f"{names(key)} {km(value)}" for key, value in values.items())

    changed = [f"{name}={route.assumptions['values'][name]:g}" for name in route.assumptions["overridden"]]
    mm = words["unit.mm"]
    breaks = [
        f"{named(place['feature'], place['station'])} {place['from_mm']} → {place['to_mm']} {mm}"
        for place in route.gauge_breaks
    ]
    borders = [
        f"{country_name(border['from'], language)} → {country_name(border['to'], language)}" for border in route.borders
    ]
    said = {
        "length": f"{km(route.length_km)} ({words['fact.measured_km'].lower()}: {km(route.measured_km)})",
        "basis": ", ".join(
            f"{words[f'told.basis.{basis}']} {amount(share, 'percent', language, digits=0)}"
            for basis, share in basis_percent(route.km_by_basis).items()
        ),
        "days": words["number.about"].format(amount(route.days, "days", language, digits=1)),
        "modes": parts(route.km_by_mode, lambda mode: words[f"route.mode.{mode}"]),
        "countries": parts(route.countries, lambda code: country_name(code, language)),
        "borders": ", ".join(borders) or words["told.none"],
        "breaks": ", ".join(breaks) or words["told.none"],
        "circuity": number(route.circuity, 2, language) if route.circuity else "",
        "assumed": ", ".join(changed) or words["told.assumptions"],
        "sources": ", ".join(route.sources),
    }
    lines = [f"{words[f'told.{name}']}: {text}" for name, text in said.items() if text]
    return [*filter(None, [far_around(route, language, named)]), *lines]


def corridor_name(corridor: Corridor, named: Naming) -> str:
    """The name of a corridor. The name of a user's own route is the names of its places."""
    own = " – ".join(named(feature, name) for feature, name in corridor.places)
    return own or named(f"corridors/{corridor.id}", corridor.name)


def comparison_text(comparison: Comparison, output: Format, *, language: str, named: Naming) -> str:
    """Write corridors side by side, with published figures below."""
    words = messages(language)
    rows = [
        {
            "corridor": corridor_name(corridor, named),
            "km": int(rounded(corridor.route.length_km)),
            "days": round(corridor.route.days, 1),
            "published_percent": basis_percent(corridor.route.km_by_basis).get("published", 0),
            "countries": len(corridor.route.countries),
            "borders": len(corridor.route.borders),
            "gauge_breaks": len(corridor.route.gauge_breaks),
            "double_percent": corridor.double_percent,
            "electrified_percent": corridor.electrified_percent,
            "cities": len(corridor.cities),
            "people_millions": round(corridor.people / 1e6, 1),
        }
        for corridor in comparison.corridors
    ]
    table = rows_text(rows, output, name="corridors", language=language, columns=list(rows[0]) if rows else [])
    notes = []
    for corridor in comparison.corridors:
        for one in corridor.published:
            said = [corridor_name(corridor, named), amount(one.value, "km", language, digits=0)]
            if one.differs_percent is not None:
                said += [amount(one.differs_percent, "percent", language, digits=1), ", ".join(one.sources)]
                notes.append(words["told.published"].format(*said))
            elif one.indicator == "length_km":
                notes.append(words["told.published_scaled"].format(*said, ", ".join(one.sources)))
    return "\n".join([table, "", *(f"- {note}" if output == "md" else note for note in notes)]).rstrip()
