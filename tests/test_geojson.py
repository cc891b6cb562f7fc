"""GeoJSON written and read: by other libraries and by us, the same bytes each time, completely or not at all."""

import datetime as dt
import errno
import json
import math
import os

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from corridors.data.geojson import geojson_text, write_geojson
from corridors.errors import FileError, InputError

KHORGOS, URUMQI = shapely.Point(80.41, 44.21), shapely.Point(87.62, 43.83)
CLOCKWISE = shapely.Polygon(
    [(80, 44), (80, 47), (83, 47), (83, 44), (80, 44)],
    [[(81, 45), (82, 45), (82, 46), (81, 46), (81, 45)]],
)


@pytest.fixture
def frame():
    """Three features of three kinds, out of order, with gaps."""
    return gpd.GeoDataFrame(
        {
            "name": ["Line", None, "Ürümqi"],
            "id": ["rail/b", "area/c", "cities/a"],
            "gauge_mm": pd.array([1520, None, 1435], dtype="Int64"),
            "length_km": [12.5, math.nan, 0.1],
            "opened": ["2025-09", "2009", pd.NA],
        },
        geometry=[shapely.LineString([KHORGOS, URUMQI]), CLOCKWISE, URUMQI],
        crs="EPSG:4326",
    )


def points(**columns):
    """One point for each value of the columns."""
    count = len(next(iter(columns.values())))
    return gpd.GeoDataFrame({"id": range(count), **columns}, geometry=[KHORGOS] * count, crs="EPSG:4326")


def shaped(frame, geometries):
    """The same rows with other geometries."""
    return frame.set_geometry(gpd.GeoSeries(geometries, crs="EPSG:4326"))


def features(text):
    return json.loads(text)["features"]


# --- outside truth ----------------------------------------------------------------------------------------------------


def test_gdal_reads_what_is_written(frame, tmp_path):
    path = tmp_path / "rail.geojson"
    write_geojson(frame, path)
    read = pyogrio.read_dataframe(path)
    assert list(read["id"]) == ["area/c", "cities/a", "rail/b"]
    assert read.crs == "EPSG:4326"
    expected = frame.set_index("id").loc[read["id"]]
    assert shapely.equals(read.geometry.to_numpy(), expected.geometry.to_numpy()).all()
    assert read["length_km"].tolist()[1:] == [0.1, 12.5]
    assert read["name"].tolist()[1:] == ["Ürümqi", "Line"]
    assert read["gauge_mm"].isna().tolist() == [True, False, False]


def test_the_standard_reader_of_json_finds_what_the_frame_holds(frame):
    first, second, third = features(geojson_text(frame))
    assert list(first) == ["type", "id", "properties", "geometry"]
    assert first["properties"] == {"name": None, "id": "area/c", "gauge_mm": None, "length_km": None, "opened": "2009"}
    assert second["id"] == second["properties"]["id"] == "cities/a"
    assert second["properties"]["opened"] is None
    assert third["geometry"] == {"type": "LineString", "coordinates": [[80.41, 44.21], [87.62, 43.83]]}
    assert type(third["properties"]["gauge_mm"]) is int


def test_rings_follow_the_right_hand_rule(frame):
    outer, hole = features(geojson_text(frame))[0]["geometry"]["coordinates"]
    assert shapely.LinearRing(outer).is_ccw
    assert not shapely.LinearRing(hole).is_ccw


# --- the text ---------------------------------------------------------------------------------------------------------


def test_one_feature_stands_on_each_line(frame):
    text = geojson_text(
        frame.assign(name="a\u2028b\u2029c\u0085d\n"), members={"title": "霍尔果斯", "licence": "ODbL-1.0"}
    )
    lines = text.splitlines()
    assert lines[:4] == ["{", '"type": "FeatureCollection",', '"title": "霍尔果斯",', '"licence": "ODbL-1.0",']
    assert lines[4] == '"features": ['
    assert [json.loads(line.rstrip(","))["id"] for line in lines[5:-2]] == ["area/c", "cities/a", "rail/b"]
    assert text.endswith("\n]\n}\n")
    assert "\r" not in text


def test_order_of_rows_and_kind_of_missing_do_not_change_a_byte(frame):
    before = frame.copy()
    text = geojson_text(frame)
    assert frame.equals(before)
    assert geojson_text(frame.iloc[::-1]) == geojson_text(before) == text
    assert geojson_text(frame.astype({"name": "object", "opened": "object"}).replace({pd.NA: None})) == text


@pytest.mark.parametrize("missing", [None, pd.NA, pd.NaT, math.nan, np.float64("nan"), np.datetime64("NaT")])
def test_what_is_missing_is_null(missing):
    text = geojson_text(points(value=pd.Series(["x", missing], dtype="object")))
    assert [feature["properties"]["value"] for feature in features(text)] == ["x", None]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.int64(7), 7),
        (np.bool_(True), True),
        (np.float64(0.1), 0.1),
        (pd.Timestamp("2025-06-17 12:00"), "2025-06-17T12:00:00"),
        (np.datetime64("2025-06-17T12:00", "ns"), "2025-06-17T12:00:00"),
        (dt.date(2025, 6, 17), "2025-06-17"),
        ((1, [None, math.nan]), [1, [None, None]]),
        (np.array([1, 2]), [1, 2]),
        ({"CHN": np.float64(1.5)}, {"CHN": 1.5}),
    ],
)
def test_values_become_the_json_that_they_mean(value, expected):
    text = geojson_text(points(value=pd.Series([value], dtype="object")))
    found = features(text)[0]["properties"]["value"]
    assert found == expected
    assert type(found) is type(expected)


def test_positions_have_six_decimals_at_most_and_no_negative_zero():
    text = geojson_text(shaped(points(n=[1]), [shapely.Point(-1e-9, 43.12345678)]))
    assert '"coordinates":[0.0,43.123457]' in text


