"""Answers as map pages: a route, a comparison, a scenario; offline, in every language, with the command's numbers."""

import json

import pytest

from corridors.app.api import OpenAtlas
from corridors.locales import LANGUAGES, messages, number
from tests.declared import name_in

SIZES = [(1280, 800), (390, 844), (640, 400)]


@pytest.fixture(scope="module")
def atlas(repo):
    return OpenAtlas(repo / "geodata")


@pytest.fixture(scope="module")
def routes(atlas):
    return atlas.route("Xi'an", "Almaty", via=["Lanzhou"], alternatives=2, assume=["speeds_kmh.rail=50"])


@pytest.fixture(scope="module")
def saved(routes, tmp_path_factory):
    """The page of the routes."""
    return routes[0].save(tmp_path_factory.mktemp("route") / "route.html")


def large(opened):
    """The large figures beside the map."""
    return opened.page.locator("[data-summary] .headline .large").all_inner_texts()


# --- a route ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_page_is_offline_and_shows_the_whole_route(open_page, saved, routes, size):
    opened = open_page(saved, *size)
    opened.quiet()
    policy = opened.page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert policy.startswith("default-src 'none'")
    box = opened.page.locator("#map").bounding_box()
    for leg in routes[0].legs:
        lon, lat = leg.coordinates[0]
        at = opened.page.evaluate(f"(({{x, y}}) => [x, y])(corridors.map.latLngToContainerPoint([{lat}, {lon}]))")
        assert 0 < at[0] < box["width"]
        assert 0 < at[1] < box["height"]


def test_every_word_and_number_is_of_the_language(shared_page, saved, routes, subtests):
    opened = shared_page(saved)
    ends = {"en": "Xi'an – Almaty", "nl": "Xi’an – Almaty", "zh": "西安 – 阿拉木图", "ru": "Сиань – Алматы"}
    for language in LANGUAGES:
        with subtests.test(language):
            opened.speak(language)
            words = messages(language)
            title = opened.page.locator("h1").inner_text()
            assert title.replace("’", "'") == name_in(ends, language).replace("’", "'")
            assert number(routes[0].length_km, 0, language) in opened.page.locator(".statement").inner_text()
            assert large(opened)[:2] == [number(routes[0].length_km, 0, language), number(routes[0].days, 1, language)]
            said = opened.page.locator("[data-summary]").inner_text()
            for key in ("route.borders", "route.gauge_breaks", "route.assumptions", "answer.asked", "route.via"):
                assert words[key] in said
            assert not {"undefined", "null", "object"} & set(said.split())
            assert "answer." not in said
            assert "route." not in said
    opened.quiet()


def test_every_leg_border_and_break_is_a_feature_with_its_card(shared_page, saved, routes):
    opened = shared_page(saved)
    features = {feature["id"]: feature for feature in opened.payload()["features"]}
    for nth, route in enumerate(routes, start=1):
        for count, leg in enumerate(route.legs, start=1):
            told = features[f"legs/{nth}/{count}"]
            assert told["headline"][0]["value"] == leg.length_km
            assert told["status"] == leg.status
            assert told["country"] == list(leg.countries)
            assert bool(told["sources"]) == (leg.mode != "transfer")
        for sign, found in (("borders", route.borders), ("breaks", route.gauge_breaks)):
            assert len([name for name in features if name.startswith(f"{sign}/{nth}/")]) == len(found)
    opened.apply(selected="legs/1/1")
    assert opened.figures()[0] == number(routes[0].legs[0].length_km, 0, "en")
    assert "Longhai" in opened.card.inner_text()
    assert messages("en")["card.precision"] in opened.card.inner_text()


def test_the_ends_and_the_place_passed_are_named_on_the_map(shared_page, saved):
    opened = shared_page(saved)
    named = set(opened.page.locator(".label.major").all_inner_texts())
    assert {"Xi'an", "Lanzhou", "Almaty"} <= named


def test_the_legs_beside_the_map_lead_to_their_cards_by_keyboard(shared_page, saved, routes):
    opened = shared_page(saved)
    rows = opened.page.locator("[data-summary] > details").first.locator(".legs > li")
    assert rows.count() == len(routes[0].legs)
    rows.nth(1).get_by_role("button").press("Enter")
    assert opened.state()["selected"] == "legs/1/2"


def test_assumptions_that_were_changed_are_told(shared_page, saved):
    opened = shared_page(saved)
    said = opened.page.locator("[data-summary]").inner_text()
    assert "50\xa0km/h" in said
    assert "speeds_kmh.rail" in said
    assert messages("en")["answer.overridden"] in said


def test_other_ways_are_lighter_and_do_not_count_in_the_totals(open_page, atlas, tmp_path):
    routes = atlas.route("Xi'an", "Almaty", alternatives=2)
    opened = open_page(routes[0].save(tmp_path / "routes.html"))
    classes = opened.payload()["classes"]
    assert classes["route1.1435"]["style"]["opacity"] > classes["route2.1435"]["style"]["opacity"]
    rail = sum(leg.length_km for leg in routes[0].legs if leg.mode == "rail")
    assert opened.kilometres("[data-mode=rail]") == number(rail, 1, "en")
    opened.page.locator("[data-fold=route2]").click()
    opened.page.locator("[data-class='route2.1435']").uncheck()
    assert not opened.drawn() & {f"legs/2/{nth}" for nth in (1, 2)}


def test_a_way_by_every_means_has_a_page(open_page, atlas, tmp_path):
    found = atlas.route("Beijing", "Tbilisi", modes=("rail", "road", "sea", "air"), by="time", avoid=["RUS"])
    opened = open_page(found[0].save(tmp_path / "any.html"), 390, 844, "#lang=zh")
    said = opened.page.locator("[data-summary]").text_content()
    assert messages("zh")["route.mode.air"] in said
    assert "俄罗斯" in said
    opened.quiet()


def test_a_notebook_gets_a_map_and_the_bytes_are_the_same_each_time(saved, routes):
    assert routes[0].to_map().get_root().render().encode() == saved.read_bytes()
    assert "<iframe" in routes[0].to_map(lang="nl")._repr_html_()


# --- a comparison and a scenario --------------------------------------------------------------------------------------


def test_a_comparison_has_its_corridors_and_their_table(open_page, atlas, tmp_path):
    found = atlas.compare("northern", "middle")
    opened = open_page(found.save(tmp_path / "compared.html"))
    shown = {name for name in opened.drawn() if name.startswith("corridors/")}
    assert shown == {"corridors/northern", "corridors/middle"}
    said = opened.page.locator("main").inner_text()
    for corridor in found.corridors:
        assert number(corridor.route.length_km, 0, "en") in said
    opened.quiet()


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "cku-open"},
        {"opened": ["cku"], "between": "Kashgar; Osh; Tashkent"},
        {"opened": ["cku"], "between": "Minsk; Moscow"},
    ],
    ids=["declared", "of one's own", "that changes nothing"],
)
def test_a_scenario_has_its_map_of_before_and_after(open_page, atlas, tmp_path, asked):
    found = atlas.scenario(**asked)
    opened = open_page(found.save(tmp_path / "scenario.html"))
    assert opened.page.locator(".beforeafter input[type=range]").count() == 1
    assert number(len(found.pairs), 0, "en") in opened.page.locator("section.scenario").inner_text()
    assert opened.page.locator("h1").inner_text() == found.title["en"]
    assert json.dumps(opened.payload()["map"]["scenarios"][0]["totals"]) == json.dumps(found.totals)
    opened.quiet()
