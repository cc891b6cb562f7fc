"""Messages and programs: each named message is in the catalogues, and each message in the catalogues is used."""

import ast
import csv
import re
from functools import cache
from pathlib import Path
from typing import get_type_hints

import click
import pytest

from corridors.cli.main import main
from corridors.content.style import CLASSES
from corridors.errors import CorridorsError
from corridors.layers.columns import EXTRA, NOTES
from corridors.locales import DEFAULT_LANGUAGE, FORMS, Translatable, messages

REPOSITORY = Path(__file__).resolve().parents[1]
SOURCE = REPOSITORY / "src" / "corridors"
PROGRAMS = sorted(path for path in SOURCE.rglob("*") if path.suffix in {".py", ".ts", ".j2", ".typ"})
FAMILIES = {key.split(".")[0] for key in messages(DEFAULT_LANGUAGE) if "." in key}

BEGINNINGS = {
    "basis.", "basis.text.", "bearing.", "chart.growth.title.", "chart.scenarios.", "chart.trade.",
    "chart.trade.title.", "claim.method.", "claim.method.saving_", "claim.none.", "claims.", "class.", "class.rail.",
    "cli.word.", "column.", "compare.", "compare.column.", "compare.misfit.", "compare.published.", "confidence.text.",
    "dispute.", "fact.", "fetch.", "filter.", "finding.sources.", "import.", "kind.", "layer.", "length.", "mode.",
    "month.", "month.of.", "osm.", "paper.", "paper.workbook.", "profile.", "profile.mode.", "refine.",
    "remedy.sources.", "remedy.toml.kind.", "report.pairs.", "route.", "route.assume.", "route.by.", "route.mode.",
    "route.none.", "scenario.", "scenario.count.", "scenario.totals.", "series.", "stat.", "status.", "story.",
    "table.", "told.", "told.basis.", "totals.", "unit.", "vector.kind.", "verdict.",
}  # fmt: skip
"""Prefixes of keys that programs put together. The rest is a word of the programs or of the facts."""

FILES = {"report."}
"""How names of files begin that look like keys."""

BY_NAME = {
    "click.": "corridors.cli.translation finds the sentence that fits",
    "commodity.": "the words of a column", "confidence.": "the words of a column", "corridor.": "the words of a column",
    "electrified.": "the words of a column", "group.": "the words of a column", "role.": "the words of a column",
    "tracks.": "the words of a column",
    "compare.border_hours.": "a name of an assumption", "compare.fixed_hours.": "a name of an assumption",
    "compare.speeds_kmh.": "a name of an assumption",
    "paper.head.": "the head of a column of a workbook",
}  # fmt: skip
"""Prefixes of keys whose beginning is put together too, or of which only the family is named."""


@cache
def spoken():
    """The texts of programs: whole texts, and the beginnings of texts that they put together."""
    texts, beginnings = set(), set()
    for path in PROGRAMS:
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    texts |= {node.value, *node.value.split("\n\n")}
                elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                    beginnings.add(node.values[0].value)
        else:
            texts |= set(re.findall(r"""["'`]([\w.]+)["'`]""", source))
            texts |= set(re.findall(r"(\w+):", source)) | set(re.findall(r"\.(\w+)\b", source))
            beginnings |= set(re.findall(r"`([\w.]+)\$\{", source))
    made = {
        start for start in beginnings if re.fullmatch(r"[a-z_]+\.[\w.]*", start) and start.split(".")[0] in FAMILIES
    }
    return texts, made


@cache
def words_of_data():
    """Words of facts, layers and declarations: cells, names of columns, and parts around dots in them."""
    found = {str(month) for month in range(1, 13)}
    for path in sorted((REPOSITORY / "geodata" / "facts").glob("*.csv")):
        for row in csv.reader(path.read_text(encoding="utf-8").splitlines()):
            found |= {word.strip() for cell in row for word in cell.split(";")}
    declared = "\n".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "geodata").glob("*.toml"))
    found |= set(re.findall(r"[\w-]+", declared)) | set(EXTRA) | set(NOTES)
    found |= {word.rpartition("_")[2] for word in found if word.startswith("billion_")}
    for path in (REPOSITORY / "geodata" / "layers").glob("*.geojson"):
        found |= set(re.findall(r'"kind": ?"(\w+)"', path.read_text(encoding="utf-8")))
    found |= {each.id for ways in CLASSES.values() for classes in ways.values() for each in classes}
    return found | {each.removeprefix("rail.") for each in found}


