"""What is refused seldom: the values that only programs give, and files that are damaged in rare ways."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import folium
import geopandas as gpd
import pytest
from shapely import LineString, Point, Polygon

from corridors.app.api import OpenAtlas
from corridors.app.build import BuildOptions
from corridors.data.basemap import read_basemap_file
from corridors.data.imported import imported_findings, shape_findings
from corridors.data.maps import load_maps
from corridors.documents.document import MOST_TABLES, make_document
from corridors.documents.embed import Embed, embed_text
from corridors.documents.template import article_of
from corridors.errors import InputError, UsageError
from corridors.locales import LANGUAGES
from corridors.network.scenario import Scenario, run_scenario
from corridors.web.map import CorridorMap
from tests.test_kinds import KIND

REMEDIES = {"en": "Remedy: ", "nl": "Oplossing: ", "zh": "解决办法：", "ru": "Что делать: "}


@pytest.fixture(scope="module")
def atlas(repo):
    return OpenAtlas(repo / "geodata")


def told(refused):
    """The English message of an error that has a remedy in each language."""
    assert all(refused.value.text(language).count(remedy) == 1 for language, remedy in REMEDIES.items())
    return refused.value.text("en")


def test_python_is_refused_what_the_command_cannot_ask(atlas):
    calls = {
        "'rial'": partial(atlas.map, "rial"),
        "99": partial(atlas.route, "Xi'an", "Almaty", alternatives=99),
        "--mode": partial(atlas.compare, "northern", modes=()),
        "layers": partial(BuildOptions, maps=["rail"], only="layers"),
    }
    for word, call in calls.items():
        with pytest.raises(UsageError) as refused:
            call()
        assert word in told(refused)


def test_a_scenario_of_one_place_or_without_a_change_is_refused(atlas, loaded):
    places = [atlas.gazetteer.find(name) for name in ("Kashgar", "Kashgar", "Osh")]
    run = partial(run_scenario, loaded.network, loaded.facts, loaded.assumptions)
    for scenario in (Scenario(places[:2], opened=frozenset({"cku"})), Scenario(places)):
        with pytest.raises(UsageError) as refused:
            run(scenario)
        assert told(refused)


@pytest.mark.parametrize(("options", "form"), [({"lang": "de"}, "iframe"), ({}, "frame")])
def test_a_form_and_a_language_of_an_embed_must_exist(context, options, form):
    with pytest.raises(UsageError) as refused:
        embed_text(Embed(context, "rail", **options), form)
    assert "iframe" in told(refused) or "zh" in told(refused)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("Central Asia and Europe in {year}", "Central Asia and Europe", "dated"),
        ("[maps.rail.numbers]", '[maps.rail.numbers]\nunread = { name = "features", digits = 0 }', "numbers.unread"),
        ('{ layer = "rail", by', '{ layer = "rail", by = "status" },\n  { layer = "rail", by', "groups"),
    ],
)  # fmt: skip
def test_what_a_map_declares_must_fit_together(repo, tmp_path, old, new, key):
    text = (repo / "maps" / "atlas.toml").read_text(encoding="utf-8")
    path = tmp_path / "atlas.toml"
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_maps(path, LANGUAGES)
    assert key in told(refused)


@pytest.mark.parametrize("text", ["{", '{"features": [{}]}', '{"features": [{"geometry": {}, "properties": {}}]}'])
def test_a_damaged_basemap_is_named(tmp_path, text):
    (tmp_path / "land.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_basemap_file(tmp_path / "land.geojson")
    assert "land.geojson" in told(refused)


# --- imported features ------------------------------------------------------------------------------------------------


@pytest.fixture
def kind(geodata):
    """A kind of lines."""
    from corridors.data.catalog import load_catalog  # noqa: PLC0415

    with (geodata / "catalog.toml").open("a", encoding="utf-8") as file:
        file.write(KIND)
    return load_catalog(geodata).kinds["power-lines"]


def test_imported_features_have_an_id_each_and_a_source(kind):
    frame = gpd.GeoDataFrame({"id": ["a", "a"], "source": ["x", "x"]}, geometry=[LineString([(60, 40), (61, 41)])] * 2)
    assert "F04" in {finding.rule for finding in imported_findings(kind, frame, {"x"}, "power-lines.geojson")}
    for column in ("id", "source"):
        [*_, found] = imported_findings(kind, frame.drop(columns=column), {"x"}, "power-lines.geojson")
        assert (found.rule, found.column) == ("F02", column)


def test_imported_shapes_are_there_and_valid(kind):
    bow = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    areas = replace(kind, geometry="area")
    said = [str(one) for one in shape_findings(areas, "abcd", [None, Polygon(), bow, Point(0, 0)], "file.geojson")]
    assert len(said) == 4
    assert len({one.partition("feature")[2][5:] for one in said}) == 3


# --- documents --------------------------------------------------------------------------------------------------------


def test_a_table_of_a_route_has_its_legs(context):
    text = """{{ table("route", "Xi'an", "Almaty") }}"""
    [made] = make_document(context, article_of(text, "my.md"), Path("my.md"), lang="nl").values()
    rows = [line for line in made.decode().splitlines() if line.startswith("|")]
    route = OpenAtlas(context.geodata).route("Xi'an", "Almaty")[0]
    assert len(rows) == len(route.legs) + 2
    assert "Almaty" in made.decode()


@pytest.mark.parametrize("text", ['{{ table("trade") }}\n\n' * (MOST_TABLES + 1), '{{ table("flights", "xxxx") }}'])
def test_too_many_tables_and_an_unknown_airport_are_refused(context, text):
    with pytest.raises(InputError) as refused:
        make_document(context, article_of(text, "my.md"), Path("my.md"), lang="en")
    assert told(refused).startswith("my.md")


# --- results ----------------------------------------------------------------------------------------------------------


def test_a_route_tells_what_it_was_made_from(atlas):
    [found] = atlas.route("Xi'an", "Almaty")
    names = ("measured_km", "geodesic_km", "km_by_mode", "km_by_basis", "missing_link", "days", "sources")
    assert [getattr(found, name) for name in names] == [getattr(found.route, name) for name in names]
    assert round(sum(found.km_by_mode.values())) == round(found.length_km)
    compared = atlas.compare("northern")
    [one] = json.loads(compared.text("json"))["corridors"]
    assert [one["id"]] == [corridor.id for corridor in compared.comparison.corridors]


# --- maps -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [{"no": "type"}, {"type": "Feature", "geometry": "POINT (1 1)", "properties": {}}])
def test_a_layer_of_folium_that_is_no_geojson_is_refused(data):
    page = CorridorMap()
    layer = folium.GeoJson({"type": "FeatureCollection", "features": []})
    layer.data = data
    page.add_child(layer)
    with pytest.raises(UsageError) as refused:
        page.get_root().render()
    assert told(refused)
