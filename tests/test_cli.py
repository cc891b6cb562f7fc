"""The command line: data on stdout, one message on stderr, an exit code that says what happened."""

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from corridors import __version__
from corridors.app.source_audit import CODES
from corridors.cli.main import main
from corridors.data.years import YEARS
from corridors.locales import messages

HOSTILE = sorted((Path(__file__).parent / "hostile").glob("*.geojson"))
GOOD = [path for path in HOSTILE if path.name.startswith("good-")]
BAD = [path for path in HOSTILE if path not in GOOD]
COMMANDS = sorted(main.commands)
PROGRAM = (sys.executable, "-c", "from corridors.cli.main import main; main(prog_name='corridors')")


def start(*arguments, **options):
    """Run the command line in its own process."""
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, check=False, **{"encoding": "utf-8", **options})


@pytest.fixture
def ready(monkeypatch, loaded):
    """Commands find the committed atlas in memory."""
    monkeypatch.setattr("corridors.app.build.load", lambda _: loaded)


# --- help and version -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_helps_with_an_example(corridors, command, option):
    ran = corridors(command, option)
    assert (ran.code, ran.err) == (0, "")
    assert f"Example: corridors {command}" in ran.out
    for word in ("--lang", "--geodata", "-q", "-v", "-h"):
        assert word in ran.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_and_command_says_what_it_is_for(command):
    assert main.commands[command].help
    for parameter in main.commands[command].params:
        assert parameter.param_type_name == "argument" or parameter.help


@pytest.mark.parametrize("command", COMMANDS)
def test_the_example_of_a_help_can_be_run(corridors, geodata, command):
    (geodata.parent / "my-lines.geojson").write_bytes(GOOD[0].read_bytes())
    track = {"type": "LineString", "coordinates": [[82.56981, 45.17018], [82.52, 45.23], [82.487, 45.253]]}
    feature = {"type": "Feature", "properties": {}, "geometry": track}
    tracks = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (geodata.parent / "my-tracks.geojson").write_text(tracks, encoding="utf-8")
    (geodata.parent / "my-article.md").write_text("# Rails\n", encoding="utf-8")
    (geodata.parent / "my-places.csv").write_text("id,name,lon,lat\na,A,70,45\n", encoding="utf-8")
    program, *words = shlex.split(main.commands[command].epilog.removeprefix("Example: "))
    assert program == "corridors"
    assert corridors(*words).code == (1 if command == "claims" else 0)  # one of the committed claims is contradicted


@pytest.mark.slow
def test_the_package_runs_as_a_module(corridors):
    """python -m corridors works the same, with the same words and codes, if the script is not on the path."""

    def module(*words):
        command = [sys.executable, "-m", "corridors", *words]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    for words in (["--help"], ["--version"], ["layers", "--geodata", "nowhere"], ["nonsense"]):
        ran, expected = module(*words), corridors(*words)
        assert (ran.returncode, ran.stdout, ran.stderr) == (expected.code, expected.out, expected.err)


def test_help_needs_no_heavy_package():
    code = "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr));" + PROGRAM[-1]
    ran = subprocess.run([sys.executable, "-c", code, "-h"], capture_output=True, text=True, check=True)
    heavy = {"geopandas", "pandas", "numpy", "shapely", "folium", "pyproj", "jinja2", "matplotlib", "pooch", "requests"}
    assert heavy.isdisjoint(ran.stderr.split())


def test_the_version_is_the_one_of_the_package(corridors):
    assert corridors("--version").out == f"corridors {__version__}\n"


def test_the_installed_command_is_this_one():
    script = Path(sys.executable).with_name("corridors")
    if not script.exists():
        pytest.skip("the package is not installed beside this interpreter")
    ran = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout == f"corridors {__version__}\n"


