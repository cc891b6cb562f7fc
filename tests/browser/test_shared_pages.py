"""Pages that tests share: each test finds one as it was when it was opened, whatever the test before has done."""

import io

import pytest
from PIL import Image

from tools import axe

SMALL = """<!doctype html><html lang="en" data-ready="true"><meta charset="utf-8"><title>A small page</title>
<p class="panel">Words</p><input type="search"><details><summary>More</summary>Text</details><script>
    const state = { year: null };
    window.corridors = { state: () => structuredClone(state), apply: (change) => Object.assign(state, change) };
    console.error("at first");
</script></html>"""

CHANGES = {
    "typed": lambda page: page.locator("input").fill("almaty"),
    "unfolded": lambda page: page.locator("summary").click(),
    "written": lambda page: page.locator(".panel").evaluate("node => { node.textContent = 'Other words'; }"),
    "set from outside": lambda page: page.evaluate("() => { window.left = true; }"),
    "left": lambda page: page.goto("about:blank"),
}


@pytest.fixture
def small(tmp_path, shared_page):
    """Take a small page with the hooks of a map."""
    (tmp_path / "small.html").write_text(SMALL, encoding="utf-8")
    return lambda: shared_page(tmp_path / "small.html")


def test_a_map_whose_state_and_size_were_changed_is_used_again_as_it_was_at_first(shared_page):
    opened = shared_page("trade")
    first, words = opened.state(), opened.page.locator(".panel").inner_text()
    opened.apply(lang="ru", theme="dark", layers=[], year=2010, table=True, selected="countries/kaz")
    opened.resize(390, 844)
    opened.page.mouse.move(300, 300)
    again = shared_page("trade")
    assert again is opened
    assert again.state() == first
    assert again.page.locator(".panel").inner_text() == words


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_page_that_was_changed_otherwise_is_opened_anew(change, small):
    opened = small()
    assert small() is opened
    change(opened.page)
    again = small()
    assert again is not opened
    assert again.page.locator("input").input_value() == ""


def test_what_went_wrong_at_first_is_told_to_each_test_and_what_went_wrong_in_one_to_no_other(small):
    opened = small()
    with opened.page.expect_console_message(lambda said: said.text == "later"):
        opened.page.evaluate("console.error('later')")
    assert opened.errors == ["at first", "later"]
    opened.apply(year=2010)
    assert small() is opened
    assert (opened.errors, opened.state()) == (["at first"], {"year": None})


def test_pages_are_painted_where_their_colours_are_looked_at_and_nowhere_else(small):
    def count_of_colours():
        return len(Image.open(io.BytesIO(opened.page.screenshot())).convert("RGB").getcolors(1 << 24))

    opened = small()
    assert count_of_colours() == 1
    with pytest.raises(RuntimeError, match="painted"):
        axe.faults(opened.page)
    with opened.painted():
        assert count_of_colours() > 1
    assert count_of_colours() == 1
    opened.page.locator(".panel").evaluate("(node) => { node.style.color = '#eee'; }")
    assert "color-contrast" in {fault.partition(":")[0] for fault in opened.faults()}
