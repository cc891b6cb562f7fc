"""Fact tables (CSV) to checked tables: every cell is read by what its column holds, every fault is named.

A fact is one sourced row. A table that passes has typed cells: numbers are ``float``, whole numbers ``int``, cells of
several values are tuples, and an empty cell is ``None`` (or an empty tuple), never 0 or "".
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from corridors.data.facts_together import check_together
from corridors.data.findings import Finding
from corridors.data.iso import ALPHA2, alpha3_like
from corridors.data.tables import TABLES, Column, Row, Table
from corridors.errors import FileError, InputError
from corridors.locales import message

PATTERNS = {
    "slug": (re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), "lower-case letters, digits and hyphens"),
    "word": (re.compile(r"[a-z0-9]+(_[a-z0-9]+)*"), "lower-case letters, digits and underscores"),
    "date": (
        re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"),
        "a date such as 2009, 2025-09 or 2025-09-30",
    ),
    "period": (
        re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?"),
        "a date or two dates with / between, such as 2024 or 2025-01/2025-05",
    ),
    "integer": (re.compile(r"-?[0-9]{1,15}"), "a whole number without separators"),
    "number": (re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?"), "a number with a decimal point and without separators"),
    "icao": (re.compile(r"[A-Z]{4}"), "the four letters of an ICAO airport code"),
    "yes": (re.compile("yes"), "yes, or nothing"),
}
BOUNDS = {"lon": 180.0, "lat": 90.0}


@dataclass(frozen=True, slots=True)
class Facts:
    """All fact tables of one geodata folder, read and checked.

    Attributes
    ----------
    tables
        Rows by table name, in the order of the files. Positions are degrees in EPSG:4326.
    """

    tables: Mapping[str, Sequence[Row]]

    def rows(self, table: str) -> Sequence[Row]:
        """The rows of one table, in the order of its file."""
        return self.tables[table]

    def by_id(self, table: str) -> dict[str, Row]:
        """The rows of one table, by their id."""
        return {row["id"]: row for row in self.tables[table]}


def load_facts(geodata: Path) -> Facts:
    """Read every fact table under ``geodata/facts``.

    Raises
    ------
    FileError
        Where a table is missing or cannot be read.
    InputError
        Where a table does not say what it should; the message names file, row, column and remedy.
    """
    facts, findings = read_facts(geodata)
    if findings:
        others = len(findings) - 1
        tail = f" ({others} more: corridors validate lists them all.)" if others else ""
        raise InputError(f"{findings[0]}{tail}")
    return facts


def read_facts(geodata: Path) -> tuple[Facts, list[Finding]]:
    """Read every fact table, and list everything that is wrong with them.

    Raises
    ------
    FileError
        Where a table is missing or cannot be read.
    """
    tables: dict[str, list[Row]] = {}
    lines: dict[str, list[int]] = {}
    findings: list[Finding] = []
    for name, table in TABLES.items():
        path = geodata / "facts" / f"{name}.csv"
        tables[name], lines[name], found = _read_table(path, table)
        findings += found
    if not any(
        finding.rule in {"F01", "F02"} for finding in findings
    ):  # ids of a table that was not read are not known
        findings += check_together(tables, lines)
    return Facts(MappingProxyType(tables)), findings


def check_table(path: Path) -> list[Finding]:
    """List what is wrong with one fact table taken for itself; ids of other tables are not looked up.

    Raises
    ------
    FileError
        Where it cannot be read.
    InputError
        Where no fact table has its name.
    """
    if path.stem not in TABLES:
        raise InputError(f"{path}: there is no fact table of this name. Remedy: name it one of {', '.join(TABLES)}.")
    return _read_table(path, TABLES[path.stem])[2]


def _read_table(path: Path, table: Table) -> tuple[list[Row], list[int], list[Finding]]:
    """Rows, the line of the file that each starts on, and what is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        remedy = "save the file as UTF-8"
        return [], [], [Finding("F01", path.name, f"byte {error.start}", None, "the file is not UTF-8", remedy)]
    except OSError as error:
        raise FileError(message("error.file.table", str(path), error.strerror)) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    lines: list[int] = []
    try:
        header = next(reader, [])
        if header != list(table.columns):
            return [], [], [_header_finding(path.name, header, list(table.columns))]
        findings: list[Finding] = []
        line = reader.line_num + 1
        for cells in reader:
            found = list(_row_findings(path.name, line, cells, table))
            findings += found
            if len(cells) == len(header):
                rows.append({name: _value(cell, table.columns[name]) for name, cell in zip(header, cells, strict=True)})
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        remedy = "close the quotation mark that was opened in or before this row"
        return rows, lines, [Finding("F01", path.name, f"row {reader.line_num}", None, f"not CSV: {error}", remedy)]
    return rows, lines, [*findings, *_repeated_ids(path.name, rows, lines)]


