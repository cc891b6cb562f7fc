"""GeoDataFrames with dates and other values that JSON lacks to frames that folium's GeoJson accepts.

folium 0.20 gives a frame's values to JSON unchanged, and fails at the first date ("Timestamp is not JSON serializable";
geopandas' own ``to_json`` does the same). Files of every GIS have date columns, so the page accepts them.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import wraps
from typing import Any, TypeVar

import folium
import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionDtype
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype, is_object_dtype, is_string_dtype

from corridors.web.options import Json

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


def _is_json(kind: np.dtype[Any] | ExtensionDtype) -> bool:
    if is_object_dtype(kind):
        return False
    return is_numeric_dtype(kind) or is_string_dtype(kind)


def _json_column(column: "pd.Series[Any]") -> "pd.Series[Any]":
    if is_datetime64_any_dtype(column.dtype) and getattr(column.dtype, "tz", None) is None:
        known = column.dropna()
        if (known == known.dt.normalize()).all():
            column = column.astype(object).where(column.notna(), None).map(lambda day: day and day.date())
    return pd.Series([json_value(value) for value in column], index=column.index, dtype=object)


def let_folium_read_dates() -> None:
    """Make folium's GeoJson accept frames with dates. Other input works as before."""
    read = folium.GeoJson.process_data
    if hasattr(read, "__wrapped__"):
        return

    @wraps(read)
    def process_data(self: folium.GeoJson, data: object) -> dict[str, object]:
        return read(self, json_frame(data))

    folium.GeoJson.process_data = process_data  # type: ignore[method-assign]
