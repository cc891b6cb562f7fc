"""One state runs the page: legend, filters, year, table, fragment and embedders all change it and follow it."""

import re

import pytest

from corridors.locales import messages, number

LISTEN = """() => {
    window.heard = [];
    for (const name of ["corridors:change", "corridors:select"]) {
        window.addEventListener(name, (event) => window.heard.push([name, event.detail]));
    }
}"""


def everything(opened):
    """Switch all classes on."""
    return opened.apply(layers=list(opened.payload()["classes"]))


def shown_count(opened):
    return int(opened.page.locator("[data-totals] [data-count]").get_attribute("data-count"))


def kilometres(opened, row):
    text = opened.page.locator(f"[data-totals] {row} td").inner_text()
    return text.partition("\xa0")[0]


def drawn(opened):
    """Ids of the features that are drawn, crowded points among them."""
    found = opened.page.locator("[data-feature]").evaluate_all(
        "nodes => nodes.filter(node => !node.classList.contains('off')).map(node => node.dataset.feature)"
    )
    return set(found)


# --- the legend


@pytest.mark.parametrize("name", ["overview", "rail", "flights", "gateways", "trade", "tourism"])
def test_legend_has_a_drawn_and_labelled_checkbox_for_each_class(name, page_of):
    opened = page_of(name)
    page, payload = opened.page, opened.payload()
    folded = page.locator(".tree .fold[aria-expanded=false]")
    while folded.count():
        folded.first.click()
    for key, each in payload["classes"].items():
        box = page.locator(f".tree input[type=checkbox][data-class='{key}']")
        assert box.count() == 1
        assert box.is_visible()
        assert box.is_checked() == each["on"]
        row = box.locator("xpath=..")
        assert row.locator(".words").inner_text() == each["title"]["en"]
        assert row.locator("svg.swatch :is(line, path, rect, circle, polygon)").count() > 0
        of_class = [feature for feature in payload["features"] if feature["class"] == key]
        assert row.locator(".count").inner_text() == str(len(of_class))
        assert page.get_by_role("checkbox", name=each["title"]["en"]).count() >= 1


def test_unticking_hides_a_class_and_changes_the_totals(page_of, measured):
    opened = page_of("overview")
    page = opened.page
    before = shown_count(opened)
    broad = {each["id"] for each in opened.payload()["features"] if each["class"] == "rail.1520"}
    assert broad <= drawn(opened)
    page.get_by_role("checkbox", name="Broad gauge").uncheck()
    assert not broad & drawn(opened)
    assert shown_count(opened) == before - len(broad)
    assert kilometres(opened, "[data-mode=rail]") == number(measured("track_km", layer="rail", gauge="1435"), 0, "en")
    box = page.get_by_role("checkbox", name="Broad gauge")
    assert box.evaluate("node => node === document.activeElement")
    box.check()
    assert shown_count(opened) == before
    page.get_by_role("checkbox", name="Standard gauge").press("Space")
    assert kilometres(opened, "[data-mode=rail]") == number(measured("track_km", layer="rail", gauge="1520"), 0, "en")
    opened.quiet()


def test_filter_hides_what_is_planned(page_of):
    opened = page_of("overview")
    everything(opened)
    payload = opened.payload()
    planned = {each["id"] for each in payload["features"] if each["status"] == "planned"}
    assert planned <= drawn(opened)
    opened.page.locator("input[data-filter='status=planned']").uncheck()
    assert drawn(opened) == {each["id"] for each in payload["features"]} - planned
    assert shown_count(opened) == len(payload["features"]) - len(planned)
    opened.page.locator("input[data-filter='status=planned']").check()
    assert planned <= drawn(opened)
    assert opened.state()["filters"] == {}


def test_status_is_drawn_as_a_pattern(page_of):
    opened = page_of("overview")
    dash = """id => getComputedStyle([...document.querySelectorAll('.tier-ink path')]
        .find(node => node.getAttribute('d') === document.querySelector(`[data-feature="${id}"]`).getAttribute('d'))
        ).strokeDasharray"""
    assert opened.page.evaluate(dash, "rail/cn-jingyihuo") == "none"
    assert opened.page.evaluate(dash, "rail/cku-kashgar-makmal") == "10px, 6px"
    assert opened.page.evaluate(dash, "rail/kz-cn-bakhty-tacheng") == "2px, 6px"


@pytest.mark.parametrize("name", ["overview", "rail"])
def test_totals_of_everything_are_the_measures(name, page_of, measured):
    opened = page_of(name)
    everything(opened)
    page, payload = opened.page, opened.payload()
    layers = {group["layer"] for group in payload["map"]["groups"]}
    counted = sum(measured("features", layer=layer) for layer in layers)
    assert shown_count(opened) == len(payload["features"]) == counted
    told = messages("en")["totals.shown"].replace("{0}", str(int(counted))).replace("{1}", str(int(counted)))
    assert page.locator("[data-totals] .tally").inner_text() == told
    for layer, mode in {"rail": "rail", "roads": "road", "pipelines": "pipeline", "ferries": "ferry"}.items():
        if layer in layers:
            expected = number(measured("track_km", layer=layer), 0, "en")
            assert kilometres(opened, f"[data-mode={mode}]") == expected
    for group in payload["map"]["groups"]:
        count = page.locator(".group-head", has=page.locator(f"[data-fold='{group['id']}']")).locator(".count")
        assert count.inner_text() == str(int(measured("features", layer=group["layer"])))
    page.locator("[data-totals] summary").click()
    rows = page.locator("[data-totals] [data-country]")
    codes = rows.evaluate_all("nodes => nodes.map(node => node.dataset.country)")
    assert {"CHN", "KAZ", "KGZ", "TJK", "TKM", "UZB"} <= set(codes)
    for code in codes:
        expected = number(measured("track_km", layer="rail", country=code), 0, "en")
        assert kilometres(opened, f"[data-country={code}]") == expected, code


