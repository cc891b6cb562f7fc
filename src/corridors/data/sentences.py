"""Sentences of a declaration: the same text in every language, with the numbers that it quotes and its checks."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator, Field

from corridors.data.declared_values import (
    BY_LANGUAGE,
    GATHERED,
    SOME,
    Translations,
    Words,
    no_other_keys,
    unknown,
    within,
    wrong,
)
from corridors.data.toml_file import Keys
from corridors.locales import message

Digits = Annotated[int, within(0, 6, whole=True)]

PLACE = re.compile(r"\{(\w+)\}")
"""The placeholder of a number in a sentence."""


@no_other_keys
@dataclass(frozen=True, slots=True)
class Counted:
    """How a language counts in its own units: 万 is ten thousand."""

    factor: Annotated[float, within(1e-9, 1e9)] = 1
    digits: Digits | None = None


@no_other_keys
@dataclass(frozen=True, slots=True)
class Number:
    """A measure that a sentence quotes.

    Attributes
    ----------
    name, by
        The measure, as in ``measures.json``.
    digits
        Digits after the decimal sign.
    counted
        Units that differ, by language.
    """

    name: Words
    digits: Digits
    by: dict[Words, Words] = field(default_factory=dict)
    counted: Annotated[dict[str, Counted], Field(alias=GATHERED)] = field(default_factory=dict)

    def written(self, value: float, language: str) -> tuple[float, int]:
        """The number that a language writes for a value, and its digits after the decimal sign."""
        own = self.counted.get(language, Counted())
        return value * own.factor, self.digits if own.digits is None else own.digits


@no_other_keys
@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a map, with its checks against the facts.

    Attributes
    ----------
    words
        The same sentence by language; ``{name}`` stands for a number.
    checks
        The conditions under which the sentence is shown (see the module ``checks``).
    """

    words: Annotated[Translations, Field(alias=GATHERED)]
    checks: tuple[Words, ...] = ()

    @property
    def quoted(self) -> set[str]:
        """Names of the numbers that it quotes."""
        return {name for text in self.words.values() for name in PLACE.findall(text)}


def _listed(statement: object) -> object:
    """The sentences of a statement, which may be a single one."""
    return [statement] if isinstance(statement, dict) else statement


Said = Annotated[Sentence, BY_LANGUAGE]
"""A sentence as a table of a file, with languages among its keys."""

Text = Annotated[tuple[Said, ...], BeforeValidator(_listed), SOME]
"""One sentence or several."""

Numbers = dict[Words, Annotated[Number, BY_LANGUAGE]]
"""The numbers that some sentences quote, by the names of their placeholders."""


def filled(texts: Mapping[str, str], known: Mapping[str, Number] | Sequence[str], at: Keys) -> None:
    """Refuse a text with unknown names in braces, or with other names than another language has."""
    quoted = {language: set(PLACE.findall(text)) for language, text in texts.items()}
    for language, text in texts.items():
        if re.search("[{}]", PLACE.sub("", text)):
            raise wrong(message("finding.brace"), message("remedy.brace"), keys=(*at, language))
        for name in sorted(quoted[language] - set(known)):
            raise unknown(name, known, keys=(*at, language))
        for name in sorted(set().union(*quoted.values()) - quoted[language]):
            raise wrong(
                message("finding.number.lacking", name), message("remedy.number.quote", name), keys=(*at, language)
            )


def all_filled(texts: Iterable[tuple[Sentence, Keys]], numbers: Mapping[str, Number]) -> None:
    """Refuse sentences with unknown numbers, and numbers that no sentence quotes. Each sentence comes with its keys."""
    quoted: set[str] = set()
    for sentence, at in texts:
        filled(sentence.words, numbers, at)
        quoted |= sentence.quoted
    for name in sorted(set(numbers) - quoted):
        raise wrong(message("finding.number.unquoted"), message("remedy.number.quote", name), keys=("numbers", name))
