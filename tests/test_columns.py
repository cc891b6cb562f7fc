"""Columns of a page: what the page's script reads is what the frame has, to a step of its precision."""

import json
import subprocess
import zlib

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from corridors.content.vector_frames import ready_frame
from corridors.content.vector_layers import Wanted, vector_layers
from corridors.web import blocks
from corridors.web.blocks import Blocks
from corridors.web.column_layers import encode_layers
from corridors.web.letters import letters
from corridors.web.value_columns import encode_column
from tests.conftest import NODE, REPOSITORY

STEP = 1e-5

seldom = settings(max_examples=4, suppress_health_check=list(HealthCheck))
"""For tests that try many values in each example."""

finite = st.floats(allow_nan=False, allow_infinity=False)


@pytest.fixture(scope="session")
def read_back():
    """Frames as the script of a page reads them: the rows of each layer. One process reads all."""
    command = [NODE, REPOSITORY / "tests" / "script" / "column_rows.ts"]
    script = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def read(*frames):
        layers = []
        for frame in frames:
            layers += vector_layers("data", ready_frame(frame), Wanted(step=STEP), [each.id for each in layers])
        about, stream = encode_layers(layers)
        asked = {"layers": about, "stream": letters(zlib.compress(stream))}
        script.stdin.write(json.dumps(asked) + "\n")
        script.stdin.flush()
        answer = json.loads(script.stdout.readline() or "null")
        assert answer is not None, "the script has failed; its message is on stderr"
        return dict(zip([layer.kind for layer in layers], answer, strict=True))

    with script:
        yield read


def bytes_of(numbers):
    written = Blocks()
    written.unsigned(numbers)
    return written.data()


def frame_of(shapes, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs="EPSG:4326")


def paths(shape):
    """The paths of a geometry as flat lists of numbers; a ring without the vertex that closes it."""
    found = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            turned = shapely.orient_polygons(part)
            found += [shapely.get_coordinates(ring)[:-1] for ring in (turned.exterior, *turned.interiors)]
        else:
            found.append(shapely.get_coordinates(part))
    return [each.ravel().tolist() for each in found]


# --- numbers ----------------------------------------------------------------------------------------------------------


@given(hnp.arrays(np.int64, st.integers(0, 50), elements=st.integers(0, 2**53 - 1)))
def test_numbers_are_leb128(values):
    """The bytes of unsigned LEB128, section 7.6 of the DWARF standard: first the first ones of all numbers."""
    coded = []
    for value in values.tolist():
        rest, single = value, []
        while not single or rest:
            rest, low = rest >> 7, rest & 127
            single.append(low | (128 if rest else 0))
        coded.append(single)
    wanted = [single[nth] for nth in range(9) for single in coded if nth < len(single)]
    assert bytes_of(values) == bytes(wanted)


def test_the_example_of_the_dwarf_standard():
    assert bytes_of([2, 127, 128, 129, 12857]).hex(" ") == "02 7f 80 81 b9 01 01 64"


def test_portions_of_numbers_are_one_block(monkeypatch):
    numbers = [7, 3000, 0, 5, 2**40, 90_000]
    whole = bytes_of(numbers)
    monkeypatch.setattr(blocks, "AT_ONCE", 2)
    assert bytes_of(numbers) == whole


# --- geometry ---------------------------------------------------------------------------------------------------------

MULTIPLE = shapely.MultiPolygon(
    [
        (
            ((0, 0), (9, 0), (9, 9), (0, 9), (0, 0)),
            [((1, 1), (2, 1), (2, 2), (1, 1)), ((5, 5), (6, 5), (6, 6), (5, 5))],
        ),
        (((20, 0), (21, 0), (21, 1), (20, 0)), []),
    ]
)


@pytest.mark.parametrize(
    ("kind", "shapes"),
    [
        ("point", [shapely.Point(76.88, 43.25), shapely.Point(-179.99999, -85), shapely.Point(180, 85)]),
        ("point", [shapely.MultiPoint([(1, 2), (3, 4)]), shapely.Point(5, 6), None, shapely.Point()]),
        ("line", [shapely.LineString([(0, 0), (1, 1), (1, 2)]), shapely.LineString([(80, 44.1), (69.2, 41.3)])]),
        ("line", [shapely.MultiLineString([[(0, 0), (1, 1)], [(5, 5), (6, 6), (7, 5)]]), None]),
        ("area", [shapely.box(0, 0, 1, 1), MULTIPLE, shapely.box(-10, -10, -9, -8)]),
    ],
)
def test_geometry_comes_back_to_a_step(read_back, kind, shapes):
    [(found, rows)] = read_back(frame_of(shapes)).items()
    assert found == kind
    for row, shape in zip(rows, shapes, strict=True):
        wanted = [] if shape is None or shape.is_empty else paths(shape)
        assert [len(path) for path in row["outline"]] == [len(path) for path in wanted]
        for path, other in zip(row["outline"], wanted, strict=True):
            assert path == pytest.approx(other, abs=STEP / 2 + 1e-6)


def test_any_lines_come_back_to_a_step(read_back):
    random = np.random.default_rng(3)
    sizes = random.integers(2, 7, 500)
    lines = [np.column_stack([random.uniform(-89, 89, size), random.uniform(-85, 85, size)]) for size in sizes]
    rows = read_back(frame_of(map(shapely.LineString, lines)))["line"]
    for row, line in zip(rows, lines, strict=True):
        [path] = row["outline"]
        assert np.array(path).reshape(-1, 2) == pytest.approx(line, abs=STEP / 2 + 1e-6)


