"""The catalogue and the columns of the fact tables to a Frictionless Data Package: the ``datapackage.json`` of geodata.

A Data Package describes a folder of data for programs: each file with its licence, its sources and, for a table, its
schema. Terms follow the Data Package and Table Schema specifications, version 1.
"""

import json
import re
from collections.abc import Iterator
from importlib.metadata import version

import geopandas as gpd

from corridors.data.catalog import Catalog, LayerEntry
from corridors.data.facts import BOUNDS, PATTERNS
from corridors.data.geojson import geojson_text
from corridors.data.tables import TABLES, Column
from corridors.locales import DEFAULT_LANGUAGE

TITLE = "Corridors between China, Central Asia and Europe: facts and layers"
MANY = "Several values may stand in a cell, with ; between."

LICENCES = {
    "CC BY 4.0": ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "ODbL 1.0": ("ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
"""Licences by their name in the catalogue: name after the Open Definition, and address."""

VERSION = version("corridors")
AUTHOR = "The corridors contributors"

OWN = "CC BY 4.0"
"""The licence of a fact table that no layer is made from."""


def package_text(catalog: Catalog) -> str:
    """The text of ``datapackage.json``. The same catalogue gives the same text.

    Parameters
    ----------
    catalog
        The atlas and its layers.

    Returns
    -------
    str
        JSON, one resource after the other: the fact tables in the order of ``TABLES``, then the layers.
    """
    licences = dict.fromkeys((OWN, *(entry.licence for entry in catalog.layers.values())))
    layers = [_layer(entry, catalog) for entry in catalog.layers.values()]
    package = {
        "generator": "corridors",
        "profile": "data-package",
        "name": "corridors",
        "title": TITLE,
        "description": f"Hand-compiled facts, one sourced row each, and the GeoJSON layers that are made of them. "
        f"They show the state of {catalog.as_of}. Every row and every feature names its sources by their ids in "
        f"facts/sources.csv.",
        "version": VERSION,
        "keywords": ["silk road", "central asia", "china", "railways", "trade corridors", "geojson"],
        "licenses": [_licence(name) for name in licences],
        "contributors": [{"title": AUTHOR, "role": "author"}],
        "sources": [_source(catalog, name) for name in catalog.datasets],
        "resources": [*_tables(catalog), *layers],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def layer_text(frame: gpd.GeoDataFrame, entry: LayerEntry) -> str:
    """The text of a layer's GeoJSON file. It names its licence, and whom to credit."""
    about = {
        "generator": "corridors",
        "name": entry.name,
        "title": entry.title,
        "license": entry.licence,
        "attribution": entry.credit,
    }
    return geojson_text(frame, members=about)


def _tables(catalog: Catalog) -> Iterator[dict[str, object]]:
    """The fact tables as resources."""
    for name, table in TABLES.items():
        layers = [layer for layer in catalog.layers.values() if name in layer.tables]
        yield {
            "profile": "tabular-data-resource",
            "name": name.replace("_", "-"),
            "title": f"Facts: {name.replace('_', ' ')}",
            "path": f"facts/{name}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "licenses": [_licence(_strictest(layers))],
            "schema": {
                "fields": [_field(column_name, column) for column_name, column in table.columns.items()],
                "missingValues": [""],
                "primaryKey": "id",
                "foreignKeys": list(_foreign_keys(name)),
            },
        }


def _strictest(layers: list[LayerEntry]) -> str:
    """The licence of a table: that of the layers made from it, or the share-alike one if they differ."""
    names = {layer.licence for layer in layers} or {OWN}
    return max(names, key=lambda name: (name != OWN, name))


def _field(name: str, column: Column) -> dict[str, object]:
    """A column as a field: type, constraints, and the format of its cells."""
    kind = {"lon": "number", "lat": "number", "number": "number", "integer": "integer"}.get(column.kind, "string")
    field: dict[str, object] = {"name": name, "type": kind}
    rules: dict[str, object] = {"required": True} if column.required else {}
    description = []
    if name == "id":
        rules["unique"] = True
    if column.kind in BOUNDS:
        rules |= {"minimum": -BOUNDS[column.kind], "maximum": BOUNDS[column.kind]}
        description.append(f"Degrees {'east' if column.kind == 'lon' else 'north'}, EPSG:4326.")
    if column.words and not column.many:
        rules["enum"] = list(column.words)
    elif pattern := _pattern(column):
        rules["pattern"] = rf"{pattern}( *; *{pattern})*" if column.many else pattern
    if column.many:
        description.append(MANY)
    if column.kind in {"date", "period"}:
        description.append(f"ISO 8601, as precise as known; {PATTERNS[column.kind][1]}.")
    if column.kind == "country":
        description.append("ISO 3166-1 alpha-3.")
    if column.table:
        description.append(f"Id of a row of {' or '.join(f'{table}.csv' for table in column.table)}.")
    return (
        field
        | ({"description": " ".join(description)} if description else {})
        | ({"constraints": rules} if rules else {})
    )


def _pattern(column: Column) -> str | None:
    """The pattern of one value of a text column; None if any text is allowed."""
    if column.kind == "code":
        return f"({'|'.join(re.escape(word) for word in column.words)})"
    if column.kind == "country":
        return "[A-Z]{3}"
    name = "slug" if column.kind == "ref" else column.kind
    return f"({PATTERNS[name][0].pattern})" if name in PATTERNS and name not in {"number", "integer"} else None


def _foreign_keys(table: str) -> Iterator[dict[str, object]]:
    """Columns whose only value is a row of one other table. A Table Schema has no keys for cells of several values."""
    for name, column in TABLES[table].columns.items():
        if column.many or not (len(column.table) == 1 or column.kind == "icao"):
            continue
        other = column.table[0] if column.table else "airports"
        field = "id" if column.table else "icao"
        if (other, field) != (table, name):
            reference = {"resource": "" if other == table else other.replace("_", "-"), "fields": field}
            yield {"fields": name, "reference": reference}


def _layer(entry: LayerEntry, catalog: Catalog) -> dict[str, object]:
    """A layer as a resource."""
    return {
        "profile": "data-resource",
        "name": f"layer-{entry.name.replace('_', '-')}",
        "title": entry.title,
        "description": f"EPSG:4326. {entry.precision[DEFAULT_LANGUAGE]}. Credit: {entry.credit}.",
        "path": f"layers/{entry.name}.geojson",
        "format": "geojson",
        "mediatype": "application/geo+json",
        "encoding": "utf-8",
        "licenses": [_licence(entry.licence)],
        "sources": [_source(catalog, name) for name in entry.datasets],
    }


def _licence(name: str) -> dict[str, str]:
    """A licence by its name in the catalogue."""
    if name not in LICENCES:
        return {"name": re.sub(r"[^A-Za-z0-9.]+", "-", name).strip("-") or "other", "title": name}
    short, path = LICENCES[name]
    return {"name": short, "title": name, "path": path}


def _source(catalog: Catalog, name: str) -> dict[str, str]:
    """A data set that the atlas is compiled from."""
    dataset = catalog.datasets[name]
    return {"title": dataset.title} | ({"path": dataset.url} if dataset.url else {})
