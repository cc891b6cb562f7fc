"""Results of route, compare and scenario as files, and requests that they refuse: one message each, with a remedy."""

import csv
import io
import json
import pickle
import re

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from lxml import etree
from PIL import Image

from corridors.app.api import OpenAtlas
from corridors.app.result import FIGURES, FORMS
from corridors.content import load
from tests.page_data import page_data

ROUTE = ("route", "Xi'an", "Almaty")
ASKED = {
    "route": (*ROUTE, "--alternatives", "2"),
    "compare": ("compare", "northern", "middle"),
    "scenario": ("scenario", "--open", "cku", "--between", "Kashgar; Osh; Tashkent", "-q"),
}
TEXTS = [suffix for suffix, form in FORMS.items() if form not in {"html", "xlsx", "gpkg", *FIGURES}]
SMALL = {suffix: ("--width-mm", "60") for suffix, form in FORMS.items() if form in FIGURES}
"""Options by suffix: a small figure is drawn sooner."""
SHEETS = {"route": "Legs", "compare": "Corridors", "scenario": "Pairs"}

every_command = pytest.mark.parametrize("command", ASKED)


@pytest.fixture(autouse=True)
def ready(monkeypatch, loaded, tmp_path):
    """Commands find the committed atlas in memory, and work in their own folder."""
    monkeypatch.setattr("corridors.app.build.load", lambda _: loaded)
    monkeypatch.chdir(tmp_path)


# --- files ------------------------------------------------------------------------------------------------------------


@every_command
@pytest.mark.parametrize("suffix", TEXTS)
@pytest.mark.slow
def test_a_file_holds_what_the_command_prints(corridors, tmp_path, command, suffix):
    printed = corridors(*ASKED[command], "--format", FORMS[suffix], "--lang", "en")
    written = corridors(*ASKED[command], "-o", f"answer{suffix}")
    assert (printed.code, written.code, written.out) == (0, 0, f"answer{suffix}\n")
    assert (tmp_path / f"answer{suffix}").read_text(encoding="utf-8") == printed.out
    assert [path.name for path in tmp_path.iterdir()] == [f"answer{suffix}"]


@every_command
def test_a_workbook_and_a_geopackage_hold_what_the_data_say(corridors, tmp_path, command):
    for suffix in (".csv", ".geojson", ".xlsx", ".gpkg"):
        assert corridors(*ASKED[command], "-o", f"answer{suffix}").code == 0
    plain = pd.read_csv(tmp_path / "answer.csv", dtype=str)
    sheet = pd.read_excel(tmp_path / "answer.xlsx", sheet_name=SHEETS[command], header=1)
    assert len(sheet) == len(plain)
    shared = [name for name in plain if name in sheet and name.endswith("km")]
    assert shared
    for name in shared:
        assert list(sheet[name].astype(float)) == list(plain[name].astype(float))
    layers = dict(pyogrio.list_layers(tmp_path / "answer.gpkg"))
    drawn = [gpd.read_file(tmp_path / "answer.gpkg", layer=name) for name, kind in layers.items() if kind]
    assert all(frame.crs.to_epsg() == 4326 for frame in drawn)
    assert sum(map(len, drawn)) == len(gpd.read_file(tmp_path / "answer.geojson"))
    assert {"assumptions", "sources"} <= set(layers)


@pytest.mark.parametrize("suffix", [".xlsx", ".gpkg"])
def test_the_same_answer_is_the_same_file_and_another_s_is_kept(corridors, tmp_path, one_message, suffix):
    for name in ("one", "other", "one"):  # our own file may be replaced
        assert corridors(*ROUTE, "-o", f"{name}{suffix}").code == 0
    one, other = ((tmp_path / f"{name}{suffix}").read_bytes() for name in ("one", "other"))
    assert one == other
    foreign = tmp_path / f"foreign{suffix}"
    foreign.write_bytes(one.replace(b"corridors", b"somebody!") if suffix == ".gpkg" else b"PK\x03\x04")
    one_message(corridors(*ROUTE, "-o", foreign.name), 4, foreign.name)


