"""The published layers, read by GDAL and by the standard JSON reader, and checked against the facts."""

import csv
import json
import re
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pyogrio
import pytest
import shapely

from corridors.app import build
from corridors.data.geojson_check import check_geojson
from corridors.layers.countries import read_outlines
from corridors.locales import LANGUAGES

COMMON = (
    "id", "kind", "name_en", "name_nl", "name_zh", "name_ru", "name_local", "status", "opened", "closed", "country",
    "source", "confidence", "geometry_basis", "accuracy_m", "note",
)  # fmt: skip
OWN = {
    "countries": ("trade_billion_usd", "visa_terms", "visa_since"),
    "cities": ("population", "population_year", "role"),
    "stations": (),
    "ports": ("mode", "gauge_from_mm", "gauge_to_mm", "border_with"),
    "airports": ("icao", "iata"),
    "rail": (
        "gauge_mm", "tracks", "electrified", "operator", "measured_km", "official_km", "official_section", "track_km",
        "corridor",
    ),
    "roads": ("official_km", "capacity", "measured_km", "track_km"),
    "pipelines": ("official_km", "capacity", "commodity", "measured_km", "track_km"),
    "ferries": ("operator", "measured_km", "track_km"),
    "flights": ("origin", "destination", "origin_iata", "destination_iata", "airline", "since", "distance_km"),
    "tourism": (),
    "places": ("date",),
}  # fmt: skip
TABLES = {"rail": "rail_lines"}
NOT_DRAWN = {"stations": ("kind", "via_point"), "tourism": ("kind", "visa")}
SHAPES = {
    "countries": {"Polygon", "MultiPolygon"},
    "tourism": {"Point", "LineString"},
    "flights": {"LineString", "MultiLineString"},
} | {layer: {"LineString"} for layer in ("rail", "roads", "pipelines", "ferries")}
STATUSES = {"operational", "under_construction", "planned", "suspended"}
BASES = {"surveyed", "digitised", "tracks", "stations", "waypoints", "great_circle", "point"}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

every_layer = pytest.mark.parametrize("layer", OWN)


@pytest.fixture(scope="module")
def texts(repo):
    """The layers' files as a build makes them now, by layer."""
    folders = build.find_folders(repo / "geodata", repo / "maps")
    made = build.render(folders, build.BuildOptions(only="layers"))
    return {path.stem: text for path, text in made if path.suffix == ".geojson"}


@pytest.fixture
def path(repo, layer):
    return repo / "geodata" / "layers" / f"{layer}.geojson"


@pytest.fixture
def features(path):
    return json.loads(path.read_text(encoding="utf-8"))["features"]


