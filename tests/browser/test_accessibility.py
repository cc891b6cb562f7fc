"""The pages work with keyboard, screen reader, finger and small frame, and axe-core finds no fault in them."""

import json
from pathlib import Path

import axe_playwright_python
import pytest

from corridors.locales import LANGUAGES, messages
from tests.declared import MAPS

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
FOR_FINGERS = [*STANDARD, "wcag22aa"]
"""WCAG 2.2 adds the size of targets."""
THEMES = ("light", "dark")
LEAST_TARGET = 44  # pixels, WCAG 2.2, 2.5.5; 24 would be the least of 2.5.8
PHONE = {"size": (390, 844), "has_touch": True, "is_mobile": True}

# Targets for a finger, with their size. Links within sentences may be as high as their line (2.5.8, "Inline").
TARGETS = """() => {
    const aims = "button, select, summary, label, nav a, input[type=search], [role=option], tr[data-row]";
    return [...document.querySelectorAll(aims)]
        // Targets within a line of text need no size of their own (WCAG 2.2, 2.5.8).
        .filter((node) => node.checkVisibility() && !node.matches("dd .link, tr .link, .sourced"))
        .map((node) => [node.outerHTML.slice(0, 120), node.getBoundingClientRect()])
        .filter(([, { width, height }]) => width && height)
        .map(([markup, { width, height }]) => [markup, width, height]);
}"""
STOP = """() => {
    const node = document.activeElement;
    const label = node.closest("label");
    return {
        is: node.id || node.dataset.class || node.dataset.sort || node.name || (node.type === "search" && "search")
            || node.getAttribute("aria-label") || node.localName,
        named: Boolean((node.getAttribute("aria-label") || (label || node).textContent).trim()),
        hidden: node.closest("[aria-hidden=true]") !== null,
        outlined: getComputedStyle(node).outlineStyle !== "none",
    };
}"""


def faults(opened, standard=STANDARD):
    """What axe-core finds on the page, one line for each element."""
    opened.page.evaluate(AXE)
    # Only sound, and rules that are no part of a standard, need the files of a page.
    options = json.dumps(
        {"runOnly": {"type": "tag", "values": standard}, "resultTypes": ["violations"], "preload": False}
    )
    found = opened.page.evaluate(f"axe.run(document, {options}).finally(() => {{ delete window.axe; }})")
    assert found["passes"]
    return [f"{fault['id']}: {node['target']}" for fault in found["violations"] for node in fault["nodes"]]


@pytest.mark.parametrize(
    ("name", "theme"), [("overview", "dark"), *((name, THEMES[n % 2]) for n, name in enumerate(MAPS))]
)
def test_axe_finds_no_fault_in_either_theme(name, theme, shared_page):
    """The overview has most that maps have, and is checked in both themes; the other maps in one of them, in turn."""
    select = {"trade": "countries/kaz", "tourism": "cities/cn-xian", "flights": "flights/zlxy-uaaa"}
    opened = shared_page(name)
    selected = select.get(name, "rail/cn-jingyihuo")
    opened.apply(selected=selected, theme=theme)
    for summary in opened.page.locator("summary:visible").all():
        summary.click()
    opened.apply(selected=selected)  # a click that scrolls a story shows another step, with its own selection
    if theme == "dark":
        opened.apply(lang="zh", table=True, layers=list(opened.payload()["classes"])[:3])
        assert opened.page.locator("[data-table] tbody tr").first.is_visible()
    assert opened.card.is_visible()
    assert faults(opened) == []
    opened.page.evaluate("() => { for (const one of document.querySelectorAll('details[open]')) one.open = false; }")


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_axe_finds_no_fault_in_the_index(size, page_of):
    assert faults(page_of("index", size=size), FOR_FINGERS) == []


def test_axe_finds_no_fault_on_a_phone_with_hits_and_card(page_of):
    opened = page_of("gateways", **PHONE)
    field = opened.page.get_by_role("search").get_by_role("combobox")
    field.fill("khorgos")
    assert faults(opened, FOR_FINGERS) == []
    field.press("Enter")
    assert opened.card.is_visible()
    for theme in ("light", "dark"):
        opened.apply(theme=theme)
        assert faults(opened, FOR_FINGERS) == []


def test_every_control_has_a_name_in_every_language(shared_page):
    opened = shared_page("overview")
    opened.apply(selected="cities/cn-xian", table=True)
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


def test_keyboard_reaches_everything_and_every_stop_says_what_it_is(page_of):
    opened = page_of("overview", "#table&layers=ports.dry_port,cities.city")
    page = opened.page
    reached = []
    for _ in range(90):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        assert stop["named"], stop
        assert not stop["hidden"], stop
        assert stop["outlined"], stop
        reached.append(stop["is"])
    # In the order in which they stand: search, legend, other maps, the map, its controls, the table.
    wanted = ["search", "ports.dry_port", "a", "map", "language", messages("en")["ui.zoom.in"], "name"]
    places = [reached.index(each) for each in wanted]
    assert places == sorted(places)


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


# --- on a phone


def test_panel_is_a_sheet_of_three_heights(page_of):
    opened = page_of("overview", **PHONE)
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


def test_card_is_a_sheet_below_the_feature(page_of):
    opened = page_of("overview", "#map=5/41.3/69.3", **PHONE)
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
def test_fingers_find_targets_that_are_large_enough(name, page_of):
    opened = page_of(name, **PHONE)
    if name == "overview":
        opened.page.get_by_role("search").get_by_role("combobox").fill("khorgos")
        opened.apply(table=True)
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
