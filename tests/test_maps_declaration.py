"""maps/atlas.toml: which maps there are, and what becomes of a declaration that cannot be drawn."""

import json
import re
from pathlib import Path

import pytest

from corridors.data.maps import choose_maps, load_maps
from corridors.errors import UsageError
from corridors.locales import LANGUAGES

ATLAS = Path(__file__).resolve().parents[1] / "maps" / "atlas.toml"
MAPS = load_maps(ATLAS, LANGUAGES)


def test_the_atlas_has_its_maps():
    assert list(MAPS) == ["overview", "rail", "flights", "gateways", "trade", "tourism", "scenarios", "corridors"]


@pytest.mark.parametrize("name", MAPS)
def test_a_map_says_something_in_every_language(name):
    entry = MAPS[name]
    assert set(entry.title) == set(entry.statement) == set(LANGUAGES)
    assert len(set(entry.title.values())) == len(LANGUAGES)
    for language in LANGUAGES:
        assert set(re.findall(r"\{(\w+)\}", entry.statement[language])) == set(entry.numbers)


@pytest.mark.parametrize("name", MAPS)
def test_a_map_opens_on_a_box_inside_the_atlas(name, loaded):
    west, south, east, north = MAPS[name].bounds
    frame = loaded.catalog.frame
    assert frame[0] <= west < east <= frame[2]
    assert frame[1] <= south < north <= frame[3]


@pytest.mark.parametrize("name", MAPS)
def test_a_map_shows_each_layer_once_and_layers_that_there_are(name, loaded):
    layers = [group.layer for group in MAPS[name].groups]
    assert len(layers) == len(set(layers))
    assert set(layers) <= {*loaded.layers, "corridors"}


@pytest.mark.parametrize("name", MAPS)
def test_the_numbers_of_a_statement_are_measures(name, built):
    text = (built / "maps" / "measures.json").read_text(encoding="utf-8")
    published = [(measure["name"], measure["by"]) for measure in json.loads(text)["measures"]]
    for number in MAPS[name].numbers.values():
        assert (number["name"], number["by"]) in published


def test_maps_are_made_in_the_order_asked_for_and_once():
    assert [entry.name for entry in choose_maps(MAPS, ["trade", "rail", "trade"])] == ["trade", "rail"]
    assert choose_maps(MAPS, []) == list(MAPS.values())


def test_an_unknown_map_is_answered_with_those_that_there_are():
    with pytest.raises(UsageError, match=r"'rial'.*Did you mean rail\?.*overview, rail, flights"):
        choose_maps(MAPS, ["rial"])


FLIGHTS = '{ layer = "flights", by = "origin", open = true }'
NUMBER = 'name = "features", digits = 0, by = { layer = "ports" }'
BROKEN = {
    "broken TOML": ("[maps.flights]", "[maps.flights", ("line ", "correct the file")),
    "no map at all": ("[maps.", "[cards.", ("no map is declared", "[maps.overview]")),
    "an unknown layer": (
        'layer = "flights", by = "origin", open',
        'layer = "flight", by = "origin", open',
        ("maps.flights", "'flight'", "flights"),
    ),
    "an unknown property": (
        'by = "origin", open',
        'by = "airline", open',
        ("maps.flights", "'airline'", "flights by "),
    ),
    "an unknown class": (
        'off = ["cities.city"]',
        'off = ["cities.town"]',
        ("maps.flights", "cities.town", "cities.city"),
    ),
    "an unknown measure": (NUMBER, NUMBER.replace('"features"', '"berths"'), ("maps.gateways", "berths")),
    "a measure of nothing": (
        NUMBER,
        NUMBER.replace('"ports"', '"harbours"'),
        ("maps.gateways", "features", "harbours"),
    ),
    "a measure without its digits": (NUMBER, NUMBER.replace("digits = 0, ", ""), ("maps.gateways", "digits")),
    "a number that is not declared": ("{ports} ports", "{harbours} ports", ("maps.gateways", "harbours")),
    "an unknown filter": ('filters = ["status", "electrified"]', 'filters = ["age"]', ("maps.rail", "age", "status")),
    "an unknown key of a group": (
        FLIGHTS,
        FLIGHTS.replace("open", "unfolded"),
        ("maps.flights", "unfolded", "layer, by, open, off"),
    ),
    "a group that is a word": (FLIGHTS, '"flights"', ("maps.flights", "layer, by, open, off")),
    "a title in three languages": (
        'nl = "Xi’an vliegt',
        'fy = "Xi’an vliegt',
        ("maps.flights", "nl", "title and statement"),
    ),
    "three bounds": ("[55.0, 27.0, 118.0, 54.0]", "[55.0, 27.0, 118.0]", ("maps.flights", "bounds of four numbers")),
    "bounds in words": (
        "[55.0, 27.0, 118.0, 54.0]",
        '["a", "b", "c", "d"]',
        ("maps.flights", "bounds of four numbers"),
    ),
    "a name that leads elsewhere": ("[maps.flights", '[maps."../../flights"', ("../../flights", "the name of a map")),
    "the name of the index": ("[maps.flights", "[maps.index", ("maps.index", "the name of a map")),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_declaration_is_named_and_nothing_is_written(case, geodata, corridors, one_message, contents):
    there, instead, named = BROKEN[case]
    path = geodata.parent / "maps" / "atlas.toml"
    text = path.read_text(encoding="utf-8")
    assert there in text
    count = -1 if there.endswith(("[maps.", "[maps.flights")) else 1
    path.write_text(text.replace(there, instead, count), encoding="utf-8")
    before = contents(geodata.parent)
    one_message(corridors("build"), 3, "atlas.toml", *named)
    assert contents(geodata.parent) == before


def test_maps_that_are_no_table_are_named(geodata, corridors, one_message):
    (geodata.parent / "maps" / "atlas.toml").write_text("maps = 3\n", encoding="utf-8")
    one_message(corridors("build"), 3, "atlas.toml", "no map is declared")