# --- wrong usage ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["stats", "--layer", "rial"], ("'rial'", "countries, cities, stations")),
        (["stats", "--by", "colour"], ("'colour'",)),
        (["stats", "--by", "colour", "--layer", "rail"], ("rail", "'colour'", "gauge_mm")),
        (["stats", "--by", "geometry", "--layer", "rail"], ("rail", "'geometry'", "gauge_mm")),
        (["stats", "--where", "guage_mm == 1520", "--layer", "rail"], ("'guage_mm'", "Did you mean gauge_mm?")),
        (["stats", "--where", "guage_mm == 1520"], ("guage_mm",)),
        (["stats", "--where", "gauge_mm ="], ("gauge_mm =", "cannot be read")),
        (["stats", "--where", "open('x')", "--layer", "rail"], ("open('x')", "does more than compare")),
        (["stats", "--where", "-status == 'x' and nothing == 1", "--layer", "rail"], ("'nothing'",)),
    ],
)
@pytest.mark.usefixtures("ready")
def test_what_cannot_be_measured_is_answered_with_what_can(corridors, one_message, arguments, named):
    one_message(corridors(*arguments), 2, *named)


@pytest.mark.parametrize("name", ["ovrview", "overvieuw"])
def test_an_unknown_map_is_answered_with_the_nearest(geodata, corridors, one_message, contents, name):
    before = contents(geodata.parent)
    one_message(corridors("build", name), 2, name, "Did you mean overview?", "overview, rail, flights")
    one_message(corridors("build", "rail", name, "--check"), 2, name, "Did you mean overview?")
    assert contents(geodata.parent) == before


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["build", "--frce"], "--force"),
        (["stats", "--format", "xml"], "'table', 'json', 'csv', 'md'"),
        (["layers", "--lang", "fr"], "'nl', 'en', 'zh', 'ru'"),
        (["build", "--only", "pages"], "'layers', 'maps'"),
        (["layers", "rail"], "rail"),
        (["biuld"], "biuld"),
        (["build", "--geodata", __file__], "--geodata"),
    ],
)
def test_wrong_usage_is_told_once_with_the_way_to_help(corridors, arguments, named):
    ran = corridors(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert named in ran.err
    assert ran.err.count("Error: ") == 1
    assert "--help' for help" in ran.err
    assert "Traceback" not in ran.err


def test_an_option_without_its_value_is_told_once(corridors):
    ran = corridors("stats", "--by")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == "Error: Option '--by' requires an argument."


# --- tracebacks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["-v", "--verbose", "-qv"])
def test_a_traceback_is_shown_where_it_is_asked_for(facts, corridors, option):
    facts.change("cities", {"lon": ""})
    plain, told = corridors("build"), corridors("build", option)
    assert plain.code == told.code == 3
    assert told.err.startswith(plain.err)
    assert "Traceback (most recent call last)" in told.err
    assert "InputError" in told.err


@pytest.mark.parametrize("option", ["-oavia.csv", "-o-v.csv", "--via=-v"])
@pytest.mark.slow
def test_a_v_in_the_value_of_an_option_asks_for_no_traceback(corridors, one_message, option):
    one_message(corridors("route", "Nowhere", "Almaty", option), 2, "'Nowhere'")


def test_a_fault_of_our_own_is_one_message_too(corridors, monkeypatch):
    monkeypatch.setattr("corridors.app.build.load", lambda _: 1 / 0)
    plain, told = corridors("layers"), corridors("layers", "-v")
    assert (plain.code, plain.out) == (1, "")
    assert (
        plain.err == "corridors: ZeroDivisionError: division by zero. This is a fault of corridors; -v shows where.\n"
    )
    assert told.err.startswith(plain.err)
    assert "Traceback (most recent call last)" in told.err


@pytest.mark.parametrize("option", [[], ["-v"]])
def test_the_process_itself_keeps_to_the_contract(facts, option):
    facts.change("cities", {"source": "nobody"})
    ran = start("build", *option, cwd=facts.folder.parents[1])
    assert (ran.returncode, ran.stdout) == (3, "")
    first, *others = ran.stderr.splitlines()
    assert first.startswith("corridors: cities.csv: row 2: source: 'nobody' is not an id of sources.csv. Remedy: ")
    assert bool(others) == bool(option)


@pytest.mark.parametrize("arguments", [["--version"], ["-h"], ["layers", "--format", "json"]])
@pytest.mark.slow
def test_a_reader_that_goes_away_is_not_told_of(arguments):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        ran = subprocess.run([*PROGRAM, *arguments], stdout=pipe, stderr=subprocess.PIPE, check=False)
    assert ran.stderr == b""
    assert ran.returncode in {0, 1}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_output_that_cannot_be_written_is_told_as_that():
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = subprocess.run([*PROGRAM, "layers"], stdout=full, stderr=subprocess.PIPE, check=False, text=True)
    assert (ran.returncode, ran.stderr.count("\n")) == (4, 1)
    assert ran.stderr.startswith("corridors: the output cannot be written (")


@pytest.mark.usefixtures("geodata")
def test_a_name_that_the_system_refuses_is_no_fault_of_corridors(corridors, one_message):
    name = "b" * 300 + ".html"
    one_message(corridors("route", "Kashgar", "Andijan", "-o", name), 4, name, "Remedy: choose another name or folder.")


@pytest.mark.parametrize("encoding", ["ascii", "cp1251", "gb18030"])
@pytest.mark.usefixtures("ready")
def test_another_encoding_of_the_terminal_is_no_fault(monkeypatch, capsys, encoding):
    terminal = io.BytesIO()
    with monkeypatch.context() as patch, io.TextIOWrapper(terminal, encoding=encoding) as stdout:
        patch.setattr(sys, "stdout", stdout)
        with pytest.raises(SystemExit) as ended:
            main(["layers", "--lang", "zh"], prog_name="corridors")
        stdout.flush()
        said = terminal.getvalue()
    assert (ended.value.code or 0, capsys.readouterr().err) == (0, "")
    assert b"LineString" in said
    written = "utf-8" if encoding == "ascii" else encoding  # click takes ASCII for a terminal without a language
    assert set(said.decode(written).splitlines()[1]) == {
        " ",
        "-" if encoding == "cp1251" else "─",
    }  # below the headings


# --- years ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", ["1841", "2101"])
@pytest.mark.parametrize(
    "command", [["route", "Kashgar", "Andijan", "--as-of"], ["figure", "rail", "-o", "rail.svg", "--year"]]
)
def test_a_year_that_the_atlas_does_not_know_is_refused(corridors, one_message, geodata, command, year):
    del geodata
    one_message(corridors(*command, year), 2, f"{command[-1]} {year}", *map(str, YEARS))


def test_years_begin_with_the_first_line(loaded):
    tables = ("rail_lines", "roads", "ferries", "pipelines")
    opened = [row["opened"] for table in tables for row in loaded.facts.rows(table) if row.get("opened")]
    assert int(min(opened)[:4]) == YEARS[0]


# --- stats and layers -------------------------------------------------------------------------------------------------

STATS = ["stats", "--layer", "rail", "--by", "country"]


@pytest.mark.usefixtures("ready")
def test_stats_as_json_is_one_object_of_measures(corridors):
    ran = corridors(*STATS, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    document = json.loads(ran.out)
    assert list(document) == ["measures"]
    for measure in document["measures"]:
        assert list(measure) == ["name", "value", "unit", "by", "method", "sources"]
        assert list(measure["by"]) == ["layer", "country"]
        assert re.fullmatch("[A-Z]{3}", measure["by"]["country"])
        assert measure["sources"]
        assert measure["method"]
        if measure["unit"] in {"km", "percent"}:
            assert measure["name"].endswith(measure["unit"])


@pytest.mark.usefixtures("ready")
def test_stats_by_country_add_up_to_the_whole(corridors):
    whole = {
        m["name"]: m["value"]
        for m in json.loads(corridors("stats", "--layer", "rail", "--format", "json").out)["measures"]
    }
    parts = [m for m in json.loads(corridors(*STATS, "--format", "json").out)["measures"] if m["name"] == "track_km"]
    assert sum(part["value"] for part in parts) == pytest.approx(whole["track_km"], abs=len(parts))


@pytest.mark.parametrize("arguments", [STATS, ["layers"], ["stats"]])
@pytest.mark.usefixtures("ready")
def test_csv_says_the_same_as_json(corridors, arguments):
    (rows,) = json.loads(corridors(*arguments, "--format", "json").out).values()
    table = list(csv.DictReader(io.StringIO(corridors(*arguments, "--format", "csv").out)))
    assert len(table) == len(rows) > 0

    def cell(value):
        if isinstance(value, dict):
            return ";".join(f"{key}={part}" for key, part in value.items())
        return ";".join(value) if isinstance(value, list) else "" if value is None else str(value)

    for told, row in zip(table, rows, strict=True):
        flat = {**row, **row.get("by", {})}
        assert told == {name: cell(flat.get(name)) for name in told}


@pytest.mark.usefixtures("ready")
def test_csv_of_statistics_has_a_column_for_each_property(corridors):
    table = list(csv.DictReader(io.StringIO(corridors(*STATS, "--format", "csv").out)))
    assert list(table[0]) == ["name", "layer", "country", "value", "unit", "method", "sources"]
    assert {row["layer"] for row in table} == {"rail"}
    assert "KAZ" in {row["country"] for row in table}


@pytest.mark.usefixtures("ready")
def test_a_table_is_written_in_the_reader_s_language(corridors):
    measures = json.loads(corridors(*STATS, "--format", "json").out)["measures"]
    km = next(m["value"] for m in measures if m["name"] == "track_km" and m["by"]["country"] == "KAZ")
    english = f"{km:,.1f}"
    dutch = english.translate(str.maketrans(",.", ".,"))
    table = corridors(*STATS, "--lang", "nl").out
    assert dutch in table
    assert "Kazachstan" in table
    assert table.startswith("laag ")
    assert english in corridors(*STATS).out
    assert "哈萨克斯坦" in corridors(*STATS, "--lang", "zh").out
    assert "Казахстан" in corridors(*STATS, "--lang", "ru", "--format", "md").out


@pytest.mark.parametrize("lang", ["nl", "zh", "ru"])
@pytest.mark.parametrize("arguments", [["stats"], ["layers"], STATS])
@pytest.mark.usefixtures("ready")
def test_every_heading_has_its_word_in_every_language(corridors, arguments, lang):
    head = corridors(*arguments, "--lang", lang).out.splitlines()[0]
    assert not re.search(r"[a-z]+_[a-z]+", head)
    english = corridors(*arguments).out.splitlines()[0]
    assert not set(re.split(r"  +", head)) & {
        word for word in re.split(r"  +", english) if word not in messages(lang).values()
    }


@pytest.mark.usefixtures("ready")
def test_stats_of_a_choice_are_those_of_the_features_chosen(corridors, loaded):
    ran = corridors("stats", "--where", "gauge_mm == 1520 and 'KAZ' in country", "--format", "json")
    measures = {m["name"]: m["value"] for m in json.loads(ran.out)["measures"] if m["by"]["layer"] == "rail"}
    rail, split = loaded.layers["rail"], loaded.splits["rail"]
    expected = rail[(rail["gauge_mm"] == 1520) & rail["country"].str.contains("KAZ")]
    assert measures["features"] == len(expected)
    inside = [split.parts[name].get("KAZ", (0.0, 0.0, 0.0)) for name in expected["id"]]
    assert measures["measured_km"] == pytest.approx(sum(measured for measured, _, _ in inside), abs=0.11)
    assert measures["track_km"] == pytest.approx(sum(track for _, track, _ in inside), abs=0.11)


@pytest.mark.usefixtures("ready")
def test_a_choice_of_nothing_is_an_empty_answer_and_no_fault(corridors):
    arguments = ["stats", "--layer", "rail", "--by", "country", "--where", "gauge_mm == 1000"]
    assert json.loads(corridors(*arguments, "--format", "json").out) == {"measures": []}
    assert corridors(*arguments).code == 0


@pytest.mark.usefixtures("ready")
def test_layers_are_listed_with_their_size_and_licence(corridors, loaded):
    rows = json.loads(corridors("layers", "--format", "json").out)["layers"]
    assert {row["layer"]: row["features"] for row in rows} == {n: len(frame) for n, frame in loaded.layers.items()}
    assert all(row["licence"] and row["precision"] and row["sources"] for row in rows)


# --- validate ---------------------------------------------------------------------------------------------------------


def test_the_committed_facts_and_layers_have_no_fault(corridors, repo, monkeypatch):
    monkeypatch.chdir(repo)
    ran = corridors("validate")
    assert ran.code == 0
    assert all(line[:3] in CODES.values() and "  Note: sources.csv: " in line for line in ran.out.splitlines())
    assert ran.err.startswith("0 findings\n")


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_file_passes(corridors, path):
    ran = corridors("validate", "-q", path)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


NOTED = {"g04-crs84", "g05-null-geometry", "g05-empty-line"}
"""Files with content that is allowed and only worth a note."""


@pytest.mark.parametrize("path", [path for path in BAD if path.stem in NOTED], ids=lambda path: path.stem)
def test_a_note_is_no_finding(corridors, path):
    ran = corridors("validate", path)
    assert (ran.code, ran.err) == (0, "0 findings\n1 note\n")
    assert ran.out.startswith(f"{path.name[:3].upper()}  Note: {path.name}: ")
    assert corridors("validate", path, "--lang", "nl").out.partition("  ")[2].startswith("Ter informatie: ")


@pytest.mark.parametrize("path", [path for path in BAD if path.stem not in NOTED], ids=lambda path: path.stem)
def test_a_bad_file_is_found_out(corridors, path):
    ran = corridors("validate", path)
    rule = "G0[47]" if "mercator" in path.name else path.name[:3].upper() if path.name.startswith("g") else "G"
    assert ran.code == 1
    assert re.search(rf"^{rule}.*Remedy: .*\.$", ran.out, re.MULTILINE)
    assert all(path.name in line for line in ran.out.splitlines())
    assert re.fullmatch(r"\d+ findings?\n(1 note\n)?", ran.err)


def test_findings_as_json_and_csv_have_stable_names(corridors):
    path = HOSTILE[-1]
    findings = json.loads(corridors("validate", path, "--format", "json").out)["findings"]
    assert findings
    for finding in findings:
        assert list(finding) == ["rule", "file", "where", "property", "message", "remedy", "level"]
    told = list(csv.DictReader(io.StringIO(corridors("validate", path, "--format", "csv").out)))
    assert told == [{key: value or "" for key, value in finding.items()} for finding in findings]
    assert len(corridors("validate", path, "--format", "md").out.splitlines()) == 2 + len(findings)


def test_several_files_are_checked_together(corridors):
    ran = corridors("validate", *HOSTILE, "--format", "json")
    assert ran.code == 1
    assert {finding["file"] for finding in json.loads(ran.out)["findings"]} == {path.name for path in BAD}


def test_a_fact_table_is_checked_by_itself(facts, corridors):
    assert corridors("validate", "-q", facts.path("cities")).code == 0
    facts.change("cities", {"country": "KZ", "source": "nobody"})
    ran = corridors("validate", facts.path("cities"))
    assert ran.code == 1
    assert ran.out.startswith("F05  cities.csv: row 2: country: 'KZ' is not an ISO 3166-1 alpha-3 code")
    assert ran.err == "1 finding\n"


@pytest.mark.parametrize(
    ("name", "code", "named"),
    [
        ("nowhere.geojson", 4, ("nowhere.geojson", "No such file")),
        (".", 4, ("Is a directory",)),
        ("nowhere/cities.csv", 4, ("cities.csv", "No such file")),
    ],
)
def test_a_file_that_cannot_be_checked_is_named(tmp_path, monkeypatch, corridors, one_message, name, code, named):
    monkeypatch.chdir(tmp_path)
    one_message(corridors("validate", name), code, *named)
