"""Stories: declared steps become page data, an article and a report; faults are named with their place and remedy."""

import io
import itertools
import re
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from pypdf import PdfReader

from corridors.content.content import map_content
from corridors.content.scenario_features import with_scenarios
from corridors.content.story import moment_words, moments, step_features, story_texts, with_story
from corridors.data.maps import load_maps
from corridors.data.sentences import Sentence
from corridors.data.toml_file import DeclarationError
from corridors.documents.document import make_document, story_report
from corridors.errors import CorridorsError, InputError
from corridors.locales import LANGUAGES, number
from corridors.web.story import story_html

ATLAS = Path(__file__).resolve().parents[1] / "maps" / "atlas.toml"
MAPS = load_maps(ATLAS, LANGUAGES)
STORIES = tuple(name for name, entry in MAPS.items() if entry.steps)
WEST = MAPS["xian-west"]


def story_of(entry, context):
    """The content of a map's page, with its story."""
    content = map_content(entry, context)
    if entry.scenarios:
        content = with_scenarios(content, context, context.declared)
    return with_story(content, entry, context)


def with_step(entry, nth=0, **changed):
    """A map whose step has other values."""
    steps = [replace(step, **changed) if at == nth else step for at, step in enumerate(entry.steps)]
    return replace(entry, steps=tuple(steps))


@pytest.fixture(scope="module")
def told(context):
    return {name: story_of(MAPS[name], context) for name in STORIES}


def test_two_stories_are_shipped():
    assert STORIES == ("xian-west", "one-railway")


@pytest.mark.parametrize("name", STORIES)
def test_the_facts_support_each_sentence_of_a_story_and_each_has_sources(name, told):
    steps = told[name]["story"]["steps"]
    assert [len(step["sentences"]) for step in steps] == [len(step.sentences) for step in MAPS[name].steps]
    for step in steps:
        for sentence in step["sentences"]:
            assert sentence["sources"]
            assert {code for code, words in sentence["words"].items() if words} == set(LANGUAGES)
            assert "{" not in "".join(sentence["words"].values())
            assert set(sentence["claims"].values()) <= {"confirmed", "consistent"}
    assert {source for step in steps for source in step["sources"]} == set(told[name]["story"]["sources"])


@pytest.mark.parametrize("name", STORIES)
def test_a_step_shows_its_features_within_its_view(name, told):
    content = told[name]
    for declared, step in zip(MAPS[name].steps, content["map"]["story"], strict=True):
        shown = {feature["id"]: feature for feature in step_features(content, step["state"], declared.year)}
        assert shown
        assert {feature["class"] for feature in shown.values()} <= set(step["state"]["layers"])
        assert step["bounds"] == list(declared.bounds)
        assert declared.selected is None or declared.selected in {one["id"] for one in content["features"]}


def test_a_step_of_a_year_shows_what_there_was_and_its_sentence_rests_on_that(told):
    content = told["one-railway"]
    [state] = [step["state"] for step in content["map"]["story"] if step["state"]["year"]]
    then, today = (step_features(content, state, moment) for moment in moments(state["year"], state["against"]))
    into = {"rail/cn-alashankou-dostyk", "rail/kz-khorgos-altynkol"}
    lines = {one["id"]: one["country"] for one in then if one["kind"] == "rail"}
    now = {one["id"] for one in today}
    assert lines.keys() & into == set()
    assert into <= now
    assert not [name for name, countries in lines.items() if "CHN" in countries and {"KAZ", "KGZ"} & {*countries}]


def test_with_what_is_planned_a_step_shows_it_in_operation(told):
    content = told["one-railway"]
    state = content["map"]["story"][1]["state"]
    today, planned = (
        {one["id"]: one["status"] for one in step_features(content, state, moment)}
        for moment in moments(None, "planned")
    )
    assert planned.keys() == today.keys()
    assert {name for name in today if today[name] != planned[name]} == {
        name for name, status in today.items() if status not in {"operational", "suspended"}
    }
    line = "rail/cku-kashgar-makmal"
    assert (today[line], planned[line]) == ("under_construction", "operational")


def test_a_step_filters_by_properties_of_several_values_too(told):
    content = told["one-railway"]
    state = content["map"]["story"][1]["state"] | {"layers": ["rail.1435", "rail.1520"], "year": None}
    shown = step_features(content, state | {"filters": {"country": ["CHN"]}}, None)
    assert shown
    assert {"CHN" in one["country"] for one in shown} == {True}
    assert len(shown) < len(step_features(content, state, None))


