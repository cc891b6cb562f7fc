"""The charts: every number is a measure as its language writes it, and nothing overlaps or leaves the sheet."""

import dataclasses
import io
import re
from functools import cache
from itertools import combinations, product
from types import SimpleNamespace

import pytest
from lxml import etree
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from pypdf import PdfReader

from corridors.charts.build import CHARTS, draw_chart
from corridors.content.palette import faded, palette
from corridors.content.style import BLUE, GREY, ORANGE, SEA
from corridors.data.iso import country_name
from corridors.documents.figure_files import Order, print_run, with_corridors
from corridors.errors import UsageError
from corridors.figures.canvas import USUAL_WIDTH_MM
from corridors.figures.sheet import Drawing, Sheet, drawing_bytes, styled
from corridors.locales import LANGUAGES, messages, number
from corridors.measures.measure import Measures
from corridors.network.corridors import Comparison
from tests.declared import in_turn
from tests.elsewhere import SHOWN, digest

LEAST_POINTS = 5.5
"""The smallest type that can be read on paper."""

SHEETS = [
    *product(CHARTS, LANGUAGES, [USUAL_WIDTH_MM]),
    *((name, in_turn(nth, at), width) for nth, name in enumerate(CHARTS) for at, width in enumerate((80, 120))),
]
"""All languages on the usual sheet, and one of them, in turn, on others."""

every_chart = pytest.mark.parametrize("name", CHARTS)
every_language = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def chart(context):
    """Draw a chart; on the same sheet only once."""
    draw = cache(lambda name, sheet: draw_chart(name, context, sheet))
    return lambda name, **options: draw(name, Sheet(**options))


def words(drawing):
    """All words of a drawing, unchanged."""
    return [text.get_text() for text in drawing.figure.findobj(Text) if text.get_text()]


def bars(drawing):
    """Its bars, wider than a hair: top, width and height in millimetres, and the patch."""
    extents = [(patch.get_path().get_extents(), patch) for patch in drawing.figure.findobj(PathPatch)]
    return [(box.y0, box.width, box.height, patch) for box, patch in extents if box.width > 0.01 and box.height > 0.01]


def in_words(drawing, text):
    """Whether the drawing has the words, with any line breaks."""
    return text.replace("\u00a0", "") in "".join(words(drawing)).replace(" ", "").replace("\u00a0", "")


def with_measure(context, name, value, **by):
    """The atlas with another value of one measure."""
    changed = Measures(
        dataclasses.replace(one, value=value) if (one.name, dict(one.by)) == (name, by) else one
        for one in context.measures
    )
    return dataclasses.replace(context, measures=changed)


# --- every chart ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "lang", "width"), SHEETS)
def test_words_can_be_read_and_keep_clear_of_each_other_and_of_the_edge(chart, name, lang, width):
    drawing = chart(name, lang=lang, width_mm=width)
    with styled(drawing.sheet):
        drawn = [text for text in drawing.figure.findobj(Text) if text.get_text()]
        renderer = RendererAgg(10, 10, drawing.figure.dpi)  # it only measures: no picture of the sheet is kept
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in drawn]
    whole = drawing.figure.bbox
    assert min(text.get_size() for text in drawn) >= LEAST_POINTS
    for text, box in boxes:
        assert whole.x0 <= box.x0 and box.x1 <= whole.x1, text  # noqa: PT018 - one box
        assert whole.y0 <= box.y0 and box.y1 <= whole.y1, text  # noqa: PT018
    for (one, a), (other, b) in combinations(boxes, 2):
        # Lines of one paragraph may touch, where letters reach below the line.
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across <= 0.5 or down <= 2.5, (one, other)


def test_a_sheet_too_narrow_for_a_chart_is_refused_with_a_width_that_will_do(chart):
    with pytest.raises(UsageError, match=r"trade-by-country: at a width of 60 mm .*Remedy: ") as refused:
        chart("trade-by-country", lang="ru", width_mm=60)
    least = int(re.search(r"(\d+) mm or more", str(refused.value))[1])
    assert chart("trade-by-country", lang="ru", width_mm=least)


