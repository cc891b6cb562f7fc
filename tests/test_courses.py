"""Hops of a line: on tracks where an alignment fits their stops, else straight, and without gaps between them."""

from itertools import pairwise

import numpy as np
import pytest
from shapely import LineString

from corridors.data.alignments import Alignment
from corridors.geo.geodesy import lengths_km
from corridors.layers.courses import course_of, line_hops, meeting_places
from corridors.layers.lengths import Stop
from corridors.layers.lines import drawn_columns, train_hops
from corridors.layers.winding import estimate_lengths

STOPS = [
    Stop(name, name, lon, 45.0, accuracy_m=1000) for name, lon in zip("abcd", (70.0, 70.5, 71.0, 71.5), strict=True)
]


def leg(start, end, path, km=45.0, off=(0, 0)):
    return Alignment("x", start, end, LineString(path), km, 700, off)


BENT = leg("b", "c", [(70.5, 45.003), (70.7, 45.1), (71.0, 45.002)], off=(334, 222))


def hops(*legs, stops=STOPS, tracks_tell=True):
    return line_hops("x", stops, {one.key: one for one in legs}, tracks_tell=tracks_tell)


def test_a_hop_follows_its_tracks_and_has_their_length_and_accuracy():
    _, hop, _ = hops(BENT)
    assert hop.course == tuple(BENT.geometry.coords)
    assert (hop.track_km, hop.basis, hop.along_km, hop.accuracy_m) == (45.0, "tracks", 45.0, 700)
    assert hop.measured_km == pytest.approx(lengths_km([BENT.geometry])[0])
    assert hop.straight_km < hop.measured_km


def test_where_tracks_do_not_tell_the_length_a_hop_is_as_long_as_its_straight_leg():
    _, hop, _ = hops(BENT, tracks_tell=False)
    assert (hop.track_km, hop.basis, hop.along_km) == (hop.straight_km, "unscaled", 45.0)


def test_straight_hops_join_the_tracks_beside_them():
    before, hop, after = hops(BENT)
    assert before.course == ((70.0, 45.0), (70.5, 45.003))
    assert after.course == ((71.0, 45.002), (71.5, 45.0))
    assert [one.on_track for one in (before, hop, after)] == [False, True, False]


def test_a_line_without_tracks_meets_another_on_its_tracks():
    legs = {BENT.key: BENT}
    branch = [STOPS[1], Stop("e", "e", 70.5, 46.0)]
    (hop,) = line_hops("y", branch, legs, meeting_places({"x": STOPS, "y": branch}, legs))
    assert hop.course == ((70.5, 45.003), (70.5, 46.0))


@pytest.mark.parametrize(("moved_km", "fits"), [(0.5, True), (5.0, False)])
def test_tracks_of_a_stop_that_was_moved_are_not_used(moved_km, fits):
    moved = [*STOPS]
    moved[2] = Stop("c", "c", 71.0, 45.0 - moved_km / 111.2, accuracy_m=1000)
    hop = hops(BENT, stops=moved)[1]
    assert hop.on_track is fits
    assert (hop.course[-1] == (71.0, 45.002)) is fits


@pytest.mark.parametrize(("offs", "on_track"), [((900, 40), [False, False, True]), ((40, 900), [True, False, False])])
def test_of_tracks_that_leave_no_room_for_the_hop_between_the_worse_are_not_used(offs, on_track):
    """Both end at one place, so those that end farther from their stop do not lead to it."""
    meet = (70.75, 45.0)
    away = [int(off) for off in 1000 * lengths_km([LineString([(lon, 45.0), meet]) for lon in (70.5, 71.0)])]
    before = leg("a", "b", [(70.0, 45.0), meet], off=(0, away[0] + offs[0]))
    after = leg("c", "d", [meet, (71.5, 45.0)], off=(away[1] + offs[1], 0))
    found = hops(before, after)
    assert [hop.on_track for hop in found] == on_track
    assert all(one.course[-1] == other.course[0] for one, other in pairwise(found))
    legs = {one.key: one for one in (before, after)}
    assert list(meeting_places({"x": STOPS}, legs)) == (["c", "d"] if on_track[2] else ["a", "b"])


def test_two_stops_in_order_are_not_drawn_at_one_place():
    """Tracks of other lines can pass both nearest at the same place."""
    one, other = (line_hops("x", STOPS[:3], meets=dict.fromkeys("ab", (70.2, 45.0)))[nth] for nth in (0, 1))
    assert one.course == ((70.2, 45.0), (70.5, 45.0))
    assert other.course == ((70.5, 45.0), (71.0, 45.0))


def test_lines_of_the_atlas_have_no_gaps_and_are_as_long_as_their_hops(loaded):
    for name, legs in estimate_lengths(loaded.facts).hops.items():
        for one, other in pairwise(legs):
            assert one.course[-1] == other.course[0], (name, other.one.id)
        whole = lengths_km([course_of(legs).line])[0]
        assert whole == pytest.approx(sum(hop.measured_km for hop in legs), abs=0.01), name


def test_tracks_of_another_leg_are_not_used():
    assert not any(hop.on_track for hop in hops(leg("a", "c", [(70.0, 45.0), (71.0, 45.0)])))


def test_a_course_has_each_position_once_and_knows_its_hops():
    found = hops(BENT)
    course = course_of(found)
    assert all(one != other for one, other in pairwise(course.positions.tolist()))
    assert [first for first, _ in course.ends[1:]] == [last for _, last in course.ends[:-1]]
    for hop, line in zip(found, course.hop_lines, strict=True):
        assert line.coords[0] == pytest.approx(hop.course[0])
        assert lengths_km([line])[0] == pytest.approx(hop.measured_km, rel=1e-6)
    assert np.diff(course.positions[:, 0]).max() < 0.4  # a straight hop has more positions than its ends


def test_a_line_says_whether_it_is_mostly_on_tracks_and_how_far_off():
    one = leg("a", "b", [(70.0, 45.0), (70.5, 45.0)])
    assert drawn_columns(hops(one, BENT), chain="stations")["geometry_basis"] == "tracks"
    bare = drawn_columns(hops(BENT), chain="stations")
    assert (bare["geometry_basis"], bare["accuracy_m"]) == ("stations", 4000)


def test_a_train_follows_the_tracks_of_its_lines_in_its_own_direction():
    found = train_hops({"rail/x": hops(BENT)}, "x:d>b")
    assert [(hop.one.id, hop.other.id) for hop in found] == [("d", "c"), ("c", "b")]
    assert found[1].course == tuple(BENT.geometry.coords)[::-1]
