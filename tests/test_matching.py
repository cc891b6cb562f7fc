"""Lines of stops matched on made networks, in kilometres around one place: what is followed, cut off and refused."""

import numpy as np
import pytest
import shapely
from shapely import LineString

from corridors.matching.bends import bent, spikeless
from corridors.matching.match import ALL, Match, Station, Trust
from corridors.matching.tracks import Near, Plane, Tracks, straight_km

PLANE = Plane(np.array([[70.0, 45.0]]))


def line(*xy, step=1.0):
    """A line through positions in kilometres, with a vertex at least every step."""
    return LineString(PLANE.degrees(np.array(LineString(xy).segmentize(step).coords)))


def matched(tracks, *stops, accuracy=1.0, trust=ALL):
    """The match of stops (x, y in kilometres, and perhaps an accuracy) on lines, or on a network."""
    network = tracks if isinstance(tracks, Tracks) else Tracks.of_lines(tracks)
    degrees = PLANE.degrees(np.array([stop[:2] for stop in stops], dtype=float))
    accuracies = [stop[2] if len(stop) > 2 else accuracy for stop in stops]
    return Match(
        [Station(f"s{nth}", *place, km) for nth, (place, km) in enumerate(zip(degrees, accuracies, strict=True))],
        network,
        trust,
    )


def legs(match):
    """The numbers of the matched legs."""
    return [section.one for section in match.sections]


def drawn(match):
    """All sections as one geometry, in kilometres."""
    return shapely.union_all([LineString(PLANE.xy(np.array(one.line.coords))) for one in match.sections])


def km(match):
    return sum(section.km for section in match.sections)


def test_a_line_follows_its_track_and_not_the_chain_of_stops():
    match = matched([line((0, 0), (20, 10), (40, 0))], (0, 0), (40, 0))
    assert legs(match) == [0]
    assert km(match) == pytest.approx(2 * np.hypot(20, 10), rel=1e-3)
    assert shapely.distance(drawn(match), shapely.Point(20, 10)) < 0.01


def test_sections_meet_at_the_stops_between_them():
    match = matched([line((0, 0), (60, 0))], (1, 0.5), (20, -0.5), (40, 0.5), (58, 0))
    assert legs(match) == [0, 1, 2]
    for one, other in zip(match.sections, match.sections[1:], strict=False):
        assert one.line.coords[-1] == other.line.coords[0]
    assert match.sections[0].km == pytest.approx(19, abs=0.1)


def test_a_narrow_gap_is_closed():
    match = matched([line((0, 0), (18, 0)), line((20, 0), (40, 0))], (0, 0), (40, 0))
    assert legs(match) == [0]
    assert match.sections[0].gap_km == pytest.approx(2, abs=0.01)
    assert km(match) == pytest.approx(40, abs=0.1)


def test_a_wide_gap_stays_a_straight_leg():
    match = matched([line((0, 0), (20, 0)), line((60, 0), (80, 0))], (0, 0), (20, 0), (60, 0), (80, 0))
    assert legs(match) == [0, 2]


def test_pieces_that_cross_without_a_junction_are_joined():
    pieces = [line((0, 0), (40, 0), step=40), line((25.5, -30), (25.5, 30), step=60)]
    match = matched(pieces, (0, 0), (25.5, 30))
    assert legs(match) == [0]
    assert km(match) == pytest.approx(25.5 + 30, abs=0.2)


def test_of_double_tracks_one_is_followed_from_end_to_end():
    match = matched([line((0, 0), (50, 0)), line((0, 0.1), (50, 0.1))], (0, 0), (17, 0.1), (33, 0), (50, 0.1))
    assert legs(match) == [0, 1, 2]
    assert km(match) == pytest.approx(50, abs=0.5)


def test_a_stop_in_a_yard_does_not_make_the_line_turn_round():
    yard = [
        line((18, 0), (19, 0.5), (22, 0.5), (23, 0)),
        line((20, 0.5), (20, 1.5)),
        line((19, 0.5), (21, 0.9), (22, 0.5)),
    ]
    match = matched([line((0, 0), (40, 0)), *yard], (0, 0), (20, 1.5), (40, 0))
    assert legs(match) == [0, 1]
    assert km(match) == pytest.approx(40, abs=0.5)


