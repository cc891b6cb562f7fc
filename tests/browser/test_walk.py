"""The features in view by keyboard: one stop on the map, arrows from west to east, Enter to the card and back."""

import pytest

from corridors.locales import messages

STOP = ".walk"


def told(opened):
    """What the stop says: the feature, its place among those in view, and how many these are."""
    words, _, place = opened.page.locator(STOP).inner_text().rpartition(", ")
    nth, _, count = place.partition(" of ")
    return words, int(nth), int(count)


def test_arrows_walk_from_west_to_east_and_enter_opens_the_card(shared_page):
    opened = shared_page("rail")
    opened.apply(layers=["rail.1435", "stations.break_of_gauge"], filters={}, selected=None)
    page = opened.page
    stop = page.locator(STOP)
    stop.focus()
    assert stop.get_attribute("aria-label") == messages("en")["ui.walk"]
    page.keyboard.press("Home")
    words, nth, count = told(opened)
    assert nth == 1
    assert count > 20
    seen = [words]
    for at in range(2, count + 1):
        page.keyboard.press("ArrowRight")
        words, nth, _ = told(opened)
        assert nth == at
        seen.append(words)
    [makmal, bakhty] = [next(one for one in seen if one.startswith(name)) for name in ("Makmal trans", "Bakhty,")]
    assert bakhty.endswith(", Under construction")
    assert seen.index(makmal) < seen.index(bakhty)
    assert page.locator(".tip").is_visible()
    page.keyboard.press("ArrowRight")
    assert told(opened)[1] == count
    page.keyboard.press("ArrowLeft")
    assert told(opened)[1] == count - 1
    page.keyboard.press("Enter")
    chosen = opened.state()["selected"]
    assert seen[-2].startswith(opened.card.get_by_role("heading", level=2).inner_text())
    assert opened.card.get_by_role("heading", level=2).evaluate("node => node === document.activeElement")
    page.keyboard.press("Escape")
    assert opened.state()["selected"] is None
    assert stop.evaluate("node => node === document.activeElement")
    assert chosen
    opened.quiet()


def test_where_nothing_is_shown_the_stop_says_so(shared_page):
    opened = shared_page("rail")
    opened.apply(layers=[])
    opened.page.locator(STOP).focus()
    opened.page.keyboard.press("ArrowRight")
    assert opened.page.locator(STOP).inner_text() == messages("en")["totals.empty"]
    opened.quiet()


@pytest.mark.parametrize("name", ["xian-west", "one-railway"])
def test_in_a_story_the_reader_walks_over_the_step_and_comes_back_to_it(name, shared_page):
    opened = shared_page(name, "#story=1")
    page = opened.page
    stop = page.locator(STOP)
    stop.focus()
    page.keyboard.press("Home")
    words, nth, count = told(opened)
    assert nth == 1
    assert count > 2
    seen = [words]
    for _ in range(min(count, 12) - 1):
        page.keyboard.press("ArrowRight")
        seen.append(told(opened)[0])
    assert len(set(seen)) > len(seen) // 2
    assert opened.state()["story"] == 1  # arrows of the text would lead to the next step
    page.keyboard.press("Enter")
    assert seen[-1].startswith(opened.card.get_by_role("heading", level=2).inner_text())
    assert opened.card.get_by_role("heading", level=2).evaluate("node => node === document.activeElement")
    page.keyboard.press("Escape")
    assert opened.state()["selected"] is None
    assert stop.evaluate("node => node === document.activeElement")
    page.get_by_role("button", name=messages("en")["story.back"]).press("Enter")
    assert opened.state()["story"] == 1
    assert page.locator("html").get_attribute("data-told") is not None
    opened.quiet()
