"""Additions that follow the guide only: a source, places, a railway, a corridor, a map and a scenario."""

import csv
import io
import json

import pytest

from corridors.app.build import build, find_folders
from corridors.app.stats import find_faults
from corridors.data.tables import TABLES
from tests.declared import MAPS
from tests.page_data import page_data

pytestmark = pytest.mark.slow

NAMES = {"name_en": "Ulytau", "name_nl": "Oelytau", "name_zh": "乌勒套", "name_ru": "Улытау"}
PROVENANCE = {"source": "added-2026", "confidence": "high"}
PLACE = {**NAMES, "country": "KAZ", "lon": "67", "lat": "48.65", **PROVENANCE}
ROWS = {
    "sources": [{"id": "added-2026", "title": "A survey", "producer": "A surveyor", "language": "en"}],
    "cities": [{**PLACE, "id": "kz-ulytau", "role": "rail_junction"}],
    "stations": [
        {**PLACE, "id": "kz-ulytau", "kind": "station", "position_basis": "rounded_0.01", "accuracy_m": "1000"}
    ],
    "ports": [
        {**PLACE, "id": "kz-ulytau-dry-port", "kind": "dry_port", "mode": "rail", "status": "operational"}
        | {"opened": "2020", "gauge_from_mm": "1520", "gauge_to_mm": "1520", "accuracy_m": "1000"}
    ],
    "rail_lines": [
        {**NAMES, "id": "kz-ulytau", "railway": "kz-ulytau", "status": "operational", "opened": "1928"}
        | {"gauge_mm": "1520", "tracks": "single", "electrified": "no", **PROVENANCE}
    ],
    "rail_stops": [
        {"id": f"kz-ulytau-{nth}", "line": "kz-ulytau", "seq": str(nth), "station": station, **PROVENANCE}
        for nth, station in enumerate(("kz-zhezkazgan", "kz-ulytau"), 1)
    ],
    "lengths": [
        {"id": "kz-ulytau-01", "line": "kz-ulytau", "section": "whole", "length_km": "115", "kind": "published"}
        | {"preferred": "yes", **PROVENANCE}
    ],
    "corridors": [
        {**{key: f"{name} 2" for key, name in NAMES.items()}, "id": "ulytau", "modes": "rail", **PROVENANCE}
        | {"origin": "stations/cn-xian", "destination": "stations/kz-ulytau"}
    ],
}  # fmt: skip
TEXTS = {"en": "Added lines", "nl": "Toegevoegde lijnen", "zh": "新增线路", "ru": "Добавленные линии"}


def told(keys):
    """Texts in four languages as lines of TOML."""
    return "\n".join(f"{language} = {json.dumps(text, ensure_ascii=False)}" for language, text in keys.items())


MAP = f"""
[maps.added]
bounds = [60.0, 42.0, 75.0, 50.0]
groups = [{{ layer = "rail", by = "gauge", open = true }}, {{ layer = "cities", by = "kind" }}]

[maps.added.title]
{told(TEXTS)}
checks = ["reading"]

[[maps.added.statement]]
{told({language: f"{text}: {{lines}}." for language, text in TEXTS.items()})}

[maps.added.numbers]
lines = {{ name = "features", digits = 0, by = {{ layer = "rail" }} }}
"""
SCENARIO = f"""
[scenarios.ulytau-closed]
close = ["kz-ulytau"]
between = "Ulytau; Almaty; Tashkent"

[scenarios.ulytau-closed.title]
{told(TEXTS)}
"""


@pytest.fixture(scope="module")
def grown(copy_of_data, tmp_path_factory):
    """The folders of an atlas with one more of each."""
    files = copy_of_data(tmp_path_factory.mktemp("grown"))
    for table, rows in ROWS.items():
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, TABLES[table].columns, lineterminator="\n")
        writer.writerows(rows)
        with files.path(table).open("a", encoding="utf-8") as file:
            file.write(buffer.getvalue())
    geodata = files.folder.parent
    for path, text in ((geodata.parent / "maps" / "atlas.toml", MAP), (geodata / "scenarios.toml", SCENARIO)):
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    return find_folders(geodata, geodata.parent / "maps")


def test_what_is_added_by_the_guide_has_no_fault(grown):
    assert [str(finding) for finding in find_faults(grown) if finding.level == "fault"] == []


def test_what_is_added_is_built_and_shown(grown):
    built = {path.relative_to(grown.maps.parent).as_posix() for path in build(grown, maps=["added"])}
    assert built == {"maps/added.html"}
    layers = {path.name: path.read_text(encoding="utf-8") for path in build(grown, only="layers")}
    for name in ("cities", "stations", "ports", "rail"):
        assert '"name_nl":"Oelytau"' in layers[f"{name}.geojson"]
    data = page_data((grown.maps / "added.html").read_text(encoding="utf-8"))
    assert data["map"]["title"]["nl"] == "Toegevoegde lijnen"
    assert {one["href"] for one in data["map"]["maps"]} >= {f"{name}.html" for name in MAPS}


def test_commands_know_what_is_added(grown, corridors):
    folder = ("--geodata", grown.geodata)
    route = json.loads(corridors("route", "Улытау", "Almaty", "--format", "json", *folder).out)["routes"][0]
    assert route["legs"][0]["line"] == "rail/kz-ulytau"
    assert "added-2026" in route["sources"]
    compared = json.loads(corridors("compare", "ulytau", "--format", "json", *folder).out)
    assert [one["id"] for one in compared["corridors"]] == ["ulytau"]
    scenario = json.loads(corridors("scenario", "ulytau-closed", "--format", "json", *folder).out)
    assert {pair["effect"] for pair in scenario["pairs"]} >= {"cut"}
