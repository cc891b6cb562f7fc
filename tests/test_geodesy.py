"""Lines on the ellipsoid, checked against published geodesics, another library, and general properties."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from corridors.geo.geodesy import (
    COMPASS,
    cut_at_antimeridian,
    densify,
    direction,
    distance_km,
    great_circle,
    lengths_km,
)
from corridors.geo.segments import BLOCK, segment_metres

MILLIMETRE_KM = 1e-6
XIAN, URUMQI, TASHKENT = (108.752, 34.4471), (87.4742, 43.9071), (69.2812, 41.2579)

calm = settings(deadline=None)
longitudes = st.floats(-180, 180, allow_nan=False)
positions = st.tuples(longitudes, st.floats(-90, 90, allow_nan=False))
temperate = st.tuples(longitudes, st.floats(-70, 70, allow_nan=False))


def km(one, other):
    """Our distance between two positions (longitude, latitude)."""
    return float(distance_km(*(np.array([value]) for value in (*one, *other)))[0])


def oracle(one, other):
    """The inverse problem as GeographicLib solves it."""
    return Geodesic.WGS84.Inverse(one[1], one[0], other[1], other[0])


def length(line):
    return float(lengths_km([line])[0])


def dms(degrees, minutes, seconds):
    return degrees + minutes / 60 + seconds / 3600


# --- outside truth ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "metres", "tolerance"),
    [
        pytest.param((0, 0), (0, 90), 10_001_965.729, 1e-3, id="quarter of a meridian of WGS84"),
        pytest.param((0, 0), (1, 0), 111_319.491, 1e-3, id="one degree of the equator"),
        pytest.param(
            # GDA94 technical manual. Its ellipsoid, GRS80, differs from WGS84 by less than the millimetre given.
            (dms(144, 25, 29.52440), -dms(37, 57, 3.72030)),
            (dms(143, 55, 35.38390), -dms(37, 39, 10.15610)),
            54_972.271,
            1e-3,
            id="Flinders Peak to Buninyong",
        ),
        # C. F. F. Karney, "Algorithms for geodesics", 2013: a short line, and one between nearly opposite points.
        pytest.param((0, -30.12345), (0.00005, -30.12344), 4.944208, 1e-6, id="Karney's short line"),
        pytest.param((0, -30), (179.8, 29.9), 19_989_832.827_610, 1e-4, id="Karney's nearly antipodal line"),
        # The example of GeographicLib's documentation.
        pytest.param((174.81, -41.32), (-5.50, 40.96), 19_959_679.267_354, 1e-3, id="Wellington to Salamanca"),
    ],
)
def test_published_distances(one, other, metres, tolerance):
    assert km(one, other) * 1000 == pytest.approx(metres, abs=tolerance)


@calm
@given(positions, positions)
@example((0, 0), (180, 0))
@example((-180, 12), (180, 12))
@example((20, 90), (70, 90))
@example((33, 5), (33, 5))
def test_distances_are_those_of_geographiclib(one, other):
    assert km(one, other) == pytest.approx(oracle(one, other)["s12"] / 1000, abs=MILLIMETRE_KM)


@calm
@given(st.lists(st.lists(positions, min_size=2, max_size=6), min_size=1, max_size=5))
def test_a_length_is_the_sum_of_its_hops_by_geographiclib(paths):
    expected = [sum(oracle(*hop)["s12"] for hop in pairwise(path)) / 1000 for path in paths]
    assert lengths_km([shapely.LineString(path) for path in paths]) == pytest.approx(expected, abs=1e-5)


@calm
@given(positions, positions)
def test_a_direction_is_the_word_nearest_to_the_azimuth(one, other):
    assume(km(one, other) > 1e-6)
    azimuth = oracle(one, other)["azi1"]
    off = abs((azimuth - 45 * COMPASS.index(direction(one, other)) + 180) % 360 - 180)
    assert off <= 22.5 + 1e-3


@pytest.mark.parametrize(
    ("other", "word"),
    [
        ((80, 45), "n"), ((81.4, 45), "ne"), ((81, 44), "e"), ((81.4, 43), "se"),
        ((80, 43), "s"), ((78.6, 43), "sw"), ((79, 44), "w"), ((78.6, 45), "nw"),
    ],
)  # fmt: skip
def test_directions_around_a_place(other, word):
    assert direction((80, 44), other) == word


def test_khorgos_lies_north_west_of_xian_and_north_east_of_tashkent():
    khorgos = (80.41639, 44.20276)
    assert direction(XIAN, khorgos) == "nw"
    assert direction(TASHKENT, khorgos) == "ne"


# --- lengths ----------------------------------------------------------------------------------------------------------


@calm
@given(positions, positions)
def test_a_distance_is_the_same_both_ways(one, other):
    assert km(one, other) == pytest.approx(km(other, one), abs=MILLIMETRE_KM)


@calm
@given(positions, positions, positions)
def test_no_detour_is_shorter(one, by_way_of, other):
    assert km(one, other) <= km(one, by_way_of) + km(by_way_of, other) + MILLIMETRE_KM


@calm
@given(positions)
def test_a_place_is_nowhere_from_itself(place):
    assert km(place, place) == 0.0


@calm
@given(st.lists(temperate, min_size=2, max_size=8))
def test_a_line_is_as_long_backwards(path):
    assert length(shapely.LineString(path)) == pytest.approx(length(shapely.LineString(path[::-1])), abs=1e-5)


def test_the_gap_between_the_parts_of_a_line_is_not_part_of_it():
    parts = [shapely.LineString([(0, 0), (1, 0)]), shapely.LineString([(50, 0), (51, 0)])]
    assert length(shapely.MultiLineString(parts)) == pytest.approx(2 * 111.319491, abs=1e-5)


def test_lines_are_measured_one_by_one_and_empty_ones_are_nothing():
    degree = shapely.LineString([(0, 0), (1, 0)])
    lines = [shapely.LineString(), degree, shapely.MultiLineString(), shapely.MultiLineString([degree, degree])]
    assert lengths_km(lines) == pytest.approx([0, 111.319491, 0, 222.638982], abs=1e-5)
    assert lengths_km([]).shape == (0,)


# --- positions in between ---------------------------------------------------------------------------------------------

paths = st.lists(temperate, min_size=2, max_size=6)
steps = st.floats(20, 2000)


def nearly_antipodal(path):
    """Whether a hop has several shortest lines, so that its positions cannot be checked."""
    return any(oracle(*hop)["a12"] > 179 for hop in pairwise(path))


@calm
@given(paths, steps)
def test_positions_in_between_keep_those_given(path, step_km):
    dense = densify(np.array(path), step_km=step_km)
    assert tuple(dense[0]) == path[0]
    assert tuple(dense[-1]) == path[-1]
    found = iter(map(tuple, dense))
    assert all(place in found for place in path)  # in this order


@calm
@given(paths, steps)
@pytest.mark.slow
def test_positions_in_between_are_a_step_apart_at_most_and_keep_the_length(path, step_km):
    assume(not nearly_antipodal(path))
    dense = densify(np.array(path), step_km=step_km)
    hops = [oracle(*hop)["s12"] / 1000 for hop in pairwise(map(tuple, dense))]
    assert max(hops) <= step_km * (1 + 1e-9) + MILLIMETRE_KM
    assert sum(hops) == pytest.approx(sum(oracle(*hop)["s12"] for hop in pairwise(path)) / 1000, abs=1e-4)


def test_no_more_positions_are_put_in_than_the_step_asks_for():
    equator = np.array([(0.0, 0.0), (1.0, 0.0)])
    assert len(densify(equator, step_km=200)) == 2
    assert len(densify(equator, step_km=56)) == 3
    assert len(densify(equator, step_km=55)) == 4


def test_a_hop_of_no_length_stays():
    assert densify(np.array([(80.0, 44.0), (80.0, 44.0)]), step_km=1).tolist() == [[80, 44], [80, 44]]


def test_an_arc_runs_north_of_the_parallel():
    arc = great_circle(XIAN, URUMQI, step_km=100)
    halfway = Geodesic.WGS84.InverseLine(XIAN[1], XIAN[0], URUMQI[1], URUMQI[0])
    for lon, lat in arc:
        place = halfway.Position(oracle(XIAN, (lon, lat))["s12"])
        assert (place["lon2"], place["lat2"]) == pytest.approx((lon, lat), abs=1e-9)
    assert arc[:, 1].max() == pytest.approx(URUMQI[1])
    parallel = great_circle((60, 50), (120, 50), step_km=100)
    assert parallel[:, 1].max() > 52


# --- the antimeridian -------------------------------------------------------------------------------------------------


def parts_of(line):
    return [list(part.coords) for part in shapely.get_parts(line)]


def crossing(lon, lat, eastward_by, northward_by):
    """A dense line that starts near the antimeridian and crosses it, with longitudes within ±180°."""
    wrapped = (lon + eastward_by + 180) % 360 - 180
    return densify(np.array([(lon, lat), (wrapped, lat + northward_by)]), step_km=10)


crossings = st.builds(
    crossing,
    st.floats(178, 180).flatmap(lambda lon: st.sampled_from([lon, -lon])),
    st.floats(-66, 66),
    st.floats(0.5, 6).flatmap(lambda by: st.sampled_from([by, -by])),
    st.floats(-3, 3),
)


@calm
@given(crossings)
@example(crossing(180, 60, 3, 1))
@example(crossing(180, -60, -3, 1))
@example(crossing(-180, 60, -3, 0))
@example(crossing(-180, -60, 3, 0))
@example(crossing(179, 0, 1, 0))
def test_a_cut_line_is_as_long_and_stays_within_the_world(path):
    line = cut_at_antimeridian(path)
    parts = parts_of(line)
    assert length(line) == pytest.approx(length(shapely.LineString(path)), abs=1e-3)
    for part in parts:
        longitude = np.array(part)[:, 0]
        assert np.abs(longitude).max() <= 180
        assert np.abs(np.diff(longitude)).max() <= 180
        assert all(one != other for one, other in pairwise(part))
    for before, after in pairwise(parts):
        assert before[-1][1] == after[0][1]
        assert {before[-1][0], after[0][0]} == {-180, 180}


@calm
@given(crossings)
def test_a_line_is_cut_alike_both_ways(path):
    there, back = cut_at_antimeridian(path), cut_at_antimeridian(path[::-1])
    assert len(parts_of(there)) == len(parts_of(back))
    assert length(there) == pytest.approx(length(back), abs=1e-6)
    for part, same in zip(parts_of(there), reversed(parts_of(back)), strict=True):
        assert np.array(part) == pytest.approx(np.array(same[::-1]), abs=1e-9)


@calm
@given(crossings)
def test_a_cut_line_keeps_every_position(path):
    kept = [place for part in parts_of(cut_at_antimeridian(path)) for place in part]
    turned = np.array([(lon % 360, lat) for lon, lat in kept])
    for lon, lat in path:
        off = np.abs(turned - (lon % 360, lat))
        assert np.min(np.minimum(off[:, 0], 360 - off[:, 0]) + off[:, 1]) < 1e-9


@calm
@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-70, 70)), min_size=2, max_size=6))
def test_a_line_without_a_turn_is_left_alone(path):
    path = [(lon / 2, lat) for lon, lat in path]
    assert cut_at_antimeridian(np.array(path)).coords[:] == path


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ([(179, 10), (-179, 20)], [[(179, 10), (180, 15)], [(-180, 15), (-179, 20)]]),
        ([(-179, -10), (179, -20)], [[(-179, -10), (-180, -15)], [(180, -15), (179, -20)]]),
        ([(180, 0), (-179, 5)], [[(-180, 0), (-179, 5)]]),
        ([(-180, 0), (179, 5)], [[(180, 0), (179, 5)]]),
        ([(180, 0), (179, 5)], [[(180, 0), (179, 5)]]),
        ([(179, 0), (-180, 5)], [[(179, 0), (180, 5)]]),
        ([(-179, 0), (180, 5)], [[(-179, 0), (-180, 5)]]),
        ([(179, 0), (180, 1), (-179, 2)], [[(179, 0), (180, 1)], [(-180, 1), (-179, 2)]]),
        ([(-179, 0), (-180, 1), (179, 2)], [[(-179, 0), (-180, 1)], [(180, 1), (179, 2)]]),
        ([(180, 1), (179, 2), (-179, 4)], [[(180, 1), (179, 2), (180, 3)], [(-180, 3), (-179, 4)]]),
        (
            [(179, 0), (-179, 2), (179, 4)],
            [[(179, 0), (180, 1)], [(-180, 1), (-179, 2), (-180, 3)], [(180, 3), (179, 4)]],
        ),
    ],
)
def test_where_a_line_is_cut(path, parts):
    assert parts_of(cut_at_antimeridian(np.array(path, dtype=float))) == parts


@calm
@example(start=(100.0, 89.6), azimuth=90.0, metres=55_000.0)
@given(
    start=st.tuples(st.floats(-180, 180), st.floats(-89.9, 89.9)),
    azimuth=st.floats(0, 360),
    metres=st.floats(0, 200_000),
)
def test_segments_short_and_long_are_as_long_as_geographiclib_says_to_half_a_millimetre(start, azimuth, metres):
    lon, lat = start
    end = Geodesic.WGS84.Direct(lat, lon, azimuth, metres)
    found = segment_metres(np.array([start]), np.array([[end["lon2"], end["lat2"]]]))
    assert found == pytest.approx([metres], abs=5e-4)


def test_lengths_of_more_segments_than_one_block_stay_with_their_lines():
    lines = [shapely.LineString([(0, 0), (lon, 0)]) for lon in np.linspace(0.01, 0.4, 3 * BLOCK)]
    degree = Geodesic.WGS84.Inverse(0, 0, 0, 1)["s12"] / 1000
    lengths = lengths_km(lines)
    assert lengths == pytest.approx(np.linspace(0.01, 0.4, 3 * BLOCK) * degree, rel=1e-9)
