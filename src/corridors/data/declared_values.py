"""Kinds of values that a declaration may hold, as pydantic's annotations; a fault says what is wrong and the remedy.

A field says its type and what is asked of it: ``title: Told``, ``digits: Annotated[int, within(0, 6, whole=True)]``.
"""

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sized
from datetime import date
from typing import Annotated, Any, TypeVar

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
from corridors.data.tables import NAMED
from corridors.data.toml_file import Keys, Spot
from corridors.data.years import YEARS
from corridors.errors import nearest_first
from corridors.geo.frame import LEAST_DEGREES, Box
from corridors.locales import DEFAULT_LANGUAGE, Message, message

FILLED_IN = "filled in"
"""Marks a field of a declaration that is no key of the file."""

GATHERED = "+"
"""The alias of a field that gathers keys of the table around it; no place of a fault names it."""

no_other_keys = with_config(ConfigDict(extra="forbid"))
"""On the dataclass of a table: it has just these keys."""

CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]")
"""What steers a terminal or ends a line."""

Values = TypeVar("Values", bound=Sized)


def wrong(what: Message, remedy: Message, *, rule: str = "D05", keys: Keys = ()) -> PydanticCustomError:
    """A fault of a value, or of what ``keys`` lead to in it, for pydantic to collect."""
    return PydanticCustomError("declared", "declared", {"what": what, "remedy": remedy, "rule": rule, "keys": keys})


def unknown(name: str, known: Iterable[str], *, rule: str = "D06", keys: Keys = ()) -> PydanticCustomError:
    """A fault of a name that is not there; those that there are stand in the remedy, the nearest first."""
    return wrong(no_such(name), use_one_of(name, known), rule=rule, keys=keys)


def no_such(name: str) -> Message:
    """What is wrong with a name that is not there."""
    return message("finding.unknown", quoted(name))


def use_one_of(name: str, known: Iterable[str]) -> Message:
    """The remedy of a name that is not there: those that there are, the nearest first."""
    return message("remedy.use", nearest_first(name, known))


def one_of(known: Collection[str]) -> AfterValidator:
    """A name among those that there are."""

    def check(name: str) -> str:
        if name not in known:
            raise unknown(name, known)
        return name

    return AfterValidator(check)


def having(names: Collection[str]) -> AfterValidator:
    """Tables among which some have to be."""

    def check(tables: Mapping[str, Any]) -> Mapping[str, Any]:
        for name in names:
            if name not in tables:
                raise wrong(message("finding.toml.missing"), message("remedy.toml.missing"), rule="D03", keys=(name,))
        return tables

    return AfterValidator(check)


def _some(values: Values) -> Values:
    """A list or tables of one or more."""
    if not len(values):
        raise wrong(message("finding.toml.none"), message("remedy.toml.none"))
    return values


def _printed(text: str) -> str:
    """Text that can be printed on a line."""
    if not text.strip():
        raise wrong(message("finding.blank"), message("remedy.blank"))
    if CONTROL.search(text):
        raise wrong(message("finding.control", quoted(text)), message("remedy.control"))
    return text


def _day(text: str) -> str:
    """A day of the calendar in years that the atlas knows."""
    try:
        known = re.fullmatch(r"\d{4}-\d\d-\d\d", text) and YEARS[0] <= date.fromisoformat(text).year <= YEARS[1]
    except ValueError:
        known = False
    if not known:
        raise wrong(message("finding.no_day", quoted(text)), message("remedy.day", *map(str, YEARS)))
    return text


def _address(text: str) -> str:
    """An address on the web, or nothing."""
    if text and not re.fullmatch(r"https?://[!-~]+", text):
        raise wrong(message("finding.no_address", quoted(text)), message("remedy.address"))
    return text


def _slug(text: str) -> str:
    """A name of lower-case letters, digits and hyphens."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise wrong(message("finding.no_slug", quoted(text)), message("remedy.slug"))
    return text


def _number(value: object) -> float:
    """A number that can be counted with."""
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
    """A fault of a number that is not from ``low`` to ``high``."""
    return wrong(message("finding.amount", f"{number:g}"), message("remedy.within", f"{low:g}", f"{high:g}"), keys=keys)


def within(low: float, high: float, *, whole: bool = False) -> PlainValidator:
    """A number from ``low`` to ``high``."""

    def check(value: object) -> float:
        number = _number(value)
        if whole and not isinstance(value, int):
            raise PydanticCustomError("int_type", "int")
        if not low <= number <= high:
            raise outside(number, low, high)
        return int(number) if whole else number

    return PlainValidator(check)


def edges(limits: Box) -> PlainValidator:
    """West, south, east and north edge, in degrees (EPSG:4326), of a box that something can be drawn in."""
    told = ", ".join(f"{edge:g}" for edge in limits)

    def check(value: object) -> tuple[float, ...]:
        if not isinstance(value, list | tuple) or len(value) != len(limits):
            raise wrong(message("finding.no_box"), message("remedy.box", told), rule="D04")
        west, south, east, north = box = [_number(edge) for edge in value]
        if east - west < LEAST_DEGREES or north - south < LEAST_DEGREES:
            raise wrong(message("finding.box.empty"), message("remedy.box", told))
        if not (limits[0] <= west and limits[1] <= south and east <= limits[2] and north <= limits[3]):
            raise wrong(message("finding.box.outside"), message("remedy.box", told))
        return tuple(box)

    return PlainValidator(check)


def _with_names(tables: object) -> object:
    """Tables, each of which learns its name, unless it has a key of that name, which no table may have."""
    if not isinstance(tables, dict):
        return tables
    for name, table in tables.items():
        for key in ("name", "spot"):
            if isinstance(table, dict) and key in table:
                raise wrong(no_such(key), message("remedy.leave"), rule="D02", keys=(name, key))
    return {name: {**table, "name": name} if isinstance(table, dict) else table for name, table in tables.items()}


def _told(texts: Mapping[str, str], info: ValidationInfo) -> dict[str, str]:
    """A text in every language: it has to be there in those that the facts know, and is English in others."""
    languages = (info.context or {})["languages"]
    for language in texts:
        if language not in languages:
            raise unknown(language, languages, rule="D02", keys=(language,))
    for language in languages:
        if language in NAMED and language not in texts:
            raise wrong(message("finding.toml.missing"), message("remedy.toml.missing"), rule="D03", keys=(language,))
    return {language: texts.get(language, texts[DEFAULT_LANGUAGE]) for language in languages}


def _gathered(table: object, info: ValidationInfo) -> object:
    """A table whose keys that are languages are gathered in the field ``GATHERED``."""
    if not isinstance(table, dict):
        return table
    languages = (info.context or {})["languages"]
    told = {key: value for key, value in table.items() if key in languages}
    return {key: value for key, value in table.items() if key not in languages} | {GATHERED: told}


BY_LANGUAGE = BeforeValidator(_gathered)
"""On a table that has languages among its keys."""

NAMED_TABLES = BeforeValidator(_with_names)
"""On a mapping of tables: each gets the name that leads to it."""

Amount = Annotated[float, PlainValidator(_number)]
Words = Annotated[StrictStr, AfterValidator(_printed)]
Day = Annotated[StrictStr, AfterValidator(_day)]
Address = Annotated[StrictStr, AfterValidator(_address)]
Slug = Annotated[StrictStr, AfterValidator(_slug)]
Told = Annotated[Mapping[str, Words], AfterValidator(_told)]
SOME = AfterValidator(_some)
Name = Annotated[str, FILLED_IN]
Place = Annotated[Spot | None, FILLED_IN, SkipValidation]
