"""Declared kinds of layers: what ``[kinds]`` of the catalogue says about layers that no program knows.

Their features are in ``imported/NAME.geojson`` of the geodata folder.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, PlainValidator, StrictBool, StrictStr, ValidationInfo

from corridors.data.declared_values import (
    SOME,
    Amount,
    Color,
    Name,
    Place,
    Slug,
    Words,
    no_other_keys,
    number_of,
    printed,
    unknown,
    within,
    wrong,
)
from corridors.data.tables import COMMON, LAYERS
from corridors.locales import DEFAULT_LANGUAGE, message

if TYPE_CHECKING:
    from corridors.data.toml_file import Keys

Shape: TypeAlias = Literal["point", "line", "area"]

MEASURED: Mapping[Shape, str] = {"line": "measured_km", "area": "area_km2"}
"""The column of the size of each feature, which is computed."""

TAKEN = (*LAYERS, "corridors", "scenario", "transfers")
"""Names that are layers already."""

WORD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def _by_language(titles: object) -> object:
    """A title that is the same in all languages, as a table."""
    return {DEFAULT_LANGUAGE: titles} if isinstance(titles, str) else titles


def _in_all(titles: Mapping[str, str], info: ValidationInfo) -> dict[str, str]:
    """A title in every language. English is required, and stands for the languages that are not given."""
    languages = (info.context or {})["languages"]
    for language in titles:
        if language not in languages:
            raise unknown(language, languages, rule="D02", keys=(language,))
    if DEFAULT_LANGUAGE not in titles:
        raise wrong(
            message("finding.toml.missing"), message("remedy.toml.missing"), rule="D03", keys=(DEFAULT_LANGUAGE,)
        )
    return {language: titles.get(language, titles[DEFAULT_LANGUAGE]) for language in languages}


Titles = Annotated[Mapping[str, Words], BeforeValidator(_by_language), AfterValidator(_in_all)]
"""A title: one text for all languages, or a table by language."""


def _dash(text: str) -> str:
    """Lengths of dashes and gaps in pixels, with spaces between."""
    if not re.fullmatch(r"\d+(\.\d+)?( \d+(\.\d+)?)+", text):
        raise wrong(message("finding.no_dash", repr(text)), message("remedy.dash"))
    return text


def _value(value: object) -> str | int | float:
    """A value of a column: text or a number."""
    if isinstance(value, str):
        return printed(value)
    return number_of(value)


def _column(name: str) -> str:
    """The name of an own column."""
    if not WORD.fullmatch(name) or name in {*COMMON, *MEASURED.values(), "geometry"}:
        raise wrong(message("finding.no_column_name", repr(name)), message("remedy.column_name"))
    return name


def _layer(name: str) -> str:
    """The name of a kind, which is no layer yet."""
    if name in TAKEN:
        raise wrong(message("finding.kind.taken", repr(name)), message("remedy.rename"))
    return name


@no_other_keys
@dataclass(frozen=True, slots=True)
class KindStyle:
    """How features are drawn. What is not given is that of the kind, or the usual.

    Attributes
    ----------
    color
        Colour of a line or symbol in the light theme, or of an area.
    width, dash, casing
        Of a line: its width (px), its dashes (px), and whether it has a rim.
    symbol, size
        Of a point: the name of a symbol, and its size (px).
    """

    color: Color | None = None
    width: Annotated[float | None, within(0.2, 12)] = None
    dash: Annotated[StrictStr, AfterValidator(_dash)] | None = None
    casing: StrictBool | None = None
    symbol: Words | None = None
    size: Annotated[float | None, within(4, 40)] = None


@no_other_keys
@dataclass(frozen=True, slots=True)
class KindColumn:
    """A column of a kind.

    Attributes
    ----------
    title
        Its name for readers.
    type
        The type of its values.
    unit
        The unit of its numbers, as it is shown.
    words
        If given, the allowed values, each with its title.
    """

    title: Titles
    type: Literal["text", "number", "integer", "date"] = "text"
    unit: Words | None = None
    words: dict[Words, Titles] = field(default_factory=dict)


@no_other_keys
@dataclass(frozen=True, slots=True)
class KindClass:
    """A class of a kind: an entry of the legend. A feature is in the first class that it meets.

    Attributes
    ----------
    values
        The values that a column has in this class.
    at_least
        The least value in this class.
    style
        What differs from the style of the kind.
    """

    name: Slug
    title: Titles
    values: tuple[Annotated[str | int | float, PlainValidator(_value)], ...] = ()
    at_least: Amount | None = None
    style: KindStyle = field(default_factory=KindStyle)


@no_other_keys
@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of layer.

    Attributes
    ----------
    name
        The layer's id, and the stem of its files.
    title
        Its name for readers.
    geometry
        Whether its features are points, lines or areas.
    licence, credit, precision, datasets
        As of every layer.
    style
        How its features are drawn.
    columns
        Its own columns, in addition to those of every layer.
    card
        The columns on the card of a feature, in this order; without it, all.
    stats
        The columns that divide its statistics into groups.
    classes
        The classes of the legend by column. Without a class of its own, a feature is not drawn by that column.
    location
        Where it is declared.
    """

    name: Name
    title: Titles
    geometry: Shape
    licence: Words
    credit: Words
    precision: Titles
    datasets: tuple[Words, ...] = ()
    style: KindStyle = field(default_factory=KindStyle)
    columns: dict[Annotated[Words, AfterValidator(_column)], KindColumn] = field(default_factory=dict)
    card: tuple[Words, ...] | None = None
    stats: tuple[Words, ...] = ()
    classes: dict[Words, Annotated[tuple[KindClass, ...], SOME]] = field(default_factory=dict)
    location: Place = field(default=None, compare=False, repr=False)

    @property
    def measured(self) -> str | None:
        """The column of the size of its features."""
        return MEASURED.get(self.geometry)

    @property
    def own_columns(self) -> tuple[str, ...]:
        """Its own columns and the one of the size."""
        return (*self.columns, *((self.measured,) if self.measured else ()))


def whole_kind(kind: Kind) -> Kind:
    """Check that a kind names only columns that it has."""
    places: list[tuple[Keys, str]] = [
        *((("card", nth), name) for nth, name in enumerate(kind.card or ())),
        *((("stats", nth), name) for nth, name in enumerate(kind.stats)),
        *((("classes", name), name) for name in kind.classes),
    ]
    for keys, name in places:
        known = (*kind.columns, "status") if keys[0] == "classes" else kind.columns
        if name not in known:
            raise unknown(name, known, keys=keys)
    return kind


KindName = Annotated[Slug, AfterValidator(_layer)]
