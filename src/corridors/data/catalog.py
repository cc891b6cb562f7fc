"""The catalogue: what the atlas is, which layers it has, which data sets they come from, under which licence."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corridors.errors import FileError, InputError
from corridors.locales import message


@dataclass(frozen=True, slots=True)
class LayerEntry:
    """One layer as the catalogue tells of it.

    Attributes
    ----------
    name
        The layer's id and the stem of its file.
    title
        What it holds, in English.
    tables
        The fact tables that it is made of.
    datasets
        Ids of the data sets that its positions and figures come from.
    licence, credit
        Under which licence, and with which line of credit, it is published.
    precision
        In words, how near its geometry is to the ground.
    """

    name: str
    title: str
    tables: tuple[str, ...]
    datasets: tuple[str, ...]
    licence: str
    credit: str
    precision: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """One data set that the atlas is compiled from; ``credit`` is its short line on the maps."""

    name: str
    credit: str
    title: str
    producer: str
    licence: str
    url: str
    accessed: str
    precision: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """The catalogue of one geodata folder.

    Attributes
    ----------
    as_of
        The date (ISO 8601) whose state the atlas shows.
    frame
        West, south, east and north edge of the atlas in degrees, EPSG:4326.
    """

    as_of: str
    frame: tuple[float, float, float, float]
    layers: Mapping[str, LayerEntry]
    datasets: Mapping[str, Dataset]


def load_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises
    ------
    FileError
        Where it cannot be read.
    InputError
        Where it is not TOML; the message names line and column.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileError(message("error.file.lost", str(path), error.strerror)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not readable as TOML: {error}. Remedy: correct the file at that place.") from error


def load_catalog(geodata: Path) -> Catalog:
    """Read ``catalog.toml`` of a geodata folder.

    Raises
    ------
    FileError
        Where it cannot be read.
    InputError
        Where it is not TOML, or an entry lacks a key.
    """
    path = geodata / "catalog.toml"
    raw = load_toml(path)
    try:
        west, south, east, north = (float(edge) for edge in raw["atlas"]["frame"])
        datasets = {name: Dataset(name=name, **entry) for name, entry in raw["datasets"].items()}
        layers = {
            name: LayerEntry(
                name=name,
                **(entry | {"tables": tuple(entry["tables"]), "datasets": tuple(entry["datasets"])}),
            )
            for name, entry in raw["layers"].items()
        }
        catalog = Catalog(str(raw["atlas"]["as_of"]), (west, south, east, north), layers, datasets)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{path}: an entry is incomplete or has an unknown key: {error}. Remedy: give [atlas] as_of and frame, and "
            "each layer and data set the keys that the others have.",
        ) from error
    for layer in layers.values():
        for name in layer.datasets:
            if name not in datasets:
                raise InputError(
                    f"{path}: layer {layer.name!r} names the data set {name!r}, which is not there. Remedy: add "
                    f"[datasets.{name}], or correct the name.",
                )
    return catalog
