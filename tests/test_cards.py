"""Cards of features made by hand: what is there is told once, with its unit and sources, and what is missing is not."""

from types import SimpleNamespace

import pandas as pd
import pytest

from corridors.content.cards import _WRITERS, present, write_card
from corridors.data.facts import Facts
from corridors.locales import LANGUAGES
from corridors.measures.gateways import Gateway
from corridors.measures.measure import Measure, Measures

COMMON = {"id": "x", "source": "own", "opened": None, "country": "KAZ;CHN"}
TABLES = {"lengths": (), "airports": (), "throughput": (), "trade": (), "caveats": (), "countries": ()}


def context(*measures, names=(), gateways=(), unverified=(), **tables):
    facts = Facts(TABLES | tables)
    named = {name: {"en": name.upper()} for name in names}
    return SimpleNamespace(
        measures=Measures(measures),
        facts=facts,
        names=named,
        names_of_stops={"A": {"en": "A", "ru": "А"}, "B–C border": {"en": "B–C border"}},
        organisations={name: {language: f"{name} {language}" for language in LANGUAGES} for name in ("Sky", "Air")},
        unverified=dict(unverified),
        gateways=dict(gateways),
        as_of="2025-06-17",
        assumptions=SimpleNamespace(values={"speeds_kmh.air": 750.0, "fixed_hours.flight": 0.5}),
    )


def told(card, label):
    """All entries of a label, large figures and facts."""
    return [entry for entry in (*card.headline, *card.facts) if entry["label"] == f"fact.{label}"]


# --- a line -----------------------------------------------------------------------------------------------------------

RAIL = COMMON | {
    "official_km": None, "official_section": None, "length_ratio": None, "measured_km": 95.04, "gauge_mm": 1520,
    "electrified": None, "tracks": None, "operator": None, "corridor": None, "railway": "big",
}  # fmt: skip
TRACK = Measure("track_km", 100.0, "km", {"feature": "rail/x"}, sources=("own",))


def test_a_line_tells_its_length_and_gauge_and_nothing_that_is_missing():
    card = write_card("rail", RAIL, context(TRACK))
    assert [(entry["label"], entry["value"], entry["unit"]) for entry in card.headline] == [
        ("fact.track_km", 100.0, "km"),
        ("fact.gauge", 1520, "mm"),
    ]
    assert card.headline[0]["about"]
    assert [entry["label"] for entry in card.facts] == ["fact.measured_km", "fact.countries"]
    assert told(card, "countries") == [{"label": "fact.countries", "country": ["KAZ", "CHN"]}]
    assert (card.series, card.sources) == ([], [])


def test_a_line_with_an_official_length_tells_of_what_and_how_far_it_is_off():
    official = {"official_km": 105.0, "official_section": "A–B–C border", "length_ratio": 0.905, "opened": "2009-12"}
    card = write_card("rail", RAIL | official, context(TRACK))
    assert [entry["label"] for entry in card.headline] == ["fact.track_km", "fact.official_km", "fact.gauge"]
    section = told(card, "official_section")[0]["name"]
    assert (section["en"], section["ru"]) == (
        "A–B–C border",
        "А–B–C border",
    )  # an end without a name in the language keeps its English one
    assert (told(card, "length_ratio")[0]["value"], told(card, "length_ratio")[0]["digits"]) == (0.905, 2)
    assert card.facts[-1] == {"label": "fact.opened", "date": "2009-12"}


def test_lengths_that_others_state_are_told_each_with_its_source():
    rows = [
        {"line": "x", "preferred": "yes", "section": "whole", "length_km": 101.0, "source": ("used",)},
        {"line": "x", "preferred": None, "section": "whole", "length_km": 99.5, "source": ("b",)},
        {"line": "big", "preferred": None, "section": "other", "length_km": 300.0, "source": ("c",)},
        {"line": "x", "preferred": None, "section": "part", "length_km": 40.0, "source": ("d",)},
        {"line": "another", "preferred": None, "section": "whole", "length_km": 1.0, "source": ("e",)},
    ]
    card = write_card("rail", RAIL, context(TRACK, lengths=rows))
    assert [(entry["value"], entry["digits"], entry["sources"]) for entry in told(card, "also_stated")] == [
        (99.5, 1, ["b"])
    ]
    assert [entry["value"] for entry in told(card, "stated_other")] == [300.0]
    assert card.sources == ["b", "c", "d"]


