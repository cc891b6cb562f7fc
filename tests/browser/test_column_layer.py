"""A reader's own data on the map: drawn where it lies, in its colours, found by the pointer, and drawn by a worker."""

import io
import re

import geopandas as gpd
import numpy as np
import pytest
import shapely
from PIL import Image
from playwright.sync_api import expect

from corridors.web.map import CorridorMap

BLUE, ORANGE = (0, 114, 178), (213, 94, 0)
EAST, NORTH, AREA, POINT, BARE = (75, 45), (65, 50), (85, 38), (55, 40), (75, 42)
"""Positions (lon, lat) on the eastern line, on the northern one, in the area, of the point, and where nothing is."""

COLOURS_AT = """([lon, lat]) => {
    const canvas = document.querySelector("canvas.columns");
    const box = canvas.getBoundingClientRect();
    const place = corridors.map.latLngToContainerPoint([lat, lon]);
    const field = corridors.map.getContainer().getBoundingClientRect();
    const scale = canvas.width / box.width; // device pixels per pixel
    const part = new OffscreenCanvas(3, 3).getContext("2d");
    const [x, y] = [field.x + place.x - box.x, field.y + place.y - box.y];
    part.drawImage(canvas, 1 - Math.floor(x * scale), 1 - Math.floor(y * scale));
    const parts = [...part.getImageData(0, 0, 3, 3).data];
    return Array.from({length: 9}, (_, nth) => parts.slice(4 * nth, 4 * nth + 4));
}"""
"""Colours of the drawing around a position, row by row: red, green, blue, alpha; all 0 where nothing is drawn."""

HAS_COLOUR = f"""([place, wanted]) => ({COLOURS_AT})(place).some(
    (colour) => colour.every((part, nth) => Math.abs(part - wanted[nth]) < 12))"""
COUNT_OF = """(wanted) => {
    const canvas = document.querySelector("canvas.columns");
    const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) count += wanted.every((part, nth) => data[i + nth] === part);
    return count;
}"""
"""How many pixels of the drawing have a colour."""

IS_EMPTY = f"place => ({COLOURS_AT})(place)[4][3] === 0"
IS_DRAWN = f"place => ({COLOURS_AT})(place).some(colour => colour[3] > 0)"

IN_WINDOW = """([lon, lat]) => {
    const {x, y} = corridors.map.latLngToContainerPoint([lat, lon]);
    const field = corridors.map.getContainer().getBoundingClientRect();
    return [field.x + x, field.y + y];
}"""


