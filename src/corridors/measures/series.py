"""Rows of figures to series: the points that may be drawn together, in order of time, and the figure to quote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corridors.data.periods import is_later, kind_of, span
from corridors.data.tables import Row

MIRROR = "mirror"
"""The basis of figures that partner countries report."""


@dataclass(frozen=True, slots=True)
class Point:
    """One source's figure for a year, or for a part of a year.

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
        Whether the figure is from the partner's statistics, not from China's.
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
    """Figures of one subject, indicator and unit as points in order of time.

    Each source's figure is one point. In a year, the whole year comes before its parts, and otherwise the order of the
    table holds. Points later than the atlas's date are last. Figures for several years together are left out.

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
    """The figure to quote: the last whole year, else the last part of a year. Later figures are the last choice."""
    own = [point for point in points if not point.mirror]
    return max(own, key=lambda point: (not point.later, not point.part, span(point.period)[1]), default=None)


def limits(period: str, as_of: str) -> str:
    """The limits of a figure's period, as the end of a method."""
    part = "; of a part of the year" if kind_of(period) == "part" else ""
    return part + (f"; later than the atlas's date, {as_of}" if is_later(period, as_of) else "")
