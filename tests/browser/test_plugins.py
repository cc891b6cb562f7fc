"""folium's plugins in a real browser: drawn by the page itself, answering pointer and keyboard."""

import folium
from folium.plugins import Fullscreen, HeatMap, MarkerCluster, MousePosition

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
