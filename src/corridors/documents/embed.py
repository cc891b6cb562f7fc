"""A map to code for a web page, a Markdown or Quarto document, LaTeX, a notebook or oEmbed."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from types import MappingProxyType
from urllib.parse import quote

from corridors.claims.sayings import statement
from corridors.content.context import Context
from corridors.content.corridor_features import LAYER as CORRIDORS
from corridors.data.maps import MapEntry
from corridors.errors import UsageError, not_among
from corridors.figures.figure import map_figure
from corridors.figures.sheet import Sheet
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES, message, messages
from corridors.locales.escape import latex_alt, latex_text, markdown_line
from corridors.web.iframe import SIZE, captioned, iframe, published, size, sized
from corridors.web.map_page import map_page
from corridors.web.policy import asset

BASE_URL = re.compile(r"https?://[\w.-]+(:\d{1,5})?(/[\w.~%+,;=:@/-]*)?", re.ASCII)
"""An address that needs no escaping in any of these languages."""

ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?", re.ASCII)
"""The origin of a web page as browsers write it: no path, no capital letters."""

SIDES = (120, 10_000)
FIGURE = "figures/{}"
"""The path of a map's figure beside its page, without the suffix of its format."""


@dataclass(frozen=True)
class Embed:
    """A map with the settings for its embedding.

    Attributes
    ----------
    context
        The context of its page and figure.
    name
        The map.
    base_url
        The address (http or https) of the published atlas; "" for files beside the document.
    width, height
        Size of the frame in pixels. A frame in a narrower column keeps its ratio.
    lang
        Language of title, words and page.
    select
        The selected feature when the page opens, such as ``ports/kz-khorgos-gateway``; "" for none.
    state
        The state of the page when it opens: the part of its address after ``#``, or the whole address.
    hosts
        Origins of pages that may ask for the state of the map in the frame and change it, such as ``https://example.org``.

    Raises
    ------
    UsageError
        If the map or the feature is unknown, or an address, an origin or the size is not possible.
    """

    context: Context
    name: str
    base_url: str = ""
    width: int = SIZE[0]
    height: int = SIZE[1]
    lang: str = DEFAULT_LANGUAGE
    select: str = ""
    state: str = ""
    hosts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check each value."""
        if self.name not in self.context.maps:
            raise UsageError(not_among("error.map", self.name, self.context.maps))
        if self.base_url and not BASE_URL.fullmatch(self.base_url):
            raise UsageError(message("error.embed.address", repr(self.base_url)))
        for host in self.hosts:
            if not ORIGIN.fullmatch(host):
                raise UsageError(message("error.embed.host", repr(host)))
        for side in (self.width, self.height):
            if not SIDES[0] <= side <= SIDES[1]:
                raise UsageError(message("error.embed.size", str(side), *SIDES))
        if self.lang not in LANGUAGES:
            raise UsageError(message("error.option", "--lang", repr(self.lang), LANGUAGES))
        if self.select:
            _check_feature(self.select, self.entry, self.context)

    @cached_property
    def entry(self) -> MapEntry:
        """The declaration of the map."""
        return self.context.maps[self.name]

    @property
    def title(self) -> str:
        """The title of the map, in one sentence."""
        return " ".join(self.entry.title[self.lang].split())

    @property
    def statement(self) -> str:
        """The statement of the map below its title."""
        return statement(self.entry, self.context.measures, self.context.as_of)[self.lang]

    @cached_property
    def alt(self) -> str:
        """The text for people who cannot see the figure, as in the figure itself."""
        return map_figure(self.entry, self.context, Sheet(lang=self.lang)).alt

    @property
    def fragment(self) -> str:
        """The state of the page in the frame, with its panel hidden."""
        given = self.state.rpartition("#")[2].split("&")
        own = {"lang", "embed"} | ({"select"} if self.select else set()) | ({"host"} if self.hosts else set())
        kept = [quote(part, safe="=/:,.%+") for part in given if part and part.partition("=")[0] not in own]
        chosen = [f"select={quote(self.select, safe='/')}"] if self.select else []
        asking = [f"host={','.join(self.hosts)}"] if self.hosts else []
        return "&".join([*kept, f"lang={self.lang}", *chosen, *asking, "embed"])

    @property
    def address(self) -> str:
        """The address of the page."""
        return self._at(f"{self.name}.html")

    @property
    def link(self) -> str:
        """The whole page, in the language."""
        return f"{self.address}#lang={self.lang}"

    @property
    def figure(self) -> str:
        """The path of its figure, without the suffix."""
        return self._at(FIGURE.format(self.name))

    def _at(self, path: str) -> str:
        """A path below the base address, or beside the document."""
        return f"{self.base_url.rstrip('/')}/{path}" if self.base_url else path

    def page(self) -> str:
        """The page itself, as ``corridors build`` writes it."""
        return map_page(self.entry, self.context, language=self.lang).get_root().render()


def embed_text(embed: Embed, form: str) -> str:
    """The code to paste, or the file to keep, in one of ``FORMS``.

    Raises
    ------
    UsageError
        If the form is unknown, or needs a setting that is not given.
    """
    if form not in FORMS:
        raise UsageError(message("error.option", "--as", repr(form), list(FORMS)))
    return FORMS[form](embed)


def _frame(embed: Embed) -> str:
    """The frame of a published page."""
    return published(embed.title, f"{embed.address}#{embed.fragment}", embed.width, embed.height)


def _page_frame(embed: Embed) -> str:
    """The frame with the page itself inside."""
    style, more = sized(embed.width, embed.height), size(embed.width, embed.height)
    return iframe(embed.title, style, page=embed.page(), fragment=embed.fragment, more=more)


def _iframe(embed: Embed) -> str:
    """HTML that shows a published page."""
    return captioned(embed.title, _frame(embed), embed.lang, link=embed.link)


def _srcdoc(embed: Embed) -> str:
    """HTML with the page inside: one file, nothing beside it."""
    link = embed.link if embed.base_url else ""
    return captioned(embed.title, _page_frame(embed), embed.lang, link=link)


def _said(embed: Embed) -> str:
    """Title and statement as one line of Markdown."""
    title = messages(embed.lang)["sentence"].replace("{0}", embed.title)
    return f"**{markdown_line(title)}** {markdown_line(embed.statement)}"


def _markdown(embed: Embed) -> str:
    """Markdown: the figure as a link to the page, and the statement of the map."""
    return f"[![{markdown_line(embed.alt)}]({embed.figure}.svg)]({embed.link})\n\n{_said(embed)}\n"


def _quarto(embed: Embed) -> str:
    """Quarto: a numbered figure, the page in HTML and the figure in every other format.

    The figure has no suffix: Quarto uses the PDF for PDF documents, and the PNG for others.
    """
    alt = markdown_line(embed.alt)  # an attribute has the same backslashes
    return (
        f"::: {{#fig-{embed.name}}}\n\n"
        f'::: {{.content-visible when-format="html"}}\n\n```{{=html}}\n{_frame(embed)}\n```\n\n:::\n\n'
        f'::: {{.content-visible unless-format="html"}}\n\n![]({FIGURE.format(embed.name)}){{fig-alt="{alt}"}}\n\n'
        f":::\n\n{_said(embed)}\n\n:::\n"
    )


def _latex(embed: Embed) -> str:
    """LaTeX: a figure with caption, label and alternative text, which a tagged PDF gives to screen readers."""
    title = latex_text(messages(embed.lang)["sentence"].replace("{0}", embed.title))
    link = f" \\href{{{latex_text(embed.link)}}}{{{latex_text(embed.address)}}}" if embed.base_url else ""
    fonts = {"zh": ", and a Chinese document (ctexart)", "ru": ", and XeLaTeX or LuaLaTeX with a Cyrillic font"}
    return (
        f"% Needs graphicx{' and hyperref' if link else ''}{fonts.get(embed.lang, '')}.\n"
        "\\begin{figure}[htbp]\n"
        "  \\centering\n"
        f"  \\includegraphics[width=\\linewidth,alt={{{latex_alt(embed.alt)}}}]{{{FIGURE.format(embed.name)}.pdf}}\n"
        f"  \\caption[{{{title}}}]{{{title} {latex_text(embed.statement)}{link}}}\n"
        f"  \\label{{fig:{embed.name}}}\n"
        "\\end{figure}\n"
    )


def _notebook(embed: Embed) -> str:
    """A notebook (nbformat 4.5) with the map as the output of a cell that makes it again."""
    said = f"{embed.title}\n{embed.statement}"
    made = f'corridors.load().map("{embed.name}", lang="{embed.lang}")'
    output = {"text/html": _page_frame(embed), "text/plain": said}
    cells = [
        {
            "cell_type": "markdown",
            "id": f"{embed.name}-title",
            "metadata": {},
            "source": _said(embed),
        },
        {
            "cell_type": "code",
            "id": f"{embed.name}-map",
            "execution_count": None,
            "metadata": {},
            "source": f"import corridors\n\n{made}",
            "outputs": [{"output_type": "display_data", "metadata": {}, "data": output}],
        },
    ]
    about = {"language_info": {"name": "python"}, "title": embed.title}
    notebook = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _oembed(embed: Embed) -> str:
    """The answer of an oEmbed provider for the page: type rich, after oEmbed 1.0."""
    if not embed.base_url:
        raise UsageError(message("error.embed.oembed", "https://example.org/atlas"))
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": embed.title,
        "provider_name": "corridors",
        "provider_url": f"{embed.base_url.rstrip('/')}/",
        "html": _frame(embed),
        "width": embed.width,
        "height": embed.height,
    }
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _module(_: Embed) -> str:
    """The module for a host page that asks for the state of the map and changes it."""
    return asset("host_module.js") + "\n"


FORMS: Mapping[str, Callable[[Embed], str]] = MappingProxyType(
    {
        "iframe": _iframe,
        "srcdoc": _srcdoc,
        "markdown": _markdown,
        "quarto": _quarto,
        "latex": _latex,
        "notebook": _notebook,
        "oembed": _oembed,
        "module": _module,
    },
)
"""The function for each form."""


def _check_feature(feature: str, entry: MapEntry, context: Context) -> None:
    """Refuse a feature that the map does not show."""
    layers = {group.layer for group in entry.groups}
    drawn = layers & set(context.layers)
    known = {f"{layer}/{name}" for layer in drawn for name in context.layers[layer]["id"]}
    if CORRIDORS in layers:
        known |= {f"{CORRIDORS}/{corridor.id}" for corridor in context.comparison.corridors}
    if feature not in known:
        close = get_close_matches(feature, sorted(known), n=1)
        meant = message("error.meant", close[0]) if close else ""
        raise UsageError(message("error.embed.feature", repr(feature), meant, sorted(layers)))
