"""Citations to numbers or to the words of a style, and a list of references, by pandoc's citeproc without a network.

An article cites entries of its own bibliography by their keys, and sources of the atlas by ``corridors:`` and their id.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET  # the text has no document type declaration, see read_style

from corridors.data.findings import printable
from corridors.data.tables import Row
from corridors.documents.article_files import read_article_file
from corridors.documents.pandoc import Node, mapped, parts, run
from corridors.documents.placeholders import SOURCE
from corridors.documents.template import Article, PartError
from corridors.errors import InputError, not_among
from corridors.locales import Message, message

BIBLIOGRAPHY_BYTES, STYLE_BYTES = 5_000_000, 500_000
SUFFIX, STYLE_SUFFIX = ".bib", ".csl"
NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
STYLE = files(__package__) / "report" / "numbered.csl"
"""The default citation style: numbers in the text, in the order of first mention."""

REFS = "refs"
"""Pandoc's id for the list of references."""

HEADING = "refs-heading"


def cited(
    tree: Node, article: Article, sources: Mapping[str, Row], lang: str, heading: str, also: Iterable[str]
) -> Node:
    """A tree with formatted citations. Its list of references is in its place, or at the end.

    Parameters
    ----------
    tree
        Pandoc's tree.
    article
        The article. Its front matter names its bibliography and its style, and its folder has these files.
    sources
        The sources of the atlas, by id.
    lang
        The language (BCP 47) of the words of the style.
    heading
        The heading of the list, if there is no heading above it.
    also
        Ids of sources that are listed without a citation.

    Raises
    ------
    PartError
        If a key is in no bibliography, or a file cannot be used.
    """
    bibliography, style = article.front.get("bibliography", ""), article.front.get("csl", "")
    data = _read(article, bibliography, SUFFIX, BIBLIOGRAPHY_BYTES) if bibliography else b""
    css = read_style(_read(article, style, STYLE_SUFFIX, STYLE_BYTES), style) if style else STYLE.read_bytes()
    tree = tree if bibliography else mapped_tree(tree, _bare)
    keys = [one["citationId"] for part in _citations(tree) for one in part["c"][0]]
    listed = [f"{SOURCE}{name}" for name in also]
    if not keys and not listed and not bibliography:
        return tree
    with TemporaryDirectory(prefix="corridors-") as name:
        folder = Path(name)
        (folder / "style.csl").write_bytes(css)
        arguments = ["--sandbox", "--from", "json", "--to", "json", "--citeproc", "--csl", "style.csl"]
        known = []
        if bibliography:
            (folder / "own.bib").write_bytes(data)
            known = _keys(folder, bibliography)
            arguments += ["--bibliography", "own.bib"]
        _check_keys(keys, known, sources, bibliography)
        wanted = [key.removeprefix(SOURCE) for key in dict.fromkeys([*keys, *listed]) if key.startswith(SOURCE)]
        meta = {
            "lang": _text(lang),
            "link-citations": {"t": "MetaBool", "c": True},
            "references": {"t": "MetaList", "c": [_reference(sources[each]) for each in wanted]},
            "nocite": {"t": "MetaInlines", "c": [_silent(listed)] if listed else []},
        }
        made = json.loads(run(arguments, json.dumps({**tree, "meta": meta}), folder))
    return mapped_tree({**tree, "blocks": _headed(made["blocks"], heading)}, _settled)


def _read(article: Article, target: str, suffix: str, most: int) -> bytes:
    """A file that the front matter names."""
    if not target.lower().endswith(suffix):
        raise PartError(message("error.report.file.suffix", repr(printable(target)), suffix), target)
    return read_article_file(article.folder, target, most)


