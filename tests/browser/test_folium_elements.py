import re

import folium
import pytest

from corridors.web.map import CorridorMap
from tests.browser.opened import LAID

ALMATY = [43.25, 76.95]
HOSTILE = (
    "{{ 7*7 }}{% raw %}${window.__x=1}`${window.__x=2}`</script><script>window.__x=3</script>"
    "<img src=x onerror=\"window.__x=4\"><svg onload=window.__x=5><a href='javascript:window.__x=6'>a</a>"
)


def saved(corridor, tmp_path):
    corridor.save(tmp_path / "map.html")
    return tmp_path / "map.html"


def quiet(opened):
    assert opened.requests == []
    assert opened.errors == []


def pixel(opened, lat, lng):
    """Return the position of a place in the window."""
    return opened.page.evaluate(
        """([lat, lng]) => {
            const at = window.corridors.map.latLngToContainerPoint([lat, lng]);
            const box = window.corridors.map.getContainer().getBoundingClientRect();
            return [at.x + box.left, at.y + box.top];
        }""",
        [lat, lng],
    )


CENTRE_AND_ZOOMS = """() => {
    const map = window.corridors.map;
    const { lat, lng } = map.getCenter();
    return [lat, lng, map.getZoom(), map.getMinZoom(), map.getMaxZoom()];
}"""
SOUTH_WEST_NORTH_EAST = """() => {
    const seen = window.corridors.map.getBounds();
    return [seen.getSouth(), seen.getWest(), seen.getNorth(), seen.getEast()];
}"""


def square(lon, lat, **properties):
    ring = [[lon, lat], [lon + 2, lat], [lon + 2, lat + 2], [lon, lat + 2], [lon, lat]]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_markers_open_popups_and_show_tooltips(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    markup = "<h4>Almaty</h4><a href='https://example.org/'>site</a>"
    folium.Marker(ALMATY, popup=folium.Popup(markup, max_width=200), tooltip="A <b>hub</b>").add_to(corridor)
    folium.Marker([44, 80], icon=folium.Icon(color="red"), draggable=True).add_to(corridor)
    folium.Marker([42, 74], icon=folium.DivIcon("<div style='color: rgb(0, 128, 128)'>Bishkek</div>")).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path))
    page = opened.page
    assert page.locator(".leaflet-marker-icon").count() == 3
    assert page.locator("svg path[fill='#c9302c']").count() == 1
    assert page.get_by_text("Bishkek").evaluate("node => getComputedStyle(node).color") == "rgb(0, 128, 128)"
    first = page.get_by_role("button", name="A hub")
    first.hover()
    assert page.locator(".leaflet-tooltip b").inner_text() == "hub"
    first.click()
    assert page.locator(".leaflet-popup-content h4").inner_text() == "Almaty"
    link = page.locator(".leaflet-popup-content a")
    assert (link.get_attribute("href"), link.get_attribute("rel")) == ("https://example.org/", "noopener noreferrer")
    quiet(opened)


def test_marker_can_be_dragged(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    folium.Marker(ALMATY, draggable=True).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path))
    marker = opened.page.locator(".leaflet-marker-icon")
    before = marker.bounding_box()
    opened.page.mouse.move(before["x"] + 13, before["y"] + 12)
    opened.page.mouse.down()
    opened.page.mouse.move(before["x"] + 113, before["y"] + 62, steps=8)
    opened.page.mouse.up()
    assert marker.bounding_box()["x"] - before["x"] == pytest.approx(100, abs=2)
    quiet(opened)


def test_lines_and_areas_answer_the_pointer_and_the_keyboard(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    folium.PolyLine([[43, 74], [43, 78]], color="#aa0000", weight=8, popup="a line", tooltip="over").add_to(corridor)
    folium.Rectangle([[44, 74], [45, 76]], fill_color="#00aa00", popup="an area").add_to(corridor)
    folium.Circle([41, 76], radius=50_000, fill=True, popup=folium.Popup("a circle", show=True)).add_to(corridor)
    folium.Polygon([[40, 80], [42, 80], [41, 82]], tooltip=folium.Tooltip("always", permanent=True)).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path))
    page = opened.page
    assert page.locator(".leaflet-popup-content").inner_text() == "a circle"
    assert page.locator(".leaflet-tooltip").inner_text() == "always"
    page.mouse.click(*pixel(opened, 43, 77))
    assert "a line" in page.locator(".leaflet-popup-content").all_inner_texts()
    assert "over" in page.locator(".leaflet-tooltip").all_inner_texts()
    area = page.get_by_role("button", name="an area")
    area.focus()
    page.keyboard.press("Enter")
    assert "an area" in page.locator(".leaflet-popup-content").all_inner_texts()
    quiet(opened)


