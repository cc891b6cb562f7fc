"""A story in a small frame of another page: its text is read beside its map, folded, and come back to."""

import pytest

from corridors.locales import messages
from tests.browser.opened import LAID
from tests.page_data import decoded, restored

SIZES = {"wide": (960, 600), "low": (640, 400), "narrow": (360, 480)}
STORIES = {"xian-west": "#lang=en&embed", "one-railway": "#lang=ru"}
LEAST_SHARE = 0.4
"""The least share of the free part of the map, in width or in height, that the view of a step takes."""

# What the page shows as boxes in pixels of its window, and the view of a step in pixels of the map.
SEEN = """(steps) => {
    const { bounds, narrow } = steps[window.corridors.state().story - 1];
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((node) => node.checkVisibility());
    const boxes = (selector) => shown(selector).map((node) => node.getBoundingClientRect().toJSON());
    const { map } = window.corridors;
    const size = map.getSize();
    const views = [bounds, narrow].map(([west, south, east, north]) => {
        const [one, other] = [[north, west], [south, east]].map((place) => map.latLngToContainerPoint(place));
        return [one.x, one.y, other.x, other.y];
    });
    return {
        map: boxes("#map")[0], panel: boxes(".panel")[0], text: boxes(".panel > .scroll")[0],
        title: boxes("[aria-current] h2 > :not([hidden]), [aria-current] h2")[0],
        controls: boxes(".controls, .turn button"), size: [size.x, size.y], views, window: [innerWidth, innerHeight],
        told: "told" in document.documentElement.dataset, step: window.corridors.state().story,
        sheet: document.documentElement.dataset.sheet,
    };
}"""


def meet(one, other):
    """Whether two boxes have more in common than an edge."""
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    return across > 1 and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1


class Story:
    """A story in a frame of a host page, whose size can be changed."""

    def __init__(self, opened, language):
        self.opened, self.frame, self.words = opened, opened.page.frames[1], messages(language)
        payload = restored(decoded(self.frame.locator("#corridors-data").text_content()))
        self.steps = payload["map"]["story"]
        self.sheet = self.seen()["sheet"]

    def resize(self, width, height):
        self.opened.page.evaluate(
            "([w, h]) => Object.assign(document.querySelector('iframe'), { width: w, height: h })", [width, height]
        )
        self.frame.wait_for_function("([w, h]) => innerWidth === w && innerHeight === h", arg=[width, height])
        self.frame.evaluate(LAID)

    def seen(self):
        views = [{side: step[side] for side in ("bounds", "narrow")} for step in self.steps]
        return self.frame.evaluate(SEEN, views)

    def button(self, word):
        return self.frame.get_by_role("button", name=self.words[word], exact=True)

    def press_grip(self, key):
        self.frame.locator(".grip").press(key)
        self.frame.evaluate(LAID)


@pytest.fixture(scope="module", params=STORIES)
def framed(request, windows, built, tmp_path_factory):
    """A story in its frame."""
    name, fragment = request.param, STORIES[request.param]
    host = tmp_path_factory.mktemp("story") / "host.html"
    address = (built / "maps" / f"{name}.html").as_uri() + fragment
    host.write_text(
        "<!doctype html><html lang=en data-ready=true><title>Host</title><body style='margin: 0'>"
        f"<iframe title=Map style='border: 0' width=960 height=600 src='{address}'></iframe>",
        encoding="utf-8",
    )
    opened = windows.open(host, reduced_motion="reduce")
    opened.page.frame_locator("iframe").locator("html[data-ready=true]").wait_for()
    yield Story(opened, "en" if "lang=en" in fragment else "ru")
    windows.leave(opened)


@pytest.fixture
def story(framed):
    """The story at its first step, with its text beside its map."""
    framed.frame.evaluate("corridors.apply({ story: 1 })")
    framed.resize(*SIZES["wide"])
    assert (framed.seen()["sheet"], framed.seen()["step"]) == (framed.sheet, 1)
    return framed


def reads_beside_its_map(seen):
    """Text and map each have their part of the frame; the view of the step fills that of the map."""
    assert seen["told"]
    assert not meet(seen["panel"], seen["map"])
    assert seen["text"]["top"] <= seen["title"]["top"] < seen["title"]["bottom"] <= seen["text"]["bottom"]
    width, height = seen["size"]
    fitted = [
        view
        for view in seen["views"]
        if min(view[:2]) >= -1 and view[2] <= width + 1 and view[3] <= height + 1
        if max((view[2] - view[0]) / width, (view[3] - view[1]) / height) >= LEAST_SHARE
    ]
    assert fitted, seen
    for one in seen["controls"]:
        assert one["left"] >= 0
        assert one["right"] <= seen["window"][0]
        assert one["bottom"] <= seen["window"][1]
        assert not any(meet(one, other) for other in seen["controls"] if other != one), seen["controls"]


