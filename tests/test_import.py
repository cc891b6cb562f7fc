"""``corridors import``: files to rows and features of an atlas, with their source, checked before any is written."""

import csv
import io
import json
from datetime import date

import geopandas as gpd
import pytest
import shapely

from corridors.app.importing import ImportOptions, plan_import
from corridors.content.load import load
from corridors.data.catalog import load_catalog
from corridors.data.downloads import Cache
from corridors.data.import_rows import mapped_rows
from corridors.errors import UsageError
from tests.page_data import page_data
from tests.test_downloads import Server, declare, whole
from tests.test_kinds import KIND, POINTS, show

SOURCE = ["--source", "grid-map", "--licence", "ODbL 1.0", "--producer", "Grid mappers"]
LINES = {
    "name": ["Ekibastuz–Astana", "Almaty", "Across the sea"],
    "voltage": [500, 220, None],
    "usage": ["transit", "local", None],
    "osm_id": ["way/1", "way/2", "way/3"],
}
SHAPES = [
    shapely.LineString([(75.3, 51.7), (71.4, 51.1)]),
    shapely.LineString([(76.9, 43.2), (74.6, 42.9)]),
    shapely.LineString([(50.5, 42.0), (51.0, 42.5)]),
]
MAPPING = ["--column", "voltage_kv=voltage", "--column", "use=usage"]


@pytest.fixture
def kinds(geodata):
    with (geodata / "catalog.toml").open("a", encoding="utf-8") as file:
        file.write(KIND)
    return geodata


@pytest.fixture
def lines(tmp_path):
    """A GeoPackage of power lines in another reference system."""
    path = tmp_path / "lines.gpkg"
    frame = gpd.GeoDataFrame(LINES, geometry=SHAPES, crs="EPSG:4326")
    frame.to_crs("EPSG:3857").to_file(path, layer="power")
    return path


@pytest.fixture
def take(corridors, lines):
    """Import the lines."""
    return lambda *more: corridors("import", lines, "--layer", "power-lines", *MAPPING, *SOURCE[:None], *more)


def features(geodata, name="power-lines"):
    text = (geodata / "imported" / f"{name}.geojson").read_text(encoding="utf-8")
    return {one["id"]: one for one in json.loads(text)["features"]}


def csv_rows(geodata, table):
    text = (geodata / "facts" / f"{table}.csv").read_text(encoding="utf-8")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text))}


# --- into a declared kind ---------------------------------------------------------------------------------------------


def test_a_geopackage_becomes_a_layer_with_page_legend_card_and_statistics(kinds, take, corridors):
    ran = take()
    assert ran.code == 0
    assert ran.err == "added 3, changed 0, unchanged 0, repeated 0, left out 0\n"
    assert ran.out.split() == [
        "geodata/facts/sources.csv",
        "geodata/imported/power-lines.geojson",
        "geodata/catalog.toml",
    ]
    found = features(kinds)
    assert found.keys() == {"way-1", "way-2", "way-3"}
    one = found["way-1"]["properties"]
    told = ("name_en", "voltage_kv", "use", "country", "source", "status", "geometry_basis")
    assert {key: one[key] for key in told} == {
        "name_en": "Ekibastuz–Astana", "voltage_kv": 500, "use": "transit", "country": "KAZ", "source": "grid-map",
        "status": "operational", "geometry_basis": "digitised",
    }  # fmt: skip
    assert found["way-2"]["properties"]["country"] == "KAZ;KGZ"
    assert found["way-3"]["properties"]["country"] is None
    assert found["way-1"]["geometry"]["coordinates"] == [[75.3, 51.7], [71.4, 51.1]]
    assert corridors("validate").err.startswith("0 findings\n")
    show(kinds, "power-lines", "voltage_kv")
    assert corridors("build", "rail").code == 0
    page = page_data((kinds.parent / "maps" / "rail.html").read_text(encoding="utf-8"))
    group = page["map"]["groups"][0]
    assert group["classes"] == ["power-lines.high", "power-lines.low"]
    assert [stat["value"] for stat in group["stats"][:2]] == [3, 539]
    (card,) = (one for one in page["features"] if one["id"] == "power-lines/way-1")
    assert card["sources"] == ["grid-map"]
    assert page["sources"]["grid-map"]["producer"] == "Grid mappers"
    assert "Grid mappers (ODbL 1.0)" in page["map"]["credit"]
    stats = corridors("stats", "--layer", "power-lines", "--by", "use", "--format", "csv").out
    assert "measured_km,power-lines,transit,279.5,km" in stats


