"""What the repository declares, for tests that hold for each of it; a map or scenario that is added is tested too."""

import tomllib
from pathlib import Path

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
"""Those that show layers and nothing that is computed."""

SCENARIOS = tuple(_SCENARIOS)
"""Names of the declared scenarios, in their order."""


def name_in(names, language):
    """What facts call something in a language; in one that they do not know, what it is called in English."""
    return names.get(language) or names["en"]
