"""The rules of the layout: imports between packages, lengths of modules, contents of committed files."""

import ast
import csv
import re
import subprocess
import tomllib
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from corridors.data.tables import TABLES

PACKAGES = (
    "locales",
    "errors",
    "geo",
    "data",
    "layers",
    "matching",
    "measures",
    "network",
    "claims",
    "content",
    "text",
    "web",
    "figures",
    "charts",
    "documents",
    "app",
    "cli",
)
"""From the lowest: a package imports itself and the packages before it."""

APART = {("web", "text"), ("figures", "web")}
"""Packages on the same level: the first does not import the second."""

ONLY_IN = {
    "folium": ("web.",),
    "branca": ("web.",),
    "matplotlib": ("figures.", "charts."),
    "click": ("cli.",),
    "dask": ("app.engines",),
    "distributed": ("app.engines",),
    "osmium": ("data.osm",),
    "pooch": ("data.downloads",),
    "requests": ("data.http_file",),
    "xlsxwriter": ("text.workbook",),
    "rich": ("text.terminal", "cli."),
}
CLASSES_OF_FLIGHTS = frozenset({"zlxy", "zwww", "zbaa", "zutf"})
"""Classes of flights are called after the ICAO code of their origin, and their titles are messages."""

LONGEST = 330
SOURCE = Path(__file__).resolve().parents[1] / "src" / "corridors"
MODULES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))


@cache
def tree_of(module):
    """The parsed text of a module."""
    return ast.parse((SOURCE / module).read_text(encoding="utf-8"))


def dotted(module):
    """The full name of a module, from its path."""
    return ".".join(["corridors", *module.removesuffix(".py").split("/")]).removesuffix(".__init__")


NAMES = {dotted(module) for module in MODULES}


def imports(module):
    """Full names of all imports of a module, anywhere in it."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def modules_imported(module):
    """The modules of corridors that a module imports."""
    for name in imports(module):
        if name.startswith("corridors."):
            yield name if name in NAMES else name.rpartition(".")[0]


def package_of(module):
    return module.split("/")[0].removesuffix(".py")


def texts_in(tree):
    """The texts of a module that are no docstrings."""
    bodies = [node.body for node in ast.walk(tree) if hasattr(node, "body") and isinstance(node.body, list)]
    docs = {id(line.value) for body in bodies for line in body if isinstance(line, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


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


def test_every_module_belongs_to_a_package():
    assert {package_of(module) for module in MODULES} - {"__init__", "__main__"} == set(PACKAGES)


def test_a_package_imports_only_the_packages_before_it():
    wrong = {
        (module, name)
        for module in MODULES
        if module not in {"__init__.py", "__main__.py"}
        for name in modules_imported(module)
        if name == "corridors"
        or name.split(".")[1] not in PACKAGES[: PACKAGES.index(package_of(module)) + 1]
        or (package_of(module), name.split(".")[1]) in APART
    }
    assert wrong == set()


def test_modules_import_one_another_in_no_circle():
    arrows = {dotted(module): set(modules_imported(module)) - {dotted(module)} for module in MODULES}
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_a_library_is_imported_only_where_it_belongs():
    wrong = [
        (module, name)
        for module in MODULES
        for name in imports(module)
        if (places := ONLY_IN.get(name.split(".")[0]))
        and not dotted(module).removeprefix("corridors.").startswith(places)
    ]
    assert wrong == []


def test_the_package_needs_no_tool_that_derives_its_data():
    assert [(module, name) for module in MODULES for name in imports(module) if name.split(".")[0] == "tools"] == []


def test_the_front_door_imports_nothing_until_it_is_asked():
    for node in tree_of("__init__.py").body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            assert [alias.name for alias in node.names] <= ["import_module"] or node.module == "typing"


# --- modules ----------------------------------------------------------------------------------------------------------


def test_no_module_is_too_long():
    lengths = {
        path.relative_to(SOURCE).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in SOURCE.rglob("*")
        if path.suffix in {".py", ".ts", ".css", ".j2"}
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_what_is_public_is_explained():
    unexplained = []
    for module in MODULES:
        todo = [("", tree_of(module))]
        for name, node in todo:
            if not ast.get_docstring(node):
                unexplained.append(f"{module}: {name}")
            if isinstance(node, ast.Module | ast.ClassDef):
                todo += [
                    (one.name, one)
                    for one in node.body
                    if isinstance(one, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
                    and not one.name.startswith("_")
                ]
    assert unexplained == []


def test_no_module_is_named_after_nothing():
    assert [module for module in MODULES if re.search("util|helper|manager|common|misc", module)] == []


def test_no_module_names_a_place_a_line_or_a_scenario_of_the_atlas(repo):
    """They are declared in files, so that another atlas has its own."""
    tables = set(TABLES) - {"aliases", "claims", "countries", "lengths", "sources", "throughput", "trade"}
    ids = {
        row["id"]
        for table in tables
        for row in csv.DictReader(
            (repo / "geodata" / "facts" / f"{table}.csv").read_text(encoding="utf-8").splitlines()
        )
        if "id" in row
    }
    ids |= set(tomllib.loads((repo / "geodata" / "scenarios.toml").read_text(encoding="utf-8"))["scenarios"])
    assert len(ids) > 500
    words = {word for table in TABLES.values() for column in table.columns.values() for word in column.words}
    ids -= words | CLASSES_OF_FLIGHTS
    named = {
        (module, word)
        for module in MODULES
        for text in texts_in(tree_of(module))
        for word in re.findall(r"[A-Za-z0-9][A-Za-z0-9-]*", text)
        if word in ids
    }
    assert named == set()


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
