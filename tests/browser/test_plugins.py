"""folium's plugins in a real browser: drawn by the page itself, answering pointer and keyboard."""

import folium
import pytest
from folium.plugins import Fullscreen, HeatMap, MarkerCluster, MeasureControl, MiniMap, MousePosition
from pyproj import Geod

from corridors.web.map import CorridorMap
from tests.browser.test_folium_elements import ALMATY, HOSTILE, pixel, quiet, saved, square


def test_clusters_open_by_click_and_by_key(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    places = [[43, 76], [43.2, 76.2], [43.4, 76.1], [41, 80], [41, 80]]
    MarkerCluster(places, popups=[f"place {n}" for n in range(5)]).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path), reduced_motion="reduce")
    page = opened.page
    signs = page.locator(".corridors-cluster")
    assert signs.all_inner_texts() == ["3", "2"]
    page.get_by_role("button", name="2 features").click()
    assert page.locator(".corridors-pin").count() == 2
    page.locator(".corridors-pin").first.click()
    assert page.locator(".leaflet-popup-content").inner_text() == "place 3"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="3 features").focus()
    page.keyboard.press("Enter")
    page.locator(".corridors-pin").nth(2).wait_for()
    assert signs.count() == 0
    quiet(opened)


def test_a_cluster_is_switched_by_the_layer_control(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    MarkerCluster([[43, 76], [43, 76.1]], name="places").add_to(corridor)
    folium.LayerControl(collapsed=False).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path))
    assert opened.page.locator(".corridors-cluster").count() == 1
    opened.page.get_by_label("places").uncheck()
    assert opened.page.locator(".corridors-cluster").count() == 0
    quiet(opened)


COLOUR = """([x, y]) => {
    const canvas = document.querySelector("canvas.heat");
    const box = canvas.getBoundingClientRect();
    return [...canvas.getContext("2d").getImageData(x - box.left, y - box.top, 1, 1).data];
}"""


def test_a_heat_map_is_hot_where_points_are(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    HeatMap([[43, 77, 1]] * 3, gradient={0.2: "blue", 1: "#ff0000"}, max_zoom=6, radius=20, blur=5).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path))
    red, green, blue, opacity = opened.page.evaluate(COLOUR, pixel(opened, 43, 77))
    assert red > 250
    assert max(green, blue) < 5
    assert opacity > 200
    assert opened.page.evaluate(COLOUR, pixel(opened, 43, 80))[3] == 0
    quiet(opened)


def test_the_position_of_the_pointer_is_shown(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    MousePosition(prefix=HOSTILE, separator=" | ", num_digits=1, lng_first=True).add_to(corridor)
    Fullscreen().add_to(corridor)
    opened = open_page(saved(corridor, tmp_path))
    field = opened.page.locator(".mouse-position")
    assert field.inner_text() == "Unavailable"
    opened.page.mouse.move(*pixel(opened, 43, 77))
    assert field.inner_text() == f"{HOSTILE} 77.0 | 43.0"
    quiet(opened)


def test_a_choropleth_has_a_legend_while_it_is_shown(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    areas = {"type": "FeatureCollection", "features": [square(70 + 3 * n, 42, code=str(n)) for n in range(3)]}
    folium.Choropleth(
        areas,
        data={"0": 0.0, "1": 1000.0, "2": 3000.0},
        key_on="feature.properties.code",
        fill_color="YlGn",
        bins=3,
        legend_name=HOSTILE,
        name="cargo",
    ).add_to(corridor)
    folium.LayerControl(collapsed=False).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path))
    legend = opened.page.locator(".scale-legend")
    assert legend.locator("figcaption").inner_text() == HOSTILE
    assert legend.locator("li").all_inner_texts() == ["0 – 1,000", "1,000 – 2,000", "2,000 – 3,000"]
    opened.page.get_by_label("cargo").uncheck()
    assert legend.count() == 0
    assert opened.page.evaluate("window.__x") is None
    quiet(opened)


# Middle and size of the rectangle of the view in the small map, from the middle of the small map, in pixels.
VIEW_IN_SMALL = """() => {
    const ground = document.querySelector(".minimap .ground").getBoundingClientRect();
    const view = document.querySelector(".minimap-view").getBoundingClientRect();
    return [
        view.x + view.width / 2 - ground.x - ground.width / 2,
        view.y + view.height / 2 - ground.y - ground.height / 2,
        view.width,
        view.height,
    ];
}"""
WEST_AND_EAST = "() => { const seen = corridors.map.getBounds(); return [seen.getWest(), seen.getEast()]; }"


def small_map(opened):
    return opened.page.get_by_role("img", name="Overview map")


def test_the_small_map_shows_the_view_and_moves_it(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    MiniMap(width=180, height=120).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path), reduced_motion="reduce")
    size = opened.page.evaluate("() => { const { x, y } = corridors.map.getSize(); return [x, y]; }")
    box = small_map(opened).bounding_box()
    assert (box["width"], box["height"]) == (180, 120)
    assert opened.page.locator(".minimap path.land").count() > 0
    assert opened.page.locator(".minimap button").count() == 0
    # Its zoom is 5 lower, and its rectangle has a stroke of 1.5 pixels.
    x, y, width, height = opened.page.evaluate(VIEW_IN_SMALL)
    assert (x, y) == pytest.approx((0, 0), abs=1.5)
    assert (width, height) == pytest.approx([side / 32 + 1.5 for side in size], abs=2)
    west, east = opened.page.evaluate(WEST_AND_EAST)
    opened.page.mouse.click(box["x"] + 90 + 40, box["y"] + 60)
    moved = 40 * 32 * (east - west) / size[0]
    assert opened.page.evaluate(WEST_AND_EAST) == pytest.approx([west + moved, east + moved], abs=0.5)
    assert opened.page.evaluate(VIEW_IN_SMALL)[:2] == pytest.approx((0, 0), abs=1.5)
    quiet(opened)


