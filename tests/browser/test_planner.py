"""The route planner of the page: the same answer as the command's, by pointer, keyboard, fragment and script."""

import json
import re
from itertools import combinations
from types import SimpleNamespace

import pytest
from shapely import Point

from corridors.app.api import OpenAtlas
from corridors.content.planner import Planner
from corridors.errors import UsageError
from corridors.locales import LANGUAGES, messages, number
from corridors.web.map import CorridorMap
from tests.declared import name_in

PLANNED = ("overview", "rail")
MODES = {"rail and sea": ("rail", "sea"), "all": ("rail", "road", "sea", "air")}

ALL_PAIRS = """async ([pairs, modes]) => {
    const answers = [];
    for (const [from, to] of pairs) {
        try {
            answers.push((await window.corridors.route(from, to, { modes })).routes[0]);
        } catch (error) {
            if (!error.cut) throw error;
            answers.push(error.cut);
        }
    }
    return JSON.stringify(answers, (_, value) => (Number.isNaN(value) || value === undefined ? "no number" : value));
}"""

ANSWER = """([from, to, options]) => window.corridors.route(from, to, options)
    .then((answer) => answer.routes, (error) => [error.cut || "place", error.message])"""

CUTS = {
    "twice": "--via",
    "avoid": "--avoid",
    "status": "not in operation",
    "asOf": "--as-of",
    "closed": "closed line",
    "modes": "--mode",
}
"""What the page calls a constraint, and how the command's message names it."""


@pytest.fixture(scope="module")
def opened_atlas(repo):
    return OpenAtlas(repo / "geodata")


@pytest.fixture(scope="module")
def command(opened_atlas):
    """The command's answer: routes as plain data, or the message that says why there is none."""

    def answer(origin, *via, **options):
        *passed, destination = via
        try:
            found = opened_atlas.route(origin, destination, via=passed, **options)
        except UsageError as error:
            return str(error)
        return [json.loads(json.dumps(route.as_dict())) for route in found]

    return answer


@pytest.fixture
def planner_on(page_of):
    """Open a map and its planner. Return the page and the planner."""

    def on(name="overview", fragment="", **window):
        opened = page_of(name, fragment, **window)
        fold = opened.page.locator("[data-fold=planner]")
        grip = opened.page.locator(".grip[aria-expanded=false]")
        if grip.is_visible():  # on a phone the panel is a sheet that must be opened first
            grip.click()
        if fold.get_attribute("aria-expanded") == "false":
            fold.click()
        return opened, opened.page.locator(".planner")

    return on


@pytest.fixture
def asked(shared_page):
    """The shared overview with its planner unfolded and this route asked for. Return the page and the planner."""

    def ask(route, **state):
        opened = shared_page("overview", "#route=cities/cn-xian~cities/kz-almaty")
        opened.apply(route=route, **state)
        return opened, opened.page.locator(".planner")

    return ask


def choose(opened, planner, end, text):
    """Type a name at one end, and choose the first result."""
    field = planner.locator(f"[aria-controls=route-{end}]")
    field.fill(text)
    field.press("ArrowDown")
    field.press("Enter")
    return opened.state()["route"][end]


# --- the same answers


@pytest.mark.parametrize(("nth", "modes"), [*enumerate(MODES.values())], ids=MODES)
def test_pairs_of_cities_have_the_answers_of_the_command(nth, modes, shared_page, loaded, command):
    """Every twelfth of the pairs by some modes, other ones by all. Every city is a start and an end by both."""
    opened = shared_page("overview")
    cities = [f"cities/{row['id']}" for row in loaded.facts.rows("cities")]
    pairs = [
        (one, other) if (i + j) % 24 == 6 * nth else (other, one)
        for (i, one), (j, other) in combinations(enumerate(cities), 2)
        if (i + j) % 12 == 6 * nth
    ]
    for ends in zip(*pairs, strict=True):
        assert {*ends} == {*cities}
    answers = json.loads(opened.page.evaluate(ALL_PAIRS, [pairs, modes]))
    for (origin, destination), given in zip(pairs, answers, strict=True):
        wanted = command(origin, destination, modes=modes)
        if isinstance(wanted, str):
            assert CUTS.get(given, "by any mode") in wanted, (origin, destination)
        else:
            assert given == wanted[0], (origin, destination)
    opened.quiet()


