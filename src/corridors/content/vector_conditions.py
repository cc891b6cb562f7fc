"""The classes of a reader's own data to conditions of ``corridors stats``, with which it measures the same."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from corridors.measures.where import MOST_VALUES, column_words

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Origin:
    """Where features come from.

    Attributes
    ----------
    command
        The command that measures all features of their layer in the file.
    where
        The condition that they were chosen by; empty if there was none.
    """

    command: str
    where: str = ""


def class_conditions(column: "pd.Series[Any]", codes: NDArray[np.int64], count: int) -> list[str | None]:
    """The condition of each class of a column, on the features at hand.

    Parameters
    ----------
    column
        The column that gives the classes.
    codes
        The class of each feature, as index.
    count
        The number of classes.

    Returns
    -------
    list of str or None
        None for a class that no condition gives, such as one of lists.
    """
    words = column_words(str(column.name))
    held = [_values(column[codes == nth]) for nth in range(count)]
    return [_condition(words, column[codes == nth], nth, held) for nth in range(count)]


def _condition(words: str, column: "pd.Series[Any]", nth: int, held: list[list[str] | None]) -> str | None:
    """The condition of one class. A missing value is the only one that differs from itself."""
    values = held[nth]
    if column.isna().all():
        return f"{words} != {words}"
    if values is None or column.isna().any():
        return None
    if len(values) <= MOST_VALUES:
        return f"{words} == {values[0]}" if len(values) == 1 else f"{words} in ({', '.join(values)})"
    if is_numeric_dtype(column.dtype):
        return f"{words} >= {column.min()} and {words} <= {column.max()}"
    # A class with more values is told by the values that it does not have.
    others = [value for other, each in enumerate(held) if other != nth for value in each or []]
    return f"{words} == {words} and {words} not in ({', '.join(others)})"


def _values(column: "pd.Series[Any]") -> list[str] | None:
    """The values of a column as conditions write them, without missing ones; None if conditions cannot write one."""
    known = column.dropna()
    if is_numeric_dtype(known.dtype) and not is_bool_dtype(known.dtype):
        numbers = known.unique()
        return [repr(number.item()) for number in numbers] if np.isfinite(numbers.astype(float)).all() else None
    texts = dict.fromkeys(known) if all(isinstance(value, str | bool | int) for value in known) else None
    return None if texts is None else [repr(text) for text in texts]