def test_the_small_map_folds_by_key(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    MiniMap(toggle_display=True, minimized=True, collapsed_width=30, collapsed_height=28).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path), locale="nl-NL")
    button = opened.page.get_by_role("button", name="Overzichtskaart")
    ground = opened.page.locator(".minimap .ground")
    folded = opened.page.locator(".minimap").bounding_box()
    assert (folded["width"], folded["height"]) == pytest.approx((32, 30))  # with its borders
    assert button.get_attribute("aria-expanded") == "false"
    assert not ground.is_visible()
    button.focus()
    opened.page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert ground.is_visible()
    opened.page.emulate_media(media="print")
    opened.page.wait_for_selector("html[data-paper]")
    assert not ground.is_visible()
    quiet(opened)


def test_a_small_map_with_a_fixed_middle_and_zoom_stays(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    MiniMap(position="topleft", zoom_level_fixed=1, center_fixed=[43.25, 40], auto_toggle_display=True).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path), reduced_motion="reduce")
    degree = 512 / 360  # pixels at zoom 1
    assert opened.page.evaluate(VIEW_IN_SMALL)[0] == pytest.approx(36.95 * degree, abs=1.5)
    opened.page.evaluate("void corridors.map.setView([43.25, 20], 6)")
    assert opened.page.evaluate(VIEW_IN_SMALL)[0] == pytest.approx(-20 * degree, abs=1.5)
    opened.page.evaluate("void corridors.map.setView([43.25, 40], 1.5)")
    assert not opened.page.locator(".minimap .ground").is_visible()  # the large map shows all of it
    quiet(opened)


def places_at(opened, *offsets):
    """Return latitude and longitude at distances in pixels from the middle of the map, and the pixels of the window."""
    found = opened.page.evaluate(
        """(offsets) => {
            const map = window.corridors.map;
            const box = map.getContainer().getBoundingClientRect();
            const middle = map.getSize().divideBy(2).round();
            return offsets.map((offset) => {
                const at = middle.add(offset);
                const { lat, lng } = map.containerPointToLatLng(at);
                return [[lat, lng], [at.x + box.left, at.y + box.top]];
            });
        }""",
        offsets,
    )
    return [place for place, _ in found], [at for _, at in found]


def test_clicks_measure_a_length_and_an_area(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    folium.Marker(ALMATY, popup="not now").add_to(corridor)
    MeasureControl(active_color="#0000ff", completed_color="#008000", secondary_length_unit="kilometers").add_to(
        corridor
    )
    opened = open_page(saved(corridor, tmp_path))
    page = opened.page
    places, pixels = places_at(opened, [0, -8], [200, 0], [150, 180])
    button = page.get_by_role("button", name="Measure distances and areas")
    words = page.locator(".measure-control output")
    button.click()
    assert "Escape ends" in words.inner_text()
    for at in pixels:
        page.mouse.click(*at)
    assert page.locator(".leaflet-popup").count() == 0
    area, _ = Geod(ellps="WGS84").polygon_area_perimeter([lng for _, lng in places], [lat for lat, _ in places])
    metres = Geod(ellps="WGS84").line_length([lng for _, lng in places], [lat for lat, _ in places])
    acres = abs(area) / 4046.8564224
    assert words.locator("p").all_inner_texts() == [
        f"Length: {metres / 1000:,.0f}\u00a0km",
        f"Area: {abs(area) / 1e6:,.0f}\u00a0km² ({acres:,.0f}\u00a0acres)",
    ]
    assert page.locator("path[stroke='#0000ff'].measure-point").count() == 3
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-pressed") == "false"
    assert page.locator("path[stroke='#008000'].measure-point").count() == 3
    page.mouse.click(pixels[0][0] - 100, pixels[0][1])
    assert page.locator(".measure-point").count() == 3
    page.mouse.click(*pixels[0])
    assert page.locator(".leaflet-popup-content").inner_text() == "not now"
    button.click()
    assert page.locator(".measure-point").count() == 0
    quiet(opened)


def test_a_length_is_measured_by_keys(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    MeasureControl(primary_length_unit="miles", secondary_length_unit=None).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path), reduced_motion="reduce")
    page = opened.page
    (start, end), _ = places_at(opened, [0, 0], [80, 0])
    page.get_by_role("button", name="Measure distances and areas").focus()
    for key in ("Enter", "Enter", "ArrowRight"):
        page.keyboard.press(key)
    page.wait_for_function("(lng) => Math.abs(corridors.map.getCenter().lng - lng) < 1e-6", arg=end[1])
    page.keyboard.press("Enter")
    miles = Geod(ellps="WGS84").inv(*start[::-1], *end[::-1])[2] / 1609.344
    assert page.get_by_role("status").filter(has_text="Length").inner_text() == f"Length: {miles:.1f}\u00a0miles"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "false"
    quiet(opened)


def test_a_second_click_at_the_same_place_ends_the_measurement(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    MeasureControl().add_to(corridor)
    opened = open_page(saved(corridor, tmp_path))
    _, pixels = places_at(opened, [-100, 0], [100, 0])
    button = opened.page.get_by_role("button", name="Measure distances and areas")
    button.click()
    opened.page.mouse.click(*pixels[0])
    opened.page.mouse.dblclick(*pixels[1])
    assert button.get_attribute("aria-pressed") == "false"
    assert opened.page.locator(".measure-point").count() == 2
    assert opened.page.evaluate("corridors.map.getZoom()") == 6
    quiet(opened)
