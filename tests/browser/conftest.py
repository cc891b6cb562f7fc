"""A real browser without a network: pages are opened from disk, and all requests and errors are recorded."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from corridors.web.packing import unpack
from tests.page_data import decoded

# Chromium without a window takes half the processor time of Chromium with one.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
READY_WITHIN_MS, ANSWER_WITHIN_MS = 20_000, 5_000

# A position in pixels of the window where the pointer meets a feature and nothing above it; null if there is none.
MEETING_POINT = """(id) => {
    const node = document.querySelector(`[data-feature="${id}"]`);
    if (!node) return null;
    const meets = ([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top !== null && top.closest("[data-feature]") === node;
    };
    const box = node.getBoundingClientRect();
    const places = [];
    if (node.matches(".hit")) {
        const [length, toWindow] = [node.getTotalLength(), node.getScreenCTM()];
        for (let i = 1; i < 200; i += 1) {
            const { x, y } = node.getPointAtLength((length * i) / 200).matrixTransform(toWindow);
            places.push([x, y]);
        }
    } else {
        places.push([box.x + box.width / 2, box.y + box.height / 2]);
        for (let i = 1; i < 30; i += 1) {
            for (let j = 1; j < 30; j += 1) places.push([box.x + (box.width * i) / 30, box.y + (box.height * j) / 30]);
        }
    }
    return places.find(meets) ?? null;
}"""


@dataclass
class OpenPage:
    """A page that is ready, with its network requests and its errors."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def quiet(self) -> None:
        """No network request was made, and nothing failed or was refused by the page's policy."""
        assert self.requests == []
        assert self.errors == []

    def payload(self) -> dict[str, Any]:
        """The data that the page was made from."""
        return unpack(decoded(self.page.locator("#corridors-data").text_content() or ""))

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.page.evaluate("window.corridors.state()")
        return state

    def apply(self, **change: object) -> dict[str, Any]:
        """Change the page's state as an embedding page does, and return the new state."""
        state: dict[str, Any] = self.page.evaluate("(change) => window.corridors.apply(change)", change)
        return state

    def speak(self, language: str) -> None:
        self.page.select_option("select[name=language]", language)

    def meeting_point(self, feature: str) -> tuple[float, float]:
        """Where the pointer meets a feature, in pixels of the window."""
        found = self.page.evaluate(MEETING_POINT, feature)
        assert found is not None, f"the pointer cannot reach {feature}"
        return found[0], found[1]

    def click(self, feature: str) -> None:
        self.page.mouse.click(*self.meeting_point(feature))

    @property
    def card(self) -> Locator:
        return self.page.locator("section.card")

    def figures(self) -> list[str]:
        """The large figures of the card."""
        return self.card.locator(".headline .large").all_inner_texts()

    def show_everything(self) -> None:
        """Switch all classes on."""
        self.apply(layers=list(self.payload()["classes"]))

    def drawn(self) -> set[str]:
        """Ids of the features that the state shows, including points that others hide."""
        switched_on = "nodes => nodes.filter(node => !node.classList.contains('off')).map(node => node.dataset.feature)"
        return set(self.page.locator("[data-feature]").evaluate_all(switched_on))

    def shown_count(self) -> int:
        """How many features the totals count."""
        return int(self.page.locator("[data-totals] [data-count]").get_attribute("data-count") or "")

    def kilometres(self, row: str) -> str:
        """The number in a row of the totals, as written."""
        return self.page.locator(f"[data-totals] {row} td").inner_text().partition("\xa0")[0]

    def visible(self, feature: str) -> bool:
        """Whether a feature is drawn."""
        return self.page.locator(f'[data-feature="{feature}"]').first.is_visible()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("The browser tests need Chromium, and none was found. Remedy: run make test, or install chromium.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., OpenPage]]:
    """Open a file in its own offline window and wait until it is ready. Other keywords are the window's."""
    contexts: list[BrowserContext] = []

    def open_at(
        path: Path,
        width: int = 1280,
        height: int = 800,
        fragment: str = "",
        locale: str = "en-US",
        **window: Any,
    ) -> OpenPage:
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, locale=locale, **window
        )
        context.set_default_timeout(ANSWER_WITHIN_MS)
        contexts.append(context)
        opened = OpenPage(context.new_page())
        address = path.resolve().as_uri()

        def note_request(url: str) -> None:
            if url.partition("#")[0] != address and not url.startswith("data:"):
                opened.requests.append(url)

        opened.page.on("request", lambda request: note_request(request.url))
        opened.page.on("console", lambda said: opened.errors.append(said.text) if said.type == "error" else None)
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.goto(address + fragment, timeout=READY_WITHIN_MS)
        if window.get("java_script_enabled", True):
            opened.page.wait_for_selector("html[data-ready=true]", timeout=READY_WITHIN_MS)
        return opened

    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture
def page_of(open_page: Callable[..., OpenPage], built: Path) -> Callable[..., OpenPage]:
    """Open a map of the atlas, or its index, without animations. Other keywords are those of open_page."""

    def open_map(name: str, fragment: str = "", size: tuple[int, int] = (1280, 800), **window: Any) -> OpenPage:
        width, height = size
        window.setdefault("reduced_motion", "reduce")
        return open_page(built / "maps" / f"{name}.html", width, height, fragment, **window)

    return open_map


@pytest.fixture(scope="session")
def measured(built: Path) -> Callable[..., float]:
    """The value of the only measure with that name and these keys."""
    measures = json.loads((built / "maps" / "measures.json").read_text(encoding="utf-8"))["measures"]

    def value_of(name: str, **by: str) -> float:
        [value] = [measure["value"] for measure in measures if (measure["name"], measure["by"]) == (name, by)]
        assert isinstance(value, int | float)
        return float(value)

    return value_of
