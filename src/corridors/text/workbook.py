"""An atlas to a workbook (XLSX): all measures, a table for each layer, the sources, and the licences.

Numbers are numbers, and everything else is text. No cell is ever a formula. The same atlas gives the same bytes.
"""

import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd

from corridors.content.context import Context
from corridors.data.periods import is_later, kind_of
from corridors.errors import UsageError
from corridors.locales import date, message, messages
from corridors.measures.measure import Measure
from corridors.text.output import PLAIN

if TYPE_CHECKING:
    import geopandas as gpd
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CREATOR = "corridors"
LONGEST_CELL = 32_767
"""The most characters in a cell, by the file format."""

WIDEST_PIXELS = 360
LINK = re.compile(r"https?://[^\s\"<>]{1,600}")
"""Text that becomes a link: a web address, and nothing that a program would run."""

SERIES = (
    "table", "subject", "indicator", "period", "covers", "later", "value", "unit", "bound", "yoy_percent", "basis",
    "reporter", "confidence", "source", "note",
)  # fmt: skip
"""Columns of the sheet of figures over time. ``covers`` is year, part (of a year) or years; ``later`` than the date."""

DEGREES = ("lon", "lat", "label_lon", "label_lat")


@dataclass(frozen=True, slots=True)
class _Table:
    """One sheet: its name, the stable names of its columns, its rows, and the headings that no message has."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, object]]
    heads: Mapping[str, str] = field(default_factory=dict)


def workbook_bytes(
    context: Context, measures: Sequence[Measure], layers: Mapping[str, "gpd.GeoDataFrame"], *, language: str
) -> bytes:
    """Write a workbook.

    Parameters
    ----------
    atlas
        The atlas, which has the catalogue and the sources.
    measures
        The measures to list.
    layers
        The layers to list, in their order. Points get columns ``lon`` and ``lat`` (degrees, EPSG:4326).
    language
        Of names of sheets and heads.

    Raises
    ------
    UsageError
        If XlsxWriter is not installed.
    """
    buffer = io.BytesIO()
    with _book(buffer, messages(language)["index.title"], context.as_of) as book:
        _write_about(book, context, layers, language)
        for table in _tables(context, measures, layers, language):
            _write_table(book, table, language)
    return buffer.getvalue()


def tables_bytes(
    tables: Mapping[str, Sequence[Mapping[str, object]]], *, title: str, as_of: str, language: str
) -> bytes:
    """Write a workbook of plain tables, with one sheet for each table that has rows.

    Parameters
    ----------
    tables
        Rows with the same stable names, by the name of their table. Messages have the name as ``paper.workbook.…``.
    title
        The title of the workbook, in its properties.
    as_of
        The atlas's date, ISO 8601.
    language
        Of names of sheets and heads.

    Raises
    ------
    UsageError
        If XlsxWriter is not installed.
    """
    buffer = io.BytesIO()
    with _book(buffer, title, as_of) as book:
        for name, rows in tables.items():
            if rows:
                _write_table(book, _Table(messages(language)[f"paper.workbook.{name}"], list(rows[0]), rows), language)
    return buffer.getvalue()


def _book(buffer: io.BytesIO, title: str, as_of: str) -> "Workbook":
    """A new workbook with its author and date. Text in it is never a formula, a number or a link."""
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise UsageError(message("error.workbook.library")) from error
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(buffer, safe)
    day = datetime.fromisoformat(as_of).replace(tzinfo=UTC)
    book.set_properties({"title": title, "author": CREATOR, "keywords": CREATOR, "created": day})
    return book


def _tables(
    context: Context, measures: Sequence[Measure], layers: Mapping[str, "gpd.GeoDataFrame"], language: str
) -> Iterator[_Table]:
    """The sheets that contain one table each."""
    words = messages(language)
    columns = ("name", "by", "value", "unit", "method", "sources", "caveats")
    yield _Table(
        words["paper.workbook.measures"], columns, [{"caveats": None, **measure.as_dict()} for measure in measures]
    )
    for name, frame in layers.items():
        bare = pd.DataFrame(frame.drop(columns="geometry"))
        if set(frame.geom_type) == {"Point"}:
            bare = bare.assign(lon=frame.geometry.x.round(6), lat=frame.geometry.y.round(6))
        names = [str(column) for column in bare.columns]
        cells = bare.astype(object).where(bare.notna(), None).to_numpy().tolist()
        rows = [dict(zip(names, row, strict=True)) for row in cells]
        kind = context.catalog.kinds.get(name)
        heads = {column: own.title[language] for column, own in kind.columns.items()} if kind else {}
        yield _Table(context.catalog.layer_title(name)[language], names, rows, heads)
    series = list(_series(context, layers))
    if series:
        yield _Table(words["paper.workbook.series"], SERIES, series)
    sources = context.facts.rows("sources")
    yield _Table(words["paper.workbook.sources"], list(sources[0]) if sources else ["id"], sources)


def _series(context: Context, layers: Iterable[str]) -> Iterator[dict[str, object]]:
    """Every figure over time of the layers. Each source's figure has its own row, with the kind of its period."""
    for table, layer in (("throughput", "ports"), ("trade", "countries")):
        for row in context.facts.rows(table) if layer in layers else ():
            kind, later = kind_of(row["period"]), is_later(row["period"], context.as_of)
            about = {"table": table, "covers": kind, "later": "yes" if later else "no"}
            yield {**dict.fromkeys(SERIES), **row, **about}


