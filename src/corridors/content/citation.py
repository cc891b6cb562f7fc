"""A map to its citation: a sentence in each language, BibTeX and RIS, with the version and the hash of the content.

Each has ``{link}`` in place of the address, which only the page itself knows.
"""

from collections.abc import Callable

from corridors.content.context import Context
from corridors.content.facet_types import Words
from corridors.content.page_types import Citation
from corridors.data.maps import MapEntry
from corridors.data.package import AUTHOR, VERSION
from corridors.locales import LANGUAGES, date, filled, messages
from corridors.locales.escape import latex_text

LINK = "{link}"
"""The place of the address."""

SHORT = 12
"""So many digits of the hash are enough for a reader's eye."""


def citation(entry: MapEntry, context: Context) -> Citation:
    """The citation of a declared map. The same atlas gives the same text."""

    def each(form: Callable[[MapEntry, Context, str], str]) -> Words:
        return {language: form(entry, context, language) for language in LANGUAGES}

    return {
        "version": VERSION,
        "hash": context.content_hash,
        "text": each(_text),
        "bibtex": each(_bibtex),
        "ris": each(_ris),
    }


def _title(entry: MapEntry, language: str) -> str:
    """The title on one line."""
    return " ".join(entry.title[language].split())


def _text(entry: MapEntry, context: Context, language: str) -> str:
    """The citation as a sentence."""
    day, number = date(context.as_of, language), context.content_hash[:SHORT]
    template = messages(language)["citation.text"]
    return filled(template, AUTHOR, _title(entry, language), VERSION, day, number, LINK)


def _bibtex(entry: MapEntry, context: Context, language: str) -> str:
    """The citation for BibTeX and biblatex."""
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{latex_text(_title(entry, language))}}}",
        "year": context.as_of[:4],
        "date": context.as_of,
        "version": VERSION,
        "note": f"sha256:{context.content_hash}",
        "language": language,
        "url": LINK,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{corridors-{entry.name},\n{lines}}}\n"


def _ris(entry: MapEntry, context: Context, language: str) -> str:
    """The citation for programs that read RIS."""
    fields = {
        "TY": "MAP",
        "AU": f"{AUTHOR},",  # without a comma, programs take the last word for a family name
        "TI": _title(entry, language),
        "PY": context.as_of[:4],
        "DA": context.as_of.replace("-", "/"),
        "ET": VERSION,
        "N1": f"sha256:{context.content_hash}",
        "LA": language,
        "UR": LINK,
        "ER": "",
    }
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields.items())
