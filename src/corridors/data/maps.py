"""The maps of the atlas, as ``maps/atlas.toml`` declares them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corridors.data.catalog import load_toml
from corridors.data.tables import told_in
from corridors.errors import InputError, UsageError, not_among

MAP_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PAGES = ("index", "claims")
"""Pages of the atlas that are no maps."""

PLACE = re.compile(r"\{(\w+)\}")
"""Where a statement has a number put in."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a map's legend: a layer, split into classes.

    Attributes
    ----------
    layer
        The layer.
    by
        The property that its classes are told apart by.
    open
        Whether the group starts unfolded.
    off
        Classes that start switched off.
    """

    layer: str
    by: str
    open: bool = False
    off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MapEntry:
    """One map of the atlas.

    Attributes
    ----------
    name
        Its id and the stem of its file.
    title, statement
        What it says, by language; ``{name}`` in a statement stands for a number.
    bounds
        West, south, east and north edge of its opening view in degrees, EPSG:4326.
    narrow
        The same for a window that is taller than wide; ``bounds`` where none is given.
    groups
        The groups of its legend, from above.
    filters
        Properties whose values the legend lets one choose from.
    planner
        Whether the page plans routes over the network.
    scenarios
        Whether the page shows the declared scenarios, before and after.
    numbers
        The measures that the statement quotes: ``name``, ``by``, ``digits``; a language may have a ``factor``.
    """

    name: str
    title: Mapping[str, str]
    statement: Mapping[str, str]
    bounds: tuple[float, float, float, float]
    narrow: tuple[float, float, float, float]
    groups: Sequence[Group]
    filters: tuple[str, ...]
    numbers: Mapping[str, Mapping[str, Any]]
    planner: bool = False
    scenarios: bool = False


def load_maps(path: Path, languages: Sequence[str]) -> Mapping[str, MapEntry]:
    """Read the declared maps.

    Raises
    ------
    FileError
        Where the file cannot be read.
    InputError
        Where it is not TOML, or a map lacks a key, a language or has an unknown key.
    """
    raw = load_toml(path).get("maps")
    maps = {}
    for name, entry in raw.items() if isinstance(raw, dict) else ():
        if not MAP_NAME.fullmatch(name) or name in PAGES:
            raise InputError(
                f"{path}: [maps.{name}]: this cannot be the name of a map, which is that of its file too. Remedy: use "
                f"lower-case letters, digits and hyphens, and not {' or '.join(PAGES)}.",
            )
        try:
            west, south, east, north = (float(edge) for edge in entry["bounds"])
            left, bottom, right, top = (float(edge) for edge in entry.get("narrow", entry["bounds"]))
            maps[name] = MapEntry(
                name=name,
                title={language: told_in(entry["title"], language) for language in languages},
                statement={language: told_in(entry["statement"], language) for language in languages},
                bounds=(west, south, east, north),
                narrow=(left, bottom, right, top),
                groups=[Group(**(group | {"off": tuple(group.get("off", ()))})) for group in entry["groups"]],
                filters=tuple(entry.get("filters", ())),
                numbers={
                    key: number | {"name": number["name"], "by": number["by"], "digits": int(number["digits"])}
                    for key, number in entry.get("numbers", {}).items()
                },
                planner=_yes_or_no(entry.get("planner", False)),
                scenarios=_yes_or_no(entry.get("scenarios", False)),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"{path}: [maps.{name}]: incomplete or unknown key: {error}. Remedy: give title and statement in "
                f"{', '.join(languages)}, bounds of four numbers, groups of layer, by, open, off, "
                "and numbers of name, by, digits.",
            ) from error
        quoted = {word for text in maps[name].statement.values() for word in PLACE.findall(text)}
        if quoted != set(maps[name].numbers):
            odd = ", ".join(sorted(quoted ^ set(maps[name].numbers)))
            raise InputError(
                f"{path}: [maps.{name}]: {odd} stands in the statement or under numbers alone. Remedy: declare each "
                "{name} of the statement under numbers, and no other.",
            )
    if not maps:
        raise InputError(f"{path}: no map is declared. Remedy: add a table such as [maps.overview].")
    return maps


def _yes_or_no(value: object) -> bool:
    """A value that is true or false, and nothing that only looks so."""
    if not isinstance(value, bool):
        raise TypeError(f"planner is {value!r}, not true or false")
    return value


def choose_maps(maps: Mapping[str, MapEntry], names: Sequence[str]) -> list[MapEntry]:
    """The named maps, or all where none is named.

    Raises
    ------
    UsageError
        Where a name is unknown; the message lists those that there are.
    """
    for name in names:
        if name not in maps:
            raise UsageError(not_among("error.map", name, maps))
    return [maps[name] for name in dict.fromkeys(names)] if names else list(maps.values())
