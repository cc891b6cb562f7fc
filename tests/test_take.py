"""What a reader takes along from a page: the shown features as CSV, GeoJSON and JSON, with the layers' own values."""

import csv
import io
import json

import pytest
import shapely

from corridors.data.geojson_check import check_geojson
from corridors.locales import LANGUAGES
from corridors.web.map_page import map_page
from tests.page_data import restored

OF_THE_PAGE = {"layer", "mode", "country_km", "lon", "lat", "status_2013"}
"""Columns that no layer has: the layer itself, the mode of its lines, and what follows from its lines, positions and dates."""

FORMULAS = ["=1+1", "+49", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]
TEXTS = ['a"b', "a,b", "a\nb", "a\r\nb", "a;b", "</script>", "–1", "{{7*7}}", "' OR 1=1"]


@pytest.fixture(scope="module", params=["overview", "trade"])
def page(request, context):
    """All features of a map, and its payload with its blocks."""
    payload, blocks, _ = map_page(context.maps[request.param], context, language="en").page_data()
    return restored(json.loads(json.dumps(payload)))["features"], payload, blocks


@pytest.fixture(scope="module")
def taken(page, ask_script):
    """All features of a map as CSV, GeoJSON and JSON."""
    features, payload, blocks = page
    forms = ("csvText", "geojsonText", "jsonText")
    return dict(zip(forms, ask_script([("take/rows", one, [features, {"year": 2013}]) for one in forms], payload, blocks)))


def read_csv(text):
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def of_layers(context, row):
    """The feature that a row is about, as its layer has it; None for what only a page shows."""
    return context.features.get(row["layer"], {}).get(row["id"])


def same(cell, value):
    """Whether a cell says what a layer says."""
    missing = cell is None or cell == ""
    if value is None or value != value:  # noqa: PLR0124 - a missing number
        return missing
    return not missing and (cell == value or (isinstance(value, float) and cell == pytest.approx(value, abs=1e-9)))


def test_each_column_has_the_values_of_its_layer(taken, context):
    compared = set()
    for feature in json.loads(taken["geojsonText"])["features"]:
        row = feature["properties"]
        layer = of_layers(context, row)
        if layer is None:
            continue
        assert feature["id"] == f"{row['layer']}/{row['id']}"
        for column in row.keys() - OF_THE_PAGE - ({"kind"} if row.get("mode") else set()):
            if column in layer:
                compared.add(column)
                assert same(row[column], layer[column]), (feature["id"], column)
            else:
                assert row[column] is None, (feature["id"], column)
    assert compared >= {"id", "kind", "status", "country", "source", "confidence", "geometry_basis", "name_local"}
    assert compared >= {f"name_{language}" for language in LANGUAGES}


def test_positions_are_those_of_the_layer_as_exact_as_the_file_says(taken, context):
    document = json.loads(taken["geojsonText"])
    kinds = set()
    for feature in document["features"]:
        layer = of_layers(context, feature["properties"])
        if layer is None:
            continue
        shape = shapely.geometry.shape(feature["geometry"])
        kind = {0: "point", 1: "line", 2: "area"}[shapely.get_dimensions(shape)]
        kinds.add(kind)
        step = document["step_degrees"][kind]
        if kind == "area":
            assert shapely.is_valid(shape) or shape.buffer(0).area == pytest.approx(shape.area, rel=1e-3)
            assert shape.area == pytest.approx(layer["geometry"].area, rel=0.02, abs=0.02), feature["id"]
        else:
            assert shape.hausdorff_distance(layer["geometry"]) <= step, feature["id"]
    assert kinds >= {"point"} or kinds == {"area"}


def test_geojson_is_valid(taken):
    assert [str(found) for found in check_geojson(taken["geojsonText"], "taken.geojson")] == []


def test_csv_says_the_same_as_geojson_and_json(taken):
    rows = [feature["properties"] for feature in json.loads(taken["geojsonText"])["features"]]
    told = json.loads(taken["jsonText"])
    assert told["features"] == rows
    assert {name for row in rows for name in str(row["source"] or "").split(";") if name} <= told["sources"].keys()
    for cells, row in zip(read_csv(taken["csvText"]), rows, strict=True):
        for column, value in row.items():
            if isinstance(value, dict):
                assert cells[column].removeprefix("'") == ";".join(f"{key}={json.dumps(part)}" for key, part in value.items())
            elif isinstance(value, str):
                assert cells[column].removeprefix("'") == value
            else:
                assert cells[column] == ("" if value is None else json.dumps(value))


@pytest.mark.parametrize("page", ["overview"], indirect=True)
def test_no_text_of_data_is_a_formula_or_another_cell(page, ask_script):
    features, payload, blocks = page
    hostile = [
        {**features[0], "name": {"en": text, "local": text}, "note": {"en": text}} for text in [*FORMULAS, *TEXTS]
    ]
    [text] = ask_script([("take/rows", "csvText", [hostile, {"year": None}])], payload, blocks)
    rows = read_csv(text)
    assert [row["name_en"] for row in rows] == [*("'" + text for text in FORMULAS), *TEXTS]
    assert {row["id"] for row in rows} == {features[0]["id"].partition("/")[2]}
    [text] = ask_script([("take/rows", "geojsonText", [hostile, {"year": None}])], payload, blocks)
    assert [one["properties"]["name_en"] for one in json.loads(text)["features"]] == [*FORMULAS, *TEXTS]
