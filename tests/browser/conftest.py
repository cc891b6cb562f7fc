"""A real browser without a network: pages are opened from disk, and all requests and errors are recorded."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.opened import ANSWER_WITHIN_MS, OpenPage, SharedPages, Windows

expect.set_options(timeout=ANSWER_WITHIN_MS)

# Chromium without a window takes half the processor time of Chromium with one.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("The browser tests need Chromium, and none was found. Remedy: run make test, or install chromium.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--js-flags=--single-threaded"],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def open_page(windows: Windows) -> Iterator[Callable[..., OpenPage]]:
    """Open a file in a window that no other test has meanwhile, as Windows does."""
    pages: list[OpenPage] = []

    def open_at(path: Path, *size_and_fragment: Any, **window: Any) -> OpenPage:
        pages.append(windows.open(path, *size_and_fragment, **window))
        return pages[-1]

    yield open_at
    for opened in pages:
        windows.leave(opened)


@pytest.fixture
def page_of(open_page: Callable[..., OpenPage], built: Path) -> Callable[..., OpenPage]:
    """Open a map of the atlas, or its index, without animations. Other keywords are those of open_page."""

    def open_map(name: str, fragment: str = "", size: tuple[int, int] = (1280, 800), **window: Any) -> OpenPage:
        width, height = size
        window.setdefault("reduced_motion", "reduce")
        return open_page(built / "maps" / f"{name}.html", width, height, fragment, **window)

    return open_map


@pytest.fixture(scope="session")
def shared_pages(windows: Windows) -> SharedPages:
    return SharedPages(windows)


@pytest.fixture
def shared_page(shared_pages: SharedPages, built: Path) -> Callable[..., OpenPage]:
    """A map of the atlas or a page in a file, for tests that change only its state and size. Each finds it as new.

    Keywords are those of open_page.
    """

    def share(name: str | Path, fragment: str = "", size: tuple[int, int] = (1280, 800), **window: Any) -> OpenPage:
        return shared_pages.take(built / "maps" / Path(name).with_suffix(".html"), fragment, size, **window)

    return share


@pytest.fixture(scope="session")
def measured(built: Path) -> Callable[..., float]:
    """The value of the only measure with that name and these keys."""
    measures = json.loads((built / "maps" / "measures.json").read_text(encoding="utf-8"))["measures"]

    def value_of(name: str, **by: str) -> float:
        [value] = [measure["value"] for measure in measures if (measure["name"], measure["by"]) == (name, by)]
        assert isinstance(value, int | float)
        return float(value)

    return value_of
