"""A frame to a map in one call, as geopandas' ``explore`` does it, but offline and of any size."""

import geopandas as gpd

from corridors.content.vector_classes import USUAL_STEPS
from corridors.content.vector_frames import USUAL_PRECISION
from corridors.locales import DEFAULT_LANGUAGE
from corridors.web.map import CorridorMap


def explore(
    frame: gpd.GeoDataFrame,
    column: str | None = None,
    *,
    scheme: str | None = None,
    steps: int = USUAL_STEPS,
    label: str | None = None,
    name: str = "data",
    title: str = "",
    lang: str = DEFAULT_LANGUAGE,
    precision: int = USUAL_PRECISION,
    licence: str = "",
) -> CorridorMap:
    """Make a map of a frame, with legend, search, table, filters, cards and totals.

    Parameters
    ----------
    frame, column, scheme, steps, label, name, precision, licence
        See :meth:`corridors.CorridorMap.add_layer`.
    title
        The title of the page; without one, the name of the layer.
    lang
        Language of the page if the page does not have the reader's own language.

    Raises
    ------
    UsageError
        If the frame has no coordinate reference system or no such column.
    """
    page = CorridorMap(title=title or name, lang=lang)
    return page.add_layer(
        frame, name, column=column, scheme=scheme, steps=steps, label=label, precision=precision, licence=licence
    )
