"""How long the things take that a user waits for; `pytest tests/benchmarks --benchmark-enable` measures them."""

import subprocess
import sys
from pathlib import Path

import pytest

from corridors import atlas
from corridors.analysis.gazetteer import Gazetteer
from corridors.analysis.scenario import Scenario, run_scenario
from corridors.analysis.shipped import places_between
from corridors.analysis.where import choose
from corridors.data.facts import read_facts

GEODATA = Path(__file__).resolve().parents[2] / "geodata"
PROGRAM = (sys.executable, "-c", "from corridors.cli import main; main(prog_name='corridors')")


@pytest.mark.benchmark(group="command line: at most 0.3 s")
def test_help(benchmark):
    ran = benchmark(subprocess.run, [*PROGRAM, "--help"], check=True, capture_output=True)
    assert b"Example: corridors build" in ran.stdout


@pytest.mark.benchmark(group="from facts to pages")
def test_reading_and_checking_all_facts(benchmark):
    assert benchmark(read_facts, GEODATA)[1] == []


@pytest.mark.benchmark(group="from facts to pages")
def test_loading_the_atlas(benchmark):
    assert len(benchmark(atlas.load, GEODATA).layers) == 12


@pytest.mark.benchmark(group="from facts to pages")
def test_building_everything_anew_in_a_warm_process(benchmark, built):
    folders = atlas.find_folders(built / "geodata", built / "maps")
    assert len(benchmark(atlas.build, folders)) == 23


@pytest.mark.benchmark(group="conditions")
def test_choosing_stations(benchmark, loaded):
    found = benchmark(choose, loaded.layers["stations"], "'KAZ' in country and status == 'operational'")
    assert 0 < len(found) < len(loaded.layers["stations"])


@pytest.mark.benchmark(group="scenario of all pairs of cities: at most 10 s")
@pytest.mark.parametrize("by", ["distance", "time"])
def test_a_scenario_of_all_cities(benchmark, loaded, by):
    cities = places_between("all", loaded.facts, Gazetteer(loaded.layers, loaded.facts, loaded.network))
    scenario = Scenario(cities, opened=frozenset({"cku"}), by=by)
    result = benchmark(run_scenario, loaded.network, loaded.facts, loaded.assumptions, scenario)
    assert len(result.pairs) == len(cities) * (len(cities) - 1) // 2
