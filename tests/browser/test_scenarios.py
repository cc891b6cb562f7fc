"""The page of the scenarios: one is chosen, the slider moves between before and after, every pair has two routes."""

import pytest

from corridors.locales import LANGUAGES, messages, number
from tests.declared import SCENARIOS as NAMES

PAIR = "pairs/cku-open/cn-kashgar~kg-osh"


@pytest.fixture
def opened(shared_page):
    """The page of the scenarios, in its first state."""
    return shared_page("scenarios")


def rows(opened):
    """The rows of the table of pairs, each as its cells."""
    table = opened.page.locator("section.scenario table").first
    return [row.locator("th, td").all_inner_texts() for row in table.locator("tbody tr").all()]


def shown_ids(opened):
    """Ids of the scenarios' features that are drawn."""
    found = opened.page.locator("[data-feature]:visible").evaluate_all(
        "nodes => nodes.map((node) => node.dataset.feature)"
    )
    return {name for name in found if name.partition("/")[0] in {"pairs", "changes", "gateways"}}


def test_it_opens_with_the_first_after_the_change(opened):
    state = opened.state()
    assert (state["scenario"], state["after"]) == ("cku-open", 100)
    assert all(name.split("/")[1] == "cku-open" for name in shown_ids(opened))
    assert opened.visible(PAIR)
    table = rows(opened)
    assert len(table) == 10
    km = {feature["id"]: feature["headline"] for feature in opened.payload()["features"]}[PAIR]
    assert [number(figure["value"], 0, "en") for figure in km[:2]] in [row[1:3] for row in table]
    opened.quiet()


@pytest.mark.parametrize("name", NAMES)
def test_each_can_be_chosen_and_stands_in_the_address(opened, name):
    opened.page.select_option("select[name=scenario]", name)
    assert opened.state()["scenario"] == name
    assert all(one.split("/")[1] == name for one in shown_ids(opened))
    assert ("scenario=" in opened.page.url) == (name != NAMES[0])
    assert rows(opened)
    opened.quiet()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_each_language(opened, language):
    opened.speak(language)
    words = messages(language)
    box = opened.page.locator("section.scenario")
    assert words["scenario.assumed"] in box.inner_text()
    assert opened.page.get_by_role("slider").get_attribute("aria-label") == words["scenario.slider"]
    assert "scenario." not in box.inner_text()


def test_the_slider_moves_shares_and_lines_by_keyboard(opened):
    page = opened.page
    shares = page.locator(".share span")
    after = shares.all_inner_texts()
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("Home")
    assert opened.state()["after"] == 0
    assert not opened.visible(PAIR)
    before = shares.all_inner_texts()
    assert before != after
    assert "0\u00a0%" in before
    slider.press("ArrowRight")
    assert opened.state()["after"] == 5
    assert "after=5" in page.url
    page.get_by_role("button", name=messages("en")["scenario.after"], exact=True).click()
    assert opened.state()["after"] == 100
    assert shares.all_inner_texts() == after
    opened.quiet()


def test_a_pair_shows_its_card_and_its_two_ways(opened):
    opened.page.locator("section.scenario").get_by_role("button", name="Kashgar – Osh").click()
    assert opened.state()["selected"] == PAIR
    assert len(opened.figures()) == 3
    assert "operation" not in opened.card.inner_text()
    assert opened.page.locator("path.way").count() == 2
    opened.apply(selected=None)
    assert opened.page.locator("path.way").count() == 0


def test_an_address_opens_a_scenario_and_a_wrong_one_the_first(page_of):
    opened = page_of("scenarios", fragment="#scenario=khorgos-closed&after=40")
    assert (opened.state()["scenario"], opened.state()["after"]) == ("khorgos-closed", 40)
    wrong = page_of("scenarios", fragment="#scenario=nothing&after=many")
    assert (wrong.state()["scenario"], wrong.state()["after"]) == ("cku-open", 100)
    wrong.quiet()


def test_a_pair_of_another_scenario_brings_that_one_up(opened):
    other = next(one["id"] for one in opened.payload()["features"] if one["id"].startswith("pairs/northern-closed/"))
    opened.page.evaluate("(id) => { window.location.hash = `select=${id}&scenario=northern-closed`; }", other)
    opened.page.wait_for_function("() => window.corridors.state().scenario === 'northern-closed'")
    assert opened.state()["selected"] == other


def test_other_maps_have_no_scenarios(shared_page):
    rail = shared_page("rail")
    assert rail.state()["scenario"] is None
    assert rail.page.locator("section.scenario, select[name=scenario]").count() == 0


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (640, 400), (390, 844)])
def test_the_control_is_within_reach(opened, width, height):
    opened.resize(width, height)
    box = opened.page.get_by_role("slider").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
    opened.page.get_by_role("slider").click()


def test_what_changes_has_no_status_and_is_touched_by_no_filter(opened):
    opened.apply(filters={"status": ["planned"]}, table=True)
    assert opened.visible(PAIR)
    cells = opened.page.locator(f'tr[data-row="{PAIR}"] td').all_inner_texts()
    assert messages("en")["status.operational"] not in cells


def test_on_a_phone_the_slider_stays_above_a_half_open_sheet(page_of):
    opened = page_of("scenarios", size=(390, 844))
    grip = opened.page.locator(".grip")
    grip.press("Enter")
    assert opened.page.locator("html").get_attribute("data-sheet") == "half"
    opened.page.get_by_role("slider").click()


MOST_DEGREES, MOST_TIMES = 40, 1.6
"""The width of a phone's first view of a scenario, or, if the line that changes is longer, how much wider it is."""

CHANGES = """(start) => {
    const nodes = [...document.querySelectorAll(`.hit[data-feature^="${start}"]`)];
    const boxes = nodes.map((node) => node.getBoundingClientRect());
    const edges = [Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right))];
    const free = document.querySelector(".beforeafter").getBoundingClientRect().top;
    const { left, right } = document.querySelector("#map").getBoundingClientRect();
    return {
        count: boxes.length,
        within: boxes.every((box) => box.left >= left && box.right <= right && box.top >= 0 && box.bottom <= free),
        share: (edges[1] - edges[0]) / (right - left),
    };
}"""


@pytest.mark.parametrize("scenario", NAMES)
def test_on_a_phone_a_scenario_shows_what_opens_and_closes_as_large_as_it_can(scenario, shared_page):
    opened = shared_page("scenarios", size=(390, 844))
    opened.apply(scenario=scenario)
    seen = opened.page.evaluate(CHANGES, f"changes/{scenario}/")
    assert seen["count"] > 0
    assert seen["within"]
    west, _, east, _ = map(float, opened.page.evaluate("corridors.map.getBounds().toBBoxString()").split(","))
    assert east - west < MOST_DEGREES or seen["share"] > 1 / MOST_TIMES
