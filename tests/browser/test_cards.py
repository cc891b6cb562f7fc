"""A click on any kind of feature opens its card, whose figures are the atlas's own measures."""

import json
import re
from itertools import product

import pytest

from corridors.locales import LANGUAGES, messages, number
from corridors.locales.wording import bare
from tests.declared import name_in
from tests.page_data import page_data, source_title

KHORGOS = {"lat": 44.18, "lng": 80.25, "zoom": 9}
TASHKENT = {"lat": 41.3, "lng": 69.3, "zoom": 7}


# What a card says: its heading, its large figures, its status and how many strokes show that, and all its words.
TOLD = """(card) => ({
    heading: card.querySelector("h2").innerText,
    figures: [...card.querySelectorAll(".headline .large")].map((node) => node.innerText),
    status: card.querySelector(".status")?.innerText,
    strokes: card.querySelectorAll(".status svg line").length,
    said: card.innerText,
})"""
LINKS = "(links) => links.map(({ href, rel, innerText }) => [href, rel, innerText])"


@pytest.mark.parametrize(
    ("name", "view", "feature", "measure", "by", "digits"),
    [
        ("overview", None, "rail/cn-jingyihuo", "track_km", {"feature": "rail/cn-jingyihuo"}, 0),
        ("overview", None, "rail/kz-ayagoz-bakhty", "track_km", {"feature": "rail/kz-ayagoz-bakhty"}, 0),
        ("gateways", KHORGOS, "ports/kz-khorgos-gateway", "lines", {"feature": "ports/kz-khorgos-gateway"}, 0),
        ("flights", None, "flights/zlxy-uaaa", "distance_km", {"feature": "flights/zlxy-uaaa"}, 0),
        ("trade", None, "countries/kaz", "trade_billion_usd", {"subject": "KAZ", "period": "2024"}, 1),
    ],
    ids=["railway", "railway under construction", "dry port", "flight", "country"],
)
def test_click_opens_the_card(name, view, feature, measure, by, digits, shared_page, measured):
    opened = shared_page(name)
    opened.apply(view=view)
    payload, card = opened.payload(), opened.card
    [told] = [each for each in payload["features"] if each["id"] == feature]
    assert not card.is_visible()
    opened.click(feature)
    assert opened.state()["selected"] == feature
    for language in LANGUAGES:
        opened.speak(language)
        words = messages(language)
        seen = card.evaluate(TOLD)
        assert seen["heading"] == name_in(told["name"], language)
        unit = "billion_usd" if measure == "trade_billion_usd" else ""
        assert bare(measured(measure, **by), unit, language, digits=digits) in seen["figures"]
        if payload["classes"][told["class"]]["geometry"] == "line":
            assert words[f"status.{told['status']}"] in seen["status"]
            assert seen["strokes"] > 0
        assert words["card.precision"] in seen["said"]
        assert words[f"basis.text.{told['basis']}"] in seen["said"]
        assert words[f"confidence.text.{told['confidence']}"] in seen["said"]
    cited = card.locator(".sources li").all_inner_texts()
    titles = [source_title(payload, source, language) for source in told["sources"]]
    assert all(line.startswith(title) for line, title in zip(cited, titles, strict=True))
    links = card.locator(".sources a").evaluate_all(LINKS)
    assert any(address.startswith("https://") for address, *_ in links)
    for address, relation, words_of_link in links:
        assert re.match("https?://", address)
        assert "noopener" in relation
        assert words_of_link
    opened.page.keyboard.press("Escape")
    assert not card.is_visible()
    assert opened.state()["selected"] is None
    opened.quiet()


def test_a_citys_card_tells_its_population_as_its_layer_has_it(shared_page, built):
    layer = json.loads((built / "geodata" / "layers" / "cities.geojson").read_text(encoding="utf-8"))
    [people] = [city["properties"]["population"] for city in layer["features"] if city["id"] == "uz-tashkent"]
    opened = shared_page("overview")
    opened.apply(view=TASHKENT)
    opened.click("cities/uz-tashkent")
    assert opened.card.get_by_role("heading", level=2).inner_text() == "Tashkent"
    assert opened.card.locator(".local").inner_text() == "Toshkent"
    assert opened.figures() == [number(people, 0, "en")]


def test_a_series_is_drawn_as_a_chart_that_can_be_read_aloud(shared_page, measured):
    opened = shared_page("trade")
    opened.click("countries/kaz")
    charts = opened.card.get_by_role("img")
    [told] = [each for each in opened.payload()["features"] if each["id"] == "countries/kaz"]
    assert charts.count() == len(told["series"]) > 0
    told_of = charts.evaluate_all(
        "(charts) => charts.map((chart) => [chart.ariaLabel, chart.querySelectorAll('rect.bar').length])"
    )
    year = f"2024: {number(measured('trade_billion_usd', subject='KAZ', period='2024'), 1, 'en')}"
    assert any(year in text for text, _ in told_of)
    assert [bars for _, bars in told_of] == [len(series["points"]) for series in told["series"]]


def test_a_feature_without_a_series_has_no_chart(shared_page):
    opened = shared_page("overview")
    opened.apply(selected="rail/cn-jingyihuo")
    assert opened.card.locator(".chart").count() == 0


