"""Embedded maps in their hosts: pages from disk and from a server, with and without a policy, and a notebook."""

import functools
import http.server
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page

from corridors.content.context import Context
from corridors.documents.embed import Embed, embed_text
from tests.browser.opened import READY_WITHIN_MS, UNPAINTED

HOST = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>{}
<style>body {{ width: 640px }}</style></head><body><p>Before</p>{}<p>After</p></body></html>"""
FEATURE = "rail/kz-almaty-aktogay"
READY = "html[data-ready=true]"


class Silent(http.server.SimpleHTTPRequestHandler):
    """Serves files without log messages."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A server of a folder, with its own origin."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page of the rail map, for host pages beside it."""
    here = tmp_path_factory.mktemp("host")
    (here / "rail.html").write_bytes((built / "maps" / "rail.html").read_bytes())
    return here


@pytest.fixture(scope="module", params=["disk", "server"])
def origin(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """The origin that serves that folder."""
    if request.param == "disk":
        yield folder.as_uri()
        return
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def visit(browser: Browser, folder: Path, origin: str) -> Iterator[Callable[..., tuple[Page, Frame]]]:
    """Open a host of an embed, or go to the one that is open. Return it with its frame, when the frame is ready."""
    hosts: dict[str, Page] = {}
    context = browser.new_context(viewport={"width": 900, "height": 700}, locale="en-US")
    context.add_init_script(UNPAINTED)
    context.route(re.compile("^https:"), lambda route: route.fulfill(body="<p>a source</p>", content_type="text/html"))

    def open_host(body: str, head: str = "", *, ready: bool = True) -> tuple[Page, Frame]:
        html = HOST.format(head, body)
        if html not in hosts:
            (folder / "host.html").write_text(html, encoding="utf-8")
            hosts[html] = context.new_page()
            hosts[html].goto(f"{origin}/host.html")
            hosts[html].locator("iframe").scroll_into_view_if_needed()
        page = hosts[html]
        frame = page.frames[1]
        if ready:
            frame.wait_for_selector(READY, timeout=READY_WITHIN_MS)
        return page, frame

    yield open_host
    context.close()


@pytest.fixture(scope="module")
def framed(context: Context) -> Callable[..., str]:
    """The markup that puts the rail map into a page, in a form and with options of an embed."""
    return functools.cache(lambda form, **options: embed_text(Embed(context, "rail", select=FEATURE, **options), form))


@pytest.mark.parametrize("form", ["iframe", "srcdoc"])
def test_the_map_works_in_its_frame(visit, framed, form):
    _, frame = visit(framed(form, lang="ru"))
    assert frame.evaluate("document.documentElement.lang") == "ru"
    assert frame.evaluate("corridors.state().selected") == FEATURE
    assert not frame.locator(".panel").is_visible()  # embedded: no panel
    frame.evaluate("corridors.apply({ selected: null, layers: [] })")  # nothing under the pointer opens a card
    before = frame.evaluate("corridors.map.getZoom()")
    frame.locator(".leaflet-container").dblclick()
    frame.wait_for_function("(before) => corridors.map.getZoom() > before", arg=before)


@pytest.mark.parametrize("form", ["iframe", "srcdoc"])
def test_the_frame_is_as_wide_as_its_column_and_keeps_its_ratio(visit, framed, form):
    page, _ = visit(framed(form, lang="ru"))
    box = page.locator("iframe").bounding_box()
    assert box["width"] == 640
    assert box["height"] == pytest.approx(400, abs=1)


def test_the_page_in_the_frame_cannot_reach_its_host(visit, framed):
    _, frame = visit(framed("iframe", lang="ru"))
    assert frame.evaluate("window.origin") == "null"
    with pytest.raises(Exception, match=r"SecurityError|Blocked"):
        frame.evaluate("window.parent.document.title")


def test_a_host_on_another_origin_steers_the_map_by_its_fragment_and_by_nothing_else(browser, folder, framed, tmp_path):
    """As documented: the same page changes, accepts a second state, and tells its host nothing."""
    with served(folder) as atlas, served(tmp_path) as host:
        body = framed("iframe", base_url=atlas, lang="nl")
        listening = "<script>heard = []; addEventListener('message', (event) => heard.push(event.data));</script>"
        (tmp_path / "index.html").write_text(HOST.format(listening, body), encoding="utf-8")
        page = browser.new_page()
        page.goto(f"{host}/index.html")
        frame = page.frames[1]
        frame.wait_for_selector(READY, timeout=READY_WITHIN_MS)
        assert frame.evaluate("corridors.state().selected") == FEATURE
        frame.evaluate("window.sameDocument = true")
        order = "#lang=zh&embed&layers=rail.1435&select=rail/cku-kashgar-makmal"
        ways = ("document.querySelector('iframe').src = to", "window.frames[0].location.replace(to)")
        for way in ways:
            page.evaluate(f"(to) => {{ {way}; }}", f"{atlas}/rail.html{order}")
            frame.wait_for_selector("html[lang=zh]", timeout=READY_WITHIN_MS)
            state = frame.evaluate("corridors.state()")
            assert (state["selected"], state["layers"]) == ("rail/cku-kashgar-makmal", ["rail.1435"])
            frame.evaluate("corridors.apply({ selected: null, lang: 'nl' })")  # the reader goes on
        assert frame.evaluate("window.sameDocument")
        assert not frame.locator(".panel").is_visible()
        with pytest.raises(Exception, match=r"SecurityError|Blocked"):
            page.evaluate("window.frames[0].corridors")
        assert page.evaluate("heard") == []
        page.close()


def test_links_to_sources_open_as_pages_of_their_own(visit, framed):
    page, frame = visit(framed("iframe", lang="ru"))
    frame.evaluate("(selected) => corridors.apply({ selected })", FEATURE)
    frame.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    with page.context.expect_page() as opened:
        frame.locator("section.card a[target=_blank]").first.click()
    assert opened.value.url.startswith("https://")
    assert opened.value.evaluate("window.origin").startswith("https://")  # without a sandbox


def test_a_host_with_a_strict_policy_shows_the_page_that_it_may_frame(visit, framed, origin):
    allowed = "file:" if origin.startswith("file") else "'self'"
    head = f"<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; frame-src {allowed}\">"
    page, _ = visit(framed("iframe"), head)
    box = page.locator("iframe").bounding_box()
    assert (box["width"], box["height"]) == (964, 604)  # without style: the attributes' size, and a border


def test_a_policy_of_the_host_reaches_into_a_page_held_in_an_attribute(visit, framed):
    """As the documentation warns: the host's policy must allow the page's script."""
    head = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    _, frame = visit(framed("srcdoc", lang="ru"), head, ready=False)
    frame.wait_for_selector("noscript", state="attached")
    assert not frame.locator(READY).count()


def test_the_output_of_a_notebook_shows_the_map(visit, context):
    notebook = json.loads(embed_text(Embed(context, "rail", lang="zh"), "notebook"))
    [output] = notebook["cells"][1]["outputs"]
    _, frame = visit(output["data"]["text/html"])
    assert frame.evaluate("document.documentElement.lang") == "zh"
    assert frame.evaluate("document.title") == context.maps["rail"].title["zh"]


def test_markdown_and_oembed_lead_to_a_page_that_is_there(visit, context, folder, origin):
    if origin.startswith("file"):
        pytest.skip("oEmbed is of published pages")
    answer = json.loads(embed_text(Embed(context, "rail", base_url=origin, lang="nl"), "oembed"))
    page, frame = visit(answer["html"])
    assert frame.evaluate("document.documentElement.lang") == "nl"
    response = page.request.get(Embed(context, "rail", base_url=origin).address)
    assert response.ok
    assert response.body() == (folder / "rail.html").read_bytes()