def test_a_loop_is_not_run_through():
    loop = line((20, 0), (26, 6), (20, 12), (14, 6), (20, 0))
    match = matched([line((0, 0), (40, 0)), loop], (0, 0), (20, 12, 5), (40, 0))
    assert legs(match) == [0, 1]
    assert km(match) == pytest.approx(40, abs=0.1)


def test_a_town_kilometres_from_its_track_does_not_bend_a_well_known_track():
    match = matched([line((0, 0), (60, 0))], (0, 0), (30, 4, 5), (60, 0))
    assert legs(match) == [0, 1]
    assert shapely.hausdorff_distance(drawn(match), LineString([(0, 0), (60, 0)])) < 0.1


def test_one_wrong_stop_is_passed_and_spoils_no_leg():
    match = matched([line((0, 0), (90, 0))], (0, 0), (30, 0), (45, 14, 5), (60, 0), (90, 0))
    assert legs(match) == [0, 1, 2, 3]
    assert km(match) == pytest.approx(90, abs=0.2)


def test_a_way_much_longer_than_its_leg_is_refused():
    match = matched([line((0, 0), (0, 40), (40, 40), (40, 0))], (0, 0), (40, 0))
    assert legs(match) == []


def test_a_line_that_the_network_lacks_stays_a_chain():
    assert legs(matched([line((0, 40), (90, 40))], (0, 0), (45, 0), (90, 0))) == []
    assert legs(matched([line((5000, 0), (5090, 0))], (0, 0), (45, 0), (90, 0))) == []


def test_a_branch_that_is_not_built_leaves_the_rest_matched():
    match = matched([line((0, 0), (60, 0))], (0, 0), (30, 0), (60, 0), (60, 50))
    assert legs(match) == [0, 1]


def test_of_parallel_lines_the_one_with_the_stops_is_taken():
    conventional, fast = line((0, 0), (30, 3), (60, 0), (90, 3), (120, 0)), line((0, 1), (120, 1))
    stops = (0, 0), (30, 3), (60, 0), (90, 3), (120, 0)
    match = matched([conventional, fast, line((0, 0), (0, 1)), line((120, 0), (120, 1))], *stops)
    assert legs(match) == [0, 1, 2, 3]
    assert shapely.hausdorff_distance(drawn(match), LineString(stops)) < 0.3


def bowed(chord, length):
    """A network of one simplified track: straight, and shorter than the track."""
    places = PLANE.degrees(np.array([(0.0, 0.0), (chord, 0.0)]))
    return Tracks(places, np.array([[0, 1]]), np.array([length]))


def test_the_length_of_a_simplified_track_is_kept_and_its_shape_is_uncertain():
    match = matched(bowed(60, 66), (0, 0), (60, 0))
    assert km(match) == pytest.approx(66, rel=1e-6)
    assert match.sections[0].spread_km > 3


def test_where_the_track_is_uncertain_the_line_is_drawn_through_a_well_known_stop():
    match = matched(bowed(60, 66), (0, 0), (30, 8), (60, 0))
    assert legs(match) == [0, 1]
    assert shapely.distance(drawn(match), shapely.Point(30, 8)) < 0.5
    assert km(match) == pytest.approx(66, rel=1e-6)


def test_the_track_stays_uncertain_where_its_stops_are_farther_apart_than_it_is_long():
    match = matched(bowed(60, 63), (0, 0), (30, 12), (60, 0))
    assert legs(match) == [0, 1]
    assert km(match) == pytest.approx(2 * np.hypot(30, 12), rel=0.01)
    assert match.sections[0].spread_km > 1


def test_a_stop_left_out_measures_the_line_without_it():
    match = matched([line((0, 0), (20, 10), (40, 0))], (0, 0), (20, 10), (40, 0))
    (miss,) = match.misses()
    assert miss.on_track
    assert miss.km < 0.1
    assert miss.chain_km == pytest.approx(10, abs=0.05)


def test_an_uncertain_track_is_followed_only_where_it_bows_out_far_enough():
    doubt = Trust(doubtful_km=3)
    assert matched(bowed(60, 66), (0, 0), (60, 0)).sections[0].spread_km > 3
    assert legs(matched(bowed(60, 66), (0, 0), (60, 0), trust=doubt)) == []
    assert legs(matched(bowed(20, 22), (0, 0), (20, 0), trust=doubt)) == [0]
    places = PLANE.degrees(np.array([(0.0, 0.0), (30.0, 20.0), (60.0, 0.0)]))
    far = matched(Tracks(places, np.array([[0, 1], [1, 2]]), np.array([42.0, 42.0])), (0, 0), (60, 0), trust=doubt)
    assert legs(far) == [0]
    assert 3 < far.sections[0].spread_km < 10


