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
from shapely.geometry import LineString, Point

from corridors import CorridorMap
from corridors.web.frames import json_frame
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
