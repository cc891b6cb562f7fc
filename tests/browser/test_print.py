"""The browser's print: title, the whole map as it is shown, key, scale and sources on A4, and no control."""

import io
import json
import re
import unicodedata

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from corridors.locales import messages
from tests.browser.test_state import TYPED
from tests.declared import KINDS, maps_with

A4 = (210, 297)  # mm
MARGIN_MM = 12
MAPS = tuple(name for name in KINDS if name not in maps_with("steps"))
"""A story is printed as an article (test_story.py)."""
PHONE = {"size": (390, 844), "has_touch": True, "is_mobile": True}
POINTS_PER_MM = 72 / 25.4
CONTENT = {"portrait": (703, 1032), "landscape": (1032, 703)}
"""Pixels of CSS, 96 to the inch, that A4 has within its margins."""
ORIENTATIONS = {"portrait": False, "landscape": True}

CONTROLS = """() => [...document.querySelectorAll("button, input, select, option, summary, nav, [role=search]")]
    .filter((node) => node.checkVisibility()).map((node) => node.outerHTML.slice(0, 90))"""
BOUNDS = "window.corridors.map.getBounds().toBBoxString()"


def printed(opened, *, landscape=False):
    """The pages that the browser prints, on A4 in both orientations."""
    return PdfReader(io.BytesIO(opened.page.pdf(format="A4", landscape=landscape))).pages


def placed(page):
    """The pieces of text of a page with their start positions, in millimetres from its lower left corner."""
    found = []

    def note(text, matrix, text_matrix, *_):
        if text.strip():
            a, b, c, d, e, f = matrix
            x, y = text_matrix[4:6]
            across, up = (a * x + c * y + e) / POINTS_PER_MM, (b * x + d * y + f) / POINTS_PER_MM
            found.append((text.strip(), across, up))

    page.extract_text(visitor_text=note)
    return found


