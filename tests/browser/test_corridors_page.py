"""The corridors side by side in a real browser: the table equals `corridors compare`, and links to the map."""

from itertools import pairwise

import pytest

from corridors.locales import LANGUAGES, messages, number
from corridors.network.corridor_measures import compare_all
from tests.declared import name_in

PHONE, FRAME = (390, 844), (640, 400)


@pytest.fixture(scope="module")
def told(loaded):
    """The comparison's values of each corridor, by id."""
    comparison = compare_all(loaded.layers, loaded.facts, loaded.network, loaded.assumptions)
    return {one["id"]: one for one in comparison.as_dict()["corridors"]}


@pytest.fixture
def opened(shared_page):
    return shared_page("corridors")


def table(opened):
    return opened.page.locator("[data-compare] table")


def row(opened, name):
    return table(opened).locator(f'tr[data-row="corridors/{name}"]')


def cell(opened, name, column):
    return row(opened, name).locator(f'[data-cell="{column}"]').inner_text()


def cells(opened):
    """The text of every cell, by row and column."""
    return table(opened).evaluate(
        """(table) => Object.fromEntries([...table.querySelectorAll("[data-row]")].map((row) => [
            row.dataset.row.replace("corridors/", ""),
            Object.fromEntries([...row.querySelectorAll("[data-cell]")].map((of) => [of.dataset.cell, of.innerText])),
        ]))"""
    )


def order(opened):
    return list(cells(opened))


def percent(value, language):
    written = "–" if value is None else messages(language)["number.percent"].replace("{0}", number(value, 1, language))
    return written.replace(" ", "\u00a0")


# --- the table --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_says_what_the_command_says(language, opened, told):
    opened.speak(language)
    assert order(opened) == list(told)
    written = cells(opened)
    for name, one in told.items():
        assert {key: text.replace(" ", "\u00a0") for key, text in written[name].items()}.items() >= {
            "km": number(one["length_km"], 0, language),
            "days": number(one["days"], 1, language),
            "countries": str(len(one["countries"])),
            "borders": str(one["borders"]),
            "breaks": str(one["gauge_breaks"]),
            "double": percent(one["double_percent"], language),
            "electrified": percent(one["electrified_percent"], language),
            "cities": str(len(one["cities"])),
            "people": number(one["people"] / 1e6, 1, language),
        }.items(), name
    opened.quiet()


def farthest(one):
    """By how many percent the computed length is above the shortest published one."""
    return max(figure["differs_percent"] for figure in one["published"] if figure["indicator"] == "length_km")


def test_no_column_of_the_table_is_cut_on_a_desktop(opened):
    for language in LANGUAGES:
        opened.speak(language)
        beyond = opened.page.locator(".compare .scroll").evaluate("(node) => node.scrollWidth - node.clientWidth")
        assert beyond <= 0, language


def test_published_lengths_stand_beside_and_a_large_difference_is_marked(opened, told):
    for name, one in told.items():
        lengths = [figure for figure in one["published"] if figure["indicator"] == "length_km"]
        words = cell(opened, name, "published")
        assert (words == "–") == (not lengths)
        for figure in (min, max):
            if lengths:
                assert f"{figure(length['value'] for length in lengths):,.0f}" in words
        far = any(abs(length["differs_percent"] or 0) > 12 for length in lengths)
        assert row(opened, name).locator("strong").count() == far
    assert f"+{farthest(told['cku']):.1f}" in cell(opened, "cku", "published")
    assert f"+{farthest(told['wewc']):.1f}" in cell(opened, "wewc", "published")
    assert "12 %" in opened.page.locator("[data-compare]").inner_text().replace("\u00a0", " ")


def test_the_table_is_one_that_is_read_out(opened):
    page = opened.page
    words = messages("en")
    assert table(opened).locator("caption").inner_text() == words["compare.caption"]
    assert page.get_by_role("region", name=words["compare.toggle"]).count() == 1
    assert table(opened).locator("thead th[scope=col]").count() == 11
    assert table(opened).locator("tbody th[scope=row]").count() == 7
    assert row(opened, "middle").get_by_role("button").inner_text() == "Middle corridor (Trans-Caspian)"
    assert "Xi'an – Poti" in row(opened, "middle").inner_text()


def test_rows_are_sorted_by_any_column_and_gaps_come_last(opened, told):
    page = opened.page.locator("[data-compare]")
    for column, key in (("km", "length_km"), ("days", "days"), ("people", "people")):
        page.locator(f"[data-sort={column}]").click()
        expected = sorted(told, key=lambda name, key=key: told[name][key])
        assert order(opened) == expected
        head = page.locator(f"th:has(> [data-sort={column}])")
        assert head.get_attribute("aria-sort") == "ascending"
        page.locator(f"[data-sort={column}]").click()
        assert order(opened) == expected[::-1]
        assert head.get_attribute("aria-sort") == "descending"
        assert opened.page.evaluate("document.activeElement.dataset.sort") == column
    for _ in range(2):
        page.locator("[data-sort=electrified]").click()
        assert order(opened)[-1] == "wewc"
    opened.quiet()


