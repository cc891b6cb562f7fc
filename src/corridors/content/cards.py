"""A feature to its card: three large figures, a list of facts, the series to draw.

A fact is a label (a message key) with one of ``value`` and ``unit``, ``text``, ``key`` or ``keys`` (messages),
``country``, ``date``, or another feature's ``name``. The page puts it into words; nothing here is formatted.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from corridors.analysis.gateways import Gateway
from corridors.analysis.measure import Measures
from corridors.analysis.trade import FIRST_YEAR, REGION, series
from corridors.data.facts import Facts
from corridors.data.tables import Row
from corridors.layers.countries import TRADE_YEAR

LARGE_FIGURES = 3

Feature = Mapping[str, Any]
Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a card is written from.

    Attributes
    ----------
    names
        Names by language of every feature, by ``layer/id``.
    """

    facts: Facts
    measures: Measures
    gateways: Mapping[str, Gateway]
    names: Mapping[str, Mapping[str, str]]


@dataclass(slots=True)
class Card:
    """What a card says beside name, status, precision and sources."""

    headline: list[Entry] = field(default_factory=list)
    facts: list[Entry] = field(default_factory=list)
    series: list[Entry] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def present(value: object) -> bool:
    """Whether a cell holds a value."""
    return value is not None and value is not pd.NA and value != ""


def write_card(layer: str, feature: Feature, desk: Desk) -> Card:
    """Write the card of a feature of a layer."""
    card = Card()
    _WRITERS[layer](feature, desk, card)
    if present(feature["opened"]) and layer != "countries":
        card.facts.append({"label": "fact.opened", "date": feature["opened"]})
    return card


def _figure(label: str, value: object, unit: str, *, digits: int = 0, about: bool = False) -> Entry:
    """A number with its unit."""
    return {"label": label, "value": value, "unit": unit, "digits": digits, "about": about}


def _texts(card: Card, feature: Feature, *columns: str) -> None:
    """Facts that are text as compiled (names of companies, capacities)."""
    card.facts += [{"label": f"fact.{name}", "text": str(feature[name])} for name in columns if present(feature[name])]


def _codes(card: Card, feature: Feature, column: str) -> None:
    """A fact of one or several words of a vocabulary."""
    if present(feature[column]):
        keys = [f"{column}.{word}" for word in str(feature[column]).split(";")]
        card.facts.append({"label": f"fact.{column}", "keys": keys})


def _line_card(layer: str, feature: Feature, desk: Desk, card: Card) -> None:
    """Lengths of a drawn line, and every length that a source states of it."""
    of = f"{layer}/{feature['id']}"
    card.headline.append(_figure("fact.track_km", desk.measures.get("track_km", feature=of).value, "km", about=True))
    if present(feature["official_km"]):
        card.headline.append(_figure("fact.official_km", feature["official_km"], "km"))
        card.facts.append({"label": "fact.official_section", "text": feature["official_section"]})
        card.facts.append(_figure("fact.length_ratio", feature["length_ratio"], "", digits=2))
    card.facts.append(_figure("fact.measured_km", feature["measured_km"], "km", digits=1))
    lines = {feature["id"], feature.get("railway")}
    for row in desk.facts.rows("lengths"):
        if row["line"] not in lines or row["preferred"]:
            continue
        card.sources += row["source"]
        if not (row["from_station"] or row["to_station"]):
            figure = _figure("fact.also_stated", row["length_km"], "km", digits=_digits(row["length_km"]))
            card.facts.append(figure | {"sources": list(row["source"])})


def _rail(feature: Feature, desk: Desk, card: Card) -> None:
    _line_card("rail", feature, desk, card)
    card.headline.append(_figure("fact.gauge", feature["gauge_mm"], "mm"))
    for column in ("electrified", "tracks"):
        _codes(card, feature, column)
    _texts(card, feature, "operator")
    _codes(card, feature, "corridor")
    card.facts.append({"label": "fact.countries", "country": str(feature["country"]).split(";")})


def _road(feature: Feature, desk: Desk, card: Card) -> None:
    _line_card("roads", feature, desk, card)
    _texts(card, feature, "capacity")
    card.facts.append({"label": "fact.countries", "country": str(feature["country"]).split(";")})


def _pipeline(feature: Feature, desk: Desk, card: Card) -> None:
    _line_card("pipelines", feature, desk, card)
    _codes(card, feature, "commodity")
    _texts(card, feature, "capacity")
    if present(feature["parallel_lines"]):
        card.facts.append(_figure("fact.parallel_lines", int(feature["parallel_lines"]), ""))
    card.facts.append({"label": "fact.countries", "country": str(feature["country"]).split(";")})


