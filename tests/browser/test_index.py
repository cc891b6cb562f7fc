"""The index leads to every map in the reader's language, alone and without a network."""

import pytest

from corridors.locales import LANGUAGES, messages
from tests.declared import MAPS


@pytest.fixture(scope="module")
def first(windows, built):
    """The index, for tests that change only its language and size."""
    opened = windows.open(built / "maps" / "index.html", reduced_motion="reduce")
    yield opened
    windows.leave(opened)


@pytest.fixture
def index(first):
    """The index in English, in a wide window."""
    first.speak("en")
    first.resize(1280, 800)
    return first


# Of each card: where it leads, how many lines its picture has, its title and its statement.
TOLD = """(links) => links.map((link) => [link.getAttribute("href"), link.querySelectorAll("svg path").length,
    ...["h2", "p"].map((part) => [...link.querySelectorAll(part)].find((node) => node.checkVisibility()).innerText)])"""


def cards(opened):
    return opened.page.get_by_role("main").get_by_role("link")


def test_index_has_a_picture_a_title_and_a_statement_for_each_map(index, built):
    for (href, lines, title, statement), name in zip(cards(index).evaluate_all(TOLD), MAPS, strict=True):
        assert href.partition("#")[0].rpartition("/")[2] == f"{name}.html"
        assert (built / "maps" / f"{name}.html").is_file()
        assert lines > 3
        assert title
        assert statement
    index.quiet()


def test_language_changes_every_word_and_is_kept(index):
    page = index.page
    for language in LANGUAGES:
        index.speak(language)
        assert page.locator("html").get_attribute("lang") == language
        assert page.title() == page.get_by_role("heading", level=1).inner_text() == messages(language)["index.title"]
        shown = page.locator("span[lang]").evaluate_all(
            "nodes => [...new Set(nodes.filter(node => node.checkVisibility()).map(node => node.lang))]"
        )
        assert shown == [language]
        assert messages(language)["ui.disclaimer"] in page.get_by_role("contentinfo").inner_text()
        assert page.evaluate("location.hash") == f"#lang={language}"
        assert {href.partition("#")[2] for href, *_ in cards(index).evaluate_all(TOLD)} == {f"lang={language}"}
    index.quiet()


@pytest.mark.parametrize(
    ("locale", "fragment", "language"),
    [
        ("nl-NL", "", "nl"),
        ("zh-CN", "", "zh"),
        ("de-DE", "", "en"),
        ("nl-NL", "#lang=ru", "ru"),
        ("ru-RU", "#lang=xx", "ru"),
    ],
)
def test_index_opens_in_the_language_asked_for_else_the_readers_else_english(locale, fragment, language, page_of):
    opened = page_of("index", fragment, locale=locale)
    assert opened.page.locator("html").get_attribute("lang") == language
    assert opened.page.locator("select[name=language]").input_value() == language


def test_the_index_says_the_same_as_the_maps(page_of):
    index = page_of("index", "#lang=nl")
    _, _, titles, statements = zip(*cards(index).evaluate_all(TOLD), strict=True)
    cards(index).nth(1).click()
    index.page.wait_for_selector("html[data-ready=true]")
    assert index.page.title() == titles[1]
    assert index.page.locator(".statement").inner_text() == statements[1]
    assert index.page.locator("html").get_attribute("lang") == "nl"
    date, _, _ = index.page.locator(".head .fine").inner_text().partition(" · ")
    assert date.endswith("17 juni 2025")


def test_index_and_maps_write_the_date_alike(index, shared_page):
    rail = shared_page("rail")
    for language in LANGUAGES:
        index.speak(language)
        rail.speak(language)
        before, after = messages(language)["page.asof"].split("{0}")
        told, _, _ = rail.page.locator(".head .fine").inner_text().partition(" · ")
        date = told.removeprefix(before).removesuffix(after)
        said = index.page.get_by_role("banner").inner_text()
        assert date in said
        assert ".." not in said


def test_index_without_script_stands_in_english(page_of):
    page = page_of("index", java_script_enabled=False).page
    assert page.get_by_role("heading", level=1).inner_text() == messages("en")["index.title"]
    assert page.get_by_role("main").get_by_role("link").count() == len(MAPS)


@pytest.mark.parametrize("size", [(390, 844), (640, 400), (1280, 800)])
def test_index_fits_the_width_of_the_window(size, index):
    index.resize(*size)
    assert index.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    boxes = [link.bounding_box() for link in cards(index).all()]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= size[0] for box in boxes)
