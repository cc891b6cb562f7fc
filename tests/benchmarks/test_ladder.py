"""A frame, or a GeoJSON file, as one page, beside the peers: `make bench` measures in one run, and prints sizes too.

lonboard is in the dependency group "peers" (`pip install --group peers`); without it, its rounds are skipped.
"""

import os
import subprocess
import sys

import folium
import pytest

from corridors import explore
from tests.benchmarks.walks import walks

SIZES = (10_000, 50_000, 200_000, 1_000_000)
MOST_OF_FOLIUM = 50_000
"""folium is not asked for more lines than this: its pages are too large to be opened."""


def save_corridors(frame, path):
    explore(frame, "kind", precision=4 if len(frame) >= SIZES[-1] else 5).save(path)


def save_folium(frame, path):
    page = folium.Map()
    tooltip = folium.GeoJsonTooltip(["name", "kind"])
    folium.GeoJson(frame, style_function=lambda _: {"color": "#0072B2", "weight": 2}, tooltip=tooltip).add_to(page)
    page.save(path)


def save_lonboard(frame, path):
    lonboard = pytest.importorskip("lonboard", reason="lonboard is not installed: pip install --group peers")
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
    command = [sys.executable, "-m", "corridors", "map", tmp_path / "walks.geojson", "-o", tmp_path / "walks.html"]
    peaks = []

    def run():
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        peaks.append(usage.ru_maxrss / 1e3)

    benchmark.group = "corridors map FILE.geojson: time and memory by the number of lines"
    benchmark.pedantic(run, rounds=1)
    benchmark.extra_info.update(lines=count, peak_mb=round(max(peaks)))
    print(benchmark.extra_info)  # noqa: T201 - the table of the run has no column for them
