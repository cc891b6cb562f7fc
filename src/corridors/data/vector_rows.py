"""Faults of the rows of a table (CSV) that GDAL passes over: cells beyond the head, and an end that is missing."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from corridors.errors import InputError
from corridors.locales import Message, message

DELIMITERS: Final = ",;\t|"
PIECE: Final = 2**20
LONGEST_CELL: Final = 2**31 - 1
CUT: Final = "unexpected end of data"
"""What the csv module says of a quotation mark that is never closed."""


def row_faults(path: Path, label: str, read: int) -> dict[int, Message]:
    """The faults of rows with more cells than the head, as long as something stands in the others; by number, from 0.

    A row with fewer cells is no fault: its last cells are empty. Blank lines are no rows.

    Parameters
    ----------
    path
        The table.
    label
        How messages name it.
    read
        The number of rows that GDAL reads in it.

    Raises
    ------
    InputError
        If there is such a row in a table of which GDAL reads other rows.
    """
    delimiter, wanted = _head(path)
    if _widest(path, delimiter) <= wanted:
        return {}
    faults: dict[int, Message] = {}
    number = -1  # the head
    for number, (line, row) in enumerate(_rows(path, delimiter), -1):
        if number >= 0 and any(cell.strip() for cell in row[wanted:]):
            faults[number] = message("error.vector.cells", line, len(row), wanted)
    if faults and number + 1 != read:
        raise InputError(message("error.vector.damaged", label, next(iter(faults.values()))))
    return faults


def end_fault(path: Path) -> Message | None:
    """What is missing at the end of a table: the end of a quoted cell, or of a row that no line break ends."""
    delimiter, wanted = _head(path)
    if _has_open_quote(path, delimiter):
        return message("error.vector.quote")
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - PIECE))
        last = file.read().decode("utf-8", errors="replace").rpartition("\n")[2].rstrip("\r")
    if not last.strip() or last.count('"') % 2:
        return None
    cells = len(next(csv.reader([last], delimiter=delimiter)))
    return message("error.vector.row", str(cells), str(wanted)) if cells < wanted else None


def _head(path: Path) -> tuple[str, int]:
    """The character between cells, and the number of cells of the head."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        head = text.readline()
    delimiter = max(DELIMITERS, key=head.count)
    return delimiter, len(next(_rows(path, delimiter), (0, []))[1])


def _rows(path: Path, delimiter: str, *, strict: bool = False) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows that are not blank, each with the number of its last line."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
            reader = csv.reader(text, delimiter=delimiter, strict=strict)
            yield from ((reader.line_num, row) for row in reader if row)
    finally:
        csv.field_size_limit(before)


def _widest(path: Path, delimiter: str) -> int:
    """The most cells of any row. Without quotation marks it is counted in a third of the time that reading takes."""
    if _quotes(path):
        return max((len(row) for _, row in _rows(path, delimiter)), default=0)
    with path.open("rb") as file:
        sign = delimiter.encode()
        return 1 + max((line.count(sign) for line in file), default=0)


def _quotes(path: Path) -> int:
    """The number of quotation marks in a file."""
    with path.open("rb") as file:
        return sum(piece.count(b'"') for piece in iter(lambda: file.read(PIECE), b""))


def _has_open_quote(path: Path, delimiter: str) -> bool:
    """Whether a quoted cell of a table never ends."""
    if _quotes(path) % 2 == 0:
        return False
    try:
        for _ in _rows(path, delimiter, strict=True):
            pass
    except csv.Error as error:
        return str(error) == CUT
    return False
