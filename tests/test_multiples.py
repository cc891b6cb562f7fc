"""Small multiples: years that charts share, gaps that stay gaps, one scale for each unit, and what a map declares."""

import dataclasses
import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridors.content.card_series import highest, years_of
from corridors.content.content import map_content
from corridors.data.maps import Charts
from corridors.errors import InputError
from corridors.measures.multiples import APART, BREAK, MOST_EMPTY, PAUSE, places, scales, shared_axis, width_of
from corridors.measures.series import Point

some_years = st.lists(st.lists(st.integers(1990, 2030), min_size=1, max_size=9), min_size=1, max_size=5)


def points(*years):
    return [Point(str(year), 1.0, "high", "exact", False, False, False, ()) for year in years]


def test_years_without_a_figure_are_empty_and_many_of_them_are_a_break():
    axis = shared_axis([[2013], [2016, 2016], [2021]])
    years = [(year, columns) for year, _, columns in axis]
    assert years == [(2013, 1), (2014, 1), (2015, 1), (2016, 2), (BREAK, PAUSE), (2021, 1)]


@given(some_years)
def test_an_axis_has_every_year_with_a_figure_in_order_and_no_two_places_overlap(series):
    axis = shared_axis(series)
    years = [year for year, *_ in axis if year != BREAK]
    assert years == sorted(set(years))
    assert {year for one in series for year in one} <= set(years)
    counts = {year: max(Counter(one)[year] for one in series) for year in years}
    for year, _, columns in axis:
        assert columns == (PAUSE if year == BREAK else max(1, counts[year]))
    for (_, at, columns), (_, other, _) in itertools.pairwise(axis):
        assert other == pytest.approx(at + columns + APART)
    for before, year in itertools.pairwise(sorted(year for year in years if counts[year])):
        assert ((before + 1) in years) == (year == before + 1 or year - before - 1 <= MOST_EMPTY)


@given(some_years)
def test_each_figure_has_a_column_of_its_own_in_its_year(series):
    axis = shared_axis(series)
    slots = {year: (at, at + columns) for year, at, columns in axis}
    for years in series:
        found = places(points(*years), axis)
        assert len(set(found)) == len(years)
        for year, middle in zip(years, found, strict=True):
            start, end = slots[year]
            assert start <= middle - 0.5 + 1e-9
            assert middle + 0.5 <= end + 1e-9
        assert max(found) + 0.5 <= width_of(axis) + 1e-9


def test_charts_in_one_unit_have_one_scale():
    assert scales([("teu", 5.0), ("trips", 9.0), ("teu", 7.0)]) == {"teu": 7.0, "trips": 9.0}


def test_every_card_has_the_axis_and_the_scales_of_its_series(context):
    seen = 0
    for name in ("gateways", "trade", "corridors"):
        for feature in map_content(context.maps[name], context)["features"]:
            charts = feature["series"]
            assert ("axis" in feature) == bool(charts)
            if charts:
                assert feature["axis"] == shared_axis(map(years_of, charts))
            for one in charts:
                assert one["top"] == max(highest(other) for other in charts if other["unit"] == one["unit"])
                seen += 1
    assert seen > 20


def test_the_charts_of_a_map_are_those_of_its_features_the_largest_first(context):
    content = map_content(context.maps["trade"], context)
    [trade] = content["map"]["charts"]
    assert trade["of"] == ["countries/kaz", "countries/kgz", "countries/uzb", "countries/tkm", "countries/tjk"]
    assert (trade["top"], trade["total"]["of"]) == (48.7, ["countries/chn"])
    assert trade["total"]["top"] == 106.3
    labels = [one["series"] for one in map_content(context.maps["gateways"], context)["map"]["charts"]]
    assert labels == ["series.trains", "series.tonnes", "series.teu"]
    assert "charts" not in map_content(context.maps["rail"], context)["map"]


def test_a_declared_series_that_no_feature_has_is_refused_with_those_there_are(context):
    entry = dataclasses.replace(context.maps["trade"], charts=(Charts(series="trains_to_mars"),))
    with pytest.raises(InputError, match=r"charts.*trains_to_mars.*trade_region"):
        map_content(entry, context)
