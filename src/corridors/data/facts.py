"""Fact tables (CSV) to checked tables: each cell is read by the type of its column, and each fault becomes a finding.

A fact is one row with its source. A table without faults has typed cells: numbers are ``float``, whole numbers ``int``,
cells of several values are tuples, and an empty cell is ``None`` (or an empty tuple), never 0 or "".
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corridors.data.alignments import Alignment, Alignments, Key, read_alignments
from corridors.data.facts_together import check_together
from corridors.data.findings import Finding, row_of
from corridors.data.iso import ALPHA2, alpha3_like
from corridors.data.tables import FEATURES, SLUG, TABLES, WRITTEN, Column, Row, Table
from corridors.errors import FileError, InputError
from corridors.locales import Message, message

PATTERNS = {
    "slug": (SLUG, message("remedy.slug")),
    "word": (re.compile(r"[a-z0-9]+(_[a-z0-9]+)*"), message("remedy.word")),
    "date": (
        re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"),
        message("remedy.date"),
    ),
    "period": (
        re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?"),
        message("remedy.period"),
    ),
    "integer": (re.compile(r"-?[0-9]{1,15}"), message("remedy.integer")),
    "number": (re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?"), message("remedy.number")),
    "feature": (re.compile(rf"({'|'.join(FEATURES)})/{SLUG.pattern}"), message("remedy.feature", FEATURES)),
    "icao": (re.compile(r"[A-Z]{4}"), message("remedy.icao")),
    "yes": (re.compile("yes"), message("remedy.yes")),
}
NOT_CSV = {
    "unexpected end of data": "finding.not_csv.end",
    "',' expected after '\"'": "finding.not_csv.comma",
    "field larger than field limit (131072)": "finding.not_csv.large",
}
"""Error texts of Python's CSV reader, with our messages."""

BOUNDS = {"lon": 180.0, "lat": 90.0}


@dataclass(frozen=True, slots=True)
class Facts:
    """All fact tables of one geodata folder, read and checked.

    Attributes
    ----------
    tables
        Rows by table name, in the order of the files. Positions are degrees in EPSG:4326.
    year
        The year of the facts (see the module ``facts_in_year``). None is the atlas's own day.
    alignments
        Where lines lie on their tracks or roads, by layer.
    """

    tables: Mapping[str, Sequence[Row]]
    year: int | None = None
    alignments: Mapping[str, Alignments] = field(default_factory=dict)

    def rows(self, table: str) -> Sequence[Row]:
        """The rows of one table, in the order of its file."""
        return self.tables[table]

    def by_id(self, table: str) -> dict[str, Row]:
        """The rows of one table, by their id."""
        return {row["id"]: row for row in self.tables[table]}

    def further_names(self) -> Iterator[tuple[str, str]]:
        """What else features are called or coded: their ``layer/id``, and an alias or an identifier."""
        yield from ((row["feature"], row["alias"]) for row in self.tables["aliases"])
        yield from ((row["feature"], row["value"]) for row in self.tables["identifiers"])

    def remarks(self) -> dict[str, dict[str, str]]:
        """The remark about each feature (``layer/id``) that has one, by language."""
        said = self.tables["remarks"]
        return {row["feature"]: {language: row[f"text_{language}"] for language in WRITTEN} for row in said}

    def legs(self, layer: str) -> Mapping[Key, Alignment]:
        """The alignments of a layer, by line and stops."""
        return self.alignments[layer].legs if layer in self.alignments else {}


def load_facts(geodata: Path) -> Facts:
    """Read every fact table under ``geodata/facts``, and the alignments beside them.

    Raises
    ------
    FileError
        If a table is missing or a file cannot be read.
    InputError
        If a file has a fault. The message names file, row, column and remedy.
    """
    facts, findings = read_facts(geodata)
    if findings:
        first, others = findings[0], len(findings) - 1
        raise InputError(message("error.facts", first, str(others)) if others else first)
    return facts


def read_facts(geodata: Path) -> tuple[Facts, list[Finding]]:
    """Read every fact table and the alignments, and list all faults in the tables.

    Raises
    ------
    FileError
        If a table is missing or a file cannot be read.
    InputError
        If a file of alignments is not GeoJSON of its form.
    """
    tables: dict[str, list[Row]] = {}
    lines: dict[str, list[int]] = {}
    findings: list[Finding] = []
    for name, table in TABLES.items():
        path = geodata / "facts" / f"{name}.csv"
        tables[name], lines[name], found = _read_table(path, table)
        findings += found
    if not any(finding.rule in {"F01", "F02"} for finding in findings):  # ids of an unread table are unknown
        findings += check_together(tables, lines)
    return Facts(tables, alignments=read_alignments(geodata)), findings


def check_table(path: Path) -> list[Finding]:
    """List the faults of one fact table by itself; ids of other tables are not looked up.

    Raises
    ------
    FileError
        If it cannot be read.
    KeyError
        If no fact table has its name.
    """
    return _read_table(path, TABLES[path.stem])[2]