def test_a_sentence_that_the_facts_do_not_support_is_left_out_and_a_step_without_sentences_too(context):
    words = dict.fromkeys(LANGUAGES, "Nine cities.")
    wrong = Sentence(words, ("count flights destination_city origin=ZLXY status=operational is 9",))
    kept = WEST.steps[0].sentences
    some = story_of(with_step(WEST, sentences=(wrong, *kept)), context)
    assert len(some["story"]["steps"][0]["sentences"]) == len(kept)
    none = story_of(with_step(WEST, sentences=(wrong,)), context)
    assert len(none["map"]["story"]) == len(none["story"]["steps"]) == len(WEST.steps) - 1
    assert none["story"]["steps"][0]["title"] == WEST.steps[1].headline.words


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"layers": ("rail", "rial")}, ["steps[1].layers[2]", '"rial"', "rail"]),
        ({"filters": {"age": ("old",)}}, ["steps[1].filters.age", '"age"', "status"]),
        ({"filters": {"status": ("open",)}}, ["steps[1].filters.status[1]", '"open"', "operational"]),
        ({"selected": "ports/cn-khorgos"}, ["steps[1].selected", '"ports/cn-khorgos"', "ports/cn-khorgos-rail"]),
        ({"scenario": "cku-open"}, ["steps[1].scenario", '"cku-open"']),
        ({"sources": ("geonames", "nobody")}, ["steps[1].sources[2]", '"nobody"']),
    ],
)
def test_a_step_that_names_something_unknown_is_refused_with_its_place_and_the_nearest_names(changed, named, context):
    with pytest.raises(InputError) as refused:
        story_of(with_step(WEST, **changed), context)
    assert all(words in str(refused.value) for words in ("atlas.toml", "maps.xian-west", *named)), str(refused.value)


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("narrow = [62.0, 30.0, 112.0, 50.0]", "narow = [62.0, 30.0, 112.0, 50.0]", ["narow", "narrow"]),
        ("after = 0\n", "after = 0\nyears = 3\n", ["years", "year"]),
        ("after = 0\n", "after = 101\n", ["after", "0", "100"]),
        ("after = 0\n", 'after = "no"\n', ["after"]),
        ("after = 0\n", 'after = 0\nagainst = "plan"\n', ["against", '"plan"', "use one of planned"]),
        ("after = 0\n", "after = 0\nagainst = 1066\n", ["against", "1842"]),
        ("after = 0\n", "after = 0\nsplit = 101\n", ["split", "0", "100"]),
        ('layers = ["flights.zlxy", "cities"]', "year = 1066", ["year", "1842"]),
        ('layers = ["flights.zlxy", "cities"]', 'scenario = "cku-open"', ["scenario", "scenarios = true"]),
        ("{trains_2016} freight trains", "{trains} freight trains", ["maps.xian-west.steps[2].text[1]", "trains"]),
        ("Not every train does", "Not {every train does", ["steps", "text"]),
    ],
)
def test_a_fault_of_a_declared_step_is_told_with_file_key_and_remedy(before, after, named, tmp_path):
    text = ATLAS.read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "atlas.toml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(DeclarationError) as refused:
        load_maps(path, LANGUAGES)
    assert all(words in str(refused.value) for words in ("atlas.toml", "Remedy", *named)), str(refused.value)


@pytest.mark.parametrize("name", STORIES)
def test_the_article_has_every_sentence_in_every_language_a_picture_of_each_step_and_all_sources(name, told):
    content = told[name]
    article = lxml.html.fromstring(story_html(content))
    parts = article.xpath("section")
    assert len(parts) == len(content["map"]["story"])
    for part, step, step_of in zip(parts, content["story"]["steps"], content["map"]["story"], strict=True):
        for code in LANGUAGES:
            assert part.xpath(f"string(h2/span[@lang='{code}'])") == step["title"][code]
            text = part.xpath(f"string(p[@lang='{code}'])")
            assert all(sentence["words"][code] in text for sentence in step["sentences"])
        dates = moments(step_of["state"]["year"], step_of["state"]["against"])
        assert len(part.xpath("figure/svg")) == len(dates)
        assert all(len(svg.xpath(".//path")) > 3 for svg in part.xpath("figure/svg"))
        both = part.xpath("figure/svg/g/@id")
        assert part.xpath("figure/svg/use/@href") == [f"#{name}" for name in both]
        assert len(both) == len(dates) - 1
        if dates[1:]:
            words = [moment_words(moment, content["map"]["asOf"])["ru"] for moment in dates]
            assert part.xpath("figure/figcaption/b/span[@lang='ru']/text()") == words
        assert len(part.xpath("details/ol/li")) == len(step["sentences"])
        linked = set(part.xpath("details//a/@href"))
        assert linked == {f"claims.html#{one}" for sentence in step["sentences"] for one in sentence["claims"]}
    assert len(article.xpath("details/ol/li")) == len(content["story"]["sources"])


