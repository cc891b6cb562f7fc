"""Page and command must agree: both run the same cases of names, places and routes under any options.

The modules of the page's script run here in Node, with the network as a page has it.
"""

import json
import random

import pytest

from corridors.app.api import OpenAtlas
from corridors.content.planner import Planner
from corridors.data.folding import FOLDING, fold
from corridors.data.years import YEARS
from corridors.errors import UsageError
from corridors.locales import messages, number_format
from corridors.network.gazetteer import Gazetteer
from corridors.web.blocks import Blocks
from corridors.web.encode import messages_of
from corridors.web.network_payload import encode_network
from corridors.web.payload import FEATURE_STEP

CASES = 240

CUTS = {
    "twice": ("start and end at", "passes there anyway"),
    "avoid": ("--avoid", "not to be entered"),
    "status": ("not in operation cuts it",),
    "asOf": ("--as-of",),
    "year": ("no such year",),
    "closed": ("a closed line cuts it",),
    "modes": ("--mode",),
    "all": ("by any mode",),
    "switch": (
        "is to be opened",
        "only lines can be opened",
        "not in operation: ",
        "opening it",
        "closing it",
        "there is no line",
        "no line of the atlas",
        "does not run in",
        "travelled by",
    ),
}
"""The page's name of a refusal, and the words of the command's message."""

PAGE_NAMES = {"as_of": "asOf"}


@pytest.fixture(scope="module")
def atlas(repo):
    return OpenAtlas(repo / "geodata")


@pytest.fixture(scope="module")
def payload(loaded):
    """What a page needs for its network and its names, and the blocks of these."""
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


@pytest.fixture(scope="module")
def pages(ask_script, payload):
    """The page's answers to requests: its routes as plain data, or its name of the refusal."""

    def ask(cases):
        answers = ask_script([("network/routes", "route", case) for case in cases], *payload)
        return [answer.get("error") or answer["routes"] for answer in answers]

    return ask


def commands(atlas, one, other, options):
    """The command's routes as plain data, or its message."""
    try:
        found = atlas.route(one, other, **options)
    except UsageError as error:
        return str(error)
    return [json.loads(json.dumps(route.as_dict())) for route in found]


def in_page(options):
    return {PAGE_NAMES.get(key, key): value for key, value in options.items()}


def agree(given, wanted):
    """Whether the page's answer, or the kind of its refusal, is the command's."""
    if isinstance(given, str):
        return isinstance(wanted, str) and any(said in wanted for said in CUTS.get(given, ()))
    return given == wanted


# --- names ------------------------------------------------------------------------------------------------------------

FOLDED = {
    "Małaszewicze": "malaszewicze", "Xi’an": "xian", "XI'AN": "xian", "Qoʻqon": "qoqon", "Qaraǵandy": "qaragandy",
    "Straße": "strasse", "STRASSE": "strasse", "İstanbul": "istanbul", "Iğdır": "igdir", "Bakı": "baki",
    "Gəncə": "ganca", "Đà Nẵng": "da nang", "Tromsø": "tromso", "ΑΣ": "ασ", "Йошкар": "иошкар", "Ёлка": "елка",
    "Kyzyl-Kiya": "kyzyl kiya", "Malaszewicze / Brest": "malaszewicze brest", "（霍尔果斯）": "霍尔果斯", "ﬁ": "fi",
    "  a\u00a0b  ": "a b", "": "", "—": "",
}  # fmt: skip


def test_names_are_folded_by_one_table(ask_script, payload, loaded):
    assert {text: fold(text) for text in FOLDED} == FOLDED
    rows = [row for table in ("cities", "stations", "ports", "airports", "aliases") for row in loaded.facts.rows(table)]
    texts = [value for row in rows for key, value in row.items() if isinstance(value, str) and key != "note"]
    texts += [*FOLDED, *(chr(code) for start, end in ((0x20, 0x7F), (0xA0, 0x52F)) for code in range(start, end))]
    given = ask_script([("payload/folding", "foldName", [text]) for text in texts], *payload)
    assert given == [fold(text) for text in texts]


def test_every_name_means_the_same_place(ask_script, payload, atlas, loaded, monkeypatch):
    monkeypatch.setattr(Gazetteer, "_suggest", lambda *_: "")  # places that a wrong name may mean: nobody reads of them
    places = [row for layer in ("cities", "stations", "ports", "airports") for row in loaded.facts.rows(layer)]
    named = [
        value for row in places for key, value in row.items() if value and key.startswith(("name_", "iata", "icao"))
    ]
    asked = list(dict.fromkeys([*named, *(row["alias"] for row in loaded.facts.rows("aliases")), "Malaszewicze"]))
    wanted = []
    for name in asked:
        try:
            wanted.append(atlas.gazetteer.find(name).feature)
        except UsageError:
            wanted.append(None)
    answers = ask_script([("network/places", "placeOf", [name]) for name in asked], *payload)
    given = [answer.get("id") for answer in answers]
    assert dict(zip(asked, given, strict=True)) == dict(zip(asked, wanted, strict=True))
    assert sum(place is not None for place in wanted) > 1000