def plain(text):
    """Only the letters, since a PDF has ligatures and its own line breaks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def lay_on(opened, orientation):
    """Show the page in its layout for a sheet of A4."""
    width, height = CONTENT[orientation]
    opened.page.set_viewport_size({"width": width, "height": height})
    opened.page.emulate_media(media="print")
    opened.page.wait_for_selector("html[data-paper]")


@pytest.mark.parametrize(("name", "language", "landscape"), [("rail", "nl", False), ("trade", "ru", True)])
def test_print_has_title_map_key_scale_and_sources_and_no_control(name, language, landscape, shared_page):
    opened = shared_page(name)
    opened.apply(lang=language)
    payload, words = opened.payload(), messages(language)
    unit = opened.page.locator(".scale").inner_text().split()[-1]
    shown = {feature["class"] for feature in payload["features"] if payload["classes"][feature["class"]]["on"]}
    keyed = [one for one in shown if payload["classes"][one]["geometry"] == "line"]
    assert keyed
    first, *rest = printed(opened, landscape=landscape)
    box = [float(side) / POINTS_PER_MM for side in first.mediabox[2:]]
    assert box == pytest.approx(A4[::-1] if landscape else A4, abs=0.5)
    written = first.extract_text()
    text = plain(written)
    everything = text + "".join(plain(page.extract_text()) for page in rest)
    for said in (payload["map"]["title"][language], payload["map"]["statement"][language]):
        assert plain(said) in text
    for one in keyed:
        assert plain(payload["classes"][one]["title"][language]) in text, one
    assert re.search(rf"^\d+\s{unit}", written, re.MULTILINE)
    heading = plain(words["page.sources"].partition("(")[0])
    assert heading in everything
    assert plain(words["page.disclaimer"]) in everything
    for control in ("Nederlands", "Русский", "ui.legend", "ui.search", "totals.country", "route.title"):
        assert plain(words.get(control, control)) not in everything, control


def test_nothing_of_the_sheet_is_cut(shared_page, subtests):
    """All text is inside the margins, in the requested size. Browsers shrink pages that do not fit."""
    opened = shared_page("corridors")
    opened.apply(lang="ru", selected="corridors/middle")
    for orientation, landscape in ORIENTATIONS.items():
        with subtests.test(orientation):
            width, height = A4[::-1] if landscape else A4
            texts = set()
            for page in printed(opened, landscape=landscape):
                for text, across, up in placed(page):
                    assert MARGIN_MM - 1 <= across <= width - MARGIN_MM, text
                    assert MARGIN_MM - 1 <= up <= height - MARGIN_MM + 1, text
                    texts.add(text)
            assert any("Срединный" in text for text in texts)


@pytest.mark.parametrize("name", MAPS)
def test_the_map_on_paper_is_whole_and_shows_what_was_on_the_screen(name, shared_page):
    """One map upright, the next one across: the layout is the same for all."""
    width, height = [*CONTENT.values()][MAPS.index(name) % 2]
    opened = shared_page(name)
    opened.apply(theme="dark")
    page = opened.page
    told = f"JSON.stringify([{BOUNDS}, window.corridors.state(), location.hash])"
    before = json.loads(page.evaluate(told))
    page.emulate_media(media="print")
    page.wait_for_selector("html[data-paper]")
    seen, now = ([float(edge) for edge in text.split(",")] for text in (before[0], page.evaluate(BOUNDS)))
    pixel = (seen[3] - seen[1]) / 400  # of the screen, in degrees, generously
    assert now[0] <= seen[0] + pixel
    assert now[1] <= seen[1] + 24 * pixel  # the credits and the scale are below
    assert now[2] >= seen[2] - pixel
    assert now[3] >= seen[3] - pixel
    page.set_viewport_size({"width": width, "height": height})
    field = page.locator(".field").bounding_box()
    assert 0 <= field["x"] < field["x"] + field["width"] <= width
    assert field["width"] >= 0.55 * width
    assert field["y"] + field["height"] <= height
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTROLS) == []
    assert page.locator(".scale").is_visible()
    assert page.locator("html").get_attribute("data-theme") == "light"
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(media="screen")
    page.wait_for_selector("html:not([data-paper])")
    after = json.loads(page.evaluate(told))
    assert after[1:] == before[1:]
    edges = [[float(edge) for edge in text.split(",")] for text in (before[0], after[0])]
    assert edges[1] == pytest.approx(edges[0], abs=0.05)
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator(".panel").is_visible()
    assert not page.locator(".paper").first.is_visible()
    opened.quiet()


def test_paper_holds_what_the_reader_asked_for(page_of):
    """The chosen place with its figures, and the planned route."""
    route = "cities/cn-xian~cities/kz-almaty~rail,sea~distance"
    opened = page_of("overview", f"#select=ports/kz-khorgos-gateway&route={route}")
    assert opened.state()["route"]
    headline = opened.figures()[0]
    leg = opened.page.locator(".planner .legs li .words button").first.inner_text()
    lay_on(opened, "portrait")
    assert headline in opened.page.locator(".paper .card").inner_text()
    assert leg in opened.page.locator(".paper .answer").inner_text()
    assert opened.page.evaluate("document.querySelectorAll('#card-title').length") == 1


def printed_code(page):
    """What the code of the printed sheet says, and the width of one of its modules in millimetres of the sheet."""
    page.emulate_media(media="print")
    page.wait_for_selector("html[data-paper] .paper .link p")
    if not page.locator(".code").count():
        return None
    across = int(page.locator(".code").get_attribute("viewBox").split()[2])
    modules = re.findall(r"M(\d+) (\d+)h1v1h-1z", page.locator(".code path").get_attribute("d"))
    image = Image.new("L", (across, across), 255)
    for x, y in modules:
        image.putpixel((int(x) + 4, int(y) + 4), 0)
    [read] = zxingcpp.read_barcodes(image.resize((4 * across, 4 * across), Image.Resampling.NEAREST))
    return read.text, page.locator(".code").bounding_box()["width"] / across / 96 * 25.4


def test_a_camera_reads_the_address_off_the_sheet_if_a_code_has_room_for_it(page_of, built):
    page, at = page_of("index").page, "http://atlas.example/maps/rail.html"
    page.route(f"{at}*", lambda route: route.fulfill(path=built / "maps" / "rail.html", content_type="text/html"))
    page.goto(f"{at}#lang=nl")
    for fragment in ("", "#year=2013&select=rail/cn-jingyihuo&country=KAZ,CHN", "#host=https://" + "a" * 600):
        if "host" in fragment:  # is read when the page is opened
            page.goto("about:blank")
            page.goto(f"{at}{fragment}")
        elif fragment:
            page.evaluate(TYPED, fragment)
        page.wait_for_selector("html[data-ready=true]")
        text, module = printed_code(page)
        assert text == page.locator(".paper .link p").inner_text()
        assert text.startswith(f"{at}#map=")
        assert module >= 0.33
        page.emulate_media(media="screen")
    page.goto("about:blank")
    page.goto(f"{at}#host={','.join('https://' + 'b' * 90 + str(nth) for nth in range(40))}")
    page.wait_for_selector("html[data-ready=true]")
    assert printed_code(page) is None
    assert len(page.locator(".paper .link p").inner_text()) > 3000


def test_a_phone_prints_the_same_sheet(page_of):
    opened = page_of("rail", **PHONE)
    statement = opened.payload()["map"]["statement"]["en"]
    [first, *_] = printed(opened)
    assert plain(statement) in plain(first.extract_text())
    assert opened.page.evaluate("document.querySelector('.panel').checkVisibility()")


def test_a_frame_is_printed_as_it_stands_in_its_host(open_page, built, tmp_path):
    (tmp_path / "host.html").write_text(
        "<!doctype html><html lang=en data-ready=true><title>Host</title>"
        f"<iframe title=Map width=640 height=400 src='{(built / 'maps' / 'rail.html').as_uri()}#embed'></iframe>",
        encoding="utf-8",
    )
    opened = open_page(tmp_path / "host.html", reduced_motion="reduce")
    opened.page.frame_locator("iframe").locator("html[data-ready=true]").wait_for()
    frame = opened.page.frames[1]
    before = frame.evaluate(BOUNDS)
    text = plain(printed(opened)[0].extract_text())
    assert plain("Standard gauge, 1435 mm") in text
    assert "English" not in text
    assert frame.evaluate(BOUNDS) == before


def test_an_open_table_is_printed_below_the_map(page_of):
    opened = page_of("gateways", "#lang=nl")
    names = [each["name"]["nl"] for each in opened.payload()["features"] if each["id"].startswith("ports/")]

    def text():
        return plain("".join(page.extract_text() for page in printed(opened)))

    head = plain(messages("nl")["table.precision"])
    assert head not in text()
    opened.apply(table=True)
    told = text()
    assert head in told
    assert all(plain(name) in told for name in names)
    opened.page.emulate_media(media="print")
    opened.page.wait_for_selector("html[data-paper] .paper.below table")
    assert opened.page.evaluate(CONTROLS) == []


def test_the_whole_map_is_that_of_what_is_shown(page_of):
    """Lines and points fill the sheet in one direction at least, and none of them is cut off."""
    opened = page_of("rail", "#map=7/43/77")
    opened.page.evaluate("window.print = () => {}")
    opened.page.locator("[data-take]").press("Enter")
    opened.page.locator("dialog.take input[value='take.whole']").check()
    opened.page.get_by_role("button", name=messages("en")["take.print"], exact=True).click()
    opened.page.emulate_media(media="print")
    opened.page.wait_for_selector("html[data-paper]")
    seen = [float(edge) for edge in opened.page.evaluate(BOUNDS).split(",")]
    drawn = opened.page.evaluate(
        """() => {
            const { map } = window.corridors;
            const boxes = [...document.querySelectorAll("path.hit:not(.off)")].map((node) => node.getBBox());
            const bounds = L.latLngBounds([]);
            for (const { x, y, width, height } of boxes.filter(({ width, height }) => width || height)) {
                bounds.extend(map.layerPointToLatLng([x, y]));
                bounds.extend(map.layerPointToLatLng([x + width, y + height]));
            }
            return bounds.toBBoxString();
        }"""
    )
    west, south, east, north = (float(edge) for edge in drawn.split(","))
    assert seen[0] <= west < east <= seen[2]
    assert seen[1] <= south < north <= seen[3]
    assert east - west >= 0.8 * (seen[2] - seen[0]) or north - south >= 0.8 * (seen[3] - seen[1])


def test_the_dialogue_prints_the_whole_map_on_the_sheet_that_is_asked_for(page_of):
    opened = page_of("rail", "#map=7/43/77&lang=nl")
    view = opened.page.evaluate(BOUNDS)
    opened.page.evaluate("window.print = () => { window.asked = document.querySelector('dialog[open]') === null; }")
    opened.page.locator("[data-take]").press("Enter")
    for choice in ("take.whole", "A3", "take.landscape"):
        opened.page.locator(f"dialog.take input[value='{choice}']").check()
    opened.page.get_by_role("button", name=messages("nl")["take.print"], exact=True).click()
    assert opened.page.evaluate("window.asked")
    pages = PdfReader(io.BytesIO(opened.page.pdf(prefer_css_page_size=True))).pages
    box = [float(side) / POINTS_PER_MM for side in pages[0].mediabox[2:]]
    assert box == pytest.approx((420, 297), abs=0.5)
    text = plain(pages[0].extract_text())
    assert "rail.html#map=7/43/77" in text
    assert plain("Москва") in text or "Moskou" in text  # far from the view of the reader
    assert opened.page.evaluate(BOUNDS) == view
    assert opened.page.evaluate("document.adoptedStyleSheets.length") == 0
    opened.quiet()
