"""An atlas to lists for users: its layers, their measures, and the faults in them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

from corridors.app.audit import audit
from corridors.app.build import Folders
from corridors.app.source_audit import source_notes
from corridors.claims.assertions import Assessor, unfounded, unfounded_messages
from corridors.claims.verdicts import Claim, tally
from corridors.content.context import Context
from corridors.content.load import check_all_claims, facts_to_context, load, with_maps
from corridors.data.catalog import load_catalog
from corridors.data.facts import Facts, check_table, load_facts, read_facts
from corridors.data.findings import Finding
from corridors.data.geojson import geojson_text
from corridors.data.geojson_check import check_geojson
from corridors.data.imported import file_findings
from corridors.data.maps import load_maps
from corridors.data.scenarios import load_scenarios
from corridors.data.tables import TABLES
from corridors.data.toml_file import DeclarationError
from corridors.data.whole_file import write_own
from corridors.data.years import check_year
from corridors.errors import FileError, UsageError, not_among
from corridors.layers.countries import read_outlines
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES, Message, message, messages, rounded
from corridors.measures.measure import Measure, sources_of
from corridors.measures.selection import columns_of, selectable
from corridors.measures.statistics import COLUMNS, choose_parts, layer_statistics
from corridors.measures.where import names_in
from corridors.network.assumptions import load_assumptions
from corridors.network.graph import Network
from corridors.network.topology import check_topology
from corridors.text.measures import wide_rows
from corridors.text.output import FOR_PEOPLE, Format, rows_text
from corridors.text.workbook import workbook_bytes

if TYPE_CHECKING:
    import geopandas as gpd

STATISTICS_FORMS: Mapping[str, Format | Literal["xlsx"]] = {
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".json": "json",
    ".md": "md",
    ".txt": "table",
}
"""The format of a file of statistics, by the suffix of its name."""


def layer_rows(context: Context) -> list[dict[str, object]]:
    """One row for each layer, with its size, precision, sources and licence."""
    rows: list[dict[str, object]] = []
    for name, frame in context.layers.items():
        km = context.measures.find("track_km", layer=name) or context.measures.find("measured_km", layer=name)
        accuracy = frame["accuracy_m"].dropna()
        rows.append(
            {
                "layer": name,
                "title": context.catalog.layers[name].title,
                "geometry": "/".join(sorted(set(frame.geometry.geom_type))),
                "features": len(frame),
                "km": int(rounded(km.value)) if km else None,
                "sources": len(sources_of(frame["source"])),
                "accuracy_km": float(accuracy.median()) / 1000 if len(accuracy) else None,
                "low_confidence": int((frame["confidence"] == "low").sum()),
                "licence": context.catalog.layers[name].licence,
                "precision": context.catalog.layers[name].precision[DEFAULT_LANGUAGE],
            },
        )
    return rows


class Choice(TypedDict, total=False):
    """What is measured.

    Attributes
    ----------
    by
        The property that splits the layers.
    layers
        The layers; none stands for all that have the properties.
    where
        A condition on their features (see :mod:`corridors.measures.where`).
    as_of
        The year; None is the day of the facts.
    """

    by: str | None
    layers: Sequence[str]
    where: str | None
    as_of: int | None


def choose_layers(context: Context, **choice: Unpack[Choice]) -> dict[str, "gpd.GeoDataFrame"]:
    """The layers to measure, with the features or parts that meet a condition, as they were in a year.

    Raises
    ------
    UsageError
        If a layer or property is unknown, the condition cannot be read, or the atlas does not show the year.
    """
    where, chosen = choice.get("where"), _layers(context, choice)
    if where:
        chosen = {name: choose_parts(frame, context.splits.get(name), where) for name, frame in chosen.items()}
    return {name: frame[context.layers[name].columns] for name, frame in chosen.items()}


def statistics(context: Context, **choice: Unpack[Choice]) -> list[Measure]:
    """Measure layers again: all or the named ones, split by a property, with the features that meet a condition.

    Raises
    ------
    UsageError
        As :func:`choose_layers`.
    """
    return [
        measure
        for name, frame in _layers(context, choice).items()
        for measure in layer_statistics(
            name,
            frame,
            context.splits.get(name),
            by=choice.get("by"),
            where=choice.get("where"),
            catchment=context.catchment,
        )
    ]


def _layers(context: Context, choice: Choice) -> dict[str, "gpd.GeoDataFrame"]:
    """The layers that are chosen, as conditions see them, with all their features of the year."""
    by, where, named, year = choice.get("by"), choice.get("where"), choice.get("layers") or (), choice.get("as_of")
    check_year("--as-of", year)
    for name in named:
        if name not in context.layers:
            raise UsageError(not_among("error.layer", name, context.layers))
    needed = ({COLUMNS.get(by, by)} if by else set()) | (names_in(where) if where else set())
    known = {name: columns_of(name, frame, year=year) for name, frame in context.layers.items()}
    wanted = named or [name for name in known if needed <= known[name]]
    if not wanted:
        raise UsageError(_no_layer_has(needed, set().union(*known.values())))
    return selectable({name: context.layers[name] for name in wanted}, year=year, as_of=context.as_of)


def statistics_text(measures: Sequence[Measure], form: Format, *, language: str) -> str:
    """Measures as a table or Markdown (a row for each thing measured), or as JSON or CSV (a row for each measure).

    CSV has a column for each property of the keys (layer, country, gauge, …).
    """
    if form in FOR_PEOPLE:
        rows = wide_rows(measures, language=language)
        columns = list(dict.fromkeys(name for row in rows for name in row))
        return rows_text(rows, form, name="measures", language=language, columns=columns) if rows else ""
    rows = [measure.as_dict() for measure in measures]
    properties = list(dict.fromkeys(key for measure in measures for key in measure.by))
    if form == "csv":
        rows = [dict(measure.by) | row for row, measure in zip(rows, measures, strict=True)]
    columns = ["name", *properties, "value", "unit", "method", "sources"]
    return rows_text(rows, form, name="measures", language=language, columns=columns)


def statistics_book(geodata: Path, *, language: str, **choice: Unpack[Choice]) -> bytes:
    """A workbook (XLSX) of measures, layers and sources.

    Without a choice it has every measure of the atlas. With a choice it has the measures of :func:`statistics`, and
    only these layers.

    Raises
    ------
    UsageError
        As :func:`statistics`, or if XlsxWriter is missing.
    """
    context = load(geodata)
    chosen = choose_layers(context, **choice)
    measures = statistics(context, **choice) if any(choice.values()) else list(with_maps(context, {}).measures)
    return workbook_bytes(context, measures, chosen, language=language)


def save(path: Path, data: bytes, *, force: bool = False) -> Path:
    """Write a file of statistics, completely or not at all. A foreign file is replaced only with ``force``.

    Raises
    ------
    FileError
        If the file cannot be written, or a file that corridors did not make is in its place.
    """
    write_own({path: data}, force=force)
    return path


def _no_layer_has(needed: set[str], known: set[str]) -> Message:
    """The error that no layer has some properties, with similar known ones, or that no layer has all of them."""
    unknown = sorted(needed - known)
    if not unknown:
        return message("error.properties", sorted(needed))
    return not_among("error.property", unknown[0], sorted(known - {"geometry"}))


def claims(context: Context, *, language: str) -> list[Claim]:
    """Every claim of the facts with its verdict, in a language.

    Raises
    ------
    InputError
        If a check cannot be read. The message names file, claim, column and remedy.
    """
    return check_all_claims(context, [language])[language]


def claim_rows(checked: Sequence[Claim], *, language: str) -> list[dict[str, object]]:
    """Claims as a table for people: values with their units, verdicts in words."""
    words = messages(language)
    return [
        {
            "id": claim.id,
            "label": claim.label,
            "stated": claim.stated_text,
            "recomputed": claim.recomputed_text,
            "verdict": words[f"verdict.{claim.verdict}"],
        }
        for claim in checked
    ]


def tally_text(checked: Sequence[Claim], *, language: str) -> str:
    """The number of claims with each verdict, in one line."""
    words = messages(language)
    counted = tally(checked)
    return ", ".join(f"{words[f'verdict.{verdict}'].lower()} {counted[verdict]}" for verdict in counted)


def find_faults(folders: Folders, files: Sequence[Path] = ()) -> list[Finding]:
    """All faults in facts, declarations, the layers made from them and the statements of maps; or in files.

    Notes tell what the sources of the facts lack. A file is a fact table or a declaration if it has the name of one,
    and GeoJSON otherwise.

    Raises
    ------
    FileError
        If a file cannot be read.
    """
    geodata = folders.geodata
    if files:
        return [finding for path in files for finding in _file_faults(path, folders)]
    facts, findings = read_facts(geodata)
    if findings:  # further checks are useful only if the facts can be read
        return findings
    declared = [folders.declaration if name == "atlas.toml" else geodata / name for name in DECLARATIONS]
    if findings := [finding for path in declared for finding in _declaration_faults(path, lambda: facts)]:
        return findings
    catalog = load_catalog(geodata)
    if findings := list(file_findings(geodata, catalog.kinds, facts.by_id("sources"))):
        return findings
    context = facts_to_context(catalog, facts, geodata)
    layers, network, assumptions = context.layers, context.network, context.assumptions
    outlines = read_outlines(geodata / "basemap")
    drawn = [
        finding for name, frame in layers.items() for finding in check_geojson(geojson_text(frame), f"{name}.geojson")
    ]
    together = [*audit(facts, layers, outlines, assumptions, as_of=catalog.as_of), *check_topology(network, layers)]
    lost = corridor_faults(facts, network)
    said = () if lost else said_faults(context, folders)
    return [*together, *lost, *drawn, *said, *source_notes(facts)]


def said_faults(context: Context, folders: Folders) -> list[Finding]:
    """Statements of maps, report and charts without checks, or that the facts do not support (A12 to A14)."""
    context = with_maps(context, load_maps(folders.declaration, LANGUAGES))
    assessor = Assessor(context.measures, context.ways)
    of_maps = [finding for entry in context.maps.values() for finding in unfounded(entry, assessor)]
    return [*of_maps, *unfounded_messages(assessor)]


def _declaration_faults(path: Path, facts: Callable[[], Facts]) -> list[Finding]:
    """The faults in one of the declarations of an atlas. Its ids are checked against facts, if it has some."""
    try:
        DECLARATIONS[path.name](path, facts)
    except DeclarationError as error:
        return list(error.findings)
    return []


DECLARATIONS: Mapping[str, Callable[[Path, Callable[[], Facts]], object]] = {
    "catalog.toml": lambda path, _: load_catalog(path.parent),
    "assumptions.toml": lambda path, facts: load_assumptions(path, facts()),
    "scenarios.toml": lambda path, facts: load_scenarios(path, facts(), LANGUAGES),
    "atlas.toml": lambda path, _: load_maps(path, LANGUAGES),
}
"""The reader of each declaration, by the name of its file."""


def corridor_faults(facts: Facts, network: Network) -> list[Finding]:
    """Places of corridors and aliases that the network does not have (A10)."""
    found = []
    for table, columns in (("corridors", ("origin", "destination", "via")), ("aliases", ("feature",))):
        for row in facts.rows(table):
            for column in columns:
                for place in row[column] if isinstance(row[column], tuple) else (row[column],):
                    if place not in network.nodes_of:
                        where, what = message("finding.row.of", row["id"]), message("finding.no_place", repr(place))
                        found.append(Finding("A10", f"{table}.csv", where, column, what, message("remedy.place")))
    return found


def _file_faults(path: Path, folders: Folders) -> list[Finding]:
    """The faults in one file: a fact table or a declaration by its name, GeoJSON otherwise."""
    if path.suffix == ".csv" and path.stem in TABLES:
        return check_table(path)
    if path.name in DECLARATIONS:
        return _declaration_faults(path, lambda: load_facts(folders.geodata))
    try:
        return check_geojson(path.read_bytes(), path.name)
    except OSError as error:
        raise FileError(message("error.file.absent", str(path), error.strerror)) from error
