"""Bad features are named one by one, bad files as a whole; and what only looks odd is read."""

import json
import struct
import zipfile

import geopandas as gpd
import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from shapely import LineString, Point, Polygon, box

from corridors.data import vector_archives
from corridors.data.vector_files import Reading, read_vectors
from corridors.errors import FileError, InputError
from corridors.locales import LANGUAGES

GOOD = {"type": "Point", "coordinates": [60, 40]}
RING = [[60, 40], [61, 40], [61, 41], [60, 41]]

BAD = {
    "latitude": ({"type": "Point", "coordinates": [60, 9e9]}, "not on Earth"),
    "one-point line": ({"type": "LineString", "coordinates": [[60, 40]]}, "too few positions"),
    "open ring": ({"type": "Polygon", "coordinates": [RING]}, "does not end where it begins"),
    "open ring in a part": ({"type": "MultiPolygon", "coordinates": [[[*RING, RING[0]]], [RING]]}, "does not end"),
    "ring of three": ({"type": "Polygon", "coordinates": [[*RING[:2], RING[0]]]}, "too few positions"),
    "text": ({"type": "Point", "coordinates": ["60", 40]}, "cannot be read"),
    "no coordinates": ({"type": "LineString"}, "cannot be read"),
    "unknown type": ({"type": "Circle", "coordinates": [60, 40]}, "cannot be read"),
}


def feature(geometry, **members):
    return {"type": "Feature", "properties": {}, "geometry": geometry} | members


