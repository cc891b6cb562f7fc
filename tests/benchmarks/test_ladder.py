"""A frame, or a GeoJSON file, as one page, beside the peers: `make bench` measures in one run, and prints sizes too.

`.venv/bin/python -m pip install lonboard` installs lonboard; without it, its rounds are skipped. It is in the group of
dependencies "peers", which pip installs with `--group peers` from pip 25.1 on.
"""

import subprocess
import sys

import folium
import pytest

from corridors import explore
from tests.benchmarks.walks import walks

SIZES = (10_000, 50_000, 200_000, 1_000_000)
MOST_OF_FOLIUM = 50_000
"""folium is not asked for more lines than this: its pages are too large to be opened."""

MEMORY_OF = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Run a command, and print the most memory that it had, in kibibytes."""


def save_corridors(frame, path):
    explore(frame, "kind", precision=4 if len(frame) >= SIZES[-1] else 5).save(path)


def save_folium(frame, path):
    page = folium.Map()
    tooltip = folium.GeoJsonTooltip(["name", "kind"])
    folium.GeoJson(frame, style_function=lambda _: {"color": "#0072B2", "weight": 2}, tooltip=tooltip).add_to(page)
    page.save(path)


def save_lonboard(frame, path):
    lonboard = pytest.importorskip("lonboard", reason=f"not installed: {sys.executable} -m pip install lonboard")
    lonboard.viz(frame).to_html(str(path))


@pytest.mark.parametrize("save", [save_corridors, save_folium, save_lonboard], ids=["corridors", "folium", "lonboard"])
@pytest.mark.parametrize("count", SIZES)
def test_a_frame_is_saved_as_a_page(benchmark, tmp_path, monkeypatch, count, save):
    if benchmark.disabled:
        pytest.skip("takes minutes and only measures; run by: make bench")
    if save is save_folium and count > MOST_OF_FOLIUM:
        pytest.skip("folium's page of so many lines cannot be opened")
    # folium by itself: corridors makes its GeoJson read frames faster.
    monkeypatch.setattr(folium.GeoJson, "process_data", folium.GeoJson.process_data.__wrapped__)
    benchmark.group = f"{count:,} lines saved"
    frame, path = walks(count), tmp_path / "page.html"
    save_corridors(frame[:100], tmp_path / "first.html")  # what is read once is not counted
    benchmark.pedantic(save, args=(frame, str(path)), rounds=5 if count < SIZES[-1] else 1, warmup_rounds=0)
    benchmark.extra_info["megabytes"] = round(path.stat().st_size / 1e6, 2)


@pytest.mark.parametrize("count", [25_000, 50_000, 100_000, 200_000])
def test_time_and_memory_grow_with_a_geojson_file(benchmark, tmp_path, count):
    """`corridors map` on files of which each is twice the one before. The peak of memory is that of its own process."""
    if benchmark.disabled:
        pytest.skip("takes a minute and only measures; run by: make bench")
    walks(count).to_file(tmp_path / "walks.geojson", driver="GeoJSON")
    # Through a small process: the system counts as the memory of a process also what its parent had when it began.
    program = [
        sys.executable,
        "-m",
        "corridors",
        "map",
        str(tmp_path / "walks.geojson"),
        "-o",
        str(tmp_path / "walks.html"),
    ]
    command = [sys.executable, "-c", MEMORY_OF, *program]
    peaks = []

    def run():
        peaks.append(int(subprocess.run(command, check=True, capture_output=True).stdout.split()[-1]) / 1e3)

    benchmark.group = "corridors map FILE.geojson: time and memory by the number of lines"
    benchmark.pedantic(run, rounds=1)
    benchmark.extra_info.update(lines=count, peak_mb=round(max(peaks)))
    print(benchmark.extra_info)  # noqa: T201 - the table of the run has no column for them
