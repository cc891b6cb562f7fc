"""Formulas in TeX's notation: checked before a document is made, and with a text for people who cannot see them."""

import json
from collections.abc import Iterable, Mapping

from corridors.data.findings import printable
from corridors.documents.pandoc import Node, mapped, parts, run
from corridors.documents.template import PartError
from corridors.locales import message

LONGEST = 2000
"""The greatest number of characters in a formula."""

DEEPEST = 40
"""The greatest number of nested braces."""

SHOWN = 60
BETWEEN = "<hr />"


def check_formulas(tree: Node) -> None:
    """Refuse formulas that pandoc cannot typeset, since it would print them unchanged.

    Raises
    ------
    PartError
        If a formula is wrong, too long or too deeply nested.
    """
    formulas = list(dict.fromkeys(formulas_of(tree)))
    for formula in formulas:
        if len(formula) > LONGEST or _depth(formula) > DEEPEST:
            raise PartError(message("error.report.formula.large", _shown(formula), LONGEST, DEEPEST), formula)
    if not formulas:
        return
    blocks: list[Node] = []
    for formula in formulas:
        math = {"t": "Math", "c": [{"t": "InlineMath"}, formula]}
        blocks += [{"t": "Para", "c": [math]}, {"t": "HorizontalRule"}]
    html = run(["--from", "json", "--to", "html5", "--mathml"], json.dumps({**tree, "meta": {}, "blocks": blocks}))
    for formula, made in zip(formulas, html.decode().split(BETWEEN), strict=False):
        if "<math " not in made:
            raise PartError(message("error.report.formula", _shown(formula)), formula)


def formulas_of(tree: Node) -> Iterable[str]:
    """The formulas of a document, in TeX's notation, in their order."""
    return (part["c"][1] for part in parts(tree) if isinstance(part, dict) and part.get("t") == "Math")


def marked_formulas(blocks: list[Node], keys: Mapping[str, str]) -> list[Node]:
    """Blocks whose formulas are calls of the frame's function ``formula`` with the key of their text."""

    def marked(node: Node) -> Node | None:
        if node.get("t") != "Math":
            return None
        start, end = ({"t": "RawInline", "c": ["typst", text]} for text in (f'#formula("{keys[node["c"][1]]}")[', "]"))
        return {"t": "Span", "c": [["", [], []], [start, node, end]]}

    made: list[Node] = mapped(blocks, marked)
    return made


def _depth(formula: str) -> int:
    """The greatest number of nested opening characters."""
    depth = deepest = 0
    for sign in formula:
        depth += (sign in "{[(") - (sign in "}])")
        deepest = max(deepest, depth)
    return deepest


def _shown(formula: str) -> str:
    """A formula in a message."""
    return repr(printable(" ".join(formula.split()))[:SHOWN])
