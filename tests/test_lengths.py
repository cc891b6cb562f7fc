"""A published length is used only for its own section. Elsewhere, other lines predict how much a line winds."""

from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridors.layers.lengths import Hop, Stop, basis_percent, publish, scale, span
from corridors.layers.winding import estimate_lengths, learn, section_hops


def railway(*km, line="a", posts=None):
    """Hops of some lengths between stops a0, a1, …"""
    posts = posts or [None] * (len(km) + 1)
    stops = [Stop(f"{line}{nth}", f"{line}{nth}", 0.0, 0.0, post) for nth, post in enumerate(posts)]
    return [Hop(line, one, other, *[length] * 3) for (one, other), length in zip(pairwise(stops), km, strict=True)]


def row(km, start="", end="", *, line="a", section=None, preferred="yes", confidence="high"):
    """A stated length."""
    return {
        "id": f"{start}-{end}-{km}", "line": line, "section": section or ("part" if start else "whole"),
        "from_station": start, "to_station": end, "length_km": km, "preferred": preferred, "confidence": confidence,
        "source": ("someone",),
    }  # fmt: skip


def tracks(hops):
    return [round(hop.track_km, 3) for hop in hops]


def bases(hops):
    return "".join(hop.basis[0] for hop in hops)


# --- published lengths ------------------------------------------------------------------------------------------------


def test_a_published_length_is_shared_among_its_hops_as_drawn():
    hops = publish(railway(10, 30), [row(60)])
    assert (tracks(hops), bases(hops)) == ([15, 45], "pp")


def test_a_part_is_published_and_the_rest_is_scaled():
    hops = scale(publish(railway(10, 30, 20), [row(60, "a0", "a2")]), 1.1)
    assert (tracks(hops), bases(hops)) == ([15, 45, 22], "pps")


def test_the_ends_of_a_part_may_stand_in_either_order():
    assert span(railway(1, 2, 3), row(9, "a3", "a1")) == span(railway(1, 2, 3), row(9, "a1", "a3")) == range(1, 3)


def test_a_longer_section_is_for_what_the_shorter_leave_of_it():
    hops = publish(railway(10, 30, 20), [row(100), row(50, "a1", "a2")])
    assert tracks(hops) == [pytest.approx(50 / 3, abs=0.001), 50, pytest.approx(100 / 3, abs=0.001)]


@pytest.mark.parametrize(
    "unused",
    [
        row(70, section="other"),
        row(70, confidence="low"),
        row(70, preferred=None),
        row(70, "a0", "elsewhere"),
        row(37.9),  # shorter than the straight legs: of another section
    ],
)
def test_a_length_that_is_not_of_the_section_is_not_used(unused):
    assert bases(publish(railway(10, 30), [unused])) == "uu"


def test_a_length_over_several_lines_is_no_length_of_one_of_them():
    hops = publish([*railway(10, 30), *railway(20, line="b")], [row(90, line="both")])
    assert tracks(hops) == [15, 45, 30]
    assert not any(hop.own for hop in hops)
    assert all(hop.own for hop in publish([*railway(10, 30), *railway(20, line="b")], [row(60)])[:2])


def test_kilometre_posts_give_the_length_of_each_section():
    hops = publish(railway(10, 30, 20, posts=[100, 112, None, 170]), [])
    assert (tracks(hops), bases(hops)) == ([12, 34.8, 23.2], "ppp")


@pytest.mark.parametrize("posts", [[0, 8, 45, 70], [70, 62, 25, 0]])
def test_where_posts_are_nearer_than_their_stops_sections_are_joined(posts):
    hops = publish(railway(10, 30, 20, posts=posts), [])
    assert sum(tracks(hops)) == pytest.approx(70, abs=0.01)
    assert tracks(hops)[:2] == [11.25, 33.75]
    assert all(hop.winding >= 1 for hop in hops)


def test_posts_too_near_at_the_end_belong_to_the_section_before():
    hops = publish(railway(10, 30, 20, posts=[0, 12, 50, 68]), [])
    assert tracks(hops) == [12, 33.6, 22.4]


# --- the winding factor -----------------------------------------------------------------------------------------------

LINES = st.lists(st.tuples(st.floats(1, 2000), st.floats(1, 1.6)), min_size=3, max_size=12)


@given(LINES, st.randoms(use_true_random=False))
def test_a_factor_is_that_of_the_sums_and_its_error_that_of_leaving_each_out(lines, shuffle):
    known = [publish(railway(km), [row(km * winding)]) for km, winding in lines]
    found = learn(known)
    drawn, published = sum(km for km, _ in lines), sum(km * winding for km, winding in lines)
    assert found.factor == pytest.approx(published / drawn, abs=0.00051)
    squares = [(km * (published - km * winding) / (drawn - km) / (km * winding) - 1) ** 2 for km, winding in lines]
    assert found.error_percent == pytest.approx(100 * sqrt(sum(squares) / len(squares)), abs=0.051)
    shuffled = [*known]
    shuffle.shuffle(shuffled)
    assert learn(shuffled) == found


def test_nothing_is_learnt_from_lines_without_a_published_length():
    known = [publish(railway(10), [row(km)]) for km in (11, 12)]
    assert learn([*known, railway(50), railway(60)]) is None
    assert learn([*known, publish(railway(10), [row(13)]), railway(50)]).factor == 1.2


def test_without_a_factor_lines_stay_as_drawn():
    assert (tracks(scale(railway(10, 30), None)), bases(scale(railway(10, 30), None))) == ([10, 30], "uu")


# --- the atlas --------------------------------------------------------------------------------------------------------


def test_every_preferred_length_is_used_or_a_note_says_why_not(loaded):
    """No published length is ignored without a note."""
    estimates = estimate_lengths(loaded.facts)
    for stated in loaded.facts.rows("lengths"):
        if stated["preferred"] and not stated["ratio_note"]:
            hops = section_hops(estimates, loaded.facts, stated)
            assert {hop.basis for hop in hops} == {"published"}, stated["id"]
            assert sum(hop.track_km for hop in hops) == pytest.approx(stated["length_km"], rel=0.01), stated["id"]


def test_lines_foretold_by_the_others_are_better_than_the_bare_drawing(loaded):
    estimates = estimate_lengths(loaded.facts)
    for layer, found in estimates.windings.items():
        lines = [
            [hop for hop in hops if hop.basis == "published"]
            for name, hops in estimates.hops.items()
            if name.startswith(layer)
        ]
        misses = [
            sum(hop.measured_km for hop in hops) / sum(hop.track_km for hop in hops) - 1 for hops in lines if hops
        ]
        assert found.error_percent < 100 * sqrt(sum(miss * miss for miss in misses) / len(misses))


@pytest.mark.parametrize(
    ("line", "km", "within"),
    [
        ("rail/eu-north-iletsk-brest", 2630, 0.09),  # from the railways' own distance tables
        ("roads/road-wewc", 9415, 0.02),  # China's G30 of 4,395 km, and the published parts of Kazakhstan and Russia
    ],
)
def test_scaled_lines_are_about_as_long_as_they_are(loaded, line, km, within):
    assert loaded.measures.get("track_km", feature=line).value == pytest.approx(km, rel=within)


def test_shares_in_percent_leave_out_what_rounds_to_nothing():
    assert basis_percent({"published": 86.2, "scaled": 13.5, "unscaled": 0.3}) == {"published": 86, "scaled": 14}
    assert basis_percent({}) == {}