@pytest.fixture
def facts_of(repo):
    """The rows of a table of facts, as the standard CSV reader reads them."""

    def read(table):
        with (repo / "geodata" / "facts" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture
def rows(facts_of, layer):
    """The facts that a layer is made from."""
    found = facts_of(TABLES.get(layer, layer))
    column, left_out = NOT_DRAWN.get(layer, ("id", None))
    return [row for row in found if row[column] != left_out]


def positions(coordinates):
    """All positions in the coordinates of a geometry."""
    if not isinstance(coordinates[0], list):
        yield coordinates
        return
    for part in coordinates:
        yield from positions(part)


# --- read by others ---------------------------------------------------------------------------------------------------


@every_layer
def test_gdal_reads_each_fact_as_one_feature_in_wgs84(path, rows, features):
    frame = pyogrio.read_dataframe(path)
    assert frame.crs == "EPSG:4326"
    assert sorted(frame["id"]) == sorted(row["id"] for row in rows)
    assert list(frame["id"]) == [feature["id"] for feature in features]
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    assert shapely.equals_exact(frame.geometry.to_numpy(), shapes, tolerance=0).all()


@every_layer
def test_gdal_finds_the_columns_and_misses_what_is_missing(path, layer, features):
    frame = pyogrio.read_dataframe(path)
    assert list(frame.columns[: len(COMMON)]) == list(COMMON)
    assert set(OWN[layer]) <= set(frame.columns)
    for column in frame.columns.drop("geometry"):
        missing = [feature["properties"][column] is None for feature in features]
        assert frame[column].isna().tolist() == missing, column


@every_layer
def test_what_is_published_is_what_would_be_built(path, layer, texts):
    assert path.read_bytes() == texts[layer]


def test_there_is_a_file_for_each_layer_and_none_besides(repo, texts):
    names = {*OWN, "provinces"}  # a declared kind, whose columns its own test knows
    assert {path.name for path in (repo / "geodata" / "layers").iterdir()} == {f"{name}.geojson" for name in names}
    assert set(texts) == names


# --- the form of a file -----------------------------------------------------------------------------------------------


@every_layer
def test_ids_are_sorted_and_each_its_own(features):
    ids = [feature["id"] for feature in features]
    assert all(before < after for before, after in pairwise(ids))
    assert [feature["properties"]["id"] for feature in features] == ids


@every_layer
def test_positions_have_six_decimals_at_most_and_lie_in_the_world(path):
    for feature in json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["features"]:
        for lon, lat in positions(feature["geometry"]["coordinates"]):
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
            assert all(Decimal(value).as_tuple().exponent >= -6 for value in (lon, lat)), feature["id"]


@every_layer
def test_geometries_are_valid_and_of_the_layer_s_kind(features, layer):
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    assert set(shapely.get_type_id(shapes)) <= {
        shapely.GeometryType[kind.upper()] for kind in SHAPES.get(layer, {"Point"})
    }
    assert shapely.is_valid(shapes).all()
    assert not shapely.is_empty(shapes).any()
    lines = [part for part in shapely.get_parts(shapes) if part.geom_type == "LineString"]
    for line in lines:
        assert line.length > 0
        assert np.any(np.diff(shapely.get_coordinates(line), axis=0) != 0, axis=1).all(), "the same vertex twice"


def test_outer_rings_run_counterclockwise_and_holes_clockwise(repo):
    document = json.loads((repo / "geodata" / "layers" / "countries.geojson").read_text(encoding="utf-8"))
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in document["features"]])
    for polygon in shapely.get_parts(shapes):
        assert polygon.exterior.is_ccw
        assert not any(hole.is_ccw for hole in polygon.interiors)


@every_layer
def test_our_own_strict_reader_has_nothing_to_say(path):
    assert check_geojson(path.read_bytes(), path.name) == []


@every_layer
def test_a_file_says_what_it_is_and_under_which_licence(path, layer):
    head = {key: value for key, value in json.loads(path.read_text(encoding="utf-8")).items() if key != "features"}
    assert head["type"] == "FeatureCollection"
    assert head["name"] == layer
    assert head["title"]
    assert head["license"] in {"CC BY 4.0", "ODbL 1.0"}
    assert head["attribution"]
    assert "crs" not in head


# --- what it says -----------------------------------------------------------------------------------------------------


@every_layer
def test_nothing_is_empty_text_and_no_quantity_is_nought_for_missing(features):
    for feature in features:
        for column, value in feature["properties"].items():
            place = f"{feature['id']}: {column}"
            assert value != "", place
            assert not isinstance(value, str) or value == value.strip(), place
            assert value != 0 or column in {"elevation_m", "trade_growth_percent", "published_km", "tracks_km"}, place


@every_layer
def test_what_the_facts_leave_open_is_null_and_what_they_say_is_kept(features, rows, layer):
    """A fact's own ``note`` is for those who maintain it. Notes and capacities of layers have tests of their own."""
    facts = {row["id"]: row for row in rows}
    named_otherwise = {"name_en", "name_nl", "name_zh", "name_ru"} if layer in {"countries", "flights"} else set()
    derived = {"kind", "status", "country", "accuracy_m", "opened", "source", "note"} | named_otherwise
    derived |= {"name_local"} if layer == "tourism" else set()  # a sight has its city's
    for feature in features:
        row = facts[feature["id"]]
        for column in set(row) & set(feature["properties"]) - derived:
            value, cell = feature["properties"][column], row[column]
            place = f"{feature['id']}: {column}"
            if cell == "":
                assert value is None, place
            elif isinstance(value, int | float):
                assert value == pytest.approx(float(cell)), place
            else:
                assert value == cell, place


@every_layer
def test_the_note_of_a_feature_is_the_remark_about_it_in_each_language(features, facts_of, layer):
    said = {row["feature"]: row for row in facts_of("remarks")}
    for feature in features:
        row = said.get(f"{layer}/{feature['id']}")
        for language in LANGUAGES:
            column = "note" if language == "en" else f"note_{language}"
            assert feature["properties"][column] == (row and row[f"text_{language}"]), f"{feature['id']}: {column}"


