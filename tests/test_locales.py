"""The four catalogues: the same keys, the same placeholders, nothing missing, nothing left over."""

import gettext
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from corridors import locales
from corridors.content.style import CLASSES
from corridors.data.tables import CORRIDORS, MODES, PORT_KINDS, ROLES, STATUSES
from corridors.geo.geodesy import COMPASS
from corridors.layers.columns import EXTRA
from corridors.locales import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    counted,
    date,
    filled,
    language_of,
    message,
    messages,
    number,
    number_format,
    plural_forms,
    translations,
    unit,
)
from corridors.locales.catalogue import read_catalogue

LOCALES = Path(locales.__file__).parent

MAY_BE_EMPTY = {"unit.year"}

every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def source(repo, language):
    """The text of a catalogue."""
    return (repo / "src" / "corridors" / "locales" / f"{language}.po").read_text(encoding="utf-8")


def placeholders(text):
    return Counter(re.findall(r"\{\d+\}", text))


def keys(start):
    """Keys of one kind, without their prefix."""
    return {key.removeprefix(start) for key in messages(DEFAULT_LANGUAGE) if key.startswith(start)}


# --- catalogues -------------------------------------------------------------------------------------------------------


def test_there_is_a_catalogue_for_each_language_and_none_besides(repo):
    assert {path.stem for path in (repo / "src" / "corridors" / "locales").glob("*.po")} == set(LANGUAGES)


@cache
def catalogue(language):
    """Entries of a catalogue by key, as Babel reads them: text, or a tuple of plural forms."""
    with (LOCALES / f"{language}.po").open("rb") as file:
        entries = read_po(file, locale=language, abort_invalid=True)
    return {entry.id if isinstance(entry.id, str) else entry.id[0]: entry.string for entry in entries if entry.id}


@every_language
def test_a_catalogue_is_read_as_babel_reads_it(language, source):
    assert read_catalogue(source) == catalogue(language)


@every_language
def test_a_catalogue_has_the_same_keys(language):
    here, there = catalogue(language), catalogue(DEFAULT_LANGUAGE)
    assert here.keys() - there.keys() == set()
    assert there.keys() - here.keys() == set()
    assert {key for key in here if isinstance(here[key], tuple)} == {
        key for key in there if isinstance(there[key], tuple)
    }


@every_language
def test_plural_forms_are_those_of_the_cldr(language):
    """The rule that gettext's own tools read in the file picks the form that CLDR names, for every whole number."""
    with (LOCALES / f"{language}.po").open("rb") as file:
        read = read_po(file, locale=language)
    forms = plural_forms(language)
    assert read.num_plurals == len(forms)
    at = gettext.c2py(read.plural_expr)
    assert [forms[at(count)] for count in range(1300)] == [Locale(language).plural_form(count) for count in range(1300)]
    assert all(len(text) == len(forms) for text in catalogue(language).values() if isinstance(text, tuple))


@every_language
def test_a_catalogue_is_complete_and_in_order(language, source):
    with_text = {key for key, text in messages(language).items() if text.strip()}
    assert set(messages(language)) - with_text <= MAY_BE_EMPTY
    written = re.findall(r'^msgid "(.+)"$', source, re.MULTILINE)
    assert written == sorted(set(written)), "each key once, sorted"
    assert "fuzzy" not in source
    assert "#~" not in source
    catalogue = read_po(source.splitlines(keepends=True), locale=language, abort_invalid=True)
    assert str(catalogue.locale) == language
    assert f'"Language: {language}\\n"' in source


@every_language
def test_placeholders_are_those_of_the_other_languages(language):
    ours = messages(language)
    english = messages(DEFAULT_LANGUAGE)
    for key, text in ours.items():
        of = key if key in english else key.rpartition(".")[0]  # a plural form that English lacks
        assert set(placeholders(text)) == set(placeholders(english[of])), key
        assert not re.search(r"\{(?!\d+\})", re.sub(r"\{\{ .+? \}\}", "", text)), key  # {{ … }} is of articles


@every_language
def test_messages_are_plain_text(language):
    for key, text in messages(language).items():
        assert "<" not in text, key
        assert not re.search(r"&\w+;", text), key
        assert text == text.strip() or key.startswith("list."), key
        assert text.isprintable(), key


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_a_translation_is_one(language):
    """Only short codes and units may be the same in two languages."""
    same = [key for key, text in messages("en").items() if messages(language).get(key) == text and len(text) > 12]
    assert same == []


@pytest.mark.parametrize(("language", "script"), [("zh", r"[\u4e00-\u9fff]"), ("ru", r"[\u0400-\u04ff]")])
def test_a_translation_is_in_its_script(language, script):
    for key, text in messages(language).items():
        words = re.sub(r"\{\d+\}|[\W\d]", "", text)
        if len(words) > 3 and not key.startswith("language."):
            assert re.search(script, words), f"{key}: {text}"


