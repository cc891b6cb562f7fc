import ast
import io
import json
import re
from copy import deepcopy
from pathlib import Path

import branca.colormap
import folium
import folium.plugins
import pytest
from branca.element import Element, Figure, Html, IFrame, MacroElement
from folium.utilities import JsCode
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString

from corridors.errors import CorridorsError, FileError, UsageError
from corridors.locales import LANGUAGES, Message
from corridors.web.elements import describe
from corridors.web.map import CorridorMap
from corridors.web.refusal import children_of
from corridors.web.safe_html import TAGS, nodes_from_html, nodes_from_text, safe_style
from tests.page_data import coded, decoded

ALMATY = [43.25, 76.95]
URUMQI = [43.83, 87.6]
HOSTILE = [
    "{{ 7*7 }}",
    "{% raw %}",
    "{# note",
    "${7*7}",
    "`${alert(1)}`",
    "</script><script>window.__x=1</script>",
    '<img src=x onerror="window.__x=1">',
    "<svg/onload=window.__x=1>",
    "<b onclick='window.__x=1'>b</b>",
    "<a href='javascript:window.__x=1'>a</a>",
    "<style>*{display:none}</style>",
    "<!-- --><iframe srcdoc='<script>1</script>'>",
    "\u2028\x00\ud800'\"\\",
]


def squares(*properties):
    rings = [
        [[lon, 40], [lon + 2, 40], [lon + 2, 42], [lon, 42], [lon, 40]]
        for lon in range(70, 70 + 3 * len(properties), 3)
    ]
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": own, "geometry": {"type": "Polygon", "coordinates": [ring]}}
            for own, ring in zip(properties, rings, strict=True)
        ],
    }


def text_of(tree):
    return "".join(node if isinstance(node, str) else text_of(node.get("children", [])) for node in tree)


def tags_of(tree):
    for node in tree:
        if isinstance(node, dict) and "tag" in node:
            yield node
            yield from tags_of(node.get("children", []))


def round_trip(element):
    return json.loads(json.dumps(describe(element), allow_nan=False))


# --- every element as data ---------------------------------------------------------------------------------------


def test_marker_with_pin_popup_and_tooltip():
    marker = folium.Marker(
        ALMATY,
        popup=folium.Popup("<b>Almaty</b>", max_width=260, show=True),
        tooltip="Almaty",
        icon=folium.Icon(color="red", icon_color="#000000"),
        draggable=True,
        title="A city",
        z_index_offset=3,
    )
    assert round_trip(marker) == {
        "type": "marker",
        "location": ALMATY,
        "options": {"draggable": True, "autoPan": True, "title": "A city", "zIndexOffset": 3},
        "icon": {"type": "pin", "color": "red", "dot": "#000000"},
        "draggable": True,
        "tooltip": {"content": ["Almaty"], "sticky": True, "options": {}},
        "popup": {
            "content": [{"tag": "b", "children": ["Almaty"]}],
            "max_width": 260,
            "show": True,
            "options": {"autoClose": False},
        },
    }


def test_div_icon_keeps_its_style_and_size():
    icon = folium.DivIcon(
        '<div style="color: teal; font-size: 12pt">Taraz</div>', icon_size=(60, 20), icon_anchor=(0, 0)
    )
    assert round_trip(folium.Marker(ALMATY, icon=icon))["icon"] == {
        "type": "div",
        "html": [{"tag": "div", "style": {"color": "teal", "font-size": "12pt"}, "children": ["Taraz"]}],
        "boxed": False,
        "options": {"iconSize": [60, 20], "iconAnchor": [0, 0]},
    }


def test_embedded_image_icon(tmp_path):
    image = tmp_path / "dot.png"
    image.write_bytes(b"\x89PNG\r\n\x1a\n")
    icon = round_trip(folium.Marker(ALMATY, icon=folium.CustomIcon(str(image), icon_size=(8, 8))))["icon"]
    assert icon["type"] == "image"
    assert icon["options"]["iconUrl"].startswith("data:image/png;base64,")
    assert icon["options"]["iconSize"] == [8, 8]


