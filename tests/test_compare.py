"""Corridors side by side agree with what is published, and with their own routes."""

import pytest

from corridors.errors import UsageError
from corridors.library import OpenAtlas


@pytest.fixture(scope="module")
def comparison(repo):
    return OpenAtlas(repo / "geodata").compare()


def test_every_corridor_has_its_way(comparison):
    assert [corridor.id for corridor in comparison.corridors] == [
        "northern", "middle", "southern", "china-central-asia-khorgos", "china-central-asia-alashankou", "cku", "wewc",
    ]  # fmt: skip


def test_lengths_agree_with_published_ones_or_the_difference_is_said(comparison):
    told = {
        (corridor.id, one.value): one.differs_percent for corridor in comparison.corridors for one in corridor.published
    }
    assert abs(told["middle", 7829.0]) < 3
    assert abs(told["cku", 532.53]) < 12
    assert told["cku", 454.0] > 12


def test_a_figure_that_the_line_is_scaled_by_is_not_compared_with_it(comparison):
    """The highway is as long as published because that figure makes it so: 0.0 % would say nothing."""
    told = {
        (corridor.id, one.value): one
        for corridor in comparison.corridors
        for one in corridor.published
        if one.indicator == "length_km"
    }
    scaled = {key for key, one in told.items() if not one.independent}
    assert scaled == {("wewc", 8445.0)}
    assert {key for key, one in told.items() if one.differs_percent is None} == scaled
    [wewc] = [corridor for corridor in comparison.corridors if corridor.id == "wewc"]
    assert wewc.route.length_km == pytest.approx(8445, abs=1)
    assert [one["independent"] for one in wewc.as_dict()["published"] if one["value"] == 8445] == [False]


def test_the_command_says_that_nothing_is_compared(corridors):
    said = corridors("compare", "wewc").out
    assert "published 8,445 km, by which the drawn line is scaled; not compared" in said
    assert "0.0 %" not in said


def test_the_middle_corridor_avoids_russia_and_the_northern_does_not(comparison):
    ways = {corridor.id: corridor.route.countries for corridor in comparison.corridors}
    assert "RUS" in ways["northern"]
    assert "RUS" not in ways["middle"]
    assert "IRN" in ways["southern"]


def test_shares_people_and_tables(comparison):
    for corridor in comparison.corridors:
        for share in (corridor.double_percent, corridor.electrified_percent):
            assert share is None or 0 <= share <= 100
        assert corridor.people > 1_000_000
    assert len(comparison.to_frame()) == 7
    assert comparison.to_geojson()["id"].is_unique
    assert comparison._repr_html_().count("<tr>") == 8


def test_an_unknown_corridor_lists_those_that_there_are(repo):
    with pytest.raises(UsageError, match="northern, middle"):
        OpenAtlas(repo / "geodata").compare("silk-road")