def _write_about(book: "Workbook", context: Context, layers: Mapping[str, "gpd.GeoDataFrame"], language: str) -> None:
    """The first sheet: the atlas, its date, its licences, and its author."""
    words = messages(language)
    worksheet = book.add_worksheet(words["paper.workbook.about"])
    bold = book.add_format({"bold": True})
    worksheet.write_string(0, 0, words["index.title"], book.add_format({"bold": True, "font_size": 14}))
    lines = (
        words["paper.workbook.as_of"].format(date(context.as_of, language)),
        words["paper.workbook.heads"],
        words["paper.workbook.ids"].format(words["paper.workbook.sources"]),
    )
    for row, line in enumerate(lines, start=1):
        worksheet.write_string(row, 0, line)
    at = len(lines) + 2
    about_layers = [context.catalog.layers[name] for name in layers]
    for key, columns, entries in (
        ("layers", ("name", "title", "licence", "credit", "precision"), about_layers),
        ("datasets", ("title", "producer", "licence", "url", "accessed"), list(context.catalog.datasets.values())),
    ):
        worksheet.write_string(at, 0, words[f"paper.workbook.{key}"], bold)
        for column, name in enumerate(columns):
            worksheet.write_string(
                at + 1, column, words["column.layer"] if name == "name" else _head(name, words), bold
            )
        for row, entry in enumerate(entries, start=at + 2):
            for column, name in enumerate(columns):
                value = getattr(entry, name)
                _write_cell(worksheet, row, column, value[language] if isinstance(value, Mapping) else value, None)
        at += len(entries) + 3
    worksheet.set_column(0, 0, 28)
    worksheet.set_column(1, 4, 44)


def _write_table(book: "Workbook", table: _Table, language: str) -> None:
    """A sheet with one table: headings in words, stable names with filters, the rows. The headings stay visible."""
    words = messages(language)
    worksheet = book.add_worksheet(table.name)
    bold, quiet = book.add_format({"bold": True}), book.add_format({"italic": True, "font_color": "#595959"})
    shapes = {pattern: book.add_format({"num_format": pattern}) for pattern in ("0", "0.0####", "#,##0", "#,##0.0##")}
    for column, name in enumerate(table.columns):
        worksheet.write_string(0, column, table.heads.get(name) or _head(name, words), bold)
        worksheet.write_string(1, column, name, quiet)
    for row, values in enumerate(table.rows, start=2):
        for column, name in enumerate(table.columns):
            _write_cell(worksheet, row, column, values[name], shapes[_pattern(name, values[name])])
    worksheet.autofilter(1, 0, len(table.rows) + 1, len(table.columns) - 1)
    worksheet.freeze_panes(2, 1)
    worksheet.autofit(WIDEST_PIXELS)


def _head(name: str, words: Mapping[str, str]) -> str:
    """The heading of a column in words, or the stable name of the column."""
    return next((words[key] for kind in ("paper.head", "column", "fact") if (key := f"{kind}.{name}") in words), name)


def _pattern(name: str, value: object) -> str:
    """The number format of a column."""
    if name in DEGREES:
        return "0.0####"
    if isinstance(value, int):
        return "0" if name in PLAIN else "#,##0"
    return "#,##0.0##"


def _write_cell(worksheet: "Worksheet", row: int, column: int, value: object, shape: "Format | None") -> None:
    """A value as a number, a link or text; a missing value stays empty."""
    if isinstance(value, Mapping):
        value = ";".join(f"{key}={part}" for key, part in value.items())
    elif isinstance(value, list | tuple):
        value = ";".join(str(part) for part in value)
    if value is None or value == "":
        return
    if isinstance(value, int | float) and math.isfinite(value):
        worksheet.write_number(row, column, value, shape)
        return
    text = str(value)
    if LINK.fullmatch(text):
        worksheet.write_url(row, column, text, string=text)
    else:
        worksheet.write_string(row, column, text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…")
