"""Guides to the same guides, in which each console block shows what its commands print now.

    python -m tools.guides README.md docs/*.md

The blocks of a guide run in its order, in one folder that begins with the facts and the declaration of the maps. Text
outside console blocks stays. A line … stands for lines left out: as many lines as before stay before and after it.
"""

import io
import os
import re
import shlex
import shutil
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corridors.cli.main import main
from corridors.data.whole_file import write_whole

BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<file>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = re.compile(r"^…\n", re.MULTILINE)
REPOSITORY = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Block:
    """A fenced block of a guide: its language, its text, its first line, and the file that it is added to."""

    kind: str
    text: str
    line: int
    file: str | None


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a guide."""
    return [_block(found) for found in BLOCK.finditer(text)]


def _block(found: re.Match[str]) -> Block:
    return Block(found["kind"], found["text"], found.string.count("\n", 0, found.start()) + 2, found["file"])


def commands(text: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output that follows it."""
    parts = [part.partition("\n") for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]]
    return [(command, shown) for command, _, shown in parts]


def is_shown(printed: str, shown: str) -> bool:
    """Whether a guide shows the output; a line … stands for lines left out."""
    pattern = r"(?:.*\n)*?".join(re.escape(part) for part in LEFT_OUT.split(shown))
    return re.fullmatch(pattern, printed) is not None


def shown_again(printed: str, shown: str) -> str:
    """The output, with the lines left out that a guide leaves out, or those most like them."""
    if is_shown(printed, shown):
        return shown
    first, *others = [part.splitlines(keepends=True) for part in LEFT_OUT.split(shown)]
    if not others:
        return printed
    *between, last = others
    lines = printed.splitlines(keepends=True)
    kept, begin, end = [lines[: len(first)]], len(first), len(lines) - len(last)
    for part in between:
        at = max(range(begin, max(begin, end - len(part)) + 1), key=lambda at: _likeness(lines[at:], part))
        kept.append(lines[at : at + len(part)])
        begin = at + len(part)
    return "…\n".join("".join(part) for part in [*kept, lines[end:]])


def _likeness(lines: list[str], part: list[str]) -> float:
    return SequenceMatcher(None, "".join(lines[: len(part)]), "".join(part)).ratio()


def run(words: list[str]) -> str:
    """What a command prints, errors last."""
    out, err = io.StringIO(), io.StringIO()
    arguments, sys.argv = sys.argv, ["corridors", *words]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main(words, prog_name="corridors")
    except SystemExit:
        pass  # its code is for tests to judge
    finally:
        sys.argv = arguments
    return out.getvalue() + err.getvalue()


def with_outputs(text: str, folder: Path) -> str:
    """A guide whose console blocks show what its commands print in a folder, which is the current one."""
    names: dict[str, Any] = {}

    def again(found: re.Match[str]) -> str:
        block = _block(found)
        if block.file:
            with (folder / block.file).open("a", encoding="utf-8") as file:
                file.write(block.text)
        elif block.kind == "python":
            exec(compile(block.text, f"line {block.line}", "exec"), names)  # noqa: S102  # the guide's own code
        elif block.kind == "console":
            parts = []
            for command, shown in commands(block.text):
                program, *words = shlex.split(command)
                printed = (folder / words[0]).read_text(encoding="utf-8") if program == "cat" else run(words)
                parts.append(f"$ {command}\n{shown_again(printed, shown)}")
            return found[0].replace(block.text, "".join(parts))
        return found[0]

    return BLOCK.sub(again, text)


def renew(guide: Path) -> None:
    """Write the outputs of a guide again."""
    guide = guide.resolve()
    with TemporaryDirectory() as name:
        folder = Path(os.path.realpath(name))
        shutil.copytree(REPOSITORY / "geodata", folder / "geodata", ignore=shutil.ignore_patterns("layers"))
        (folder / "maps").mkdir()
        shutil.copy(REPOSITORY / "maps" / "atlas.toml", folder / "maps")
        text = guide.read_text(encoding="utf-8")
        with chdir(folder):
            write_whole(guide, with_outputs(text, folder).encode())


if __name__ == "__main__":
    for guide in sys.argv[1:]:
        renew(Path(guide))
