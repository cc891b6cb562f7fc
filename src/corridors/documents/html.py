"""A document to HTML: one file that needs no other, with pictures and the interactive map inside."""

import base64
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files

from jinja2 import Environment, Template
from markupsafe import Markup

from corridors.content.context import Context
from corridors.data.maps import MapEntry
from corridors.documents.addresses import is_address
from corridors.documents.pandoc import Node, image, mapped, run
from corridors.documents.pictures import Picture
from corridors.web.iframe import iframe
from corridors.web.map_page import map_page
from corridors.web.policy import policy_of

FRAME = files(__package__) / "report"
TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
TEXT_WIDTH_PX = 800
"""The same value as in the style sheet."""

SIZE = 'width="800" height="560"'
TABLE = re.compile(r"(<table>(?:\s*<caption>(.*?)</caption>)?.*?</table>)", re.DOTALL)
SPLIT = "<!-- contents above, text below -->"


def html_bytes(tree: Node, about: Mapping[str, str], pictures: Mapping[str, Picture], context: Context) -> bytes:
    """Write a document. See :func:`corridors.documents.pdf.pdf_bytes` for the parameters.

    An interactive map is in its own frame, which may only run its scripts. The policy of the page also holds for a
    frame with inline text. So this policy allows the map's styles and scripts too, also those that it runs later. In
    print, a picture of the map replaces it.
    """
    maps = {key: picture.page for key, picture in pictures.items() if picture.page}
    sources = {key: _data_uri(*picture.made("svg")) for key, picture in pictures.items()}

    def placed(node: Node) -> Node | None:
        if node.get("t") == "Link" and is_address(node):
            (_, _, keys), words, target = node["c"]
            return {"t": "Link", "c": [["", ["uri"], keys], words, target]}
        if node.get("t") != "Image":
            return None
        key = node["c"][2][0]
        wide = f"{round(TEXT_WIDTH_PX * pictures[key].width / 100)}px"
        if key not in maps:
            return image(sources[key], pictures[key].alt, wide)
        parts = [{"t": "RawInline", "c": ["html", _place(key)]}, image(sources[key], pictures[key].alt, wide, "print")]
        return {"t": "Span", "c": [["", [], []], parts]}

    with as_file(FRAME / "parts.html") as parts:
        arguments = ["--from", "json", "--to", "html5", "--wrap", "none", "--standalone", "--template", str(parts)]
        arguments += ["--mathml", "--toc", "--toc-depth", "1", "--metadata", "pagetitle=-"]
        made = run(arguments, json.dumps({**tree, "blocks": mapped(tree["blocks"], placed)})).decode()
    contents, _, body = _without_styles(made).partition(SPLIT)
    pages = {key: _map_page(entry, context, about["lang"]) for key, entry in maps.items()}
    for key, page in pages.items():
        body = body.replace(_place(key), _frame(maps[key].title[about["lang"]], page, about["lang"]))
    css = (FRAME / "report.css").read_text(encoding="utf-8").strip()
    styles, scripts = (
        dict.fromkeys(text for page in pages.values() for text in re.findall(inline, page, re.DOTALL))
        for inline in (r"<style>(.*?)</style>", r'<script(?: type="(?:module|text/plain)"[^>]*)?>(.*?)</script>')
    )
    text = _template().render(
        about=about,
        contents=Markup(contents.strip()) if about["contents"] else "",  # noqa: S704 - pandoc wrote it from a clean tree
        body=Markup(body.strip()),  # noqa: S704 - the same
        css=Markup(css),  # noqa: S704 - a file of this package
        policy=policy_of(scripts=[*scripts], styles=[css, *styles]),
    )
    return (text + "\n").encode()


def _place(key: str) -> str:
    """The placeholder of an interactive map until its page is made. Escaped text cannot contain it."""
    return f"<!--{key}-->"


def _map_page(entry: MapEntry, context: Context, language: str) -> str:
    """The page of a map, as text."""
    return str(map_page(entry, context, language=language).get_root().render())


def _frame(title: str, page: str, language: str) -> str:
    """An interactive map in a frame. The frame states its size, since the map needs it before styles are loaded."""
    frame = iframe(title, "", page=page, fragment=f"lang={language}", more=SIZE)
    return frame.replace(' style=""', "", 1)  # the policy allows no style attributes


def _data_uri(kind: str, data: bytes) -> str:
    """An image in the page itself."""
    return f"data:{TYPES[kind]};base64,{base64.b64encode(data).decode()}"


def _without_styles(made: str) -> str:
    """Pandoc's HTML with alignments as classes, since the policy allows no style attributes.

    In text and in values a quotation mark is an entity. So these patterns match only pandoc's own markup.
    """
    made = re.sub(r"<colgroup>.*?</colgroup>", "", made, flags=re.DOTALL)
    made = re.sub(r' style="text-align: right;?"', ' class="right"', made)
    made = re.sub(r' style="[^"]*"', "", made)
    return TABLE.sub(_scrolling, made)


def _scrolling(table: re.Match[str]) -> str:
    """A table in its own frame, which a narrow window can scroll, also by keyboard."""
    name = re.sub('<[^>]*>|"', "", table[2] or "")
    label = f' role="region" aria-label="{name}"' if name else ""
    return f'<div class="scroll" tabindex="0"{label}>{table[1]}</div>'


@cache
def _template() -> Template:
    """The template of the page. It is our own file, and data only fills its placeholders."""
    text = (FRAME / "report.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)
