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
from corridors.data.catalog import Catalog
from corridors.data.iso import country_name
from corridors.data.maps import Group, MapEntry
from corridors.data.tables import Row
from corridors.errors import InputError
from corridors.locales import LANGUAGES, messages, number, number_format, translations
from corridors.web.cards import LARGE_FIGURES, Desk, present, write_card
from corridors.web.ground import country_labels, read_basemap
from corridors.web.network_payload import encode_network
from corridors.web.payload import BASEMAP_STEP, encode_geometry
from corridors.web.style import CLASSES, StyleClass, label_rank
from corridors.web.symbols import SYMBOLS

MODES = {"rail": "rail", "roads": "road", "pipelines": "pipeline", "ferries": "ferry"}
"""What kind of line the kilometres of a layer are."""


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
    chosen = [(group, _classes(entry, group)) for group in entry.groups]
    features = [feature for group, classes in chosen for feature in _features(group, classes, studio)]
    _name_once(features)
    network = _network(entry, features, studio)
    named = (*network["sources"], *network["assumptionSources"]) if network else ()
    used = sorted({*named, *(source for feature in features for source in feature["sources"])})
    passed = network["countries"] if network else ()
    countries = sorted({code for one in features for code in (*one["country"], *one.get("km", ()), *passed) if code})
    return {
        "messages": {language: page_messages(language, planner=entry.planner) for language in LANGUAGES},
        "formats": {language: dict(number_format(language)) for language in LANGUAGES},
        "langs": list(LANGUAGES),
        "map": {
            "id": entry.name,
            "title": dict(entry.title),
            "statement": statement(entry, studio.measures),
            "asOf": studio.catalog.as_of,
            "credit": " · ".join(_credits(entry, studio.catalog)),
            "view": {"bounds": list(entry.bounds), "narrow": list(entry.narrow)},
            "groups": [_group(group, classes, studio) for group, classes in chosen],
            "filters": [_filter(entry, name, features) for name in entry.filters],
            "maps": [{"id": one.name, "title": dict(one.title), "href": f"{one.name}.html"} for one in studio.maps],
        },
        "classes": {
            each.id: {
                "title": translations(f"class.{each.id}"),
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
        "sources": {name: _source(studio.sources[name]) for name in used},
        "countries": {code: _country_names(code) for code in countries},
        "basemap": studio.basemap,
        **({"network": network} if network else {}),
    }


def _network(entry: MapEntry, features: Sequence[Mapping[str, Any]], studio: Studio) -> dict[str, Any]:
    """The network, coded for a page that plans routes; else nothing."""
    if not entry.planner:
        return {}
    here = {feature["id"] for feature in features}
    return encode_network(studio.network, studio.desk.facts, studio.assumptions, studio.desk.names, on_page=here)


def _credits(entry: MapEntry, catalog: Catalog) -> Sequence[str]:
    """The short credits of the data sets that a map is made of, the basemap's among them, each once."""
    names = ["natural-earth", *(name for group in entry.groups for name in catalog.layers[group.layer].datasets)]
    return list(dict.fromkeys(catalog.datasets[name].credit for name in names))


def page_messages(language: str, *, planner: bool = True) -> dict[str, str]:
    """The messages that a map's page may show; those of tables, of the index and of the claims are not among them."""
    # Titles of classes and layers come with what they name.
    others = ("claim.", "claims.", "class.", "column.", "index.", "layer.", "scenario.", "verdict.")
    others += () if planner else ("route.",)
    return {key: text for key, text in messages(language).items() if not key.startswith(others)}


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


def _classes(entry: MapEntry, group: Group) -> Sequence[StyleClass]:
    """The classes of a group."""
    known = CLASSES.get(group.layer, {})
    if group.by not in known:
        what = f"layers {', '.join(CLASSES)}" if not known else f"{group.layer} by {', '.join(known)}"
        raise InputError(
            f"maps/atlas.toml: [maps.{entry.name}]: layer {group.layer!r} by {group.by!r} cannot be drawn. "
            f"Remedy: use {what}.",
        )
    wrong = set(group.off) - {each.id for each in known[group.by]}
    if wrong:
        raise InputError(
            f"maps/atlas.toml: [maps.{entry.name}]: off names {', '.join(sorted(wrong))}. "
            f"Remedy: use {', '.join(each.id for each in known[group.by])}.",
        )
    return known[group.by]


def _features(group: Group, classes: Sequence[StyleClass], studio: Studio) -> Iterator[dict[str, Any]]:
    """The features of a group, each in the first class that holds it; what no class holds is not drawn."""
    layer = group.layer
    for feature in studio.layers[layer].to_dict("records"):
        held = next((each for each in classes if each.holds(feature)), None)
        if held is not None:
            yield _feature(layer, held, feature, studio)


def _feature(layer: str, held: StyleClass, feature: Mapping[str, Any], studio: Studio) -> dict[str, Any]:
    """One feature as the page's plain data."""
    card = write_card(layer, feature, studio.desk)
    names = {language: feature[f"name_{language}"] for language in ("en", "nl", "zh", "ru", "local")}
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


def _group(group: Group, classes: Sequence[StyleClass], studio: Studio) -> dict[str, Any]:
    """One group of the legend, with the statistics, credit and licence of its layer."""
    entry = studio.catalog.layers[group.layer]
    return {
        "id": group.layer,
        "layer": group.layer,
        "title": translations(f"layer.{group.layer}"),
        "open": group.open,
        "classes": [each.id for each in classes],
        "stats": list(_stats(group.layer, studio.measures)),
        "credit": entry.credit,
        "licence": entry.licence,
        "precision": entry.precision,
    }


STAT_NAMES = {
    "features": ("", 0),
    "track_km": ("km", 0),
    "measured_km": ("km", 0),
    "official_km": ("km", 0),
    "length_ratio": ("", 2),
    "electrified_share_percent": ("percent", 1),
}
"""The statistics of a layer's card, with unit and digits."""


def _stats(layer: str, measures: Measures) -> Iterator[dict[str, Any]]:
    """The statistics of a layer: in all, and kilometres or features by country, gauge, status and kind."""
    for name, (unit, digits) in STAT_NAMES.items():
        found = measures.find(name, layer=layer)
        if found is not None:
            yield {"label": f"stat.{name}", "value": found.value, "unit": unit, "digits": digits}
    for by in ("gauge", "status", "commodity", "kind", "country"):
        name = "track_km" if layer in MODES else "features"
        found_by = [measure for measure in measures if measure.name == name and set(measure.by) == {"layer", by}]
        of_layer = [measure for measure in found_by if measure.by["layer"] == layer]
        for measure in sorted(of_layer, key=lambda measure: -measure.value):
            unit, digits = STAT_NAMES[name]
            yield {
                "label": f"stat.{name}",
                "of": _named(by, measure.by[by]),
                "value": measure.value,
                "unit": unit,
                "digits": digits,
            }


def _named(by: str, value: str) -> dict[str, str]:
    """The name of a value of a property, by language."""
    if by == "country":
        return _country_names(value)
    if by == "gauge":
        return dict.fromkeys(LANGUAGES, f"{value} mm")
    return translations(f"{by}.{value}")


FILTERS = {
    "status": ("operational", "under_construction", "planned", "suspended"),
    "electrified": ("yes", "partly", "no", "unknown"),
}
"""Properties that a legend can filter by, with their values in the order of the legend."""


def _filter(entry: MapEntry, name: str, features: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A filter of the legend: the values of a property that occur, in the order of its vocabulary."""
    if name not in FILTERS:
        raise InputError(
            f"maps/atlas.toml: [maps.{entry.name}]: filters names {name!r}. Remedy: use {' or '.join(FILTERS)}.",
        )
    found = {feature[name] for feature in features if name in feature}
    return {"property": name, "values": [value for value in FILTERS[name] if value in found]}


def _source(row: Row) -> dict[str, str]:
    """A source as cards cite it."""
    told = {"title": row["title"], "producer": row["producer"], "url": row["url"], "date": row["date_published"]}
    return {key: value for key, value in told.items() if value}


def _country_names(code: str) -> dict[str, str]:
    """A country's name in every language."""
    return {language: country_name(code, language) for language in LANGUAGES}
