"""Colours are in one table: style sheets use it or are checked against it."""

import re

import pytest

from corridors.content.look import LOOK
from corridors.content.palette import COLORS, THEMES, contrast, faded, palette, palette_css, preferred_css, themed
from corridors.content.style import CLASSES, corridor_class
from corridors.web.page import style

REPORT_NAMES = {"ink": "text", "quiet": "muted", "link": "accent"}


def variables(css):
    """The colours that a style sheet names."""
    return dict(re.findall(r"--([a-z]+): ?(#[0-9a-fA-F]+)", css))


def sheet(repo, *path):
    return repo.joinpath("src", "corridors", *path).read_text(encoding="utf-8")


def test_a_page_has_the_colours_of_both_themes():
    light, dark = (variables(block) for block in palette_css().splitlines())
    assert light == {name: pair[0] for name, pair in COLORS.items()}
    assert light | dark == {name: pair[1] for name, pair in COLORS.items()}
    assert style().startswith(":root{color-scheme:light;--sea:")
    assert ":root[data-theme=dark]{color-scheme:dark;--sea:" in style()


def test_a_page_without_a_choice_of_theme_has_that_of_the_reader_on_a_screen_and_is_light_on_paper():
    light, dark = preferred_css(".map{fill:none}").split("@media screen and (prefers-color-scheme:dark)")
    assert variables(light) == {name: pair[0] for name, pair in COLORS.items()}
    assert variables(light) | variables(dark) == {name: pair[1] for name, pair in COLORS.items()}
    assert dark.startswith("{:root{color-scheme:dark;")
    assert dark.endswith(".map{fill:none}}\n")


@pytest.mark.parametrize("name", ["confirmed", "contradicted", "muted", "text"])
@pytest.mark.parametrize("nth", range(len(THEMES)), ids=THEMES)
def test_verdicts_can_be_read(name, nth):
    grounds = ["stripe", "tint"] if name == "contradicted" else ["paper"]
    assert all(contrast(COLORS[name][nth], COLORS[ground][nth]) >= 4.5 for ground in grounds)


@pytest.mark.parametrize("name", ["page", "small", "tables", "take", "time", "print", "index", "claims"])
def test_style_sheets_have_no_colour_of_the_themes_by_hand(repo, name):
    css = sheet(repo, "web", "assets", f"{name}.css")
    assert variables(css) == {}
    assert set(re.findall(r"var\(--([a-z]+)\)", css)) & set(COLORS)


def test_the_report_is_in_the_colours_of_the_light_theme(repo):
    found = variables(sheet(repo, "documents", "report", "report.css"))
    assert len(found) > 5
    assert found == {name: COLORS[REPORT_NAMES.get(name, name)][0] for name in found}


def test_the_page_s_style_sheet_draws_as_the_table_says(repo):
    css = sheet(repo, "web", "assets", "page.css")
    assert f".disputed {{ stroke-dasharray: {LOOK['dashes']['disputed']}; }}" in css
    assert f".mark {{ stroke-width: {LOOK['mark']}; }}" in css


@pytest.mark.parametrize("theme", THEMES)
def test_ink_can_be_read_on_paper_and_land(theme):
    colors = palette(theme)
    assert all(contrast(ink, on) >= 4.5 for ink in (colors.ink, colors.quiet) for on in (colors.paper, colors.land))


@pytest.mark.parametrize("nth", range(len(THEMES)))
def test_the_edge_of_a_field_can_be_seen(repo, nth):
    """WCAG 2.2, 1.4.11: the edge of a control has a contrast of 3 with what is beside it."""
    edge, *grounds = (COLORS[name][nth] for name in ("edge", "paper", "tint"))
    assert min(contrast(edge, ground) for ground in grounds) >= 3
    for name in ("page", "small", "tables", "take", "time", "index", "claims"):
        for rule in re.findall(
            r"[^{}]*\b(?:input|select|textarea)\b[^{}]*\{[^}]*\}", sheet(repo, "web", "assets", f"{name}.css")
        ):
            assert "solid var(--line)" not in rule, rule


@pytest.mark.parametrize("theme", THEMES)
def test_lines_and_symbols_can_be_told_from_the_land(theme, loaded):
    """WCAG 2.2, 1.4.11: graphics that have a meaning have a contrast of 3 with what is beside them."""
    land = palette(theme).land
    ribbons = [corridor_class(name, (look.color, look.lane)) for name, look in loaded.catalog.ribbons.items()]
    drawn = [corridor_class("another"), *ribbons]
    drawn += [one for by in CLASSES.values() for classes in by.values() for one in classes]
    ratios = {
        one.id: contrast(faded(themed(one.style["color"], theme), land, one.style.get("opacity", 1)), land)
        for one in drawn
        if one.style.get("color")
    }
    assert len(ratios) > 30
    assert {name: ratio for name, ratio in ratios.items() if ratio < 3} == {}