def test_nothing_shown_says_what_to_change(page_of):
    opened = page_of("overview")
    opened.apply(layers=[], table=True)
    assert opened.page.locator("[data-totals]").inner_text() == messages("en")["totals.empty"]
    assert messages("en")["table.empty"] in opened.page.locator("[data-table]").inner_text()
    assert drawn(opened) == set()
    opened.quiet()


# --- the state, its fragment and its events


def test_state_survives_the_way_through_the_fragment(page_of):
    opened = page_of("overview")
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
    assert drawn(again) == drawn(opened)
    assert again.page.evaluate("location.hash") == fragment
    assert again.page.locator("html").get_attribute("data-theme") == "dark"
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


@pytest.mark.parametrize(
    "fragment",
    [
        "#map=x/y/z",
        "#map=99/999/999&lang=xx&year=soon&select=nothing/here&layers=none,of,these",
        "#%E0%A4%A&status=%zz&theme=<b>&constructor=1&__proto__=2",
        "#" + "&".join(["layers=rail"] * 500),
        "#year=2010.5&map=3/NaN/Infinity",
    ],
)
def test_a_fragment_that_makes_no_sense_does_no_harm(fragment, page_of):
    opened = page_of("overview", fragment)
    state = opened.state()
    assert state["lang"] == "en"
    assert state["selected"] is None
    assert state["year"] is None
    assert all(isinstance(value, int | float) for value in state["view"].values())
    opened.quiet()


def test_apply_ignores_what_makes_no_sense_and_takes_names_of_layers(page_of):
    opened = page_of("overview")
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
    assert [name for name, _ in heard] == [
        "corridors:change",
        "corridors:change",
        "corridors:select",
        "corridors:change",
        "corridors:select",
    ]
    assert heard[0][1]["lang"] == "nl"
    assert [detail for name, detail in heard if name == "corridors:select"] == ["cities/cn-xian", None]
    opened.page.evaluate("window.heard = []")
    opened.page.evaluate("() => { window.corridors.map.setZoom(6, { animate: false }); }")
    [[name, state]] = opened.page.evaluate("window.heard")
    assert (name, state["view"]["zoom"]) == ("corridors:change", 6)


def test_state_is_a_copy_that_cannot_be_changed_from_outside(page_of):
    opened = page_of("overview")
    before = opened.state()
    opened.page.evaluate("() => { const state = window.corridors.state(); state.layers.length = 0; state.view.zoom = 1; }")
    assert opened.state() == before


# --- the year


def test_a_year_hides_what_opened_later_and_shows_what_has_opened_by_then(page_of):
    opened = page_of("overview")
    everything(opened)
    by_id = {feature["id"]: feature for feature in opened.payload()["features"]}
    assert by_id["rail/cn-jingyihuo"]["opened"] == "2009"
    opened.apply(year=2008)
    assert "rail/cn-jingyihuo" not in drawn(opened)
    assert "rail/kz-dostyk-aktogay" in drawn(opened)
    opened.apply(year=2009)
    assert "rail/cn-jingyihuo" in drawn(opened)
    # A flight that began after the date of the atlas flies in the year after; a railway without a date is never opened.
    for year, flight in ((2025, "Planned"), (2026, "In operation")):
        opened.apply(year=year, selected="flights/zwww-uakk")
        assert opened.card.locator(".status").inner_text().startswith(flight)
    assert "opened" not in by_id["rail/cku-kashgar-makmal"]
    opened.apply(year=2031, selected="rail/cku-kashgar-makmal")
    assert "rail/cku-kashgar-makmal" in drawn(opened)
    assert opened.card.locator(".status").inner_text() == messages("en")["status.under_construction"]
    opened.apply(year=None)
    assert drawn(opened) == set(by_id)


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


def test_table_has_a_row_for_each_shown_feature_and_leads_to_it(page_of):
    opened = page_of("overview", "#lang=nl")
    page, table = opened.page, opened.page.locator("[data-table]")
    assert not table.is_visible()
    page.get_by_role("button", name=messages("nl")["ui.table"], exact=True).click()
    assert table.is_visible()
    rows = table.locator("tbody tr")
    assert rows.count() == shown_count(opened) == len(drawn(opened))
    assert set(rows.evaluate_all("rows => rows.map(row => row.dataset.row)")) == drawn(opened)
    assert table.locator("caption").inner_text() == f"Objecten op de kaart: {shown_count(opened)}"
    page.locator("input[data-class='rail.1520']").uncheck()
    assert rows.count() == shown_count(opened)
    row = table.locator("[data-row='cities/uz-tashkent']")
    row.get_by_role("button", name="Tasjkent").focus()
    page.keyboard.press("Enter")
    assert opened.state()["selected"] == "cities/uz-tashkent"
    assert opened.card.get_by_role("heading", level=2).evaluate("node => node === document.activeElement")
    assert re.search(r"\bchosen\b", row.get_attribute("class"))
    table.get_by_role("button", name=messages("nl")["ui.close"]).click()
    assert not table.is_visible()
    opened.quiet()


def test_table_sorts_by_length_with_numbers_as_numbers(page_of):
    opened = page_of("overview", "#table&layers=rail")
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
    first, last = page.locator("[data-table] tbody tr th").all_inner_texts()[:: shown_count(opened) - 1]
    assert first < last
