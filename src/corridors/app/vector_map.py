"""Vector files to one offline map: a page with legend, search, table, filters, cards and totals."""

import re
import shlex
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from corridors.app.engines import Engine, SingleProcess
from corridors.app.vector_files import each_part, refuse_unknown_layers
from corridors.content.vector_conditions import Origin
from corridors.content.vector_frames import MOST_PRECISION, USUAL_PRECISION, refuse_unknown, step_of
from corridors.content.vector_layers import PageLayer
from corridors.data.geojson import CRS
from corridors.data.vector_files import AS_WRITTEN, Reading, VectorLayer, VectorPart, joined, read_part
from corridors.errors import InputError, UsageError
from corridors.locales import DEFAULT_LANGUAGE, Message, message
from corridors.measures.where import choose
from corridors.web.map import CorridorMap, Ground

if TYPE_CHECKING:
    from collections.abc import Callable

WEB = "web"
"""The precision that a page shows: coordinates of four decimals, and no vertex that makes no difference."""

WEB_PRECISION = 4


@dataclass(frozen=True, slots=True)
class MapOptions:
    """How files become a map.

    Attributes
    ----------
    title
        The title of the map.
    language
        The language of the page if it does not have the reader's own language.
    by, scheme, steps, label
        See :meth:`corridors.web.map.CorridorMap.add_layer`; ``by`` is its column.
    where
        A condition on columns, see :mod:`corridors.measures.where`.
    columns
        The columns to keep; all if there are none.
    precision
        Decimals of the coordinates in degrees (0 to 7), or ``web``.
    basemap
        ``none`` for a map without a basemap.
    licence
        The licence of the data.
    tell
        A function that is called with a message about each step.
    """

    title: str = ""
    language: str = DEFAULT_LANGUAGE
    by: str | None = None
    scheme: str | None = None
    steps: int = 5
    label: str | None = None
    where: str | None = None
    columns: Sequence[str] = ()
    precision: str = str(USUAL_PRECISION)
    basemap: Ground = "auto"
    licence: str = ""
    tell: "Callable[[Message], None]" = field(default=lambda _: None)


