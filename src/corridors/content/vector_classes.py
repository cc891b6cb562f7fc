"""A column to classes of a legend: its values, or steps of its numbers or dates, each with a colour and a title."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import is_bool_dtype, is_datetime64_any_dtype, is_numeric_dtype

from corridors.content.facet_types import Words
from corridors.content.style import BLUE, CRIMSON, GREEN, OCHRE, ORANGE, PINK, SEA, SLATE, TEAL, TURQUOISE, VIOLET
from corridors.content.vector_units import unit_of
from corridors.errors import UsageError
from corridors.locales import LANGUAGES, message, number, translations

HUES = (BLUE, ORANGE, GREEN, PINK, VIOLET, OCHRE, CRIMSON, SEA, TURQUOISE, TEAL)
"""The colours of values, in the order of the legend."""

OTHERS = SLATE
"""The colour of values that have no class of their own, and of missing ones."""

STEPS = ("#D9B44A", "#C98232", "#B0522B", "#8A2A35", "#5C1A45", "#33124A")
"""The colours of steps, from the least to the greatest: from light to dark, so that they keep their order in grey."""

DARK_STEPS: Mapping[str, str] = dict(
    zip(STEPS, ("#8A6FC0", "#B06AAE", "#D2717F", "#E58F55", "#EDBE5C", "#FBF0B5"), strict=True)
)
"""The colours of steps in the dark theme, where the greatest is the lightest."""

MOST_STEPS = len(STEPS)
USUAL_STEPS = 5
SAMPLE = 500
"""Schemes other than quantiles compute with at most so many values, since their time grows with the square."""

EPOCH = pd.Timestamp(0, tz="UTC")

QUANTILES = "Quantiles"
"""The scheme that needs no other package: about the same number of features in each step."""


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """The classes of some features.

    Attributes
    ----------
    titles, colours
        Of each class, in the order of the legend.
    codes
        The class of each feature, as index.
    """

    titles: Sequence[Words]
    colours: Sequence[str]
    codes: NDArray[np.int64]


def classify(column: "pd.Series[Any]", *, scheme: str | None = None, steps: int = USUAL_STEPS) -> Classes:
    """Classify features by a column.

    Parameters
    ----------
    column
        Its values.
    scheme
        The scheme of mapclassify for numbers or dates, such as ``FisherJenks``. Without one, those with few values are
        classified by value, and others by quantiles.
    steps
        The number of steps, 2 to 6.

    Raises
    ------
    UsageError
        If there is no such scheme, mapclassify is missing, or the number of steps is not possible.
    """
    if not 2 <= steps <= MOST_STEPS:  # noqa: PLR2004 - one step would not be a classification
        raise UsageError(message("error.vector.steps", steps, MOST_STEPS))
    numeric = is_numeric_dtype(column.dtype) and not is_bool_dtype(column.dtype)
    dated = is_datetime64_any_dtype(column.dtype)
    if (numeric or dated) and (scheme or column.nunique() > len(HUES)):
        return _by_step(_days(column) if dated else column, scheme or QUANTILES, steps, dated=dated)
    if scheme:
        raise UsageError(message("error.vector.scheme.text", str(column.name)))
    return _by_value(column, order=float if numeric else str if dated else None)


def _days(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Dates as days since 1970, of UTC if they have a time zone; missing ones are NaN."""
    return (pd.to_datetime(column, utc=True) - EPOCH) / pd.Timedelta(days=1)


