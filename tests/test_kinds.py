"""Declared kinds of layers: from the catalogue and a file of features to page, legend, card and statistics."""

import json

import pytest

from corridors.content.content import map_content
from corridors.content.load import in_year, load, load_with_maps
from corridors.data.catalog import load_catalog
from corridors.data.toml_file import DeclarationError
from corridors.errors import InputError
from tests.page_data import page_data

KIND = """
[kinds.power-lines]
title = { en = "Power lines", nl = "Hoogspanningslijnen", zh = "输电线路", ru = "Линии электропередачи" }
geometry = "line"
licence = "ODbL 1.0"
credit = "© OpenStreetMap contributors"
precision = "As mapped"
datasets = ["openstreetmap"]
style = { color = "#8A2BE2", width = 1.8, dash = "6 3" }
stats = ["voltage_kv", "use"]

[kinds.power-lines.columns.voltage_kv]
title = { en = "Voltage", nl = "Spanning" }
type = "integer"
unit = "kV"

[kinds.power-lines.columns.use]
title = "Use"
words = { transit = "Transit", local = { en = "Local", nl = "Lokaal" } }

[kinds.power-lines.columns.loss_percent]
title = "Loss"
type = "number"
unit = "percent"

[[kinds.power-lines.classes.voltage_kv]]
name = "high"
title = { en = "400 kV and more", nl = "400 kV en meer" }
at_least = 400
style = { width = 3, color = "#CC3311" }

[[kinds.power-lines.classes.voltage_kv]]
name = "low"
title = "Other voltages"
"""

POINTS = """
[kinds.wells]
title = "Wells"
geometry = "point"
licence = "CC BY 4.0"
credit = "Somebody"
precision = "Within 10 m"
"""

AREAS = POINTS.replace("wells", "reserves").replace("Wells", "Reserves").replace('"point"', '"area"')


def feature(name, coordinates, kind="LineString", **columns):
    own = {
        "id": name, "name_en": name.title(), "status": "operational", "country": "KAZ", "source": "airportsdata",
        "confidence": "medium", "geometry_basis": "digitised", **columns,
    }  # fmt: skip
    own = {key: value for key, value in own.items() if value is not None}
    return {"type": "Feature", "properties": own, "geometry": {"type": kind, "coordinates": coordinates}}


NORTH = feature("north", [[75.3, 51.7], [71.4, 51.1]], voltage_kv=500, use="transit", opened="2020", loss_percent=1.5)
SOUTH = feature("south", [[76.9, 43.2], [74.6, 42.9]], voltage_kv=220, use="local", country="KAZ;KGZ")
SEA = feature("sea", [[50.5, 42.0], [51.0, 42.5]], country=None)


def write(geodata, name, *features, declared=""):
    """Declare a kind, write its features, and show it on the map of railways."""
    with (geodata / "catalog.toml").open("a", encoding="utf-8") as file:
        file.write(declared)
    (geodata / "imported").mkdir(exist_ok=True)
    collection = {"type": "FeatureCollection", "features": list(features)}
    (geodata / "imported" / f"{name}.geojson").write_text(json.dumps(collection), encoding="utf-8")


def show(geodata, name, by="kind"):
    """Add a group to the map of railways."""
    path = geodata.parent / "maps" / "atlas.toml"
    head, start, rest = path.read_text(encoding="utf-8").partition("[maps.rail]")
    group = f'groups = [\n  {{ layer = "{name}", by = "{by}", open = true }},'
    path.write_text(head + start + rest.replace("groups = [", group, 1), encoding="utf-8")


@pytest.fixture
def lines(geodata):
    write(geodata, "power-lines", NORTH, SOUTH, SEA, declared=KIND)
    return geodata


# --- the layer --------------------------------------------------------------------------------------------------------


def test_features_become_a_layer_with_their_lengths(lines):
    layer = load(lines).layers["power-lines"]
    assert list(layer["id"]) == ["north", "sea", "south"]
    assert list(layer["kind"].unique()) == ["power-lines"]
    assert list(layer["measured_km"]) == pytest.approx([279.5, 69.2, 190.3], abs=0.1)
    assert layer["voltage_kv"].tolist()[0] == 500
    assert layer["voltage_kv"].isna().tolist() == [False, True, False]
    assert layer["country"].tolist() == ["KAZ", None, "KAZ;KGZ"]


def test_a_kind_without_features_is_an_empty_layer(geodata):
    with (geodata / "catalog.toml").open("a", encoding="utf-8") as file:
        file.write(KIND)
    context = load(geodata)
    assert len(context.layers["power-lines"]) == 0
    assert context.measures.get("features", layer="power-lines").value == 0


def test_another_year_has_the_features_of_that_year(lines):
    context = load(lines)
    assert list(in_year(context, 2015).layers["power-lines"]["id"]) == ["sea", "south"]


