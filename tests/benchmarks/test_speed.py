"""The times that a user waits for; `pytest tests/benchmarks --benchmark-enable` measures them."""

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from corridors.app import api, build
from corridors.content.load import load_with_maps
from corridors.data.facts import read_facts
from corridors.documents.document import make_document, own_report
from corridors.documents.figure_files import Order, print_run
from corridors.figures.sheet import FORMATS, Sheet
from corridors.layers.countries import read_outlines
from corridors.locales import LANGUAGES
from corridors.measures.vector_statistics import vector_totals
from corridors.measures.where import choose
from corridors.network.declared_scenarios import places_between, run_declared
from corridors.network.gazetteer import Gazetteer
from corridors.network.scenario import Scenario, run_scenario
from tests.declared import SCENARIOS

REPOSITORY = Path(__file__).resolve().parents[2]
GEODATA = REPOSITORY / "geodata"
ONLY_MEASURES = "takes long and only measures; run by: make bench"
PROGRAM = (sys.executable, "-c", "from corridors.cli.main import main; main(prog_name='corridors')")


@pytest.mark.benchmark(group="command line: at most 0.3 s")
def test_help(benchmark):
    ran = benchmark(subprocess.run, [*PROGRAM, "--help"], check=True, capture_output=True)
    assert b"Example: corridors build" in ran.stdout


@pytest.mark.benchmark(group="from facts to pages")
def test_reading_and_checking_all_facts(benchmark):
    assert benchmark(read_facts, GEODATA)[1] == []


@pytest.mark.benchmark(group="from facts to pages")
def test_loading_the_atlas(benchmark):
    assert len(benchmark(build.load, GEODATA).layers) == 13


@pytest.mark.benchmark(group="from facts to pages")
def test_building_everything_anew_in_a_warm_process(benchmark, built):
    if benchmark.disabled:
        pytest.skip(ONLY_MEASURES)
    folders = build.find_folders(built / "geodata", built / "maps")
    assert len(benchmark(build.build, folders)) == 27


@pytest.mark.benchmark(group="conditions")
def test_choosing_stations(benchmark, loaded):
    found = benchmark(choose, loaded.layers["stations"], "'KAZ' in country and status == 'operational'")
    assert 0 < len(found) < len(loaded.layers["stations"])


@pytest.mark.benchmark(group="a million lines of twelve vertices by country: at most 10 s")
def test_a_million_lines_by_country(benchmark):
    if benchmark.disabled:
        pytest.skip(ONLY_MEASURES)
    random = np.random.default_rng(0)
    starts = random.uniform((20, 5), (150, 75), (1_000_000, 2))
    courses = starts[:, None, :] + np.cumsum(random.normal(0, 0.02, (len(starts), 12, 2)), axis=1)
    lines = gpd.GeoDataFrame(geometry=shapely.linestrings(courses), crs="EPSG:4326")
    outlines = read_outlines(GEODATA / "basemap")
    found = benchmark.pedantic(lambda: vector_totals(lines, outlines, by="country"), rounds=3, iterations=1)
    assert len(list(found.measures("lines"))) > 100


@pytest.mark.benchmark(group="from cold start, on two processors: at most 8 s")
def test_a_build_of_layers_and_maps(benchmark, tmp_path):
    if benchmark.disabled:
        pytest.skip(ONLY_MEASURES)
    geodata = shutil.copytree(GEODATA, tmp_path / "geodata")
    build_all = (*PROGRAM, "build", "--geodata", str(geodata), "--maps", str(tmp_path / "maps"))
    ran = benchmark.pedantic(subprocess.run, (build_all,), {"check": True, "capture_output": True}, rounds=3)
    assert ran.stdout.endswith(b"measures.json\n")


@pytest.mark.benchmark(group="the declared scenarios: at most 1.5 s")
def test_the_declared_scenarios(benchmark, loaded):
    if benchmark.disabled:
        pytest.skip(ONLY_MEASURES)
    declared = benchmark(
        run_declared,
        GEODATA / "scenarios.toml", loaded.layers, loaded.facts, loaded.network, loaded.assumptions, LANGUAGES,
    )  # fmt: skip
    assert tuple(declared.entries) == SCENARIOS


@pytest.mark.benchmark(group="scenario of all pairs of cities: at most 0.5 s")
@pytest.mark.parametrize("by", ["distance", "time"])
def test_a_scenario_of_all_cities(benchmark, loaded, by):
    cities = places_between("all", loaded.facts, Gazetteer(loaded.layers, loaded.facts, loaded.network))
    scenario = Scenario(cities, opened=frozenset({"cku"}), by=by)
    result = benchmark(run_scenario, loaded.network, loaded.facts, loaded.assumptions, scenario)
    assert len(result.pairs) == len(cities) * (len(cities) - 1) // 2


@pytest.mark.benchmark(group="a route: at most 1.5 s from cold start, 0.02 s on the loaded network")
def test_a_route_from_cold_start(benchmark):
    if benchmark.disabled:
        pytest.skip(ONLY_MEASURES)
    route = (*PROGRAM, "route", "Xi'an", "Tbilisi")
    ran = benchmark(subprocess.run, route, check=True, capture_output=True, cwd=REPOSITORY)
    assert b"Tbilisi" in ran.stdout


@pytest.mark.benchmark(group="a route: at most 1.5 s from cold start, 0.02 s on the loaded network")
def test_a_route_on_the_loaded_network(benchmark):
    opened = api.load(GEODATA)
    opened.route("Xi'an", "Tbilisi")
    assert benchmark(opened.route, "Xi'an", "Tbilisi")[0].length_km > 6000


def order(benchmark, make):
    """Measure once, from reading the facts to the last byte. It is too long for runs without measuring."""
    if benchmark.disabled:
        pytest.skip(ONLY_MEASURES)
    return benchmark.pedantic(make, rounds=3)


@pytest.mark.benchmark(group="on paper: all figures at most 15 s, four reports in PDF at most 30 s")
def test_all_figures_in_three_formats(benchmark, tmp_path):
    def figures():
        context = load_with_maps(GEODATA, REPOSITORY / "maps" / "atlas.toml")
        return print_run(Order((), tmp_path, everything=True, formats=FORMATS), context, Sheet(), force=True)

    drawn = order(benchmark, figures)
    assert Counter(path.suffix[1:] for path in drawn) == dict.fromkeys(FORMATS, len(drawn) // len(FORMATS))
    assert len(drawn) > len(FORMATS)


@pytest.mark.benchmark(group="on paper: all figures at most 15 s, four reports in PDF at most 30 s")
def test_four_reports_in_pdf(benchmark):
    def reports():
        context = load_with_maps(GEODATA, REPOSITORY / "maps" / "atlas.toml")
        return [make_document(context, own_report(), Path("report.pdf"), lang=language) for language in LANGUAGES]

    assert all(len(data) < 6e6 for report in order(benchmark, reports) for data in report.values())
