"""The panel of a page of a reader's own data: legend, filters, totals, search, table and card of its rows."""

import json

import geopandas as gpd
import numpy as np
import pytest
from playwright.sync_api import expect
from shapely import LineString, Point, box

from corridors.locales import LANGUAGES, messages, number
from corridors.web.map import CorridorMap
from tests.browser.test_accessibility import PHONE

NAMES = ["Алматы – Достык", "乌鲁木齐 – 精河", "Tashkent – Samarkand", "Ürümqi ring", None]
USES = ["rail", "road", "ferry"]
MARKUP = '<img src=x onerror="document.title=1"><b>b</b>'
STRANGE = [MARKUP, "{{ 7 * 7 }} ${7 * 7} {% x %}", "שלום (עולם) 123", "x" * 900, "one\ntwo\tthree", "__proto__"]
TEXT_OF_ROW = "row => [...row.children].map(cell => cell.textContent)"


@pytest.fixture
def rows_page(open_page, tmp_path):
    """Open the page of some frames, each a layer of that name."""

    def opened(fragment="", size=(1280, 800), by=None, **frames):
        window = {key: frames.pop(key) for key in ("has_touch", "is_mobile") if key in frames}
        page = CorridorMap(title=MARKUP, lang="en")
        for name, frame in frames.items():
            page.add_layer(frame, name, column=by if by in frame else None)
        page.save(tmp_path / "page.html")
        return open_page(tmp_path / "page.html", *size, fragment, reduced_motion="reduce", **window)

    return opened


def lines(count=60):
    """Lines of ten kilometres and more, with a column of each type. Every fifth has no name, every seventh no speed."""
    nth = np.arange(count)
    return gpd.GeoDataFrame(
        {
            "name": [NAMES[i % len(NAMES)] for i in nth],
            "use": [USES[i % 3] for i in nth],
            "speed": [None if i % 7 == 0 else 20 + i / 2 for i in nth],
            "opened": np.datetime64("1990-01-01", "ms") + nth * np.timedelta64(100, "D"),
            "paved": nth % 2 == 0,
            "link": [f"https://example.org/{i}" for i in nth],
        },
        geometry=[LineString([(60 + i / 10, 40), (60.1 + i / 10, 40 + i / 50)]) for i in nth],
        crs="EPSG:4326",
    )


def areas(count=8):
    return gpd.GeoDataFrame(
        {"title": [f"Area {i}" for i in range(count)]},
        geometry=[box(70 + i, 45, 70.5 + i, 45.4) for i in range(count)],
        crs="EPSG:4326",
    )


def unfold(page, name):
    page.locator(f".filters [data-fold='filter:{name}']").click()


def tally(opened, shown, total):
    expect(opened.page.locator("[data-totals] .tally")).to_have_text(
        messages("en")["totals.shown"].replace("{0}", number(total, 0, "en")).replace("{1}", number(shown, 0, "en"))
    )


def test_legend_counts_classes_and_values(rows_page):
    opened = rows_page(lines=lines(), areas=areas(), by="use")
    page = opened.page
    tally(opened, 68, 68)
    counts = page.locator(".tree .group li:has([data-class]) .count")
    assert counts.all_inner_texts() == ["20", "20", "20", "8"]
    assert page.locator(".tree .by").all_inner_texts() == ["use"]
    unfold(page, "paved")
    values = page.locator(".filters li:has([data-filter^='paved=']) ")
    expect(values.locator(".count")).to_have_text(["30", "30"])
    page.locator("[data-class]").first.uncheck()
    tally(opened, 48, 68)
    expect(values.locator(".count")).to_have_text(["20", "20"])
    assert counts.all_inner_texts() == ["20", "20", "20", "8"]
    opened.quiet()


def test_filters_are_combined_and_cleared(rows_page):
    opened = rows_page(lines=lines(), areas=areas())
    page = opened.page
    unfold(page, "use")
    unfold(page, "paved")
    page.locator("[data-filter='use=rail']").uncheck()
    tally(opened, 48, 68)
    page.locator("[data-filter='paved=true']").uncheck()
    tally(opened, 28, 68)
    assert opened.state()["filters"] == {"use": ["ferry", "road"], "paved": ["false"]}
    assert {"use=ferry,road", "paved=false"} <= set(page.evaluate("location.hash").removeprefix("#").split("&"))
    page.get_by_role("button", name=messages("en")["filter.clear"]).click()
    tally(opened, 68, 68)
    assert opened.state()["filters"] == {}
    assert page.locator(".filters input:not(:checked)[type=checkbox]").count() == 0


