"""Every page opens from disk without a network, has its title, and loads nothing."""

import re
from html.parser import HTMLParser

import pytest
from playwright.sync_api import expect

from corridors.locales import LANGUAGES, messages, number
from corridors.web.map import CorridorMap
from tests.declared import MAPS, name_in

MOST_BYTES = 900_000
MOST_BYTES_OF_INDEX = 700_000  # it has a picture of each map
OUTWARD = re.compile(r"\s*(https?:)?//", re.IGNORECASE)


class Outline(HTMLParser):
    """A page as written: its policy, its title, the files that it would load, its styles and its event handlers."""

    def __init__(self, text):
        super().__init__()
        self.policy, self.loads, self.handlers, self.within = {}, [], [], None
        self.texts = {"title": "", "style": "", "script": ""}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.within = tag
        if given.get("http-equiv") == "Content-Security-Policy":
            rules = [rule.split() for rule in given["content"].split(";")]
            self.policy = {name: values for name, *values in rules}
        if tag != "a":
            self.loads += [given[name] for name in ("src", "href", "srcset", "data", "action") if given.get(name)]
        self.handlers += [name for name in given if name.startswith("on")]

    def handle_endtag(self, _):
        self.within = None

    def handle_data(self, data):
        if self.within in self.texts:
            self.texts[self.within] += data


@pytest.mark.parametrize("name", [*MAPS, "index"])
def test_page_opens_from_disk_alone_and_says_what_it_is(name, page_of, shared_page, built):
    opened = page_of(name) if name == "index" else shared_page(name)
    page = opened.page
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("data-ready")) == ("en", "true")
    heading = page.get_by_role("heading", level=1).inner_text()
    assert page.title() == heading
    for landmark in ("main", "banner", "contentinfo", *(() if name == "index" else ("search", "navigation"))):
        assert page.get_by_role(landmark).count() == 1, landmark
    loading = "link[href], script[src], img[src], iframe, object, embed, image, video, audio, source"
    loading += ", use:not([href^='#'])"  # of another file
    assert page.locator(loading).count() == 0
    assert page.locator("[style*='url(' i]:not([style*='url(\"#'])").count() == 0
    if name != "index":
        links = page.get_by_role("navigation").get_by_role("link")
        found = links.evaluate_all("(links) => links.map((link) => [link.getAttribute('href'), link.innerText])")
        targets = [target for target, _ in found]
        assert targets == [f"{other}.html#lang=en" for other in MAPS if other != name]
        assert all((built / "maps" / target.partition("#")[0]).is_file() for target in targets)
        assert all(words for _, words in found)
    opened.quiet()


@pytest.mark.parametrize("name", [*MAPS, "index"])
def test_page_is_small_and_its_policy_admits_only_itself(name, built):
    path = built / "maps" / f"{name}.html"
    assert path.stat().st_size <= (MOST_BYTES_OF_INDEX if name == "index" else MOST_BYTES)
    written = Outline(path.read_text(encoding="utf-8"))
    assert written.policy["default-src"] == ["'none'"]
    assert set(written.policy) == {"default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"}
    for kind in ("script-src", "style-src"):
        assert written.policy[kind]
        assert all(re.fullmatch(r"'sha256-[\w+/]+=*'", value) for value in written.policy[kind])
    assert written.policy["img-src"] == ["data:"]
    assert written.policy["base-uri"] == written.policy["form-action"] == ["'none'"]
    assert not [address for address in written.loads if OUTWARD.match(address)]
    assert written.handlers == []
    assert not re.search(r"url\(\s*['\"]?(https?:)?//|@import", written.texts["style"], re.IGNORECASE)
    assert not re.search(r"\beval\(|new Function\(|\.innerHTML\s*=\s*[^\"'\s]", script_of_ours(path))


def script_of_ours(path):
    """The last script of a page: ours, after Leaflet's."""
    return path.read_text(encoding="utf-8").rpartition('<script type="module">')[2].partition("</script>")[0]


@pytest.mark.parametrize("name", MAPS)
def test_page_without_script_still_says_what_it_is(name, page_of):
    opened = page_of(name, java_script_enabled=False)
    payload = opened.payload()
    assert opened.page.title() == payload["map"]["title"]["en"]
    shown = opened.page.locator("#corridors noscript")
    for text in (payload["map"]["title"]["en"], payload["map"]["statement"]["en"], messages("en")["ui.noscript"]):
        assert text in shown.inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_that_cannot_read_the_data_is_told_so_in_the_readers_language(browser, tmp_path, language):
    path = tmp_path / "old.html"
    CorridorMap(title="Khorgos", lang="nl").save(str(path))
    page = browser.new_page(locale=language)
    page.add_init_script("delete window.DecompressionStream")
    page.goto(path.as_uri())
    expect(page.locator(f"#corridors[lang={language}]")).to_have_text(messages(language)["ui.unread"])
    page.close()


def test_language_is_that_of_the_reader_else_english(page_of):
    assert page_of("rail", locale="nl-NL").page.locator("html").get_attribute("lang") == "nl"
    assert page_of("rail", locale="fr-FR").page.locator("html").get_attribute("lang") == "en"


