"""On a phone every control of every kind of map is large enough for a finger, in all that can be opened."""

import pytest

from tests.browser.test_accessibility import LEAST_TARGET, PHONE
from tests.declared import KINDS

# Controls that are smaller, with their size. A link within text may be as high as its line, and what a cell says
# too (WCAG 2.2, 2.5.8, "Inline"). A ticked box is aimed at by its label; the divider by its knob.
SMALL = """(least) => {
    const aims = "button, select, summary, label, a[href], input, textarea, [role=option], [role=slider], tr[data-row]";
    const inline = ".sourced, :is(p, li, dt, dd, td) a:not(nav a), :is(dd, td, th) .link";
    const within = ".walk, label :is(input, select), .divider";
    const knobs = [...document.querySelectorAll(".divider i")];
    return [...document.querySelectorAll(aims)]
        .filter((node) => node.checkVisibility() && !node.matches(inline) && !node.matches(within))
        .concat(knobs)
        .map((node) => [node.outerHTML.slice(0, 100), node.getBoundingClientRect()])
        .filter(([, { width, height }]) => width && height && Math.min(width, height) < least - 0.5)
        .map(([markup, { width, height }]) => [markup, width, height]);
}"""

# What a reader can open, one after the other.
STATES = {
    "as it opens": "() => {}",
    "the whole panel": """() => {
        document.documentElement.dataset.sheet = "full";
        for (const fold of document.querySelectorAll(".fold[aria-expanded=false]")) fold.click();
        for (const part of document.querySelectorAll("details")) part.open = true;
    }""",
    "a card": """() => {
        corridors.apply({ selected: document.querySelector("[data-feature]").dataset.feature });
        for (const part of document.querySelectorAll(".card details")) part.open = true;
    }""",
    "the table": "() => { corridors.apply({ selected: null, table: true }); }",
    "the strip of years": "() => { corridors.apply({ table: false }); document.querySelector('.year')?.click(); }",
    "two dates": "() => { if (document.querySelector('.year')) corridors.apply({ year: 2013, against: 2025 }); }",
    "measuring": "() => { document.querySelector('.controls.zoom > [aria-pressed]').click(); }",
    "the dialogue": "() => { document.querySelector('[data-take]').click(); }",
}


@pytest.mark.parametrize("name", KINDS)
def test_every_control_is_large_enough_for_a_finger(name, page_of, subtests):
    opened = page_of(name, **PHONE)
    for state, opens in STATES.items():
        with subtests.test(state):
            opened.page.evaluate(opens)
            assert opened.page.evaluate(SMALL, LEAST_TARGET) == []
    opened.quiet()
