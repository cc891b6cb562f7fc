"""The catalogue: the atlas, its layers, the data sets that the layers come from, and their licences."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, ValidationInfo

from corridors.data.alignments import Alignments
from corridors.data.declared import hold
from corridors.data.declared_values import (
    NAMED_TABLES,
    SOME,
    Address,
    Checksum,
    Color,
    Day,
    Link,
    Name,
    Slug,
    Words,
    having,
    no_other_keys,
    no_such,
    one_of,
    unknown,
    use_one_of,
    within,
    wrong,
)
from corridors.data.kinds import Kind, KindName, Titles, whole_kind
from corridors.data.tables import LAYERS, TABLES
from corridors.data.toml_file import Location, TomlFile
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES, message, translations

BASEMAP = "natural-earth"
"""The data set under every map."""


@no_other_keys
@dataclass(frozen=True, slots=True)
class LayerEntry:
    """One layer, as the catalogue describes it.

    Attributes
    ----------
    name
        The layer's id and the stem of its file.
    title
        Its content, in English.
    tables
        The fact tables that it is made from.
    datasets
        Ids of the data sets that its positions and figures come from.
    licence, credit
        The licence under which it is published, and its line of credit.
    precision
        How exact its geometry is, in words, by language.
    first
        Ids of its features that get their name on a map before all others.
    """

    name: Name
    title: Words
    tables: Annotated[tuple[Annotated[Words, one_of(TABLES)], ...], SOME]
    datasets: Annotated[tuple[Words, ...], SOME]
    licence: Words
    credit: Words
    precision: Titles
    first: tuple[Words, ...] = ()


@no_other_keys
@dataclass(frozen=True, slots=True)
class Ribbon:
    """How a corridor is drawn.

    Attributes
    ----------
    color
        Its colour in the light theme.
    lane
        Its place beside other corridors on the same line, counted to the right of its direction.
    """

    color: Color
    lane: Annotated[int, within(-9, 9, whole=True)]


@no_other_keys
@dataclass(frozen=True, slots=True)
class Dataset:
    """One data set that the atlas is compiled from.

    ``credit`` is its short credit line on the maps. ``layers`` names layers that it was imported into.
    """

    name: Name
    credit: Words
    title: Words
    producer: Words
    licence: Words
    url: Address
    accessed: Day
    precision: Words
    layers: tuple[Words, ...] = ()


@no_other_keys
@dataclass(frozen=True, slots=True)
class Download:
    """A file of a publisher that ``corridors fetch`` gets. Exactly one of ``sha256`` and ``fresh_days`` is given.

    Attributes
    ----------
    name
        Its id.
    title, producer, licence, credit
        What it is, who made it, its licence, and its credit line on maps.
    url
        Its address, http or https.
    at_most_mb
        A larger file is refused, in millions of bytes.
    sha256
        The checksum of a file that never changes.
    fresh_days
        For a file that its publisher renews: after so many days a copy is renewed too.
    """

    name: Name
    title: Words
    producer: Words
    licence: Words
    credit: Words
    url: Link
    at_most_mb: Annotated[int, within(1, 1_000_000, whole=True)]
    sha256: Checksum | None = None
    fresh_days: Annotated[int | None, within(1, 36_500, whole=True)] = None


Described = TypeVar("Described", LayerEntry, Kind)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The catalogue of one geodata folder.

    Attributes
    ----------
    as_of
        The atlas shows the state on this date (ISO 8601).
    ribbons
        How corridors are drawn, by id. Others take the looks that are left, in this order.
    layers
        The layers, those of declared kinds last.
    downloads
        Files of publishers, by id.
    kinds
        Kinds of layers that are declared here.
    """

    as_of: str
    layers: Mapping[str, LayerEntry]
    datasets: Mapping[str, Dataset]
    ribbons: Mapping[str, Ribbon]
    downloads: Mapping[str, Download] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)

    def layer_title(self, layer: str) -> Mapping[str, str]:
        """The name of a layer by language."""
        return self.kinds[layer].title if layer in self.kinds else translations(f"layer.{layer}")


@no_other_keys
@dataclass(frozen=True, slots=True)
class _Atlas:
    """The table ``[atlas]``."""

    as_of: Day


