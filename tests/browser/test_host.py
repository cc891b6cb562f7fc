"""A host page and the map in its frame, from two origins: messages are answered, refused, or not heard."""

import json
import re
from pathlib import Path

import pytest

from corridors.documents.embed import Embed, embed_text
from tests.browser.opened import ANSWER_WITHIN_MS, READY_WITHIN_MS, UNPAINTED
from tests.browser.test_embed import READY, served
from tests.declared import REPOSITORY

ARTICLE = re.compile(r"```html\n(.*?)```", re.DOTALL)
FEATURE = "rail/cku-kashgar-makmal"
AT_RANDOM = Path(__file__).with_name("at_random.js")
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><style>
section {{ height: 150vh }} figure {{ position: sticky; top: 0 }}</style></head><body>{}{}</body></html>"""

ASK = """(message) => new Promise((answer) => {
    const id = Math.random();
    const receive = ({ data }) => {
        if (data.id !== id) return;
        removeEventListener("message", receive);
        answer(data);
    };
    addEventListener("message", receive);
    document.querySelector("iframe").contentWindow.postMessage({ corridors: 1, id, ...message }, "*");
})"""
"""Send a message to the frame, and give its answer."""


@pytest.fixture(scope="module")
def hosts(built, context, browser, tmp_path_factory):
    """The article of the guide on an origin that the frame names, the frame's page on another, and a third origin."""
    atlas, news = tmp_path_factory.mktemp("atlas"), tmp_path_factory.mktemp("news")
    (atlas / "rail.html").write_bytes((built / "maps" / "rail.html").read_bytes())
    found = ARTICLE.search((REPOSITORY / "docs" / "embed.md").read_text(encoding="utf-8"))
    assert found
    with served(atlas) as there, served(news) as here, served(news) as stranger:
        embed = Embed(context, "rail", base_url=there, hosts=(here,))
        (news / "index.html").write_text(PAGE.format(embed_text(embed, "iframe"), found[1]), encoding="utf-8")
        (news / "corridors-host.js").write_text(embed_text(embed, "module"), encoding="utf-8")
        with browser.new_context(viewport={"width": 900, "height": 700}, reduced_motion="reduce") as window:
            window.add_init_script(UNPAINTED)
            pages = [window.new_page() for _ in range(2)]
            for page, origin in zip(pages, (here, stranger), strict=True):
                page.goto(f"{origin}/index.html")
                page.frames[1].wait_for_selector(READY, timeout=READY_WITHIN_MS)
            yield pages


def state_of(page):
    return page.frames[1].evaluate("corridors.state()")


def until(frame, holds, given=None):
    """Wait until a function holds. The page's policy forbids what playwright's own way needs."""
    waits = f"""async (given) => {{
        const end = performance.now() + {ANSWER_WITHIN_MS};
        while (!({holds})(given)) {{
            if (performance.now() > end) return false;
            await new Promise(requestAnimationFrame);
        }}
        return true;
    }}"""
    assert frame.evaluate(waits, given), holds


def test_map_follows_the_scrolling_of_the_article(hosts):
    page, _ = hosts
    for nth, expected in enumerate((2000, 2013, None)):
        page.evaluate("(nth) => document.querySelectorAll('section')[nth].scrollIntoView({block: 'center'})", nth)
        until(page.frames[1], "(year) => corridors.state().year === year", expected)
    assert state_of(page)["selected"] == FEATURE
    until(page, "(feature) => document.querySelector('#selected').textContent === feature", FEATURE)
    until(page, r"() => /^\d+px$/.test(document.querySelector('iframe').style.height)")


def test_state_is_set_whole_or_not_at_all(hosts):
    page, _ = hosts
    before = state_of(page)
    answer = page.evaluate(ASK, {"type": "set", "state": {"lang": "nl", "year": 2013}})
    assert (answer["type"], answer["state"]["lang"], answer["state"]["year"]) == ("state", "nl", 2013)
    page.evaluate(ASK, {"type": "set", "state": {"lang": before["lang"], "year": before["year"]}})
    for bad in (
        {"lang": "nl", "year": "soon"},
        {"lang": "nl", "colour": "red"},
        {"lang": "nl", "layers": ["rail", "canals"]},
        {"lang": "nl", "filters": {"status": ["operational", "<img>"]}},
        {"lang": "nl", "filters": {"__proto__": ["x"], "colour": ["red"]}},
        {"lang": "nl", "view": {"lat": "north", "lng": 70, "zoom": 4}},
        {"lang": "xx"},
        {"lang": "nl", "selected": "rail/nowhere"},
        [],
        None,
        "lang=nl",
    ):
        answer = page.evaluate(ASK, {"type": "set", "state": bad})
        assert answer["type"] == "error", bad
        assert answer["refused"]
        assert state_of(page)["lang"] == before["lang"], bad


