"""Each key of each TOML file, broken in every way: unusable values are refused with their line and a remedy."""

import dataclasses
import re
from bisect import bisect
from collections import Counter
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from corridors.app.stats import DECLARATIONS, find_faults
from corridors.claims.sayings import statement
from corridors.content.content import map_content
from corridors.content.facets import FACETS, facet_filters
from corridors.data.facts import load_facts
from corridors.data.maps import load_maps
from corridors.data.tables import NAMED
from corridors.data.toml_file import DeclarationError, TomlFile, dotted
from corridors.errors import CorridorsError
from corridors.geo.frame import FRAME
from corridors.locales import LANGUAGES
from corridors.network import declared_scenarios
from corridors.network.declared_scenarios import run_declared

REPOSITORY = Path(__file__).resolve().parents[1]
PATHS = {
    name: REPOSITORY / ("maps" if name == "atlas.toml" else "geodata") / name
    for name in ("catalog.toml", "assumptions.toml", "scenarios.toml", "atlas.toml")
}
FREE = {
    "title", "credit", "producer", "licence", "precision", "note", "between", "name", "by", "layer", *NAMED, "subject",
    "period", "kind", "gauge", "scenario", "effect", "from", "to", "when", "corridor", "indicator", "unit", "status",
    "layers", "selected", "sources", "series", "total",
}  # fmt: skip
"""Keys of texts that may be anything here. Names of facts or measures are checked later."""

OPTIONAL = {
    "open", "off", "narrow", "filters", "planner", "scenarios", "factor", "by", "between", "modes", "close",
    "checks", "dated", "zh", "digits", "downloads", "first", "fresh_days", "ribbons", "steps", "layers", "year",
    "selected", "scenario", "after", "figure", "sources", "kinds", "style", "color", "stats", "columns",
    "words", "datasets", "charts", "total", "against", "split",
}  # fmt: skip
"""Keys that may be left out."""


def one_text(keys):
    """Whether one text may stand for a table of words by language. English stands for languages that are not there."""
    keys = [key for key in keys if isinstance(key, str)]
    return keys[-1] == "precision" or (keys[0] == "kinds" and (keys[-1] == "title" or "words" in keys[-2:-1]))


LEAST = {"lane": -9, "bounds": FRAME[0], "narrow": FRAME[0]}
"""The least number under a key. Under others it is 0."""

OPEN_TABLES = {"numbers", "by", "maps", "datasets", "downloads", "ribbons", "kinds", "columns", "words"}
"""Tables whose keys are free names."""

DEEP_LIST: list[object] = []
DEEP_TABLE: dict[str, object] = {}
for _ in range(3000):
    DEEP_LIST, DEEP_TABLE = [DEEP_LIST], {"a": DEEP_TABLE}

ODD = [
    "", "  ", "next year", "2025", "two\nlines", "\x00", "{", "{nobody}", "-1", "√", "../../x", "x" * 5000,
    0, -1, 3, 10**400, 0.5, 1e308, -1e-300, float("nan"), float("inf"), -float("inf"), True, False,
    date(2025, 6, 17), datetime(2025, 6, 17, tzinfo=UTC), time(7, 32),
    [], [""], ["x"], [1, 2, 3, 4], [[]], [float("nan")] * 4, [True] * 4, [190.0, 0.0, 191.0, 1.0], DEEP_LIST,
    {}, {"": 1}, {"x": 1}, {"name": "x"}, {"location": 1}, {"en": ""}, DEEP_TABLE,
]  # fmt: skip
WORDS_OF_PYTHON = re.compile(
    r"Traceback|NoneType|\bNone\b|\bdict\b|\btuple\b|\bdatetime\b|\bdate\(|pydantic|validation|Error\b|Input should|"
    r"keyword|object at|required|unhashable|codec"
)


@cache
def read(name):
    return TomlFile.read(PATHS[name])


@cache
def facts():
    return load_facts(REPOSITORY / "geodata")


@pytest.fixture(autouse=True)
def facts_read_once(monkeypatch):
    monkeypatch.setattr("corridors.app.stats.load_facts", lambda _: facts())


def at(data, keys):
    for key in keys:
        data = data[key]
    return data


