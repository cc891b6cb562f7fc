"""A story on its page: read by scrolling, button or key, left to look around, come back to, and read without script."""

import pytest

from corridors.locales import LANGUAGES, messages

STORIES = ("xian-west", "one-railway")
PHONE = (390, 844)


LANGS = "nodes => nodes.map((node) => node.getAttribute('lang'))"


def steps(opened):
    """The steps of the page's story, as its data has them."""
    return opened.payload()["map"]["story"]


def shows(opened, number):
    """Whether the page shows a step just as the story has it."""
    wanted, state = steps(opened)[number - 1]["state"], opened.state()
    same = {key: state[key] for key in wanted} == wanted
    told = opened.page.locator("html[data-told]").count() == 1
    current = opened.page.locator("[data-step][aria-current]").get_attribute("data-step")
    return same and told and (state["story"], current) == (number, str(number))


def inside(opened, number):
    """Whether the view of a step is within the map."""
    return opened.page.evaluate(
        """([west, south, east, north]) => {
            const bounds = corridors.map.getBounds();
            return bounds.contains([[south, west], [north, east]]);
        }""",
        steps(opened)[number - 1]["bounds"],
    )


@pytest.fixture
def west(shared_page):
    return shared_page("xian-west")


def button(opened, word):
    return opened.page.get_by_role("button", name=messages("en")[f"story.{word}"], exact=True)


def test_a_page_opens_at_the_first_step_and_its_buttons_lead_through_the_story(west):
    assert shows(west, 1)
    assert inside(west, 1)
    assert button(west, "previous").is_disabled()
    for number in range(2, len(steps(west)) + 1):
        button(west, "next").click()
        assert shows(west, number)
        assert inside(west, number)
        assert west.page.evaluate("location.hash") == f"#lang=en&story={number}"
    assert button(west, "next").is_disabled()
    west.quiet()


def test_keys_in_the_story_lead_from_step_to_step_and_nowhere_else(west):
    text = west.page.get_by_role("region", name=messages("en")["story.label"])
    text.focus()
    for key, number in (("ArrowRight", 2), ("PageDown", 3), ("ArrowLeft", 2), ("PageUp", 1), ("PageUp", 1)):
        text.press(key)
        assert shows(west, number), key
    west.page.get_by_role("search").get_by_role("combobox").press("ArrowRight")
    assert shows(west, 1)


def test_a_reader_who_scrolls_comes_to_the_step_that_is_read(west):
    part = west.page.locator("[data-step='3']")
    part.evaluate("(node) => { node.closest('.scroll').scrollTop = node.offsetTop - node.parentNode.offsetTop; }")
    west.until("() => corridors.state().story === 3")
    assert shows(west, 3)


def test_a_reader_looks_around_and_comes_back_to_where_the_story_was(west):
    west.apply(story=2)
    assert not button(west, "back").is_visible()
    west.page.evaluate("void corridors.map.panBy([200, 100], { animate: false })")
    assert button(west, "back").is_visible()
    west.apply(layers=["roads"], selected=None, year=2013)
    assert west.state()["story"] == 2
    assert "story=2" in west.page.evaluate("location.hash")
    assert "map=" in west.page.evaluate("location.hash")
    button(west, "back").click()
    assert shows(west, 2)
    assert inside(west, 2)
    assert not button(west, "back").is_visible()


def test_a_step_of_two_dates_has_its_divider_and_the_next_one_has_none(shared_page):
    opened = shared_page("one-railway", "#story=2")
    divider = opened.page.locator(".divider")
    assert [words.strip() for words in divider.locator("b").all_inner_texts()] == ["1989", "17 June 2025"]
    assert shows(opened, 2)
    divider.press("ArrowRight")
    assert opened.state()["split"] == 52
    button(opened, "back").click()
    assert shows(opened, 2)
    button(opened, "next").click()
    assert not divider.is_visible()
    assert shows(opened, 3)


def test_an_address_opens_its_step_and_one_that_is_none_is_noted_and_left_out(page_of, west):
    assert shows(page_of("xian-west", "#story=4"), 4)
    notes = []
    west.listen("console", lambda said: notes.append(said.text))
    west.page.evaluate("location.hash = '#story=99&lang=nl'")
    west.until("() => corridors.state().lang === 'nl'")
    assert shows(west, 1)
    assert [note for note in notes if '"99"' in note]


