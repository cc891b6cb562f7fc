"""What routes assume: speeds, hours at borders and at changes of gauge, and how far a transfer reaches."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, TypedDict

from pydantic import AfterValidator, ValidationInfo

from corridors.data.declared import hold
from corridors.data.declared_values import (
    Amount,
    Words,
    no_other_keys,
    outside,
    unknown,
)
from corridors.data.facts import Facts
from corridors.data.iso import ALPHA2
from corridors.data.scenarios import LINE_TABLES
from corridors.data.toml_file import TomlFile
from corridors.errors import UsageError, not_among
from corridors.locales import message

LIMITS = {
    "speeds_kmh": (1.0, 2000.0),
    "border_hours": (0.0, 2000.0),
    "fixed_hours": (0.0, 2000.0),
    "reach_km": (0.1, 1000.0),
}
"""Least and greatest value of an assumption, by group. A value outside these limits is taken for a typing error."""


class Assumed(TypedDict):
    """What a route or a scenario assumes: the numbers by name, and the names of those that were overridden."""

    values: dict[str, float]
    overridden: list[str]


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The assumptions of one file, with their overrides.

    Attributes
    ----------
    values
        Numbers by ``group.name``. The group gives the unit: km/h, hours or km.
    notes
        What each assumption stands for, by the same name.
    sources
        Ids of sources.csv, by the same name. The key of an open border is ``open_borders.`` and its key there.
    open_borders
        ``line:country`` of lines that cross a country without a border control.
    overridden
        Names whose value differs from that of the file.
    """

    values: Mapping[str, float]
    notes: Mapping[str, str]
    sources: Mapping[str, Sequence[str]]
    open_borders: frozenset[str]
    overridden: tuple[str, ...] = ()

    @property
    def cited(self) -> Sequence[str]:
        """All sources that the assumptions name, sorted."""
        return sorted({source for named in self.sources.values() for source in named})

    def __getitem__(self, name: str) -> float:
        """The number of a ``group.name``."""
        return self.values[name]

    def with_overrides(self, overrides: Iterable[str]) -> "Assumptions":
        """These assumptions with new values, each ``group.name=number``.

        Raises
        ------
        UsageError
            If a name is unknown, or a value is not a number above zero.
        """
        values = dict(self.values)
        changed = []
        for text in overrides:
            name, _, value = text.partition("=")
            name = name.strip()
            if name not in values:
                raise UsageError(not_among("error.assumption", name, values))
            try:
                values[name] = _amount(float(value), name)
            except ValueError as error:
                refusal = message("error.assumption.amount", repr(value), name, f"{self.values[name]:g}")
                raise UsageError(refusal) from error
            changed.append(name)
        return dataclasses.replace(self, values=values, overridden=tuple(dict.fromkeys(changed)))

    def as_dict(self) -> Assumed:
        """The numbers by name, and the names of those that were overridden."""
        return {"values": dict(self.values), "overridden": list(self.overridden)}


def _amount(value: float, name: str) -> float:
    """Check a number that somebody gives for an assumption."""
    low, high = LIMITS[name.partition(".")[0]]
    if not low <= value <= high:
        raise ValueError(name)
    return value


def _cited(source: str, info: ValidationInfo) -> str:
    """Ids of sources.csv, separated by ``;``."""
    known = (info.context or {})["sources"]
    for name in _ids(source):
        if name not in known:
            raise unknown(name, known)
    return source


def _ids(source: str) -> list[str]:
    """The ids of sources.csv in a text that separates them by ``;``."""
    return [name.strip() for name in source.split(";")]


@no_other_keys
@dataclass(frozen=True, slots=True)
class _Reason:
    """Why something is assumed."""

    note: Words
    source: Annotated[Words, AfterValidator(_cited)]


@no_other_keys
@dataclass(frozen=True, slots=True)
class _Assumed(_Reason):
    """One assumption."""

    value: Amount


def _limited(group: str) -> AfterValidator:
    """Check that an assumption lies within the limits of its group."""

    def check(entry: _Assumed) -> _Assumed:
        low, high = LIMITS[group]
        if not low <= entry.value <= high:
            raise outside(entry.value, low, high, keys=("value",))
        return entry

    return AfterValidator(check)


_Speed = Annotated[_Assumed, _limited("speeds_kmh")]
_AtBorder = Annotated[_Assumed, _limited("border_hours")]
_Fixed = Annotated[_Assumed, _limited("fixed_hours")]
_Reach = Annotated[_Assumed, _limited("reach_km")]


@no_other_keys
@dataclass(frozen=True, slots=True)
class _Speeds:
    """Kilometres per hour, by mode."""

    rail: _Speed
    road: _Speed
    sea: _Speed
    air: _Speed


@no_other_keys
@dataclass(frozen=True, slots=True)
class _BorderHours:
    """Hours at a border, by mode. Air has none."""

    rail: _AtBorder
    road: _AtBorder
    sea: _AtBorder


@no_other_keys
@dataclass(frozen=True, slots=True)
class _FixedHours:
    """Hours that each of these steps takes."""

    gauge_change: _Fixed
    transfer: _Fixed
    flight: _Fixed


@no_other_keys
@dataclass(frozen=True, slots=True)
class _Reaches:
    """Kilometres within which a place is served."""

    station: _Reach
    port: _Reach
    airport: _Reach
    road: _Reach


def _crossed(borders: dict[str, _Reason], info: ValidationInfo) -> dict[str, _Reason]:
    """Check that the line and the country of each ``line:country`` exist."""
    lines = (info.context or {})["lines"]
    for key in borders if lines is not None else ():
        line, _, country = key.partition(":")
        if line not in lines:
            raise unknown(line, lines, keys=(key,))
        if country not in ALPHA2:
            raise unknown(country, ALPHA2, keys=(key,))
    return borders


@no_other_keys
@dataclass(frozen=True, slots=True)
class _Declared:
    """The file. The name of a group ends in its unit."""

    speeds_kmh: _Speeds
    border_hours: _BorderHours
    fixed_hours: _FixedHours
    reach_km: _Reaches
    open_borders: Annotated[dict[str, _Reason], AfterValidator(_crossed)] = field(default_factory=dict)


def load_assumptions(path: Path, facts: Facts) -> Assumptions:
    """Read the assumptions of a geodata folder. Check their sources and lines against its facts.

    Raises
    ------
    FileError
        If the file cannot be read.
    DeclarationError
        If it is not valid TOML, or its content is not valid.
    """
    lines = [f"{layer}/{row['id']}" for layer, table in LINE_TABLES.items() for row in facts.rows(table)]
    declared = hold(TomlFile.read(path), _Declared, sources=facts.by_id("sources"), lines=None if facts.year else lines)
    assumed: dict[str, _Assumed] = {
        f"{group}.{one.name}": getattr(getattr(declared, group), one.name)
        for group in LIMITS
        for one in fields(getattr(declared, group))
    }
    borders = {f"open_borders.{key}": entry for key, entry in declared.open_borders.items()}
    return Assumptions(
        values={name: entry.value for name, entry in assumed.items()},
        notes={name: entry.note for name, entry in assumed.items()},
        sources={name: _ids(entry.source) for name, entry in (assumed | borders).items()},
        open_borders=frozenset(declared.open_borders),
    )
