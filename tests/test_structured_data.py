"""Pages tell search engines what they show: JSON-LD with the terms of schema.org, and nothing that ends its element."""

import dataclasses
import json
import re

import pytest

from corridors.data.package import LICENCES
from corridors.locales import LANGUAGES
from corridors.web.index import index_html
from corridors.web.map import CorridorMap
from corridors.web.map_page import map_page
from corridors.web.structured_data import atlas_data, map_data

ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)

ALWAYS = {"@type", "@id", "name", "description", "url"}
DATASET = ALWAYS | {
    "creator", "license", "version", "identifier", "inLanguage", "isAccessibleForFree", "temporalCoverage",
    "spatialCoverage", "distribution", "keywords",
}  # fmt: skip
"""What a search for data sets requires or recommends, and what the atlas knows of it."""

PERIOD = re.compile(r"\d{4}(-\d\d){0,2}/\d{4}-\d\d-\d\d")


def graph(text):
    """The things that JSON-LD describes, by their type."""
    told = json.loads(text)
    assert told["@context"] == "https://schema.org"
    return {kind: [one for one in told["@graph"] if one["@type"] == kind] for kind in ("Map", "Dataset")}


def check_dataset(data):
    assert data.keys() >= DATASET
    assert 50 <= len(data["description"]) <= 5000
    assert set(data["license"]) <= {address for _, address in LICENCES.values()}
    assert PERIOD.fullmatch(data["temporalCoverage"])
    assert data["inLanguage"] == list(LANGUAGES)
    assert re.fullmatch("sha256:[0-9a-f]{64}", data["identifier"])
    south, west, north, east = map(float, data["spatialCoverage"]["geo"]["box"].split())
    assert -90 <= south < north <= 90
    assert -180 <= west < east <= 180
    for one in data["distribution"]:
        assert one["@type"] == "DataDownload"
        assert one["contentUrl"]
        assert one["encodingFormat"] in {"text/html", "application/geo+json"}


@pytest.fixture(scope="module")
def contents(context):
    return [map_page(context.maps[name], context, language="nl").content for name in ("rail", "corridors", "scenarios")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_describes_its_map_and_its_data(contents, context, language):
    for content in contents:
        about, told = content["map"], graph(map_data(content, language))
        [shown], [data] = told["Map"], told["Dataset"]
        check_dataset(data)
        assert shown.keys() >= ALWAYS
        assert shown["about"]["@id"] == data["@id"]
        assert data["name"] == shown["name"] == about["title"][language]
        assert about["cited"]["text"][language].startswith(data["citation"][:40])
        layers = {group["layer"] for group in about["groups"]} & set(context.layers)
        files = {one["contentUrl"] for one in data["distribution"]}
        assert files == {f"{about['id']}.html", *(f"../geodata/layers/{name}.geojson" for name in layers)}


def test_the_index_describes_the_atlas_and_each_map(contents):
    told = graph(atlas_data(contents, "en"))
    [data] = told["Dataset"]
    check_dataset(data)
    assert {one["@id"] for one in data["hasPart"]} == {one["@id"] for one in told["Map"]}
    for content, one in zip(contents, told["Map"], strict=True):
        assert one["@id"] in map_data(content, "en")
    [text] = ELEMENT.findall(index_html(contents, language="en"))
    assert graph(text) == told


def test_no_text_ends_the_element(context):
    hostile = "</script><script>x</script> <!-- <script \u2028 ]]> & \"'"
    entry = context.maps["rail"]
    headline = dataclasses.replace(entry.headline, words=dict.fromkeys(LANGUAGES, hostile))
    entry = dataclasses.replace(entry, headline=headline)
    page = map_page(entry, context, language="en")
    text = map_data(page.content, "en")
    assert not re.search("[<\u2028\u2029]", text)
    assert graph(text)["Map"][0]["name"] == hostile


def test_a_page_without_a_citation_describes_nothing():
    page = CorridorMap(title="Bare").get_root().render()
    assert not ELEMENT.search(page)
    assert map_data({"map": {}}, "en") == ""
    assert atlas_data([{"map": {}}], "en") == ""
