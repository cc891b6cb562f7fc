"""A frame of any origin to one that a page can show: EPSG:4326, columns with names of their own."""

import geopandas as gpd

from corridors.data.geojson import CRS
from corridors.errors import UsageError
from corridors.locales import message


def ready_frame(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The frame in EPSG:4326 (lon/lat), with one text as the name of each column. It is not changed.

    Raises
    ------
    UsageError
        If it has no coordinate reference system.
    """
    if frame.crs is None:
        raise UsageError(message("error.vector.frame.crs"))
    ready = frame if frame.crs.equals(CRS) else frame.to_crs(CRS)
    names = _distinct([str(name) for name in ready.columns])
    if names != list(ready.columns):
        place = list(ready.columns).index(ready.geometry.name)
        ready = ready.set_axis(names, axis="columns").set_geometry(names[place], crs=CRS)
    return ready


def _distinct(names: list[str]) -> list[str]:
    """The names; a name that occurs again has a number after it."""
    found: list[str] = []
    for name in names:
        other = (f"{name} {nth}" for nth in range(2, len(names) + 2))
        found.append(name if name not in found else next(one for one in other if one not in found and one not in names))
    return found
