"""Texts that are dates to dates.

GDAL takes ``1916`` in GeoJSON for the first of January 1916. So it reads texts there, and only whole dates become
dates.
"""

import re
from typing import Any, Final

import pandas as pd

WHOLE_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?")
"""A date of ISO 8601 with its day, and perhaps a time."""


def with_dates(data: pd.DataFrame) -> pd.DataFrame:
    """The columns, with dates where every text of a column is a date with its day. Years and months stay texts."""
    found = {str(name): _dates(column) for name, column in data.items() if _is_dated(column)}
    return data.assign(**found) if found else data


def _is_dated(column: "pd.Series[Any]") -> bool:
    """Whether a column has texts, and all of them are dates."""
    known = column.dropna()
    if known.empty or not isinstance(known.iloc[0], str):
        return False
    return bool(known.map(lambda value: isinstance(value, str) and WHOLE_DATE.fullmatch(value) is not None).all())


def _dates(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """The dates of texts. A day that does not exist, or times in different zones, leave the column as it is."""
    try:
        return pd.to_datetime(column, format="ISO8601")
    except ValueError:
        return column
