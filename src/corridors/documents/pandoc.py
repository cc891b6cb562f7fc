"""Pandoc: Markdown to a tree, the allowed parts of a document, and the tree to another format."""

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from corridors.data.findings import printable
from corridors.documents.template import PartError
from corridors.errors import InputError, UsageError
from corridors.locales import message

READER = (
    "markdown-raw_html-raw_tex-raw_attribute-native_divs-native_spans-markdown_in_html_blocks-latex_macros-smart"
    "-example_lists-yaml_metadata_block-pandoc_title_block+autolink_bare_uris"
)
"""Markdown that cannot contain another markup language, except formulas, which pandoc parses itself."""

WORDS_READER = f"{READER}-tex_math_dollars-citations"
"""The same for a line of words, as in front matter: no formulas, no citations."""

SECONDS = 60
MEMORY = "2g"
"""Pandoc's limits. The strings of a bibliography could otherwise double themselves without end."""

SCHEMES = ("https://", "http://", "mailto:", "#")
"""Allowed targets of links."""

STEP = ("step", "told", "shown")
"""The classes of a step of a story, and of its two parts: text, and figures."""

CLASSES = frozenset({"sources", "references", "lead", *STEP})
"""Classes of our styles. Others, and all other attributes, are removed."""

ID = re.compile(r"[\w.:-]+")
"""An id that is valid in every format of documents."""

Node = dict[str, Any]
"""A part of pandoc's tree. Its values are those of ``json``, which have no types."""

NESTED = (dict, list)
"""The types of parts that have parts."""


def run(arguments: Sequence[str], text: str, folder: Path | None = None) -> bytes:
    """Run pandoc on a text, with a fixed date and no other setting of the environment.

    Raises
    ------
    UsageError
        If pandoc is not installed.
    InputError
        If it cannot make the document.
    """
    try:
        import pypandoc  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise UsageError(message("error.report.pandoc")) from error
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    try:
        ended = subprocess.run(  # noqa: S603 - the program of the package, with arguments of ours
            [pypandoc.get_pandoc_path(), *arguments, "+RTS", f"-M{MEMORY}", "-RTS"],
            input=text.encode(),
            capture_output=True,
            check=False,
            cwd=folder,
            env={**kept, "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0"},
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(message("error.report.pandoc.slow", SECONDS)) from error
    if ended.returncode:
        said = printable(ended.stderr.decode(errors="replace").strip())
        raise InputError(message("error.report.pandoc.said", said))
    return ended.stdout


DEEPEST = 300
"""How many lists and objects of pandoc's tree may be nested, so that functions can follow it on any Python."""


def read_markdown(text: str, reader: str = READER) -> Node:
    """Markdown as pandoc's tree."""
    try:
        tree: Node = json.loads(run(["--sandbox", "--from", reader, "--to", "json", "--columns", "1"], text))
    except RecursionError as error:  # newer Pythons read any depth
        raise InputError(message("error.report.nested")) from error
    level: list[object] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level if isinstance(node, NESTED) for child in _children(node)]
        if not level:
            return tree
    raise InputError(message("error.report.nested"))


def _children(node: "Node | list[object]") -> Iterable[object]:
    """The values of an object, or the items of a list."""
    return node.values() if isinstance(node, dict) else node


def cleaned(node: object, picture: Callable[[Node], Node]) -> Any:  # noqa: ANN401 - a tree of JSON
    """A tree with only text, structure, links, and the pictures that ``picture`` allows."""
    if isinstance(node, list):
        if _is_attribute(node):
            return [node[0] if ID.fullmatch(node[0]) else "", [name for name in node[1] if name in CLASSES], []]
        return [cleaned(part, picture) for part in node]
    if not isinstance(node, dict):
        return node
    kind = node.get("t")
    if kind in {"RawBlock", "RawInline", "Cite"}:  # the reader makes none; a raw part would be no text
        raise InputError(message("error.report.markup", kind))
    if kind == "Image":
        return picture({"t": "Image", "c": cleaned(node["c"][:2], picture) + node["c"][2:]})
    return {key: cleaned(value, picture) for key, value in node.items()}


def check_links(tree: Node) -> None:
    """Allow links only to the web, or to existing headings.

    Raises
    ------
    PartError
        If a link leads elsewhere.
    """
    found = list(parts(tree))
    ids = {part[0] for part in found if isinstance(part, list) and _is_attribute(part)}
    for part in found:
        if isinstance(part, dict) and part.get("t") == "Link":
            target = part["c"][2][0]
            if not target.lower().startswith(SCHEMES) or (target.startswith("#") and target[1:] not in ids):
                raise PartError(message("error.report.link", repr(printable(target)[:80])), target)


def parts(node: object) -> Iterator[object]:
    """Every part of a tree, each before its own parts."""
    rest = [node]
    while rest:
        yield (part := rest.pop())
        if isinstance(part, NESTED):
            rest += reversed(part.values() if isinstance(part, dict) else part)


def _is_attribute(node: Sequence[object]) -> bool:
    """Whether a part of the tree is an attribute: an id, classes, keys with values."""
    return len(node) == 3 and isinstance(node[0], str) and isinstance(node[1], list) and isinstance(node[2], list)  # noqa: PLR2004


def mapped(node: object, change: Callable[[Node], Node | None]) -> Any:  # noqa: ANN401 - a tree of JSON
    """A tree in which ``change`` has replaced parts. It shares words and empty lists with the given tree."""
    if isinstance(node, dict):
        if (new := change(node)) is not None:
            return new
        if isinstance(node.get("c", ""), str):
            return node
        return {key: mapped(value, change) if isinstance(value, NESTED) else value for key, value in node.items()}
    if isinstance(node, list):
        return [mapped(part, change) if part and isinstance(part, NESTED) else part for part in node]
    return node


def image(target: str, alt: str, width: str = "", kind: str = "") -> Node:
    """An image with its text, its width (``50%``, ``400px``) and its class."""
    keys = [["width", width]] if width else []
    return {"t": "Image", "c": [["", [kind] if kind else [], keys], [{"t": "Str", "c": alt}], [target, ""]]}


def class_of(node: Node) -> str | None:
    """The first class of a division; None of other parts, and of a division without a class."""
    return next(iter(node["c"][0][1]), None) if node.get("t") == "Div" else None


def division(blocks: Sequence[Node], keys: Sequence[Sequence[str]] = ()) -> Node:
    """Blocks as a division, with attributes but without a class."""
    return {"t": "Div", "c": [["", [], [*keys]], [*blocks]]}


def unlisted(blocks: Sequence[Node]) -> list[Node]:
    """The items of lists as paragraphs, with the style of their surroundings and no bullet."""
    opened = (
        [part for item in block["c"] for part in item] if block["t"] == "BulletList" else [block] for block in blocks
    )
    return [{**block, "t": "Para"} if block["t"] == "Plain" else block for part in opened for block in part]


def plain(node: object) -> str:
    """The text of a part of the tree."""
    if isinstance(node, list):
        return "".join(plain(part) for part in node)
    if not isinstance(node, dict):
        return ""
    if node["t"] in {"Space", "SoftBreak", "LineBreak"}:
        return " "
    if node["t"] == "Str":
        return str(node["c"])
    return str(node["c"][1]) if node["t"] in {"Code", "Math"} else plain(node.get("c"))
