"""Left of the map, a reader sees title, statement, what is selected, and totals without scrolling."""

import pytest

from corridors.locales import LANGUAGES
from tests.declared import MAPS

PARTS = ("h1", ".statement", ".search input", ".chips button", ".tally", ".totals [role=status]")
LOWEST = """(parts) => parts.map((part) => {
    const found = [...document.querySelectorAll(`.panel ${part}`)].filter((node) => node.checkVisibility());
    return found.length ? Math.max(...found.map((node) => node.getBoundingClientRect().bottom)) : part;
})"""


@pytest.mark.parametrize("name", MAPS)
def test_title_statement_selection_and_totals_are_seen_without_scrolling(name, shared_page):
    """Also with a longest selection of values."""
    opened = shared_page(name)
    shown = {filter_["property"]: filter_["values"][:3] for filter_ in opened.payload()["map"]["filters"][:2]}
    for language in LANGUAGES:
        opened.apply(lang=language, filters=shown)
        lowest = opened.page.evaluate(LOWEST, PARTS)
        assert [place for place in lowest if not isinstance(place, int | float)] == []
        assert max(lowest) <= 800 - 44, (name, language)  # buttons of a story are below