def test_elevation_stays_and_measures_go():
    lines = [shapely.from_wkt(f"LINESTRING {kind} (80 44 700, 81 45 800)") for kind in ("Z", "M")]
    with_elevation, without = features(geojson_text(shaped(points(n=[1, 2]), lines)))
    assert with_elevation["geometry"]["coordinates"][0] == [80.0, 44.0, 700.0]
    assert without["geometry"]["coordinates"][0] == [80.0, 44.0]


def test_numbers_sort_as_numbers_and_before_text():
    text = geojson_text(points(n=[1, 2, 3]).assign(id=pd.Series([10, "1", 9], dtype="object")))
    assert [feature["id"] for feature in features(text)] == [9, 10, "1"]


# --- what is refused --------------------------------------------------------------------------------------------------


def texts(*values):
    """Texts as Python has them: pandas' own type of text takes no half of a surrogate pair."""
    return pd.Series(values, dtype=object)


def renamed(frame, name):
    """The frame with another name in place of "name", which may be any text."""
    names = pd.Index([name if column == "name" else column for column in frame.columns], dtype=object)
    return frame.set_axis(names, axis="columns")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda frame: frame.to_crs("EPSG:3857"), "Pseudo-Mercator.*to_crs"),
        (lambda frame: frame.set_crs(None, allow_override=True), "no coordinate reference system.*set_crs"),
        (lambda frame: frame.drop(columns="geometry"), "geometry"),
        (lambda frame: frame.drop(columns="id"), "id"),
        (lambda frame: frame.assign(id=[None, "a", "b"]), "feature 0: id: this cell is empty"),
        (lambda frame: frame.assign(id="x"), r"feature 1 \(id x\): id: .*of its own"),
        (lambda frame: frame.assign(id=[1.5, 2.5, 3.5]), "feature 0: id: 1.5"),
        (lambda frame: frame.assign(name=math.inf), 'feature "rail/b": name: inf'),
        (
            lambda frame: frame.assign(name=texts("\ud800", "b", "c")),
            r'feature "rail/b": name: "\\ud800" holds half a surrogate pair',
        ),
        (lambda frame: frame.assign(id=texts("\udfff", "a", "b")), r"\\udfff"),
        (lambda frame: frame.assign(name=object()), "name: .*cannot be written as JSON"),
        (lambda frame: renamed(frame, "\ud800"), r"\\ud800.*another name"),
        (lambda frame: frame.rename(columns={"name": 7}), "column 7.*another name"),
        (lambda frame: frame.rename(columns={"name": "opened"}), 'column "opened".*another name'),
        (lambda frame: frame.rename_geometry("shape").rename(columns={"name": "geometry"}), "geometry's own name"),
        (lambda frame: shaped(frame, [None, KHORGOS, KHORGOS]), r"\(id rail/b\): geometry: the geometry is null"),
        (lambda frame: shaped(frame, [shapely.Point(44, 95)] * 3), "other way round.*2 more"),
        (lambda frame: shaped(frame, [shapely.LineString([(0, 0), (1e-8, 0)])] * 3), "two different positions"),
        (lambda frame: shaped(frame, [shapely.LineString([(179, 0), (-179, 0)])] * 3), "180 degrees"),
    ],
)
def test_a_frame_that_makes_no_good_file_is_refused_in_words(frame, change, told, tmp_path):
    path = tmp_path / "rail.geojson"
    path.write_text("old")
    with pytest.raises(InputError, match=told) as raised:
        write_geojson(gpd.GeoDataFrame(change(frame)), path)
    assert "Remedy: " in str(raised.value)
    assert str(raised.value).isprintable()
    assert [file.name for file in tmp_path.iterdir()] == ["rail.geojson"]
    assert path.read_text() == "old"


@pytest.mark.parametrize("member", ["crs", "features", "bbox", "type"])
def test_members_of_geojson_itself_are_not_given_as_foreign_ones(frame, member):
    with pytest.raises(InputError, match=member):
        geojson_text(frame, members={member: "x"})


# --- the file ---------------------------------------------------------------------------------------------------------


def test_a_file_is_replaced_whole(frame, tmp_path):
    path = tmp_path / "rail.geojson"
    write_geojson(frame.iloc[:1], path)
    write_geojson(frame, path, members={"title": "Rail"})
    assert path.read_text(encoding="utf-8") == geojson_text(frame, members={"title": "Rail"})
    assert [file.name for file in tmp_path.iterdir()] == ["rail.geojson"]


@pytest.mark.parametrize("broken", ["pathlib.Path.open", "os.fsync", "pathlib.Path.replace"])
@pytest.mark.parametrize("code", [errno.EACCES, errno.ENOSPC])
def test_a_full_disk_or_a_closed_folder_leaves_the_old_file(frame, tmp_path, broken, code):
    path = tmp_path / "rail.geojson"
    path.write_text("old")

    def fail(*_arguments, **_options):
        raise OSError(code, os.strerror(code))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(broken, fail)
        with pytest.raises(FileError, match=rf"rail\.geojson.*{os.strerror(code)}.*Remedy"):
            write_geojson(frame, path)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["rail.geojson"]


def test_an_interruption_leaves_the_old_file(frame, tmp_path, monkeypatch):
    path = tmp_path / "rail.geojson"
    path.write_text("old")

    def interrupt(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_geojson(frame, path)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["rail.geojson"]


def test_a_folder_or_a_file_in_the_way_is_told(frame, tmp_path):
    (tmp_path / "file").write_text("old")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "file" / "rail.geojson", tmp_path / "folder"):
        with pytest.raises(FileError, match="Remedy"):
            write_geojson(frame, path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["file", "folder"]