def test_a_share_that_rounds_to_nothing_is_not_told():
    shares = [
        Measure("published_share_percent", 99.6, "percent", {"feature": "rail/x"}),
        Measure("unscaled_share_percent", 0.4, "percent", {"feature": "rail/x"}),
    ]
    labels = [entry["label"] for entry in write_card("rail", RAIL, context(TRACK, *shares)).facts]
    assert "length.published" in labels
    assert "length.unscaled" not in labels


def test_a_figure_of_other_sources_than_the_feature_s_names_them():
    other = Measure("track_km", 100.0, "km", {"feature": "rail/x"}, sources=("own", "lengths"))
    card = write_card("rail", RAIL, context(other))
    assert card.headline[0]["sources"] == ["own", "lengths"]
    assert "sources" not in write_card("rail", RAIL, context(TRACK)).headline[0]


# --- a flight, a port, a country --------------------------------------------------------------------------------------

FLIGHT = COMMON | {
    "stop": None, "origin": "ZLXY", "destination": "UAAA", "origin_iata": "XIY", "destination_iata": "ALA",
    "airline": "Sky;Air", "xian_seven": None,
}  # fmt: skip
FLOWN = [Measure("distance_km", 2500.0, "km", {"feature": "flights/x"}),
         Measure("hours_estimated", 5.1, "hours", {"feature": "flights/x"})]  # fmt: skip


def test_a_flight_says_that_its_hours_are_assumed_and_where_it_stops():
    card = write_card("flights", FLIGHT, context(*FLOWN))
    assert [entry["about"] for entry in card.headline] == [False, True]
    [assumption] = told(card, "time_assumption")
    assert assumption["name"]["en"] == "750 km/h and 0.5 hours for each leg; no timetable"
    assert assumption["name"]["nl"].startswith("750 km/u en 0,5 uur")
    assert told(card, "stop") == [{"label": "fact.stop", "key": "stop.none_known"}]
    assert told(card, "airline")[0]["name"]["zh"] == "Sky zh、Air zh"
    assert told(card, "codes")[0]["text"] == "XIY – ALA (ZLXY – UAAA)"
    airports = [{"id": "urc", "icao": "ZWWW"}, {"id": "ala", "icao": "UAAA"}]
    stopping = write_card(
        "flights", FLIGHT | {"stop": "ZWWW"}, context(*FLOWN, names=["airports/urc"], airports=airports)
    )
    assert [entry["name"] for entry in told(stopping, "stop")] == [{"en": "AIRPORTS/URC"}]


PORT = COMMON | {
    "gauge_from_mm": 1435, "gauge_to_mm": 1520, "mode": "rail;road", "border_with": "CHN", "counterpart": None,
    "capacity": None, "elevation_m": None, "green_lane": None,
}  # fmt: skip
PLACED = (Measure("lines", 0, "lines", {"feature": "ports/x"}),)
NEAR_ALMATY = {"names": ["cities/almaty"], "gateways": {"x": Gateway((), "almaty", 12.5, "ne")}.items()}


@pytest.mark.parametrize(
    ("lane", "fact"),
    [
        ("2013-12-23", [{"label": "fact.green_lane_since", "date": "2013-12-23"}]),
        ("yes", [{"label": "fact.green_lane", "key": "yes"}]),
        (None, []),
    ],
)
def test_a_port_with_a_fast_lane_for_farm_products_says_since_when(lane, fact):
    card = write_card("ports", PORT | {"green_lane": lane}, context(*PLACED, **NEAR_ALMATY))
    assert [*told(card, "green_lane_since"), *told(card, "green_lane")] == fact


@pytest.mark.parametrize(
    ("sides", "label", "text"),
    [((1435, 1520), "gauge_change", "1435 → 1520 мм"), ((1520, 1520), "gauge", 1520), ((1435, pd.NA), None, None)],
)
def test_a_port_tells_its_gauges_its_lines_and_the_nearest_city(sides, label, text):
    gateway = Gateway(("rail/a",), "almaty", 12.5, "ne")
    where = context(
        Measure("lines", 1, "lines", {"feature": "ports/x"}),
        names=["cities/almaty", "rail/a"],
        gateways={"x": gateway}.items(),
    )
    card = write_card("ports", PORT | dict(zip(("gauge_from_mm", "gauge_to_mm"), sides, strict=True)), where)
    gauges = [*told(card, "gauge_change"), *told(card, "gauge")]
    assert [entry["label"] for entry in gauges] == ([f"fact.{label}"] if label else [])
    assert all(text == (entry["name"]["ru"] if "name" in entry else entry["value"]) for entry in gauges)
    assert told(card, "mode")[0]["keys"] == ["mode.rail", "mode.road"]
    [city] = told(card, "nearest_city")
    assert (city["km"], city["bearing"], city["feature"]) == (12.5, "ne", "cities/almaty")
    assert [entry["feature"] for entry in told(card, "line")] == ["rail/a"]


