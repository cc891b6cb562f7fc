"""Orders for figures: names, formats and places; all files or none, and no foreign files."""

import json
import sys
from html import unescape

import pytest
from PIL import Image
from pypdf import PdfReader

from corridors.content import load as loading
from corridors.data.whole_file import keep_foreign
from corridors.documents.figure_files import Order, chart_names, numbers, print_run
from corridors.errors import FileError, UsageError
from corridors.figures.figure import map_figure
from corridors.figures.sheet import FORMATS, Sheet, drawing_bytes
from corridors.locales import LANGUAGES
from tools import world

SMALL = Sheet(width_mm=90, dpi=60)


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_written_in_the_format_of_its_suffix(context, tmp_path, form):
    target = tmp_path / "new" / f"any-name.{form.upper()}"
    assert print_run(Order(["rail"], target), context, SMALL) == [target]
    data = target.read_bytes()
    assert data.startswith({"svg": b"<svg", "pdf": b"%PDF", "png": b"\x89PNG"}[form])
    title = context.maps["rail"].title["en"]
    if form == "png":
        assert Image.open(target).text["Title"] == title
    elif form == "pdf":
        assert PdfReader(target).metadata.title == title
    else:
        assert title in unescape(data.decode())


def test_a_folder_gets_a_file_for_each_name_and_format(context, tmp_path):
    order = Order(["flights", "road-share", "flights"], tmp_path, formats=("png", "svg", "png"))
    names = [path.relative_to(tmp_path).as_posix() for path in print_run(order, context, SMALL)]
    assert names == ["flights.png", "flights.svg", "road-share.png", "road-share.svg"]


@pytest.mark.parametrize("ordered", [["tourism"], ["tourism", "flights"]])
def test_what_no_ordered_map_needs_is_not_computed(context, repo, tmp_path, corridors, monkeypatch, ordered):
    for result in ("run_declared", "compare_all"):
        monkeypatch.setattr(loading, result, lambda *_: pytest.fail("this takes long, and no map shows it"))
    folders = ["--geodata", repo / "geodata", "--maps", repo / "maps"]
    assert corridors("figure", *ordered, "-o", tmp_path, *folders).code == 0
    for name in ordered:
        whole = drawing_bytes(map_figure(name, context, Sheet()), "svg")
        assert (tmp_path / f"{name}.svg").read_bytes() == whole


def test_no_chart_goes_under_the_name_of_a_map(context):
    assert not set(chart_names(context)) & set(context.maps)


def test_our_own_files_are_written_over_and_those_of_others_are_not(context, tmp_path):
    order = Order(["road-share"], tmp_path, formats=FORMATS)
    ours = {path: path.read_bytes() for path in print_run(order, context, SMALL)}
    for path in ours:
        path.write_bytes(path.read_bytes() + b"\n ")
    print_run(order, context, SMALL)
    assert {path: path.read_bytes() for path in ours} == ours
    for path, data in ours.items():
        keep_foreign(path)
        path.write_bytes(data[:20] + b" of somebody else")
        with pytest.raises(FileError, match="--force"):
            keep_foreign(path)
    with pytest.raises(FileError, match="--force"):
        print_run(order, context, SMALL)
    assert all(path.read_bytes().endswith(b" of somebody else") for path in ours)
    print_run(order, context, SMALL, force=True)
    assert {path: path.read_bytes() for path in ours} == ours


@pytest.mark.parametrize(
    ("order", "wrong"),
    [
        (Order([], "x"), "names, or --all"),
        (Order(["rail"], "x", everything=True), "names, or --all"),
        (Order(["overvieuw"], "x"), "Did you mean overview"),
        (Order(["rail"], "x.jpg"), r"\.svg, \.pdf, \.png"),
        (Order(["rail", "trade"], "x.svg"), "name a folder"),
        (Order(["rail"], "x.svg", formats=("png",)), "name a folder"),
        (Order(["rail"], "x.svg", extent=(60, 40)), "four numbers"),
        (Order(["rail"], "x.svg", extent=(60, 40, 60, 50)), "nothing"),
        (Order(["rail"], "x.svg", layers=("reil",)), "Did you mean rail"),
        (Order(["rail"], "x.svg", year=3000), "1842 to 2100"),
        (Order(["road-share"], "x.svg", year=2020), "--year"),
        (Order(["rail", "flights"], "x", layers=("rail",)), "no layer 'rail'"),
    ],
)
def test_what_cannot_be_printed_is_refused_and_nothing_is_written(context, tmp_path, order, wrong):
    order = Order(**{name: getattr(order, name) for name in Order.__slots__} | {"target": tmp_path / order.target})
    with pytest.raises(UsageError, match=wrong) as refused:
        print_run(order, context, SMALL)
    assert list(tmp_path.iterdir()) == []
    for language in LANGUAGES:
        assert "{" not in refused.value.text(language)


