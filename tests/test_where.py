"""Conditions select the same as pandas, a missing value meets no condition, and conditions can only select."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import event, given, settings
from hypothesis import strategies as st

from corridors.errors import UsageError
from corridors.measures.where import choose, column_words, held, names_in

FRAME = gpd.GeoDataFrame(
    {
        "id": ["a", "b", "c", "d"],
        "status": ["operational", "planned", None, "operational"],
        "country": ["CHN;KAZ", "KAZ", "UZB", None],
        "gauge_mm": pd.array([1435, 1520, None, 1520], dtype="Int64"),
        "track_km": pd.array([100.5, None, -3.0, 7.0], dtype="Float64"),
        "name_en": ["Longhai", "'quoted'", "霍尔果斯", ""],
    },
    geometry=shapely.points([[80, 44]] * 4),
    crs="EPSG:4326",
)


def chosen(condition, frame=FRAME):
    return "".join(choose(frame, condition)["id"])


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ("gauge_mm == 1520", "bd"),
        ("gauge_mm >= 1435 and gauge_mm < 1500", "a"),
        ("1400 < gauge_mm < 1500", "a"),
        ("status in ('planned', 'suspended')", "b"),
        ("status in ['planned', 'operational'] and not gauge_mm == 1435", "bd"),
        ("status == 'planned' or gauge_mm == 1435", "ab"),
        ("track_km == -3", "c"),
        ("-track_km == 3", "c"),
        ("name_en == '霍尔果斯'", "c"),
        ("name_en == \"'quoted'\"", "b"),
        ("name_en == ''", "d"),
        ("status == status", "abd"),
        ("'x' == 'x'", "abcd"),
        ("1 > 2", ""),
    ],
)
def test_a_condition_chooses(condition, ids):
    assert chosen(condition) == ids


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ("'KAZ' in country", "ab"),
        ("'CHN' in country and 'KAZ' in country", "a"),
        ("'KA' in country", ""),  # a part of a code is no code
        ("'KAZ' not in country", "acd"),  # the part of a in China
        ("country == 'CHN' and country != 'CHN'", ""),
    ],
)
def test_a_cell_of_several_values_is_looked_into(condition, ids):
    assert chosen(condition) == ids


@pytest.mark.parametrize(
    ("condition", "parts"),
    [
        ("country == 'KAZ'", ["KAZ"]),
        ("'KAZ' in country", ["KAZ"]),
        ("country in ('KAZ', 'UZB')", ["KAZ"]),
        ("not country == 'KAZ'", ["CHN"]),
        ("country != 'KAZ' and gauge_mm == 1435", ["CHN"]),
        ("country not in ('KAZ', 'CHN')", []),
        ("country == 'KAZ' or gauge_mm == 1435", ["CHN", "KAZ"]),
        ("country == 'CHN' and 'KAZ' in country", ["CHN", "KAZ"]),  # lines from the one into the other
        ("gauge_mm == 1435", ["CHN", "KAZ"]),
        ("gauge_mm == 1520", []),
    ],
)
def test_a_condition_on_country_holds_for_the_part_inside(condition, parts):
    assert held(FRAME, condition)[0] == tuple(parts)


def test_several_countries_in_one_text_are_refused_with_the_remedy():
    with pytest.raises(UsageError, match=r"write country in \('CHN', 'KAZ'\)"):
        choose(FRAME, "country == 'CHN;KAZ'")


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ("gauge_mm > 0", "abd"),
        ("gauge_mm <= 9999", "abd"),
        ("track_km < 0", "c"),
        ("-track_km > -50", "cd"),
        ("status == 'operational'", "ad"),
        ("status != 'operational'", "bc"),  # an unknown status is not operational
        ("status not in ('operational', 'planned')", "c"),
        ("'KAZ' in country", "ab"),
    ],
)
def test_a_missing_value_holds_for_nothing_but_being_different(condition, ids):
    assert chosen(condition) == ids


@pytest.mark.parametrize(
    "condition", ["status > 3", "gauge_mm < 'x'", "3 in gauge_mm", "-name_en == 3", "gauge_mm in 3"]
)
def test_text_and_numbers_do_not_compare(condition):
    assert chosen(condition) == ""


@pytest.mark.parametrize(
    ("layer", "condition", "oracle"),
    [
        ("rail", "gauge_mm == 1520", lambda rail: rail["gauge_mm"] == 1520),
        ("rail", "track_km >= 250.5", lambda rail: rail["track_km"] >= 250.5),
        (
            "rail",
            "electrified == 'yes' and tracks != 'single'",
            lambda rail: (rail["electrified"] == "yes") & (rail["tracks"] != "single"),
        ),
        (
            "rail",
            "official_km > 1000 or length_ratio < 0.9",
            lambda rail: (
                (rail["official_km"] > 1000).fillna(value=False) | (rail["length_ratio"] < 0.9).fillna(value=False)
            ),
        ),
        ("rail", "'KAZ' in country", lambda rail: rail["country"].str.split(";").map(lambda codes: "KAZ" in codes)),
        ("cities", "population > 1000000", lambda cities: cities["population"] > 1_000_000),
        ("ports", "mode in ('rail', 'road')", lambda ports: ports["mode"].isin(["rail", "road"])),
        (
            "ports",
            "not gauge_from_mm == gauge_to_mm",
            lambda ports: ~(ports["gauge_from_mm"] == ports["gauge_to_mm"]).fillna(value=False),
        ),
        (
            "flights",
            "distance_km < 2000 and origin != 'ZLXY'",
            lambda flights: (flights["distance_km"] < 2000) & (flights["origin"] != "ZLXY"),
        ),
    ],
)
def test_a_layer_is_chosen_from_as_pandas_would(loaded, layer, condition, oracle):
    frame = loaded.layers[layer]
    expected = frame[oracle(frame).fillna(value=False)]
    assert 0 < len(expected) < len(frame)
    assert choose(frame, condition).equals(expected)


def test_the_frame_is_left_as_it_was():
    before = FRAME.copy()
    found = choose(FRAME, "gauge_mm == 1520")
    found.loc[:, "status"] = "x"
    assert FRAME.equals(before)
    assert found.crs == FRAME.crs


@pytest.mark.parametrize(
    "condition",
    [
        "open('/etc/passwd')",
        "id.upper() == 'A'",
        "id.__class__ == 1",
        "().__class__.__bases__",
        "lambda: 1",
        "f'{id}' == 'a'",
        "[each for each in id]",
        "{each: 1 for each in id}",
        "{1, 2}",
        "{'a': 1}",
        "id[0] == 'a'",
        "id if id else id",
        "(id := 'a')",
        "gauge_mm + 1 == 1436",
        "gauge_mm ** 9 ** 9 ** 9",
        "'a' * 10 ** 9 == id",
        "gauge_mm is 1",
        "~gauge_mm == 1",
        "*id == 1",
        "await id",
        "(yield)",
        "b'a' == id",
        "... == id",
        "1j == gauge_mm",
        "None == status",
    ],
)
def test_whatever_does_more_than_compare_is_refused(condition):
    with pytest.raises(UsageError, match="Remedy: compare columns with values") as refused:
        choose(FRAME, condition)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    "condition",
    [
        "",
        " ",
        "gauge_mm = 1520",
        "gauge_mm ==",
        "import os",
        "'open",
        "a; b",
        "\x00",
        "\ud800",
        "id == 'a'\nid",
        "(" * 999,
    ],
)
def test_what_is_no_condition_is_refused(condition):
    with pytest.raises(UsageError, match="Remedy: compare columns with values"):
        choose(FRAME, condition)


NESTS = ["not {}", "({})", "-{}", "1 == 1 and ({})", "[{}]"]


@pytest.mark.parametrize("nest", NESTS)
def test_a_nest_is_looked_into(nest):
    before, after = nest.split("{}")
    assert chosen(before * 40 + "1" + after * 40) == "abcd"


@pytest.mark.parametrize("depth", [150, 2_000, 60_000])
@pytest.mark.parametrize("nest", NESTS)
def test_a_nest_too_deep_ends_in_an_answer_or_a_short_message(nest, depth):
    before, after = nest.split("{}")
    said = ""
    try:
        choose(FRAME, before * depth + "1" + after * depth)
    except UsageError as error:
        said = str(error)
    assert len(said) < 300
    assert depth < 2_000 or "Remedy: " in said


def test_a_misspelt_column_is_answered_with_the_nearest():
    with pytest.raises(
        UsageError, match=r"no column 'guage_mm'\. Did you mean gauge_mm\? Remedy: use one of id, status"
    ):
        choose(FRAME, "guage_mm == 1520")


@pytest.mark.parametrize("name", ["geometry", "True_", "__import__", "print"])
def test_only_columns_have_names(name):
    with pytest.raises(UsageError, match="no column"):
        choose(FRAME, f"{name} == 1")


def test_the_columns_that_a_condition_names_are_told():
    assert names_in("gauge_mm == 1 or not status == 'population'") == {"gauge_mm", "status"}
    with pytest.raises(UsageError, match="cannot be read"):
        names_in("gauge_mm ==")


PIECES = [
    "gauge_mm",
    "status",
    "country",
    "track_km",
    "==",
    "!=",
    "<",
    ">=",
    "in",
    "not in",
    "not",
    "and",
    "or",
    "(",
    ")",
    "-",
    "'KAZ'",
    "'",
    "1520",
    "3.5",
    "[",
    "]",
    ",",
    "None",
    ".",
    "lambda",
    ":",
]


@settings(max_examples=400, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join) | st.text(max_size=20))
@pytest.mark.filterwarnings("ignore:invalid:DeprecationWarning", "ignore:invalid:SyntaxWarning")
def test_anything_at_all_chooses_or_is_refused(condition):
    try:
        found = chosen(condition)
    except UsageError as error:
        found = str(error)
    event("refused" if "Remedy: " in found else "chooses")
    assert "Remedy: " in found or set(found) <= set("abcd")


ODD = gpd.GeoDataFrame(
    {
        "max speed": [120.5, None, 80],
        "class": ["main", "branch", None],
        "country": ["KAZ;KGZ", "KAZ", None],
        "opened": pd.to_datetime(["2001-05-01T12:00", "2013-12-31T00:00", None]),
    },
    geometry=[shapely.Point(nth, 0) for nth in range(3)],
    crs="EPSG:4326",
)


@pytest.mark.parametrize(
    ("condition", "rows"),
    [
        ("column('max speed') >= 80", [0, 2]),
        ("column('class') == 'main' and not column('max speed') < 100", [0]),
        ("column('class') != column('class')", [2]),
        ("column('country') == 'KAZ'", [1]),
        ("column('country') in ('KAZ;KGZ',)", [0]),
        ("'KAZ' in country", [0, 1]),
        ("opened >= '2001-05-01'", [0, 1]),
        ("opened <= '2013'", [0, 1]),
        ("opened < '2013'", [0]),
        ("'2001-05' == opened", [0]),
        ("opened != opened", [2]),
    ],
)
def test_columns_of_any_name_are_compared_as_they_are_and_dates_as_exactly_as_they_are_written(condition, rows):
    assert list(choose(ODD, condition).index) == rows


@pytest.mark.parametrize(
    "condition",
    ["column('length') > 1", "column() == 1", "column('class', 2) == 1", "column(name='class') == 1", "open('x')"],
)
def test_column_names_one_column_that_there_is(condition):
    with pytest.raises(UsageError):
        choose(ODD, condition)


@pytest.mark.parametrize(
    "name", ["gauge", "max speed", "class", "country", "column", "größe", "O'B", 'a"b', "a\\b", ""]
)
def test_a_column_of_any_name_is_found_by_its_words(name):
    frame = gpd.GeoDataFrame({name: [1, 2]}, geometry=[shapely.Point(0, 0)] * 2, crs="EPSG:4326")
    assert list(choose(frame, f"{column_words(name)} == 2").index) == [1]
    assert names_in(f"{column_words(name)} == 2") == {name}