def text_of(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refused(path, *asked):
    """The message about a file that is refused, in English; in every language it names the file."""
    with pytest.raises(InputError) as error:
        read_vectors(path, *asked)
    assert all(path.name in error.value.text(language) for language in LANGUAGES)
    assert "Remedy: " in str(error.value)
    return str(error.value)


# --- features ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_feature_stops_the_reading_or_is_left_out_and_named(tmp_path, fault):
    geometry, said = BAD[fault]
    path = write(tmp_path / "a.geojson", text_of(feature(GOOD), feature(geometry, id="way/7"), feature(None)))
    stopped = refused(path)
    assert "layer a, feature 1 (id way/7)" in stopped
    assert said in stopped
    assert "--skip-bad" in stopped
    [layer] = read_vectors(path, Reading(skip_bad=True))
    assert len(layer.frame) == 2
    assert layer.frame.index.tolist() == [0, 1]
    [left] = layer.skipped
    assert (left.file, left.layer, left.number, left.id) == (str(path), "a", 1, "way/7")
    assert said in left.text()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_position_that_is_no_number_is_a_bad_feature(tmp_path, number):
    text = text_of(feature(GOOD), feature(GOOD), feature(GOOD)).replace("[60, 40]", f"[60, {number}]", 2)
    [layer] = read_vectors(write(tmp_path / "a.geojson", text), Reading(skip_bad=True))
    assert [left.number for left in layer.skipped] == [0, 1]
    assert len(layer.frame) == 1


def test_every_bad_feature_of_a_large_file_is_named(tmp_path):
    features = [feature({"type": "Point", "coordinates": [60, 40 + 51 * (nth % 3 == 0)]}) for nth in range(3000)]
    [layer] = read_vectors(write(tmp_path / "a.geojson", text_of(*features)), Reading(skip_bad=True))
    assert [left.number for left in layer.skipped] == list(range(0, 3000, 3))


@pytest.mark.parametrize("block", [1, 2, 100])
def test_numbers_of_features_do_not_depend_on_blocks(tmp_path, monkeypatch, block):
    monkeypatch.setattr("corridors.data.vector_features.BLOCK", block)
    places = [(60, 40), (60, 91), (61, 40), (999, 40), (60, -91)]
    frame = gpd.GeoDataFrame({"fid_text": list("abcde")}, geometry=[Point(at) for at in places], crs="EPSG:4326")
    frame.to_file(tmp_path / "a.fgb")
    [layer] = read_vectors(tmp_path / "a.fgb", Reading(skip_bad=True))
    assert sorted(zip([60, 999, 60], [91, 40, -91], strict=True)) == sorted(
        tuple(float(value) for value in left.fault.values[0].split(", ")) for left in layer.skipped
    )
    assert len(layer.frame) == 2


def one_point_line():
    """WKB of a line of one position. GEOS makes none."""
    return struct.pack("<BIIdd", 1, 2, 1, 60, 40)


def open_ring():
    """WKB of a polygon whose ring is not closed."""
    return struct.pack("<BIII8d", 1, 3, 1, 4, *np.ravel(RING))


@pytest.mark.parametrize("make", [one_point_line, open_ring])
@pytest.mark.parametrize("name", ["a.gpkg", "a.parquet"])
def test_binary_formats_have_bad_features_too(tmp_path, name, make):
    path = tmp_path / name
    codes = [shapely.to_wkb(Point(60, 40)), make()]
    if path.suffix == ".parquet":
        pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        about = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
        table = pa.table({"geometry": codes, "id": ["x", "y"]}).replace_schema_metadata({"geo": json.dumps(about)})
        pq.write_table(table, path)
    else:
        pyogrio = pytest.importorskip("pyogrio")
        fields = {"field_data": [np.array(["x", "y"], dtype=object)], "fields": ["id"], "geometry_type": "Unknown"}
        pyogrio.raw.write(path, np.array(codes, dtype=object), crs="EPSG:4326", driver="GPKG", **fields)
    assert "feature 1 (id y)" in refused(path)
    [layer] = read_vectors(path, Reading(skip_bad=True))
    assert [left.id for left in layer.skipped] == ["y"]
    assert layer.frame["id"].tolist() == ["x"]


def test_repeated_names_are_bad_features(tmp_path):
    path = write(
        tmp_path / "a.geojson",
        text_of(feature(GOOD), feature(GOOD, properties={"a": {"b": 1}})).replace('"b": 1', '"b": 1, "b": 2'),
    )
    assert "feature 1: the name b stands twice" in refused(path)


def test_repeated_ids_are_bad_features_whether_text_or_number(tmp_path):
    features = [feature(GOOD, id=identity) for identity in (7, 8, 7, "8")]
    path = write(tmp_path / "a.geojson", text_of(*features))
    assert "feature 2 (id 7): its id 7 is that of feature 0" in refused(path)
    assert [left.number for left in read_vectors(path, Reading(skip_bad=True))[0].skipped] == [2, 3]


def test_swapped_axes_are_told_as_such_only_if_all_fit_the_other_way_round(tmp_path):
    swapped = feature({"type": "Point", "coordinates": [43.2, 120.1]})
    assert "other way round" in refused(write(tmp_path / "a.geojson", text_of(swapped, feature(GOOD))))
    other = feature({"type": "Point", "coordinates": [120.1, 43.2]})
    assert "not on Earth" in refused(write(tmp_path / "b.geojson", text_of(swapped, other)))


def test_the_command_names_each_bad_feature_and_goes_on(corridors, tmp_path):
    path = write(tmp_path / "a.geojson", text_of(feature(GOOD), *[feature(geometry) for geometry, _ in BAD.values()]))
    stopped = corridors("stats", path)
    assert (stopped.code, stopped.out) == (3, "")
    assert stopped.err.count("feature") >= 1
    ran = corridors("stats", path, "--skip-bad", "--format", "json")
    assert ran.code == 0
    assert json.loads(ran.out)["measures"][0]["value"] == 1
    lines = ran.err.splitlines()
    assert [f"{path}: layer a, feature {nth}:" in line for nth, line in enumerate(lines[:-1], 1)] == [True] * len(BAD)
    assert lines[-1] == f"{len(BAD)} features left out"
    assert corridors("stats", path, "--skip-bad", "-q").err == ""
    for language, word in {"nl": "weggelaten", "zh": "略过", "ru": "пропущено"}.items():
        assert word in corridors("stats", path, "--skip-bad", "--lang", language).err


def test_a_map_is_not_written_or_lacks_what_is_named(corridors, tmp_path):
    path = write(tmp_path / "a.geojson", text_of(feature(GOOD), feature(BAD["latitude"][0])))
    stopped = corridors("map", path, "-o", tmp_path / "a.html")
    assert stopped.code == 3
    assert "feature 1" in stopped.err
    assert not (tmp_path / "a.html").exists()
    ran = corridors("map", path, "-o", tmp_path / "a.html", "--skip-bad")
    assert ran.code == 0
    assert "feature 1" in ran.err
    assert (tmp_path / "a.html").exists()


# --- what only looks odd ----------------------------------------------------------------------------------------------


def test_empty_missing_and_mixed_geometry_is_read(tmp_path):
    geometries = [
        GOOD,
        None,
        {"type": "LineString", "coordinates": []},
        {"type": "GeometryCollection", "geometries": [GOOD]},
    ]
    [layer] = read_vectors(write(tmp_path / "a.geojson", text_of(*map(feature, geometries))))
    assert len(layer.frame) == 4
    assert layer.skipped == ()


def test_a_line_over_the_180th_meridian_is_cut_there(tmp_path, corridors):
    line = {"type": "LineString", "coordinates": [[179, 65], [-179, 65]]}
    path = write(tmp_path / "a.geojson", text_of(feature(line)))
    [layer] = read_vectors(path)
    assert [part.bounds[0] for part in layer.frame.geometry[0].geoms] == [179, -180]
    told = json.loads(corridors("stats", path, "--by", "country", "--format", "json").out)["measures"]
    assert {one["by"]["country"] for one in told} <= {"RUS", "unknown"}
    assert sum(one["value"] for one in told if one["name"] == "measured_km") == pytest.approx(
        Geodesic.WGS84.Inverse(65, 179, 65, -179)["s12"] / 1000, abs=0.2
    )


def test_a_projected_file_over_the_180th_meridian_is_cut_too(tmp_path):
    line = LineString([(32e5, 1e5), (40e5, 1e5)])  # from 179° E to 174° W in the system of the Pacific
    gpd.GeoDataFrame(geometry=[line], crs="EPSG:3832").to_file(tmp_path / "a.gpkg")
    [layer] = read_vectors(tmp_path / "a.gpkg")
    assert layer.frame.geometry[0].geom_type == "MultiLineString"


def test_a_feature_of_a_million_vertices_is_read(tmp_path):
    turns = np.linspace(0, 2000 * np.pi, 1_000_000)
    line = LineString(np.column_stack([60 + turns / 1000 * np.cos(turns), 40 + turns / 1000 * np.sin(turns)]))
    gpd.GeoDataFrame({"a": [1]}, geometry=[line], crs="EPSG:4326").to_file(tmp_path / "a.fgb")
    [layer] = read_vectors(tmp_path / "a.fgb")
    assert shapely.get_num_coordinates(layer.frame.geometry[0]) == 1_000_000


@pytest.mark.parametrize(("depth", "read"), [(20, True), (100_000, False)])
def test_nested_properties_are_read_or_refused(tmp_path, depth, read):
    text = text_of(feature(GOOD, properties={"a": 0})).replace('"a": 0', f'"a": {"[" * depth}{"]" * depth}')
    path = write(tmp_path / "a.geojson", text)
    if read:
        assert len(read_vectors(path)[0].frame) == 1
    else:
        assert "damaged" in refused(path)


# --- reference systems ------------------------------------------------------------------------------------------------


def test_degrees_in_a_system_of_metres_are_refused(tmp_path):
    gpd.GeoDataFrame(geometry=[LineString([(60, 40), (61, 41)])], crs="EPSG:32642").to_file(tmp_path / "a.gpkg")
    assert "UTM zone 42N" in refused(tmp_path / "a.gpkg")


def test_metres_in_a_system_of_degrees_are_refused(tmp_path):
    gpd.GeoDataFrame(geometry=[Point(500000, 4.5e6)], crs="EPSG:4326").to_file(tmp_path / "a.gpkg")
    assert "500000, 4.5e+06 is not on Earth" in refused(tmp_path / "a.gpkg")


# --- files ------------------------------------------------------------------------------------------------------------


def three(folder, name):
    """A file of three features, in a format of many blocks where it has them."""
    path = folder / name
    frame = gpd.GeoDataFrame(
        {"name": ["x"] * 3}, geometry=[box(60 + nth, 40, 61 + nth, 41) for nth in range(3)], crs=4326
    )
    if path.suffix == ".parquet":
        pytest.importorskip("pyarrow")
        frame.to_parquet(path)
    elif path.suffix == ".zip":
        frame.to_file(folder / "in.shp")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in folder.glob("in.*"):
                archive.write(part, part.name)
    else:
        frame.to_file(path, driver={".fgb": "FlatGeobuf", ".gml": "GML"}.get(path.suffix))
    return path


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
@pytest.mark.parametrize("name", ["a.geojson", "a.fgb", "a.gpkg", "a.parquet", "a.zip", "a.gml"])
def test_a_file_that_is_cut_short_is_refused_even_if_bad_features_are_left_out(tmp_path, name, share):
    path = three(tmp_path, name)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    try:
        [layer] = read_vectors(path, Reading(skip_bad=True))
    except InputError as error:
        assert name in str(error)  # noqa: PT017 - the end of a format may hold nothing that is needed
    else:
        assert len(layer.frame) == 3


def forty(path):
    """A file of forty lines, in a format of which GDAL may read a part as if it were all."""
    shapes = [LineString([(60 + nth / 10, 40), (61, 41)]) for nth in range(40)]
    if path.suffix == ".csv":
        rows = ["name,note,wkt", *(f'n{nth},"a, b","{shape.wkt}"' for nth, shape in enumerate(shapes)), ""]
        write(path, "\n".join(rows))
    else:
        frame = gpd.GeoDataFrame({"name": [f"n{nth}" for nth in range(40)]}, geometry=shapes, crs=4326)
        frame.to_file(path, driver={".fgb": "FlatGeobuf", ".gml": "GML", ".geojsonl": "GeoJSONSeq"}[path.suffix])
    return path.read_bytes()


@pytest.mark.parametrize("name", ["a.fgb", "a.gml", "a.geojsonl", "a.csv"])
def test_no_part_of_a_file_is_taken_for_all_of_it(tmp_path, name):
    whole = forty(tmp_path / name)
    for xsd in tmp_path.glob("*.xsd"):
        xsd.unlink()
    [layer] = read_vectors(write(tmp_path / name, whole))
    assert len(layer.frame) == 40
    for end in range(200, len(whole) - 2, len(whole) // 23):
        cut = whole[:end]
        if cut.endswith((b"\n", b'",')) or whole[end:].startswith(b"\n"):
            continue  # whole lines, or an empty cell: nobody can see that more is missing
        refused(write(tmp_path / name, cut), Reading(skip_bad=True))


@pytest.mark.parametrize("mark", [b"", b"\x1e"])
def test_a_line_that_is_no_json_is_named_wherever_it_stands(tmp_path, mark):
    lines = [mark + json.dumps(feature({"type": "Point", "coordinates": [60, nth]})).encode() for nth in range(9)]
    assert len(read_vectors(write(tmp_path / "a.geojsonl", b"\n".join(lines)))[0].frame) == 9
    lines[4] = lines[4][:-9]
    assert "line 5" in refused(write(tmp_path / "a.geojsonl", b"\n".join(lines)))


@pytest.mark.parametrize("order", ["before", "after"])
def test_a_coordinate_reference_system_that_does_not_exist_is_refused(tmp_path, order):
    crs = {"crs": {"type": "name", "properties": {"name": "EPSG:999999"}}}
    features = {"features": [feature(GOOD)]}
    whole = {"type": "FeatureCollection", **(crs | features if order == "before" else features | crs)}
    assert "'EPSG:999999'" in refused(write(tmp_path / "a.geojson", json.dumps(whole)))
    known = json.dumps(whole).replace("EPSG:999999", "urn:ogc:def:crs:OGC:1.3:CRS84")
    assert len(read_vectors(write(tmp_path / "a.geojson", known))[0].frame) == 1


def test_a_gpx_point_whose_latitude_is_no_number_is_refused(tmp_path):
    text = '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="{}" lon="60"/></gpx>'
    assert 'lat="4O.5" is no number' in refused(write(tmp_path / "a.gpx", text.format("4O.5")))
    assert len(read_vectors(write(tmp_path / "a.gpx", text.format("40.5")))[0].frame) == 1


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg", "a.csv", "a.kml", "a.zip"])
def test_an_empty_file_is_damaged(tmp_path, name):
    assert "damaged or incomplete (0 bytes)" in refused(write(tmp_path / name, ""))


def test_a_file_without_features_is_named(tmp_path, corridors):
    ran = corridors("map", write(tmp_path / "bare.geojson", text_of()), "-o", tmp_path / "a.html")
    assert (ran.code, (tmp_path / "a.html").exists()) == (3, False)
    assert "bare: no feature can be drawn. Remedy:" in ran.err


def test_the_name_of_a_file_turns_no_word_of_a_message(tmp_path, corridors):
    ran = corridors("map", tmp_path / "a\u202eb.geojson", "-o", tmp_path / "a.html")
    assert (ran.code, "a\\u202eb.geojson" in ran.err, "\u202e" in ran.err) == (4, True, False)
    assert "\u202e" not in corridors("map\u202e").err


def test_features_without_any_geometry_are_a_map_of_rows(tmp_path, corridors):
    gpd.GeoDataFrame({"a": [1, 2]}, geometry=[Point(), None], crs=4326).to_file(tmp_path / "a.gpkg")
    assert corridors("map", tmp_path / "a.gpkg", "-o", tmp_path / "a.html").code == 0


def test_names_that_steer_a_terminal_are_escaped_in_messages(tmp_path, corridors):
    path = write(tmp_path / "a\u202eb.csv", "name\u202e,\x1b[31mred\n1,2\n")
    assert not {"\u202e", "\x1b"} & set(refused_text := corridors("map", path, "-o", tmp_path / "a.html").err)
    assert "\\u202e" in refused_text
    text = text_of({**feature(GOOD), "properties": {"name\u202e": 1}})
    ran = corridors("map", write(tmp_path / "b.geojson", text), "-o", tmp_path / "b.html", "--by", "x")
    assert "\u202e" not in ran.err
    assert "\\u202e" in ran.err


def test_a_table_may_have_single_quotation_marks_and_lack_its_last_line_break(tmp_path):
    text = 'name,lon,lat\n5" pipe,60,40\n"7"" pipe",61,41'
    assert read_vectors(write(tmp_path / "a.csv", text))[0].frame["name"].tolist() == ['5" pipe', '7" pipe']


@pytest.mark.parametrize("suffix", [".shp", ".shx", ".dbf"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_each_part_of_a_shapefile_must_be_whole(tmp_path, suffix, share):
    path = three(tmp_path, "a.shp")
    part = path.with_suffix(suffix)
    part.write_bytes(part.read_bytes()[: int(part.stat().st_size * share)])
    assert "damaged" in refused(path)


def test_a_shapefile_without_its_index_names_the_missing_file(tmp_path):
    path = three(tmp_path, "a.shp")
    path.with_suffix(".shx").unlink()
    assert "a.shx" in refused(path)


@pytest.mark.parametrize(("encoding", "page", "name"), [("cp1251", 0xC9, "Хоргос"), ("GBK", 0x4D, "霍尔果斯")])
def test_texts_of_a_shapefile_are_read_as_their_files_say(tmp_path, encoding, page, name):
    path = tmp_path / "a.shp"
    gpd.GeoDataFrame({"name": [name]}, geometry=[Point(60, 40)], crs=4326).to_file(path, encoding=encoding)
    assert read_vectors(path)[0].frame["name"].tolist() == [name]
    path.with_suffix(".cpg").unlink()
    for unsaid in (0x00, 0x57):
        set_code_page(path, unsaid)
        assert "a.cpg" in refused(path)
    set_code_page(path, page)
    assert read_vectors(path)[0].frame["name"].tolist() == [name]


def test_texts_of_a_shapefile_in_utf_8_are_recognised(tmp_path):
    path = tmp_path / "a.shp"
    gpd.GeoDataFrame({"name": ["Qorg‘oz Хоргос"]}, geometry=[Point(60, 40)], crs=4326).to_file(path, encoding="UTF-8")
    path.with_suffix(".cpg").unlink()
    assert read_vectors(path)[0].frame["name"].tolist() == ["Qorg‘oz Хоргос"]


def set_code_page(path, page):
    table = path.with_suffix(".dbf")
    content = bytearray(table.read_bytes())
    content[29] = page
    table.write_bytes(content)


def test_json_that_is_no_geojson_is_told_as_such(tmp_path):
    assert "JSON, but not GeoJSON" in refused(write(tmp_path / "a.json", '[{"id": 1, "geometry": [[39.3, 66.2]]}]'))


def test_a_table_without_positions_names_its_columns(tmp_path):
    assert "the columns are name, value" in refused(write(tmp_path / "a.csv", "name,value\nAlmaty,1\n"))


def test_a_table_with_two_columns_of_one_name_is_refused(tmp_path):
    assert "two columns are named km" in refused(write(tmp_path / "a.csv", "km,km,lon,lat\n1,2,60,40\n"))


def test_a_table_in_an_unknown_encoding_is_refused(tmp_path):
    assert "UTF-8" in refused(write(tmp_path / "a.csv", "name,lon,lat\nАлматы,76.9,43.2\n".encode("cp1251")))


def test_entities_are_found_wherever_they_stand(tmp_path):
    bomb = '<?xml version="1.0"?><!--' + "x" * 10_000 + '--><!DOCTYPE k [<!ENTITY a "a">]><kml><name>&a;</name></kml>'
    assert "entities" in refused(write(tmp_path / "a.kml", bomb))
    assert "entities" in refused(write(tmp_path / "b.kml", bomb.encode("utf-16")))
    with zipfile.ZipFile(tmp_path / "c.kmz", "w") as archive:
        archive.writestr("doc.kml", bomb)
    assert "doc.kml" in refused(tmp_path / "c.kmz")


# --- archives ---------------------------------------------------------------------------------------------------------


def test_an_archive_that_grows_too_much_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(vector_archives, "NEVER_TOO_MUCH", 1000)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.geojson", text_of(feature(GOOD)) + " " * 1_000_000)
    assert "times their own size" in refused(path)


def test_an_archive_whose_member_is_larger_than_it_says_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.geojson", text_of(feature(GOOD)))
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")  # the first entry of the directory: its size unpacked stands at byte 24
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(content)
    assert "damaged" in refused(path)


@pytest.mark.parametrize("name", ["../../a.geojson", "/srv/a.geojson", "..\\..\\a.geojson", "C:\\a.geojson"])
def test_an_archive_that_leads_out_of_itself_is_refused(tmp_path, name):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), text_of(feature(GOOD)))
    assert "outside itself" in refused(path)


def test_a_link_in_an_archive_is_refused(tmp_path):
    link = zipfile.ZipInfo("a.geojson")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "outside itself" in refused(tmp_path / "a.zip")


def test_an_archive_without_vectors_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    assert "no file of vectors" in refused(tmp_path / "a.zip")


def test_a_folder_that_is_no_data_set_is_refused(tmp_path):
    three(tmp_path, "a.geojson")
    assert "folder" in refused(tmp_path)
    with pytest.raises(FileError):
        read_vectors(tmp_path / "lost")


def test_a_polygon_is_the_same_after_reading(tmp_path):
    ring = Polygon([(60, 40), (62, 40), (62, 42)], [[(61.2, 40.2), (61.8, 40.2), (61.8, 40.8)]])
    gpd.GeoDataFrame(geometry=[ring], crs=4326).to_file(tmp_path / "a.gpkg")
    assert read_vectors(tmp_path / "a.gpkg")[0].frame.geometry[0].equals(ring)


LONG_ROWS = "name,lon,lat\nAlmaty,76.9,43.2\n\n{}\nTashkent,69.2,41.3\n"


@pytest.mark.parametrize("row", ["Khorgos,80,25,44,18", '"Khorgos, ""gate""",80,25,44,18', "Khorgos,80.25,44.18, ,x"])
def test_a_row_with_more_cells_than_the_head_is_no_feature(tmp_path, corridors, row):
    path = write(tmp_path / "a.csv", LONG_ROWS.format(row))
    ran = corridors("map", path, "-o", tmp_path / "a.html")
    assert ran.code == 3
    assert not (tmp_path / "a.html").exists()
    assert "a.csv: layer a, feature 1: line 4 has 5 cells, but the head has 3. Remedy: " in ran.err
    [layer] = read_vectors(path, Reading(skip_bad=True))
    assert layer.frame["name"].tolist() == ["Almaty", "Tashkent"]
    assert [bad.number for bad in layer.skipped] == [1]
    assert "line 4 has 5 cells" in corridors("stats", path, "--skip-bad").err


@pytest.mark.parametrize("row", ["Khorgos,80.25,44.18,,  ,", '"Khorgos",80.25,44.18', '"Khor\n, gos",80.25,44.18'])
def test_empty_cells_beyond_the_head_and_commas_in_quotation_marks_are_no_loss(tmp_path, row):
    [layer] = read_vectors(write(tmp_path / "a.csv", LONG_ROWS.format(row)))
    assert layer.frame.geometry.x.tolist() == [76.9, 80.25, 69.2]


def test_decimal_commas_between_semicolons_are_one_cell_each(tmp_path):
    text = LONG_ROWS.replace(",", ";").replace(".", ",")
    [layer] = read_vectors(write(tmp_path / "a.csv", text.format("Khorgos;80,25;44,18")))
    assert layer.frame.geometry.x.tolist() == [76.9, 80.25, 69.2]
    assert "line 4 has 5 cells" in refused(write(tmp_path / "a.csv", text.format("Khorgos;80;25;44;18")))


def test_a_row_with_fewer_cells_than_the_head_has_empty_cells_at_its_end(tmp_path):
    text = "name,lon,lat,note,km\nAlmaty,76.9,43.2,x,1\n{}\nTashkent,69.2,41.3,y,2\n"
    [layer] = read_vectors(write(tmp_path / "a.csv", text.format("Khorgos,80.25,44.18")))
    assert layer.frame["km"].isna().tolist() == [False, True, False]
    assert layer.frame["note"].isna().tolist() == [False, True, False]
    assert "feature 1: the position cannot be read" in refused(write(tmp_path / "a.csv", text.format("Khorgos,80.25")))


@pytest.mark.parametrize("name", ["g.osm.pbf", "g.fgb", "g.GPKG", "g.shp"])
def test_a_file_that_has_the_suffix_of_its_format_is_not_told_to_take_it(tmp_path, name):
    said = refused(write(tmp_path / name, bytes(range(1, 200)) * 9))
    assert name[-3:] in said
    assert "download it again" in said
    assert "give its name" not in said
    assert "give its name" in refused(write(tmp_path / "g.dat", bytes(range(1, 200)) * 9))