@pytest.mark.parametrize(
    ("element", "kind", "key", "where"),
    [
        (folium.Circle(ALMATY, radius=5000, color="teal"), "circle", "location", ALMATY),
        (folium.CircleMarker(ALMATY, radius=7, fill=True), "circle_marker", "location", ALMATY),
        (folium.PolyLine([ALMATY, URUMQI], weight=4), "polyline", "locations", [ALMATY, URUMQI]),
        (folium.Polygon([ALMATY, URUMQI, [40, 80]]), "polygon", "locations", [ALMATY, URUMQI, [40.0, 80.0]]),
        (folium.Rectangle([[40, 70], [42, 75]]), "rectangle", "locations", [[40.0, 70.0], [42.0, 75.0]]),
    ],
)
def test_vectors(element, kind, key, where):
    data = round_trip(element)
    assert data["type"] == kind
    assert data[key] == where
    assert set(data["options"]) >= {"color", "weight", "fill"}
    if kind.startswith("circle"):
        assert data["options"]["radius"] in {5000, 7}


def test_geojson_styles_highlights_and_texts_are_worked_out_for_each_feature():
    data = squares({"name": "<b>west</b>", "teu": 1520}, {"name": "east", "teu": None, "more": {"a": 1}})
    layer = folium.GeoJson(
        data,
        name="squares",
        style_function=lambda feature: {"color": "red" if feature["properties"]["teu"] else "blue", "weight": 2},
        highlight_function=lambda _: {"weight": 6},
        tooltip=folium.GeoJsonTooltip(["name", "teu"], aliases=["Name", "TEU"], localize=True),
        popup=folium.GeoJsonPopup(["more"], labels=False),
        zoom_on_click=True,
        smooth_factor=0.5,
    )
    found = round_trip(layer)
    assert [style["color"] for style in found["styles"]] == ["red", "blue"]
    assert found["highlights"] == [{"weight": 6}, {"weight": 6}]
    assert (found["name"], found["zoom_on_click"], found["smooth_factor"]) == ("squares", True, 0.5)
    rows = found["tooltips"][0]["content"][0]["children"]
    assert [cell["children"] for row in rows for cell in row["children"]] == [
        ["Name"],
        ["<b>west</b>"],  # a value is always text
        ["TEU"],
        [{"number": 1520}],
    ]
    assert text_of(found["popups"][1]["content"]) == '{"a": 1}'
    assert not any(feature["properties"] for feature in found["data"]["features"])
    assert found["data"]["features"][0]["geometry"]["coordinates"][0][0] == [70, 40]


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((2012, 1913), [["2012"], ["1913"]]),
        ((2012.0, None), [["2012"], []]),
        ((2012, 64000), [[{"number": 2012}], [{"number": 64000}]]),
        ((1520, 1435), [[{"number": 1520}], [{"number": 1435}]]),
    ],
    ids=["years", "years with a gap, as frames have them", "quantities", "gauges"],
)
def test_a_year_is_no_quantity_in_a_tooltip(values, shown):
    data = squares(*({"opened": value} for value in values))
    found = round_trip(folium.GeoJson(data, tooltip=folium.GeoJsonTooltip(["opened"], labels=False, localize=True)))
    cells = [tip["content"][0]["children"][0]["children"][0]["children"] for tip in found["tooltips"]]
    assert cells == shown


def test_geojson_without_style_function_uses_the_style_in_the_data():
    styles = round_trip(folium.GeoJson(squares({"style": {"color": "teal", "content": "<b>"}}, {})))["styles"]
    assert styles == [{"color": "teal"}, {}]


@pytest.mark.parametrize(
    "data",
    [
        {"type": "Point", "coordinates": [76.95, 43.25]},
        {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": [76.95, 43.25]}},
        '[{"type": "Point", "coordinates": [76.95, 43.25]}]',
    ],
)
def test_geojson_of_less_than_a_collection(data):
    features = round_trip(folium.GeoJson(data))["data"]["features"]
    assert [feature["geometry"] for feature in features] == [{"type": "Point", "coordinates": [76.95, 43.25]}]


def test_geojson_with_missing_and_empty_geometry_and_markers():
    data = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {}, "geometry": None},
            {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": []}},
        ],
    }
    found = round_trip(folium.GeoJson(data, marker=folium.Marker(icon=folium.Icon(color="green"))))
    assert [feature["geometry"] for feature in found["data"]["features"]] == [None, None]
    assert found["marker"]["icon"]["color"] == "green"
    assert round_trip(folium.GeoJson(data, marker=folium.CircleMarker(radius=4)))["marker"]["options"]["radius"] == 4