def test_rows_without_a_value_are_a_choice_of_their_own(rows_page):
    frame = lines()
    frame.loc[frame.index % 4 == 0, "use"] = None
    opened = rows_page("#use=~", lines=frame)
    tally(opened, 15, 60)
    unfold(opened.page, "use")
    row = opened.page.locator("li:has([data-filter='use='])")
    assert row.locator("input").is_checked()
    expect(row.locator(".words")).to_have_text(messages("en")["filter.none"])
    expect(row.locator(".count")).to_have_text("15")


def test_a_range_is_typed_and_the_keyboard_goes_on(rows_page):
    opened = rows_page(lines=lines())
    page = opened.page
    unfold(page, "speed")
    least, greatest = page.locator(".range[data-filter=speed] input").all()
    assert (least.get_attribute("placeholder"), greatest.get_attribute("placeholder")) == ("20.5", "49.5")
    assert least.get_attribute("aria-label") == f"speed: {messages('en')['filter.from']}"
    least.fill("30")
    least.press("Tab")
    assert greatest.evaluate("node => node === document.activeElement")
    tally(opened, sum(i % 7 != 0 and 20 + i / 2 >= 30 for i in range(60)), 60)
    greatest.fill("40")
    greatest.press("Enter")
    tally(opened, sum(i % 7 != 0 and 30 <= 20 + i / 2 <= 40 for i in range(60)), 60)
    assert opened.state()["filters"] == {"speed": "30..40"}
    least.fill("")
    greatest.fill("")
    greatest.press("Enter")
    tally(opened, 60, 60)
    assert opened.state()["filters"] == {}


def test_a_range_of_days_and_one_from_the_address(rows_page):
    opened = rows_page("#speed=..25&opened=oops", lines=lines())
    page = opened.page
    slow = sum(i % 7 != 0 and 20 + i / 2 <= 25 for i in range(60))
    tally(opened, slow, 60)
    unfold(page, "speed")
    assert page.locator(".range[data-filter=speed] input").last.input_value() == "25"
    opened.apply(filters={})
    unfold(page, "opened")
    page.locator(".range[data-filter=opened] input").first.fill("2000-01-01")
    page.locator(".range[data-filter=opened] input").first.press("Tab")
    first = np.datetime64("1990-01-01")
    tally(opened, sum(first + i * 100 >= np.datetime64("2000-01-01") for i in range(60)), 60)
    assert opened.state()["filters"] == {"opened": "2000-01-01.."}


def test_an_unknown_column_or_value_is_no_filter(rows_page):
    opened = rows_page("#use=rail,teleport&nowhere=x&speed=fast&paved=true", lines=lines())
    assert opened.state()["filters"] == {"paved": ["true"]}
    assert opened.apply(filters={"use": ["teleport"], "constructor": ["x"]})["filters"] == {}


def test_a_long_list_shows_its_most_frequent_values_first(rows_page):
    frame = lines(300)
    frame["use"] = [f"value {min(i % 20, (i * 7) % 20):02}" for i in range(300)]
    opened = rows_page(lines=frame)
    page = opened.page
    unfold(page, "use")
    rows = page.locator(".filters li:has([data-filter^='use='])")
    expect(rows.filter(visible=True)).to_have_count(12)
    most = frame["use"].value_counts()
    expect(rows.first.locator(".count")).to_have_text(str(most.iloc[0]))
    seen = {int(text) for text in rows.filter(visible=True).locator(".count").all_inner_texts()}
    assert min(seen) >= most.iloc[12]
    page.get_by_role("button", name=messages("en")["filter.more"].replace("{0}", str(len(most) - 12))).click()
    expect(rows.filter(visible=True)).to_have_count(len(most))