# --- ways of one's own ------------------------------------------------------------------------------------------------


def test_a_way_of_one_s_own_stands_beside_corridors(corridors):
    own = "Xi'an > Khorgos > Tashkent"
    ran = corridors("compare", "northern", own, "西安 > 塔什干", "--format", "json")
    assert ran.code == 0, ran.err
    northern, through, direct = json.loads(ran.out)["corridors"]
    [asked] = json.loads(corridors("route", "Xi'an", "Tashkent", "--via", "Khorgos", "--format", "json").out)["routes"]
    assert northern["id"] == "northern"
    assert through["id"] == "cn-xian--cn-khorgos--uz-tashkent"
    assert (through["length_km"], through["countries"]) == (asked["length_km"], asked["countries"])
    assert direct["length_km"] <= through["length_km"]
    assert "西安 – 霍尔果斯 – 塔什干" in corridors("compare", own, "--lang", "zh").out


def test_a_way_of_one_s_own_may_go_by_road_and_has_a_page(corridors, tmp_path):
    own = "Urumqi > Almaty"
    rail, road = (
        json.loads(corridors("compare", own, "--mode", mode, "--format", "json").out)["corridors"][0]["km_by_mode"]
        for mode in ("rail", "road")
    )
    assert ("rail" in rail, "road" in road) == (True, True)
    assert corridors("compare", own, "middle", "-o", "own.html", "--lang", "nl").code == 0
    page = (tmp_path / "own.html").read_text(encoding="utf-8")
    assert "Ürümqi – Almaty" in json.dumps(page_data(page), ensure_ascii=False)


@pytest.mark.parametrize(
    ("way", "code"),
    [("Xi'an >", "two places or more"), ("> Almaty", "two places"), ("Xi'an > Atlantis", "'Atlantis'"),
     ("Xi'an > Xian", "start and end"), ("Xi'an > Almaty > Xi'an > Almaty", "passes there anyway")],
)  # fmt: skip
def test_a_way_that_is_none_is_refused(corridors, one_message, way, code):
    one_message(corridors("compare", way), 2, code)


# --- printed ----------------------------------------------------------------------------------------------------------


def test_what_is_printed_is_read_by_people(repo):
    atlas = OpenAtlas(repo / "geodata")
    route = atlas.route("Xi'an", "Almaty")[0]
    told = [route, atlas.compare("northern"), atlas.scenario("cku-open", between="Kashgar; Osh")]
    for answer in told:
        assert str(answer) == answer.text("table")
        assert str(answer).count("\n") > 1
    for thing in (*told, atlas, atlas.network, atlas.measures):
        assert len(repr(thing)) < 120, type(thing)
        assert repr(thing).startswith("<")
    assert re.fullmatch(r"<Route Xi'an – Almaty: [\d,]+ km, about [\d.]+ days>", repr(route))
    assert repr([route]) == f"[{route!r}]"


# --- pages ------------------------------------------------------------------------------------------------------------


@every_command
@pytest.mark.slow
def test_a_page_is_signed_and_complete(corridors, tmp_path, command):
    assert corridors(*ASKED[command], "-o", "deep/er/Answer.HTML", "--lang", "ru").code == 0
    page = (tmp_path / "deep" / "er" / "Answer.HTML").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert '<html lang="ru"' in page
    assert '<meta name="generator" content="corridors">' in page


def test_the_page_of_a_route_tells_each_option_of_the_request(repo, tmp_path):
    atlas = OpenAtlas(repo / "geodata")
    asked = {"via": ["Osh"], "avoid": ["RUS"], "include": ["planned"], "opened": ["cku"], "as_of": 2030}
    [found] = atlas.route("Kashgar", "Andijan", **asked)
    page = found.save(tmp_path / "route.html").read_text(encoding="utf-8")
    told = json.dumps(page_data(page), ensure_ascii=False)
    for label in ("route.via", "route.avoid", "answer.include", "answer.opening", "answer.as_of"):
        assert f'"label": "{label}"' in told


