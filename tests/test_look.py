"""How things are drawn stands in one table: pages get it as data, figures and the index read it."""

import re

import pytest

from corridors.content.content import map_content
from corridors.content.look import LOOK, dash_of, point_size
from corridors.content.style import CLASSES
from corridors.data.tables import STATUSES
from corridors.web.index import THINNER, index_html
from corridors.web.map import CorridorMap

PIPE = next(each for each in CLASSES["pipelines"]["commodity"] if each.id == "pipelines.gas")


def test_the_page_gets_the_table_and_its_script_has_none_of_its_own(repo):
    assert CorridorMap().payload()["look"] == LOOK
    parts = (repo / "src" / "corridors" / "web" / "script").rglob("*.ts")
    script = {part.name: part.read_text(encoding="utf-8") for part in parts}
    for dash in (LOOK["dashes"][status] for status in STATUSES if status in LOOK["dashes"]):
        assert [name for name, text in script.items() if f'"{dash}"' in text] == []
    assert [name for name, text in script.items() if re.search(r"\[3e5, 7\]", text)] == []


def test_a_status_has_its_dashes_and_what_works_those_of_its_class():
    assert dash_of("planned", PIPE.style) == LOOK["dashes"]["planned"]
    assert dash_of("operational", PIPE.style) == dash_of(None, PIPE.style) == PIPE.style["dash"]


def test_small_pictures_have_the_dashes_of_the_map_as_much_shorter_as_their_lines_are_thinner(context):
    content = map_content(context.maps["rail"], context)
    told = set(re.findall(r'stroke-dasharray="([^"]+)"', index_html([content], language="en")))
    on = {
        dash_of(feature["status"], held["style"])
        for feature in content["features"]
        for held in [content["classes"][feature["class"]]]
        if held["on"] and held["geometry"] == "line"
    }
    numbers = {tuple(round(float(part) / THINNER, 1) for part in dash.split()) for dash in told}
    assert numbers == {tuple(map(float, dash.split())) for dash in on if dash}
    assert numbers


@pytest.mark.parametrize(("people", "size"), [(0, 6), (299_999, 6), (300_000, 7), (3_000_000, 10)])
def test_a_city_is_as_large_as_its_people_say_and_a_capital_has_room_for_its_ring(people, size):
    city = {"id": "cities/x", "kind": "city", "headline": [{"label": "fact.population", "value": people}]}
    assert point_size(city, {}) == size
    assert point_size({**city, "kind": "capital"}, {}) == size + LOOK["capitalRing"]
