"""The dialogue to take the view along: by keyboard, as files, and copied from a frame that saves none."""

import csv
import io
import json
import shlex
from pathlib import Path

import geopandas as gpd
import pytest
from lxml import etree
from PIL import Image
from shapely import LineString

from corridors.data.geojson_check import check_geojson
from corridors.locales import LANGUAGES, messages, number
from corridors.web.iframe import iframe
from tests.browser.opened import LAID

DIALOG = "dialog.take"
SVG = "{http://www.w3.org/2000/svg}"


def open_dialogue(opened, form=None):
    """Open the dialogue as a reader with a keyboard does, and choose a form."""
    opened.page.locator("[data-take]").press("Enter")
    if form:
        opened.page.locator(f"{DIALOG} input[value='{form}']").check()


def saved(opened):
    """The file of the chosen form: its name and its content."""
    with opened.page.expect_download() as told:
        opened.page.locator(f"{DIALOG} a[download]").click()
    return told.value.suggested_filename, Path(told.value.path()).read_text(encoding="utf-8")


def test_files_have_what_is_shown_now_and_nothing_else(shared_page):
    opened = shared_page("rail")
    opened.apply(layers=["rail.1520", "cities.city"], filters={"status": ["under_construction"]})
    shown = opened.drawn()
    assert shown
    open_dialogue(opened)
    name, text = saved(opened)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert name == "rail.csv"
    assert {f"{row['layer']}/{row['id']}" for row in rows} >= shown
    assert {row["status"] for row in rows if row["layer"] == "rail"} == {"under_construction"}
    opened.page.keyboard.press("ArrowRight")  # from a radio button to the next one
    opened.page.locator(f"{DIALOG} input[value=GeoJSON]").check()
    name, text = saved(opened)
    assert name == "rail.geojson"
    assert [str(found) for found in check_geojson(text, name)] == []
    assert len(json.loads(text)["features"]) == len(rows)
    opened.page.keyboard.press("Escape")
    assert not opened.page.locator(DIALOG).is_visible()
    assert opened.page.evaluate("document.activeElement.dataset.take") == ""
    opened.quiet()


@pytest.mark.parametrize(("name", "lang", "theme"), [("rail", "ru", "light"), ("trade", "zh", "dark")])
def test_the_picture_has_the_title_the_names_the_key_and_the_credits_and_needs_nothing_else(
    name, lang, theme, shared_page
):
    opened = shared_page(name)
    opened.apply(lang=lang, theme=theme)
    payload = opened.payload()
    shown = [" ".join(text.split()) for text in opened.page.locator("#map .label:visible").all_inner_texts()]
    paths = opened.page.evaluate("document.querySelectorAll('.tier-ink > path:not(.off)').length")
    open_dialogue(opened, "SVG")
    opened.page.locator(f"{DIALOG} img").wait_for()
    file, text = saved(opened)
    assert file == f"{name}.svg"
    root = etree.fromstring(text.encode())
    written = ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]
    everything = "".join("".join(written).split())
    assert {*shown} <= {*written}
    keyed = [one for one in payload["classes"].values() if one["on"] and one["geometry"] == "line"]
    said = [
        payload["map"]["title"][lang],
        *(one["title"][lang] for one in keyed),
        *payload["map"]["credit"].split(" · "),
    ]
    assert [words for words in said if "".join(words.split()) not in everything] == []
    assert len(list(root.iter(f"{SVG}path"))) > paths / 2
    values = {value for node in root.iter() for value in node.attrib.values()}
    assert {node.tag for node in root.iter()} & {f"{SVG}{tag}" for tag in ("script", "style", "foreignObject")} == set()
    assert not [value for value in values if "var(" in value or "//" in value]
    ids = {node.get("id") for node in root.iter() if node.get("id")}
    assert {value[5:-1] for value in values if value.startswith("url(#")} == ids
    opened.quiet()


def test_the_picture_in_pixels_is_the_same_twice_as_large(shared_page):
    opened = shared_page("rail")
    open_dialogue(opened, "PNG")
    opened.page.locator(f"{DIALOG} canvas").wait_for()
    with opened.page.expect_download() as told:
        opened.page.locator(f"{DIALOG} a[download]").click()
    with Image.open(told.value.path()) as picture:
        assert picture.width == 2 * opened.page.locator("#map").bounding_box()["width"]
        assert len(picture.convert("RGB").getcolors(1 << 22)) > 200  # names, lines and symbols on land and sea
    opened.quiet()


def test_the_dialogue_has_its_name_in_every_language(shared_page):
    opened = shared_page("rail")
    for language in LANGUAGES:
        opened.speak(language)
        open_dialogue(opened, "take.link")
        assert opened.page.get_by_role("dialog", name=messages(language)["take.title"]).is_visible()
        if language == "nl":  # an open one follows the language of the page
            opened.apply(lang="en")
            assert opened.page.get_by_role("dialog", name=messages("en")["take.title"]).is_visible()
            opened.apply(lang=language)
        opened.page.get_by_role("button", name=messages(language)["ui.close"]).last.click()