def test_totals_are_those_of_the_statistics(corridors, rows_page, tmp_path):
    frames = {"lines": lines(), "areas": areas()}
    files = [tmp_path / f"{name}.gpkg" for name in frames]
    for file, frame in zip(files, frames.values(), strict=True):
        frame.to_file(file)
    opened = rows_page(**frames)
    measures = {}
    for measure in json.loads(corridors("stats", *files, "--format", "json").out)["measures"]:
        measures[measure["unit"]] = measures.get(measure["unit"], 0) + measure["value"]
    tally(opened, 68, 68)
    totals = {
        row.get_attribute("data-size"): row.locator("td").inner_text().split("\xa0")
        for row in opened.page.locator("[data-totals] [data-size]").all()
    }
    assert {name: unit for name, (_, unit) in totals.items()} == {"length": "km", "area": "km²"}
    for name, unit in {"length": "km", "area": "km2"}.items():
        written = float(totals[name][0].replace(",", ""))
        assert written == pytest.approx(measures[unit], abs=0.5)


def test_search_finds_texts_in_any_script_and_leads_to_the_row(rows_page):
    opened = rows_page(lines=lines(5))
    page = opened.page
    field = page.get_by_role("search").get_by_role("combobox")
    for query, row in {"достык": 0, "精河": 1, "URUMQI": 3, "tashkent samar": 2}.items():
        field.fill(query)
        hits = page.locator("#hits [role=option]")
        expect(hits.first.locator(".words")).to_contain_text(NAMES[row])
        field.press("Enter")
        expect(opened.card.get_by_role("heading", level=2)).to_have_text(NAMES[row])
        assert opened.state()["selected"] == f"lines/{row}"
        expect(opened.card.get_by_role("heading", level=2)).to_be_focused()
        page.keyboard.press("Escape")
        expect(field).to_be_focused()
    field.fill("nowhere to be found")
    expect(page.locator(".search .empty")).to_be_visible()
    opened.quiet()


def test_a_hundred_thousand_rows_scroll_and_sort(rows_page):
    count = 100_000
    frame = gpd.GeoDataFrame(
        {"name": [f"Place {i}" for i in range(count)], "value": (np.arange(count) * 7919) % count},
        geometry=[Point(i % 360 - 180, i % 160 - 80) for i in range(count)],
        crs="EPSG:4326",
    )
    opened = rows_page("#table", places=frame)
    page = opened.page
    table = page.locator("[data-table] table")
    rows = table.locator("tbody tr")
    expect(rows.first).to_be_visible()
    assert table.get_attribute("aria-rowcount") == str(count + 1)
    assert rows.count() < 100
    scroll = page.locator("[data-table] .scroll")
    scroll.focus()
    page.keyboard.press("End")
    last = table.locator(f"tr[aria-rowindex='{count + 1}']")
    expect(last).to_be_in_viewport()
    expect(last.locator("th")).to_have_text(f"Place {count - 1}")
    scroll.evaluate("node => { node.scrollTop = node.scrollHeight / 2; }")
    expect(table.locator(f"tr[aria-rowindex='{count // 2}']")).to_be_attached()
    assert rows.count() < 100
    seen = rows.evaluate_all("rows => rows.map(row => Number(row.getAttribute('aria-rowindex')))")
    assert seen == list(range(seen[0], seen[0] + len(seen)))
    head = table.get_by_role("button", name="value")
    head.click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("value")
    expect(rows.first.locator("td")).to_have_text(str(count - 1))
    expect(head).to_be_focused()
    head.click()
    expect(rows.first.locator("th")).to_have_text("Place 0")
    opened.quiet()
    scroll.evaluate("node => { node.scrollTop = node.scrollHeight / 2; }")
    expect(table.locator(f"tr[aria-rowindex='{count // 2}']")).to_be_attached()
    page.emulate_media(media="print")
    printed = page.locator(".paper.below .space")
    expect(printed).to_be_attached()
    assert printed.evaluate("node => node.offsetHeight") < 3000  # the rows in sight, and no empty sheets


def test_a_long_table_says_in_print_which_rows_are_there(rows_page):
    opened = rows_page("#table&lang=nl", lines=lines(1100))
    opened.page.wait_for_selector("[data-row]")
    opened.page.emulate_media(media="print")
    sheet = opened.page.locator(".paper.below .scroll")
    said = sheet.locator("p").inner_text()
    assert said == f"Rijen 1 tot en met {sheet.locator('[data-row]').count()} van 1.100"
    opened.quiet()


