"""Series over time to small multiples: the years that charts share as their axis, and the scale of those with one unit.

Pages receive both as data, and figures use them as they are. So both have the same columns in the same places.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from corridors.measures.series import Point

MOST_EMPTY = 2
"""Up to so many years in a row without a figure are drawn as empty years. More are a break of the axis."""

BREAK = 0
"""The year that stands for a break."""

APART, PAUSE = 0.3, 1.4
"""The space between two years, and the width of a break, in columns."""

Slot = tuple[int, float, float]
"""A year (or ``BREAK``), where its columns start, and how many columns it has, in columns from the left."""


def shared_axis(series: Iterable[Sequence[int]]) -> list[Slot]:
    """The axis that charts share.

    A year has as many columns as the chart with most figures of that year. A year without a figure is empty, and never
    filled from its neighbours.

    Parameters
    ----------
    series
        The years of the figures of each chart.
    """
    columns: dict[int, int] = {}
    for years in series:
        for year, count in Counter(years).items():
            columns[year] = max(count, columns.get(year, 0))
    known = sorted(columns)
    shown: list[tuple[int, float]] = [(year, columns[year]) for year in known[:1]]
    for before, year in pairwise(known):
        empty = range(before + 1, year)
        shown += [(BREAK, PAUSE)] if len(empty) > MOST_EMPTY else [(each, 1) for each in empty]
        shown.append((year, columns[year]))
    axis: list[Slot] = []
    at = 0.0
    for year, width in shown:
        axis.append((year, round(at, 1), width))
        at += width + APART
    return axis


def width_of(axis: Sequence[Slot]) -> float:
    """The width of an axis, in columns."""
    _, at, columns = axis[-1]
    return at + columns


def places(points: Sequence[Point], axis: Sequence[Slot]) -> list[float]:
    """The middle of the column of each figure, in columns from the left. Figures of one year are side by side."""
    slots = {year: (at, columns) for year, at, columns in axis}
    count, seen = Counter(point.year for point in points), Counter[int]()
    found = []
    for point in points:
        at, columns = slots[point.year]
        found.append(at + (columns - count[point.year]) / 2 + seen[point.year] + 0.5)
        seen[point.year] += 1
    return found


def scales(highest: Iterable[tuple[str, float]]) -> Mapping[str, float]:
    """The highest value of each unit, which is the top of the scale of all charts in that unit."""
    found: dict[str, float] = {}
    for unit, value in highest:
        found[unit] = max(value, found.get(unit, value))
    return found
