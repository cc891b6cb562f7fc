"""A template and an atlas to a document: HTML, PDF, DOCX or Markdown, all from the same tree."""

from collections.abc import Mapping
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from corridors.data.findings import printable
from corridors.errors import InputError, UsageError, not_among
from corridors.locales import LANGUAGES, message
from corridors.paper.document_docx import docx_bytes
from corridors.paper.document_html import html_bytes
from corridors.paper.document_markdown import markdown_files
from corridors.paper.document_pdf import pdf_bytes
from corridors.paper.pandoc import Node, check_links, cleaned, plain, read_markdown
from corridors.paper.pictures import Picture, Pictures
from corridors.paper.press import Press
from corridors.paper.table_rows import TABLES, link
from corridors.paper.tables import table_markdown
from corridors.paper.template import FRONT, Article, Markdown, article_of, fill, markdown_text, placed
from corridors.paper.writer import Writer

SUFFIXES = (".html", ".pdf", ".docx", ".md")
MOST_TABLES = 60


def own_report() -> Article:
    """The report that comes with corridors: one template for all languages."""
    text = (files(__package__) / "report" / "report.md.j2").read_text(encoding="utf-8")
    return article_of(text, "report.md.j2")


def make_document(press: Press, article: Article, target: Path, *, lang: str) -> dict[Path, bytes]:
    """Make a document. Nothing is written.

    Parameters
    ----------
    press
        The atlas.
    article
        What it is written from.
    target
        Where it belongs; its suffix says in which form, and its stem names the folder of a Markdown document's figures.
    lang
        The language of all words and numbers of the atlas.

    Returns
    -------
    dict
        The bytes of each file, by path: one, or for Markdown also its figures.

    Raises
    ------
    UsageError
        Where the suffix or the language is unknown, or a library is missing.
    InputError
        Where the article cannot be filled or set; the message names its line.
    """
    check_target(target)
    if lang not in LANGUAGES:
        raise UsageError(message("error.paper.language", repr(lang), LANGUAGES))
    writer = Writer(press, lang)
    pictures = Pictures(writer, article.folder)
    words = _words(writer, pictures)
    text = fill(article.body, words, article.name)
    front = _front(article, words)
    try:
        tree = cleaned(read_markdown(text), lambda node: _registered(node, pictures))
        check_links(tree)
    except InputError as error:
        raise InputError(placed(error.message, article.name)) from error
    about = _about(writer, front)
    suffix = target.suffix.lower()
    if suffix == ".md":
        made = markdown_files(tree, about, pictures.known, target.stem)
        return {target.parent / name: data for name, data in made.items()}
    return {target: _bytes(suffix, tree, about, pictures.known, press)}


def check_target(target: Path) -> None:
    """Refuse a name that says no form of document."""
    if target.suffix.lower() not in SUFFIXES:
        raise UsageError(message("error.report.suffix", printable(str(target)), SUFFIXES))


def _bytes(suffix: str, tree: Node, about: Mapping[str, Any], pictures: Mapping[str, Picture], press: Press) -> bytes:
    """A document in its form."""
    if suffix == ".html":
        return html_bytes(tree, about, pictures, press)
    return (pdf_bytes if suffix == ".pdf" else docx_bytes)(tree, about, pictures)


def _words(writer: Writer, pictures: Pictures) -> dict[str, Any]:
    """All that a template may name."""
    tables = 0

    def table(name: str, *of: str, **more: str) -> Markdown:
        nonlocal tables
        if name not in TABLES:
            raise UsageError(not_among("error.report.table", name, TABLES))
        tables += 1
        if tables > MOST_TABLES:
            raise UsageError(message("error.report.tables", MOST_TABLES))
        return table_markdown(TABLES[name](writer, *of, **more), writer.text("report.table", str(tables)))

    def sources() -> Markdown:
        return _sources(writer)

    drawn = {"figure": pictures.figure, "chart": pictures.chart, "table": table, "sources": sources}
    return {**writer.words(), **drawn}


def _sources(writer: Writer) -> Markdown:
    """The sources that all numbers before rest on, as a list, with their addresses."""
    known = writer.press.atlas.facts.by_id("sources")
    rows = sorted((known[name] for name in writer.cited), key=lambda row: (row["producer"].casefold(), row["id"]))
    lines = []
    for producer, group in groupby(rows, key=lambda row: row["producer"]):
        titles = []
        for row in group:
            dated = f" ({markdown_text(writer.date(row['date_published']))})" if row["date_published"] else ""
            titles.append(link(row["title"], row["url"]) + dated)
        lines.append(f"- {markdown_text(producer)}: {'; '.join(titles)}")
    return Markdown("\n::: sources\n" + "\n".join(lines) + "\n:::\n")


def _front(article: Article, words: Mapping[str, Any]) -> dict[str, str]:
    """The front matter, filled, as plain text; what is missing is empty."""
    filled = [fill(article.front.get(key, ""), words, f"{article.name}, {key}") for key in FRONT]
    blocks = read_markdown("\n\n".join(f"\\|{text}" for text in filled))["blocks"]
    return dict(zip(FRONT, (plain(block).removeprefix("|").strip() for block in blocks), strict=True))


def _registered(node: Node, pictures: Pictures) -> Node:
    """An image that is one of the atlas's figures, or one of the user's own that may be taken in."""
    key = node["c"][2][0]
    if key not in pictures.known:
        pictures.own(key, plain(node["c"][1]))
    return node


def _about(writer: Writer, front: Mapping[str, str]) -> dict[str, Any]:
    """What the frame of a document says."""
    date = writer.date(front["date"]) if front["date"] else ""
    state = writer.text("report.as_of", writer.date(writer.press.atlas.catalog.as_of))
    return {
        "title": front["title"] or writer.text("report.title"),
        "subtitle": front["subtitle"],
        "author": front["author"],
        "lang": writer.lang,
        "byline": " · ".join(part for part in (front["author"], date, state) if part),
        "note": writer.text("report.note"),
        "contents": writer.text("report.contents"),
    }