def test_a_line_shorter_than_a_step_keeps_two_ends_and_vertices_that_repeat_are_left_out(read_back):
    short = shapely.LineString([(1, 1), (1 + STEP / 10, 1)])
    long = shapely.LineString([(1, 1), (1, 1), (1 + STEP / 10, 1), (2, 2), (2, 2)])
    rows = read_back(frame_of([short, long]))["line"]
    assert [len(row["outline"][0]) // 2 for row in rows] == [2, 2]


def test_more_features_than_are_encoded_at_once_keep_their_places(read_back):
    shapes = shapely.linestrings(np.random.default_rng(7).uniform(-80, 80, (20_000, 2, 2)))
    rows = read_back(frame_of(shapes))["line"]
    wanted = shapely.get_coordinates(shapes).reshape(-1, 4)
    assert np.array([row["outline"][0] for row in rows]) == pytest.approx(wanted, abs=STEP / 2 + 1e-6)


def test_kinds_of_geometry_are_layers_and_a_collection_is_in_each_of_its_kinds(read_back):
    mixed = shapely.GeometryCollection([shapely.Point(1, 1), shapely.LineString([(0, 0), (2, 2)])])
    nested = shapely.GeometryCollection([shapely.GeometryCollection([mixed]), shapely.box(0, 0, 1, 1)])
    frame = frame_of([shapely.Point(5, 5), mixed, nested, None], name=["a", "b", "c", "d"])
    found = {kind: [row["cells"][0] for row in rows] for kind, rows in read_back(frame).items()}
    assert found == {"point": ["a", "b", "c", "d"], "line": ["b", "c"], "area": ["c"]}


# --- values -----------------------------------------------------------------------------------------------------------


def days(*texts):
    return pd.to_datetime(pd.Series(texts), format="ISO8601")


@pytest.mark.parametrize(
    ("column", "kind", "cells"),
    [
        (pd.Series([3, -5, 0]), "number", [3, -5, 0]),
        (pd.Series([3, None, 8], dtype="Int64"), "number", [3, None, 8]),
        (pd.Series([1.5, -2.25, np.nan]), "number", [1.5, -2.25, None]),
        (pd.Series([0.1 + 0.2, 1 / 3, 1e300]), "float", [0.1 + 0.2, 1 / 3, 1e300]),
        (pd.Series([9007199254740993, 1, 1]), "text", ["9007199254740993", "1", "1"]),
        (pd.Series([True, False, True]), "bool", [True, False, True]),
        (pd.Series([True, None, False], dtype="boolean"), "bool", [True, None, False]),
        (pd.Series(["b", "a", "b", "b", None, "a"]), "category", ["b", "a", "b", "b", None, "a"]),
        (pd.Series(["Алматы", "西安", "{{ 7*7 }}"]), "text", ["Алматы", "西安", "{{ 7*7 }}"]),
        (pd.Series([None, None]), "category", [None, None]),
        (pd.Series([{"a": [1]}, [2], 3.5], dtype=object), "text", ['{"a": [1]}', "[2]", "3.5"]),
        (days("2024-02-29", None, "1901-01-01"), "day", [19782, None, -25202]),
        (days("2024-02-29T12:00", "1969-12-31T23:59:59"), "time", [1709208000, -1]),
        (days("2024-02-29T12:00+06:00", "2024-03-01T00:00+06:00"), "time", [1709208000, 1709251200]),
        (pd.Series(pd.Categorical(["x", "y", "x", "x"])), "category", ["x", "y", "x", "x"]),
        (pd.Series(pd.to_timedelta(["1h", "2h"])), "text", ["P0DT1H0M0S", "P0DT2H0M0S"]),
    ],
)
def test_values_come_back_whole(read_back, column, kind, cells):
    frame = frame_of([shapely.Point(0, 0)] * len(column), x=column)
    assert encode_column("x", frame["x"], Blocks())["type"] == kind
    assert [row["cells"][0] for row in read_back(frame)["point"]] == cells


@seldom
@given(st.lists(st.lists(st.none() | finite, min_size=9, max_size=9), min_size=40, max_size=40))
def test_any_numbers_come_back_exactly(read_back, columns):
    values = {f"c{nth}": pd.Series(column, dtype=float) for nth, column in enumerate(columns)}
    rows = read_back(frame_of([shapely.Point(0, 0)] * 9, **values))["point"]
    found = [[value if value is None else float(value) for value in row["cells"]] for row in rows]
    assert found == [list(row) for row in zip(*columns, strict=True)]


@seldom
@given(st.lists(st.lists(st.none() | st.text(st.characters(codec="utf-8")), min_size=9, max_size=9), max_size=20))
def test_any_texts_come_back_exactly(read_back, columns):
    values = {f"c{nth}": pd.Series(column, dtype=object) for nth, column in enumerate(columns)}
    rows = read_back(frame_of([shapely.Point(0, 0)] * 9, **values))["point"]
    assert [row["cells"] for row in rows] == [[column[nth] for column in columns] for nth in range(9)]


def test_a_line_has_its_length_in_whole_metres(read_back):
    frame = frame_of([shapely.LineString([(0, 0), (1, 0)]), None])
    assert [row["cells"][-1] for row in read_back(frame)["line"]] == [111319, 0]  # a degree of the WGS84 equator


def test_columns_of_one_name_and_names_that_are_no_text_are_kept_apart(read_back):
    frame = frame_of([shapely.Point(0, 0)]).assign(**{"7": [1], "7 2": [2]})
    frame.columns = ["geometry", 7, "7"]
    assert read_back(frame.set_geometry("geometry"))["point"][0]["cells"] == [1, 2]
