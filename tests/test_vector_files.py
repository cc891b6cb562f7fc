"""Vector files: every format gives the same features, and broken or unsafe files are refused with their place."""

import json
import struct
import zipfile

import geopandas as gpd
import pytest
import shapely
from shapely import LineString, Point

from corridors.data.vector_files import Reading, read_vectors
from corridors.errors import FileError, InputError, UsageError

FRAME = gpd.GeoDataFrame(
    {"name": ["Qorg'oz", "霍尔果斯", "Хоргос"], "tracks": [1, 2, 2]},
    geometry=[LineString([(60 + nth, 40), (61 + nth, 41), (61.5 + nth, 41)]) for nth in range(3)],
    crs="EPSG:4326",
)
POINT = {"type": "Point", "coordinates": [60, 40]}


def collection(*geometries, **properties):
    features = [{"type": "Feature", "properties": properties, "geometry": geometry} for geometry in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def written(folder, name):
    """The frame as a file of a format."""
    path = folder / name
    if path.suffix == ".zip":
        FRAME.to_file(folder / "in.shp", encoding="UTF-8")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in folder.glob("in.*"):
                archive.write(part, part.name)
    elif path.suffix == ".csv":
        table = FRAME.drop(columns="geometry").assign(wkt=[shape.wkt for shape in FRAME.geometry])
        table.to_csv(path, index=False)
    elif path.suffix == ".kml":
        FRAME.to_file(path, driver="LIBKML")
    else:
        frame = FRAME.to_crs("EPSG:32642") if name.startswith("metres") else FRAME
        frame.to_file(path, driver={".fgb": "FlatGeobuf"}.get(path.suffix), encoding="UTF-8")
    return path


@pytest.mark.parametrize(
    "name", ["a.geojson", "a.gpkg", "a.shp", "a.zip", "a.fgb", "a.kml", "a.csv", "metres.gpkg", "metres.shp", "a.json"]
)
def test_every_format_gives_the_same_features_in_degrees(tmp_path, name):
    if name == "a.json":
        (tmp_path / name).write_text(FRAME.to_json(), encoding="utf-8")
    path = tmp_path / name if name == "a.json" else written(tmp_path, name)
    [layer] = read_vectors(path)
    assert layer.name == path.stem
    assert layer.frame.crs == "EPSG:4326"
    found = layer.frame.sort_values("name" if "name" in layer.frame else "Name").geometry
    expected = FRAME.sort_values("name").geometry
    assert all(one.equals_exact(other, 1e-6) for one, other in zip(found, expected, strict=True))
    if "name" in layer.frame:
        assert sorted(layer.frame["name"]) == sorted(FRAME["name"])


def test_each_layer_of_a_file_is_read_under_its_own_name(tmp_path):
    path = tmp_path / "two.gpkg"
    FRAME.to_file(path, layer="lines")
    gpd.GeoDataFrame({"a": [1]}, geometry=[Point(60, 40)], crs="EPSG:4326").to_file(path, layer="points")
    assert [(layer.name, len(layer.frame)) for layer in read_vectors(path)] == [("two:lines", 3), ("two:points", 1)]


@pytest.mark.parametrize("head", ["X,Latitude,Longitud,Y", "x,lat,lng,y", "x,lat,lon,z"])
def test_columns_of_degrees_come_before_projected_ones_and_are_no_pair_with_them(tmp_path, head):
    (tmp_path / "p.csv").write_text(f"{head}\n941396.6,31.75,-82.29,3521764\n", encoding="utf-8")
    [layer] = read_vectors(tmp_path / "p.csv")
    assert shapely.get_coordinates(layer.frame.geometry.to_numpy()).tolist() == [[-82.29, 31.75]]


@pytest.mark.parametrize("head", ["lon,lat", "Longitude,Latitude", "x,y", "longitude_deg,latitude_deg"])
def test_columns_of_positions_are_found_by_their_usual_names(tmp_path, head):
    path = tmp_path / "towns.csv"
    path.write_text(f"town,{head}\nAlmaty,76.9,43.2\nnowhere,,\n", encoding="utf-8")
    [layer] = read_vectors(path)
    assert layer.frame.geometry[0].equals(Point(76.9, 43.2))
    assert layer.frame.geometry[1] is None, "a place without a position stays, without a geometry"


def bomb():
    entities = "".join(f'<!ENTITY {chr(98 + nth)} "{f"&{chr(97 + nth)};" * 10}">' for nth in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">{entities}]><kml><name>&j;</name></kml>'


BROKEN = {
    "empty.geojson": ("", "damaged"),
    "words.txt": ("To whom it may concern", "format"),
    "cut.geojson": (collection(POINT)[:-30], "damaged"),
    "deep.geojson": (collection(POINT, a=0).replace('"a": 0', f'"a": {"[" * 5000}{"]" * 5000}'), "damaged"),
    "latin.geojson": (collection(POINT, a="café").encode("latin-1"), "UTF-8"),
    "one-point-line.geojson": (collection(POINT, {"type": "LineString", "coordinates": [[60, 40]]}), "feature 1"),
    "open-ring.geojson": (
        collection({"type": "Polygon", "coordinates": [[[60, 40], [61, 40], [61, 41]]]}),
        "feature 0",
    ),
    "nan.geojson": (collection(POINT).replace("60", "NaN"), "not on Earth"),
    "far.geojson": (collection(POINT, {"type": "Point", "coordinates": [60, 9e9]}), "feature 1"),
    "swapped.geojson": (collection({"type": "Point", "coordinates": [43.2, 120.1]}), "other way round"),
    "no-columns.csv": ("name,value\nAlmaty,1\n", "lon and lat"),
    "bad-cell.csv": ("name,lon,lat\nAlmaty,76.9,43.2\nTashkent,sixty-nine,41.3\n", "feature 1"),
    "leads-away.vrt": (
        '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>',
        "XML",
    ),
    "leads-away.geojson": ("https://example.org/data.geojson", "format"),
    "bomb.kml": (bomb(), "entities"),
    "page.html": ("<!doctype html><title>Sign in</title>", "HTML"),
    "cut.zip": (b"PK\x03\x04 and no more", "damaged"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_used_is_refused_with_file_and_remedy(tmp_path, name):
    content, said = BROKEN[name]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as refused:
        read_vectors(path)
    for language in ("en", "nl", "zh", "ru"):
        assert name in refused.value.text(language)
    assert said in str(refused.value)
    assert "Remedy: " in str(refused.value)
    assert "passwd" not in str(refused.value)


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg", "a.shp", "a.zip", "a.fgb", "a.kml"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_is_cut_short_is_never_taken_for_a_whole_one(tmp_path, name, share):
    path = written(tmp_path, name)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    try:
        [layer] = read_vectors(path)
    except InputError as error:
        assert name in str(error)  # noqa: PT017 - formats may also be whole where they seem cut, such as an index at the end
    else:
        assert len(layer.frame) == len(FRAME)
        assert not layer.frame.geometry.isna().any()


def test_a_shapefile_without_its_reference_system_is_refused(tmp_path):
    path = written(tmp_path, "a.shp")
    path.with_suffix(".prj").unlink()
    with pytest.raises(InputError, match="coordinate reference system"):
        read_vectors(path)


@pytest.mark.parametrize("name", ["metres.shp", "metres.csv"])
def test_the_reference_system_of_a_file_that_does_not_say_it_can_be_named(tmp_path, name):
    path = written(tmp_path, name)
    if path.suffix == ".csv":
        shapes = FRAME.to_crs("EPSG:32642").geometry
        FRAME.drop(columns="geometry").assign(wkt=shapes.to_wkt()).to_csv(path, index=False)
    else:
        path.with_suffix(".prj").unlink()
    [layer] = read_vectors(path, Reading(crs="EPSG:32642"))
    assert layer.frame.geometry.geom_equals_exact(FRAME.geometry, 1e-6).all()


def test_a_file_that_says_its_reference_system_keeps_it(tmp_path):
    [layer] = read_vectors(written(tmp_path, "metres.gpkg"), Reading(crs="EPSG:3857"))
    assert layer.frame.geometry.geom_equals_exact(FRAME.geometry, 1e-6).all()


def test_a_reference_system_that_does_not_exist_is_refused():
    with pytest.raises(UsageError, match="there is no coordinate reference system 'EPSG:1'"):
        Reading(crs="EPSG:1")


def test_an_archive_that_says_it_is_endless_is_not_unpacked(tmp_path):
    path = written(tmp_path, "a.zip")
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")  # the first entry of the directory: its size unpacked stands at byte 24
    content[at + 24 : at + 28] = struct.pack("<I", 0xFFFFFFF0)
    path.write_bytes(content)
    with pytest.raises(InputError, match="GiB"):
        read_vectors(path)


def test_a_file_that_does_not_exist_is_an_error_of_files(tmp_path):
    with pytest.raises(FileError, match=r"missing\.gpkg"):
        read_vectors(tmp_path / "missing.gpkg")


def test_nothing_is_read_that_an_archive_names_outside_itself(tmp_path):
    path = tmp_path / "climbs.zip"
    written(tmp_path, "a.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for part in tmp_path.glob("in.*"):
            archive.write(part, f"../../{part.name}")
    try:
        layers = read_vectors(path)
    except InputError:
        layers = []
    assert not list(tmp_path.parent.glob("in.*"))
    assert all(len(layer.frame) == len(FRAME) for layer in layers)


def test_years_and_months_of_geojson_do_not_become_days(tmp_path):
    frame = gpd.GeoDataFrame(
        {"opened": ["1916", "2025-09"], "day": ["1916-01-01", None], "when": ["2024-02-29T12:00Z", "2024-03-01"]},
        geometry=[Point(1, 1), Point(2, 2)],
        crs=4326,
    )
    frame.to_file(tmp_path / "dates.geojson")
    [layer] = read_vectors(tmp_path / "dates.geojson")
    assert layer.frame["opened"].tolist() == ["1916", "2025-09"]
    assert layer.frame["day"].dt.year.tolist()[0] == 1916
    assert layer.frame["when"].astype(str).str[:10].tolist() == ["2024-02-29", "2024-03-01"]
