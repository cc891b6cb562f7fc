"""A page's data: it is decoded unchanged, and it stays data whatever it contains."""

import hashlib
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corridors.app import build
from corridors.web.encode import columns
from corridors.web.letters import PORTION, letters
from corridors.web.page import page_html
from corridors.web.payload import compressed, page_stream
from tests.page_data import decoded, parts, plain, rows

MARK = "qzxmark"
HOSTILE = [
    "{{7*7}}",
    "{% raw %}{{ payload }}{% endraw %}",
    "${7*7}",
    "`${alert(1)}`",
    "</script><script>alert(1)</script>",
    "</SCRIPT ><img src=x onerror=alert(1)>",
    "<!--<script>",
    "-->",
    "]]>",
    '" onload="alert(1)',
    "' onload='alert(1)",
    "&lt;b&gt;&amp;amp;",
    "\u2028\u2029",
    "\\u003c/script\\u003e",
    "\\",
    "javascript:alert(1)",
    "\u202eright to left\u202c",
]

numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
leaves = st.none() | st.booleans() | numbers | st.text()
plain_data = st.dictionaries(
    st.text(),
    st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)),
    max_size=4,
)


class Page(HTMLParser):
    """A page as a reader of HTML sees it: its elements in order, its data, its other text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts = [], []
        self._data, self._within = [], None
        self.feed(html)
        self.close()

    @property
    def shape(self):
        """Which elements there are, with the names of their attributes."""
        return [(tag, sorted(attributes)) for tag, attributes in self.elements]

    @property
    def data(self):
        """The content of the inert element."""
        return decoded("".join(self._data))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._within = dict(attrs).get("id") if tag == "script" else None

    def handle_endtag(self, tag):  # noqa: ARG002 - the parser passes it
        self._within = None

    def handle_data(self, data):
        (self._data if self._within == "corridors-data" else self.texts).append(data)

    def handle_comment(self, data):
        self.elements.append(("comment", {data: ""}))


def small_page(text="", *, title="A map", statement="It says so."):
    """A page that holds a text in the name of one feature."""
    feature = {"id": "cities/a", "name": {"en": text, text: "as a key"}, "note": text}
    about = {"title": {"en": title}, "statement": {"en": statement}}
    return {"lang": "en", "map": about, "features": [feature]}


# --- inert text -------------------------------------------------------------------------------------------------------


@given(plain_data, st.binary())
def test_data_comes_back_as_it_went_in(data, blocks):
    assert parts(compressed(page_stream(data, blocks))) == (data, blocks)


@given(st.lists(st.fixed_dictionaries({"id": leaves}, optional={"value": leaves, "list": st.lists(leaves)})))
def test_rows_come_back_from_their_columns(made):
    assert rows(columns(made)) == [{key: value for key, value in row.items() if value is not None} for row in made]


@given(st.text())
@example("</script>")
@example("<!--")
@example("\u2028\u2029")
@example("]]>&amp;")
def test_no_text_can_end_the_element_or_a_line(text):
    written = compressed(page_stream({text: [text]}))
    assert not set(written) & {"<", "{", "\r", "\0"}
    assert max(written) < "\u0100"
    assert decoded(written) == {text: [text]}


@pytest.mark.parametrize("size", [0, 1, 6, 7, 8, 4096, PORTION - 1, PORTION, PORTION + 1])
def test_bytes_come_back_from_letters(size):
    data = (bytes(range(256)) * (size // 256 + 1))[:size]
    assert plain(letters(data)) == data


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_of_json_is_refused(number):
    with pytest.raises(ValueError, match="JSON"):
        page_stream({"value": number})


def test_the_stream_has_the_same_bytes_on_every_machine():
    data = {"lines": [[nth * nth % 977 - 400 for nth in range(5000)], "霍尔果斯 Хоргос قورغاس Ürümqi " * 50]}
    digest = hashlib.sha256(compressed(page_stream(data)).encode()).hexdigest()
    assert digest == "d7a9d7d95cca2cfce1fef5b9a834ed984bc7b5531995fb15278d8945322eb49f"


# --- a page -----------------------------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_a_page_holds_any_text_as_data_and_nothing_but_data(text):
    payload = small_page(text)
    page = Page(page_html(payload))
    assert page.data == payload
    assert page.shape == Page(page_html(small_page())).shape


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_data_and_stands_nowhere_else(text):
    html = page_html(small_page(MARK + text))
    page = Page(html)
    assert page.data == small_page(MARK + text)
    assert page.shape == Page(page_html(small_page())).shape
    assert MARK not in "".join(page.texts)
    assert MARK not in html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_headings_are_read_as_they_are(text):
    page = Page(page_html(small_page(title=MARK + text, statement=text + MARK)))
    assert page.shape == Page(page_html(small_page())).shape
    shown = "".join(page.texts)
    assert shown.count(MARK + text) == 2  # the title, and the heading for readers without script
    assert text + MARK in shown
    assert [about["content"] for tag, about in page.elements if about.get("name") == "description"] == [text + MARK]


def test_hostile_facts_go_through_a_whole_build(tmp_path, copy_of_data, built):
    """From the cell of a table to the page: unchanged as data, absent from all else."""
    facts = copy_of_data(tmp_path)
    names = [f"{MARK} {text}".strip() for text in HOSTILE]
    remarks = [row for row, cells in enumerate(facts.rows("remarks")) if cells[1].startswith("cities/")]
    companies = [row for row, cells in enumerate(facts.rows("organisations")) if "Rail" in cells[1]]
    for row, name in enumerate(names, start=1):
        facts.change("cities", {"name_en": name}, row=row)
        facts.change("remarks", {"text_en": name}, row=remarks[row])
        facts.change("organisations", {"name_zh": name}, row=companies[row])
        facts.change("ports", {"name_zh": name}, row=row)
    folders = build.find_folders(facts.folder.parent, tmp_path / "maps")
    [(_, html)] = list(build.render(folders, build.BuildOptions(maps=["overview"])))
    page = Page(html.decode())
    assert page.shape == Page((built / "maps" / "overview.html").read_text(encoding="utf-8")).shape
    assert MARK not in "".join(page.texts)
    found = rows(page.data["features"])
    features = {feature["id"].split("/")[0]: [] for feature in found}
    for feature in found:
        features[feature["id"].split("/")[0]].append(feature)
    assert {feature["name"]["en"] for feature in features["cities"]} >= set(names)
    assert {feature["note"]["en"] for feature in features["cities"] if "note" in feature} >= set(names)
    assert {feature["name"].get("zh") for feature in features["ports"]} >= set(names)
    said = [
        fact["name"]["zh"] for line in features["rail"] for fact in line["facts"] if fact["label"] == "fact.operator"
    ]
    assert [name for name in names if not any(name in text for text in said)] == []