def test_each_figure_of_each_card_is_a_measure(built):
    """Large figures that are lengths, distances and hours are those of measures.json, whatever the feature."""
    measures = json.loads((built / "maps" / "measures.json").read_text(encoding="utf-8"))["measures"]
    of_feature = {
        (measure["name"], measure["by"]["feature"]): measure["value"]
        for measure in measures
        if set(measure["by"]) == {"feature"}
    }
    checked = 0
    for name in ("overview", "flights"):
        page = (built / "maps" / f"{name}.html").read_text(encoding="utf-8")
        for feature in page_data(page)["features"]:
            for figure in feature["headline"]:
                measure = figure["label"].removeprefix("fact.")
                if measure in {"track_km", "official_km", "distance_km", "hours_estimated", "lines"}:
                    assert figure["value"] == of_feature[measure, feature["id"]], feature["id"]
                    checked += 1
    assert checked > 100


def test_pointer_over_a_feature_shows_one_line(shared_page):
    opened = shared_page("overview")
    opened.apply(view=TASHKENT)
    tips = opened.page.locator(".leaflet-tooltip")
    opened.page.mouse.move(*opened.meeting_point("cities/uz-tashkent"))
    assert tips.all_inner_texts() == ["Tashkent · Capital"]
    opened.page.mouse.move(*opened.meeting_point("rail/uz-tashkent-angren"))
    assert [text.partition(" · ")[0] for text in tips.all_inner_texts()] == ["Tashkent–Angren"]
    opened.speak("ru")
    opened.page.mouse.move(*opened.meeting_point("cities/uz-tashkent"))
    assert tips.inner_text().startswith("Ташкент · ")
    opened.quiet()


def test_click_beside_all_features_closes_the_card(shared_page):
    opened = shared_page("rail")
    opened.apply(selected="rail/cn-jingyihuo")
    assert opened.card.is_visible()
    opened.page.mouse.click(800, 100)
    assert not opened.card.is_visible()


def test_card_leads_to_other_features(shared_page):
    opened = shared_page("gateways")
    opened.apply(view=KHORGOS, selected="ports/kz-khorgos-gateway")
    [town] = [each for each in opened.payload()["features"] if each["id"] == "cities/cn-khorgos"]
    opened.card.locator(".facts").get_by_role("button", name=town["name"]["en"], exact=True).click()
    assert opened.state()["selected"] == "cities/cn-khorgos"


def test_layer_card_tells_statistics_precision_licence_and_credit(shared_page, measured):
    opened = shared_page("rail")
    title = messages("en")["layer.rail"]
    opened.page.get_by_role("button", name=messages("en")["ui.about"].replace("{0}", title)).click()
    said = opened.card.inner_text()
    assert opened.card.get_by_role("heading", level=2).inner_text() == title
    assert number(measured("track_km", layer="rail"), 0, "en") in said
    for heading in ("card.precision", "card.licence", "card.credit"):
        assert messages("en")[heading] in said
    opened.page.keyboard.press("Escape")
    assert not opened.card.is_visible()
    assert opened.page.evaluate("document.activeElement.className") == "icon info"


def test_a_remark_and_a_company_stand_on_the_card_in_the_reader_s_language(shared_page, loaded):
    opened = shared_page("overview")
    opened.apply(selected="rail/cn-jingyihuo")
    said = loaded.facts.remarks()["rail/cn-jingyihuo"]
    [company] = [row for row in loaded.facts.rows("organisations") if row["name_en"] == "China Railway Ürümqi Group"]
    for language in LANGUAGES:
        opened.speak(language)
        shown = opened.card.inner_text()
        assert messages(language)["card.note"] in shown
        assert said[language] in shown
        assert company[f"name_{language}"] in shown
        assert opened.card.locator("[lang=en]").count() == 0


def test_an_identifier_leads_to_the_page_about_its_place(shared_page):
    opened = shared_page("overview")
    opened.apply(selected="cities/uz-tashkent")
    link = opened.card.get_by_role("link", name="Q269")
    assert link.get_attribute("href") == "https://www.wikidata.org/wiki/Q269"
    assert "noopener" in link.get_attribute("rel")
    assert "UZTAS" in opened.card.inner_text()


# Words of the facts that stand on two lines or more.
BROKEN = """() => [...document.querySelectorAll(".card .facts :is(dt, dd)")].flatMap((cell) => {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const broken = [];
    while (texts.nextNode()) {
        for (const { 0: word, index } of texts.currentNode.data.matchAll(/[\\p{L}\\p{M}]+/gu)) {
            range.setStart(texts.currentNode, index);
            range.setEnd(texts.currentNode, index + word.length);
            if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word);
        }
    }
    return broken;
})"""


def test_no_word_of_the_facts_is_broken(shared_page):
    """In Chinese a line may end after any sign."""
    for name, features in {
        "rail": ["rail/cn-jingyihuo", "rail/kz-ayagoz-bakhty"],
        "gateways": ["ports/kz-khorgos-gateway"],
        "trade": ["countries/kaz", "countries/uzb"],
    }.items():
        opened = shared_page(name)
        for language, feature in product(sorted({*LANGUAGES} - {"zh"}), features):
            opened.apply(lang=language, selected=feature)
            assert opened.card.locator(".facts").count() > 0
            assert opened.page.evaluate(BROKEN) == [], (language, feature)