def changed(data, keys, change):
    """A copy of data with the container of ``keys`` changed. Other parts are shared with the original."""
    if len(keys) == 1:
        copy = data.copy()
        change(copy, keys[0])
        return copy
    copy = data.copy()
    copy[keys[0]] = changed(copy[keys[0]], keys[1:], change)
    return copy


@pytest.fixture
def refused(monkeypatch):
    """Read a declaration whose data differ from its text. Return the findings, or none if it has no fault."""

    def hold(name, data, keys):
        file = read(name)
        if keys[0] in {"maps", "scenarios"} and len(keys) > 1:  # the others stand for themselves
            data = {keys[0]: {keys[1]: data[keys[0]][keys[1]]} if keys[1] in data[keys[0]] else data[keys[0]]}
        broken = dataclasses.replace(file, data=data)
        broken.__dict__["written"] = file.written
        monkeypatch.setattr(TomlFile, "read", lambda *_: broken)
        try:
            DECLARATIONS[name](PATHS[name], facts)
        except DeclarationError as error:
            check_message(name, error)
            return error.findings
        return ()

    return hold


def check_message(name, error):
    """One message in every language: file, line, key, remedy, none of it Python's words."""
    assert error.exit_code == 3
    lines = [int(str(finding.where).removeprefix("line ")) for finding in error.findings]
    assert lines == sorted(lines)
    for finding in error.findings:
        told = finding.text("en")
        assert told.startswith(f"{PATHS[name]}: line ")
        assert ". Remedy: " in told
        assert not WORDS_OF_PYTHON.search(told.removeprefix(str(PATHS[name]))), told
        assert "\n" not in told
        assert re.fullmatch("D0[2-6]", finding.rule)


@pytest.mark.parametrize("name", PATHS)
def test_the_place_of_every_key_is_known(name):
    """The text at the place of a key is what Python's own parser reads there."""
    import tomllib  # noqa: PLC0415 - the oracle

    file = read(name)
    for keys, place in file.written.items():
        value, raw = at(file.data, keys), file.text[place.start : place.end]
        head = raw.startswith("[") and isinstance(value, dict)
        own = next(str(key) for key in reversed(keys) if isinstance(key, str))
        assert own in raw if head else tomllib.loads(f"v = {raw}")["v"] == value
        assert str(keys[-1]) in file.text.splitlines()[place.line - 1] or isinstance(keys[-1], int)


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.slow
def test_a_value_of_another_kind_or_out_of_bounds_is_refused_at_its_line(name, refused):
    file = read(name)
    accepted, kinds = [], Counter()
    for keys in file.written:
        was, kind = at(file.data, keys), (keys[0], len(keys), *(key for key in keys[2:] if isinstance(key, str)))
        # The first key of a kind takes all values. Of its likes in other entries, each takes every eighth, in turn.
        chosen = ODD[kinds[kind] % 8 :: 8] if kinds[kind] else ODD
        kinds[kind] += 1
        for odd in chosen:
            broken = changed(file.data, keys, lambda inside, key, odd=odd: inside.__setitem__(key, odd))
            findings = refused(name, broken, keys)
            if not findings:
                accepted.append((keys, was, odd))
            else:
                here = {finding.column for finding in findings}
                assert any(dotted(keys[:2]) in column or column in dotted(keys) for column in here if column), here
    for keys, was, odd in accepted:
        if odd == was or (isinstance(was, bool) and isinstance(odd, bool)):
            continue
        name_of = next(key for key in reversed(keys) if isinstance(key, str))
        told = f"{dotted(keys)} = {str(odd)[:50]!r} is accepted"
        if isinstance(odd, str):
            assert isinstance(was, str) or one_text(keys), told
            assert odd.strip() or name_of == "url", told
            assert name_of in FREE | {"off", "filters", "url", "checks", "first"} or one_text(keys), told
        elif isinstance(odd, int | float):
            assert type(odd) is type(was) or isinstance(was, float) or name_of == "factor", told
            assert LEAST.get(name_of, 0) <= odd <= 1000, told
        else:
            assert odd in ([], {}, ["x"], {"name": "x"}), told
            assert name_of in OPTIONAL | {"open_borders"}, told