@pytest.mark.parametrize("layer", ["ports", "roads", "pipelines"])
def test_the_capacity_of_a_feature_has_all_its_figures_with_their_years(features, facts_of):
    rows = [row for row in facts_of("throughput") if row["indicator"].startswith("capacity") and row["value"]]
    for feature in features:
        own = [row for row in rows if row["subject"] == feature["id"]]
        told = feature["properties"]["capacity"]
        for row, text in zip(own, told.split("; ") if told else [], strict=True):
            assert f"{float(row['value']):,.10g}" in text, feature["id"]
            assert row["period"][:4] in text, feature["id"]


@every_layer
def test_every_feature_has_what_a_feature_must_have(features, facts_of, repo, layer):
    sources = {row["id"] for row in facts_of("sources")}
    countries = {row["iso_a3"] for row in facts_of("countries")}
    if layer in {"roads", "pipelines"}:  # they go on beyond the countries of the atlas, with kilometres in each
        countries |= set(read_outlines(repo / "geodata" / "basemap"))
    for feature in features:
        about = feature["properties"]
        assert about["name_en"]
        assert about["kind"]
        assert about["status"] in STATUSES
        assert about["confidence"] in {"high", "medium", "low"}
        assert about["geometry_basis"] in BASES
        assert set(about["country"].split(";")) <= countries
        assert set(about["source"].split(";")) <= sources
        for column in ("opened", "closed", "since", "visa_since"):
            assert about.get(column) is None or DATE.fullmatch(about[column]), feature["id"]


@pytest.mark.parametrize("layer", ["cities", "stations", "ports", "airports", "places"])
def test_a_point_stands_where_its_fact_says(features, rows):
    facts = {row["id"]: row for row in rows}
    for feature in features:
        row = facts[feature["id"]]
        assert feature["geometry"]["coordinates"] == [round(float(row["lon"]), 6), round(float(row["lat"]), 6)]


def test_a_sight_stands_in_its_city_or_at_its_own_position(loaded):
    cities, sights = loaded.facts.by_id("cities"), loaded.layers["tourism"].set_index("id")
    for row in loaded.facts.rows("tourism"):
        if row["kind"] == "site":
            where = cities[row["place"]] if row["place"] else row
            assert (sights.geometry[row["id"]].x, sights.geometry[row["id"]].y) == (where["lon"], where["lat"])


def test_known_points_stand_where_others_put_them(texts):
    """Positions that are the same in every gazetteer, within a few kilometres."""
    known = {"kz-almaty": (76.93, 43.25), "uz-tashkent": (69.25, 41.27), "cn-xian": (108.93, 34.26)}
    found = {one["id"]: one["geometry"]["coordinates"] for one in json.loads(texts["cities"])["features"]}
    for city, place in known.items():
        assert found[city] == pytest.approx(place, abs=0.06), city


def test_a_country_cites_the_sources_of_all_that_it_tells(texts):
    countries = {one["id"]: one["properties"] for one in json.loads(texts["countries"])["features"]}
    assert countries["kaz"]["trade_billion_usd"] > 0
    assert countries["kaz"]["visa_since"]
    assert len(countries["kaz"]["source"].split(";")) > 1
    for code in ("geo", "tur", "pol"):
        assert countries[code]["trade_billion_usd"] is None
        assert countries[code]["visa_since"] is None


def test_a_fast_lane_is_at_the_ports_of_both_sides_with_its_sources(loaded):
    ports = loaded.layers["ports"].set_index("id")
    for lane in loaded.facts.rows("green_lanes"):
        for port in lane["port"]:
            assert ports.loc[port, "green_lane"] == (lane["opened"] or "yes")
            assert set(lane["source"]) <= set(ports.loc[port, "source"].split(";"))
    assert ports["green_lane"].notna().sum() == sum(len(lane["port"]) for lane in loaded.facts.rows("green_lanes"))


def test_bishkek_s_airport_is_known_by_its_icao_code_and_both_iata_codes(texts):
    airports = {one["properties"]["icao"]: one["properties"] for one in json.loads(texts["airports"])["features"]}
    assert (airports["UCFM"]["iata"], airports["UCFM"]["iata_later"]) == ("FRU", "BSZ")
    assert all(re.fullmatch("[A-Z]{4}", code) for code in airports)
