"""The command line in the reader's language, and a fifth language, which needs one file and one line."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from rich.cells import cell_len

import corridors.locales
from corridors.cli.main import main
from corridors.cli.translation import clicks, complaint, language_for
from corridors.errors import FileError, UsageError
from corridors.locales import LANGUAGES, language_name, messages
from corridors.text.terminal import cells, wrapped
from tests.conftest import Ran
from tests.declared import MAPS
from tests.page_data import ELEMENT, decoded

COMMANDS = sorted(main.commands)
SOURCE = Path(corridors.locales.__file__).parents[1]

every_language = pytest.mark.parametrize("language", LANGUAGES)
every_command = pytest.mark.parametrize("command", COMMANDS)


# --- help -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def columns(monkeypatch):
    """A terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")


@every_language
@every_command
@pytest.mark.usefixtures("columns")
def test_help_fits_a_terminal_and_holds_no_key(corridors, language, command):
    ran = corridors(command, "--help", "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert max(cell_len(line) for line in ran.out.splitlines()) < 80
    assert not re.search(r"\b(?:cli|click)\.[a-z]", ran.out)
    assert not re.search(r"\{\d\}", ran.out)
    for option in re.findall(r"--[a-z-]+", corridors(command, "--help").out):
        assert option in ran.out


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
@every_command
def test_no_english_is_left_in_translated_help(corridors, language, command):
    """No sentence of the English help is in the help of another language, except codes and examples."""
    english = {line.strip() for line in corridors(command, "-h").out.splitlines() if len(line.split()) > 3}
    ours = {line.strip() for line in corridors("--lang", language, command, "-h").out.splitlines()}
    assert english & ours == set()


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        (["route", "-h", "--lang", "nl"], {}, "nl"),
        (["--lang=ru", "route", "-h"], {}, "ru"),
        (["--lang", "nl", "route", "-h", "--lang", "zh"], {"LANG": "ru"}, "zh"),
        (["route", "-h"], {"LANG": "ru_RU.UTF-8"}, "ru"),
        (["route", "-h", "--lang", "xx"], {"LANG": "nl_NL.UTF-8"}, "nl"),
        (["route", "-h", "--lang"], {}, "en"),
        (["route", "nl", "ru"], {}, "en"),
    ],
)
def test_the_language_to_help_in_is_the_one_asked_for_else_the_environments(arguments, environment, language):
    assert language_for(arguments, environment) == language


@every_language
def test_help_loads_nothing_that_takes_long_to_load(language):
    program = (
        "import sys; from corridors.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, "--help", "--lang", language]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stderr.split()
    heavy = {"numpy", "pandas", "geopandas", "shapely", "pyproj", "folium", "jinja2", "networkx", "pydantic", "pandera"}
    assert "corridors" in loaded
    assert not heavy & set(loaded)


@pytest.mark.parametrize(
    "text", ["", "a", "word " * 30, "中文，没有空格的一句话（括号）。" * 9, "x" * 200, "混合 mixed（text）。" * 12]
)
@pytest.mark.parametrize("width", [10, 37, 78])
def test_lines_are_broken_where_the_language_breaks_them(text, width):
    lines = wrapped(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    longest = max((cells(word) for word in re.findall(r"[^\s\u2e80-\uffef]+", text)), default=0)
    assert all(cells(line) <= max(width, longest) for line in lines)
    assert not any(line[0] in "，。）" for line in lines[1:])
    assert not any(line.endswith("（") for line in lines)


# --- complaints -------------------------------------------------------------------------------------------------------

WRONG = (
    ["biuld"], ["nothing at all"], ["layers", "rail"], ["layers", "rail", "roads"], ["layers", "--frmat", "x"],
    ["layers", "--zzz"], ["layers", "--format"], ["layers", "--quiet=1"], ["layers", "--format", "xml"],
    ["layers", "--geodata", __file__],
    ["route", "Osh"], ["route", "a", "b", "--alternatives", "99"], ["route", "a", "b", "--alternatives", "many"],
    ["route", "a", "b", "--as-of", "soon"],
)  # fmt: skip
"""Each usage error of click in our commands."""


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_wrong_usage_is_told_in_the_readers_language(corridors, monkeypatch, arguments, language):
    english = corridors(*arguments)
    monkeypatch.setenv("LC_ALL", f"{language}.UTF-8")
    ran = corridors(*arguments)
    assert (ran.code, ran.out) == (english.code, "") == (2, "")
    said = ran.err.splitlines()[-1]
    assert said.startswith(messages(language)["click.error"].replace("{0}", ""))
    assert not re.search(r"\b(?:No such|Did you|Invalid|Missing|Got|requires|is not|does not|take)\b", said)
    for quoted in re.findall(r"'(-[\w-]+|[a-z]\w*)'", english.err.splitlines()[-1]):
        assert quoted in said


def test_what_click_does_not_say_stays_as_it_is():
    assert clicks("Something new.", "nl") == "Something new."
    assert clicks("No such option '--cli.lang'.", "nl") == "De optie '--cli.lang' bestaat niet."
    assert clicks("Got unexpected extra argument (unit.km)", "nl") == "Een argument te veel (unit.km)"


@pytest.mark.parametrize("make", [click.UsageError, click.BadParameter, click.FileError])
def test_a_complaint_without_a_command_is_still_told(make):
    assert "sand" in complaint(make("sand"), "nl")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["build", "ovrview"], 2, {"nl": "'ovrview'. Bedoelt u overview?", "ru": "нет карты", "zh": "没有地图"}),
        (["build", "--geodata", "nowhere"], 4, {"nl": "Oplossing:", "ru": "Что делать:", "zh": "解决办法："}),
        (["stats", "--layer", "rial"], 2, {"nl": "geen laag 'rial'", "ru": "нет слоя 'rial'", "zh": "没有图层 'rial'"}),
        (["route", "Atlantis", "Osh"], 2, {"nl": "geen plaats heet 'Atlantis'", "ru": "нет места", "zh": "没有名为"}),
    ],
)  # fmt: skip
def test_errors_are_told_in_the_readers_language(corridors, monkeypatch, tmp_path, loaded, arguments, code, told):
    if "--geodata" not in arguments:
        monkeypatch.setattr("corridors.app.build.load", lambda _: loaded)
    monkeypatch.chdir(tmp_path)
    for language, words in told.items():
        ran = corridors(*arguments, "--lang", language)
        assert ran.code == code
        assert words in ran.err
        assert "Remedy" not in ran.err


