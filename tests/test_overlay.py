"""Kilometres of a line by country: checked against a count of short pieces, and always equal to the whole in sum."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from corridors.geo.geodesy import densify, distance_km, lengths_km
from corridors.geo.overlay import km_by_country
from corridors.layers.countries import read_outlines

WEST, MIDDLE, EAST = shapely.box(60, 40, 70, 50), shapely.box(70, 40, 80, 50), shapely.box(80, 40, 90, 50)
SQUARES = {"UZB": WEST, "KAZ": MIDDLE, "CHN": EAST}


@pytest.fixture(scope="module")
def outlines(repo):
    return read_outlines(repo / "geodata" / "basemap")


def length(line):
    return float(lengths_km([line])[0])


# --- outside truth ----------------------------------------------------------------------------------------------------


def test_a_line_is_split_as_a_count_of_its_pieces_says(loaded, outlines):
    """Each line on land, in pieces of at most 2 km. Each piece belongs to the country of its middle."""
    for layer in ("rail", "roads", "pipelines"):
        frame = loaded.layers[layer]
        for line in frame[frame["country"].str.contains(";")].itertuples():
            known = line.country.split(";")
            path = densify(np.array(line.geometry.coords), step_km=2)
            pieces = distance_km(path[:-1, 0], path[:-1, 1], path[1:, 0], path[1:, 1])
            middles = shapely.points((path[:-1] + path[1:]) / 2)
            inside = {country: float(pieces[shapely.contains(outlines[country], middles)].sum()) for country in known}
            found = km_by_country(line.geometry, known, outlines)
            scale = float(pieces.sum()) / sum(inside.values())
            for country in known:
                assert found.get(country, 0.0) == pytest.approx(inside[country] * scale, abs=8), (line.id, country)


def test_a_parallel_through_squares_is_split_at_their_edges():
    line = shapely.LineString(np.column_stack([np.linspace(65, 88, 24), np.full(24, 45.0)]))
    found = km_by_country(line, ["UZB", "KAZ", "CHN"], SQUARES)
    degree = length(line) / 23
    assert list(found) == ["UZB", "KAZ", "CHN"]
    assert list(found.values()) == pytest.approx([5 * degree, 10 * degree, 8 * degree])


# --- properties -------------------------------------------------------------------------------------------------------

places = st.tuples(st.floats(55, 95), st.floats(38, 52))


@given(st.lists(places, min_size=2, max_size=6, unique=True), st.permutations(["UZB", "KAZ", "CHN"]))
def test_countries_add_up_to_the_whole(path, countries):
    line = shapely.LineString(path)
    found = km_by_country(line, countries, SQUARES)
    assert sum(found.values()) == pytest.approx(length(line))
    assert set(found) <= set(countries)
    assert all(km > 0 for km in found.values())


@given(st.lists(places, min_size=2, max_size=6, unique=True))
def test_the_order_of_countries_changes_no_number(path):
    line = shapely.LineString(path)
    one, other = (km_by_country(line, order, SQUARES) for order in (["UZB", "CHN"], ["CHN", "UZB"]))
    if line.intersection(shapely.union(WEST, EAST)).length > 0:
        assert one == pytest.approx(other)


def test_every_line_of_the_atlas_adds_up(loaded):
    for layer, split in loaded.splits.items():
        frame = loaded.layers[layer].set_index("id")
        for name, parts in split.parts.items():
            assert set(parts) <= set(frame.loc[name, "country"].split(";") if layer != "ferries" else {""})
            columns = ("measured_km", "track_km", "published_km") if "track_km" in frame else ("measured_km",)
            for nth, column in enumerate(("distance_km",) if layer == "flights" else columns):
                whole = frame.loc[name, column]
                assert sum(km[nth] for km in parts.values()) == pytest.approx(whole, abs=0.06), (name, column)
            assert all(0 <= published <= track * (1 + 1e-9) for _, track, published in parts.values()), name


# --- examples ---------------------------------------------------------------------------------------------------------


def test_a_line_of_one_country_lies_in_it_whatever_the_border_says():
    line = shapely.LineString([(65, 45), (75, 45)])
    assert km_by_country(line, ["UZB"], SQUARES) == {"UZB": length(line)}


def test_a_country_that_is_not_named_gets_nothing():
    line = shapely.LineString([(65, 45), (75, 45), (85, 45)])
    found = km_by_country(line, ["UZB", "CHN"], SQUARES)
    assert set(found) == {"UZB", "CHN"}
    assert sum(found.values()) == pytest.approx(length(line))


def test_what_lies_in_no_country_is_given_to_those_beside_it_in_proportion():
    line = shapely.LineString([(65, 55), (65, 45)])  # half of it north of the squares
    assert km_by_country(line, ["UZB", "CHN"], SQUARES) == {"UZB": pytest.approx(length(line))}


def test_a_line_outside_all_its_countries_still_has_its_length():
    line = shapely.LineString([(0, 0), (1, 0)])
    assert sum(km_by_country(line, ["UZB", "KAZ"], SQUARES).values()) == pytest.approx(length(line))
    assert km_by_country(line, ["TKM", "IRN"], SQUARES) == dict.fromkeys(("TKM", "IRN"), length(line) / 2)


def test_a_country_that_is_only_touched_gets_nothing():
    line = shapely.LineString([(60, 50), (65, 52), (70, 50), (75, 45)])  # by a corner of the west into the middle
    assert set(km_by_country(line, ["UZB", "KAZ"], SQUARES)) == {"KAZ"}


def test_a_line_that_leaves_and_comes_back_is_counted_in_both_places():
    line = shapely.LineString([(65, 45), (75, 45), (75, 46), (65, 46)])
    found = km_by_country(line, ["UZB", "KAZ"], SQUARES)
    pieces = [shapely.LineString(pair) for pair in pairwise([(65, 45), (70, 45)])]
    pieces += [shapely.LineString([(70, 46), (65, 46)])]
    # Cut on the parallel in degrees, so each half is as long as its half of the hop within metres.
    assert found["UZB"] == pytest.approx(sum(length(piece) for piece in pieces), rel=1e-3)


def test_a_line_in_parts_is_split_like_a_whole_one():
    parts = shapely.MultiLineString([[(65, 45), (68, 45)], [(72, 45), (75, 45)]])
    found = km_by_country(parts, ["UZB", "KAZ"], SQUARES)
    assert list(found.values()) == pytest.approx([length(parts) / 2] * 2)
