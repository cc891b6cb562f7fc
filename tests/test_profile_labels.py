"""The names in the strip of a profile: none covers another, and pages and print have the same."""

import random
from itertools import pairwise, permutations

import pytest

from corridors.content.profile_labels import ENDS, by_claim, in_a_row, place_names, told_apart
from corridors.content.profiles import page_profile
from corridors.network.profile import Mark
from corridors.web.map import CorridorMap

GAP = 4.0


def place(at, name, people=0):
    return Mark(at, "place", f"stations/{name}", name, 0.0, 0.0, people=people)


MARKS = [
    place(0, "Start"), place(200, "Village"), place(300, "Town", 50_000), place(330, "City", 900_000),
    place(600, "Change"), Mark(600, "break", "stations/change", "Change", 0.0, 0.0, "1435", "1520", 1.5),
    place(1000, "End"),
]  # fmt: skip


@pytest.fixture(scope="module")
def cases():
    """Wishes at random, with a width and a number of rows."""
    dice = random.Random(20250617)  # noqa: S311 - the same cases each time
    found = []
    for _ in range(120):
        width = dice.randint(60, 500)
        names = [(dice.uniform(0, width), dice.uniform(10, 90)) for _ in range(dice.randint(1, 20))]
        ends = [(0.0, dice.uniform(10, 60)), (float(width), dice.uniform(10, 60))]
        found.append(([*ends, *names], float(width), dice.randint(1, 3), GAP))
    return found


def test_ends_come_first_then_breaks_of_gauge_then_cities_by_their_people():
    assert [mark.name for mark in by_claim(MARKS)] == ["Start", "End", "Change", "City", "Town"]


def test_with_space_every_name_is_above_its_place():
    assert place_names([(0, 30), (900, 30), (300, 30), (600, 30)], 900, 2, GAP) == [
        (15, 1), (885, 1), (300, 0), (600, 0)
    ]  # fmt: skip


def test_no_name_covers_another_leaves_the_strip_or_lies_on_a_line_to_another(cases):
    for wishes, width, rows, gap in cases:
        found = list(zip(wishes, place_names(wishes, width, rows, gap), range(len(wishes)), strict=True))
        placed = [(x, spot[0] - wide / 2, spot[0] + wide / 2, spot[1], nth) for (x, wide), spot, nth in found if spot]
        assert placed
        assert all(left >= -1e-9 and right <= width + 1e-9 for _, left, right, _, _ in placed)
        for (x, left, right, row, nth), (_, start, end, other, _) in permutations(placed, 2):
            assert row != other or right < start or end < left
            assert nth < ENDS or other >= row or x < start or end < x


def test_pages_and_print_place_the_same_names(ask_script, cases):
    payload = CorridorMap().payload()
    answers = ask_script([("profile/labels", "placeNames", case) for case in cases], payload)
    for case, answer in zip(cases, answers, strict=True):
        for given, own in zip(answer, place_names(*case), strict=True):
            assert given == (None if own is None else pytest.approx(own))


def test_pages_and_print_choose_the_same_places(ask_script, context):
    profiles = [corridor.route.profile for corridor in context.comparison.corridors]
    calls = [("profile/labels", "byClaim", [page_profile(one, context.name_of)["marks"]]) for one in profiles]
    answers = ask_script(calls, CorridorMap().payload())
    for profile, answer in zip(profiles, answers, strict=True):
        assert [mark["at"] for mark in answer] == [mark.at_m for mark in by_claim(profile.marks)]


def test_names_in_a_row_touch_no_other_and_the_longest_bands_keep_theirs(cases):
    for marks, width, _, gap in cases:
        wishes = [(x, wide, (7 * nth) % 5) for nth, (x, wide) in enumerate(sorted(marks))]
        found = in_a_row(wishes, width, gap)
        spans = [
            (middle - wide / 2, middle + wide / 2)
            for (_, wide, _), middle in zip(wishes, found, strict=True)
            if middle is not None
        ]
        assert all(end + gap <= start + 1e-9 for (_, end), (start, _) in pairwise(spans))
        assert not spans or (spans[0][0] >= -1e-9 and spans[-1][1] <= width + 1e-9)
        without = [claim for (_, _, claim), middle in zip(wishes, found, strict=True) if middle is None]
        named = [claim for (_, _, claim), middle in zip(wishes, found, strict=True) if middle is not None]
        assert not without or not named or max(without) <= min(named)
    assert in_a_row([(10, 8, 1), (50, 8, 1)], 60, GAP) == [10, 50]


def test_pages_and_print_write_the_same_countries_below_their_bands(ask_script, cases):
    rows = [([(x, wide, (7 * nth) % 5) for nth, (x, wide) in enumerate(marks)], width, 6) for marks, width, *_ in cases]
    answers = ask_script([("profile/labels", "inARow", row) for row in rows], CorridorMap().payload())
    for row, answer in zip(rows, answers, strict=True):
        for given, own in zip(answer, in_a_row(*row), strict=True):
            assert given == (None if own is None else pytest.approx(own))


def test_two_places_of_one_short_name_have_their_full_names(ask_script):
    full, short = ["Серахс", "Мары", "Серахс (Иран)"], ["Серахс", "Мары", "Серахс"]
    assert told_apart(full, short) == full
    assert told_apart(["Ош (КГ)", "Мары"], ["Ош", "Мары"]) == ["Ош", "Мары"]
    assert ask_script([("profile/labels", "toldApart", (full, short))], CorridorMap().payload()) == [full]
