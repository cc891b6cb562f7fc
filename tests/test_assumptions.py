"""Assumptions: each has a value, its meaning, and sources. Missing parts are reported."""

import pytest

from corridors.errors import InputError, UsageError
from corridors.network.assumptions import load_assumptions


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


def test_an_assumption_may_name_several_sources(file, loaded):
    broken(file, 'source = "seanews-az-2022-05-06"', 'source = "seanews-az-2022-05-06; korabel-2025"')
    assert load_assumptions(file, loaded.facts).sources["speeds_kmh.sea"] == ["seanews-az-2022-05-06", "korabel-2025"]


def test_the_ferry_s_speed_is_what_its_hours_make_it(loaded):
    """Twenty to twenty-two hours from Kuryk to Alat, says its source."""
    ferry = loaded.layers["ferries"].set_index("id").loc["ferry-kuryk-alat"]
    assert ferry["measured_km"] / 22 < loaded.assumptions["speeds_kmh.sea"] < ferry["measured_km"] / 20


def test_an_open_border_of_no_line_or_country_is_refused_with_the_nearest(file, loaded):
    broken(file, "rail/kz-almaty-tashkent:KGZ", "rail/kz-almaty-tashkend:KGZ")
    with pytest.raises(InputError, match=r"open_borders.*tashkend\".*use one of rail/kz-almaty-tashkent,"):
        load_assumptions(file, loaded.facts)
    broken(file, "tashkend:KGZ", "tashkent:KGS")
    with pytest.raises(InputError, match='no "KGS"'):
        load_assumptions(file, loaded.facts)


@pytest.mark.parametrize("value", ["0.9", "2001", "1e-320"])
def test_a_speed_that_is_a_slip_of_the_pen_is_refused_in_the_file_and_on_the_command_line(file, loaded, value):
    with pytest.raises(UsageError, match=r"speeds_kmh\.rail"):
        loaded.assumptions.with_overrides([f"speeds_kmh.rail={value}"])
    broken(file, "value = 42.2", f"value = {value}")
    with pytest.raises(InputError, match=r"speeds_kmh\.rail.*1 to 2000"):
        load_assumptions(file, loaded.facts)
