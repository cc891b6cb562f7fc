"""Embeds, each read by its own reader: an HTML parser, pandoc, LaTeX's rules, the formats of notebooks and oEmbed."""

import dataclasses
import io
import json
import re
import shutil
import subprocess
from itertools import product

import pypandoc
import pytest
from lxml import etree, html

from corridors.documents.embed import FORMS, Embed, embed_text
from corridors.errors import UsageError
from corridors.figures.figure import map_figure
from corridors.figures.sheet import Sheet, drawing_bytes
from corridors.locales import LANGUAGES, messages
from corridors.locales.escape import latex_alt, latex_text, markdown_line
from corridors.web.iframe import SANDBOX, captioned, published

BASE = "https://example.org/atlas"
HOSTILE = (
    "\"><script>alert(1)</script>' & \\input{x} $a$ #1 50% a_b^c~d {e} [f](javascript:g) `h` **i** |j| -- ,,k'' "
    "{{< video x >}} @cite ]]> <!-- --> :::\n\n# line\u2028two"
)
PLAIN = " ".join(HOSTILE.split())
LINES = [
    "1. no list",
    "- no list",
    "+ no list",
    "# no heading",
    "=== no rule",
    ":::",
    "% no title",
    "> no quote",
    "| x |",
]


@pytest.fixture(scope="module", autouse=True)
def drawn():
    """Draw a map on a sheet once, and write its page once. Embeds need only the words of its figure."""
    made, pages, write = {}, {}, Embed.page

    def page(embed):
        key = (id(embed.entry), id(embed.context), embed.lang)
        if key not in pages:
            pages[key] = (write(embed), embed.entry, embed.context)
        return pages[key][0]

    def draw(entry, context, sheet):
        key = (id(entry), id(context), sheet)
        if key not in made:
            made[key] = (map_figure(entry, context, sheet), entry, context)
        return made[key][0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corridors.documents.embed.map_figure", draw)
        patch.setattr(Embed, "page", page)
        yield lambda context, lang="en": draw(context.maps["rail"], context, Sheet(lang=lang))


@pytest.fixture(scope="module")
def hostile(context):
    """The atlas with a map whose title attacks every form at once."""
    headline = dataclasses.replace(context.maps["rail"].headline, words=dict.fromkeys(LANGUAGES, PLAIN))
    rail = dataclasses.replace(context.maps["rail"], headline=headline)
    return dataclasses.replace(context, maps={**context.maps, "rail": rail})


def written(form, context, **options):
    base = {"base_url": BASE} if form == "oembed" else {}
    return embed_text(Embed(context, "rail", **base, **options), form)


def frame_in(text):
    [frame] = html.fromstring(f"<div>{text}</div>").iter("iframe")
    return frame


def pandoc(text, source, target, **options):
    return pypandoc.convert_text(text, target, format=source, **options)


def tree(text, source):
    return json.loads(pandoc(text, source, "json"))


def nodes(node, kind):
    """All nodes of a kind in pandoc's tree."""
    if isinstance(node, dict):
        if node.get("t") == kind:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from nodes(part, kind)


def words(node):
    """The words of a node of pandoc's tree, with pandoc's quotes and dashes."""
    if isinstance(node, dict):
        kind = node.get("t")
        return node["c"] if kind == "Str" else " " if kind in {"Space", "SoftBreak"} else words(node.get("c", []))
    return "".join(words(part) for part in node) if isinstance(node, list) else ""


# --- every form -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_the_same_each_time_and_ends_in_one_line_end(context, form):
    text = written(form, context)
    assert text == written(form, context)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize(("form", "language"), list(product([form for form in FORMS if form != "module"], LANGUAGES)))
def test_a_form_says_title_and_numbers_in_its_language(context, form, language):
    said = written(form, context, lang=language)
    assert context.maps["rail"].title[language].replace("'", "&#x27;" if "<iframe" in said else "'")[:12] in said
    assert f"lang={language}" in said or form == "latex"


def test_the_words_for_who_cannot_see_are_those_that_the_figure_carries(context, drawn):
    drawing = drawn(context, "nl")
    for form in ("markdown", "quarto", "latex"):
        unescaped = re.sub(r"\\(?=[^\w\s])", "", written(form, context, lang="nl"))
        assert drawing.alt in unescaped, form


# --- HTML -------------------------------------------------------------------------------------------------------------


def test_an_iframe_has_title_size_ratio_and_the_sandbox(context):
    frame = frame_in(written("iframe", context, width=800, height=500))
    assert frame.get("title") == context.maps["rail"].title["en"]
    assert (frame.get("width"), frame.get("height"), frame.get("loading")) == ("800", "500", "lazy")
    assert "aspect-ratio:800/500" in frame.get("style")
    assert frame.get("sandbox") == SANDBOX
    assert "allow-same-origin" not in SANDBOX


def test_an_iframe_has_a_link_for_where_no_frame_is_shown(context):
    [link] = html.fromstring(written("iframe", context, base_url=f"{BASE}/", lang="ru")).iter("a")
    assert link.get("href") == f"{BASE}/rail.html#lang=ru"
    assert link.text == context.maps["rail"].title["ru"]


@pytest.mark.parametrize(
    ("state", "select", "fragment"),
    [
        ("", "", "lang=nl&embed"),
        ("#map=4/43/76&lang=ru&embed", "", "map=4/43/76&lang=nl&embed"),
        ("file:///x/rail.html#layers=rail&year=2010", "", "layers=rail&year=2010&lang=nl&embed"),
        ("select=ports/x&year=2009", "rail/cn-lanxin", "year=2009&lang=nl&select=rail/cn-lanxin&embed"),
        ('map=1/2/3"><script>', "", "map=1/2/3%22%3E%3Cscript%3E&lang=nl&embed"),
        ("route=stations/cn-xian,ports/x", "", "route=stations/cn-xian,ports/x&lang=nl&embed"),
    ],
)  # fmt: skip
def test_the_frame_opens_with_the_state_and_the_feature_that_are_asked_for(context, state, select, fragment):
    frame = frame_in(written("iframe", context, lang="nl", state=state, select=select))
    assert frame.get("src") == f"rail.html#{fragment}"


@pytest.mark.parametrize("form", ["iframe", "srcdoc", "notebook", "oembed"])
def test_no_title_gets_out_of_its_attribute(hostile, form):
    text = written(form, hostile)
    if form == "notebook":
        text = json.loads(text)["cells"][1]["outputs"][0]["data"]["text/html"]
    if form == "oembed":
        text = json.loads(text)["html"]
    frame = frame_in(text)
    assert frame.get("title") == PLAIN
    assert not list(html.fromstring(f"<div>{text}</div>").iter("script"))
    assert text.count("\n") <= 4  # a frame is one line, so that Markdown can contain it


def test_a_title_turns_nothing_behind_it():
    title = "Rail \u202e\u2067map"
    code = captioned(title, published(title, "rail.html", 640, 400), "en", link="rail.html")
    figure = html.fromstring(code)
    said = [figure.find("iframe").get("title"), figure.find("figcaption").text_content()]
    assert said == ["\u2068Rail \u202emap\u2069"] * 2


def test_srcdoc_holds_the_very_page_that_a_build_writes(context, built):
    frame = frame_in(written("srcdoc", context, select="rail/kz-almaty-aktogay"))
    page = frame.get("srcdoc").replace(' data-fragment="lang=en&amp;select=rail/kz-almaty-aktogay&amp;embed"', "", 1)
    assert page == (built / "maps" / "rail.html").read_text(encoding="utf-8")


# --- Markdown and Quarto ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", ["commonmark", "gfm", "markdown", "markdown_mmd"])
def test_markdown_is_a_linked_figure_and_a_line_of_text(context, drawn, reader):
    found = tree(written("markdown", context, base_url=BASE, lang="nl"), reader)
    [picture] = nodes(found["blocks"], "Image")
    [link] = nodes(found["blocks"], "Link")
    assert picture["c"][2][0] == f"{BASE}/figures/rail.svg"
    assert link["c"][2][0] == f"{BASE}/rail.html#lang=nl"
    alt = drawn(context, "nl").alt
    assert words(picture["c"][1]).replace("’", "'") == alt.replace("’", "'")


@pytest.mark.parametrize("text", [HOSTILE, *LINES, 'Xi\'an "x"', "a...b", "http://x.y/(z)"])
@pytest.mark.parametrize("reader", ["commonmark", "gfm", "markdown-smart"])
def test_any_text_is_just_that_text_in_markdown(reader, text):
    found = tree(markdown_line(text), reader)
    assert [block["t"] for block in found["blocks"]] == ["Para"]
    assert words(found["blocks"]) == " ".join(text.split())
    assert not list(nodes(found["blocks"], "RawInline"))


def test_markdown_makes_a_word_document_with_alternative_text(context, tmp_path):
    docx = pytest.importorskip("docx")
    (tmp_path / "figures").mkdir()
    drawn = map_figure("rail", context, Sheet(dpi=50))
    (tmp_path / "figures" / "rail.svg").write_bytes(drawing_bytes(drawn, "svg"))
    text = written("markdown", context)
    options = ["--resource-path", str(tmp_path)]
    pandoc(text, "markdown-smart", "docx", outputfile=str(tmp_path / "a.docx"), extra_args=options)
    descriptions = docx.Document(tmp_path / "a.docx").element.xpath("//@descr")
    assert drawn.alt in descriptions


def test_quarto_shows_the_page_in_html_and_the_figure_elsewhere_under_one_number(context, drawn):
    found = tree(written("quarto", context, select="rail/kz-almaty-aktogay"), "markdown")
    [figure] = found["blocks"]
    assert figure["c"][0][0] == "fig-rail"
    inside, outside, caption = figure["c"][1]
    assert inside["c"][0][1:] == [["content-visible"], [["when-format", "html"]]]
    assert outside["c"][0][1:] == [["content-visible"], [["unless-format", "html"]]]
    [raw] = nodes(inside, "RawBlock")
    assert raw["c"][0] == "html"
    assert frame_in(raw["c"][1]).get("src").endswith("&select=rail/kz-almaty-aktogay&embed")
    [picture] = nodes(outside, "Image")
    assert picture["c"][2][0] == "figures/rail"
    assert dict(picture["c"][0][2])["fig-alt"] == drawn(context).alt
    assert caption["t"] == "Para"


def test_quarto_keeps_its_shape_whatever_the_title(hostile):
    found = tree(written("quarto", hostile), "markdown-smart")
    [figure] = found["blocks"]
    assert [part["t"] for part in figure["c"][1]] == ["Div", "Div", "Para"]
    assert words(figure["c"][1][2]).startswith(PLAIN)
    [picture] = nodes(figure, "Image")
    assert PLAIN in dict(picture["c"][0][2])["fig-alt"]


# --- LaTeX ------------------------------------------------------------------------------------------------------------


def test_latex_is_a_figure_with_alternative_text_caption_and_label(context):
    text = written("latex", context, base_url=BASE)
    assert re.search(r"\\includegraphics\[width=\\linewidth,alt=\{[^{}]+\}\]\{figures/rail\.pdf\}", text)
    assert "\\label{fig:rail}" in text
    assert f"\\href{{{BASE}/rail.html\\#lang=en}}" in text
    assert "\\href" not in written("latex", context)  # a PDF has no page beside it


def test_any_text_is_balanced_and_has_no_bare_command_in_latex():
    for escape in (latex_text, latex_alt):
        text = escape(HOSTILE)
        bare = re.sub(r"\\(text\w+\{\}|[{}$&#%_])", "", text)
        assert not re.search(r"[\\{}$&#%_^~\"]", bare)
        assert "\n" not in text


def test_latex_reads_what_was_meant(context, hostile, tmp_path):
    engine = shutil.which("pdflatex")
    if engine is None:
        pytest.skip("no LaTeX is installed here: pdflatex was not found")
    (tmp_path / "figures").mkdir()
    drawn = map_figure("rail", context, Sheet(width_mm=80))
    (tmp_path / "figures" / "rail.pdf").write_bytes(drawing_bytes(drawn, "pdf"))
    parts = [written("latex", context, base_url=BASE), written("latex", hostile).replace("fig:rail", "fig:two")]
    source = (
        r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{graphicx,hyperref}\begin{document}"
        rf"See \ref{{fig:rail}}.{parts[0]}{parts[1]}\end{{document}}"
    )
    (tmp_path / "a.tex").write_text(source, encoding="utf-8")
    for _ in range(2):
        command = [engine, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "a.tex"]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        assert ran.returncode == 0, ran.stdout[-2000:].decode(errors="replace")
    assert b"undefined" not in (tmp_path / "a.log").read_bytes()
    caption = (tmp_path / "a.aux").read_text(encoding="utf-8")
    assert "script" in caption
    assert (tmp_path / "a.pdf").stat().st_size > 10_000


# --- notebooks and oEmbed ---------------------------------------------------------------------------------------------


def test_a_notebook_has_the_form_of_nbformat_4_5(context):
    notebook = json.loads(written("notebook", context, lang="zh"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-zA-Z0-9-_]{1,64}", one) for one in ids)
    text, code = notebook["cells"]
    assert set(text) == {"cell_type", "id", "metadata", "source"}
    assert set(code) == {"cell_type", "id", "metadata", "source", "execution_count", "outputs"}
    [output] = code["outputs"]
    assert set(output) == {"output_type", "metadata", "data"}
    assert output["output_type"] == "display_data"
    assert set(output["data"]) == {"text/html", "text/plain"}
    assert output["data"]["text/plain"].startswith(context.maps["rail"].title["zh"])


def test_the_code_of_the_notebook_makes_that_map(context, repo, monkeypatch):
    monkeypatch.chdir(repo)
    code = json.loads(written("notebook", context, lang="ru"))["cells"][1]["source"]
    *first, last = code.splitlines()
    names = {}
    exec("\n".join(first), names)  # noqa: S102 - our own cell
    shown = eval(last, names)  # noqa: S307
    bundle = shown._repr_mimebundle_(include=None, exclude=None)
    page = frame_in(bundle["text/html"]).get("srcdoc")
    assert page == Embed(context, "rail", lang="ru").page()
    assert bundle["text/plain"]


def test_a_drawing_shows_itself_in_a_notebook_with_its_words(context):
    drawn = map_figure("rail", context, Sheet(width_mm=80))
    bundle = drawn._repr_mimebundle_(include=None, exclude=None)
    assert etree.parse(io.BytesIO(bundle["image/svg+xml"].encode())).getroot().tag.endswith("svg")
    assert html.fromstring(bundle["text/html"]).get("alt") == drawn.alt
    assert bundle["text/plain"] == f"{drawn.title}\n{drawn.alt}"


def test_oembed_is_what_version_1_0_asks_of_a_rich_answer(context):
    answer = json.loads(written("oembed", context, width=700, height=400))
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert (answer["width"], answer["height"]) == (700, 400)
    assert answer["title"] == context.maps["rail"].title["en"]
    assert answer["provider_name"] == "corridors"
    frame = frame_in(answer["html"])
    assert frame.get("src").startswith(f"{BASE}/rail.html#")
    assert (frame.get("width"), frame.get("height")) == ("700", "400")


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "ftp://example.org", "//example.org", "example.org", "https://", "https:///x",
        "https://example.org/?a=b", "https://example.org/#a", "https://u:p@example.org", 'https://example.org/"x',
        "https://example.org/a b", "https://example.org/a\nb", "https://example.org/é", "https://example.org/(a)",
        "https://example.org/a\\b", "data:text/html,x",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(context, address):
    with pytest.raises(UsageError, match="Remedy"):
        Embed(context, "rail", base_url=address)


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "https://example.org", "https://x.example/a/b%20c/~d_e/"])
def test_plain_web_addresses_are_taken(context, address):
    assert Embed(context, "rail", base_url=address).link == f"{address.rstrip('/')}/rail.html#lang=en"


