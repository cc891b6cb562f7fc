"""Figures over time to parts of a card: the figure to quote, the chart, and the figures of several years.

A point is the list ``[period, value, confidence, sources]``. A fifth part follows if there is something to mark: the
words ``part``, ``later``, ``mirror`` and ``more_than``, separated by blanks (see measures.series).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from corridors.content.entries import digits_of, figure
from corridors.content.page_types import Entry, Feature
from corridors.content.series_types import Point as PagePoint
from corridors.content.series_types import Series
from corridors.data.facts import Facts
from corridors.data.periods import is_later, kind_of
from corridors.data.tables import REGION, Row
from corridors.layers.capacities import PREFIX, capacities
from corridors.measures.multiples import scales, shared_axis
from corridors.measures.series import Point, quoted, series_of

LEAST = 2
"""The least number of points of a series that is drawn."""


@dataclass(slots=True)
class CardSeries:
    """The parts of a card about figures over time.

    Attributes
    ----------
    quoted
        The figure to quote of each series. Figures later than the atlas's date come last.
    sums
        Figures for several years together, which no chart shows.
    series
        The charts.
    sources
        Ids of ``sources.csv``, each as often as it is used.
    """

    quoted: list[Entry] = field(default_factory=list)
    sums: list[Entry] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def throughput(facts: Facts, subject: str, as_of: str) -> CardSeries:
    """Traffic of a place. Rows of another scope are another indicator, and capacities are not throughput."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in facts.rows("throughput"):
        if row["subject"] == subject and not row["indicator"].startswith(PREFIX):
            groups[row["indicator"], row["unit"]].append(row)
    shown = CardSeries()
    for (indicator, unit), rows in groups.items():
        label = f"series.{indicator}"
        points = series_of(rows, as_of)
        _draw(shown, label, unit, points)
        found = quoted(points)
        if found:
            shown.quoted.append(_quote(label, unit, found))
        shown.sums += [_sum(label, row, as_of) for row in rows if row["value"] and kind_of(row["period"]) == "years"]
        shown.sources += _sources(rows)
    shown.quoted.sort(key=lambda entry: "later" in entry)
    return shown


def capacity(facts: Facts, subject: str, as_of: str) -> CardSeries:
    """Capacities of a port or a line. They are quoted one by one, since they may be planned or of one part."""
    rows = capacities(facts, subject)
    quoted = [_sum(f"series.{row['indicator']}", row, as_of) for row in rows]
    return CardSeries(quoted=quoted, sources=_sources(rows))


def trade(facts: Facts, subject: str, as_of: str) -> CardSeries:
    """China's trade with a country or the region: China's figures and the partner's side by side, and both ways."""
    shown = CardSeries()
    total = "series.trade_region" if subject == REGION else "series.trade"
    labels = {"trade_total": total, "exports": "series.exports", "imports": "series.imports"}
    for indicator, own in labels.items():
        wanted = (subject, indicator, "billion_usd")
        rows = [row for row in facts.rows("trade") if (row["subject"], row["indicator"], row["unit"]) == wanted]
        points = series_of(rows, as_of)
        _draw(shown, own, "billion_usd", points)
        shown.sources += _sources(rows) if len(points) >= LEAST or indicator == "trade_total" else []
    return shown


def _draw(shown: CardSeries, label: str, unit: str, points: Sequence[Point]) -> None:
    """Add the chart of a series if it has enough points."""
    if len(points) >= LEAST:
        packed = [_packed(point) for point in points]
        shown.series.append({"label": label, "unit": unit, "points": packed, "top": 0.0})


def _packed(point: Point) -> PagePoint:
    """A point in the form for pages."""
    marks = [mark for mark in ("part", "later", "mirror") if getattr(point, mark)]
    marks += ["more_than"] if point.bound == "more_than" else []
    packed: PagePoint = [point.period, point.value, point.confidence, list(point.sources)]
    return [*packed, " ".join(marks)] if marks else packed


def _quote(label: str, unit: str, point: Point) -> Entry:
    """A point as a figure of its period."""
    return _dated(label, point.value, unit, point.bound, point.period, point.sources, later=point.later)


def _sum(label: str, row: Row, as_of: str) -> Entry:
    """A figure by itself, such as one for several years together."""
    period = row["period"]
    later = is_later(period, as_of)
    return _dated(label, row["value"], row["unit"], row["bound"], period, row["source"], later=later)


def _dated(
    label: str, value: float, unit: str, bound: str | None, period: str, sources: Iterable[str], *, later: bool
) -> Entry:
    """A figure with its period, its exactness, and a mark if it is later than the atlas's date."""
    entry = figure(label, value, unit, digits=digits_of(value), about=bound == "about")
    entry |= {"date": period, "sources": list(sources)}
    if bound == "more_than":
        entry["more"] = True
    if later:
        entry["later"] = True
    return entry


def _sources(rows: Iterable[Row]) -> list[str]:
    """The sources of rows, each as often as it is used."""
    return [source for row in rows for source in row["source"]]


def years_of(chart: Series) -> list[int]:
    """The year of each point of a chart."""
    return [int(str(point[0])[:4]) for point in chart["points"]]


def highest(chart: Series) -> float:
    """The highest value of a chart."""
    return max(cast("float", point[1]) for point in chart["points"])


def finish(entry: Feature) -> None:
    """Give the charts of a feature one scale for each unit, and one axis.

    Large figures and points then name their sources by the indices in the feature's list, which is shorter.
    """
    charts, place = entry["series"], entry["sources"].index
    for one in entry["headline"]:
        if "sources" in one:
            one["cites"] = [place(source) for source in one.pop("sources")]
    tops = scales((chart["unit"], highest(chart)) for chart in charts)
    for chart in charts:
        chart["top"] = tops[chart["unit"]]
        for point in chart["points"]:
            point[3] = [place(source) for source in cast("list[str]", point[3])]
    if charts:
        entry["axis"] = shared_axis(map(years_of, charts))
