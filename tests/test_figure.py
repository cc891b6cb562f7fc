"""Figures: they show the same as the pages, nothing overlaps, and files are valid."""

import dataclasses
import io
import os
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from lxml import etree
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.bezier import BezierSegment
from matplotlib.transforms import Bbox
from PIL import Image
from pypdf import PdfReader
from shapely import LineString, Point, box

from corridors.content.content import map_content
from corridors.content.look import PATTERNS
from corridors.content.scenario_features import with_scenarios
from corridors.content.style import CLASSES
from corridors.content.symbols import SYMBOLS
from corridors.data.folding import short_name
from corridors.data.years import YEARS
from corridors.errors import FileError, UsageError
from corridors.figures.basemap import ground_of
from corridors.figures.canvas import MM_PER_POINT, USUAL_WIDTH_MM, pixel_points
from corridors.figures.figure import comparison_figure, map_figure, print_figure, route_figure, scenario_figure
from corridors.figures.selection import shown_features
from corridors.figures.sheet import Drawing, Sheet, drawing_bytes
from corridors.figures.symbols import BOX, svg_path
from corridors.locales import LANGUAGES, messages, number, translations
from corridors.network.gazetteer import Gazetteer
from corridors.network.routing import Request, find_routes
from tests.declared import MAPS, in_turn
from tests.map_names import Name, Symbol, misplaced

SIGNS = {words for *_, words in PATTERNS}
"""Entries of a legend for patterns, beside those for classes."""

BASELINES = Path(__file__).parent / "baselines"
AS_OF = "2025-06-17"
MOST_KB = 360
FINE_DPI = 1440
PIXEL_MM = 0.54 / 72 * 25.4
"""A pixel of the pages on a sheet of 180 mm."""

LEAST_POINTS = 5.5
LEAST_NAMES = {80: 5, 120: 8, 180: 10}
"""The smallest readable type on paper, and the least number of names on a map, by the width of its sheet."""

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def content(context):
    """Give the content of a map's page."""
    made = {}

    def give(name):
        if name not in made:
            entry = dataclasses.replace(context.maps[name], planner=False)
            made[name] = map_content(entry, context)
            if entry.scenarios:
                made[name] = with_scenarios(made[name], context, context.declared)
        return made[name]

    return give


@pytest.fixture(scope="module")
def printed(context, content):
    """Print a map in a language; each only once."""
    made = {}

    def give(name, lang="en", **options):
        key = (name, lang, *sorted(options.items()))
        if key not in made:
            made[key] = print_figure(content(name), context.basemap, Sheet(lang=lang, **options))
        return made[key]

    return give


def words_of(drawing):
    """All texts of a drawing, as they were written."""
    return [text.get_text() for text in drawing.figure.artists if hasattr(text, "get_text")]


def test_every_declared_map_is_looked_at_here(context):
    assert set(context.maps) == set(MAPS)


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def countries(loaded):
    """The countries that are named on maps, in degrees, by code."""
    layer = loaded.layers["countries"]
    return dict(zip(layer["country"], layer.geometry, strict=True))


def faults_of_names(one, countries):
    """The faults of the names and the numbers of corridors on a figure."""
    window, laid, pixel = one.window, one.laid, pixel_points(one.drawing.sheet) * MM_PER_POINT

    def middle(area):
        return Point(window.to_degrees(np.array([[(area[0] + area[2]) / 2, (area[1] + area[3]) / 2]]))[0]).coords[0]

    names = [Name(each.name.of, each.name.text, each.box, each.leader, middle(each.box)) for each in laid.labels]
    for of, (area, leader) in laid.numbers.items():
        x, y = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
        place = area if leader else (x, y, x, y)
        names.append(Name(of, f"the number of {of}", place, leader and tuple(leader.coords), middle(area)))
    symbols = [
        Symbol(each.feature["id"], each.at, each.size / 2 * pixel) for each in laid.point_symbols if not each.crowded
    ]
    lines = {of: laid.courses[of] for of in laid.numbers}
    yield from misplaced(names, symbols, lines, countries, pixel)
    for of, (area, _) in laid.numbers.items():
        if any(box(*area).distance(Point(symbol.at)) < symbol.half - pixel for symbol in symbols):
            yield f"the number of {of} covers a symbol"
    frame = box(*one.window.paper)
    for name in names:
        area = box(*name.box)
        if not frame.contains(area):
            yield f"{name.text} reaches out of the frame"
        if name.of not in lines and any(area.intersects(box(*taken)) for taken in laid.taken):
            yield f"{name.text} lies on a number, the globe or the scale bar"