def test_a_sandboxed_frame_saves_nothing_and_copies_everything(built, open_page, tmp_path):
    (tmp_path / "rail.html").write_bytes((built / "maps" / "rail.html").read_bytes())
    frame = iframe("Map", "width:900px;height:600px", address="rail.html#lang=en&embed")
    host = f'<!doctype html><html lang="en" data-ready="true"><title>Host</title>{frame}<textarea></textarea></html>'
    (tmp_path / "host.html").write_text(host, encoding="utf-8")
    opened = open_page(tmp_path / "host.html")
    inside = opened.page.frame_locator("iframe")
    inside.locator("html[data-ready=true]").wait_for()
    inside.locator("[data-take]").click()
    assert inside.locator(f"{DIALOG} a[download]").count() == 0
    inside.locator(f"{DIALOG} input[value=GeoJSON]").check()
    inside.get_by_role("button", name="Copy").click()
    inside.get_by_role("status").get_by_text("Copied").wait_for()
    opened.page.locator("body > textarea").focus()
    opened.page.keyboard.press("Control+V")
    assert check_geojson(opened.page.locator("body > textarea").input_value(), "copied") == []


def test_the_policy_lets_the_data_for_search_engines_be(shared_page):
    opened = shared_page("rail")
    opened.page.evaluate(LAID)
    told = json.loads(opened.page.locator("script[type='application/ld+json']").text_content())
    assert {one["@type"] for one in told["@graph"]} == {"Map", "Dataset"}
    opened.quiet()


def test_the_commands_draw_and_measure_what_is_shown(shared_page, corridors, tmp_path):
    opened = shared_page("rail")
    opened.apply(layers=["rail.1520"], filters={"status": ["operational"]}, lang="nl", year=2020)
    shown = {one for one in opened.drawn() if one.startswith("rail/")}
    open_dialogue(opened, "take.commands")
    figure, stats = opened.page.locator(f"{DIALOG} textarea").input_value().splitlines()
    _, *words = shlex.split(figure)
    drawn = corridors(*[str(tmp_path / word) if word == "rail.svg" else word for word in words])
    assert drawn.code == 0, drawn.err
    assert (tmp_path / "rail.svg").read_text(encoding="utf-8").count("<path") > len(shown)
    measured = corridors(*shlex.split(stats)[1:], "--format", "json")
    values = {one["name"]: one["value"] for one in json.loads(measured.out)["measures"]}
    assert values["features"] >= len(shown) > 0


def test_a_page_of_own_data_has_its_rows_its_command_its_code_and_its_licences(
    corridors, open_page, tmp_path, monkeypatch
):
    frame = gpd.GeoDataFrame(
        {"name": ["=1+1", "Ürümqi", None, "x"], "max speed": [120.5, 80, None, 160]},
        geometry=[LineString([(60 + nth, 40), (60.5 + nth, 40 + nth / 10)]) for nth in range(4)],
        crs="EPSG:4326",
    )
    monkeypatch.chdir(tmp_path)
    frame.to_file("my lines.gpkg", layer="lines", engine="pyogrio")
    corridors("map", "my lines.gpkg", "-o", "own.html", "--licence", "CC BY 4.0", "--title", "My <lines>")
    opened = open_page(tmp_path / "own.html")
    opened.apply(filters={"max speed": "100.."})
    opened.page.locator("[data-count='2']").wait_for()
    assert opened.faults() == []
    command = opened.page.locator("[data-command]").text_content()
    assert command == "corridors stats 'my lines.gpkg' --where \"column('max speed') >= 100\""
    [count, length] = json.loads(corridors(*shlex.split(command)[1:], "--format", "json").out)["measures"]
    assert count["value"] == 2
    told = opened.page.locator("[data-size=length] td").inner_text()
    assert told == f"{number(length['value'], 1, 'en')}\u00a0km"

    open_dialogue(opened)
    name, text = saved(opened)
    assert name == "map.csv"
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["name"], row["max speed"]) for row in rows] == [("'=1+1", "120.5"), ("x", "160")]
    assert sum(float(row["measured_km"]) for row in rows) == pytest.approx(length["value"], abs=0.05)
    taken = {}
    for form in ("GeoJSON", "JSON", "take.link", "take.embed", "take.commands", "take.sources"):
        opened.page.locator(f"{DIALOG} input[value='{form}']").check()
        opened.page.locator(f"{DIALOG} textarea[aria-label='{messages('en').get(form, form)}']").wait_for()
        taken[form] = saved(opened)[1]
    collection = json.loads(taken["GeoJSON"])
    assert [str(found) for found in check_geojson(taken["GeoJSON"], "own.geojson")] == []
    assert [one["properties"]["name"] for one in collection["features"]] == ["=1+1", "x"]
    assert collection["sources"][0] == "my lines: CC BY 4.0"
    assert json.loads(taken["JSON"])["state"]["filters"] == {"max speed": "100.."}
    assert taken["take.link"].startswith("own.html#map=")
    assert 'src="own.html#map=' in taken["take.embed"]
    assert "My &lt;lines&gt;" in taken["take.embed"]
    assert taken["take.commands"].strip() == command
    assert "CC BY 4.0" in taken["take.sources"]
    assert opened.faults() == []
    opened.quiet()
