"""Pages in a browser: opened in an offline window, asked for what they show, and shared by tests."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from playwright.sync_api import Browser, Locator, Page, Request, ViewportSize
from playwright.sync_api import Error as PlaywrightError

from tests.page_data import page_data
from tools import axe

READY_WITHIN_MS, ANSWER_WITHIN_MS = 60_000, 30_000
"""A page that is not ready by then never will be, on a busy machine too."""

MOST_SHARED = 12
"""So many pages are kept open for other tests."""

# Pages are laid out, and answer the pointer, but their pixels are not painted: that would take a third of the time.
UNPAINTED = """(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("@media screen { html { opacity: 0 } }");
    document.adoptedStyleSheets = [sheet];
})()"""
PAINT = "(on) => document.adoptedStyleSheets.forEach((sheet) => { sheet.disabled = on; })"

# What a page shows around its map: its words, and what the reader has unfolded, typed, ticked, sorted and scrolled.
LOOK = """() => {
    const unseen = ":is(.time, .dates, [data-table])[hidden] *"; // filled when it is first shown
    const all = (selector) => [...document.querySelectorAll(selector)].filter((node) => !node.matches(unseen));
    const parts = all(".panel, .card, .key, .controls, .scenario, .origin, [data-table], [data-compare]");
    const seen = parts.filter((node) => node.checkVisibility());
    const kept = (node) => (["checkbox", "radio"].includes(node.type) ? node.checked : node.value);
    return JSON.stringify([
        [innerWidth, innerHeight, document.activeElement.localName, Object.keys(window).length],
        [...document.documentElement.attributes].map(({ name, value }) => [name, value]),
        seen.map((node) => [node.innerText, node.scrollTop]),
        all("details").map((node) => node.open),
        all("[aria-expanded]").map((node) => node.ariaExpanded),
        // A table is made when it is first opened, in the order of the names.
        all("[aria-sort]:not([aria-sort=ascending]:has([data-sort=name]))").map((node) => node.ariaSort),
        all("input, select").map(kept),
    ]);
}"""

# Wait until the page has laid itself out: it is told of a new size in one frame, and the next one comes after that.
LAID = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

# The features that the state shows. A point that others hide has no node. So the map says that it is at its deepest
# zoom, and all distances are infinite meanwhile, also those between points at one position.
SHOWN = """() => {
    const [{ map }, { hypot }] = [window.corridors, Math];
    map.getZoom = map.getMaxZoom;
    Math.hypot = () => Infinity;
    map.fire("zoomend");
    delete map.getZoom;
    Math.hypot = hypot;
    const shown = [...document.querySelectorAll("[data-feature]:not(.off)")].map((node) => node.dataset.feature);
    map.fire("zoomend");
    return shown;
}"""

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


@cache
def payload_of(path: Path, _changed: int) -> dict[str, Any]:
    """The data of a page, read once from its file, which was changed at this time."""
    data: dict[str, Any] = page_data(path.read_text(encoding="utf-8"))
    return data


@dataclass
class OpenPage:
    """A page that is ready, in a window of a kind, with its network requests and its errors."""

    page: Page
    kind: Hashable = None
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    listeners: list[tuple[Any, Callable[[Any], None]]] = field(default_factory=list)

    def listen(self, event: Any, told: Callable[[Any], None]) -> None:
        """Have a function called at each event of the page, until the page is left."""
        self.page.on(event, told)
        self.listeners.append((event, told))

    def deafen(self) -> None:
        """Have no function called any more."""
        while self.listeners:
            self.page.remove_listener(*self.listeners.pop())

    def quiet(self) -> None:
        """No network request was made, and nothing failed or was refused by the page's policy."""
        assert self.requests == []
        assert self.errors == []

    def payload(self) -> dict[str, Any]:
        """The data that the page was made from. Tests must not change it."""
        path = Path(url2pathname(urlsplit(self.page.url).path))
        return payload_of(path, path.stat().st_mtime_ns)

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.page.evaluate("window.corridors.state()")
        return state

    def apply(self, **change: object) -> dict[str, Any]:
        """Change the page's state as an embedding page does, and return the new state."""
        state: dict[str, Any] = self.page.evaluate("(change) => window.corridors.apply(change)", change)
        return state

    def until(self, holds: str, given: object = None) -> None:
        """Wait until a function of the page holds. The page's policy forbids what playwright's own way needs."""
        waits = f"""async (given) => {{
            const end = performance.now() + {ANSWER_WITHIN_MS};
            while (!({holds})(given)) {{
                if (performance.now() > end) return false;
                await new Promise(requestAnimationFrame);
            }}
            return true;
        }}"""
        assert self.page.evaluate(waits, given), holds

    @contextmanager
    def painted(self) -> Iterator[None]:
        """Have the page painted, for a test that looks at its colours."""
        self.page.evaluate(PAINT, arg=True)
        yield
        self.page.evaluate(PAINT, arg=False)

    def faults(self) -> list[str]:
        """What axe-core finds on the page as it is now."""
        with self.painted():
            return axe.faults(self.page)

    def resize(self, width: int, height: int) -> None:
        """Change the size of the window, in pixels, and wait until the page has laid itself out."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.until("([width, height]) => innerWidth === width && innerHeight === height", [width, height])
        self.page.evaluate(LAID)

    def tap(self, feature: str, x: float, y: float) -> None:
        """Touch a feature where the pointer meets it, and wait until it is selected: a click follows a touch later."""
        self.page.touchscreen.tap(x, y)
        self.until("(feature) => corridors.state().selected === feature", feature)

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
        return set(self.page.evaluate(SHOWN))

    def shown_count(self) -> int:
        """How many features the totals count."""
        return int(self.page.locator("[data-totals] [data-count]").get_attribute("data-count") or "")

    def kilometres(self, row: str) -> str:
        """The number in a row of the totals, as written."""
        return self.page.locator(f"[data-totals] {row} td").inner_text().partition("\xa0")[0]

    def visible(self, feature: str) -> bool:
        """Whether a feature is drawn."""
        return self.page.locator(f'[data-feature="{feature}"]').first.is_visible()


class Windows:
    """Offline windows of a browser. One that a test has left is emptied and used again: a new one takes longer."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.empty: dict[Hashable, Page] = {}

    def open(
        self,
        path: Path,
        width: int = 1280,
        height: int = 800,
        fragment: str = "",
        locale: str = "en-US",
        **window: Any,
    ) -> OpenPage:
        """Open a file and wait until it is ready. Other keywords are the window's."""
        kind = locale, *sorted(window.items())
        page = self.empty.pop(kind, None)
        size: ViewportSize = {"width": width, "height": height}
        if page is None:
            context = self.browser.new_context(viewport=size, offline=True, locale=locale, **window)
            context.add_init_script(UNPAINTED)
            context.set_default_timeout(ANSWER_WITHIN_MS)
            page = context.new_page()
        else:
            page.set_viewport_size(size)
        opened = OpenPage(page, kind)
        address = path.resolve().as_uri()

        def note_request(asked: Request) -> None:
            if asked.url.partition("#")[0] != address and not asked.url.startswith(("data:", "blob:")):
                opened.requests.append(asked.url)

        opened.listen("request", note_request)
        opened.listen("console", lambda said: opened.errors.append(said.text) if said.type == "error" else None)
        opened.listen("pageerror", lambda error: opened.errors.append(str(error)))
        page.goto(address + fragment, timeout=READY_WITHIN_MS)
        if window.get("java_script_enabled", True):
            page.wait_for_selector("html[data-ready=true]", timeout=READY_WITHIN_MS)
        return opened

    def leave(self, opened: OpenPage) -> None:
        """Keep a window empty for the next page of its kind. One is enough of each kind."""
        page = opened.page
        try:
            opened.deafen()
            page.goto("about:blank")  # first, since a map would be laid out again for what follows
            page.mouse.move(-1, -1)
            page.emulate_media(media="null")
            used_again = page.context.pages == [page] and opened.kind not in self.empty
        except PlaywrightError:  # a test has closed it
            used_again = False
        if used_again:
            self.empty[opened.kind] = page
        else:
            page.context.close()