def test_a_capacity_has_its_unit_its_period_and_its_sources_and_is_no_traffic():
    row = {"subject": "x", "unit": "teu_per_year", "bound": "exact", "confidence": "high", "period": "2023"}
    rows = [
        row | {"id": "a", "indicator": "capacity_teu", "value": 200_000.0, "source": ("b",)},
        row | {"id": "c", "indicator": "capacity_teu_design", "value": 540_000.0, "source": ("d",), "period": "2026"},
    ]
    gateway = {"x": Gateway((), "almaty", 12.5, "ne")}
    lines = Measure("lines", 1, "lines", {"feature": "ports/x"})
    where = context(lines, names=["cities/almaty"], gateways=gateway.items(), throughput=rows)
    card = write_card("ports", PORT | {"gauge_from_mm": None, "gauge_to_mm": None}, where)
    said = [entry for entry in card.facts if entry["label"].startswith("series.")]
    assert [(entry["label"], entry["value"], entry["unit"], entry["date"], entry["sources"]) for entry in said] == [
        ("series.capacity_teu", 200_000.0, "teu_per_year", "2023", ["b"]),
        ("series.capacity_teu_design", 540_000.0, "teu_per_year", "2026", ["d"]),
    ]
    assert [entry.get("later", False) for entry in said] == [False, True]
    assert card.sources == ["b", "d"]
    assert [entry["label"] for entry in card.headline] == ["fact.lines"]


def test_what_rests_on_no_source_is_said_in_the_words_of_its_facts():
    card = write_card("rail", RAIL, context(TRACK, unverified={"rail/x": ("gauge", "tracks")}.items()))
    assert told(card, "unverified") == [{"label": "fact.unverified", "keys": ["fact.gauge", "fact.tracks"]}]


def test_a_country_s_trade_has_its_year_its_sources_and_its_caveats():
    by = {"subject": "KAZ", "period": "2024"}
    caveat = {"en": "Without transit"}
    trade = Measure("trade_billion_usd", 43.8, "billion_usd", by, sources=("gacc",), caveats=(caveat,))
    feature = COMMON | {"country": "KAZ", "trade_billion_usd": 43.8, "trade_year": 2024, "visa_since": None}
    card = write_card("countries", feature | {"opened": "1991"}, context(trade))
    [figure] = card.headline  # no share and no growth: they are not measured
    assert (figure["value"], figure["date"], figure["sources"]) == (43.8, "2024", ["gacc"])
    assert told(card, "caveat") == [{"label": "fact.caveat", "name": caveat}]
    assert card.sources == ["gacc"]
    assert told(card, "opened") == []  # a country's beginning is no opening


def test_the_days_of_a_visa_exemption_are_said_in_every_language():
    visa = {"kind": "visa", "country": ("CHN", "KAZ"), "stay_days": 30, "total_days": 90, "window_days": 180}
    feature = COMMON | {"country": "KAZ", "trade_billion_usd": None, "visa_since": "2023-11-10"}
    [terms] = told(write_card("countries", feature, context(tourism=[visa])), "visa_terms")
    assert terms["name"]["en"] == "30 days per stay, 90 days in any 180 days"
    assert terms["name"]["ru"] == "30 суток за одно пребывание, 90 суток за любые 180 суток"


def test_a_city_of_doubtful_population_says_about():
    people = Measure("population", 2_000_000, "people", {"feature": "cities/x"}, sources=("own",))
    feature = COMMON | {"population_confidence": "low", "role": None}
    [figure] = write_card("cities", feature, context(people)).headline
    assert figure["about"]
    assert write_card("cities", feature, context()).headline == []


# --- all --------------------------------------------------------------------------------------------------------------


def test_every_layer_of_the_atlas_has_a_card(loaded):
    assert {*_WRITERS, *loaded.catalog.kinds} == set(loaded.layers)


@pytest.mark.parametrize(("value", "there"), [(None, False), (pd.NA, False), ("", False), (0, True), ("no", True)])
def test_a_missing_cell_has_no_value_and_zero_is_one(value, there):
    assert present(value) is there