@every_command
@pytest.mark.slow
def test_a_figure_is_what_its_suffix_says_on_the_sheet_that_is_asked_for(corridors, tmp_path, command):
    sheet = ("--width-mm", "120", "--dpi", "100", "--theme", "dark", "--lang", "nl")
    for form in FIGURES:
        assert corridors(*ASKED[command], "-o", f"figure.{form}", *sheet).code == 0
    assert (tmp_path / "figure.pdf").read_bytes().startswith(b"%PDF-")
    root = etree.parse(tmp_path / "figure.svg").getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert float(root.get("width").removesuffix("pt")) == pytest.approx(120 / 25.4 * 72, abs=0.01)
    with Image.open(tmp_path / "figure.png") as picture:
        assert picture.format == "PNG"
        assert picture.width == pytest.approx(120 / 25.4 * 100, abs=1)
        assert sum(picture.convert("RGB").getpixel((1, 1))) < 200


@pytest.mark.parametrize("option", [("--dpi", "90"), ("--theme", "dark"), ("--width-mm", "90"), ("--height-mm", "90")])
@pytest.mark.parametrize("file", [(), ("-o", "route.html")])
def test_a_sheet_without_a_figure_is_refused(corridors, one_message, option, file):
    one_message(corridors(*ROUTE, *option, *file), 2, option[0], "figures only")


def test_other_programs_read_what_is_written(corridors, tmp_path):
    for suffix in (".geojson", ".csv", ".json"):
        corridors(*ASKED["route"], "-o", f"way{suffix}")
    routes = json.loads((tmp_path / "way.json").read_text(encoding="utf-8"))["routes"]
    lines = gpd.read_file(tmp_path / "way.geojson")
    legs = [leg for route in routes for leg in route["legs"]]
    assert len(routes) == 2
    assert lines.crs.to_epsg() == 4326
    assert lines["id"].is_unique
    assert list(lines.sort_values("id")["length_km"]) == [leg["length_km"] for leg in legs]
    rows = list(csv.DictReader(io.StringIO((tmp_path / "way.csv").read_text(encoding="utf-8"))))
    assert [float(row["length_km"]) for row in rows] == [leg["length_km"] for leg in legs]
    assert {row["route"] for row in rows} == {"1", "2"}


@every_command
def test_a_suffix_and_a_format_must_not_contradict_each_other(corridors, one_message, tmp_path, command):
    one_message(corridors(*ASKED[command], "-o", "x.csv", "--format", "json"), 2, "x.csv", "--format", ".json")
    one_message(corridors(*ASKED[command], "-o", "x.html", "--format", "table"), 2, "x.html", ".txt")
    assert list(tmp_path.iterdir()) == []
    assert corridors(*ASKED[command], "-o", "x.csv", "--format", "csv").code == 0


@pytest.mark.parametrize("name", ["x", "x.docx", "x.html.gz", ".csv"])
def test_a_name_that_stands_for_nothing_is_refused_before_anything_is_looked_for(corridors, one_message, name):
    one_message(corridors("route", "nowhere", "Almaty", "-o", name), 2, name, ".html", ".geojson")


@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.slow
def test_a_file_of_somebody_else_is_kept_unless_forced(corridors, one_message, tmp_path, suffix):
    path, route = tmp_path / f"mine{suffix}", (*ROUTE, *SMALL.get(suffix, ()))
    path.write_text('{"mine": "generator"}\n', encoding="utf-8")
    one_message(corridors(*route, "-o", path), 4, path.name, "not made by corridors", "--force")
    assert path.read_text(encoding="utf-8") == '{"mine": "generator"}\n'
    assert corridors(*route, "-o", path, "--force").code == 0
    assert b"mine" not in path.read_bytes()
    assert corridors(*route, "--assume", "speeds_kmh.rail=80", "-o", path).code == 0  # the next file replaces ours