def read_style(data: bytes, name: str) -> bytes:
    """A style (CSL 1.0) that needs no other file: without entities, and without links, which citeproc would follow.

    Raises
    ------
    PartError
        If it is not a style, or only points to another one.
    """
    try:
        text = data.decode("utf-8-sig")
        if re.search("<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
            raise PartError(message("error.report.style", repr(name)), name)
        root = ET.fromstring(text.encode())  # noqa: S314 - without a document type there is nothing to expand
    except (UnicodeDecodeError, ET.ParseError, ValueError, LookupError) as error:
        raise PartError(message("error.report.style", repr(name)), name) from error
    if root.tag != f"{NAMESPACE}style":
        raise PartError(message("error.report.style", repr(name)), name)
    if root.find(f"{NAMESPACE}citation") is None:
        raise PartError(message("error.report.style.parent", repr(name)), name)
    about = root.find(f"{NAMESPACE}info")
    for link in [] if about is None else about.findall(f"{NAMESPACE}link"):
        about.remove(link)  # type: ignore[union-attr]
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _keys(folder: Path, name: str) -> list[str]:
    """The keys of a bibliography."""
    try:
        entries = json.loads(run(["--sandbox", "--from", "biblatex", "--to", "csljson", "own.bib"], "", folder))
    except InputError as error:
        line = re.search(r"\(line (\d+), column", str(error))
        raise PartError(message("error.report.bibliography", repr(name), line[1] if line else "?"), name) from error
    return [str(entry["id"]) for entry in entries]


def _check_keys(keys: Iterable[str], known: Sequence[str], sources: Mapping[str, Row], bibliography: str) -> None:
    """Refuse keys that are in no bibliography."""
    for key in keys:
        if key.startswith(SOURCE):
            if key.removeprefix(SOURCE) not in sources:
                near = [f"{SOURCE}{name}" for name in sources]
                raise PartError(_absent("error.report.citation.source", key, near), key)
        elif not bibliography:
            raise PartError(message("error.report.citation.bare", f"@{printable(key)}"), f"@{key}")
        elif key not in known:
            raise PartError(_absent("error.report.citation", key, known, repr(bibliography)), f"@{key}")


def _absent(key: str, name: str, known: Sequence[str], *more: str) -> Message:
    """The error of an unknown key, with the nearest known ones."""
    refusal = not_among(key, printable(name), known)
    return message(key, *refusal.values[:2], *more)


def _citations(tree: Node) -> list[Node]:
    """The citations of a tree."""
    return [part for part in parts(tree) if isinstance(part, dict) and part.get("t") == "Cite"]


def _bare(node: Node) -> Node | None:
    """A name with @ before it, in normal text without a bibliography, as plain text."""
    if node.get("t") != "Cite" or node["c"][0][0]["citationMode"]["t"] != "AuthorInText":
        return None
    return None if node["c"][0][0]["citationId"].startswith(SOURCE) else _span(node["c"][1])


def _settled(node: Node) -> Node | None:
    """A citation as citeproc formats it. TeX in a bibliography that pandoc does not know becomes text."""
    if node.get("t") == "Cite":
        return _span(mapped(node["c"][1], _settled))
    if node.get("t") == "RawInline":
        return {"t": "Str", "c": node["c"][1]}
    return None


def _span(inlines: list[Node]) -> Node:
    """Inlines as one part."""
    return {"t": "Span", "c": [["", [], []], inlines]}


def mapped_tree(tree: Node, change: Callable[[Node], Node | None]) -> Node:
    """A tree with changed parts in its blocks."""
    return {**tree, "blocks": mapped(tree["blocks"], change)}


def _headed(blocks: list[Node], heading: str) -> list[Node]:
    """Blocks with a heading above the list of references."""
    made: list[Node] = []
    for block in blocks:
        ours = block["t"] == "Div" and block["c"][0][0] == REFS
        if ours and block["c"][1] and not (made and made[-1]["t"] == "Header"):
            made.append({"t": "Header", "c": [1, [HEADING, [], []], [{"t": "Str", "c": heading}]]})
        if not ours or block["c"][1]:
            made.append(block)
    return made


def _silent(keys: Sequence[str]) -> Node:
    """A citation that lists sources without naming them in the text."""
    mode = {"t": "NormalCitation"}
    blank: dict[str, object] = {"citationPrefix": [], "citationSuffix": [], "citationNoteNum": 0, "citationHash": 0}
    return {"t": "Cite", "c": [[{"citationId": key, "citationMode": mode, **blank} for key in keys], []]}


def _text(text: str) -> Node:
    """A text of the metadata, which is never parsed as markup."""
    return {"t": "MetaInlines", "c": [{"t": "Str", "c": text}]}


def _reference(row: Row) -> Node:
    """A source of the atlas in the form for citeproc."""
    entry = {"id": f"{SOURCE}{row['id']}", "type": "webpage", "title": row["title"], "publisher": row["producer"]}
    entry |= {"URL": row["url"] or "", "issued": row["date_published"] or "", "accessed": row["date_accessed"] or ""}
    entry |= {"language": row["language"] or ""}
    return {"t": "MetaMap", "c": {key: _text(text) for key, text in entry.items() if text}}
