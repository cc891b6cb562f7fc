"""Tables to geometries: the columns that hold positions, and what stands in them."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

LONGITUDE: Final = ("lon", "lng", "long", "longitude", "longitude_deg", "longitud", "lengtegraad", "долгота", "经度")
LATITUDE: Final = ("lat", "latitude", "latitude_deg", "latitud", "breedtegraad", "широта", "纬度")
PAIRS: Final = ((LONGITUDE, LATITUDE), (("x",), ("y",)))
SHAPE: Final = ("wkt", "geometry", "geom", "the_geom")
"""Names of the columns that hold positions, in small letters. Of several columns, the first name or pair counts."""

EWKT: Final = "SRID=4326;"


def table_shapes(rows: pd.DataFrame) -> tuple[NDArray[np.object_], NDArray[np.bool_]] | None:
    """The geometries in a table: points from two columns, or any geometries from a column of WKT.

    Returns
    -------
    tuple or None
        The geometry of each row, None where there is none or it cannot be read; and whether something is written
        there. None if no column holds positions.
    """
    known = {str(name).strip().casefold(): name for name in reversed(rows.columns)}

    def column(names: Sequence[str]) -> Any:  # noqa: ANN401 - the name of a column is any value
        return next((known[name] for name in names if name in known), None)

    shape = column(SHAPE)
    if shape is not None:
        texts = rows[shape].fillna("").astype(str).str.strip().str.removeprefix(EWKT).to_numpy(dtype=object)
        return np.asarray(shapely.from_wkt(texts, on_invalid="ignore")), np.asarray(texts != "", dtype=bool)
    pairs = [(column(east), column(north)) for east, north in PAIRS]
    lon, lat = next((pair for pair in pairs if None not in pair), (None, None))
    if lon is None:
        return None
    written = _written(rows[lon]) | _written(rows[lat])
    positions = np.column_stack([_degrees(rows[lon]), _degrees(rows[lat])])
    readable = ~np.isnan(positions).any(axis=1)
    shapes = np.full(len(rows), None, dtype=object)
    shapes[readable] = shapely.points(positions[readable])
    return shapes, written


def _written(column: "pd.Series[Any]") -> NDArray[np.bool_]:
    """In which cells something is written."""
    return np.asarray(column.notna() & (column.astype(str).str.strip() != ""), dtype=bool)


def _degrees(column: "pd.Series[Any]") -> NDArray[np.float64]:
    """The numbers of a column, with a decimal point or comma. NaN where there is none."""
    if not pd.api.types.is_numeric_dtype(column):
        column = column.astype(str).str.strip().str.replace(",", ".")
    return np.asarray(pd.to_numeric(column, errors="coerce"), dtype=float)
