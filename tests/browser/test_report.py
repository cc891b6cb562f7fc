"""The report as a page: one file without a network, with its interactive map, on a wide window and a phone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.opened import READY_WITHIN_MS

READY = "html[data-ready=true]"


@pytest.fixture(scope="module")
def path(report: Callable[[str], dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report in Dutch as a file."""
    path = tmp_path_factory.mktemp("report") / "report.nl.html"
    path.write_bytes(report("nl")[path.name])
    return path


@pytest.fixture(scope="module", params=[1280, 390])
def opened(request: pytest.FixtureRequest, browser: Browser, path: Path) -> Iterator[tuple[Page, list[str]]]:
    """The report in the window of a reader of English, with its requests, errors and warnings."""
    context = browser.new_context(viewport={"width": request.param, "height": 800}, locale="en-US", offline=True)
    page, said = context.new_page(), list[str]()
    page.on("request", lambda asked: said.append(asked.url) if asked.url.startswith(("http", "ws")) else None)
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    yield page, said
    context.close()


@pytest.fixture
def page(opened: tuple[Page, list[str]]) -> Iterator[Page]:
    """That page. It makes no request and no error, whatever a test does."""
    page, said = opened
    yield page
    assert said == []


def test_the_map_in_the_report_fits_its_frame_and_speaks_its_language(page: Page) -> None:
    page.locator("iframe").scroll_into_view_if_needed()
    frame = page.frames[1]
    frame.wait_for_selector(READY, timeout=READY_WITHIN_MS)
    assert frame.evaluate("document.documentElement.lang") == "nl"
    seen = frame.evaluate("(() => { const b = corridors.map.getBounds(); return [b.getWest(), b.getEast()]; })()")
    assert seen[0] < 76 < seen[1]
    assert 5 < seen[1] - seen[0] < 120
    assert frame.locator("[data-feature]").count() > 50


def test_the_map_in_the_report_runs_what_it_runs_later(page: Page) -> None:
    frame = page.frames[1]
    frame.wait_for_selector(READY, timeout=READY_WITHIN_MS)
    frame.locator("[data-take]").press("Enter")
    frame.locator("dialog.take").press("Escape")
    expect(frame.locator("dialog.take:visible")).to_have_count(0)


def test_the_report_is_as_wide_as_its_window_and_its_pictures_are_shown(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    widths = page.locator("img").evaluate_all("images => images.map(image => [image.naturalWidth, image.width])")
    assert len(widths) == 10  # the interactive map has a picture too, for print
    assert all(natural > 100 and shown > 100 for natural, shown in widths)


def test_the_report_has_no_barrier(page: Page) -> None:
    options = {"iframes": False, "resultTypes": ["violations"]}
    found = Axe().run(page, context="main, header, nav, footer", options=options)
    assert [violation["id"] for violation in found.response["violations"]] == []
