"""Rows as text: the same rows for people in their language, and for programs under stable names."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from corridors.locales import LANGUAGES
from corridors.locales import number as written
from corridors.locales.wording import amount, bare
from corridors.text.output import FORMATS, rows_text

ROWS = [
    {"layer": "rail", "features": 51, "km": 23935.1, "accuracy_km": 7.0, "sources": ["geonames", "cldr"]},
    {"layer": "霍尔果斯", "features": 1234567, "km": None, "accuracy_km": 0.5, "sources": []},
]
COLUMNS = ("layer", "features", "km", "sources")


def text(output, language="en", rows=ROWS, columns=COLUMNS):
    return rows_text(rows, output, name="layers", language=language, columns=columns)


def test_json_is_one_object_that_holds_all():
    assert json.loads(text("json")) == {"layers": ROWS}
    assert "霍尔果斯" in text("json")


def test_csv_has_stable_names_a_decimal_point_and_nothing_for_what_is_missing():
    assert list(csv.DictReader(io.StringIO(text("csv", "nl")))) == [
        {"layer": "rail", "features": "51", "km": "23935.1", "sources": "geonames;cldr"},
        {"layer": "霍尔果斯", "features": "1234567", "km": "", "sources": ""},
    ]


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("en", ("1,234,567", "23,935.1")),
        ("nl", ("1.234.567", "23.935,1")),
        ("zh", ("1,234,567", "23,935.1")),
        ("ru", ("1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567", "23\N{NO-BREAK SPACE}935,1")),
    ],
)
@pytest.mark.parametrize("output", ["table", "md"])
def test_people_read_numbers_as_their_language_writes_them(output, language, numbers):
    for number in numbers:
        assert number in text(output, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_is_no_quantity(language):
    rows = [{"trade_year": 2012, "km": 2012}]
    *_, last = text("md", language, rows, ("trade_year", "km")).splitlines()
    assert last == f"| 2012 | {written(2012, 0, language)} |"
    assert amount(2012, "year", language) == bare(2012.0, "year", language) == "2012"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("output", ["csv", "json"])
def test_programs_read_the_same_in_every_language(output, language):
    assert text(output, language) == text(output)


def test_the_columns_of_a_table_stand_in_line_whatever_their_letters():
    head, _, *rows = text("table").splitlines()
    ends = [
        cell_len(line.partition(end)[0] + end)
        for line, end in zip((head, *rows), ("features", "51", "1,234,567"), strict=True)
    ]
    assert len(set(ends)) == 1  # numbers and their heading are aligned to the right


def test_a_cell_can_not_leave_its_place_in_a_table():
    rows = [{"layer": "a|b\nc\x1b[31md", "km": 1.0}]
    for output in ("table", "md"):
        written = text(output, rows=rows, columns=("layer", "km"))
        assert len(written.splitlines()) == 3
        assert "\x1b" not in written
    assert r"a\|b\nc\x1b[31md" in text("md", rows=rows)


def test_mappings_and_lists_are_one_cell():
    rows = [{"by": {"layer": "rail", "country": "KAZ"}, "sources": ("a", "b")}]
    assert text("csv", rows=rows, columns=("by", "sources")) == "by,sources\nlayer=rail;country=KAZ,a;b"


@pytest.mark.parametrize("output", FORMATS)
def test_no_rows_are_no_fault(output):
    written = text(output, rows=[])
    assert "layer" in written or output == "table"
    assert text(output, rows=[], columns=()) is not None


CELL = st.none() | st.integers(-(10**15), 10**15) | st.floats(-1e15, 1e15) | st.text(st.characters(codec="utf-8"))


@settings(max_examples=100, derandomize=True)
@given(st.lists(st.fixed_dictionaries({"layer": CELL, "km": CELL}), max_size=4), st.sampled_from(LANGUAGES))
def test_any_rows_come_back_from_csv_and_json(rows, language):
    columns = ("layer", "km")
    assert json.loads(text("json", language, rows, columns)) == {"layers": rows}
    back = list(csv.DictReader(io.StringIO(text("csv", language, rows, columns), newline="")))
    assert back == [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]
    for output in ("table", "md"):
        assert len(text(output, language, rows, columns).split("\n")) == 2 + len(rows)
