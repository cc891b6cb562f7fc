"""A click on a number lists the sources of that number, and nothing else."""

import pytest

from corridors.locales import LANGUAGES
from tests.page_data import source_title


def listed(opened):
    """The titles in the list that is open."""
    opened.page.wait_for_selector(".origin:popover-open")
    return [text.partition(" · ")[0] for text in opened.page.locator(".origin li").all_inner_texts()]


def titles(payload, ids, language="en"):
    return [source_title(payload, name, language) for name in ids]


def test_each_number_of_the_statement_lists_its_own_sources(shared_page):
    opened = shared_page("overview")
    payload = opened.payload()
    quoted, ids = payload["map"]["quoted"], list(payload["sources"])
    for language in LANGUAGES:
        opened.speak(language)
        assert opened.page.locator(".statement").inner_text() == payload["map"]["statement"][language]
        numbers = opened.page.locator(".statement button.sourced")
        assert numbers.count() == len(quoted[language])
    for number, (_, _, ground) in zip(numbers.all(), quoted["ru"], strict=True):
        number.click()
        assert listed(opened) == titles(payload, [ids[place] for place in quoted["grounds"][ground]], language)
        opened.page.keyboard.press("Escape")
    opened.quiet()


def test_a_figure_of_a_card_lists_its_own_sources_and_escape_leaves_the_card_open(shared_page):
    opened = shared_page("trade")
    opened.apply(selected="countries/kaz")
    payload = opened.payload()
    [told] = [one for one in payload["features"] if one["id"] == "countries/kaz"]
    for button, figure in zip(opened.card.locator(".headline button").all(), told["headline"], strict=True):
        button.click()
        assert listed(opened) == titles(payload, [told["sources"][place] for place in figure["cites"]])
        assert len(figure["cites"]) < len(told["sources"])
        opened.page.keyboard.press("Escape")
        assert opened.page.locator(".origin:popover-open").count() == 0
    assert opened.card.is_visible()


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_a_total_lists_the_sources_of_what_it_adds_up(shared_page, size):
    opened = shared_page("rail")
    opened.resize(*size)
    payload = opened.payload()
    rail = [one for one in payload["features"] if one["kind"] == "rail"]
    wanted = {source for one in rail for source in one["sources"][: one.get("own")]}
    opened.page.locator('[data-mode="rail"] button').evaluate("(node) => node.click()")
    assert sorted(listed(opened)) == sorted(titles(payload, wanted))
    box = opened.page.locator(".origin").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= size[1]
