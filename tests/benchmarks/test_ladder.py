"""A frame saved as one page, beside the peers: `make bench` measures, in one run, and prints sizes with the medians.

lonboard is in the dependency group "peers" (`pip install --group peers`); without it, its rounds are skipped.
"""

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
