"""The page of claims in a real browser: verdicts by word and sign, in four languages, with links to the map."""

import pytest

from corridors.claims.evidence import VERDICTS
from corridors.locales import LANGUAGES, messages
from corridors.web.claims_page import SIGNS

HREFS = "(links) => links.map((link) => link.getAttribute('href'))"


@pytest.fixture
def claims(loaded):
    """The ids of all claims, in the order of their table."""
    return [row["id"] for row in loaded.facts.rows("claims")]


@pytest.fixture
def opened(page_of):
    """The page, for a test that leaves it or changes what it shows."""
    return page_of("claims")


@pytest.fixture(scope="module")
def first(windows, built):
    """The page, for tests that change only its language."""
    opened = windows.open(built / "maps" / "claims.html")
    yield opened
    windows.leave(opened)


@pytest.fixture
def whole(first):
    """The page in English, as it is when it has just been opened."""
    first.speak("en")
    return first


def shown(opened):
    visible = "(nodes) => nodes.filter((node) => node.checkVisibility()).map((node) => node.id)"
    return opened.page.locator("article").evaluate_all(visible)


def test_the_page_opens_alone_and_says_what_it_is(whole, claims):
    page = whole.page
    assert page.title() == page.get_by_role("heading", level=1).inner_text() == messages("en")["claims.title"]
    for landmark in ("main", "banner", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1
    assert shown(whole) == claims
    whole.quiet()


def test_headings_labels_and_verdicts_change_with_the_language_and_quotations_do_not(whole):
    summit = whole.page.locator("#c01")
    quotation = summit.locator("blockquote").inner_text()
    keys = ("claims.stated", "claims.recomputed", "claims.method", "claims.disagreeing", "verdict.contradicted")
    for language in (*LANGUAGES, LANGUAGES[0]):
        whole.speak(language)
        words = messages(language)
        said = summit.inner_text()
        for key in keys:
            assert words[key] in said, (language, key)
        assert summit.locator("blockquote").inner_text() == quotation
        assert summit.locator("blockquote").get_attribute("lang") == "nl"
        assert whole.page.title() == words["claims.title"]
        assert f"lang={language}" in whole.page.url
    whole.quiet()


def test_a_verdict_is_told_by_its_word_and_its_sign(whole):
    for verdict in VERDICTS:
        badge = whole.page.locator(f"article[data-verdict={verdict}] > .badge").first
        assert messages("en")[f"verdict.{verdict}"] in badge.inner_text()
        assert SIGNS[verdict] in badge.inner_text()
    look = (
        "(node) => { const s = getComputedStyle(node); return s.backgroundImage + s.borderStyle + s.backgroundColor; }"
    )
    looks = {whole.page.locator(f"article > .badge.{verdict}").first.evaluate(look) for verdict in VERDICTS}
    assert len(looks) == len(VERDICTS)


def test_claims_of_one_verdict_can_be_shown_alone(opened, page_of, claims):
    button = opened.page.get_by_role("button", name=messages("en")["verdict.contradicted"])
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert shown(opened) == ["c01", "c38"]
    again = page_of("claims", opened.page.url[opened.page.url.index("#") :])
    assert shown(again) == ["c01", "c38"]
    again.page.get_by_role("button", name=messages("en")["claims.all"]).click()
    assert shown(again) == claims


def test_a_claim_leads_to_its_place_on_the_map(opened):
    opened.speak("nl")
    opened.page.locator("#c01 .ends a.page").click()
    opened.page.wait_for_selector("html[data-ready=true] section.card")
    assert opened.page.locator("html").get_attribute("lang") == "nl"
    assert opened.page.evaluate("window.corridors.state().selected") == "places/summit-2025-astana"
    assert opened.page.locator("section.card").get_by_role("heading", level=2).inner_text().startswith("Tweede top")


@pytest.mark.parametrize("claim", ["c06", "c38", "c39", "c40"])
def test_a_claim_of_the_network_leads_to_a_corridor_or_a_scenario(claim, whole, shared_page):
    link = whole.page.locator(f"#{claim} .ends a.page")
    named = link.inner_text().partition(": ")[2]
    address, _, fragment = link.get_attribute("href").partition("#")
    there = shared_page(address.rpartition("/")[2])
    there.page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
    there.until("() => corridors.state().selected !== null")
    state = there.state()
    assert there.card.get_by_role("heading", level=2).inner_text() == named
    assert state["scenario"] == ("cku-open" if state["selected"].startswith("changes/") else None)


def test_every_place_that_a_claim_names_has_its_way_to_a_map(whole, loaded):
    ways = whole.page.locator("article .ends a.page").evaluate_all(
        "(links) => links.map((link) => [link.closest('article').id, link.getAttribute('href')])"
    )
    found = [(claim, href.partition("select=")[2]) for claim, href in ways]
    named = [(claim["id"], claim["place"]) for claim in loaded.facts.rows("claims") if claim["place"]]
    assert sorted(found) == sorted(named)


def test_ways_are_told_of_one_by_one(whole):
    whole.speak("nl")
    parts = whole.page.locator("#c38 .parts li")
    assert parts.count() == 8
    assert parts.nth(4).inner_text().startswith("Kashgar–Tasjkent")
    assert "km met de lijn" in parts.nth(4).inner_text()


def test_sources_unfold_and_lead_to_the_web_alone(opened):
    sources = opened.page.locator("#c01 details")
    sources.locator("summary").click()
    links = sources.get_by_role("link")
    assert links.count() >= 5
    assert all(href.startswith("http") for href in links.evaluate_all(HREFS))
    assert messages("en")["claims.text"] in sources.inner_text()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_runs_out_of_the_window(width, page_of):
    opened = page_of("claims", size=(width, 900))
    for language in LANGUAGES:
        opened.speak(language)
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width, language


def test_without_script_the_page_tells_everything_in_one_language(page_of):
    opened = page_of("claims", java_script_enabled=False)
    text = opened.page.locator("#c01").inner_text()
    assert messages("en")["verdict.contradicted"] in text
    assert messages("nl")["claims.recomputed"] not in text


def test_the_index_leads_to_the_claims_in_its_language(page_of, claims):
    opened = page_of("index", "#lang=ru")
    link = opened.page.locator("a.ledger")
    assert str(len(claims)) in link.inner_text()
    link.click()
    opened.page.wait_for_selector("html[data-ready=true] article")
    assert opened.page.title() == messages("ru")["claims.title"]