def test_where_one_file_cannot_be_written_none_is(context, tmp_path):
    (tmp_path / "flights.svg").mkdir()
    with pytest.raises(FileError):
        print_run(Order(["rail", "flights"], tmp_path), context, SMALL)
    assert [path.name for path in tmp_path.iterdir()] == ["flights.svg"]


@pytest.mark.parametrize("text", ["", "a,b,c,d", "60;40;70;50", "60,40,,50"])
def test_an_extent_without_numbers_is_refused(text):
    with pytest.raises(UsageError, match="no number"):
        numbers(text)


# --- the command line -------------------------------------------------------------------------------------------------


def test_the_command_draws_and_prints_the_paths(corridors, geodata):
    ran = corridors(
        "figure", "rail", "-o", "out/rail.png", "--width-mm", "90", "--height-mm", "120", "--dpi", "60",
        "--lang", "zh", "--theme", "dark", "--extent", "60,35,90,50", "--layers", "rail,cities", "--year", "2015", "-q",
    )  # fmt: skip
    assert (ran.code, ran.out, ran.err) == (0, "out/rail.png\n", "")
    picture = Image.open(geodata.parent / "out" / "rail.png")
    assert picture.size == (int(90 / 25.4 * 60), int(120 / 25.4 * 60))
    assert picture.text["Language"] == "zh"


def test_the_command_refuses_in_one_message(corridors, geodata, one_message):
    one_message(corridors("figure", "raill", "-o", "x.svg"), 2, "raill", "rail")
    one_message(corridors("figure", "rail", "-o", "x.svg", "--width-mm", "5"), 2, "mm")
    one_message(corridors("figure", "rail", "-o", "x.svg", "--extent", "1,2,3"), 2, "1,2,3")
    assert not (geodata.parent / "x.svg").exists()


def test_a_missing_matplotlib_is_told_with_a_remedy(corridors, geodata, one_message, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    one_message(corridors("figure", "rail", "-o", "x.svg"), 2, "corridors[paper]")
    assert not (geodata.parent / "x.svg").exists()


# --- the globe --------------------------------------------------------------------------------------------------------


def topology(path, shift=0):
    """A small TopoJSON file: one continent, one islet, one ice shelf."""
    rings = [[[0, 10], [30, 10], [30, 40], [0, 40], [0, 10]], [[50, 0], [51, 0], [51, 1], [50, 0]],
             [[0, -90], [90, -90], [90, -70], [0, -90]]]  # fmt: skip
    arcs = [[[x + shift, y] for x, y in ring] for ring in rings]
    shapes = {"type": "MultiPolygon", "arcs": [[[nth]] for nth in range(len(arcs))]}
    collection = {"type": "GeometryCollection", "geometries": [shapes]}
    path.write_text(json.dumps({"type": "Topology", "arcs": arcs, "objects": {"land": collection}}))
    return path


def test_the_world_keeps_continents_and_leaves_out_specks_and_ice(tmp_path):
    target = tmp_path / "world.geojson"
    assert world.main([str(topology(tmp_path / "land.json")), "-o", str(target)]) == 0
    features = json.loads(target.read_text())["features"]
    assert [len(feature["geometry"]["coordinates"][0]) for feature in features] == [5]


def test_a_world_that_cannot_be_read_or_written_is_told(tmp_path, capsys):
    assert world.main([str(tmp_path / "none.json"), "-o", str(tmp_path / "x")]) == FileError.exit_code
    assert world.main([str(topology(tmp_path / "l.json")), "-o", str(tmp_path)]) == FileError.exit_code
    assert capsys.readouterr().err.count("\n") == 2
