"""A document to Markdown for GitHub, with its figures in a folder beside it."""

import json
import re
from collections.abc import Mapping

from corridors.documents.pandoc import Node, image, mapped, run
from corridors.documents.pictures import Picture
from corridors.documents.template import markdown_text

ENTRY = "ref-"
"""The prefix of the ids of entries in a list of references."""

ENTITY = re.compile(r"&#?\w+;")


def markdown_files(
    tree: Node, about: Mapping[str, str], pictures: Mapping[str, Picture], stem: str
) -> dict[str, bytes]:
    """The files of a document by name: ``stem.md`` and the figures of ``stem-figures/``."""
    files = {}
    targets = {}
    for key, picture in pictures.items():
        kind, data = picture.made("svg")
        targets[key] = f"{stem}-figures/{picture.name}.{kind}"
        files[targets[key]] = data
    head = [_heading(about["title"])] + [_para(about[key]) for key in ("subtitle", "byline") if about[key]]
    shown = mapped(tree["blocks"], _unlinked)
    blocks = [*head, *(part for block in shown for part in _flat(block, targets, pictures))]
    text = run(["--from", "json", "--to", "gfm", "--wrap", "none"], json.dumps({**tree, "blocks": blocks})).decode()
    return {f"{stem}.md": f"{text.rstrip()}\n".encode(), **files}


def _heading(text: str) -> Node:
    """A heading of the first level."""
    return {"t": "Header", "c": [1, ["", [], []], [{"t": "Str", "c": text}]]}


def _para(text: str) -> Node:
    """A paragraph of text."""
    return {"t": "Para", "c": [{"t": "Str", "c": text}]}


def _flat(block: Node, targets: Mapping[str, str], pictures: Mapping[str, Picture]) -> list[Node]:
    """A block that GitHub's Markdown allows: captions as paragraphs, divisions removed, headings one level down."""
    kind: str = block["t"]
    content = block.get("c", [])
    if kind == "Header":
        return [{"t": "Header", "c": [content[0] + 1, content[1], content[2]]}]
    if kind == "Figure":
        return [part for inner in content[2] for part in _flat(inner, targets, pictures)] + _caption(content[1])
    if kind == "Table":
        bare = [[*spec[:1], {"t": "ColWidthDefault"}] for spec in content[2]]
        return [*_caption(content[1]), {"t": "Table", "c": [content[0], [None, []], bare, *content[3:]]}]
    if kind == "Div":
        return [part for inner in content[1] for part in _flat(inner, targets, pictures)]
    shown = {**block, "t": "Para"} if kind == "Plain" else block
    return [mapped(shown, lambda node: _placed(node, targets, pictures))]


def _unlinked(node: Node) -> Node | None:
    """The number of a source without its link, since entries of a list cannot be link targets there."""
    if node.get("t") == "Link" and node["c"][2][0].startswith(f"#{ENTRY}"):
        return {"t": "Span", "c": [["", [], []], node["c"][1]]}
    return None


def _placed(node: Node, targets: Mapping[str, str], pictures: Mapping[str, Picture]) -> Node | None:
    """An image with the name of its file. Text that looks like an entity gets an escape before its ampersand."""
    if node.get("t") == "Str" and ENTITY.search(node["c"]):  # pandoc's writer leaves it unchanged
        return {"t": "RawInline", "c": ["gfm", markdown_text(node["c"])]}
    if node.get("t") != "Image":
        return None
    key = node["c"][2][0]
    return image(targets[key], pictures[key].alt)


def _caption(caption: list[list[Node]]) -> list[Node]:
    """A caption as an emphasised paragraph."""
    inlines = [part for block in caption[1] for part in block["c"]]
    return [{"t": "Para", "c": [{"t": "Emph", "c": inlines}]}] if inlines else []
