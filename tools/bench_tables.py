"""The tables of times in the guides, from the report of `make bench`: python -m tools.bench_tables REPORT.json.

A table stands between two comments with its name. If the report lacks its measurements, it stays as it is.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[1] / "docs"
NONE = "–"

SAVERS = ("corridors", "folium", "lonboard")
WORKERS = ("one process", "2 workers", "4 workers")

Runs = Mapping[str, Mapping[str, Any]]
"""What pytest-benchmark reports of each test, by its name with its parameters."""


def seconds(value: float) -> str:
    """A time with two or three figures."""
    return f"{value:.{2 if value < 1 else 1 if value < 10 else 0}f} s"  # noqa: PLR2004 - figures, not limits


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _asked(runs: Runs, test: str) -> Iterator[tuple[int, dict[str, Mapping[str, Any]]]]:
    """The runs of a test by its number of lines, and then by its other parameter."""
    found: dict[int, dict[str, Mapping[str, Any]]] = {}
    for name, run in runs.items():
        if said := re.fullmatch(rf"{test}\[(\d+)(?:-(.*))?\]", name):
            found.setdefault(int(said[1]), {})[said[2] or ""] = run
    yield from sorted(found.items())


def _saved(runs: Runs) -> str:
    rows = []
    for count, by in _asked(runs, "test_a_frame_is_saved_as_a_page"):
        times = [seconds(by[each]["stats"]["median"]) if each in by else NONE for each in SAVERS]
        sizes = [f"{by[each]['extra_info']['megabytes']:.3g} MB" if each in by else NONE for each in SAVERS]
        rows.append([f"{count:,}", *times, *sizes])
    ours, theirs = (runs.get(f"test_saving_foliums_geojson[{each}]") for each in ("CorridorMap", "Map"))
    if ours and theirs:
        times = [seconds(each["stats"]["median"]) for each in (ours, theirs)]
        sizes = [f"{each['extra_info']['mb']:.3g} MB" for each in (ours, theirs)]
        rows.append(["10,000 as `folium.GeoJson`", *times, NONE, *sizes, NONE])
    return table(["lines", "saved in", "folium", "lonboard", "page", "folium", "lonboard"], rows) if rows else ""


def _opened(runs: Runs) -> str:
    opened = [(f"{count:,}", by[""]) for count, by in _asked(runs, "test_a_page_of_many_lines")]
    if geojson := runs.get("test_a_page_with_foliums_geojson"):
        opened.append(("10,000 as `folium.GeoJson`", geojson))
    rows = []
    for lines, run in opened:
        info = run["extra_info"]
        hovered = "within 1 ms" if info["hovered_ms"] < 1 else f"{info['hovered_ms']:.0f} ms"
        times = [seconds(run["stats"]["median"]), f"{info['redrawn_ms']:.0f} ms", hovered]
        rows.append([lines, *times, f"{info['heap_mb']:.0f} MB"])
    return table(["lines", "ready", "zoom or move", "hint", "memory"], rows) if rows else ""


def _engines(runs: Runs) -> str:
    rows = []
    for count, by in _asked(runs, "test_a_folder_by_country"):
        cells = [
            f"{seconds(by[each]['stats']['median'])}, {by[each]['extra_info']['megabytes']:.0f} MB"
            if each in by
            else NONE
            for each in WORKERS
        ]
        rows.append([f"{count:,}", *cells])
    return table(["lines", *WORKERS], rows) if rows else ""


TABLES: dict[str, Callable[[Runs], str]] = {"saved": _saved, "opened": _opened, "engines": _engines}


def machine(report: Mapping[str, Any]) -> str:
    """The machine of a run, in words."""
    cpu = report["machine_info"]["cpu"]
    return (
        f"One run of `make bench` on {cpu.get('count', '?')} cores of {cpu.get('brand_raw', 'an unnamed processor')}:"
    )


def renewed(text: str, report: Mapping[str, Any]) -> str:
    """A guide with the tables that a report has measured."""
    runs = {run["name"]: run for run in report["benchmarks"]}

    def new(place: re.Match[str]) -> str:
        made = TABLES[place[2]](runs)
        return f"{place[1]}\n{machine(report)}\n\n{made}\n\n{place[4]}" if made else place[0]

    return re.sub(r"(<!-- times: (\w+) -->)(.*?)(<!-- end -->)", new, text, flags=re.DOTALL)


def main(report: Path) -> None:
    """Write the tables of a report into the guides."""
    said = json.loads(report.read_text(encoding="utf-8"))
    for guide in sorted(DOCS.glob("*.md")):
        text = guide.read_text(encoding="utf-8")
        if (new := renewed(text, said)) != text:
            guide.write_text(new, encoding="utf-8")
            print(guide)  # noqa: T201 - a command


if __name__ == "__main__":
    main(Path(sys.argv[1]))
