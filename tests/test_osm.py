"""Railways, stations and roads of OpenStreetMap files that the tests write, and their import into an atlas."""

import json
import sys

import pytest
import shapely

from corridors.data.catalog import load_catalog
from corridors.data.osm import SELECTIONS, read_osm
from corridors.data.tables import COMMON
from corridors.errors import FileError, InputError, UsageError
from tests.page_data import page_data
from tests.test_kinds import show

osmium = pytest.importorskip("osmium")

PLACES = {1: (69.2, 41.3), 2: (69.3, 41.4), 3: (69.4, 41.4), 4: (69.4, 41.3), 5: (70.0, 42.0)}
TASHKENT = {
    "railway": "station", "name": "Тошкент", "name:en": "Tashkent", "name:ru": "Ташкент", "name:zh": "塔什干",
    "uic_ref": "2900000",
}  # fmt: skip
MAIN = {
    "railway": "rail", "name": "Main line", "gauge": "1520", "electrified": "contact_line", "tracks": "2",
    "usage": "main", "operator": "Railways", "maxspeed": "120", "start_date": "1899",
}  # fmt: skip


def write(path, *, nodes=None, ways=()):
    """Write a file: all places as nodes (some with tags), and ways as (id, nodes, tags)."""
    with osmium.SimpleWriter(str(path)) as writer:
        for name, place in PLACES.items():
            writer.add_node(osmium.osm.mutable.Node(id=name, location=place, tags=(nodes or {}).get(name, {})))
        for name, refs, tags in ways:
            writer.add_way(osmium.osm.mutable.Way(id=name, nodes=refs, tags=tags))
    return path


@pytest.fixture(params=["osm.pbf", "osm"])
def file(request, tmp_path):
    """The path of a file of either format."""
    return tmp_path / f"part.{request.param}"


def read(path, choice="railways"):
    """The columns of each thing that have a value, by id."""
    layer = read_osm(path, choice)
    rows = layer.frame.to_dict("records")
    return {row["id"]: {key: value for key, value in row.items() if value is not None} for row in rows}


def railway(path, **tags):
    """The columns of a single way with some tags; None if it is no railway."""
    ways = [(7, [1, 2], {key.replace("__", ":"): value for key, value in tags.items()})]
    return read(write(path, ways=ways)).get("way-7")


def test_a_railway_has_its_tags_as_columns(file):
    found = read(write(file, ways=[(7, [1, 2, 3], MAIN)]))["way-7"]
    assert shapely.equals_exact(found.pop("geometry"), shapely.LineString([PLACES[nth] for nth in (1, 2, 3)]), 1e-7)
    assert found == {
        "id": "way-7", "name_en": "Main line", "name_local": "Main line", "status": "operational", "opened": "1899",
        "railway": "rail", "gauge_mm": 1520, "gauges": "1520", "electrified": "yes", "tracks": "double",
        "usage": "main", "operator": "Railways", "maxspeed_kmh": 120,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"gauge": "1435;1520"}, {"gauge_mm": 1435, "gauges": "1435;1520"}),
        ({"gauge": "unknown"}, {"gauge_mm": None, "gauges": None}),
        ({"electrified": "no"}, {"electrified": "no"}),
        ({"electrified": "rail"}, {"electrified": "yes"}),
        ({"electrified": "perhaps"}, {"electrified": None}),
        ({"tracks": "1"}, {"tracks": "single"}),
        ({"tracks": "3"}, {"tracks": "double"}),
        ({"tracks": "some"}, {"tracks": None}),
        ({"maxspeed": "60 mph"}, {"maxspeed_kmh": None}),
        ({"service": "siding"}, {"service": "siding"}),
        ({"start_date": "about 1900"}, {"opened": None}),
        ({"railway": "narrow_gauge", "gauge": "750"}, {"railway": "narrow_gauge", "gauge_mm": 750}),
    ],
)
def test_values_of_tags(tmp_path, tags, expected):
    found = railway(tmp_path / "a.osm", **{"railway": "rail", **tags})
    assert {key: found.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("tags", "status", "gauge"),
    [
        ({"railway": "construction", "construction": "rail", "gauge": "1435"}, "under_construction", 1435),
        ({"construction__railway": "rail", "construction__gauge": "1520", "gauge": "1000"}, "under_construction", 1520),
        ({"railway": "proposed", "proposed": "rail", "proposed__gauge": "1435"}, "planned", 1435),
        ({"proposed__railway": "rail"}, "planned", None),
        ({"disused__railway": "rail", "gauge": "1520"}, "suspended", 1520),
        ({"railway": "rail", "construction__gauge": "1435", "gauge": "1520"}, "operational", 1520),
    ],
)
def test_what_does_not_operate_has_its_status_and_its_own_tags(tmp_path, tags, status, gauge):
    found = railway(tmp_path / "a.osm", **tags)
    assert (found["status"], found.get("gauge_mm"), found["railway"]) == (status, gauge, "rail")


