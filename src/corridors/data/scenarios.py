"""The scenarios that ``geodata/scenarios.toml`` declares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo

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
    one_of,
    unknown,
    wrong,
)
from corridors.data.facts import Facts
from corridors.data.tables import ROUTE_MODES, USUAL_MODES
from corridors.data.toml_file import Location, TomlFile
from corridors.errors import UsageError, not_among
from corridors.locales import message

LINE_TABLES = {"rail": "rail_lines", "roads": "roads", "ferries": "ferries", "flights": "flights"}
"""Layers of lines that can be opened and closed, and the tables that they are made from."""


@no_other_keys
@dataclass(frozen=True, slots=True)
class ScenarioEntry:
    """One declared scenario.

    Attributes
    ----------
    name
        Its id.
    title
        Its title, by language.
    opened, closed
        Ids of lines, railways, or ``LINE:ISO``; for ``closed`` also of ports.
    between
        The group: ``all``, ``china``, ``central-asia`` or places, separated by ``;``.
    modes
        The modes that may be used.
    by
        What routes minimise.
    """

    name: Name
    title: Translations
    opened: Annotated[tuple[Words, ...], Field(alias="open")] = ()
    closed: Annotated[tuple[Words, ...], Field(alias="close")] = ()
    between: Words = "all"
    modes: Annotated[tuple[Annotated[Words, one_of(ROUTE_MODES)], ...], SOME] = USUAL_MODES
    by: Literal["distance", "time"] = "distance"
    location: Place = field(default=None, compare=False, repr=False)


def _whole(entry: ScenarioEntry, info: ValidationInfo) -> ScenarioEntry:
    """Check a scenario: it opens or closes something, and all its lines and ports exist."""
    if not entry.opened and not entry.closed:
        raise wrong(message("finding.scenario.idle"), message("remedy.scenario.idle"))
    known = (info.context or {})["switchable"]
    for key, names in (("open", entry.opened), ("close", entry.closed)) if known is not None else ():
        for at, name in enumerate(names):
            if name.partition(":")[0] not in known:
                raise unknown(name, known, keys=(key, at))
    return entry


@no_other_keys
@dataclass(frozen=True, slots=True)
class _Declared:
    """The file."""

    scenarios: Annotated[dict[Slug, Annotated[ScenarioEntry, AfterValidator(_whole)]], NAMED_TABLES, SOME]


def load_scenarios(path: Path, facts: Facts, languages: Sequence[str]) -> Mapping[str, ScenarioEntry]:
    """Read the declared scenarios, and check their lines and ports against the facts.

    With facts of another year, scenarios whose lines or ports do not exist then are left out.

    Raises
    ------
    FileError
        If the file cannot be read.
    DeclarationError
        If it is not TOML, or not as it has to be.
    """
    file, known = TomlFile.read(path), _switchable(facts)
    read = hold(file, _Declared, languages=languages, switchable=None if facts.year else known)
    return {
        name: replace(entry, location=Location(file, ("scenarios", name)))
        for name, entry in read.scenarios.items()
        if all(line.partition(":")[0] in known for line in (*entry.opened, *entry.closed))
    }


def _switchable(facts: Facts) -> set[str]:
    """Ids of all lines and ports that can be opened or closed."""
    known = {name for row in facts.rows("ports") for name in (row["id"], f"ports/{row['id']}")}
    for layer, table in LINE_TABLES.items():
        for row in facts.rows(table):
            known |= {row["id"], f"{layer}/{row['id']}"} | ({row["railway"]} if "railway" in row else set())
    return known


def choose_scenario(scenarios: Mapping[str, ScenarioEntry], name: str) -> ScenarioEntry:
    """The scenario with that name.

    Raises
    ------
    UsageError
        If there is none. The message lists the known names.
    """
    if name not in scenarios:
        raise UsageError(not_among("error.scenario", name, scenarios))
    return scenarios[name]
