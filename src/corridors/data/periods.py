"""Periods (ISO 8601) to their kind: whole years, parts of a year, several years, and later than the atlas's date.

A figure for seven months is not comparable with a figure for a year. A year that ended after the atlas's date was not
known on that date. Cards, charts, tables and measures all use these functions.
"""

from typing import Literal

Kind = Literal["year", "part", "years"]


def span(period: str) -> tuple[str, str]:
    """First and last day of a period, as text that can be compared."""
    start, _, end = period.partition("/")
    return f"{start}-01-01"[:10] if len(start) == len("2025") else f"{start}-01"[:10], _last_day(end or start)


def _last_day(date: str) -> str:
    """The last day of a year or month, or the day itself. For comparison as text, every month may have 31 days."""
    return date + {len("2025"): "-12-31", len("2025-06"): "-31"}.get(len(date), "")


def kind_of(period: str) -> Kind:
    """Whether a period is one whole calendar year, a part of one, or longer."""
    first, last = span(period)
    if first[:4] != last[:4]:
        return "years"
    return "year" if (first[4:], last[4:]) == ("-01-01", "-12-31") else "part"


def is_later(period: str, as_of: str) -> bool:
    """Whether a period ends after a day (ISO 8601), so that its figure was not known on that day."""
    return span(period)[1] > as_of
