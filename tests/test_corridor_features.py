"""Corridors on a map: their ribbons, their cards and the table beside the map equal the comparison."""

import dataclasses
import json
import re
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
import shapely
from shapely import box

from corridors.content.content import map_content
from corridors.content.corridor_features import about_corridors
from corridors.content.style import CLASSES, CORRIDOR_LANE, UNDECLARED, corridor_class
from corridors.data.catalog import load_catalog
from corridors.data.tables import CONFIDENCES
from corridors.errors import InputError, UsageError
from corridors.layers.lengths import basis_percent
from corridors.locales import LANGUAGES
from corridors.network import corridor_measures as room
from corridors.network.corridor_measures import compare_all, corridor_measures
from corridors.network.corridors import MISFIT_PERCENT
from corridors.web.payload import FEATURE_STEP
from tests.declared import MAPS
from tests.page_data import page_data, positions

LOOKS = {
    name: (look.color, look.lane)
    for name, look in load_catalog(Path(__file__).resolve().parents[1] / "geodata").ribbons.items()
}
CORRIDORS = tuple(LOOKS)
every_corridor = pytest.mark.parametrize("name", CORRIDORS)


@pytest.fixture(scope="module")
def comparison(loaded):
    return compare_all(loaded.layers, loaded.facts, loaded.network, loaded.assumptions)