def test_groups_nest_and_a_colour_line_is_one():
    group = folium.FeatureGroup(name="Ports", show=False, overlay=False)
    inner = folium.FeatureGroup().add_to(group)
    folium.Marker(ALMATY).add_to(inner)
    data = round_trip(group)
    assert (data["name"], data["show"], data["overlay"], data["control"]) == ("Ports", False, False, True)
    assert data["children"][0]["name"] == "FeatureGroup"  # unnamed: not folium's random id
    assert data["children"][0]["children"][0]["type"] == "marker"
    line = folium.features.ColorLine([ALMATY, URUMQI, [45, 90]], colors=[0, 1], colormap=["red", "blue"])
    assert {child["type"] for child in round_trip(line)["children"]} == {"polyline"}


def test_controls_and_bounds():
    assert round_trip(folium.LayerControl(position="topleft", collapsed=False)) == {
        "type": "layer_control",
        "options": {"position": "topleft", "collapsed": False, "autoZIndex": True},
        "draggable": False,
    }
    corridor = CorridorMap(ALMATY, zoom_start=4, min_zoom=2, max_zoom=9)
    corridor.fit_bounds([[35, 60], [50, 110]], max_zoom=6)
    view, fit = corridor.payload()["elements"]
    assert (view["center"], view["zoom"]) == (ALMATY, 4)
    assert (view["options"]["minZoom"], view["options"]["maxZoom"]) == (2, 9)
    assert fit == {"type": "fit_bounds", "bounds": [[35, 60], [50, 110]], "options": {"maxZoom": 6}}


def test_layers_kept_in_front_are_marked():
    corridor = CorridorMap(ALMATY)
    below, above = folium.FeatureGroup("below").add_to(corridor), folium.FeatureGroup("above").add_to(corridor)
    corridor.keep_in_front(below, above)
    assert [element.get("front") for element in corridor.payload()["elements"]] == [None, 0, 1]


def test_what_a_map_of_foliums_own_left_in_an_element_is_no_matter():
    group = folium.FeatureGroup("shared")
    folium.Marker(ALMATY, icon=folium.Icon()).add_to(group)
    plain = folium.Map(tiles=None)
    plain.add_child(group)
    plain.get_root().render()
    assert [child["type"] for child in describe(group)["children"]] == ["marker"]


# --- refusals ----------------------------------------------------------------------------------------------------


def geojson_with(**options):
    return folium.GeoJson(squares({"name": "a"}), **options)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: folium.plugins.FastMarkerCluster([ALMATY]), ["FastMarkerCluster", "cdnjs.cloudflare.com"]),
        (lambda: folium.plugins.HeatMapWithTime([[ALMATY]]), ["HeatMapWithTime", "cdn.jsdelivr.net"]),
        (folium.plugins.Draw, ["Draw", "cdnjs.cloudflare.com"]),
        (folium.plugins.LocateControl, ["LocateControl", "cdnjs.cloudflare.com"]),
        (lambda: folium.RegularPolygonMarker(ALMATY), ["RegularPolygonMarker", "leaflet-dvf"]),
        (lambda: folium.Marker(ALMATY, icon=folium.plugins.BeautifyIcon()), ["BeautifyIcon", "cdn.jsdelivr.net"]),
        (lambda: folium.TopoJson({"objects": {}}, "objects.a"), ["TopoJson", "topojson"]),
        (lambda: branca.colormap.linear.viridis.scale(0, 1), ["LinearColormap", "cdnjs.cloudflare.com", "d3"]),
        (lambda: folium.TileLayer("OpenStreetMap"), ["TileLayer", "tile.openstreetmap.org", "CorridorMap(tiles="]),
        (lambda: folium.TileLayer("tiles/{z}/{x}/{y}.png", attr="a"), ["TileLayer", "tiles/{z}", "CorridorMap(tiles="]),
        (lambda: folium.WmsTileLayer("https://wms.example.org/x", "a"), ["WmsTileLayer", "wms.example.org/x"]),
        (
            lambda: folium.Marker(ALMATY, icon=folium.CustomIcon("https://img.example.org/a.png")),
            ["CustomIcon", "img.example.org/a.png", "embedded"],
        ),
        (lambda: Element("<h1>x</h1>"), ["Element", "policy"]),
        (MacroElement, ["MacroElement", "policy"]),
        (lambda: Html("<b>x</b>"), ["Html", "policy"]),
        (folium.LatLngPopup, ["LatLngPopup", "policy"]),
        (folium.ClickForMarker, ["ClickForMarker", "policy"]),
        (lambda: folium.Marker(ALMATY, popup=folium.Popup(IFrame("<p>x</p>"))), ["IFrame", "popup"]),
        (lambda: folium.Marker(ALMATY, popup=folium.Popup(Figure())), ["Figure", "popup"]),
        (
            lambda: folium.Marker(ALMATY, popup=folium.Popup().add_child(folium.VegaLite({"mark": "bar"}))),
            ["VegaLite", "vega"],
        ),
        (lambda: JsCode("alert(1)"), ["JsCode", "policy"]),
        (lambda: geojson_with(on_each_feature=JsCode("() => 1")), ["GeoJson", "JsCode"]),
        (lambda: geojson_with(filter=JsCode("() => 1")), ["GeoJson", "JsCode"]),
        (folium.Map, ["Map", "another"]),
        (lambda: folium.Popup("on the map itself"), ["Popup", "inside a Map"]),
        (lambda: folium.FeatureGroup().add_child(folium.LayerControl()), ["LayerControl", "inside a FeatureGroup"]),
    ],
)
def test_what_cannot_be_drawn_is_refused_when_added_and_by_name(make, words):
    corridor = CorridorMap(ALMATY)
    with pytest.raises(UsageError) as refusal:
        corridor.add_child(make())
    assert refusal.value.exit_code == 2
    for word in words:
        assert word in str(refusal.value)
    assert [element["type"] for element in corridor.payload()["elements"]] == ["view"]