@pytest.mark.parametrize("suffix", [".html", ".geojson", ".svg", ".pdf", ".png"])
@pytest.mark.slow
def test_the_first_line_alone_makes_no_file_ours_where_we_sign_what_we_make(corridors, one_message, tmp_path, suffix):
    path, route = tmp_path / f"mine{suffix}", (*ROUTE, *SMALL.get(suffix, ()))
    corridors(*route, "-o", path)
    first, _, _ = path.read_bytes().partition(b"\n")
    path.write_bytes(mine := first[:15] + b"\nmine\n")
    one_message(corridors(*route, "-o", path), 4, path.name, "--force")
    assert path.read_bytes() == mine


def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left(corridors, one_message, tmp_path, contents):
    (tmp_path / "file").write_text("", encoding="utf-8")
    before = contents(tmp_path)
    one_message(corridors(*ROUTE, "-o", "file/x.csv"), 4, "file/x.csv")
    assert contents(tmp_path) == before


def test_an_answer_that_fails_leaves_the_file_as_it_was(corridors, tmp_path):
    corridors(*ROUTE, "-o", "x.csv")
    before = (tmp_path / "x.csv").read_bytes()
    assert corridors(*ROUTE, "--avoid", "KAZ", "-o", "x.csv").code == 2
    assert (tmp_path / "x.csv").read_bytes() == before


def test_the_library_saves_too(repo, tmp_path):
    atlas = OpenAtlas(repo / "geodata")
    best, other = atlas.route("Xi'an", "Almaty", alternatives=2)
    assert best.save(tmp_path / "a.json") == tmp_path / "a.json"
    assert len(json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["routes"]) == 2
    other.save(tmp_path / "b.json")
    [told] = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["routes"]
    assert told == json.loads(json.dumps(other.as_dict()))
    assert "<table>" in best._repr_html_()


# --- pickled ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def results(repo):
    """A result of each kind, by its name."""
    atlas = OpenAtlas(repo / "geodata")
    return {
        "route": atlas.route("Xi'an", "Almaty", alternatives=2)[0],
        "comparison": atlas.compare("northern", "middle"),
        "scenario": atlas.scenario("cku-open", between="Kashgar; Osh", assume=["speeds_kmh.rail=70"]),
    }


@pytest.mark.parametrize("kind", ["route", "comparison", "scenario"])
def test_a_result_that_was_pickled_is_the_same_and_can_be_drawn(results, kind, tmp_path):
    one = results[kind]
    other = pickle.loads(pickle.dumps(one))  # noqa: S301 - our own bytes
    assert other == one
    assert repr(other) == repr(one)
    assert other.found == one.found
    for form in ("table", "json", "geojson"):
        assert other.text(form, lang="nl") == one.text(form, lang="nl")
    paths = [result.save(tmp_path / f"{nth}.html", lang="ru") for nth, result in enumerate((one, other))]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_what_was_found_and_all_measures_can_be_pickled_by_themselves(results, loaded):
    for one in (*(result.found for result in results.values()), *loaded.measures):
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301
    again = pickle.loads(pickle.dumps(loaded.measures))  # noqa: S301
    assert list(again) == list(loaded.measures)
    one = next(iter(loaded.measures))
    assert again.get(one.name, **one.by) == one


