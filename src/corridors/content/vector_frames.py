"""A frame of any origin to one that a page can show: EPSG:4326, columns with names of their own."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import geopandas as gpd
from pandas.api.types import is_integer_dtype

from corridors.data.geojson import CRS
from corridors.data.vector_features import position_faults
from corridors.errors import UsageError, not_among
from corridors.geo.antimeridian import split_at_antimeridian
from corridors.locales import message

if TYPE_CHECKING:
    import pandas as pd

USUAL_PRECISION = 5
"""Decimals of coordinates in degrees: about one metre."""

MOST_PRECISION = 7
"""The most decimals: about one centimetre."""


def step_of(precision: int) -> float:
    """The degrees of one step of coordinates with so many decimals.

    Raises
    ------
    UsageError
        If the precision is not possible.
    """
    if not 0 <= precision <= MOST_PRECISION:
        raise UsageError(message("error.vector.precision", precision, MOST_PRECISION))
    return float(f"1e-{precision}")


def refuse_unknown(names: Iterable[str | None], known: Iterable[str]) -> None:
    """Refuse names of columns that do not exist.

    Raises
    ------
    UsageError
        If there is no such column. The message lists columns.
    """
    columns = [name for name in known if name != "geometry"]
    for name in names:
        if name is not None and name not in columns:
            raise UsageError(not_among("error.vector.column", name, columns))


def ready_frame(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The frame in EPSG:4326 (lon/lat), cut at the antimeridian, with one text as the name of each column.

    The given frame is not changed.

    Raises
    ------
    UsageError
        If it has no coordinate reference system, or a position that is not on Earth.
    """
    if frame.crs is None:
        raise UsageError(message("error.vector.frame.crs"))
    ready = frame if frame.crs.equals(CRS) else frame.to_crs(CRS)
    names = _distinct([str(name) for name in ready.columns])
    if names != list(ready.columns):
        place = list(ready.columns).index(ready.geometry.name)
        ready = ready.set_axis(names, axis="columns").set_geometry(names[place], crs=CRS)
    for number, fault in position_faults(ready).items():
        raise UsageError(message("error.vector.frame.feature", number, fault))
    return ready.set_geometry(split_at_antimeridian(ready.geometry.to_numpy()), crs=CRS)


ID = re.compile(r"(^|[_\W])id$", re.IGNORECASE)
"""The name of a column whose numbers identify something."""

MANY = 40
"""With fewer features, whole numbers that differ may be measurements."""


def identifies(column: "pd.Series[Any]") -> bool:
    """Whether whole numbers only identify features: so says the name, or there are many, and each is another one."""
    if not is_integer_dtype(column.dtype):
        return False
    return bool(ID.search(str(column.name)) or (len(column) > MANY and column.is_unique))


def _distinct(names: list[str]) -> list[str]:
    """The names; a name that occurs again has a number after it."""
    found: list[str] = []
    for name in names:
        other = (f"{name} {nth}" for nth in range(2, len(names) + 2))
        found.append(name if name not in found else next(one for one in other if one not in found and one not in names))
    return found