def test_what_was_added_behind_the_maps_back_is_refused_when_saving(tmp_path):
    corridor = CorridorMap(ALMATY)
    group = folium.FeatureGroup("later").add_to(corridor)
    group.add_child(folium.plugins.Draw())
    target = tmp_path / "map.html"
    target.write_text("before")
    with pytest.raises(UsageError, match="Draw"):
        corridor.save(target)
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


def test_geojson_that_would_be_loaded_by_the_page_is_refused(tmp_path):
    path = tmp_path / "data.geojson"
    path.write_text(json.dumps(squares({})))
    with pytest.raises(UsageError, match=r"GeoJson would load .*embed=False"):
        CorridorMap().add_child(folium.GeoJson(str(path), embed=False))
    CorridorMap().add_child(folium.GeoJson(str(path)))


def test_script_and_markup_around_the_map_are_refused_instead_of_lost():
    corridor = CorridorMap(ALMATY)
    root = corridor.get_root()
    for part in (root, root.header, root.html, root.script):
        with pytest.raises(UsageError, match="title"):
            part.add_child(Element("<h1>Title</h1>"))
    with pytest.raises(UsageError, match="one by one"):
        root.html.render()
    with pytest.raises(UsageError, match=r"cdn\.example\.org"):
        corridor.add_css_link("fonts", "https://cdn.example.org/a.css")
    with pytest.raises(UsageError, match=r"cdn\.example\.org"):
        corridor.add_js_link("script", "https://cdn.example.org/a.js")
    with pytest.raises(UsageError, match="EventHandler"):
        corridor.on(click=JsCode("() => 1"))
    with pytest.raises(UsageError, match="save"):
        Figure().add_child(corridor).render()


@pytest.mark.parametrize(
    ("element", "words"),
    [
        (folium.Marker(), "Marker cannot be drawn at None"),
        (folium.FitBounds([[None, None], [None, None]]), "FitBounds cannot be drawn at"),
        (folium.PolyLine([ALMATY, URUMQI], color="url(https://evil.example/#a)"), "for a colour"),
        (folium.PolyLine([ALMATY, URUMQI], color=r"u\72l(//evil.example)"), "for a colour"),
        (folium.Marker(ALMATY, pane="mine"), "the pane 'mine'"),
        (folium.PolyLine([ALMATY, URUMQI], weight=float("nan")), "number nan"),
        (
            geojson_with(tooltip=folium.GeoJsonTooltip(["nmae"])),
            "shows nmae, which the data lacks. Remedy: choose from name",
        ),
        (
            geojson_with(style_function=lambda _: {"fillPattern": folium.plugins.pattern.StripePattern()}),
            "StripePattern needs",
        ),
        (folium.GeoJson({"type": "Point", "coordinates": ["a", "b"]}), "geometry cannot be drawn"),
        (folium.GeoJson({"type": "Circle", "coordinates": [1, 2]}), "geometry cannot be drawn"),
    ],
)
def test_what_turns_out_undrawable_is_refused_when_described(element, words):
    with pytest.raises(UsageError, match=re.escape(words)):
        describe(element)


