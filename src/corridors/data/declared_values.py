"""Kinds of values in a declaration, as pydantic's annotations. A fault gives the error and the remedy.

A field gives its type and its limits: ``title: Translations``, ``digits: Annotated[int, within(0, 6, whole=True)]``.
"""

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sized
from datetime import date
from typing import Annotated, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    PlainValidator,
    SkipValidation,
    StrictStr,
    ValidationInfo,
    with_config,
)
from pydantic_core import PydanticCustomError

from corridors.data.findings import quoted
from corridors.data.tables import NAMED, SLUG
from corridors.data.toml_file import Keys, Location
from corridors.data.years import YEARS
from corridors.errors import nearest_first
from corridors.geo.frame import LEAST_DEGREES, Box
from corridors.locales import DEFAULT_LANGUAGE, Message, message

FILLED_IN = "filled in"
"""Marks a field of a declaration that is not a key of the file."""

GATHERED = "+"
"""The alias of a field that collects keys of the table around it. No fault shows this name."""

no_other_keys = with_config(ConfigDict(extra="forbid"))
"""For the dataclass of a table: no other keys are allowed."""

CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]")
"""Characters that control a terminal or end a line."""

Values = TypeVar("Values", bound=Sized)


def wrong(what: Message, remedy: Message, *, rule: str = "D05", keys: Keys = ()) -> PydanticCustomError:
    """The fault of a value, or of the value under ``keys`` in it. pydantic collects it."""
    return PydanticCustomError("declared", "declared", {"what": what, "remedy": remedy, "rule": rule, "keys": keys})


def unknown(name: str, known: Iterable[str], *, rule: str = "D06", keys: Keys = ()) -> PydanticCustomError:
    """The fault of an unknown name. The remedy lists the known names, the nearest first."""
    return wrong(no_such(name), use_one_of(name, known), rule=rule, keys=keys)


def no_such(name: str) -> Message:
    """The message about an unknown name."""
    return message("finding.unknown", quoted(name))


def use_one_of(name: str, known: Iterable[str]) -> Message:
    """The remedy of an unknown name: the known names, the nearest first."""
    return message("remedy.use", nearest_first(name, known))


def one_of(known: Collection[str]) -> AfterValidator:
    """A name that must be one of the known names."""

    def check(name: str) -> str:
        if name not in known:
            raise unknown(name, known)
        return name

    return AfterValidator(check)


def having(names: Collection[str]) -> AfterValidator:
    """Tables that must include some names."""

    def check(tables: Mapping[str, object]) -> Mapping[str, object]:
        for name in names:
            if name not in tables:
                raise wrong(message("finding.toml.missing"), message("remedy.toml.missing"), rule="D03", keys=(name,))
        return tables

    return AfterValidator(check)


def _some(values: Values) -> Values:
    """A list or tables that must not be empty."""
    if not len(values):
        raise wrong(message("finding.toml.none"), message("remedy.toml.none"))
    return values


def printed(text: str) -> str:
    """Text that can be printed on one line."""
    if text.isprintable() and not text.isspace() and text:  # nearly always, and found in least time
        return text
    if not text.strip():
        raise wrong(message("finding.blank"), message("remedy.blank"))
    if CONTROL.search(text):
        raise wrong(message("finding.control", quoted(text)), message("remedy.control"))
    return text


def _day(text: str) -> str:
    """A calendar day within the years of the atlas."""
    try:
        known = re.fullmatch(r"\d{4}-\d\d-\d\d", text) and YEARS[0] <= date.fromisoformat(text).year <= YEARS[1]
    except ValueError:
        known = False
    if not known:
        raise wrong(message("finding.no_day", quoted(text)), message("remedy.day", *map(str, YEARS)))
    return text


def _address(text: str) -> str:
    """A web address, or empty text."""
    if text and not re.fullmatch(r"https?://[!-~]+", text):
        raise wrong(message("finding.no_address", quoted(text)), message("remedy.address"))
    return text


def _checksum(text: str) -> str:
    """A SHA-256 checksum, in hexadecimal digits."""
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise wrong(message("finding.no_checksum", quoted(text)), message("remedy.checksum"))
    return text


def _color(text: str) -> str:
    """A colour as ``#rrggbb``."""
    if not re.fullmatch("#[0-9A-Fa-f]{6}", text):
        raise wrong(message("finding.no_color", quoted(text)), message("remedy.color"))
    return text


def _slug(text: str) -> str:
    """A name of lower-case letters, digits and hyphens."""
    if not SLUG.fullmatch(text):
        raise wrong(message("finding.no_slug", quoted(text)), message("remedy.slug"))
    return text


