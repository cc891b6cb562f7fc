"""The pages work with keyboard, screen reader, finger and small frame, and axe-core finds no fault in them."""

import pytest

from corridors.content.palette import palette
from corridors.locales import LANGUAGES, messages

LEAST_TARGET = 44  # pixels, WCAG 2.2, 2.5.5; 24 would be the least of 2.5.8
PHONE = {"size": (390, 844), "has_touch": True, "is_mobile": True}

# Targets for a finger, with their size. Links within sentences may be as high as their line (2.5.8, "Inline").
TARGETS = """() => {
    const aims = "button, select, summary, label, nav a, input[type=search], [role=option], tr[data-row]";
    return [...document.querySelectorAll(aims)]
        // Targets within a line of text need no size of their own (WCAG 2.2, 2.5.8).
        .filter((node) => node.checkVisibility() && !node.matches("tr .link, p .sourced"))
        .map((node) => [node.outerHTML.slice(0, 120), node.getBoundingClientRect()])
        .filter(([, { width, height }]) => width && height)
        .map(([markup, { width, height }]) => [markup, width, height]);
}"""


@pytest.mark.parametrize("name", ["index", "claims"])
@pytest.mark.parametrize(("size", "theme"), [((1280, 800), "light"), ((390, 844), "dark")])
def test_axe_finds_no_fault_in_pages_without_a_map(name, size, theme, page_of):
    opened = page_of(name, size=size, color_scheme=theme)
    assert opened.faults() == []
    paper = opened.page.evaluate("getComputedStyle(document.body).getPropertyValue('--paper')")
    assert paper == palette(theme).paper


def test_every_control_has_a_name_in_every_language(shared_page):
    opened = shared_page("overview")
    opened.apply(selected="cities/cn-xian", table=True, filters={"country": ["KGZ"]})
    for language in LANGUAGES:
        opened.speak(language)
        bare = opened.page.evaluate(
            "() => [...document.querySelectorAll('button')]"
            ".filter((node) => !(node.getAttribute('aria-label') || node.textContent).trim())"
            ".map((node) => node.outerHTML)"
        )
        assert bare == []
        names = [messages(language)[key] for key in ("ui.theme", "ui.table", "ui.home", "ui.zoom.in", "ui.zoom.out")]
        for name in names:
            assert opened.page.get_by_role("button", name=name, exact=True).count() >= 1
        region = opened.page.get_by_role("region", name=messages(language)["ui.map"], exact=True)
        assert region.get_attribute("id") == "map"


def test_theme_is_that_of_the_reader_until_it_is_changed(page_of):
    opened = page_of("rail", color_scheme="dark")
    root = opened.page.locator("html")
    assert root.get_attribute("data-theme") == "dark"
    button = opened.page.get_by_role("button", name=messages("en")["ui.theme"], exact=True)
    assert button.get_attribute("aria-pressed") == "true"
    dark = opened.page.evaluate("getComputedStyle(document.querySelector('#map')).backgroundColor")
    button.click()
    assert root.get_attribute("data-theme") == "light"
    assert opened.page.evaluate("getComputedStyle(document.querySelector('#map')).backgroundColor") != dark


def test_reduced_motion_is_respected(shared_page):
    opened = shared_page("rail")
    options = "() => { const { zoomAnimation, fadeAnimation, inertia } = window.corridors.map.options;"
    assert opened.page.evaluate(options + " return [zoomAnimation, fadeAnimation, inertia]; }") == [False] * 3
    assert opened.page.evaluate("getComputedStyle(document.querySelector('.panel')).transitionDuration") == "0s"


