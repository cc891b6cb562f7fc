"""Lists that must be in two places are equal.

The command line names its choices without importing the modules behind them, so that its help is fast. Pages receive
the names of layers and modes as data from other packages.
"""

import json
import re
from typing import get_args

import click
import pytest

from corridors.app import build, result
from corridors.cli import frame, network, publish
from corridors.cli.main import main
from corridors.content import legend
from corridors.content.palette import Theme
from corridors.data.tables import ROUTE_MODES, STATUSES
from corridors.documents import embed
from corridors.figures import sheet
from corridors.network import scenario_result
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
        ("network/asked", "INCLUDABLE", STATUSES[1:3]),
        ("panel/totals", "MODES", tuple(legend.MODES.values())),
        ("panel/scenarios", "EFFECTS", scenario_result.CHANGES),
        ("map/rich_text", "TAGS", tuple(sorted(safe_html.TAGS))),
    ],
)
def test_lists_of_the_page_s_script_are_those_of_python(repo, module, name, known):
    script = (repo / "src" / "corridors" / "web" / "script" / f"{module}.ts").read_text(encoding="utf-8")
    [found] = re.findall(rf"const {name}(?:: [^=]*)? = (\[[^\]]*\])", script)
    assert tuple(json.loads(re.sub(r",\s*\]", "]", found))) == known