# --- tiles -------------------------------------------------------------------------------------------------------


def test_tiles_are_opt_in_and_open_one_server():
    corridor = CorridorMap(tiles="https://{s}.tile.example.org/{z}/{x}/{y}.png", attribution="© <b>Example</b>")
    tile_layer = corridor.payload()["elements"][1]
    assert tile_layer["url"] == "https://{s}.tile.example.org/{z}/{x}/{y}.png"
    assert tile_layer["attribution"] == ["© ", {"tag": "b", "children": ["Example"]}]
    assert not tile_layer["overlay"]
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', corridor.get_root().render())[1]
    for name in "abc":
        assert f"https://{name}.tile.example.org" in policy
    folium.TileLayer("https://a.tile.example.org/{z}/{x}/{y}.png", attr="x").add_to(corridor)
    with pytest.raises(UsageError, match=r"elsewhere\.example"):
        folium.TileLayer("https://elsewhere.example/{z}/{x}/{y}.png", attr="x").add_to(corridor)


def test_known_providers_bring_their_credit():
    assert "openstreetmap.org" in json.dumps(CorridorMap(tiles="OpenStreetMap").payload()["elements"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"tiles": "https://t.example.org/{z}/{x}/{y}.png"}, "attribution="),
        ({"tiles": "No Such Tiles", "attribution": "x"}, "no provider has this name"),
        ({"tiles": "tiles/{z}/{x}/{y}.png", "attribution": "x"}, "named http or https server"),
        ({"tiles": "https://{key}.example.org/{z}/{x}/{y}.png", "attribution": "x"}, "named http or https server"),
        ({"tiles": "https://a.example; script-src */{z}", "attribution": "x"}, "named http or https server"),
        ({"lang": "tlh"}, "nl, en, zh, ru"),
        ({"crs": "EPSG4326"}, "EPSG:3857"),
    ],
)
def test_wrong_options_of_a_map(options, words):
    with pytest.raises(UsageError, match=re.escape(words)):
        CorridorMap(**options)


