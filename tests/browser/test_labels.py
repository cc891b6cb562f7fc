"""Names on a map are at their symbols in all languages, windows and views, and the important names are there."""

import re
from itertools import islice
from pathlib import Path

import pytest
from shapely import MultiPoint

from corridors.locales import LANGUAGES
from tests.declared import MAPS, in_turn, name_in
from tests.map_names import Name, Symbol, misplaced

SIZES = [(1280, 800), (390, 844), (640, 400)]
TOLERANCE = 1  # pixels

# In each language: every name with its box in pixels of the window, and the boxes of everything above the map.
BOXES = """async (languages) => {
    const boxes = (selector, words) => [...document.querySelectorAll(selector)].map((node) => {
        const { left, top, right, bottom } = node.getBoundingClientRect();
        return [words(node), [left, top, right, bottom]];
    });
    const found = [];
    for (const lang of languages) {
        window.corridors.apply({ lang });
        await new Promise((done) => queueMicrotask(done));
        const covers = boxes("[data-blocks]", (node) => node.className).filter(([, box]) => box[2] > box[0]);
        found.push([lang, boxes(".label", (node) => node.textContent), covers]);
    }
    return found;
}"""
WIDER = """(nodes) => nodes.filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.textContent)"""
HOME = "() => document.querySelector('.controls.zoom button:nth-child(3)').click()"


SEEN = (Path(__file__).parent / "seen.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def countries(loaded):
    """The countries that are named on maps, in degrees, by code."""
    layer = loaded.layers["countries"]
    return dict(zip(layer["country"], layer.geometry, strict=True))


def overlapping(boxes):
    """Pairs of names whose boxes overlap by more than the tolerance."""
    return [
        (name, other)
        for index, (name, a) in enumerate(boxes)
        for other, b in boxes[index + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > TOLERANCE and min(a[3], b[3]) - max(a[1], b[1]) > TOLERANCE
    ]


def faults(opened, countries, language):
    """The faults of the names that the page shows now, in one language."""
    [seen] = opened.page.evaluate(SEEN, [language]).values()
    names = [Name(**one) for one in seen["names"]]
    lines = {of: MultiPoint(points) for of, points in seen["lines"]}
    told = list(misplaced(names, [Symbol(**one) for one in seen["symbols"]], lines, countries))
    told += [
        f"{name.text} is covered"
        for name in names
        if any(overlapping([("", name.box), ("", cover)]) for cover in seen["covers"])
    ]
    return [(language, one) for one in (told if names else ["no names"])]


def views(opened):
    """Set the page to its first view, then two steps closer, then over Tashkent. Yield the name of each view."""
    page = opened.page
    page.evaluate(HOME)
    yield "home"
    page.evaluate("() => { const { map } = window.corridors; map.setZoom(map.getZoom() + 2, { animate: false }); }")
    yield "two steps closer"
    page.evaluate("() => { window.corridors.map.panTo([41.3, 69.25], { animate: false }); }")
    yield "over Tashkent"


def short(name):
    """A name as on the map: without its text in brackets."""
    return re.sub(r"\s+\([^()]*\)|（[^（）]*）$", "", name)


@pytest.mark.parametrize("name", MAPS)
def test_each_name_is_at_its_own_symbol_and_on_nothing_else(name, shared_page, countries):
    """In three views, each in another size and another language; each view comes in each size, and in each language."""
    opened, found = shared_page(name), []
    for at in range(len(SIZES)):
        size, language = (MAPS.index(name) + at) % len(SIZES), in_turn(MAPS.index(name), at)
        width, height = SIZES[size]
        opened.resize(width, height)
        view = next(islice(views(opened), at, None))
        found += [(f"{width}x{height}", view, *fault) for fault in faults(opened, countries, language)]
        # A name is in the space that was kept for it.
        found += opened.page.locator(".label").evaluate_all(WIDER)
    assert found == []
    opened.quiet()


@pytest.mark.parametrize("name", MAPS)
def test_so_it_is_in_a_frame(name, page_of, countries):
    opened = page_of(name, "#embed", (390, 520))
    found = [
        (view, *fault)
        for at, view in enumerate(views(opened))
        for fault in faults(opened, countries, in_turn(MAPS.index(name), at))
    ]
    assert found == []


def test_no_two_names_overlap_with_everything_switched_on(shared_page):
    """In each view and language; the themes are in turn."""
    opened = shared_page("overview")
    opened.show_everything()
    for view, theme in zip(views(opened), ("light", "dark", "light"), strict=True):
        opened.apply(theme=theme)
        for language, labels, _ in opened.page.evaluate(BOXES, LANGUAGES):
            assert overlapping(labels) == [], (view, language)


def test_names_that_matter_are_always_on_the_overview(shared_page):
    opened = shared_page("overview")
    always = [feature["name"] for feature in opened.payload()["features"] if feature["rank"] == 0]
    assert {name["en"] for name in always} >= {
        *("Xi'an", "Ürümqi", "Almaty", "Tashkent", "Bishkek", "Dushanbe", "Ashgabat", "Astana", "Samarkand", "Kashgar")
    }
    khorgos = {"nl": "Khorgos", "en": "K?[Hh]orgos", "zh": "霍尔果斯", "ru": "Хоргос"}
    for language, boxes, _ in opened.page.evaluate(BOXES, LANGUAGES):
        labels = [text for text, _ in boxes]
        assert {short(name_in(name, language)) for name in always} <= set(labels), language
        assert any(re.match(name_in(khorgos, language), text) for text in labels), language
        assert len(labels) == len(set(labels))


def test_the_name_of_the_selected_feature_is_shown(shared_page):
    opened = shared_page("gateways")
    opened.apply(view={"lat": 44.2, "lng": 80.4, "zoom": 7})
    for feature in ("ports/kz-sez-khorgos", "ports/cnkz-icbc", "cities/kz-zharkent"):
        opened.apply(selected=feature)
        [told] = [each for each in opened.payload()["features"] if each["id"] == feature]
        [[_, labels, _]] = opened.page.evaluate(BOXES, ["en"])
        assert short(told["name"]["en"]) in [text for text, _ in labels]


def test_names_are_no_noise_to_a_screen_reader(shared_page):
    page = shared_page("overview").page
    assert page.locator(".label").first.evaluate("node => node.closest('[aria-hidden=true]') !== null")
