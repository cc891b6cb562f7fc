"""Files of which GDAL reads a part without a word, as if it were all: FlatGeobuf, GML, CSV, and GeoJSON on lines."""

import csv
import json
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyogrio

from corridors.data.vector_sources import GEOJSON, Source
from corridors.errors import InputError
from corridors.locales import Message, message

COUNTED: Final = frozenset({"FlatGeobuf", "GML"})
"""Formats whose number of features is known besides the features themselves, or is -1."""

SEPARATOR: Final = b"\x1e"
"""Stands before each feature of a text sequence (RFC 8142)."""

BLANK: Final = SEPARATOR + b"\xef\xbb\xbf \t\r\n"
DELIMITERS: Final = ",;\t|"
PIECE: Final = 2**20
LONGEST_CELL: Final = 2**31 - 1
CUT: Final = "unexpected end of data"
"""What the csv module says of a quotation mark that is never closed."""


def refuse_parts(source: Source, layer: str, read: int) -> None:
    """Refuse a file of which only a part was read.

    Parameters
    ----------
    source
        The file.
    layer
        The layer that was read.
    read
        The number of its features that were read.

    Raises
    ------
    InputError
        If features are missing.
    """
    fault: Message | None = None
    if source.kind in COUNTED:
        told = int(pyogrio.read_info(source.path, layer=layer)["features"])
        fault = message("error.vector.counted", str(told), str(read)) if told > read else None
    elif source.kind == "CSV":
        fault = _table_fault(source.path)
    elif source.kind == GEOJSON:
        line = _broken_line(source.path, read)
        fault = message("error.vector.line", str(line)) if line else None
    if fault:
        raise InputError(message("error.vector.damaged", source.label, fault))


def _table_fault(path: Path) -> Message | None:
    """What is missing at the end of a table: the end of a quoted cell, or of a row that no line break ends."""
    with path.open(encoding="utf-8", errors="replace", newline="") as text:
        head = text.readline()
        delimiter = max(DELIMITERS, key=head.count)
    if _has_open_quote(path, delimiter):
        return message("error.vector.quote")
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - PIECE))
        last = file.read().decode("utf-8", errors="replace").rpartition("\n")[2].rstrip("\r")
    if not last.strip() or last.count('"') % 2:
        return None
    cells, wanted = (len(next(csv.reader([line], delimiter=delimiter))) for line in (last, head))
    return message("error.vector.row", str(cells), str(wanted)) if cells < wanted else None


def _has_open_quote(path: Path, delimiter: str) -> bool:
    """Whether a quoted cell of a table never ends."""
    with path.open("rb") as file:
        quotes = sum(piece.count(b'"') for piece in iter(lambda: file.read(PIECE), b""))
    if quotes % 2 == 0:
        return False
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding="utf-8", errors="replace", newline="") as text:
            for _ in csv.reader(text, delimiter=delimiter, strict=True):
                pass
    except csv.Error as error:
        return str(error) == CUT
    finally:
        csv.field_size_limit(before)
    return False


def _broken_line(path: Path, read: int) -> int | None:
    """The number of the first record that is no JSON, in a file with a feature on each line; None for other files."""
    records = _records(path)
    first, second = next(records, b""), next(records, b"")
    if not second or not _is_json(first):
        return None
    if 2 + sum(1 for _ in records) == read:
        return None
    return next((number for number, record in enumerate(_records(path), 1) if not _is_json(record)), None)


def _records(path: Path) -> Iterator[bytes]:
    """The texts between separators, or the lines, that are not blank."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        mark = SEPARATOR if content[:4].lstrip(b"\xef\xbb\xbf").startswith(SEPARATOR) else b"\n"
        start = 0
        while start < len(content):
            end = content.find(mark, start)
            end = len(content) if end < 0 else end
            if record := content[start:end].strip(BLANK):
                yield record
            start = end + 1


def _is_json(record: bytes) -> bool:
    """Whether a text is one JSON object."""
    try:
        return isinstance(json.loads(record), dict)
    except (ValueError, RecursionError):
        return False
