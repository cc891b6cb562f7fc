"""GeoJSON read by us: types, tolerated faults, and the same content after writing."""

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from corridors.data.geojson import check_geojson, geojson_text, read_geojson, write_geojson
from corridors.errors import FileError, InputError

ODD_TEXTS = [
    "{{7*7}}",
    "</script><b>",
    "a\u2028b\u2029c\u0085d",
    'quote " \\ \n\t\x00',
    "霍尔果斯 Хоргос 🚂",
    "",
    "nan",
    "null",
]


def read(tmp_path, document, **options):
    path = tmp_path / "a.geojson"
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return read_geojson(path, **options)


def feature(properties, **members):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Point", "coordinates": [80, 44]},
        **members,
    }


@pytest.mark.parametrize("name", ["missing.geojson", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name):
    with pytest.raises(FileError, match=r"cannot be read.*Remedy"):
        read_geojson(tmp_path / name)


def test_columns_keep_their_order_and_values_their_type(tmp_path):
    rows = [
        {"b": 1, "a": "x", "whole": 2},
        {"c": True, "b": 2**53 + 1, "real": 1},
        {"real": 2.5, "a": None, "big": 2**70},
    ]
    found = read(tmp_path, {"type": "FeatureCollection", "features": [feature(row) for row in rows]})
    assert list(found.columns) == ["b", "a", "whole", "c", "real", "big", "geometry"]
    assert found["b"].tolist() == [1, 2**53 + 1, pd.NA]
    assert [str(kind) for kind in found.dtypes] == [
        "Int64",
        "object",
        "Int64",
        "boolean",
        "float64",
        "object",
        "geometry",
    ]
    assert found["big"].tolist() == [None, None, 2**70]


def test_an_id_of_the_feature_becomes_a_column_where_there_is_none(tmp_path):
    assert read(tmp_path, feature({"name": "x"}, id="rail/x")).columns.tolist() == ["id", "name", "geometry"]
    assert read(tmp_path, feature({"id": 7}, id="rail/x"))["id"].tolist() == [7]


def test_the_strict_reader_counts_the_other_faults_and_the_lenient_one_forgives_advice(tmp_path):
    clockwise = {"type": "Polygon", "coordinates": [[[80, 44], [80, 45], [81.123456789, 45], [81, 44], [80, 44]]]}
    document = {"type": "FeatureCollection", "features": [feature({}, geometry=clockwise), feature({}, geometry=None)]}
    with pytest.raises(
        InputError, match=r"a\.geojson: feature 0: geometry: ring 0 winds clockwise.*\(1 more;.*validate"
    ):
        read(tmp_path, document)
    assert read(tmp_path, document, lenient=True).geometry.isna().tolist() == [False, True]
    document["features"][1]["geometry"] = {"type": "Point", "coordinates": [44, 95]}
    with pytest.raises(InputError, match="other way round"):
        read(tmp_path, document, lenient=True)


def test_a_property_named_geometry_is_refused(tmp_path):
    with pytest.raises(InputError, match="choose another name"):
        read(tmp_path, feature({"geometry": "x"}))


# --- round trips ------------------------------------------------------------------------------------------------------

LON, LAT = st.floats(0, 170), st.floats(-80, 80)
POINT = st.tuples(LON, LAT)
LINE = st.lists(POINT, min_size=2, max_size=6, unique_by=lambda pair: (round(pair[0], 5), round(pair[1], 5)))


@st.composite
def boxes(draw):
    """A rectangle, wound either way, perhaps with a hole."""
    west, south = draw(POINT)
    width, height = draw(st.floats(0.01, 9)), draw(st.floats(0.01, 9))
    box = shapely.box(west, south, west + width, south + height, ccw=draw(st.booleans()))
    inner = shapely.box(west + width / 4, south + height / 4, west + width / 2, south + height / 2)
    return box.difference(inner) if draw(st.booleans()) else box


SINGLE = POINT.map(shapely.Point) | LINE.map(shapely.LineString) | boxes()
GEOMETRIES = (
    SINGLE
    | st.lists(POINT, min_size=1, max_size=4).map(shapely.MultiPoint)
    | st.lists(LINE, min_size=1, max_size=3).map(shapely.MultiLineString)
    | boxes().map(lambda box: shapely.MultiPolygon([box]))
    | st.lists(SINGLE, min_size=1, max_size=3).map(shapely.GeometryCollection)
)
TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(ODD_TEXTS)
VALUES = st.one_of(
    st.lists(st.none() | TEXT, min_size=3, max_size=3),
    st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), min_size=3, max_size=3),
    st.lists(st.none() | st.booleans(), min_size=3, max_size=3),
    st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False), min_size=3, max_size=3),
    st.lists(st.none() | TEXT | st.booleans() | st.integers(-5, 5), min_size=3, max_size=3),
)


@settings(max_examples=150)
@given(
    ids=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=3, max_size=3, unique=True),
    columns=st.dictionaries(TEXT.filter(lambda name: name not in {"id", "geometry"}), VALUES, max_size=4),
    geometries=st.lists(GEOMETRIES, min_size=3, max_size=3),
)
@pytest.mark.slow
def test_what_is_written_is_read_again(tmp_path_factory, ids, columns, geometries):
    data = {name: pd.Series(values, dtype="object") for name, values in columns.items()}
    frame = gpd.GeoDataFrame({**data, "id": ids}, geometry=geometries, crs="EPSG:4326")
    path = tmp_path_factory.getbasetemp() / "round.geojson"
    write_geojson(frame, path)
    back = read_geojson(path)
    assert list(back.columns) == list(frame.columns)
    assert back["id"].tolist() == sorted(ids)
    for row in back.to_dict("records"):
        index = ids.index(row["id"])
        for name, values in columns.items():
            assert pd.isna(row[name]) if values[index] is None else row[name] == values[index]
        there, here = shapely.normalize([row["geometry"], geometries[index]])
        assert there.geom_type == here.geom_type
        assert shapely.equals_exact(there, here, tolerance=1e-6) or shapely.hausdorff_distance(there, here) < 1e-6
    assert geojson_text(back) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_text_arrives_in_other_readers_as_it_was(text):
    frame = gpd.GeoDataFrame({"id": [1], f"name {text}": [text]}, geometry=[shapely.Point(80, 44)], crs="EPSG:4326")
    written = geojson_text(frame)
    assert check_geojson(written, "a.geojson") == []
    (only,) = json.loads(written)["features"]
    assert only["properties"] == {"id": 1, f"name {text}": text}
