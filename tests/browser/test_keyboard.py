"""Every control of the pages is reached, seen, opened and closed by keyboard alone, and changes are announced."""

import pytest

from corridors.locales import LANGUAGES, messages, number
from tests.declared import MAPS
from tools.page_states import PLAIN

# What, together, has all parts of all pages: the page, its state, what is clicked then, and the least of controls.
OPEN = {
    "planner, table and years": (
        "overview",
        "#table&year=2009&route=cities/cn-xian~cities/kz-almaty~rail,sea~distance~planned&status=operational&country=TJK",
        (),
        40,
    ),
    "comparison": ("corridors", "#compare=1", (), 40),
    "story and scenario": ("one-railway", "#story=4&after=50", (), 40),
    "two dates": ("rail", "#year=1990&against=planned", (".dates summary",), 40),
    "profile": ("corridors", "#compare=0&select=corridors/cku", (".profile summary",), 40),
    "charts": ("trade", "#select=countries/kaz", (".card summary",), 40),
    "measuring": ("flights", "", (".controls.zoom > [aria-pressed]",), 30),
    "dialogue": ("gateways", "", ("[data-take]",), 8),
    "claims": ("claims", "", (), 40),
    "index": ("index", "", (), 10),
}

# Notes each stop of the keyboard when it is left, after the page has scrolled to it.
WATCH = """() => {
    const seen = (node) => {
        const { left, right, top, bottom } = node.getBoundingClientRect();
        const meets = (x, y) => {
            const top = document.elementFromPoint(x, y);
            return node.contains(top) || (top !== null && node.closest("label")?.contains(top));
        };
        const within = [left, right, top, bottom].map((at) => Math.round(at));
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        return [[x, y], [left + 3, y], [right - 3, y], [x, top + 3], [x, bottom - 3]].some(([x, y]) => meets(x, y));
    };
    window.stops = [];
    addEventListener("keydown", ({ key }) => {
        const node = document.activeElement;
        if (key !== "Tab" || node === document.body) return;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node);
        const marked = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
        const named = node.getAttribute("aria-label") || node.closest("label")?.textContent || node.textContent;
        window.stops.push({ node, marked, seen: seen(node), named: Boolean(named.trim()) });
    }, true);
}"""

# What can be operated: one of a set of radio buttons, and the buttons of a row of the table with its row.
CONTROLS = """() => {
    const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const within = document.querySelector("dialog:modal") ?? document;
    return [...within.querySelectorAll(all)].filter((node) => node.checkVisibility({ visibilityProperty: true })
        && !node.disabled && node.tabIndex >= 0 && (node.type !== "radio" || node.checked));
}"""

REPORT = f"""() => {{
    const controls = ({CONTROLS})();
    const name = (node) => node.outerHTML.replace(/\\d+/g, "").slice(0, 160); // lists may have been written again
    const nodes = window.stops.map(({{ node }}) => node);
    const names = new Set(nodes.map(name));
    const told = nodes.map(name);
    const first = nodes.filter((node, nth) => told.indexOf(told[nth]) === nth && node.isConnected);
    const later = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
    // What was opened may have the keyboard, and after the last control comes the first.
    const top = first.findIndex((node) => first.every((other) => other === node || later(node, other)));
    const round = [...first.slice(top), ...first.slice(0, top)];
    return {{
        count: controls.length,
        missed: controls.map(name).filter((one) => !names.has(one)),
        unmarked: window.stops.filter(({{ marked }}) => !marked).map(({{ node }}) => name(node)),
        unseen: window.stops.filter(({{ seen }}) => !seen).map(({{ node }}) => name(node)),
        unnamed: window.stops.filter(({{ named }}) => !named).map(({{ node }}) => name(node)),
        disordered: round.filter((node, nth) => nth && !later(round[nth - 1], node)).map(name),
    }};
}}"""


# Open all that a page can fold, so that the list of its controls is that of the document, and not made by hand.
UNFOLD = """() => {
    const open = () => [...document.querySelectorAll(".fold[aria-expanded=false], details:not([open]) > summary")];
    for (let turn = 0; turn < 3; turn += 1) for (const node of open()) if (node.checkVisibility()) node.click();
}"""


