"""The legend is the layer tree: checked classes are drawn, counted and measured, and no others."""

import pytest

from corridors.locales import messages, number
from tests.declared import LAYER_MAPS

# Unfold all groups, and return those that were folded.
UNFOLD = """() => {
    const folded = [...document.querySelectorAll(".tree .fold[aria-expanded=false]")];
    for (const { dataset } of folded) document.querySelector(`[data-fold="${dataset.fold}"]`).click();
    return folded.map(({ dataset }) => dataset.fold);
}"""

FOLD = """(folds) => folds.forEach((fold) => document.querySelector(`[data-fold="${fold}"]`).click())"""

# Each checkbox: its class, whether it is visible and checked, its words, the marks of its swatch, its count.
ROWS = """() => [...document.querySelectorAll(".tree input[type=checkbox][data-class]")].map((box) => {
    const row = box.parentElement;
    const [words, count] = [".words", ".count"].map((part) => row.querySelector(part).innerText);
    const marks = row.querySelectorAll("svg.swatch :is(line, path, rect, circle, polygon)").length;
    return [box.dataset.class, box.checkVisibility(), box.checked, words, marks, count];
})"""


@pytest.mark.parametrize("name", LAYER_MAPS)
def test_legend_has_a_drawn_labelled_and_high_enough_checkbox_for_each_class(name, shared_page):
    opened = shared_page(name)
    page, payload = opened.page, opened.payload()
    unfolded = page.evaluate(UNFOLD)
    drawn = page.evaluate(ROWS)
    spoken = page.locator(".tree").aria_snapshot()
    on = opened.state()["layers"]  # of a map with a story: those of its first step
    assert [row[0] for row in drawn] == [key for group in payload["map"]["groups"] for key in group["classes"]]
    assert {row[0] for row in drawn} == {*payload["classes"]}
    for key, visible, checked, words, marks, count in drawn:
        each = payload["classes"][key]
        assert (visible, checked, words) == (True, key in on, each["title"]["en"]), key
        assert marks > 0, key
        assert count == str(sum(feature["class"] == key for feature in payload["features"])), key
        assert f'checkbox "{words}' in spoken, key
    rows = page.locator(".tree :is(label, .signs li)")
    heights = rows.evaluate_all("nodes => nodes.filter(node => node.checkVisibility()).map(node => node.clientHeight)")
    assert len(heights) >= len(payload["classes"])
    assert min(heights) >= 24  # pixels, WCAG 2.2, 2.5.8
    page.evaluate(FOLD, unfolded)


CLEAR = messages("en")["filter.clear"]


def test_unticking_hides_a_class_and_changes_the_totals(shared_page, measured):
    opened = shared_page("overview")
    page = opened.page
    before = opened.shown_count()
    broad = {each["id"] for each in opened.payload()["features"] if each["class"] == "rail.1520"}
    assert broad <= opened.drawn()
    page.get_by_role("checkbox", name="Broad gauge").uncheck()
    assert not broad & opened.drawn()
    assert opened.shown_count() == before - len(broad)
    assert opened.kilometres("[data-mode=rail]") == number(measured("track_km", layer="rail", gauge="1435"), 1, "en")
    box = page.get_by_role("checkbox", name="Broad gauge")
    assert box.evaluate("node => node === document.activeElement")
    box.check()
    assert opened.shown_count() == before
    page.get_by_role("checkbox", name="Standard gauge").press("Space")
    assert opened.kilometres("[data-mode=rail]") == number(measured("track_km", layer="rail", gauge="1520"), 1, "en")
    opened.quiet()


