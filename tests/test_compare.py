"""Corridors side by side agree with what is published, and with their own routes."""

import pytest

from corridors.app.api import OpenAtlas
from corridors.errors import UsageError
from corridors.layers.lengths import basis_percent
from corridors.network.corridors import _published


@pytest.fixture(scope="module")
def comparison(repo):
    return OpenAtlas(repo / "geodata").compare()


@pytest.mark.slow
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


@pytest.mark.parametrize(
    ("corridor", "km"),
    [
        ("middle", 7829.0),
        ("china-central-asia-khorgos", 4486.0),
        ("china-central-asia-alashankou", 3866.0),
        ("cku", 532.53),
    ],
)
def test_corridors_are_as_long_as_others_publish_them(comparison, corridor, km):
    """These figures are independent: no line's length is computed from them."""
    [one] = [one for own in comparison.corridors if own.id == corridor for one in own.published if one.value == km]
    assert one.independent
    assert abs(one.differs_percent) < 2.5


def test_a_figure_that_a_length_rests_on_is_not_compared_with_it(comparison):
    """The line has the published length because that figure scales it. A difference of 0.0 % would mean nothing."""
    route = comparison.corridors[0].route
    figure = {
        "indicator": "length_km", "value": 600.0, "value_to": None, "unit": "km", "period": None,
        "source": ("ecns-2023-04-26",), "note": None,
    }  # fmt: skip
    stated = {"length_km": 600.0, "source": ("ecns-2023-04-26", "geonames")}
    assert _published(figure, route, [stated], None).differs_percent is None
    assert not _published(figure, route, [stated], None).independent
    for other in (stated | {"length_km": 601.0}, stated | {"source": ("geonames",)}):
        assert _published(figure, route, [other], None).independent


def test_shares_of_what_lengths_rest_on_add_up(comparison):
    for corridor in comparison.corridors:
        route = corridor.route
        assert sum(route.km_by_basis.values()) == pytest.approx(route.length_km, abs=0.2)
        assert 95 <= sum(basis_percent(route.km_by_basis).values()) <= 101
        assert corridor.as_dict()["km_by_basis"] == route.km_by_basis
        for leg in route.legs:
            assert sum(leg.km_by_basis.values()) == pytest.approx(leg.length_km, abs=0.2)


def test_the_command_says_what_share_is_published(corridors, comparison):
    said = corridors("compare", "cku").out
    [cku] = [one for one in comparison.corridors if one.id == "cku"]
    assert "published %" in said.splitlines()[0]
    assert f" {basis_percent(cku.route.km_by_basis)['published']} " in said.splitlines()[2]


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