def test_a_name_is_found_without_the_letters_of_its_language(corridors):
    ran = corridors("route", "Malaszewicze", "Brest", "--format", "json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["routes"][0]["from_id"] == "stations/pl-malaszewicze"


def test_an_address_asks_for_what_the_network_has(ask_script, payload):
    asked = {
        "from": "almaty", "to": "Nowhere", "modes": ["sea", "rail", "balloon"], "by": "luck",
        "include": ["planned", "suspended"], "avoid": ["RUS", "XXX"], "via": ["Malaszewicze", "Nowhere"],
    }  # fmt: skip
    cases = (asked, {"from": "Nowhere"}, {"to": "Almaty"}, None)
    answers = ask_script([("network/asked", "tidyRoute", [each]) for each in cases], *payload)
    assert answers[0] == {
        "from": "cities/kz-almaty", "to": "", "modes": ["rail", "sea"], "by": "distance",
        "include": ["planned"], "avoid": ["RUS"], "via": ["stations/pl-malaszewicze"],
    }  # fmt: skip
    assert answers[1] is None
    assert answers[2]["to"] == "cities/kz-almaty"
    assert answers[3] is None


def test_what_cannot_be_planned_has_a_reason_in_words(ask_script, payload):
    route = {"from": "cities/kz-almaty", "to": "cities/uz-tashkent", "modes": ["sea"], "by": "distance"}
    lists = {"include": [], "avoid": [], "via": []}
    cases = [{**route, **lists}, {**route, **lists, "modes": []}, {**route, **lists, "to": ""}, None]
    asked = [("network/planned", "plannedRoute", [{"route": each, "year": None, "lang": "en"}]) for each in cases]
    no_way, no_mode, unfinished, nothing = ask_script(asked, *payload)
    assert no_way["error"] == messages("en")["route.none.modes"].replace("{0}", "Almaty").replace("{1}", "Tashkent")
    assert no_mode["error"] == messages("en")["route.no_mode"]
    assert unfinished is nothing is None


PORTS = ["cn-khorgos-rail", "ports/cn-alashankou", "az-alat", "eu-north-astana-samara:RUS"]

# --- routes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["cku", "cku-kashgar-makmal,rail/cku-makmal-jalal-abad"])
def test_opening_a_line_changes_the_way_in_page_and_command_alike(pages, atlas, line):
    pair = ("Kashgar", "Andijan")
    now, (then,) = (commands(atlas, *pair, {"opened": names}) for names in ([], line.split(",")))
    assert now[0]["length_km"] > 3000
    assert then["length_km"] < 600
    assert {leg["line"] for leg in then["legs"]} >= {"rail/cku-kashgar-makmal", "rail/cku-makmal-jalal-abad"}
    assert commands(atlas, *pair, {"include": ["under_construction"]}) == [then]
    assert pages([[*pair, {"opened": line}], [*pair, {}]]) == [[then], now]
    pairs = atlas.scenario(opened=line.split(","), between=";".join(pair)).pairs
    assert [(pair.before_km, pair.after_km) for pair in pairs] == [(now[0]["length_km"], then["length_km"])]


@pytest.mark.parametrize(
    "options",
    [
        {"opened": ["rail/kg-makmal-jalalabad"]}, {"closed": ["rail/nowhere"]}, {"opened": ["cn-jingyihuo"]},
        {"closed": ["cku"]}, {"opened": ["cku:RUS"]}, {"opened": ["cn-khorgos-rail"]},
        {"opened": ["cku"], "modes": ["road"]}, {"opened": ["cku"], "closed": ["cku"]}, {"as_of": 1841},
        {"as_of": YEARS[1] + 1},
    ],
)  # fmt: skip
def test_what_cannot_be_opened_or_asked_is_refused_by_both(pages, atlas, options):
    wanted = commands(atlas, "Kashgar", "Andijan", options)
    assert isinstance(wanted, str)
    [given] = pages([["Kashgar", "Andijan", in_page(options)]])
    assert given in {"switch", "year"}
    assert agree(given, wanted)


def any_request(dice, cities, lines, ports):
    """A request with random options; each option occurs in some requests."""
    one, other, *via = dice.sample(cities, 2 + max(0, dice.randint(-2, 2)))
    waiting = [line for line, status in lines.items() if status != "operational"]
    running = [line for line, status in lines.items() if status == "operational"]
    options = {
        "via": via,
        "modes": sorted({"rail", *dice.sample(["road", "sea", "air"], dice.randint(0, 3))}),
        "by": dice.choice(["distance", "time"]),
        "include": dice.sample(["under_construction", "planned", "suspended"], max(0, dice.randint(-2, 3))),
        "avoid": dice.sample(["RUS", "TKM", "KGZ", "UZB", "MNG", "IRN"], max(0, dice.randint(-1, 2))),
        "opened": dice.sample([*waiting, "cku", "kz-ayagoz-tacheng"], max(0, dice.randint(-1, 2))),
        "closed": dice.sample([*dice.sample(running, 5), *ports], max(0, dice.randint(-1, 2))),
        "alternatives": dice.choice([1, 1, 3]),
    }  # fmt: skip
    year = dice.choice([None, None, None, dice.randint(1990, 2040)])
    return one, other, {key: value for key, value in options.items() if value} | ({"as_of": year} if year else {})


def test_routes_are_those_of_the_command_under_any_options(pages, atlas, loaded):
    dice = random.Random(20250617)  # noqa: S311 - the same cases each time
    cities = [f"cities/{row['id']}" for row in loaded.facts.rows("cities")]
    lines = {f"rail/{row['id']}": row["status"] for row in loaded.facts.rows("rail_lines")}
    cases = [any_request(dice, cities, lines, PORTS) for _ in range(CASES)]
    given = pages([[one, other, in_page(options)] for one, other, options in cases])
    found = 0
    for case, answer in zip(cases, given, strict=True):
        wanted = commands(atlas, *case)
        assert agree(answer, wanted), (case, answer, wanted)
        found += not isinstance(answer, str)
    assert found > CASES / 2
