"""The maps of the atlas, as ``maps/atlas.toml`` declares them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool

from corridors.data.declared import hold
from corridors.data.declared_values import (
    BY_LANGUAGE,
    GATHERED,
    NAMED_TABLES,
    SOME,
    Name,
    Place,
    Slug,
    Translations,
    Words,
    edges,
    no_other_keys,
    unknown,
    within,
    wrong,
)
from corridors.data.findings import Finding
from corridors.data.toml_file import Keys, Location, TomlFile, dotted
from corridors.errors import InputError, UsageError, not_among
from corridors.geo.frame import FRAME
from corridors.locales import Message, message, translations

Box = Annotated[tuple[float, float, float, float], edges(FRAME)]
Digits = Annotated[int, within(0, 6, whole=True)]

PAGES = ("index", "claims")
"""Pages of the atlas that are not maps."""

PLACE = re.compile(r"\{(\w+)\}")
"""The placeholder of a number in a statement."""


@no_other_keys
@dataclass(frozen=True, slots=True)
class Group:
    """One group of a map's legend: a layer, split into classes.

    Attributes
    ----------
    layer
        The layer.
    by
        The property that defines its classes.
    open
        Whether the group is open at first.
    off
        Classes that are switched off at first.
    """

    layer: Words
    by: Words
    open: StrictBool = False
    off: tuple[Words, ...] = ()


@no_other_keys
@dataclass(frozen=True, slots=True)
class Counted:
    """How a language counts in its own units: 万 is ten thousand."""

    factor: Annotated[float, within(1e-9, 1e9)] = 1
    digits: Digits | None = None


@no_other_keys
@dataclass(frozen=True, slots=True)
class Number:
    """A measure that a statement quotes.

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


_Sentence = Annotated[Sentence, BY_LANGUAGE]


def _listed(statement: object) -> object:
    """The sentences of a statement, which may be a single one."""
    return [statement] if isinstance(statement, dict) else statement


def _year_alone() -> Mapping[str, str]:
    """The title for another year if none is declared."""
    return {language: text.replace("{0}", "{year}") for language, text in translations("title.dated").items()}


@no_other_keys
@dataclass(frozen=True, slots=True)
class MapEntry:
    """One map of the atlas.

    Attributes
    ----------
    name
        Its id and the stem of its file.
    headline
        Its title.
    sentences
        The sentences below the title, in order.
    dated
        Its title, by language, for a year in which the headline does not hold; ``{year}`` stands for that year.
    bounds
        West, south, east and north edge of its first view, in degrees, EPSG:4326.
    narrow
        The same for a window that is taller than wide. If it is not given, ``bounds`` is used.
    groups
        The groups of its legend, from top to bottom.
    filters
        Properties with a filter in the legend.
    planner
        Whether the page plans routes over the network.
    scenarios
        Whether the page shows the declared scenarios, before and after.
    numbers
        The measures that the statement quotes.
    location
        Where the map is declared. None for a map that is made for an answer.
    """

    name: Name
    headline: Annotated[_Sentence, Field(alias="title")]
    sentences: Annotated[tuple[_Sentence, ...], Field(alias="statement"), BeforeValidator(_listed), SOME]
    bounds: Box
    groups: Annotated[tuple[Group, ...], SOME]
    narrow: Box | None = None
    filters: tuple[Words, ...] = ()
    numbers: dict[Words, Annotated[Number, BY_LANGUAGE]] = field(default_factory=dict)
    planner: StrictBool = False
    scenarios: StrictBool = False
    dated: Translations = field(default_factory=_year_alone)
    location: Place = field(default=None, compare=False, repr=False)

    @property
    def title(self) -> Mapping[str, str]:
        """The words of its headline, by language."""
        return self.headline.words

    def fault(self, keys: Keys, what: Message, remedy: Message) -> InputError:
        """An error at a value of the declaration that names something unknown."""
        if self.location:
            return self.location.fault(keys, what, remedy)
        return InputError(Finding("D06", "", "", dotted((self.name, *keys)), what, remedy))


def _map_name(name: str) -> str:
    """Check a name for a map, which is also the name of its file."""
    if name in PAGES:
        raise wrong(message("finding.map.page", repr(name)), message("remedy.rename"))
    return name


def _whole(entry: MapEntry) -> MapEntry:
    """Check a map: in every language it quotes exactly the numbers that it declares, and it shows no layer twice."""
    _filled(entry.title, (), ("title",))
    _filled(entry.dated, ("year",), ("dated",))
    for language, text in entry.dated.items():
        if "{year}" not in text:
            what, remedy = message("finding.number.lacking", "year"), message("remedy.number.quote", "year")
            raise wrong(what, remedy, keys=("dated", language))
    for nth, sentence in enumerate(entry.sentences):
        _filled(sentence.words, entry.numbers, ("statement", nth))
    quoted = {name for sentence in entry.sentences for name in sentence.quoted}
    for name in sorted(set(entry.numbers) - quoted):
        raise wrong(message("finding.number.unquoted"), message("remedy.number.quote", name), keys=("numbers", name))
    for nth, group in enumerate(entry.groups):
        if group.layer in [other.layer for other in entry.groups[:nth]]:
            what = message("finding.layer.twice", repr(group.layer))
            raise wrong(what, message("remedy.leave"), keys=("groups", nth, "layer"))
    return entry


def _filled(texts: Mapping[str, str], known: Mapping[str, Number] | Sequence[str], at: Keys) -> None:
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


@no_other_keys
@dataclass(frozen=True, slots=True)
class _Declared:
    """The file."""

    maps: Annotated[
        dict[Annotated[Slug, AfterValidator(_map_name)], Annotated[MapEntry, AfterValidator(_whole)]],
        NAMED_TABLES,
        SOME,
    ]


def load_maps(path: Path, languages: Sequence[str]) -> Mapping[str, MapEntry]:
    """Read the declared maps.

    Raises
    ------
    FileError
        If the file cannot be read.
    DeclarationError
        If it is not TOML, or not as it has to be.
    """
    file = TomlFile.read(path)
    read = hold(file, _Declared, languages=languages)
    return {name: replace(entry, location=Location(file, ("maps", name))) for name, entry in read.maps.items()}


def choose_maps(maps: Mapping[str, MapEntry], names: Sequence[str]) -> list[MapEntry]:
    """The named maps, or all if no name is given.

    Raises
    ------
    UsageError
        If a name is unknown. The message lists the known names.
    """
    for name in names:
        if name not in maps:
            raise UsageError(not_among("error.map", name, maps))
    return [maps[name] for name in dict.fromkeys(names)] if names else list(maps.values())
