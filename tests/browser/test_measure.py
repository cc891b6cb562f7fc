"""Measuring a distance on the atlas's pages: by click and by key, in words of each language, on the ellipsoid."""

import itertools
import re

import pytest
from pyproj import Geod

from corridors.locales import messages, number
from tests.browser.test_accessibility import PHONE

PLACES = [(43.25, 76.95), (55.75, 37.6), (39.47, 75.99)]
"""Latitude and longitude of Almaty, Moscow and Kashgar."""


def tool(opened, language="en"):
    """The button that measures, and the box of its results."""
    name = messages(language)["ui.measure.distance"]
    return opened.page.get_by_role("button", name=name, exact=True), opened.page.locator(".measuring")


def add(opened, place):
    """Bring a place to the middle of the map, and add it by key."""
    opened.page.evaluate("(place) => void corridors.map.setView(place, 4, { animate: false })", place)
    opened.page.locator("#map").press("Enter")


def middles(opened, places):
    """Where the map has its middle, if it is asked for places: pixels are not exact."""
    found = []
    for place in places:
        add(opened, place)
        found.append(opened.page.evaluate("(({ lat, lng }) => [lng, lat])(corridors.map.getCenter())"))
    return found


def words(km, language):
    digits = 3 if km < 10 else int(km < 1000)
    unit = messages(language)["unit.km"]
    return f"{number(km, digits, language)}\xa0{unit}"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_legs_and_length_are_geodesic_and_written_as_the_language_does(shared_page, language):
    opened = shared_page("rail")
    opened.speak(language)
    button, box = tool(opened, language)
    button.press("Enter")
    said = messages(language)
    assert box.locator("output").inner_text() == said["ui.measure.hint"]
    points = middles(opened, PLACES)
    geod = Geod(ellps="WGS84")
    legs = [geod.inv(*one, *other)[2] / 1000 for one, other in itertools.pairwise(points)]
    wanted = [said["ui.measure.leg"].format(nth, words(leg, language)) for nth, leg in enumerate(legs, start=1)]
    assert box.locator("li").all_inner_texts() == wanted
    total = said["ui.measure.length"].format(words(sum(legs), language))
    assert box.locator("output[aria-live=polite]").inner_text() == f"{wanted[-1]}. {total}"
    opened.page.locator("#map").press("Backspace")
    assert box.locator("output b").inner_text() == said["ui.measure.length"].format(words(legs[0], language))
    if language == "en":
        assert opened.faults() == []
    opened.page.keyboard.press("Escape")
    assert not box.is_visible()
    assert opened.page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "false"
    opened.quiet()


def test_measured_points_are_in_the_address_and_in_the_history(page_of):
    opened = page_of("rail", "#lang=nl&measure=43.25/76.95,55.75/37.6")
    button, box = tool(opened, "nl")
    km = Geod(ellps="WGS84").inv(76.95, 43.25, 37.6, 55.75)[2] / 1000
    total = messages("nl")["ui.measure.length"].format(words(km, "nl"))
    assert box.locator("output b").inner_text() == total
    assert button.get_attribute("aria-pressed") == "true"
    opened.page.locator("#map").press("Backspace")
    assert opened.state()["measured"] == [[43.25, 76.95]]
    assert opened.page.evaluate("location.hash").endswith("&measure=43.25/76.95")
    opened.page.go_back()
    opened.until("() => corridors.state().measured.length === 2")
    assert box.locator("output b").inner_text() == total
    opened.page.evaluate("location.hash = '#lang=nl'")
    opened.until("() => corridors.state().measured === null")
    assert not box.is_visible()
    opened.quiet()


def test_a_line_bends_as_a_geodesic_does(shared_page):
    opened = shared_page("rail")
    tool(opened)[0].click()
    middles(opened, [(50, 40), (50, 110)])
    highest = opened.page.evaluate(
        """() => {
            const { map } = corridors;
            const box = document.querySelector(".measure-casing").getBBox();
            return map.layerPointToLatLng([0, box.y]).lat;
        }"""
    )
    # The line between two places on the 50th parallel, 70 degrees apart, reaches 55.5 degrees in its middle.
    geod = Geod(ellps="WGS84")
    azimuth, _, metres = geod.inv(40, 50, 110, 50)
    assert highest == pytest.approx(geod.fwd(40, 50, azimuth, metres / 2)[1], abs=0.2)
    opened.page.keyboard.press("Escape")


def test_fingers_set_points_and_open_no_card(page_of):
    opened = page_of("rail", "#map=5/41.3/69.3", **PHONE)
    x, y = opened.meeting_point("cities/uz-tashkent")
    button, box = tool(opened)
    button.tap()
    opened.page.touchscreen.tap(x, y)
    opened.until("() => document.querySelectorAll('.measure-point').length === 1")
    opened.page.touchscreen.tap(x, y + 90)
    opened.until("() => document.querySelectorAll('.measure-point').length === 2")
    assert opened.state()["selected"] is None
    assert re.search(r"\d km", box.locator("output").inner_text().replace("\xa0", " "))
    for target in box.locator("button").all():
        side = target.bounding_box()
        assert min(side["width"], side["height"]) >= 44
    assert opened.faults() == []
    box.get_by_role("button", name=messages("en")["ui.measure.undo"], exact=True).tap()
    opened.until("() => document.querySelectorAll('.measure-point').length === 1")
    opened.quiet()
