"""The tables of times in the guides are written from the report of a run, and only those that it has measured."""

import re
from pathlib import Path

from tools.bench_tables import DOCS, TABLES, renewed

ROOMS = re.compile(r"<!-- times: (\w+) -->")


def report_of(**runs):
    said = [{"name": name, "stats": {"median": median}, "extra_info": info} for name, (median, info) in runs.items()]
    return {"machine_info": {"cpu": {"count": 2, "brand_raw": "Some CPU"}}, "benchmarks": said}


def guide(name):
    return f"Before\n\n<!-- times: {name} -->\nold\n<!-- end -->\n\nAfter\n"


def test_every_table_has_its_place_in_one_guide():
    places = [name for path in sorted(Path(DOCS).glob("*.md")) for name in ROOMS.findall(path.read_text("utf-8"))]
    assert sorted(places) == sorted(TABLES)


def test_saved_pages_stand_side_by_side():
    name = "test_a_frame_is_saved_as_a_page"
    runs = {
        f"{name}[1000000-corridors]": (7.21, {"megabytes": 68.26}),
        f"{name}[10000-folium]": (14.59, {"megabytes": 10.6}),
        f"{name}[10000-corridors]": (0.099, {"megabytes": 1.36}),
    }
    text = renewed(guide("saved"), report_of(**runs))
    assert "One run of `make bench` on 2 cores of Some CPU:" in text
    assert "| 10,000 | 0.10 s | 15 s | – | 1.36 MB | 10.6 MB | – |\n| 1,000,000 | 7.2 s | – | – | 68.3 MB" in text
    assert (text.startswith("Before\n"), text.endswith("<!-- end -->\n\nAfter\n"), "old" in text) == (True, True, False)


def test_opened_pages_tell_what_a_reader_waits_for():
    info = {"redrawn_ms": 31.6, "hovered_ms": 0.4, "heap_mb": 16.2}
    runs = {"test_a_page_of_many_lines[10000]": (0.331, info), "test_a_page_with_foliums_geojson": (0.45, info)}
    text = renewed(guide("opened"), report_of(**runs))
    assert "| 10,000 | 0.33 s | 32 ms | within 1 ms | 16 MB |\n| 10,000 as `folium.GeoJson` | 0.45 s |" in text


def test_engines_have_time_and_memory():
    runs = {"test_a_folder_by_country[200000-2 workers]": (19.4, {"megabytes": 368})}
    assert "| 200,000 | – | 19 s, 368 MB | – |" in renewed(guide("engines"), report_of(**runs))


def test_what_was_not_measured_stays():
    for name in TABLES:
        assert renewed(guide(name), report_of()) == guide(name)
