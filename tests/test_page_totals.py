"""A number that a page shows for a selection is that of ``corridors stats`` under the condition that the page gives."""

import random
import shlex

import pytest

from corridors.app.stats import statistics
from corridors.content.content import map_content
from corridors.web.blocks import Blocks
from corridors.web.encode import encode_content

CASES = 100
NUMBERS = {
    "km": ("track_km", "measured_km"),
    "km2": ("area_km2",),
    "stations": ("stations",),
    "people": ("people_near",),
}
FUNCTIONS = (("measured", "totalsOf"), ("condition", "commandsOf"), ("counts", "countFeatures"))
LINES = {"rail": "rail", "roads": "road", "pipelines": "pipeline", "ferries": "ferry"}


def drawn(content, chance):
    """A state: some classes, some values of some filters, and a year."""
    classes = [name for name in content["classes"] if chance.random() < 0.8]
    filters = {
        each["property"]: sorted(chance.sample(each["values"], chance.randint(1, min(3, len(each["values"])))))
        for each in content["map"]["filters"]
        if each["values"] and chance.random() < 0.3
    }
    year = chance.choice([None, None, 1950, 1990, 2013, 2024, 2025, 2030])
    return {"layers": classes, "filters": filters, "year": year, "scenario": None}


def asked(command):
    """The choice that a command stands for."""
    words = shlex.split(command)
    assert words[:2] == ["corridors", "stats"]
    options = list(zip(words[2::2], words[3::2], strict=True))
    choice = {"layers": [value for name, value in options if name == "--layer"]}
    return choice | {
        {"--where": "where", "--as-of": "as_of"}[name]: int(value) if name == "--as-of" else value
        for name, value in options
        if name != "--layer"
    }


@pytest.mark.parametrize("name", ["overview", "rail", "gateways", "flights"])
def test_a_selection_is_measured_as_its_command_does(name, context, ask_script):
    content = map_content(context.maps[name], context)
    chance = random.Random(name)  # noqa: S311 - it draws the same cases each time
    states = [drawn(content, chance) for _ in range(CASES // 4)]
    calls = [(f"state/{module}", function, [state]) for state in states for module, function in FUNCTIONS]
    answers = ask_script(calls, encode_content(content, Blocks()))
    told = set()
    for nth, state in enumerate(states):
        totals, commands, counts = answers[3 * nth : 3 * nth + 3]
        measures = [one for command in commands for one in statistics(context, **asked(command))]
        found = {(one.by["layer"], one.name): one.value for one in measures}
        assert counts["shown"]["features"] == sum(value for (_, name), value in found.items() if name == "features")
        for layer, kind in LINES.items():
            of = next((one for one in totals if one["kind"] == kind), dict.fromkeys((*NUMBERS, "features")))
            assert (of["features"] or 0) == found.get((layer, "features"), 0), (state, layer)
            for key, names in NUMBERS.items():
                values = [found[layer, one] for one in names if (layer, one) in found]
                wanted = values[0] if values and of["features"] else None
                assert of[key] == wanted, (state, layer, key)
                told.add(key if wanted else None)
            undated = of.get("undated") or {"features": 0, "km": 0}
            assert undated["features"] == found.get((layer, "undated_features"), 0), (state, layer)
            assert undated["km"] == found.get((layer, "undated_km"), 0), (state, layer)
            told.add("undated" if undated["km"] else None)
        rail = next((one for one in totals if one["kind"] == "rail"), {"country": [], "gauge": []})
        for by in ("country", "gauge"):
            choices = [choice for command in commands if "rail" in (choice := asked(command))["layers"]]
            parts = [
                one for choice in choices for one in statistics(context, **choice | {"layers": ["rail"], "by": by})
            ]
            assert dict(rail[by]) == {one.by[by]: one.value for one in parts if one.name == "track_km"}, (state, by)
    assert {"km", "undated"} < told or name == "flights"


@pytest.mark.parametrize(
    ("moment", "choice"),
    [
        (1990, {"as_of": 1990, "where": "status == 'operational'"}),
        (None, {"where": "status == 'operational'"}),
        ("planned", {"where": "status != 'suspended'"}),
    ],
)
def test_the_totals_of_a_date_are_those_of_the_lines_in_operation(moment, choice, context, ask_script):
    """For two dates side by side; what is planned counts as built."""
    content = map_content(context.maps["rail"], context)
    state = {"layers": list(content["classes"]), "filters": {"status": ["planned"]}, "scenario": None}
    payload = encode_content(content, Blocks())
    [totals] = ask_script([("state/totals_on", "totalsOn", [state, moment])], payload)
    rail = next(one for one in totals if one["kind"] == "rail")
    [km] = [one for one in statistics(context, layers=["rail"], **choice) if one.name == "track_km"]
    assert rail["km"] == km.value
    for by in ("country", "gauge"):
        parts = statistics(context, layers=["rail"], by=by, **choice)
        assert dict(rail[by]) == {one.by[by]: one.value for one in parts if one.name == "track_km"}
