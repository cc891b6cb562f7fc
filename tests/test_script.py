"""The pages' scripts keep their own layout, need no more of Leaflet than it has, and do what their unit tests say."""

import json
import re
import subprocess
from pathlib import Path, PurePosixPath

import pytest

from corridors.web.page import script_name
from corridors.web.policy import asset
from tests.conftest import NODE
from tests.page_data import page_data

SCRIPT = Path(__file__).resolve().parents[1] / "src" / "corridors" / "web" / "script"
MODULES = {path.relative_to(SCRIPT).as_posix(): path.read_text(encoding="utf-8") for path in SCRIPT.rglob("*.ts")}

LAYERS = (
    "types", "dom.ts", "language.ts", "payload", "columns", "worker.ts", "network", "state", "look", "map", "panel",
    "host", "planner", "profile", "results", "take", "time", "page.ts",
)  # fmt: skip
"""From the lowest: a module imports modules of its own folder and of those before it."""

CLIENT = "columns/client.ts"
"""The only module beside the worker's that the page has."""

INTERNALS = "map/leaflet.ts"
"""The only module that uses Leaflet's private members."""

OF_ELEMENTS = "_addItem"
"""The private member of the control of layers. Only pages with folium's elements have it, and all of Leaflet."""

BUNDLES = json.loads(asset("bundles.json"))
"""The bundles of the page's script, and the parts of each."""

MOST_BYTES = 120_000
"""Of the script of a page, before compression."""

MOST_BYTES_TOGETHER = 180_000
"""The same, with the scripts that it runs when they are first needed."""

PARTS = {
    "ATLAS": ("corridors-disputes",),
    "RESULTS": ('"results"',),
    "ROUTES": ("route.no_mode",),
    "STORY": ("story.back",),
    "OWN": ("corridors-worker", "mini_map", "overlayadd"),
}
"""Words that only the code of a part of the page's script has."""


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
    assert [module for module, text in MODULES.items() if private_members(text)] == [INTERNALS]


@pytest.mark.parametrize("member", sorted(private_members(MODULES[INTERNALS])))
def test_leaflet_has_the_private_member(member):
    written = re.compile(rf"(?<![\w$]){member}(?![\w$])")
    assert written.search(asset("leaflet.js"))
    assert bool(written.search(asset("leaflet_core.js"))) == (member != OF_ELEMENTS)
    needed = [bundle for bundle in BUNDLES if written.search(asset(bundle))]
    assert needed
    assert member != OF_ELEMENTS or all("OWN" in BUNDLES[bundle] for bundle in needed)


def test_leaflet_is_of_the_version_that_the_types_are_of(repo):
    packages = json.loads((repo / "package.json").read_text(encoding="utf-8"))
    pinned = packages["dependencies"]["leaflet"]
    types = packages["devDependencies"]["@types/leaflet"]
    assert pinned.split(".")[:2] == types.split(".")[:2]
    for bundle in ("leaflet.js", "leaflet_core.js"):
        assert f"Leaflet {pinned}," in asset(bundle)


@pytest.mark.parametrize(
    ("payload", "bundle"),
    [
        ({"features": {"id": ["a"]}, "elements": []}, "page_atlas.js"),
        ({"features": {}, "elements": [{"type": "view"}]}, "page_own.js"),
        ({"features": {}, "elements": [], "columns": [{"id": "a"}]}, "page_own.js"),
        ({"features": {"id": ["a"]}, "elements": [{"type": "marker"}]}, "page.js"),
        ({"features": {"id": ["a"]}, "network": {"nodes": []}}, "page_routes.js"),
        ({"features": {"id": ["a"]}, "comparison": {"rows": []}}, "page_atlas.js"),
        ({"features": {"id": ["a"]}, "map": {"scenarios": [{}]}, "network": {"nodes": []}}, "page.js"),
    ],
)
def test_the_content_of_a_page_decides_which_script_it_has(payload, bundle):
    assert script_name(payload) == bundle


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_page_has_the_script_that_it_needs_and_not_more(bundle):
    script = asset(bundle)
    assert bundle == "page.js" or len(script.encode()) <= MOST_BYTES
    for part, words in PARTS.items():
        assert [each for each in words if (each in script) != (part in BUNDLES[bundle])] == []


LATER = {
    "time": lambda payload: not payload["map"].get("scenarios"),
    "planner": lambda payload: "network" in payload,
    "profile": lambda payload: "network" in payload or "comparison" in payload,
    "charts": lambda payload: any(feature.get("series") for feature in payload["features"]),
    "results": lambda payload: "comparison" in payload or "scenarios" in payload["map"],
}
"""Scripts that not every page of the atlas has, and which pages need them."""


def test_a_page_has_the_later_scripts_that_it_needs_and_not_more(built):
    wrong = []
    for path in sorted((built / "maps").glob("*.html")):
        html = path.read_text(encoding="utf-8")
        if "corridors-data" not in html:
            continue
        payload = page_data(html)
        needed = {name for name, needs in LATER.items() if needs(payload)} | {"take", "host", "measure"}
        found = dict(re.findall(r'<script type="text/plain" id="corridors-(\w+)">(.*?)</script>', html, re.DOTALL))
        wrong += [(path.name, needed ^ found.keys())] if needed != found.keys() else []
        [main] = re.findall(r'<script type="module">(.*?)</script>', html, re.DOTALL)
        everything = sum(len(script.encode()) for script in (main, *found.values()))
        wrong += [(path.name, everything)] if everything > MOST_BYTES_TOGETHER else []
    assert wrong == []


def test_the_lock_of_the_packages_says_nothing_of_where_they_came_from(repo):
    lock = (repo / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in lock
    assert not re.search(r'"resolved"|registry', lock)


def test_every_rule_of_the_script(repo):
    tests = sorted((repo / "tests" / "script").glob("*.test.ts"))
    assert len(tests) > 5
    command = [NODE, "--test", "--test-reporter=spec", *tests]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(r"^ℹ skipped 0$", ran.stdout, re.MULTILINE)