def _by_value(column: "pd.Series[Any]", *, order: Callable[[str], float | str] | None) -> Classes:
    """A class for each of the most frequent values; one for the rest, and one for missing values, if there are any.

    Without an order, the most frequent value comes first.
    """
    texts = column
    if column.dtype != "str":
        texts = column.astype(object).where(column.notna(), None).map(_value_text, na_action="ignore")
    unit = _unit(column) if order is float else ""
    numbers, known = pd.factorize(texts)
    counts = dict(zip(known, np.bincount(numbers[numbers >= 0], minlength=len(known)).tolist(), strict=True))
    frequent = sorted(counts, key=lambda text: (-counts[text], text))[: len(HUES)]
    if order:
        frequent.sort(key=order)
    places = {text: nth for nth, text in enumerate(frequent)}
    codes = np.array([*(places.get(text, -1) for text in known), -1])[numbers]  # the number of a missing one is -1
    rest = (numbers >= 0) & (codes < 0)
    titles: list[Words] = [dict.fromkeys(LANGUAGES, text + unit) for text in frequent]
    colours = list(HUES[: len(frequent)])
    for held, title in ((rest, "vector.others"), (numbers < 0, "vector.missing")):
        if held.any():
            codes[held] = len(titles)
            titles.append(translations(title))
            colours.append(OTHERS)
    return Classes(titles, colours, codes)


def _unit(column: "pd.Series[Any]") -> str:
    """The unit after the numbers of a column, with the space before it; empty if its name gives none."""
    unit = unit_of(str(column.name))
    return f"\N{NO-BREAK SPACE}{unit}" if unit else ""


def _value_text(value: object) -> str:
    """The text of a value as a class."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).removesuffix(" 00:00:00") if isinstance(value, pd.Timestamp) else str(value)


def _by_step(column: "pd.Series[Any]", scheme: str, steps: int, *, dated: bool) -> Classes:
    """Classes of numbers, or days since 1970, from edge to edge, and one for missing ones, if there are any."""
    values = column.to_numpy(dtype=float, na_value=np.nan)
    known = np.isfinite(values)
    tops = np.unique(_upper_edges(values[known], scheme, steps))
    codes = np.minimum(np.searchsorted(tops, values), len(tops) - 1)
    edges = [float(values[known].min()), *map(float, tops)]
    digits, unit = _digits(edges), "" if dated else _unit(column)

    def said(edge: float, language: str) -> str:
        return str((EPOCH + pd.Timedelta(days=edge)).date()) if dated else number(edge, digits, language)

    titles: list[Words] = [
        {language: f"{said(least, language)} – {said(most, language)}{unit}" for language in LANGUAGES}
        for least, most in pairwise(edges)
    ]
    places = np.linspace(0, MOST_STEPS - 1, len(titles)).round().astype(int)
    colours = [STEPS[place] for place in places]
    if not known.all():
        codes[~known] = len(titles)
        titles.append(translations("vector.missing"))
        colours.append(OTHERS)
    return Classes(titles, colours, codes)


def _upper_edges(values: NDArray[np.float64], scheme: str, steps: int) -> NDArray[np.float64]:
    """The greatest value of each step."""
    if scheme == QUANTILES:
        return np.quantile(values, np.linspace(0, 1, steps + 1)[1:])
    schemes = _schemes()
    if scheme not in schemes:
        raise UsageError(message("error.vector.scheme", repr(scheme), sorted({QUANTILES, *schemes})))
    if len(values) > SAMPLE:  # equally many values between each two, in place of a random sample
        values = np.quantile(values, np.linspace(0, 1, SAMPLE))
    with warnings.catch_warnings():  # about numba, with which some schemes are faster
        warnings.simplefilter("ignore")
        return np.asarray(schemes[scheme](values, k=steps).bins, dtype=float)


def _schemes() -> Mapping[str, Callable[..., Any]]:
    """The schemes of mapclassify that take a number of steps, and whose result does not depend on chance."""
    try:
        import mapclassify  # noqa: PLC0415  (an extra; its import takes a second)
    except ModuleNotFoundError as error:
        raise UsageError(message("error.extra", "mapclassify", "classes")) from error
    names = ("EqualInterval", "FisherJenks", "JenksCaspall", "MaximumBreaks")
    return {name: getattr(mapclassify, name) for name in names}


def _digits(edges: Sequence[float]) -> int:
    """The least number of decimals in which the edges differ."""
    return next((digits for digits in range(6) if len({round(edge, digits) for edge in edges}) == len(set(edges))), 6)
