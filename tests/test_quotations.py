"""Each number of a title, a statement, a card and a route has its own sources."""

import pytest
from matplotlib.text import Text

from corridors.claims.sayings import statement
from corridors.content.content import map_content
from corridors.figures.figure import map_figure
from corridors.figures.sheet import Sheet
from corridors.locales import LANGUAGES


@pytest.fixture(scope="module")
def contents(context):
    """The contents of some maps, with their declarations."""
    return {
        name: (context.maps[name], map_content(context.maps[name], context)) for name in ("overview", "rail", "trade")
    }


@pytest.mark.parametrize("name", ["overview", "rail", "trade"])
def test_each_number_of_a_statement_has_the_sources_of_its_measure(contents, context, name):
    entry, content = contents[name]
    ids, about = list(content["sources"]), content["map"]
    known = {one.sources for one in context.measures}
    for language in LANGUAGES:
        text = statement(entry, context.measures, about["asOf"])[language]
        assert text == about["statement"][language]
        told = about["quoted"][language]
        assert len(told) == sum(len(sentence.quoted) for sentence in entry.sentences) > 0
        for start, end, ground in told:
            assert text[start:end].replace(",", "").replace(".", "").replace("\u00a0", "").isdigit()
            assert tuple(ids[place] for place in about["quoted"]["grounds"][ground]) in known


def test_a_number_leads_to_its_own_sources_and_not_to_those_of_its_neighbour(contents):
    about = contents["overview"][1]["map"]
    text = about["statement"]["en"]
    grounds = {text[start:end]: set(about["quoted"]["grounds"][ground]) for start, end, ground in about["quoted"]["en"]}
    assert not grounds["9.77"] & grounds["51.8"]


@pytest.mark.parametrize("name", ["overview", "rail", "trade"])
def test_a_title_has_the_sources_of_what_binds_it(contents, context, name):
    entry, content = contents[name]
    found = {list(content["sources"])[place] for place in content["map"]["ground"]}
    assert found
    if name == "trade":
        rows = context.facts.rows("trade")
        ends = [row for row in rows if row["id"].startswith("central-asia-trade-total-billion-cny")]
        assert found == {source for row in ends if row["period"] in {"2013", "2024"} for source in row["source"]}
    assert entry.headline.checks


def test_a_stated_length_rests_on_the_row_that_states_it(loaded):
    rows = {row["line"]: row for row in loaded.facts.rows("lengths") if row["preferred"]}
    checked = 0
    for measure in loaded.measures:
        layer, _, line = measure.by.get("feature", "").partition("/")
        if measure.name == "official_km" and layer != "rail" and line in rows:
            assert set(measure.sources) == set(rows[line]["source"])
            checked += 1
    assert checked


def test_the_fine_print_of_a_figure_names_the_sources_of_each_number(context):
    drawing = map_figure("overview", context, Sheet(lang="nl"))
    words = "".join(text.get_text() for text in drawing.figure.findobj(Text)).replace(" ", "")
    assert "9,77;7,96(People'sDailyOnline2025)" in words
    assert "51,8;19,9(" in words


def test_each_leg_of_a_route_has_sources_of_its_own(context):
    from corridors.network.gazetteer import Gazetteer  # noqa: PLC0415 - for this test alone
    from corridors.network.routing import Request, find_routes  # noqa: PLC0415

    places = Gazetteer(context.layers, context.facts, context.network)
    request = Request([places.find("Xi'an"), places.find("Almaty")])
    [route] = find_routes(context.network, context.facts, request, context.assumptions)[:1]
    legs = route.as_dict()["legs"]
    assert {source for leg in legs for source in leg["sources"]} == set(route.sources)
    assert len({tuple(leg["sources"]) for leg in legs}) > 1
