"""What routes assume: speeds, hours at borders and breaks of gauge, and how far a transfer reaches."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corridors.data.catalog import load_toml
from corridors.errors import InputError, UsageError, not_among
from corridors.locales import message

GROUPS = {
    "speeds_kmh": ("rail", "road", "sea", "air"),
    "border_hours": ("rail", "road", "sea"),
    "fixed_hours": ("gauge_change", "transfer", "flight"),
    "reach_km": ("station", "port", "airport", "road"),
}
"""The assumptions that there must be, by group; a group's name ends in the unit."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The assumptions of one file, with what was overridden.

    Attributes
    ----------
    values
        Numbers by ``group.name``; the unit stands in the group: km/h, hours, km.
    notes
        What each stands for, by the same name.
    sources
        Ids of sources.csv, by the same name; those of open borders by ``open_borders.`` and their key.
    open_borders
        ``line:country`` of lines that cross a country without a border control.
    overridden
        Names whose value is not that of the file.
    """

    values: Mapping[str, float]
    notes: Mapping[str, str]
    sources: Mapping[str, Sequence[str]]
    open_borders: frozenset[str]
    overridden: tuple[str, ...] = ()

    @property
    def cited(self) -> Sequence[str]:
        """Every source that an assumption names, sorted."""
        return sorted({source for named in self.sources.values() for source in named})

    def __getitem__(self, name: str) -> float:
        """The number of a ``group.name``."""
        return self.values[name]

    def with_overrides(self, overrides: Iterable[str]) -> "Assumptions":
        """These assumptions with others in their place, each ``group.name=number``.

        Raises
        ------
        UsageError
            Where a name is unknown, or the value is not a number above zero.
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
                told = message("error.assumption.amount", repr(value), name, f"{self.values[name]:g}")
                raise UsageError(told) from error
            changed.append(name)
        return dataclasses.replace(self, values=values, overridden=tuple(dict.fromkeys(changed)))

    def as_dict(self) -> dict[str, object]:
        """The numbers by name, and which of them were overridden."""
        return {"values": dict(self.values), "overridden": list(self.overridden)}


def _amount(value: float, name: str) -> float:
    """A number that an assumption can have: finite, and above zero, or not below where it is hours."""
    if not value < float("inf") or value < 0 or (value == 0 and "hours" not in name):
        raise ValueError(name)
    return value


def _ids(entry: Mapping[str, str]) -> list[str]:
    """The ids of sources.csv that an entry names, with ``;`` between."""
    return [name.strip() for name in str(entry["source"]).split(";")]


def load_assumptions(path: Path) -> Assumptions:
    """Read the assumptions of a geodata folder.

    Raises
    ------
    FileError
        Where the file cannot be read.
    InputError
        Where it is not TOML, or an assumption is missing or no number above zero.
    """
    raw = load_toml(path)
    values, notes, sources = {}, {}, {}
    for group, names in GROUPS.items():
        for name in names:
            key = f"{group}.{name}"
            try:
                entry = raw[group][name]
                values[key] = _amount(float(entry["value"]), key)
                notes[key], sources[key] = str(entry["note"]), _ids(entry)
            except (KeyError, TypeError, ValueError) as error:
                remedy = f'write {name} = {{ value = 1.0, note = "…", source = "…" }} under [{group}]'
                raise InputError(f"{path}: {key}: missing, or no number above zero. Remedy: {remedy}.") from error
    unknown = sorted(
        f"{group}.{name}"
        for group, entries in raw.items()
        if group != "open_borders"
        for name in (entries if isinstance(entries, dict) else [""])
        if name not in GROUPS.get(group, ())
    )
    if unknown:
        raise InputError(f"{path}: {unknown[0]}: there is no such assumption. Remedy: use one of {', '.join(values)}.")
    borders = raw.get("open_borders", {})
    if not isinstance(borders, dict):
        raise InputError(f"{path}: open_borders: not a table. Remedy: write it as [open_borders].")
    for key, entry in borders.items():
        try:
            sources[f"open_borders.{key}"] = _ids(entry)
        except (KeyError, TypeError) as error:
            remedy = f'write "{key}" = {{ note = "…", source = "…" }}'
            raise InputError(f"{path}: open_borders: {key!r} has no source. Remedy: {remedy}.") from error
    return Assumptions(values, notes, sources, frozenset(borders))
