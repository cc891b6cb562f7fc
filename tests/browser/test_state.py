"""One state controls the page: fragment, embedding pages, year and table change it, and everything shown follows it."""

import re
from itertools import groupby

import pytest

from corridors.data.years import YEARS
from corridors.locales import messages

# Type a fragment into the address, and wait until the page has been told.
TYPED = """(text) => new Promise((done) => {
    addEventListener("hashchange", () => setTimeout(done), { once: true });
    location.hash = text;
})"""

LISTEN = """() => {
    window.heard = [];
    for (const name of ["corridors:change", "corridors:select"]) {
        window.addEventListener(name, (event) => window.heard.push([name, event.detail]));
    }
}"""


def test_state_survives_the_way_through_the_fragment(shared_page, page_of):
    opened = shared_page("overview")
    wanted = {
        "view": {"lat": 41.3, "lng": 69.25, "zoom": 6.5},
        "layers": ["rail.1520", "pipelines.gas", "cities.city"],
        "filters": {"status": ["operational", "planned"]},
        "lang": "ru",
        "year": 2010,
        "selected": "cities/uz-tashkent",
        "theme": "dark",
        "table": True,
    }
    opened.apply(**wanted)
    state = opened.state()
    assert sorted(state.pop("layers")) == sorted(wanted.pop("layers"))
    assert {key: state[key] for key in wanted} == wanted
    fragment = opened.page.evaluate("location.hash")
    for part in ("map=6.5/41.3/69.25", "lang=ru", "year=2010", "select=cities/uz-tashkent", "theme=dark", "table"):
        assert part in fragment.removeprefix("#").split("&")
    again = page_of("overview", fragment, locale="nl-NL")
    assert again.state() == opened.state()
    assert again.drawn() == opened.drawn()
    assert again.page.evaluate("location.hash") == fragment
    assert again.page.locator("html").get_attribute("data-theme") == "dark"
    assert again.page.locator("html").get_attribute("lang") == "ru"
    assert again.page.locator("select[name=language]").input_value() == "ru"
    again.quiet()


def test_a_fragment_typed_into_an_open_page_is_followed(page_of):
    opened = page_of("overview", "#layers=rail.1435&lang=nl")
    assert opened.state()["layers"] == ["rail.1435"]
    opened.page.evaluate("location.hash = '#lang=zh&select=cities/cn-xian&status=operational'")
    opened.page.wait_for_selector("html[lang=zh]")
    state = opened.state()
    assert state["selected"] == "cities/cn-xian"
    assert state["filters"] == {"status": ["operational"]}
    assert "cities.city" in state["layers"]


SENSELESS = (
    "map=x/y/z",
    "map=99/999/999&lang=xx&year=soon&select=nothing/here&layers=none,of,these",
    "%E0%A4%A&status=%zz&theme=<b>&constructor=1&__proto__=2",
    "&".join(["layers=rail"] * 500),
    "year=2010.5&map=3/NaN/Infinity",
    "year=1200",
    "year=2101",
    "route=cities/cn-xian~Atlantis&layers=rail,no.layer",
    "route=cities/cn-xian~cities/kz-almaty~rail,zeppelin",
)


def test_a_fragment_that_makes_no_sense_does_no_harm(page_of):
    """Neither when the page is opened with all of them, nor when each is typed into the open page."""
    opened = page_of("overview", "#" + "&".join(SENSELESS))
    for fragment in (None, *SENSELESS):
        if fragment:
            opened.page.evaluate(TYPED, fragment)
        state = opened.state()
        assert state["lang"] == "en", fragment
        assert state["selected"] is None, fragment
        assert state["year"] is None, fragment
        assert state["route"] is None, fragment
        assert all(isinstance(value, int | float) for value in state["view"].values()), fragment
    opened.quiet()


