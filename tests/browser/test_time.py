"""The year of the map: worked by keyboard, typed, stepped and played; what changes in it is named and marked."""

import pytest
from lxml import etree

from corridors.data.tables import UNFINISHED
from corridors.data.years import YEARS
from corridors.locales import LANGUAGES, messages, number
from corridors.measures.statistics import sum_km
from tests.browser.opened import LAID

FIRST, AS_OF = 1842, 2025


@pytest.fixture
def strip(shared_page):
    """A map with its strip of years open, and the slider."""
    opened = shared_page("rail")
    opened.page.get_by_role("button", name="Year: 2025").click()
    yield opened, opened.page.get_by_role("slider", name="Year")
    opened.page.keyboard.press("Escape")
    close = opened.page.locator(".time .icon")
    if close.is_visible():
        close.click()


def year_of(opened):
    return opened.state()["year"]


def test_the_keyboard_has_all_of_the_slider(strip):
    opened, slider = strip
    page = opened.page
    assert slider.evaluate("(node) => node === document.activeElement")
    for key, year in (("ArrowLeft", 2024), ("PageDown", 2019), ("PageUp", 2024), ("ArrowRight", None)):
        page.keyboard.press(key)
        assert year_of(opened) == year, key
    page.keyboard.press("Home")
    assert year_of(opened) == FIRST
    assert slider.get_attribute("aria-valuetext").startswith("End of 1842: ")
    page.keyboard.press("End")
    assert year_of(opened) is None
    assert slider.get_attribute("aria-valuetext").startswith("17 June 2025: ")
    page.keyboard.press("Escape")
    assert not page.locator("#time").is_visible()
    assert page.locator(".year").evaluate("(node) => node === document.activeElement")


def test_a_year_is_typed_and_stepped_within_the_years_of_the_map(strip):
    opened, _ = strip
    page = opened.page
    field = page.get_by_role("spinbutton", name="Year")
    for typed, year in (("2013", 2013), ("1066", 2013), ("", 2013), (str(AS_OF), None)):
        field.fill(typed)
        field.press("Tab")
        assert (year_of(opened), field.input_value()) == (year, str(year or AS_OF)), typed
    for name, year in (("5 years earlier", 2020), ("1 year earlier", 2019), ("5 years later", 2024)):
        page.get_by_role("button", name=name).click()
        assert year_of(opened) == year
    page.locator("#time").get_by_role("button", name="17 June 2025").click()
    assert year_of(opened) is None


def test_what_opened_is_named_marked_and_leads_to_its_card(strip):
    opened, _ = strip
    opened.apply(year=2009)
    lines = {one["id"] for one in opened.payload()["features"] if str(one.get("opened")).startswith("2009")}
    shown = opened.page.evaluate(
        "[...document.querySelectorAll('.hit.changed:not(.off)')].map((node) => node.dataset.feature)"
    )
    assert set(shown) == lines & opened.drawn() != set()
    names = opened.page.locator(".changes button")
    assert names.count() == len(lines & opened.drawn())
    names.first.click()
    assert opened.state()["selected"] in lines
    assert opened.card.is_visible()
    opened.apply(year=1843)
    assert opened.page.locator(".hit.changed:not(.off)").count() == 0
    assert "1843" in opened.page.locator("#time .fine").first.inner_text()


def test_what_opened_in_an_unknown_year_is_pale_only_before_the_date_of_the_map(strip):
    opened, _ = strip
    undated = {one["id"] for one in opened.payload()["features"] if one.get("undated")}
    pale = "[...document.querySelectorAll('.undated:not(.off)')].flatMap((node) => node.dataset.feature ?? [])"
    assert opened.page.evaluate(pale) == []
    opened.apply(year=1990, selected=min(one for one in undated if one.startswith("rail/")))
    assert set(opened.page.evaluate(pale)) == undated & opened.drawn() != set()
    unsure = messages("en")["time.unsure"]
    assert unsure in opened.card.inner_text()
    count = sum_km(
        km
        for one in opened.payload()["features"]
        if one["id"] in undated
        for km in ([one["whole"]] if "whole" in one else one.get("km", {}).values())
    )
    assert f"Another {number(count, 0, 'en')}" in opened.page.locator("#time [role=status]").inner_text()
    opened.apply(year=None)
    assert opened.page.evaluate(pale) == []
    assert unsure not in opened.card.inner_text()


