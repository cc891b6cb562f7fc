"""The states of the atlas's pages that are looked at: each with its name and how a reader comes to it.

Pictures (`tools.shots`), checks of accessibility (`tools.axe`) and browser tests use this one list.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from playwright.sync_api import Page

from corridors.locales import LANGUAGES

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")

SIZES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "desktop": {"viewport": {"width": 1280, "height": 800}},
        "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
        "zoomed": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    }
)
"""The windows, by name. The third one is the first one at a zoom of 200 %."""

PLAIN = ("claims", "index")
"""Pages without a map."""
PLANNERS = ("overview", "rail")
STORIES = ("one-railway", "xian-west")
COMPARISONS = ("corridors",)
SCENARIOS = ("one-railway", "scenarios")

_SELECTED = {"trade": "countries/kaz", "tourism": "cities/cn-xian", "flights": "flights/zlxy-uaaa"}
_ELSEWHERE = "rail/cn-jingyihuo"
_FIELD = ".search input"


@dataclass(frozen=True)
class PageState:
    """A state of a page.

    Attributes
    ----------
    name
        What pictures and findings call it.
    shows
        Selector of what is visible in this state and in no other before it.
    only, never
        The pages that have it, if not all have; and pages that do not.
    address
        Parts of the page's address. ``{selected}`` is a feature of the page.
    panel
        Whether a sheet or a folded panel is opened all the way.
    clicks
        Selectors of what is clicked then. After ``*``, each visible node is clicked that matches.
    typed
        A text that is typed into the search field.
    """

    name: str
    shows: str = "body"
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = PLAIN
    address: str = ""
    panel: bool = False
    clicks: tuple[str, ...] = ()
    typed: str = ""

    def of(self, page: str) -> bool:
        """Whether a page has this state."""
        return page in self.only if self.only else page not in self.never


_OPENED = ("*.tree .fold[aria-expanded=false]",)
_NO_YEARS = (*PLAIN, *SCENARIOS)
_NEVER_EMPTY = (*_NO_YEARS, "trade", "tourism")

STATES = (
    PageState("first", "main", never=()),
    PageState("claim", "article details li", only=("claims",), clicks=("*article:nth-of-type(-n+9) summary",)),
    PageState("legend", ".tree label", panel=True, clicks=_OPENED),
    PageState("card", ".card h2", address="select={selected}"),
    PageState("layer", ".card h2", panel=True, clicks=(".tree .info",)),
    PageState("hits", "[role=option]", panel=True, typed="kh"),
    PageState("no-hits", ".search .empty", panel=True, typed="qqqq"),
    PageState("filters", ".chips button", panel=True, address="country=KAZ,CHN&status=operational"),
    PageState("nothing", "[data-without]", never=_NEVER_EMPTY, panel=True, address="year=1843&status=planned"),
    PageState("source", ".origin", never=(*PLAIN, *STORIES), panel=True, clicks=(".head .sourced",)),
    PageState("sources", ".foot details li", panel=True, clicks=("*.foot summary",)),
    PageState("totals", ".totals details[open]", panel=True, clicks=("*.totals summary",)),
    PageState("table", "[data-table] [data-row]", address="table"),
    PageState("columns", "[data-column]", address="table", clicks=("[data-table] summary",)),
    PageState("year", ".time .said", never=_NO_YEARS, address="year=2009"),
    PageState("dates", ".divider", never=_NO_YEARS, panel=True, address="year=1990&against=planned"),
    PageState("take", "dialog .output textarea", clicks=("[data-take]",)),
    PageState("picture", "dialog .output img", clicks=("[data-take]", "dialog [value=SVG]")),
    PageState("planner", ".more .ways", PLANNERS, panel=True, clicks=("[data-fold=planner]", ".more summary")),
    PageState("route", ".answer .legs", PLANNERS, panel=True, address="route=cities/cn-xian~cities/kz-almaty"),
    PageState("no-route", ".told.none", PLANNERS, panel=True, address="route=cities/cn-xian~cities/kz-almaty~sea"),
    PageState("table-closed", ".map", COMPARISONS, address="compare=0"),
    PageState("comparison", ".compare .scroll", COMPARISONS, address="compare=1"),
    PageState("scenario", ".beforeafter", SCENARIOS, address="after=40", clicks=("*.card-head .icon",)),
    PageState("step", "[data-step='3']", STORIES, address="story=3"),
    PageState("away", ".turn .back", STORIES, address="story=2&map=5/43/77"),
    PageState("frame", ".map", address="embed"),
)


@dataclass(frozen=True)
class View:
    """A page in a state, and how it is looked at."""

    page: str
    state: PageState
    language: str
    theme: Theme
    size: str

    def __str__(self) -> str:
        """A name for a file."""
        return f"{self.page}-{self.state.name}-{self.language}-{self.theme}-{self.size}"

    @property
    def fragment(self) -> str:
        """The fragment of the page's address."""
        own = self.state.address.format(selected=_SELECTED.get(self.page, _ELSEWHERE))
        return "#" + "&".join(filter(None, (f"lang={self.language}", f"theme={self.theme}", own)))


def views(pages: Sequence[str]) -> Iterator[View]:
    """Every page in every state, language and size. The theme of each is the next one in turn.

    What depends on the theme, colours, does not depend on the language. A first part of the views has each page in
    each state and size once.
    """
    cells = [(page, state, size) for page in pages for state in STATES if state.of(page) for size in SIZES]
    for turn in range(len(LANGUAGES)):
        for nth, (page, state, size) in enumerate(cells):
            language = LANGUAGES[(turn + nth) % len(LANGUAGES)]
            theme = THEMES[(turn + nth // len(LANGUAGES)) % len(THEMES)]
            yield View(page, state, language, theme, size)


def pairs(pages: Sequence[str], times: int = len(LANGUAGES)) -> Iterator[View]:
    """Few views, in which pages, languages, themes and sizes take turns.

    With four times per state, each pair of a state, a language, a theme and a size comes. With one, each state comes.
    """
    for nth, state in enumerate(STATES):
        able = [page for page in pages if state.of(page)]
        for time in range(times if able else 0):
            turn = nth + time
            language, size = LANGUAGES[turn % len(LANGUAGES)], [*SIZES][turn % len(SIZES)]
            theme = THEMES[(time + nth // len(LANGUAGES)) % len(THEMES)]
            yield View(able[(nth * times + time) % len(able)], state, language, theme, size)


def reach(page: Page, state: PageState) -> None:
    """Bring an opened page, with the state's address, into the state.

    Raises
    ------
    playwright.sync_api.TimeoutError
        If the state is not reached.
    """
    page.wait_for_selector("html[data-ready=true], body:not(:has(#corridors-data))", state="attached")
    for _ in range(2 * state.panel):
        handle = page.locator(":is(.unfold, .grip)[aria-expanded=false]:visible")
        if handle.count():
            handle.first.click()
    for selector in state.clicks:
        found = page.locator(f"{selector.removeprefix('*')} >> visible=true")
        if selector.startswith("*"):
            found.evaluate_all("nodes => { for (const node of nodes) node.click(); }")
        else:
            found.first.click()
    if state.typed:
        page.fill(_FIELD, state.typed)
    page.locator(f"{state.shows} >> visible=true").first.scroll_into_view_if_needed()


def open_view(page: Page, folder: Path, view: View) -> None:
    """Open the page of a view from the folder of built pages, in a window of the view's size."""
    page.goto("about:blank")
    page.goto(f"{(folder / view.page).with_suffix('.html').resolve().as_uri()}{view.fragment}")
    reach(page, view.state)
