"""The pages' scripts keep their own layout, need no more of Leaflet than it has, and do what their unit tests say."""

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from corridors.web.page import leaflet_script

SCRIPT = Path(__file__).resolve().parents[1] / "src" / "corridors" / "web" / "script"
MODULES = {path.relative_to(SCRIPT).as_posix(): path.read_text(encoding="utf-8") for path in SCRIPT.rglob("*.ts")}

LAYERS = ("types", "dom.ts", "payload", "columns", "worker.ts", "network", "state", "look", "map", "panel", "page.ts")
"""From the lowest: a module imports modules of its own folder and of those before it."""

CLIENT = "columns/client.ts"
"""The only module beside the worker's that the page has."""

INTERNALS = "map/leaflet.ts"
"""The only module that uses Leaflet's private members."""


def private_members(text):
    """Names of members that begin with an underscore, as Leaflet's private ones do."""
    return set(re.findall(r"(?<![\w$\"])_[a-zA-Z]\w*", text))


def test_modules_import_only_the_folders_before_them():
    upward = []
    for module, text in MODULES.items():
        for named in re.findall(r'from "(\.[^"]*)"', text):
            imported = (SCRIPT / module).parent.joinpath(named).resolve().relative_to(SCRIPT)
            floors = [PurePosixPath(name).parts[0] for name in (module, imported.as_posix())]
            if set(floors) <= set(LAYERS) and LAYERS.index(floors[1]) > LAYERS.index(floors[0]):
                upward.append(f"{module} imports {imported}")
    assert upward == []


def test_the_worker_needs_no_document():
    paths, needed = ["worker.ts"], set()
    while paths:
        module = paths.pop()
        needed.add(module)
        named = re.findall(r'^import (?!type ).*? from "(\.[^"]*)"', MODULES[module], re.MULTILINE | re.DOTALL)
        found = {(SCRIPT / module).parent.joinpath(name).resolve().relative_to(SCRIPT).as_posix() for name in named}
        paths += found - needed
    assert len(needed) > 3
    assert needed & {"dom.ts", "payload/data.ts", CLIENT} == set()


def test_only_one_module_uses_what_is_private_in_leaflet():
    assert {module for module, text in MODULES.items() if private_members(text)} == {INTERNALS}


def test_leaflet_has_each_private_member_that_is_used():
    shipped = leaflet_script()
    members = private_members(MODULES[INTERNALS])
    assert len(members) > 20
    assert {member for member in members if not re.search(rf"(?<![\w$]){re.escape(member)}(?![\w$])", shipped)} == set()


def test_leaflet_is_of_the_version_that_the_types_are_of(repo):
    lock = (repo / "requirements.lock").read_text(encoding="utf-8")
    packages = (repo / "package.json").read_text(encoding="utf-8")
    pinned = re.search(r"^xstatic-leaflet==(\S+)$", lock, re.MULTILINE | re.IGNORECASE)[1]
    assert version("xstatic-leaflet") == pinned
    shipped = re.search(r'\bversion="([\d.]+)"', leaflet_script())[1]
    types = re.search(r'"@types/leaflet": "([\d.]+)"', packages)[1]
    assert shipped.split(".")[:2] == types.split(".")[:2] == pinned.split(".")[:2]


def test_the_lock_of_the_packages_says_nothing_of_where_they_came_from(repo):
    lock = (repo / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in lock
    assert not re.search(r'"resolved"|registry', lock)


def test_every_rule_of_the_script(repo):
    tests = sorted((repo / "tests" / "script").glob("*.test.ts"))
    assert len(tests) > 5
    command = [Path(sys.executable).with_name("node"), "--test", "--test-reporter=spec", *tests]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(r"^ℹ skipped 0$", ran.stdout, re.MULTILINE)
