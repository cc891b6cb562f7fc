"""The maps of the atlas, as ``maps/atlas.toml`` declares them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool

from corridors.data.declared import hold
from corridors.data.declared_values import (
    NAMED_TABLES,
    SOME,
    Name,
    Place,
    Slug,
    Translations,
    Words,
    no_other_keys,
    wrong,
)
from corridors.data.findings import Finding
from corridors.data.sentences import Numbers, Said, Sentence, Text, all_filled, filled
from corridors.data.story import Box, Step, whole_step
from corridors.data.toml_file import Keys, Location, TomlFile, dotted
from corridors.errors import InputError, UsageError, not_among
from corridors.locales import Message, message, translations

PAGES = ("index", "claims")
"""Pages of the atlas that are not maps."""


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
class Charts:
    """Charts beside a map: one for each feature that has the series.

    Attributes
    ----------
    series
        The series of the features' cards.
    total
        The series of all together, which has a scale of its own.
    open
        Whether the charts are open at first.
    """

    series: Words
    total: Words | None = None
    open: StrictBool = False


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
        Properties whose filters come first in the legend. Other properties in which features differ come after them.
    charts
        The charts beside the map.
    planner
        Whether the page plans routes over the network.
    scenarios
        Whether the page shows the declared scenarios, before and after.
    steps
        The steps of its story, in order.
    numbers
        The measures that the statement and the story quote.
    location
        Where the map is declared. None for a map that is made for an answer.
    """

    name: Name
    headline: Annotated[Said, Field(alias="title")]
    sentences: Annotated[Text, Field(alias="statement")]
    bounds: Box
    groups: Annotated[tuple[Group, ...], SOME]
    narrow: Box | None = None
    filters: tuple[Words, ...] = ()
    charts: tuple[Charts, ...] = ()
    numbers: Numbers = field(default_factory=dict)
    planner: StrictBool = False
    scenarios: StrictBool = False
    steps: tuple[Step, ...] = ()
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


def _said(entry: MapEntry) -> Iterator[tuple[Sentence, Keys]]:
    """The sentences of a map that may quote numbers, each with its keys in the declaration."""
    yield from ((sentence, ("statement", nth)) for nth, sentence in enumerate(entry.sentences))
    for nth, step in enumerate(entry.steps):
        yield from ((sentence, ("steps", nth, "text", at)) for at, sentence in enumerate(step.sentences))


def _whole(entry: MapEntry) -> MapEntry:
    """Check a map: in every language it quotes exactly the numbers that it declares, and it shows no layer twice."""
    for nth, step in enumerate(entry.steps):
        filled(step.headline.words, (), ("steps", nth, "title"))
        whole_step(step, scenarios=entry.scenarios)
    filled(entry.title, (), ("title",))
    filled(entry.dated, ("year",), ("dated",))
    for language, text in entry.dated.items():
        if "{year}" not in text:
            what, remedy = message("finding.number.lacking", "year"), message("remedy.number.quote", "year")
            raise wrong(what, remedy, keys=("dated", language))
    all_filled(_said(entry), entry.numbers)
    for nth, group in enumerate(entry.groups):
        if group.layer in [other.layer for other in entry.groups[:nth]]:
            what = message("finding.layer.twice", repr(group.layer))
            raise wrong(what, message("remedy.leave"), keys=("groups", nth, "layer"))
    return entry


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
