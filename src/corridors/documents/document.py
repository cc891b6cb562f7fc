"""A template and an atlas to a document: HTML, PDF, DOCX or Markdown, all from the same tree."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from corridors.content.context import Context
from corridors.data.findings import printable
from corridors.documents.addresses import with_addresses
from corridors.documents.arguments import checked
from corridors.documents.citations import cited
from corridors.documents.docx import LOCALES, docx_bytes
from corridors.documents.formulas import check_formulas
from corridors.documents.html import html_bytes
from corridors.documents.markdown import markdown_files
from corridors.documents.outline import lifted
from corridors.documents.pandoc import WORDS_READER, Node, check_links, cleaned, plain, read_markdown
from corridors.documents.pdf import pdf_bytes
from corridors.documents.pictures import Picture, Pictures
from corridors.documents.placeholders import Writer
from corridors.documents.story import story_markdown
from corridors.documents.table_rows import TABLES, link
from corridors.documents.tables import Table, table_markdown
from corridors.documents.template import FRONT, Article, Markdown, PartError, article_of, fill, markdown_text, placed
from corridors.errors import InputError, UsageError, not_among
from corridors.locales import LANGUAGES, message

SUFFIXES = (".html", ".pdf", ".docx", ".md")
MOST_TABLES = 60


def own_report() -> Article:
    """The report of corridors: one template for all languages."""
    text = (files(__package__) / "report" / "report.md.j2").read_text(encoding="utf-8")
    return article_of(text, "report.md.j2")


def story_report(name: str) -> Article:
    """The story of a map as a report: one template for all stories and languages."""
    text = (files(__package__) / "report" / "story.md.j2").read_text(encoding="utf-8")
    return article_of(text.replace("NAME", name), "story.md.j2")


def make_document(context: Context, article: Article, *targets: Path, lang: str) -> dict[Path, bytes]:
    """Make a document in one format or in several, without writing files. Shared steps are done once.

    Parameters
    ----------
    context
        The atlas.
    article
        The article.
    targets
        The path of the document in each format. The suffix gives the format. The stem names the folder of a Markdown
        document's figures.
    lang
        The language of all words and numbers of the atlas.

    Returns
    -------
    dict
        The bytes of each file, by path: one a form, and for Markdown also its figures.

    Raises
    ------
    UsageError
        If the suffix or the language is unknown, or a library is missing.
    InputError
        If the article cannot be filled or typeset. The message names its line.
    """
    for target in targets:
        check_target(target)
    if lang not in LANGUAGES:
        raise UsageError(message("error.paper.language", repr(lang), LANGUAGES))
    writer = Writer(context, lang)
    pictures = Pictures(writer, article.folder)
    words = _words(writer, pictures, article)
    text = fill(article.body, words, article.name)
    front = _front(article, words)
    about = _about(writer, front)
    try:
        tree = _tree(text, article, writer, pictures)
        return {
            path: data
            for target in targets
            for path, data in _files(tree, about, pictures.known, context, target).items()
        }
    except PartError as error:
        raise InputError(placed(error.message, article.name, article.line_of(error.words))) from error
    except InputError as error:
        raise InputError(placed(error.message, article.name)) from error


def _tree(text: str, article: Article, writer: Writer, pictures: Pictures) -> Node:
    """A filled text as a tree with only the parts that a document may have."""
    known = writer.context.facts.by_id("sources")
    lang = LOCALES.get(writer.lang, writer.lang)
    tree = cited(read_markdown(text), article, known, lang, writer.text("told.sources"), writer.listed)
    tree = cleaned(tree, lambda node: _registered(node, pictures))
    check_links(tree)
    check_formulas(tree)
    return {**tree, "blocks": lifted(tree["blocks"])}


def _files(
    tree: Node, about: Mapping[str, str], pictures: Mapping[str, Picture], context: Context, target: Path
) -> dict[Path, bytes]:
    """The files of a document in the format of its target."""
    suffix = target.suffix.lower()
    if suffix == ".md":
        made = markdown_files(tree, about, pictures, target.stem)
        return {target.parent / name: data for name, data in made.items()}
    if suffix == ".html":
        return {target: html_bytes(tree, about, pictures, context)}
    printed = {**tree, "blocks": with_addresses(tree["blocks"])}
    return {target: (pdf_bytes if suffix == ".pdf" else docx_bytes)(printed, about, pictures)}


def check_target(target: Path) -> None:
    """Refuse a path whose suffix is not that of a document."""
    if target.suffix.lower() not in SUFFIXES:
        raise UsageError(message("error.report.suffix", printable(str(target)), SUFFIXES))


def _words(writer: Writer, pictures: Pictures, article: Article) -> dict[str, object]:
    """All names that a template may use."""
    tables = 0

    def numbered(made: Table) -> Markdown:
        nonlocal tables
        tables += 1
        if tables > MOST_TABLES:
            raise UsageError(message("error.report.tables", MOST_TABLES))
        return table_markdown(made, writer.text("report.table", str(tables)))

    def table(name: str, *of: object, cite: bool = False, **more: object) -> Markdown:
        if name not in TABLES:
            raise UsageError(not_among("error.report.table", name, TABLES))
        before, writer.cited = writer.cited, set()
        made = checked(f"table({name!r})", partial(TABLES[name], writer))(*of, **more)
        own, writer.cited = writer.cited, before
        return numbered(replace(made, caption=writer.sourced(made.caption, own, cite=cite)))

    def story(name: str) -> Markdown:
        return story_markdown(writer, pictures, name, numbered)

    def sources() -> Markdown:
        if writer.numbered or "bibliography" in article.front:
            writer.listed |= writer.cited
            return Markdown("\n:::: sources\n::: {#refs}\n:::\n::::\n")
        return _sources(writer)

    drawn = {"figure": pictures.figure, "chart": pictures.chart, "table": table, "sources": sources, "story": story}
    return {**writer.words(), **drawn}


def _sources(writer: Writer) -> Markdown:
    """The sources of all numbers so far, as a list with their addresses."""
    known = writer.context.facts.by_id("sources")
    rows = sorted((known[name] for name in writer.cited), key=lambda row: (row["producer"].casefold(), row["id"]))
    lines = []
    for producer, group in groupby(rows, key=lambda row: row["producer"]):
        titles = []
        for row in group:
            dated = f" ({markdown_text(writer.date(row['date_published']))})" if row["date_published"] else ""
            titles.append(link(row["title"], row["url"]) + dated)
        lines.append(f"- {markdown_text(producer)}: {'; '.join(titles)}")
    return Markdown("\n::: sources\n" + "\n".join(lines) + "\n:::\n")


def _front(article: Article, words: Mapping[str, object]) -> dict[str, str]:
    """The filled front matter as plain text. Missing entries are empty."""
    filled = [fill(article.front.get(key, ""), words, f"{article.name}, {key}") for key in FRONT]
    blocks = read_markdown("\n\n".join(f"\\|{text}" for text in filled), WORDS_READER)["blocks"]
    return dict(zip(FRONT, (plain(block).removeprefix("|").strip() for block in blocks), strict=True))


def _registered(node: Node, pictures: Pictures) -> Node:
    """An image that is a figure of the atlas, or an allowed image of the user."""
    key = node["c"][2][0]
    if key not in pictures.known:
        pictures.own(key, plain(node["c"][1]))
    return node


def _about(writer: Writer, front: Mapping[str, str]) -> dict[str, str]:
    """The data for the frame of a document."""
    date = writer.date(front["date"]) if front["date"] else ""
    state = writer.text("report.as_of", writer.date(writer.context.as_of))
    return {
        "title": front["title"] or writer.text("report.title"),
        "subtitle": front["subtitle"],
        "author": front["author"],
        "lang": writer.lang,
        "byline": " · ".join(part for part in (front["author"], date, state) if part),
        "note": writer.text("report.note"),
        "contents": writer.text("report.contents"),
    }
