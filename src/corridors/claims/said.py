"""The statements of the report, the charts and the index in the message catalogues, with the checks for each.

A number in a placeholder such as ``{0}`` is a measure. The words around it have checks here. A sentence without
placeholder and without check is a finding (A12).
"""

from collections.abc import Iterator, Mapping

from corridors.data.maps import PLACE, Sentence
from corridors.data.tables import GAUGES_MM
from corridors.locales import DEFAULT_LANGUAGE, messages, translations

SAYING = ("report.", "chart.", "index.", "compare.note")
"""Prefixes of the keys of messages that state something about the world."""

LICENCES = ("report.note", "report.sources.licence")
"""Messages that name licences with their versions and state nothing about the world."""

_GREW = "growth trade central-asia trade_total 2013 2024 billion_cny above 0 percent"
_ROADS = ("claim c22", "claim c23")
_GAUGES = tuple(f"measure track_km layer=rail gauge={gauge} above 0" for gauge in GAUGES_MM)
_BUILT = tuple(f"row rail/{line} status=under_construction" for line in ("cku-kashgar-makmal", "cku-makmal-jalal-abad"))
_PARTNERS = (
    "measure trade_billion_usd subject=central-asia period=2024 "
    "row=central-asia-trade-total-billion-usd-2024-mirror is 66.2"
)
_READING = (
    "chart.corridors.note", "chart.growth.caveat", "chart.network.note", "chart.road.note",
    "chart.scenarios.title.none", "chart.trade.differ", "compare.note", "index.lead", "index.title",
    "report.caption.comparison", "report.caption.corridors",
    "report.caption.flights", "report.caption.gateways", "report.caption.network", "report.caption.overview",
    "report.caption.roads", "report.caption.scenario", "report.caption.trade", "report.corridors.text",
    "report.gateways.text", "report.method.precision", "report.method.routes", "report.scenario.others",
    "report.sources.text", "report.table.claims", "report.table.corridors", "report.table.datasets",
    "report.table.flights", "report.table.gateways", "report.table.layers", "report.table.network",
    "report.table.scenarios", "report.title",
)  # fmt: skip

SAID: Mapping[str, tuple[str, ...]] = dict.fromkeys(_READING, ("reading",)) | {
    "chart.country.note": (
        "measure trade_billion_usd subject=central-asia period=2024 is 94.82",
        _PARTNERS,
    ),
    "chart.network.title": _GAUGES,
    "report.claims.text": ("row places/summit-2025-astana kind=summit",),
    "report.corridors.published": ("length corridors/middle is 7829 km",),
    "report.flights.text": ("count flights id confidence=low status=operational above 0",),
    "report.method.lengths": ("reading",),
    "report.scenario.text": _BUILT,
    "report.summary.corridor": (
        "row stations/pl-malaszewicze country=POL", "row ports/ge-poti country=GEO kind=sea_port",
    ),
    "report.summary.rail": _GAUGES,
    "report.summary.scenario": ("measure scenario_pairs scenario=cku-open effect=better above 0",),
    "report.summary.trade": (_GREW, *_ROADS, "value trade central-asia road_share 2020 percent is 19.9",
                             "value trade central-asia road_share 2024 percent above 19.9"),
    "report.trade.roads": ("value trade central-asia road_share 2020 percent is 19.9",
                           "value trade central-asia road_share 2024 percent is 51.8"),
    "report.trade.text": (
        "claim c09", "claim c10", "value trade central-asia trade_total 2013 billion_cny is 312.04",
        _PARTNERS,
    ),
}  # fmt: skip
"""The checks of each message. Some messages only explain how to read something."""


def catalogue_sentences() -> Iterator[tuple[str, Sentence, bool]]:
    """The messages that state something: key, words without placeholders, checks; whether they have placeholders."""
    for key, english in messages(DEFAULT_LANGUAGE).items():
        whole = english.endswith(".") or key in SAID or ".title" in key
        if key.startswith(SAYING) and whole and key not in LICENCES:
            words = {language: PLACE.sub("", text) for language, text in translations(key).items()}
            yield key, Sentence(words, SAID.get(key, ())), bool(PLACE.search(english))