def test_an_error_says_the_same_to_a_program_in_every_locale(monkeypatch):
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    error = UsageError(corridors.locales.message("error.position", "1,2"))
    assert str(error) == error.text("en") == "1,2 is no position. Remedy: write longitude,latitude in degrees."
    assert str(FileError("sand in it")) == FileError("sand in it").text("nl") == "sand in it"


# --- data -------------------------------------------------------------------------------------------------------------


def test_a_table_follows_the_reader_and_data_for_programs_do_not(corridors, monkeypatch, loaded):
    monkeypatch.setattr("corridors.app.build.load", lambda _: loaded)
    english = {form: corridors("layers", "--format", form).out for form in ("table", "json", "csv", "md")}
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    russian = {form: corridors("layers", "--format", form).out for form in english}
    assert messages("ru")["column.layer"] in russian["table"]
    assert {form for form in english if russian[form] != english[form]} == {"table"}
    assert (
        corridors("layers", "--format", "md", "--lang", "ru").out
        == corridors("--lang", "ru", "layers", "--format", "md").out
    )
    assert messages("ru")["column.layer"] in corridors("--lang", "ru", "layers", "--format", "md").out


def test_what_is_said_beside_data_follows_the_reader(corridors, monkeypatch, tmp_path):
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    (tmp_path / "empty.geojson").write_text('{"type": "FeatureCollection", "features": []}\n', encoding="utf-8")
    assert corridors("validate", tmp_path / "empty.geojson", "--format", "json").err in {
        "0 замечаний\n",
        "1 замечание\n",
    }


# --- a fifth language -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def german(tmp_path_factory):
    """A copy of the package with a German catalogue (in part): one more file and one changed line."""
    folder = tmp_path_factory.mktemp("german")
    package = folder / "src" / "corridors"
    shutil.copytree(SOURCE, package, ignore=shutil.ignore_patterns("defaults"))  # with what Python compiled
    text = (package / "locales" / "en.po").read_text(encoding="utf-8").replace('"Language: en\\n"', '"Language: de\\n"')
    text = text.replace('msgstr "layer"', 'msgstr "Ebene"')
    (package / "locales" / "de.po").write_text(text, encoding="utf-8")
    module = package / "locales" / "__init__.py"
    source = module.read_text(encoding="utf-8")
    module.write_text(
        re.sub(r"^LANGUAGES = \((.*)\)$", r'LANGUAGES = (\1, "de")', source, flags=re.MULTILINE), encoding="utf-8"
    )
    repository = SOURCE.parents[1]
    shutil.copytree(repository / "geodata", folder / "geodata", ignore=shutil.ignore_patterns("layers"))
    (folder / "maps").mkdir()
    shutil.copy(repository / "maps" / "atlas.toml", folder / "maps")
    (folder / "article.md").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_a_language_is_one_file_and_one_line(german, used):
    changed = [
        path.relative_to(german / "src" / "corridors").as_posix()
        for path in (german / "src").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
        if not (same := SOURCE / path.relative_to(german / "src" / "corridors")).is_file()
        or same.read_bytes() != path.read_bytes()
    ]
    assert sorted(changed) == ["locales/__init__.py", "locales/de.po"]
    assert "[nl|en|zh|ru|de]" in used["layers --help"].out
    assert "Ebene" in used["layers"].out.splitlines()[0]


