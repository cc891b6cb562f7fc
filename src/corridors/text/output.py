"""Rows to text for a terminal, a file or another program: table, JSON, CSV or Markdown."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Literal

from corridors.data.findings import printable_text
from corridors.locales import messages, number
from corridors.text.terminal import table_text

Format = Literal["table", "json", "csv", "md"]
FORMATS: tuple[Format, ...] = ("table", "json", "csv", "md")
FOR_PEOPLE: frozenset[Format] = frozenset({"table", "md"})
"""Formats with words of the language in place of codes."""

PLAIN = (
    "geonames_id", "gauge_mm", "gauge_from_mm", "gauge_to_mm", "trade_year", "population_year", "year",
)  # fmt: skip
"""Columns whose whole numbers are names, without thousands separators."""


def rows_text(
    rows: Sequence[Mapping[str, object]], output: Format, *, name: str, language: str, columns: Sequence[str]
) -> str:
    """Write rows.

    Parameters
    ----------
    rows
        The rows, each with stable names; values are text, numbers, None, lists or mappings.
    output
        ``table`` and ``md`` are for people: headings and numbers are in the language. ``csv`` and ``json`` are for
        programs: stable names and a decimal point. JSON is one object with the rows under ``name``.
    columns
        The names that a table shows, in their order. JSON has all.
    """
    if output == "json":
        return json.dumps({name: [dict(row) for row in rows]}, ensure_ascii=False, indent=2)
    if output == "csv":
        return _csv(rows, columns)
    heads = [messages(language).get(f"column.{column}", column) for column in columns]
    digits = {column: max(map(_digits, (row.get(column) for row in rows)), default=0) for column in columns}
    cells = [[_cell(_named(column, row.get(column)), language, digits[column]) for column in columns] for row in rows]
    right = [any(isinstance(row.get(column), int | float) for row in rows) for column in columns]
    return _markdown(heads, cells, right) if output == "md" else table_text(heads, cells, right)


def _csv(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Rows as CSV, with stable names as header."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if row.get(column) is None else plain(row[column]) for column in columns])
    return buffer.getvalue().rstrip("\n")


def plain(value: object) -> object:
    """A value as one cell: lists separated by ``;``, mappings as ``key=value``."""
    if isinstance(value, Mapping):
        return ";".join(f"{key}={part}" for key, part in value.items())
    return ";".join(str(part) for part in value) if isinstance(value, list | tuple) else value


def _digits(value: object) -> int:
    """How many digits a value needs after the decimal sign, at most three."""
    if not isinstance(value, float):
        return 0
    return next((places for places in range(3) if round(value, places) == value), 3)


def _named(column: str, value: object) -> object:
    """A value; if it is a name, as text."""
    return str(value) if column in PLAIN and isinstance(value, int) else value


def _cell(value: object, language: str, digits: int) -> str:
    """A value as the language writes it. The numbers of a column have equally many digits after the decimal sign."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return messages(language)["yes"] if value else ""
    if isinstance(value, int):
        return number(value, 0, language)
    if isinstance(value, float):
        return number(value, digits, language)
    return printable_text(str(plain(value)))


def _markdown(heads: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    """A Markdown table."""

    def line(texts: Sequence[str]) -> str:
        return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"

    marks = ["---:" if to_right else "---" for to_right in right]
    return "\n".join([line(heads), line(marks), *(line(row) for row in cells)])
