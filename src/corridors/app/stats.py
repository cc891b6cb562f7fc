"""An atlas to what people ask of it: which layers there are, what they measure, what is wrong with them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corridors.app.audit import audit
from corridors.app.build import Folders
from corridors.claims.assertions import Assessor, unfounded, unfounded_messages
from corridors.claims.verdicts import Claim, tally
from corridors.content.context import Context
from corridors.content.load import check_all_claims, facts_to_context, load, with_maps
from corridors.data.catalog import load_catalog
from corridors.data.facts import Facts, check_table, load_facts, read_facts
from corridors.data.findings import Finding
from corridors.data.geojson import geojson_text
from corridors.data.geojson_check import check_geojson
from corridors.data.iso import country_name
from corridors.data.maps import load_maps
from corridors.data.scenarios import load_scenarios
from corridors.data.tables import TABLES
from corridors.data.toml_file import DeclarationError
from corridors.data.whole_file import keep_foreign, write_whole
from corridors.errors import FileError, UsageError, not_among
from corridors.layers.countries import read_outlines
from corridors.locales import LANGUAGES, Message, message, messages
from corridors.measures.measure import Measure, sources_of
from corridors.measures.statistics import COLUMNS, choose_parts, layer_statistics
from corridors.measures.where import names_in
from corridors.network.assumptions import load_assumptions
from corridors.network.graph import Network
from corridors.network.topology import check_topology
from corridors.text.output import Format, rows_text
from corridors.text.workbook import workbook_bytes

if TYPE_CHECKING:
    import geopandas as gpd

STATISTICS_FORMS = {".xlsx": "xlsx", ".csv": "csv", ".json": "json", ".md": "md", ".txt": "table"}
"""What a file of statistics holds, by the suffix of its name."""


def layer_rows(context: Context) -> list[dict[str, object]]:
    """What there is: one row for each layer, with its size, precision, sources and licence."""
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
                "km": round(km.value) if km else None,
                "sources": len(sources_of(frame["source"])),
                "accuracy_km": float(accuracy.median()) / 1000 if len(accuracy) else None,
                "low_confidence": int((frame["confidence"] == "low").sum()),
                "licence": context.catalog.layers[name].licence,
                "precision": context.catalog.layers[name].precision,
            },
        )
    return rows


def choose_layers(
    context: Context, *, by: str | None = None, layers: Sequence[str] = (), where: str | None = None
) -> dict[str, "gpd.GeoDataFrame"]:
    """The layers that are to be measured, all or the named ones, with the features or parts that a condition holds for.

    Raises
    ------
    UsageError
        Where a layer or property is unknown, or the condition cannot be read.
    """
    for name in layers:
        if name not in context.layers:
            raise UsageError(not_among("error.layer", name, context.layers))
    needed = ({COLUMNS.get(by, by)} if by else set()) | (names_in(where) if where else set())
    wanted = layers or [name for name, frame in context.layers.items() if needed <= set(frame.columns)]
    if not wanted:
        raise UsageError(_no_layer_has(needed, context))
    chosen = {name: context.layers[name] for name in wanted}
    if where is None:
        return chosen
    return {name: choose_parts(frame, context.splits.get(name), where) for name, frame in chosen.items()}


def statistics(
    context: Context, *, by: str | None = None, layers: Sequence[str] = (), where: str | None = None
) -> list[Measure]:
    """Measure layers anew: all or the named ones, split by a property, of the features that a condition holds for.

    Raises
    ------
    UsageError
        Where a layer or property is unknown, or the condition cannot be read.
    """
    return [
        measure
        for name in choose_layers(context, by=by, layers=layers, where=where)
        for measure in layer_statistics(name, context.layers[name], context.splits.get(name), by=by, where=where)
    ]


def statistics_text(measures: Sequence[Measure], form: Format, *, language: str) -> str:
    """Measures as a table or Markdown, a row for each thing measured, or as JSON or CSV, a row for each measure.

    CSV has a column for each property that something is measured by (layer, country, gauge, …).
    """
    if form in {"table", "md"}:
        rows = wide_rows(measures, language=language)
        columns = list(dict.fromkeys(name for row in rows for name in row))
        return rows_text(rows, form, name="measures", language=language, columns=columns) if rows else ""
    rows = [measure.as_dict() for measure in measures]
    properties = list(dict.fromkeys(key for measure in measures for key in measure.by))
    if form == "csv":
        rows = [dict(measure.by) | row for row, measure in zip(rows, measures, strict=True)]
    columns = ["name", *properties, "value", "unit", "method", "sources"]
    return rows_text(rows, form, name="measures", language=language, columns=columns)


def statistics_book(
    geodata: Path, *, by: str | None = None, layers: Sequence[str] = (), where: str | None = None, language: str
) -> bytes:
    """A workbook (XLSX) of measures, layers and sources.

    Without a choice it has every measure of the atlas; with one, those of :func:`statistics`, and just these layers.

    Raises
    ------
    UsageError
        As :func:`statistics`, or where XlsxWriter is missing.
    """
    context = load(geodata)
    chosen = choose_layers(context, by=by, layers=layers, where=where)
    if by or layers or where:
        measures = statistics(context, by=by, layers=layers, where=where)
    else:
        measures = list(with_maps(context, {}).measures)
    return workbook_bytes(context, measures, chosen, language=language)


def save(path: Path, data: bytes, *, force: bool = False) -> Path:
    """Write a file of statistics, whole or not at all; another's file is kept unless forced.

    Raises
    ------
    FileError
        Where the file cannot be written, or another's stands there.
    """
    if not force:
        keep_foreign(path, data)
    write_whole(path, data)
    return path


def _no_layer_has(needed: set[str], context: Context) -> Message:
    """Say which properties no layer has, with those that may be meant, or that no layer has all of them."""
    known = sorted({str(column) for frame in context.layers.values() for column in frame.columns} - {"geometry"})
    unknown = sorted(needed - set(known))
    if not unknown:
        return message("error.properties", sorted(needed))
    return not_among("error.property", unknown[0], known)


def wide_rows(measures: Sequence[Measure], *, language: str) -> list[dict[str, object]]:
    """Measures as one row for each thing that they are of, with a column for each name.

    Countries and the words of a vocabulary are told in the language; layers keep the name that commands know them by.
    """
    words = messages(language)
    rows: dict[tuple[tuple[str, str], ...], dict[str, object]] = {}
    for measure in measures:
        of = tuple(measure.by.items())
        in_words: dict[str, object] = {key: words.get(f"{key}.{value}", value) for key, value in of if key != "layer"}
        if "country" in in_words:
            in_words["country"] = country_name(measure.by["country"], language)
        rows.setdefault(of, {**dict(of), **in_words})[measure.name] = measure.value
    return list(rows.values())


def claims(context: Context, *, language: str) -> list[Claim]:
    """Every claim of the facts with its verdict, told in a language.

    Raises
    ------
    InputError
        Where a check cannot be read; the message names file, claim, column and remedy.
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
    """How many claims have each verdict, in one line."""
    words = messages(language)
    counted = tally(checked)
    return ", ".join(f"{words[f'verdict.{verdict}'].lower()} {counted[verdict]}" for verdict in counted)


