"""README and guides: each command and each Python block is run and prints what they show. All names in them exist."""

import re
import shlex
from pathlib import Path

import pytest

from corridors.cli.main import main
from tools.credits import with_credits
from tools.guides import blocks, commands, is_shown, shown_again, with_outputs

REPOSITORY = Path(__file__).resolve().parents[1]
README = REPOSITORY / "README.md"
DOCS = sorted((REPOSITORY / "docs").glob("*.md"))
PAGES = [README, REPOSITORY / "CONTRIBUTING.md", *DOCS]
TEXTS = {path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8") for path in PAGES}
LINK = re.compile(r"\]\((?![a-z]+:)([^)#]*)(?:#([^)]*))?\)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
MOST_LINES = 220
"""The greatest number of lines of a README."""


def kinds(name):
    """The languages of the blocks of a guide."""
    return {block.kind for block in blocks(TEXTS[name])}


def test_what_a_guide_leaves_out_is_marked():
    assert is_shown("a\nb\nc\n", "a\n…\nc\n")
    assert not is_shown("a\nb\nc\n", "a\nc\n")
    assert not is_shown("a\nb\nc\n", "a\n…\nd\n")


def test_what_a_guide_leaves_out_stays_left_out_in_new_outputs():
    printed = "head\n1 km\nb 7 km\nc 9 km\nsum 17 km\n"
    assert shown_again(printed, printed) == printed
    assert shown_again(printed, "head\nold\n") == printed
    assert shown_again(printed, "head\n…\nsum 4 km\n") == "head\n…\nsum 17 km\n"
    assert shown_again(printed, "head\n…\nc 3 km\n…\n") == "head\n…\nc 9 km\n…\n"


def test_outputs_of_a_guide_are_written_again(geodata):
    guide = "Text 1\n```console\n$ cat a.txt\nold\n```\n```text a.txt\nnew\n```\n```console\n$ cat a.txt\nold\n```\n"
    (geodata.parent / "a.txt").write_text("first\n", encoding="utf-8")
    shown = guide.replace("old", "first", 1).replace("old", "first\nnew")
    assert with_outputs(guide, geodata.parent) == shown


@pytest.mark.parametrize("name", [name for name in TEXTS if {"console", "python"} & kinds(name)])
def test_what_a_guide_shows_is_what_happens(name, geodata, corridors):
    """In the order of the guide, in one folder that begins with the facts. A block with a file's name goes into it."""
    folder, names = geodata.parent, {}
    for block in blocks(TEXTS[name]):
        where = f"{name}:{block.line}"
        if block.file:
            with (folder / block.file).open("a", encoding="utf-8") as file:
                file.write(block.text)
        elif block.kind == "python":
            exec(compile(block.text, where, "exec"), names)  # noqa: S102  # the guide's own code
        elif block.kind == "console":
            for command, shown in commands(block.text):
                program, *words = shlex.split(command)
                if program == "cat":
                    assert is_shown((folder / words[0]).read_text(encoding="utf-8"), shown), where
                    continue
                assert program == "corridors", where
                ran = corridors(*words)
                assert is_shown(ran.out + ran.err, shown), f"{where}: {command}\n{ran.out}{ran.err}"
                assert ran.code in {0, 1}, where  # 1: it found what the guide shows


def test_each_command_has_an_example_in_the_readme():
    consoles = [block for block in blocks(TEXTS["README.md"]) if block.kind == "console"]
    shown = {shlex.split(command)[1] for block in consoles for command, _ in commands(block.text)}
    assert shown == set(main.commands)


def test_guides_tell_of_every_option_and_of_no_other():
    options = {word for command in main.commands.values() for one in command.params for word in one.opts}
    known = {word for word in options if word.startswith("--")} - {"--help"}
    assert {word for text in TEXTS.values() for word in OPTION.findall(text)} == known


def test_links_of_guides_lead_somewhere():
    lost = []
    for name, text in TEXTS.items():
        for file, anchor in LINK.findall(text):
            target = (REPOSITORY / name).parent / file if file else REPOSITORY / name
            heads = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
            anchors = [re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads]
            if not target.exists() or (anchor and anchor not in anchors):
                lost.append(f"{name}: {file}#{anchor}")
    assert lost == []


def test_the_readme_leads_to_every_guide():
    assert {path.name for path in DOCS} <= {Path(file).name for file, _ in LINK.findall(TEXTS["README.md"])}


def test_the_readme_can_be_read_to_its_end():
    assert TEXTS["README.md"].count("\n") <= MOST_LINES


def test_verbs_of_make_in_guides_exist():
    verbs = re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = {verb for text in TEXTS.values() for verb in re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)}
    assert named
    assert named <= set(verbs)


def test_the_credits_are_those_of_the_catalogue(loaded):
    text = TEXTS["docs/credits.md"]
    assert with_credits(text, loaded.catalog) == text