def faults_of_words(drawing):
    """Words that are cut at the edge of the sheet, too small to read, or above others."""
    figure, boxes = drawing.figure, []
    renderer = RendererAgg(10, 10, FINE_DPI)
    sheet = Bbox(figure.bbox.get_points() * FINE_DPI / figure.dpi)
    for text in figure.artists:
        if hasattr(text, "get_text"):
            extent = text.get_window_extent(renderer, dpi=FINE_DPI)
            if extent.x0 < sheet.x0 or extent.y0 < sheet.y0 or extent.x1 > sheet.x1 or extent.y1 > sheet.y1:
                yield f"{text.get_text()} is cut"
            if text.get_size() < LEAST_POINTS - 0.01:
                yield f"{text.get_text()} is set in {text.get_size():.1f} points"
            boxes.append((text.get_text(), extent.shrunk(0.98, 0.5)))
    for (one, its), (other, others) in combinations(boxes, 2):
        if its.overlaps(others):
            yield f"{one} lies on {other}"


@pytest.mark.parametrize("nth", range(3))
@pytest.mark.parametrize("name", MAPS)
def test_each_name_is_at_its_own_symbol_and_all_words_can_be_read(printed, countries, name, nth):
    """In all languages at the usual width, and in one of them, in turn, at others."""
    found, width = [], [*LEAST_NAMES][nth]
    for lang in LANGUAGES if width == USUAL_WIDTH_MM else [in_turn(MAPS.index(name), nth)]:
        one = printed(name, lang) if width == USUAL_WIDTH_MM else printed(name, lang, width_mm=width)
        assert len(one.laid.labels) >= LEAST_NAMES[width], lang
        found += [(lang, fault) for fault in (*faults_of_names(one, countries), *faults_of_words(one.drawing))]
    assert found == []


def test_a_map_beyond_the_basemap_shows_the_world_around_it(context, content):
    window = print_figure(content("overview"), context.basemap, Sheet(), extent=(-10, 25, 125, 62)).window
    ground = ground_of(window, context.basemap)
    assert ground.whole_land.contains(Point(-42.0, 66.0)), "Greenland, in the upper left corner"
    assert (
        ground_of(print_figure(content("tourism"), context.basemap, Sheet()).window, context.basemap) is context.basemap
    )


def test_the_numbers_of_corridors_lie_on_their_lines(printed, context):
    laid = printed("corridors").laid
    assert len(laid.numbers) == len(context.comparison.corridors)
    for of, ((left, lower, right, upper), leader) in laid.numbers.items():
        start = Point(leader.coords[0]) if leader else Point((left + right) / 2, (lower + upper) / 2)
        assert laid.courses[of].distance(start) < PIXEL_MM / 10


def test_the_boxes_of_names_are_as_large_as_matplotlib_draws_them(printed):
    one = printed("rail", "ru")
    renderer = RendererAgg(10, 10, FINE_DPI)
    drawn = {text.get_text(): text for text in one.drawing.figure.artists if hasattr(text, "get_text")}
    for label in one.laid.labels:
        extent = drawn[label.name.text].get_window_extent(renderer, dpi=FINE_DPI)
        assert extent.width / FINE_DPI * 25.4 == pytest.approx(label.box[2] - label.box[0], abs=0.2), label.name.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_important_few_are_always_named(context, printed, lang):
    named = {label.name.text for label in printed("rail", lang).laid.labels}
    cities = context.layers["cities"].set_index("id")
    for city in ("cn-xian", "cn-urumqi", "kz-almaty", "uz-tashkent", "kz-astana", "tm-ashgabat"):
        assert short_name(cities.loc[city, f"name_{lang}"]) in named


