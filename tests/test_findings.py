"""Findings in the reader's language: every fault is fully translated, and quotations are unchanged."""

import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from shapely import LineString
from shapely.affinity import translate

from corridors.app.audit import audit
from corridors.app.stats import corridor_faults
from corridors.data.facts import Facts, check_table, read_facts
from corridors.data.findings import Finding, row_of
from corridors.data.geojson_check import check_geojson
from corridors.data.tables import TABLES
from corridors.layers.countries import read_outlines
from corridors.locales import LANGUAGES, Message, message, messages
from corridors.network.topology import check_topology

HOSTILE = sorted((Path(__file__).parent / "hostile").glob("*.geojson"))
EURASIA = (20.0, 20.0, 150.0, 70.0)
OTHERS = [language for language in LANGUAGES if language != "en"]
SCRIPTS = {"zh": "[\u4e00-\u9fff]", "ru": "[а-яА-Я]", "nl": "[a-z]"}
SAME_IN_DUTCH = {
    "finding.byte", "finding.feature", "finding.place", "finding.ring.nth", "finding.ring.nth_of", "finding.station",
}  # fmt: skip
NAMES = {
    "alpha", "confidence", "crs", "geometries", "lat", "lon", "low", "note", "null", "opened", "other", "preferred",
    "properties", "section", "yes",
}  # fmt: skip
"""Words of files, which are the same in every language; so are those with dots or strokes in them."""

CELLS = ("", "x y", "999", "-5", "0", "nowhere", "KZ", "2025-13", "95", "lenght a", "reported a nobody", "none b")
every_other_language = pytest.mark.parametrize("language", OTHERS)


@cache
def of_geojson():
    """Findings of the whole corpus, with and without knowing where positions should lie."""
    return [
        found
        for path in HOSTILE
        for bounds in (None, EURASIA)
        for found in check_geojson(path.read_bytes(), path.name, bounds=bounds)
    ]


@pytest.fixture(scope="module")
def of_facts(tmp_path_factory, copy_of_data):
    """Findings of fact tables with a fault in every column."""
    files = copy_of_data(tmp_path_factory.mktemp("findings"))
    found = []
    good = {table: files.rows(table) for table in TABLES}
    for cell in CELLS:
        for table, rows in good.items():
            broken = [list(row) for row in rows]
            for column in range(len(rows[0])):
                broken[1 + column % (len(rows) - 1)][column] = cell
            files.write(table, broken)
        found += read_facts(files.folder.parent)[1]
    head = ",".join(good["cities"][0])
    for text in (
        "",
        "\n".join([head, *[",".join(good["cities"][1])] * 2]),
        f"{head},more\n",
        f'{head}\n"open',
        f"{head}\nfew\n",
        f'{head}\n"a"b\n',
    ):
        files.path("cities").write_text(text, encoding="utf-8")
        found += check_table(files.path("cities"))
    files.path("cities").write_bytes(b"\xff")
    told = {(finding.rule, finding.column, finding.message.key, finding.remedy.key): finding for finding in found}
    return [*told.values(), *check_table(files.path("cities"))]


def data_in(said):
    """The quotations of a message, as one text."""
    if isinstance(said, Message):
        return " ".join(data_in(value) for value in said.values)
    return " ".join(said) if isinstance(said, tuple | list) else str(said)


def words_of(text):
    """English words in a text, without names of files and columns, and ids of features."""
    return set(re.findall(r"\b[a-z]{3,}\b", re.sub(r"\S+[._>/]\S+", "", text)))


MOST_ALIKE = 9
"""So many findings are checked that have the same rule, column and messages."""


def held_to(language, findings):
    """Check that findings are in a language: different from English, every placeholder filled, no English left.

    Of findings that differ in their place alone, some are enough.
    """
    kinds = Counter()
    for finding in findings:
        kind = finding.rule, finding.column, *(getattr(said, "key", said) for said in (finding.message, finding.remedy))
        kinds[kind] += 1
        if kinds[kind] > MOST_ALIKE:
            continue
        english, told = finding.as_dict(), finding.as_dict(language)
        assert finding.text(language) != str(finding)
        assert finding.text(language).isprintable()
        assert (told["rule"], told["file"], told["property"]) == (finding.rule, english["file"], english["property"])
        for name, said in (("message", finding.message), ("remedy", finding.remedy)):
            assert told[name] != english[name], english
            assert not re.search(r"\{\d\}", told[name]), told
            assert re.search(SCRIPTS.get(language, r"\w"), told[name]), told
            if language != "nl":
                left = words_of(english[name]) & words_of(told[name]) - words_of(data_in(said))
                assert left <= NAMES, told


@every_other_language
def test_what_is_wrong_with_geojson_is_said_in_every_language(language):
    assert {finding.rule for finding in of_geojson()} == {f"G{number:02}" for number in range(1, 22)}
    held_to(language, of_geojson())


