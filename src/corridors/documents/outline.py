"""Headings to an outline without gaps, whatever levels an article gives them."""

from collections.abc import Iterator
from typing import Any

from corridors.documents.pandoc import Node, mapped


def lifted(blocks: list[Node]) -> list[Node]:
    """Blocks whose first heading is of level 1, and whose others stand at most one level below the one that holds them.

    A heading belongs to the last one before it of a smaller level; so the outline stays as it was written. PDF/UA-1 and
    WCAG 2.2 ask for levels without gaps.
    """
    levels = _levels(blocks)

    def renumbered(node: Node) -> Node | None:
        return {**node, "c": [next(levels), *node["c"][1:]]} if node.get("t") == "Header" else None

    made: list[Node] = mapped(blocks, renumbered)
    return made


def _levels(blocks: list[Node]) -> Iterator[int]:
    """The new level of each heading, in their order."""
    above: list[int] = []
    for level in _given(blocks):
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        yield len(above)


def _given(node: Any) -> Iterator[int]:  # noqa: ANN401 - a tree of JSON
    """The level of each heading as it is written, in their order."""
    if isinstance(node, list):
        for part in node:
            yield from _given(part)
    elif isinstance(node, dict):
        if node.get("t") == "Header":
            yield node["c"][0]
        else:
            yield from _given(node.get("c"))