# --- the same as the page ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MAPS)
def test_the_legend_has_the_classes_of_the_page_that_are_drawn_and_no_others(printed, content, name):
    one, page = printed(name), content(name)
    on = [group for each in page["map"]["groups"] for group in each["classes"] if page["classes"][group]["on"]]
    corridors = [f"corridors.{entry.partition('/')[2]}" for entry in one.entries if entry.startswith("corridors/")]
    entries = [*corridors, *(entry for entry in one.entries if entry in page["classes"])]
    assert set(entries) <= set(on)
    order = [entry for entry in on if entry in entries]
    assert sorted(entries, key=order.index) == order
    drawn = {one.feature["class"] for one in one.laid.point_symbols if not one.crowded}
    assert drawn <= set(entries)
    degrees = one.window.to_degrees(np.array([one.window.paper[:2], one.window.paper[2:]]))
    inside = box(*degrees[0], *degrees[1]).buffer(-1)  # of a conic map, its lower left and upper right corner
    for missing in set(on) - set(entries):
        entry = page["classes"][missing]
        told = entry["geometry"] == "line" or entry["style"].get("fill") or entry["style"].get("hatch")
        for feature in shown_features(page, ()) if told else ():
            if feature["class"] == missing:
                assert not feature["geometry"].intersects(inside), feature["id"]


