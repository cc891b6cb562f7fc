"""Rules that the pages' script has too: Python gives the answers, and the script must give the same."""

import itertools
import random

import numpy as np
import pytest
from pyproj import Geod

from corridors.data.facts_in_year import status_in
from corridors.data.tables import GENERAL_KNOWLEDGE
from corridors.figures.citing import MOST, producer_line
from corridors.locales import LANGUAGES, messages, number, number_format
from corridors.locales.wording import amount, day
from corridors.web.encode import messages_of

AS_OF = "2025-06-17"
STATUSES = (None, "operational", "under_construction", "planned", "suspended")
DATES = (None, "1999", "2024-07", "2025-01-31", "2031")
STARTS = (None, "1998-05", "2024", "2030")
YEARS = (None, 1990, 1999, 2024, 2025, 2026, 2031, 2040)


def test_the_status_in_a_year(ask_script):
    cases = [
        ({"status": status, "works_started": started, "opened": opened, "closed": closed}, year)
        for status, started, opened, closed, year in itertools.product(STATUSES, STARTS, DATES, DATES, YEARS)
    ]
    told = [({key: value for key, value in thing.items() if value}, year) for thing, year in cases]
    given = ask_script([("state/filter", "statusIn", case) for case in told], {"map": {"asOf": AS_OF}})
    assert given == [status_in(thing, year, AS_OF) for thing, year in cases]
    assert {None, *STATUSES[1:]} == set(given)


def words(language):
    """The messages that a page needs for a language."""
    return {
        "lang": language,
        "messages": messages_of({language: messages(language)}),
        "formats": {language: dict(number_format(language))},
    }


