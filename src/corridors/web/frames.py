"""GeoDataFrames, also with dates and other values that JSON lacks, to the GeoJSON that folium's GeoJson keeps.

folium 0.20 gives a frame's values to JSON unchanged, and fails at the first date ("Timestamp is not JSON serializable";
geopandas' own ``to_json`` does the same). Files of every GIS have date columns, so the page accepts them. folium also
converts feature by feature, and writes and reads JSON in between. Here it is done by column, with the same result.
"""

import datetime as dt
import gc
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import wraps
from typing import Any, TypeVar

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pandas.api.extensions import ExtensionDtype
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype, is_object_dtype, is_string_dtype

from corridors.data.geojson import CRS
from corridors.web.geojson_shapes import geometries_of
from corridors.web.options import Json

EXACT_BELOW = 2**53
"""Below this, each whole number is exact as a number of a page, which is a double of IEEE 754."""

Given = TypeVar("Given")


def json_value(value: Any) -> Json:  # noqa: ANN401  (whatever a cell holds, as pandas takes it)
    """Return the value of a cell as JSON has it: dates, times and durations in ISO 8601, missing values as None."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, np.ndarray | np.generic):
        return json_value(value.tolist())
    if isinstance(value, Mapping):
        return {str(key): json_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [json_value(item) for item in value]
    return None if pd.isna(value) else _scalar(value)


def _scalar(value: object) -> float | str:
    if isinstance(value, dt.date | dt.time):  # a datetime is a date too
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return pd.Timedelta(value).isoformat()
    return float(value) if isinstance(value, Decimal) else str(value)


def json_frame(frame: Given) -> Given | pd.DataFrame:
    """Return a GeoDataFrame whose columns JSON can represent, or anything else as it is. The frame is not changed.

    If all times of a column are midnight without a time zone, the column has days: ``2025-06-17``.
    """
    if not isinstance(frame, pd.DataFrame) or not hasattr(frame, "geometry"):
        return frame
    shape = frame.geometry.name
    plain = frame.copy(deep=False)
    for name, column in frame.items():
        if name != shape and not _is_json(column.dtype):
            plain[name] = _json_column(column)
    return plain


def _is_json(kind: np.dtype[np.generic] | ExtensionDtype) -> bool:
    if is_object_dtype(kind):
        return False
    return is_numeric_dtype(kind) or is_string_dtype(kind)


def _json_column(column: "pd.Series[Any]") -> "pd.Series[Any]":
    if is_datetime64_any_dtype(column.dtype) and getattr(column.dtype, "tz", None) is None:
        known = column.dropna()
        if (known == known.dt.normalize()).all():
            column = column.astype(object).where(column.notna(), None).map(lambda day: day and day.date())
    return pd.Series([json_value(value) for value in column], index=column.index, dtype=object)


def frame_geojson(frame: gpd.GeoDataFrame) -> dict[str, object]:
    """Return a frame as the GeoJSON that folium makes of it, with bounding boxes, in EPSG:4326 (lon/lat).

    Parameters
    ----------
    frame
        The features, in any coordinate reference system; names of columns are unique. It is not changed.
    """
    plain = json_frame(frame.to_crs(CRS))
    shapes = np.asarray(plain.geometry)
    names = [name for name in plain.columns if name != plain.geometry.name]
    keys = [next(iter(json.loads(json.dumps({name: None})))) for name in names]
    rows = zip(*(_cells(plain[name]) for name in names), strict=True) if names else [()] * len(plain)
    boxes = shapely.bounds(shapes).tolist()
    with _all_kept():
        geometries = geometries_of(shapes)
    features = [
        {
            "id": str(label),
            "type": "Feature",
            "properties": dict(zip(keys, row, strict=True)),
            "geometry": geometry,
            "bbox": geometry and box,
        }
        for label, row, geometry, box in zip(np.asarray(plain.index), rows, geometries, boxes, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features, "bbox": plain.total_bounds.tolist()}


@contextmanager
def _all_kept() -> Iterator[None]:
    """Make very many lists that are all kept. The collector would look for garbage among them again and again."""
    usual = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if usual:
            gc.enable()


def _cells(column: "pd.Series[Any]") -> list[object]:
    """The values of a column as Python has them, missing ones as None."""
    cells = column.astype(object).to_numpy(copy=True)
    cells[column.isna().to_numpy()] = None
    return list(cells)


def let_folium_read_frames() -> None:
    """Make folium's GeoJson read frames with dates, and large ones quickly. Other input works as before."""
    read = folium.GeoJson.process_data
    if hasattr(read, "__wrapped__"):
        return

    @wraps(read)
    def process_data(self: folium.GeoJson, data: object) -> dict[str, object]:
        if not isinstance(data, gpd.GeoDataFrame) or not hasattr(data, "geometry") or not data.columns.is_unique:
            return read(self, data)
        self.embed = True
        return frame_geojson(data)

    folium.GeoJson.process_data = process_data  # type: ignore[method-assign]
