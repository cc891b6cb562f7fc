"""A GeoJson of many features becomes columns of the page if columns can show all that folium would show of it."""

import json

import branca.colormap
import folium
import geopandas as gpd
import pandas as pd
import pytest
import shapely

from corridors.errors import UsageError
from corridors.web.feature_columns import LARGE, MOST_STYLES
from corridors.web.map import CorridorMap
from tests.test_elements import HOSTILE

COUNT = LARGE + 100
KINDS = ["rail", "road", "air"]
COLOURS = {"rail": "#b2182b", "road": "teal", "air": "rgb(27, 120, 55)"}


def frame(count=COUNT, shape=lambda n: shapely.LineString([(n / 100, 40), (n / 100 + 0.5, 41)]), **columns):
    values = {
        "name": [f"line {n}" for n in range(count)],
        "kind": [KINDS[n % 3] for n in range(count)],
        "km": [n / 4 for n in range(count)],
    }
    return gpd.GeoDataFrame(values | columns, geometry=[shape(n) for n in range(count)], crs="EPSG:4326")


def payload(layer, page=None):
    page = CorridorMap() if page is None else page
    layer.add_to(page)
    return json.loads(json.dumps(page.payload(), allow_nan=False))


def element_of(data):
    return data["elements"][-1]


def by_kind(feature):
    return {"color": COLOURS[feature["properties"]["kind"]], "weight": 5, "dashArray": "4, 2"}


def test_many_features_are_columns_and_few_are_elements():
    assert element_of(payload(folium.GeoJson(frame(LARGE))))["type"] == "geojson"
    data = payload(folium.GeoJson(frame(LARGE + 1), name="lines"))
    [layer] = data["columns"]
    assert element_of(data) == {
        "type": "columns",
        "layers": [layer["id"]],
        "name": "lines",
        "show": True,
        "overlay": True,
        "control": True,
    }
    assert (layer["count"], layer["geometry"]["kind"]) == (LARGE + 1, "line")
    assert "coordinates" not in json.dumps(data)


def test_styles_are_classes_and_a_property_that_gives_them_names_them():
    data = payload(folium.GeoJson(frame(), style_function=by_kind))
    [layer] = data["columns"]
    looks = {data["classes"][name]["title"]["en"]: data["classes"][name]["style"]["path"] for name in layer["classes"]}
    assert {kind: look["color"] for kind, look in looks.items()} == COLOURS
    assert looks["rail"] == {
        "color": "#b2182b",
        "width": 5,
        "opacity": 1,
        "dash": [4, 2],
        "fill": None,
        "fillOpacity": 0.2,
        "radius": 10,
    }
    assert "together" not in data["map"]["groups"][0]


def test_styles_that_no_property_gives_have_one_row_of_the_legend():
    colours = branca.colormap.LinearColormap(["red", "blue"], vmin=0, vmax=COUNT / 4)
    data = payload(folium.GeoJson(frame(), style_function=lambda one: {"color": colours(one["properties"]["km"])}))
    [layer] = data["columns"]
    assert len(layer["classes"]) > 200
    assert data["map"]["groups"][0]["together"] is True


def test_the_page_has_only_the_columns_that_are_shown():
    tooltip = folium.GeoJsonTooltip(["km", "name"], aliases=["Length", "<b>"], localize=True, style="color: teal")
    popup = folium.GeoJsonPopup(["kind"], labels=False, max_width=150)
    layer = folium.GeoJson(frame(), tooltip=tooltip, popup=popup, zoom_on_click=True)
    [data] = payload(layer)["columns"]
    assert [column["name"] for column in data["columns"]] == ["km", "name", "kind"]
    assert data["pointer"]["tooltip"]["fields"] == [
        {"name": "km", "alias": "Length", "localize": True},
        {"name": "name", "alias": "<b>", "localize": False},
    ]
    assert data["pointer"]["tooltip"]["style"] == {"color": "teal"}
    assert data["pointer"]["popup"]["fields"] == [{"name": "kind", "alias": None, "localize": False}]
    assert data["pointer"]["popup"]["max_width"] == 150
    assert data["pointer"]["zoom"] is True


def test_a_year_in_a_column_is_no_quantity():
    layer = folium.GeoJson(frame(year=2009), tooltip=folium.GeoJsonTooltip(["year"], localize=True))
    [field] = payload(layer)["columns"][0]["pointer"]["tooltip"]["fields"]
    assert field["localize"] is False


def test_highlights_areas_and_points_of_one_size_are_kept():
    def square(n):
        return shapely.box(n / 10, 40, n / 10 + 1, 41) if n % 2 else shapely.Point(n / 10, 45)

    layer = folium.GeoJson(
        frame(shape=square),
        style_function=lambda _: {"fillColor": "gold", "color": "#333333", "weight": 1, "fillOpacity": 0.6},
        highlight_function=lambda _: {"weight": 4},
        marker=folium.CircleMarker(radius=7, fill=True),
    )
    data = payload(layer)
    point, area = data["columns"]
    assert element_of(data)["layers"] == [point["id"], area["id"]]
    assert (point["geometry"]["kind"], area["geometry"]["kind"]) == ("point", "area")
    for one, radius in ((point, 7), (area, 10)):
        style = data["classes"][one["classes"][0]]["style"]
        assert (style["path"]["fill"], style["path"]["fillOpacity"]) == ("gold", 0.6)
        assert (style["path"]["width"], style["highlight"]["width"]) == (1, 4)
        assert style["path"]["radius"] == radius