def _known_datasets(layers: dict[str, Described], info: ValidationInfo) -> dict[str, Described]:
    """Check that the data sets of all layers exist."""
    datasets = info.data.get("datasets", ())
    for name, entry in layers.items() if datasets else ():
        for at, dataset in enumerate(entry.datasets):
            if dataset not in datasets:
                raise unknown(dataset, datasets, keys=(name, "datasets", at))
    return layers


def _one_rule(downloads: dict[str, Download]) -> dict[str, Download]:
    """Check that each download has a checksum or a number of days."""
    for name, one in downloads.items():
        if (one.sha256 is None) == (one.fresh_days is None):
            raise wrong(message("finding.download.rule"), message("remedy.download.rule"), keys=(name,))
    return downloads


@no_other_keys
@dataclass(frozen=True, slots=True)
class _Declared:
    """The file. Later fields are checked against earlier ones."""

    atlas: _Atlas
    datasets: Annotated[dict[Slug, Dataset], NAMED_TABLES, having((BASEMAP,))]
    layers: Annotated[
        dict[Annotated[str, one_of(LAYERS)], LayerEntry], NAMED_TABLES, having(LAYERS), AfterValidator(_known_datasets)
    ]
    kinds: Annotated[
        dict[KindName, Annotated[Kind, AfterValidator(whole_kind)]], NAMED_TABLES, AfterValidator(_known_datasets)
    ] = field(default_factory=dict)
    ribbons: dict[Slug, Ribbon] = field(default_factory=dict)
    downloads: Annotated[dict[Slug, Download], NAMED_TABLES, AfterValidator(_one_rule)] = field(default_factory=dict)


def load_catalog(geodata: Path, more: str = "") -> Catalog:
    """Read ``catalog.toml`` of a geodata folder, with more text after its own.

    Raises
    ------
    FileError
        If it cannot be read.
    DeclarationError
        If it is not valid TOML, or its content is not valid.
    """
    file = TomlFile.read(geodata / "catalog.toml", more)
    read = hold(file, _Declared, languages=LANGUAGES)
    kinds = {name: replace(kind, location=Location(file, ("kinds", name))) for name, kind in read.kinds.items()}
    layers = read.layers | {name: _entry(kind) for name, kind in kinds.items()}
    for dataset in read.datasets.values():
        for nth, layer in enumerate(dataset.layers):
            if layer not in layers:
                place = Location(file, ("datasets", dataset.name))
                raise place.fault(("layers", nth), no_such(layer), use_one_of(layer, layers))
            layers[layer] = _with_dataset(layers[layer], dataset.name)
    return Catalog(read.atlas.as_of, layers, read.datasets, read.ribbons, read.downloads, kinds)


def _entry(kind: Kind) -> LayerEntry:
    """A kind as an entry of the catalogue."""
    title = kind.title[DEFAULT_LANGUAGE]
    return LayerEntry(kind.name, title, (), kind.datasets, kind.licence, kind.credit, kind.precision)


def _with_dataset(entry: LayerEntry, dataset: str) -> LayerEntry:
    """An entry with a data set more, if it lacks it."""
    return entry if dataset in entry.datasets else replace(entry, datasets=(*entry.datasets, dataset))


def credit_tracks(catalog: Catalog, alignments: Mapping[str, Alignments]) -> Catalog:
    """The catalogue, in which each layer also credits the tracks that its lines are drawn along."""
    layers, datasets = dict(catalog.layers), dict(catalog.datasets)
    for layer in sorted(alignments.keys() & layers.keys()):
        for origin in dict.fromkeys(alignments[layer].origins.values()):
            entry, name = layers[layer], f"tracks-{layer}-{len(datasets)}"
            credit = f"{origin.credit} ({origin.licence})"
            if any(origin.credit in datasets[one].credit for one in entry.datasets):
                continue
            precision = "as each alignment states"
            datasets[name] = Dataset(
                name,
                f"{origin.credit} ({origin.licence})",
                origin.tracks,
                origin.credit,
                origin.licence,
                "",
                "",
                precision,
            )
            credit = f"{entry.credit}; {origin.credit}, {origin.licence}"
            layers[layer] = replace(entry, datasets=(*entry.datasets, name), credit=credit)
    return replace(catalog, layers=layers, datasets=datasets)