def number_of(value: object) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("float_type", "float")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise wrong(message("finding.no_amount"), message("remedy.amount"))
    return number


def outside(number: float, low: float, high: float, *, keys: Keys = ()) -> PydanticCustomError:
    """The fault of a number outside ``low`` to ``high``."""
    return wrong(message("finding.amount", f"{number:g}"), message("remedy.within", f"{low:g}", f"{high:g}"), keys=keys)


def within(low: float, high: float, *, whole: bool = False) -> PlainValidator:
    """A number from ``low`` to ``high``."""

    def check(value: object) -> float:
        if whole:
            return whole_within(value, low, high)
        number = number_of(value)
        if not low <= number <= high:
            raise outside(number, low, high)
        return number

    return PlainValidator(check)


def whole_within(value: object, low: float, high: float) -> int:
    """A whole number from ``low`` to ``high``."""
    number = number_of(value)
    if not isinstance(value, int):
        raise PydanticCustomError("int_type", "int")
    if not low <= number <= high:
        raise outside(number, low, high)
    return value


def edges(limits: Box) -> PlainValidator:
    """West, south, east and north edge of a box, in degrees (EPSG:4326). The box must be large enough to draw."""
    text = ", ".join(f"{edge:g}" for edge in limits)

    def check(value: object) -> tuple[float, ...]:
        if not isinstance(value, list | tuple) or len(value) != len(limits):
            raise wrong(message("finding.no_box"), message("remedy.box", text), rule="D04")
        west, south, east, north = box = [number_of(edge) for edge in value]
        if east - west < LEAST_DEGREES or north - south < LEAST_DEGREES:
            raise wrong(message("finding.box.empty"), message("remedy.box", text))
        if not (limits[0] <= west and limits[1] <= south and east <= limits[2] and north <= limits[3]):
            raise wrong(message("finding.box.outside"), message("remedy.box", text))
        return tuple(box)

    return PlainValidator(check)


def _with_names(tables: object) -> object:
    """Tables, each with its key added as its name. A table must not set ``name`` or ``spot`` itself."""
    if not isinstance(tables, dict):
        return tables
    for name, table in tables.items():
        for key in ("name", "location"):
            if isinstance(table, dict) and key in table:
                raise wrong(no_such(key), message("remedy.leave"), rule="D02", keys=(name, key))
    return {name: {**table, "name": name} if isinstance(table, dict) else table for name, table in tables.items()}


def _translations(texts: Mapping[str, str], info: ValidationInfo) -> dict[str, str]:
    """A text in every language. It is required in the languages of the facts; others use the English text."""
    languages = (info.context or {})["languages"]
    for language in texts:
        if language not in languages:
            raise unknown(language, languages, rule="D02", keys=(language,))
    for language in languages:
        if language in NAMED and language not in texts:
            raise wrong(message("finding.toml.missing"), message("remedy.toml.missing"), rule="D03", keys=(language,))
    return {language: texts.get(language, texts[DEFAULT_LANGUAGE]) for language in languages}


def _gathered(table: object, info: ValidationInfo) -> object:
    """A table whose language keys are collected in the field ``GATHERED``."""
    if not isinstance(table, dict):
        return table
    languages = (info.context or {})["languages"]
    text = {key: value for key, value in table.items() if key in languages}
    return {key: value for key, value in table.items() if key not in languages} | {GATHERED: text}


BY_LANGUAGE = BeforeValidator(_gathered)
"""For a table that has languages among its keys."""

NAMED_TABLES = BeforeValidator(_with_names)
"""For a mapping of tables: each table gets its own key as its name."""

Amount = Annotated[float, PlainValidator(number_of)]
Words = Annotated[StrictStr, AfterValidator(printed)]
Day = Annotated[StrictStr, AfterValidator(_day)]
Address = Annotated[StrictStr, AfterValidator(_address)]
Link = Annotated[StrictStr, AfterValidator(printed), AfterValidator(_address)]
"""An address that must be given."""

Checksum = Annotated[StrictStr, AfterValidator(_checksum)]
Slug = Annotated[StrictStr, AfterValidator(_slug)]
Color = Annotated[StrictStr, AfterValidator(_color)]
Translations = Annotated[Mapping[str, Words], AfterValidator(_translations)]
SOME = AfterValidator(_some)
Name = Annotated[str, FILLED_IN]
Place = Annotated[Location | None, FILLED_IN, SkipValidation]