@pytest.mark.parametrize("size", [{"width": 119}, {"height": 0}, {"width": -5}, {"height": 10_001}])
def test_sizes_in_which_no_map_fits_are_refused(context, size):
    with pytest.raises(UsageError, match="120"):
        Embed(context, "rail", **size)


@pytest.mark.usefixtures("geodata")
def test_the_command_names_what_may_be_meant(corridors, one_message):
    one_message(corridors("embed", "rial"), 2, "Did you mean rail?", "overview")
    one_message(corridors("embed", "rail", "--select", "rail/kz-almaty-aktogai"), 2, "rail/kz-almaty-aktogay")
    one_message(corridors("embed", "rail", "--as", "oembed"), 2, "--base-url")
    one_message(corridors("embed", "rail", "--base-url", "javascript:x"), 2, "javascript:x", "https://")


def test_the_command_prints_or_writes_and_keeps_what_is_not_its_own(geodata, corridors, one_message, context):
    text = written("markdown", context, lang="nl")
    assert corridors("embed", "rail", "--as", "markdown", "--lang", "nl").out == text
    mine = geodata.parent / "rail.md"
    mine.write_text("mine\n", encoding="utf-8")
    one_message(corridors("embed", "rail", "--as", "markdown", "-o", "rail.md"), 4, "rail.md", "--force")
    assert mine.read_text(encoding="utf-8") == "mine\n"
    assert corridors("embed", "rail", "--as", "markdown", "--lang", "nl", "-o", "rail.md", "--force").code == 0
    assert mine.read_text(encoding="utf-8") == text


def test_words_of_the_command_are_in_every_language():
    for language in LANGUAGES:
        assert {f"cli.embed{part}" for part in ("", ".as", ".base", ".select", ".state")} <= set(messages(language))
