"""What files are imported into: the features of a declared kind, or the rows of a fact table of points."""

import csv
import io
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import geopandas as gpd
import pandas as pd

from corridors.data.facts import cell_findings, read_facts
from corridors.data.findings import Finding
from corridors.data.geojson import CRS, geojson_text
from corridors.data.import_rows import Mapped
from corridors.data.imported import (
    cell_text,
    imported_findings,
    imported_path,
    kind_table,
    read_imported,
    shape_findings,
    typed_cells,
)
from corridors.data.kinds import Kind
from corridors.data.provenance import table_text
from corridors.data.tables import TABLES, Table
from corridors.locales import DEFAULT_LANGUAGE, Message, message


class Target(Protocol):
    """What files are imported into.

    Attributes
    ----------
    path, file
        Its file, and the file's name for findings.
    table
        Its columns.
    name
        The English name of a feature without one; empty if each needs its own.
    rows
        What is there, by id.
    """

    path: Path
    file: str
    table: Table
    name: str
    rows: Mapping[str, Mapped]

    def faults(self, row: Mapped, where: Message) -> Iterator[Finding]:
        """The faults of a row by itself."""

    def written(self, rows: Mapping[str, Mapped], sources: str) -> tuple[str, list[Finding]]:
        """The text of the file with these rows, and all its faults beside a text of ``sources.csv``."""


def file_text(path: Path) -> str:
    """The text of a file; empty if there is none."""
    return path.read_text(encoding="utf-8-sig") if path.exists() else ""


class KindTarget(Target):
    """The features of a declared kind."""

    def __init__(self, geodata: Path, kind: Kind) -> None:
        self._kind = kind
        self.path = imported_path(geodata, kind)
        self.file = self.path.name
        self.table: Table = kind_table(kind)
        self.name = kind.title[DEFAULT_LANGUAGE]
        frame = read_imported(geodata, kind)
        self.rows = {
            record["id"]: Mapped({name: cell_text(record.get(name)) for name in self.table.columns}, record["geometry"])
            for record in frame.to_dict("records")
        }

    def faults(self, row: Mapped, where: Message) -> Iterator[Finding]:
        """The faults of a row by itself."""
        yield from cell_findings(self.file, where, row.cells, self.table)
        yield from shape_findings(self._kind, [row.cells["id"]], [row.geometry], self.file)

    def written(self, rows: Mapping[str, Mapped], sources: str) -> tuple[str, list[Finding]]:
        """The file with some rows, and its faults."""
        columns = self.table.columns
        data = [typed_cells(row.cells, self.table) for row in rows.values()]
        frame = gpd.GeoDataFrame(
            pd.DataFrame(data, columns=list(columns), dtype=object),
            geometry=[row.geometry for row in rows.values()],
            crs=CRS,
        )
        known = {line[0] for line in csv.reader(io.StringIO(sources, newline=""))}
        findings = imported_findings(self._kind, frame, known, self.file)
        about = {
            "generator": "corridors",
            "name": self._kind.name,
            "license": self._kind.licence,
            "attribution": self._kind.credit,
        }
        text = "" if findings else geojson_text(frame, name=self.file, members=about)
        return text, findings


class TableTarget(Target):
    """The rows of a fact table of points."""

    def __init__(self, geodata: Path, table: str) -> None:
        self._facts = geodata / "facts"
        self.path = self._facts / f"{table}.csv"
        self.file = self.path.name
        self.table = TABLES[table]
        self.name = ""
        header, *rows = csv.reader(io.StringIO(file_text(self.path), newline=""), strict=True)
        self.rows = {row[0]: Mapped(dict(zip(header, row, strict=True)), None) for row in rows}

    def faults(self, row: Mapped, where: Message) -> Iterator[Finding]:
        """The faults of a row by itself."""
        shape = row.geometry
        if shape is None or shape.geom_type != "Point":
            given = "" if shape is None else shape.geom_type
            what = message("finding.layer.kind", given or "null", ["Point"])
            yield Finding("F13", self.file, where, "geometry", what, message("remedy.shape"))
        else:
            yield from cell_findings(self.file, where, row.cells, self.table)

    def written(self, rows: Mapping[str, Mapped], sources: str) -> tuple[str, list[Finding]]:
        """The file with some rows, and its faults beside all other tables."""
        columns = list(self.table.columns)
        text = table_text(columns, [[row.cells[name] for name in columns] for row in rows.values()])
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "facts"
            shutil.copytree(self._facts, copy)
            (copy / self.file).write_text(text, encoding="utf-8")
            (copy / "sources.csv").write_text(sources, encoding="utf-8")
            _, findings = read_facts(Path(folder))
        return text, findings