@every_chart
@every_language
def test_a_chart_says_in_words_what_it_shows(chart, name, lang):
    drawing = chart(name, lang=lang)
    assert drawing.name == name
    assert in_words(drawing, drawing.title.replace(" ", ""))
    assert drawing.alt.startswith(drawing.title)
    assert not any(mark in drawing.alt for mark in ("{", "..", "。。", "nan", "None"))


@every_chart
def test_a_file_of_a_chart_has_its_title_description_and_language(chart, name):
    drawing = chart(name, lang=(lang := in_turn([*CHARTS].index(name))))
    root = etree.fromstring(drawing_bytes(drawing, "svg"))
    assert [root[0].text, root[1].text] == [drawing.title, drawing.alt]
    assert root.get("lang") == lang


@every_chart
def test_a_chart_is_the_same_in_a_pdf(chart, name):
    drawing = chart(name, lang="ru", theme="dark")
    read = PdfReader(io.BytesIO(drawing_bytes(drawing, "pdf"))).pages[0].extract_text()
    squeezed = "".join(read.split())
    for text in words(drawing):
        assert "".join(text.split()) in squeezed


def test_another_process_draws_the_same_bytes(other_process, chart):
    here = {f"{name}.svg": digest(drawing_bytes(chart(name, lang="zh"), "svg")) for name in SHOWN}
    assert here.items() <= other_process.hashes.items()


def test_an_unknown_chart_lists_those_there_are(context):
    with pytest.raises(UsageError, match=r"no chart 'pie'.*trade-by-country"):
        draw_chart("pie", context, Sheet())


@every_chart
def test_a_chart_fits_a_height_and_says_so_where_it_cannot(chart, name):
    natural = chart(name).figure.get_size_inches()[1] * 25.4
    for height in (natural * 0.95, natural * 1.3):
        assert chart(name, height_mm=height).figure.get_size_inches()[1] * 25.4 == pytest.approx(height)
    with pytest.raises(UsageError, match=rf"chart {name}: it needs a height of \d+ mm .*Remedy: "):
        chart(name, height_mm=20)


# --- trade ------------------------------------------------------------------------------------------------------------


def test_trade_is_told_as_published_each_currency_by_itself(chart):
    nl, zh = words(chart("trade", lang="nl")), words(chart("trade", lang="zh"))
    assert {"312", "674", "94,8"} <= set(nl)
    assert {"3,120", "6,742", "948"} <= set(zh), "Chinese counts in hundreds of millions"


@pytest.mark.parametrize(("growth", "said"), [(116.0, "more than doubled"), (40.0, "40\u00a0%"), (-12.0, "−12\u00a0%")])
def test_the_title_of_trade_follows_from_the_number(context, growth, said):
    other = with_measure(context, "trade_growth_percent", growth, subject="central-asia", period="2013/2024")
    assert said in draw_chart("trade", other, Sheet()).title


def test_years_that_are_not_sure_are_hollow(context, chart):
    rows = [
        row
        for row in context.facts.rows("trade")
        if (row["subject"], row["indicator"], row["unit"]) == ("central-asia", "trade_total", "billion_usd")
        and row["period"] in map(str, range(2013, 2025))
    ]
    unsure = [row for row in rows if row["confidence"] == "low"]
    hollow = [width for _, width, _, bar in bars(chart("trade")) if width > 1 and bar.get_facecolor()[3] == 0]
    assert len(hollow) == len(unsure) > 0


@pytest.mark.parametrize("name", ["trade", "trade-growth"])
def test_hollow_columns_are_explained_where_there_are_some(chart, name):
    drawing = chart(name)
    hollow = [width for _, width, _, bar in bars(drawing) if width > 1 and bar.get_facecolor()[3] == 0]
    assert in_words(drawing, messages("en")["chart.hollow"].replace(" ", "")) == bool(hollow)


