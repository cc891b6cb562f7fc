"""folium's plugins on a page without a network: what they become as data, and which of their options are refused."""

import json

import branca.colormap
import folium
import pytest
from folium.plugins import Fullscreen, HeatMap, MarkerCluster, MeasureControl, MiniMap, MousePosition

from corridors.errors import UsageError
from corridors.web.elements import describe
from corridors.web.map import CorridorMap
from tests.test_elements import ALMATY, HOSTILE, URUMQI, round_trip, squares


def test_a_cluster_has_its_markers_and_its_options():
    cluster = MarkerCluster([ALMATY, URUMQI], popups=["a", "b"], name="places", max_cluster_radius=40)
    data = round_trip(cluster)
    assert (data["type"], data["name"], data["options"]) == ("marker_cluster", "places", {"maxClusterRadius": 40})
    assert [child["location"] for child in data["children"]] == [ALMATY, URUMQI]
    assert data["children"][0]["popup"]["content"] == ["a"]


def test_a_heat_map_has_its_points_and_its_options():
    heat = HeatMap([[43, 76, 2], [44, 77, 1]], radius=10, blur=4, min_opacity=0.2, max_zoom=9, gradient={0.4: "teal"})
    data = round_trip(heat)
    assert data["points"] == [[43, 76, 2], [44, 77, 1]]
    assert data["options"] == {"radius": 10, "blur": 4, "minOpacity": 0.2, "maxZoom": 9, "gradient": {"0.4": "teal"}}


def test_the_position_of_the_pointer_keeps_its_options():
    control = MousePosition("topright", " | ", lng_first=True, num_digits=2, prefix="At")
    assert round_trip(control)["options"] == {
        "position": "topright",
        "separator": " | ",
        "emptyString": "Unavailable",
        "lngFirst": True,
        "numDigits": 2,
        "prefix": "At",
    }


def test_the_page_has_a_button_for_the_full_screen():
    assert round_trip(Fullscreen()) == {"type": "fullscreen"}


def test_the_small_map_keeps_its_options():
    control = MiniMap(position="topleft", width=200, zoom_level_fixed=2, center_fixed=ALMATY, toggle_display=True)
    assert round_trip(control) == {
        "type": "mini_map",
        "options": {
            "position": "topleft",
            "width": 200,
            "height": 150,
            "collapsedWidth": 25,
            "collapsedHeight": 25,
            "zoomLevelOffset": -5,
            "zoomLevelFixed": 2,
            "centerFixed": ALMATY,
            "zoomAnimation": False,
            "toggleDisplay": True,
            "autoToggleDisplay": False,
            "minimized": False,
        },
    }


def test_measuring_keeps_its_options():
    control = MeasureControl("topleft", "kilometers", "feet", "hectares", "sqmiles", active_color="teal")
    assert round_trip(control) == {
        "type": "measure_control",
        "options": {
            "position": "topleft",
            "primaryLengthUnit": "kilometers",
            "secondaryLengthUnit": "feet",
            "primaryAreaUnit": "hectares",
            "secondaryAreaUnit": "sqmiles",
            "activeColor": "teal",
        },
    }


def choropleth(name="", count=3):
    features = squares(*({"code": str(nth)} for nth in range(count)))
    values = {str(nth): float(nth) for nth in range(count)}
    return folium.Choropleth(
        features, data=values, key_on="feature.properties.code", fill_color="YlGn", bins=3, legend_name=name
    )


def test_a_choropleth_has_its_areas_and_the_scale_of_its_colours():
    data = round_trip(choropleth("Cargo"))
    colors = branca.colormap.StepColormap(data["scale"]["colors"], index=data["scale"]["edges"]).rgb_hex_str
    assert data["scale"]["caption"] == "Cargo"
    assert data["scale"]["edges"] == pytest.approx([0, 2 / 3, 4 / 3, 2])
    [areas] = data["children"]
    assert [style["fillColor"].lower() for style in areas["styles"]] == [colors(value) for value in (0.1, 1.0, 1.9)]


def test_a_choropleth_of_many_areas_is_drawn_from_columns():
    page = CorridorMap()
    choropleth(count=600).add_to(page)
    data = page.payload()
    assert data["elements"][-1]["children"][0]["type"] == "columns"
    assert len(data["columns"][0]["classes"]) == 3


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: MarkerCluster(icon_create_function="function (c) {}"), ["MarkerCluster", "JavaScript"]),
        (lambda: MarkerCluster(single_marker_mode=True), ["MarkerCluster", "single_marker_mode"]),
        (lambda: MarkerCluster().add_child(folium.PolyLine([ALMATY, URUMQI])), ["PolyLine", "inside a MarkerCluster"]),
        (lambda: HeatMap([[43, 76]], scale_radius=True), ["HeatMap", "scale_radius"]),
        (lambda: HeatMap([[43, 76, float("inf")]]), ["HeatMap", "inf"]),
        (lambda: MousePosition(lat_formatter="function (n) {}"), ["MousePosition", "JavaScript"]),
        (lambda: MousePosition(position="elsewhere"), ["MousePosition", "position", "topleft"]),
        (lambda: Fullscreen(pseudo_fullscreen=True), ["Fullscreen", "pseudo_fullscreen"]),
        (lambda: MiniMap(tile_layer="Esri.WorldImagery"), ["MiniMap", "tile_layer"]),
        (lambda: MiniMap(tile_layer=folium.TileLayer("https://a.b/{z}", attr="c")), ["MiniMap", "tile_layer"]),
        (lambda: MiniMap(aiming_rect_options={"color": "red"}), ["MiniMap", "aiming_rect_options"]),
        (lambda: MiniMap(position="elsewhere"), ["MiniMap", "position", "topleft"]),
        (lambda: MiniMap(width="150px"), ["MiniMap", "width=150px"]),
        (lambda: MiniMap(height=-1), ["MiniMap", "height=-1"]),
        (lambda: MiniMap(center_fixed=True), ["MiniMap", "latitude, longitude"]),
        (lambda: MeasureControl(units={}), ["MeasureControl", "units"]),
        (lambda: MeasureControl(primary_length_unit="parsecs"), ["MeasureControl", "primaryLengthUnit", "meters"]),
        (lambda: MeasureControl(secondary_area_unit="meters"), ["MeasureControl", "secondaryAreaUnit", "acres"]),
        (lambda: MeasureControl(active_color="url(x)"), ["MeasureControl", "url(x)"]),
        (lambda: folium.FeatureGroup().add_child(MiniMap()), ["MiniMap", "inside a FeatureGroup"]),
        (lambda: branca.colormap.StepColormap(["red"]), ["StepColormap", "inside a Map"]),
    ],
)
def test_what_a_page_cannot_honour_is_refused_by_name(make, words):
    with pytest.raises(UsageError) as refusal:
        describe(make())
    for word in words:
        assert word in str(refusal.value)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_plugins_is_data(text):
    page = CorridorMap()
    MarkerCluster([ALMATY], popups=[folium.Popup(text, parse_html=True)], name=text).add_to(page)
    HeatMap([[43, 76]], name=text, gradient={0.5: text}).add_to(page)
    MousePosition(separator=text, prefix=text, empty_string=text).add_to(page)
    choropleth(text).add_to(page)
    html = page.get_root().render()
    assert "__x=1" not in html
    assert "{{" not in html
    shown = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert page.payload()["elements"][-1]["scale"]["caption"] == shown
    assert shown in json.loads(json.dumps(page.payload()))["elements"][-2]["options"]["prefix"]