def test_tracks_do_not_lead_to_a_stop_that_they_pass_too_far_away():
    stops = (0, 0), (20, 4, 3), (40, 0), (60, 0)
    assert legs(matched([line((0, 0), (60, 0))], *stops)) == [0, 1, 2]
    assert legs(matched([line((0, 0), (60, 0))], *stops, trust=Trust(off_km=0.5))) == [2]


def test_a_stop_left_out_is_measured_from_the_straight_leg_if_its_track_is_not_followed():
    match = matched(bowed(60, 66), (0, 0), (30, 8), (60, 0), trust=Trust(doubtful_km=3))
    (miss,) = match.misses()
    assert not miss.on_track
    assert miss.km == miss.chain_km == pytest.approx(8, abs=0.05)


def test_the_same_line_gives_the_same_match():
    tracks = [line((0, 0), (20, 10), (40, 0)), line((0, 0), (20, -10), (40, 0))]
    one, other = (matched(tracks, (0, 0), (40, 0)) for _ in range(2))
    assert one.sections == other.sections


def test_a_straight_track_stays_straight_and_a_longer_one_bends_by_at_most_its_length():
    xy = np.array([(0.0, 0.0), (20.0, 10.0), (40.0, 0.0)])
    chord = np.hypot(20, 10)
    straight, along = bent(xy, np.ones(2))
    assert LineString(straight).length == pytest.approx(2 * chord)
    assert (np.diff(along) > 0).all()
    curve, along = bent(xy, np.full(2, 1.1))
    assert 2 * chord < LineString(curve).length < 2.2 * chord
    assert curve[np.isin(along, (0, 1, 2))] == pytest.approx(xy)


def test_a_cut_edge_keeps_its_length_and_the_order_of_its_points():
    near = Near(
        np.array([(0.0, 0.0), (10.0, 0.0)]), np.array([[0, 1]]), np.array([12.0]), np.zeros(1, bool), np.ones(1),
        np.zeros(1, int),
    )  # fmt: skip
    cut, places = near.with_points(np.zeros(4, int), np.array([0.75, 0.0, 0.25, 1.0]))
    assert cut.km.sum() == pytest.approx(12)
    assert cut.xy[places][:, 0] == pytest.approx([7.5, 0, 2.5, 10])
    assert len(cut.edges) == 3


def test_lines_are_connected_where_they_share_a_vertex():
    tracks = Tracks.of_lines([line((0, 0), (10, 0)), line((5, 0), (5, 5))])
    assert len(tracks.places) == 11 + 6 - 1
    assert tracks.km == pytest.approx(straight_km(tracks.places, tracks.edges))


def test_a_way_out_and_back_on_parallel_tracks_is_cut_out():
    spur = [line((20, 0), (20, 9), (20.2, 9), (20.2, 0))]
    match = matched([line((0, 0), (20, 0)), *spur, line((20.2, 0), (40, 0))], (0, 0), (20, 9, 5), (40, 0))
    assert legs(match) == [0, 1]
    assert km(match) == pytest.approx(40, abs=0.1)


def test_a_way_that_runs_out_and_back_loses_its_spike_and_keeps_its_ends():
    way = np.array([(0.0, 0.0), (10.0, 0.0), (10.2, 3.0), (10.3, 0.1), (20.0, 0.0)])
    assert spikeless(way).tolist() == [0, 1, 3, 4]
    bend = np.array([(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)])
    assert spikeless(bend).tolist() == [0, 1, 2]
    assert len(spikeless(np.array([(0.0, 0.0), (2.0, 0.0), (0.1, 0.0)]))) == 2


def test_a_station_in_the_tip_of_a_triangle_is_left_beside_the_line():
    triangle = [line((20, 0), (20.3, 2)), line((20.6, 0), (20.3, 2))]
    main = [line((0, 0), (20, 0)), line((20.6, 0), (40, 0))]
    match = matched([*main, *triangle], (0, 0), (20.3, 2, 0.3), (40, 0))
    assert legs(match) == [0, 1]
    assert shapely.distance(drawn(match), shapely.Point(20.3, 2)) > 1.2