def test_a_table_that_is_higher_than_its_element_reaches_its_last_row(open_page, tmp_path):
    count = 200_000  # 5.6 million pixels: more than the table takes
    values = np.arange(count)
    frame = gpd.GeoDataFrame({"value": values}, geometry=gpd.points_from_xy(values % 360 - 180, values * 0), crs=4326)
    page = CorridorMap(title="Rows").add_layer(frame, "places")
    page.save(tmp_path / "page.html")
    opened = open_page(tmp_path / "page.html", fragment="#table")
    scroll = opened.page.locator("[data-table] .scroll")
    expect(opened.page.locator("tr[aria-rowindex='2']")).to_be_in_viewport()
    assert scroll.evaluate("node => node.scrollHeight") < 4_100_000
    scroll.evaluate("node => { node.scrollTop = node.scrollHeight; }")
    last = opened.page.locator(f"tr[aria-rowindex='{count + 1}']")
    expect(last).to_be_in_viewport()
    expect(last.locator("td").last).to_have_text(str(count - 1))


def test_keyboard_goes_from_the_table_to_the_card_and_back(rows_page):
    opened = rows_page("#table", lines=lines())
    page = opened.page
    rows = page.locator("[data-table] tbody tr")
    expect(rows).to_have_count(60)
    rows.nth(1).locator("button").focus()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(2).locator("button")).to_be_focused()
    page.keyboard.press("Enter")
    heading = opened.card.get_by_role("heading", level=2)
    expect(heading).to_be_focused()
    expect(heading).to_have_text(NAMES[2])
    expect(rows.nth(2)).to_have_class("chosen")
    page.keyboard.press("Escape")
    expect(opened.card).to_be_hidden()
    expect(rows.nth(2).locator("button")).to_be_focused()
    opened.quiet()


def test_card_has_every_attribute_with_its_size_and_links_only_the_web(rows_page):
    frame = lines(3)
    frame["script"] = "javascript:alert(1)"
    opened = rows_page("#select=lines/0", lines=frame)
    facts = opened.card.locator(".facts")
    expect(facts.locator("dt")).to_have_text(["name", "use", "opened", "paved", "link", "script"])
    expect(opened.card.locator(".fine")).to_have_text(messages("en")["card.missing.one"].replace("{0}", "1"))
    assert facts.locator("a").evaluate_all("nodes => nodes.map(node => node.href)") == ["https://example.org/0"]
    assert facts.locator("dd").nth(2).inner_text() == "1 January 1990"
    assert facts.locator("dd").nth(3).inner_text() == messages("en")["yes"]
    assert opened.card.locator(".headline dd").inner_text().endswith("km")


def test_the_table_has_the_rows_of_all_layers_or_of_one(rows_page):
    opened = rows_page("#table", lines=lines(), areas=areas())
    page = opened.page
    rows = page.locator("[data-table] tbody tr")
    expect(rows).to_have_count(68)
    heads = page.locator("[data-table] thead button").all_inner_texts()
    assert heads[:4] == ["Name", "Layer", "Length, km", "Area, km²"]
    assert heads[4:] == ["name", "use", "speed", "opened", "paved", "link", "title"]
    page.locator("[data-sort='2']").click()
    expect(rows.first.locator("td").first).to_have_text("areas")
    page.locator("[data-table] tbody button").first.click()
    opened.until("() => corridors.state().selected?.startsWith('areas/')")  # the worker says where it is
    page.locator("[data-table] select").focus()
    page.locator("[data-table] select").select_option("areas")
    expect(rows).to_have_count(8)
    expect(page.locator("[data-table] select")).to_be_focused()
    assert rows.first.evaluate(TEXT_OF_ROW)[0] == "Area 0"
    assert "table=2" in page.evaluate("location.hash").split("&")
    page.evaluate("corridors.apply({ rows: { layer: 1, sort: '-2', columns: ['0', '2'] } })")
    expect(rows).to_have_count(60)
    expect(page.locator("[data-table] thead button")).to_have_text(["name", "speed ↓"])
    page.evaluate("corridors.apply({ rows: { layer: 2 } })")
    expect(rows).to_have_count(8)
    page.locator("[data-class^='areas']").uncheck()
    empty = page.locator("[data-table] .empty")
    expect(empty).to_contain_text(messages("en")["table.empty"])
    empty.get_by_role("button", name=messages("en")["filter.layers"]).click()
    expect(rows).to_have_count(8)