def test_source_and_licence_are_in_sources_and_catalogue(kinds, take):
    take()
    row = csv_rows(kinds, "sources")["grid-map"]
    assert (row["producer"], row["licence"], row["title"]) == ("Grid mappers", "ODbL 1.0", "Power lines: lines.gpkg")
    assert date.fromisoformat(row["date_accessed"])
    catalog = load_catalog(kinds)
    assert catalog.datasets["grid-map"].licence == "ODbL 1.0"
    assert catalog.datasets["grid-map"].layers == ("power-lines",)
    assert catalog.layers["power-lines"].datasets == ("openstreetmap", "grid-map")


@pytest.mark.parametrize("listed", ["", 'layers = ["cities"]\n'])
def test_a_data_set_that_is_there_gets_the_layer(geodata, corridors, tmp_path, listed):
    path = geodata / "catalog.toml"
    text = path.read_text(encoding="utf-8").replace("[datasets.airportsdata]\n", f"[datasets.airportsdata]\n{listed}")
    path.write_text(text + POINTS, encoding="utf-8")
    (tmp_path / "wells.csv").write_text("id,name,lon,lat\na1,Deep,70,45\n", encoding="utf-8")
    ran = corridors("import", "wells.csv", "--layer", "wells", "--source", "airportsdata")
    assert ran.code == 0, ran.err
    assert load_catalog(geodata).datasets["airportsdata"].layers == (*(["cities"] if listed else []), "wells")
    new = path.read_text(encoding="utf-8")
    assert new.count("layers = ") == 1
    assert len(new.splitlines()) == len((text + POINTS).splitlines()) + (not listed)


def test_the_same_import_again_changes_nothing(kinds, take, contents):
    take()
    before = contents(kinds)
    ran = take()
    assert (ran.code, ran.out) == (0, "")
    assert "unchanged 3" in ran.err
    assert contents(kinds) == before


def test_a_new_value_replaces_the_old_and_what_is_missing_stays(kinds, take, lines, corridors):
    take()
    frame = gpd.GeoDataFrame(LINES, geometry=SHAPES, crs="EPSG:4326").assign(voltage=[1150, None, 35])
    frame.loc[2, "geometry"] = shapely.LineString([(50.5, 42.0), (51.0, 42.6)])
    frame.to_file(lines, layer="power")
    ran = take("--dry-run", "--format", "csv")
    assert ran.out.splitlines() == [
        "change,id,column,before,after",
        "changed,way-1,voltage_kv,500,1150",
        "changed,way-3,voltage_kv,,35",
        "changed,way-3,geometry,,",
    ]
    assert take().code == 0
    found = features(kinds)
    assert [found[f"way-{nth}"]["properties"]["voltage_kv"] for nth in (1, 2, 3)] == [1150, 220, 35]
    assert found["way-3"]["geometry"]["coordinates"][1] == [51.0, 42.6]
    assert corridors("validate").code == 0


@pytest.mark.usefixtures("kinds")
def test_a_dry_run_shows_what_would_change_and_writes_nothing(kinds, take, contents):
    before = contents(kinds)
    ran = take("--dry-run")
    assert ran.code == 0
    assert [line.split()[:2] for line in ran.out.splitlines()[2:]] == [["added", f"way-{nth}"] for nth in (1, 2, 3)]
    assert contents(kinds) == before
    assert json.loads(take("--dry-run", "--format", "json").out)["changes"][0]["after"] == "Ekibastuz–Astana"


def test_a_condition_chooses_among_the_columns_of_the_file(kinds, take):
    assert "added 1," in take("--where", "voltage >= 400").err
    assert features(kinds).keys() == {"way-1"}


def test_constants_fill_a_column(kinds, take):
    take("--set", "confidence=low", "--set", "accuracy_m=250")
    assert {one["properties"]["confidence"] for one in features(kinds).values()} == {"low"}
    assert {one["properties"]["accuracy_m"] for one in features(kinds).values()} == {250}


