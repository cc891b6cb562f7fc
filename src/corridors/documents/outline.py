"""Headings to an outline without gaps, for any levels in an article."""

from collections.abc import Iterator

from corridors.documents.pandoc import Node, mapped


def lifted(blocks: list[Node]) -> list[Node]:
    """Blocks with headings from level 1 on, each at most one level below its parent.

    The parent of a heading is the last one before it with a smaller level, so the written outline is kept. PDF/UA-1 and
    WCAG 2.2 require levels without gaps.
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


def _given(node: object) -> Iterator[int]:
    """The written level of each heading, in their order."""
    if isinstance(node, list):
        for part in node:
            yield from _given(part)
    elif isinstance(node, dict):
        if node.get("t") == "Header":
            yield node["c"][0]
        else:
            yield from _given(node.get("c"))