@pytest.mark.parametrize("name", PATHS)
def test_a_key_that_is_missing_is_named(name, refused):
    file = read(name)
    for keys in file.written:
        if isinstance(keys[-1], int):
            continue
        findings = refused(name, changed(file.data, keys, lambda inside, key: inside.pop(key)), keys)
        if not findings:
            in_english = len(keys) > 1 and one_text(keys[:-1]) and keys[-1] != "en"
            assert in_english or {*keys[-2:]} & (OPTIONAL | OPEN_TABLES | {"open_borders"}), keys
        elif {*keys[-2:]} & OPEN_TABLES:  # the names in it are reported
            assert any(str(keys[-1]) in str(finding) or "numbers" in keys for finding in findings), keys
        else:
            assert any(finding.column in (dotted(keys), dotted(keys[:-1]), None) for finding in findings), keys


@pytest.mark.parametrize("name", PATHS)
def test_a_key_that_is_misspelt_is_named_with_those_that_there_are_the_nearest_first(name, refused):
    file = read(name)
    for keys in file.written:
        if isinstance(keys[-1], int) or (len(keys) > 1 and keys[-2] in OPEN_TABLES):
            continue
        wrong = (*keys[:-1], f"{keys[-1]}x")

        def misspell(inside, key, wrong=wrong[-1]):
            inside[wrong] = inside.pop(key)

        findings = refused(name, changed(file.data, keys, misspell), wrong)
        if keys[-2:-1] == ("scenarios",):
            continue
        unknown = [finding for finding in findings if finding.column == dotted(wrong)]
        assert unknown, keys
        assert unknown[0].rule in {"D02", "D06"}
        if keys[-2:-1] != ("open_borders",):
            assert f"use one of {keys[-1]}" in str(unknown[0].remedy)


def broken_text(name, text):
    """The finding for a text that is not TOML."""
    path = Path("x") / name
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _: text if isinstance(text, bytes) else text.encode())
        try:
            TomlFile.read(path)
        except DeclarationError as error:
            [finding] = error.findings
            assert finding.rule == "D01"
            assert not WORDS_OF_PYTHON.search(str(finding)), str(finding)
            return finding
    return None


@pytest.mark.parametrize("name", PATHS)
def test_a_key_or_table_that_stands_twice_is_refused_at_its_line(name):
    """In its entry alone, such as a map: whole files take long to read."""
    file = read(name)
    entries = [0, *(found.start() for found in re.finditer(r"^\[\w+\.[\w-]+\]$", file.text, re.MULTILINE))]
    for keys, place in file.written.items():
        nth = bisect(entries, place.start)
        begin, end = entries[nth - 1], (*entries, None)[nth]
        entry, start, stop = file.text[begin:end], place.start - begin, place.end - begin
        raw = entry[start:stop]
        if isinstance(keys[-1], int):
            continue
        if raw.startswith("[") and isinstance(at(file.data, keys), dict) and any(isinstance(key, int) for key in keys):
            continue  # a table of a step belongs to the step before it, wherever it stands
        if raw.startswith("[") and isinstance(at(file.data, keys), dict):
            text, line = f"{entry}\n{raw}\n", entry.count("\n") + 2
        else:
            inline = entry[:start].rpartition("\n")[2].partition("=")[0].strip(' "') != keys[-1]
            again = f"{', ' if inline else chr(10)}{dotted(keys[-1:])} = {raw}"
            text = entry[:stop] + again + entry[stop:]
            line = text[: stop + len(again)].count("\n") + 1
        found = broken_text(name, text)
        assert "twice" in str(found.message), keys
        assert abs(int(str(found.where).removeprefix("line ")) - line) <= 1, keys


