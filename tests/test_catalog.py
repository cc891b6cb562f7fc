"""The catalogue: every layer and data set has its entry, and a broken catalogue is named with its remedy."""

import re
from pathlib import Path

import pytest

from corridors.data.catalog import load_catalog
from corridors.data.tables import TABLES

GEODATA = Path(__file__).resolve().parents[1] / "geodata"
CATALOG = load_catalog(GEODATA)


def test_every_layer_has_its_entry_and_every_entry_its_layer(loaded):
    assert set(CATALOG.layers) == set(loaded.layers)


@pytest.mark.parametrize("name", CATALOG.layers)
def test_a_layer_tells_of_its_tables_data_sets_licence_and_precision(name):
    entry = CATALOG.layers[name]
    assert entry.name == name
    assert entry.tables
    assert set(entry.tables) <= set(TABLES)
    assert set(entry.datasets) <= set(CATALOG.datasets)
    for text in (entry.title, entry.licence, entry.credit, entry.precision):
        assert text.strip()


@pytest.mark.parametrize("name", CATALOG.layers)
def test_a_layer_with_openstreetmap_positions_credits_its_contributors(name):
    entry = CATALOG.layers[name]
    if "openstreetmap" in entry.datasets:
        assert "© OpenStreetMap contributors" in entry.credit
    if "geonames" in entry.datasets:
        assert "GeoNames" in entry.credit


@pytest.mark.parametrize("name", CATALOG.datasets)
def test_a_data_set_tells_of_its_producer_licence_address_and_date(name):
    entry = CATALOG.datasets[name]
    for text in (entry.title, entry.producer, entry.licence, entry.precision):
        assert text.strip()
    assert re.fullmatch(r"(https://\S+)?", entry.url)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", entry.accessed)


def test_every_fact_table_of_positions_belongs_to_a_layer():
    used = {table for entry in CATALOG.layers.values() for table in entry.tables}
    assert set(TABLES) - used == {"sources", "claims", "aliases", "corridors", "corridor_figures"}


def test_the_frame_holds_every_feature(loaded):
    west, south, east, north = CATALOG.frame
    for name, frame in loaded.layers.items():
        if name != "countries":  # China's and Russia's outlines are cut to the basemap's own frame
            low_lon, low_lat, high_lon, high_lat = frame.total_bounds
            assert (west <= low_lon, south <= low_lat) == (True, True)
            assert (high_lon <= east, high_lat <= north) == (True, True)


BROKEN = {
    "broken TOML": ("[atlas]", "[atlas", ("line 3", "correct the file")),
    "a key that is missing": ('as_of = "2025-06-17"', "", ("as_of", "give [atlas]")),
    "a key misspelt": ("licence =", "license =", ("license", "the keys that the others have")),
    "a frame of three numbers": ("[20.0, 5.0, 150.0, 75.0]", "[20.0, 5.0, 150.0]", ("frame",)),
    "a frame of words": ("[20.0, 5.0, 150.0, 75.0]", '["west", "south", "east", "north"]', ("west", "frame")),
    "a data set that there is not": (
        '["airportsdata"]',
        '["airportdata"]',
        ("'airports'", "'airportdata'", "[datasets.airportdata]"),
    ),
    "a layer that is not told of": ("[layers.rail]", "[layers.railways]", ("rail",)),
    "a layer that is no table": ("[layers.countries]", "[layers]\nberries = 3\n[layers.countries]", ("[atlas]",)),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_catalogue_is_named_and_nothing_is_written(case, geodata, corridors, one_message, contents):
    there, instead, named = BROKEN[case]
    path = geodata / "catalog.toml"
    text = path.read_text(encoding="utf-8")
    assert there in text
    path.write_text(text.replace(there, instead, 1), encoding="utf-8")
    before = contents(geodata.parent)
    one_message(corridors("build", "--only", "layers"), 3, "catalog.toml", *named)
    assert contents(geodata.parent) == before


def test_a_catalogue_whose_layers_are_no_table_is_named(geodata, corridors, one_message):
    text = 'layers = 3\n[datasets]\n[atlas]\nas_of = "2025-06-17"\nframe = [20, 5, 150, 75]\n'
    (geodata / "catalog.toml").write_text(text, encoding="utf-8")
    one_message(corridors("build"), 3, "catalog.toml", "incomplete")


def test_a_catalogue_that_is_not_utf8_is_named(geodata, corridors, one_message):
    path = geodata / "catalog.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    one_message(corridors("build"), 3, "catalog.toml", "not readable as TOML")


def test_a_missing_catalogue_is_a_matter_of_files(geodata, corridors, one_message):
    (geodata / "catalog.toml").unlink()
    one_message(corridors("build", "--geodata", geodata), 4, "catalog.toml", "No such file", "--geodata")
