"""Columns of a frame to columns of a page: numbers, dates, categories and texts, each in its shortest form."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import (
    is_bool_dtype,
    is_datetime64_any_dtype,
    is_integer_dtype,
    is_numeric_dtype,
    is_timedelta64_dtype,
)

from corridors.content.vector_frames import identifies
from corridors.content.vector_units import unit_of
from corridors.web.blocks import Blocks
from corridors.web.frames import EXACT_BELOW, json_value

Column: TypeAlias = dict[str, object]
"""A column as script/types/columns.ts has it."""

MOST_DIGITS = 6
"""The most decimals of numbers that are written as whole numbers."""

EXACT = EXACT_BELOW // 4
"""Below this, twice the difference of two whole numbers is exact as a floating-point number."""

REPEATED = 2
"""A column of texts is one of categories if each text occurs at least so many times on average."""

SECONDS_A_DAY = 86_400


def encode_column(name: str, column: "pd.Series[Any]", blocks: Blocks) -> Column:
    """Encode a column. Values that are not numbers, dates or truth values become texts.

    Parameters
    ----------
    name
        The name of the column.
    column
        Its values.
    blocks
        The blocks to which the values are added.
    """
    coded: Column = {"name": name}
    missing = np.asarray(column.isna())
    if missing.any():
        coded["missing"] = blocks.add(np.packbits(missing, bitorder="little").tobytes())
    if is_bool_dtype(column.dtype):
        return coded | {"type": "bool", "codes": blocks.unsigned(_filled(column, missing).astype(np.int64))}
    if is_numeric_dtype(column.dtype) and not _too_long(column):
        about: Column = {"plain": True} if identifies(column) else {"unit": unit} if (unit := unit_of(name)) else {}
        return coded | about | _numbers(column, missing, blocks)
    if is_datetime64_any_dtype(column.dtype):
        return coded | _times(column, missing, blocks)
    return coded | _texts(column, missing, blocks)


def encode_sizes(name: str, sizes: NDArray[np.float64], blocks: Blocks) -> Column:
    """Encode metres or square metres, rounded to whole ones."""
    return {"name": name, "type": "number", "digits": 0, "steps": blocks.steps(np.rint(sizes).astype(np.int64))}


def _filled(column: "pd.Series[Any]", missing: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The values as numbers. A missing one is that of the row before, so that its difference is 0."""
    values = column.to_numpy(dtype=np.float64, na_value=0.0)
    known = np.maximum.accumulate(np.where(missing, 0, np.arange(len(missing))))
    return values[known] if missing.any() else values


def _too_long(column: "pd.Series[Any]") -> bool:
    """Whether whole numbers have more digits than a number of a page can have. They are identifiers, so texts do."""
    known = column.dropna()
    return bool(is_integer_dtype(column.dtype) and len(known) and max(known.max(), -known.min()) >= EXACT)


def _numbers(column: "pd.Series[Any]", missing: NDArray[np.bool_], blocks: Blocks) -> Column:
    """Numbers as whole multiples of a power of ten if that is exact, and otherwise as floating-point numbers."""
    values = _filled(column, missing)
    for digits in range(MOST_DIGITS + 1):
        scaled = np.rint(values * 10**digits)
        if not (np.abs(scaled) < EXACT).all():
            break
        if (scaled / 10**digits == values).all():
            return {"type": "number", "digits": digits, "steps": blocks.steps(scaled.astype(np.int64))}
    planes = values.astype("<f8").view(np.uint8).reshape(-1, 8).T
    return {"type": "float", "planes": blocks.add(planes.tobytes())}


def _times(column: "pd.Series[Any]", missing: NDArray[np.bool_], blocks: Blocks) -> Column:
    """Days if all times are midnight, and otherwise seconds; as written, in whatever zone."""
    local = column.dt.tz_localize(None) if getattr(column.dtype, "tz", None) is not None else column
    stamps = pd.Series(local.to_numpy(dtype="datetime64[s]").astype(np.int64))
    seconds = _filled(stamps.where(~missing), missing).astype(np.int64)
    if (seconds % SECONDS_A_DAY == 0).all():
        return {"type": "day", "steps": blocks.steps(seconds // SECONDS_A_DAY)}
    return {"type": "time", "steps": blocks.steps(seconds)}


def _texts(column: "pd.Series[Any]", missing: NDArray[np.bool_], blocks: Blocks) -> Column:
    """Texts, or numbers of texts in a list if they repeat; the most frequent text has the smallest number."""
    plain = column
    if is_timedelta64_dtype(column.dtype) or not _all_text(column):
        plain = pd.Series([text_of(value) for value in column], dtype=object)
    codes, values = pd.factorize(plain)
    if len(values) * REPEATED <= max(len(plain), REPEATED):
        names = [str(value) for value in values]
        counts = np.bincount(codes[codes >= 0], minlength=len(names))
        order = sorted(range(len(names)), key=lambda nth: (-counts[nth], names[nth]))
        rank = np.empty(len(names) + 1, dtype=np.int64)
        rank[order], rank[-1] = np.arange(len(order)), 0  # the last one is for code -1, a missing value
        return {"type": "category", "values": [names[nth] for nth in order], "codes": blocks.unsigned(rank[codes])}
    texts = plain.where(~missing, "").tolist()
    data = "".join(texts).encode()
    sizes = [*map(len, texts)]
    if len(data) != sum(sizes):  # a letter beyond ASCII has several bytes
        sizes = [len(text.encode()) for text in texts]
    return {"type": "text", "sizes": blocks.unsigned(sizes), "bytes": blocks.add(data)}


def _all_text(column: "pd.Series[Any]") -> bool:
    """Whether all values are texts or missing."""
    return pd.api.types.infer_dtype(column, skipna=True) in {"string", "empty"}


def text_of(value: object) -> str | None:
    """The text of a value of a cell: a list or a mapping as JSON, a date in ISO 8601; None if it is missing."""
    plain = json_value(value)
    if plain is None or isinstance(plain, str):
        return plain
    if isinstance(plain, Mapping | Sequence):
        return json.dumps(plain, ensure_ascii=False)
    return str(plain)