# Controls that reach beyond the window or lie under another one.
HIDDEN = """() => {
    const controls = [...document.querySelectorAll(".controls :is(button, select), .unfold, a.map, header select")];
    return controls.filter((node) => node.checkVisibility()).filter((node) => {
        const { left, right, top, height } = node.getBoundingClientRect();
        if (left < 0 || right > innerWidth) return true;
        const middle = document.elementFromPoint((left + right) / 2, top + height / 2);
        return top + height < innerHeight && !node.contains(middle);
    }).map((node) => node.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize(("name", "height"), [("corridors", 640), ("index", 256), ("claims", 256)])
def test_a_narrow_window_has_every_control_within_and_scrolls_in_one_direction(name, height, page_of):
    """WCAG 2.2, 1.4.10: 320 pixels are a window of 1280 at 400 %."""
    page = page_of(name, "#lang=nl", size=(320, height)).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(HIDDEN) == []


# --- on a phone


def test_panel_is_a_sheet_of_three_heights(shared_page):
    opened = shared_page("overview", **PHONE)
    page = opened.page
    panel, grip = page.locator(".panel"), page.locator(".grip")
    heights = []
    for _ in range(3):
        heights.append(844 - panel.bounding_box()["y"])
        grip.click()
    peek, half, full = heights
    assert peek < 150 < half < 500 < full < 844
    assert panel.bounding_box()["y"] == 844 - peek
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("search").get_by_role("combobox").click()
    assert 844 - panel.bounding_box()["y"] == full
    opened.quiet()


def test_card_is_a_sheet_below_the_feature(shared_page):
    opened = shared_page("overview", **PHONE)
    opened.apply(view={"lat": 41.3, "lng": 69.3, "zoom": 5})
    x, y = opened.meeting_point("cities/uz-tashkent")
    opened.tap("cities/uz-tashkent", x, y)
    box = opened.card.bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] == 844
    assert box["height"] <= 844 * 0.57
    opened.card.get_by_role("button", name=messages("en")["ui.close"]).tap()
    opened.card.wait_for(state="hidden")
    opened.quiet()


@pytest.mark.parametrize("name", ["overview", "index"])
def test_fingers_find_targets_that_are_large_enough(name, page_of, shared_page):
    opened = (shared_page if name == "overview" else page_of)(name, **PHONE)
    if name == "overview":
        opened.page.get_by_role("search").get_by_role("combobox").fill("khorgos")
        opened.apply(table=True, selected="cities/uz-tashkent")
    targets = opened.page.evaluate(TARGETS)
    assert len(targets) > (20 if name == "overview" else 0)
    small = [target for target in targets if min(target[1:]) < LEAST_TARGET]
    assert small == []


# --- in a frame of another page


@pytest.fixture
def framed(open_page, built, tmp_path):
    """A page with a map of 640 by 400 pixels in a frame, and much text to scroll: returns the page and the frame."""
    (tmp_path / "host.html").write_text(
        "<!doctype html><html lang=en data-ready=true><title>Host</title><body style='height:3000px'>"
        f"<iframe title=Map width=640 height=400 src='{(built / 'maps' / 'gateways.html').as_uri()}'></iframe>",
        encoding="utf-8",
    )
    opened = open_page(tmp_path / "host.html", reduced_motion="reduce")
    frame = opened.page.frame_locator("iframe")
    frame.locator("html[data-ready=true]").wait_for()
    return opened, frame


def test_panel_is_folded_to_a_button_in_a_small_frame(framed):
    opened, frame = framed
    panel, unfold = frame.locator(".panel"), frame.locator(".unfold")
    assert not panel.is_visible()
    assert unfold.is_visible()
    assert unfold.inner_text() == messages("en")["ui.legend"]
    assert unfold.get_attribute("aria-expanded") == "false"
    unfold.click()
    assert panel.is_visible()
    assert panel.bounding_box()["width"] <= 320
    frame.locator(".grip").click()
    assert not panel.is_visible()
    assert opened.errors == []


def test_wheel_scrolls_past_a_framed_map_until_it_is_clicked(framed):
    opened, frame = framed
    zoom = "() => window.corridors.map.getZoom()"
    inner = opened.page.frames[1]
    before = inner.evaluate(zoom)
    opened.page.mouse.move(300, 300)
    opened.page.mouse.wheel(0, -200)
    # Leaflet answers the wheel after a pause of 40 ms. Of timers of a page, the shorter one that began first is first.
    inner.evaluate("() => new Promise((done) => setTimeout(done, 100))")
    assert inner.evaluate(zoom) == before
    frame.locator("#map").click(position={"x": 400, "y": 60})
    opened.page.mouse.wheel(0, -200)
    inner.wait_for_function("(before) => window.corridors.map.getZoom() > before", arg=before)


def test_with_the_colours_of_the_readers_system_signs_keep_their_shape(page_of):
    opened = page_of("rail", "#year=1990&against=planned", forced_colors="active")
    page = opened.page
    with opened.painted():
        ground = "(node, side) => getComputedStyle(node)[`border${side}Color`]"
        shut, unfolded = (page.locator(f".fold[aria-expanded={told}] > .arrow").first for told in ("false", "true"))
        for arrow, side, other in ((shut, "Left", "Top"), (unfolded, "Top", "Left")):
            assert arrow.evaluate(ground, side) != arrow.evaluate(ground, other)
        line = page.locator(".divider").evaluate("node => getComputedStyle(node).backgroundImage")
        assert line.startswith("linear-gradient")
        page.get_by_role("combobox", name=messages("en")["ui.search"]).fill("Almaty")
        page.keyboard.press("ArrowDown")
        chosen = page.locator("[role=option][aria-selected=true]")
        assert chosen.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    opened.quiet()