def test_growth_has_the_average_with_its_caveat(context, chart):
    drawing = chart("trade-growth", lang="nl")
    average = context.measures.get("trade_growth_yearly_percent", subject="central-asia", period="2013/2024")
    assert in_words(drawing, f"{number(average.value, 2, 'nl')}%perjaar")
    assert in_words(drawing, "overdejarenertussenzegtzijniets")
    assert "6,1" in words(drawing), "94.82 over 89.4"
    assert "−16,8" in words(drawing), "38.6 over 46.4"


@every_language
def test_shares_of_road_are_the_measures(context, chart, lang):
    drawing = chart("road-share", lang=lang)
    for period in ("2020", "2024"):
        share = context.measures.get("road_share_percent", subject="central-asia", period=period)
        assert in_words(drawing, number(share.value, 1, lang))
        assert in_words(drawing, number(100 - share.value, 1, lang))


@every_language
def test_countries_stand_in_the_order_of_their_trade(context, chart, lang):
    drawing = chart("trade-by-country", lang=lang)
    found = [one for one in context.measures if one.name == "trade_share_percent"]
    ranked = [country_name(one.by["subject"], lang) for one in sorted(found, key=lambda one: -one.value)]
    told = words(drawing)
    assert [text for text in told if text in ranked] == ranked
    for one in found:
        assert in_words(drawing, number(one.value, 1, lang))


def published(row, lang, unit):
    """A figure of a table as the text of a chart has it: to its last digit."""
    value, factor = row["value"], 10 if lang == "zh" and unit == "billion_usd" else 1
    digits = max(0, len(repr(value).removesuffix(".0").partition(".")[2]) - (factor > 1))
    return number(value * factor, digits, lang)


@pytest.mark.parametrize("lang", ["en", "ru", "zh"])
@pytest.mark.parametrize(
    ("name", "table", "wanted"),
    [
        ("trade-by-year", "trade", lambda row: (row["indicator"], row["unit"]) == ("trade_total", "billion_usd")),
        ("gateway-traffic", "throughput", lambda row: row["indicator"] in {"trains", "tonnes", "teu"}),
    ],
)
def test_small_multiples_tell_every_figure_of_the_table(context, chart, name, table, wanted, lang):
    drawing = chart(name, lang=lang)
    subjects = {
        *context.facts.by_id("ports"),
        "central-asia",
        *(row["iso_a3"] for row in context.facts.rows("countries")),
    }
    rows = [row for row in context.facts.rows(table) if wanted(row) and row["subject"] in subjects and row["value"]]
    single = [row for row in rows if sum(other["subject"] == row["subject"] for other in rows) > 3]
    assert len(single) > 20
    for row in single:
        if "/" not in row["period"]:
            assert f"{row['period']} " in drawing.alt
            assert published(row, lang, row["unit"]).replace(" ", "\u00a0") in drawing.alt.replace(" ", "\u00a0"), row[
                "id"
            ]


def test_small_multiples_have_the_columns_that_pages_have(context, chart):
    """Of the five countries, each column has its height on the common scale, and its colour."""
    rows = [
        row for row in context.facts.rows("trade") if (row["indicator"], row["unit"]) == ("trade_total", "billion_usd")
    ]
    of = {row["iso_a3"] for row in context.facts.rows("countries")}
    values = sorted(row["value"] for row in rows if row["subject"] in of)
    drawn = bars(chart("trade-by-year"))
    one_scale = 18 / max(values)  # millimetres on a full sheet
    heights = sorted(height for *_, height, _ in drawn)
    for value in values:
        assert any(height == pytest.approx(max(value * one_scale, 0.2), abs=0.02) for height in heights), value
    partner = palette("light").mirror
    mirrored = [bar for *_, bar in drawn if to_hex(bar.get_facecolor()) in {partner, faded(partner, "#fdfcf9", 0.6)}]
    assert len(mirrored) == sum(row["basis"] == "mirror" for row in rows)