def test_a_line_to_come_opens_when_it_is_expected_to(tmp_path):
    found = railway(
        tmp_path / "a.osm", railway="construction", construction="rail", opening_date="2030", start_date="1"
    )
    assert found["opened"] == "2030"


@pytest.mark.parametrize(
    "tags",
    [
        {"railway": "tram"}, {"railway": "abandoned"}, {"railway": "construction"}, {"highway": "trunk"},
        {"railway": "construction", "construction": "subway"}, {"proposed__railway": "light_rail"},
    ],
)  # fmt: skip
def test_other_things_are_no_railways(tmp_path, tags):
    assert railway(tmp_path / "a.osm", **tags) is None


def test_a_station_is_a_point_whether_node_or_area(file):
    halt = {"railway": "halt", "name": "Halt"}
    write(file, nodes={5: TASHKENT}, ways=[(9, [1, 2, 3, 4, 1], halt), (7, [1, 2], MAIN)])
    found = read(file, "stations")
    assert found.keys() == {"node-5", "way-9"}
    one = found["node-5"]
    assert (one["name_en"], one["name_ru"], one["name_zh"], one["name_local"]) == (
        "Tashkent", "Ташкент", "塔什干", "Тошкент",
    )  # fmt: skip
    assert (one["kind"], one["position_basis"], one["uic_ref"]) == ("station", "osm", "2900000")
    assert shapely.equals_exact(one["geometry"], shapely.Point(70, 42), 1e-7)
    assert shapely.equals_exact(found["way-9"]["geometry"], shapely.Point(69.3, 41.35), 1e-7)


def test_roads_have_class_number_and_lanes(file):
    tags = {"highway": "trunk", "ref": "M39", "lanes": "4", "surface": "asphalt", "maxspeed": "100", "toll": "yes"}
    found = read(write(file, ways=[(7, [1, 2], tags), (8, [2, 3], {"highway": "residential"})]), "roads")
    expected = {
        "road_class": "trunk",
        "ref": "M39",
        "lanes": 4,
        "surface": "asphalt",
        "maxspeed_kmh": 100,
        "toll": "yes",
    }
    assert found.keys() == {"way-7"}
    assert expected.items() <= found["way-7"].items()


def test_a_way_without_its_nodes_is_left_out_and_named(tmp_path):
    path = write(tmp_path / "a.osm", ways=[(7, [1, 2], MAIN), (8, [1, 99], MAIN), (9, [98, 99], MAIN)])
    layer = read_osm(path, "railways")
    assert list(layer.frame["id"]) == ["way-7"]
    assert [one.id for one in layer.skipped] == ["way-8", "way-9"]
    assert "lacks nodes" in layer.skipped[0].text()


@pytest.mark.parametrize("choice", SELECTIONS)
def test_a_file_without_such_things_is_an_empty_layer(file, choice):
    assert len(read_osm(write(file), choice).frame) == 0


# --- bad files --------------------------------------------------------------------------------------------------------


def test_a_file_that_is_cut_short_is_damaged(tmp_path):
    ways = [(nth, [1, 2, 3], MAIN | {"name": f"Line {nth}"}) for nth in range(10, 400)]
    path = write(tmp_path / "a.osm.pbf", ways=ways)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match="damaged"):
        read_osm(path, "railways")


