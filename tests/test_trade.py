"""Trade: totals as published, growth and shares computed by hand, and no row that is not a figure of a year."""

import pytest

from corridors.data.facts import Facts
from corridors.layers.countries import TRADE_YEAR
from corridors.measures.trade import partner_row, trade_measures

AS_OF = "2025-06-17"
BEFORE = str(int(TRADE_YEAR) - 1)


def row(subject, value, period=TRADE_YEAR, **about):
    told = {
        "id": f"{subject}-{period}-{about.get('unit', 'billion_usd')}-{about.get('basis', 'reported')}".lower(),
        "subject": subject, "indicator": "trade_total", "unit": "billion_usd", "period": period, "value": value,
        "basis": "reported", "bound": None, "reporter": None, "source": ("customs",),
    }  # fmt: skip
    return told | about


def measured(*trade, countries=(), caveats=()):
    """Measures of these rows, by name and key."""
    named = [{"iso_a3": code} for code in countries]
    facts = Facts({"trade": trade, "countries": named, "caveats": caveats})
    found = list(trade_measures(facts, AS_OF))
    told = {(measure.name, *measure.by.values()): measure for measure in found}
    assert len(told) == len(found)
    return told


def test_a_figure_is_told_as_it_is_published():
    told = measured(row("KAZ", 43.8, reporter="GACC", source=("b", "a")))["trade_billion_usd", "KAZ", TRADE_YEAR]
    assert (told.value, told.unit, told.method) == (43.8, "billion_usd", "As published by GACC")
    assert told.sources == ("a", "b")


@pytest.mark.parametrize(
    "about",
    [{"value": None}, {"bound": "more_than"}, {"basis": "estimate"}, {"indicator": "tonnes_of_melons"}],
    ids=lambda about: next(iter(about)),
)
def test_what_is_no_figure_of_trade_is_left_out(about):
    assert measured(row("KAZ", 1.0) | about) == {}


def test_where_figures_differ_the_first_is_the_one_to_quote():
    first, second = row("KAZ", 43.8), row("KAZ", 44.0, id="other")
    told = measured(first, second)
    assert told["trade_billion_usd", "KAZ", TRADE_YEAR].value == 43.8
    assert told["trade_billion_usd", "KAZ", TRADE_YEAR, "other"].value == 44.0


def test_a_partners_own_figure_never_stands_for_chinas():
    own = row("KAZ", 30.1, basis="mirror", id="mirror")
    assert set(measured(own)) == {("trade_billion_usd", "KAZ", TRADE_YEAR, "mirror")}
    facts = Facts({"trade": [row("KAZ", 43.8), own]})
    assert partner_row(facts, "KAZ", TRADE_YEAR) is own
    assert partner_row(facts, "KAZ", BEFORE) is None


def test_a_figure_of_a_part_of_a_year_says_so_and_one_that_is_later_too():
    told = measured(row("KAZ", 20.0, "2025-01/2025-05"), row("KAZ", 50.0, "2026"))
    assert told["trade_billion_usd", "KAZ", "2025-01/2025-05"].method.endswith("; of a part of the year")
    assert told["trade_billion_usd", "KAZ", "2026"].method.endswith(f"; later than the atlas's date, {AS_OF}")


def test_a_country_has_its_share_of_the_region_and_its_growth_on_the_year_before():
    trade = [row("central-asia", 100.0), row("KAZ", 44.0), row("KAZ", 40.0, BEFORE), row("KGZ", 20.0)]
    told = measured(*trade, countries=["KAZ", "KGZ", "UZB"])
    assert told["trade_share_percent", "KAZ", TRADE_YEAR].value == 44.0
    assert told["trade_growth_percent", "KAZ", f"{BEFORE}/{TRADE_YEAR}"].value == 10.0
    assert told["trade_share_percent", "KGZ", TRADE_YEAR].value == 20.0
    assert ("trade_growth_percent", "KGZ", f"{BEFORE}/{TRADE_YEAR}") not in told
    assert not any("UZB" in key for key in told)


def test_without_the_regions_trade_there_is_no_share():
    told = measured(row("KAZ", 44.0), countries=["KAZ"])
    assert set(told) == {("trade_billion_usd", "KAZ", TRADE_YEAR)}


def test_the_region_grew_by_the_root_of_its_growth_each_year():
    yuan = [
        row("central-asia", value, year, unit="billion_cny") for value, year in ((100.0, "2013"), (200.0, TRADE_YEAR))
    ]
    told, of = measured(*yuan), ("central-asia", f"2013/{TRADE_YEAR}")
    assert told["trade_growth_percent", *of].value == 100.0
    yearly = told["trade_growth_yearly_percent", *of].value
    assert 100 * (1 + yearly / 100) ** (int(TRADE_YEAR) - 2013) == pytest.approx(200, abs=0.1)
    assert measured(yuan[0]).keys() == {("trade_billion_cny", "central-asia", "2013")}


def test_what_is_reckoned_of_a_figure_repeats_its_caveat_and_its_source():
    caveat = {"figure": "kaz", "name_en": "Without transit", "name_nl": None, "name_zh": None, "name_ru": None}
    trade = [row("central-asia", 100.0, source=("region",)), row("KAZ", 44.0, id="kaz")]
    told = measured(*trade, countries=["KAZ"], caveats=[caveat])["trade_share_percent", "KAZ", TRADE_YEAR]
    assert told.caveats == ({"en": "Without transit"},)
    assert told.sources == ("customs", "region")