@pytest.mark.parametrize("name", PATHS)
def test_a_file_that_is_cut_off_is_not_toml_or_lacks_something(name):
    text = read(name).text
    ends = [found.start() for found in re.finditer(r"\n", text)]
    kinds = {bool(broken_text(name, text[: (start + end) // 2])) for start, end in list(pairwise(ends))[::4]}
    assert True in kinds


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a = 1\nb = \n", 2, "no value"),
        ("a = 2025-02-30", 1, "no value"),
        ("a = 1\na.b = 2", 2, "twice"),
        ("[a]\n[a]", 2, "twice"),
        ('a = "x', 1, "not closed"),
        ("a = [1,\n2", 2, "not closed"),
        ('a = """x\ny', 2, "not closed"),
        ('a = "\\q"', 1, "does not allow"),
        ("a = 'x\x01'", 1, "does not allow"),
        ("just words", 1, "not TOML"),
        ("= 3", 1, "not TOML"),
        ("a = 1\n\n\x00", 3, "not TOML"),
        (b"a = 1\nb = '\xff'", 2, "not UTF-8"),
        ("a = 1".encode("utf-16"), 1, "not UTF-8"),
        ("a = " + "[" * 100_000, 0, "too deep"),
        ("a = " + "{a=" * 100_000, 0, "too deep"),
        ("a = " + "9" * 5000, 0, "no value"),
    ],
    ids=lambda given: str(given)[:12],
)
def test_a_text_that_is_not_toml_is_told_in_our_words(text, line, said):
    found = broken_text("catalog.toml", text)
    assert said in str(found.message)
    assert str(found.where) == (f"line {line}" if line else "")
    for language in LANGUAGES:
        assert "catalog.toml" in found.text(language)


def test_a_mark_at_the_start_of_a_file_is_passed_over():
    assert broken_text("catalog.toml", "\ufeffa = 1") is None


def test_places_are_known_in_any_toml():
    """Dotted and quoted keys, arrays of tables, inline tables, all kinds of text, and dates with a space in them."""
    text = (
        'a.b = 1.5  # [x]\n"q.r".\'s t\' = { x = [1, "a,]b", 2025-06-17 07:32:00, 07:32:00.5], '
        'y.z = """m\nulti" "x"""", e = [] }\nbig = [\n  [ -1, 2 ], # c\n'
        "  { k = 'lit\\' },\n]\n[t]\n[[arr]]\n[[arr.sub]]\n[[arr.sub]]\nz = false\n"
        '[arr.tab]\n[[arr]]\nn = 2\n[t."ü\\u0041"]\nu = 1979-05-27T07:32:00-08:00\n1.2.3 = +99\n'
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _: text.encode())
        file = TomlFile.read(Path("x.toml"))
    lines = {dotted(keys): place.line for keys, place in file.written.items()}
    told = {
        "a.b": 1, '"q.r"."s t".x[4]': 2, '"q.r"."s t".y.z': 2, '"q.r"."s t".e': 3, "big[1][2]": 5, "big[2].k": 6,
        "arr[1].sub[2].z": 12, "arr[1].tab": 13, "arr[2].n": 15, 't."üA".1.2.3': 18,
    }  # fmt: skip
    assert {key: lines[key] for key in told} == told
    assert file.quote(("a", "b")) == "1.5"
    assert file.line(("t",)) == 8
    assert file.line(("q.r", "nothing")) == 2


# --- what can only be held against the facts and measures -------------------------------------------------------------


@pytest.fixture(scope="module")
def maps():
    return load_maps(PATHS["atlas.toml"], LANGUAGES)


def late(act, *said):
    """An error of the declaration of the maps with a line and all given words."""
    with pytest.raises(DeclarationError) as raised:
        act()
    told = str(raised.value)
    assert re.match(rf"{re.escape(str(PATHS['atlas.toml']))}: line \d+: maps\.", told)
    for text in said:
        assert text in told


@pytest.mark.parametrize("key", ["layer", "by", "off"])
def test_a_group_that_cannot_be_drawn_is_refused_with_what_can(maps, context, key):
    for entry in maps.values():
        for nth, group in enumerate(entry.groups):
            was = getattr(group, key)
            if not was:
                continue
            wrong = f"{was}x" if isinstance(was, str) else (*was[:-1], f"{was[-1]}x")
            groups = [*entry.groups]
            groups[nth] = dataclasses.replace(group, **{key: wrong})
            broken = dataclasses.replace(entry, groups=tuple(groups))
            nearest = was if isinstance(was, str) else was[-1]
            told = f"maps.{entry.name}.groups[{nth + 1}].{key}"
            late(lambda broken=broken: map_content(broken, context), told, f'"{nearest}x"', f"use one of {nearest}")


def test_a_filter_that_there_is_not_is_refused(maps):
    for entry in maps.values():
        for nth, name in enumerate(entry.filters):
            broken = dataclasses.replace(entry, filters=(*entry.filters[:nth], "age"))
            late(lambda broken=broken: [*facet_filters(broken, [], {})], f"filters[{nth + 1}]", *FACETS)
            assert name in FACETS


def test_a_measure_that_there_is_not_is_refused_with_the_nearest(maps, context):
    for entry in maps.values():
        for name in sorted({name for sentence in entry.sentences for name in sentence.quoted}):
            number = entry.numbers[name]
            for wrong, said in (
                (dataclasses.replace(number, name=f"{number.name}x"), f"use one of {number.name}"),
                (
                    dataclasses.replace(number, by={**number.by, "moon": "full"}),
                    f"there is no measure {number.name} of",
                ),
            ):
                broken = dataclasses.replace(entry, numbers={**entry.numbers, name: wrong})
                late(lambda broken=broken: statement(broken, context.measures, "2025-06-17"), f"numbers.{name}", said)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"opened": ("cn-lanxin",), "closed": ()}, "in operation already"),
        ({"opened": ("cku",), "closed": ("cku",)}, "opened and to be closed"),
        ({"between": "Kashgar; Atlantis"}, "Atlantis"),
        ({"between": "Kashgar"}, "fewer than two"),
        ({"modes": ("air",)}, "--mode rail"),
    ],
)
def test_a_scenario_that_cannot_be_played_is_refused_with_its_line(loaded, monkeypatch, change, said):
    path = PATHS["scenarios.toml"]
    entries = declared_scenarios.load_scenarios(path, loaded.facts, LANGUAGES)
    broken = {"cku-open": dataclasses.replace(entries["cku-open"], **change)}
    monkeypatch.setattr(declared_scenarios, "load_scenarios", lambda *_: broken)
    with pytest.raises(CorridorsError, match=r"scenarios\.toml: line \d+: scenarios\.cku-open") as raised:
        run_declared(path, loaded.layers, loaded.facts, loaded.network, loaded.assumptions, LANGUAGES)
    assert said in str(raised.value)
    assert raised.value.exit_code == 3


