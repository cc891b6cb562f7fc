"""Tables and sentences on a terminal: they fit its width, nothing is lost, and elsewhere they keep their own width."""

import re
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from corridors.text.terminal import fitted, table_text, wrapped
from tests.declared import in_turn

WORDS = st.lists(st.text("abcжи中国", min_size=1, max_size=9), max_size=5).map(" ".join)


def width(text):
    return max(cell_len(line) for line in text.splitlines())


def letters(text):
    """How often each letter is in a text, without its spaces and rules."""
    return Counter(re.sub(r"[─\s]", "", text))


@st.composite
def tables(draw):
    """Headings, rows and alignments, the first column of which names the row."""
    columns = draw(st.integers(1, 7))
    heads = draw(st.lists(WORDS.filter(bool), min_size=columns, max_size=columns))
    rows = draw(st.lists(st.lists(WORDS, min_size=columns, max_size=columns), max_size=4))
    named = [[f"r{nth}", *row[1:]] for nth, row in enumerate(rows)]
    return heads, named, draw(st.lists(st.booleans(), min_size=columns, max_size=columns))


@given(tables(), st.integers(22, 90))
def test_a_table_fits_the_terminal_and_loses_nothing(table, room):
    heads, rows, _ = table
    with fitted(room):
        shown = table_text(*table)
    assert width(shown) <= room
    letters = re.sub(r"\s", "", shown)
    for text in (*heads, *(cell for row in rows for cell in row)):
        for word in text.split():
            assert set(word) <= set(letters)
    behind = [cell for row in rows for cell in row[1:]]
    assert sum(shown.count(letter) for letter in "жи中国") >= sum(
        cell.count(one) for cell in behind for one in "жи中国"
    )


@given(tables())
def test_a_table_that_fits_is_the_one_that_a_pipe_gets(table):
    with fitted(400):
        assert table_text(*table) == table_text(*table)
    free = table_text(*table)
    with fitted(width(free)):
        assert table_text(*table) == free
    assert len(free.splitlines()) == len(table[1]) + 2


def test_only_the_widest_columns_give_way():
    heads, row = ["name", "what", "km"], ["Lunghai", "a long sentence about a line", "59\N{NO-BREAK SPACE}777"]
    with fitted(30):
        head, rule, *lines = table_text(heads, [row], [False, False, True]).splitlines()
    assert head == "name     what               km"
    assert [*map(len, rule.split())] == [7, 13, 6]
    assert lines == ["Lunghai  a long         59\N{NO-BREAK SPACE}777", "         sentence", "         about a line"]


def test_columns_without_room_follow_below_behind_the_names_of_the_rows():
    heads = ["from", "to", "kilometres", "hours"]
    rows = [["Xi'an", "Almaty", "3,593", ""], ["Xi'an", "Tashkent", "4,574", "6"]]
    with fitted(28):
        assert table_text(heads, rows, [False, False, True, True]).split("\n") == [
            "from   to        kilometres",
            "─────  ────────  ──────────",
            "Xi'an  Almaty         3,593",
            "Xi'an  Tashkent       4,574",
            "",
            "from   to        hours",
            "─────  ────────  ─────",
            "Xi'an  Tashkent      6",
        ]


def test_no_line_begins_with_a_dash_and_no_number_is_broken():
    assert wrapped("Цзинхэ – Инин – Хоргос", 15) == ["Цзинхэ – Инин –", "Хоргос"]
    assert wrapped("Цзинхэ – Инин – Хоргос", 13) == ["Цзинхэ –", "Инин – Хоргос"]
    assert wrapped("около 3\N{NO-BREAK SPACE}593 км", 8) == ["около", "3\N{NO-BREAK SPACE}593 км"]


@pytest.fixture
def terminal(monkeypatch):
    """Make stdout a terminal of 80 columns. Call it after capturing has begun."""
    monkeypatch.setenv("COLUMNS", "80")
    return lambda: monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)


ASKED = (("layers",), ("stats", "--layer", "rail", "--by", "country"), ("claims",), ("compare",), ("fetch",),
         ("scenario", "khorgos-closed"), ("route", "Xi'an", "Almaty"))  # fmt: skip


@pytest.mark.parametrize("nth", range(len(ASKED)), ids=lambda nth: ASKED[nth][0])
def test_what_a_command_prints_fits_the_terminal(corridors, terminal, nth):
    command = (*ASKED[nth], "--lang", in_turn(nth))
    piped = corridors(*command)
    assert width(piped.out) > 80
    terminal()
    shown = corridors(*command)
    assert width(shown.out) <= 80
    assert shown.code == piped.code
    assert letters(piped.out) <= letters(shown.out)  # none is lost; the names of rows may be repeated


def test_data_for_programs_is_not_broken_on_a_terminal(corridors, terminal):
    piped = corridors("layers", "--format", "md").out
    terminal()
    assert corridors("layers", "--format", "md").out == piped