def test_language_changes_every_word_at_once(shared_page):
    opened = shared_page("gateways")
    opened.apply(view={"lat": 44.18, "lng": 80.25, "zoom": 9}, selected="ports/kz-khorgos-gateway")
    page = opened.page
    data = opened.payload()
    by_id = {feature["id"]: feature for feature in data["features"]}
    port, town = by_id["ports/kz-khorgos-gateway"], by_id["cities/cn-khorgos"]
    [nearest] = [fact for fact in port["facts"] if fact["label"] == "fact.nearest_city"]
    for language in LANGUAGES:
        opened.speak(language)
        words = messages(language)
        assert page.locator("html").get_attribute("lang") == language
        assert page.title() == data["map"]["title"][language]
        assert page.get_by_role("heading", level=1).inner_text() == page.title()
        assert page.locator(".statement").inner_text() == data["map"]["statement"][language]
        for group in data["map"]["groups"]:
            assert page.locator(f".tree [data-fold={group['id']}]").inner_text() == group["title"][language]
        assert page.locator("input[type=search]").get_attribute("placeholder") == words["ui.search"]
        assert opened.card.get_by_role("heading", level=2).inner_text() == name_in(port["name"], language)
        said = "\n".join(opened.card.locator(".facts").all_inner_texts())
        assert words[f"bearing.{nearest['bearing']}"] in said
        assert name_in(town["name"], language) in said
        labels = page.locator(".label").all_inner_texts()
        assert any(name_in(by_id["cities/kz-zharkent"]["name"], language) == label for label in labels), labels
    opened.quiet()


def test_numbers_are_written_as_the_language_does(shared_page, measured):
    opened = shared_page("rail")
    opened.apply(selected="rail/cn-jingyihuo")
    for language in ("nl", "en", "zh", "ru"):
        opened.speak(language)
        assert "1435" in opened.figures()  # a gauge is a name too: its thousands have no separator
        total = opened.page.locator("[data-totals] [data-mode=rail] td").inner_text()
        assert total.startswith(number(measured("track_km", layer="rail"), 1, language) + "\xa0")


@pytest.mark.parametrize("name", MAPS)
def test_map_opens_on_its_own_view_in_wide_and_in_tall_or_narrow_windows(name, shared_page):
    opened = shared_page(name)
    for (width, height), bounds in {(1280, 800): "bounds", (390, 844): "narrow", (400, 440): "narrow"}.items():
        opened.resize(width, height)
        opened.page.get_by_role("button", name=messages("en")["ui.home"], exact=True).click()
        shown = opened.payload()["map"]
        frame = shown["story"][0] if "story" in shown else shown["view"]  # a story begins with its first step
        west, south, east, north = frame.get(bounds) or frame["bounds"]
        seen = opened.page.evaluate("window.corridors.map.getBounds().toBBoxString()")
        left, bottom, right, top = (float(edge) for edge in seen.split(","))
        pixel = (right - left) / width  # the map lies on whole pixels
        assert left - pixel <= west < east <= right + pixel
        assert bottom - pixel <= south < north <= top + pixel


def test_zoom_with_motion_ends_where_it_should(page_of):
    opened = page_of("overview", reduced_motion="no-preference")
    before = opened.state()["view"]["zoom"]
    opened.page.get_by_role("button", name="Zoom in").click()
    opened.page.wait_for_function("(zoom) => window.corridors.state().view.zoom === zoom", arg=before + 1)
    opened.page.get_by_role("button", name=messages("en")["ui.home"], exact=True).click()
    assert opened.state()["view"]["zoom"] == before
    opened.quiet()


def test_tiles_are_admitted_from_the_one_host_that_was_asked_for_and_hide_the_ground(open_page, tmp_path):
    url = "https://tile.example.org/{z}/{x}/{y}.png"
    corridor = CorridorMap([43, 77], zoom_start=5, tiles=url, attribution="© Example")
    corridor.save(tmp_path / "tiled.html")
    written = Outline((tmp_path / "tiled.html").read_text(encoding="utf-8"))
    assert written.policy["img-src"] == ["data:", "https://tile.example.org"]
    assert written.policy["default-src"] == ["'none'"]
    assert not any("example.org" in " ".join(values) for name, values in written.policy.items() if name != "img-src")
    opened = open_page(tmp_path / "tiled.html")
    assert opened.requests
    assert all(address.startswith("https://tile.example.org/5/") for address in opened.requests)
    assert opened.page.locator(".leaflet-control-attribution").inner_text() == "© Example"
    assert opened.page.evaluate("window.corridors.map.getPane('corridors-base').style.display") == "none"
    assert not any("Content Security Policy" in error for error in opened.errors)
    with opened.page.expect_console_message(lambda said: "elsewhere" in said.text) as refused:
        opened.page.evaluate("() => { new Image().src = 'https://elsewhere.example.org/x.png'; }")
    assert "Content Security Policy" in refused.value.text
