"""Geometries to countries: the ways that save time give what a plain test against each outline gives."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, box

from corridors.geo import countries
from corridors.geo.countries import parts_by_country
from corridors.geo.country_grid import OUTSIDE, UNDECIDED, countries_by_grid
from corridors.geo.geodesy import lengths_km
from corridors.layers.countries import read_outlines

ROW = {"WST": box(60, 35, 70, 45), "EST": box(70, 35, 80, 45)}
EDGES = st.one_of(st.floats(55, 85), st.sampled_from([60.0, 69.75, 70.0, 70.25, 80.0]))


def walks(seed, count):
    """Random lines in and around Asia, EPSG:4326."""
    random = np.random.default_rng(seed)
    starts = random.uniform((40, 30), (110, 55), (count, 2))
    return shapely.linestrings(starts[:, None, :] + np.cumsum(random.normal(0, 0.1, (count, 8, 2)), axis=1))


@given(spans=st.lists(st.tuples(EDGES, st.floats(30, 50), st.floats(0, 3), st.floats(0, 3)), min_size=1, max_size=30))
def test_the_grid_answers_only_where_it_is_right(spans):
    shapes = [LineString([(west, south), (west + wide, south + high)]) for west, south, wide, high in spans]
    for shape, number in zip(shapes, countries_by_grid(np.array(shapes, dtype=object), ROW), strict=True):
        if number == OUTSIDE:
            assert not any(outline.intersects(shape) for outline in ROW.values())
        elif number != UNDECIDED:
            assert [*ROW.values()][number].contains_properly(shape)


def test_the_grid_answers_far_from_borders_and_at_the_ends_of_the_map():
    shapes = [Point(65, 40), Point(75, 40), Point(0, 0), Point(70, 40), Point(180, 90), Point(-180, -90), None, Point()]
    answers = countries_by_grid(np.array(shapes, dtype=object), ROW)
    assert answers.tolist() == [0, 1, OUTSIDE, UNDECIDED, OUTSIDE, OUTSIDE, UNDECIDED, UNDECIDED]


@pytest.mark.parametrize("seed", range(2))
def test_pieces_of_outlines_cut_as_whole_outlines_do(repo, monkeypatch, seed):
    outlines, lines = read_outlines(repo / "geodata" / "basemap"), walks(seed, 3000)
    by_pieces = {part.country: part for part in parts_by_country(lines, outlines)}
    monkeypatch.setattr(countries, "_pieces", lambda shapes, outline: np.full(len(shapes), outline, dtype=object))
    by_outlines = {part.country: part for part in parts_by_country(lines, outlines)}
    assert by_pieces.keys() == by_outlines.keys()
    for country, part in by_pieces.items():
        assert part.owners.tolist() == by_outlines[country].owners.tolist()
        assert part.whole.tolist() == by_outlines[country].whole.tolist()
        assert lengths_km(part.shapes) == pytest.approx(lengths_km(by_outlines[country].shapes), abs=1e-9)


def test_rounding_at_a_border_makes_no_parts(repo):
    parts = [*parts_by_country(walks(5, 3000), read_outlines(repo / "geodata" / "basemap"))]
    assert min(lengths_km(part.shapes[~part.whole]).min(initial=1) for part in parts) > 1e-7


def test_what_is_whole_is_the_given_geometry():
    shapes = [
        Point(65, 40),
        LineString([(65, 40), (75, 40)]),
        LineString([(0, 0), (1, 1)]),
        LineString([(0, 0), (0, 0)]),
    ]
    for part in parts_by_country(shapes, ROW):
        for owner, shape, whole in zip(part.owners, part.shapes, part.whole, strict=True):
            assert (shape is shapes[owner]) == whole
    assert {part.country: part.owners.tolist() for part in parts_by_country(shapes, ROW)} == {
        "EST": [1], "WST": [0, 1], "": [2, 3],
    }  # fmt: skip
