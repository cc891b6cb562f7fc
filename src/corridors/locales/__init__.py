"""The words of the atlas in every language, and how each language writes numbers.

Messages are gettext catalogues, one ``<language>.po`` beside this file, whose message ids are keys such as
``fact.gauge``. To add a language, add its catalogue and its code to ``LANGUAGES``.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from babel import Locale, numbers
from babel.messages.pofile import read_po

LANGUAGES = ("nl", "en", "zh", "ru")
DEFAULT_LANGUAGE = "en"


@cache
def messages(language: str) -> Mapping[str, str]:
    """All messages of a language, by their key."""
    with (files(__package__) / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    return MappingProxyType({str(entry.id): str(entry.string) for entry in catalogue if entry.id})


def translations(key: str) -> dict[str, str]:
    """A message in every language.

    Raises
    ------
    KeyError
        Where a catalogue lacks it.
    """
    return {language: messages(language)[key] for language in LANGUAGES}


@cache
def number_format(language: str) -> Mapping[str, str]:
    """How a language writes numbers: decimal sign and sign between thousands after CLDR, the form of a percentage."""
    symbols = Locale(language).number_symbols["latn"]
    return MappingProxyType(
        {
            "decimal": symbols["decimal"],
            "group": symbols["group"],
            "percent": messages(language)["number.percent"],
        },
    )


def number(value: float, digits: int, language: str) -> str:
    """A number as a language writes it, with so many digits behind the decimal sign; halves go up, as in the pages."""
    rounded = Decimal(float(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return numbers.format_decimal(rounded, pattern, locale=language)


def date(iso: str, language: str) -> str:
    """A day (ISO 8601: year, month, day) in words, as the pages of that language write it."""
    year, month, day = (int(part) for part in iso.split("-"))
    words = messages(language)
    return words["date.dmy"].format(day, words[f"month.of.{month}"], year)
