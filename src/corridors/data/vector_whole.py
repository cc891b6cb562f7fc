"""Faults of whole files that GDAL passes over without a word.

It reads a part of FlatGeobuf, GML, CSV and GeoJSON on lines as if it were all. A latitude of GPX that is no number
becomes 0, and an unknown coordinate reference system of GeoJSON becomes EPSG:4326.
"""

import json
import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyogrio
import pyproj

from corridors.data.findings import printable
from corridors.data.vector_rows import end_fault
from corridors.data.vector_sources import GEOJSON, Source
from corridors.errors import InputError
from corridors.locales import Message, message

COUNTED: Final = frozenset({"FlatGeobuf", "GML"})
"""Formats whose number of features is known besides the features themselves, or is -1."""

DEGREES: Final = re.compile(rb'\b(?:lat|lon)\s*=\s*["\']([^"\']*)["\']')
"""The latitude or longitude of a GPX point."""

NAMED: Final = re.compile(rb'"crs"\s*:\s*\{[^{}]*"properties"\s*:\s*\{[^{}]*"name"\s*:\s*"([^"]*)"')
"""The coordinate reference system of GeoJSON, as the specification of 2008 names it."""

HEAD_BYTES: Final = 2**16
"""A file names its coordinate reference system before or after its features, within so many bytes."""

SEPARATOR: Final = b"\x1e"
"""Stands before each feature of a text sequence (RFC 8142)."""

BLANK: Final = SEPARATOR + b"\xef\xbb\xbf \t\r\n"


def refuse_passed_over(source: Source, layer: str, read: int) -> None:
    """Refuse a file with a fault that GDAL passes over.

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
        If features are missing, a place is no number, or the coordinate reference system is not known.
    """
    fault: Message | None = None
    if source.kind in COUNTED:
        told = int(pyogrio.read_info(source.path, layer=layer)["features"])
        fault = message("error.vector.counted", str(told), str(read)) if told > read else None
    elif source.kind == "CSV":
        fault = end_fault(source.path)
    elif source.kind == "GPX":
        fault = _place_fault(source.path)
    elif source.kind == GEOJSON:
        _refuse_system(source)
        line = _broken_line(source.path, read)
        fault = message("error.vector.line", str(line)) if line else None
    if fault:
        raise InputError(message("error.vector.damaged", source.label, fault))


def _place_fault(path: Path) -> Message | None:
    """The first latitude or longitude of a GPX file that is no number."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for found in DEGREES.finditer(content):
            try:
                float(found[1])
            except ValueError:
                return message("error.vector.number", printable(found[0].decode("utf-8", errors="replace")))
    return None


def _refuse_system(source: Source) -> None:
    """Refuse GeoJSON that names a coordinate reference system which nobody knows."""
    with source.path.open("rb") as file:
        head = file.read(HEAD_BYTES).partition(b'"features"')[0]
        file.seek(max(0, source.path.stat().st_size - HEAD_BYTES))
        tail = file.read().rpartition(b"]")[2]
    for found in (NAMED.search(head), NAMED.search(tail)):
        name = found[1].decode("utf-8", errors="replace") if found else None
        try:
            pyproj.CRS.from_user_input(name or "EPSG:4326")
        except pyproj.exceptions.CRSError as error:
            raise InputError(message("error.vector.crs_name", source.label, repr(name))) from error


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
