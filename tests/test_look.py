"""One table has the look of lines and points: pages get it as data, figures and the index read it."""

import re
from collections import Counter
from itertools import product

import pytest
from shapely import box

from corridors.content.content import map_content
from corridors.content.look import (
    LOOK,
    dash_of,
    is_hollow,
    point_opacity,
    point_size,
    point_zoom,
    scale_at,
    strokes,
)
from corridors.content.palette import themed
from corridors.content.style import CLASSES
from corridors.data.folding import short_name
from corridors.data.tables import CONFIDENCES, NAMED, STATUSES
from corridors.web.blocks import Blocks
from corridors.web.encode import encode_content
from corridors.web.index import index_html
from corridors.web.map import CorridorMap
from corridors.web.small_picture import THINNER
from tests.declared import MAPS

PIPE = next(each for each in CLASSES["pipelines"]["commodity"] if each.id == "pipelines.gas")


def test_the_page_gets_the_table_and_its_script_has_none_of_its_own(repo):
    assert CorridorMap().payload()["look"] == LOOK
    parts = (repo / "src" / "corridors" / "web" / "script").rglob("*.ts")
    script = {part.name: part.read_text(encoding="utf-8") for part in parts}
    for dash in LOOK["dashes"].values():
        assert [name for name, text in script.items() if f'"{dash}"' in text] == []
    assert [name for name, text in script.items() if re.search(r"\[3e5, 7\]", text)] == []


def test_a_status_has_its_dashes_and_what_works_those_of_its_class():
    assert dash_of("planned", PIPE.style) == LOOK["dashes"]["planned"]
    assert dash_of("operational", PIPE.style) == dash_of(None, PIPE.style) == PIPE.style["dash"]


@pytest.mark.parametrize("name", MAPS)
def test_small_pictures_fill_every_area_that_the_map_fills_at_first(context, name):
    content = map_content(context.maps[name], context)
    fills = Counter(re.findall(r'<path d="M[^"]*Z" fill="(#[^"]+)"', index_html([content], language="en")))
    west, south, east, north = content["map"]["view"]["bounds"]
    expected = Counter(
        held["style"]["fill"]
        for feature in content["features"]
        for held in [content["classes"][feature["class"]]]
        if held["on"] and held["style"].get("fill") and feature["geometry"].intersects(box(west, south, east, north))
    )
    assert {fill: count for fill, count in fills.items() if fill in expected} == expected


def test_small_pictures_have_the_dashes_of_the_map_as_much_shorter_as_their_lines_are_thinner(context):
    content = map_content(context.maps["rail"], context)
    told = set(re.findall(r'stroke-dasharray="([^"]+)"', index_html([content], language="en")))
    on = {
        dash_of(feature["status"], held["style"])
        for feature in content["features"]
        for held in [content["classes"][feature["class"]]]
        if held["on"] and held["geometry"] == "line"
    }
    numbers = {tuple(round(float(part) / THINNER, 1) for part in dash.split()) for dash in told}
    assert numbers == {tuple(map(float, dash.split())) for dash in on if dash}
    assert numbers


@pytest.mark.parametrize(("people", "size"), [(0, 6), (299_999, 6), (300_000, 7), (3_000_000, 10)])
def test_a_city_is_as_large_as_its_people_say_and_a_capital_has_room_for_its_ring(people, size):
    city = {"id": "cities/x", "kind": "city", "headline": [{"label": "fact.population", "value": people}]}
    assert point_size(city, {}) == size
    assert point_size({**city, "kind": "capital"}, {}) == size + LOOK["capitalRing"]


# --- functions that the page's script has too -------------------------------------------------------------------------

STYLES = [
    *({"color": "#000", "width": width} for width in (1.2, 2.6)),
    {"color": "#000", "width": 3, "casing": True, "opacity": 0.6, "dash": "12 3"},
]
TOLD = [
    {"status": status, "basis": basis, "confidence": confidence, "hollow": hollow}
    for status in (*STATUSES, None)
    for basis in ("stations", "waypoints")
    for confidence in ("high", "low")
    for hollow in (False, True)
]