def test_layers_of_the_atlas_stay_as_they_are(lines, loaded):
    context = load(lines)
    for name, frame in loaded.layers.items():
        assert frame.equals(context.layers[name])
    ours = {measure for measure in map(str, context.measures) if "power-lines" not in measure}
    assert ours == {*map(str, loaded.measures)}


# --- statistics -------------------------------------------------------------------------------------------------------


def values(context, name, **by):
    return {
        measure.by[key]: measure.value
        for measure in context.measures
        for key in by
        if measure.name == name and dict(measure.by).keys() == {"layer", key} and measure.by["layer"] == by[key]
    }


def test_statistics_have_the_declared_groups_and_countries(lines):
    context = load(lines)
    assert context.measures.get("measured_km", layer="power-lines").value == pytest.approx(539.0, abs=0.2)
    assert values(context, "measured_km", voltage_kv="power-lines") == {"500": 279.5, "220": 190.3, "unknown": 69.2}
    assert values(context, "features", use="power-lines") == {"transit": 1, "local": 1, "unknown": 1}
    by_country = values(context, "measured_km", country="power-lines")
    assert by_country.keys() == {"KAZ", "KGZ", "unknown"}
    assert sum(by_country.values()) == pytest.approx(539.0, abs=0.2)


@pytest.mark.usefixtures("lines")
def test_the_commands_know_the_layer(corridors):
    rows = json.loads(corridors("layers", "--format", "json").out)["layers"]
    assert [(row["layer"], row["features"], row["km"]) for row in rows][-1] == ("power-lines", 3, 539)
    ran = corridors("stats", "--layer", "power-lines", "--where", "voltage_kv >= 400", "--format", "csv")
    assert "measured_km,power-lines,279.5,km" in ran.out
    assert corridors("validate").err.startswith("0 findings\n")
    assert corridors("stats", "-o", "all.xlsx").code == 0


# --- the page ---------------------------------------------------------------------------------------------------------


def test_page_legend_and_card_need_no_code(lines, corridors):
    show(lines, "power-lines", "voltage_kv")
    assert corridors("build", "rail").code == 0
    page = page_data((lines.parent / "maps" / "rail.html").read_text(encoding="utf-8"))
    group = page["map"]["groups"][0]
    assert group["title"]["nl"] == "Hoogspanningslijnen"
    assert group["classes"] == ["power-lines.high", "power-lines.low"]
    assert group["licence"] == "ODbL 1.0"
    stats = {(stat["label"], *stat.get("by", ())): stat["value"] for stat in group["stats"]}
    assert stats["stat.features",] == 3
    assert stats["stat.measured_km", "voltage_kv", "500"] == 279.5
    assert page["messages"]["nl"]["voltage_kv.500"] == "500 kV"
    assert page["messages"]["nl"]["use.local"] == "Lokaal"
    high, low = (page["classes"][name] for name in group["classes"])
    assert high["title"] == {"en": "400 kV and more", "nl": "400 kV en meer"} | dict.fromkeys(
        ("zh", "ru"), "400 kV and more"
    )
    assert (high["style"]["color"], high["style"]["width"], high["style"]["dash"]) == ("#CC3311", 3, "6 3")
    assert (low["style"]["color"], low["style"]["width"], low["geometry"]) == ("#8A2BE2", 1.8, "line")
    drawn = {one["id"]: one for one in page["features"] if one["id"].startswith("power-lines/")}
    assert {name: one["class"] for name, one in drawn.items()} == {
        "power-lines/north": "power-lines.high", "power-lines/sea": "power-lines.low",
        "power-lines/south": "power-lines.low",
    }  # fmt: skip
    north = drawn["power-lines/north"]
    facts = {fact["label"]: fact for fact in north["facts"]}
    assert page["messages"]["nl"]["fact.power-lines.voltage_kv"] == "Spanning"
    assert (facts["fact.power-lines.voltage_kv"]["value"], facts["fact.power-lines.voltage_kv"]["unit"]) == (500, "kV")
    assert facts["fact.power-lines.use"]["name"]["en"] == "Transit"
    assert facts["fact.power-lines.loss_percent"]["digits"] == 2
    assert facts["fact.opened"]["date"] == "2020"
    assert north["headline"][0]["value"] == 279.5
    assert north["sources"] == ["airportsdata"]
    assert {country: round(km, 1) for country, km in north["km"].items()} == {"KAZ": 279.5}
    assert drawn["power-lines/sea"]["country"] == []


def test_a_card_shows_the_declared_columns_only(geodata):
    write(geodata, "power-lines", NORTH, declared=KIND.replace("stats =", 'card = ["use"]\nstats ='))
    show(geodata, "power-lines")
    context = load_with_maps(geodata, geodata.parent / "maps" / "atlas.toml")
    content = map_content(context.maps["rail"], context)
    (north,) = (one for one in content["features"] if one["id"] == "power-lines/north")
    assert [fact["label"] for fact in north["facts"]] == ["fact.power-lines.use", "fact.countries", "fact.opened"]
    assert north["class"] == "power-lines.all"


