"""The profile of a route in a real browser: in the card of a corridor, in the planner, and on the page of a route."""

import pytest

from corridors.app.api import OpenAtlas
from corridors.locales import LANGUAGES, messages, number
from corridors.network.corridor_measures import compare_all

PHONE = (390, 844)
STRIP = ".profile-strip"


@pytest.fixture(scope="module")
def middle(loaded):
    """The Middle corridor: rails of two gauges, the sea, and transfers at its shores."""
    compared = compare_all(loaded.layers, loaded.facts, loaded.network, loaded.assumptions).corridors
    return next(one.route for one in compared if one.id == "middle")


@pytest.fixture
def card_of(shared_page):
    """Open the card of a corridor in a language, and wait for its profile. Return the page."""

    def open_card(corridor, language="en", **window):
        opened = shared_page("corridors", **window)
        opened.apply(lang=language, selected=f"corridors/{corridor}")
        opened.page.locator(STRIP).wait_for()
        return opened

    return open_card


def rows(opened):
    """The table of the places: kilometres, words, and kind of each."""
    opened.page.locator(".profile details").first.evaluate("(node) => { node.open = true; }")
    found = opened.page.locator(".stops tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [row.cells[0].innerText, row.cells[1].innerText, row.dataset.mark])"
    )
    return [(km, text.replace("\u00a0", " "), kind) for km, text, kind in found]


def words(opened):
    return opened.page.locator(f"{STRIP} text").evaluate_all("(nodes) => nodes.map((node) => node.textContent)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_of_a_corridor_has_its_profile_up_to_its_last_kilometre(card_of, middle, language):
    opened = card_of("middle", language)
    assert words(opened)[-2].startswith(number(middle.length_km, 0, language))
    found = rows(opened)
    assert [kind for _, _, kind in found] == [mark.kind for mark in middle.profile.marks]
    last = [mark.at_m for mark in middle.profile.marks][-1] / 1000
    assert found[-1][0] == number(last, 0, language)


def test_what_happens_is_in_the_table_with_its_hours(shared_page, middle):
    found = rows(shared_page("corridors", "#lang=en&select=corridors/middle"))
    said = [text for _, text, kind in found if kind != "place"]
    hours = [mark.hours for mark in middle.profile.marks if mark.kind != "place"]
    assert [text.rpartition(", ")[2] for text in said] == [f"{value:g} hours" for value in hours]
    assert said[0] == "Border China → Kazakhstan, 23 hours"
    assert said[1] == "Break of gauge 1435 → 1520 mm, 1.5 hours"


def test_a_place_of_the_table_is_ringed_on_the_map_and_brought_into_view(card_of):
    opened = card_of("cku")
    rows(opened)
    rings = opened.page.locator(".leaflet-corridors-ring-pane path")
    before = rings.count()
    button = opened.page.locator('[data-mark="break"] button')
    button.focus()
    assert rings.count() == before + 2
    button.press("Enter")
    opened.page.wait_for_function("() => !document.querySelector('.leaflet-zoom-anim')")
    assert opened.page.locator(".card h2").inner_text().startswith("China–Kyrgyzstan–Uzbekistan")
    opened.page.keyboard.press("Tab")
    opened.page.locator("body").click(position={"x": 5, "y": 5})
    assert rings.count() == before


def test_the_planner_has_the_profile_of_what_it_finds(shared_page, repo):
    opened = shared_page("overview", "#lang=en&route=cities/cn-xian~cities/kz-almaty")
    route = OpenAtlas(repo / "geodata").route("Xi'an", "Almaty")[0]
    found = rows(opened)
    assert [kind for _, _, kind in found] == [mark.kind for mark in route.profile.marks]
    assert found[-1][0] == f"{route.length_km:,.0f}"


def test_on_a_phone_the_strip_fits_and_its_buttons_can_be_touched(card_of):
    opened = card_of("northern", size=PHONE)
    rows(opened)
    box = opened.page.locator(STRIP).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
    heights = opened.page.locator(".stops button").evaluate_all("(nodes) => nodes.map((node) => node.offsetHeight)")
    assert min(heights) >= 44


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_strip_is_told_in_words(card_of, language):
    opened = card_of("northern", language)
    spoken = opened.page.locator(STRIP).get_attribute("aria-label")
    assert messages(language)["profile.alt"].partition("{0}")[0] in spoken
