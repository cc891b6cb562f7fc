"""The data package of geodata: every file is described, and every cell of every table matches its schema."""

import csv
import json
import re
import tomllib

import pytest

from corridors.app import build
from corridors.data.catalog import load_catalog
from corridors.data.package import package_text
from corridors.data.tables import TABLES

NAME = re.compile(r"[a-z0-9][a-z0-9._/-]*")
LICENCE_ADDRESSES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}


@pytest.fixture(scope="module")
def package(repo):
    return json.loads(package_text(load_catalog(repo / "geodata")))


@pytest.fixture(scope="module")
def cells(repo):
    """Rows of the fact tables as a plain CSV reader has them."""
    found = {}
    for path in sorted((repo / "geodata" / "facts").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[f"facts/{path.name}"] = list(csv.DictReader(file))
    return found


def tables(package):
    return {one["path"]: one for one in package["resources"] if one["format"] == "csv"}


def faults(value, field):
    """The faults of a cell by Table Schema 1."""
    rules = field.get("constraints", {})
    if value == "":  # the one missing value
        return {"required"} if rules.get("required") else set()
    found = set()
    if field["type"] in {"number", "integer"}:
        try:
            number = int(value) if field["type"] == "integer" else float(value)
        except ValueError:
            return {"type"}
        if not rules.get("minimum", number) <= number <= rules.get("maximum", number):
            found.add("range")
    if "enum" in rules and value not in rules["enum"]:
        found.add("enum")
    if "pattern" in rules and not re.fullmatch(rules["pattern"], value):
        found.add("pattern")
    return found


# --- the descriptor ---------------------------------------------------------------------------------------------------


def test_every_fact_table_and_every_layer_is_a_resource_and_nothing_else_is(package, repo):
    wanted = {f"facts/{name}.csv" for name in TABLES} | {
        f"layers/{path.name}" for path in (repo / "geodata" / "layers").glob("*.geojson")
    }
    assert {one["path"] for one in package["resources"]} == wanted


def test_names_are_names_of_the_specification_and_each_stands_once(package):
    names = [one["name"] for one in package["resources"]]
    assert len(names) == len(set(names))
    for name in (package["name"], *names):
        assert NAME.fullmatch(name), name


def test_each_file_has_the_licence_that_the_catalogue_gives_it(package, repo):
    catalog = load_catalog(repo / "geodata")
    by_path = {one["path"]: one for one in package["resources"]}
    for layer in catalog.layers.values():
        [licence] = by_path[f"layers/{layer.name}.geojson"]["licenses"]
        assert licence["title"] == layer.licence
    for licence in package["licenses"]:
        assert licence["path"] == LICENCE_ADDRESSES[licence["name"]]
    for table in ("stations", "rail_lines", "rail_stops", "lengths"):  # share-alike holds for all tables of rail
        assert by_path[f"facts/{table}.csv"]["licenses"][0]["name"] == "ODbL-1.0", table
    assert by_path["facts/trade.csv"]["licenses"][0]["name"] == "CC-BY-4.0"


def test_media_types_are_those_of_csv_and_geojson(package):
    kinds = {(one["format"], one["mediatype"], one["encoding"]) for one in package["resources"]}
    assert kinds == {("csv", "text/csv", "utf-8"), ("geojson", "application/geo+json", "utf-8")}


def test_it_says_its_version_and_of_which_day_the_data_are(package, repo):
    project = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert package["version"] == project["version"]
    assert load_catalog(repo / "geodata").as_of in package["description"]
    assert "created" not in package


# --- the schemas against the files ------------------------------------------------------------------------------------


def test_the_fields_of_a_schema_are_the_columns_of_the_file(package, repo):
    for path, resource in tables(package).items():
        head = (repo / "geodata" / path).read_text(encoding="utf-8").partition("\n")[0]
        assert [field["name"] for field in resource["schema"]["fields"]] == head.split(","), path


def test_every_cell_of_every_table_keeps_its_schema(package, cells):
    found = {
        (path, row["id"], field["name"], fault)
        for path, resource in tables(package).items()
        for row in cells[path]
        for field in resource["schema"]["fields"]
        for fault in faults(row[field["name"]], field)
    }
    assert found == set()


def test_primary_keys_are_there_once_and_foreign_keys_lead_somewhere(package, cells):
    by_name = {resource["name"]: path for path, resource in tables(package).items()}
    leading = 0
    for path, resource in tables(package).items():
        schema = resource["schema"]
        keys = [row[schema["primaryKey"]] for row in cells[path]]
        assert len(keys) == len(set(keys)), path
        for key in schema["foreignKeys"]:
            there = path if key["reference"]["resource"] == "" else by_name[key["reference"]["resource"]]
            known = {row[key["reference"]["fields"]] for row in cells[there]}
            used = {row[key["fields"]] for row in cells[path]} - {""}
            assert used <= known, (path, key)
            leading += len(used)
    assert leading > 100


@pytest.mark.parametrize(
    ("path", "column", "value", "fault"),
    [
        ("facts/cities.csv", "lat", "95", "range"),
        ("facts/cities.csv", "lon", "76,9", "type"),
        ("facts/cities.csv", "geonames_id", "12.5", "type"),
        ("facts/cities.csv", "country", "KZ", "pattern"),
        ("facts/cities.csv", "role", "capital;king", "pattern"),
        ("facts/cities.csv", "source", "", "required"),
        ("facts/rail_lines.csv", "gauge_mm", "1000", "enum"),
        ("facts/rail_lines.csv", "opened", "02-2009", "pattern"),
        ("facts/flights.csv", "origin", "zlxy", "pattern"),
    ],
)
def test_a_wrong_cell_is_against_the_schema(package, path, column, value, fault):
    field = next(one for one in tables(package)[path]["schema"]["fields"] if one["name"] == column)
    assert faults(value, field) == {fault}


# --- the build --------------------------------------------------------------------------------------------------------


def test_a_build_writes_it_beside_the_facts(built):
    text = (built / "geodata" / "datapackage.json").read_text(encoding="utf-8")
    assert text == package_text(load_catalog(built / "geodata"))
    for resource in json.loads(text)["resources"]:
        assert (built / "geodata" / resource["path"]).is_file(), resource["path"]


def test_layers_without_facts_beside_them_get_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    paths = [path for path, _ in build.render(build.find_folders(), build.BuildOptions(only="layers"))]
    assert paths
    assert not [path for path in paths if path.name == "datapackage.json"]


# --- the citation -----------------------------------------------------------------------------------------------------


def test_the_citation_names_the_version_and_the_licence_of_the_project(repo, package):
    project = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (repo / "CITATION.cff").read_text(encoding="utf-8")
    assert text.startswith("cff-version: 1.2.0\n")
    assert re.findall(r"^ *version: (.+)$", text, re.MULTILINE) == [project["version"]] * 2
    assert re.search(rf"^license: {project['license']}$", text, re.MULTILINE)
    assert f'title: "{package["title"]}"' in text
    assert re.findall(r"^ +- (CC.*|ODbL.*)$", text, re.MULTILINE) == [one["name"] for one in package["licenses"]]