def test_the_bars_of_a_step_are_those_of_its_measure(told, context):
    chart = next(step["chart"] for step in told["xian-west"]["story"]["steps"] if step["chart"])
    measured = {
        one.by["period"]: one.value
        for one in context.measures
        if one.name == "throughput_trains" and one.by["subject"] == "cn-khorgos-rail" and one.by["period"].isdigit()
    }
    assert [bar["label"]["en"] for bar in chart["bars"]] == sorted(measured)
    assert [bar["share"] for bar in chart["bars"]] == [
        round(measured[year] / max(measured.values()), 4) for year in sorted(measured)
    ]


def test_text_of_a_story_is_never_markup(context):
    nasty = "<script>alert(1)</script><b onclick=x>{{ 7*7 }}"
    words = dict.fromkeys(LANGUAGES, nasty.replace("{{", "").replace("}}", ""))
    step = {"headline": Sentence(words, ("reading",)), "sentences": (Sentence(words, ("reading",)),)}
    article = lxml.html.fromstring(story_html(story_of(with_step(WEST, **step), context)))
    assert not article.xpath("//script | //b | //@onclick")
    assert words["en"] in article.xpath("string(section[1]/h2)")


def test_the_report_tells_the_story_with_figures_captions_and_numbered_sources(context):
    made = make_document(context, story_report("one-railway"), Path("story.nl.md"), lang="nl")
    text = made[Path("story.nl.md")].decode()
    entry = MAPS["one-railway"]
    assert text.startswith(f"# {entry.title['nl']}\n")
    titles = [step.headline.words["nl"] for step in entry.steps]
    assert [line[3:] for line in text.split("\n") if line.startswith("## ")][: len(titles)] == titles
    shown = [
        title + date
        for title, step in zip(titles, entry.steps, strict=True)
        for date in ([""] if step.against is None else [" · 1989", " · 17 juni 2025"])
    ]
    captions = [f"*Figuur {nth}. {words}*" for nth, words in enumerate(shown, start=1)]
    assert len(captions) == len(titles) + 1
    assert all(caption in text for caption in captions)
    of = {"scenario": "cku-open", "from": "cities/cn-kashgar", "to": "cities/kg-osh"}
    before, after = (
        number(context.measures.get("scenario_km", **of, when=when).value, 0, "nl") for when in ("before", "after")
    )
    assert f"is het van Kashgar naar Osj {after} km in plaats van {before}" in text
    assert re.search(r"\\\[\d+", text)
    assert "c08" in text
    listed = [line for line in text.split("\n") if re.match(r"\\\[\d+\\\]", line)]
    assert len(listed) == len(story_of(entry, context)["story"]["sources"])
    assert len([path for path in made if path.suffix == ".svg"]) == len(captions)


@pytest.mark.parametrize("name", STORIES)
def test_in_print_each_step_is_on_one_page_with_its_figures(name, context):
    [data] = make_document(context, story_report(name), Path("story.pdf"), lang="en").values()
    entry = MAPS[name]
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]
    numbers = itertools.count(1)
    for text, step in zip(story_texts(entry, context).values(), entry.steps, strict=True):
        title, end = text["title"]["en"], text["sentences"][-1]["words"]["en"][-12:]
        captions = [f"Figure {next(numbers)}. {title}" for _ in moments(step.year, step.against)]
        [page] = [page for page in pages if captions[0] in page]
        assert all(words in page for words in (*captions, end))
        assert page.count(title) > len(captions)  # it is the heading too
    assert len(pages) < len(entry.steps)


def test_a_map_without_story_and_an_article_beside_a_story_are_refused(context, tmp_path, corridors):
    with pytest.raises(CorridorsError, match=r"rail.*no story.*xian-west, one-railway"):
        make_document(context, story_report("rail"), tmp_path / "x.md", lang="en")
    article = tmp_path / "own.md"
    article.write_text("# Own\n", encoding="utf-8")
    ran = corridors("report", article, "--story", "xian-west", "-o", tmp_path / "x.md")
    assert (ran.code, ran.out) == (2, "")
    assert "Remedy" in ran.err
