"""A number has the same text everywhere: on the web map, in figure and chart, in the command's table, in the report."""

import pytest
from matplotlib.text import Text

from corridors.charts.build import draw_chart
from corridors.content.content import map_content
from corridors.documents.placeholders import Writer
from corridors.figures.figure import comparison_figure, map_figure
from corridors.figures.sheet import Sheet
from corridors.locales import LANGUAGES
from corridors.text.routes import comparison_text

pytestmark = pytest.mark.parametrize("lang", LANGUAGES, scope="module")


def tight(text):
    """A text without the spaces, line breaks and escapes that differ between formats."""
    return "".join(text.replace("\\", "").split())


def drawn(drawing):
    """All words of a drawing."""
    return tight("".join(text.get_text() for text in drawing.figure.findobj(Text)))


@pytest.fixture(scope="module")
def told(report, lang):
    """The report in a language, as text."""
    return tight(report(lang)[f"report.{lang}.md"].decode())


@pytest.fixture
def asked(context, lang):
    """Return a measure as the language writes it."""
    writer = Writer(context, lang)
    return lambda *names, **by: tight(writer.measure(*names, **by))


@pytest.mark.parametrize("name", ["overview", "rail", "trade"])
def test_what_a_map_says_is_what_its_figure_says(context, lang, name):
    said = map_content(context.maps[name], context)["map"]["statement"][lang]
    assert any(sign.isdigit() for sign in said)
    assert tight(said) in drawn(map_figure(name, context, Sheet(lang=lang)))


def test_numbers_of_maps_and_charts_stand_in_the_report(context, lang, told, asked):
    statements = {name: tight(map_content(context.maps[name], context)["map"]["statement"][lang])
                  for name in ("overview", "rail", "trade")}  # fmt: skip
    road, growth = asked("road_share", period="2024"), asked("trade_growth_percent", subject="central-asia",
                                                               period="2013/2024", digits=0)  # fmt: skip
    yuan, rail = asked("trade_cny", period="2024"), asked("rail_km")
    assert road in statements["overview"]
    assert rail in statements["rail"]
    assert growth in statements["trade"]
    assert yuan in statements["trade"]
    assert all(number in told for number in (road, growth, yuan, rail))
    assert yuan in drawn(draw_chart("trade", context, Sheet(lang=lang)))
    assert road in drawn(draw_chart("road-share", context, Sheet(lang=lang)))


def test_corridors_are_as_long_and_as_slow_everywhere(context, lang, told, asked):
    table = tight(comparison_text(context.comparison, "md", language=lang, named=lambda _, name: name))
    figure = drawn(comparison_figure(context.comparison, context, Sheet(lang=lang)))
    chart = drawn(draw_chart("corridors-compared", context, Sheet(lang=lang)))
    for corridor in context.comparison.corridors:
        km = asked("length_km", corridor=corridor.id)
        days = asked("days", corridor=corridor.id)
        assert f"|{km}|{days}|" in table
        assert all(km in form for form in (figure, chart, told)), corridor.id
        assert all(days in form for form in (figure, chart, told)), corridor.id