def test_years_play_until_the_reader_does_something(page_of):
    opened = page_of("rail", "#year=2001", reduced_motion="no-preference")
    page = opened.page
    for stop in ("Escape", "ArrowUp", " "):
        opened.apply(year=2001)
        page.get_by_role("slider", name="Year").focus()
        page.keyboard.press(" ")
        opened.until("() => corridors.state().year >= 2003")
        page.keyboard.press(stop)
        assert page.locator(".playing").count() == 0
        assert page.locator("#time").is_visible()
    opened.apply(year=2023)
    page.get_by_role("button", name="Play").click()
    opened.until("() => corridors.state().year === null && !document.querySelector('.playing')")


def test_with_less_motion_the_years_are_steps_from_change_to_change(strip):
    opened, _ = strip
    opened.apply(year=1843)
    following = opened.page.get_by_role("button", name="Next change")
    lines = [one for one in opened.payload()["features"] if "km" in one and "opened" in one]
    for year in sorted({int(one["opened"][:4]) for one in lines if one["opened"] > "1844"})[:3]:
        following.click()
        assert year_of(opened) == year
    assert opened.page.locator(".playing").count() == 0


def test_beside_the_panel_the_map_keeps_size_and_view_while_the_strip_opens_and_what_it_covers_is_not_seen(page_of):
    opened = page_of("rail")
    page, look = opened.page, "({ view: corridors.state().view, ...corridors.map.getSize() })"
    before = page.evaluate(look)
    field = page.locator(".field").bounding_box()
    opened.apply(year=2005)
    assert page.evaluate(look) == before
    strip = page.locator("#time").bounding_box()
    assert page.locator(".field").bounding_box()["height"] == pytest.approx(field["height"] - strip["height"], abs=1)
    for selector in (".credits", ".scale", ".label"):
        boxes = [one.bounding_box() for one in page.locator(selector).all()]
        assert boxes
        assert max(box["y"] + box["height"] for box in boxes) <= strip["y"] + 1, selector
    page.get_by_role("button", name=messages("en")["ui.home"], exact=True).click()
    south, north = (opened.payload()["map"]["view"]["bounds"][at] for at in (1, 3))
    bottom = page.evaluate("(lat) => corridors.map.latLngToContainerPoint([lat, 80]).y", south)
    assert bottom <= strip["y"]
    assert page.evaluate("(lat) => corridors.map.latLngToContainerPoint([lat, 80]).y", north) >= 0
    opened.apply(year=None)
    assert page.evaluate("corridors.map.getSize().y") == before["y"]


# --- two dates side by side


@pytest.fixture
def two_dates(shared_page):
    """The railways of 1990 and of today, side by side."""
    opened = shared_page("rail")
    opened.apply(year=1990, against=AS_OF)
    yield opened, opened.page.get_by_role("slider", name=messages("en")["time.divider"])
    opened.apply(year=None, against=None, split=50)
    close = opened.page.locator(".time .icon")
    if close.is_visible():
        close.click()


def at(opened, side):
    """The lines that are drawn on one side of the divider alone."""
    found = opened.page.evaluate(
        f"[...document.querySelectorAll('.hit.{side}:not(.off)')].map((node) => node.dataset.feature)"
    )
    assert len(found) == len(set(found))
    return set(found)


def test_each_side_draws_its_own_date(two_dates):
    opened, _ = two_dates
    lines = {one["id"]: one for one in opened.payload()["features"] if one["id"].startswith("rail/")}
    since = {one for one, line in lines.items() if line.get("opened", "") > "1991" and line["status"] == "operational"}
    pale = {one for one, line in lines.items() if line.get("undated")}
    assert since <= at(opened, "right")
    assert at(opened, "left") & since == {one for one in since if lines[one].get("works_started", "2") < "1991"}
    assert pale <= at(opened, "left") & at(opened, "right")
    same = {one for one, line in lines.items() if "1800" < line.get("opened", "") < "1990" and not line.get("hollow")}
    assert same & (at(opened, "left") | at(opened, "right")) == set() != same
    opened.apply(against=None)
    assert at(opened, "left") | at(opened, "right") == set()