def test_what_is_ticked_is_shown_alone_until_its_condition_is_ended(shared_page):
    opened = shared_page("overview")
    opened.show_everything()
    payload, page = opened.payload(), opened.page
    features = {each["id"]: each for each in payload["features"]}
    planned = {name for name, each in features.items() if each["status"] == "planned"}
    page.locator("input[data-filter='status=planned']").check()
    assert opened.drawn() == planned
    assert opened.shown_count() == len(planned)
    page.locator("[data-fold='filter:country']").click()
    page.locator("input[data-filter='country=TKM']").check()
    assert opened.drawn() == {name for name in planned if "TKM" in features[name].get("country", ())}
    assert page.locator(".chips").inner_text().split("\n") == ["Status: Planned ×", "Country: Turkmenistan ×", CLEAR]
    page.locator(".chips button").first.click()
    assert opened.drawn() == {name for name, each in features.items() if "TKM" in each.get("country", ())}
    assert page.locator(".chips button").first.evaluate("node => node === document.activeElement")
    opened.apply(filters={"status": ["planned"], "gauge": ["1520"]}, year=1990)
    page.locator("[data-clear]").click()
    assert opened.state()["filters"] == {}
    assert opened.state()["year"] is None
    assert opened.drawn() == {*features}
    page.locator("[data-fold='filter:country']").click()
    opened.quiet()


def test_the_condition_is_told_as_a_command(shared_page):
    opened = shared_page("rail")
    opened.apply(filters={"country": ["KAZ"], "gauge": ["1520"]}, year=2013)
    page = opened.page
    page.locator("[data-totals] summary").last.click()
    command = """corridors stats --layer rail --where "country == 'KAZ' and gauge_mm == 1520" --as-of 2013"""
    assert page.locator("[data-command]").inner_text() == command
    page.locator("[data-totals] summary").last.click()
    opened.quiet()


def test_an_empty_selection_says_what_each_condition_hides(shared_page):
    opened = shared_page("rail")
    opened.apply(filters={"country": ["DEU"], "status": ["planned"]})
    page = opened.page
    assert opened.shown_count() == 0
    ways = page.locator("[data-totals] button[data-without]").all_inner_texts()
    assert [way.partition(":")[0] for way in ways] == ["Without Status", "Without Country"]
    page.locator("[data-totals] button[data-without]").last.click()
    assert opened.state()["filters"] == {"status": ["planned"]}
    assert opened.shown_count() == int(ways[1].rpartition(" ")[2])
    opened.quiet()


def test_status_is_drawn_as_a_pattern(shared_page):
    opened = shared_page("overview")

    def dashes(feature):
        """The patterns of a line's strokes: those that the pointer highlights. A line may consist of several parts."""
        line = opened.page.locator(f".hit[data-feature='{feature}']")
        line.dispatch_event("mouseover")
        strokes = opened.page.locator(".tier-ink path.hover")
        found = strokes.evaluate_all("nodes => nodes.map(node => getComputedStyle(node).strokeDasharray)")
        line.dispatch_event("mouseout")
        assert strokes.count() == 0
        return {*found}

    assert dashes("rail/cn-jingyihuo") == {"none"}
    assert dashes("rail/cku-kashgar-makmal") == {"10px, 6px"}
    assert dashes("rail/kz-cn-bakhty-tacheng") == {"2px, 6px"}


@pytest.mark.parametrize("name", ["overview", "rail"])
def test_totals_of_everything_are_the_measures(name, shared_page, measured):
    opened = shared_page(name)
    opened.show_everything()
    page, payload = opened.page, opened.payload()
    layers = {group["layer"] for group in payload["map"]["groups"]}
    counted = sum(measured("features", layer=layer) for layer in layers)
    assert opened.shown_count() == len(payload["features"]) == counted
    told = messages("en")["totals.shown"].replace("{0}", str(int(counted))).replace("{1}", str(int(counted)))
    assert page.locator("[data-totals] .tally").inner_text() == told
    for layer, mode in {"rail": "rail", "roads": "road", "pipelines": "pipeline", "ferries": "ferry"}.items():
        if layer in layers:
            expected = number(measured("track_km", layer=layer), 1, "en")
            assert opened.kilometres(f"[data-mode={mode}]") == expected
    for group in payload["map"]["groups"]:
        count = page.locator(".group-head", has=page.locator(f"[data-fold='{group['id']}']")).locator(".count")
        assert count.inner_text() == str(int(measured("features", layer=group["layer"])))
    page.locator("[data-totals] summary").first.click()
    rows = page.locator("[data-totals] [data-country]")
    codes = rows.evaluate_all("nodes => nodes.map(node => node.dataset.country)")
    assert {"CHN", "KAZ", "KGZ", "TJK", "TKM", "UZB"} <= set(codes)
    for code in codes:
        expected = number(measured("track_km", layer="rail", country=code), 1, "en")
        assert opened.kilometres(f"[data-country={code}]") == expected, code


