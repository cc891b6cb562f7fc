"""The declarations of the repository, for tests of each map and scenario. Added ones are tested too."""

import tomllib
from pathlib import Path

from corridors.locales import LANGUAGES

REPOSITORY = Path(__file__).resolve().parents[1]

_MAPS = tomllib.loads((REPOSITORY / "maps" / "atlas.toml").read_text(encoding="utf-8"))["maps"]
_SCENARIOS = tomllib.loads((REPOSITORY / "geodata" / "scenarios.toml").read_text(encoding="utf-8"))["scenarios"]

MAPS = tuple(_MAPS)
"""Names of the declared maps, in their order."""

LAYER_MAPS = tuple(
    name
    for name, entry in _MAPS.items()
    if not entry.get("scenarios") and all(group["layer"] != "corridors" for group in entry["groups"])
)
"""Maps that show layers and nothing computed."""


def _parts(name):
    entry = _MAPS[name]
    layers = {group["layer"] for group in entry["groups"]}
    return "corridors" in layers, *(bool(entry.get(part)) for part in ("planner", "charts", "scenarios", "steps"))


KINDS = tuple({_parts(name): name for name in reversed(MAPS)}.values())[::-1]
"""A map of each kind, for tests of what does not depend on features: the maps of a kind have the same parts."""


def maps_with(part):
    """Names of the maps that declare this part."""
    return {name for name, entry in _MAPS.items() if entry.get(part)}


SCENARIOS = tuple(_SCENARIOS)
"""Names of the declared scenarios, in their order."""


def name_in(names, language):
    """The name of something in a language of the facts; for other languages, its English name."""
    return names.get(language) or names["en"]


def in_turn(*nths):
    """The language for a case that is one of several in some respects, by its numbers: all pairs of these come."""
    return LANGUAGES[sum(nths) % len(LANGUAGES)]