@pytest.mark.parametrize(
    "text",
    [
        '<osm version="0.6"><node id="1" lat="1" lon="1">',
        '<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><osm version="0.6">&b;</osm>',
        '<osm version="0.6"><node id="1" lat="ninety" lon="1"/></osm>',
    ],
)
def test_xml_that_is_broken_or_declares_entities_is_refused(tmp_path, text):
    path = tmp_path / "a.osm"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"damaged|no file of OpenStreetMap"):
        read_osm(path, "railways")


def test_another_file_is_refused(tmp_path):
    path = tmp_path / "a.osm.pbf"
    path.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    with pytest.raises(InputError, match="no file of OpenStreetMap"):
        read_osm(path, "railways")
    with pytest.raises(FileError, match="absent"):
        read_osm(tmp_path / "absent.osm", "railways")


def test_a_missing_package_is_told(tmp_path, monkeypatch):
    path = write(tmp_path / "a.osm")
    monkeypatch.setitem(sys.modules, "osmium", None)
    with pytest.raises(UsageError, match=r"corridors\[osm\]"):
        read_osm(path, "railways")


# --- import -----------------------------------------------------------------------------------------------------------

TRACKS = """
[kinds.tracks]
title = "Tracks"
geometry = "line"
licence = "ODbL 1.0"
credit = "© OpenStreetMap contributors"
precision = "As mapped"
stats = ["gauge_mm", "electrified"]
columns.gauge_mm = { title = "Gauge", type = "integer", unit = "mm" }
columns.electrified = { title = "Electrified", words = { yes = "Yes", no = "No" } }
columns.tracks = { title = "Tracks", words = { single = "Single", double = "Double" } }
columns.usage = { title = "Usage" }
"""


def test_railways_are_imported_into_a_kind(geodata, corridors, tmp_path):
    with (geodata / "catalog.toml").open("a", encoding="utf-8") as file:
        file.write(TRACKS)
    siding = {"railway": "rail", "service": "siding", "gauge": "1520"}
    path = write(tmp_path / "part.osm.pbf", ways=[(7, [1, 2, 3], MAIN), (8, [3, 5], siding)])
    words = ["--layer", "tracks", "--osm", "railways", "--source", "openstreetmap", "--where", "not service"]
    ran = corridors("import", path, *words)
    assert ran.code == 0, ran.out + ran.err
    stats = json.loads(corridors("stats", "--layer", "tracks", "--by", "gauge_mm", "--format", "json").out)["measures"]
    assert [(one["name"], one["by"]["gauge_mm"]) for one in stats] == [("features", "1520"), ("measured_km", "1520")]
    text = (geodata / "imported" / "tracks.geojson").read_text(encoding="utf-8")
    (one,) = json.loads(text)["features"]
    assert one["id"] == "way-7"
    told = {"electrified": "yes", "tracks": "double", "usage": "main", "opened": "1899", "source": "openstreetmap"}
    assert told.items() <= one["properties"].items()


def test_the_layers_of_the_atlas_are_refused_with_a_remedy_that_works(
    geodata, corridors, one_message, tmp_path, contents
):
    path = write(tmp_path / "part.osm.pbf", ways=[(7, [1, 2, 3], MAIN)])
    words = ["import", path, "--osm", "railways", "--source", "openstreetmap"]
    before = contents(geodata)
    one_message(corridors(*words, "--layer", "rail"), 2, "'rail'", "--layer osm-railways --declare")
    one_message(corridors(*words, "--layer", "osm-railways"), 2, "'osm-railways'", "--declare", "stations")
    one_message(corridors(*words, "--layer", "corridors", "--declare"), 2, "'corridors'", "osm-railways")
    one_message(corridors(*words, "--layer", "My tracks", "--declare"), 2, "'My tracks'", "osm-railways")
    one_message(corridors("import", path, "--layer", "x", "--declare", "--source", "openstreetmap"), 2, "--osm")
    ran = corridors(*words, "--layer", "osm-railways", "--declare", "--dry-run")
    assert (ran.code, "atlas.toml" in ran.err) == (0, False), ran.err
    assert contents(geodata) == before
    assert corridors(*words, "--layer", "osm-railways", "--declare").code == 0
    assert corridors("validate").err.startswith("0 findings\n")