def test_layer_control_shows_and_hides_groups_under_their_own_names(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=5)
    shown = folium.FeatureGroup(name=HOSTILE).add_to(corridor)
    hidden = folium.FeatureGroup(name="hidden", show=False).add_to(corridor)
    left_out = folium.FeatureGroup(name="left out", control=False).add_to(corridor)
    first, second = (folium.FeatureGroup(name, overlay=False, show=name == "one") for name in ("one", "two"))
    first.add_to(corridor)
    second.add_to(corridor)
    for group, lng in ((shown, 70), (hidden, 74), (left_out, 78), (first, 80), (second, 82)):
        folium.CircleMarker([43, lng], radius=9, fill=True).add_to(group)
    folium.LayerControl(collapsed=False).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path))
    page = opened.page
    control = page.locator(".leaflet-control-layers")
    names = control.locator(".leaflet-control-layers-overlays label").all_inner_texts()
    assert [name.strip() for name in names] == [HOSTILE, "hidden"]
    assert control.locator("img, svg, script, a[href^=javascript]").count() == 0
    circles = page.locator(".leaflet-corridors-elements-pane path")
    assert circles.count() == 3
    control.get_by_label("hidden").check()
    assert circles.count() == 4
    control.get_by_label(HOSTILE).uncheck()
    assert circles.count() == 3
    control.get_by_role("radio", name="two", exact=True).check()
    assert circles.count() == 3
    assert not control.get_by_role("radio", name="one", exact=True).is_checked()
    assert page.evaluate("window.__x") is None
    quiet(opened)


def test_layer_kept_in_front_stays_there(open_page, tmp_path):
    corridor = CorridorMap(ALMATY)
    front = folium.FeatureGroup("front").add_to(corridor)
    folium.CircleMarker(ALMATY, color="#111111").add_to(front)
    folium.CircleMarker(ALMATY, color="#222222").add_to(corridor)
    corridor.keep_in_front(front)
    opened = open_page(saved(corridor, tmp_path))
    assert opened.page.locator(".leaflet-corridors-elements-pane path").last.get_attribute("stroke") == "#111111"
    quiet(opened)


def test_geojson_draws_styles_texts_and_highlights(open_page, tmp_path):
    features = [
        square(74, 43, name="west", trains=1520.5),
        square(78, 43, name=HOSTILE, trains=None),
        {
            "type": "Feature",
            "properties": {"name": "dot", "trains": 3},
            "geometry": {"type": "Point", "coordinates": [76.95, 41]},
        },
    ]
    corridor = CorridorMap(ALMATY, zoom_start=6)
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        style_function=lambda feature: {
            "color": "#aa0000" if feature["properties"]["trains"] else "#0000aa",
            "weight": 2,
        },
        highlight_function=lambda _: {"weight": 9},
        tooltip=folium.GeoJsonTooltip(["name"], labels=False),
        popup=folium.GeoJsonPopup(["name", "trains"], aliases=["Name", "Trains"]),
        marker=folium.CircleMarker(radius=6, fill=True),
    ).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path))
    page = opened.page
    paths = page.locator(".leaflet-corridors-elements-pane path")
    assert [paths.nth(i).get_attribute("stroke") for i in range(3)] == ["#aa0000", "#0000aa", "#aa0000"]
    page.mouse.click(*pixel(opened, 44, 75))
    assert paths.first.get_attribute("stroke-width") == "9"
    cells = page.locator(".leaflet-popup-content :is(th, td)").all_inner_texts()
    assert cells[:3] == ["Name", "west", "Trains"]
    assert re.fullmatch(r"1\D?520[.,]5", cells[3])
    page.mouse.move(*pixel(opened, 40, 70))
    assert paths.first.get_attribute("stroke-width") == "2"
    page.mouse.click(*pixel(opened, 44, 79))
    assert HOSTILE in page.locator(".leaflet-popup-content td").all_inner_texts()
    assert HOSTILE in page.locator(".leaflet-tooltip").all_inner_texts()
    assert page.evaluate("window.__x") is None
    quiet(opened)


def test_hostile_text_is_shown_as_text_everywhere(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6, title=HOSTILE, statement=HOSTILE)
    icon = folium.DivIcon(HOSTILE)
    folium.Marker(ALMATY, popup=folium.Popup(HOSTILE, show=True), tooltip=HOSTILE, title=HOSTILE, icon=icon).add_to(
        corridor
    )
    folium.PolyLine([ALMATY, [45, 79]], tooltip=folium.Tooltip(HOSTILE, permanent=True)).add_to(corridor)
    folium.FeatureGroup("credited", attribution=HOSTILE).add_to(corridor)
    folium.LayerControl(collapsed=False).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path))
    page = opened.page
    for place in (".leaflet-popup-content", ".leaflet-tooltip", ".leaflet-marker-icon", ".leaflet-control-attribution"):
        found = page.locator(place)
        assert HOSTILE in " ".join(found.first.text_content().split())
        assert found.locator("img, svg, script, a").count() == 0
    page.evaluate(LAID)
    assert page.evaluate("window.__x") is None
    quiet(opened)