@pytest.fixture(scope="module")
def page(built):
    return (built / "maps" / "corridors.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def content(page):
    """The data of the corridors' page."""
    return page_data(page)


@pytest.fixture(scope="module")
def courses(page, ask_script):
    """Where the page draws each feature: rows of longitude and latitude in degrees."""
    return {one: np.vstack(paths)[:, ::-1] for one, paths in positions(page, ask_script).items()}


@pytest.fixture(scope="module")
def ribbons(context):
    """The ribbons as every medium has them."""
    return {one["id"]: one for one in map_content(context.maps["corridors"], context)["features"]}


@pytest.fixture(scope="module")
def features(content):
    found = [feature for feature in content["features"] if feature["kind"] == "corridor"]
    return {feature["id"].removeprefix("corridors/"): feature for feature in found}


@pytest.fixture
def corridor(comparison, name):
    return next(one for one in comparison.corridors if one.id == name)


@pytest.fixture
def feature(features, name):
    return features[name]


@pytest.fixture
def drawn(courses, name):
    return courses[f"corridors/{name}"]


def facts(feature, label):
    return [fact for fact in feature["facts"] if fact["label"] == label]


def values(feature, label):
    return [fact["value"] for fact in facts(feature, label)]


# --- features ---------------------------------------------------------------------------------------------------------


def test_every_corridor_is_on_the_map_once_in_the_order_of_the_comparison(features, content, comparison):
    ids = [corridor.id for corridor in comparison.corridors]
    assert list(features) == ids
    assert sorted(ids) == sorted(CORRIDORS)
    [group] = [group for group in content["map"]["groups"] if group["id"] == "corridors"]
    assert group["classes"] == [f"corridors.{name}" for name in ids]
    assert group["open"]


@every_corridor
def test_a_ribbon_runs_through_all_that_its_route_runs_through(corridor, drawn):
    passed = [place for leg in corridor.route.legs for place in leg.coordinates]
    for some, others in ((passed, drawn), (drawn, passed)):
        assert shapely.distance(shapely.points(some), shapely.MultiPoint(others)).max() < FEATURE_STEP
    start, end = corridor.route.legs[0].coordinates[0], corridor.route.legs[-1].coordinates[-1]
    assert drawn[0] == pytest.approx(start, abs=FEATURE_STEP)
    assert drawn[-1] == pytest.approx(end, abs=FEATURE_STEP)


@every_corridor
def test_a_corridor_is_no_surer_than_its_weakest_leg(corridor, feature):
    assert feature["confidence"] == max((leg.confidence for leg in corridor.route.legs), key=CONFIDENCES.index)


@every_corridor
def test_a_corridor_is_drawn_as_most_of_its_kilometres_are(corridor, feature, loaded):
    edges = [loaded.network.by_id[name] for name in corridor.route.edges]
    drawn = sum(edge.measured_km for edge in edges if edge.line)
    on_tracks = sum(edge.measured_km for edge in edges if edge.on_track)
    assert (feature["basis"] == "tracks") is (2 * on_tracks > drawn)


def test_only_what_is_being_built_is_under_construction(features):
    built = {name for name, feature in features.items() if feature["status"] == "under_construction"}
    assert built == {"cku"}


@every_corridor
def test_kilometres_by_country_add_up_with_the_sea(corridor, feature):
    assert sum(feature["km"].values()) == pytest.approx(corridor.route.length_km, abs=1.0)
    assert {code for code in feature["km"] if code} == set(corridor.route.countries)
    assert ("" in feature["km"]) == ("sea" in corridor.route.km_by_mode)


@every_corridor
def test_a_name_belongs_on_the_ribbon(name, feature, ribbons):
    ribbon = ribbons[f"corridors/{name}"]
    assert feature["tag"] is True
    assert 0 < ribbon["tag"]["km"] <= sum(feature["km"].values())
    assert box(*ribbon["geometry"].bounds).covers(ribbon["tag"]["at"])


# --- cards ------------------------------------------------------------------------------------------------------------


@every_corridor
def test_a_card_says_what_the_comparison_says(corridor, feature):
    told = corridor.as_dict()
    large = {figure["label"]: figure for figure in feature["headline"]}
    assert large["compare.length"]["value"] == told["length_km"]
    assert large["compare.time"]["value"] == told["days"]
    assert large["compare.borders"]["value"] == told["borders"]
    assert large["compare.length"]["about"]
    assert large["compare.time"]["about"]
    assert len(facts(feature, "compare.breaks")) == max(1, told["gauge_breaks"])
    for share in ("double", "electrified"):
        assert values(feature, f"compare.{share}") == [one for one in [told[f"{share}_percent"]] if one is not None]
    assert values(feature, "compare.cities") == [len(told["cities"])]
    assert values(feature, "compare.people")[0] == pytest.approx(told["people"], abs=50_000)
    assert values(feature, "compare.circuity") == [told["circuity"]]
    assert values(feature, "compare.weakest_km") == ([told["weakest"]["length_km"]] if told["weakest"] else [])


@every_corridor
def test_every_published_figure_stands_beside_with_its_sources(corridor, feature, content):
    told = [fact for fact in feature["facts"] if fact["label"].startswith("compare.published.")]
    assert sorted((fact["value"], fact["unit"]) for fact in told) == sorted(
        (one.value, one.unit) for one in corridor.published
    )
    for fact in told:
        assert fact["sources"]
        assert set(fact["sources"]) <= set(content["sources"])
        assert fact["said"]
        assert ("differs" in fact) == (fact["label"] == "compare.published.length_km")
    heads = [fact["label"] for fact in told]
    assert sum(one != other for one, other in zip(heads, [None, *heads[:-1]], strict=True)) == len(set(heads))


def test_a_length_that_is_far_from_a_published_one_is_said_to_be(features):
    for feature in features.values():
        for fact in facts(feature, "compare.published.length_km"):
            assert ("misfit" in fact) == (abs(fact["differs"] or 0) > MISFIT_PERCENT)
    far = [fact["value"] for fact in facts(features["cku"], "compare.published.length_km") if "misfit" in fact]
    assert far == [454.0]


@every_corridor
def test_what_the_days_assume_is_stated(corridor, feature):
    assumed = facts(feature, "compare.assumed")
    modes = {mode for mode in corridor.route.km_by_mode if mode != "transfer"}
    speeds = [fact for fact in assumed if fact["unit"] == "km_h"]
    assert len(speeds) == len(modes)
    for fact in assumed:
        assert set(fact["of"]) == set(LANGUAGES)
        assert fact["value"] in corridor.route.assumptions["values"].values()
    borders = {border["mode"] for border in corridor.route.borders}
    hours = len(borders) + bool(corridor.route.gauge_breaks) + ("transfer" in {leg.mode for leg in corridor.route.legs})
    assert len(assumed) - len(speeds) == hours


def test_every_word_of_the_cards_and_of_the_table_is_on_the_page(content, features, repo):
    wanted = {entry["label"] for one in features.values() for entry in chain(one["facts"], one["headline"])}
    wanted |= {f"unit.{entry['unit']}" for one in features.values() for entry in one["facts"] if entry.get("unit")}
    script = (repo / "src" / "corridors" / "web" / "script" / "results" / "compare.ts").read_text(encoding="utf-8")
    wanted |= set(re.findall(r'\bt\("([a-z][a-z_.]*)"', script))
    columns = re.search(r"COLUMNS = \[(.*?)\]", script, re.DOTALL)[1]
    wanted |= {f"compare.{column}" for column in re.findall(r'"(\w+)"', columns)}
    wanted |= {"kind.corridor", "compare.longer", "compare.shorter", "compare.misfit.longer", "compare.misfit.shorter"}
    for language in LANGUAGES:
        assert wanted <= set(content["messages"][language]), language


def test_names_sources_and_countries_resolve(features, content, loaded):
    ids = {feature["id"] for feature in content["features"]}
    named = loaded.facts.by_id("corridors")
    for name, feature in features.items():
        assert set(feature["name"]) == set(LANGUAGES)
        assert feature["name"]["en"] == named[name]["name_en"]
        assert set(named[name]["source"]) <= set(feature["sources"]) <= set(content["sources"])
        assert set(feature["country"]) <= set(content["countries"])
        for fact in feature["facts"]:
            assert "feature" not in fact or fact["feature"] in ids


# --- classes and legend -----------------------------------------------------------------------------------------------


def channels(color):
    return [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def luminance(color):
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in channels(color)]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def test_each_corridor_has_a_colour_of_its_own_apart_from_those_of_the_railways():
    colors = [color for color, _ in LOOKS.values()]
    rails = [each.style["color"] for each in CLASSES["rail"]["gauge"]]
    assert len(set(colors)) == len(colors)
    for color in colors:
        for rail in rails:
            assert sum(abs(one - other) for one, other in zip(channels(color), channels(rail), strict=True)) > 0.35


def test_neighbours_on_a_shared_line_differ_in_lightness():
    trunk = sorted((lane, luminance(color)) for color, lane in LOOKS.values() if abs(lane) <= 2)
    lanes = {}
    for lane, light in trunk:
        lanes.setdefault(lane, []).append(light)
    for lane in range(-2, 2):
        ratio = (max(lanes[lane + 1]) + 0.05) / (max(lanes[lane]) + 0.05)
        assert max(ratio, 1 / ratio) > 1.5


def test_ribbons_are_wide_and_soft_and_lie_between_roads_and_railways():
    each = corridor_class("northern", LOOKS["northern"])
    assert each.style["opacity"] == 0.8
    assert each.style["width"] > CLASSES["rail"]["gauge"][0].style["width"]
    assert CLASSES["roads"]["kind"][0].z < each.z < CLASSES["rail"]["gauge"][0].z
    assert each.style["offset"] == 2 * CORRIDOR_LANE
    assert UNDECLARED[0] == corridor_class("another").style["color"]
    assert UNDECLARED[0] not in {color for color, _ in LOOKS.values()}


def test_the_group_has_the_terms_of_the_layers_that_it_lies_on(content, loaded):
    about = about_corridors(loaded.catalog)
    [group] = [group for group in content["map"]["groups"] if group["id"] == "corridors"]
    assert group["licence"] == about.licence == loaded.catalog.layers["rail"].licence
    assert "OpenStreetMap" in group["credit"]
    assert set(loaded.catalog.layers["roads"].datasets) <= set(about.datasets)
    assert group["stats"][0]["value"] == len(CORRIDORS)
    assert "OpenStreetMap" in content["map"]["credit"]


# --- table ------------------------------------------------------------------------------------------------------------


def test_the_table_has_the_numbers_of_the_comparison(content, comparison):
    table = content["comparison"]
    assert table["limit"] == MISFIT_PERCENT
    for row, corridor in zip(table["rows"], comparison.corridors, strict=True):
        told = corridor.as_dict()
        assert row["id"] == f"corridors/{told['id']}"
        assert (row["km"], row["days"], row["borders"]) == (told["length_km"], told["days"], told["borders"])
        assert row["breaks"] == told["gauge_breaks"]
        assert row["countries"] == list(told["countries"])
        assert (row["double"], row["electrified"]) == (told["double_percent"], told["electrified_percent"])
        assert (row["cities"], row["people"]) == (len(told["cities"]), told["people"])
        lengths = [one for one in told["published"] if one["indicator"] == "length_km"]
        assert row["published"] == [[one["value"], one["value_to"], one["differs_percent"]] for one in lengths]


def test_an_end_without_a_card_has_its_name_in_every_language(content):
    [ends] = [row["to"] for row in content["comparison"]["rows"] if row["id"] == "corridors/wewc"]
    assert ends == {"en": "Saint Petersburg", "nl": "Sint-Petersburg", "zh": "圣彼得堡", "ru": "Санкт-Петербург"}


def test_only_the_map_of_corridors_carries_the_comparison(built):
    for name in MAPS:
        data = page_data((built / "maps" / f"{name}.html").read_text(encoding="utf-8"))
        assert ("comparison" in data) == (name == "corridors"), name
        assert ("compare.caption" in data["messages"]["en"]) == (name == "corridors"), name


# --- measures ---------------------------------------------------------------------------------------------------------


def test_corridors_are_measured(built, comparison):
    published = json.loads((built / "maps" / "measures.json").read_text(encoding="utf-8"))["measures"]
    found = {(one["name"], one["by"]["corridor"]): one for one in published if set(one["by"]) == {"corridor"}}
    assert len(found) == 5 * len(comparison.corridors)
    for corridor in comparison.corridors:
        assert found["length_km", corridor.id]["value"] == corridor.route.length_km
        assert found["days", corridor.id]["value"] == round(corridor.route.days, 1)
        share = basis_percent(corridor.route.km_by_basis)["published"]
        assert found["published_share_percent", corridor.id]["value"] == share
        assert found["borders", corridor.id]["value"] == len(corridor.route.borders)
        assert found["gauge_breaks", corridor.id]["value"] == len(corridor.route.gauge_breaks)


def test_measures_of_corridors_name_unit_method_and_sources(comparison, loaded):
    known = set(loaded.facts.by_id("sources"))
    for measure in corridor_measures(comparison, loaded.facts):
        assert measure.unit
        assert measure.method
        assert set(measure.sources) <= known
        assert list(measure.sources) == sorted(measure.sources)


def test_the_title_is_true_every_railway_corridor_changes_gauge(comparison):
    for corridor in comparison.corridors:
        if "rail" in corridor.route.km_by_mode:
            assert corridor.route.gauge_breaks, corridor.id


def test_the_statement_has_the_numbers_of_the_comparison(content, comparison):
    routes = {corridor.id: corridor.route for corridor in comparison.corridors}
    told = content["map"]["statement"]["en"]
    for name in ("northern", "middle"):
        assert f"about {routes[name].length_km:,.0f} km, borders {len(routes[name].borders)}" in told


def test_a_corridor_through_nowhere_is_answered_with_a_remedy(facts, corridors, one_message):
    facts.change("corridors", {"via": "stations/kz-nowhere"}, row=facts.find("corridors", id="middle"))
    one_message(corridors("build", "corridors"), 3, "corridors.csv: middle", "nowhere")


@pytest.mark.parametrize("column", ["origin", "destination"])
def test_a_corridor_from_or_to_nowhere_is_a_fault_of_the_facts(loaded, column):
    nowhere = {"middle": {column: "stations/kz-nowhere"}}
    rows = [{**row, **nowhere.get(row["id"], {})} for row in loaded.facts.rows("corridors")]
    facts = dataclasses.replace(loaded.facts, tables=MappingProxyType({**loaded.facts.tables, "corridors": rows}))
    with pytest.raises(InputError, match=r"corridors\.csv: middle: .*nowhere.*Remedy"):
        compare_all(loaded.layers, facts, loaded.network, loaded.assumptions)


def test_a_comparison_that_cannot_be_made_is_a_fault_of_the_facts(loaded, monkeypatch):
    def refuse(*_):
        raise UsageError("no route. Remedy: another one.")

    monkeypatch.setattr(room, "compare", refuse)
    with pytest.raises(InputError, match=r"corridors\.csv: northern: no route\. Remedy"):
        compare_all(loaded.layers, loaded.facts, loaded.network, loaded.assumptions)


def test_a_map_without_corridors_has_none(built):
    text = (built / "maps" / "overview.html").read_text(encoding="utf-8")
    assert '"corridors.northern"' not in text