@pytest.mark.parametrize("choice", SELECTIONS)
def test_a_declared_layer_has_the_columns_that_the_choice_gives(geodata, corridors, tmp_path, choice):
    tags = {"railways": MAIN, "roads": {"highway": "trunk", "lanes": "2"}, "stations": {"railway": "halt"}}[choice]
    path = write(tmp_path / "part.osm.pbf", ways=[(7, [1, 2, 3], {**tags, "name": "Seven"})])
    layer = f"osm-{choice}"
    ran = corridors("import", path, "--osm", choice, "--source", "openstreetmap", "--layer", layer, "--declare")
    assert ran.code == 0, ran.out + ran.err
    assert f'layer = "{layer}"' in ran.err
    kind = load_catalog(geodata).kinds[layer]
    given = set(read_osm(path, choice).frame.columns) - {"geometry", *COMMON, "position_basis"}
    assert set(kind.columns) == given
    assert all(len(set(column.title)) == 4 for column in kind.columns.values())
    assert corridors("validate").err.startswith("0 findings\n")


def test_a_declared_layer_of_railways_is_drawn_filtered_and_summed_like_the_atlas_s(geodata, corridors, tmp_path):
    built = {**MAIN, "railway": "construction", "construction": "rail", "gauge": "1435", "electrified": "no"}
    path = write(tmp_path / "part.osm.pbf", ways=[(7, [1, 2, 3], MAIN), (8, [3, 5], built)])
    words = ["--layer", "osm-railways", "--declare", "--osm", "railways", "--source", "openstreetmap"]
    assert corridors("import", path, *words).code == 0
    show(geodata, "osm-railways", "gauge_mm")
    assert corridors("build", "rail").code == 0
    page = page_data((geodata.parent / "maps" / "rail.html").read_text(encoding="utf-8"))
    one, other = (each for each in page["features"] if each["id"].startswith("osm-railways/"))
    assert (one["class"], other["class"]) == ("osm-railways.1520", "osm-railways.1435")
    assert (one["status"], other["status"]) == ("operational", "under_construction")
    assert (one["electrified"], other["electrified"], other["hollow"]) == ("yes", "no", True)
    assert sum(one["km"].values()) > 1
    assert {"status", "electrified"} <= {each["property"] for each in page["map"]["filters"]}
    ours, theirs = (page["classes"][f"{layer}.1520"]["style"] for layer in ("osm-railways", "rail"))
    assert ours["color"] == theirs["color"]


def test_stations_are_imported_into_the_facts(geodata, corridors, tmp_path):
    path = write(tmp_path / "part.osm", nodes={5: TASHKENT})
    ran = corridors("import", path, "--layer", "stations", "--osm", "stations", "--source", "openstreetmap")
    assert ran.code == 0, ran.out + ran.err
    assert "node-5,Tashkent,,塔什干,Ташкент,Тошкент,KAZ,70,42,station,osm,,200,openstreetmap,medium," in (
        geodata / "facts" / "stations.csv"
    ).read_text(encoding="utf-8")


# --- a real file ------------------------------------------------------------------------------------------------------

PIPES = TRACKS.partition("stats =")[0].replace("tracks", "pipes") + 'columns.carries = { title = "Carries" }\n'


def test_routes_of_pipelines_are_imported(geodata, corridors, repo):
    path = repo.parent / "shared" / "data" / "gem_pipelines" / "gem_pipelines_central_asia.geojson"
    if not path.exists():
        pytest.skip("the file is not here")
    with (geodata / "catalog.toml").open("a", encoding="utf-8") as file:
        file.write(PIPES)
    words = ["--column", "carries=kind", "--source", "gem", "--licence", "CC BY 4.0", "--producer", "GEM", "--skip-bad"]
    ran = corridors("import", path, "--layer", "pipes", *words)
    assert ran.code == 0, ran.out[:500] + ran.err[:500]
    rows = json.loads(corridors("layers", "--format", "json").out)["layers"]
    assert rows[-1]["layer"] == "pipes"
    assert rows[-1]["features"] > 100
    assert "Kazakhstan" in corridors("stats", "--layer", "pipes", "--by", "country").out
