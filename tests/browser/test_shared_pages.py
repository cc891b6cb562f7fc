"""Pages that tests share: each test finds one as it was when it was opened, whatever the test before has done."""

import pytest

CHANGES = {
    "typed": lambda opened: opened.page.get_by_role("search").get_by_role("combobox").fill("almaty"),
    "folded": lambda opened: opened.page.locator(".tree .fold").first.click(),
    "set from outside": lambda opened: opened.page.evaluate("() => { window.left = true; }"),
    "left": lambda opened: opened.page.goto("about:blank"),
}


def test_a_page_whose_state_and_size_were_changed_is_used_again_as_it_was_at_first(shared_page):
    opened = shared_page("trade")
    first, words = opened.state(), opened.page.locator(".panel").inner_text()
    opened.apply(lang="ru", theme="dark", layers=[], year=2010, table=True, selected="countries/kaz")
    opened.page.set_viewport_size({"width": 390, "height": 844})
    opened.page.mouse.move(300, 300)
    again = shared_page("trade")
    assert again is opened
    assert again.state() == first
    assert again.page.locator(".panel").inner_text() == words


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_page_that_was_changed_otherwise_is_opened_anew(change, shared_page):
    opened = shared_page("trade")
    change(opened)
    again = shared_page("trade")
    assert again is not opened
    assert again.page.get_by_role("search").get_by_role("combobox").input_value() == ""


def test_errors_and_requests_of_one_test_are_not_those_of_the_next(shared_page):
    opened = shared_page("trade")
    with opened.page.expect_console_message(lambda said: said.type == "error"):
        opened.page.evaluate("console.error('a fault')")
    assert opened.errors == ["a fault"]
    shared_page("trade").quiet()
