"""The whole atlas: facts to layers, measures and pages, in this order and nowhere else."""

import dataclasses
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import geopandas as gpd

from corridors.analysis.assumptions import Assumptions, load_assumptions
from corridors.analysis.compare import Comparison
from corridors.analysis.corridor_measures import compare_all, corridor_measures
from corridors.analysis.gateways import Gateway, find_gateways
from corridors.analysis.measure import Measures
from corridors.analysis.measures import build_measures
from corridors.analysis.network import Network
from corridors.analysis.network_build import build_network
from corridors.analysis.scenario_measures import scenario_measures
from corridors.analysis.shipped import Shipped, run_shipped
from corridors.analysis.statistics import LENGTH_LAYERS, Split, split_layer
from corridors.data.catalog import Catalog, load_catalog
from corridors.data.defaults import packaged_folder
from corridors.data.facts import Facts, load_facts
from corridors.data.geojson import geojson_text
from corridors.data.maps import MapEntry, choose_maps, load_maps
from corridors.data.whole_file import write_all
from corridors.errors import FileError, InputError, UsageError
from corridors.layers import build_layers
from corridors.layers.countries import read_outlines
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES

GENERATOR = b'"generator": "corridors"'
SIGNED = re.compile(rb'generator"[:\s]+(content=)?"corridors"')
HEAD_BYTES = 2000
"""Within how many bytes from its start a file that we made says so."""

Part = Literal["layers", "maps"]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Atlas:
    """An atlas in memory: what a geodata folder says, as layers and measures.

    Attributes
    ----------
    layers
        A frame per layer, EPSG:4326.
    splits
        Kilometres by country, by layer of lines.
    gateways
        What lies at each port.
    measures
        Every number of the atlas.
    network
        All layers joined, to find routes in.
    assumptions
        What routes assume.
    """

    catalog: Catalog
    facts: Facts
    layers: Mapping[str, gpd.GeoDataFrame]
    splits: Mapping[str, Split]
    gateways: Mapping[str, Gateway]
    measures: Measures
    network: Network
    assumptions: Assumptions


@dataclass(frozen=True, slots=True)
class Folders:
    """Where an atlas is read from and written to.

    Attributes
    ----------
    geodata
        Holds ``catalog.toml``, ``facts/`` and ``basemap/``.
    maps
        Where the pages and ``measures.json`` are written.
    declaration
        The ``atlas.toml`` that declares the maps.
    layers
        Where the layers are written: beside the facts, unless those are the package's own.
    """

    geodata: Path
    maps: Path
    declaration: Path
    layers: Path


def find_folders(geodata: Path | None = None, maps: Path | None = None) -> Folders:
    """The folders to work in: those given, else those beside us, else the facts that travel with the package.

    Where no geodata is given and there is none in the current folder, the package's own facts are read, and layers and
    maps are written into ``geodata`` and ``maps`` of the current folder.
    """
    packaged = packaged_folder()
    here = geodata or Path("geodata")
    source = here if geodata or (here / "catalog.toml").is_file() else packaged / "geodata"
    target = maps or Path("maps")
    declaration = target / "atlas.toml"
    if not declaration.is_file():
        declaration = packaged / "maps" / "atlas.toml"
    return Folders(source, target, declaration, here / "layers")


def load(geodata: Path) -> Atlas:
    """Read a geodata folder into an atlas.

    Raises
    ------
    FileError
        Where a file cannot be read.
    InputError
        Where a file does not say what it should; the message names file, row, column and remedy.
    """
    catalog = load_catalog(geodata)
    facts = load_facts(geodata)
    layers = build_layers(facts, geodata / "basemap")
    for name in layers:
        if name not in catalog.layers:
            raise InputError(
                f"{geodata / 'catalog.toml'}: the layer {name!r} is not told of. Remedy: add a table [layers.{name}].",
            )
    outlines = read_outlines(geodata / "basemap")
    splits = {name: split_layer(name, layers[name], outlines) for name in LENGTH_LAYERS}
    gateways = find_gateways(layers)
    measures = build_measures(facts, layers, splits, gateways)
    assumptions = load_assumptions(geodata / "assumptions.toml")
    network = build_network(layers, facts, outlines, assumptions)
    return Atlas(catalog, facts, layers, splits, gateways, measures, network, assumptions)


