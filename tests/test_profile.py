"""The profile of a route: it covers the route, agrees with its card, and is the same in the command and on a page."""

import random
from itertools import groupby, pairwise

import pytest

from corridors.app.api import OpenAtlas
from corridors.content.planner import Planner
from corridors.content.profiles import PLACES, page_profile
from corridors.data.folding import FOLDING
from corridors.errors import UsageError
from corridors.locales import messages, number_format
from corridors.network.graph import MODES
from corridors.web.blocks import Blocks
from corridors.web.encode import messages_of
from corridors.web.network_payload import encode_network
from corridors.web.payload import FEATURE_STEP

CASES = 36


@pytest.fixture(scope="module")
def found(repo, loaded):
    """Requests between any places, each with the routes that the command finds."""
    atlas = OpenAtlas(repo / "geodata")
    network = loaded.network
    ids = sorted(
        {node.feature for node in network.nodes.values() if node.kind in {"city", "station", "port", "airport"}}
    )
    chance = random.Random(9)  # noqa: S311 - the same cases each time
    flight = "cities/cn-xian", "cities/kz-almaty", {"modes": ["air"]}
    cases = {"flight": (flight, atlas.route(*flight[:2], modes=["air"]))}
    while len(cases) < CASES:
        one, other = chance.sample(ids, 2)
        modes = chance.choice((["rail", "sea"], list(MODES), ["air"], ["road", "sea"], ["rail"]))
        options = {"modes": modes, "by": chance.choice(("distance", "time")), "alternatives": chance.choice((1, 3))}
        options |= {"include": ["under_construction", "planned"]} if chance.random() < 0.5 else {}
        try:
            cases[one, other, *map(str, options.values())] = (one, other, options), atlas.route(one, other, **options)
        except UsageError:
            continue
    return list(cases.values())


@pytest.fixture(scope="module")
def routes(found, context):
    """The routes of these requests, and those of the corridors."""
    ways = [route.route for _, several in found for route in several]
    return [*ways, *(corridor.route for corridor in context.comparison.corridors)]


def km(metres):
    """Whole metres as km, as cards round them."""
    return (metres + 50) // 100 / 10


def test_stretches_cover_a_route_from_its_start_to_its_end(routes):
    for route in routes:
        profile = route.profile
        assert [part.start_m for part in profile.stretches] == [0, *(part.end_m for part in profile.stretches)][:-1]
        assert all(part.start_m < part.end_m for part in profile.stretches)
        assert all(one != other for one, other in pairwise(map(about, profile.stretches)))
        assert km(profile.length_m) == route.length_km


def about(part):
    return part.mode, part.country, part.gauge_mm, part.status, part.tracks, part.electrified


def sums(stretches, key):
    found = {}
    for part in stretches:
        found[key(part)] = found.get(key(part), 0) + part.end_m - part.start_m
    return {name: km(metres) for name, metres in found.items()}


def test_its_parts_add_up_to_what_the_card_says(routes):
    for route in routes:
        stretches = route.profile.stretches
        assert sums(stretches, lambda part: part.mode) == route.km_by_mode
        assert sums([part for part in stretches if part.country], lambda part: part.country) == route.countries


def test_borders_and_breaks_of_gauge_are_those_of_the_card(routes):
    for route in routes:
        marks = route.profile.marks
        borders = [(mark.before, mark.after) for mark in marks if mark.kind == "border"]
        assert borders == [(border["from"], border["to"]) for border in route.borders]
        breaks = [mark for mark in marks if mark.kind == "break"]
        assert [(mark.feature, int(mark.before), int(mark.after)) for mark in breaks] == [
            (place["feature"], place["from_mm"], place["to_mm"]) for place in route.gauge_breaks
        ]


