"""Where the facts, the basemap and the list of maps that come with corridors lie."""

from importlib.resources import files
from pathlib import Path


def packaged_folder() -> Path:
    """The folder with the ``geodata`` and ``maps`` of the package: inside a wheel, or a checkout's own."""
    inside = Path(str(files("corridors"))) / "defaults"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[3]
