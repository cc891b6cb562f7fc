"""What a reader takes along from a page: the shown features as CSV, GeoJSON and JSON, with the layers' own values."""

import csv
import dataclasses
import hashlib
import io
import json
import re
from html import escape

import pytest
import shapely

from corridors.content.citation import citation
from corridors.data.geojson_check import check_geojson
from corridors.data.package import AUTHOR
from corridors.documents.embed import Embed, embed_text
from corridors.documents.pandoc import run
from corridors.locales import LANGUAGES, date
from corridors.web.iframe import embed_code
from corridors.web.map_page import map_page
from tests.page_data import restored

OF_THE_PAGE = {"layer", "mode", "country_km", "lon", "lat", "status_2013"}
"""Columns that no layer has: the layer itself, the mode of a line, and what follows from lines, positions and dates."""

FORMULAS = ["=1+1", "+49", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]
TEXTS = ['a"b', "a,b", "a\nb", "a\r\nb", "a;b", "</script>", "–1", "{{7*7}}", "' OR 1=1"]


@pytest.fixture(scope="module", params=["overview", "trade"])
def page(request, context):
    """All features of a map, and its payload with its blocks."""
    payload, blocks, _ = map_page(context.maps[request.param], context, language="en").page_data()
    return restored(json.loads(json.dumps(payload)))["features"], payload, blocks


def ask(ask_script, page, calls):
    """What the functions of take/rows.ts answer: (function, features, year) each."""
    _, payload, blocks = page
    asked = [("take/rows", name, [features, {"year": year}]) for name, features, year in calls]
    return ask_script(asked, payload, blocks)


@pytest.fixture(scope="module")
def taken(page, ask_script):
    """All features of a map as CSV, GeoJSON and JSON."""
    features, *_ = page
    forms = ("csvText", "geojsonText", "jsonText")
    return dict(zip(forms, ask(ask_script, page, [(one, features, 2013) for one in forms]), strict=True))


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
                parts = ";".join(f"{key}={json.dumps(part)}" for key, part in value.items())
                assert cells[column].removeprefix("'") == parts
            elif isinstance(value, str):
                assert cells[column].removeprefix("'") == value
            else:
                assert cells[column] == ("" if value is None else json.dumps(value))


@pytest.mark.parametrize("page", ["overview"], indirect=True)
def test_no_text_of_data_is_a_formula_or_another_cell(page, ask_script):
    features, *_ = page
    hostile = [
        {**features[0], "name": {"en": text, "local": text}, "note": {"en": text}} for text in [*FORMULAS, *TEXTS]
    ]
    table, text = ask(ask_script, page, [("csvText", hostile, None), ("geojsonText", hostile, None)])
    rows = read_csv(table)
    assert [row["name_en"] for row in rows] == [*("'" + text for text in FORMULAS), *TEXTS]
    assert {row["id"] for row in rows} == {features[0]["id"].partition("/")[2]}
    assert [one["properties"]["name_en"] for one in json.loads(text)["features"]] == [*FORMULAS, *TEXTS]


# --- citations and the code to embed ----------------------------------------------------------------------------------

LINK = "https://example.org/atlas/rail.html#map=4.25/45.8/80&gauge_mm=1520&lang=en"
HOSTILE = "\"><script>x</script>' & \\input{x} $a$ #1 50% a_b^c~d {e} `f` |g| @misc{h,\n\nER  - \r\nTY  - BOOK\u2028i"


def parsed(form, text):
    """A citation as pandoc reads it: the one entry, in the terms of CSL."""
    return json.loads(run(["--from", form, "--to", "csljson"], text.replace("{link}", LINK)))


def letters(text):
    """The letters and digits of a text: TeX has other quotation marks."""
    return re.sub(r"[\W_]", "", text)


@pytest.mark.parametrize("hostile", [False, True])
def test_citations_say_the_same_in_each_form_and_language(context, hostile):
    entry = context.maps["rail"]
    if hostile:
        headline = dataclasses.replace(entry.headline, words=dict.fromkeys(LANGUAGES, HOSTILE))
        entry = dataclasses.replace(entry, headline=headline)
    made = citation(entry, context)
    for language in LANGUAGES:
        title = " ".join(entry.title[language].split())
        [bibtex], [ris] = parsed("biblatex", made["bibtex"][language]), parsed("ris", made["ris"][language])
        for entries in (bibtex, ris):
            assert entries["URL"] == LINK
            assert entries["issued"]["date-parts"][0][0] == int(context.as_of[:4])
            assert AUTHOR in json.dumps(entries["author"])
        assert f"sha256:{made['hash']}" in bibtex["note"]
        assert f"\r\nN1  - sha256:{made['hash']}\r\n" in made["ris"][language]
        assert ris["title"] == title
        assert letters(re.sub("</?span[^>]*>", "", bibtex["title"])) == letters(title)
        sentence = made["text"][language]
        assert sentence.endswith(" {link}") or language == "zh"
        for part in (title, AUTHOR, made["version"], made["hash"][:12], date(context.as_of, language)):
            assert part in sentence


def test_the_hash_is_that_of_the_files_of_all_layers(context):
    files = sorted((f"{name}.geojson", text) for name, text in context.layer_texts.items())
    assert context.content_hash == hashlib.sha256("".join(text for _, text in files).encode()).hexdigest()


def test_the_code_to_embed_is_that_of_the_command(context):
    state = "map=4.25/45.8/80&gauge_mm=1520"
    for language in LANGUAGES:
        embed = Embed(context, "rail", base_url="https://example.org/atlas", lang=language, state=state)
        title = " ".join(context.maps["rail"].title[language].split())
        filled = embed_code(title, language).replace("{link}", escape(f"{embed.address}#{state}&lang={language}"))
        assert filled.replace("{page}", embed.address) == embed_text(embed, "iframe")