def test_the_divider_is_moved_by_keys_and_pointer_and_is_in_the_address(two_dates):
    opened, divider = two_dates
    page = opened.page
    divider.focus()
    for key, split in (("ArrowLeft", 48), ("PageUp", 58), ("Home", 0), ("End", 100), ("PageDown", 90)):
        page.keyboard.press(key)
        assert opened.state()["split"] == split == int(divider.get_attribute("aria-valuenow")), key
    assert divider.get_attribute("aria-valuetext").startswith("1990: 90")
    field = page.locator("#map").bounding_box()
    box = divider.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(field["x"] + field["width"] / 4, box["y"] + 200)
    page.mouse.up()
    assert opened.state()["split"] == 25
    assert "&year=1990&against=2025&split=25" in page.evaluate("location.hash")
    left = page.locator("#corridors-left rect")
    edge = float(left.get_attribute("x")) + float(left.get_attribute("width"))
    on_map = page.evaluate("(x) => corridors.map.layerPointToContainerPoint([x, 0]).x", edge)
    assert on_map == pytest.approx(field["width"] / 4, abs=field["width"] / 200)


def test_a_click_on_a_date_gives_it_more_of_the_map(two_dates):
    """WCAG 2.2, 2.5.7: what is dragged can also be done by a pointer that does not drag."""
    opened, divider = two_dates
    names = divider.locator("b")
    for nth, split in ((0, 60), (0, 70), (1, 60), (1, 50), (1, 40)):
        box = names.nth(nth).bounding_box()
        opened.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert opened.state()["split"] == split
    knob = divider.locator("i").bounding_box()
    opened.page.mouse.click(knob["x"] + knob["width"] / 2, knob["y"] + knob["height"] / 2)
    assert opened.state()["split"] == 40


def test_points_stand_on_the_side_of_their_date(two_dates):
    """The break of gauge at Akyayla is of 2014."""
    opened, _ = two_dates
    station = opened.page.locator("[data-feature='stations/tm-akyayla']")
    for split, there in ((0, 1), (100, 0)):
        opened.apply(split=split, view={"lat": 38.1, "lng": 54.7, "zoom": 8})
        assert station.locator("visible=true").count() == there


def test_nothing_of_the_second_date_is_left_when_it_is_taken_away(shared_page):
    opened = shared_page("overview")
    for year in YEARS:
        opened.apply(against=year)
    opened.apply(against=None, layers=[])
    assert opened.page.locator("[data-feature]:not(.off)").count() == 0


def test_the_totals_of_both_dates_and_the_difference_are_in_the_panel(two_dates, measured):
    opened, _ = two_dates
    first = opened.page.locator(".dates tbody tr").first.locator("th, td").all_inner_texts()
    lines = [one for one in opened.payload()["features"] if one["id"].startswith("rail/")]
    running = [one for one in lines if one["status"] == "operational"]
    lengths = [(one.get("opened", "1"), one.get("whole", sum(one["km"].values()))) for one in running]
    km = [round(sum(length for since, length in lengths if since < end), 1) for end in ("1991", "2025-06-18")]
    assert first == ["Railways", *(number(value, 1, "en") for value in km), f"+{number(km[1] - km[0], 1, 'en')}"]
    opened.apply(year=None, against="planned")
    _, now, then, _ = opened.page.locator(".dates tbody tr").first.locator("th, td").all_inner_texts()
    whole = sum(measured("track_km", layer="rail", status=one) for one in ("operational", *UNFINISHED))
    assert then == number(whole, 1, "en")
    assert now == number(km[1], 1, "en")


