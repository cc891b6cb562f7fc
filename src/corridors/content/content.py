"""Layers, measures and the declaration of a map to the content of its page: plain data, all languages at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from corridors.claims.quotations import Quotation, quotations, title_sources
from corridors.claims.sayings import statement
from corridors.content.card_series import finish
from corridors.content.cards import LARGE_FIGURES, present, write_card
from corridors.content.context import Context
from corridors.content.corridor_features import LAYER as CORRIDORS
from corridors.content.corridor_features import Ribbons, about_corridors
from corridors.content.facets import (
    class_condition,
    class_values,
    facet_filters,
    facet_values,
    group_condition,
    serve,
)
from corridors.content.kinds import kind_classes, kind_messages
from corridors.content.legend import MODES, country_names, legend_group
from corridors.content.multiples import map_multiples
from corridors.content.page_types import AboutMap, Cited, Content, Feature
from corridors.content.planner import Planner
from corridors.content.style import CLASSES, StyleClass, label_rank, trade_class
from corridors.content.symbols import SYMBOLS
from corridors.content.words import page_messages
from corridors.data.catalog import Catalog, LayerEntry
from corridors.data.declared_values import no_such, use_one_of
from corridors.data.facts import Facts
from corridors.data.facts_in_year import SINCE, is_undated
from corridors.data.maps import Group, MapEntry
from corridors.data.periods import kind_of
from corridors.data.tables import NAMED, Record, Row
from corridors.layers.countries import trade_of
from corridors.locales import LANGUAGES, messages, number_format, translations
from corridors.measures.statistics import Split

DATES: tuple[Literal["works_started", "opened", "closed"], ...] = ("works_started", "opened", "closed")
"""Columns of a feature that its page has as they are, if there is a value."""


def map_content(entry: MapEntry, context: Context) -> Content:
    """The content of a map (see web.map.CorridorMap): plain data, except geometry, basemap and network.

    Raises
    ------
    InputError
        If the map's declaration names a layer, a class, a property or a measure that does not exist.
    """
    ribbons = Ribbons(context) if context.comparison.corridors else None
    chosen = [(group, _classes(entry, group, ribbons, context.catalog)) for group in entry.groups]
    features = [feature for group, classes in chosen for feature in _features(group, classes, context, ribbons)]
    _name_once(features)
    planner = _planner(entry, features, context)
    named = planner.sources if planner else ()
    as_of = context.as_of
    numbers = {language: quotations(entry, context.measures, as_of, language) for language in entry.title}
    title = title_sources(entry, context.assessor)
    said = {*title, *(source for found in numbers.values() for one in found for source in one.sources)}
    used = sorted({*named, *said, *(source for feature in features for source in feature["sources"])})
    passed = planner.countries if planner else ()
    countries = sorted({code for one in features for code in (*one["country"], *one.get("km", ()), *passed) if code})
    dated: AboutMap = {"dated": dict(entry.dated)} if entry.dated else {}
    more: Content = {"network": planner} if planner else {}
    if ribbons and _compared(entry):
        more["comparison"] = ribbons.table()
    charts = map_multiples(entry, features, context)
    shown: AboutMap = {"charts": charts} if charts else {}
    if reach := serve(features, context.catchment):
        more["catchment"] = reach
    conditions = {
        group.layer: class_values(group.by, classes, list(context.features[group.layer].values()))
        for group, classes in chosen
        if group.layer in context.features
    }
    return {
        "messages": {
            language: page_messages(language, *_without(entry)) | kind_messages(entry, context, language)
            for language in LANGUAGES
        },
        "formats": {language: dict(number_format(language)) for language in LANGUAGES},
        "langs": list(LANGUAGES),
        "map": {
            "id": entry.name,
            "title": dict(entry.title),
            "statement": statement(entry, context.measures, as_of),
            "quoted": _quoted(numbers, used),
            "ground": [used.index(source) for source in title],
            "asOf": as_of,
            **dated,
            **shown,
            "credit": " · ".join(_credits(entry, context.catalog)),
            "view": {"bounds": list(entry.bounds), "narrow": list(entry.narrow or entry.bounds)},
            "groups": [
                legend_group(
                    group.layer,
                    classes,
                    _about(group.layer, context.catalog),
                    context.measures,
                    unfolded=group.open,
                    kind=context.catalog.kinds.get(group.layer),
                )
                | group_condition(conditions.get(group.layer))
                for group, classes in chosen
            ],
            "filters": list(facet_filters(entry, features, context.organisations)),
            "maps": [
                {"id": name, "title": dict(one.title), "href": f"{name}.html"} for name, one in context.maps.items()
            ],
        },
        "classes": {
            each.id: {
                "title": _class_title(each, ribbons),
                "geometry": each.geometry,
                "z": each.z,
                "style": each.style.copy(),
                "on": each.id not in group.off,
                **class_condition(each.id, conditions.get(group.layer)),
            }
            for group, classes in chosen
            for each in classes
        },
        "symbols": SYMBOLS,
        "features": features,
        "sources": {name: cite(context.sources[name]) for name in used},
        "countries": {code: country_names(code) for code in countries},
        "basemap": context.basemap,
        **more,
    }


def _quoted(numbers: Mapping[str, Sequence[Quotation]], used: Sequence[str]) -> dict[str, list[list[int]]]:
    """The positions of numbers in the statement, by language, and the sources of each as indices in the page's list.

    A number is ``[start, end, ground]``. ``grounds`` has each set of sources once.
    """
    grounds = list(dict.fromkeys(one.sources for found in numbers.values() for one in found))
    places = {
        language: [[one.start, one.end, grounds.index(one.sources)] for one in found]
        for language, found in numbers.items()
    }
    return {**places, "grounds": [[used.index(source) for source in ground] for ground in grounds]}


def _compared(entry: MapEntry) -> bool:
    """Whether a map shows corridors and their comparison."""
    return any(group.layer == CORRIDORS for group in entry.groups)


def _planner(entry: MapEntry, features: Sequence[Feature], context: Context) -> Planner | None:
    """The planner of a map that plans routes; None for other maps."""
    return Planner(context, {feature["id"] for feature in features}) if entry.planner else None


def _credits(entry: MapEntry, catalog: Catalog) -> Sequence[str]:
    """The short credits of all data sets of a map, including the basemap, each once."""
    names = ["natural-earth", *(name for group in entry.groups for name in _about(group.layer, catalog).datasets)]
    return list(dict.fromkeys(catalog.datasets[name].credit for name in names))


def _without(entry: MapEntry) -> tuple[str, ...]:
    """Prefixes of messages that a map's page does not need. Titles of classes and layers are stored with these."""
    planner = () if entry.planner else ("route.",)
    compared = () if _compared(entry) else ("compare.",)
    profile = () if entry.planner or _compared(entry) else ("profile.",)
    return ("answer.", "class.", "layer.", "scenario.", *planner, *compared, *profile)