def _ferry(feature: Feature, desk: Desk, card: Card) -> None:
    _line_card("ferries", feature, desk, card)
    _texts(card, feature, "operator")
    card.facts.append({"label": "fact.countries", "country": str(feature["country"]).split(";")})


def _flight(feature: Feature, desk: Desk, card: Card) -> None:
    of = f"flights/{feature['id']}"
    card.headline.append(_figure("fact.distance_km", desk.measures.get("distance_km", feature=of).value, "km"))
    hours = desk.measures.get("hours_estimated", feature=of).value
    card.headline.append(_figure("fact.hours_estimated", hours, "hours", digits=1, about=True))
    card.facts.append({"label": "fact.time_assumption", "key": "assumption.flight"})
    if present(feature["stop"]):
        stops = [row for row in desk.facts.rows("airports") if row["icao"] in str(feature["stop"]).split(";")]
        card.facts += [{"label": "fact.stop", "name": desk.names[f"airports/{row['id']}"]} for row in stops]
    else:
        card.facts.append({"label": "fact.stop", "key": "stop.none_known"})
    codes = f"{feature['origin_iata']} – {feature['destination_iata']} ({feature['origin']} – {feature['destination']})"
    card.facts.append({"label": "fact.codes", "text": codes})
    _texts(card, feature, "airline")
    if feature["xian_seven"] == "yes":
        card.facts.append({"label": "fact.xian_seven", "key": "yes"})


def _port(feature: Feature, desk: Desk, card: Card) -> None:
    of = f"ports/{feature['id']}"
    gateway = desk.gateways[feature["id"]]
    _throughput(desk, feature["id"], card)
    card.headline.append(_figure("fact.lines", desk.measures.get("lines", feature=of).value, ""))
    if present(feature["gauge_from_mm"]) and present(feature["gauge_to_mm"]):
        sides = (int(feature["gauge_from_mm"]), int(feature["gauge_to_mm"]))
        text = f"{sides[0]} → {sides[1]} mm" if sides[0] != sides[1] else f"{sides[0]} mm"
        card.facts.append({"label": "fact.gauge_change" if sides[0] != sides[1] else "fact.gauge", "text": text})
    _codes(card, feature, "mode")
    if present(feature["border_with"]):
        card.facts.append({"label": "fact.border_with", "country": str(feature["border_with"]).split(";")})
    if present(feature["counterpart"]):
        other = f"ports/{feature['counterpart']}"
        card.facts.append({"label": "fact.counterpart", "name": desk.names[other], "feature": other})
    city = f"cities/{gateway.city}"
    nearest: Entry = {"km": gateway.city_km, "feature": city}
    if gateway.city_direction:
        nearest["bearing"] = gateway.city_direction
    card.facts.append({"label": "fact.nearest_city", "name": desk.names[city]} | nearest)
    card.facts += [{"label": "fact.line", "name": desk.names[line], "feature": line} for line in gateway.lines]
    _texts(card, feature, "capacity")
    if present(feature["elevation_m"]):
        card.facts.append(_figure("fact.elevation", int(feature["elevation_m"]), "m"))


def _throughput(desk: Desk, subject: str, card: Card) -> None:
    """What passes through a port: a chart where there are several years, the latest year as a large figure.

    Rows of another scope are another indicator, and so another series. Capacities are no throughput.
    """
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in desk.facts.rows("throughput"):
        if row["subject"] == subject and not row["indicator"].startswith("capacity"):
            groups[row["indicator"], row["unit"]].append(row)
    for (indicator, unit), rows in groups.items():
        label = f"series.{indicator}"
        points = _series(label, unit, rows, card, least=2)
        if points:
            period, value, _ = points[-1]
            row = next(row for row in rows if row["period"] == period)
            figure = _figure(label, value, unit, digits=_digits(value), about=row["bound"] in {"about", "more_than"})
            figure["date"] = period
            (card.headline if len(card.headline) < LARGE_FIGURES - 1 else card.facts).append(figure)


def _series(label: str, unit: str, rows: Sequence[Row], card: Card, *, least: int) -> list[tuple[str, float, str]]:
    """Put a series on a card: its chart, from so many points on, and what other sources state of the same periods."""
    points, others = series(rows)
    if len(points) >= least:
        card.series.append({"label": label, "unit": unit, "points": [list(point) for point in points]})
    card.sources += [source for row in rows for source in row["source"]]
    for row in others:
        other = _figure("fact.also_stated", row["value"], unit, digits=_digits(row["value"]))
        card.facts.append(other | {"date": row["period"], "sources": list(row["source"])})
    return points


