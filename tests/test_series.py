"""Figures over time: a part of a year is not a year, and figures later than the atlas's date are marked."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridors.content.card_series import capacity, throughput, trade
from corridors.data.facts_in_year import facts_in
from corridors.data.periods import is_later, kind_of, span
from corridors.layers.countries import TRADE_YEAR
from corridors.measures.series import quoted, series_of

AS_OF = "2025-06-17"


@pytest.mark.parametrize(
    ("period", "kind", "later"),
    [
        ("2024", "year", False),
        ("2024-01/2024-12", "year", False),
        ("2024-01-01/2024-12-31", "year", False),
        ("2025", "year", True),
        ("2021-01-01/2021-12-13", "part", False),
        ("2025-01/2025-05", "part", False),
        ("2025-01-01/2025-06-17", "part", False),
        ("2025-01-01/2025-06-18", "part", True),
        ("2024-01", "part", False),
        ("2023-03-31", "part", False),
        ("1991/2012", "years", False),
        ("2024-11/2025-02", "years", False),
    ],
)
def test_a_period_is_a_year_a_part_of_one_or_several(period, kind, later):
    assert (kind_of(period), is_later(period, AS_OF)) == (kind, later)


@given(st.dates(), st.dates())
def test_days_make_a_whole_year_only_from_its_first_to_its_last(one, other):
    first, last = sorted((one, other))
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year
    assert (kind_of(f"{first}/{last}") == "year") == whole


def row(period, value, *, basis="reported", bound="exact", confidence="high", source="xinhua"):
    """A row of figures as the tables have it."""
    told = {"period": period, "value": value, "basis": basis, "bound": bound}
    return told | {"confidence": confidence, "source": (source,)}


def test_every_source_has_a_point_of_its_own_and_years_together_have_none():
    rows = [row("2024", 12.1), row("1991/2012", 156.0), row("2024", 11.9, source="ktz"), row("2023", None)]
    points = series_of(rows, AS_OF)
    assert [(point.value, point.sources) for point in points] == [(12.1, ("xinhua",)), (11.9, ("ktz",))]


@given(st.permutations(["2021", "2024", "2024-01/2024-03", "2025-01/2025-05", "2025", "2025-01/2025-07", "2026"]))
def test_points_run_in_the_order_of_time_and_what_is_later_stands_last(periods):
    points = series_of([row(period, 1.0) for period in periods], AS_OF)
    assert [point.year for point in points] == sorted(point.year for point in points)
    assert [point.later for point in points] == sorted(point.later for point in points)
    for one, other in itertools.pairwise(points):
        if one.year == other.year and not other.later:
            assert (one.part, span(one.period)[1]) <= (other.part, span(other.period)[1])


def test_the_figure_to_quote_is_of_the_last_whole_year_by_the_date_of_the_atlas():
    rows = [row("2023", 1.0), row("2024", 2.0), row("2024", 2.1), row("2024", 9.0, basis="mirror")]
    later = [row("2025-01/2025-05", 3.0), row("2025-01-01/2025-07-28", 4.0), row("2025", 5.0)]
    assert quoted(series_of([*rows, *later], AS_OF)).value == 2.0
    assert quoted(series_of(later, AS_OF)).value == 3.0
    assert quoted(series_of(later[1:], AS_OF)).value == 5.0
    assert quoted([]) is None


# --- the facts --------------------------------------------------------------------------------------------------------


def test_figures_that_their_notes_call_later_are_later(loaded):
    said = [one for table in ("throughput", "trade") for one in loaded.facts.rows(table)]
    said = [one for one in said if "after the as-of date" in (one["note"] or "")]
    assert len(said) > 10
    assert [one["id"] for one in said if not is_later(one["period"], loaded.catalog.as_of)] == []


def test_figures_that_their_notes_call_a_part_are_of_a_part(loaded):
    said = [one for one in loaded.facts.rows("throughput") if "first three months" in (one["note"] or "")]
    assert said
    assert [one["id"] for one in said if kind_of(one["period"]) != "part"] == []


def test_the_year_of_trade_is_the_last_whole_year_by_the_date_of_the_atlas(loaded):
    assert not is_later(TRADE_YEAR, loaded.catalog.as_of)
    assert is_later(str(int(TRADE_YEAR) + 1), loaded.catalog.as_of)


def test_measures_say_where_they_are_of_a_part_of_a_year_or_later(loaded):
    dated = [one for one in loaded.measures if "subject" in one.by and "/20" not in one.by["period"][4:5]]
    for one in dated:
        whole = one.name.startswith(("trade_growth", "trade_share"))
        assert whole or ("part of the year" in one.method) == (kind_of(one.by["period"]) == "part"), one
        assert ("later than" in one.method) == is_later(one.by["period"], loaded.catalog.as_of), one


# --- the cards --------------------------------------------------------------------------------------------------------


def test_khorgos_quotes_the_year_and_marks_parts_and_what_is_later(loaded):
    told = throughput(loaded.facts, "cn-khorgos-rail", loaded.catalog.as_of)
    assert [(one["label"], one["value"], one["date"]) for one in told.quoted] == [
        ("series.tonnes", 12.1, "2024"),
        ("series.trains", 8730, "2024"),
        ("series.trains_cumulative", 33403, "2024-01-16"),
    ]
    tonnes = {point[0]: (point[1], *point[4:]) for point in told.series[0]["points"]}
    assert tonnes == {
        "2020-01-01/2020-12-08": (6.06, "part"),
        "2021-01-01/2021-12-13": (8.53, "part"),
        "2024": (12.1,),
        "2025-01-01/2025-07-28": (7.96, "part later"),
        "2025-01-01/2025-11-13": (12.26, "part later"),
    }


def test_what_sources_and_partners_state_of_one_year_stands_side_by_side(loaded):
    series, exports, imports = trade(loaded.facts, "KAZ", loaded.catalog.as_of).series
    assert [one["label"] for one in (exports, imports)] == ["series.exports", "series.imports"]
    points = [(point[0], point[1], *point[4:]) for point in series["points"]]
    assert points[-4:] == [
        ("2024", 43.82),
        ("2024", 30.1, "mirror"),
        ("2025", 48.7, "later"),
        ("2025", 48.6, "later more_than"),
    ]


def test_what_several_years_came_to_is_told_and_not_drawn(loaded):
    told = throughput(loaded.facts, "kz-dostyk", loaded.catalog.as_of)
    assert [(one["label"], one["value"], one["date"]) for one in told.sums] == [
        ("series.tonnes", 156, "1991/2012"),
        ("series.tonnes", 400, "1990/2025"),
    ]
    assert {point[0] for one in told.series for point in one["points"]}.isdisjoint({"1991/2012", "1990/2025"})


def test_a_capacity_is_no_traffic(loaded):
    of_dostyk = capacity(loaded.facts, "kz-dostyk", loaded.catalog.as_of).quoted
    [told] = [one for one in of_dostyk if one["label"] == "series.capacity_trucks_per_day" and one["value"] == 600]
    assert told not in throughput(loaded.facts, "kz-dostyk", loaded.catalog.as_of).quoted


def test_a_later_figure_is_quoted_only_where_no_earlier_one_is_known(loaded):
    as_of, seen = loaded.catalog.as_of, 0
    rows = [one for one in loaded.facts.rows("throughput") if kind_of(one["period"]) != "years"]
    for subject in {one["subject"] for one in rows}:
        for one in throughput(loaded.facts, subject, as_of).quoted:
            wanted = (subject, one["label"].removeprefix("series."))
            periods = [row["period"] for row in rows if (row["subject"], row["indicator"]) == wanted]
            assert ("later" in one) == all(is_later(period, as_of) for period in periods), (subject, one)
            seen += "later" in one
    assert seen


def test_the_figures_of_an_earlier_year_are_the_same_on_a_page(loaded, ask_script):
    """A page quotes from its series what the facts of that year would quote."""
    subjects = sorted({row["subject"] for row in loaded.facts.rows("throughput")})
    cases = [(subject, year) for subject in subjects for year in range(2008, 2025)]
    then = {year: facts_in(loaded.facts, year, AS_OF) for _, year in cases}

    def feature(subject):
        shown = throughput(loaded.facts, subject, AS_OF)
        return {"headline": shown.quoted, "series": shown.series}

    calls = [("payload/points", "figuresIn", [feature(subject), year]) for subject, year in cases]
    for (subject, year), figures in zip(cases, ask_script(calls, {}), strict=True):
        wanted = throughput(then[year], subject, AS_OF).quoted
        keys = ("label", "unit", "value", "digits", "date")
        told = {tuple(figure[key] for key in keys) for figure in figures}
        assert told == {tuple(figure[key] for key in keys) for figure in wanted}, (subject, year)
