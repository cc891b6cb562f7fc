"""Building: the same input gives the same bytes, completely or not at all, and foreign files are never replaced."""

import contextlib
import errno
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

import corridors as package
from corridors.app import build, pages
from corridors.content import context as contexts
from corridors.data.tables import LAYERS
from corridors.documents.template import article_of
from corridors.locales import LANGUAGES, message
from corridors.web.tiles import TEMPLATE
from tests.declared import MAPS
from tests.elsewhere import PAGES

DRAWN = (*LAYERS, "provinces")
"""The layers that are built: those of the tables, and the declared kind."""

FEW = ("flights", "gateways", "tourism")
"""Enough maps to test the writing of files. They need neither scenarios nor corridors."""


def declare_few(geodata):
    """Leave only a few maps in the declaration beside a geodata folder."""
    path = geodata.parent / "maps" / "atlas.toml"
    parts = re.split(r"^(?=\[maps\.\w+\]$)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text("".join(part for part in parts if part.startswith(tuple(f"[maps.{name}" for name in FEW))))


@pytest.fixture(scope="module")
def at_hand(loaded):
    """What builds of the committed atlas have in common, made once: replacements for functions of modules."""
    texts, own = {}, contexts.layer_text
    shapes, own_shapes = {}, pages.shapes_of

    def text(frame, entry):
        assert frame is loaded.layers[entry.name]
        if entry.name not in texts:
            texts[entry.name] = own(frame, entry)
        return texts[entry.name]

    def shapes_of(content):
        name = content["map"]["id"]
        if name not in shapes:
            shapes[name] = own_shapes(content)
        return shapes[name]

    claims = pages.check_all_claims(loaded, LANGUAGES)
    return {
        (build, "load"): lambda _: loaded,
        (contexts, "layer_text"): text,
        (pages, "check_all_claims"): lambda *_: claims,
        (pages, "shapes_of"): shapes_of,
        (pages, "in_background"): lambda make: make,
    }


@pytest.fixture
def quick(monkeypatch, at_hand):
    """Pages and layers are made of the committed atlas, which is in memory."""
    for (module, name), function in at_hand.items():
        monkeypatch.setattr(module, name, function)


@pytest.fixture(scope="module")
def pages_by_names():
    """The texts of pages by the names of their maps, once they are made."""
    return {}


@pytest.fixture
def written(quick, pages_by_names, monkeypatch):  # noqa: ARG001 - what is made at first is made quickly
    """Pages are made once for all tests that are about files alone."""
    make = pages.page_texts

    def give(context, chosen, tell, **options):
        key = (*(entry.name for entry in chosen), *options.items())
        if key not in pages_by_names:
            pages_by_names[key] = list(make(context, chosen, tell, **options))
        yield from pages_by_names[key]

    monkeypatch.setattr(pages, "page_texts", give)


@pytest.fixture
def few(geodata, quick):  # noqa: ARG001 - what is built is made quickly
    """The test's own folder to build a few maps in. Commands run in it."""
    declare_few(geodata)
    return geodata.parent


@pytest.fixture(scope="module")
def few_built(tmp_path_factory, at_hand, copy_of_data):
    """A folder in which an atlas of a few maps was built. Tests must not change it."""
    folder = tmp_path_factory.mktemp("few")
    geodata = copy_of_data(folder).folder.parent
    declare_few(geodata)
    with pytest.MonkeyPatch.context() as patch:
        for (module, name), function in at_hand.items():
            patch.setattr(module, name, function)
        build.build(build.find_folders(geodata, folder / "maps"))
    return folder


@pytest.fixture
def ready(few_built, tmp_path, monkeypatch):
    """The test's own folder in which an atlas of a few maps was built. Commands run in it."""
    shutil.copytree(few_built, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- what is built ----------------------------------------------------------------------------------------------------


def test_a_build_makes_every_layer_every_map_the_index_and_the_measures(built, loaded, contents):
    made = set(contents(built)) - {
        name
        for name in contents(built)
        if name.startswith(("geodata/facts", "geodata/basemap", "geodata/alignments", "geodata/imported"))
    }
    assert made == {
        "geodata/assumptions.toml",
        "geodata/catalog.toml",
        "geodata/datapackage.json",
        "geodata/scenarios.toml",
        "maps/atlas.toml",
        "maps/claims.html",
        "maps/index.html",
        "maps/measures.json",
        *(f"maps/{name}.html" for name in MAPS),
        *(f"geodata/layers/{name}.geojson" for name in loaded.layers),
    }


def test_another_process_builds_the_same_bytes_of_the_facts_of_the_package(other_process, built, corridors, contents):
    made, there = contents(other_process.folder), contents(built)
    assert sorted(Path(line).as_posix() for line in other_process.out.splitlines()) == sorted(made)
    for name, data in made.items():
        assert data == there[name], name
    layers = {name for name in there if name.startswith("geodata/layers/")}
    assert {*made} == layers | {f"maps/{name}.html" for name in PAGES}
    with contextlib.chdir(other_process.folder):
        assert corridors("build", "--check", "--only", "layers").code == 0


@pytest.mark.usefixtures("written")
def test_a_second_build_writes_nothing_anew(ready, corridors):
    before = {path: path.stat().st_mtime_ns for path in ready.rglob("*") if path.is_file()}
    ran = corridors("build")
    assert ran.code == 0
    assert len(ran.out.splitlines()) == len(DRAWN) + len(FEW) + 4
    assert {path: path.stat().st_mtime_ns for path in ready.rglob("*") if path.is_file()} == before


def test_nothing_built_tells_of_the_machine_it_was_built_on(built, repo):
    places = [re.escape(f"{place}/") for place in (built, repo, Path.home(), sys.prefix)]
    forbidden = re.compile("|".join([*places, "site-packages", "file://"]).encode())
    for path in built.rglob("*"):
        if path.suffix in {".html", ".geojson", ".json"}:
            assert not forbidden.search(path.read_bytes()), path.name


def test_the_order_of_the_rows_of_a_table_does_not_matter_to_the_layers(facts, corridors, built):
    for table in ("cities", "stations", "rail_stops", "ports", "airports"):
        head, *rows = facts.rows(table)
        facts.write(table, [head, *reversed(rows)])
    assert corridors("build", "--only", "layers").code == 0
    for name in ("cities", "stations", "ports", "airports", "rail"):
        there = facts.folder.parents[1] / "geodata" / "layers" / f"{name}.geojson"
        if name != "stations":  # a station lists its lines in the order of rail_stops.csv
            assert there.read_bytes() == (built / "geodata" / "layers" / f"{name}.geojson").read_bytes()


def test_one_part_alone_is_built_where_one_part_is_asked_for(few, corridors):
    geodata = few / "geodata"
    layers = set(corridors("build", "--only", "layers").out.splitlines())
    assert {Path(line).parent.as_posix() for line in layers} == {"geodata", "geodata/layers"}
    assert not list((few / "maps").glob("*.html"))
    shutil.rmtree(geodata / "layers")
    maps = corridors("build", "--only", "maps").out.splitlines()
    assert {Path(line).parent.as_posix() for line in maps} == {"maps"}
    assert not (geodata / "layers").exists()


@pytest.mark.usefixtures("quick")
def test_the_maps_named_are_built_alone_and_as_the_whole_build_makes_them(geodata, corridors, built, contents):
    before = set(contents(geodata.parent))
    ran = corridors("build", "rail", "trade", "rail")
    assert ran.out.split() == [str(Path("maps/rail.html")), str(Path("maps/trade.html"))]
    assert set(contents(geodata.parent)) - before == {"maps/rail.html", "maps/trade.html"}
    for name in ("rail", "trade"):
        assert (geodata.parent / "maps" / f"{name}.html").read_bytes() == (built / "maps" / f"{name}.html").read_bytes()


@pytest.mark.usefixtures("quick")
@pytest.mark.slow
def test_other_folders_may_be_named(tmp_path, repo, monkeypatch, corridors, contents):
    monkeypatch.chdir(tmp_path)
    assert corridors("build", "flights", "--geodata", repo / "geodata", "--maps", tmp_path / "a" / "b").code == 0
    assert set(contents(tmp_path)) == {"a/b/flights.html"}


@pytest.mark.parametrize("lang", ["nl", "zh", "ru"])
def test_a_page_opens_in_the_language_asked_for(few, corridors, lang):
    assert corridors("build", "flights", "--lang", lang).code == 0
    page = (few / "maps" / "flights.html").read_text(encoding="utf-8")
    assert re.search(rf'<html[^>]* lang="{lang}"', page)


def test_a_page_opens_in_english_where_nothing_is_asked_for(built):
    for path in (built / "maps").glob("*.html"):
        assert re.search(r'<html[^>]* lang="en"', path.read_text(encoding="utf-8"))


@pytest.mark.usefixtures("few")
def test_python_builds_the_same(few_built):
    (path,) = package.build(maps=["flights"])
    assert path.read_bytes() == (few_built / "maps" / "flights.html").read_bytes()


def test_what_is_committed_is_what_would_be_built(built, repo):
    """Layers, pages and measures; after a change of facts or code, make atlas builds them anew."""
    files = [path.relative_to(built) for path in sorted(built.rglob("*")) if path.is_file()]
    assert {Path("maps/index.html"), Path("maps/measures.json"), Path("geodata/layers/rail.geojson")} <= {*files}
    stale = [
        path.as_posix()
        for path in files
        if not (repo / path).is_file() or (repo / path).read_bytes() != (built / path).read_bytes()
    ]
    assert stale == []
    assert {path.name for path in (repo / "geodata" / "layers").iterdir()} == {f"{name}.geojson" for name in DRAWN}


@pytest.mark.slow
def test_the_committed_figures_are_those_that_would_be_drawn(repo):
    folders = build.find_folders(repo / "geodata", repo / "maps")
    stale = build.differences(folders, build.BuildOptions(only="figures"))
    assert [said.text("en") for said in stale] == []


@pytest.mark.slow
def test_reports_are_built_in_every_form(geodata, corridors, monkeypatch, context):
    monkeypatch.setattr(build, "LANGUAGES", ("nl",))
    monkeypatch.setattr(build, "load_with_maps", lambda *_: context)
    monkeypatch.setattr("corridors.documents.document.own_report", lambda: article_of("{{ country('KAZ') }}", "a.md"))
    ran = corridors("build", "--only", "reports")
    assert (ran.code, ran.err) == (0, "")
    made = [Path(line) for line in ran.out.splitlines()]
    assert [path.name for path in made] == ["report.nl.pdf", "report.nl.docx", "report.nl.html"]
    assert all((geodata.parent / path).is_file() for path in made)
    assert "Kazachstan" in (geodata.parent / made[-1]).read_text(encoding="utf-8")


# --- check ------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("written")
def test_a_check_finds_nothing_after_a_build(ready, corridors, contents):
    before = contents(ready)
    ran = corridors("build", "--check")
    assert (ran.code, ran.out, ran.err) == (0, "", "everything is as it would be built\n")
    assert contents(ready) == before
    assert corridors("build", "--check", "-q", "--only", "layers").err == ""


@pytest.mark.usefixtures("written")
def test_a_check_names_each_file_that_differs_and_changes_none(ready, corridors, contents):
    page = ready / "maps" / "tourism.html"
    data = page.read_bytes()
    page.write_bytes(data[:-3] + bytes([data[-3] ^ 1]) + data[-2:])
    (ready / "geodata" / "layers" / "rail.geojson").unlink()
    before = contents(ready)
    ran = corridors("build", "--check")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines() == [
        f"{Path('geodata/layers/rail.geojson')}: missing",
        f"{Path('maps/tourism.html')}: differs from what would be built",
    ]
    assert contents(ready) == before


@pytest.mark.usefixtures("written")
def test_a_check_before_any_build_misses_everything(few, corridors, contents):
    before = contents(few)
    ran = corridors("build", "--check", "flights", "tourism")
    assert ran.code == 1
    assert [line.endswith(": missing") for line in ran.out.splitlines()] == [True, True]
    assert contents(few) == before


def test_a_check_after_a_change_of_facts_tells_what_it_changes(ready, corridors):
    path = ready / "geodata" / "facts" / "airports.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("77.0405", "77.0406"), encoding="utf-8")
    ran = corridors("build", "--check", "--only", "layers")
    assert ran.code == 1
    assert {Path(line.partition(":")[0]).stem for line in ran.out.splitlines()} == {"airports", "flights"}


# --- other people's files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["<html>my own map</html>", "", '<!-- "corridors" is not its generator -->' * 99])
@pytest.mark.usefixtures("written")
def test_a_file_that_we_did_not_make_is_kept(few, corridors, one_message, contents, text):
    foreign = few / "maps" / "tourism.html"
    foreign.write_text(text, encoding="utf-8")
    before = contents(few)
    one_message(corridors("build", "flights", "tourism"), 4, "tourism.html", "not made by corridors", "--force")
    assert contents(few) == before
    assert corridors("build", "tourism", "--force").code == 0
    assert foreign.read_text(encoding="utf-8") != text


@pytest.mark.usefixtures("written")
def test_a_layer_that_we_did_not_make_is_kept(few, corridors, one_message, contents):
    (few / "geodata" / "layers").mkdir()
    foreign = few / "geodata" / "layers" / "rail.geojson"
    foreign.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    before = contents(few)
    one_message(corridors("build"), 4, "rail.geojson", "not made by corridors", "--force")
    assert contents(few) == before


@pytest.mark.usefixtures("quick")
def test_a_page_of_an_earlier_build_is_written_over(ready, corridors, few_built):
    page = ready / "maps" / "flights.html"
    page.write_bytes(page.read_bytes() + b"\n")
    assert corridors("build", "flights").code == 0
    assert page.read_bytes() == (few_built / "maps" / "flights.html").read_bytes()


# --- what cannot be written -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("written")
def test_a_folder_under_a_file_cannot_be_made(few, corridors, one_message, contents):
    (few / "file").write_text("x", encoding="utf-8")
    before = contents(few)
    one_message(
        corridors("build", "flights", "--maps", "file/maps"), 4, "flights.html", "cannot be written", "choose a folder"
    )
    assert contents(few) == before


@pytest.mark.parametrize("option", [[], ["--force"]])
@pytest.mark.usefixtures("written")
def test_a_folder_in_a_file_s_place_is_left_alone(few, corridors, one_message, contents, option):
    (few / "maps" / "tourism.html").mkdir()
    before = contents(few)
    one_message(corridors("build", "flights", "tourism", *option), 4, "tourism.html", "Is a directory")
    assert contents(few) == before


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EROFS])
@pytest.mark.usefixtures("written")
def test_a_disk_that_refuses_the_new_name_leaves_everything_as_it_was(
    ready, corridors, one_message, contents, monkeypatch, error
):
    page = ready / "maps" / "flights.html"
    page.write_bytes(page.read_bytes() + b"\n")
    before = contents(ready)

    def refuse(*_, **__):
        raise OSError(error, os.strerror(error))

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        one_message(corridors("build"), 4, "flights.html", "cannot be written", os.strerror(error))
    assert contents(ready) == before


@pytest.mark.usefixtures("written")
def test_a_disk_that_fills_up_leaves_everything_as_it_was(few, corridors, one_message, contents, monkeypatch):
    before = contents(few)
    calls = []

    def fill(_):
        calls.append(1)
        if len(calls) > 5:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fill)
        one_message(corridors("build"), 4, "cannot be written", "No space left", "has room")
    assert contents(few) == before


