"""Formats of vector files: what each gives, in the shapes in which people have them."""

import builtins
import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import LineString, Point, box

from corridors.data.vector_files import read_vectors
from corridors.errors import CorridorsError, InputError, UsageError
from corridors.locales import LANGUAGES

FRAME = gpd.GeoDataFrame(
    {"name": ["Хоргос", "霍尔果斯"], "tracks": [1, 2]},
    geometry=[LineString([(60, 40), (61, 41)]), LineString([(62, 40), (63, 41)])],
    crs="EPSG:4326",
)
REAL = Path(__file__).resolve().parents[2] / "shared" / "data"
NO_VECTORS = {"njfinney_turkmenistan.json", "routes_corridor_clip.csv"}
"""Real files that hold no vectors in a format: a list of objects, and pairs of airports without positions."""

OSM = """<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">
<node id="1" version="1" lat="40" lon="60"><tag k="railway" v="station"/><tag k="name" v="Хоргос"/></node>
<node id="2" version="1" lat="41" lon="61"/><node id="3" version="1" lat="41" lon="60"/>
<way id="7" version="1"><nd ref="1"/><nd ref="2"/><tag k="railway" v="rail"/><tag k="gauge" v="1520"/>
<tag k="name:en" v="Line"/><tag k="colour" v="red"/></way>
<way id="8" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="building" v="yes"/></way></osm>"""