# --- table and map ----------------------------------------------------------------------------------------------------


def test_a_row_selects_its_corridor(opened, told):
    row(opened, "middle").locator("[data-cell=km]").click()
    assert opened.state()["selected"] == "corridors/middle"
    assert opened.card.get_by_role("heading", level=2).inner_text() == "Middle corridor (Trans-Caspian)"
    assert opened.figures()[0] == number(told["middle"]["length_km"], 0, "en")
    assert "chosen" in row(opened, "middle").get_attribute("class")
    assert opened.page.locator(".leaflet-pane path.picked").count() == 1
    opened.quiet()


def test_a_name_in_the_table_moves_the_keyboard_to_the_card_and_back(opened):
    name = row(opened, "southern").get_by_role("button")
    name.focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "card-title"


def test_a_ribbon_can_be_clicked_and_its_row_is_marked(opened):
    opened.click("corridors/northern")
    assert opened.state()["selected"] == "corridors/northern"
    assert "chosen" in row(opened, "northern").get_attribute("class")


def test_the_card_states_assumptions_sources_and_a_large_difference(opened, told):
    opened.apply(selected="corridors/cku", lang="en")
    said = opened.card.inner_text().replace("\u00a0", " ")
    assert "42.2 km/h" in said
    assert f"Differs by more than 12 %: computed {farthest(told['cku']):.1f} % longer" in said
    assert "7–8 days" in said
    assert said.count("Published length\n") == 1
    assert "Under construction" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_corridors_change_with_the_language(language, opened):
    opened.apply(lang=language)
    words = {feature["id"]: feature["name"] for feature in opened.payload()["features"] if "tag" in feature}
    assert words
    for name, names in words.items():
        button = row(opened, name.removeprefix("corridors/")).get_by_role("button")
        assert button.inner_text() == name_in(names, language)
    assert table(opened).locator("caption").inner_text() == messages(language)["compare.caption"]
    shown = opened.page.locator(".label.ribbon").all_inner_texts()
    assert len(shown) >= 3
    assert all(any(name_in(name, language).startswith(text) for name in words.values()) for text in shown)


def test_corridors_on_one_line_lie_side_by_side(opened):
    """Half-way from Lanzhou to Ürümqi five of them share the track; each has its own place on the screen."""
    middles = opened.page.evaluate(
        """(names) => names.map((name) => {
        const path = document.querySelector(`[data-feature="corridors/${name}"]`);
        const { y } = window.corridors.map.latLngToLayerPoint([41, 96]);
        const length = path.getTotalLength();
        for (let at = 0; at < length; at += 0.5) {
            const here = path.getPointAtLength(at);
            if (here.y <= y) return Math.round(here.x * 2) / 2;
        }
        return null;
    })""",
        ["northern", "china-central-asia-alashankou", "middle", "china-central-asia-khorgos", "southern"],
    )
    assert None not in middles
    assert middles == sorted(middles, reverse=True)
    assert all(one - other > 2 for one, other in pairwise(middles))


# --- open and closed --------------------------------------------------------------------------------------------------


def test_the_comparison_closes_and_opens_again(opened):
    page = opened.page
    drawer = page.locator("[data-compare]")
    assert drawer.is_visible()
    drawer.get_by_role("button", name=messages("en")["ui.close"]).click()
    assert not drawer.is_visible()
    assert "compare=0" in page.url
    button = page.locator(".controls.top").get_by_role("button", name=messages("en")["compare.toggle"])
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    assert drawer.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    opened.quiet()


def test_the_table_of_features_takes_its_place(opened):
    page = opened.page
    opened.apply(table=True)
    assert page.locator("[data-table]").is_visible()
    assert not page.locator("[data-compare]").is_visible()
    opened.apply(table=False)
    assert page.locator("[data-compare]").is_visible()


@pytest.mark.parametrize("size", [PHONE, FRAME])
def test_a_small_window_opens_on_the_map_and_the_table_is_one_tap_away(size, page_of):
    opened = page_of("corridors", size=size)
    page = opened.page
    assert not page.locator("[data-compare]").is_visible()
    page.locator(".controls.top").get_by_role("button", name=messages("en")["compare.toggle"]).click()
    assert page.locator("[data-compare]").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    again = page_of("corridors", page.url[page.url.index("#") :], size=size)
    assert again.page.locator("[data-compare]").is_visible()
    opened.quiet()


def test_an_embedded_map_has_no_table(page_of):
    opened = page_of("corridors", "#embed")
    assert not opened.page.locator("[data-compare]").is_visible()


def test_other_maps_have_no_comparison(shared_page):
    opened = shared_page("rail")
    assert opened.page.locator("[data-compare]").count() == 0
    assert opened.page.get_by_role("button", name="compare").count() == 0
