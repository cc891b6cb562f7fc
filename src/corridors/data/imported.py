"""The imported features of a declared kind: their file and its faults. Cells are checked as in fact tables."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from corridors.data.facts import cell_findings, cell_value
from corridors.data.findings import Finding, quoted
from corridors.data.geojson import check_geojson, read_geojson
from corridors.data.kinds import Kind, Shape
from corridors.data.tables import BASES, COMMON, CONFIDENCES, STATUSES, Column, Table
from corridors.errors import InputError
from corridors.locales import message

FOLDER = "imported"
"""The folder of imported features in a geodata folder."""

SOURCES = "sources.csv"
GEOMETRIES: Mapping[Shape, tuple[str, ...]] = {
    "point": ("Point",),
    "line": ("LineString", "MultiLineString"),
    "area": ("Polygon", "MultiPolygon"),
}

_COMMON = {
    "id": Column("slug", required=True),
    "name_en": Column(required=True),
    "status": Column("code", required=True, words=STATUSES),
    "opened": Column("date"),
    "closed": Column("date"),
    "country": Column("country", many=True),
    "source": Column(required=True, many=True),
    "confidence": Column("code", required=True, words=CONFIDENCES),
    "geometry_basis": Column("code", required=True, words=BASES),
    "accuracy_m": Column("integer"),
}


def imported_path(geodata: Path, kind: Kind) -> Path:
    """The file of the features of a kind."""
    return geodata / FOLDER / f"{kind.name}.geojson"


def kind_table(kind: Kind) -> Table:
    """The columns of a kind's file: those of every layer except ``kind``, and its own."""
    common = {name: _COMMON.get(name, Column()) for name in COMMON if name != "kind"}
    own = {
        name: Column("code", words=tuple(column.words)) if column.words else Column(column.type)
        for name, column in kind.columns.items()
    }
    return Table(common | own)


def read_imported(geodata: Path, kind: Kind) -> gpd.GeoDataFrame:
    """The features of a kind as their file has them; none if there is no file.

    Raises
    ------
    FileError
        If the file cannot be read.
    InputError
        If it is not GeoJSON.
    """
    path = imported_path(geodata, kind)
    if not path.exists():
        columns = list(kind_table(kind).columns)
        return gpd.GeoDataFrame(pd.DataFrame(columns=columns, dtype=object), geometry=[], crs="EPSG:4326")
    return read_geojson(path)


def imported_findings(kind: Kind, frame: gpd.GeoDataFrame, sources: Collection[str], file: str) -> list[Finding]:
    """All faults in the features of a kind.

    Parameters
    ----------
    kind
        The kind.
    frame
        Its features, EPSG:4326.
    sources
        The ids of ``sources.csv``.
    file
        The name of the file, for the findings.
    """
    table = kind_table(kind)
    known = {*table.columns, "geometry"}
    found = [
        Finding(
            "F02",
            file,
            "",
            str(name),
            message("finding.columns.unknown", [str(name)]),
            message("remedy.kind", kind.name),
        )
        for name in frame.columns
        if name not in known
    ]
    if frame.empty:
        return found
    for name in ("id", "source"):
        if name not in frame.columns:
            what, remedy = message("finding.column.missing"), message("remedy.columns", ",".join(table.columns))
            return [*found, Finding("F02", file, "", name, what, remedy)]
    seen: set[object] = set()
    for row in frame.to_dict("records"):
        where = message("finding.feature", quoted(row["id"]), "")
        cells = {name: cell_text(row.get(name)) for name in table.columns}
        found += cell_findings(file, where, cells, table)
        for source in filter(None, (one.strip() for one in cells["source"].split(";"))):
            if source not in sources:
                what, remedy = message("finding.cell.dangling", repr(source), SOURCES), message("remedy.row", SOURCES)
                found.append(Finding("F07", file, where, "source", what, remedy))
        if row["id"] in seen:
            what, remedy = message("finding.id.twice", quoted(row["id"])), message("remedy.id")
            found.append(Finding("F04", file, where, "id", what, remedy))
        seen.add(row["id"])
    return [*found, *shape_findings(kind, frame["id"], frame.geometry, file)]


def file_findings(geodata: Path, kinds: Mapping[str, Kind], sources: Collection[str]) -> Iterator[Finding]:
    """All faults in the files of imported features of a geodata folder."""
    for kind in kinds.values():
        path = imported_path(geodata, kind)
        if path.exists():
            broken = check_geojson(path.read_bytes(), path.name)
            yield from broken or imported_findings(kind, read_imported(geodata, kind), sources, path.name)


def shape_findings(
    kind: Kind, names: Iterable[object], shapes: Iterable[BaseGeometry | None], file: str
) -> Iterator[Finding]:
    """Geometries that a kind cannot have, with the ids of their features."""
    kinds = GEOMETRIES[kind.geometry]
    for name, shape in zip(names, shapes, strict=True):
        where = message("finding.feature", quoted(name), "")
        if shape is None or shape.is_empty:
            what = message("finding.layer.empty")
        elif shape.geom_type not in kinds:
            what = message("finding.layer.kind", quoted(shape.geom_type), kinds)
        elif not shapely.is_valid(shape):
            what = message("finding.layer.invalid")
        else:
            continue
        yield Finding("F13", file, where, "geometry", what, message("remedy.shape"))


def refuse_faults(findings: list[Finding]) -> None:
    """Raise the first of some findings, with the number of others.

    Raises
    ------
    InputError
        If there are findings.
    """
    if findings:
        others = len(findings) - 1
        raise InputError(message("error.findings.listed", findings[0], str(others)) if others else findings[0])


def cell_text(value: Any) -> str:  # noqa: ANN401 - any value of a frame
    """A value as the text of a cell; an empty text if it is missing."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, float | np.floating):
        return np.format_float_positional(value, trim="-")
    return str(value)


def typed_cells(cells: Mapping[str, str], table: Table) -> dict[str, object]:
    """Texts of cells as a file of features has them: numbers as numbers, several values as one text."""
    found: dict[str, object] = {}
    for name, column in table.columns.items():
        value = cell_value(cells[name], column)
        found[name] = (";".join(map(str, value)) or None) if isinstance(value, tuple) else value
    return found