def test_other_messages_are_answered_or_refused(hosts):
    page, _ = hosts
    page.evaluate(ASK, {"type": "fit", "bounds": [60, 35, 90, 50]})
    assert page.frames[1].evaluate("corridors.map.getBounds().contains([[35, 60], [50, 90]])")
    assert page.evaluate(ASK, {"type": "select", "feature": FEATURE})["state"]["selected"] == FEATURE
    assert page.evaluate(ASK, {"type": "select", "feature": None})["state"]["selected"] is None
    for bad in (
        {"type": "fit", "bounds": [90, 35, 60, 50]},
        {"type": "fit", "bounds": "everything"},
        {"type": "select", "feature": "rail/nowhere"},
        {"type": "subscribe", "events": ["click"]},
        {"type": "constructor"},
        {"type": "get", "corridors": 2},
    ):
        assert page.evaluate(ASK, bad)["type"] == "error", bad


def test_origin_that_the_frame_does_not_name_is_not_answered(hosts):
    _, page = hosts
    before = state_of(page)
    assert before["year"] is None
    message = json.dumps({"corridors": 1, "id": 1, "type": "set", "state": {"year": 2013}})
    page.evaluate(f"""() => {{
        window.heard = 0;
        addEventListener("message", () => (window.heard += 1));
        document.querySelector("iframe").contentWindow.postMessage({message}, "*");
    }}""")
    # The frame has dealt with the message when it has dealt with one that came after it.
    page.frames[1].evaluate("""() => new Promise((done) => {
        addEventListener("message", done, { once: true });
        window.postMessage("later", "*");
    })""")
    assert state_of(page) == before
    assert page.evaluate("window.heard") == 0


def test_a_thousand_messages_at_random_are_each_answered_once_and_carried_out_whole_or_not_at_all(hosts):
    page, _ = hosts
    before, errors = state_of(page), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    wrong, answered = page.evaluate(AT_RANDOM.read_text(encoding="utf-8"), 20250617)
    assert (wrong, errors) == ([], [])
    assert answered["error"] > 300
    assert answered["state"] > 50
    assert page.evaluate("({}).year") is None
    assert page.frames[1].evaluate("({}).year") is None
    kept = {key: before[key] for key in ("lang", "year", "layers", "filters", "selected", "theme", "table", "view")}
    assert page.evaluate(ASK, {"type": "set", "state": kept})["type"] == "state"


def test_a_frame_that_is_taken_out_and_put_back_is_heard_again(hosts):
    """Its page is loaded again. The module subscribes again, and what was asked of the old page fails."""
    page, _ = hosts
    heard = page.evaluate("""async () => {
        const { connect } = await import("./corridors-host.js");
        const [other] = [document.createElement("iframe")];
        const first = document.querySelector("iframe");
        for (const name of ["src", "sandbox"]) other.setAttribute(name, first.getAttribute(name));
        document.body.append(other);
        const map = await connect(other);
        let selected = null;
        let ready = () => {};
        await map.on("select", ({ feature }) => { selected = feature; ready(); });
        other.remove();
        const gone = await map.get().catch(({ message }) => message);
        document.body.append(other);
        const again = await connect(other);
        const told = new Promise((resolve) => { ready = resolve; });
        await again.select("rail/cku-kashgar-makmal");
        await told;
        const own = (await map.get()).selected;
        const open = again.get();
        again.close();
        const closed = await open.catch(({ message }) => message);
        map.close();
        other.remove();
        return [gone, selected, own, closed];
    }""")
    assert heard == ["The frame is not in the page.", FEATURE, FEATURE, "The map is closed."]
