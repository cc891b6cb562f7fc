"""Fact tables: valid tables get types, faults are named by file, row and column, and nothing is written."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from corridors.app import build
from corridors.data.facts import check_table, load_facts, read_facts
from corridors.data.tables import TABLES
from corridors.errors import CorridorsError
from corridors.locales import LANGUAGES

GEODATA = Path(__file__).resolve().parents[1] / "geodata"

MOST_NAMELESS = 0.03
"""The share of stations that may lack a Chinese or Russian name, since no source has it."""


@pytest.fixture(scope="module")
def committed():
    return load_facts(GEODATA)


# --- what passes ------------------------------------------------------------------------------------------------------


def test_every_committed_table_passes():
    assert read_facts(GEODATA)[1] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_table_taken_for_itself_passes(table):
    assert check_table(GEODATA / "facts" / f"{table}.csv") == []


def test_no_file_lies_among_the_tables_that_no_table_is_declared_for():
    assert {path.name for path in (GEODATA / "facts").iterdir()} == {f"{table}.csv" for table in TABLES}


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_utf8_with_unix_line_ends_and_no_mark_at_its_start(table):
    data = (GEODATA / "facts" / f"{table}.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert data.decode()


def test_every_source_is_named_by_a_row_or_an_assumption(committed, loaded):
    named = {*loaded.assumptions.cited} | {
        source
        for table, rows in committed.tables.items()
        if table != "sources"
        for row in rows
        for source in row["source"]
    }
    named |= {
        source for name in loaded.catalog.kinds for cell in loaded.layers[name]["source"] for source in cell.split(";")
    }
    assert named == set(committed.by_id("sources"))


def test_waypoints_are_named_in_every_language(committed):
    for row in committed.rows("route_waypoints"):
        assert all(row[f"name_{language}"] for language in LANGUAGES), row["id"]
        assert not any("a" <= letter.lower() <= "z" for letter in row["name_zh"] + row["name_ru"]), row["id"]


def test_few_stations_lack_a_name_in_a_language(committed):
    stations = [row for row in committed.rows("stations") if row["kind"] != "via_point"]  # these are not shown
    without = {language: sum(not row[f"name_{language}"] for row in stations) for language in LANGUAGES}
    assert without["en"] == without["nl"] == 0
    assert max(without.values()) <= MOST_NAMELESS * len(stations)


def test_remarks_on_claims_are_in_every_language_or_in_none(committed):
    for row in committed.rows("claims"):
        texts = {row[f"remark_{language}"] for language in LANGUAGES}
        assert texts == {None} or (None not in texts and len(texts) == len(LANGUAGES)), row["id"]


def test_cells_come_out_as_the_type_of_their_column(committed):
    types = {"lon": float, "lat": float, "number": float, "integer": int}
    for name, table in TABLES.items():
        for row in committed.rows(name):
            assert list(row) == list(table.columns)
            for key, column in table.columns.items():
                kind = types.get(column.kind, str)
                if column.many:
                    assert type(row[key]) is tuple
                    assert all(type(part) is kind and part for part in row[key])
                else:
                    assert row[key] is None or type(row[key]) is kind
                    assert row[key] != ""
                assert row[key] or not column.required or row[key] == 0


def test_a_known_row_has_its_published_values(committed):
    almaty = committed.by_id("cities")["kz-almaty"]
    assert (almaty["country"], almaty["name_en"]) == ("KAZ", "Almaty")
    assert almaty["lon"] == pytest.approx(76.9, abs=0.1)  # GeoNames: 43.25° N, 76.91° E
    assert almaty["lat"] == pytest.approx(43.25, abs=0.1)
    assert type(almaty["population"]) is int


def test_an_empty_cell_is_missing_and_never_zero(facts):
    facts.change("cities", {"population": "", "role": "", "name_nl": " "})
    row = load_facts(facts.folder.parent).rows("cities")[0]
    assert row["population"] is None
    assert row["role"] == ()
    assert row["name_nl"] is None


def test_several_values_of_a_cell_are_told_apart_and_trimmed(facts):
    facts.change("ports", {"mode": "rail; road"})
    assert load_facts(facts.folder.parent).rows("ports")[0]["mode"] == ("rail", "road")


def test_a_mark_at_the_start_and_windows_line_ends_are_forgiven(facts, committed):
    path = facts.path("cities")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_facts(facts.folder.parent).rows("cities") == committed.rows("cities")


@pytest.mark.parametrize(
    "text", ["</script><b>{{7*7}}", "two\nlines", 'a "quoted" word', "a\u2028b\u0085c\x0bd", "=1+1", "霍尔果斯"]
)
def test_any_text_may_stand_in_a_note(facts, text):
    facts.change("cities", {"note": text})
    found = load_facts(facts.folder.parent).rows("cities")
    assert found[0]["note"] == text
    assert len(found) == len(facts.rows("cities")) - 1


# --- what does not pass -----------------------------------------------------------------------------------------------

BAD_CELLS = {
    "a missing coordinate": ("cities", {"lon": ""}, "F03", "lon", "this cell is empty", "fill it"),
    "a missing source": ("cities", {"source": " ; "}, "F03", "source", "this cell is empty", "fill it"),
    "an unknown source": (
        "cities",
        {"source": "geonames;nobody"},
        "F07",
        "source",
        "'nobody' is not an id of sources.csv",
        "add a row to sources.csv",
    ),
    "latitude and longitude swapped": (
        "cities",
        {"lon": "43.25", "lat": "92.5"},
        "F06",
        "lat",
        "looks like a longitude",
        "swap the two columns",
    ),
    "a latitude beyond the pole": (
        "cities",
        {"lat": "91"},
        "F06",
        "lat",
        "looks like a longitude",
        "swap the two columns",
    ),
    "a longitude beyond the date line": ("cities", {"lon": "181"}, "F05", "lon", "beyond 180 degrees", "not swapped"),
    "degrees and minutes": ("cities", {"lon": "76°55'"}, "F05", "lon", "not a number of degrees", "decimal degrees"),
    "two letters for three": (
        "cities",
        {"country": "KZ"},
        "F05",
        "country",
        "'KZ' is not an ISO 3166-1 alpha-3 code",
        "KAZ",
    ),
    "a country's name for its code": (
        "ports",
        {"country": "UZB;Kazakhstan"},
        "F05",
        "country",
        "'Kazakhstan' is not",
        "KAZ",
    ),
    "a word for a number": (
        "cities",
        {"population": "many"},
        "F05",
        "population",
        "'many' is not readable",
        "whole number",
    ),
    "a decimal comma": (
        "lengths",
        {"length_km": "1759,5"},
        "F05",
        "length_km",
        "'1759,5' is not readable",
        "decimal point",
    ),
    "a number of four hundred digits": (
        "lengths",
        {"length_km": "9" * 400},
        "F05",
        "length_km",
        "is not readable",
        "a number",
    ),
    "more people than fit a file": (
        "cities",
        {"population": "9" * 20},
        "F05",
        "population",
        "is not readable",
        "whole",
    ),
    "not a number at all": ("lengths", {"length_km": "nan"}, "F05", "length_km", "'nan' is not readable", "a number"),
    "a word outside the vocabulary": (
        "rail_lines",
        {"status": "open"},
        "F05",
        "status",
        "'open' is not a known word",
        "operational",
    ),
    "a day that no month has": (
        "rail_lines",
        {"opened": "2025-13"},
        "F05",
        "opened",
        "'2025-13' is not readable",
        "2025-09",
    ),
    "an id with capitals": ("cities", {"id": "KZ Almaty"}, "F05", "id", "'KZ Almaty' is not readable", "lower-case"),
    "an airport that there is not": (
        "flights",
        {"origin": "XXXX"},
        "F07",
        "origin",
        "'XXXX' is not an id of airports.csv",
        "airports.csv",
    ),
    "a length of no line": (
        "lengths",
        {"line": "cn-nowhere"},
        "F07",
        "line",
        "'cn-nowhere' is not an id",
        "rail_lines.csv",
    ),
    "a gauge that the atlas has not": (
        "rail_lines",
        {"gauge_mm": "1000"},
        "F05",
        "gauge_mm",
        "'1000' is not a known",
        "1435",
    ),
}


@pytest.mark.parametrize("case", BAD_CELLS)
def test_a_bad_cell_is_named_and_nothing_is_written(case, facts, corridors, one_message, contents):
    table, values, rule, column, what, remedy = BAD_CELLS[case]
    facts.change(table, values)
    before = contents(facts.folder.parents[1])
    one_message(corridors("build"), 3, f"{table}.csv: row 2: {column}: ", what, remedy)
    listed = corridors("validate", "-q")
    assert listed.code == 1
    assert listed.err == ""
    assert any(line.startswith(f"{rule}  {table}.csv: row 2: {column}: ") for line in listed.out.splitlines())
    assert contents(facts.folder.parents[1]) == before


def insert(text, number, line):
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:number], line, *lines[number:]])


BAD_FILES = {
    "a repeated row": (
        lambda text: insert(text, 2, text.splitlines(keepends=True)[1]),
        "row 3: id: ",
        "row 2 too",
        "an id of its own",
    ),
    "a comma too many": (
        lambda text: text.replace("\n", "\nx,", 2).replace("\nx,", "\n", 1),
        "row 3: ",
        "18 cells, the header 17",
        "quotation marks",
    ),
    "a cell too few": (
        lambda text: insert(text, 1, "kz-nowhere,Nowhere\n"),
        "row 2: ",
        "2 cells, the header 17",
        "quotation marks",
    ),
    "an empty line": (lambda text: insert(text, 1, "\n"), "row 2: ", "0 cells, the header 17", "quotation marks"),
    "a quotation mark left open": (
        lambda text: insert(text, 1, 'kz-nowhere,"Nowhere\n'),
        "row ",
        "not CSV",
        "close the quotation mark",
    ),
    "a column missing": (
        lambda text: text.replace(",lon,", ",", 1),
        "row 1: lon: ",
        "this column is missing",
        "use the columns id,",
    ),
    "a column misspelt": (
        lambda text: text.replace(",lon,", ",lng,", 1),
        "row 1: lon: ",
        "this column is missing",
        "use the columns id,",
    ),
    "a column more": (
        lambda text: text.replace(",lon,", ",lon,height,", 1),
        "row 1: ",
        "the columns height are unknown",
        "use the columns id,",
    ),
    "columns in another order": (
        lambda text: text.replace(",lon,lat,", ",lat,lon,", 1),
        "row 1: ",
        "another order or twice",
        "use the columns id,",
    ),
    "nothing in it": (lambda _: "", "row 1: id: ", "this column is missing", "use the columns id,"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_table_is_named_and_nothing_is_written(case, facts, corridors, one_message, contents):
    spoil, where, what, remedy = BAD_FILES[case]
    path = facts.path("cities")
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    before = contents(facts.folder.parents[1])
    one_message(corridors("build"), 3, f"cities.csv: {where}", what, remedy)
    assert corridors("validate").code == 1
    assert corridors("validate", path).code == 1
    assert contents(facts.folder.parents[1]) == before


@pytest.mark.parametrize("encoding", ["gb18030", "cp1251", "utf-16"])
def test_a_table_in_another_encoding_is_named(facts, corridors, one_message, encoding):
    path = facts.path("cities")
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding, errors="replace"))
    one_message(corridors("build"), 3, "cities.csv: byte ", "not UTF-8", "save the file as UTF-8")


def test_the_row_that_is_named_is_the_line_of_the_file(facts):
    facts.change("cities", {"note": "two\nlines\u2028and a half"}, row=1)
    facts.change("cities", {"lon": ""}, row=2)
    (found,) = read_facts(facts.folder.parent)[1]
    assert str(found.where) == "row 4"
    assert facts.path("cities").read_text(encoding="utf-8").split("\n")[3].startswith(facts.rows("cities")[2][0])


def test_every_fault_is_listed_and_the_first_is_told_with_the_number_of_the_others(facts, corridors):
    facts.change("cities", {"lon": "", "name_en": ""})
    facts.change("rail_lines", {"status": "open"})
    assert "(2 more: corridors validate lists them all.)" in corridors("build").err
    listed = corridors("validate")
    assert len(listed.out.splitlines()) == 3
    assert listed.err == "3 findings\n"


def test_a_missing_table_is_a_matter_of_files(facts, corridors, one_message, contents):
    facts.path("cities").unlink()
    before = contents(facts.folder.parents[1])
    for command in ("build", "validate", "stats", "layers"):
        one_message(corridors(command), 4, "cities.csv", "No such file", "--geodata")
    assert contents(facts.folder.parents[1]) == before


@pytest.mark.parametrize("name", ["empty", "nowhere"])
def test_a_folder_without_data_is_a_matter_of_files(tmp_path, corridors, one_message, name):
    (tmp_path / "empty").mkdir()
    one_message(corridors("build", "--geodata", tmp_path / name, "--maps", tmp_path / "maps"), 4, name, "--geodata")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["empty"]


def test_what_steers_a_terminal_is_not_printed_as_it_is(facts, corridors):
    facts.change("cities", {"country": "\x1b[31mKAZ\nX"})
    said = corridors("build").err
    assert "\x1b" not in said
    assert said.count("\n") == 1


TRADE_OF_2024 = {
    "subject": "KAZ",
    "indicator": "trade_total",
    "unit": "billion_usd",
    "period": "2024",
    "basis": "reported",
}
TRADE_OF_ALL = TRADE_OF_2024 | {"subject": "central-asia"}
YUAN_OF_2013 = {"subject": "central-asia", "indicator": "trade_total", "unit": "billion_cny", "period": "2013"}
BAD_TOGETHER = {
    "a country that the basemap has not": ("countries", {"id": "kaz"}, {"iso_a3": "USA"}),
    "a length of nothing": ("lengths", {"preferred": "yes"}, {"length_km": "0"}),
    "a length from no stop of its line": ("lengths", {"id": "cn-lanxin-01"}, {"from_station": "cn-nowhere"}),
    "a part without its ends": ("lengths", {"id": "cn-jingyihuo-01"}, {"section": "part"}),
    "a whole line with ends": ("lengths", {"id": "cn-lanxin-01"}, {"section": "whole"}),
    "another section that nothing is said of": (
        "lengths",
        {"id": "uz-angren-pap-03"},
        {"section": "other", "note": ""},
    ),
    "a length of low confidence to use": ("lengths", {"id": "cn-beijiang-01"}, {"preferred": "yes"}),
    "a length of another section to use": ("lengths", {"id": "cku-01"}, {"preferred": "yes"}),
    "two lengths of one section to use": ("lengths", {"id": "kz-almaty-bypass-02"}, {"preferred": "yes"}),
    "a published length that is not used": ("lengths", {"id": "kz-darbaza-maktaaral-01"}, {"preferred": ""}),
    "a sight without its city": ("tourism", {"kind": "site"}, {"place": ""}),
    "a sight with half a position": ("tourism", {"id": "site-burana"}, {"lat": ""}),
    "a train without its way": ("tourism", {"kind": "train"}, {"along": ""}),
    "a train on no line": ("tourism", {"kind": "train"}, {"along": "nowhere"}),
    "a train between no stations": ("tourism", {"kind": "train"}, {"along": "cn-longhai:nowhere>elsewhere"}),
    "a year's trade without its value": ("trade", TRADE_OF_2024, {"value": ""}),
    "the whole trade without its value": ("trade", TRADE_OF_ALL, {"value": ""}),
    "a year without any trade": ("trade", TRADE_OF_ALL, {"value": "0"}),
    "a first year without its value": ("trade", YUAN_OF_2013, {"value": ""}),
    "a first year without trade": ("trade", YUAN_OF_2013, {"value": "0"}),
    "a first year of negative trade": ("trade", YUAN_OF_2013, {"value": "-1"}),
    "a line of one stop": (
        "rail_stops",
        {"line": "ru-cn-zabaykalsk-manzhouli", "seq": "1"},
        {"line": "cn-longhai", "seq": "99"},
    ),
}


@pytest.mark.parametrize("case", BAD_TOGETHER)
def test_facts_that_are_wrong_together_are_named_and_nothing_is_written(case, facts, corridors, one_message, contents):
    table, which, values = BAD_TOGETHER[case]
    facts.change(table, values, row=facts.find(table, **which))
    before = contents(facts.folder.parents[1])
    one_message(corridors("build"), 3, table.removesuffix("_stops"))
    assert corridors("validate").code in {1, 3}
    assert contents(facts.folder.parents[1]) == before


# --- anything at all --------------------------------------------------------------------------------------------------

CELLS: dict[str, list[tuple[str, str]]] = {}
for _table, _columns in TABLES.items():
    for _name, _column in _columns.columns.items():
        CELLS.setdefault(_column.kind, []).append((_table, _name))
CELL = st.sampled_from(sorted(CELLS)).flatmap(lambda kind: st.sampled_from(CELLS[kind]))
"""A table and a column, each kind of cell equally often. Free text, which is never wrong, is in nearly half of them."""
NASTY = [
    "",
    " ",
    ";",
    "0",
    "-1",
    "1e5",
    "nan",
    "٣",
    "9" * 30,
    "USA",
    "x",
    "2099",
    "1900-01-01",
    "\x00",
    "a;b",
    "/",
    ":>",
]
VALUES = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@pytest.fixture(scope="module")
def broken(tmp_path_factory, copy_of_data):
    """Fact tables to break over and over."""
    return copy_of_data(tmp_path_factory.mktemp("broken"))


@contextmanager
def changed(files, cells):
    """The folder of fact tables with bad values in some cells, as long as the block runs."""
    good = {table: files.path(table).read_bytes() for (table, _), _, _ in cells}
    try:
        for (table, column), row, value in cells:
            files.change(table, {column: value}, row=1 + (row - 1) % (len(files.rows(table)) - 1))
        yield files.folder.parent
    finally:
        for table, data in good.items():
            files.path(table).write_bytes(data)


def loads(files, cells):
    """Whether an atlas with bad values is loaded; if not, in one message."""
    with changed(files, cells) as geodata:
        try:
            build.load(geodata)
        except CorridorsError as error:
            assert "\n" not in str(error)  # noqa: PT017 - not raising is as good
            return False
    return True


@settings(max_examples=20, derandomize=True)
@given(st.lists(st.tuples(CELL, st.integers(1, 1000), VALUES), min_size=4, max_size=4))
def test_bad_cells_never_end_in_anything_but_a_message(broken, cells):
    """Those that pass their tables are loaded together; each for itself if together they are refused."""
    passed = []
    for cell in cells:
        with changed(broken, [cell]) as geodata:
            findings = read_facts(geodata)[1]
        assert all(str(finding).isprintable() for finding in findings)
        event("refused by its table" if findings else "passes its table")
        if not findings:
            passed.append(cell)
    if not loads(broken, passed):
        for cell in passed:
            loads(broken, [cell])