def _name_once(features: Sequence[Feature]) -> None:
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


def _about(layer: str, catalog: Catalog) -> LayerEntry:
    """The catalogue's entry of a layer, for the page."""
    return about_corridors(catalog) if layer == CORRIDORS else catalog.layers[layer]


def _class_title(each: StyleClass, ribbons: Ribbons | None) -> dict[str, str]:
    """The title of a class. The class of a corridor has the corridor's name."""
    layer, _, name = each.id.partition(".")
    if each.title is not None:
        return dict(each.title)
    return ribbons.names(name) if layer == CORRIDORS and ribbons else translations(f"class.{each.id}")


def _classes(entry: MapEntry, group: Group, ribbons: Ribbons | None, catalog: Catalog) -> Sequence[StyleClass]:
    """The classes of a group."""
    known: dict[str, Mapping[str, Sequence[StyleClass]]] = {
        **CLASSES,
        **{name: kind_classes(kind) for name, kind in catalog.kinds.items()},
    }
    if ribbons is not None:
        known[CORRIDORS] = {"id": ribbons.classes()}
    at = entry.groups.index(group)
    if group.layer not in known:
        raise entry.fault(("groups", at, "layer"), no_such(group.layer), use_one_of(group.layer, known))
    ways = known[group.layer]
    if group.by not in ways:
        raise entry.fault(("groups", at, "by"), no_such(group.by), use_one_of(group.by, ways))
    classes = [each.id for each in ways[group.by]]
    for nth, name in enumerate(group.off):
        if name not in classes:
            raise entry.fault(("groups", at, "off", nth), no_such(name), use_one_of(name, classes))
    return ways[group.by]


def _features(
    group: Group, classes: Sequence[StyleClass], context: Context, ribbons: Ribbons | None
) -> Iterator[Feature]:
    """The features of a group, each in the first class that it belongs to. Features without a class are not drawn."""
    layer = group.layer
    if layer == CORRIDORS and ribbons:
        yield from ribbons.features()
        return
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


NO_SOURCE = {"general-knowledge": "source.memory", "uncited-file": "source.uncited"}
"""Rows of ``sources.csv`` that are no publication, and the messages that say what they are."""


def cite(row: Row) -> Cited:
    """A source in the form for cards."""
    cited = {"title": row["title"], "producer": row["producer"], "url": row["url"], "date": row["date_published"]}
    if row["id"] in NO_SOURCE:
        cited["title"] = {language: messages(language)[NO_SOURCE[row["id"]]] for language in LANGUAGES}
    return {key: value for key, value in cited.items() if value}
