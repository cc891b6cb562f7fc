"""corridors: an open atlas of the land and air corridors between China, Central Asia and Europe.

The public names are imported when they are first used, so that ``import corridors`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corridors.app.api import OpenAtlas, load
    from corridors.app.build import build
    from corridors.app.explore import explore
    from corridors.errors import CorridorsError, FileError, InputError, UsageError
    from corridors.web.map import CorridorMap

__all__ = [
    "CorridorMap",
    "CorridorsError",
    "FileError",
    "InputError",
    "OpenAtlas",
    "UsageError",
    "build",
    "explore",
    "load",
]

__version__ = "0.1.0"

_ROOMS = {
    "CorridorMap": "corridors.web.map",
    "CorridorsError": "corridors.errors",
    "FileError": "corridors.errors",
    "InputError": "corridors.errors",
    "UsageError": "corridors.errors",
    "OpenAtlas": "corridors.app.api",
    "build": "corridors.app.build",
    "explore": "corridors.app.explore",
    "load": "corridors.app.api",
}


def __getattr__(name: str) -> object:
    """Import a public name from its module."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'corridors' has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted({*__all__, "__version__"})
