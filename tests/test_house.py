"""The house keeps its own rules: which room may import which, how long a room is, what a committed file may say."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from corridors.cli import main

ROOMS = (
    "locales",
    "errors",
    "data",
    "geo",
    "layers",
    "analysis",
    "web",
    "output",
    "route_text",
    "scenario_text",
    "opened",
    "studio",
    "workbook",
    "pages",
    "paper",
    "answers",
    "atlas",
    "survey",
    "library",
    "cli_words",
    "cli_frame",
    "cli_network",
    "cli_paper",
    "cli",
)
"""The way through the house: a room knows itself and the rooms before it."""

ONLY_IN = {
    "folium": ("web/",),
    "branca": ("web/",),
    "matplotlib": ("paper/",),
    "click": ("cli.py", "cli_words.py", "cli_frame.py", "cli_network.py", "cli_paper.py"),
    "xlsxwriter": ("workbook.py",),
    "rich": ("output.py", "cli.py"),
}
LONGEST = 330
SOURCE = Path(__file__).resolve().parents[1] / "src" / "corridors"
MODULES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))

every_module = pytest.mark.parametrize("module", MODULES)


def tree_of(module):
    return ast.parse((SOURCE / module).read_text(encoding="utf-8"))


def imports(module):
    """Full names of all that a module imports, wherever in it."""
    package = ["corridors", *module.split("/")[:-1]]
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = (
                ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])
                if node.level
                else node.module
            )
            yield from (f"{base}.{alias.name}" for alias in node.names)


def room_of(module):
    return module.split("/")[0].removesuffix(".py")


@pytest.fixture(scope="module")
def committed(repo):
    """Every committed text file with its text, by path."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=repo, capture_output=True, check=True).stdout.decode()
    found = {}
    for name in filter(None, listed.split("\0")):
        path = repo / name
        if path.is_file() and b"\0" not in (data := path.read_bytes()):
            found[name] = data.decode("utf-8", errors="replace")
    return found


# --- imports ----------------------------------------------------------------------------------------------------------


def test_every_module_belongs_to_a_room():
    assert {room_of(module) for module in MODULES} - {"__init__"} == set(ROOMS)


@pytest.mark.parametrize("module", [module for module in MODULES if module != "__init__.py"])
def test_a_room_imports_only_the_rooms_before_it(module):
    known = ROOMS[: ROOMS.index(room_of(module)) + 1]
    for name in imports(module):
        parts = name.split(".")
        if parts[0] == "corridors":
            assert len(parts) > 1, f"{module} imports the whole package"
            assert parts[1] in known, f"{module} imports {name}"


@every_module
def test_a_library_is_imported_only_where_it_belongs(module):
    for name in imports(module):
        places = ONLY_IN.get(name.split(".")[0])
        assert places is None or module.startswith(places), f"{module} imports {name}"


def test_the_front_door_imports_nothing_until_it_is_asked():
    for node in tree_of("__init__.py").body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            assert [alias.name for alias in node.names] <= ["import_module"] or node.module == "typing"


# --- rooms ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    sorted(
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*")
        if path.suffix in {".py", ".js", ".css", ".j2"}
    ),
)
def test_a_room_is_not_too_long(name):
    assert len((SOURCE / name).read_text(encoding="utf-8").splitlines()) <= LONGEST


@every_module
def test_what_is_public_is_explained(module):
    tree = tree_of(module)
    assert ast.get_docstring(tree), module
    todo = list(tree.body)
    for node in todo:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{module}: {node.name}"
            if isinstance(node, ast.ClassDef):
                todo += node.body


@every_module
def test_no_room_is_called_after_nothing(module):
    assert not re.search("util|helper|manager|common|misc", module)


# --- what is committed ------------------------------------------------------------------------------------------------


def test_no_committed_file_names_a_folder_of_one_machine(committed):
    folders = "work|tmp|home|root"
    pattern = re.compile(rf"(?<![\w/.:}}~-])/(?:{folders})(?=[/\s\"'`),;]|$)", re.MULTILINE)
    found = {name: match[0] for name, text in committed.items() if (match := pattern.search(text))}
    assert found == {}


def test_no_committed_file_names_a_package_mirror(committed):
    hosts = (("pypi", "org/simple"), ("files", "pythonhosted.org"), ("registry", "npmjs.org"), ("deb", "debian.org"))
    wanted = [".".join(host) for host in hosts]
    found = {name: host for name, text in committed.items() for host in wanted if host in text}
    assert found == {}


def test_committed_text_is_utf_8_with_plain_line_ends(committed):
    for name, text in committed.items():
        if not name.startswith("tests/hostile/"):
            assert "\ufffd" not in text, name
            assert "\r" not in text, name
            assert not text or text.endswith("\n"), name


def test_the_lock_file_pins_names_to_versions_and_says_nothing_else(repo):
    lines = (repo / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 20
    for line in lines:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.+!]*", line), line
    names = [re.sub("[-_.]+", "-", line.partition("==")[0]).lower() for line in lines]
    assert len(names) == len(set(names))


def test_the_lock_file_has_what_the_project_needs(repo):
    project = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))
    locked = {
        re.sub("[-_.]+", "-", line.partition("==")[0]).lower()
        for line in (repo / "requirements.lock").read_text(encoding="utf-8").splitlines()
    }
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.sub("[-_.]+", "-", re.match(r"[\w.-]+", one)[0]).lower() for one in wanted}
    assert names <= locked


@pytest.mark.parametrize("command", sorted(main.commands))
def test_the_readme_tells_of_each_command(repo, command):
    assert f"corridors {command}" in (repo / "README.md").read_text(encoding="utf-8")
