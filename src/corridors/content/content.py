"""Layers, measures and the declaration of a map to the content of its page: plain data, all languages at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from corridors.analysis.assumptions import Assumptions
from corridors.analysis.measure import Measures
from corridors.analysis.network import Network
from corridors.analysis.statistics import LENGTH_LAYERS, Split
from corridors.data.catalog import Catalog, LayerEntry
from corridors.data.maps import Group, MapEntry
from corridors.data.tables import NAMED, Row
from corridors.errors import InputError
from corridors.locales import LANGUAGES, number, number_format, translations
from corridors.web.cards import LARGE_FIGURES, Desk, present, write_card
from corridors.web.corridor_features import LAYER as CORRIDORS
from corridors.web.corridor_features import Ribbons, about_corridors
from corridors.web.ground import country_labels, read_basemap
from corridors.web.legend import MODES, country_names, legend_filter, legend_group
from corridors.web.network_payload import encode_network
from corridors.web.payload import BASEMAP_STEP, encode_geometry
from corridors.web.style import CLASSES, StyleClass, label_rank
from corridors.web.symbols import SYMBOLS
from corridors.web.words import page_messages


@dataclass(frozen=True)
class Studio:
    """All that the pages of one build are made from."""

    catalog: Catalog
    maps: Sequence[MapEntry]
    layers: Mapping[str, gpd.GeoDataFrame]
    splits: Mapping[str, Split]
    measures: Measures
    desk: Desk
    sources: Mapping[str, Row]
    basemap_folder: Path
    network: Network
    assumptions: Assumptions
    ribbons: Ribbons | None = None

    @cached_property
    def basemap(self) -> Mapping[str, Any]:
        """The basemap, coded for the page; the same for every map."""
        return read_basemap(self.basemap_folder) | {"labels": country_labels(self.layers["countries"])}


def map_content(entry: MapEntry, studio: Studio) -> dict[str, Any]:
    """The content of a map's page (see web.map.CorridorMap), ready to travel as JSON.

    Raises
    ------
    InputError
        Where the map's declaration names a layer, a class, a property or a measure that there is not.
    """
    chosen = [(group, _classes(entry, group, studio.ribbons)) for group in entry.groups]
    features = [feature for group, classes in chosen for feature in _features(group, classes, studio)]
    _name_once(features)
    network = _network(entry, features, studio)
    named = (*network["sources"], *network["assumptionSources"]) if network else ()
    used = sorted({*named, *(source for feature in features for source in feature["sources"])})
    passed = network["countries"] if network else ()
    countries = sorted({code for one in features for code in (*one["country"], *one.get("km", ()), *passed) if code})
    return {
        "messages": {language: page_messages(language, *_without(entry)) for language in LANGUAGES},
        "formats": {language: dict(number_format(language)) for language in LANGUAGES},
        "langs": list(LANGUAGES),
        "map": {
            "id": entry.name,
            "title": dict(entry.title),
            "statement": statement(entry, studio.measures),
            "asOf": studio.catalog.as_of,
            "credit": " · ".join(_credits(entry, studio.catalog)),
            "view": {"bounds": list(entry.bounds), "narrow": list(entry.narrow)},
            "groups": [
                legend_group(
                    group.layer, classes, _about(group.layer, studio.catalog), studio.measures, unfolded=group.open
                )
                for group, classes in chosen
            ],
            "filters": [legend_filter(entry.name, name, features) for name in entry.filters],
            "maps": [{"id": one.name, "title": dict(one.title), "href": f"{one.name}.html"} for one in studio.maps],
        },
        "classes": {
            each.id: {
                "title": _class_title(each, studio),
                "geometry": each.geometry,
                "z": each.z,
                "style": dict(each.style),
                "on": each.id not in group.off,
            }
            for group, classes in chosen
            for each in classes
        },
        "symbols": SYMBOLS,
        "features": features,
        "sources": {name: cite(studio.sources[name]) for name in used},
        "countries": {code: country_names(code) for code in countries},
        "basemap": studio.basemap,
        **({"network": network} if network else {}),
        **_comparison(entry, studio),
    }


def _comparison(entry: MapEntry, studio: Studio) -> dict[str, Any]:
    """The table of corridors, for a map that shows them; else nothing."""
    return {"comparison": studio.ribbons.table()} if _compared(entry) and studio.ribbons else {}


def _compared(entry: MapEntry) -> bool:
    """Whether a map shows corridors, and so compares them."""
    return any(group.layer == CORRIDORS for group in entry.groups)


def _network(entry: MapEntry, features: Sequence[Mapping[str, Any]], studio: Studio) -> dict[str, Any]:
    """The network, coded for a page that plans routes; else nothing."""
    if not entry.planner:
        return {}
    here = {feature["id"] for feature in features}
    return encode_network(studio.network, studio.desk.facts, studio.assumptions, studio.desk.names, on_page=here)


def _credits(entry: MapEntry, catalog: Catalog) -> Sequence[str]:
    """The short credits of the data sets that a map is made of, the basemap's among them, each once."""
    names = ["natural-earth", *(name for group in entry.groups for name in _about(group.layer, catalog).datasets)]
    return list(dict.fromkeys(catalog.datasets[name].credit for name in names))


def _without(entry: MapEntry) -> tuple[str, ...]:
    """How messages begin that the page of a map does without; titles of classes and layers come with what they name."""
    planner = () if entry.planner else ("route.",)
    compared = () if _compared(entry) else ("compare.",)
    return ("answer.", "class.", "layer.", "scenario.", *planner, *compared)


def _name_once(features: Sequence[dict[str, Any]]) -> None:
    """Leave out of the cards the names of features that are on the map: the page has them already."""
    here = {feature["id"] for feature in features}
    for feature in features:
        for fact in feature["facts"]:
            if fact.get("feature") in here:
                del fact["name"]
            else:
                fact.pop("feature", None)


