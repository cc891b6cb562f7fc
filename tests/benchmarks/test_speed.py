"""How long the things take that a user waits for; `pytest tests/benchmarks --benchmark-enable` measures them."""

import subprocess
import sys
from pathlib import Path

import pytest

from corridors import atlas
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
    assert len(benchmark(atlas.build, folders)) == 21


@pytest.mark.benchmark(group="conditions")
def test_choosing_stations(benchmark, loaded):
    found = benchmark(choose, loaded.layers["stations"], "'KAZ' in country and status == 'operational'")
    assert 0 < len(found) < len(loaded.layers["stations"])