def test_every_step_is_read_beside_its_map_in_frames_of_all_sizes(story, subtests):
    for name, size in SIZES.items():
        with subtests.test(name):
            story.resize(*size)
            for number in range(1, len(story.steps) + 1):
                if number > 1:
                    story.button("story.next").click()
                seen = story.seen()
                assert seen["step"] == number
                reads_beside_its_map(seen)
            story.frame.evaluate("corridors.apply({ story: 1 })")
    assert story.opened.errors == []


def test_the_text_folds_to_its_title_and_opens_over_the_map(story, subtests):
    for name in ("low", "narrow"):
        with subtests.test(name):
            story.resize(*SIZES[name])
            half = story.seen()
            story.press_grip("ArrowDown")
            peek = story.seen()
            assert (half["sheet"], peek["sheet"]) == ("half", "peek")
            assert peek["size"][1] > half["size"][1] + 60
            reads_beside_its_map(peek)
            story.press_grip("End")
            full = story.seen()
            assert full["sheet"] == "full"
            assert full["panel"]["top"] == pytest.approx(52, abs=1)
            assert story.frame.locator(".grip").get_attribute("aria-expanded") == "true"
            story.press_grip("ArrowUp")  # there is no more
            assert story.seen() == full
            story.press_grip("ArrowDown")
            assert story.seen() == half


def test_a_reader_who_looks_around_has_the_card_and_the_way_back(story):
    story.resize(*SIZES["low"])
    step = next(nth for nth, one in enumerate(story.steps, start=1) if one["state"]["selected"])
    story.frame.evaluate("(step) => corridors.apply({ story: step })", step)
    card = story.frame.locator("section.card")
    assert not card.is_visible()
    reads_beside_its_map(story.seen())
    story.frame.evaluate("void corridors.map.panBy([40, 20], { animate: false })")
    assert card.is_visible()
    box, panel = card.bounding_box(), story.frame.locator(".panel").bounding_box()
    assert box["y"] + box["height"] <= panel["y"] + 1
    story.button("story.back").click()
    story.frame.evaluate(LAID)
    assert not card.is_visible()
    assert story.seen()["sheet"] == "half"
    reads_beside_its_map(story.seen())


def test_a_finger_scrolls_the_host_until_the_map_is_tapped(open_page, built, tmp_path):
    address = (built / "maps" / "rail.html").as_uri()
    (tmp_path / "host.html").write_text(
        "<!doctype html><html lang=en data-ready=true><meta name=viewport content='width=device-width'>"
        "<title>Host</title><body style='margin: 0; height: 3000px'>"
        f"<iframe title=Map width=360 height=480 src='{address}'></iframe>",
        encoding="utf-8",
    )
    opened = open_page(tmp_path / "host.html", 390, 844, has_touch=True, is_mobile=True, reduced_motion="reduce")
    opened.page.frame_locator("iframe").locator("html[data-ready=true]").wait_for()
    frame = opened.page.frames[1]
    action = "getComputedStyle(document.querySelector('#map')).touchAction"
    assert frame.evaluate(action) == "pan-x pan-y"  # two fingers zoom, one belongs to the host
    assert not frame.evaluate("corridors.map.dragging.enabled()")
    opened.page.touchscreen.tap(200, 300)
    frame.wait_for_function("corridors.map.dragging.enabled()")
    assert frame.evaluate(action) == "none"


def test_what_is_said_of_a_feature_at_the_edge_is_within_the_map(shared_page):
    opened = shared_page("rail", "#lang=ru&map=5/41.5/76", size=(360, 640))
    for feature in ("rail/cku-makmal-jalal-abad", "rail/cn-jingyihuo"):
        opened.page.mouse.move(-1, -1)
        opened.page.mouse.move(*opened.meeting_point(feature))
        tip = opened.page.locator(".tip.leaflet-tooltip")
        tip.wait_for()
        box = tip.bounding_box()
        assert len(tip.inner_text()) > 40
        assert 0 <= box["x"] < box["x"] + box["width"] <= 360, feature
