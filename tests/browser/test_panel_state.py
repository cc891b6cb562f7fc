"""How the reader has the panel, its height on a phone and its folds, is in the address, and comes back from it."""

import pytest

from tests.browser.opened import LAID

PHONE = (390, 844)
ROUTE = "route=cities/cn-xian~cities/kz-almaty"

HEIGHT = (
    "() => [document.documentElement.dataset.sheet, document.querySelector('.panel').getBoundingClientRect().height]"
)
FOLDS = """() => Object.fromEntries([...document.querySelectorAll(":is(.panel, .drawer) [data-fold]")].map((node) =>
    [node.dataset.fold, node.open ?? node.ariaExpanded === "true"]))"""
# Turn all parts, also those that are within others.
TURN = """() => {
    const turned = new Set();
    for (let node; (node = [...document.querySelectorAll(":is(.panel, .drawer) [data-fold]")].find((one) =>
        !turned.has(one.dataset.fold)));) {
        turned.add(node.dataset.fold);
        (node.querySelector("summary") ?? node).click();
    }
    return [...turned];
}"""


def parts(opened):
    return opened.page.evaluate("location.hash").removeprefix("#").split("&")


def test_the_height_of_the_sheet_is_in_the_address_and_the_history(page_of):
    opened = page_of("rail", "", PHONE, has_touch=True)
    page = opened.page
    low, lowest = page.evaluate(HEIGHT)
    assert low == "peek"
    assert not any(part.startswith("sheet") for part in parts(opened))
    page.locator(".grip").press("End")
    assert "sheet=full" in parts(opened)
    assert page.evaluate(HEIGHT)[1] > lowest + 300
    opened.apply(selected="rail/cn-jingyihuo")  # its card takes the place of the panel
    assert page.evaluate(HEIGHT) == ["peek", lowest]
    assert opened.state()["sheet"] is None
    page.go_back()
    opened.until("() => corridors.state().selected === null")
    assert page.evaluate(HEIGHT)[0] == "full"
    page.go_forward()
    opened.until("() => corridors.state().selected !== null")
    assert page.evaluate(HEIGHT)[0] == "peek"
    page.evaluate("history.go(-2)")
    opened.until("() => document.documentElement.dataset.sheet === 'peek' && !corridors.state().selected")
    page.locator(".grip").press("ArrowUp")
    assert opened.apply(sheet="tall")["sheet"] == "half"
    fragment = page.evaluate("location.hash")
    again = page_of("rail", fragment, PHONE, has_touch=True)
    assert again.page.evaluate(HEIGHT)[0] == "half"
    assert again.state() == opened.state()
    opened.quiet()


@pytest.mark.parametrize(
    ("asked", "height"), [("", "half"), ("&sheet=full", "full"), ("&sheet=peek", "peek"), ("&sheet=x", "half")]
)
def test_a_route_has_half_of_a_phone_unless_the_address_gives_it_another_part(asked, height, page_of):
    opened = page_of("rail", f"#lang=nl&{ROUTE}{asked}", PHONE, has_touch=True)
    assert opened.page.evaluate(HEIGHT)[0] == height


def test_beside_the_map_the_panel_has_all_of_its_height_whatever_the_address_says(page_of):
    opened = page_of("rail", "#sheet=peek")
    tall = opened.page.evaluate(HEIGHT)[1]
    assert tall == 800
    opened.resize(*PHONE)
    assert opened.page.evaluate(HEIGHT)[0] == "peek"
    assert opened.state()["sheet"] is None
    opened.quiet()


PAGES = {
    "overview": f"#table&{ROUTE}~rail",
    "trade": "#year=2013&against=2020&selected=countries/kaz",
    "one-railway": "#story=2",
    "corridors": "#table",
}


@pytest.mark.parametrize("name", PAGES)
def test_all_that_is_folded_and_unfolded_comes_back_from_the_address(name, page_of):
    opened = page_of(name, PAGES[name])
    page = opened.page
    bare = page.evaluate("() => [...document.querySelectorAll('.panel details:not([data-fold])')].length")
    assert bare == 0
    first = page.evaluate(FOLDS)
    turned = page.evaluate(TURN)
    now = page.evaluate(FOLDS)
    assert set(first) <= set(turned)
    assert len(turned) > 7
    # A part that others open has its own first state. All others are turned.
    assert {key for key in first if first[key] == now[key]} == set()
    fragment = page.evaluate("location.hash")
    again = page_of(name, fragment)
    seen = again.page.evaluate(FOLDS)  # what a folded part has inside may not be built yet
    assert seen.items() <= now.items()
    assert again.state() == opened.state()
    assert again.page.evaluate("location.hash") == fragment
    again.apply(lang="ru")
    assert again.page.evaluate(FOLDS) == seen
    again.apply(folds=[])
    again.page.evaluate(LAID)
    assert {key: again.page.evaluate(FOLDS)[key] for key in first} == first
    again.quiet()


def test_folds_are_no_steps_to_go_back_to_and_what_is_unknown_changes_nothing(page_of):
    opened = page_of("rail")
    page = opened.page
    said = []
    opened.listen("console", lambda message: said.append(message.text))
    opened.apply(lang="nl")
    page.locator("[data-fold=rail]").click()
    assert opened.apply(folds=["stations", "no such part"])["folds"] == ["rail"]
    page.go_back()
    opened.until("() => corridors.state().lang === 'en'")
    assert opened.state()["folds"] == []
    page.go_forward()
    opened.until("() => corridors.state().lang === 'nl'")
    assert opened.state()["folds"] == ["rail"]
    page.evaluate("location.hash = '#folds=rail,<b>'")
    opened.until("() => corridors.state().folds.length === 0")
    assert ["folds" in words for words in said] == [True]
    opened.quiet()