def frame(geometries, **columns):
    return gpd.GeoDataFrame(columns, geometry=geometries, crs="EPSG:4326")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A page with two lines of two classes, an area with a hole and a point."""
    path = tmp_path_factory.mktemp("own") / "small.html"
    page = CorridorMap(title="Small")
    hole = shapely.box(87, 37, 89, 39)
    page.add_layer(frame([shapely.box(80, 35, 90, 41).difference(hole)], name=["Field"]), "fields")
    lines = [shapely.LineString([(60, 45), (75, 45), (90, 45)]), shapely.LineString([(60, 50), (70, 50)])]
    page.add_layer(frame(lines, name=["East", "North"], kind=["rail", "road"]), "lines", column="kind")
    page.add_layer(frame([shapely.Point(POINT)], name=["Mast"]), "masts")
    page.save(path)
    return path


@pytest.fixture
def opened(small, shared_page):
    return shared_page(small)


def drawn(opened, place, colour):
    """Wait until the drawing has that colour at a position."""
    opened.until(HAS_COLOUR, [list(place), [*colour, 255]])


def colour_at(opened, place):
    return tuple(opened.page.evaluate(COLOURS_AT, list(place))[4])


def in_window(opened, place):
    return tuple(opened.page.evaluate(IN_WINDOW, list(place)))


def point_at(opened, place):
    """Move the pointer to a position, from nearby."""
    x, y = in_window(opened, place)
    opened.page.mouse.move(x + 2, y + 2)
    opened.page.mouse.move(x, y)


def seen(opened, place):
    """The colour of the window at a position."""
    x, y = in_window(opened, place)
    with opened.painted():
        picture = opened.page.screenshot(clip={"x": round(x), "y": round(y), "width": 1, "height": 1})
    return Image.open(io.BytesIO(picture)).convert("RGB").getpixel((0, 0))


def near(colour, other):
    return all(abs(one - two) < 16 for one, two in zip(colour, other, strict=True))


def classes_of(opened, name):
    """Ids of classes whose title is that."""
    classes = opened.payload()["classes"]
    return [ident for ident, entry in classes.items() if entry.get("title", {}).get("en") == name]


def dark_of(opened, name):
    """The colour of a class in the dark theme."""
    [ident] = classes_of(opened, name)
    dark = opened.payload()["classes"][ident]["dark"]
    return [int(dark[at : at + 2], 16) for at in (1, 3, 5)]


def test_features_are_drawn_where_they_lie(opened):
    drawn(opened, EAST, BLUE)
    drawn(opened, NORTH, ORANGE)
    assert colour_at(opened, BARE) == (0, 0, 0, 0)
    assert 100 < colour_at(opened, AREA)[3] < 130
    assert colour_at(opened, (88, 38)) == (0, 0, 0, 0), "an area has its hole"
    assert colour_at(opened, POINT)[3] == 255
    opened.quiet()


def test_the_window_shows_what_was_drawn(opened):
    drawn(opened, EAST, BLUE)
    drawn(opened, NORTH, ORANGE)
    assert near(seen(opened, EAST), BLUE)
    assert near(seen(opened, NORTH), ORANGE)
    assert not near(seen(opened, BARE), BLUE)


def test_a_class_that_is_off_is_not_drawn(opened):
    [rail] = classes_of(opened, "rail")
    everything = opened.state()["layers"]
    opened.apply(layers=[ident for ident in everything if ident != rail])
    opened.until(IS_EMPTY, list(EAST))
    drawn(opened, NORTH, ORANGE)
    opened.apply(layers=everything)
    drawn(opened, EAST, BLUE)


def test_the_drawing_follows_the_map(opened):
    page = opened.page
    page.evaluate("void corridors.map.setView([50, 65], 6, {animate: false})")
    drawn(opened, NORTH, ORANGE)
    page.evaluate("void corridors.map.panBy([200, 100], {animate: false})")
    drawn(opened, NORTH, ORANGE)
    page.evaluate("void corridors.map.setView([45, 75], 4.25, {animate: false})")
    drawn(opened, EAST, BLUE)
    assert near(seen(opened, EAST), BLUE)
    opened.quiet()


def test_the_drawing_follows_an_animated_zoom_and_a_drag(small, open_page):
    opened = open_page(small, reduced_motion="no-preference")
    drawn(opened, EAST, BLUE)
    opened.page.evaluate("new Promise(done => corridors.map.once('zoomend', () => done()).setView([45, 75], 6))")
    drawn(opened, EAST, BLUE)
    x, y = in_window(opened, (76, 47))
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x - 300, y + 150, steps=6)
    opened.page.mouse.up()
    drawn(opened, EAST, BLUE)
    opened.quiet()


def test_the_dark_theme_has_its_own_colours(opened):
    drawn(opened, EAST, BLUE)
    opened.apply(theme="dark")
    drawn(opened, EAST, dark_of(opened, "rail"))


def test_the_drawing_is_fine_and_light_in_print(opened):
    opened.apply(theme="dark")
    drawn(opened, EAST, dark_of(opened, "rail"))
    opened.page.emulate_media(media="print")
    fine = "() => { const c = document.querySelector('canvas.columns'); return c.width >= 2.9 * c.offsetWidth; }"
    opened.until(fine)
    assert opened.page.evaluate(COUNT_OF, list(BLUE)) > 1000
    opened.page.emulate_media(media="screen")
    drawn(opened, EAST, dark_of(opened, "rail"))


def test_the_pointer_meets_the_feature_below_it(opened):
    tip = opened.page.locator(".tip")
    for place, name in ((EAST, "East"), (NORTH, "North"), (AREA, "Field"), (POINT, "Mast")):
        point_at(opened, place)
        expect(tip).to_contain_text(name)
        expect(opened.page.locator("path.met")).to_have_count(1)
        assert opened.page.locator("#map").evaluate("map => getComputedStyle(map).cursor") == "pointer"
    point_at(opened, BARE)
    expect(tip).to_have_count(0)
    expect(opened.page.locator("path.met")).to_have_count(0)


def test_a_click_selects_and_a_click_beside_takes_it_back(opened):
    page = opened.page
    [layer] = [entry["id"] for entry in opened.payload()["columns"] if entry["geometry"]["kind"] == "line"]
    page.mouse.click(*in_window(opened, NORTH))
    opened.until("() => corridors.state().selected !== null")
    assert opened.state()["selected"] == f"{layer}/1"
    expect(page.locator("path.halo")).to_have_count(1)
    page.mouse.click(*in_window(opened, BARE))
    opened.until("() => corridors.state().selected === null")
    expect(page.locator("path.halo")).to_have_count(0)


def test_an_address_selects_a_feature_and_unknown_ones_are_ignored(small, open_page):
    opened = open_page(small, fragment="#select=lines/1", reduced_motion="reduce")
    expect(opened.page.locator("path.picked")).to_have_count(1)
    assert opened.apply(selected="lines/2")["selected"] is None
    assert opened.apply(selected="nothing/0")["selected"] is None


@pytest.mark.parametrize("kind", ["lines", "points", "areas"])
def test_tens_of_thousands_of_features_are_drawn(kind, tmp_path, open_page):
    random = np.random.default_rng(1)
    starts = random.uniform((60, 40), (90, 50), (30_000, 2))
    walks = starts[:, None] + np.cumsum(random.normal(0, 0.05, (30_000, 12, 2)), axis=1)
    shapes = {
        "lines": lambda: shapely.linestrings(walks),
        "points": lambda: shapely.points(starts),
        "areas": lambda: shapely.box(*starts.T, *(starts + 0.05).T),
    }[kind]()
    page = CorridorMap(title="Many")
    page.add_layer(frame(shapes, name=[f"no. {nth}" for nth in range(len(shapes))]), kind)
    page.save(tmp_path / "many.html")
    opened = open_page(tmp_path / "many.html", reduced_motion="reduce")
    covered = [colour_at(opened, place)[3] > 0 for place in random.uniform((61, 41), (89, 49), (60, 2)).tolist()]
    assert sum(covered) > 20
    assert colour_at(opened, (62, 38))[3] == 0
    [x], [y] = shapely.get_coordinates(shapes[7])[:1].T
    opened.page.evaluate(f"void corridors.map.setView([{y}, {x}], 9, {{animate: false}})")
    opened.until(IS_DRAWN, [x, y])
    opened.quiet()


def test_a_sandboxed_frame_shows_it(small, browser, tmp_path):
    page = browser.new_page(offline=True)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    host = tmp_path / "host.html"
    host.write_text(f'<iframe src="{small.as_uri()}" sandbox="allow-scripts" width="900" height="600"></iframe>')
    page.goto(host.as_uri())
    inner = page.frame_locator("iframe")
    expect(inner.locator("html[data-ready=true]")).to_have_count(1, timeout=20_000)
    expect(inner.locator("canvas.columns")).to_have_attribute("width", re.compile(r"\d{3,}"))
    assert errors == []
    page.close()


REDRAWN = """async (by) => {
    const [canvas, {map}] = [document.querySelector("canvas.columns"), corridors];
    const zoom = map.getZoom();
    const [paint, pictures] = [CanvasRenderingContext2D.prototype.drawImage, []];
    CanvasRenderingContext2D.prototype.drawImage = function (...given) {
        paint.apply(this, given);
        pictures.push(this.canvas);
    };
    const drawn = async (count) => {
        while (pictures.length < count) await new Promise(requestAnimationFrame);
    };
    const pixels = () => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    map.panBy(by, {animate: false});
    await drawn(2);
    const moved = pixels();
    map.setZoom(zoom + 1, {animate: false});
    await drawn(3);
    map.setZoom(zoom, {animate: false});
    await drawn(5);
    CanvasRenderingContext2D.prototype.drawImage = paint;
    const anew = pixels();
    const count = (is) => moved.filter(is).length;
    return [moved.length === anew.length, count((part, nth) => part !== anew[nth]), count(Boolean)];
}"""
"""Move the map, and draw the same window anew: whether the sizes are equal, how many values differ and are set. Each
window is followed by its margin."""


def test_the_picture_of_a_moved_map_is_the_one_that_is_drawn_anew(tmp_path, shared_page):
    """Of many lines, a moved map keeps what was drawn, and only the edges are drawn."""
    page = CorridorMap(title="Lines")
    starts = np.random.default_rng(0).uniform((20, 5), (150, 75), (25_000, 1, 2))
    page.add_layer(frame(shapely.linestrings(np.add(starts, [(0, 0), (1, 0.7)]))), "lines")
    page.save(tmp_path / "lines.html")
    opened = shared_page(tmp_path / "lines.html")
    same_size, different, drawn_values = opened.page.evaluate(REDRAWN, [300, 120])
    assert same_size
    assert drawn_values > 1e5
    assert different == 0


WIDTHS = """async () => {
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    const widths = [];
    CanvasRenderingContext2D.prototype.drawImage = function (picture, ...given) {
        draw.call(this, picture, ...given);
        if (this.canvas.matches(".columns")) widths.push(picture.width);
    };
    const drawn = async (count) => {
        while (widths.length < count) await new Promise(requestAnimationFrame);
    };
    corridors.map.setZoom(corridors.map.getZoom() + 1, {animate: false});
    await drawn(2);
    corridors.map.panBy([3, 2], {animate: false});
    await drawn(3);
    return [corridors.map.getSize().x, ...widths];
}"""
"""The width of the map, and those of the pictures after a zoom and a short move."""


def test_what_the_window_shows_is_drawn_before_its_margin(small, open_page):
    window, *widths = open_page(small).page.evaluate(WIDTHS)
    with_margin = window + 2 * -(-window // 10)
    assert widths == [window, with_margin, with_margin]


def test_a_browser_that_refuses_the_worker_says_so(small, browser):
    page = browser.new_page(offline=True)
    page.add_init_script("delete window.Worker")
    page.goto(small.as_uri())
    expect(page.locator("#corridors")).to_contain_text("browser")
    assert page.locator("canvas.columns").count() == 0
    page.close()
