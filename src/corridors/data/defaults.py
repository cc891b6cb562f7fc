"""The places of the facts, the basemap and the list of maps that come with corridors."""

from importlib.resources import files
from pathlib import Path


def packaged_folder() -> Path:
    """The folder with the package's ``geodata`` and ``maps``, inside a wheel or a checkout."""
    inside = Path(str(files("corridors"))) / "defaults"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[3]