class Shared:
    """A page as it was when it was opened: its size, its state, its look, its requests and its errors."""

    def __init__(self, opened: OpenPage) -> None:
        self.opened = opened
        self.size = opened.page.viewport_size
        self.state = opened.state()
        self.look = opened.page.evaluate(LOOK)
        self.noted = [*opened.requests], [*opened.errors]

    def restored(self) -> bool:
        """Set the first size and state, and tell whether the page is as it was."""
        page = self.opened.page
        try:
            if self.size and page.viewport_size != self.size:
                self.opened.resize(**self.size)
            page.mouse.move(-1, -1)
            page.evaluate("(state) => { document.activeElement.blur(); window.corridors.apply(state); }", self.state)
            same: bool = page.evaluate(LOOK) == self.look
        except PlaywrightError:  # a test has left the page
            return False
        self.opened.requests[:], self.opened.errors[:] = self.noted
        return same


class SharedPages:
    """Pages that several tests use, since opening one takes almost a second.

    Before a page is used again, its first size and state are set. If a test changed more than these, the page now
    differs from what it was at first, and is opened anew.
    """

    def __init__(self, windows: Windows) -> None:
        self.windows = windows
        self.opened: dict[Hashable, Shared] = {}

    def take(self, path: Path, fragment: str, size: tuple[int, int], **window: Any) -> OpenPage:
        """A page as it is when it has just been opened with this fragment in such a window."""
        key = path, fragment, size, *sorted(window.items())
        if key in self.opened:
            shared = self.opened.pop(key)
            if shared.restored():
                self.opened[key] = shared  # what was used last is last
                return shared.opened
            self.windows.leave(shared.opened)
        self.close(leave=MOST_SHARED - 1)
        opened = self.windows.open(path, *size, fragment, reduced_motion="reduce", **window)
        self.opened[key] = Shared(opened)
        return opened

    def close(self, *, leave: int) -> None:
        """Close the pages that were used longest ago."""
        for key in list(self.opened)[: max(0, len(self.opened) - leave)]:
            self.windows.leave(self.opened.pop(key).opened)