def test_nothing_shown_says_what_to_change_with_a_button_that_does_it(shared_page, subtests):
    opened = shared_page("overview")
    words, first = messages("en"), opened.state()
    table, totals = (opened.page.locator(f"[data-{name}]") for name in ("table", "totals"))
    features = opened.page.locator("[data-feature]:not(.off)")
    nowhere = {"country": ["KGZ"], "gauge": ["1435"]}
    without = words["filter.without"].partition("{")[0]
    cases = {
        "layers": ({"layers": []}, words["filter.layers"]),
        "filter": ({"filters": {"country": []}}, without),
        "two filters and layers": ({"layers": ["rail.1520"], "filters": nowhere}, without),
        "all together": ({"layers": ["rail.1520"], "filters": {"country": [], "gauge": []}}, words["filter.reset"]),
    }
    for name, (change, remedy) in cases.items():
        for place in (totals, table):
            with subtests.test(name):
                opened.apply(**change, table=True)
                assert words["totals.empty"] in totals.inner_text()
                assert words["table.empty"] in table.inner_text()
                assert not features.count()
                place.get_by_role("button", name=remedy).first.click()
                assert features.count()
                opened.apply(layers=first["layers"], filters={}, year=None)
    opened.apply(table=False)
    opened.quiet()


def test_a_text_that_no_row_of_the_table_has_is_taken_away_by_a_button(shared_page):
    opened = shared_page("overview")
    opened.apply(table=True)
    table = opened.page.locator("[data-table]")
    count = table.locator("tbody tr").count()
    table.locator("[data-sought]").fill("qqqq")
    assert messages("en")["search.empty"].replace("{0}", "qqqq") in table.inner_text()
    table.get_by_role("button", name="qqqq").click()
    assert table.locator("tbody tr").count() == count
    assert table.locator("[data-sought]").evaluate("(node) => node === document.activeElement && node.value === ''")
    opened.apply(table=False)


def test_what_was_unfolded_stays_so_when_the_legend_changes(page_of):
    opened = page_of("overview")
    summaries = opened.page.locator(".panel summary").filter(visible=True)
    for summary in summaries.all():
        summary.click()
    unfolded = opened.page.locator(".panel details[open]").count()
    opened.page.locator(".tree [data-fold=flights]").click()
    opened.page.locator("input[data-class='flights.flight']").check()
    opened.speak("zh")
    assert opened.page.locator(".panel details[open]").count() == unfolded > 1
    assert opened.page.locator(".tree [data-fold=flights]").get_attribute("aria-expanded") == "true"


def test_signs_that_no_row_of_the_legend_explains_are_explained_below(shared_page):
    opened = shared_page("gateways")
    page, payload = opened.page, opened.payload()

    def signs():
        return page.locator(".tree [data-sign]").evaluate_all("nodes => nodes.map(node => node.dataset.sign)")

    ports = [each for each in payload["features"] if each["id"].startswith("ports/")]
    assert any(each["confidence"] == "low" for each in ports)
    assert {"legend.unsure", "legend.unready"} <= set(signs())
    for language in ("nl", "ru"):
        opened.apply(lang=language)
        told = page.locator(".tree [data-sign='legend.unsure']").inner_text()
        assert told == messages(language)["legend.unsure"]
    opened.apply(layers=["cities.city"])
    assert signs() == []
    opened.quiet()