def test_on_the_whole_atlas_all_classes_that_are_on_are_in_the_legend(context, content):
    page = content("rail")
    one = print_figure(page, context.basemap, Sheet(width_mm=400), extent=(20, 20, 135, 62))
    assert {entry for entry in one.entries if entry not in SIGNS} == {
        name for name, entry in page["classes"].items() if entry["on"]
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", MAPS)
def test_title_statement_and_classes_are_said_as_on_the_page(printed, content, name, lang):
    one, page = printed(name, lang), content(name)
    said = "".join(words_of(one.drawing)).replace("\u00a0", " ").replace(" ", "")
    assert page["map"]["title"][lang].replace(" ", "") in said
    assert page["map"]["statement"][lang].replace("\u00a0", " ").replace(" ", "") in said
    for entry in one.entries:
        if entry in page["classes"]:
            assert page["classes"][entry]["title"][lang].replace(" ", "") in said
    assert one.drawing.title == page["map"]["title"][lang]
    assert page["map"]["statement"][lang] in one.drawing.alt


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_of_corridors_has_the_numbers_of_the_measures(context, printed, lang):
    said = words_of(printed("corridors", lang).drawing)
    for corridor in context.comparison.corridors:
        measure = context.measures.get("length_km", corridor=corridor.id)
        assert number(measure.value, 0, lang) in said
        assert number(round(corridor.route.days, 1), 1, lang) in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_projection_sources_and_borders_stand_in_the_fine_print(printed, lang):
    said = "".join(words_of(printed("rail", lang).drawing)).replace(" ", "").replace("\u00a0", "")
    words = messages(lang)
    assert words["ui.disclaimer"].replace(" ", "") in said
    assert words["paper.projection"].partition("{0}")[0].replace(" ", "") in said
    assert "NaturalEarth" in said


# --- layers -------------------------------------------------------------------------------------------------


def test_layers_and_classes_can_be_chosen(content, context):
    one = print_figure(content("overview"), context.basemap, Sheet(), layers=("rail", "pipelines.gas"))
    assert [entry for entry in one.entries if entry not in SIGNS] == ["rail.1435", "rail.1520", "pipelines.gas"]


def test_an_unknown_layer_is_refused_with_the_one_that_may_be_meant(content):
    with pytest.raises(UsageError, match="Did you mean rail"):
        shown_features(content("overview"), ["raill"])


@pytest.mark.parametrize("year", [YEARS[0] - 1, YEARS[1] + 1])
def test_a_year_out_of_bounds_is_refused(context, year):
    with pytest.raises(UsageError, match=f"{YEARS[0]} to {YEARS[1]}"):
        map_figure("rail", context, Sheet(), year=year)


def test_an_unknown_map_is_refused_with_the_one_that_may_be_meant(context):
    with pytest.raises(UsageError, match="Did you mean rail"):
        map_figure("rial", context, Sheet())


def test_a_sheet_too_low_is_refused_with_a_height_that_will_do(context):
    with pytest.raises(UsageError, match="mm or more") as refused:
        map_figure("rail", context, Sheet(height_mm=30))
    least = float(re.search(r"(\d+) mm or more", str(refused.value))[1])
    drawing = map_figure("rail", context, Sheet(height_mm=least))
    assert drawing.figure.get_figheight() * 25.4 == pytest.approx(least)


def test_a_sheet_too_narrow_is_refused_with_a_width_that_will_do(context):
    with pytest.raises(UsageError, match="mm or more") as refused:
        map_figure("corridors", context, Sheet(width_mm=60, lang="ru"))
    least = int(re.search(r"(\d+) mm or more", str(refused.value))[1])
    assert not list(faults_of_words(map_figure("corridors", context, Sheet(width_mm=least, lang="ru"))))


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MAPS)
def test_an_svg_is_well_formed_small_and_asks_for_nothing(printed, repo, name):
    """The committed figures, which test_build.py compares with what is drawn."""
    one = printed(name)
    data = (repo / "maps" / "figures" / f"{name}.svg").read_bytes()
    assert len(data) < MOST_KB * 1000
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    assert [child.tag for child in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert root[0].text == one.drawing.title
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        for key, value in element.attrib.items():
            if key.endswith("href"):
                assert value.startswith("#") and value[1:] in ids  # noqa: PT018 - one statement on one link


def test_a_pdf_has_its_title_its_words_and_its_fonts_inside(printed):
    one = printed("rail", "ru")
    page = PdfReader(io.BytesIO(drawing_bytes(one.drawing, "pdf")))
    assert page.metadata.title == one.drawing.title
    assert page.metadata.subject == one.drawing.alt
    text = page.pages[0].extract_text()
    assert "Альберса" in text
    assert "Астана" in text
    fonts = page.pages[0]["/Resources"]["/Font"]
    assert fonts
    for font in fonts.values():
        inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        assert "/FontFile2" in inner["/FontDescriptor"]


def test_the_same_map_gives_the_same_bytes(context, printed):
    for form in ("svg", "png"):
        assert drawing_bytes(map_figure("flights", context, Sheet()), form) == drawing_bytes(
            printed("flights").drawing, form
        )


def test_names_are_never_markup(context, content):
    page = content("flights")
    hostile = "<script>$x^2$ {0} %s &amp; \\frac{1}{2}"
    entry = page["map"] | {"title": dict.fromkeys(LANGUAGES, hostile)}
    drawing = print_figure(page | {"map": entry}, context.basemap, Sheet()).drawing
    root = etree.fromstring(drawing_bytes(drawing, "svg"))
    assert root[0].text == hostile
    assert not list(root.iter("{*}script"))
    assert hostile in PdfReader(io.BytesIO(drawing_bytes(drawing, "pdf"))).metadata.title


# --- routes, comparisons, scenarios -----------------------------------------------------------------------------------


def test_a_route_is_told_with_its_kilometres_and_days(context):
    gazetteer = Gazetteer(context.layers, context.facts, context.network)
    request = Request([gazetteer.find("Xi'an"), gazetteer.find("Tashkent")])
    route = find_routes(context.network, context.facts, request, context.assumptions)[0]
    for lang in LANGUAGES:
        drawing = route_figure(route, context, Sheet(lang=lang), request=request)
        assert number(route.length_km, 0, lang) in drawing.alt
        assert number(route.days, 1, lang) in drawing.alt
    assert route_figure(route, context, Sheet()).title == route_figure(route, context, Sheet(), request=request).title


def test_a_comparison_shows_just_its_corridors(context):
    two = dataclasses.replace(context.comparison, corridors=context.comparison.corridors[:2])
    said = words_of(comparison_figure(two, context, Sheet()))
    names = context.facts.by_id("corridors")
    shown = [corridor.id for corridor in context.comparison.corridors if names[corridor.id]["name_en"] in said]
    assert shown == [corridor.id for corridor in two.corridors]


def test_a_scenario_is_called_what_the_atlas_calls_it(context):
    result = context.declared.results[-1]
    drawing = scenario_figure(result, context, Sheet(lang="nl"))
    assert drawing.title == context.declared.entries[result.name].title["nl"]


# --- drawing ----------------------------------------------------------------------------------------------------------


def test_arcs_run_as_svg_says():
    quarter = svg_path("M0 0A1 1 0 0 1 1 1")
    assert quarter.vertices[-1] == pytest.approx((1, 1))
    for x, y in BezierSegment(quarter.vertices)(np.linspace(0, 1, 20)):
        assert np.hypot(x, y - 1) == pytest.approx(1, abs=1e-3)
    large = svg_path("M0 0A1 1 0 1 1 1 1")
    assert large.vertices[:, 0].max() == pytest.approx(2, abs=0.01)


@pytest.mark.parametrize("name", sorted(SYMBOLS))
def test_symbols_keep_inside_their_box(name):
    for tag, attributes in SYMBOLS[name]:
        if tag == "path":
            extents = svg_path(attributes["d"]).get_extents()
            assert 0 <= extents.x0 <= extents.x1 <= BOX
            assert 0 <= extents.y0 <= extents.y1 <= BOX


def test_a_lost_world_is_told_of(context, content, tmp_path):
    lost = dataclasses.replace(context.basemap, folder=tmp_path)
    with pytest.raises(FileError, match=r"world\.geojson"):
        print_figure(content("rail"), lost, Sheet())


def small_content(basemap):
    """A page with one feature of each kind, independent of the facts."""
    classes = {
        each.id: {"title": translations(f"class.{each.id}"), "geometry": each.geometry, "z": each.z,
                  "style": dict(each.style), "on": True}
        for layer, by in (("countries", "trade"), ("rail", "gauge"), ("roads", "kind"), ("ports", "kind"),
                          ("cities", "kind"))
        for each in CLASSES[layer][by]
    }  # fmt: skip
    bare = {"kind": "rail", "status": "operational", "basis": "stations", "confidence": "high", "rank": 9,
            "country": ["KAZ"], "headline": [], "facts": [], "sources": []}  # fmt: skip
    things = [
        ("rail.1435", LineString([(90, 42), (84, 44), (80.3, 44.2)]), {}),
        ("rail.1520", LineString([(80.3, 44.2), (76.9, 43.3), (69.2, 41.3)]), {}),
        ("rail.1520", LineString([(76.9, 43.3), (74, 47)]), {"status": "under_construction"}),
        ("rail.1520", LineString([(74, 47), (70, 50)]), {"status": "planned"}),
        ("rail.1520", LineString([(69.2, 41.3), (64, 45)]), {"status": "suspended", "confidence": "low"}),
        ("roads.road", LineString([(66, 39), (76, 39.5), (88, 43.8)]), {"basis": "waypoints"}),
        ("countries.trade3", box(62, 46, 70, 49), {}),
        ("ports.border_crossing", Point(80.3, 44.2), {"rank": 1, "name": "Khorgos"}),
        ("ports.dry_port", Point(80.4, 44.1), {"rank": 2, "name": "Gateway", "confidence": "low"}),
        ("cities.city", Point(76.9, 43.3), {"rank": 0, "name": "Almaty"}),
        ("cities.city", Point(69.2, 41.3), {"rank": 1, "name": "Tashkent", "kind": "capital"}),
    ]
    features = [
        bare
        | {"id": f"{name.split('.')[0]}/{nth}", "class": name, "geometry": shape}
        | told
        | {"name": {"en": told.get("name", "")}}
        for nth, (name, shape, told) in enumerate(things)
    ]
    groups = [
        {
            "id": layer,
            "title": translations(f"layer.{layer}"),
            "classes": [each for each in classes if each.startswith(layer)],
        }
        for layer in ("countries", "rail", "roads", "ports", "cities")
    ]
    about = {
        "id": "small", "asOf": AS_OF, "credit": "Natural Earth",
        "title": dict.fromkeys(LANGUAGES, "A small map 小地图"),
        "statement": dict.fromkeys(LANGUAGES, "It has one of each kind."), "filters": [], "groups": groups,
        "view": {"bounds": [60, 37, 92, 51]},
    }  # fmt: skip
    ground = dataclasses.replace(basemap, labels=())
    return {"map": about, "classes": classes, "features": features, "sources": {}, "basemap": ground}


@pytest.mark.parametrize(("name", "options"), [("light", {}), ("dark-zh", {"theme": "dark", "lang": "zh"})])
def test_a_small_map_looks_as_it_did(context, name, options):
    drawing: Drawing = print_figure(
        small_content(context.basemap), context.basemap, Sheet(width_mm=110, dpi=110, **options)
    ).drawing
    data = drawing_bytes(drawing, "png")
    path = BASELINES / f"small-map-{name}.png"
    if os.environ.get("CORRIDORS_BASELINES"):
        path.write_bytes(data)
    now, then = (np.asarray(Image.open(io.BytesIO(one)).convert("RGB"), int) for one in (data, path.read_bytes()))
    assert now.shape == then.shape
    apart = np.abs(now - then).max(axis=2)
    assert (apart > 40).mean() < 0.005
