"""The statements of maps: they have checks, the facts support them, and numbers have their caveats."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from corridors.claims import said
from corridors.claims.assertions import Assessor, said_in_order, unfounded, unfounded_messages
from corridors.claims.said import SAID, catalogue_sentences
from corridors.claims.sayings import statement
from corridors.data.checks import SAYINGS, UnreadableCheckError
from corridors.data.maps import load_maps
from corridors.data.sentences import Sentence
from corridors.locales import LANGUAGES, messages
from tests.declared import name_in

REPOSITORY = Path(__file__).resolve().parents[1]
MAPS = load_maps(REPOSITORY / "maps" / "atlas.toml", LANGUAGES)
TONNES = "more throughput tonnes 2025-01-01/2025-07-28 million_tonnes"


@pytest.fixture(scope="module")
def assessor(context):
    return Assessor(context.measures, context.ways)


def headed(entry, words, *checks):
    """A map with another title, alike in all languages, and no statement."""
    return replace(entry, headline=Sentence(dict.fromkeys(LANGUAGES, words), checks), sentences=())


@pytest.mark.parametrize("name", MAPS)
def test_the_facts_bear_out_what_a_map_says(name, assessor):
    assert [str(finding) for finding in unfounded(MAPS[name], assessor)] == []


@pytest.mark.parametrize(
    ("words", "checks", "rule", "named"),
    [
        ("Khorgos carries the rail link", [f"{TONNES} cn-khorgos-rail cn-alashankou"], "A13", ["7.96", "9.77"]),
        ("Half of the trade goes by road", [], "A12", ["bound to nothing", "measure"]),
        ("Roads carried 19.9 % of the trade", ["claim c23"], "A12", ["19", "language ru"]),
        ("Nine cities", ["count flights destination_city origin=ZLXY status=operational is 9"], "A13", ["give 7"]),
        ("No train changes gauge", ["each gauge_breaks corridors corridor is 0"], "A13", ["2 breaks"]),
        ("No such corridor", ["measure gauge_breaks corridor=nowhere above 0"], "A13", ["give –"]),
        ("The summit was in Almaty", ["claim c01"], "A13", ["contradicted"]),
        ("No such claim", ["claim c99"], "A13", ["c99"]),
        ("A misspelt check", ["mesure features layer=ports is 51"], "A13", ["measure"]),
        ("A check without its words", ["claim"], "A13", ["claim CLAIM"]),
        ("An unknown layer", ["count rivers id is 5"], "A13", ["rivers"]),
        ("An unknown column", ["count ports depth is 5"], "A13", ["depth"]),
        ("Nothing stated", ["measure features layer=ports"], "A13", ["features"]),
    ],
)
def test_what_is_bound_to_nothing_or_contradicted_is_found(words, checks, rule, named, assessor):
    found = list(unfounded(headed(MAPS["overview"], words, *checks), assessor))
    assert {finding.rule for finding in found} == {rule}
    said = " ".join(map(str, found))
    for text in ["maps.overview.title", *named]:
        assert text in said


def test_languages_that_give_other_numbers_are_found(assessor):
    ports = round(assessor.measures.get("features", layer="ports").value)
    words = {**dict.fromkeys(LANGUAGES, f"{ports} ports"), "ru": "Порты"}
    entry = replace(MAPS["gateways"], headline=Sentence(words, (f"measure features layer=ports is {ports}",)))
    assert [finding.rule for finding in unfounded(entry, assessor)] == ["A14"]


def test_the_facts_bear_out_what_report_charts_and_index_say(assessor):
    assert [str(finding) for finding in unfounded_messages(assessor)] == []
    assert [check for checks in SAID.values() for check in checks if not assessor.assess(check).holds] == []
    assert set(SAID) <= {key for key, _, _ in catalogue_sentences()}


def test_a_sentence_that_is_added_to_the_report_has_to_be_bound(assessor, monkeypatch):
    key = "report.scenario.text"
    monkeypatch.setattr(said, "SAID", {one: checks for one, checks in SAID.items() if one != key})
    [finding] = unfounded_messages(assessor)
    assert (finding.rule, finding.where) == ("A12", key)


@pytest.mark.parametrize("verb", ["measure", "each", "more", "claim", "reading"])
def test_every_check_of_our_own_is_used_by_a_map(verb):
    """The other checks are those of claims, which have their own tests."""
    used = {check.split()[0] for entry in MAPS.values() for _, said in said_in_order(entry) for check in said.checks}
    assert verb in used & set(SAYINGS)


def test_a_claim_that_is_not_written_as_a_check_is_refused(assessor):
    with pytest.raises(UnreadableCheckError):
        assessor.assess("more throughput tonnes 2024 million_tonnes cn-khorgos-rail")


def test_a_changed_fact_fails_validate_where_a_title_leans_on_it(facts, corridors):
    facts.change("trade", {"value": "48"}, row=facts.find("trade", id="central-asia-road-share-2024"))
    ran = corridors("validate")
    assert ran.code == 1
    [title] = [line for line in ran.out.splitlines() if "maps.overview.title" in line]
    assert title.startswith("A13")
    assert "more than half of the trade" in title
    assert "48 %" in title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_qualifies_a_number_is_said_with_it(lang, context):
    """2020 was a year of closed borders. A period that ends after the day shown has a remark."""
    as_of = context.catalog.as_of
    said = statement(MAPS["overview"], context.measures, as_of)[lang]
    [caveat] = context.measures.get("road_share_percent", subject="central-asia", period="2020").caveats
    assert re.search(rf"19[.,]9.*2020.{{0,2}}{name_in(caveat, lang)}", said)
    later = messages(lang)["caveat.later"]
    assert later in said
    assert later not in statement(MAPS["overview"], context.measures, "2025-07-28")[lang]


def test_what_is_computed_of_a_qualified_figure_is_qualified(context):
    share = context.measures.get("trade_share_percent", subject="KGZ", period="2024")
    assert [caveat["en"] for caveat in share.caveats] == ["with goods in transit"]
    assert share.as_dict()["caveats"] == ["with goods in transit"]


def test_readme_says_of_the_maps_what_they_say():
    rows = re.findall(r"\| `maps/([a-z-]+)\.html` \| (.+) \|", (REPOSITORY / "README.md").read_text(encoding="utf-8"))
    assert {name: said for name, said in rows if name in MAPS} == {n: entry.title["en"] for n, entry in MAPS.items()}