def test_a_break_of_gauge_is_where_its_station_is_and_where_the_gauge_changes(routes):
    for route in routes:
        profile = route.profile
        for mark in profile.marks:
            if mark.kind != "break":
                continue
            here = [place.at_m for place in profile.marks if place.kind == "place" and place.name == mark.name]
            assert mark.at_m in here
            beside = [
                (a, b) for a, b in pairwise(profile.stretches) if a.end_m == mark.at_m and a.mode == b.mode == "rail"
            ]
            for before, after in beside:
                assert (str(before.gauge_mm), str(after.gauge_mm)) == (mark.before, mark.after)


def test_the_countries_follow_each_other_as_the_borders_say(routes):
    for route in routes:
        seen = [part.country for part in route.profile.stretches if part.country]
        assert list(dict.fromkeys(seen)) == list(route.countries)
        for one, other in pairwise(name for name, _ in groupby(seen)):
            assert one != other


def test_the_hours_of_marks_and_of_legs_are_those_of_the_route(routes):
    for route in routes:
        under_way = sum(leg.hours for leg in route.legs if leg.mode != "transfer")
        # Each leg and each mark is rounded to a tenth of an hour.
        parts = len(route.legs) + len(route.profile.marks)
        assert under_way + route.profile.waiting_hours == pytest.approx(route.hours, abs=0.05 * (parts + 1))


def test_marks_are_in_the_order_of_travel_and_begin_and_end_with_a_place(routes):
    for route in routes:
        marks = route.profile.marks
        assert [mark.at_m for mark in marks] == sorted(mark.at_m for mark in marks)
        places = [mark for mark in marks if mark.kind == "place"]
        assert (places[0].name, places[0].at_m) == (route.start, 0)
        assert places[-1].at_m == route.profile.length_m or route.legs[-1].mode == "transfer"
        assert route.end in {places[-1].name, *(mark.name for mark in places[-2:])}


def test_the_hours_at_a_border_in_the_air_are_unknown(routes):
    flown = [route for route in routes if set(route.km_by_mode) <= {"air", "transfer"} and route.borders]
    assert flown
    for route in flown:
        assert {mark.hours for mark in route.profile.marks if mark.kind == "border"} == {None}


def test_a_border_without_control_is_no_mark(context):
    southern = next(one.route for one in context.comparison.corridors if one.id == "southern")
    crossed = {(mark.before, mark.after) for mark in southern.profile.marks if mark.kind == "border"}
    assert "KGZ" in southern.countries
    assert not any("KGZ" in border for border in crossed)


# --- page -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def payload(loaded):
    """What a page needs for its network, and its blocks."""
    blocks = Blocks()
    description = {
        "lang": "en",
        "messages": messages_of({"en": messages("en")}),
        "formats": {"en": dict(number_format("en"))},
        "folding": FOLDING,
        "network": encode_network(Planner(loaded), blocks),
        "step": FEATURE_STEP,
    }
    return description, blocks.data()


def in_page(options):
    return {"asOf" if key == "as_of" else key: value for key, value in options.items()}


def comparable(profile):
    """A profile without what a page has elsewhere, and without positions."""
    marks = [
        {key: value for key, value in mark.items() if key not in {"feature", "name", "lon", "lat"}}
        for mark in profile["marks"]
    ]
    return profile["stretches"], marks


def test_a_page_and_the_command_find_the_same_profile(found, loaded, payload, ask_script):
    calls = [
        ("../../../../tests/script/profiles", "profiles", [one, other, in_page(options)])
        for (one, other, options), _ in found
    ]
    answers = ask_script(calls, *payload)
    for (case, several), answer in zip(found, answers, strict=True):
        wanted = [page_profile(route.profile, loaded.name_of) for route in several]
        assert [comparable(one) for one in answer] == [comparable(one) for one in wanted], case
        for given, own in zip(answer, wanted, strict=True):
            for mark, other in zip(given["marks"], own["marks"], strict=True):
                assert (mark["lon"], mark["lat"]) == pytest.approx((other["lon"], other["lat"]), abs=10**-PLACES)
                assert mark.get("name", {}).get("en") == other.get("name", {}).get("en")
