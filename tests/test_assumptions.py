"""Assumptions: each has a value, what it stands for, and sources; what is missing is said."""

import pytest

from corridors.analysis.assumptions import load_assumptions
from corridors.errors import InputError


@pytest.fixture
def file(geodata):
    return geodata / "assumptions.toml"


def broken(file, old, new):
    """The file with one passage replaced."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_times_and_speeds_on_land_and_at_sea_rest_on_what_can_be_cited(loaded):
    for name in ("speeds_kmh.rail", "speeds_kmh.road", "speeds_kmh.sea", "border_hours.rail", "border_hours.road"):
        assert "general-knowledge" not in loaded.assumptions.sources[name]
    assert "general-knowledge" not in loaded.assumptions.sources["fixed_hours.gauge_change"]


def test_every_source_is_listed_once_and_sorted(loaded):
    cited = list(loaded.assumptions.cited)
    assert cited == sorted(set(cited))
    assert {"cpmm-2020-rail", "cpmm-2022-rail", "wikipedia-ru-rail-kyrgyzstan"} <= set(cited)


def test_an_assumption_may_name_several_sources(file):
    broken(file, 'source = "seanews-az-2022-05-06"', 'source = "seanews-az-2022-05-06; korabel-2025"')
    assert load_assumptions(file).sources["speeds_kmh.sea"] == ["seanews-az-2022-05-06", "korabel-2025"]


def test_the_ferry_s_speed_is_what_its_hours_make_it(loaded):
    """Twenty to twenty-two hours from Kuryk to Alat, says its source."""
    ferry = loaded.layers["ferries"].set_index("id").loc["ferry-kuryk-alat"]
    assert ferry["measured_km"] / 22 < loaded.assumptions["speeds_kmh.sea"] < ferry["measured_km"] / 20


def test_an_open_border_without_a_source_is_refused(file):
    broken(file, ', source = "wikipedia-ru-rail-kyrgyzstan" }', " }")
    with pytest.raises(InputError, match=r"open_borders.*kz-almaty-tashkent.*no source.*Remedy"):
        load_assumptions(file)


def test_an_assumption_without_a_source_is_refused(file):
    broken(file, ', source = "cpmm-2020-road" }', " }")
    with pytest.raises(InputError, match=r"speeds_kmh\.road: missing"):
        load_assumptions(file)