@pytest.mark.parametrize("name", PLANNED)
@pytest.mark.parametrize(
    "options",
    [
        {"by": "time", "modes": ("rail", "road", "sea", "air")},
        {"include": ("under_construction",)},
        {"as_of": 2012},
        {"avoid": ("KAZ",), "modes": ("rail", "road", "sea")},
        {"alternatives": 3},
        {"closed": ("rail/kz-khorgos-altynkol",)},
        {"opened": ("cku",), "modes": ("rail", "road")},
    ],
    ids=lambda options: next(iter(options)),
)
def test_every_option_means_what_it_means_to_the_command(name, options, shared_page, command):
    opened = shared_page(name)
    asked = {"asOf" if key == "as_of" else key: value for key, value in options.items()}
    for origin, destination in (("cities/cn-xian", "cities/uz-tashkent"), ("cities/cn-kashgar", "cities/uz-andijan")):
        given = opened.page.evaluate(ANSWER, [origin, destination, asked])
        wanted = command(origin, destination, **options)
        if isinstance(wanted, str):
            assert CUTS.get(given[0], "by any mode") in wanted
        else:
            assert given == wanted


def test_places_are_named_in_any_script_by_code_position_and_id(shared_page, command):
    opened = shared_page("rail")
    wanted = command("cities/cn-xian", "cities/kz-almaty")
    for origin in ("Xi'an", "西安", "Сиань", "xian", "cities/cn-xian"):
        for destination in ("Almaty", "Алматы", "阿拉木图"):
            assert opened.page.evaluate(ANSWER, [origin, destination, {}]) == wanted
    by_air = opened.page.evaluate(ANSWER, ["XIY", "UAAA", {"mode": "air"}])
    assert by_air == command("airports/zlxy", "airports/uaaa", modes=("air",))
    near = opened.page.evaluate(ANSWER, ["80.3,44.2", "Almaty", {}])
    assert near == command("80.3,44.2", "Almaty")
    via = opened.page.evaluate(ANSWER, ["Xi'an", "Almaty", {"via": ["Dostyk"]}])
    assert via == command("Xi'an", "Dostyk", "Almaty")


def test_what_cannot_be_found_is_said(shared_page):
    opened = shared_page("overview")
    opened.apply(lang="nl")
    assert opened.page.evaluate(ANSWER, ["Atlantis", "Almaty", {}]) == [
        "place",
        messages("nl")["route.unknown"].replace("{0}", "Atlantis"),
    ]
    opened.quiet()


@pytest.mark.parametrize(
    ("cut", "route", "year"),
    [("modes", {"modes": []}, None), ("avoid", {"avoid": ["KAZ"]}, None), ("year", {}, 1900)],
)
def test_where_no_route_leads_a_button_lifts_what_excludes_it(shared_page, cut, route, year):
    opened = shared_page("overview")
    opened.apply(route={"from": "cities/cn-xian", "to": "cities/kz-almaty", **route}, year=year)
    planner = opened.page.locator(".planner")
    assert planner.locator(".told.none").count() == 1
    assert planner.locator(".answer .headline").count() == 0
    planner.locator(".remedy").get_by_role("button", name=messages("en")[f"route.try.{cut}"].partition(" {")[0]).click()
    assert planner.locator(".answer .headline").count() == 1
    assert planner.locator(".remedy button").count() == 0
    assert planner.locator("p.told").evaluate("(node) => node === document.activeElement")
    opened.apply(route=None, year=None)


# --- the form


