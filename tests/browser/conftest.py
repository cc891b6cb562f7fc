"""A real browser with the network unplugged: pages are opened from disk, every request and error is written down."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@dataclass
class OpenPage:
    """A page that answers, what it asked of the network, and what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., OpenPage]]:
    """Open a file in an offline window of its own and wait until its map answers."""
    contexts = []

    def open_at(
        path: Path, width: int = 1280, height: int = 800, fragment: str = "", locale: str = "en-US"
    ) -> OpenPage:
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, locale=locale)
        contexts.append(context)
        opened = OpenPage(context.new_page())
        address = path.resolve().as_uri()

        def note_request(url: str) -> None:
            if url.partition("#")[0] != address and not url.startswith("data:"):
                opened.requests.append(url)

        opened.page.on("request", lambda request: note_request(request.url))
        opened.page.on("console", lambda said: opened.errors.append(said.text) if said.type == "error" else None)
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.goto(address + fragment)
        opened.page.wait_for_selector("html[data-ready=true]", timeout=20_000)
        return opened

    yield open_at
    for context in contexts:
        context.close()
