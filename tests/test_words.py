"""What a card says is in the reader's language: remarks, companies, capacities and conditions."""

import re

import pytest

from corridors.content.content import map_content
from corridors.data.facts import load_facts, read_facts
from corridors.data.tables import LAYERS, WRITTEN
from corridors.locales import messages
from corridors.locales.wording import amount

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u02bb]+(?:[ '’,;.–-]+[A-Za-z\u00c0-\u024f\u02bb]+)*")
ENGLISH = frozenset(
    [
        "about",
        "above",
        "after",
        "and",
        "are",
        "as",
        "at",
        "before",
        "below",
        "between",
        "both",
        "but",
        "by",
        "each",
        "for",
        "from",
        "gives",
        "given",
        "has",
        "have",
        "its",
        "least",
        "many",
        "more",
        "most",
        "near",
        "not",
        "opened",
        "other",
        "since",
        "than",
        "that",
        "the",
        "their",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "towards",
        "until",
        "were",
        "when",
        "where",
        "which",
        "with",
        "within",
        "without",
        "year",
    ]
)


def shown(words, language):
    """A text in a language, as the page chooses it."""
    return words.get(language) or words.get("en") or words.get("local") or ""


def texts_of(feature, language):
    """All texts of a card that are no message: names beside labels, remarks, and what qualifies a figure."""
    for fact in (*feature["headline"], *feature["facts"]):
        if "name" in fact and "feature" not in fact:
            yield shown(fact["name"], language)
        yield from (shown(fact[key], language) for key in ("said", "of") if key in fact)
    if "note" in feature:
        yield shown(feature["note"], language)


@pytest.fixture(scope="module")
def cards(context):
    """The features of all maps, each once, and the layers' own cards."""
    contents = [map_content(entry, context) for entry in context.maps.values()]
    return {one["id"]: one for content in contents for one in content["features"]}, contents


def english_in(text, language):
    """Runs of Latin words that are English: in Chinese and Russian those with a small letter, in Dutch those listed."""
    for run in LATIN.findall(text):
        words = re.findall(r"[^\W\d_]+", run)
        if language in {"zh", "ru"}:
            small = [word for word in words if word[0].islower() and len(word) > 1]
        else:
            small = [word for word in words if word in ENGLISH]
        if small:
            yield run


@pytest.mark.parametrize(
    "text", ["Built in stages.", "线路 which was built", "Открыта in 1906", "Position of the town"]
)
def test_english_in_another_language_is_found(text):
    assert list(english_in(text, "zh"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1435 → 1520 мм", "ru"), ("据 Global Energy Monitor", "zh"), ("航班CZ5085/CZ5086", "zh"),
        ("КТЖ (KTZ), Air China", "ru"),
        ("Tussen 1904 en 1952 in etappes aangelegd, over de grens", "nl"),
    ],
)  # fmt: skip
def test_names_units_and_codes_are_no_english(text, language):
    assert list(english_in(text, language)) == []


@pytest.mark.parametrize("language", [language for language in WRITTEN if language != "en"])
def test_no_card_has_english_in_another_language(cards, language):
    features, contents = cards
    found = {
        name: runs
        for name, feature in features.items()
        for text in texts_of(feature, language)
        if (runs := list(english_in(text, language)))
    }
    groups = [group for content in contents for group in content["map"]["groups"]]
    found |= {
        group["id"]: runs
        for group in groups
        if (runs := list(english_in(shown(group["precision"], language), language)))
    }
    assert found == {}


def test_a_remark_stands_on_the_card_in_every_language(cards, loaded):
    features, _ = cards
    said = loaded.facts.remarks()
    there = features.keys() & said.keys()
    assert len(there) > 200
    for name in there:
        assert features[name]["note"] == said[name]
        assert set(said[name]) == set(WRITTEN)
        assert len({said[name][language] for language in WRITTEN}) == len(WRITTEN), name


def test_a_russian_dash_in_a_sentence_is_long_and_one_between_two_ends_is_short(loaded):
    """Beside a word in lower case, which is no end of a line, a dash belongs to the sentence."""
    months = r"(?:янв|фев|мар|апр|ма[йея]|июн|июл|авг|сен|окт|ноя|дек)"
    wrong = re.compile(rf"(?:\b[а-яё]\w* – (?!{months})\S+| – (?!{months})[а-яё]\w*)")
    said = {name: texts["ru"] for name, texts in loaded.facts.remarks().items()}
    said |= {message: text for message, text in messages("ru").items() if isinstance(text, str)}
    assert {name: wrong.findall(text) for name, text in said.items() if wrong.search(text)} == {}


def test_a_remark_is_a_column_of_its_layer_in_every_language(loaded):
    said = loaded.facts.remarks()
    for layer in LAYERS:
        for row in loaded.layers[layer].to_dict("records"):
            texts = said.get(f"{layer}/{row['id']}", dict.fromkeys(WRITTEN))
            assert {"note": texts["en"], **{f"note_{one}": texts[one] for one in WRITTEN if one != "en"}} == {
                column: row[column] for column in ("note", "note_nl", "note_zh", "note_ru")
            }


def test_the_note_of_a_row_is_for_those_who_compile_it_and_is_not_shown(facts, loaded):
    facts.change("cities", {"note": "Not looked up."}, row=facts.find("cities", id="kz-almaty"))
    assert load_facts(facts.folder.parent).remarks() == loaded.facts.remarks()


@pytest.mark.parametrize(
    ("table", "values", "rule", "column", "words", "remedy"),
    [
        ("remarks", {"text_ru": ""}, "F03", "text_ru", "this cell is empty", "fill it"),
        ("remarks", {"feature": "ports/nowhere"}, "F07", "feature", "'ports/nowhere' is not an id", "to ports.csv"),
        ("remarks", {"feature": "rail/nowhere"}, "F07", "feature", "'rail/nowhere' is not an id", "to rail_lines.csv"),
        ("remarks", {"feature": "trains/x"}, "F05", "feature", "'trains/x' is not readable", "as in ports/cn-xian"),
        ("unverified", {"attributes": "colour"}, "F05", "attributes", "'colour' is not a known word", "gauge"),
        ("flights", {"airline": "Nobody"}, "F07", "airline", "'Nobody' is no name in", "organisations.csv"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_found_with_its_place_and_remedy(facts, table, values, rule, column, words, remedy):
    facts.change(table, values, row=2)
    [finding] = read_facts(facts.folder.parent)[1]
    assert (finding.rule, finding.file, finding.column) == (rule, f"{table}.csv", column)
    assert str(finding.where) == "row 3"
    assert words in str(finding.message)
    assert remedy in str(finding.remedy)


def test_a_language_that_the_facts_do_not_have_is_refused(facts):
    head, *rows = facts.rows("remarks")
    facts.write("remarks", [[*head, "text_de"], *([*row, "Etwas"] for row in rows)])
    [finding] = read_facts(facts.folder.parent)[1]
    assert (finding.rule, str(finding.where)) == ("F02", "row 1")
    assert "text_de" in str(finding.message)


def test_a_feature_has_one_remark(facts):
    head, first, *rows = facts.rows("remarks")
    facts.write("remarks", [head, first, ["another", *first[1:]], *rows])
    [finding] = read_facts(facts.folder.parent)[1]
    assert (finding.rule, str(finding.where), finding.column) == ("F13", "row 3", "feature")
    assert "row 2" in str(finding.message)


def test_a_capacity_is_said_in_the_layer_and_is_the_figure_of_its_row(loaded):
    [row] = [one for one in loaded.facts.rows("throughput") if one["id"] == "gas-abc-capacity-gas-2014"]
    lines = loaded.layers["pipelines"].set_index("id")
    assert lines.loc[row["subject"], "capacity"] == f"Capacity: {amount(row['value'], row['unit'], 'en')} (2014)"


def test_every_company_has_a_name_in_every_language(loaded):
    for row in loaded.facts.rows("organisations"):
        assert all(row[f"name_{language}"] for language in WRITTEN), row["id"]
