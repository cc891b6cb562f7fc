"""Frames with dates and other values that JSON lacks go into folium.GeoJson on a CorridorMap."""

import datetime as dt
import json
import uuid
from decimal import Decimal

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point

from corridors import CorridorMap
from corridors.web.frames import json_frame
from corridors.web.geojson_shapes import geometries_of, shapes_of
from tests.page_data import coded, decoded

PLACES = gpd.GeoSeries([Point(80.3, 44.2), Point(69.3, 41.3)], crs="EPSG:4326")
TIMES = pd.to_datetime(["2009-12-12 00:00", "2025-06-17 10:30"])

COLUMNS = {
    "days": (pd.to_datetime(["2009-12-12", "2025-06-17"]), ["2009-12-12", "2025-06-17"]),
    "times": (TIMES, ["2009-12-12T00:00:00", "2025-06-17T10:30:00"]),
    "zoned": (TIMES.tz_localize("Asia/Tashkent"), ["2009-12-12T00:00:00+05:00", "2025-06-17T10:30:00+05:00"]),
    "missing": ([pd.Timestamp("2009-12-12"), pd.NaT], ["2009-12-12", ""]),
    "python days": ([dt.date(2009, 12, 12), None], ["2009-12-12", ""]),
    "clock": ([dt.time(10, 30), None], ["10:30:00", ""]),
    "mixed": ([dt.date(2009, 12, 12), "unknown"], ["2009-12-12", "unknown"]),
    "years": (pd.period_range("2024", periods=2, freq="Y"), ["2024", "2025"]),
    "durations": (pd.to_timedelta([1, 36], "h"), ["P0DT1H0M0S", "P1DT12H0M0S"]),
    "categories": (pd.Categorical(TIMES.normalize()), ["2009-12-12T00:00:00", "2025-06-17T00:00:00"]),
    "decimals": ([Decimal("1.5"), None], ["1.5", ""]),
    "ids": ([uuid.UUID(int=1), None], ["00000000-0000-0000-0000-000000000001", ""]),
    "arrays": ([np.array([1435, 1520]), [dt.date(2009, 12, 12)]], ["[1435, 1520]", '["2009-12-12"]']),
    "shapes": (gpd.GeoSeries([Point(1, 2), None]), ["POINT (1 2)", ""]),
    "numbers": (pd.array([1520, None], dtype="Int64"), ["1520", ""]),
    "words": (pd.array(["dry port", None], dtype="string"), ["dry port", ""]),
}


def shown(layer, field):
    """The text of a field in tooltips of the page, feature by feature."""
    folium.GeoJsonTooltip([field], labels=False, localize=False).add_to(layer)
    page = CorridorMap()
    layer.add_to(page)
    [element] = page.payload()["elements"][1:]
    cells = [tooltip["content"][0]["children"][0]["children"][0]["children"] for tooltip in element["tooltips"]]
    return ["".join(map(str, cell)) for cell in cells]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_of_any_kind_goes_into_folium_geojson_and_its_tooltip(name):
    values, expected = COLUMNS[name]
    frame = gpd.GeoDataFrame({"value": values}, geometry=PLACES)
    assert shown(folium.GeoJson(frame), "value") == expected


def test_the_frame_itself_is_not_changed():
    frame = gpd.GeoDataFrame({"opened": TIMES, "km": [1.5, 2.0]}, geometry=PLACES)
    before = frame.copy()
    page = CorridorMap()
    folium.GeoJson(frame).add_to(page)
    pd.testing.assert_frame_equal(frame, before)
    assert json_frame(frame)["km"].dtype == float


def test_a_frame_in_another_projection_is_drawn_where_it_lies_whatever_its_geometry_is_called():
    lines = gpd.GeoSeries([LineString([(80, 44), (81, 45)])], crs="EPSG:4326").to_crs("EPSG:3857")
    frame = gpd.GeoDataFrame({"opened": TIMES[:1], "course": lines}, geometry="course")
    page = CorridorMap()
    folium.GeoJson(frame).add_to(page)
    [element] = page.payload()["elements"][1:]
    [feature] = element["data"]["features"]
    assert np.allclose(feature["geometry"]["coordinates"], [(80, 44), (81, 45)])


