"""Rows to a table of a document: Markdown with a header, alignments, widths and a caption."""

from collections.abc import Sequence
from dataclasses import dataclass

from corridors.documents.template import Markdown, markdown_text

WIDTH = 100
"""The number of dashes that the columns of a table share, by weight. The widths are read from them."""


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
    whole = sum(column.weight for column in table.columns)
    rule = [_rule(column, whole) for column in table.columns]
    lines = [
        _line([column.head[:1].upper() + column.head[1:] for column in table.columns]),
        "|" + "|".join(rule) + "|",
        *map(_line, table.rows),
    ]
    return Markdown("\n" + "\n".join(lines) + f"\n\nTable: {markdown_text(label)}. {markdown_text(table.caption)}\n")


def _rule(column: Column, whole: int) -> str:
    """The line under a header, which gives alignment and width."""
    dashes = "-" * max(3, round(WIDTH * column.weight / whole))
    return f"{dashes}:" if column.right else f":{dashes}"


def _line(cells: Sequence[str]) -> str:
    """A row; an empty cell is kept."""
    return "| " + " | ".join(map(markdown_text, cells)) + " |"
