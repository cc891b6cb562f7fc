"""The words of the atlas in every language, and how each language writes numbers.

Messages are gettext catalogues, one ``<language>.po`` beside this file, whose message ids are keys such as
``fact.gauge``. To add a language, add its catalogue and its code to ``LANGUAGES``.

A message that depends on a number has all its plural forms in the catalogue, in the order in which the Unicode CLDR
names them. Its key is followed by the name of a form (``unit.days.one``), here and in pages.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from babel import Locale, numbers

from corridors.locales.catalogue import read_catalogue

LANGUAGES = ("nl", "en", "zh", "ru")
DEFAULT_LANGUAGE = "en"
FORMS = ("zero", "one", "two", "few", "many", "other")
"""The plural forms of the CLDR, in its order."""

MANY = 100
"""The number whose plural form is used if there is no number, for example above a column."""


@cache
def messages(language: str) -> Mapping[str, str]:
    """All messages of a language, by their key. Each form of a plural message has also the key ``key.form``."""
    found: dict[str, str] = {}
    for key, text in read_catalogue((files(__package__) / f"{language}.po").read_text("utf-8")).items():
        if isinstance(text, str):
            found[key] = text
        else:
            found |= {f"{key}.{form}": one for form, one in zip(plural_forms(language), text, strict=True)}
            found[key] = found[f"{key}.{Locale(language).plural_form(MANY)}"]
    return MappingProxyType(found)


@cache
def language_name(language: str) -> str:
    """The name of a language in that language, after the CLDR, with a capital letter as in a list."""
    name = str(Locale(language).get_display_name(language))
    return name[:1].upper() + name[1:]


@cache
def plural_forms(language: str) -> tuple[str, ...]:
    """Names of the plural forms that a language has, in the order of its catalogue."""
    rule = Locale(language).plural_form
    return tuple(form for form in FORMS if form in {*rule.tags, "other"})


def translations(key: str) -> dict[str, str]:
    """A message in every language.

    Raises
    ------
    KeyError
        If a catalogue lacks it.
    """
    return {language: messages(language)[key] for language in LANGUAGES}


def filled(template: str, *values: str) -> str:
    """A message with its placeholders filled. An empty value also removes the space before it."""

    def value(place: re.Match[str]) -> str:
        text = values[int(place[2])]
        return place[1] + text if text else ""

    return re.sub(r"( ?)\{(\d+)\}", value, template)


def counted(key: str, count: float, language: str, *values: str, digits: int = 0) -> str:
    """The form of a plural message for a number. The number fills ``{0}``; other values fill the next placeholders."""
    form = messages(language)[f"{key}.{Locale(language).plural_form(rounded(count, digits))}"]
    return filled(form, number(count, digits, language), *values)


def unit(name: str, value: float, digits: int, language: str) -> str:
    """The word of a unit beside a value that is shown with so many digits; the key of the unit if it has no word."""
    words = messages(language)
    form = Locale(language).plural_form(rounded(value, digits))
    return words.get(f"unit.{name}.{form}") or words.get(f"unit.{name}", name.replace("_", " "))


@runtime_checkable
class Translatable(Protocol):
    """Something that gives its text in a language; ``str()`` gives it in English."""

    def text(self, language: str) -> str:
        """Its text in a language."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message with its values, for a reader of any language; ``str()`` gives it in English.

    Attributes
    ----------
    key
        The key of a catalogue.
    values
        The values of its placeholders: text unchanged, messages in the reader's language, numbers as the language
        writes them, and sequences of these, separated by commas.
    """

    key: str
    values: tuple[object, ...] = ()

    def text(self, language: str) -> str:
        """The message in a language."""
        return filled(messages(language)[self.key], *(in_words(value, language) for value in self.values))

    def __str__(self) -> str:
        """The message in English."""
        return self.text(DEFAULT_LANGUAGE)


def message(key: str, *values: object) -> Message:
    """A message: the key and the values of its placeholders."""
    return Message(key, values)


def in_words(value: object, language: str) -> str:
    """The value of a placeholder as text. A message gives its text in the language."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return number(value, 0, language)
    if isinstance(value, (Message, Translatable)):  # the protocol takes long to compare, and most are messages
        return value.text(language)
    if isinstance(value, Iterable):
        return ", ".join(in_words(part, language) for part in value)
    return str(value)


@cache
def number_format(language: str) -> Mapping[str, str]:
    """How a language writes numbers: decimal sign and thousands separator after CLDR, and the form of a percentage."""
    symbols = Locale(language).number_symbols["latn"]
    return MappingProxyType(
        {
            "decimal": symbols["decimal"],
            "group": symbols["group"],
            "percent": messages(language)["number.percent"],
        },
    )


def rounded(value: float, digits: int = 0) -> Decimal:
    """A value with so many digits after the decimal sign. Halves are rounded up, as in the pages."""
    return Decimal(float(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def number(value: float, digits: int, language: str) -> str:
    """A number as a language writes it, with so many digits after the decimal sign. Halves are rounded up."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return numbers.format_decimal(rounded(value, digits), pattern, locale=language).replace("-", "−")


def date(iso: str, language: str) -> str:
    """A date (ISO 8601: year, month, day) in words, as the pages in that language write it."""
    year, month, day = (int(part) for part in iso.split("-"))
    words = messages(language)
    return words["date.dmy"].format(day, words[f"month.of.{month}"], year)


def language_of(environment: Mapping[str, str]) -> str:
    """The language that a person has chosen for programs (POSIX locale variables), or English.

    ``LANGUAGE`` lists languages in order, and counts only if a locale is set. ``C`` and ``POSIX`` mean no translation.
    """
    chosen = next(filter(None, (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "C")
    if re.split(r"[.@]", chosen)[0] in {"C", "POSIX"}:
        return DEFAULT_LANGUAGE
    ranked: Sequence[str] = [*environment.get("LANGUAGE", "").split(":"), chosen]
    codes = [re.split(r"[_.@-]", each)[0].lower() for each in ranked]
    return next((code for code in codes if code in LANGUAGES), DEFAULT_LANGUAGE)