def test_choosing_two_places_shows_the_route(asked, command):
    opened, planner = asked(None, lang="ru")
    assert choose(opened, planner, "from", "Xi'an") == "cities/cn-xian"
    assert planner.get_by_role("status").filter(visible=True).inner_text() == messages("ru")["route.ask"]
    assert choose(opened, planner, "to", "Алматы") == "cities/kz-almaty"
    [route] = command("Xi'an", "Almaty")
    figures = planner.locator(".headline .large").all_inner_texts()
    assert figures == [number(route["length_km"], 0, "ru"), number(route["hours"] / 24, 1, "ru")]
    legs = planner.locator(".legs > li")
    assert legs.count() == len(route["legs"])
    kilometres = [text.partition("\xa0км")[0] for text in legs.locator(".figure").all_inner_texts()]
    assert kilometres == [number(leg["length_km"], 0, "ru") for leg in route["legs"]]
    said = planner.locator(".facts").first.inner_text()
    for word in ("Китай", "Казахстан", "Китай → Казахстан", "1435 → 1520\xa0мм"):
        assert word in said
    drawn = opened.page.locator(".leaflet-corridors-picked-pane path.halo")
    assert drawn.count() == len(route["legs"])
    assert opened.page.evaluate("corridors.map.getBounds().contains([34.3, 108.9])")
    assert opened.page.evaluate("corridors.map.getBounds().contains([43.2, 76.9])")
    opened.quiet()


def test_the_form_changes_the_route_and_the_fragment_keeps_it(planner_on, page_of):
    opened, planner = planner_on(fragment="#route=cities/cn-kashgar~cities/uz-andijan~rail,sea~distance~")
    shortest = planner.locator(".headline .large").first.inner_text()
    planner.locator(".more > summary").click()
    planner.get_by_label("Include lines under construction").check()
    assert planner.locator(".headline .large").first.inner_text() != shortest
    assert "Under construction" in planner.locator(".legs").inner_text()
    planner.get_by_label("Fastest").check()
    planner.get_by_label("Road", exact=True).check()
    planner.get_by_role("button", name="Swap").click()
    state = opened.state()["route"]
    assert state == {
        "from": "cities/uz-andijan",
        "to": "cities/cn-kashgar",
        "modes": ["rail", "road", "sea"],
        "by": "time",
        "include": ["under_construction"],
        "avoid": [],
        "via": [],
    }
    fragment = "#" + opened.page.url.partition("#")[2]
    assert "route=cities/uz-andijan~cities/cn-kashgar~rail,road,sea~time~under_construction" in fragment
    again = page_of("overview", fragment)
    assert again.state()["route"] == state
    assert again.page.locator(".answer").inner_text() == planner.locator(".answer").inner_text()
    planner.get_by_role("button", name="Clear").click()
    assert opened.state()["route"] is None
    assert opened.page.locator(".leaflet-corridors-picked-pane path.halo").count() == 0
    assert planner.locator("[aria-controls=route-from]").input_value() == ""


def test_what_is_asked_for_less_often_is_folded_and_kept(planner_on, page_of, command):
    opened, planner = planner_on(fragment="#route=cities/cn-xian~cities/kz-almaty~rail,sea~distance")
    more = planner.locator("details.more")
    assert more.get_attribute("open") is None
    more.locator("summary").press("Enter")
    via = planner.locator("[aria-controls=route-via]")
    via.fill("Dostyk")
    via.press("ArrowDown")
    via.press("Enter")
    planner.get_by_label("Russia").press("Space")
    year = planner.get_by_label("Year")
    year.fill("2030")
    year.press("Tab")
    planner.get_by_label("Include planned lines").press("Space")
    state = opened.state()
    [passed] = state["route"]["via"]
    assert passed.endswith("/kz-dostyk")
    assert (state["route"]["avoid"], state["route"]["include"], state["year"]) == (["RUS"], ["planned"], 2030)
    [wanted] = command("Xi'an", passed, "Almaty", avoid=("RUS",), include=("planned",), as_of=2030)
    assert planner.locator(".headline .large").first.inner_text() == number(wanted["length_km"], 0, "en")
    fragment = "#" + opened.page.url.partition("#")[2]
    assert f"~planned~RUS~{passed}" in fragment
    again = page_of("overview", fragment)
    assert again.state()["route"] == state["route"]
    assert again.page.locator("details.more").get_attribute("open") is not None
    assert again.page.locator("[aria-controls=route-via]").input_value().startswith("Dostyk")
    via.fill("")
    via.press("Tab")
    assert opened.state()["route"]["via"] == []
    year.fill("99999")
    year.press("Tab")
    assert year.input_value() == "2030"
    year.fill("")
    year.press("Tab")
    assert opened.state()["year"] is None
    opened.quiet()