@pytest.mark.parametrize("part", ["year", "against"])
def test_a_year_that_the_command_refuses_is_noted_and_ignored(shared_page, part):
    opened = shared_page("overview")
    for year in (YEARS[0] - 1, YEARS[1] + 1, 1200):
        with opened.page.expect_console_message(lambda said, year=year: f'{part} "{year}"' in said.text):
            opened.page.evaluate(TYPED, f"{part}={year}")
        assert opened.state()[part] is None
        assert opened.apply(**{part: year})[part] is None
    for year in YEARS:
        assert opened.apply(**{part: year})[part] == year
    opened.apply(**{part: None})


def test_apply_ignores_what_makes_no_sense_and_takes_names_of_layers(shared_page):
    opened = shared_page("overview")
    before = opened.state()
    assert opened.apply(lang="xx", theme="pink", view={"lat": "north"}, layers="all", nonsense=1) == before
    assert opened.apply(layers=["rail"])["layers"] == ["rail.1435", "rail.1520"]
    assert opened.apply(language="nl")["language"] == "nl"
    assert opened.page.locator("html").get_attribute("lang") == "nl"


def test_changes_and_selections_are_told(page_of):
    opened = page_of("overview")
    opened.page.evaluate(LISTEN)
    opened.apply(lang="nl")
    opened.apply(selected="cities/cn-xian")
    opened.apply(selected="cities/cn-xian")
    opened.apply(selected=None)
    heard = opened.page.evaluate("window.heard")
    # The map may move, so that the card does not cover the chosen feature. This is reported as a change too.
    assert [name for name, _ in groupby(name for name, _ in heard)] == ["corridors:change", "corridors:select"] * 2
    assert heard[0][1]["lang"] == "nl"
    assert [detail for name, detail in heard if name == "corridors:select"] == ["cities/cn-xian", None]
    opened.page.evaluate("window.heard = []")
    opened.page.evaluate("() => { window.corridors.map.setZoom(6, { animate: false }); }")
    [[name, state]] = opened.page.evaluate("window.heard")
    assert (name, state["view"]["zoom"]) == ("corridors:change", 6)


def test_state_is_a_copy_that_cannot_be_changed_from_outside(shared_page):
    opened = shared_page("overview")
    before = opened.state()
    opened.page.evaluate(
        "() => { const given = window.corridors.state(); given.layers.length = 0; given.view.zoom = 1; }"
    )
    assert opened.state() == before


# --- the year


def test_a_year_hides_what_opened_later_and_shows_what_has_opened_by_then(shared_page):
    opened = shared_page("overview")
    opened.show_everything()
    by_id = {feature["id"]: feature for feature in opened.payload()["features"]}
    assert by_id["rail/cn-jingyihuo"]["opened"] == "2009"
    opened.apply(year=2008)
    assert "rail/cn-jingyihuo" not in opened.drawn()
    assert "rail/kz-dostyk-aktogay" in opened.drawn()
    opened.apply(year=2009)
    assert "rail/cn-jingyihuo" in opened.drawn()
    # A flight that began after the date of the atlas is open in the year after. A railway without a date never opens.
    for year, flight in ((2025, "Planned"), (2026, "In operation")):
        opened.apply(year=year, selected="flights/zwww-uakk")
        assert opened.card.locator(".status").inner_text().startswith(flight)
    assert "opened" not in by_id["rail/cku-kashgar-makmal"]
    opened.apply(year=2031, selected="rail/cku-kashgar-makmal")
    assert "rail/cku-kashgar-makmal" in opened.drawn()
    assert opened.card.locator(".status").inner_text() == messages("en")["status.under_construction"]
    opened.apply(year=None)
    assert opened.drawn() == set(by_id)


def test_a_map_of_another_year_says_nothing_of_today(shared_page):
    """Title, statement and breaks of gauge are those of the year: Akyayla's came in 2014."""
    opened = shared_page("rail")
    about = opened.payload()["map"]
    head, ready = opened.page.locator(".head"), opened.page.locator("h1")
    opened.apply(year=2013, lang="nl")
    assert ready.inner_text() == about["dated"]["nl"].replace("{year}", "2013")
    assert opened.page.title() == ready.inner_text()
    assert opened.page.locator(".statement").count() == 0
    assert "2013" in head.locator(".fine").inner_text()
    assert "stations/tm-akyayla" not in opened.drawn()
    assert "stations/kz-dostyk" in opened.drawn()
    opened.apply(year=2014)
    assert "stations/tm-akyayla" in opened.drawn()
    opened.apply(year=None)
    assert ready.inner_text() == about["title"]["nl"]
    assert opened.page.locator(".statement").inner_text() == about["statement"]["nl"]