# --- corridors, scenarios, network ------------------------------------------------------------------------------------


@every_language
def test_corridors_have_their_measures(context, chart, lang):
    drawing = chart("corridors-compared", lang=lang)
    for corridor in context.comparison.corridors:
        for name, digits in (("length_km", 0), ("days", 1), ("borders", 0), ("gauge_breaks", 0)):
            value = context.measures.get(name, corridor=corridor.id).value
            assert any(text.startswith(number(value, digits, lang)) for text in words(drawing)), (corridor.id, name)


def test_bars_of_corridors_are_as_long_as_the_corridors(context, chart):
    thick = [(y, width) for y, width, height, _ in bars(chart("corridors-compared")) if 3 < height < 6]
    rows = {y: sum(width for at, width in thick if at == y) for y, _ in thick}
    drawn = [rows[y] for y in sorted(rows)]
    km = [context.measures.get("length_km", corridor=one.id).value for one in context.comparison.corridors]
    assert len(drawn) == len(km)
    for width, length in zip(drawn, km, strict=True):
        assert width / max(drawn) == pytest.approx(length / max(km), abs=0.002)


@every_language
def test_profiles_have_the_length_of_every_corridor_and_the_hours_of_the_slowest(context, chart, lang):
    drawing = chart("corridor-profiles", lang=lang)
    routes = [corridor.route for corridor in context.comparison.corridors]
    for route in routes:
        assert any(text.startswith(number(route.length_km, 0, lang)) for text in words(drawing))
    slowest = max(routes, key=lambda route: route.profile.waiting_hours)
    assert number(slowest.profile.waiting_hours, 0, lang) in drawing.title
    assert number(slowest.hours, 0, lang) in drawing.title


@pytest.mark.parametrize("corridor", ["middle", "northern", "wewc"])
def test_the_strip_of_a_corridor_is_divided_as_its_profile(context, corridor):
    drawing = draw_chart("corridor-profiles", with_corridors(context, "corridor-profiles", [corridor]), Sheet())
    [route] = [one.route for one in context.comparison.corridors if one.id == corridor]
    ways = {"1435": BLUE, "1520": ORANGE, "road": GREY, "sea": SEA}
    drawn = dict.fromkeys(ways, 0.0)
    for _, width, height, bar in bars(drawing):
        way = next((one for one, color in ways.items() if to_hex(bar.get_facecolor()) == color.lower()), None)
        if way and width > 0.3 and (width, height) != pytest.approx((5, 2.6), abs=0.01):  # not the legend
            drawn[way] += width
    km = dict.fromkeys(ways, 0.0)
    for part in route.profile.stretches:
        way = str(part.gauge_mm) if part.mode == "rail" else part.mode
        if way in km:
            km[way] += part.end_m - part.start_m
    for way in ways:
        assert drawn[way] / sum(drawn.values()) == pytest.approx(km[way] / sum(km.values()), abs=0.004)
    hours = [mark.hours for mark in route.profile.marks if mark.hours]
    below = [float(text.removesuffix(" h")) for text in words(drawing) if re.fullmatch(r"[\d.]+ h", text)]
    assert sum(below) == pytest.approx(sum(hours))


def test_unknown_hours_are_a_question_mark(context):
    chosen = with_corridors(context, "corridor-profiles", ["northern"])
    [corridor] = chosen.comparison.corridors
    marks = [dataclasses.replace(mark, hours=None) for mark in corridor.route.profile.marks]
    profile = dataclasses.replace(corridor.route.profile, marks=marks)
    unknown = dataclasses.replace(corridor, route=dataclasses.replace(corridor.route, profile=profile))
    other = dataclasses.replace(context, comparison=Comparison([unknown]))
    told = words(draw_chart("corridor-profiles", other, Sheet()))
    assert "?" in told
    assert not [text for text in told if re.fullmatch(r"[\d.]+ h", text)]