def test_countries_stand_in_the_order_of_their_names(asked):
    opened, planner = asked({"from": "cities/cn-xian", "to": "cities/kz-almaty", "avoid": ["TUR"]})
    boxes = planner.locator("[role=group] label:has([data-avoid])")
    assert planner.locator("[data-avoid=TUR]").is_checked()
    for language in ("en", "ru", "nl"):
        opened.speak(language)
        names = boxes.all_inner_texts()
        assert names == opened.page.evaluate(
            "([names, lang]) => [...names].sort(new Intl.Collator(lang).compare)", [names, language]
        )
        assert len(set(names)) == len(names) > 10


def test_avoiding_the_country_of_an_end_or_naming_a_place_twice_is_told(asked):
    opened, planner = asked({"from": "cities/cn-xian", "to": "cities/kz-almaty", "avoid": ["KAZ"]})
    told = planner.locator(".told")
    start, _, _ = messages("en")["route.none.avoid"].partition("{0}")
    assert told.inner_text().startswith(start + "Xi'an")
    assert told.inner_text().endswith(messages("en")["route.none.avoid"].partition("{1}")[2])
    opened.apply(route={"from": "Xi'an", "to": "Almaty", "via": ["Almaty"]})
    assert told.inner_text() == messages("en")["route.twice"].replace("{0}", "Almaty")
    opened.apply(route={"from": "Xi'an", "to": "Xi'an"})
    assert told.inner_text() == messages("en")["route.twice"].replace("{0}", "Xi'an")
    opened.quiet()


def test_no_route_says_which_constraint_cut_it(asked):
    opened, planner = asked({"from": "cities/cn-xian", "to": "cities/kz-almaty", "modes": ["rail"]})
    told = planner.locator(".told")
    assert planner.locator(".legs > li").count() > 1
    planner.get_by_label("Rail", exact=True).uncheck()
    assert told.inner_text() == messages("en")["route.no_mode"]
    planner.get_by_label("Sea", exact=True).check()
    for language in LANGUAGES:
        opened.speak(language)
        start, _, end = messages(language)["route.none.modes"].partition("{0}")
        assert told.inner_text().startswith(start)
        assert told.inner_text().endswith(end.partition("{1}")[2])
    assert planner.locator(".legs").count() == 0
    opened.quiet()


def test_every_word_changes_with_the_language(asked):
    opened, planner = asked({"from": "cities/cn-xian", "to": "cities/uz-tashkent"})
    for language in LANGUAGES:
        opened.speak(language)
        words = messages(language)
        assert planner.get_attribute("aria-label") == words["route.title"]
        said = planner.inner_text()
        for key in ("route.from", "route.mode.rail", "route.by.distance", "route.more", "route.borders"):
            assert words[key] in said
        assert not re.search(r"route\.|undefined|null|object", said)
        target = planner.locator("[aria-controls=route-to]")
        names = {"en": "Tashkent", "nl": "Tasjkent", "zh": "塔什干", "ru": "Ташкент"}
        assert target.input_value() == name_in(names, language)
    opened.quiet()


