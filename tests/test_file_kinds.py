"""Files that are not GeoJSON: each gives one finding with its format and the advice."""

import gzip
import io
import zipfile

import geopandas as gpd
import pytest
import shapely
import xlsxwriter

from corridors.data.file_kinds import CONVERT, kind_of_file
from corridors.data.geojson_check import check_geojson
from corridors.locales import LANGUAGES

FRAME = gpd.GeoDataFrame({"id": [1]}, geometry=[shapely.Point(80, 44)], crs="EPSG:4326")


def zipped(*names):
    """An archive of empty files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return buffer.getvalue()


def workbook():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet().write(0, 0, "lon")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("driver", "suffix", "kind"),
    [
        ("ESRI Shapefile", "shp", "Shapefile"), ("GPKG", "gpkg", "GeoPackage"), ("FlatGeobuf", "fgb", "FlatGeobuf"),
        ("SQLite", "sqlite", "SQLite"), ("KML", "kml", "KML"), ("GML", "gml", "GML"),
    ],
)  # fmt: skip
def test_what_gdal_writes_in_another_format_is_named(tmp_path, driver, suffix, kind):
    path = tmp_path / f"some.{suffix}"
    FRAME.to_file(path, driver=driver)
    for each in tmp_path.glob("some.*"):
        if each.suffix in {".cpg", ".xsd"}:
            continue
        [finding] = check_geojson(each.read_bytes(), each.name)
        assert f"the file is {kind}" in str(finding.message)
        assert CONVERT in str(finding.remedy)


@pytest.mark.parametrize(
    ("content", "name", "kind", "remedy"),
    [
        (b"\x89PNG\r\n\x1a\n", "map.png", "PNG", "vectors"),
        (b"\xff\xd8\xff\xe0", "map.jpg", "JPEG", "vectors"),
        (b"II*\x00", "dem.tif", "TIFF", "vectors"),
        (b"%PDF-1.7", "map.pdf", "PDF", "vectors"),
        (b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "map.svg", "SVG", "vectors"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html>404</html>", "lines.geojson", "HTML", "download"),
        (b"<html><body>sign in</body></html>", "lines.geojson", "HTML", "download"),
        (b"<?xml version='1.0'?><gpx version='1.1'/>", "track.gpx", "GPX", "ogr2ogr"),
        (b"<?xml version='1.0'?><osm version='0.6'/>", "map.osm", "OSM XML", "ogr2ogr"),
        (b"<?xml version='1.0'?><something/>", "x.xml", "XML", "ogr2ogr"),
        (b"\x00\x00\x00\x0d\x0a\x09OSMHeader", "kz.osm.pbf", "OSM PBF", "ogr2ogr"),
        (b"PAR1\x15\x04", "x.parquet", "GeoParquet", "ogr2ogr"),
        (b"POINT (80 44)", "x.wkt", "WKT", "ogr2ogr"),
        (b"id,lon,lat\n1,80,44\n", "some.csv", "CSV", "longitude and latitude"),
        (b'{"type": "Topology", "objects": {}, "arcs": []}', "x.json", "TopoJSON", "ogr2ogr"),
        (b'{"geometryType": "esriGeometryPoint", "features": []}', "x.json", "Esri JSON", "ogr2ogr"),
        (gzip.compress(b"{}"), "x.geojson.gz", "gzip", "unpack"),
        (zipped("a.geojson"), "x.zip", "ZIP", "unpack"),
        (zipped("a/lines.SHP", "a/lines.dbf"), "x.zip", "ZIP (Shapefile)", "unpack"),
        (zipped("doc.kml"), "x.kmz", "KMZ", "ogr2ogr"),
        (zipped("[Content_Types].xml", "word/document.xml"), "x.docx", "DOCX", "vectors"),
        (b"PK\x03\x04 cut off", "x.zip", "ZIP", "unpack"),
        (workbook(), "x.xlsx", "XLSX", "longitude and latitude"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_file_that_is_no_geojson_is_named_with_what_to_do(content, name, kind, remedy):
    [finding] = check_geojson(content, name)
    assert f"the file is {kind}, not GeoJSON" in str(finding.message)
    assert remedy in str(finding.remedy)
    assert finding.level == "fault"
    assert all(kind in finding.text(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    "content", [b"", b"  ", b'{"type": "Point"}', b"[1]", b"words", b"\xff\xfe{", b"null", b"\x00"]
)
def test_what_may_be_meant_for_json_is_no_other_kind(content):
    assert kind_of_file(content, "a.geojson") is None
