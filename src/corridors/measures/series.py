"""Rows of figures to series: what may be drawn side by side, in the order of time, and the figure to quote of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corridors.data.periods import is_later, kind_of, span
from corridors.data.tables import Row

MIRROR = "mirror"
"""The basis of figures that partner countries report."""


@dataclass(frozen=True, slots=True)
class Point:
    """One source's figure of a year, or of a part of one.

    Attributes
    ----------
    period
        ISO 8601.
    bound
        ``exact``, ``about`` or ``more_than``.
    part
        Whether the period is a part of a year.
    later
        Whether the period ends after the atlas's date.
    mirror
        Whether the partner's statistics say so, not China's.
    sources
        Ids of ``sources.csv``.
    """

    period: str
    value: float
    confidence: str
    bound: str
    part: bool
    later: bool
    mirror: bool
    sources: tuple[str, ...]

    @property
    def year(self) -> int:
        """The calendar year that the period lies in."""
        return int(self.period[:4])


def series_of(rows: Iterable[Row], as_of: str) -> list[Point]:
    """Figures of one subject, indicator and unit as points in the order of time.

    Every source's figure is a point of its own. In a year the whole comes before its parts, and what stands first in
    the table before the others; what is later than the atlas's date stands last. Figures of several years together are
    no points.

    Parameters
    ----------
    rows
        Rows of ``throughput.csv`` or ``trade.csv``.
    as_of
        The atlas's date, ISO 8601.
    """
    points = [
        Point(
            row["period"],
            row["value"],
            row["confidence"],
            row["bound"] or "exact",
            kind_of(row["period"]) == "part",
            is_later(row["period"], as_of),
            row.get("basis") == MIRROR,
            tuple(row["source"]),
        )
        for row in rows
        if row["value"] is not None and kind_of(row["period"]) != "years"
    ]
    return sorted(points, key=lambda point: (point.later, point.year, point.part, span(point.period)[1]))


def quoted(points: Sequence[Point]) -> Point | None:
    """The figure to quote: of the last whole year, else of the last part of one; a later one only for want of these."""
    own = [point for point in points if not point.mirror]
    return max(own, key=lambda point: (not point.later, not point.part, span(point.period)[1]), default=None)


def limits(period: str, as_of: str) -> str:
    """What a figure of a period must not be taken for, as the end of a method."""
    part = "; of a part of the year" if kind_of(period) == "part" else ""
    return part + (f"; later than the atlas's date, {as_of}" if is_later(period, as_of) else "")