# --- keys against what they name --------------------------------------------------------------------------------------


def test_every_class_has_its_title_and_no_title_is_left_over():
    classes = {each.id for ways in CLASSES.values() for found in ways.values() for each in found}
    assert keys("class.") == classes


def test_every_layer_has_its_title_and_no_title_is_left_over():
    assert keys("layer.") == set(EXTRA)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("status.", STATUSES), ("role.", ROLES), ("corridor.", CORRIDORS), ("mode.", MODES), ("bearing.", COMPASS),
        ("kind.", PORT_KINDS), ("confidence.text.", ("high", "medium", "low")),
        ("electrified.", ("yes", "no", "partly", "unknown")), ("tracks.", ("single", "double", "partly_double")),
        ("commodity.", ("gas", "oil")), ("group.", ("china", "central_asia", "corridor")),
    ],
)  # fmt: skip
def test_every_word_of_a_vocabulary_has_its_message(start, words):
    assert set(words) <= keys(start)


def test_a_message_in_every_language():
    assert translations("layer.rail") == {language: messages(language)["layer.rail"] for language in LANGUAGES}
    with pytest.raises(KeyError):
        translations("layer.canals")


def test_messages_cannot_be_changed():
    with pytest.raises(TypeError):
        messages("en")["layer.rail"] = "Tracks"


# --- numbers and dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "written", "short"),
    [
        ("en", "1,234,567.9", "12"),
        ("nl", "1.234.567,9", "12"),
        ("zh", "1,234,567.9", "12"),
        ("ru", "1\u00a0234\u00a0567,9", "12"),
    ],
)
def test_numbers_as_each_language_writes_them(language, written, short):
    assert number(1_234_567.89, 1, language) == written
    assert number(12.4, 0, language) == short
    assert number(12, 2, language)[2] == number_format(language)["decimal"]
    assert number(1234, 0, language) == f"1{number_format(language)['group']}234"


@pytest.mark.parametrize(
    ("language", "counts"),
    [
        ("en", {0: "0 findings", 1: "1 finding", 2: "2 findings", 1000: "1,000 findings"}),
        ("nl", {0: "0 bevindingen", 1: "1 bevinding", 5: "5 bevindingen"}),
        ("zh", {1: "发现 1 个问题", 2: "发现 2 个问题"}),
        (
            "ru",
            {
                0: "0 замечаний", 1: "1 замечание", 3: "3 замечания", 5: "5 замечаний", 11: "11 замечаний",
                21: "21 замечание", 22: "22 замечания", 112: "112 замечаний",
            },
        ),
    ],
)  # fmt: skip
def test_a_number_has_the_form_that_goes_with_it(language, counts):
    assert {count: counted("cli.findings", count, language) for count in counts} == counts


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (1, 0, {"en": "day", "nl": "dag", "zh": "天", "ru": "сутки"}),
        (1, 1, {"en": "days", "nl": "dagen", "zh": "天", "ru": "суток"}),  # 1.0 days
        (21, 0, {"en": "days", "nl": "dagen", "zh": "天", "ru": "сутки"}),
        (0.96, 0, {"en": "day", "nl": "dag", "zh": "天", "ru": "сутки"}),  # it is shown as 1
    ],
)
def test_a_unit_has_the_form_that_goes_with_the_number_as_it_is_shown(value, digits, written):
    assert {language: unit("days", value, digits, language) for language in written} == written


def test_a_message_waits_for_its_language():
    told = message("error.map", "'x'", message("error.meant", "y"), ["y", "z"])
    assert str(told) == "there is no map 'x'. Did you mean y? Remedy: name one of y, z."
    assert told.text("nl") == "er is geen kaart 'x'. Bedoelt u y? Oplossing: noem een van y, z."
    assert str(message("error.map", "'x'", "", ["y"])) == "there is no map 'x'. Remedy: name one of y."
    assert filled("{1} of {0}", "{1}", "{0}") == "{0} of {1}", "what is filled in is never a place"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl_NL.UTF-8", "LC_MESSAGES": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "nl_NL.UTF-8", "LC_ALL": "zh_CN.GB18030"}, "zh"),
        ({"LANG": "nl_NL.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "nl"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "fr:ru:nl"}, "ru"),
        ({"LANG": "fr_FR@euro"}, "en"),
        ({"LANG": "", "LC_ALL": ""}, "en"),
    ],
)
def test_the_environment_says_what_language_somebody_reads(environment, language):
    assert language_of(environment) == language


@every_language
def test_a_percentage_has_its_place_for_the_number(language):
    assert placeholders(number_format(language)["percent"]) == {"{0}": 1}
    assert "%" in number_format(language)["percent"]


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "17 June 2025"), ("nl", "17 juni 2025"), ("zh", "2025年6月17日"), ("ru", "17 июня 2025 г.")],
)
def test_dates_as_each_language_writes_them(language, written):
    assert date("2025-06-17", language) == written