PRODUCERS = ("Xinhua", "Wikipedia (mirror)", "Wikipedia", "Wikipedia (mirror: a.b)", "中国铁路", "Қазақстан", "dpa")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_producers_of_sources_in_one_line(ask_script, language):
    chance = random.Random(language)  # noqa: S311 - cases, not secrets
    sources = {f"s{nth}": {"producer": chance.choice(PRODUCERS), "date": f"201{nth % 3}-06"} for nth in range(30)}
    sources |= {"undated": {"producer": "Xinhua"}, GENERAL_KNOWLEDGE: {"producer": "corridors"}}
    cases = [chance.choices([*sources], k=count) for count in (1, 2, 3, 5, 8, 12, 40)]
    cases.append([GENERAL_KNOWLEDGE, GENERAL_KNOWLEDGE, "s1"])
    payload = words(language) | {"sources": sources}
    wanted = [producer_line(ids, sources, language) for ids in cases]
    assert ask_script([("take/producers", "producerLine", [ids]) for ids in cases], payload) == wanted
    separator = messages(language)["list.semicolon"]
    assert max(line.count(separator) for line in wanted) == MOST - 1
    assert wanted[-1].split(separator)[-1] == messages(language)["source.known"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_dates_are_written_alike(ask_script, language):
    values = (0, 7, 12.34, 999.95, 1234.5, -2.6, 1e6, 86_400_123.04)
    numbers = list(itertools.product(values, (0, 1, 2)))
    dates = ["2024", "2024-05", "2024-05-01", "1999-12-31", "2023-11/2024-02"]
    calls = [("payload/text", "formatNumber", case) for case in numbers]
    calls += [("payload/text", "formatDate", [iso]) for iso in dates]
    wanted = [number(value, places, language) for value, places in numbers] + [day(iso, language) for iso in dates]
    assert dict(zip(map(str, calls), ask_script(calls, words(language)), strict=True)) == dict(
        zip(map(str, calls), wanted, strict=True)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_money_is_counted_in_the_units_of_the_language(ask_script, language):
    """With the unit as in texts. Pages have a space that does not break before it, in Chinese too."""
    cases = list(itertools.product((43.8, 0.49, 106.26), ("billion_usd", "billion_cny", "km"), (1, 2)))
    calls = [
        ("payload/text", "formatQuantity", [{"value": value, "unit": unit, "digits": digits}])
        for value, unit, digits in cases
    ]
    expected = [amount(value, unit, language, digits=digits).replace(" ", "") for value, unit, digits in cases]
    answers = ask_script(calls, words(language))
    assert ["".join(one.split()) for one in answers] == expected


def test_distances_are_those_of_the_ellipsoid(ask_script):
    places = [(76.9, 43.25), (2.35, 48.86), (-179.9, 66), (179.9, -12.5), (0, 0), (121.5, 31.2)]
    chance = np.random.default_rng(12)
    found = chance.uniform((-180, -90), (180, 90), (400, 2)).tolist()
    east = chance.uniform(((150, -80), (-180, -80)), ((180, 80), (-150, 80)), (100, 2, 2)).tolist()
    pairs = [*itertools.product(places, repeat=2), *zip(found[::2], found[1::2], strict=True), *east]
    as_position = [[{"lon": lon, "lat": lat} for lon, lat in pair] for pair in pairs]
    geod = Geod(ellps="WGS84")
    wanted = [geod.inv(*one, *other)[2] / 1000 for one, other in pairs]
    given = ask_script([("network/geodesic", "geodesicKm", pair) for pair in as_position], {})
    assert given == pytest.approx(wanted, abs=1e-5)  # a centimetre


# The polygons of GeographicLib's documentation and of its tests: latitude, longitude in degrees, and square metres.
ANTARCTICA = [
    *((-63.1, -58), (-72.9, -74), (-71.9, -102), (-74.9, -102), (-74.3, -131), (-77.5, -163), (-77.4, 163)),
    *((-71.7, 172), (-65.9, 140), (-65.7, 113), (-66.6, 88), (-66.9, 59), (-69.8, 25), (-70.0, -4), (-71.0, -14)),
    *((-77.3, -33), (-77.9, -46), (-74.7, -61)),
]
PUBLISHED_AREAS = [
    (ANTARCTICA, 13_662_703_680_020.1),
    ([(89, 0), (89, 90), (89, 180), (89, 270)], 24_952_305_678.0),
    ([(0, -1), (-1, 0), (0, 1), (1, 0)], 24_619_419_146.0),
    ([(90, 0), (0, 0), (0, 90)], 63_758_202_715_511.0),
]
OTHER_RINGS = [
    [(43, 76), (43.0001, 76), (43.0001, 76.0001)],
    [(50, 170), (50, 190), (40, -175)],
    [(60, 0), (60, 170), (20, 80)],
    [(10, 0), (10, 120), (10, -120)],
    [(43.25, 76.95), (41.3, 69.2), (39.6, 66.9), (42.9, 74.6)],
    [(43.25, 76.95), (43.26, 76.95), (43.26, 76.97), (43.25, 76.96)],
    [(44, 80), (42, 74)],
]


def test_areas_are_those_of_the_ellipsoid(ask_script):
    rings = [*(ring for ring, _ in PUBLISHED_AREAS), *OTHER_RINGS]
    calls = [("network/geodesic_area", "geodesicArea", [[{"lat": y, "lon": x} for y, x in ring]]) for ring in rings]
    given = ask_script(calls, {})
    assert given[: len(PUBLISHED_AREAS)] == pytest.approx([area for _, area in PUBLISHED_AREAS], rel=1e-8)
    geod = Geod(ellps="WGS84")
    wanted = [abs(geod.polygon_area_perimeter([x for _, x in ring], [y for y, _ in ring])[0]) for ring in OTHER_RINGS]
    assert given[len(PUBLISHED_AREAS) :] == pytest.approx(wanted, rel=1e-8, abs=0.1)


ENDS_OF_ARCS = [
    ((76.9, 43.25), (2.35, 48.86)), ((-9, 38.7), (121, 31)), ((179, 60), (-170, 10)), ((20, -35), (140, 40)),
    ((5, 0), (120, 0)), ((80, -10), (80, 70)), ((0, 60), (170, 60)),
]  # fmt: skip


def test_an_arc_leads_from_end_to_end_in_steps_along_the_shortest_line(ask_script):
    """Within ten metres: less than a pixel at the deepest zoom of the atlas."""
    calls = [("network/geodesic", "arc", [{"lon": lon, "lat": lat} for lon, lat in ends]) for ends in ENDS_OF_ARCS]
    geod = Geod(ellps="WGS84")
    for (one, other), arc in zip(ENDS_OF_ARCS, ask_script(calls, {}), strict=True):
        assert [arc[0], arc[-1]] == [[*one[::-1]], [*other[::-1]]]
        steps = [geod.inv(x1, y1, x2, y2)[2] / 1000 for (y1, x1), (y2, x2) in itertools.pairwise(arc)]
        azimuth, _, metres = geod.inv(*one, *other)
        assert max(steps) < 45
        assert sum(steps) == pytest.approx(metres / 1000, abs=1)
        for lat, lon in arc[1:-1]:
            toward, _, far = geod.inv(*one, lon, lat)
            aside = 6_371_000 * np.sin(far / 6_371_000) * np.sin(np.radians(toward - azimuth))
            assert abs(aside) < 10, (one, other, lat, lon)