def test_a_failure_while_writing_leaves_all_as_it_was(kinds, take, contents, monkeypatch):
    before = contents(kinds.parent)
    monkeypatch.setattr("corridors.data.whole_file.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    assert take().code == 4
    assert contents(kinds.parent) == before


def test_source_and_country_are_not_those_of_the_file(kinds, take, lines):
    frame = gpd.GeoDataFrame(LINES, geometry=SHAPES, crs="EPSG:4326").assign(source="a survey", country="Kazakhstan")
    frame.to_file(lines, layer="power")
    assert take().code == 0
    one = features(kinds)["way-1"]["properties"]
    assert (one["source"], one["country"]) == ("grid-map", "KAZ")
    assert take("--column", "country=country").code == 1


# --- ids --------------------------------------------------------------------------------------------------------------


def ids(columns, source="grid"):
    frame = gpd.GeoDataFrame(columns, geometry=SHAPES[: len(next(iter(columns.values())))], crs="EPSG:4326")
    return [row.cells["id"] for row in mapped_rows(frame, ["id"], columns={}, constants={}, source=source)]


def test_ids_are_made_of_what_the_file_has():
    assert ids({"id": ["Way 7/B", "ÄÖ-x"]}) == ["way-7-b", "x"]
    assert ids({"FID": [1, 2]}) == ["grid-1", "grid-2"], "numbers are those of a source"
    assert ids({"osm_id": ["1.0", ""]})[0] == "1-0"
    without = ids({"name": ["a", "b"]})
    assert without == ids({"title": ["c", "d"]}), "the geometry gives the id"
    assert len({*without}) == 2
    assert all(one.startswith("grid-") for one in without)


@pytest.mark.parametrize(("voltage", "code", "word"), [(500, 0, "repeated 1"), (750, 1, "way-1")])
def test_an_id_that_stands_twice_must_be_the_same_feature(kinds, take, lines, voltage, code, word):
    columns = {key: [*values, values[0]] for key, values in LINES.items()} | {"voltage": [500, 220, None, voltage]}
    gpd.GeoDataFrame(columns, geometry=[*SHAPES, SHAPES[0]], crs="EPSG:4326").to_file(lines, layer="power")
    ran = take()
    assert ran.code == code
    assert word in ran.out + ran.err
    assert (kinds / "imported" / "power-lines.geojson").exists() == (code == 0)


def test_an_id_of_another_source_is_not_overwritten(kinds, take, corridors, lines, contents):
    take()
    before = contents(kinds)
    other = ["--source", "geonames"]
    ran = corridors("import", lines, "--layer", "power-lines", *MAPPING, *other, "--set", "name_en=Mine")
    assert ran.code == 1
    assert "grid-map" in ran.out
    assert contents(kinds) == before


# --- faults -----------------------------------------------------------------------------------------------------------


def test_faults_are_listed_as_validate_lists_them_and_nothing_is_written(kinds, take, contents):
    before = contents(kinds)
    ran = take("--set", "status=open", "--format", "json")
    assert ran.code == 1
    found = json.loads(ran.out)["findings"]
    assert [(one["rule"], one["property"], one["level"]) for one in found] == [("F05", "status", "fault")] * 3
    assert found[0]["file"] == "power-lines.geojson"
    assert "way-1" in found[0]["where"]
    assert "operational" in found[0]["remedy"]
    assert ran.err == "3 findings\n"
    assert contents(kinds) == before


def test_features_with_faults_can_be_left_out(kinds, take, lines):
    frame = gpd.GeoDataFrame(LINES, geometry=SHAPES, crs="EPSG:4326").assign(usage=["transit", "both", None])
    frame.to_file(lines, layer="power")
    assert take().code == 1
    ran = take("--skip-bad")
    assert ran.code == 0
    assert "way-2" in ran.err
    assert "left out 1" in ran.err
    assert features(kinds).keys() == {"way-1", "way-3"}


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["--layer", "rail"], 2, ("'rail'", "stops", "power-lines, cities")),
        (["--layer", "power-line"], 2, ("'power-line'", "power-lines")),
        (["--layer", "power-lines", "--column", "volts=voltage"], 2, ("'volts'", "voltage_kv")),
        (["--layer", "power-lines", "--column", "voltage_kv=volts"], 2, ("'volts'", "voltage")),
        (["--layer", "power-lines", "--column", "voltage_kv"], 2, ("--column", "equals sign")),
        (["--layer", "power-lines", "--where", "volts > 1"], 2, ("volts",)),
    ],
)
@pytest.mark.usefixtures("kinds")
def test_what_cannot_be_imported_is_answered_with_what_can(corridors, one_message, lines, words, code, named):
    one_message(corridors("import", lines, *SOURCE, *words), code, *named)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ([], ("--source",)),
        (["--source", "Grid Map"], ("'Grid Map'",)),
        (["--source", "grid-map"], ("'grid-map'", "--licence")),
        (["--source", "grid-map", "--licence", "ODbL 1.0"], ("'grid-map'", "--producer")),
        (["--source", "airportsdata", "--licence", "CC0"], ("'airportsdata'", "MIT")),
    ],
)
@pytest.mark.usefixtures("kinds")
def test_no_feature_without_source_and_licence(corridors, one_message, lines, words, named):
    one_message(corridors("import", lines, "--layer", "power-lines", *words), 2, *named)


