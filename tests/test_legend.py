"""The legend: statistics of a layer in a fixed order, the largest part first, and filters of what occurs."""

from types import SimpleNamespace

from corridors.content.corridor_features import LAYER as CORRIDORS
from corridors.content.legend import legend_group
from corridors.locales import LANGUAGES
from corridors.measures.measure import Measure, Measures

ABOUT = SimpleNamespace(credit="by us", licence="CC0-1.0", precision="5 km")
CLASSES = [SimpleNamespace(id="rail.open"), SimpleNamespace(id="rail.planned")]


def km(value, layer="rail", **by):
    return Measure("track_km", value, "km", {"layer": layer, **by})


def group(*measures, layer="rail", unfolded=True):
    return legend_group(layer, CLASSES, ABOUT, Measures(measures), unfolded=unfolded)


def test_a_group_tells_its_classes_and_where_its_layer_is_from():
    told = group(unfolded=False)
    assert (told["id"], told["layer"], told["open"]) == ("rail", "rail", False)
    assert told["classes"] == ["rail.open", "rail.planned"]
    assert (told["credit"], told["licence"], told["precision"]) == ("by us", "CC0-1.0", "5 km")
    assert set(told["title"]) == {*LANGUAGES}


def test_totals_come_first_and_only_those_that_there_are():
    measures = [km(100.4), Measure("features", 7, "features", {"layer": "rail"}), km(5.0, layer="roads")]
    assert group(*measures)["stats"] == [
        {"label": "stat.features", "value": 7, "unit": "", "digits": 0},
        {"label": "stat.track_km", "value": 100.4, "unit": "km", "digits": 0},
    ]
    assert group()["stats"] == []


def test_parts_of_a_layer_of_lines_are_kilometres_the_largest_first():
    measures = [km(10.0, country="UZB"), km(90.0, country="KAZ"), km(60.0, gauge="1520"), km(40.0, gauge="1435")]
    other = [
        km(500.0, layer="roads", country="CHN"),  # of another layer
        km(70.0, country="KAZ", status="planned"),  # of two properties
        Measure("features", 3, "features", {"layer": "rail", "country": "KAZ"}),  # counts no kilometres
    ]
    told = [(stat["by"], stat["value"], stat["unit"]) for stat in group(*other, *measures)["stats"]]
    assert told == [
        (["gauge", "1520"], 60.0, "km"),
        (["gauge", "1435"], 40.0, "km"),
        (["country", "KAZ"], 90.0, "km"),
        (["country", "UZB"], 10.0, "km"),
    ]


def test_parts_of_a_layer_of_points_are_features():
    counts = [
        Measure("features", n, "features", {"layer": "ports", "country": code}) for n, code in ((2, "KGZ"), (9, "CHN"))
    ]
    told = [(stat["label"], stat["by"], stat["value"]) for stat in group(*counts, layer="ports")["stats"]]
    assert told == [("stat.features", ["country", "CHN"], 9), ("stat.features", ["country", "KGZ"], 2)]


def test_corridors_are_counted_and_not_measured():
    told = group(km(100.0, layer=CORRIDORS), layer=CORRIDORS)
    assert told["stats"] == [{"label": "stat.features", "value": len(CLASSES), "unit": "", "digits": 0}]
