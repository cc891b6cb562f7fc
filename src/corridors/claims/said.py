"""The statements of the report, the charts and the index in the message catalogues, with the checks for each.

A number in a placeholder such as ``{0}`` is a measure. The words around it have checks, in ``locales/checks.toml``. A
sentence without placeholder and without check is a finding (A12).
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from corridors.data.sentences import PLACE, Sentence
from corridors.locales import DEFAULT_LANGUAGE, messages, translations

SAYING = ("report.", "chart.", "index.", "compare.note")
"""Prefixes of the keys of messages that state something about the world."""

LICENCES = ("report.note", "report.sources.licence")
"""Messages that name licences with their versions and state nothing about the world."""

SAID: Mapping[str, Sequence[str]] = tomllib.loads((files("corridors") / "locales" / "checks.toml").read_text("utf-8"))
"""The checks of each message. Some messages only explain how to read something."""


def catalogue_sentences() -> Iterator[tuple[str, Sentence, bool]]:
    """The messages that state something: key, words without placeholders, checks; whether they have placeholders."""
    for key, english in messages(DEFAULT_LANGUAGE).items():
        whole = english.endswith(".") or key in SAID or ".title" in key
        if key.startswith(SAYING) and whole and key not in LICENCES:
            words = {language: PLACE.sub("", text) for language, text in translations(key).items()}
            yield key, Sentence(words, tuple(SAID.get(key, ()))), bool(PLACE.search(english))