def _read_table(path: Path, table: Table) -> tuple[list[Row], list[int], list[Finding]]:
    """The rows, the line where each starts in the file, and the faults."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        what, remedy = message("finding.file.no_utf8"), message("remedy.utf8")
        return [], [], [Finding("F01", path.name, message("finding.byte", str(error.start)), None, what, remedy)]
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
                rows.append(
                    {name: cell_value(cell, table.columns[name]) for name, cell in zip(header, cells, strict=True)}
                )
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        why = message(NOT_CSV[str(error)]) if str(error) in NOT_CSV else str(error)
        what, remedy = message("finding.not_csv", why), message("remedy.quotation")
        return rows, lines, [Finding("F01", path.name, row_of(reader.line_num), None, what, remedy)]
    return rows, lines, [*findings, *_repeated_ids(path.name, rows, lines)]


def _header_finding(file: str, header: list[str], expected: list[str]) -> Finding:
    """The fault of a header row."""
    remedy = message("remedy.columns", ",".join(expected))
    for name in expected:
        if name not in header:
            return Finding("F02", file, row_of(1), name, message("finding.column.missing"), remedy)
    unknown = [name for name in header if name not in expected]
    what = message("finding.columns.unknown", unknown) if unknown else message("finding.columns.order")
    return Finding("F02", file, row_of(1), None, what, remedy)


def _repeated_ids(file: str, rows: Sequence[Row], lines: Sequence[int]) -> Iterator[Finding]:
    """Rows with the id of an earlier row."""
    first: dict[str, int] = {}
    for row, line in zip(rows, lines, strict=True):
        earlier = first.setdefault(row["id"], line)
        if row["id"] is not None and earlier != line:
            what = message("finding.id.of_row", repr(row["id"]), str(earlier))
            yield Finding("F04", file, row_of(line), "id", what, message("remedy.id"))


def _row_findings(file: str, line: int, cells: list[str], table: Table) -> Iterator[Finding]:
    """The faults of one row of a file."""
    where = row_of(line)
    if len(cells) != len(table.columns):
        what = message("finding.cells", str(len(cells)), str(len(table.columns)))
        yield Finding("F02", file, where, None, what, message("remedy.comma"))
        return
    yield from cell_findings(file, where, dict(zip(table.columns, cells, strict=True)), table)


def cell_findings(file: str, where: Message, row: Mapping[str, str], table: Table) -> Iterator[Finding]:
    """The faults in the cells of one row, each by itself. The row has all columns of the table, as text."""
    swapped = _swapped(row)
    for name, column in table.columns.items():
        if not row[name].strip("; " if column.many else None):
            if column.required:
                yield Finding("F03", file, where, name, message("finding.cell.empty"), message("remedy.fill"))
            continue
        if column.kind in BOUNDS and swapped:
            if column.kind == "lat":
                what = message("finding.cell.longitude", row[name])
                yield Finding("F06", file, where, name, what, message("remedy.swap"))
            continue
        for part in row[name].split(";") if column.many else [row[name]]:
            fault = _fault(part.strip(), column)
            if fault:
                yield Finding("F05", file, where, name, *fault)


def _swapped(row: Mapping[str, str]) -> bool:
    """Whether latitude and longitude look swapped: the latitude is out of range, the longitude could be a latitude."""
    try:
        return abs(float(row["lat"])) > BOUNDS["lat"] and abs(float(row["lon"])) <= BOUNDS["lat"]
    except (KeyError, ValueError):
        return False


def _fault(cell: str, column: Column) -> tuple[Message, Message] | None:
    """The fault of one value, and the remedy."""
    kind = column.kind
    if kind in BOUNDS:
        if not PATTERNS["number"][0].fullmatch(cell):
            return message("finding.cell.degrees", repr(cell)), message("remedy.degrees")
        if abs(float(cell)) > BOUNDS[kind]:
            return message("finding.cell.beyond", cell, f"{BOUNDS[kind]:.0f}"), message("remedy.position")
    elif kind == "country" and cell not in ALPHA2:
        return message("finding.cell.country", repr(cell)), message("remedy.country", alpha3_like(cell))
    elif kind == "code" and cell not in column.words:
        return message("finding.cell.word", repr(cell)), message("remedy.use", column.words)
    elif kind in PATTERNS and not PATTERNS[kind][0].fullmatch(cell):
        return message("finding.cell.unreadable", repr(cell)), PATTERNS[kind][1]
    return None


def cell_value(cell: str, column: Column) -> object:
    """A cell as a value of its column's type, or None if it cannot be read (then a finding says so)."""
    parts = [part.strip() for part in cell.split(";")] if column.many else [cell.strip()]
    values = [_scalar(part, column) for part in parts if part]
    if column.many:
        return tuple(values)
    return values[0] if values else None


def _scalar(text: str, column: Column) -> object:
    """One value of a cell."""
    try:
        if column.kind in {"lon", "lat", "number"}:
            return float(text)
        return int(text) if column.kind == "integer" else text
    except ValueError:
        return None
