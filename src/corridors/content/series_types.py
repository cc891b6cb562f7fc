"""The types of figures over time in a page's content: the series of a card, and the charts beside a map."""

from collections.abc import Sequence
from typing import NotRequired, TypeAlias, TypedDict

from corridors.measures.multiples import Slot

Point: TypeAlias = list[str | float | list[str] | list[int]]
"""Period, value, confidence, sources (ids, or indices in the feature's list), and marks, if there are any."""


class Series(TypedDict):
    """A chart of figures over time. ``top`` is the highest value of its scale."""

    label: str
    unit: str
    points: list[Point]
    top: float


class Multiples(TypedDict):
    """The charts of one series of several features, the largest first, with the axis and the scale that they share.

    Attributes
    ----------
    series
        The label of the series.
    of
        The ids of the features.
    axis
        See :func:`corridors.measures.multiples.shared_axis`.
    top
        The highest value of the scale.
    total
        The chart of all together, which has a scale and an axis of its own.
    open
        Whether the charts are open at first.
    """

    series: str
    of: list[str]
    axis: Sequence[Slot]
    top: float
    total: NotRequired["Multiples"]
    open: NotRequired[bool]
