"""maps/atlas.toml: the maps and their statements."""

import json
import re
from pathlib import Path

import pytest

from corridors.data.maps import choose_maps, load_maps
from corridors.data.tables import NAMED
from corridors.errors import UsageError
from corridors.geo.frame import FRAME
from corridors.locales import LANGUAGES

ATLAS = Path(__file__).resolve().parents[1] / "maps" / "atlas.toml"
MAPS = load_maps(ATLAS, LANGUAGES)


@pytest.mark.parametrize("name", MAPS)
def test_a_map_says_something_in_every_language(name):
    entry = MAPS[name]
    assert len({entry.title[language] for language in LANGUAGES if language in NAMED}) == len(NAMED) - 1
    for told in (entry.title, entry.dated, *(sentence.words for sentence in entry.sentences)):
        assert set(told) == set(LANGUAGES)
    for language in LANGUAGES:
        sentences = [*entry.sentences, *(sentence for step in entry.steps for sentence in step.sentences)]
        said = " ".join(sentence.words[language] for sentence in sentences)
        assert set(re.findall(r"\{(\w+)\}", said)) == set(entry.numbers)
        assert "{year}" in entry.dated[language]


@pytest.mark.parametrize("name", MAPS)
def test_a_map_opens_on_a_box_inside_the_atlas(name):
    west, south, east, north = MAPS[name].bounds
    assert FRAME[0] <= west < east <= FRAME[2]
    assert FRAME[1] <= south < north <= FRAME[3]


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
        assert (number.name, number.by) in published


def test_maps_are_made_in_the_order_asked_for_and_once():
    assert [entry.name for entry in choose_maps(MAPS, ["trade", "rail", "trade"])] == ["trade", "rail"]
    assert choose_maps(MAPS, []) == list(MAPS.values())


def test_an_unknown_map_is_answered_with_those_that_there_are():
    with pytest.raises(UsageError, match=r"'rial'.*Did you mean rail\?.*overview, rail, flights"):
        choose_maps(MAPS, ["rial"])
