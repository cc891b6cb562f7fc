"""Text of the fact tables is always shown as text: never as a template, as markup or as a script."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from lxml import etree

from corridors.app import build
from corridors.locales import LANGUAGES
from corridors.web import policy
from corridors.web.page import LATE
from corridors.web.policy import asset
from tests.browser.opened import LAID

HOSTILE = (
    "{{7*7}} {% raw %} ${7*7} ` </script><script>window.__x=1</script> <img src=x onerror=window.__x=1> "
    "<!-- &lt;b&gt; ]]> \u2028 \\u003c javascript:window.__x=1"
)
OURS = {asset(path.name) for path in Path(policy.__file__).parent.joinpath("assets").glob("*.js")}
"""The scripts that a page may run."""

SHOWN = " ".join(HOSTILE.split())
SHORT = "{{7*7}}${7*7}`<img src=x onerror=window.__x=1>"


def tidy(text):
    """A text with its white space as a browser shows it."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, copy_of_data):
    """An overview built from fact tables with hostile text wherever text is allowed."""
    folder = tmp_path_factory.mktemp("hostile")
    facts = copy_of_data(folder)
    for table, key, values in (
        ("cities", "uz-tashkent", {f"name_{language}": SHORT for language in LANGUAGES}),
        ("remarks", "cities-uz-tashkent", {"text_en": HOSTILE}),
        ("organisations", "china-railway-urumqi-group", {"name_nl": HOSTILE}),
        ("rail_lines", "cn-jingyihuo", {"name_en": HOSTILE}),
        ("ports", "kz-khorgos-gateway", {"name_en": HOSTILE, "name_local": HOSTILE}),
        ("sources", "geonames", {"title": HOSTILE, "producer": HOSTILE}),
    ):
        rows = facts.rows(table)
        [place] = [number for number, row in enumerate(rows) if row[rows[0].index("id")] == key]
        facts.change(table, values, row=place)
    build.build(build.find_folders(folder / "geodata", folder / "maps"), maps=["overview"])
    return folder / "maps" / "overview.html"


def opened_on(open_page, path, fragment):
    """The hostile page, without animations."""
    return open_page(path, fragment=fragment, reduced_motion="reduce")


def harmless(opened):
    """Nothing of the text became a script, an element or a request."""
    page = opened.page
    page.evaluate(LAID)
    assert page.evaluate("window.__x") is None
    assert page.locator("img, iframe, b:has-text('gt;'), a[href^='javascript' i]").count() == 0
    run = page.locator("script:not([id], [type='application/ld+json'])").all_text_contents()
    assert {*run} <= OURS
    inert = page.locator("script[id]").evaluate_all("(nodes) => nodes.map((node) => node.id)")
    assert all(name.removeprefix("corridors-") in {"data", *LATE} for name in inert)
    opened.quiet()


def test_name_is_text_on_label_tooltip_card_table_and_in_search(hostile, open_page):
    opened = opened_on(open_page, hostile, "#map=7/41.3/69.3&table")
    page = opened.page
    assert SHORT in page.locator(".label").all_inner_texts()
    page.mouse.move(*opened.meeting_point("cities/uz-tashkent"))
    assert page.locator(".leaflet-tooltip").inner_text().startswith(SHORT)
    opened.click("cities/uz-tashkent")
    assert opened.card.get_by_role("heading", level=2).inner_text() == SHORT
    assert SHOWN in [tidy(text) for text in opened.card.locator(".card-body p").all_inner_texts()]
    assert tidy(opened.card.locator(".sources li").first.inner_text()).startswith(SHOWN)
    row = page.locator("[data-row='cities/uz-tashkent']")
    assert row.get_by_role("button").inner_text() == SHORT
    field = page.get_by_role("search").get_by_role("combobox")
    field.fill("{{7*7}}")
    hits = page.locator("#hits [role=option] .words")
    assert sum(tidy(text).startswith(SHOWN) for text in hits.all_inner_texts()) == 2
    assert any(text.startswith(SHORT) for text in hits.all_inner_texts())
    field.fill("<img src=x onerror=window.__x=1>nothing")
    assert "<img src=x onerror=window.__x=1>nothing" in page.get_by_role("search").get_by_role("status").inner_text()
    page.locator("summary", has_text=re.compile("^Sources")).click()
    assert SHOWN in tidy(page.locator(".foot .sources").inner_text())
    for language in ("nl", "zh", "ru"):
        opened.speak(language)
        assert opened.card.get_by_role("heading", level=2).inner_text() == SHORT
    harmless(opened)


@pytest.mark.parametrize("feature", ["rail/cn-jingyihuo", "ports/kz-khorgos-gateway"])
def test_facts_notes_and_local_names_are_text(feature, hostile, open_page):
    opened = opened_on(open_page, hostile, f"#select={feature}")
    assert tidy(opened.card.get_by_role("heading", level=2).inner_text()) == SHOWN
    opened.speak("nl")
    facts = [tidy(text) for text in opened.card.locator(".facts dd").all_inner_texts()]
    assert (SHOWN in facts) == feature.startswith("rail/")  # the Dutch name of the company
    harmless(opened)


def test_written_page_holds_no_tag_of_the_text(hostile):
    written = hostile.read_text(encoding="utf-8")
    assert "<script>window.__x" not in written
    assert "<img src=x" not in written
    assert "\u2028" not in written


def test_hostile_fragment_does_no_harm(hostile, open_page):
    names = ("select", "layers", "status", "lang", "map", "table", "nothing")
    opened = opened_on(open_page, hostile, "#" + "&".join(f"{name}={HOSTILE}" for name in names))
    assert opened.state()["selected"] is None
    for name in names:
        opened.page.evaluate("(hash) => { window.location.hash = hash; }", f"{name}={HOSTILE}")
        assert opened.state()["selected"] is None
    harmless(opened)


def test_names_are_text_in_what_a_reader_takes_along(hostile, open_page):
    opened = opened_on(open_page, hostile, "#map=7/41.3/69.3")
    opened.page.locator("[data-take]").click()
    for form in ("CSV", "GeoJSON", "JSON", "SVG"):
        opened.page.locator(f"dialog.take input[value={form}]").check()
        with opened.page.expect_download() as told:
            opened.page.locator(f"dialog.take a[download$='.{form.lower()}']").click()
        text = Path(told.value.path()).read_text(encoding="utf-8")
        if form == "SVG":
            root = etree.fromstring(text.encode())
            assert [node.tag for node in root.iter() if etree.QName(node).localname in {"script", "img"}] == []
            assert SHORT in ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]
        elif form == "CSV":
            assert SHORT in {row["name_en"] for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)}
        else:
            assert SHORT in json.dumps(json.loads(text), ensure_ascii=False)
    opened.page.keyboard.press("Escape")
    harmless(opened)
