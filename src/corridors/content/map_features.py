"""The features of a layer to plain data for the page, each in its class of the legend and with its card."""

from collections.abc import Iterator, Sequence
from typing import Literal

from corridors.content.card_series import finish
from corridors.content.cards import LARGE_FIGURES, present, write_card
from corridors.content.context import Context
from corridors.content.facets import facet_values
from corridors.content.legend import MODES
from corridors.content.page_types import Feature
from corridors.content.style import StyleClass, label_rank, trade_class
from corridors.data.facts import Facts
from corridors.data.facts_in_year import SINCE, is_undated
from corridors.data.periods import kind_of
from corridors.data.tables import NAMED, Record
from corridors.layers.countries import trade_of
from corridors.measures.statistics import Split

DATES: tuple[Literal["works_started", "opened", "closed"], ...] = ("works_started", "opened", "closed")
"""Columns of a feature that its page has as they are, if there is a value."""


def layer_features(layer: str, classes: Sequence[StyleClass], context: Context) -> Iterator[Feature]:
    """The features of a layer, each in the first class that it belongs to. Features without a class are not drawn."""
    for feature in context.features[layer].values():
        held = next((each for each in classes if each.holds(feature)), None)
        if held is not None:
            yield _feature(layer, held, feature, context)


def _feature(layer: str, held: StyleClass, feature: Record, context: Context) -> Feature:
    """One feature as plain data for the page."""
    card, own = write_card(layer, feature, context), dict.fromkeys(str(feature["source"]).split(";"))
    names = {language: feature[f"name_{language}"] for language in NAMED}
    entry: Feature = {
        "id": f"{layer}/{feature['id']}",
        "class": held.id,
        "kind": MODES.get(layer) or feature["kind"],
        "status": feature["status"],
        "basis": feature["geometry_basis"],
        "confidence": feature["confidence"],
        "name": {language: name for language, name in names.items() if present(name)},
        "country": str(feature["country"]).split(";") if present(feature["country"]) else [],
        "rank": label_rank(layer, feature, context.catalog.layers[layer].first),
        "headline": card.headline[:LARGE_FIGURES],
        "facts": card.facts,
        "series": card.series,
        "sources": list(dict.fromkeys([*own, *card.sources])),
        "geometry": feature["geometry"],
    }
    finish(entry)
    if len(entry["sources"]) > len(own):
        entry["own"] = len(own)
    _tell_columns(entry, feature, context)
    entry |= facet_values(layer, feature)
    if layer == "countries" and held.id == trade_class(feature["trade_billion_usd"]):
        entry["classes"] = _trade_classes(str(feature["country"]), context.facts)
    if held.id == "countries.visa":
        entry |= {"since": feature["visa_since"], "before": "countries.no_visa"}
    kind = context.catalog.kinds.get(layer)
    if layer == "rail" or (kind and kind.geometry == "line" and "electrified" in kind.columns):
        entry["electrified"] = feature["electrified"] or "unknown"
        entry["hollow"] = feature["electrified"] == "no"
    if layer == "rail":
        entry["stops"] = list(context.network.stations_along.get(f"rail/{feature['id']}", ()))
    if straight := context.network.straight_along.get(f"{layer}/{feature['id']}"):
        entry["straight"] = list(straight)
    if layer in context.splits and (layer in MODES or kind):
        entry |= _kilometres(feature, context.splits[layer])
    if kind and kind.geometry == "area":
        entry["km2"] = feature["area_km2"]
    if layer == "airports":
        entry["codes"] = [
            feature["iata"],
            feature["icao"],
            *([feature["iata_later"]] if present(feature["iata_later"]) else []),
        ]
    return entry


def _trade_classes(country: str, facts: Facts) -> dict[str, str]:
    """The class of a country in each year with a figure of its trade, and as "" that in other years."""
    years = sorted({row["period"] for row in facts.rows("trade") if kind_of(row["period"]) == "year"})
    found = {year: trade_of(facts, country, year) for year in years}
    return {"": trade_class(None)} | {year: trade_class(row["value"]) for year, row in found.items() if row}


def _tell_columns(entry: Feature, feature: Record, context: Context) -> None:
    """Add the accuracy, the dates and the remark of a feature, if it has them."""
    if present(feature["accuracy_m"]):
        entry["accuracy_m"] = int(feature["accuracy_m"])
    for column in DATES:
        if present(feature.get(column)):
            entry[column] = feature[column]
    layer = entry["id"].partition("/")[0]
    opened = feature.get(SINCE.get(layer, "opened"))
    if is_undated(layer, {"status": feature["status"], "opened": opened if present(opened) else None}):
        entry["undated"] = True
    if present(feature["note"]):  # an imported feature has it in one language alone
        entry["note"] = context.remarks.get(entry["id"], {"en": feature["note"]})
    if present(feature["opened"]) and str(feature["opened"]) > context.as_of:
        entry["later"] = feature["opened"]


def _kilometres(line: Record, split: Split) -> Feature:
    """The kilometres of a line in each country, to the metre, and its whole length as its layer has it."""
    parts = {country: round(track, 3) for country, (_, track, _) in split.of(line).items()}
    return {"km": parts, "whole": line.get("track_km", line["measured_km"])}


def name_once(features: Sequence[Feature]) -> None:
    """Remove the names of features on the map from the cards, because the page has them already."""
    here = {feature["id"] for feature in features}
    for feature in features:
        for fact in feature["facts"]:
            if fact.get("feature") in here:
                del fact["name"]
            else:
                fact.pop("feature", None)
        for mark in feature["profile"]["marks"] if "profile" in feature else ():
            if mark.get("feature") in here:
                mark.pop("name", None)
            else:
                mark.pop("feature", None)