# --- on the command line ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "there", "instead", "command", "named"),
    [
        ("catalog.toml", '"2025-06-17"', '"next year"', ("layers",), ("line 4", "atlas.as_of", "2025-06-17")),
        ("catalog.toml", "[layers.places]", "[layers.mylines]", ("build",), ("layers.mylines", "use one of pipelines")),
        ("assumptions.toml", "value = 42.2", "value = 1e-400", ("claims",), ("speeds_kmh.rail.value", "small")),
        ("assumptions.toml", '"cpmm-2020-road"', '"cpmm-2020-rode"', ("claims",), ("use one of cpmm-2020-road",)),
        ("scenarios.toml", 'open = ["cku"]', 'open = "cku"', ("scenario", "cku-open"), ("line 7", '["…", "…"]')),
        ("atlas.toml", "planner = true", 'planner = "yes"', ("build",), ("maps.overview.planner", "true or false")),
        ("atlas.toml", "[maps.rail]", "[maps.index]", ("build",), ("maps.index", "another page")),
    ],
)  # fmt: skip
def test_commands_refuse_a_broken_declaration_in_one_message(
    geodata, corridors, one_message, contents, file, there, instead, command, named
):
    path = (geodata.parent / "maps" if file == "atlas.toml" else geodata) / file
    text = path.read_text(encoding="utf-8")
    assert there in text
    path.write_text(text.replace(there, instead, 1), encoding="utf-8")
    before = contents(geodata.parent)
    one_message(corridors(*command), 3, file, *named)
    assert contents(geodata.parent) == before


def test_a_missing_declaration_is_a_matter_of_files(geodata, corridors, one_message):
    (geodata / "catalog.toml").unlink()
    one_message(corridors("build", "--geodata", geodata), 4, "catalog.toml", "No such file", "--geodata")


def test_validate_lists_all_that_is_wrong_with_declarations(geodata, corridors):
    path = geodata.parent / "maps" / "atlas.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("filters =", "filter =").replace("planner = true", "planner = 1"), encoding="utf-8")
    ran = corridors("validate")
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert len(lines) == text.count("filters =") + text.count("planner = true")
    assert all("atlas.toml: line " in line for line in lines)
    assert len(corridors("validate", path).out.splitlines()) == len(lines)


def test_validate_knows_the_committed_declarations(repo):
    from corridors.app.build import find_folders  # noqa: PLC0415 - only here

    assert find_faults(find_folders(repo / "geodata"), list(PATHS.values())) == []