def test_some_corridors_are_drawn_alone_and_only_in_charts_of_corridors(context, tmp_path):
    def ordered(name, *corridors):
        return print_run(Order((name,), tmp_path / "a.svg", corridors=corridors), context, Sheet(), force=True)

    [path] = ordered("corridor-profiles", "cku", "middle")
    text = path.read_text(encoding="utf-8")
    assert text.index("China–Kyrgyzstan–Uzbekistan railway: ") < text.index("; Middle corridor (Trans-Caspian): ")
    assert "Northern corridor" not in text
    for name in ("rail", "trade-growth"):
        with pytest.raises(UsageError, match=rf"{name} is none.*corridor-profiles"):
            ordered(name, "middle")
    with pytest.raises(UsageError, match=r"no corridor 'midle'. Did you mean middle\?"):
        ordered("corridor-profiles", "midle")


def test_scenarios_tell_the_pairs_that_change_most(context, chart):
    drawing = chart("scenario-gains", lang="ru")
    for result in context.declared.results:
        pair = result.changed()[0]
        assert in_words(drawing, context.declared.entries[result.name].title["ru"].replace(" ", ""))
        told = pair.saved_km if pair.saved_km is not None else pair.after_km or pair.before_km
        assert in_words(drawing, number(abs(told), 0, "ru").replace("\u00a0", ""))


def test_the_scale_of_scenarios_gives_the_kilometres_of_their_pairs(context, chart):
    drawing = chart("scenario-gains")
    at = {text.get_text(): text.get_position()[0] for text in drawing.figure.findobj(Text)}
    per_km = (at["2,000"] - at["1,000"]) / 1000
    assert at["0\u00a0km"] == pytest.approx(at["1,000"] - 1000 * per_km, abs=0.01)
    pairs = [pair for result in context.declared.results for pair in result.changed()[:4] if pair.saved_km]
    spans = sorted(abs(pair.saved_km) * per_km for pair in pairs)
    lines = [patch.get_path().get_extents() for patch in drawing.figure.findobj(PathPatch) if patch.get_linewidth() > 1]
    assert sorted(line.width for line in lines if line.width > 1) == pytest.approx(spans, abs=0.01)


@every_language
def test_kilometres_by_gauge_are_the_measures(context, chart, lang):
    drawing = chart("network-gauge-status", lang=lang)
    for one in context.measures:
        if one.name == "track_km" and one.by.get("layer") == "rail" and set(one.by) <= {"layer", "gauge"}:
            assert in_words(drawing, number(one.value, 0, lang))


def test_status_is_a_pattern_beside_the_colour(chart):
    looks = {
        (bar.get_hatch(), bar.get_facecolor()[3] > 0)
        for *_, bar in bars(chart("network-gauge-status"))
        if "#0072b2" in {to_hex(bar.get_facecolor()), to_hex(bar.get_edgecolor())}
    }
    assert looks == {(None, True), ("////", False), (None, False)}, "solid, hatched, and hollow with dots"


@every_language
def test_every_flight_has_its_distance(context, chart, lang):
    drawing = chart("flight-distances", lang=lang)
    told = words(drawing)
    for one in context.measures:
        if one.name == "distance_km":
            assert number(one.value, 0, lang) in told


def test_hostile_names_stay_names(context):
    hostile = '</text><script>alert("x")</script> & $x_1$'
    entries = {
        name: dataclasses.replace(entry, title=dict.fromkeys(LANGUAGES, hostile))
        for name, entry in context.declared.entries.items()
    }
    declared = SimpleNamespace(entries=entries, results=context.declared.results)
    drawing = draw_chart("scenario-gains", dataclasses.replace(context, declared=declared), Sheet())
    assert isinstance(drawing, Drawing)
    root = etree.fromstring(drawing_bytes(drawing, "svg"))
    assert hostile in root[0].text
    assert not [element for element in root.iter() if "script" in str(element.tag)]
    pdf = PdfReader(io.BytesIO(drawing_bytes(drawing, "pdf")))
    assert "".join(hostile.split()) in "".join(pdf.pages[0].extract_text().split())