def _digits(value: float) -> int:
    """Digits behind the decimal sign that a figure of its size is told with."""
    if value.is_integer():
        return 0
    return 2 if value < 10 else 1 if value < 1000 else 0  # noqa: PLR2004 - three figures or so


def _city(feature: Feature, desk: Desk, card: Card) -> None:
    people = desk.measures.find("population", feature=f"cities/{feature['id']}")
    if people is not None:
        about = feature["population_confidence"] == "low"
        card.headline.append(_figure("fact.population", people.value, "", about=about))
        card.facts.append({"label": "fact.population_year", "key": "population.year_unknown"})
    _codes(card, feature, "role")


def _station(feature: Feature, desk: Desk, card: Card) -> None:
    if present(feature["gauges"]) and feature["kind"] == "break_of_gauge":
        card.facts.append({"label": "fact.gauge_change", "text": " ↔ ".join(str(feature["gauges"]).split(";")) + " mm"})
    for line in str(feature["lines"] or "").split(";"):
        if line:
            card.facts.append({"label": "fact.line", "name": desk.names[f"rail/{line}"], "feature": f"rail/{line}"})


def _airport(feature: Feature, _: Desk, card: Card) -> None:
    _texts(card, feature, "icao", "iata", "iata_later")


def _place(feature: Feature, _: Desk, card: Card) -> None:
    card.facts.append({"label": "fact.kind", "key": f"kind.{feature['kind']}"})


def _tourism(feature: Feature, _: Desk, card: Card) -> None:
    if present(feature["measured_km"]):
        card.headline.append(_figure("fact.measured_km", feature["measured_km"], "km", about=True))
    if present(feature["duration_hours"]):
        card.headline.append(_figure("fact.duration", feature["duration_hours"], "hours", about=True))
    _texts(card, feature, "terms")


def _country(feature: Feature, desk: Desk, card: Card) -> None:
    code = feature["country"]
    subject = REGION if code == "CHN" else code
    if code == "CHN":
        _region(desk, card)
    if present(feature["trade_billion_usd"]):
        card.headline.append(_figure("fact.trade_usd", feature["trade_billion_usd"], "billion_usd", digits=1))
        card.headline.append(_figure("fact.trade_share", feature["trade_share_percent"], "percent", digits=1))
        card.headline.append(_figure("fact.trade_growth", feature["trade_growth_percent"], "percent", digits=1))
        card.facts.append(_figure("fact.trade_year", int(feature["trade_year"]), "year"))
    if present(feature["visa_since"]):
        card.facts.append({"label": "fact.visa_since", "date": feature["visa_since"]})
        _texts(card, feature, "visa_terms")
    trade = [
        row
        for row in desk.facts.rows("trade")
        if (row["subject"], row["indicator"], row["unit"]) == (subject, "trade_total", "billion_usd")
    ]
    label = "series.trade_region" if code == "CHN" else "series.trade_reported"
    _series(label, "billion_usd", [row for row in trade if row["basis"] != "mirror"], card, least=1)
    _series("series.trade_mirror", "billion_usd", [row for row in trade if row["basis"] == "mirror"], card, least=1)


def _region(desk: Desk, card: Card) -> None:
    """China's card tells of its trade with the five countries together."""
    whole = {"subject": REGION, "period": TRADE_YEAR}
    trade = desk.measures.get("trade_billion_cny", **whole)
    growth = desk.measures.get("trade_growth_percent", subject=REGION, period=f"{FIRST_YEAR}/{TRADE_YEAR}")
    roads = desk.measures.get("road_share_percent", **whole)
    card.headline += [
        _figure("fact.trade_region", trade.value, "billion_cny") | {"date": TRADE_YEAR},
        _figure("fact.trade_growth_period", growth.value, "percent"),
        _figure("fact.road_share", roads.value, "percent", digits=1) | {"date": TRADE_YEAR},
    ]
    card.sources += [source for measure in (trade, growth, roads) for source in measure.sources]


_WRITERS = {
    "rail": _rail, "roads": _road, "pipelines": _pipeline, "ferries": _ferry, "flights": _flight, "ports": _port,
    "cities": _city, "stations": _station, "airports": _airport, "places": _place, "tourism": _tourism,
    "countries": _country,
}  # fmt: skip
