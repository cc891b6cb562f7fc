"""Identifiers of features in registers of others: their form, their place on cards and in layers, and the search."""

import pytest

from corridors.content.cards import write_card
from corridors.data.facts import read_facts
from corridors.data.identifiers import REGISTERS, page_of
from corridors.data.iso import ALPHA2
from corridors.data.tables import IDENTIFIERS
from corridors.network.gazetteer import Gazetteer


@pytest.mark.parametrize("scheme", REGISTERS)
def test_a_register_has_an_example_of_its_form(scheme):
    assert REGISTERS[scheme].form.fullmatch(REGISTERS[scheme].example)
    page = page_of(scheme, REGISTERS[scheme].example)
    assert page == "" or page.endswith(REGISTERS[scheme].example)


def test_every_register_of_the_table_is_known():
    assert set(IDENTIFIERS) <= set(REGISTERS)


def test_the_committed_identifiers_have_their_form_and_their_country(loaded):
    rows = loaded.facts.rows("identifiers")
    assert len(rows) > 200
    for row in rows:
        assert REGISTERS[row["scheme"]].form.fullmatch(row["value"]), row["id"]
    tashkent = {row["scheme"]: row["value"] for row in rows if row["feature"] == "cities/uz-tashkent"}
    assert tashkent == {"locode": "UZTAS", "osm": "relation/2216724", "wikidata": "Q269"}
    for row in rows:
        layer, _, name = row["feature"].partition("/")
        if row["scheme"] == "locode":
            country = loaded.features[layer][name]["country"]
            assert row["value"][:2] in {ALPHA2[code] for code in country.split(";")}


@pytest.mark.parametrize(
    ("feature", "scheme", "value", "words", "remedy"),
    [
        ("cities/uz-tashkent", "wikidata", "269", "'269' has not the form of Wikidata", "as in Q"),
        ("cities/uz-tashkent", "wikidata", "Q0269", "has not the form", "as in Q"),
        ("cities/uz-tashkent", "locode", "UZT0S", "'UZT0S' has not the form of UN/LOCODE", "UZTAS"),
        ("cities/uz-tashkent", "locode", "KZTAS", "'KZTAS' is of another country than cities/uz-tashkent", "again"),
        ("cities/uz-tashkent", "osm", "240109189", "has not the form of OpenStreetMap", "node/"),
        ("cities/uz-termez", "wikidata", "Q269", "'Q269' is of cities/uz-tashkent already", "leave it"),
    ],
)
def test_a_wrong_identifier_is_found_with_its_place_and_remedy(facts, feature, scheme, value, words, remedy):
    head, *rows = facts.rows("identifiers")
    facts.write("identifiers", [head, *rows, ["another", feature, scheme, value, "natural-earth", "high", ""]])
    [finding] = read_facts(facts.folder.parent)[1]
    assert (finding.rule, finding.file, finding.column) == ("F14", "identifiers.csv", "value")
    assert str(finding.where) == f"row {len(rows) + 2}"
    assert words in str(finding.message)
    assert remedy in str(finding.remedy)


def test_a_card_has_the_pages_of_a_feature_and_a_code_without_a_page_as_text(loaded):
    feature = loaded.features["cities"]["uz-tashkent"]
    found = {entry["label"]: entry for entry in write_card("cities", feature, loaded).facts if "text" in entry}
    assert found["fact.wikidata"]["href"] == "https://www.wikidata.org/wiki/Q269"
    assert found["fact.geonames"]["href"] == f"https://www.geonames.org/{feature['geonames_id']}"
    assert found["fact.locode"] == {"label": "fact.locode", "text": "UZTAS"}


def test_a_layer_has_the_identifiers_as_columns(loaded):
    tashkent = loaded.features["cities"]["uz-tashkent"]
    assert [tashkent[scheme] for scheme in IDENTIFIERS] == ["Q269", "relation/2216724", "UZTAS"]


def test_a_place_is_found_by_its_code(loaded):
    gazetteer = Gazetteer(loaded.layers, loaded.facts, loaded.network)
    assert {gazetteer.find(text).feature for text in ("UZTAS", "uztas", "Q269")} == {"cities/uz-tashkent"}