def test_a_name_typed_in_full_counts_and_another_gives_way(asked):
    opened, planner = asked(None)
    start = planner.locator("[aria-controls=route-from]")
    start.fill("Ürümqi")
    start.press("Tab")
    assert opened.state()["route"]["from"] == "cities/cn-urumqi"
    start.fill("nowhere <b>at all</b>")
    start.press("Tab")
    assert start.input_value() == "Ürümqi"
    start.fill("")
    start.press("Tab")
    assert opened.state()["route"] is None


def test_embedder_names_places_as_it_likes(page_of):
    opened = page_of("rail", "#embed")
    state = opened.apply(route={"from": "Сиань", "to": "Tasjkent", "modes": ["rail"]})
    assert (state["route"]["from"], state["route"]["to"]) == ("cities/cn-xian", "cities/uz-tashkent")
    assert opened.page.locator(".leaflet-corridors-picked-pane path.halo").count() > 3
    assert opened.apply(route={"from": "nowhere", "to": "<img src=x>"})["route"] is None
    opened.quiet()


def test_on_a_phone_the_route_stands_above_its_card(planner_on):
    opened, planner = planner_on(fragment="#lang=zh", size=(390, 844))
    assert choose(opened, planner, "from", "西安") == "cities/cn-xian"
    assert choose(opened, planner, "to", "阿拉木图") == "cities/kz-almaty"
    start = "corridors.map.latLngToContainerPoint([34.3, 108.9])"
    opened.page.wait_for_function(f"() => {start}.x > 0 && {start}.x < 390")
    panel = opened.page.locator(".panel").bounding_box()
    assert 300 < panel["y"] < 600
    told = planner.locator("p.told").bounding_box()
    assert panel["y"] < told["y"] < 844
    opened.page.wait_for_function(f"(edge) => {start}.y > 0 && {start}.y < edge", arg=panel["y"])


def test_pages_without_a_planner_say_nothing_of_routes(shared_page):
    opened = shared_page("flights")
    assert "network" not in opened.payload()
    assert opened.page.locator(".planner").count() == 0
    assert opened.page.evaluate("typeof window.corridors.route") == "undefined"
    opened.quiet()


# --- names are text


def test_hostile_names_stay_text(open_page, loaded, tmp_path):
    evil = "<img src=x onerror=alert(1)>{0}|~</script>"
    names = {row_id: dict.fromkeys(("en", "nl", "zh", "ru", "local"), f"{evil} {row_id}") for row_id in loaded.names}
    page = CorridorMap(title="x")
    named = SimpleNamespace(network=loaded.network, facts=loaded.facts, assumptions=loaded.assumptions, names=names)
    start = {"id": "cities/cn-xian", "class": "c", "kind": "city", "name": {"en": evil}, "country": ["CHN"], "rank": 0}
    start |= {"geometry": Point(108.93, 34.27), "headline": [], "facts": [], "series": []}
    group = {"id": "c", "layer": "c", "title": {"en": evil}, "open": True, "classes": ["c"], "stats": []}
    style = {"symbol": "city", "color": "#000000", "size": 8}
    page.content = {
        "map": {"id": "m", "title": {"en": "x"}, "groups": [group]},
        "classes": {"c": {"title": {"en": evil}, "geometry": "point", "z": 5, "style": style, "on": True}},
        "symbols": {"city": [["circle", {"cx": 8, "cy": 8, "r": 4, "fill": "current"}]]},
        "features": [start | {"sources": []}],
        "network": Planner(named),
    }
    page.save(tmp_path / "evil.html")
    opened = open_page(tmp_path / "evil.html", fragment="#route=cities/cn-xian~cities/kz-almaty~rail,sea~distance~")
    planner = opened.page.locator(".planner")
    assert evil in planner.locator(".legs").inner_text()
    planner.locator("[aria-controls=route-to]").fill("onerror")
    assert planner.locator("#route-to li").count() > 0
    assert opened.page.locator("img, .planner script").count() == 0
    opened.quiet()