def find_faults(folders: Folders, files: Sequence[Path] = ()) -> list[Finding]:
    """Everything that is wrong with facts, declarations, the layers made of them and what the maps say; or with files.

    A file is a fact table or a declaration where its name is that of one, and GeoJSON otherwise.

    Raises
    ------
    FileError
        Where a file cannot be read.
    """
    geodata = folders.geodata
    if files:
        return [finding for path in files for finding in _file_faults(path, folders)]
    facts, findings = read_facts(geodata)
    if findings:  # what follows from facts is only worth a look when they are readable
        return findings
    declared = [folders.declaration if name == "atlas.toml" else geodata / name for name in DECLARATIONS]
    if findings := [finding for path in declared for finding in _declaration_faults(path, geodata)]:
        return findings
    catalog = load_catalog(geodata)
    context = facts_to_context(catalog, facts, geodata)
    layers, network, assumptions = context.layers, context.network, context.assumptions
    outlines = read_outlines(geodata / "basemap")
    drawn = [
        finding for name, frame in layers.items() for finding in check_geojson(geojson_text(frame), f"{name}.geojson")
    ]
    together = [*audit(facts, layers, outlines, assumptions, as_of=catalog.as_of), *check_topology(network, layers)]
    lost = corridor_faults(facts, network)
    return [*together, *lost, *drawn, *(() if lost else said_faults(context, folders))]


def said_faults(context: Context, folders: Folders) -> list[Finding]:
    """What maps, report and charts say that nothing binds, or that the facts do not bear out (A12 to A14)."""
    context = with_maps(context, load_maps(folders.declaration, LANGUAGES))
    assessor = Assessor(context.measures, context.ways)
    of_maps = [finding for entry in context.maps.values() for finding in unfounded(entry, assessor)]
    return [*of_maps, *unfounded_messages(assessor)]


def _declaration_faults(path: Path, geodata: Path) -> list[Finding]:
    """What is wrong with one of the declarations of an atlas; its ids are held against the facts of a folder."""
    try:
        DECLARATIONS[path.name](path, geodata)
    except DeclarationError as error:
        return list(error.findings)
    return []


DECLARATIONS: Mapping[str, Callable[[Path, Path], object]] = {
    "catalog.toml": lambda path, _: load_catalog(path.parent),
    "assumptions.toml": lambda path, geodata: load_assumptions(path, load_facts(geodata)),
    "scenarios.toml": lambda path, geodata: load_scenarios(path, load_facts(geodata), LANGUAGES),
    "atlas.toml": lambda path, _: load_maps(path, LANGUAGES),
}
"""How each declaration is read, by the name of its file."""


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
    """What is wrong with one file: a fact table or a declaration by its name, GeoJSON otherwise."""
    if path.suffix == ".csv" and path.stem in TABLES:
        return check_table(path)
    if path.name in DECLARATIONS:
        return _declaration_faults(path, folders.geodata)
    try:
        return check_geojson(path.read_bytes(), path.name)
    except OSError as error:
        raise FileError(message("error.file.absent", str(path), error.strerror)) from error
