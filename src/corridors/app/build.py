"""The whole atlas: facts to layers, measures, pages, figures and reports. Only this module has this order."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from corridors.app.background import in_background
from corridors.content.context import Context
from corridors.content.load import (
    Tell,
    find_results,
    load,
    load_with_maps,
    needed_results,
    with_results,
)
from corridors.data.defaults import packaged_folder
from corridors.data.maps import choose_maps, load_maps
from corridors.data.package import package_text
from corridors.data.whole_file import write_own
from corridors.errors import UsageError
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES, Message, message
from corridors.measures.measure import Measures

__all__ = ["BuildOptions", "Folders", "build", "differences", "find_folders", "load", "measures_text", "render"]

Part = Literal["layers", "maps", "figures", "reports"]
File = tuple[Path, bytes]

REPORT_FORMS = (".pdf", ".docx", ".html")
"""The formats of reports in a build."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders that an atlas is read from and written to.

    Attributes
    ----------
    geodata
        The folder with ``catalog.toml``, ``facts/`` and ``basemap/``.
    maps
        The folder for the pages and ``measures.json``.
    declaration
        The ``atlas.toml`` that declares the maps.
    layers
        The folder for the layers: beside the facts, unless these are the package's own.
    """

    geodata: Path
    maps: Path
    declaration: Path
    layers: Path


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """The parts of an atlas to build, with their settings.

    Attributes
    ----------
    maps
        Names of the maps to make. Without names, all maps, the index and the measures are made.
    only
        ``layers`` or ``maps`` alone; or ``figures`` or ``reports``, which are made only on request.
    language
        Language of the figures, and of pages that do not have the reader's own language.
    tiles
        Map tiles for the pages: a URL template or a provider's name. Pages then need the network for them.
    attribution
        Who made the tiles; a URL template needs it.
    tell
        A function that is called with a message about each step.

    Raises
    ------
    UsageError
        If maps are named for a part without maps, or the tiles cannot be used.
    """

    maps: Sequence[str] = ()
    only: Part | None = None
    language: str = DEFAULT_LANGUAGE
    tiles: str | None = None
    attribution: str | None = None
    tell: Tell = lambda _: None

    def __post_init__(self) -> None:
        """Refuse impossible options before anything is read."""
        if self.maps and self.only in {"layers", "reports"}:
            raise UsageError(message("error.build.only", self.only))
        if self.tiles is not None and self.only not in {"figures", "reports"}:
            from corridors.web.tiles import opted_in_tiles

            opted_in_tiles(self.tiles, self.attribution)


def find_folders(geodata: Path | None = None, maps: Path | None = None) -> Folders:
    """The folders to work in: the given ones, else those of the current folder, else the facts of the package.

    If no geodata is given and the current folder has none, the package's own facts are read. Layers and maps are then
    written into ``geodata`` and ``maps`` of the current folder.
    """
    packaged = packaged_folder()
    here = geodata or Path("geodata")
    source = here if geodata or (here / "catalog.toml").is_file() else packaged / "geodata"
    target = maps or Path("maps")
    declaration = target / "atlas.toml"
    if not declaration.is_file():
        declaration = packaged / "maps" / "atlas.toml"
    return Folders(source, target, declaration, here / "layers")


def render(folders: Folders, options: BuildOptions) -> Iterator[File]:
    """Make all files of a build, one after the other: each path with its bytes. Nothing is written."""
    if options.only == "figures":
        yield from _figures(folders, options)
    elif options.only == "reports":
        yield from _reports(folders, options)
    else:
        yield from _atlas(folders, options)


def _atlas(folders: Folders, options: BuildOptions) -> Iterator[File]:
    """Make layers, pages and measures."""
    maps = load_maps(folders.declaration, LANGUAGES)
    chosen = choose_maps(maps, options.maps)
    options.tell(message("cli.step.facts"))
    context = load(folders.geodata)
    results = None
    if options.only != "layers":
        needed = needed_results(chosen, options.tell)
        find = partial(find_results, context, needed)
        results = in_background(find) if needed else find
    if options.only != "maps" and not options.maps:
        yield from _layers(folders, context, options.tell)
    if results:
        from corridors.app.pages import page_texts  # while the other process is at work, as the next line

        context.prepare()
        context = with_results(context, maps, results())
        made = page_texts(
            context,
            chosen,
            options.tell,
            language=options.language,
            tiles=options.tiles,
            attribution=options.attribution,
        )
        yield from ((folders.maps / f"{name}.html", text.encode()) for name, text in made)
        if not options.maps:
            yield folders.maps / "measures.json", measures_text(context.measures).encode()


def _layers(folders: Folders, context: Context, tell: Tell) -> Iterator[File]:
    """Make the layers, and the data package that describes them."""
    for name, text in context.layer_texts.items():
        tell(message("cli.step.layer", name))
        yield folders.layers / f"{name}.geojson", text.encode()
    if folders.layers.parent == folders.geodata:  # the package describes facts and layers in one folder
        yield folders.geodata / "datapackage.json", package_text(context.catalog).encode()


def measures_text(measures: Measures) -> str:
    """All measures as the text of ``measures.json``: one per line, sorted."""
    lines = [json.dumps(measure.as_dict(), ensure_ascii=False, sort_keys=True) for measure in measures]
    return '{"generator": "corridors", "measures": [\n' + ",\n".join(lines) + "\n]}\n"


def _figures(folders: Folders, options: BuildOptions) -> Iterator[File]:
    """Make every map and chart as SVG, or the named maps."""
    from corridors.documents.figure_files import Order, draw, orderable
    from corridors.figures.sheet import Sheet, drawing_bytes

    context = load_with_maps(folders.geodata, folders.declaration, options.tell, drawn=options.maps)
    choose_maps(context.maps, options.maps)
    for name in options.maps or orderable(context):
        options.tell(message("cli.step.figure", name))
        path = folders.maps / "figures" / f"{name}.svg"
        drawing = draw(name, Order(names=(name,), target=path.parent), context, Sheet(lang=options.language))
        yield path, drawing_bytes(drawing, "svg")


def _reports(folders: Folders, options: BuildOptions) -> Iterator[File]:
    """Make the report in every language and format."""
    from corridors.documents.document import make_document, own_report

    context = load_with_maps(folders.geodata, folders.declaration, options.tell)
    for language in LANGUAGES:
        paths = [(folders.maps / "reports" / "report").with_suffix(f".{language}{suffix}") for suffix in REPORT_FORMS]
        options.tell(message("cli.step.report", paths[0].stem))
        yield from make_document(context, own_report(), *paths, lang=language).items()


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
    """Build the atlas: first make all files, then write them, each completely or not at all.

    See :class:`BuildOptions` for the parameters. Without ``folders``, :func:`find_folders` finds them. With ``force``,
    files that corridors did not make are replaced.

    Returns
    -------
    list of Path
        The files of the build. A file with the same bytes is not written again.

    Raises
    ------
    CorridorsError
        If the input has a fault, or a file cannot be written. Existing files are then unchanged.
    """
    options = BuildOptions(maps, only, language, tiles, attribution, tell)
    made = list(render(folders or find_folders(), options))
    changed = {path: data for path, data in made if not _holds(path, data)}
    write_own(changed, force=force)
    return [path for path, _ in made]


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file has exactly these bytes."""
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def differences(folders: Folders, options: BuildOptions) -> list[Message]:
    """The changes that a build would make now: one message for each file that is missing or has other bytes."""
    found = []
    for path, data in render(folders, options):
        if not path.is_file():
            found.append(message("cli.missing", str(path)))
        elif path.read_bytes() != data:
            found.append(message("cli.differs", str(path)))
    return found
