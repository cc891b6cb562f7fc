"""Another year: drawing, counts and statements are those of that year, and nothing of today is left."""

import re
from dataclasses import replace

import pytest

from corridors.claims.assertions import Assessor, dated, said_in_order, sayable
from corridors.claims.sayings import statement
from corridors.content.cards import present
from corridors.content.content import map_content
from corridors.content.load import in_year
from corridors.content.map_features import DATES
from corridors.content.route_features import route_content
from corridors.data.facts_in_year import DATED, FIGURES, SINCE, facts_in, status_in
from corridors.figures.figure import map_figure
from corridors.figures.sheet import Sheet
from corridors.locales import LANGUAGES, messages, number
from corridors.network.gazetteer import Gazetteer
from corridors.network.routing import Request, find_routes
from corridors.web.encode import columns

AS_OF = "2025-06-17"
MAPS = ("overview", "rail", "flights", "gateways", "trade", "tourism", "scenarios", "corridors")


@pytest.fixture(scope="module")
def then(context):
    """The context of 2013, the year before the break of gauge at Akyayla."""
    return in_year(context, 2013)


def words_of(drawing):
    """All text of a figure, in one line without spaces."""
    texts = (text.get_text() for text in drawing.figure.artists if hasattr(text, "get_text"))
    return "".join(texts).replace(" ", "").replace("\u00a0", "")


@pytest.mark.parametrize(
    ("thing", "year", "status"),
    [
        ({"status": "operational"}, 1990, "operational"),
        ({"status": "operational", "opened": "2016-05"}, 2015, None),
        ({"status": "operational", "opened": "2016-05"}, 2016, "operational"),
        ({"status": "under_construction"}, 2010, None),
        ({"status": "under_construction"}, 2030, "under_construction"),
        ({"status": "under_construction", "works_started": "2023-12"}, 2022, None),
        ({"status": "under_construction", "works_started": "2023-12"}, 2023, "under_construction"),
        ({"status": "operational", "works_started": "2012", "opened": "2014-08"}, 2011, None),
        ({"status": "operational", "works_started": "2012", "opened": "2014-08"}, 2013, "under_construction"),
        ({"status": "operational", "works_started": "2012", "opened": "2014-08"}, 2014, "operational"),
        ({"status": "operational", "works_started": "2012"}, 2000, "operational"),
        ({"status": "planned", "works_started": "2014-09"}, 2015, None),
        ({"status": "under_construction", "opened": "2028"}, 2029, "operational"),
        ({"status": "suspended", "opened": "1990"}, 2000, "suspended"),
        ({"status": "operational", "closed": "2001-02"}, 2001, "operational"),
        ({"status": "operational", "closed": "2001-02"}, 2002, None),
        ({"status": "planned"}, None, "planned"),
        ({"status": "planned"}, 2025, "planned"),
    ],
)
def test_a_year_has_what_there_was(thing, year, status):
    assert status_in(thing, year, AS_OF) == status


@pytest.mark.parametrize("year", [1900, 1990, 2013, 2024, 2040])
def test_the_facts_of_a_year_hold_nothing_of_a_later_one(year, loaded):
    found = facts_in(loaded.facts, year, AS_OF)
    for table in DATED:
        column = SINCE.get(table, "opened")
        running = [row for row in found.rows(table) if row.get("status", "operational") == "operational"]
        assert all(str(row[column] or "")[:4] <= str(year) for row in running), table
    if year < 2025:
        for table in FIGURES:
            assert all(row["period"].rpartition("/")[2][:4] <= str(year) for row in found.rows(table)), table
    again = facts_in(found, year, AS_OF)
    assert {name: list(rows) for name, rows in again.tables.items()} == {
        name: list(rows) for name, rows in found.tables.items()
    }


def test_the_year_of_the_facts_has_the_facts_as_they_are(context):
    assert facts_in(context.facts, 2025, AS_OF) is context.facts
    assert in_year(context, 2025) is context


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_figure_of_another_year_says_and_draws_that_year(lang, context, then):
    now = context.measures.get("track_km", layer="rail").value
    breaks = then.measures.get("features", layer="stations", kind="break_of_gauge", status="operational").value
    km = then.measures.get("track_km", layer="rail").value
    drawing = map_figure("rail", context, Sheet(lang=lang), year=2013)
    words = words_of(drawing)
    for value, said in ((now, False), (km, True)):
        assert (number(value, 0, lang).replace("\u00a0", "") in words) is said
    statement_then = statement(then.maps["rail"], then.measures, AS_OF)[lang]
    assert re.search(rf": {breaks}[.。]$", statement_then)
    assert messages(lang)["paper.year"].partition("{0}")[0].replace(" ", "") + "2013" in words
    features = {one["id"]: one for one in map_content(then.maps["rail"], then)["features"]}
    assert sum(one["class"] == "stations.break_of_gauge" for one in features.values()) == breaks
    assert "rail/kti-uzen-akyayla" not in features
    assert "stations/tm-akyayla" not in features
    running = [one for one in features.values() if one["status"] == "operational"]
    assert not [one["id"] for one in running if str(one.get("opened") or "")[:4] > "2013"]
    assert features["rail/kz-shalkar-beyneu"]["status"] == "under_construction"


def test_wires_of_another_year_are_not_told(context):
    """Which lines were electrified then is not known."""
    told = messages("en")["electrified.no"].replace(" ", "")
    assert told in words_of(map_figure("rail", context, Sheet()))
    assert told not in words_of(map_figure("rail", context, Sheet(), year=2013))