@dataclass(frozen=True, slots=True)
class DrawnLayer:
    """A layer of a file as it is drawn.

    Attributes
    ----------
    layer
        The layer with the features and the columns that are kept.
    columns
        All its columns.
    origin
        Where its features come from; None as long as only a part of them is read.
    """

    layer: VectorLayer
    columns: tuple[str, ...]
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of each part of the files: names of layers, and how they are prepared."""

    names: Sequence[str]
    reading: Reading
    where: str | None
    columns: Sequence[str]


def read_drawn(
    files: Sequence[Path],
    options: MapOptions,
    *,
    names: Sequence[str] = (),
    reading: Reading = AS_WRITTEN,
    engine: Engine | None = None,
) -> list[DrawnLayer]:
    """Read vector files for a map. An engine reads and prepares their parts.

    Parameters
    ----------
    files, reading
        See :func:`corridors.data.vector_files.read_vectors`.
    options
        How they become a map.
    names
        Names of layers; all if there are none.
    engine
        What does the work; without it, this process.

    Raises
    ------
    UsageError
        If there is no such layer or column, or the condition or the precision cannot be read.
    FileError, InputError
        If a file cannot be used.
    """
    _precision(options)
    kept = dict.fromkeys([*options.columns, *(name for name in (options.by, options.label) if name)])
    asked = _Asked(names, reading, options.where, tuple(kept) if options.columns else ())
    parts: dict[tuple[int, str], list[DrawnLayer]] = {}
    for nth, found in each_part(files, _drawn, asked, engine or SingleProcess(), options.tell):
        for drawn in found:
            parts.setdefault((nth, drawn.layer.name), []).append(drawn)
    refuse_unknown_layers(names, [name for _, name in parts])
    several = {nth for nth, many in Counter(nth for nth, _ in parts).items() if many > 1}
    return [
        DrawnLayer(
            joined([drawn.layer for drawn in each]),
            each[0].columns,
            Origin(_command(files[nth], name if nth in several else "", reading), options.where or ""),
        )
        for (nth, name), each in parts.items()
        if not names or name in names
    ]


def _command(file: Path, layer: str, reading: Reading) -> str:
    """The command that measures a layer of a file in the present folder."""
    options = {"--layer": layer, "--crs": reading.crs or ""}
    words = [word for option, value in options.items() if value for word in (option, value)]
    name = f"./{file.name}" if file.name.startswith("-") else file.name or "."
    return shlex.join(["corridors", "stats", name, *words, *(["--skip-bad"] if reading.skip_bad else [])])


def _drawn(part: VectorPart, asked: _Asked) -> list[DrawnLayer]:
    """The layers of a part, prepared."""
    found = []
    for layer in read_part(part, asked.reading):
        wanted = not asked.names or layer.name in asked.names
        frame = _prepared(layer.frame, asked) if wanted else layer.frame[:0]
        found.append(DrawnLayer(replace(layer, frame=frame), tuple(map(str, layer.frame.columns))))
    return found


def _precision(options: MapOptions) -> int:
    """The decimals of the coordinates."""
    if options.precision == WEB:
        return WEB_PRECISION
    if not options.precision.isdecimal():
        raise UsageError(message("error.vector.precision", repr(options.precision), MOST_PRECISION))
    return int(options.precision)


def vector_map(layers: Sequence[DrawnLayer], options: MapOptions) -> CorridorMap:
    """The map of some layers of files, as :func:`read_drawn` gives them.

    Raises
    ------
    UsageError
        If there is no such column, the precision is not possible, or the condition leaves no feature.
    InputError
        If the files have no feature that can be drawn.
    """
    precision = _precision(options)
    known = dict.fromkeys(name for one in layers for name in one.columns)
    refuse_unknown((options.by, options.label, *options.columns), known)
    if not any(len(drawn.layer.frame) for drawn in layers):
        if options.where:
            raise UsageError(message("error.vector.none_left"))
        raise InputError(message("error.vector.featureless", [drawn.layer.name for drawn in layers]))
    names = [drawn.layer.name for drawn in layers]
    one_file = len({name.partition(":")[0] for name in names}) == 1 and all(":" in name for name in names)
    page = CorridorMap(title=options.title, lang=options.language, basemap=options.basemap)
    tolerance = step_of(precision) if options.precision == WEB else 0.0
    for drawn in layers:
        name, frame, before = drawn.layer.name, drawn.layer.frame, len(page.layers)
        options.tell(message("vector.drawing", name))
        if len(frame):
            page.add_layer(
                frame,
                words_of(name.partition(":")[2] if one_file else name),
                column=options.by if options.by in frame.columns else None,
                scheme=options.scheme,
                steps=options.steps,
                label=options.label if options.label in frame.columns else None,
                precision=precision,
                licence=options.licence,
            )
            page.layers[before:] = [_told(layer, drawn, tolerance) for layer in page.layers[before:]]
    return page


def words_of(name: str) -> str:
    """The name of a file or a layer as words."""
    return re.sub(r"[_\s]+", " ", name).strip()


def _prepared(frame: gpd.GeoDataFrame, asked: _Asked) -> gpd.GeoDataFrame:
    """The features that are drawn, with the columns that are kept."""
    chosen = choose(frame, asked.where) if asked.where else frame
    if asked.columns:
        chosen = chosen[[*(name for name in asked.columns if name in chosen.columns), chosen.geometry.name]]
    return chosen


def _told(layer: PageLayer, drawn: DrawnLayer, tolerance: float) -> PageLayer:
    """A layer of a page with its origin, and without vertices that make no difference. Its sizes are measured already.

    A collection of several kinds of geometry is a feature of several layers, which no command measures alone.
    """
    shapes = layer.frame.geometry.to_numpy()
    mixed = shapely.get_type_id(drawn.layer.frame.geometry.to_numpy()) == shapely.GeometryType.GEOMETRYCOLLECTION
    frame = layer.frame.set_geometry(shapely.simplify(shapes, tolerance), crs=CRS) if tolerance else layer.frame
    return replace(layer, frame=frame, origin=None if mixed.any() else drawn.origin)
