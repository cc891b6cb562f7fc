"""A feature to its card: three large figures, a list of facts, the series to draw.

A fact is a label (a message key) with one of ``value`` and ``unit``, ``text``, ``key`` or ``keys`` (messages),
``country``, ``date``, or another feature's ``name``. The page puts it into words; nothing here is formatted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from corridors.content import card_series
from corridors.content.card_words import flight_assumption, gauge_change, sections_by_language
from corridors.content.context import Context
from corridors.content.entries import digits_of
from corridors.content.entries import figure as _figure
from corridors.content.page_types import Entry
from corridors.content.series_types import Series
from corridors.data.identifiers import page_of
from corridors.data.kinds import Kind
from corridors.data.tables import AIRPORT_CODES, IDENTIFIERS, REGION, Record
from corridors.layers.countries import TRADE_YEAR, trade_year, visa_terms, visas_of
from corridors.layers.lengths import BASES
from corridors.locales import LANGUAGES
from corridors.locales.wording import listed
from corridors.measures.trade import FIRST_YEAR

LARGE_FIGURES = 3


@dataclass(slots=True)
class Card:
    """The content of a card besides name, status, precision and sources."""

    headline: list[Entry] = field(default_factory=list)
    facts: list[Entry] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def present(value: object) -> bool:
    """Whether a cell has a value."""
    return value is not None and value is not pd.NA and value != ""


def write_card(layer: str, feature: Record, context: Context) -> Card:
    """Write the card of a feature of a layer."""
    card = Card()
    if layer in _WRITERS:
        _WRITERS[layer](feature, context, card)
    else:
        _declared(context.catalog.kinds[layer], feature, card)
    _cite(card, f"{layer}/{feature['id']}", str(feature["source"]).split(";"), context)
    _identifiers(feature, card)
    if unsure := context.unverified.get(f"{layer}/{feature['id']}"):
        card.facts.append({"label": "fact.unverified", "keys": [f"fact.{word}" for word in unsure]})
    if layer != "countries":
        dates = [name for name in ("works_started", "opened") if present(feature.get(name))]
        card.facts += [{"label": f"fact.{name}", "date": feature[name]} for name in dates]
    return card


def _cite(card: Card, of: str, own: Sequence[str], context: Context) -> None:
    """Add the sources of a measure to a large figure, if they differ from those of the feature."""
    for figure in card.headline:
        measure = context.measures.find(figure["label"].removeprefix("fact."), feature=of)
        if measure is not None and set(measure.sources) != set(own):
            figure["sources"] = list(measure.sources)
            card.sources += measure.sources


def _texts(card: Card, feature: Record, *columns: str) -> None:
    """Facts that are codes, which are the same in every language."""
    card.facts += [{"label": f"fact.{name}", "text": str(feature[name])} for name in columns if present(feature[name])]


def _organisations(card: Card, feature: Record, column: str, context: Context) -> None:
    """A fact with the names of one or several companies."""
    if present(feature[column]):
        names = [context.organisations[name] for name in str(feature[column]).split(";")]
        said = {language: listed([name[language] for name in names], language) for language in LANGUAGES}
        card.facts.append({"label": f"fact.{column}", "name": said})


def _identifiers(feature: Record, card: Card) -> None:
    """The identifiers of a feature in registers of others, each with the page about it, if there is one."""
    columns = {"geonames": "geonames_id", **{name: name for name in IDENTIFIERS}}
    for scheme, column in columns.items():
        if present(feature.get(column)):
            for value in str(feature[column]).split(";"):
                found: Entry = {"label": f"fact.{scheme}", "text": value}
                if page := page_of(scheme, value):
                    found["href"] = page
                card.facts.append(found)


def _capacities(feature: Record, context: Context, card: Card) -> None:
    """The capacities of a port or a line, each with its period and its sources."""
    shown = card_series.capacity(context.facts, feature["id"], context.as_of)
    card.facts += shown.quoted
    card.sources += shown.sources


def _codes(card: Card, feature: Record, column: str) -> None:
    """A fact with one or several words of a vocabulary."""
    if present(feature[column]):
        keys = [f"{column}.{word}" for word in str(feature[column]).split(";")]
        card.facts.append({"label": f"fact.{column}", "keys": keys})


def _line_card(layer: str, feature: Record, context: Context, card: Card) -> None:
    """Lengths of a drawn line, and every length of it that a source states."""
    of = f"{layer}/{feature['id']}"
    card.headline.append(_figure("fact.track_km", context.measures.get("track_km", feature=of).value, "km", about=True))
    if present(feature["official_km"]):
        card.headline.append(_figure("fact.official_km", feature["official_km"], "km"))
        sections = sections_by_language(feature["official_section"], context.names_of_stops)
        card.facts.append({"label": "fact.official_section", "name": sections})
        card.facts.append(_figure("fact.length_ratio", feature["length_ratio"], "", digits=2))
    for basis in BASES:
        share = context.measures.find(f"{basis}_share_percent", feature=of)
        if share is not None and round(share.value):
            card.facts.append(_figure(f"length.{basis}", share.value, "percent"))
    card.facts.append(_figure("fact.measured_km", feature["measured_km"], "km", digits=1))
    if feature.get("tracks_km"):
        card.facts.append(_figure("fact.on_tracks", 100 * feature["tracks_km"] / feature["measured_km"], "percent"))
    lines = {feature["id"], feature.get("railway")}
    for row in context.facts.rows("lengths"):
        if row["line"] not in lines or row["preferred"]:
            continue
        card.sources += row["source"]
        if row["section"] != "part":
            label = "fact.stated_other" if row["section"] == "other" else "fact.also_stated"
            figure = _figure(label, row["length_km"], "km", digits=digits_of(row["length_km"]))
            card.facts.append(figure | {"sources": list(row["source"])})


def _rail(feature: Record, context: Context, card: Card) -> None:
    _line_card("rail", feature, context, card)
    card.headline.append(_figure("fact.gauge", feature["gauge_mm"], "mm"))
    for column in ("electrified", "tracks"):
        _codes(card, feature, column)
    _organisations(card, feature, "operator", context)
    _codes(card, feature, "corridor")
    card.facts.append({"label": "fact.countries", "country": str(feature["country"]).split(";")})


def _road(feature: Record, context: Context, card: Card) -> None:
    _line_card("roads", feature, context, card)
    _capacities(feature, context, card)
    card.facts.append({"label": "fact.countries", "country": str(feature["country"]).split(";")})


def _pipeline(feature: Record, context: Context, card: Card) -> None:
    _line_card("pipelines", feature, context, card)
    _codes(card, feature, "commodity")
    _capacities(feature, context, card)
    if present(feature["parallel_lines"]):
        card.facts.append(_figure("fact.parallel_lines", int(feature["parallel_lines"]), ""))
    passing = card_series.throughput(context.facts, feature["id"], context.as_of)
    card.facts += passing.quoted
    _tell(passing, card)
    card.facts.append({"label": "fact.countries", "country": str(feature["country"]).split(";")})


def _ferry(feature: Record, context: Context, card: Card) -> None:
    _line_card("ferries", feature, context, card)
    _organisations(card, feature, "operator", context)
    card.facts.append({"label": "fact.countries", "country": str(feature["country"]).split(";")})


def _flight(feature: Record, context: Context, card: Card) -> None:
    of = f"flights/{feature['id']}"
    card.headline.append(_figure("fact.distance_km", context.measures.get("distance_km", feature=of).value, "km"))
    hours = context.measures.get("hours_estimated", feature=of).value
    card.headline.append(_figure("fact.hours_estimated", hours, "hours", digits=1, about=True))
    card.facts.append({"label": "fact.time_assumption", "name": flight_assumption(context)})
    if present(feature["stop"]):
        stops = [row for row in context.facts.rows("airports") if row["icao"] in str(feature["stop"]).split(";")]
        card.facts += [{"label": "fact.stop", "name": context.names[f"airports/{row['id']}"]} for row in stops]
    else:
        card.facts.append({"label": "fact.stop", "key": "stop.none_known"})
    codes = f"{feature['origin_iata']} – {feature['destination_iata']} ({feature['origin']} – {feature['destination']})"
    card.facts.append({"label": "fact.codes", "text": codes})
    _organisations(card, feature, "airline", context)
    if feature["xian_seven"] == "yes":
        card.facts.append({"label": "fact.xian_seven", "key": "yes"})


def _port(feature: Record, context: Context, card: Card) -> None:
    of = f"ports/{feature['id']}"
    gateway = context.gateways[feature["id"]]
    passing = card_series.throughput(context.facts, feature["id"], context.as_of)
    card.headline += passing.quoted[: LARGE_FIGURES - 1]
    card.facts += [*passing.quoted[LARGE_FIGURES - 1 :], *passing.sums]
    _tell(passing, card)
    card.headline.append(_figure("fact.lines", context.measures.get("lines", feature=of).value, ""))
    if present(feature["gauge_from_mm"]) and present(feature["gauge_to_mm"]):
        sides = (int(feature["gauge_from_mm"]), int(feature["gauge_to_mm"]))
        card.facts.append(gauge_change(" → ", sides) if sides[0] != sides[1] else _figure("fact.gauge", sides[0], "mm"))
    _codes(card, feature, "mode")
    if present(feature["border_with"]):
        card.facts.append({"label": "fact.border_with", "country": str(feature["border_with"]).split(";")})
    if present(feature["counterpart"]):
        other = f"ports/{feature['counterpart']}"
        card.facts.append({"label": "fact.counterpart", "name": context.names[other], "feature": other})
    city = f"cities/{gateway.city}"
    nearest: Entry = {"km": gateway.city_km, "feature": city}
    if gateway.city_direction:
        nearest["bearing"] = gateway.city_direction
    card.facts.append({"label": "fact.nearest_city", "name": context.names[city]} | nearest)
    card.facts += [{"label": "fact.line", "name": context.names[line], "feature": line} for line in gateway.lines]
    if present(feature["green_lane"]):
        known: Entry = {"key": "yes"} if feature["green_lane"] == "yes" else {"date": feature["green_lane"]}
        card.facts.append({"label": "fact.green_lane_since" if "date" in known else "fact.green_lane"} | known)
    _capacities(feature, context, card)
    if present(feature["elevation_m"]):
        card.facts.append(_figure("fact.elevation", int(feature["elevation_m"]), "m"))


def _tell(shown: card_series.CardSeries, card: Card) -> None:
    """Put the charts of figures over time on a card, with their sources."""
    card.series += shown.series
    card.sources += shown.sources


def _city(feature: Record, context: Context, card: Card) -> None:
    people = context.measures.find("population", feature=f"cities/{feature['id']}")
    if people is not None:
        about = feature["population_confidence"] == "low"
        card.headline.append(_figure("fact.population", people.value, "", about=about))
        card.facts.append({"label": "fact.population_year", "key": "population.year_unknown"})
    _codes(card, feature, "role")


def _station(feature: Record, context: Context, card: Card) -> None:
    if present(feature["gauges"]) and feature["kind"] == "break_of_gauge":
        card.facts.append(gauge_change(" ↔ ", [int(gauge) for gauge in str(feature["gauges"]).split(";")]))
    for line in str(feature["lines"] or "").split(";"):
        if line:
            card.facts.append({"label": "fact.line", "name": context.names[f"rail/{line}"], "feature": f"rail/{line}"})


def _airport(feature: Record, _: Context, card: Card) -> None:
    _texts(card, feature, *AIRPORT_CODES)


def _place(feature: Record, _: Context, card: Card) -> None:
    card.facts.append({"label": "fact.kind", "key": f"kind.{feature['kind']}"})


def _tourism(feature: Record, _: Context, card: Card) -> None:
    if present(feature["measured_km"]):
        card.headline.append(_figure("fact.measured_km", feature["measured_km"], "km", about=True))
    if present(feature["duration_hours"]):
        card.headline.append(_figure("fact.duration", feature["duration_hours"], "hours", about=True))
    if present(feature["heritage_since"]):
        card.facts.append({"label": "fact.heritage_since", "date": feature["heritage_since"]})


def _country(feature: Record, context: Context, card: Card) -> None:
    code = feature["country"]
    subject = REGION if code == "CHN" else code
    if code == "CHN":
        _region(context, card)
    if present(feature["trade_billion_usd"]):
        year = str(feature["trade_year"])
        for label, name, period in (
            ("fact.trade_usd", "trade_billion_usd", year),
            ("fact.trade_share", "trade_share_percent", year),
            ("fact.trade_growth", "trade_growth_percent", f"{int(year) - 1}/{year}"),
        ):
            measure = context.measures.find(name, subject=code, period=period)
            if measure is not None:
                cited: Entry = {"date": year, "sources": list(measure.sources)}
                card.headline.append(_figure(label, measure.value, measure.unit, digits=1) | cited)
                card.sources += measure.sources
        measure = context.measures.find("trade_billion_usd", subject=code, period=year)
        qualified = measure.caveats if measure else ()
        card.facts += [{"label": "fact.caveat", "name": dict(caveat)} for caveat in qualified]
    if present(feature["visa_since"]):
        card.facts.append({"label": "fact.visa_since", "date": feature["visa_since"]})
        visa = visas_of(context.facts)[code]
        terms = {language: visa_terms(visa, language) or "" for language in LANGUAGES}
        card.facts.append({"label": "fact.visa_terms", "name": terms})
    _tell(card_series.trade(context.facts, subject, context.as_of), card)


def _region(context: Context, card: Card) -> None:
    """China's card, with its trade with the five countries together."""
    year = trade_year(context.facts)
    for label, name, period, digits in (
        ("fact.trade_region", "trade_billion_cny", year, 0),
        ("fact.trade_growth_period", "trade_growth_percent", f"{FIRST_YEAR}/{TRADE_YEAR}", 0),
        ("fact.road_share", "road_share_percent", year, 1),
    ):
        measure = context.measures.find(name, subject=REGION, period=period)
        if measure is not None:
            cited: Entry = {"sources": list(measure.sources)}
            dated: Entry = {} if "/" in period else {"date": period}
            card.headline.append(_figure(label, measure.value, measure.unit, digits=digits) | dated | cited)
            card.facts += [{"label": "fact.caveat", "name": dict(caveat)} for caveat in measure.caveats]
            card.sources += measure.sources