def layers(path):
    """Layers by name, with how many features they have."""
    return {layer.name: len(layer.frame) for layer in read_vectors(path)}


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def zipped(path, folder):
    """An archive of all files in a folder."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, file.relative_to(folder).as_posix())
    return path


# --- GeoParquet -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["WKB", "geoarrow"])
@pytest.mark.parametrize("crs", ["EPSG:4326", "OGC:CRS84", "EPSG:32642"])
def test_geoparquet_is_read(tmp_path, encoding, crs):
    FRAME.to_crs(crs).to_parquet(tmp_path / "a.parquet", geometry_encoding=encoding, write_covering_bbox=True)
    [layer] = read_vectors(tmp_path / "a.parquet")
    assert layer.name == "a"
    assert layer.frame.crs == "EPSG:4326"
    assert layer.frame["name"].tolist() == FRAME["name"].tolist()
    assert set(layer.frame.columns) == {"name", "tracks", "geometry"}
    assert all(one.equals_exact(other, 1e-6) for one, other in zip(layer.frame.geometry, FRAME.geometry, strict=True))


def test_a_folder_of_geoparquet_is_one_layer_with_the_columns_of_its_folders(tmp_path):
    for country in ("CHN", "KAZ"):
        part = tmp_path / "lines" / f"country={country}"
        part.mkdir(parents=True)
        FRAME.to_parquet(part / "part-0.parquet")
    write(tmp_path / "lines" / "_SUCCESS", "")
    [layer] = read_vectors(tmp_path / "lines")
    assert layer.name == "lines"
    assert layer.frame["country"].astype(str).tolist() == ["CHN", "CHN", "KAZ", "KAZ"]


def test_geoparquet_without_a_system_is_in_degrees_and_with_an_unknown_one_refused(tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    for name, change, read in (("said", {}, True), ("unsaid", {"crs": ...}, True), ("unknown", {"crs": None}, False)):
        path = tmp_path / f"{name}.parquet"
        FRAME.to_parquet(path)
        table = pq.read_table(path)
        about = json.loads(table.schema.metadata[b"geo"])
        column = about["columns"]["geometry"] | change
        about["columns"]["geometry"] = {key: value for key, value in column.items() if value is not ...}
        pq.write_table(table.replace_schema_metadata({"geo": json.dumps(about)}), path)
        if read:
            assert layers(path) == {name: 2}
        else:
            with pytest.raises(InputError, match="coordinate reference system"):
                read_vectors(path)


def test_a_parquet_table_is_read_by_its_columns_of_positions(tmp_path):
    FRAME.drop(columns="geometry").assign(lon=[60, 61], lat=[40, 41]).to_parquet(tmp_path / "a.parquet")
    [layer] = read_vectors(tmp_path / "a.parquet")
    assert layer.frame.geometry[1].equals(Point(61, 41))
    FRAME.drop(columns="geometry").to_parquet(tmp_path / "b.parquet")
    with pytest.raises(InputError, match="name, tracks"):
        read_vectors(tmp_path / "b.parquet")


def test_geoparquet_without_its_library_tells_how_to_get_it(tmp_path, monkeypatch):
    FRAME.to_parquet(tmp_path / "a.parquet")
    real = builtins.__import__

    def without(name, *rest):
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"pip install 'corridors\[big\]'"):
        read_vectors(tmp_path / "a.parquet")


# --- OpenStreetMap ----------------------------------------------------------------------------------------------------


def osm_pbf(folder):
    """The small map of OpenStreetMap in its binary format."""
    osmium = pytest.importorskip("osmium")
    write(folder / "source.osm", OSM)
    with osmium.SimpleWriter(str(folder / "a.osm.pbf")) as writer:
        for thing in osmium.FileProcessor(str(folder / "source.osm")):
            writer.add(thing)
    (folder / "source.osm").unlink()
    return folder / "a.osm.pbf"


@pytest.mark.parametrize("make", [osm_pbf, lambda folder: write(folder / "a.osm", OSM)])
def test_openstreetmap_has_layers_by_geometry_and_tags_of_transport_as_columns(tmp_path, monkeypatch, make):
    path = make(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    read = {layer.name.partition(":")[2]: layer.frame for layer in read_vectors(path)}
    assert {name: len(frame) for name, frame in read.items()} == {"points": 1, "lines": 1, "multipolygons": 1}
    [line] = read["lines"].to_dict("records")
    assert (line["osm_id"], line["railway"], line["gauge"], line["name:en"]) == ("7", "rail", "1520", "Line")
    assert "colour" in line["other_tags"]
    assert read["points"]["name"].tolist() == ["Хоргос"]
    assert [*tmp_path.iterdir()] == [path, elsewhere] or {*tmp_path.iterdir()} == {path, elsewhere}
    assert not [*elsewhere.iterdir()], "nothing is written where the command runs"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_openstreetmap_that_is_cut_short_is_refused(tmp_path, share):
    path = osm_pbf(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(InputError, match=r"a\.osm\.pbf"):
        read_vectors(path)


# --- archives and folders ---------------------------------------------------------------------------------------------


def test_an_archive_gives_each_file_in_it_under_a_name_of_its_own(tmp_path):
    inside = tmp_path / "inside"
    for place in ("north", "south"):
        (inside / place).mkdir(parents=True)
        FRAME.to_file(inside / place / "rail.shp", encoding="UTF-8")
    FRAME.to_file(inside / "roads.gpkg")
    write(inside / "readme.txt", "nothing")
    write(inside / "codes.csv", "code,meaning\n1,one\n")
    path = zipped(tmp_path / "all.zip", inside)
    assert layers(path) == {"all:north/rail": 2, "all:roads": 2, "all:south/rail": 2}


def test_an_archive_of_tables_alone_is_read(tmp_path):
    (tmp_path / "inside").mkdir()
    write(tmp_path / "inside" / "towns.csv", "lon,lat\n60,40\n")
    assert layers(zipped(tmp_path / "a.zip", tmp_path / "inside")) == {"a": 1}


def test_a_kmz_is_read(tmp_path):
    (tmp_path / "inside").mkdir()
    FRAME.to_file(tmp_path / "inside" / "doc.kml", driver="LIBKML")
    [layer] = read_vectors(zipped(tmp_path / "a.kmz", tmp_path / "inside"))
    assert (layer.name, len(layer.frame)) == ("a", 2)


def test_a_file_geodatabase_is_read_as_a_folder_and_in_an_archive(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    FRAME[["name", "geometry"]].to_file(inside / "a.gdb", driver="OpenFileGDB", layer="rail")
    assert layers(inside / "a.gdb") == {"a": 2}
    assert layers(zipped(tmp_path / "b.zip", inside)) == {"b": 2}


# --- texts ------------------------------------------------------------------------------------------------------------


def test_a_track_is_a_line_and_not_its_vertices(tmp_path):
    point = '<trkpt lat="4{0}" lon="6{0}"><ele>700</ele></trkpt>'
    gpx = (
        '<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">'
        '<wpt lat="40" lon="60"><name>W</name></wpt><trk><name>T</name>'
        f"<trkseg>{point.format(0)}{point.format(1)}</trkseg><trkseg>{point.format(2)}{point.format(3)}</trkseg></trk></gpx>"
    )
    assert layers(write(tmp_path / "a.gpx", gpx)) == {"a:waypoints": 1, "a:tracks": 1}


TABLES = {
    "commas": "name,lon,lat\nAlmaty,76.9,43.2\n",
    "semicolons and decimal commas": "name;lon;lat\nAlmaty;76,9;43,2\n",
    "tabs": "name\tlon\tlat\nAlmaty\t76.9\t43.2\n",
    "a mark": "\ufeffname,lon,lat\nAlmaty,76.9,43.2\n",
    "Dutch": "naam;lengtegraad;breedtegraad\nAlmaty;76,9;43,2\n",
    "Russian": "имя;Долгота;Широта\nАлматы;76,9;43,2\n",
    "Chinese": "名称,经度,纬度\n阿拉木图,76.9,43.2\n",
    "spaces": "name, Lon , Lat \nAlmaty, 76.9 , 43.2\n",
    "WKT": 'name,wkt\nAlmaty,"POINT (76.9 43.2)"\n',
    "WKT of PostGIS": "name;geom\nAlmaty;SRID=4326;POINT (76.9 43.2)\n".replace("y;SRID", 'y;"SRID').replace(
        ".2)", '.2)"'
    ),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("kind", TABLES)
def test_tables_are_read_as_programs_of_every_country_write_them(tmp_path, kind, encoding):
    (tmp_path / "a.csv").write_bytes(TABLES[kind].removeprefix("\ufeff" * (encoding == "utf-16")).encode(encoding))
    [layer] = read_vectors(tmp_path / "a.csv")
    assert layer.name == "a"
    assert layer.frame.geometry[0].equals_exact(Point(76.9, 43.2), 1e-12)


def test_columns_of_a_table_keep_their_types_to_its_end(tmp_path):
    rows = "".join(f"{nth:03},{nth},60,40\n" for nth in range(50_000))
    [layer] = read_vectors(write(tmp_path / "a.csv", f"code,number,lon,lat\n{rows}x,many,60,40\n"))
    assert layer.frame["code"].iloc[7] == "007"
    assert layer.frame["number"].iloc[-1] == "many"


def test_topojson_and_features_on_lines_are_read(tmp_path):
    topology = {
        "type": "Topology",
        "objects": {"a": {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [60, 40]}]}},
        "arcs": [],
    }
    assert layers(write(tmp_path / "a.topojson", json.dumps(topology))) == {"a": 1}
    features = [json.loads(FRAME.iloc[[nth]].to_json())["features"][0] for nth in range(2)]
    assert layers(write(tmp_path / "b.geojsonl", "\n".join(map(json.dumps, features)))) == {"b": 2}


def test_the_json_of_esri_is_read_and_converted(tmp_path):
    text = {
        "geometryType": "esriGeometryPoint",
        "spatialReference": {"wkid": 3857},
        "fields": [{"name": "name", "type": "esriFieldTypeString"}],
        "features": [{"attributes": {"name": "Khorgos"}, "geometry": {"x": 8_932_000, "y": 5_500_000}}],
    }
    (tmp_path / "a.json").write_text(json.dumps(text))
    [layer] = read_vectors(tmp_path / "a.json")
    assert list(layer.frame["name"]) == ["Khorgos"]
    assert layer.frame.geometry[0].distance(Point(80.238, 44.223)) < 0.01


def test_reading_gml_writes_nothing_beside_it(tmp_path):
    FRAME.to_file(tmp_path / "a.gml", driver="GML")
    (tmp_path / "a.xsd").unlink()
    assert layers(tmp_path / "a.gml") == {"a": 2}
    assert [path.name for path in tmp_path.iterdir()] == ["a.gml"]


def test_geometries_of_several_kinds_in_one_layer_are_read(tmp_path):
    mixed = gpd.GeoDataFrame(geometry=[Point(60, 40), box(60, 40, 61, 41), *FRAME.geometry], crs="EPSG:4326")
    mixed.to_file(tmp_path / "a.fgb")
    [layer] = read_vectors(tmp_path / "a.fgb")
    assert sorted(str(kind) for kind in layer.frame.geom_type) == ["LineString"] * 2 + ["Point", "Polygon"]


# --- real files -------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not here")
@pytest.mark.parametrize("path", sorted(REAL.rglob("*.*")), ids=lambda path: path.name)
def test_a_real_file_is_read_or_refused_with_a_remedy(path):
    if path.suffix in {".txt", ".dat"} or path.name in NO_VECTORS:
        with pytest.raises(CorridorsError) as refused:
            read_vectors(path)
        assert all(path.name in refused.value.text(language) for language in LANGUAGES)
        assert "Remedy: " in str(refused.value)
        return
    for layer in read_vectors(path):
        assert len(layer.frame)
        assert layer.frame.crs == "EPSG:4326"