# --- into a fact table ------------------------------------------------------------------------------------------------

WORKSHOPS = "id,title,when,lon,lat\nluban-astana,Luban Workshop Astana,2023-12,71.43,51.13\n"
TO_PLACES = ["--layer", "places", "--set", "kind=school", "--column", "name_en=title", "--column", "date=when"]


def test_points_become_rows_of_a_fact_table(geodata, corridors, tmp_path):
    (tmp_path / "w.csv").write_text(WORKSHOPS, encoding="utf-8")
    before = (geodata / "facts" / "places.csv").read_text(encoding="utf-8")
    ran = corridors("import", "w.csv", *TO_PLACES, "--source", "geonames", "--licence", "CC BY 4.0")
    assert ran.code == 0, ran.out + ran.err
    after = (geodata / "facts" / "places.csv").read_text(encoding="utf-8")
    assert after.startswith(before), "other rows stay as they are"
    row = csv_rows(geodata, "places")["luban-astana"]
    assert (row["country"], row["lon"], row["lat"], row["date"]) == ("KAZ", "71.43", "51.13", "2023-12")
    assert row["source"] == "geonames"
    assert "luban-astana" in set(load(geodata).layers["places"]["id"])


def test_what_is_known_of_a_row_stays_unless_the_file_says_it(geodata, corridors, tmp_path):
    before = csv_rows(geodata, "places")["luban-dushanbe"]
    (tmp_path / "w.csv").write_text("id,name,lon,lat\nluban-dushanbe,Luban Workshop,68.7,38.5\n", encoding="utf-8")
    ran = corridors("import", "w.csv", "--layer", "places", "--source", "geonames", "--licence", "CC BY 4.0")
    assert ran.code == 0, ran.out + ran.err
    after = csv_rows(geodata, "places")["luban-dushanbe"]
    changed = {key: after[key] for key in after if after[key] != before[key]}
    assert changed == {"name_en": "Luban Workshop", "lon": "68.7", "lat": "38.5"}


def test_rows_are_checked_beside_the_other_tables(geodata, corridors, tmp_path, contents):
    (tmp_path / "a.csv").write_text("icao,iata,name,city,lon,lat\nUAOL,XYZ,New,nowhere,63.3,45.6\n", encoding="utf-8")
    before = contents(geodata)
    ran = corridors(
        "import",
        "a.csv",
        "--layer",
        "airports",
        "--column",
        "id=icao",
        "--source",
        "geonames",
        "--licence",
        "CC BY 4.0",
    )
    assert ran.code == 1
    assert "'nowhere' is not an id of cities.csv" in ran.out
    assert contents(geodata) == before


# --- from a download --------------------------------------------------------------------------------------------------


def test_a_fetched_file_brings_its_source(geodata, corridors, tmp_path):
    server = Server()
    try:
        point = {"type": "Point", "coordinates": [70, 45]}
        body = {"type": "Feature", "id": "w1", "properties": {"id": "w1", "name": "Well"}, "geometry": point}
        declare(geodata, server, licence="CC0 1.0", producer="Drillers", credit="Drillers")
        with (geodata / "catalog.toml").open("a", encoding="utf-8") as file:
            file.write(POINTS)
        server.answers = [whole(json.dumps(body).encode())]
        cache = Cache(tmp_path / "cache", day=lambda: date(2025, 3, 1))
        path = cache.fetch(load_catalog(geodata).downloads["lines"])
    finally:
        server.close()
    ran = corridors("import", path, "--layer", "wells", "--cache", tmp_path / "cache")
    assert ran.code == 0, ran.out + ran.err
    row = csv_rows(geodata, "sources")["lines"]
    assert (row["licence"], row["producer"], row["date_accessed"]) == ("CC0 1.0", "Drillers", "2025-03-01")
    assert row["url"] == f"{server.url}/lines.geojson"
    assert load_catalog(geodata).datasets["lines"].credit == "Drillers"


def test_from_python_a_plan_comes_first(kinds, lines):
    options = ImportOptions("power-lines", {"voltage_kv": "voltage"}, source="grid", licence="CC0", producer="Us")
    plan = plan_import([lines], kinds, options)
    assert plan.counts["added"] == 3
    assert not (kinds / "imported" / "power-lines.geojson").exists()
    assert {path.name for path in plan.write()} == {"power-lines.geojson", "sources.csv", "catalog.toml"}
    with pytest.raises(UsageError):
        plan_import([lines], kinds, ImportOptions("power-lines"))
