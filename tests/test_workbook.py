"""The workbook, read with another library: numbers are numbers, and text is never anything else."""

import dataclasses
import io
import sys
import zipfile

import openpyxl
import pytest

from corridors.data.facts import Facts
from corridors.errors import UsageError
from corridors.locales import LANGUAGES, messages
from corridors.text.workbook import workbook_bytes

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+1+1",
    "@SUM(A1)",
    "-2",
    "007",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "internal:Sheet1!A1",
    "external:other.xlsx",
    "_x0041_",
    "<b>&amp;</b>",
    "two\nlines\tand a tab",
    "https://a b",
    "mailto:a@example.org",
]


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(sheet):
    """Rows by the stable names of the second line."""
    _, names, *found = sheet.iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in found]


@pytest.fixture(scope="module")
def book(loaded):
    return opened(workbook_bytes(loaded, list(loaded.measures), loaded.layers, language="en"))


# --- what is in it ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_it_has_a_sheet_for_everything_named_in_the_language(loaded):
    layers = {name: frame.head(2) for name, frame in loaded.layers.items()}
    for language in LANGUAGES:
        words = messages(language)
        wanted = [words[f"paper.workbook.{name}"] for name in ("about", "measures")]
        wanted += [loaded.catalog.layer_title(name)[language] for name in loaded.layers]
        wanted += [words[f"paper.workbook.{name}"] for name in ("series", "sources")]
        found = opened(workbook_bytes(loaded, [], layers, language=language)).sheetnames
        assert found == wanted
        assert all(len(name) <= 31 for name in found)  # the limit of the format


def test_every_measure_is_there_as_a_number(book, loaded):
    found = rows(book["Measures"])
    assert [(row["name"], row["value"], row["unit"]) for row in found] == [
        (measure.name, measure.value, measure.unit) for measure in loaded.measures
    ]
    assert all(isinstance(row["value"], int | float) for row in found)


def test_every_feature_of_every_layer_is_there_with_its_values(book, loaded):
    for name, frame in loaded.layers.items():
        found = rows(book[loaded.catalog.layer_title(name)["en"]])
        assert [row["id"] for row in found] == list(frame["id"])
        for column in set(frame.columns) - {"geometry"}:
            for row, value in zip(found, frame[column].astype(object).where(frame[column].notna(), None), strict=True):
                assert row[column] == (None if value == "" else value), (name, row["id"], column)


def test_every_figure_over_time_is_there_and_says_what_its_period_is(book, loaded):
    found = rows(book["Figures over time"])
    wanted = [*loaded.facts.rows("throughput"), *loaded.facts.rows("trade")]
    assert [(row["subject"], row["period"], row["value"]) for row in found] == [
        (row["subject"], row["period"], row["value"]) for row in wanted
    ]
    covers = {row["period"]: row["covers"] for row in found}
    assert (covers["2024"], covers["2025-01/2025-05"], covers["1991/2012"]) == ("year", "part", "years")
    assert {row["later"] for row in found if row["period"] == "2025"} == {"yes"}
    assert {row["later"] for row in found if row["period"] in {"2024", "2025-01/2025-05"}} == {"no"}


def test_figures_over_time_go_with_ports_and_countries(loaded):
    data = workbook_bytes(loaded, [], {"rail": loaded.layers["rail"]}, language="en")
    assert "Figures over time" not in opened(data).sheetnames


def test_points_have_their_position_in_degrees(book, loaded):
    by_id = {row["id"]: row for row in rows(book["Cities"])}
    for city, point in zip(loaded.layers["cities"]["id"], loaded.layers["cities"].geometry, strict=True):
        assert (by_id[city]["lon"], by_id[city]["lat"]) == pytest.approx((point.x, point.y), abs=1e-6)
    assert "lon" not in rows(book["Railways"])[0]


def test_every_source_is_there_and_its_address_is_a_link(book, loaded):
    found = rows(book["Sources"])
    assert [row["id"] for row in found] == [row["id"] for row in loaded.facts.rows("sources")]
    links = [cell.hyperlink for row in book["Sources"].iter_rows(min_row=3) for cell in row if cell.hyperlink]
    targets = [link.target + (f"#{link.location}" if link.location else "") for link in links]
    assert targets == [row["url"] for row in found if row["url"]]


def test_the_first_sheet_says_day_licences_and_credits(book, loaded):
    said = [str(value) for row in book["About"].iter_rows(values_only=True) for value in row if value is not None]
    assert any("17 June 2025" in text for text in said)
    for layer in loaded.catalog.layers.values():
        assert layer.credit in said
        assert layer.licence in said
        assert layer.precision["en"] in said
    for dataset in loaded.catalog.datasets.values():
        assert dataset.title in said


def test_heads_stay_in_view_and_rows_can_be_filtered(book):
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B3"
        assert sheet.auto_filter.ref.startswith("A2:")
        assert sheet.auto_filter.ref.endswith(str(sheet.max_row))
        assert all(cell.value for row in sheet["1:2"] for cell in row)