# --- embedding and the table


def test_embedded_page_is_all_map(page_of):
    opened = page_of("overview", "#embed")
    page = opened.page
    assert not page.locator(".panel").is_visible()
    assert page.locator("#map").bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 800}
    opened.click("cities/cn-xian")
    assert opened.card.is_visible()
    assert "embed" in page.evaluate("location.hash").split("&")
    opened.quiet()


def test_table_has_a_row_for_each_shown_feature_and_leads_to_it(shared_page):
    opened = shared_page("overview")
    opened.apply(lang="nl")
    page, table = opened.page, opened.page.locator("[data-table]")
    assert not table.is_visible()
    page.get_by_role("button", name=messages("nl")["ui.table"], exact=True).click()
    assert table.is_visible()
    rows = table.locator("tbody tr")
    assert rows.count() == opened.shown_count() == len(opened.drawn())
    assert set(rows.evaluate_all("rows => rows.map(row => row.dataset.row)")) == opened.drawn()
    assert table.locator("caption").inner_text() == f"Objecten op de kaart: {opened.shown_count()}"
    page.locator("input[data-class='rail.1520']").uncheck()
    assert rows.count() == opened.shown_count()
    row = table.locator("[data-row='cities/uz-tashkent']")
    row.get_by_role("button", name="Tasjkent").focus()
    page.keyboard.press("Enter")
    assert opened.state()["selected"] == "cities/uz-tashkent"
    assert opened.card.get_by_role("heading", level=2).evaluate("node => node === document.activeElement")
    assert re.search(r"\bchosen\b", row.get_attribute("class"))
    table.get_by_role("button", name=messages("nl")["ui.close"]).click()
    assert not table.is_visible()
    opened.quiet()


def test_columns_of_the_table_are_chosen_and_rows_filtered_and_copied(shared_page):
    opened = shared_page("rail")
    opened.apply(table=True, layers=["rail.1435", "rail.1520"])
    page, table = opened.page, opened.page.locator("[data-table]")
    heads = table.locator("thead [data-sort]")
    keys = "heads => heads.map(head => head.dataset.sort)"
    assert heads.evaluate_all(keys) == ["name", "kind", "status", "country", "km", "precision"]
    table.locator("summary").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first: the kind
    assert page.locator("[data-column=kind]").evaluate("node => node === document.activeElement")
    table.locator("[data-column=gauge]").check()
    table.locator("[data-column=operator]").check()
    assert heads.evaluate_all(keys) == ["name", "status", "country", "km", "precision", "gauge", "operator"]
    table.locator("[data-sought]").press_sequentially("turkish state")
    rows = table.locator("tbody tr")
    railways = [each for each in opened.payload()["features"] if each["kind"] == "rail"]
    lines = [each for each in railways if "Turkish State Railways (TCDD)" in each.get("operator", ())]
    assert {*rows.evaluate_all("rows => rows.map(row => row.dataset.row)")} == {each["id"] for each in lines}
    assert table.locator("[data-sought]").input_value() == "turkish state"
    page.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
    table.locator(".copy").click()
    copied = [line.split("\t") for line in page.evaluate("window.copied").split("\n")]
    assert len(copied) == len(lines) + 1
    assert copied[0] == ["Name", "Status", "Country", "Length, km", "Precision", "Gauge", "Operator"]
    assert {len(line) for line in copied} == {7}
    assert {line[6] for line in copied[1:]} >= {"Turkish State Railways (TCDD)"}
    for name in ("gauge", "operator"):
        table.locator(f"[data-column={name}]").uncheck()
    table.locator("[data-column=kind]").check()
    table.locator("[data-sought]").fill("")
    table.locator("summary").click()
    opened.quiet()


