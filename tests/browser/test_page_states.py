"""The states of the pages: axe-core finds no fault in any, and all of them can be come to."""

from itertools import combinations, product
from operator import attrgetter

import pytest

from corridors.locales import LANGUAGES
from tests.declared import MAPS, maps_with
from tools.page_states import PLAIN, PLANNERS, SCENARIOS, SIZES, STATES, STORIES, THEMES, pairs, reach, views

PAGES = (*MAPS, *PLAIN)
SAMPLE = [*pairs(PAGES, times=1)]


@pytest.mark.parametrize("view", SAMPLE, ids=str)
def test_axe_finds_no_fault(view, page_of):
    """Each state on one page; `make shots` looks at all views."""
    window = {**SIZES[view.size]}
    opened = page_of(view.page, view.fragment, tuple(window.pop("viewport").values()), **window)
    reach(opened.page, view.state)
    assert opened.faults() == []


def test_views_have_all_pages_states_languages_and_sizes_and_few_have_all_pairs():
    parts = {
        "state": [*STATES],
        "language": [*LANGUAGES],
        "theme": [*THEMES],
        "size": [*SIZES],
    }
    few = [*pairs(PAGES)]
    for one, other in combinations(parts, 2):
        found = set(map(attrgetter(one, other), few))
        assert found == set(product(parts[one], parts[other])), (one, other)
    assert {view.page for view in few} >= {*MAPS}
    every = [*views(PAGES)]
    assert len({str(view) for view in every}) == len(every) > 1500
    first = every[: len(every) // len(LANGUAGES)]
    assert len(set(map(attrgetter("page", "state", "size"), first))) == len(first)
    assert {(view.page, view.state) for view in every} == {
        (page, state) for page, state in product(PAGES, STATES) if state.of(page)
    }


def test_pages_with_parts_of_their_own_are_those_of_the_declarations():
    assert {*PLANNERS} == maps_with("planner")
    assert {*STORIES} == maps_with("steps")
    assert {*SCENARIOS} == maps_with("scenarios")