def test_text_of_data_stays_text_everywhere(rows_page):
    frame = gpd.GeoDataFrame(
        {
            "name": STRANGE,
            MARKUP: STRANGE,
            "{{ x }} ${y}": ["a", "a", "b", "b", MARKUP, MARKUP],
            "map": ["x", "x", "y", "y", "z", "z"],
        },
        geometry=[Point(60 + i, 40) for i in range(len(STRANGE))],
        crs="EPSG:4326",
    )
    opened = rows_page("#table", by="{{ x }} ${y}", **{MARKUP: frame})
    page, layer = opened.page, opened.payload()["columns"][0]["id"]
    expect(page.locator(".tree .group-head .words").first).to_have_text(MARKUP)
    rows = page.locator("[data-table] tbody tr")
    expect(rows).to_have_count(len(STRANGE))
    assert [row[0] for row in rows.evaluate_all(f"rows => rows.map({TEXT_OF_ROW})")] == STRANGE
    assert page.locator("[data-table] thead").inner_text().count(MARKUP) == 1
    heights = {row["height"] for row in rows.evaluate_all("rows => rows.map(row => row.getBoundingClientRect())")}
    assert len(heights) == 1
    for nth, text in enumerate(STRANGE):
        opened.apply(selected=f"{layer}/{nth}")
        expect(opened.card.locator(".over")).to_contain_text(MARKUP)
        heading = opened.card.get_by_role("heading", level=2)
        expect(heading).to_have_text(text, use_inner_text=False)
    box = page.locator(".panel").bounding_box()
    for name in ("map", "{{ x }} ${y}"):
        unfold(page, name)
    rightmost = "nodes => Math.max(...nodes.map(node => node.getBoundingClientRect().right))"
    assert page.locator(".panel *").evaluate_all(rightmost) <= box["x"] + box["width"] + 1
    page.locator("[data-filter='map=x']").uncheck()
    assert "filter%3Amap=y,z" in page.evaluate("location.hash") or "filter:map=y,z" in page.evaluate("location.hash")
    assert opened.state()["filters"] == {"map": ["y", "z"]}
    assert page.locator("img, #corridors b:not(.hint b)").count() == 0
    opened.quiet()


def test_every_word_of_the_panel_is_in_the_language(rows_page):
    opened = rows_page("#table&lang=ru&select=lines/0", lines=lines(), areas=areas())
    page = opened.page
    unfold(page, "opened")
    for language in ("ru", *LANGUAGES):
        opened.apply(lang=language)
        words = messages(language)
        field = page.get_by_role("search").get_by_role("combobox")
        expect(field).to_have_attribute("placeholder", words["ui.search.rows"])
        expect(page.locator("[data-size=length] th")).to_have_text(words["totals.length"])
        expect(page.locator(".range label span").first).to_have_text(words["filter.from"])
        expect(page.locator(".bar label span")).to_have_text(words["table.layer"])
        shown = page.locator("#corridors").inner_text()
        assert not {key for key in words if "." in key and len(key) > 6 and key in shown}


def test_axe_finds_no_fault_with_everything_open(rows_page):
    opened = rows_page("#table&select=lines/0&theme=light", lines=lines(), areas=areas())
    for name in ("use", "speed", "opened"):
        unfold(opened.page, name)
    expect(opened.card).to_be_visible()
    opened.page.locator("[data-filter='use=rail']").uncheck()
    tally(opened, 48, 68)
    for theme in ("light", "dark"):
        opened.apply(theme=theme)
        assert opened.faults() == []


def test_axe_finds_no_fault_on_a_phone(rows_page):
    opened = rows_page("#lang=zh", lines=lines(), areas=areas(), **PHONE)
    opened.page.evaluate("document.documentElement.dataset.sheet = 'full'")
    unfold(opened.page, "speed")
    assert opened.faults() == []
    opened.apply(table=True)
    expect(opened.page.locator("[data-table] tbody tr").first).to_be_visible()
    assert opened.faults() == []