# --- what cannot be asked ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("route", "Almaty", "Алматы"), ("start and end", "Almaty")),
        ((*ROUTE, "--via", "Алматы"), ("--via", "Almaty")),
        ((*ROUTE, "--via", "西安"), ("--via", "Xi'an")),
        ((*ROUTE, "--via", "Lanzhou", "--via", "Lanzhou"), ("--via", "Lanzhou")),
        ((*ROUTE, "--avoid", "KAZ"), ("Almaty", "KAZ", "--avoid")),
        ((*ROUTE, "--avoid", "KZ"), ("--avoid", "'KZ'", "KAZ")),
        ((*ROUTE, "--avoid", "XXX"), ("--avoid", "'XXX'")),
        ((*ROUTE, "--include", "operational"), ("--include", "operational", "under_construction, planned")),
        ((*ROUTE, "--include", "open"), ("--include", "'open'", "under_construction")),
        ((*ROUTE, "--mode", "rail,train"), ("--mode", "'train'", "rail, road, sea, air")),
        ((*ROUTE, "--mode", ","), ("--mode", "rail, road, sea, air")),
        ((*ROUTE, "--as-of", "99999"), ("--as-of", "99999", "2100")),
        ((*ROUTE, "--as-of", "-5"), ("--as-of", "-5", "1842")),
        ((*ROUTE, "--assume", "speeds_kmh.train=40"), ("--assume", "speeds_kmh.train", "speeds_kmh.rail")),
        ((*ROUTE, "--assume", "speeds_kmh.rail=-40"), ("--assume", "-40", "speeds_kmh.rail")),
        ((*ROUTE, "--assume", "speeds_kmh.rail=nan"), ("--assume", "nan")),
        ((*ROUTE, "--assume", "speeds_kmh.rail=inf"), ("--assume", "inf")),
        ((*ROUTE, "--assume", "speeds_kmh.rail"), ("--assume", "speeds_kmh.rail")),
        (("compare", "northern", "--assume", "border_hours.rail=nan"), ("--assume", "nan")),
        (("compare", "norhtern"), ("norhtern", "northern")),
        (("scenario",), ("--open LINE", "--close LINE")),
        (("scenario", "--open", "cku", "--close", "cku"), ("cku", "opened", "closed")),
        (("scenario", "cku-open", "--close", "cku"), ("cku", "closed")),
        (("scenario", "--open", "cku", "--between", "Almaty"), ("--between", "Almaty", "two places")),
        (("scenario", "--open", "cku", "--between", "Almaty; Алматы"), ("--between", "two places")),
        (("scenario", "--open", "cku", "--mode", "train"), ("--mode", "'train'")),
        (("scenario", "--open", "cku", "--assume", "reach_km.station=0"), ("--assume", "reach_km.station")),
    ],
    ids=lambda value: " ".join(value) if value[0] in ASKED else "",
)  # fmt: skip
def test_what_cannot_be_asked_is_one_message(corridors, one_message, arguments, named):
    one_message(corridors(*arguments), 2, *named)


@pytest.mark.parametrize(
    ("option", "value"), [("--alternatives", "0"), ("--alternatives", "99"), ("--as-of", "x"), ("--by", "price")]
)
def test_a_value_that_is_none_is_wrong_usage(corridors, option, value):
    ran = corridors(*ROUTE, option, value)
    assert (ran.code, ran.out) == (2, "")
    assert option in ran.err
    assert ran.err.count("Error: ") == 1


@pytest.mark.parametrize(
    ("found", "put"),
    [
        ("[speeds_kmh]", "[speeds_kmh"),
        ("[border_hours]", "[border_minutes]"),
        ("[speeds_kmh]", "[speeds_kmh]\nrocket = { value = 1.0, note = '', source = '' }"),
        ("value = ", "value = -"),
        ("value = ", "value = 'fast' #"),
    ],
)
def test_broken_assumptions_are_bad_input(geodata, corridors, one_message, monkeypatch, found, put):
    monkeypatch.setattr("corridors.app.build.load", load.load)
    path = geodata / "assumptions.toml"
    text = path.read_text(encoding="utf-8")
    assert found in text
    path.write_text(text.replace(found, put, 1), encoding="utf-8")
    one_message(corridors(*ROUTE, "--geodata", geodata), 3, "assumptions.toml")