def test_style_functions_and_popups_meet_dates_as_text():
    frame = gpd.GeoDataFrame({"opened": TIMES}, geometry=PLACES)
    met = []
    layer = folium.GeoJson(
        frame,
        style_function=lambda feature: met.append(feature["properties"]["opened"]) or {"color": "teal"},
        popup=folium.GeoJsonPopup(["opened"]),
    )
    page = CorridorMap()
    layer.add_to(page)
    assert "2025-06-17T10:30:00" in json.dumps(decoded(coded(page.get_root().render())))
    assert set(met) == {"2009-12-12T00:00:00", "2025-06-17T10:30:00"}


def test_dates_in_plain_features_are_shown_as_in_frames():
    frame = gpd.GeoDataFrame({"opened": [TIMES[1], pd.NaT]}, geometry=PLACES)
    assert shown(folium.GeoJson(frame.to_geo_dict()), "opened") == ["2025-06-17T10:30:00", ""]


def test_what_folium_took_before_it_takes_as_before():
    collection = {"type": "FeatureCollection", "features": []}
    assert folium.GeoJson(collection).data is collection
    frame = gpd.GeoDataFrame({"km": [1.5, 2.0]}, geometry=PLACES)
    assert folium.GeoJson(frame).data == json.loads(frame.to_json(show_bbox=True))


SHAPES = [
    "POINT (1 2)",
    "POINT EMPTY",
    "POINT Z (1 2 3)",
    "LINESTRING (0 0, 1 1, 2 0)",
    "LINESTRING Z (0 0 5, 1 1 6)",
    "LINEARRING (0 0, 1 0, 1 1, 0 0)",
    "POLYGON ((0 0, 1 0, 1 1, 0 0), (0.5 0.1, 0.9 0.1, 0.9 0.2, 0.5 0.1))",
    "MULTIPOINT ((1 2), (3 4))",
    "MULTIPOINT Z ((1 2 3), (3 4 NaN))",
    "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))",
    "MULTILINESTRING EMPTY",
    "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((4 4, 5 4, 5 5, 4 4), (4.5 4.1, 4.9 4.1, 4.9 4.2, 4.5 4.1)))",
    "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1))",
]


def mixed_frame(order):
    count = len(SHAPES) + 1
    values = {
        "number": np.arange(count),
        "gap": [1.5, *[np.nan] * (count - 1)],
        "endless": np.full(count, np.inf),
        5: [*["x"] * (count - 1), None],
        "truth": pd.array([True, None] * (count // 2), dtype="boolean"),
        "kind": pd.Categorical(["rail", "road"] * (count // 2)),
        "list": [[1, (2, {"a": 3})]] * count,
    }
    frame = gpd.GeoDataFrame(values, geometry=[*map(shapely.from_wkt, SHAPES), None], crs="EPSG:4326")
    return frame.iloc[order]


@given(st.lists(st.integers(0, len(SHAPES)), min_size=1, max_size=30))
def test_a_frame_becomes_the_geojson_that_folium_and_geopandas_make_of_it(order):
    frame = mixed_frame(order)
    expected = json.loads(json.dumps(json_frame(frame).__geo_interface__))
    # As text, since a missing number is not equal to itself, and a truth value is equal to a number.
    assert json.dumps(folium.GeoJson(frame).data) == json.dumps(expected)


@given(st.lists(st.sampled_from([text for text in SHAPES if not text.startswith(("GEOMETRYCOLL", "LINEARRING"))])))
def test_shapes_survive_the_way_to_geojson_and_back(texts):
    shapes = np.array(shapely.from_wkt([*texts, "LINESTRING (0 0, 1 1)"]), dtype=object)
    expected = [None if shape.is_empty else shape for shape in shapely.force_2d(shapes)]
    assert list(shapes_of(geometries_of(shapes))) == expected


def test_a_collection_or_a_broken_line_has_no_shape():
    for geometry in (
        {"type": "GeometryCollection", "geometries": [], "coordinates": [1]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "LineString", "coordinates": [[0, 0], ["x", 1]]},
    ):
        with pytest.raises(ValueError):  # noqa: PT011 - its text is for nobody
            shapes_of([geometry])