@every_other_language
def test_what_is_wrong_with_facts_is_said_in_every_language(language, of_facts):
    assert {finding.rule for finding in of_facts} == {f"F{number:02}" for number in range(1, 13)} | {"F14"}
    held_to(language, of_facts)


@pytest.fixture(scope="module")
def of_audit(loaded, repo):
    """Findings of facts, layers and a network that contradict each other in every way that the audit knows."""
    rail = loaded.layers["rail"].copy()
    rail["length_ratio"] = rail["length_ratio"].mask(rail["length_ratio"].notna(), 3.0)
    across, line = "rail/kz-aktogay-mointy", LineString([(71.0, 46.4), (77.0, 46.4)])
    rail.loc[rail["id"] == "kz-aktogay-mointy", "geometry"] = line
    layers = {**loaded.layers, "rail": rail}
    outlines = read_outlines(repo / "geodata" / "basemap")
    away = {code: translate(outline, -150) for code, outline in outlines.items()}
    nobody = {"source": ("general-knowledge",), "ratio_note": None, "origin": "cities/nowhere"}
    tables = {
        table: [row | {name: value for name, value in nobody.items() if name in row} for row in rows]
        for table, rows in loaded.facts.tables.items()
    }
    found = []
    for as_of, stops in (("1900-01-01", []), ("2099-01-01", tables["rail_stops"][1:])):
        facts = Facts(tables | {"rail_stops": stops, "sources": [*tables["sources"][:9], {"id": "nobody"}]})
        found += audit(facts, layers, away, loaded.assumptions, as_of=as_of)
    whole, cut = loaded.network, {"rail/uz-samarkand-karshi", "rail/uz-bukhara-karshi"}
    running = [
        replace(edge, rows=(0, 1), on_track=False) if edge.line == across and edge.rows else edge
        for edge in whole.edges
        if edge.line not in cut
    ]
    courses = {**whole.courses, across: np.array(line.coords)}
    broken = replace(whole, edges=running, courses=courses)
    return [*found, *corridor_faults(facts, whole), *check_topology(broken, layers)]


@every_other_language
@pytest.mark.slow
def test_what_does_not_fit_together_is_said_in_every_language(language, of_audit):
    rules = {finding.rule for finding in of_audit}
    expected = {f"A{number:02}" for number in range(1, 12)}
    assert expected - rules <= {"A08"}  # no end of these railways is loose
    held_to(language, of_audit)


@every_other_language
def test_each_text_is_translated(language):
    for key, text in messages(language).items():
        if key.startswith(("finding.", "remedy.")):
            bare = re.sub(r"\{\d\}", "", text)
            assert (
                text != messages("en")[key]
                or (language, key) in {("nl", same) for same in SAME_IN_DUTCH}
                or (not re.search(r"\w", bare))
            ), key
            assert re.search(SCRIPTS.get(language, r"\w"), bare) or not re.search("[a-z]{3}", bare), key


def test_what_a_finding_quotes_is_data_in_every_language():
    quoted = message("finding.cell.word", repr("{0} \x1b[31m"))
    finding = Finding("F05", "a\nb.csv", row_of(2), "status", quoted, message("remedy.use", ["x", "y"]))
    assert str(finding) == ("a\\nb.csv: row 2: status: '{0} \\x1b[31m' is not a known word. Remedy: use one of x, y.")
    assert finding.text("nl") == (
        "a\\nb.csv: rij 2: status: '{0} \\x1b[31m' is geen bekend woord. Oplossing: gebruik een van x, y."
    )


# --- the command line -------------------------------------------------------------------------------------------------

BAD = HOSTILE[0].parent / "g10-open-ring.geojson"


def test_validate_speaks_the_language_of_its_reader(corridors, monkeypatch):
    dutch = corridors("validate", BAD, "--lang", "nl")
    assert dutch.code == 1
    assert re.fullmatch(
        r"G10  g10-open-ring\.geojson: .*: geometry: ring 0 begint bij .*\. Oplossing: herhaal .*\.\n", dutch.out
    )
    assert dutch.err == "1 bevinding\n"
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    assert corridors("validate", BAD).out == dutch.out


def test_what_programs_read_is_english_unless_a_language_is_asked_for(corridors, monkeypatch):
    english = corridors("validate", BAD, "--format", "json").out
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert corridors("validate", BAD, "--format", "json").out == english
    (told,) = json.loads(corridors("validate", BAD, "--format", "json", "--lang", "ru").out)["findings"]
    assert told["remedy"] == messages("ru")["remedy.g10"]
    assert told["where"] != json.loads(english)["findings"][0]["where"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_that_facts_stop_says_so_in_the_language_of_its_reader(language, facts, corridors):
    facts.change("cities", {"lon": "", "country": "KZ"})
    ran = corridors("layers", "--lang", language)
    first, second = read_facts(facts.folder.parent)[1]
    assert ran.code == 3
    assert ran.err == f"corridors: {message('error.facts', first, '1').text(language)}\n"
    assert second.text(language) in corridors("validate", "--lang", language).out