@pytest.mark.usefixtures("quick")
def test_a_build_that_is_interrupted_leaves_everything_as_it_was(ready, corridors, contents, monkeypatch):
    page = ready / "maps" / "flights.html"
    page.write_bytes(page.read_bytes() + b"\n")
    before = contents(ready)

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("corridors.app.pages.index_html", interrupt)
        ran = corridors("build")
    assert (ran.code, ran.out) == (130, "")
    assert ran.err.strip() == "corridors: interrupted; files are as they were before"
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupt)
        assert corridors("build").code == 130
    assert contents(ready) == before


# --- what is said meanwhile -------------------------------------------------------------------------------------------


def test_progress_is_not_shown_in_a_pipe(other_process):
    assert other_process.err == ""
    assert "maps/flights.html" in other_process.out.split()


@pytest.fixture
def terminal(monkeypatch):
    """Make stderr a terminal. Call it after capturing has begun."""
    return lambda: monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)


@pytest.mark.usefixtures("few")
def test_progress_is_shown_on_a_terminal_and_cleared(corridors, terminal):
    terminal()
    said = corridors("build", "flights").err
    assert "· map flights" in said
    last = said.rstrip("\r").rpartition("\r")[2]
    assert last.strip() == ""
    assert "\n" not in said
    assert corridors("build", "flights", "-q").err == ""


def test_an_error_on_a_terminal_starts_on_a_clean_line(facts, corridors, terminal):
    facts.change("cities", {"lon": ""})
    terminal()
    said = corridors("build").err
    assert said.rpartition("\r")[2].startswith("corridors: cities.csv: row 2: lon: ")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.usefixtures("geodata")
def test_wrong_tiles_are_told_of_before_anything_is_made(corridors, monkeypatch, lang):
    monkeypatch.setattr(build, "load", lambda _: pytest.fail("the facts were read first"))
    ran = corridors("build", "--tiles", "nonsense", "--lang", lang)
    assert ran.code == 2
    assert message("error.tiles.unknown", "'nonsense'", TEMPLATE, "").text(lang) in ran.err
    assert "attribution" not in ran.err
