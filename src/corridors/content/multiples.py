"""The declared charts of a map, and the series on the cards of its features, to small multiples."""

from collections.abc import Sequence

from corridors.content.card_series import highest, years_of
from corridors.content.context import Context
from corridors.content.page_types import Feature
from corridors.content.series_types import Multiples
from corridors.data.declared_values import no_such, use_one_of
from corridors.data.maps import MapEntry
from corridors.measures.multiples import shared_axis


def map_multiples(entry: MapEntry, features: Sequence[Feature], context: Context) -> list[Multiples]:
    """The charts of a map, as the page shows them beside it.

    Raises
    ------
    InputError
        If no feature of the map has a series of that name. In another year, its charts are left out.
    """
    known = sorted({one["label"].removeprefix("series.") for feature in features for one in feature["series"]})
    found: list[Multiples] = []
    for nth, chart in enumerate(entry.charts):
        for key, name in (("series", chart.series), ("total", chart.total)):
            if name and name not in known and context.facts.year is None:
                raise entry.fault(("charts", nth, key), no_such(name), use_one_of(name, known))
        if chart.series not in known:
            continue
        made = _multiples(chart.series, features)
        if chart.total in known:
            made["total"] = _multiples(chart.total, features)
        found.append(made | {"open": True} if chart.open else made)
    return found


def _multiples(name: str, features: Sequence[Feature]) -> Multiples:
    """The charts of one series, the largest first."""
    label = f"series.{name}"
    charts = {one["id"]: chart for one in features for chart in one["series"] if chart["label"] == label}
    tops = {feature: highest(chart) for feature, chart in charts.items()}
    return {
        "series": label,
        "of": sorted(charts, key=lambda feature: (-tops[feature], feature)),
        "axis": shared_axis(years_of(chart) for chart in charts.values()),
        "top": max(tops.values()),
    }
