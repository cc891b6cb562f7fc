"""Facets: what occurs, in the order of a vocabulary or of frequency, and conditions that give the classes of a map."""

from types import SimpleNamespace

import pytest

from corridors.content.content import map_content
from corridors.content.facets import FACETS, class_values, facet_filters
from corridors.content.style import CLASSES, StyleClass
from corridors.measures.selection import selectable
from corridors.measures.where import choose


def offered(name, features):
    """The filter of one facet."""
    [found] = facet_filters(SimpleNamespace(filters=(name,)), features, {})
    return found


@pytest.mark.parametrize("name", [name for name, facet in FACETS.items() if facet.values])
def test_a_filter_offers_what_occurs_in_the_order_of_its_vocabulary(name):
    first, *_, last = FACETS[name].values
    assert offered(name, [{name: last}, {}, {name: first}, {name: last}])["values"] == [first, last]
    assert offered(name, [])["values"] == []


def test_other_values_come_by_how_often_they_occur():
    features = [{"country": ["KAZ"]}, {"country": ["CHN", "KAZ"]}, {"country": ["CHN"]}, {"country": ["CHN", ""]}]
    assert offered("country", [*features, {"country": ["AFG"]}])["values"] == ["CHN", "KAZ", "AFG"]


def test_a_map_offers_each_facet_in_which_its_features_differ_the_declared_ones_first():
    features = [{"status": "planned", "gauge": "1520"}, {"status": "planned", "gauge": "1435", "electrified": "no"}]
    entry = SimpleNamespace(filters=("confidence", "gauge"))
    assert [one["property"] for one in facet_filters(entry, [*features, {"electrified": "yes"}], {})] == [
        "confidence", "gauge", "electrified",
    ]  # fmt: skip


def test_railways_of_every_map_can_be_chosen_by_each_of_their_columns(context):
    wanted = {"gauge", "electrified", "corridor", "operator", "confidence", "basis", "country", "status"}
    with_rail = 0
    for entry in context.maps.values():
        content = map_content(entry, context)
        rail = [one for one in content["features"] if one["id"].startswith("rail/")]
        if len({one["gauge"] for one in rail}) > 1:
            assert wanted <= {one["property"] for one in content["map"]["filters"]}, entry.name
            with_rail += 1
    assert with_rail > len(context.maps) / 2


def test_only_a_map_that_declares_electrification_draws_it(context):
    for entry in context.maps.values():
        drawn = [one["property"] for one in map_content(entry, context)["map"]["filters"] if one.get("drawn")]
        assert drawn == ["electrified"] * ("electrified" in entry.filters)


def test_the_column_of_each_facet_is_one_of_some_layer(loaded):
    columns = {name for frame in selectable(loaded.layers, year=None, as_of=loaded.as_of).values() for name in frame}
    assert {facet.column for facet in FACETS.values()} <= columns


def test_the_values_of_a_class_give_its_features(context):
    for entry in context.maps.values():
        content = map_content(entry, context)
        for group in content["map"]["groups"]:
            for name in group["classes"] if "column" in group else ():
                drawn = {one["id"] for one in content["features"] if one["class"] == name}
                values = content["classes"][name].get("values")
                frame = context.layers[group["layer"]]
                rows = (
                    choose(frame, f"{group['column']} in {values!r}")
                    if values
                    else frame[[values is None] * len(frame)]
                )
                assert {f"{group['layer']}/{one}" for one in rows["id"]} == drawn


def test_classes_that_no_value_tells_apart_have_no_condition():
    def one(name, holds):
        return StyleClass(f"x.{name}", "point", 1, {}, holds)

    rows = [{"kind": "a", "size": 1}, {"kind": "a", "size": 2}, {"kind": None, "size": 3}]
    small, other = one("small", lambda row: row["size"] == 1), one("other", lambda _: True)
    assert class_values("kind", [small, other], rows[:2]) is None
    assert class_values("kind", [small, other], rows[::2]) is None
    assert class_values("kind", [other], rows) == ("kind", {}, True)
    assert class_values("kind", [small], rows) == ("kind", {"x.small": ["a"]}, False)
    assert class_values("gauge", [*CLASSES["rail"]["gauge"]], [{"gauge_mm": 1520}]) == (
        "gauge_mm",
        {"rail.1435": [], "rail.1520": [1520]},
        True,
    )