def render(
    folders: Folders,
    *,
    maps: Sequence[str] = (),
    only: Part | None = None,
    language: str = DEFAULT_LANGUAGE,
    tiles: str | None = None,
    attribution: str | None = None,
    tell: Tell = lambda _: None,
) -> Iterator[tuple[Path, str]]:
    """Make every file of a build, one after the other: its path and its text. Nothing is written.

    Parameters
    ----------
    folders
        Where to read from and where the files belong.
    maps
        Names of the maps to make; none means all, with index and measures.
    only
        ``layers`` or ``maps`` alone.
    language
        Language that the pages open in where the reader's own is not among theirs.
    tiles
        Tiles to offer on the pages: a URL template or a provider's name. Pages then need the network for them.
    attribution
        Who made the tiles; a URL template needs it.
    tell
        Is called with a word about each step.
    """
    if maps and only == "layers":
        raise UsageError("maps are named, and only layers asked for. Remedy: leave out the names, or --only layers.")
    declared = load_maps(folders.declaration, LANGUAGES)
    chosen = choose_maps(declared, maps)
    tell("facts, layers and measures")
    atlas = load(folders.geodata)
    shipped = None
    if only != "layers" and any(entry.scenarios for entry in declared.values()):
        tell("scenarios")
        atlas, shipped = _play(atlas, folders.geodata)
    comparison = None
    if only != "layers" and any(group.layer == "corridors" for entry in declared.values() for group in entry.groups):
        tell("corridors")
        atlas, comparison = _compare(atlas)
    if only != "maps" and not maps:
        for name, frame in atlas.layers.items():
            tell(f"layer {name}")
            entry = atlas.catalog.layers[name]
            about = {
                "generator": "corridors",
                "name": name,
                "title": entry.title,
                "license": entry.licence,
                "attribution": entry.credit,
            }
            yield folders.layers / f"{name}.geojson", geojson_text(frame, members=about)
    if only == "layers":
        return
    yield from _pages(
        folders,
        atlas,
        list(declared.values()),
        chosen,
        shipped,
        comparison,
        language=language,
        tiles=tiles,
        attribution=attribution,
        tell=tell,
    )
    if not maps:
        yield folders.maps / "measures.json", measures_text(atlas.measures)


def _play(atlas: Atlas, geodata: Path) -> tuple[Atlas, Shipped]:
    """Run the declared scenarios: the atlas with their measures, and what they change."""
    shipped = run_shipped(
        geodata / "scenarios.toml", atlas.layers, atlas.facts, atlas.network, atlas.assumptions, LANGUAGES
    )
    measures = Measures([*atlas.measures, *scenario_measures(shipped.results, atlas.facts)])
    return dataclasses.replace(atlas, measures=measures), shipped


def _compare(atlas: Atlas) -> tuple[Atlas, Comparison]:
    """Put the corridors side by side: the atlas with their measures, and what they come to."""
    comparison = compare_all(atlas.layers, atlas.facts, atlas.network, atlas.assumptions)
    measures = Measures([*atlas.measures, *corridor_measures(comparison, atlas.facts)])
    return dataclasses.replace(atlas, measures=measures), comparison


