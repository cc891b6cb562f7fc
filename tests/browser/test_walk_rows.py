"""A reader's own data by keyboard: the same stop on the map, from row to row in view; Enter opens the card or popup."""

import folium
import geopandas as gpd
import pytest
from shapely import LineString, Point, box

from corridors.locales import LANGUAGES, messages
from corridors.web.map import CorridorMap

STOP = ".walk"
# By name, in no order. The long one has no vertex in view, nor has the wide one.
LINES = {
    "Middle": LineString([(66, 42), (68, 43), (70, 42)]),
    "Long": LineString([(20, 41), (140, 41.5)]),
    "West": LineString([(61, 40), (62, 44)]),
    "Beside": LineString([(10, 10), (12, 12)]),
    "Lost": LineString(),
}
POINTS = {"East": Point(85, 43), "Nearest": Point(60.5, 42)}
AREAS = {"Wide": box(64, 0, 160, 75), "Field": box(80, 40, 81, 41)}
ORDER = ["Nearest", "West", "Middle", "Long", "Wide", "Field", "East"]


@pytest.fixture
def own(open_page, tmp_path):
    """A page of a reader's own data, over the area of its rows."""

    def opened(lang="en", fragment="#map=5/42/73", size=(1280, 800), **frames):
        page = CorridorMap(title="Own")
        for name, shapes in (frames or {"lines": LINES, "points": POINTS, "areas": AREAS}).items():
            frame = gpd.GeoDataFrame({"name": list(shapes)}, geometry=list(shapes.values()), crs="EPSG:4326")
            page.add_layer(frame, name)
        page.save(tmp_path / "own.html")
        return open_page(tmp_path / "own.html", *size, f"{fragment}&lang={lang}", reduced_motion="reduce")

    return opened


def said(opened, words):
    """Wait until the stop says it: the worker answers later."""
    opened.until("(words) => document.querySelector('.walk').textContent.includes(words)", words)
    return opened.page.locator(STOP).inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_arrows_walk_over_rows_from_west_to_east_and_enter_opens_the_card(language, own):
    opened = own(language)
    page = opened.page
    stop = page.locator(STOP)
    stop.focus()
    assert stop.get_attribute("aria-label") == messages(language)["ui.walk"]
    page.keyboard.press("Home")
    for nth, name in enumerate(ORDER, start=1):
        place = messages(language)["ui.walk.at"].replace("{1}", str(nth)).replace("{2}", str(len(ORDER)))
        assert said(opened, name).endswith(place.removeprefix("{0}"))
        assert page.locator(".tip").is_visible()
        page.keyboard.press("ArrowRight")
    said(opened, ORDER[-1])  # there is none after the last
    page.keyboard.press("ArrowLeft")
    said(opened, ORDER[-2])
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    opened.until("() => corridors.state().selected === 'lines/2'")
    heading = opened.card.get_by_role("heading", level=2)
    opened.until("() => document.activeElement.localName === 'h2'")
    assert heading.inner_text() == ORDER[1]
    page.keyboard.press("Escape")
    assert opened.state()["selected"] is None
    assert stop.evaluate("node => node === document.activeElement")
    assert opened.faults() == []
    opened.quiet()


def test_rows_that_a_filter_or_the_legend_hides_are_passed_over(own):
    opened = own()
    page = opened.page
    opened.apply(layers=["points"])
    page.locator(STOP).focus()
    page.keyboard.press("End")
    assert said(opened, "East").endswith("2 of 2")
    opened.apply(layers=[])
    page.keyboard.press("ArrowLeft")
    said(opened, messages("en")["totals.empty"])
    opened.quiet()


def test_enter_opens_what_folium_opens_on_a_click(open_page, tmp_path):
    """Of many features. Few of them are elements of their own, each of which the keyboard reaches."""
    names = [f"Place {nth}" for nth in range(600)]
    places = [Point(73 + nth / 10, 42) for nth in range(600)]
    frame = gpd.GeoDataFrame({"name": names[::-1]}, geometry=places[::-1], crs="EPSG:4326")
    page = CorridorMap(title="Own", lang="en")
    shown = {"popup": folium.GeoJsonPopup(["name"]), "tooltip": folium.GeoJsonTooltip(["name"])}
    folium.GeoJson(frame, marker=folium.CircleMarker(radius=6, fill=True), **shown).add_to(page)
    page.save(tmp_path / "own.html")
    opened = open_page(tmp_path / "own.html", 1280, 800, "#map=5/42/73", reduced_motion="reduce")
    assert opened.page.locator("canvas.columns").count() == 1
    opened.page.locator(STOP).focus()
    opened.page.keyboard.press("ArrowRight")
    said(opened, ", 1 of ")
    tip = opened.page.locator(".leaflet-tooltip")
    tip.wait_for()
    assert "Place 0" in tip.inner_text()
    opened.page.keyboard.press("Enter")
    popup = opened.page.locator(".leaflet-popup")
    popup.wait_for()
    assert "Place 0" in popup.inner_text()
    opened.quiet()