@pytest.mark.parametrize("name", [*MAPS, *PLAIN])
def test_every_control_of_every_page_is_reached_with_all_parts_open(name, page_of):
    page = page_of(name, "#lang=nl&table" if name == "overview" else "#lang=nl").page
    page.evaluate(UNFOLD)
    page.evaluate("() => document.activeElement.blur()")
    page.evaluate(WATCH)
    left = page.evaluate(f"() => ({CONTROLS})().length") + 2
    for _ in range(3):  # a story that is read by keyboard comes to its next step, which may have more controls
        for _ in range(left):
            page.keyboard.press("Tab")
        found = page.evaluate(REPORT)
        left = 30
        if not found["missed"]:
            break
    assert found["count"] > 8
    assert [found[key] for key in ("missed", "unmarked", "unnamed")] == [[], [], []]


@pytest.mark.parametrize("parts", OPEN)
def test_the_keyboard_comes_to_every_control_in_order_and_leaves_it(parts, page_of):
    name, fragment, clicks, least = OPEN[parts]
    page = page_of(name, fragment).page
    for selector in clicks:
        page.locator(selector).first.evaluate("(node) => node.click()")
    page.evaluate(WATCH)
    for _ in range(page.evaluate(f"() => ({CONTROLS})().length") + 2):
        page.keyboard.press("Tab")
    found = page.evaluate(REPORT)
    assert found.pop("count") > least
    assert found == {"missed": [], "unmarked": [], "unseen": [], "unnamed": [], "disordered": []}


OPENERS = {
    "card of a layer": ("overview", ".tree .info", ".card"),
    "sources of a number": ("overview", ".head .sourced", ".origin"),
    "years": ("overview", ".controls .year", ".time"),
    "dialogue": ("overview", "[data-take]", "dialog.take"),
    "table": ("overview", ".controls [aria-expanded]:has(~ [data-take]):not(.year)", "[data-table]"),
    "comparison": ("corridors", ".controls [aria-expanded]:not(.year)", ".compare"),
}


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("opens", OPENERS)
def test_what_opens_by_key_closes_by_escape_and_gives_the_keyboard_back(opens, key, shared_page):
    name, opener, opened = OPENERS[opens]
    at = shared_page(name)
    at.apply(compare=False)
    page = at.page
    button, part = page.locator(opener).first, page.locator(opened)
    assert not part.is_visible()
    button.focus()
    page.keyboard.press(key)
    assert part.is_visible()
    within = "(node) => node.contains(document.activeElement)"
    for _ in range(40):  # what opens is not far from what opens it
        if part.evaluate(within):
            break
        page.keyboard.press("Tab")
    assert part.evaluate(within)
    page.keyboard.press("Escape")
    assert not part.is_visible()
    assert button.evaluate("(node) => node === document.activeElement")


def test_a_feature_of_the_table_opens_its_card_and_has_the_keyboard_again(shared_page):
    at = shared_page("overview")
    at.apply(table=True)
    row = at.page.locator("[data-table] [data-row] button").nth(2)
    row.focus()
    at.page.keyboard.press("Enter")
    assert at.card.is_visible()
    at.page.keyboard.press("Escape")
    assert not at.card.is_visible()
    assert row.evaluate("(node) => node === document.activeElement")
    at.page.locator("[data-table] summary").press("Enter")
    at.page.locator("[data-column]").first.press("Escape")
    assert not at.page.locator("[data-column]").first.is_visible()
    assert at.state()["table"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_live_regions_say_the_totals_and_what_is_selected(language, shared_page):
    at = shared_page("overview")
    at.apply(lang=language)
    said = """(words) => [...document.querySelectorAll("[role=status]")].some(
        (node) => node.checkVisibility() && node.textContent.includes(words))"""
    at.apply(filters={"status": ["under_construction"]})
    assert at.page.evaluate(said, number(at.shown_count(), 0, language))
    at.apply(filters={}, selected="cities/uz-tashkent")
    assert at.page.evaluate(said, at.card.locator("h2").inner_text())
    at.apply(layers=[])
    assert at.page.evaluate(said, messages(language)["totals.empty"])