def test_with_motion_the_map_flies_to_the_next_step_and_arrives_there(page_of):
    opened = page_of("xian-west", reduced_motion="no-preference")
    opened.page.evaluate(
        """() => {
            window.flights = [];
            const note = () => window.flights.push('flying' in document.documentElement.dataset);
            new MutationObserver(note).observe(document.documentElement, { attributeFilter: ['data-flying'] });
        }"""
    )
    button(opened, "next").click()
    opened.until("() => window.flights.join() === 'true,false'")
    assert shows(opened, 2)
    assert inside(opened, 2)


@pytest.mark.parametrize("name", STORIES)
def test_on_a_phone_text_and_map_share_the_screen(name, shared_page):
    opened = shared_page(name, size=PHONE)
    opened.apply(story=2)
    panel, scroll = opened.page.locator(".panel").bounding_box(), opened.page.locator(".panel > .scroll").bounding_box()
    assert 0.4 * PHONE[1] < panel["y"] < 0.6 * PHONE[1]
    heading = opened.page.locator("[data-step='2'] h2").bounding_box()
    assert scroll["y"] <= heading["y"] < scroll["y"] + scroll["height"] / 2
    assert not opened.card.is_visible()
    for part in opened.page.locator(".turn button:visible").all():
        assert min(part.bounding_box()["width"], part.bounding_box()["height"]) >= 44


def test_on_a_phone_no_card_covers_the_way_back_when_the_reader_moves_the_map(shared_page):
    opened = shared_page(STORIES[0], "#story=3", size=PHONE)
    assert opened.state()["selected"]
    opened.page.evaluate("corridors.map.panBy([80, 60], { animate: false })")
    assert not opened.card.is_visible()
    button(opened, "back").click()
    assert shows(opened, 3)
    opened.apply(selected="ports/cn-khorgos-rail")
    assert opened.card.is_visible()


def test_a_card_that_is_asked_for_is_shown_on_a_phone_while_the_story_is_told(shared_page):
    opened = shared_page(STORIES[0], size=PHONE)
    opened.apply(story=1)
    opened.page.locator(".tree .info").first.evaluate("(node) => node.click()")
    assert opened.page.locator("html[data-told]").count() == 1
    assert opened.card.is_visible()
    opened.page.keyboard.press("Escape")
    assert not opened.card.is_visible()


def test_a_story_is_read_in_each_language_and_in_no_other_beside_it(west):
    for language in LANGUAGES:
        west.speak(language)
        shown = west.page.locator(".story [lang]:visible").evaluate_all(LANGS)
        assert set(shown) == {language}


def test_without_a_script_the_story_is_an_article_with_figures(page_of):
    opened = page_of("one-railway", size=(800, 900), java_script_enabled=False)
    page = opened.page
    assert page.locator("h1").inner_text()
    assert page.locator("[data-step] h2:visible").count() == page.locator("[data-step]").count() > 3
    assert page.locator("[data-step] figure svg >> nth=0").bounding_box()["height"] > 200
    assert set(page.locator(".story [lang]:visible").evaluate_all(LANGS)) == {"en"}
    page.mouse.wheel(0, 5000)
    opened.quiet()


def test_on_paper_the_story_is_an_article_with_figures(page_of):
    opened = page_of("one-railway")
    opened.page.emulate_media(media="print")
    opened.until("() => document.documentElement.dataset.paper === ''")
    article = opened.page.locator(".below .story")
    dates = [state["against"] is None for state in (step["state"] for step in steps(opened))]
    assert article.locator("figure > svg:visible").count() == len(dates) + dates.count(False) > len(dates)
    assert article.locator("[data-step] p:visible").first.inner_text()
    for step in article.locator("[data-step]").all():
        text, *figures = [part.bounding_box() for part in step.locator("p:visible, figure").all()]
        assert all(figure["x"] > text["x"] + text["width"] for figure in figures[:1]) or len(figures) > 1
        assert (
            max(figure["y"] for figure in figures) < text["y"] + text["height"] + 1
        )  # beside the text, or just below it
    assert article.locator(".sources li:visible").count() > 10
    assert opened.page.locator(".below > section > .sources").count() == 0  # no second list
