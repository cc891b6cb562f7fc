"""Words and tables to lines that fit a terminal. A table has its own width anywhere else, such as in a pipe."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

WIDE = "\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
"""Characters that take two cells of a terminal (Unicode Standard Annex 11: wide and full-width, if used here)."""

CLOSING = "、。，．：；！？）》」』】〕…”’"
"""Characters that must not begin a line, after Chinese usage (GB/T 15834)."""

OPENING = "（《「『【〔“‘"
"""Characters that must not end a line."""

SPACE = r"[^\S\u00a0\u202f]"
"""A space at which a line may break."""

PIECE = re.compile(
    rf"[{OPENING}]*(?:(?:(?!{SPACE})[^{WIDE}{OPENING}])+(?:{SPACE}[–—](?={SPACE}))?|[{WIDE}{OPENING}])[{CLOSING}]*"
    rf"|{SPACE}+"
)
"""Parts of a line that are never broken: a Chinese character, a word with the dash behind it, the space between."""

GAP = 2
"""Cells between two columns of a table."""

Cells = Sequence[str]

_room: ContextVar[int | None] = ContextVar("room", default=None)


@contextmanager
def fitted(room: int | None) -> Iterator[None]:
    """Make tables that are written inside the block fit a terminal of so many cells. None leaves them as they are."""
    token = _room.set(room)
    try:
        yield
    finally:
        _room.reset(token)


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return len(text) + len(re.findall(f"[{WIDE}]", text))


def wrapped(text: str, width: int, measure: Callable[[str], int] = cells) -> list[str]:
    """A text in lines of at most so many cells. Lines break at spaces and between Chinese characters."""
    lines, room = [""], width
    for piece in PIECE.findall(text):
        if measure(piece) > room and not piece.isspace():
            lines.append("")
            room = width
        if lines[-1] or not piece.isspace():
            lines[-1] += piece
            room -= measure(piece)
    return [line.rstrip() for line in lines if line.strip()]


def table_text(heads: Cells, rows: Sequence[Cells], right: Sequence[bool]) -> str:
    """Aligned columns, two spaces apart. Chinese characters count as two.

    If the terminal is narrower, long cells are broken into lines between words. If that is not enough, the columns
    are in several tables below each other. Each begins with the columns that tell the rows apart. All but the first
    leave out rows that are empty there.

    Parameters
    ----------
    heads, rows
        The heading of each column, and the cells of each row.
    right
        Whether a column is aligned to the right, as numbers are.
    """
    columns = [Column(*texts, to_right=to_right) for *texts, to_right in zip(heads, *rows, right, strict=True)]
    room = _room.get()
    if room is None or _total([column.widest for column in columns]) <= room:
        return _lines(columns, [column.widest for column in columns])
    return "\n\n".join(_lines(part, _widths(part, room)) for part in _parts(columns, room))


class Column:
    """The heading and the cells of a column.

    Attributes
    ----------
    widest, least
        The width of the column, in cells of a terminal: without line breaks, and with all that are possible.
    """

    def __init__(self, *texts: str, to_right: bool) -> None:
        from rich.cells import cell_len

        self.texts, self.to_right, self._measure = texts, to_right, cell_len
        self.widest = max(map(cell_len, texts))
        self.least = max((cell_len(piece) for text in texts for piece in PIECE.findall(text)), default=0)

    def lines(self, text: str, width: int) -> list[str]:
        """A text of the column as lines of one width."""
        broken = [text] if self._measure(text) <= width else wrapped(text, width, self._measure)
        gaps = [" " * (width - self._measure(line)) for line in broken]
        return [gap + line if self.to_right else line + gap for line, gap in zip(broken, gaps, strict=True)]


def _total(widths: Sequence[int]) -> int:
    """The width of columns beside each other."""
    return sum(widths) + GAP * (len(widths) - 1)


def _parts(columns: Sequence[Column], room: int) -> list[list[Column]]:
    """Columns in parts that fit. Each part begins with the first columns, as many as tell the rows apart."""
    keys = next((nth for nth in range(1, len(columns)) if _tell_apart(columns[:nth])), 1)
    parts = [[*columns[:keys]]]
    for column in columns[keys:]:
        if len(parts[-1]) > keys and _total([one.least for one in (*parts[-1], column)]) > room:
            parts.append([*columns[:keys]])
        parts[-1].append(column)
    return [parts[0], *(_filled(part, keys) for part in parts[1:])]


def _filled(columns: Sequence[Column], keys: int) -> list[Column]:
    """Columns without the rows that have nothing behind the first columns."""
    head, *rows = zip(*(column.texts for column in columns), strict=True)
    kept = [head, *(row for row in rows if any(row[keys:]))]
    return [Column(*texts, to_right=of.to_right) for texts, of in zip(zip(*kept, strict=True), columns, strict=True)]


def _tell_apart(columns: Sequence[Column]) -> bool:
    """Whether no two rows are the same in these columns."""
    rows = [*zip(*(column.texts for column in columns), strict=True)]
    return len(set(rows)) == len(rows)


def _widths(columns: Sequence[Column], room: int) -> list[int]:
    """Widths that fit, if line breaks make that possible. Only the widest columns are made narrower."""
    for most in range(max(column.widest for column in columns), 0, -1):
        widths = [min(column.widest, max(column.least, most)) for column in columns]
        if _total(widths) <= room:
            return widths
    return [column.least for column in columns]


def _lines(columns: Sequence[Column], widths: Sequence[int]) -> str:
    """Columns of these widths: the headings above a rule, and the rows."""
    gap = " " * GAP
    lines = []
    for nth, texts in enumerate(zip(*(column.texts for column in columns), strict=True)):
        cell_lines = [column.lines(*of) for column, *of in zip(columns, texts, widths, strict=True)]
        high = max(map(len, cell_lines))
        for lines_, width in zip(cell_lines, widths, strict=True):
            blank = [" " * width] * (high - len(lines_))
            lines_[:] = [*blank, *lines_] if nth == 0 else [*lines_, *blank]
        lines += [gap.join(line).rstrip() for line in zip(*cell_lines, strict=True)]
        if nth == 0:
            lines.append(gap.join("─" * width for width in widths))
    return "\n".join(lines)
