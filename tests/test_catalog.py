"""The catalogue: every layer and data set has its entry."""

import ast
import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from corridors.content.style import label_rank
from corridors.data.catalog import Catalog, Dataset, LayerEntry, load_catalog
from corridors.data.maps import MapEntry
from corridors.data.tables import TABLES, WRITTEN
from corridors.data.toml_file import DeclarationError
from corridors.geo.frame import FRAME

GEODATA = Path(__file__).resolve().parents[1] / "geodata"
CATALOG = load_catalog(GEODATA)


def test_every_layer_has_its_entry_and_every_entry_its_layer(loaded):
    assert set(CATALOG.layers) == set(loaded.layers)


@pytest.mark.parametrize("name", CATALOG.layers)
def test_a_layer_tells_of_its_tables_data_sets_licence_and_precision(name):
    entry = CATALOG.layers[name]
    assert entry.name == name
    assert entry.tables or name in CATALOG.kinds
    assert set(entry.tables) <= set(TABLES)
    assert set(entry.datasets) <= set(CATALOG.datasets)
    assert len({*entry.precision.values()}) == len(WRITTEN)
    for text in (entry.title, entry.licence, entry.credit, *entry.precision.values()):
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
    about = {"sources", "caveats", "aliases", "remarks", "unverified", "organisations", "identifiers"}
    assert set(TABLES) - used == about | {"claims", "corridors", "corridor_figures"}


def test_the_frame_holds_every_feature(loaded):
    west, south, east, north = FRAME
    for name, frame in loaded.layers.items():
        if name != "countries":  # China's and Russia's outlines are cut to the basemap's own frame
            low_lon, low_lat, high_lon, high_lat = frame.total_bounds
            assert (west <= low_lon, south <= low_lat) == (True, True)
            assert (high_lon <= east, high_lat <= north) == (True, True)


def test_what_the_catalogue_and_the_maps_declare_is_used(repo):
    programs = [path for part in ("src", "tools") for path in (repo / part).rglob("*.py") if path.name != "catalog.py"]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in programs]
    read = {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    declared = [(one, field.name) for one in (Catalog, LayerEntry, Dataset, MapEntry) for field in fields(one)]
    read |= {"accessed"}  # for readers of the file
    assert [f"{one.__name__}.{name}" for one, name in declared if name not in read] == []


def test_what_is_named_first_is_there(loaded):
    first = {name: entry.first for name, entry in loaded.catalog.layers.items() if entry.first}
    assert set(first) == {"cities", "ports", "airports"}
    for layer, ids in first.items():
        assert set(ids) <= set(loaded.layers[layer]["id"]), layer
        assert len(set(ids)) == len(ids), layer


def test_corridors_that_have_a_look_are_declared(loaded):
    assert set(loaded.catalog.ribbons) <= set(loaded.facts.by_id("corridors"))


def test_names_come_first_as_the_catalogue_says():
    city = {"id": "x", "kind": "city", "population": 50_000}
    assert label_rank("cities", city) == 6
    assert label_rank("cities", city, ["x"]) == 0
    assert label_rank("cities", {**city, "kind": "capital"}) == 1
    port = {"id": "x", "confidence": "low"}
    assert (label_rank("ports", port), label_rank("ports", port, ["x"])) == (6, 1)
    assert (label_rank("airports", port), label_rank("airports", port, ["x"])) == (1, 0)


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("color", "blue", ("D05", "ribbons.northern.color", '"blue" is not a colour')),
        ("lane", 2.5, ("ribbons.northern.lane",)),
        ("lane", 40, ("ribbons.northern.lane", "40")),
        ("width", 3, ("D02", "width")),
    ],
)
def test_a_look_that_cannot_be_drawn_is_refused(geodata, key, value, named):
    path = geodata / "catalog.toml"
    look = {"color": "#5A45B0", "lane": 2, key: value}
    line = ", ".join(f"{name} = {json.dumps(one)}" for name, one in look.items())
    old = path.read_text(encoding="utf-8")
    new = re.sub(r"northern = \{.*\}", f"northern = {{ {line} }}", old)
    assert new != old
    path.write_text(new, encoding="utf-8")
    with pytest.raises(DeclarationError) as refused:
        load_catalog(geodata)
    told = " ".join([*(one.rule for one in refused.value.findings), str(refused.value)])
    assert all(part in told for part in named), told
