"""A column of a reader's own data to the filter that a page has for it."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_datetime64_any_dtype, is_numeric_dtype

from corridors.content.facet_types import Filter
from corridors.content.vector_frames import identifies
from corridors.content.vector_units import unit_of

MOST_VALUES = 40
"""A column of texts with at most so many values has a filter, if some value is that of several features."""


def column_filters(name: str, column: "pd.Series[Any]") -> Iterator[Filter]:
    """The filter of a column, if it can have one: from number to number, from day to day, or by value."""
    if is_bool_dtype(column.dtype):
        yield {
            "property": name,
            "values": [str(value).lower() for value in sorted(set(column.dropna()))],
            "open": False,
        }
    elif is_numeric_dtype(column.dtype) or is_datetime64_any_dtype(column.dtype):
        yield from _range(name, column)
    elif pd.api.types.infer_dtype(column, skipna=True) == "string":
        counts = column.value_counts()
        if 2 <= len(counts) <= min(MOST_VALUES, len(column.dropna()) - 1):  # noqa: PLR2004 - one value is no choice
            values = sorted(map(str, counts.index), key=lambda value: (-counts[value], value))
            yield {"property": name, "values": values, "open": False}


def _range(name: str, column: "pd.Series[Any]") -> Iterator[Filter]:
    """The range of a column of numbers or dates. Dates are days since 1970."""
    dated = is_datetime64_any_dtype(column.dtype)
    values = column.dropna()
    if dated:
        local = values.dt.tz_localize(None) if getattr(values.dtype, "tz", None) is not None else values
        values = pd.Series(local.to_numpy(dtype="datetime64[D]").astype(np.int64))
    else:
        values = values[np.isfinite(values.to_numpy(dtype=float))]
    if not len(values) or values.min() == values.max() or identifies(column):
        return
    edges = [values.min(), values.max()]
    found: Filter = {"property": name, "values": [], "range": [float(edge) for edge in edges], "open": False}
    unit = "day" if dated else unit_of(name)
    if unit:
        found["unit"] = unit
    yield found