def test_languages_call_themselves_by_their_own_name():
    told = {"nl": "Nederlands", "en": "English", "zh": "中文", "ru": "Русский", "de": "Deutsch", "kk": "Қазақ тілі"}
    assert {language: language_name(language) for language in told} == told


@pytest.mark.slow
def test_numbers_and_countries_of_a_fifth_language_come_from_the_cldr(used):
    table = used["stats --layer rail --by country"].out
    assert "Kasachstan" in table
    assert re.search(r"\d\.\d{3},\d", table)


ARTICLE = """{{ title("rail") }} {{ statement("rail") }} {{ route("Xi'an", "Almaty") }} {{ scenario("cku-open") }}
{{ country("KAZ") }} {{ name("ports/kz-khorgos-gateway") }} {{ date("2025-06-17") }} {{ verdicts("confirmed") }}
{{ table("corridors") }} {{ table("claims") }} {{ table("network") }} {{ sources() }}
"""
USED = {
    "build": [["--only", "maps"]],
    "claims": [[]],
    "compare": [[], ["-o", "c.html"]],
    "embed": [["rail", "--as", "markdown"]],
    "fetch": [[]],
    "figure": [["corridors", "trade-chart", "scenario-gains", "-o", "figures/"]],
    "import": [["geodata/basemap/rivers.geojson", "--layer", "places", "--source", "airportsdata", "--skip-bad"]],
    "layers": [[]],
    "map": [["geodata/basemap/rivers.geojson", "-o", "rivers.html"]],
    "refine": [["cn-alashankou-dostyk", "--tracks", "geodata/alignments/rail.geojson", "--dry-run"]],
    "report": [["article.md", "-o", "report.html"]],
    "route": [["Xi'an", "Almaty"], ["Xi'an", "Almaty", "-o", "r.html"]],
    "scenario": [["cku-open", "-o", "s.svg"]],
    "stats": [["-o", "s.xlsx"]],
    "validate": [["geodata/facts/cities.csv"]],
}
"""Each command as a reader of the fifth language uses it."""

IN_THE_LOCALE = [["layers", "--help"], ["layers"], ["stats", "--layer", "rail", "--by", "country"]]
"""Commands that take their language from the environment."""

RUN_ALL = """
import contextlib, io, json, pathlib, sys
from zlib import compress
import deflate
from corridors.cli.main import main
from tests.one_atlas import OneAtlas
one = OneAtlas(pathlib.Path.cwd())
deflate.zlib_compress = lambda data, level: compress(data, 1)  # how small pages are is not the question here
for words in json.load(sys.stdin):
    out, err = io.StringIO(), io.StringIO()
    with one.shared(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(words, prog_name="corridors")
        except SystemExit as ended:
            code = ended.code
    print(json.dumps([words, code, out.getvalue(), err.getvalue()]))
"""


@pytest.fixture(scope="module")
def used(german):
    """The result of each command by its words, all in one process."""
    asked = [[command, *words, "--lang", "de", "-v"] for command, ways in USED.items() for words in ways]
    paths = os.pathsep.join(map(str, (german / "src", SOURCE.parents[1])))
    environment = {**os.environ, "PYTHONPATH": paths, "LC_ALL": "de_DE.UTF-8"}
    ran = subprocess.run(
        [sys.executable, "-c", RUN_ALL], cwd=german, env=environment, input=json.dumps([*IN_THE_LOCALE, *asked]),
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    told = map(json.loads, ran.stdout.splitlines())
    return {" ".join(words): Ran(code or 0, out, err) for words, code, out, err in told}


@pytest.mark.slow
def test_every_command_speaks_a_fifth_language(used):
    assert sorted(USED) == COMMANDS
    for words, ran in used.items():
        assert ran.code in ({0, 1} if words.startswith("claims") else {0}), (words, ran.err)
        assert "Traceback" not in ran.err


@pytest.mark.slow
@pytest.mark.usefixtures("used")
def test_pages_speak_a_fifth_language(german):
    said = {}
    for name in (*MAPS, "index", "claims"):
        page = (german / "maps" / f"{name}.html").read_text(encoding="utf-8")
        assert '<html lang="de"' in page
        said[name] = page + "".join(json.dumps(decoded(text), ensure_ascii=False) for text in ELEMENT.findall(page))
        assert "Deutsch" in said[name], name
    assert "Usbekistan" in said["overview"]
    assert "Kasachstan" in (german / "report.html").read_text(encoding="utf-8")