def _pages(
    folders: Folders,
    atlas: Atlas,
    declared: Sequence[MapEntry],
    chosen: Sequence[MapEntry],
    shipped: Shipped | None,
    comparison: Comparison | None,
    *,
    language: str,
    tiles: str | None,
    attribution: str | None,
    tell: Tell,
) -> Iterator[tuple[Path, str]]:
    """The page of each chosen map, and the claims and the index where all are made."""
    from corridors.analysis.claims import check_claims
    from corridors.web.cards import Desk
    from corridors.web.claims_page import claims_html
    from corridors.web.content import Studio, map_content
    from corridors.web.corridor_features import Ribbons
    from corridors.web.index import index_html
    from corridors.web.map import CorridorMap
    from corridors.web.scenarios_page import Staging, with_scenarios

    names = {
        f"{layer}/{feature['id']}": {
            key: feature[f"name_{key}"] for key in ("en", "nl", "zh", "ru", "local") if feature[f"name_{key}"]
        }
        for layer, frame in atlas.layers.items()
        for feature in frame.drop(columns="geometry").to_dict("records")
    }
    desk = Desk(atlas.facts, atlas.measures, atlas.gateways, names)
    studio = Studio(
        catalog=atlas.catalog,
        maps=declared,
        layers=atlas.layers,
        splits=atlas.splits,
        measures=atlas.measures,
        desk=desk,
        sources=atlas.facts.by_id("sources"),
        basemap_folder=folders.geodata / "basemap",
        network=atlas.network,
        assumptions=atlas.assumptions,
        ribbons=Ribbons(comparison, atlas.layers, desk) if comparison else None,
    )
    contents = []
    for entry in chosen:
        tell(f"map {entry.name}")
        page = CorridorMap(title=entry.title[language], lang=language, tiles=tiles, attribution=attribution)
        page.content = map_content(entry, studio)
        if entry.scenarios and shipped:
            page.content = with_scenarios(page.content, Staging(atlas.network, names, shipped))
        contents.append(page.content)
        yield folders.maps / f"{entry.name}.html", page.get_root().render()
    if len(chosen) == len(declared):
        tell("claims and index")
        told = {code: check_claims(atlas.facts, atlas.layers, atlas.measures, code) for code in LANGUAGES}
        yield folders.maps / "claims.html", claims_html(told, studio.sources, contents, language=language)
        yield folders.maps / "index.html", index_html(contents, language=language, claims=len(told[language]))


def measures_text(measures: Measures) -> str:
    """All measures as the text of ``measures.json``: one a line, sorted."""
    lines = [json.dumps(measure.as_dict(), ensure_ascii=False, sort_keys=True) for measure in measures]
    return '{"generator": "corridors", "measures": [\n' + ",\n".join(lines) + "\n]}\n"


def build(
    folders: Folders | None = None,
    *,
    maps: Sequence[str] = (),
    only: Part | None = None,
    language: str = DEFAULT_LANGUAGE,
    tiles: str | None = None,
    attribution: str | None = None,
    force: bool = False,
    tell: Tell = lambda _: None,
) -> list[Path]:
    """Build the atlas: make every file first, then write them, each whole or not at all.

    Parameters are those of :func:`render`; ``folders`` are found as by :func:`find_folders` where none are given, and
    with ``force`` a file of the same name that we did not make is written over.

    Returns
    -------
    list of Path
        The files of the build. One whose bytes are there already is not written again.

    Raises
    ------
    CorridorsError
        Where something is wrong, or a file cannot be laid down; what was there before is then untouched.
    """
    made = list(
        render(
            folders or find_folders(),
            maps=maps,
            only=only,
            language=language,
            tiles=tiles,
            attribution=attribution,
            tell=tell,
        )
    )
    changed = {path: text.encode() for path, text in made if not _holds(path, text.encode())}
    if not force:
        for path in changed:
            _keep_foreign(path)
    write_all(changed)
    return [path for path, _ in made]


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file has just these bytes."""
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _keep_foreign(path: Path) -> None:
    """Refuse to write over a file that is not of our making."""
    try:
        start = path.read_bytes()[:HEAD_BYTES] if path.exists() else GENERATOR
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror}). Remedy: move it away.") from error
    if not SIGNED.search(start):
        raise FileError(f"{path}: this file was not made by corridors. Remedy: move it away, or build with --force.")


def differences(
    folders: Folders,
    *,
    maps: Sequence[str] = (),
    only: Part | None = None,
    language: str = DEFAULT_LANGUAGE,
    tiles: str | None = None,
    attribution: str | None = None,
    tell: Tell = lambda _: None,
) -> list[str]:
    """What would change if the atlas were built now: one line for each file that is missing or has other bytes."""
    found = []
    for path, text in render(
        folders, maps=maps, only=only, language=language, tiles=tiles, attribution=attribution, tell=tell
    ):
        if not path.is_file():
            found.append(f"{path}: missing")
        elif path.read_bytes() != text.encode():
            found.append(f"{path}: differs from what would be built")
    return found
