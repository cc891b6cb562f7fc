"""Vector files to one offline map: a page with legend, search, table, filters, cards and totals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from corridors.content.vector_frames import MOST_PRECISION, USUAL_PRECISION, refuse_unknown, step_of
from corridors.data.vector_files import VectorLayer
from corridors.errors import UsageError
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


def vector_map(layers: Sequence[VectorLayer], options: MapOptions) -> CorridorMap:
    """The map of some layers of files, as :func:`corridors.app.vector_files.read_files` gives them.

    Raises
    ------
    UsageError
        If there is no such column, the condition or the precision cannot be read, or no feature is left.
    """
    web = options.precision == WEB
    if not web and not options.precision.isdecimal():
        raise UsageError(message("error.vector.precision", repr(options.precision), MOST_PRECISION))
    precision = WEB_PRECISION if web else int(options.precision)
    columns = dict.fromkeys(name for layer in layers for name in layer.frame.columns)
    refuse_unknown((options.by, options.label, *options.columns), columns)
    drawn = [(layer.name, _prepared(layer, options, step_of(precision) if web else 0)) for layer in layers]
    if not any(len(frame) for _, frame in drawn):
        raise UsageError(message("error.vector.none_left"))
    one_file = len({layer.name.partition(":")[0] for layer in layers}) == 1 and all(":" in one.name for one in layers)
    page = CorridorMap(title=options.title, lang=options.language, basemap=options.basemap)
    for name, frame in drawn:
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
    return page


def words_of(name: str) -> str:
    """The name of a file or a layer as words."""
    return re.sub(r"[_\s]+", " ", name).strip()


def _prepared(layer: VectorLayer, options: MapOptions, tolerance: float) -> gpd.GeoDataFrame:
    """The features of a layer that are drawn, with the columns that are kept."""
    frame = choose(layer.frame, options.where) if options.where else layer.frame
    if options.columns:
        needed = dict.fromkeys([*options.columns, *(name for name in (options.by, options.label) if name)])
        frame = frame[[*(name for name in needed if name in frame.columns), frame.geometry.name]]
    if tolerance:
        frame = frame.set_geometry(shapely.simplify(frame.geometry.to_numpy(), tolerance), crs=frame.crs)
    return frame
