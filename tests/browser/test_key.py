"""A map without its panel explains itself: the key in the frame has only the features in view."""

import pytest

from corridors.locales import messages
from tests.declared import in_turn

MAPS = ("overview", "rail", "flights", "gateways", "trade", "tourism", "scenarios", "corridors")
PHONE = {"size": (390, 844), "has_touch": True, "is_mobile": True}
BY_KASHGAR = {"lat": 39.5, "lng": 76, "zoom": 7.5}
PATTERNS = {  # of features that are lines or points: property, value, message
    "line": [
        ("status", "under_construction", "status.under_construction"),
        ("status", "planned", "status.planned"),
        ("status", "suspended", "status.suspended"),
        ("hollow", True, "electrified.no"),
        ("basis", "waypoints", "basis.waypoints"),
        ("straight", True, "basis.waypoints"),
        ("confidence", "low", "legend.unsure.line"),
    ],
    "point": [
        ("confidence", "low", "legend.unsure"),
        ("status", "planned", "legend.unsure"),
        ("status", "under_construction", "legend.unready"),
        ("status", "suspended", "legend.unready"),
    ],
}

# Ids of the features that are partly visible in the window, found by following what is drawn.
INK_IN_WINDOW = """() => {
    const inside = ({ x, y }) => x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight;
    const seen = (node) => {
        if (getComputedStyle(node).display === "none") return false;
        const box = node.getBoundingClientRect();
        if (node.matches(".spot")) return inside({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
        if (box.right < 0 || box.bottom < 0 || box.x > innerWidth || box.y > innerHeight) return false;
        if (inside(box) && inside({ x: box.right, y: box.bottom })) return node.getTotalLength() > 0;
        const [length, toWindow] = [node.getTotalLength(), node.getScreenCTM()];
        if (!length) return false;
        const steps = Math.ceil(length / 3);
        for (let i = 0; i <= steps; i += 1) {
            if (inside(node.getPointAtLength((length * i) / steps).matrixTransform(toWindow))) return true;
        }
        return false;
    };
    return [...document.querySelectorAll("[data-feature]")].filter(seen).map((node) => node.dataset.feature);
}"""


def told(opened):
    """The words of the key by their meaning, without headings."""
    entries = opened.page.locator(".key li[data-key]")
    pairs = entries.evaluate_all("nodes => nodes.map(node => [node.dataset.key, node.textContent])")
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def expected(payload, seen, language):
    """The expected words of the key for these features."""
    classes = payload["classes"]
    drawn = {feature["class"] for feature in seen}
    words = {}
    for group in payload["map"]["groups"]:
        held = [name for name in group["classes"] if name in drawn]
        plain = [name for name in held if classes[name]["geometry"] == "area" and not shown(classes[name]["style"])]
        if held != plain:
            words |= {name: classes[name]["title"][language] for name in held}
    wires = any(each.get("drawn") for each in payload["map"]["filters"])
    for feature in seen:
        for name, value, message in PATTERNS.get(classes[feature["class"]]["geometry"], []):
            explained = "scenario" not in feature and (name != "hollow" or wires)
            own = feature.get(name)
            if (bool(own) if value is True else own == value) and explained:
                words[message] = messages(language)[message]
    return words


def shown(style):
    return style.get("fill") or style.get("hatch")


@pytest.mark.parametrize("name", MAPS)
def test_the_key_in_a_frame_explains_what_is_in_view(name, shared_page):
    """The first view in two languages, and one view more in one of them. The maps take the languages in turn."""
    opened = shared_page(name, "#embed", size=(640, 400))
    payload = opened.payload()
    by_id = {feature["id"]: feature for feature in payload["features"]}
    one, other = (in_turn(MAPS.index(name), nth) for nth in range(2))
    for view, languages in ((BY_KASHGAR, [one]), (opened.state()["view"], [one, other])):
        opened.apply(view=view, lang=languages[0])
        seen = [by_id[feature] for feature in set(opened.page.evaluate(INK_IN_WINDOW))]
        assert seen
        for language in languages:
            opened.apply(lang=language)
            assert told(opened) == expected(payload, seen, language)
    swatches = opened.page.locator(".key li[data-key] svg.swatch :is(line, path, rect, circle, polygon)")
    assert swatches.count() >= len(told(opened))
    opened.quiet()


def test_the_key_follows_the_layers(shared_page):
    opened = shared_page("rail", "#embed", size=(640, 400))
    assert "rail.1520" in told(opened)
    opened.apply(layers=["rail.1435"])
    assert [key for key in told(opened) if key in opened.payload()["classes"]] == ["rail.1435"]
    opened.apply(layers=[])
    assert not opened.page.locator(".key").is_visible()


@pytest.mark.parametrize("name", MAPS)
def test_the_key_covers_nothing_of_the_view_that_the_map_is_for(name, shared_page):
    """The first view is fitted to the area without the key. Credits and scale move up."""
    opened = shared_page(name, "#embed", size=(640, 400))
    west, south, east, north = opened.payload()["map"]["view"]["bounds"]
    place = "([lat, lng]) => window.corridors.map.latLngToContainerPoint([lat, lng])"
    top = opened.page.locator(".key").bounding_box()["y"]
    assert opened.page.evaluate(place, [south, west])["y"] <= top + 1
    assert opened.page.evaluate(place, [north, east])["y"] >= 0
    for part in (".credits", ".scale"):
        box = opened.page.locator(part).bounding_box()
        assert box["y"] + box["height"] <= top


def test_on_a_phone_the_key_is_a_sheet_behind_a_button(page_of):
    opened = page_of("rail", "#embed&lang=ru", **PHONE)
    toggle = opened.page.locator(".key button")
    assert toggle.inner_text() == messages("ru")["ui.legend"]
    assert toggle.get_attribute("aria-expanded") == "false"
    assert min(toggle.bounding_box()["width"], toggle.bounding_box()["height"]) >= 44
    assert not opened.page.locator(".key li").first.is_visible()
    toggle.tap()
    opened.page.locator(".key li").first.wait_for()
    assert "rail.1435" in told(opened)
    box = opened.page.locator(".key").bounding_box()
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 844)
    assert toggle.evaluate("node => node === document.activeElement")
    opened.apply(selected="rail/kz-almaty-aktogay")  # one sheet at a time
    assert not opened.page.locator(".key li").first.is_visible()
    opened.quiet()


def test_a_map_with_its_panel_has_no_second_legend(shared_page):
    assert not shared_page("rail").page.locator(".key").is_visible()