@cache
def words_in_capitals():
    """The words in capitals in the help of the commands, in small letters."""
    above = click.Context(main, **main.context_settings)  # click keeps the help option that it first makes
    helps = [command.get_help(click.Context(command, parent=above)) for command in (main, *main.commands.values())]
    return {word.lower() for text in helps for word in re.findall(r"[A-Z]{2,}", text)}


def test_every_message_that_programs_name_is_in_the_catalogues():
    texts, _ = spoken()
    parts = "|".join(sorted(FAMILIES - {"rail", "roads"}))
    named = {text for text in texts if re.fullmatch(rf"(?:{parts})(?:\.[a-z]\w*)+", text)}
    assert len(named) > 300
    ours = set(messages(DEFAULT_LANGUAGE))
    starts = {start.rstrip(".") for start in (*BEGINNINGS, *BY_NAME)}
    assert {name for name in named - ours - starts if not is_an_id(name)} == set()


def is_an_id(name):
    """Whether a text with dots is the id of a class, an assumption or a file, and no message."""
    return (
        name.split(".")[0] in EXTRA
        or name in words_of_data()
        or name.endswith((".js", ".ts", ".css", ".csv", ".gpkg", ".html", ".ini", ".j2", ".typ"))
    )


def test_how_messages_begin_that_programs_put_together_is_declared():
    _, made = spoken()
    assert made - BEGINNINGS - FILES == set(), "declare in BEGINNINGS how these keys begin"
    assert BEGINNINGS - made == set(), "nothing begins so any more"
    for start in (*BEGINNINGS, *BY_NAME):
        assert any(key.startswith(start) for key in messages(DEFAULT_LANGUAGE)), start


def test_every_message_is_used():
    texts, _ = spoken()
    words = texts | words_of_data() | words_in_capitals()

    def used(key):
        base, _, form = key.rpartition(".")
        if key in texts or (form in FORMS and used(base)):
            return True
        return any(
            key.startswith(start) and (start == "click." or key.removeprefix(start) in words)
            for start in (*BEGINNINGS, *BY_NAME)
        )

    assert [key for key in messages(DEFAULT_LANGUAGE) if not used(key)] == []


# --- no text for users stands in the code ----------------------------------------------------------------------------

SAYS = {"message", "not_among", "filled", "echo", "secho", "print", "warn", "warning", "finding", "refuse", "fault"}
"""Functions, in addition to exceptions, whose arguments users see."""

NOT_FOR_USERS = {("__init__.py", "AttributeError"): "Python's own protocol of modules, which developers meet"}
"""Exceptions with a text of their own, by file, and why no user meets them."""

SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")


def name_of(function):
    """The name of a called function."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def texts_in(node):
    """Literal texts below a node."""
    return [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def literal_texts(source, file=""):
    """Sentences that a program says to users without a catalogue, each with its line."""
    found = {}
    for node in ast.walk(ast.parse(source)):
        raised = node.exc if isinstance(node, ast.Raise) else node
        if not isinstance(raised, ast.Call):
            continue
        name = name_of(raised.func)
        spoken_by = name in SAYS or name.endswith(("Error", "Warning")) or isinstance(node, ast.Raise)
        if not spoken_by or (file, name) in NOT_FOR_USERS:
            continue
        found |= {text: raised.lineno for text in texts_in(raised) if SENTENCE.search(text)}
    return [f"{file}:{line}: {text}" for text, line in sorted(found.items(), key=lambda one: one[1])]


def test_what_users_are_told_is_a_message_of_the_catalogues():
    """Errors accept only messages, which mypy checks. This test checks texts in any exception, and in messages."""
    files = [path for path in PROGRAMS if path.suffix == ".py"]
    faults = [
        fault
        for path in files
        for fault in literal_texts(path.read_text(encoding="utf-8"), str(path.relative_to(SOURCE)))
    ]
    assert faults == []
    used = {file for file, _ in NOT_FOR_USERS}
    assert used <= {str(path.relative_to(SOURCE)) for path in files}


@pytest.mark.parametrize(
    "source",
    [
        'raise InputError("no such file")',
        'raise InputError(f"{path}: cannot be read. Remedy: restore it.") from error',
        'raise ValueError("not a " + "good value")',
        'raise refused(f"the map {name}", 3)',
        'fault = UsageError("no such place")',
        'said = message("error.x", f"the {kind} of it")',
        'click.echo("all is well")',
    ],
)
def test_a_text_for_users_in_the_code_is_found(source):
    assert literal_texts(source) != []


def test_an_error_says_messages_alone():
    assert get_type_hints(CorridorsError.__init__)["message"] is Translatable