def test_view_and_fitted_bounds(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=7, min_zoom=3, max_zoom=16)
    opened = open_page(saved(corridor, tmp_path))
    assert opened.page.evaluate(CENTRE_AND_ZOOMS) == pytest.approx([*ALMATY, 7, 3, 16], abs=0.01)
    kept = open_page(tmp_path / "map.html", fragment="#map=5/40/60")
    assert kept.page.evaluate(CENTRE_AND_ZOOMS)[:3] == pytest.approx([40, 60, 5], abs=0.01)
    corridor.fit_bounds([[35, 60], [50, 110]])
    fitted = open_page(saved(corridor, tmp_path))
    south, west, north, east = fitted.page.evaluate(SOUTH_WEST_NORTH_EAST)
    assert south <= 35
    assert west <= 60
    assert north >= 50
    assert east >= 110
    for page in (opened, kept, fitted):
        quiet(page)


def many(text="", **looks):
    """A GeoJson of 600 lines across the map, the first of them along the 43rd parallel."""
    lines = [
        {
            "type": "Feature",
            "properties": {"name": f"line {n}{text}", "km": 1520.5 * n},
            "geometry": {"type": "LineString", "coordinates": [[70, 43 + n / 20], [84, 43 + n / 20]]},
        }
        for n in range(600)
    ]
    return folium.GeoJson({"type": "FeatureCollection", "features": lines}, **looks)


def test_many_features_answer_the_pointer_as_folium_shows_them(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=9)
    many(
        style_function=lambda _: {"color": "#ff0000", "weight": 3},
        highlight_function=lambda _: {"color": "#00ff00"},
        tooltip=folium.GeoJsonTooltip(["name", "km"], aliases=["Name", "Length"], localize=True),
        popup=folium.GeoJsonPopup(["km"], labels=False, localize=False, style="color: rgb(0, 128, 128)"),
    ).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path))
    page = opened.page
    assert page.locator("canvas.columns").count() == 1
    x, y = pixel(opened, 43.05, 76)
    page.mouse.move(x - 40, y)
    page.mouse.move(x, y)
    tip = page.locator(".leaflet-tooltip")
    tip.wait_for()
    assert tip.locator("tr").all_inner_texts() == ["Name\tline 1", "Length\t1,520.5"]
    page.locator("path[stroke='#00ff00']").wait_for(state="attached")
    page.mouse.click(x, y)
    popup = page.locator(".leaflet-popup-content")
    assert popup.locator("td").inner_text() == "1520.5"
    assert popup.locator("div div").evaluate("node => getComputedStyle(node).color") == "rgb(0, 128, 128)"
    assert opened.state()["selected"] is None
    quiet(opened)


def test_many_features_are_switched_by_the_layer_control_and_by_the_legend(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=9)
    many(name="lines").add_to(corridor)
    many(name="off", show=False).add_to(corridor)
    folium.LayerControl(collapsed=False).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path))
    boxes = opened.page.locator(".leaflet-control-layers-overlays input")
    [[first], [second]] = [layer["classes"] for layer in opened.payload()["columns"]]
    assert [box.is_checked() for box in boxes.all()] == [True, False]
    assert opened.state()["layers"] == [first]
    boxes.nth(1).check()
    assert sorted(opened.state()["layers"]) == sorted([first, second])
    boxes.nth(0).uncheck()
    assert opened.state()["layers"] == [second]
    opened.apply(layers=[first])
    assert [box.is_checked() for box in boxes.all()] == [True, False]
    quiet(opened)


def test_hostile_text_of_many_features_is_shown_as_text(open_page, tmp_path):
    corridor = CorridorMap(ALMATY, zoom_start=6)
    tooltip = folium.GeoJsonTooltip(["name"], aliases=[HOSTILE])
    many(HOSTILE, name=HOSTILE, tooltip=tooltip).add_to(corridor)
    folium.LayerControl(collapsed=False).add_to(corridor)
    opened = open_page(saved(corridor, tmp_path))
    page = opened.page
    x, y = pixel(opened, 43.05, 76)
    page.mouse.move(x - 40, y)
    page.mouse.move(x, y)
    tip = page.locator(".leaflet-tooltip")
    tip.wait_for()
    assert tip.locator("th").inner_text() == HOSTILE
    assert tip.locator("td").inner_text() == f"line 1{HOSTILE}"
    assert HOSTILE in page.locator(".leaflet-control-layers").inner_text()
    assert page.evaluate("window.__x") is None
    quiet(opened)
