"""Files of any vector format into an atlas: rows of a fact table, or features of a declared kind, with their source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from shapely import Point
from shapely.geometry.base import BaseGeometry

from corridors.app.engines import Engine, SingleProcess
from corridors.app.vector_files import each_part
from corridors.content.osm_kinds import OSM_KINDS, osm_declaration
from corridors.data.catalog import Catalog, load_catalog
from corridors.data.downloads import Cache, cache_folder, today
from corridors.data.facts import load_facts
from corridors.data.findings import Finding
from corridors.data.import_merge import Change, Merge
from corridors.data.import_rows import Mapped, mapped_rows
from corridors.data.import_targets import KindTarget, TableTarget, Target, file_text
from corridors.data.imported import cell_text
from corridors.data.kinds import TAKEN
from corridors.data.osm import read_osm
from corridors.data.provenance import Provenance, catalog_text, find_provenance, sources_text
from corridors.data.tables import POINT_TABLES, SLUG
from corridors.data.vector_features import BadFeature
from corridors.data.vector_files import AS_WRITTEN, Reading, VectorPart, read_part
from corridors.data.whole_file import write_all
from corridors.errors import UsageError, not_among
from corridors.geo.countries import NOWHERE, parts_by_country
from corridors.layers.countries import read_outlines
from corridors.locales import message
from corridors.measures.where import choose

USUAL: Final = {"status": "operational", "confidence": "medium"}
"""Values that a new row has if nothing else is said."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How features become rows.

    Attributes
    ----------
    layer
        A layer of points of the facts, or a declared kind.
    columns
        The column of the files for a column of the layer.
    constants
        The text that all cells of a column get.
    where
        A condition on the columns of the files.
    source, licence, producer
        The id of the source, and what is not known of it yet. Without an id, the files are declared downloads.
    reading
        How files are read. If bad features are skipped, features with faults are left out and listed too.
    cache
        The cache folder of downloads.
    osm
        What to take from files of OpenStreetMap: ``railways``, ``stations`` or ``roads``.
    declare
        Declare the layer in the catalogue if it lacks one: as the kind of what ``osm`` takes.
    """

    layer: str
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    where: str | None = None
    source: str | None = None
    licence: str | None = None
    producer: str | None = None
    reading: Reading = AS_WRITTEN
    cache: Path | None = None
    osm: str | None = None
    declare: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    Attributes
    ----------
    changes
        The changes, in the order of the files.
    counts
        How many features are added, changed, unchanged, repeated in the files, and left out.
    faults
        Faults, for which nothing can be written.
    left_out
        Faults of features that are left out.
    files
        The new content of the files that change.
    skipped
        The features of the files that cannot be used and are left out.
    declared
        The column that gives the classes of a layer that is newly declared, or ``kind``; None for other layers.
    """

    changes: Sequence[Change]
    counts: Mapping[str, int]
    faults: Sequence[Finding]
    left_out: Sequence[Finding]
    files: Mapping[Path, bytes]
    skipped: Sequence[BadFeature]
    declared: str | None = None

    def write(self) -> list[Path]:
        """Write the files, all or none."""
        write_all(self.files)
        return list(self.files)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of each part of the files: the rows of a target."""

    wanted: Sequence[str]
    options: ImportOptions
    source: str
    outlines: Mapping[str, BaseGeometry]


def plan_import(files: Sequence[Path], geodata: Path, options: ImportOptions, engine: Engine | None = None) -> Plan:
    """Find out what an import changes. Nothing is written.

    Parameters
    ----------
    files
        Files as :func:`corridors.data.vector_files.read_vectors` reads them, or of OpenStreetMap.
    geodata
        The folder of the atlas.
    options
        How features become rows.
    engine
        What reads the parts of the files and finds the countries of their features; without it, this process.

    Raises
    ------
    UsageError
        If the layer cannot be imported into, a column does not exist, or the source's licence is not known.
    InputError
        If a file cannot be used.
    FileError
        If a file cannot be read.
    """
    declaration = _declaration(load_catalog(geodata), options)
    catalog = load_catalog(geodata, declaration)
    kind = catalog.kinds.get(options.layer)
    if kind is None and options.layer not in POINT_TABLES:
        raise _no_target(catalog, options)
    facts = load_facts(geodata)
    source = _source(files, catalog, facts.by_id("sources"), options)
    target = KindTarget(geodata, kind) if kind else TableTarget(geodata, options.layer)
    asked = _Asked(list(target.table.columns), options, source.id, read_outlines(geodata / "basemap", world=True))
    merged = Merge(target, source.id)
    skipped: list[BadFeature] = []
    for _, (rows, bad) in each_part(files, _rows, asked, engine or SingleProcess()):
        skipped += bad
        for row, codes in rows:
            merged.add(*_filled(row, codes, target, source.id))
    faults, left_out = ([], merged.findings) if options.reading.skip_bad else (merged.findings, [])
    texts: dict[Path, str] = {}
    if merged.changes and not faults:
        sources = geodata / "facts" / "sources.csv"
        texts[sources] = sources_text(file_text(sources), source)
        texts[target.path], faults = target.written(merged.rows, texts[sources])
        texts[geodata / "catalog.toml"] = catalog_text(
            geodata / "catalog.toml", catalog, source, options.layer, declaration
        )
    new = {path: text.encode() for path, text in texts.items() if not faults and text != file_text(path)}
    declared = OSM_KINDS[options.osm].by if options.osm and declaration else None
    return Plan(merged.changes, merged.counts, faults, left_out, new, skipped, declared)


def _declaration(catalog: Catalog, options: ImportOptions) -> str:
    """The declaration of a layer that the catalogue lacks, if it is wanted; else an empty text."""
    name = options.layer
    if not options.declare or name in catalog.kinds:
        return ""
    if not options.osm:
        raise UsageError(message("error.import.declare"))
    if name in TAKEN or not SLUG.fullmatch(name):
        raise UsageError(message("error.import.layer_name", repr(name), f"osm-{options.osm}"))
    return osm_declaration(name, options.osm)


def _no_target(catalog: Catalog, options: ImportOptions) -> UsageError:
    """The error of a layer that files cannot be imported into, with what can be done instead."""
    name, built = options.layer, options.layer in catalog.layers
    known = [*catalog.kinds, *POINT_TABLES]
    if options.osm and built:
        remedy = f"--layer osm-{options.osm} --declare"
        return UsageError(message("error.import.tracks", repr(name), remedy))
    if options.osm:
        return UsageError(message("error.import.undeclared", repr(name), known))
    return UsageError(not_among("error.import.lines" if built else "error.layer", name, known))


def _source(
    files: Sequence[Path],
    catalog: Catalog,
    rows: Mapping[str, Mapping[str, object]],
    options: ImportOptions,
) -> Provenance:
    """The source of some files: the named one, or the download that they are."""
    cache = Cache(cache_folder(options.cache))
    copies = {name: cache.copy(one) for name, one in catalog.downloads.items()}
    by_path = {copy.path.resolve(): name for name, copy in copies.items()}
    named = options.source or by_path.get(files[0].resolve())
    if named is None:
        raise UsageError(message("error.import.source"))
    entry = catalog.layers[options.layer]
    return find_provenance(
        named,
        catalog,
        rows,
        licence=options.licence,
        producer=options.producer,
        title=f"{entry.title}: {', '.join(path.name for path in files)}",
        day=today().isoformat(),
        fetched={name: copy.fetched for name, copy in copies.items()},
    )


def _rows(part: VectorPart, asked: _Asked) -> tuple[list[tuple[Mapped, list[str]]], list[BadFeature]]:
    """The rows of a part with their countries, and the features that were left out."""
    options = asked.options
    layers = [read_osm(part.path, options.osm)] if options.osm else read_part(part, options.reading)
    rows = [
        row
        for layer in layers
        for row in mapped_rows(
            choose(layer.frame, options.where) if options.where else layer.frame,
            asked.wanted,
            columns=options.columns,
            constants=options.constants,
            source=asked.source,
        )
    ]
    skipped = [feature for layer in layers for feature in layer.skipped]
    return list(zip(rows, _countries(rows, asked.outlines), strict=True)), skipped


def _filled(row: Mapped, codes: Sequence[str], target: Target, source: str) -> tuple[Mapped, dict[str, str]]:
    """A row with its position, and what is known of a new feature without the file."""
    shape = row.geometry
    placed = {}
    if isinstance(shape, Point) and not shape.is_empty:
        placed = {"lon": cell_text(shape.x), "lat": cell_text(shape.y)}
    usual = {
        **USUAL,
        "source": source,
        "country": ";".join(codes if target.table.columns["country"].many else codes[:1]),
        "geometry_basis": "point" if placed else "digitised",
        "name_en": target.name,
    }
    return Mapped({name: cell or placed.get(name, "") for name, cell in row.cells.items()}, shape), usual


def _countries(rows: Sequence[Mapped], outlines: Mapping[str, BaseGeometry]) -> list[list[str]]:
    """The countries of each geometry, in alphabetical order; none at sea or beyond the basemap."""
    found: list[list[str]] = [[] for _ in rows]
    shapes = np.array([row.geometry for row in rows], dtype=object)
    for part in parts_by_country(shapes, outlines):
        if part.country != NOWHERE:
            for owner in part.owners:
                found[owner].append(part.country)
    return found
