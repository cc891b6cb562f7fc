"""The four catalogues: the same keys, the same placeholders, nothing missing, nothing left over."""

import re
from collections import Counter

import pytest
from babel.messages.pofile import read_po

from corridors.data.tables import CORRIDORS, MODES, PORT_KINDS, ROLES, STATUSES
from corridors.geo.geodesy import COMPASS
from corridors.layers.columns import EXTRA
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES, date, messages, number, number_format, translations
from corridors.web.style import CLASSES

MAY_BE_EMPTY = {"unit.year"}

every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def source(repo, language):
    """The text of a catalogue."""
    return (repo / "src" / "corridors" / "locales" / f"{language}.po").read_text(encoding="utf-8")


def placeholders(text):
    return Counter(re.findall(r"\{\d+\}", text))


def keys(start):
    """Keys of one kind, without what they start with."""
    return {key.removeprefix(start) for key in messages(DEFAULT_LANGUAGE) if key.startswith(start)}


# --- catalogues -------------------------------------------------------------------------------------------------------


def test_there_is_a_catalogue_for_each_language_and_none_besides(repo):
    assert {path.stem for path in (repo / "src" / "corridors" / "locales").glob("*.po")} == set(LANGUAGES)
    assert set(LANGUAGES) == {"nl", "en", "zh", "ru"}


@every_language
def test_a_catalogue_has_the_same_keys(language):
    here, there = set(messages(language)), set(messages(DEFAULT_LANGUAGE))
    assert here - there == set()
    assert there - here == set()


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
    for key, text in messages(DEFAULT_LANGUAGE).items():
        assert placeholders(ours[key]) == placeholders(text), key
        assert not re.search(r"\{(?!\d+\})", ours[key]), key


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
    same = [key for key, text in messages("en").items() if messages(language)[key] == text and len(text) > 12]
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
