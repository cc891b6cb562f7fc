"""GeoParquet, one file or a folder of parts, to its columns, geometries and coordinate reference system."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from corridors.errors import InputError, UsageError
from corridors.locales import message

if TYPE_CHECKING:
    from pyarrow import Table

ABOUT: Final = b"geo"
"""The key of the metadata that describes the geometries (GeoParquet 1.1)."""

DEFAULT_CRS: Final = "OGC:CRS84"
"""The system of a file that does not name one, after GeoParquet 1.1: WGS 84, longitude first."""


class ParquetRows(NamedTuple):
    """The content of GeoParquet: columns, geometries with None where unreadable, where one is written, and the CRS."""

    columns: pd.DataFrame
    shapes: NDArray[np.object_] | None
    written: NDArray[np.bool_]
    crs: object | None


def read_parquet(path: Path, label: str) -> ParquetRows:
    """Read GeoParquet.

    Parameters
    ----------
    path
        A file, or a folder of parts with one schema. Folders named ``column=value`` give a column.
    label
        The name of the file in messages.

    Returns
    -------
    ParquetRows
        Its ``shapes`` are None if the file says nothing about geometries.

    Raises
    ------
    UsageError
        If pyarrow is missing.
    InputError
        If the file is damaged.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an optional extra
        from pyarrow import dataset  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(message("error.vector.pyarrow", label)) from error
    try:
        parts = dataset.dataset(path, format="parquet", partitioning="hive")
        about = json.loads((parts.schema.metadata or {}).get(ABOUT, b"null"))
        table = parts.to_table()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(message("error.vector.damaged", label, str(error).partition("\n")[0])) from error
    return _rows(table, about)


def _rows(table: "Table", about: dict[str, Any] | None) -> ParquetRows:
    """The columns of a table, and its geometries as the metadata describe them."""
    if not isinstance(about, dict):
        return ParquetRows(table.to_pandas(), None, np.zeros(len(table), dtype=bool), DEFAULT_CRS)
    name = about["primary_column"]
    column = about["columns"][name]
    covering = column.get("covering", {}).get("bbox", {}).get("xmin", [None])[0]
    rows = table.drop_columns([each for each in (name, covering) if each in table.column_names]).to_pandas()
    crs = column.get("crs", DEFAULT_CRS)
    if column["encoding"] != "WKB":
        shapes = gpd.GeoDataFrame.from_arrow(table).geometry.to_numpy()
        return ParquetRows(rows, shapes, ~shapely.is_missing(shapes), crs)
    codes = np.asarray(table.column(name).to_numpy(), dtype=object)
    return ParquetRows(rows, np.asarray(shapely.from_wkb(codes, on_invalid="ignore")), pd.notna(codes), crs)
