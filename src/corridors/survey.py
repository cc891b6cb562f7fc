"""An atlas to what people ask of it: which layers there are, what they measure, what is wrong with them."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from corridors.analysis.assumptions import load_assumptions
from corridors.analysis.audit import audit
from corridors.analysis.claims import Claim, check_claims, tally
from corridors.analysis.measure import Measure, sources_of
from corridors.analysis.network import Network
from corridors.analysis.network_build import build_network
from corridors.analysis.statistics import COLUMNS, layer_statistics
from corridors.analysis.topology import check_topology
from corridors.analysis.where import choose, names_in
from corridors.atlas import Atlas
from corridors.data.catalog import load_catalog
from corridors.data.facts import Facts, check_table, read_facts
from corridors.data.findings import Finding
from corridors.data.geojson import geojson_text
from corridors.data.geojson_check import check_geojson
from corridors.data.iso import country_name
from corridors.errors import FileError, UsageError
from corridors.layers import build_layers
from corridors.layers.countries import read_outlines
from corridors.locales import messages


def layer_rows(atlas: Atlas) -> list[dict[str, object]]:
    """What there is: one row for each layer, with its size, precision, sources and licence."""
    rows: list[dict[str, object]] = []
    for name, frame in atlas.layers.items():
        km = atlas.measures.find("track_km", layer=name) or atlas.measures.find("measured_km", layer=name)
        accuracy = frame["accuracy_m"].dropna()
        rows.append(
            {
                "layer": name,
                "title": atlas.catalog.layers[name].title,
                "geometry": "/".join(sorted(set(frame.geometry.geom_type))),
                "features": len(frame),
                "km": round(km.value) if km else None,
                "sources": len(sources_of(frame["source"])),
                "accuracy_km": float(accuracy.median()) / 1000 if len(accuracy) else None,
                "low_confidence": int((frame["confidence"] == "low").sum()),
                "licence": atlas.catalog.layers[name].licence,
                "precision": atlas.catalog.layers[name].precision,
            },
        )
    return rows


def statistics(
    atlas: Atlas, *, by: str | None = None, layers: Sequence[str] = (), where: str | None = None
) -> list[Measure]:
    """Measure layers anew: all or the named ones, split by a property, of the features that a condition holds for.

    Raises
    ------
    UsageError
        Where a layer or property is unknown, or the condition cannot be read.
    """
    for name in layers:
        if name not in atlas.layers:
            raise UsageError(f"there is no layer {name!r}. Remedy: name one of {', '.join(atlas.layers)}.")
    needed = ({COLUMNS.get(by, by)} if by else set()) | (names_in(where) if where else set())
    wanted = layers or [name for name, frame in atlas.layers.items() if needed <= set(frame.columns)]
    if not wanted:
        raise UsageError(_no_layer_has(needed, atlas))
    found: list[Measure] = []
    for name in wanted:
        frame = atlas.layers[name] if where is None else choose(atlas.layers[name], where)
        found += layer_statistics(name, frame, atlas.splits.get(name), by=by)
    return found


def _no_layer_has(needed: set[str], atlas: Atlas) -> str:
    """Say which properties no layer has, with those that may be meant, or that no layer has all of them."""
    known = sorted({str(column) for frame in atlas.layers.values() for column in frame.columns} - {"geometry"})
    unknown = sorted(needed - set(known))
    if not unknown:
        return f"no layer has all of {', '.join(sorted(needed))}. Remedy: ask for them one by one."
    close = get_close_matches(unknown[0], known, n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    return f"no layer has the property {unknown[0]!r}.{hint} Remedy: use one of {', '.join(known)}."


def wide_rows(measures: Sequence[Measure], *, language: str) -> list[dict[str, object]]:
    """Measures as one row for each thing that they are of, with a column for each name; countries by their name."""
    rows: dict[tuple[tuple[str, str], ...], dict[str, object]] = {}
    for measure in measures:
        of = tuple(measure.by.items())
        named = {key: country_name(value, language) if key == "country" else value for key, value in of}
        rows.setdefault(of, dict(named))[measure.name] = measure.value
    return list(rows.values())


def claims(atlas: Atlas, *, language: str) -> list[Claim]:
    """Every claim of the facts with its verdict, told in a language.

    Raises
    ------
    InputError
        Where a check cannot be read; the message names file, claim, column and remedy.
    """
    return check_claims(atlas.facts, atlas.layers, atlas.measures, language)


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


def find_faults(geodata: Path, files: Sequence[Path] = ()) -> list[Finding]:
    """Everything that is wrong with the facts of a folder and the layers made of them, or with the given files.

    A file is a fact table where its name is that of one, and GeoJSON otherwise.

    Raises
    ------
    FileError
        Where a file cannot be read.
    """
    if files:
        return [finding for path in files for finding in _file_faults(path)]
    facts, findings = read_facts(geodata)
    if findings:  # what follows from facts is only worth a look when they are readable
        return findings
    catalog = load_catalog(geodata)
    layers = build_layers(facts, geodata / "basemap")
    outlines = read_outlines(geodata / "basemap")
    drawn = [
        finding for name, frame in layers.items() for finding in check_geojson(geojson_text(frame), f"{name}.geojson")
    ]
    network = build_network(layers, facts, outlines, load_assumptions(geodata / "assumptions.toml"))
    together = [*audit(facts, layers, outlines, as_of=catalog.as_of), *check_topology(network, layers)]
    return [*together, *corridor_faults(facts, network), *drawn]


def corridor_faults(facts: Facts, network: Network) -> list[Finding]:
    """Places of corridors and aliases that the network does not have (A10)."""
    found = []
    for table, columns in (("corridors", ("origin", "destination", "via")), ("aliases", ("feature",))):
        for row in facts.rows(table):
            for column in columns:
                for place in row[column] if isinstance(row[column], tuple) else (row[column],):
                    if place not in network.nodes_of:
                        what = f"{place!r} is no place of the network"
                        remedy = "name a city, station, port or airport as layer/id"
                        found.append(Finding("A10", f"{table}.csv", f"row of {row['id']}", column, what, remedy))
    return found


def _file_faults(path: Path) -> list[Finding]:
    """What is wrong with one file."""
    if path.suffix == ".csv":
        return check_table(path)
    try:
        return check_geojson(path.read_bytes(), path.name)
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror}). Remedy: name a file that there is.") from error