@pytest.mark.parametrize(
    ("declared", "name", "one", "style"),
    [
        (POINTS, "wells", feature("a", [70, 45], "Point", geometry_basis="point"), {"symbol": "station"}),
        (AREAS, "reserves", feature("a", [[[70, 45], [71, 45], [71, 46], [70, 45]]], "Polygon"), {"hatch": False}),
    ],
)
def test_points_and_areas_are_drawn_too(geodata, corridors, declared, name, one, style):
    write(geodata, name, one, declared=declared)
    show(geodata, name)
    assert corridors("build", "rail").code == 0
    page = page_data((geodata.parent / "maps" / "rail.html").read_text(encoding="utf-8"))
    assert style.items() <= page["classes"][f"{name}.all"]["style"].items()
    assert corridors("figure", "rail", "-o", "rail.svg").code == 0
    stats = json.loads(corridors("stats", "--layer", name, "--format", "json").out)["measures"]
    assert ("area_km2" in {measure["name"] for measure in stats}) == (name == "reserves")


# --- faults -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('geometry = "line"', 'geometry = "lines"', ("geometry", '"lines"')),
        ("[kinds.power-lines]", "[kinds.rail]", ("rail", "layer of the atlas already")),
        ('datasets = ["openstreetmap"]', 'datasets = ["osm"]', ("datasets", '"osm"')),
        ('stats = ["voltage_kv"', 'stats = ["volts"', ("stats", '"volts"', "voltage_kv")),
        ('dash = "6 3"', 'dash = "6, 3"', ("dash", "6, 3")),
        ('color = "#8A2BE2"', 'color = "violet"', ("color", "violet")),
        ("width = 1.8", "width = 99", ("width", "99")),
        ("columns.voltage_kv]", "columns.name_en]", ("name_en", "column of its own")),
        ("columns.voltage_kv]", "columns.measured_km]", ("measured_km",)),
        ('type = "integer"', 'type = "whole"', ("type", '"whole"')),
        ('title = { en = "Power lines", nl', 'title = { fr = "x", nl', ("title", "fr")),
        ('title = { en = "Power lines", nl', "title = { nl", ("title", "en", "missing")),
        ("at_least = 400", 'at_least = "many"', ("at_least",)),
        ("classes.voltage_kv]]", "classes.volts]]", ("classes", "volts")),
        ('licence = "ODbL 1.0"', 'license = "ODbL 1.0"', ("license", "licence")),
    ],
)
def test_a_kind_that_is_not_declared_well_is_a_fault_at_its_line(geodata, old, new, named):
    assert old in KIND
    text = (geodata / "catalog.toml").read_text(encoding="utf-8") + KIND.replace(old, new)
    (geodata / "catalog.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"catalog\.toml: line \d+: kinds") as error:
        load_catalog(geodata)
    for word in named:
        assert word in "\n".join(map(str, error.value.findings))


def test_a_symbol_that_there_is_not_is_a_fault(geodata, corridors, one_message):
    write(geodata, "wells", declared=POINTS + 'style = { symbol = "derrick" }\n')
    one_message(corridors("build", "rail"), 3, "kinds.wells.style.symbol", '"derrick"')


def test_an_imported_layer_of_a_data_set_must_exist(geodata):
    text = (geodata / "catalog.toml").read_text(encoding="utf-8")
    (geodata / "catalog.toml").write_text(
        text.replace("[datasets.geonames]", '[datasets.geonames]\nlayers = ["wels"]'), encoding="utf-8"
    )
    with pytest.raises(DeclarationError, match=r"datasets\.geonames\.layers"):
        load_catalog(geodata)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"source": "nobody"}, ("source", "'nobody'", "sources.csv")),
        ({"status": "open"}, ("status", "'open'", "operational")),
        ({"country": "KZ"}, ("country", "'KZ'", "KAZ")),
        ({"voltage_kv": 220.5}, ("voltage_kv", "'220.5'")),
        ({"use": "both"}, ("use", "'both'", "transit")),
        ({"name_en": ""}, ("name_en", "empty")),
        ({"opened": "soon"}, ("opened", "'soon'")),
        ({"id": "South Line"}, ("id",)),
        ({"id": "north"}, ("id", "north")),
        ({"colour": "red"}, ("colour", "kinds.power-lines.columns")),
    ],
)
def test_a_feature_that_does_not_fit_its_kind_is_found(geodata, corridors, one_message, changed, named):
    broken = {**SOUTH, "properties": SOUTH["properties"] | changed}
    write(geodata, "power-lines", NORTH, broken, declared=KIND)
    one_message(corridors("build", "rail"), 3, "power-lines.geojson", *named)
    ran = corridors("validate")
    assert ran.code == 1
    for word in named:
        assert word in ran.out


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [70, 45]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
    ],
)
def test_a_geometry_that_does_not_fit_its_kind_is_found(geodata, geometry):
    write(geodata, "power-lines", {**NORTH, "geometry": geometry}, declared=KIND)
    with pytest.raises(InputError, match="LineString"):
        load(geodata)
