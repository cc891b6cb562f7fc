"""Search finds a place by any of its names, in any script, and brings it onto the map."""

import pytest

from corridors.locales import LANGUAGES, messages

HITS = "#hits [role=option]"
FOUND_AS = {
    "overview": {
        "Khorgos": "cities/cn-khorgos",
        "horgos": "cities/cn-khorgos",
        "霍尔果斯": "cities/cn-khorgos",
        "Хоргос": "cities/cn-khorgos",
        "urumqi": "cities/cn-urumqi",
        "ÜRÜMQI": "cities/cn-urumqi",
        "xian": "cities/cn-xian",
        "Xi'an": "cities/cn-xian",
        "Ташкент": "cities/uz-tashkent",
        "Tasjkent": "cities/uz-tashkent",
        "塔什干": "cities/uz-tashkent",
        "toshkent": "cities/uz-tashkent",
    },
    "flights": {"ALA": "airports/uaaa", "uaaa": "airports/uaaa", "FRU": "airports/ucfm", "BSZ": "airports/ucfm"},
    "rail": {"精伊霍": "rail/cn-jingyihuo", "jinghe yining": "rail/cn-jingyihuo"},
    "trade": {"kazachstan": "countries/kaz"},
}
"""What a reader may type, by map, and the expected feature."""


def test_what_several_scenarios_have_is_found_once_as_the_shown_one_has_it(shared_page):
    opened = shared_page("scenarios")
    scenarios = {one["scenario"] for one in opened.payload()["features"] if "scenario" in one}
    for scenario in sorted(scenarios)[:2]:
        opened.apply(scenario=scenario)
        field = opened.page.get_by_role("search").get_by_role("combobox")
        field.fill("khorgos")
        hits = opened.page.locator(HITS).all_inner_texts()
        assert len(hits) == len(set(hits)) > 0
        field.press("Enter")
        assert opened.state()["scenario"] == scenario
        field.fill("")


@pytest.fixture
def search_on(shared_page):
    """A map in this state and its search. Return the page and the field, which is empty again afterwards."""
    fields = []

    def on(name, **state):
        opened = shared_page(name)
        opened.apply(**state)
        fields.append(opened.page.get_by_role("search").get_by_role("combobox"))
        return opened, fields[-1]

    yield on
    for field in fields:
        field.fill("")


@pytest.mark.parametrize("name", FOUND_AS)
def test_each_is_found_by_any_of_its_names(name, search_on):
    opened, field = search_on(name)
    for query, feature in FOUND_AS[name].items():
        field.fill(query)
        field.press("ArrowDown")
        field.press("Enter")
        assert opened.state()["selected"] == feature, query
    opened.quiet()


@pytest.mark.parametrize(
    ("query", "change"),
    [
        ("in aanbouw", {"filters": {"status": ["under_construction"]}}),
        ("под строительством", None),
        ("在建", {"filters": {"status": ["under_construction"]}}),
        ("Казахстан", {"filters": {"country": ["KAZ"]}}),
        ("1520", {"filters": {"gauge": ["1520"]}}),
        ("Uzbekistan Railways", {"filters": {"operator": ["Uzbekistan Railways (UTY)"]}}),
        ("2013", {"year": 2013}),
        ("2099", None),
    ],
)
def test_a_word_of_a_filter_proposes_it(query, change, search_on):
    opened, field = search_on("rail", filters={}, year=None)
    field.fill(query)
    hits = opened.page.locator(HITS, has_text=messages("en")["filter.title"])
    if change is None:
        assert hits.count() == 0
        return
    hits.first.click()
    assert {key: opened.state()[key] for key in change} == change


def test_keyboard_walks_through_the_hits_and_chooses_one(search_on):
    opened, field = search_on("overview")
    field.fill("khorgos")
    hits = opened.page.locator(HITS)
    assert hits.count() > 2
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    field.press("ArrowDown")
    assert [hit.get_attribute("aria-selected") for hit in hits.all()].index("true") == 1
    assert field.get_attribute("aria-activedescendant") == hits.nth(1).get_attribute("id")
    name = hits.nth(1).locator(".words").evaluate("node => node.firstChild.textContent")
    field.press("ArrowUp")
    field.press("ArrowUp")
    assert hits.last.get_attribute("aria-selected") == "true"
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    assert not hits.first.is_visible()
    heading = opened.card.get_by_role("heading", level=2)
    assert heading.inner_text() == name == field.input_value()
    assert heading.evaluate("node => node === document.activeElement")
    opened.page.keyboard.press("Escape")
    assert field.evaluate("node => node === document.activeElement")


def test_escape_closes_the_hits_and_not_the_card(search_on):
    opened, field = search_on("overview", selected="cities/uz-tashkent")
    field.fill("khorgos")
    field.press("Escape")
    assert not opened.page.locator(HITS).first.is_visible()
    assert opened.card.is_visible()


def test_a_click_chooses_a_hit_and_brings_it_into_view(search_on):
    opened, field = search_on("overview", view={"lat": 40, "lng": 50, "zoom": 6})
    field.fill("lianyungang")
    opened.page.locator(HITS).first.click()
    chosen = opened.state()["selected"]
    assert chosen in {"cities/cn-lianyungang", "ports/cn-lianyungang"}
    assert opened.visible(chosen)
    x, y = opened.meeting_point(chosen)
    card = opened.card.bounding_box()
    assert 340 < x < card["x"]
    assert 0 < y < 800


def test_nothing_found_says_what_to_change(search_on):
    opened, field = search_on("overview")
    empty = opened.page.get_by_role("search").get_by_role("status")
    for language in LANGUAGES:
        opened.speak(language)
        field.fill("Timboektoe<b>")
        assert empty.inner_text() == messages(language)["search.empty"].replace("{0}", "Timboektoe<b>")
        assert opened.page.locator(HITS).count() == 0
        field.fill("")
        assert not empty.is_visible()


def test_where_nothing_is_found_the_longest_beginning_that_has_results_is_shown(search_on):
    opened, field = search_on("overview")
    field.fill("Almatyxx")
    told = messages("en")["search.shorter"].replace("{0}", "Almatyxx").replace("{1}", "Almaty")
    assert opened.page.get_by_role("search").get_by_role("status").inner_text() == told
    field.press("Enter")
    assert opened.state()["selected"] == "cities/kz-almaty"


def test_answers_stand_over_the_legend_and_do_not_move_it(search_on):
    opened, field = search_on("overview")
    legend = opened.page.locator(".tree")
    before = legend.bounding_box()
    for query in ("tashkent", "nothing of that name"):
        field.fill(query)
        assert legend.bounding_box() == before
    # A click that takes the focus from the field still arrives.
    box = opened.page.locator("input[data-class='ports.break_of_gauge']")
    box.click()
    assert not box.is_checked()


def test_choosing_what_is_switched_off_switches_it_on(search_on):
    opened, field = search_on("overview", filters={"status": ["planned"]})
    assert "pipelines.oil" not in opened.state()["layers"]
    field.fill("Kenkiyak")
    field.press("ArrowDown")
    field.press("Enter")
    state = opened.state()
    [told] = [each for each in opened.payload()["features"] if each["id"] == state["selected"]]
    assert told["class"] == "pipelines.oil"
    assert "pipelines.oil" in state["layers"]
    assert state["filters"] == {}
    assert opened.page.locator("input[data-class='pipelines.oil']").is_checked()
    assert opened.visible(told["id"])