def test_a_line_has_the_same_strokes_on_a_page_and_on_paper(ask_script):
    cases = list(product(STYLES, TOLD))
    calls = [("look/strokes", "strokesOf", [style, "own", told]) for style, told in cases]
    for (style, told), answer in zip(cases, ask_script(calls, CorridorMap().payload()), strict=True):
        found = [
            (one["role"], "own" if one["stroke"] == "own" else "casing", one["width"], one["opacity"], one.get("dash"))
            for one in answer
        ]
        wanted = [(one.tier, one.ink, one.width, one.opacity, one.dash) for one in strokes(style, told)]
        assert [one[:2] + one[4:] for one in found] == [one[:2] + one[4:] for one in wanted]
        assert [one[2:4] for one in found] == [pytest.approx(one[2:4], abs=6e-4) for one in wanted]


def test_points_look_the_same_on_a_page_and_on_paper(ask_script):
    told = [{"status": status, "confidence": grade} for status in STATUSES for grade in CONFIDENCES]
    calls = [("look/strokes", "isHollow", [one]) for one in told]
    calls += [("look/strokes", "pointOpacity", [one["status"]]) for one in told]
    wanted = [is_hollow(one) for one in told] + [point_opacity(one["status"]) for one in told]
    assert ask_script(calls, CorridorMap().payload()) == wanted


def test_what_is_drawn_at_a_zoom_and_how_large_is_the_same_on_a_page_and_on_paper(ask_script):
    zooms = [zoom / 4 for zoom in range(4, 48)]
    points = [
        {"id": f"{layer}/x", "class": "x", "rank": rank, "kind": kind, "headline": headline}
        for layer, rank, kind in product(("cities", "ports"), range(-1, 12), ("capital", "city"))
        for people in (0, 299_999, 300_000, 5_000_000)
        for headline in [[{"label": "fact.population", "value": people}]]
    ]
    styles = [{"symbol": "station", "size": 7}, {"symbol": "city", "size": 9}]
    calls = [("map/scale", name, [zoom]) for name in ("lineScale", "pointScale") for zoom in zooms]
    calls += [("map/scale", "pointZoom", [point, style]) for point in points for style in styles]
    calls += [("map/feature_nodes", "fullSize", [point]) for point in points]
    payload = CorridorMap().payload() | {"classes": {"x": {"geometry": "point", "style": styles[1]}}}
    wanted = [scale_at(zoom, LOOK[name]) for name in ("lineScale", "pointScale") for zoom in zooms]
    wanted += [point_zoom(point, style) for point in points for style in styles]
    wanted += [point_size(point, styles[1]) for point in points]
    assert ask_script(calls, payload) == pytest.approx(wanted)


def test_a_class_comes_to_the_page_with_its_colour_on_dark_ground(context):
    content = map_content(context.maps["trade"], context)
    classes = encode_content(content, Blocks())["classes"]
    assert {entry["geometry"] for entry in classes.values()} == {"line", "point", "area"}
    for name, entry in classes.items():
        area, style = entry["geometry"] == "area", content["classes"][name]["style"]
        color = style["fill"] if area else style["color"]
        assert entry["dark"] == (color and themed(color, "dark", area=area)), name
        assert entry | {"dark": None} == content["classes"][name] | {"dark": None}


def test_names_lose_the_same_brackets_on_a_page_and_on_paper(ask_script, loaded):
    columns = [f"name_{language}" for language in NAMED]
    names = {name for frame in loaded.layers.values() for column in columns for name in frame[column] if name}
    names |= {"(x)", "a (b) c", "a(b)", "Xi'an（西安）", "a (b (c))", ""}
    asked = sorted(names)
    calls = [("payload/folding", "shortName", [name]) for name in asked]
    assert dict(zip(asked, ask_script(calls, CorridorMap().payload()), strict=True)) == {
        name: short_name(name) for name in asked
    }
