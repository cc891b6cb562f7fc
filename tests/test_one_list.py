"""Lists that must be in two places are equal.

The command line names its choices without importing the modules behind them, so that its help is fast. Pages receive
the names of layers and modes as data from other packages.
"""

import json
import re
from itertools import pairwise
from typing import get_args

import click
import pytest

from corridors.app import build, result
from corridors.cli import frame, network, publish
from corridors.cli.main import main
from corridors.content import legend
from corridors.content.palette import Theme
from corridors.content.style import TRADE_BREAKS
from corridors.data.tables import ROUTE_MODES, UNFINISHED
from corridors.documents import embed
from corridors.figures import sheet
from corridors.layers.countries import TRADE_YEAR
from corridors.locales import LANGUAGES, messages
from corridors.network import scenario_result
from corridors.network.corridors import CATCHMENT_KM
from corridors.network.costs import By
from corridors.text import output
from corridors.web import safe_html


def choices(command, option):
    """The choices of an option."""
    found = next(each for each in main.commands[command].params if each.name == option)
    assert isinstance(found.type, click.Choice)
    return tuple(found.type.choices)


@pytest.mark.parametrize(
    ("command", "option", "known"),
    [
        ("build", "only", get_args(build.Part)),
        ("figure", "formats", sheet.FORMATS),
        ("figure", "theme", get_args(Theme)),
        ("embed", "form", tuple(embed.FORMS)),
        ("route", "by", get_args(By)),
        ("scenario", "by", get_args(By)),
        ("claims", "output", output.FORMATS),
    ],
)
def test_a_command_offers_what_there_is(command, option, known):
    assert choices(command, option) == known


def test_forms_of_a_command_are_those_that_are_written():
    assert frame.FORMATS == output.FORMATS == get_args(output.Format)
    assert publish.FORMATS == sheet.FORMATS == result.FIGURES
    assert set(network.FORMS) <= set(result.FORMS.values())
    assert {form for form in result.FORMS.values() if form in sheet.FORMATS} == set(sheet.FORMATS)


@pytest.mark.parametrize(
    ("module", "name", "known"),
    [
        ("network/asked", "routeModes", ROUTE_MODES),
        ("network/asked", "INCLUDABLE", UNFINISHED),
        ("panel/totals", "MODES", tuple(legend.MODES.values())),
        ("results/scenarios", "EFFECTS", scenario_result.CHANGES),
        ("map/rich_text", "TAGS", tuple(sorted(safe_html.TAGS))),
    ],
)
def test_lists_of_the_page_s_script_are_those_of_python(repo, module, name, known):
    script = (repo / "src" / "corridors" / "web" / "script" / f"{module}.ts").read_text(encoding="utf-8")
    [found] = re.findall(rf"const {name}(?:: [^=]*)? = (\[[^\]]*\])", script)
    assert tuple(json.loads(re.sub(r",\s*\]", "]", found))) == known


# --- numbers within messages ------------------------------------------------------------------------------------------


def numbers_in(key, language):
    """The numbers of a message."""
    return [float(found) for found in re.findall(r"\d+(?:\.\d+)?", messages(language)[key])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_classes_of_trade_say_the_limits_that_they_have(language):
    scale = 10 if language == "zh" else 1  # Chinese counts in hundreds of millions
    limits = [scale * limit for limit in TRADE_BREAKS]
    told = [numbers_in(f"class.countries.trade{step}", language) for step in range(1, len(limits) + 2)]
    assert told == [limits[:1], *(list(pair) for pair in pairwise(limits)), limits[-1:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_say_the_number_that_the_atlas_has(language):
    for key in ("compare.cities", "compare.column.cities"):
        assert numbers_in(key, language) == [CATCHMENT_KM], key


def test_the_year_of_trade_is_the_last_full_one(loaded):
    assert int(loaded.catalog.as_of[:4]) - 1 == int(TRADE_YEAR)