def test_a_hidden_layer_and_one_of_a_hidden_group_are_off():
    group = folium.FeatureGroup("group", show=False)
    folium.GeoJson(frame(), name="inside").add_to(group)
    page = CorridorMap()
    group.add_to(page)
    folium.GeoJson(frame(), name="off", show=False).add_to(page)
    data = payload(folium.GeoJson(frame(), name="on"), page)
    on = [data["classes"][one["classes"][0]]["on"] for one in data["columns"]]
    assert on == [False, False, True]
    assert data["elements"][1]["children"][0]["type"] == "columns"
    assert len({one["id"] for one in data["columns"]}) == 3


def test_layers_of_the_map_and_of_folium_share_the_page():
    page = CorridorMap().add_layer(frame(5), "data")
    data = payload(folium.GeoJson(frame(), name="data"), page)
    assert [one["id"] for one in data["columns"]] == ["data", "data-2"]
    assert [group["id"] for group in data["map"]["groups"]] == ["data", "data-2"]


def dotted(**options):
    return frame(shape=lambda n: shapely.Point(n / 10, 45), **options)


@pytest.mark.parametrize(
    "make",
    [
        lambda: folium.GeoJson(dotted()),
        lambda: folium.GeoJson(dotted(), marker=folium.Circle(radius=900)),
        lambda: folium.GeoJson(frame(), style_function=lambda _: {"lineCap": "butt"}),
        lambda: folium.GeoJson(frame(), style_function=lambda _: {"fill": True}),
        lambda: folium.GeoJson(frame(shape=lambda n: shapely.LineString([(n, 80), (n, 100)]))),
        lambda: folium.GeoJson(frame(), style_function=lambda _: {"dashArray": "10%"}),
        lambda: folium.GeoJson(frame(), tooltip=folium.Tooltip("always", permanent=True)),
        lambda: folium.GeoJson(frame(), popup=folium.Popup("open", show=True)),
        lambda: folium.GeoJson(
            frame(mixed=[n if n % 2 else "none" for n in range(COUNT)]),
            tooltip=folium.GeoJsonTooltip(["mixed"], localize=True),
        ),
        lambda: folium.GeoJson(
            frame(MOST_STYLES + 1),
            style_function=lambda one: {"weight": 1 + one["properties"]["km"]},
        ),
        lambda: folium.GeoJson(
            frame(shape=lambda n: shapely.GeometryCollection([shapely.Point(1, 2), shapely.Point(n, 3)])),
            marker=folium.CircleMarker(),
        ),
    ],
)
def test_what_columns_cannot_show_stays_an_element(make):
    data = payload(make())
    assert element_of(data)["type"] == "geojson"
    assert "columns" not in data


def test_a_layer_in_front_and_one_under_the_labels_of_its_group_stay_elements():
    page = CorridorMap()
    layer = folium.GeoJson(frame())
    layer.add_to(page)
    page.keep_in_front(layer)
    group = folium.FeatureGroup("group")
    folium.Tooltip("for all").add_to(group)
    folium.GeoJson(frame()).add_to(group)
    assert "columns" not in payload(group, page)


@pytest.mark.parametrize(
    "options",
    [
        {"style_function": lambda _: {"color": "url(https://example.org/x)"}},
        {"tooltip": folium.GeoJsonTooltip(["nothing"])},
    ],
)
def test_what_no_page_can_draw_is_refused_in_any_number(options):
    with pytest.raises(UsageError):
        payload(folium.GeoJson(frame(), **options))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_data(text):
    features = folium.GeoJson(frame()).data
    for feature in features["features"]:
        feature["properties"][text] = text
    layer = folium.GeoJson(
        features,
        name=text,
        style_function=by_kind,
        tooltip=folium.GeoJsonTooltip(["name", text], aliases=[text, text]),
        popup=folium.GeoJsonPopup([text]),
    )
    page = CorridorMap()
    layer.add_to(page)
    html = page.get_root().render()
    assert "__x=1" not in html
    assert (
        html.count("<script") == CorridorMap().get_root().render().count("<script") + 2
    )  # data and worker of the layer


def test_values_of_any_kind_become_columns():
    values = {
        "truth": [None, True] * (COUNT // 2),
        "days": [pd.Timestamp("2009-12-12")] * COUNT,
        "lists": [[1, {"a": n}] for n in range(COUNT)],
        "long": [2**60 + n for n in range(COUNT)],
        "gaps": [None, 1.5] * (COUNT // 2),
        "mixed": [1.0, "none"] * (COUNT // 2),
    }
    [data] = payload(folium.GeoJson(frame(**values), tooltip=folium.GeoJsonTooltip(list(values))))["columns"]
    assert {column["name"]: column["type"] for column in data["columns"]} == {
        "truth": "bool",
        "days": "category",
        "lists": "text",
        "long": "text",
        "gaps": "number",
        "mixed": "category",
    }
    [mixed] = [column for column in data["columns"] if column["name"] == "mixed"]
    assert sorted(mixed["values"]) == ["1", "none"]
