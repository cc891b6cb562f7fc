"""Printed links: the address of a link is printed, since nobody can follow the link on paper."""

from collections.abc import Callable

from corridors.documents.pandoc import Node, mapped, plain

WEB = ("https://", "http://")
TEXTS = ("Para", "Plain")


def with_addresses(blocks: list[Node]) -> list[Node]:
    """Blocks in which web links have their address in a footnote, or in brackets where footnotes are not possible.

    Headings, captions, tables, lists of sources and other footnotes have no footnotes.
    """
    made: list[Node] = mapped(blocks, lambda node: _printed(node, _noted))
    return made


def _printed(node: Node, address: Callable[[str], list[Node]]) -> Node | None:
    """A part of the tree with addresses, or None if its own parts must be checked one by one."""
    kind = node.get("t")
    if address is not _bracketed and (kind in {"Header", "Figure", "Table", "Note"} or _is_list(node)):
        return {**node, "c": mapped(node["c"], lambda part: _printed(part, _bracketed))}
    if kind == "Link" and not is_address(node):
        target = node["c"][2][0]
        return {"t": "Span", "c": [["", [], []], [node, *address(target)]]} if target.startswith(WEB) else None
    return None


def is_address(link: Node) -> bool:
    """Whether the text of a link is its address."""
    text, target = plain(link["c"][1]), link["c"][2][0]
    return text in {target, target.removeprefix("mailto:"), target.split("://")[-1]}


def _is_list(node: Node) -> bool:
    """Whether a part is a list of sources."""
    return node.get("t") == "Div" and bool({"sources", "references"} & {*node["c"][0][1]})


def _noted(target: str) -> list[Node]:
    """An address as a footnote."""
    return [{"t": "Note", "c": [{"t": "Para", "c": [_link(target)]}]}]


def _bracketed(target: str) -> list[Node]:
    """An address in brackets."""
    return [{"t": "Space"}, {"t": "Str", "c": "("}, _link(target), {"t": "Str", "c": ")"}]


def _link(target: str) -> dict[str, object]:
    """An address as a link to itself. The usual scheme is left out."""
    return {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": target.removeprefix("https://")}], [target, ""]]}
