"""Rows to a table of a document: Markdown with a header, alignments, widths and a caption."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corridors.documents.template import Markdown, markdown_text

WIDTH = 100
"""The number of dashes that the columns of a table share, by weight. The widths are read from them.

A line of a table has about as many bold letters.
"""

ASIDE = 2
"""The space beside the words of a column, in dashes."""

WORD = re.compile(r"[^\W\u2e80-\uffef]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    head
        Its heading, in words.
    weight
        Its share of the width, relative to the others.
    right
        Whether it has numbers, which are aligned to the right.
    """

    head: str
    weight: int = 1
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, its columns, and a cell for each column in every row. A cell is text or Markdown."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


def table_markdown(table: Table, label: str) -> Markdown:
    """Write a table, its caption beginning with a label (``Table 3``)."""
    rule = [_rule(column, share) for column, share in zip(table.columns, _shares(table.columns), strict=True)]
    lines = [
        _line([column.head[:1].upper() + column.head[1:] for column in table.columns]),
        "|" + "|".join(rule) + "|",
        *map(_line, table.rows),
    ]
    return Markdown("\n" + "\n".join(lines) + f"\n\nTable: {markdown_text(label)}. {markdown_text(table.caption)}\n")


def _shares(columns: Sequence[Column]) -> list[float]:
    """The dashes of each column: by weight, but no fewer than the longest word of its heading needs.

    If the line is too short for these words, the weights alone count.
    """
    least = [max(map(len, WORD.findall(column.head)), default=0) + ASIDE for column in columns]
    narrow: set[int] = set()
    while True:
        rest = WIDTH - sum(least[nth] for nth in narrow)
        weight = sum(column.weight for nth, column in enumerate(columns) if nth not in narrow)
        shares = [least[nth] if nth in narrow else rest * column.weight / weight for nth, column in enumerate(columns)]
        short = {nth for nth, share in enumerate(shares) if share < least[nth]}
        if not short or sum(least) >= WIDTH:
            return shares
        narrow |= short


def _rule(column: Column, share: float) -> str:
    """The line under a header, which gives alignment and width."""
    dashes = "-" * max(3, round(share))
    return f"{dashes}:" if column.right else f":{dashes}"


def _line(cells: Sequence[str]) -> str:
    """A row; an empty cell is kept."""
    return "| " + " | ".join(map(markdown_text, cells)) + " |"