@pytest.mark.parametrize("name", MAPS)
def test_what_a_map_says_of_another_year_is_so_in_that_year(name, context, then):
    """Its title is the declared one if the facts support it, else it names the year; the same for each sentence."""
    assessor = Assessor(then.measures, then.ways)
    declared, entry = context.maps[name], then.maps[name]
    for place, sentence in said_in_order(replace(declared, steps=())):  # a story is of one day
        kept = sentence in [said for _, said in said_in_order(entry)]
        assert kept is sayable(declared, sentence, assessor), place
    if entry.headline != declared.headline:
        assert all("2013" in entry.title[language] for language in LANGUAGES)
    assert map_figure(name, context, Sheet(), year=2013).title == entry.title["en"]


def test_the_headline_of_today_is_not_said_of_a_year_without_its_figures(context, then):
    assert then.maps["overview"].title["en"] == "Corridors between China, Central Asia and Europe in 2013"
    assert then.maps["overview"].sentences == ()
    assert then.maps["trade"].title["zh"] != context.maps["trade"].title["zh"]


def test_a_sentence_is_not_said_of_a_year_that_lacks_a_place_of_its_checks(context):
    before = in_year(context, 1935)
    assert before.ways.place("stations/cn-xian") is None
    assert context.ways.place("stations/cn-xian") is not None
    assert "1935" in before.maps["rail"].title["en"]
    assert len(before.maps["rail"].sentences) < len(context.maps["rail"].sentences)


def test_of_a_later_year_no_figure_is_told(context):
    later = in_year(context, 2035)
    for name, entry in later.maps.items():
        for _, sentence in said_in_order(entry):
            assert not (sentence.checks and dated(entry, sentence)), name


def test_countries_are_tinted_by_the_trade_of_the_year(context, then):
    for made, year in ((context, 2024), (then, 2013)):
        countries = made.layers["countries"]
        assert set(countries["trade_year"].dropna()) <= {year}
    kazakhstan = then.layers["countries"].set_index("country").loc["KAZ"]
    assert kazakhstan["trade_billion_usd"] == then.measures.get("trade_billion_usd", subject="KAZ", period="2013").value


def test_a_page_has_the_class_that_a_country_has_in_each_year(context, then):
    """A country is drawn in the class of its trade in the year, or as one without a figure; it is on the map in all."""
    trade = {one["id"]: one for one in map_content(context.maps["trade"], context)["features"]}
    today = {name: one for name, one in trade.items() if "classes" in one}
    own = {name: one["class"] for name, one in today.items()}
    in_2013 = {one["id"]: one["class"] for one in map_content(then.maps["trade"], then)["features"]}
    told = {name: one["classes"].get("2013", one["classes"][""]) for name, one in today.items()}
    assert own == {name: one["classes"]["2024"] for name, one in today.items()}
    assert told == {name: in_2013[name] for name in told}
    assert told["countries/kaz"] == "countries.trade4", "28.6 billion"
    assert told["countries/uzb"] == "countries.no_trade", "more than 4 billion is no value"
    assert len(told) == 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_route_of_another_year_is_called_so(lang, context):
    gazetteer = Gazetteer(context.layers, context.facts, context.network)
    places = [gazetteer.find(name) for name in ("Almaty", "Tashkent")]
    for year, told in ((1995, True), (None, False), (2025, False)):
        request = Request(places, as_of=year)
        found = find_routes(context.network, context.facts, request, context.assumptions)
        about = route_content(found, request, context)["map"]
        assert about.get("year") == (year if told else None)
        assert (str(year) in about["title"][lang]) is told


def test_a_line_that_runs_in_the_year_asked_for_is_not_drawn_as_planned(context):
    """The flight from Urumqi to Karaganda opened in August 2025 and is planned on the day of the facts."""
    gazetteer = Gazetteer(context.layers, context.facts, context.network)
    places = [gazetteer.find(name) for name in ("airports/zwww", "airports/uakk")]
    request = Request(places, modes=("air",), as_of=2026)
    found = find_routes(context.network, context.facts, request, context.assumptions)
    legs = [one for one in route_content(found, request, context)["features"] if one["id"].startswith("legs/")]
    assert {leg["status"] for leg in legs} == {"operational"}


def test_what_runs_in_a_year_is_as_long_on_a_page_as_in_the_layer(context, ask_script):
    """The chart of years: kilometres in operation at the end of each, and those of lines without a date of opening."""
    content = map_content(context.maps["rail"], context)
    kept = ("id", "class", "kind", "status", "km", "whole", "undated", *DATES)
    lines = [{key: one[key] for key in kept if key in one} for one in content["features"] if "km" in one]
    payload = {
        "map": {"asOf": AS_OF},
        "features": columns(lines),
        "classes": {name: {"geometry": "line", "style": {}, "on": True} for name in content["classes"]},
    }
    state = {"layers": ["rail.1435", "rail.1520"], "filters": {}, "scenario": None}
    years = range(1840, 2041)
    given = ask_script([("state/years", "runningIn", [state, year]) for year in years], payload)
    rail = context.layers["rail"].to_dict("records")
    for year, found in zip(years, given, strict=True):
        running = [line for line in rail if status_in(line, year, AS_OF) == "operational"]
        unknown = [line for line in running if not present(line["opened"])]
        assert found["known"] + found["unknown"] == pytest.approx(sum(line["track_km"] for line in running))
        assert found["unknown"] == pytest.approx(sum(line["track_km"] for line in unknown))
    assert given[0]["known"] == 0 < given[100]["known"] < given[-1]["known"]