def test_order_columns_and_text_of_the_table_are_in_the_address_and_in_the_history(shared_page, page_of):
    opened = shared_page("rail")
    page, table = opened.page, opened.page.locator("[data-table]")
    opened.apply(table=True)
    plain = opened.state()["rows"]
    table.locator("[data-sort=km]").click()
    opened.apply(lang="nl")
    table.locator("summary").click()
    table.locator("[data-column=kind]").uncheck()
    table.locator("[data-column=gauge]").check()
    opened.apply(theme="dark")
    table.locator("[data-sought]").fill("1520, ")
    wanted = {"layer": 0, "sort": "-km", "text": "1520, "}
    wanted["columns"] = ["name", "status", "country", "km", "precision", "gauge"]
    assert opened.state()["rows"] == wanted
    fragment = page.evaluate("location.hash")
    assert "table=0,-km,1520%2C%20,name,status,country,km,precision,gauge" in fragment.split("&")
    shown = table.locator("table").inner_text()
    again = page_of("rail", fragment)
    assert again.state() == opened.state()
    assert again.page.locator("[data-table] table").inner_text() == shown
    assert again.page.locator("[data-sought]").input_value() == "1520, "
    page.go_back()
    opened.until("() => corridors.state().rows.text === ''")
    assert table.locator("[data-sought]").input_value() == ""
    assert opened.state()["rows"]["columns"] == wanted["columns"]
    page.evaluate(TYPED, "table")
    assert opened.state()["rows"] == plain
    assert table.locator("[aria-sort=ascending] [data-sort=name]").count() == 1
    page.evaluate(TYPED, "table=0,-km,~,nowhere")
    assert (opened.state()["table"], opened.state()["rows"]) == (True, plain)
    page.go_back()
    page.go_back()
    opened.until("() => corridors.state().rows.sort === '-km'")
    assert table.locator("[aria-sort=descending] [data-sort=km]").count() == 1
    assert table.locator("thead [data-sort=gauge]").count() == 1
    opened.quiet()


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_map_keeps_to_the_room_that_the_table_leaves(size, shared_page):
    opened = shared_page("overview")
    opened.resize(*size)
    for table in (True, False, True):
        opened.apply(table=table)
        width, height = opened.page.evaluate("Object.values(window.corridors.map.getSize())")
        box = opened.page.locator("#map").bounding_box()
        assert (width, height) == (round(box["width"]), round(box["height"]))
        lowest = "labels => Math.max(...labels.map(label => label.getBoundingClientRect().bottom))"
        assert opened.page.locator(".label").evaluate_all(lowest) <= box["y"] + box["height"]


def test_table_sorts_by_length_with_numbers_as_numbers(shared_page):
    opened = shared_page("overview")
    opened.apply(table=True, layers=["rail"])
    page = opened.page
    head = page.locator("[data-sort=km]")
    head.click()
    cells = page.locator("[data-table] td.figure").all_inner_texts()
    lengths = [int(cell.replace(",", "")) for cell in cells]
    assert lengths == sorted(lengths, reverse=True)
    assert page.locator("th[aria-sort=descending] [data-sort=km]").count() == 1
    head.click()
    assert page.locator("[data-table] td.figure").all_inner_texts() == [f"{length:,}" for length in sorted(lengths)]
    assert head.evaluate("node => node === document.activeElement")
    names = page.locator("[data-sort=name]")
    names.click()
    first, last = page.locator("[data-table] tbody tr th").all_inner_texts()[:: opened.shown_count() - 1]
    assert first < last


def test_back_and_forward_show_the_states_between(page_of):
    opened = page_of("rail")
    opened.page.select_option("select[name=language]", "nl")
    opened.apply(filters={"status": ["planned"]})
    opened.page.go_back()
    opened.until("() => !Object.keys(corridors.state().filters).length && corridors.state().lang === 'nl'")
    opened.page.go_back()
    opened.until("() => corridors.state().lang === 'en'")
    opened.page.go_forward()
    opened.page.go_forward()
    opened.until("() => corridors.state().filters.status?.join() === 'planned'")
    assert opened.page.locator("html").get_attribute("lang") == "nl"
    opened.quiet()