def statement(entry: MapEntry, measures: Measures) -> dict[str, str]:
    """A map's statement in every language, its numbers taken from the measures and written as the language does."""
    told = {}
    for language, text in entry.statement.items():
        words = text
        for name, wanted in entry.numbers.items():
            try:
                value = measures.get(wanted["name"], **wanted["by"]).value
            except InputError as error:
                raise InputError(f"maps/atlas.toml: [maps.{entry.name}.numbers]: {name}: {error}") from error
            factor = wanted.get(language, {}).get("factor", 1)
            words = words.replace(f"{{{name}}}", number(value * factor, wanted["digits"], language))
        told[language] = words
    return told


def _about(layer: str, catalog: Catalog) -> LayerEntry:
    """What the catalogue tells of a layer."""
    return about_corridors(catalog) if layer == CORRIDORS else catalog.layers[layer]


def _class_title(each: StyleClass, studio: Studio) -> dict[str, str]:
    """The title of a class: a corridor's is its name."""
    layer, _, name = each.id.partition(".")
    return studio.ribbons.names(name) if layer == CORRIDORS and studio.ribbons else translations(f"class.{each.id}")


def _classes(entry: MapEntry, group: Group, ribbons: Ribbons | None) -> Sequence[StyleClass]:
    """The classes of a group."""
    known = CLASSES if ribbons is None else {**CLASSES, CORRIDORS: {"id": ribbons.classes()}}
    ways = known.get(group.layer, {})
    if group.by not in ways:
        what = f"{group.layer} by {', '.join(ways)}" if ways else f"layers {', '.join(known)}"
        raise InputError(
            f"maps/atlas.toml: [maps.{entry.name}]: layer {group.layer!r} by {group.by!r} cannot be drawn. "
            f"Remedy: use {what}.",
        )
    wrong = set(group.off) - {each.id for each in ways[group.by]}
    if wrong:
        raise InputError(
            f"maps/atlas.toml: [maps.{entry.name}]: off names {', '.join(sorted(wrong))}. "
            f"Remedy: use {', '.join(each.id for each in ways[group.by])}.",
        )
    return ways[group.by]


def _features(group: Group, classes: Sequence[StyleClass], studio: Studio) -> Iterator[dict[str, Any]]:
    """The features of a group, each in the first class that holds it; what no class holds is not drawn."""
    layer = group.layer
    if layer == CORRIDORS and studio.ribbons:
        yield from studio.ribbons.features()
        return
    for feature in studio.layers[layer].to_dict("records"):
        held = next((each for each in classes if each.holds(feature)), None)
        if held is not None:
            yield _feature(layer, held, feature, studio)


def _feature(layer: str, held: StyleClass, feature: Mapping[str, Any], studio: Studio) -> dict[str, Any]:
    """One feature as the page's plain data."""
    card = write_card(layer, feature, studio.desk)
    names = {language: feature[f"name_{language}"] for language in NAMED}
    told: dict[str, Any] = {
        "id": f"{layer}/{feature['id']}",
        "class": held.id,
        "kind": MODES.get(layer, feature["kind"]),
        "status": feature["status"],
        "basis": feature["geometry_basis"],
        "confidence": feature["confidence"],
        "name": {language: name for language, name in names.items() if present(name)},
        "country": str(feature["country"]).split(";"),
        "rank": label_rank(layer, feature),
        "headline": card.headline[:LARGE_FIGURES],
        "facts": card.facts,
        "series": card.series,
        "sources": list(dict.fromkeys([*str(feature["source"]).split(";"), *card.sources])),
        "geometry": _geometry(layer, feature["geometry"]),
    }
    for column in ("accuracy_m", "opened", "closed", "note"):
        if present(feature[column]):
            told[column] = int(feature[column]) if column == "accuracy_m" else feature[column]
    if present(feature["opened"]) and str(feature["opened"]) > studio.catalog.as_of:
        told["later"] = feature["opened"]
    if layer == "rail":
        told["electrified"] = feature["electrified"] or "unknown"
        told["hollow"] = feature["electrified"] == "no"
        told["stops"] = _stops(feature, studio.layers["stations"])
    if layer in LENGTH_LAYERS and layer in MODES:
        told["km"] = {country: round(track, 1) for country, (_, track) in studio.splits[layer].of(feature).items()}
    if layer == "airports":
        told["codes"] = [
            feature["iata"],
            feature["icao"],
            *([feature["iata_later"]] if present(feature["iata_later"]) else []),
        ]
    return told


def _geometry(layer: str, shape: BaseGeometry) -> dict[str, Any]:
    """A feature's geometry; countries are coded as coarsely as the basemap that they are drawn on."""
    if layer == "countries":
        return encode_geometry(shape, BASEMAP_STEP) | {"s": BASEMAP_STEP}
    return encode_geometry(shape)


def _stops(line: Mapping[str, Any], stations: gpd.GeoDataFrame) -> list[int]:
    """Indices of the line's drawn vertices that are stations (points that only shape the line are none)."""
    wanted = set(str(line["stations"]).split(";"))
    here = stations[stations["id"].isin(wanted)]
    places = {(round(point.x, 6), round(point.y, 6)) for point in here.geometry}
    coordinates = shapely.get_coordinates(line["geometry"])
    return [index for index, (lon, lat) in enumerate(coordinates) if (round(lon, 6), round(lat, 6)) in places]


def cite(row: Row) -> dict[str, str]:
    """A source as cards cite it."""
    told = {"title": row["title"], "producer": row["producer"], "url": row["url"], "date": row["date_published"]}
    return {key: value for key, value in told.items() if value}
