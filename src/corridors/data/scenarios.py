"""The scenarios that come with the atlas, as ``geodata/scenarios.toml`` declares them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from corridors.data.catalog import load_toml
from corridors.data.facts import Facts
from corridors.data.tables import NAMED, told_in
from corridors.errors import InputError, UsageError, not_among

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LINE_TABLES = {"rail": "rail_lines", "roads": "roads", "ferries": "ferries", "flights": "flights"}
"""Layers of lines that can be opened and closed, and the tables that they are made of."""

MODES = ("rail", "road", "sea", "air")
WAYS: tuple[Literal["distance"], Literal["time"]] = ("distance", "time")
KEYS = ("title", "open", "close", "between", "modes", "by")


@dataclass(frozen=True, slots=True)
class ScenarioEntry:
    """One declared scenario.

    Attributes
    ----------
    name
        Its id.
    title
        What it is called, by language.
    opened, closed
        Ids of lines, railways, ``LINE:ISO``; for ``closed`` also of ports.
    between
        The group: ``all``, ``china``, ``central-asia`` or places, with ``;`` between.
    modes
        The modes that may be used.
    by
        What ways make least.
    """

    name: str
    title: Mapping[str, str]
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    between: str = "all"
    modes: tuple[str, ...] = ("rail", "sea")
    by: Literal["distance", "time"] = "distance"


def load_scenarios(path: Path, facts: Facts, languages: Sequence[str]) -> Mapping[str, ScenarioEntry]:
    """Read the declared scenarios and hold their lines and ports against the facts.

    Raises
    ------
    FileError
        Where the file cannot be read.
    InputError
        Where it is not TOML, a scenario lacks something, or names what the facts do not have.
    """
    raw = load_toml(path).get("scenarios")
    if not isinstance(raw, dict) or not raw:
        raise InputError(f"{path}: no scenario is declared. Remedy: add a table such as [scenarios.line-open].")
    known = _switchable(facts)
    found = {}
    for name, entry in raw.items():
        place = f"{path}: [scenarios.{name}]"
        if not NAME.fullmatch(name):
            raise InputError(f"{place}: not a name. Remedy: use lower-case letters, digits and hyphens.")
        if not isinstance(entry, dict) or not set(entry) <= set(KEYS):
            odd = ", ".join(sorted(set(entry) - set(KEYS))) if isinstance(entry, dict) else "not a table"
            raise InputError(f"{place}: {odd}: there is no such key. Remedy: use {', '.join(KEYS)}.")
        found[name] = _entry(name, entry, place, languages)
        for given in (*found[name].opened, *found[name].closed):
            if given.partition(":")[0] not in known:
                close = get_close_matches(given, known, n=1)
                hint = f" Did you mean {close[0]}?" if close else ""
                raise InputError(f"{place}: the facts have no {given!r}.{hint} Remedy: name a line, railway or port.")
    return found


def _switchable(facts: Facts) -> set[str]:
    """Ids of all that can be opened or closed."""
    known = {name for row in facts.rows("ports") for name in (row["id"], f"ports/{row['id']}")}
    for layer, table in LINE_TABLES.items():
        for row in facts.rows(table):
            known |= {row["id"], f"{layer}/{row['id']}"} | ({row["railway"]} if "railway" in row else set())
    return known


def _entry(name: str, entry: Mapping[str, Any], place: str, languages: Sequence[str]) -> ScenarioEntry:
    """One scenario, each value of the kind that it has to be."""
    title = entry.get("title")
    wanted = [language for language in languages if language in NAMED]
    if not isinstance(title, dict) or any(not isinstance(title.get(language), str) for language in wanted):
        raise InputError(f"{place}: title: not told in every language. Remedy: give {', '.join(wanted)}.")
    lists = {key: entry.get(key, []) for key in ("open", "close", "modes")}
    for key, value in lists.items():
        if not isinstance(value, list) or any(not isinstance(word, str) or not word for word in value):
            raise InputError(f'{place}: {key}: not a list of names. Remedy: write {key} = ["…"].')
    if not lists["open"] and not lists["close"]:
        raise InputError(f'{place}: nothing is opened or closed. Remedy: write open = ["LINE"] or close = ["LINE"].')
    for word in lists["modes"]:
        if word not in MODES:
            raise InputError(f"{place}: modes: {word!r} is unknown. Remedy: use {', '.join(MODES)}.")
    by, between = entry.get("by", "distance"), entry.get("between", "all")
    if by not in WAYS:
        raise InputError(f"{place}: by: {by!r} is unknown. Remedy: use {' or '.join(WAYS)}.")
    if not isinstance(between, str) or not between.strip():
        raise InputError(f"{place}: between: no group. Remedy: use all, china, central-asia, or places with ; between.")
    return ScenarioEntry(
        name=name,
        title={language: told_in(title, language) for language in languages},
        opened=tuple(lists["open"]),
        closed=tuple(lists["close"]),
        between=between,
        modes=tuple(lists["modes"]) or ("rail", "sea"),
        by=by,
    )


def choose_scenario(scenarios: Mapping[str, ScenarioEntry], name: str) -> ScenarioEntry:
    """The scenario of a name.

    Raises
    ------
    UsageError
        Where there is none; the message lists those that there are.
    """
    if name not in scenarios:
        raise UsageError(not_among("error.scenario", name, scenarios))
    return scenarios[name]