def test_numbers_are_grouped_but_not_those_that_name_something(book):
    def shape(sheet, column):
        names = [cell.value for cell in book[sheet][2]]
        return {
            cell.number_format for cell in book[sheet][openpyxl.utils.get_column_letter(names.index(column) + 1)][2:]
        }

    assert shape("Railways", "gauge_mm") == {"0"}
    assert shape("Railways", "track_km") == {"#,##0.0##"}
    assert shape("Cities", "population") == {"#,##0"}
    assert shape("Cities", "lon") == {"0.0####"}


@pytest.mark.slow
def test_heads_are_in_the_language_and_the_stable_names_below_are_not(loaded):
    layers = {name: frame.head(2) for name, frame in loaded.layers.items()}
    book = opened(workbook_bytes(loaded, list(loaded.measures)[:9], layers, language="ru"))
    for sheet in book.worksheets[1:]:
        first, second = ([cell.value for cell in row] for row in sheet["1:2"])
        assert all(text.isascii() for text in second)
        assert not [text for text in first if text in second], sheet.title


# --- safety and sameness ----------------------------------------------------------------------------------------------


def test_text_is_never_a_formula_a_number_or_a_link_that_runs_something(loaded):
    sources = [dict.fromkeys(("id", "title", "url"), text) for text in HOSTILE]
    hostile = dataclasses.replace(loaded, facts=Facts({**loaded.facts.tables, "sources": sources}))
    frame = loaded.layers["cities"].iloc[: len(HOSTILE)].assign(note=HOSTILE)
    data = workbook_bytes(hostile, [], {"cities": frame}, language="en")
    book = opened(data)
    assert [row["note"] for row in rows(book["Cities"])] == HOSTILE
    assert [row["title"] for row in rows(book["Sources"])] == HOSTILE
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert {cell.hyperlink.target.partition(":")[0] for cell in cells if cell.hyperlink} <= {"http", "https"}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_a_text_longer_than_a_cell_is_cut_and_says_so(loaded):
    frame = loaded.layers["places"].iloc[:1].assign(note="x" * 40_000)
    note = rows(opened(workbook_bytes(loaded, [], {"places": frame}, language="en"))["Summits and schools"])[0]["note"]
    assert len(note) == 32_767
    assert note.endswith("x…")


@pytest.mark.slow
def test_the_same_atlas_gives_the_same_bytes(loaded):
    layers = {name: frame.head(50) for name, frame in loaded.layers.items()}
    one, other = (workbook_bytes(loaded, list(loaded.measures)[:500], layers, language="nl") for _ in range(2))
    assert one == other


def test_without_its_library_the_message_says_what_to_install(loaded, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"Remedy: pip install 'corridors\[paper\]'"):
        workbook_bytes(loaded, [], {}, language="en")


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_writes_every_measure_of_the_atlas(geodata, corridors, context):
    ran = corridors("stats", "-o", "atlas.xlsx")
    assert (ran.code, ran.out, ran.err) == (0, "atlas.xlsx\n", "")
    path = geodata.parent / "atlas.xlsx"
    book = openpyxl.load_workbook(path, read_only=True)
    assert len(rows(book["Measures"])) == len(list(context.measures))
    book.close()
    ran = corridors("stats", "-o", "atlas.xlsx", "--layer", "ferries", "--lang", "nl")
    assert ran.code == 0  # our own file is written again
    assert "Maten" in openpyxl.load_workbook(path).sheetnames


def test_a_choice_holds_for_the_workbook_too(geodata, corridors):
    corridors("stats", "-o", "rail.xlsx", "--layer", "rail", "--by", "gauge", "--where", "gauge_mm == 1520")
    book = openpyxl.load_workbook(geodata.parent / "rail.xlsx")
    assert book.sheetnames == ["About", "Measures", "Railways", "Sources"]
    assert {row["gauge_mm"] for row in rows(book["Railways"])} == {1520}
    assert {row["by"] for row in rows(book["Measures"])} == {"layer=rail;gauge=1520"}


@pytest.mark.parametrize(("suffix", "form"), [("csv", "csv"), ("json", "json"), ("md", "md"), ("txt", "table")])
def test_a_file_of_text_has_what_the_command_prints(geodata, corridors, suffix, form):
    printed = corridors("stats", "--layer", "rail", "--by", "gauge", "--format", form).out
    corridors("stats", "--layer", "rail", "--by", "gauge", "-o", f"rail.{suffix}")
    assert (geodata.parent / f"rail.{suffix}").read_text(encoding="utf-8") == printed


def test_a_file_of_somebody_else_is_kept_unless_forced(geodata, corridors, one_message):
    other = openpyxl.Workbook()
    path = geodata.parent / "mine.xlsx"
    other.save(path)
    before = path.read_bytes()
    one_message(corridors("stats", "--layer", "ferries", "-o", "mine.xlsx"), 4, "mine.xlsx", "--force")
    assert path.read_bytes() == before
    assert corridors("stats", "--layer", "ferries", "-o", "mine.xlsx", "--force").code == 0
    assert openpyxl.load_workbook(path).properties.keywords == "corridors"


@pytest.mark.parametrize(
    ("options", "named"), [(["-o", "stats.ods"], ".xlsx"), (["-o", "stats.xlsx", "--format", "json"], "--format")]
)
def test_a_name_that_stands_for_nothing_or_something_else_is_refused(geodata, corridors, one_message, options, named):
    one_message(corridors("stats", *options), 2, named)
    assert not list(geodata.parent.glob("stats.*"))