def test_what_opened_between_the_dates_is_named_and_marked(two_dates):
    opened, _ = two_dates
    lines = {one["id"]: one for one in opened.payload()["features"] if one["id"].startswith("rail/")}
    since = {
        one
        for one, line in lines.items()
        if line["status"] == "operational" and "1991" <= line.get("opened", "") < "2026"
    }
    heading = opened.page.locator(".changes h3").first
    between = messages("en")["time.opened.between"]
    assert heading.inner_text() == between.replace("{0}", "1990").replace("{1}", "17 June 2025")
    named = set(opened.page.locator(".changes").first.locator("button").all_inner_texts())
    assert {lines[one]["name"]["en"] for one in since} <= named
    marked = opened.page.locator(".hit.changed:not(.off)").evaluate_all("all => all.map((one) => one.dataset.feature)")
    assert {one for one in marked if one in lines} == since
    opened.apply(year=None, against="planned")
    after = messages("en")["time.opened.since"].replace("{0}", "17 June 2025")
    assert heading.inner_text() == after


def test_a_picture_of_two_dates_has_both_halves_the_line_between_them_and_both_dates(two_dates):
    opened, _ = two_dates
    opened.apply(split=30)
    opened.page.locator("[data-take]").press("Enter")
    opened.page.locator("dialog.take input[value=SVG]").check()
    opened.page.locator("dialog.take img").wait_for()
    with opened.page.expect_download() as told:
        opened.page.locator("dialog.take a[download]").click()
    root = etree.parse(told.value.path()).getroot()
    opened.page.keyboard.press("Escape")
    svg = "{http://www.w3.org/2000/svg}"
    texts = ["".join(node.itertext()) for node in root.iter(f"{svg}text")]
    assert {"1990", "17 June 2025"} <= {*texts}
    [line] = root.iterfind(f".//{svg}line[@class='divider']")
    width = opened.page.locator("#map").bounding_box()["width"]
    assert float(line.get("x1")) == pytest.approx(0.3 * width, abs=1)
    for side in ("left", "right"):
        [clip] = root.iterfind(f".//{svg}clipPath[@id='corridors-{side}']")
        assert clip.find(f"{svg}rect") is not None
        assert root.findall(f".//*[@clip-path='url(#corridors-{side})']")


def test_two_dates_are_printed_with_the_divider_and_both_dates(two_dates):
    opened, divider = two_dates
    opened.apply(split=70)
    opened.page.emulate_media(media="print")
    opened.page.wait_for_selector("html[data-paper]")
    field, box = (opened.page.locator(one).bounding_box() for one in (".field", ".divider"))
    assert (box["x"] + box["width"] / 2 - field["x"]) / field["width"] == pytest.approx(0.7, abs=0.01)
    assert divider.locator("b").all_inner_texts() == ["1990", "17 June 2025"]
    assert not divider.locator("i").is_visible()
    edge = float(opened.page.locator("#corridors-right rect").get_attribute("x"))
    on_map = opened.page.evaluate("(x) => corridors.map.layerPointToContainerPoint([x, 0]).x", edge)
    assert on_map / opened.page.evaluate("corridors.map.getSize().x") == pytest.approx(0.7, abs=0.01)
    opened.page.emulate_media(media="screen")
    opened.page.wait_for_selector("html:not([data-paper])")


FIELD = (
    """() => [".field", ".time", ".key:not([hidden])"].map((one) => document.querySelector(one)?.offsetHeight ?? 0)"""
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "more", "size", "least"),
    [
        ("rail", "", (1280, 800), 0.7),
        ("rail", "&table", (1280, 800), 0.6),
        ("corridors", "&compare=1", (1280, 800), 0.6),
        ("overview", "", (390, 844), 0.45),
        ("gateways", "&embed&strip=1", (640, 400), 0.4),
    ],
)
def test_with_two_dates_the_map_keeps_most_of_the_height(name, more, size, least, language, shared_page):
    opened = shared_page(name, f"#year=1990&against=planned{more}", size, has_touch=size[0] < 700)
    opened.apply(lang=language)
    opened.page.evaluate(LAID)
    field, strip, key = opened.page.evaluate(FIELD)
    assert strip > 100
    assert (field - key) / size[1] >= least
    handle, *dates = [
        opened.page.locator(f".divider > {one}").bounding_box() for one in ("i", "b:first-child", "b + b")
    ]
    for date in dates:
        assert date["y"] >= handle["y"] + handle["height"]
        assert 0 <= date["x"] <= size[0] - date["width"]
    opened.page.get_by_role("slider").first.click()
    opened.quiet()
