"""Imported features of declared kinds to layers."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import geopandas as gpd

from corridors.data.facts import Facts, cell_value
from corridors.data.facts_in_year import status_in
from corridors.data.imported import (
    cell_text,
    imported_findings,
    imported_path,
    kind_table,
    read_imported,
    refuse_faults,
)
from corridors.data.kinds import Kind
from corridors.geo.geodesy import areas_km2, lengths_km
from corridors.layers.columns import joined, layer_frame

TYPES = {"integer": "Int64", "number": "Float64"}
"""The pandas type of a column, by its declared type. Others are text."""


def build_imported(
    kinds: Mapping[str, Kind], facts: Facts, geodata: Path, as_of: str
) -> Mapping[str, gpd.GeoDataFrame]:
    """Turn the imported features of a geodata folder into layers.

    Parameters
    ----------
    kinds
        The declared kinds, by name.
    facts
        The checked fact tables. Their year is that of the layers.
    geodata
        The geodata folder.
    as_of
        The day of the facts (ISO 8601).

    Returns
    -------
    Mapping
        A frame per kind, EPSG:4326, longitude first, sorted by id, with the size of each line and area.

    Raises
    ------
    InputError
        If a file has a fault.
    FileError
        If a file cannot be read.
    """
    sources = facts.by_id("sources")
    found = {}
    for name, kind in kinds.items():
        frame = read_imported(geodata, kind)
        refuse_faults(imported_findings(kind, frame, sources, imported_path(geodata, kind).name))
        then = [(row, status_in(row, facts.year, as_of)) for row in _rows(kind, frame)]
        rows = [row | {"status": status} for row, status in then if status is not None]
        layer = layer_frame(kind.own_columns, rows)
        for column, about in kind.columns.items():
            if about.type in TYPES:
                layer[column] = layer[column].astype(TYPES[about.type])
        found[name] = layer
    return found


def _rows(kind: Kind, frame: gpd.GeoDataFrame) -> Iterator[dict[str, object]]:
    """The features as rows of the layer, with values of the types of their columns."""
    table = kind_table(kind)
    sizes = _sizes(kind, frame)
    for nth, record in enumerate(frame.to_dict("records")):
        row: dict[str, object] = {}
        for name, column in table.columns.items():
            value = cell_value(cell_text(record.get(name)), column)
            row[name] = joined(value) if isinstance(value, tuple) else value
        yield (
            row | {"kind": kind.name, "geometry": record["geometry"]} | {key: many[nth] for key, many in sizes.items()}
        )


def _sizes(kind: Kind, frame: gpd.GeoDataFrame) -> dict[str, list[float]]:
    """The kilometres of lines, or the square kilometres of areas."""
    if kind.geometry == "point":
        return {}
    measure = lengths_km if kind.geometry == "line" else areas_km2
    return {str(kind.measured): [round(float(size), 1) for size in measure(list(frame.geometry))]}
