"""The whole atlas: facts to layers, measures, pages, figures and reports, in this order and nowhere else."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corridors.content.context import compare_corridors, play_scenarios
from corridors.content.load import Atlas, load
from corridors.data.defaults import packaged_folder
from corridors.data.geojson import geojson_text
from corridors.data.maps import choose_maps, load_maps
from corridors.data.package import package_text
from corridors.data.whole_file import keep_foreign, write_all
from corridors.errors import UsageError
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES, Message, message
from corridors.measures.measure import Measures

__all__ = ["Atlas", "Folders", "build", "differences", "find_folders", "load", "measures_text", "render"]

Part = Literal["layers", "maps", "figures", "reports"]
Tell = Callable[[Message], None]


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


def render(
    folders: Folders,
    *,
    maps: Sequence[str] = (),
    only: Part | None = None,
    language: str = DEFAULT_LANGUAGE,
    tiles: str | None = None,
    attribution: str | None = None,
    tell: Tell = lambda _: None,
) -> Iterator[tuple[Path, bytes]]:
    """Make every file of a build, one after the other: its path and its bytes. Nothing is written.

    Parameters
    ----------
    folders
        Where to read from and where the files belong.
    maps
        Names of the maps to make; none means all, with index and measures.
    only
        ``layers`` or ``maps`` alone; or ``figures`` or ``reports``, which are made only when asked for.
    language
        Language of the figures, and of the pages where the reader's own is not among theirs.
    tiles
        Tiles to offer on the pages: a URL template or a provider's name. Pages then need the network for them.
    attribution
        Who made the tiles; a URL template needs it.
    tell
        Is called with a message about each step.
    """
    if maps and only in {"layers", "reports"}:
        raise UsageError(message("error.build.only", only))
    if only in {"figures", "reports"}:
        yield from _print(folders, maps, only, language, tell)
        return
    declared = load_maps(folders.declaration, LANGUAGES)
    chosen = choose_maps(declared, maps)
    if tiles is not None:  # wrong ones are told before anything is made
        from corridors.web.tiles import opted_in_tiles

        opted_in_tiles(tiles, attribution)
    tell(message("cli.step.facts"))
    atlas = load(folders.geodata)
    shipped = None
    if only != "layers" and any(entry.scenarios for entry in declared.values()):
        tell(message("cli.step.scenarios"))
        atlas, shipped = play_scenarios(atlas, folders.geodata)
    comparison = None
    if only != "layers" and any(group.layer == "corridors" for entry in declared.values() for group in entry.groups):
        tell(message("cli.step.corridors"))
        atlas, comparison = compare_corridors(atlas)
    if only != "maps" and not maps:
        yield from _lay(folders, atlas, tell)
    if only == "layers":
        return
    from corridors.web.build_pages import render_pages

    pages = render_pages(
        folders.maps,
        folders.geodata / "basemap",
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
    for path, text in pages:
        yield path, text.encode()
    if not maps:
        yield folders.maps / "measures.json", measures_text(atlas.measures).encode()


def _lay(folders: Folders, atlas: Atlas, tell: Tell) -> Iterator[tuple[Path, bytes]]:
    """Make the layers, and the data package that tells of them."""
    for name, frame in atlas.layers.items():
        tell(message("cli.step.layer", name))
        entry = atlas.catalog.layers[name]
        about = {
            "generator": "corridors",
            "name": name,
            "title": entry.title,
            "license": entry.licence,
            "attribution": entry.credit,
        }
        yield folders.layers / f"{name}.geojson", geojson_text(frame, members=about).encode()
    if folders.layers.parent == folders.geodata:  # the package tells of facts and layers that lie in one folder
        yield folders.geodata / "datapackage.json", package_text(atlas.catalog).encode()


def _print(
    folders: Folders, maps: Sequence[str], only: Part, language: str, tell: Tell
) -> Iterator[tuple[Path, bytes]]:
    """Make the figures or the reports."""
    from corridors.documents.edition import edition_figures, edition_reports
    from corridors.figures.press import Press

    press = Press.of(folders.geodata, folders.declaration, tell)
    if only == "figures":
        yield from edition_figures(folders.maps / only, press, maps, language, tell)
    else:
        yield from edition_reports(folders.maps / only, press, tell)


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
    changed = {path: data for path, data in made if not _holds(path, data)}
    if not force:
        for path, data in changed.items():
            keep_foreign(path, data)
    write_all(changed)
    return [path for path, _ in made]


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file has just these bytes."""
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def differences(
    folders: Folders,
    *,
    maps: Sequence[str] = (),
    only: Part | None = None,
    language: str = DEFAULT_LANGUAGE,
    tiles: str | None = None,
    attribution: str | None = None,
    tell: Tell = lambda _: None,
) -> list[Message]:
    """What would change if the atlas were built now: one message for each file that is missing or has other bytes."""
    found = []
    for path, data in render(
        folders, maps=maps, only=only, language=language, tiles=tiles, attribution=attribution, tell=tell
    ):
        if not path.is_file():
            found.append(message("cli.missing", str(path)))
        elif path.read_bytes() != data:
            found.append(message("cli.differs", str(path)))
    return found