def _header_finding(file: str, header: list[str], expected: list[str]) -> Finding:
    """What is wrong with a header row."""
    for name in expected:
        if name not in header:
            return Finding(
                "F02", file, "row 1", name, "this column is missing", f"use the columns {','.join(expected)}"
            )
    unknown = [name for name in header if name not in expected]
    what = f"the columns {', '.join(unknown)} are unknown" if unknown else "the columns stand in another order or twice"
    return Finding("F02", file, "row 1", None, what, f"use the columns {','.join(expected)}")


def _repeated_ids(file: str, rows: Sequence[Row], lines: Sequence[int]) -> Iterator[Finding]:
    """Rows whose id an earlier row has."""
    first: dict[str, int] = {}
    for row, line in zip(rows, lines, strict=True):
        earlier = first.setdefault(row["id"], line)
        if row["id"] is not None and earlier != line:
            what = f"the id {row['id']!r} is that of row {earlier} too"
            yield Finding("F04", file, f"row {line}", "id", what, "give each row an id of its own")


def _row_findings(file: str, line: int, cells: list[str], table: Table) -> Iterator[Finding]:
    """What is wrong with the cells of one row, each taken for itself."""
    where = f"row {line}"
    if len(cells) != len(table.columns):
        what = f"this row has {len(cells)} cells, the header {len(table.columns)}"
        yield Finding("F02", file, where, None, what, "put text that holds a comma in quotation marks")
        return
    row = dict(zip(table.columns, cells, strict=True))
    swapped = _swapped(row)
    for name, column in table.columns.items():
        if not row[name].strip("; " if column.many else None):
            if column.required:
                yield Finding("F03", file, where, name, "this cell is empty", "fill it, or leave the row out")
            continue
        if column.kind in BOUNDS and swapped:
            if column.kind == "lat":
                what = f"latitude {row[name]} is out of range; it looks like a longitude"
                yield Finding(
                    "F06", file, where, name, what, "swap the two columns: lon is degrees east, lat degrees north"
                )
            continue
        for part in row[name].split(";") if column.many else [row[name]]:
            fault = _fault(part.strip(), column)
            if fault:
                yield Finding("F05", file, where, name, *fault)


def _swapped(row: Mapping[str, str]) -> bool:
    """Whether a row's latitude can only be a longitude, and its longitude can be a latitude."""
    try:
        return abs(float(row["lat"])) > BOUNDS["lat"] and abs(float(row["lon"])) <= BOUNDS["lat"]
    except (KeyError, ValueError):
        return False


def _fault(cell: str, column: Column) -> tuple[str, str] | None:
    """What is wrong with one value, and the remedy."""
    kind = column.kind
    if kind in BOUNDS:
        if not PATTERNS["number"][0].fullmatch(cell):
            return f"{cell!r} is not a number of degrees", "write decimal degrees with a point, such as 43.2525"
        if abs(float(cell)) > BOUNDS[kind]:
            return (
                f"{cell} is beyond {BOUNDS[kind]:.0f} degrees",
                "check the position, and that lon and lat are not swapped",
            )
    elif kind == "country" and cell not in ALPHA2:
        return f"{cell!r} is not an ISO 3166-1 alpha-3 code", f"write three capitals, such as {alpha3_like(cell)}"
    elif kind == "code" and cell not in column.words:
        return f"{cell!r} is not a known word", f"use one of {', '.join(column.words)}"
    elif kind in PATTERNS and not PATTERNS[kind][0].fullmatch(cell):
        return f"{cell!r} is not readable", f"write {PATTERNS[kind][1]}"
    return None


def _value(cell: str, column: Column) -> Any:  # noqa: ANN401 - a cell is of one of several types
    """A cell as a value of its column's type; what cannot be read (a finding says so) is None."""
    parts = [part.strip() for part in cell.split(";")] if column.many else [cell.strip()]
    values = [_scalar(part, column) for part in parts if part]
    if column.many:
        return tuple(values)
    return values[0] if values else None


def _scalar(text: str, column: Column) -> Any:  # noqa: ANN401 - a cell is of one of several types
    """One value of a cell."""
    try:
        if column.kind in {"lon", "lat", "number"}:
            return float(text)
        return int(text) if column.kind == "integer" else text
    except ValueError:
        return None
