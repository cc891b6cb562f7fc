"""Layers, measures and the declaration of a map to the content of its page: plain data, all languages at once."""

from collections.abc import Iterator, Mapping, Sequence

from corridors.claims.quotations import Quotation, quotations, title_sources
from corridors.claims.sayings import statement
from corridors.content import page_types
from corridors.content.context import Context
from corridors.content.corridor_features import LAYER as CORRIDORS
from corridors.content.corridor_features import Ribbons, about_corridors
from corridors.content.facets import (
    Condition,
    class_condition,
    class_values,
    facet_filters,
    group_condition,
    serve,
)
from corridors.content.kinds import kind_classes, kind_messages
from corridors.content.legend import country_names, legend_group
from corridors.content.map_features import layer_features, name_once
from corridors.content.multiples import map_multiples
from corridors.content.page_types import AboutMap, Cited, ClassEntry, Content, Feature
from corridors.content.planner import Planner
from corridors.content.style import CLASSES, StyleClass
from corridors.content.symbols import SYMBOLS
from corridors.content.words import page_messages
from corridors.data.catalog import Catalog, LayerEntry
from corridors.data.declared_values import no_such, use_one_of
from corridors.data.maps import Group, MapEntry
from corridors.data.tables import GENERAL_KNOWLEDGE, UNCITED_FILE, Row
from corridors.locales import LANGUAGES, messages, number_format, translations

Conditions = Mapping[str, Condition | None]
"""What conditions say of the classes of each layer."""


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
    name_once(features)
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
            "groups": [_legend_group(*each, conditions, context) for each in chosen],
            "filters": list(facet_filters(entry, features, context.organisations)),
            "maps": [
                {"id": name, "title": dict(one.title), "href": f"{name}.html"} for name, one in context.maps.items()
            ],
        },
        "classes": {
            each.id: _class_entry(each, group, conditions, ribbons) for group, classes in chosen for each in classes
        },
        "symbols": SYMBOLS,
        "features": features,
        "sources": {name: cite(context.sources[name]) for name in used},
        "countries": {code: country_names(code) for code in countries},
        "basemap": context.basemap,
        **more,
    }


def _legend_group(
    group: Group, classes: Sequence[StyleClass], conditions: Conditions, context: Context
) -> page_types.Group:
    """A group of the legend, with what conditions say of it."""
    about, kind = _about(group.layer, context.catalog), context.catalog.kinds.get(group.layer)
    shown = legend_group(group.layer, classes, about, context.measures, unfolded=group.open, kind=kind)
    return shown | group_condition(conditions.get(group.layer))


def _class_entry(each: StyleClass, group: Group, conditions: Conditions, ribbons: Ribbons | None) -> ClassEntry:
    """A class of the legend."""
    return {
        "title": _class_title(each, ribbons),
        "geometry": each.geometry,
        "z": each.z,
        "style": each.style.copy(),
        "on": each.id not in group.off,
        **class_condition(each.id, conditions.get(group.layer)),
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


def _about(layer: str, catalog: Catalog) -> LayerEntry:
    """The catalogue's entry of a layer, for the page."""
    return about_corridors(catalog) if layer == CORRIDORS else catalog.layers[layer]


def _class_title(each: StyleClass, ribbons: Ribbons | None) -> dict[str, str]:
    """The title of a class. The class of a corridor has the corridor's name."""
    layer, _, name = each.id.partition(".")
    if each.title is not None:
        return dict(each.title)
    return ribbons.names(name) if layer == CORRIDORS and ribbons else translations(f"class.{each.id}")


def _features(
    group: Group, classes: Sequence[StyleClass], context: Context, ribbons: Ribbons | None
) -> Iterator[Feature]:
    """The features of a group of the legend."""
    if group.layer == CORRIDORS and ribbons:
        return ribbons.features()
    return layer_features(group.layer, classes, context)


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


NO_SOURCE = {GENERAL_KNOWLEDGE: "source.memory", UNCITED_FILE: "source.uncited"}
"""Rows of ``sources.csv`` that are no publication, and the messages that say what they are."""


def cite(row: Row) -> Cited:
    """A source in the form for cards."""
    cited = {"title": row["title"], "producer": row["producer"], "url": row["url"], "date": row["date_published"]}
    if row["id"] in NO_SOURCE:
        cited["title"] = {language: messages(language)[NO_SOURCE[row["id"]]] for language in LANGUAGES}
    return {key: value for key, value in cited.items() if value}