def _declared(kind: Kind, feature: Record, card: Card) -> None:
    """The size of a feature of a declared kind, and its columns: numbers with their units, and text."""
    if kind.measured:
        card.headline.append(_figure(f"fact.{kind.measured}", feature[kind.measured], kind.measured.rpartition("_")[2]))
    for name in kind.columns if kind.card is None else kind.card:
        column, label, value = kind.columns[name], f"fact.{kind.name}.{name}", feature[name]
        if not present(value):
            continue
        if column.type in {"number", "integer"}:
            card.facts.append(_figure(label, float(value), column.unit or "", digits=digits_of(float(value))))
        elif column.type == "date":
            card.facts.append({"label": label, "date": str(value)})
        elif column.words:
            card.facts.append({"label": label, "name": dict(column.words[value])})
        else:
            card.facts.append({"label": label, "text": str(value)})
    if present(feature["country"]):
        card.facts.append({"label": "fact.countries", "country": str(feature["country"]).split(";")})


_WRITERS = {
    "rail": _rail, "roads": _road, "pipelines": _pipeline, "ferries": _ferry, "flights": _flight, "ports": _port,
    "cities": _city, "stations": _station, "airports": _airport, "places": _place, "tourism": _tourism,
    "countries": _country,
}  # fmt: skip
