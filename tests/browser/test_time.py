"""The year of the map: worked by keyboard, typed, stepped and played; what changes in it is named and marked."""

import pytest

from corridors.locales import LANGUAGES, messages, number
from tests.browser.test_accessibility import FOR_FINGERS, PHONE, faults

FIRST, AS_OF = 1842, 2025


@pytest.fixture
def strip(shared_page):
    """A map with its strip of years open, and the slider."""
    opened = shared_page("rail")
    opened.page.get_by_role("button", name="Year: 2025").click()
    yield opened, opened.page.get_by_role("slider", name="Year")
    opened.page.keyboard.press("Escape")
    close = opened.page.locator(".time .icon")
    if close.is_visible():
        close.click()


def year_of(opened):
    return opened.state()["year"]


def test_the_keyboard_has_all_of_the_slider(strip):
    opened, slider = strip
    page = opened.page
    assert slider.evaluate("(node) => node === document.activeElement")
    for key, year in (("ArrowLeft", 2024), ("PageDown", 2019), ("PageUp", 2024), ("ArrowRight", None)):
        page.keyboard.press(key)
        assert year_of(opened) == year, key
    page.keyboard.press("Home")
    assert year_of(opened) == FIRST
    assert slider.get_attribute("aria-valuetext").startswith("End of 1842: ")
    page.keyboard.press("End")
    assert year_of(opened) is None
    assert slider.get_attribute("aria-valuetext").startswith("17 June 2025: ")
    page.keyboard.press("Escape")
    assert not page.locator("#time").is_visible()
    assert page.locator(".year").evaluate("(node) => node === document.activeElement")


def test_a_year_is_typed_and_stepped_within_the_years_of_the_map(strip):
    opened, _ = strip
    page = opened.page
    field = page.get_by_role("spinbutton", name="Year")
    for typed, year in (("2013", 2013), ("1066", 2013), ("", 2013), (str(AS_OF), None)):
        field.fill(typed)
        field.press("Tab")
        assert (year_of(opened), field.input_value()) == (year, str(year or AS_OF)), typed
    for name, year in (("5 years earlier", 2020), ("1 years earlier", 2019), ("5 years later", 2024)):
        page.get_by_role("button", name=name).click()
        assert year_of(opened) == year
    page.locator("#time").get_by_role("button", name="17 June 2025").click()
    assert year_of(opened) is None


def test_what_opened_is_named_marked_and_leads_to_its_card(strip):
    opened, _ = strip
    opened.apply(year=2009)
    lines = {one["id"] for one in opened.payload()["features"] if str(one.get("opened")).startswith("2009")}
    shown = opened.page.evaluate("[...document.querySelectorAll('.hit.changed')].map((node) => node.dataset.feature)")
    assert set(shown) == lines & opened.drawn() != set()
    names = opened.page.locator(".changes button")
    assert names.count() == len(lines & opened.drawn())
    names.first.click()
    assert opened.state()["selected"] in lines
    assert opened.card.is_visible()
    opened.apply(year=1843)
    assert opened.page.locator(".hit.changed").count() == 0
    assert "1843" in opened.page.locator("#time .fine").first.inner_text()


def test_what_opened_in_an_unknown_year_is_pale_only_before_the_date_of_the_map(strip):
    opened, _ = strip
    undated = {one["id"] for one in opened.payload()["features"] if one.get("undated")}
    pale = "[...document.querySelectorAll('[data-feature].undated')].map((node) => node.dataset.feature)"
    assert opened.page.evaluate(pale) == []
    opened.apply(year=1990, selected=min(one for one in undated if one.startswith("rail/")))
    assert set(opened.page.evaluate(pale)) == undated
    unsure = messages("en")["time.unsure"]
    assert unsure in opened.card.inner_text()
    count = sum(sum(one["km"].values()) for one in opened.payload()["features"] if one["id"] in undated)
    assert f"Another {number(count, 0, 'en')}" in opened.page.locator("#time [role=status]").inner_text()
    opened.apply(year=None)
    assert opened.page.evaluate(pale) == []
    assert unsure not in opened.card.inner_text()


def test_years_play_until_the_reader_does_something(page_of):
    opened = page_of("rail", "#year=2001", reduced_motion="no-preference")
    page = opened.page
    for stop in ("Escape", "ArrowUp", " "):
        opened.apply(year=2001)
        page.get_by_role("slider", name="Year").focus()
        page.keyboard.press(" ")
        opened.until("() => corridors.state().year >= 2003")
        page.keyboard.press(stop)
        assert page.locator(".playing").count() == 0
        assert page.locator("#time").is_visible()
    opened.apply(year=2023)
    page.get_by_role("button", name="Play").click()
    opened.until("() => corridors.state().year === null && !document.querySelector('.playing')")


def test_with_less_motion_the_years_are_steps_from_change_to_change(strip):
    opened, _ = strip
    opened.apply(year=1843)
    following = opened.page.get_by_role("button", name="Next change")
    lines = [one for one in opened.payload()["features"] if "km" in one and "opened" in one]
    for year in sorted({int(one["opened"][:4]) for one in lines if one["opened"] > "1844"})[:3]:
        following.click()
        assert year_of(opened) == year
    assert opened.page.locator(".playing").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_in_the_strip_in_any_language(theme, page_of):
    opened = page_of("overview", "#year=2009", **PHONE)
    for language in LANGUAGES:
        opened.apply(lang=language, theme=theme)
        assert faults(opened, FOR_FINGERS) == []
