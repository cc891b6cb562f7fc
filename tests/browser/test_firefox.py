"""The pages in Firefox: they open from disk without a network, answer, and draw a reader's own data."""

import shutil

import geopandas as gpd
import pytest
import shapely

from corridors.web.map import CorridorMap
from tests.browser.firefox import started
from tests.declared import MAPS

PROGRAM = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
BLUE = [0, 114, 178]
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="Firefox is not installed. Remedy: install firefox-esr.")

DRAWN = f"""(() => {{
    const canvas = document.querySelector("canvas.columns");
    const {{data}} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) count += {BLUE}.every((part, nth) => data[i + nth] === part);
    return count;
}})()"""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    with started(str(PROGRAM), tmp_path_factory.mktemp("profile")) as running:
        yield running


# Between them they have all that a page can have; each takes three seconds.
@pytest.mark.parametrize("name", ["overview", "scenarios", "trade"])
def test_map_opens_from_disk_without_an_error_or_a_request(name, firefox, built):
    firefox.open_map(built / "maps" / f"{name}.html")
    assert firefox.errors == []
    assert firefox.requests == []
    assert firefox.evaluate("document.querySelectorAll('[data-feature]').length") > 0


def test_a_changed_language_filter_and_selection_show_at_once(firefox, built):
    firefox.open_map(built / "maps" / "rail.html", "lang=nl&select=rail/kz-altynkol-zhetygen", (390, 844))
    assert firefox.evaluate("[document.documentElement.lang, corridors.state().selected]") == [
        "nl",
        "rail/kz-altynkol-zhetygen",
    ]
    assert "Khorgos" in firefox.evaluate("document.querySelector('section.card h2').textContent")
    every = firefox.evaluate("document.querySelector('[data-totals]').textContent")
    firefox.evaluate("void corridors.apply({filters: {status: ['planned']}, lang: 'ru'})")
    assert firefox.evaluate("document.documentElement.lang") == "ru"
    assert firefox.evaluate("document.querySelector('[data-totals]').textContent") != every
    assert firefox.errors == []


def test_index_opens_and_lists_the_maps(firefox, built):
    firefox.open(built / "maps" / "index.html")
    links = firefox.evaluate("[...document.querySelectorAll('main a')].map(({pathname}) => pathname.split('/').pop())")
    assert {f"{name}.html" for name in MAPS} <= set(links)
    assert firefox.errors == []


def test_own_data_is_drawn_by_the_worker_and_listed(firefox, tmp_path):
    lines = shapely.linestrings([[(70, 40), (80, 45)], [(70, 45), (80, 40)]])
    frame = gpd.GeoDataFrame({"name": ["Khorgos", "<b>Almaty</b>"]}, geometry=lines, crs="EPSG:4326")
    CorridorMap().add_layer(frame, name="lines").save(tmp_path / "own.html")
    firefox.open_map(tmp_path / "own.html")
    assert firefox.evaluate(DRAWN) > 100
    assert firefox.errors == []