NO_TILES = {
    "nl": "geen aanbieder heet zo",
    "en": "no provider has this name",
    "zh": "没有这个名称的提供商",
    "ru": "такого поставщика нет",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_map_refuses_in_its_language(lang, tmp_path):
    with pytest.raises(UsageError, match=NO_TILES[lang]):
        CorridorMap(tiles="nonsense", lang=lang)
    page = CorridorMap(ALMATY, lang=lang)
    other = folium.GeoJson({"type": "Circle"})
    refusals = [
        lambda: page.add_child(folium.plugins.Draw()),
        lambda: folium.Popup("on the map itself").add_to(page),
        lambda: page.add_js_link("script", "https://cdn.example.org/a.js"),
        lambda: page.get_root().add_child(Html("x")),
        lambda: page.get_root().header.add_child(Html("x")),
        page.get_root().html.render,
        lambda: page.add_child(other).save(tmp_path / "map.html"),
    ]
    for refuse in refusals:
        with pytest.raises(UsageError) as refusal:
            refuse()
        assert isinstance(refusal.value.message, Message)
        assert str(refusal.value) == refusal.value.text(lang)
        assert len({refusal.value.text(each) for each in LANGUAGES}) == len(LANGUAGES)


def test_a_likely_provider_and_a_wanted_key_are_told():
    with pytest.raises(UsageError, match=r"Did you mean OpenTopoMap\?"):
        CorridorMap(tiles="OpenTopoMapp")
    with pytest.raises(UsageError, match="asks for a key"):
        CorridorMap(tiles="Thunderforest.OpenCycleMap")


def test_no_message_of_the_pages_is_english_alone(repo):
    for path in sorted((repo / "src" / "corridors" / "web").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("Error"):
                assert not isinstance(node.args[0], ast.Constant | ast.JoinedStr), f"{path.name}:{node.lineno}"


# --- inert by construction ---------------------------------------------------------------------------------------


def everywhere(text):
    """Return a map with the text in every place of folium that takes text."""
    corridor = CorridorMap(ALMATY, title=text, statement=text)
    folium.Marker(ALMATY, popup=text, tooltip=text, title=text, alt=text).add_to(corridor)
    folium.Marker(ALMATY, popup=folium.Popup(text, parse_html=True), icon=folium.DivIcon(text)).add_to(corridor)
    group = folium.FeatureGroup(name=text, attribution=text).add_to(corridor)
    folium.PolyLine([ALMATY, URUMQI], tooltip=folium.Tooltip(text, style=text), class_name=text).add_to(group)
    folium.GeoJson(
        squares({"name": text, text: text}),
        name=text,
        tooltip=folium.GeoJsonTooltip(["name"], aliases=[text], style=text),
        popup=folium.GeoJsonPopup([text]),
    ).add_to(corridor)
    folium.LayerControl().add_to(corridor)
    return corridor


def check_inert(text):
    corridor = everywhere(text)
    page = corridor.get_root().render()
    elements = decoded(coded(page))["elements"]
    assert elements == json.loads(json.dumps(corridor.payload()["elements"]))
    assert page.count("<script") == CorridorMap(ALMATY, title="x", statement="y").get_root().render().count("<script")
    return elements


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_reaches_the_page_as_itself(text):
    _, marker, plain, group, geojson, _ = check_inert(text)
    whole = text.replace("\ud800", "\ufffd")
    assert text_of(plain["popup"]["content"]) == whole  # parse_html=True: text, tags and all
    assert group["name"] == geojson["name"] == marker["options"]["title"] == whole
    row = geojson["tooltips"][0]["content"][-1]["children"][0]["children"]
    assert [text_of(cell["children"]) for cell in row] == [whole, whole]
    assert text_of(marker["popup"]["content"]) in {whole, "b"}  # nothing is dropped but our own tags


@given(st.text())
def test_any_text_is_inert(text):
    for tree in (nodes_from_html(text), nodes_from_text(text)):
        for node in tags_of(tree):
            assert node["tag"] in TAGS
            assert set(node) <= {"tag", "children", "href", "style"}
            assert re.match(r"https?://|mailto:", node.get("href", "https://"), re.IGNORECASE)
    assert text_of(nodes_from_text(text)) == text


OURS = ["<b>", "</b>", "<p>", "<li>", "<ul>", "</ul>", "<td>", "<tr>", "<table>", "</table>", "<br>", "</a>", "text"]
OURS += ["<a href='https://x.y'>", "&lt;"]
NOT_OURS = ["<img src=x>", "<script>", "</script>", "<b onclick=x>", "<a href=javascript:x>", "<!--", "{{ 7*7 }}"]


@given(st.lists(st.sampled_from(OURS + NOT_OURS), max_size=40))
def test_any_heap_of_tags_is_a_tree_of_ours_that_loses_no_text(pieces):
    tree = nodes_from_html("".join(pieces))
    assert all(node["tag"] in TAGS for node in tags_of(tree))
    text = text_of(tree)
    for literal in NOT_OURS:
        assert text.count(literal) == pieces.count(literal)


@pytest.mark.parametrize(
    ("markup", "tree"),
    [
        ("", []),
        ("a &amp; b &lt;i&gt;", ["a & b <i>"]),
        ("<b>a<i>b</b>c</i>", [{"tag": "b", "children": ["a", {"tag": "i", "children": ["b"]}]}, "c</i>"]),
        ("a<br/>b<hr>", ["a", {"tag": "br"}, "b", {"tag": "hr"}]),
        ("<ul><li>a<li>b</ul>", [{"tag": "ul", "children": [{"tag": "li", "children": [x]} for x in "ab"]}]),
        ('<A HREF="mailto:a@b.c" target=_blank>m</A>', [{"tag": "a", "href": "mailto:a@b.c", "children": ["m"]}]),
        ("<a href='java\nscript:x'>m", ["<a href='java\nscript:x'>m"]),
        ("<p style='position:fixed'>x", ["<p style='position:fixed'>x"]),
        (
            "<p style='color:red;width:10px'>x",
            [{"tag": "p", "style": {"color": "red", "width": "10px"}, "children": ["x"]}],
        ),
        ("<table class=dataframe border=1><td>1", [{"tag": "table", "children": [{"tag": "td", "children": ["1"]}]}]),
    ],
)
def test_markup_to_tree(markup, tree):
    assert nodes_from_html(markup) == tree


def test_deep_nesting_ends_as_text():
    assert json.dumps(nodes_from_html("<b>" * 5000)).count('"tag"') < 50


@pytest.mark.parametrize(
    "css",
    [
        "background:url(//x.y/z)",
        "color:u\\72l(x)",
        "margin:-999px",
        "position:fixed",
        "font-family:expression(1)",
        "color:var(--x)",
    ],
)
def test_unsafe_styles_are_not_kept(css):
    assert safe_style(css) == ({}, False)


# --- the map -----------------------------------------------------------------------------------------------------


def build_twice_over():
    corridor = CorridorMap(ALMATY, zoom_start=6, title="Test")
    folium.Marker(ALMATY, popup="a", tooltip="b", icon=folium.Icon("green")).add_to(corridor)
    folium.GeoJson(squares({"n": 1}, {"n": 2}), tooltip=folium.GeoJsonTooltip(["n"])).add_to(corridor)
    folium.FeatureGroup().add_to(corridor)
    folium.LayerControl().add_to(corridor)
    return corridor


def test_same_map_same_bytes_without_ids_of_foliums(tmp_path):
    first, second = build_twice_over(), build_twice_over()
    page = first.get_root().render()
    assert page == second.get_root().render() == first.render()
    first.save(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_bytes() == page.encode()
    for element in (first, *children_of(first)):
        assert element.get_name().rpartition("_")[2] not in page


def test_page_names_no_server_and_keeps_the_language():
    page = CorridorMap(ALMATY, lang="ru", title="Проба").get_root().render()
    assert '<html lang="ru"' in page
    assert "<title>Проба</title>" in page
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=", page)
    assert "jsdelivr" not in page


def test_save_to_paths_and_files(tmp_path):
    corridor = CorridorMap(ALMATY)
    page = corridor.get_root().render()
    corridor.save(str(tmp_path / "a.html"))
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == page
    buffer = io.BytesIO()
    corridor.save(buffer, close_file=False)
    assert buffer.getvalue().decode() == page
    words = io.StringIO()
    corridor.save(words, close_file=False)
    assert words.getvalue() == page
    corridor.save(buffer)
    assert buffer.closed
    with pytest.raises(FileError):
        corridor.save(tmp_path)
    corridor.save("/dev/null")
    assert not Path("/dev/null").is_file()


def test_notebooks_get_the_same_page_in_a_frame():
    corridor = CorridorMap(ALMATY, width=600, height=400, title="A & B")
    frame = corridor._repr_html_()
    assert frame.startswith("<iframe srcdoc=")
    assert 'style="width:600px;height:400px;' in frame
    assert 'title="A &amp; B"' in frame


def test_content_of_an_atlas_page_takes_precedence_and_brings_its_own_view():
    corridor = CorridorMap()
    bare = corridor.payload()
    assert (bare["features"], bare["map"]["groups"], bare["lang"]) == ({}, [], "en")
    corridor.content = {
        "features": [{"id": "a", "class": "x", "geometry": LineString([ALMATY[::-1], URUMQI[::-1]])}],
        "classes": {"x": {"geometry": "line", "style": {}}},
        "map": {"id": "rail", "groups": [1], "view": {"bounds": [1, 2, 3, 4]}},
    }
    folium.Marker(ALMATY).add_to(corridor)
    payload = corridor.payload()
    assert (payload["map"]["id"], payload["map"]["groups"], payload["map"]["filters"]) == ("rail", [1], [])
    assert [element["type"] for element in payload["elements"]] == ["marker"]


def test_arguments_are_not_changed():
    bounds, style, data = [[35, 60], [50, 110]], {"color": "red"}, squares({"name": "a"})
    before = deepcopy((bounds, style, data))
    corridor = CorridorMap(ALMATY)
    folium.GeoJson(data, style_function=lambda _: style, tooltip=folium.GeoJsonTooltip(["name"])).add_to(corridor)
    corridor.fit_bounds(bounds)
    corridor.payload()
    corridor.payload()
    assert (bounds, style, data) == before


def test_get_bounds_of_what_was_added():
    corridor = CorridorMap()
    folium.Marker(ALMATY).add_to(corridor)
    folium.Marker(URUMQI).add_to(corridor)
    assert corridor.get_bounds() == [[43.25, 76.95], [43.83, 87.6]]
    assert issubclass(UsageError, CorridorsError)
