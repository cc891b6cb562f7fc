"""A user's own article in four forms: its title first, headings, formulas, citations, addresses, figures as asked."""

import io
import json
import os
import random
import re
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from matplotlib.text import Text
from PIL import Image
from pypdf import PdfReader

from corridors.charts.build import draw_chart
from corridors.documents import pandoc
from corridors.documents.citations import read_style
from corridors.documents.document import make_document
from corridors.documents.outline import lifted
from corridors.documents.pandoc import read_markdown, run
from corridors.documents.pdf import _marked
from corridors.documents.template import PartError, article_of
from corridors.errors import InputError
from corridors.figures.figure import map_figure
from corridors.figures.sheet import Drawing, Sheet, new_figure
from corridors.locales import LANGUAGES, messages

BIBLIOGRAPHY = r"""
@article{jansen2024, author = {Jansen, Piet and de Vries, Anna}, title = {De {Chinese} trein}, journal = {Vervoer},
  year = {2024}, pages = {14--31}, doi = {10.1000/tvw.2024.60}}
@book{muller2021, author = {M{\"u}ller, Karl}, title = {Wege & #panic() <b>x</b> \input{/etc/passwd}}, year = {2021},
  publisher = {Springer}, url = {https://example.org/boek?a=1&b=2}}
"""
ARTICLE = """---
title: Twee breedten
bibliography: bronnen.bib
---

Eerst [@jansen2024, p. 14; @muller2021], en [het spoor](https://example.org/spoor) of <https://example.org/kaart>.

## De weg

Handel: {{ measure("trade_usd", period="2024", unit=True, cite=True) }}. Zo schrijft @muller2021.[^1]

![Foto](foto.png)

#### De som

Met $n$ treinen: $$\\bar t = \\frac{1}{n} \\sum_{i=1}^{n} t_i \\quad\\text{in #panic() "uur"}$$ Prijs \\$5, a@b.org.

| Land | Bron |
|:-----|------|
| China | [CR](https://example.org/cr) |

Table: Eigen tabel met $x^2$ [@jansen2024].

## Slot

[^1]: Zie [noot](https://example.org/noot).
"""
BOTTOM = 62
"""Height of the bottom margin of a page, in points."""

SUFFIXES = (".pdf", ".docx", ".html", ".md")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with an article's files beside it."""
    place = tmp_path_factory.mktemp("article") / "own"
    place.mkdir()
    (place / "bronnen.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    (place.parent / "outside.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    Image.new("RGB", (640, 960), "#0072b2").save(place / "foto.png")
    return place


def made(context, folder, text, suffix, lang="nl"):
    """A document's main file."""
    files = make_document(context, article_of(text, "my.md", folder), folder / f"my{suffix}", lang=lang)
    return files[folder / f"my{suffix}"]


@pytest.fixture(scope="module")
def forms(context, folder):
    """The article in its four forms."""
    return {suffix: made(context, folder, ARTICLE, suffix) for suffix in SUFFIXES}


@pytest.fixture(scope="module")
def pages(forms):
    """The text of each page of the PDF."""
    read = PdfReader(io.BytesIO(forms[".pdf"])).pages
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in read]


@pytest.fixture(scope="module")
def page(forms):
    return lxml_html.fromstring(forms[".html"].decode())


@pytest.fixture(scope="module")
def word(forms):
    return docx.Document(io.BytesIO(forms[".docx"]))


def heights(page):
    """Each text of a page of a PDF with its height above the lower edge, in points, in their order."""
    found = []

    def told(text, matrix, text_matrix, *_):
        if text.strip():
            found.append((text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5], text.strip()))

    page.extract_text(visitor_text=told)
    return found


def tags(data, kind):
    """The elements of a kind in a PDF's structure."""
    todo = [PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop(0)
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            todo = [*node, *todo]
        elif isinstance(node, dict):
            if node.get("/S") == kind:
                yield node
            if "/K" in node:
                todo.insert(0, node["/K"])


# --- title and figures ------------------------------------------------------------------------------------------------


def test_the_title_stands_above_all_and_the_text_flows_around_a_figure_that_finds_no_room(pages, forms):
    assert pages[0].startswith("Twee breedten")
    first, second = PdfReader(io.BytesIO(forms[".pdf"])).pages[:2]
    assert next(y for y, text in heights(second) if text == "Foto") > BOTTOM, "no picture is higher than a page"
    assert "De som" in pages[0].partition("Zo schrijft")[2], "the text goes on below where the tall photo found no room"
    assert min(y for y, _ in heights(first) if y > BOTTOM) < 842 / 3, "page one is not left empty"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_figure_that_opens_an_article_stays_below_its_title(context, folder, lang):
    Image.new("RGB", (600, 300), "#0072b2").save(folder / "wide.png")
    data = made(context, folder, "---\ntitle: 2013\n---\nab\n\n![1](wide.png)\n\n## 3\n\n4", ".pdf", lang)
    (page,) = PdfReader(io.BytesIO(data)).pages
    places = {text: y for y, text in heights(page)}
    images = []
    page.extract_text(visitor_operand_before=lambda op, _, cm, __: images.append(cm[5]) if op == b"Do" else None)
    assert images
    assert places["2013"] > places["ab"] > max(images) > places["3"]


@pytest.mark.parametrize("seed", [1, 4, 9])
def test_nothing_is_lost_between_figures_and_footnotes(context, folder, seed):
    """For 4 and 9, typst finds no layout in which figures float. The words are those of the text in both cases."""
    chance = random.Random(seed)  # noqa: S311 - a text, no secret
    for height in (113, 226, 339, 414, 565):
        Image.new("RGB", (640, height), "#0072b2").save(folder / f"{height}.png")
    parts = []
    for at in range(24):
        kind = chance.random()
        if kind < 0.12:
            parts.append(f"## H{at}H")
        elif kind < 0.38:
            parts.append(f"![F{at}F]({chance.choice((113, 226, 339, 414, 565))}.png)")
        else:
            note = f"^[N{at}N]" if chance.random() < 0.3 else ""
            parts.append(f"S{at}S {'word ' * chance.randint(3, 70)}E{at}E{note}")
    text = "\n\n".join(parts)
    told = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made(context, folder, text, ".pdf"))).pages)
    wanted = re.findall(r"\b([HFSEN])(\d+)\1", text)
    assert len(wanted) > 30
    assert [f"{kind}{at}{kind}" for kind, at in wanted if f"{kind}{at}{kind}" not in told] == []
    assert re.findall(r"S(\d+)S", told) == [at for kind, at in wanted if kind == "S"]


def test_a_line_that_typst_would_lose_is_never_lost_in_silence(context, folder, monkeypatch):
    def without_end(node, marks):
        marked = _marked(node, marks)
        return marked and {**marked, "c": marked["c"][:-1]}

    monkeypatch.setattr("corridors.documents.pdf._marked", without_end)
    with pytest.raises(InputError, match="lines are lost"):
        made(context, folder, "a\n\nb", ".pdf")


def test_a_figure_is_as_asked(context, folder, monkeypatch):
    asked = []

    def draw(_, name, __, sheet, ___, extent, year):
        asked.append((sheet.width_mm, sheet.titled, extent, year))
        return Drawing(new_figure(sheet, 2), "Titel", "Woorden", sheet, name, ["trend-2025-09-16"])

    monkeypatch.setattr("corridors.documents.pictures.Pictures._draw", draw)
    text = (
        '{{ figure("rail", width_mm=85, extent=[79, 43, 83, 45.5], year=2013, title=False) }}\n\n'
        '{{ figure("rail", width=50, extent="79,43,83,45.5", cite=True) }}'
    )
    page = lxml_html.fromstring(made(context, folder, text, ".html").decode())
    assert asked == [(85, False, [79, 43, 83, 45.5], 2013), (85, True, [79, 43, 83, 45.5], None)]
    assert page.xpath("//figure//img/@width") == ["400", "400"]
    assert page.xpath("//figcaption")[1].text_content() == "Figuur 2. Titel [1]"
    styles = docx.Document(io.BytesIO(made(context, folder, text, ".docx"))).inline_shapes
    assert [shape.width.mm for shape in styles] == pytest.approx([85, 85], abs=0.5)


def test_a_drawing_without_its_title_has_it_in_its_words_alone(context):
    for draw, name in ((map_figure, "flights"), (draw_chart, "road-share")):
        titled, bare = (draw(name, context, Sheet(titled=titled)) for titled in (True, False))
        assert bare.title == titled.title
        first, more = (" ".join(text.get_text() for text in one.figure.findobj(Text)) for one in (titled, bare))
        assert titled.title[:20] in first
        assert titled.title[:20] not in more
        assert bare.sources == titled.sources != set()


def test_sources_of_figures_are_among_the_sources(context, folder):
    text = '{{ chart("road-share") }}\n\n{{ sources() }}'
    page = lxml_html.fromstring(made(context, folder, text, ".html").decode())
    assert page.xpath("//*[@class='sources']//li")


# --- headings ---------------------------------------------------------------------------------------------------------


def test_headings_are_lifted_to_an_outline_without_gaps(forms, page, word):
    assert [node.tag for node in page.xpath("//main//*[self::h1 or self::h2 or self::h3]")] == ["h1", "h2", "h1"]
    styles = [part.style.name for part in word.paragraphs if part.style.name.startswith("Heading")]
    assert styles == ["Heading 1", "Heading 2", "Heading 1"]
    assert [len(list(tags(forms[".pdf"], f"/H{level}"))) for level in (1, 2, 3)] == [2, 1, 0]
    assert re.findall(r"^#+", forms[".md"].decode(), re.MULTILINE) == ["#", "##", "###", "##"]


@given(st.lists(st.integers(1, 6), max_size=12))
def test_any_outline_becomes_one_without_gaps_and_keeps_its_order(levels):
    blocks = [{"t": "Header", "c": [level, ["", [], []], []]} for level in levels]
    new = [block["c"][0] for block in lifted(blocks)]
    assert all(after <= before + 1 for before, after in zip([0, *new], new, strict=False))
    assert all((a < b) <= (m < n) for a, b, m, n in zip(levels, levels[1:], new, new[1:], strict=False))
    assert [block["c"][0] for block in lifted(lifted(blocks))] == new


# --- formulas ---------------------------------------------------------------------------------------------------------


def test_formulas_are_set_in_each_form(forms, pages, page, word):
    assert len(page.xpath("//*[local-name()='math']")) == 3
    assert page.xpath("//*[local-name()='math'][@display='block']//*[local-name()='mfrac']")
    assert len(word.element.body.xpath(".//*[local-name()='oMath']")) == 3
    text = forms[".md"].decode()
    assert "$`n`$" in text
    assert "``` math" in text
    told = " ".join(pages)
    assert "Met" in told.partition("De som")[2].partition("Prijs $5, a@b.org")[0]
    assert not {"\\frac", "\\bar", "$n$", "$$"} & set(re.findall(r"\\\w+|\$n\$|\$\$", told))


def test_formulas_of_the_pdf_have_words_for_those_who_cannot_see_them(forms):
    said = [tag["/Alt"] for tag in tags(forms[".pdf"], "/Formula")]
    assert sorted(said, key=len)[:2] == ["n", "x^2"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in forms[".pdf"]


@pytest.mark.parametrize(
    "formula", [r"\foo{x}", r"\frac{1", r"\input{/etc/passwd}", "x" * 2001, "\\sqrt{" * 41 + "x" + "}" * 41]
)
def test_a_formula_that_cannot_be_set_is_told_with_its_line(context, folder, formula):
    with pytest.raises(InputError, match=r"^my\.md, line 3: the formula .*Remedy: "):
        made(context, folder, f"a\n\nb ${formula}$ c", ".html")


TEX = [*"ab#\"'\\[]()<>$;,.@ &_^*/`~", "panic()", "\\text{", "}", "{", "\\mathrm{", "\\#"]


@settings(max_examples=25)
@given(st.lists(st.sampled_from(TEX), max_size=20).map("".join))
def test_no_formula_reaches_the_language_of_the_pdf(text):
    math = {"t": "Math", "c": [{"t": "InlineMath"}, f"\\text{{{text}}} {text}"]}
    tree = {**read_markdown(""), "blocks": [{"t": "Para", "c": [math]}]}
    typst = run(["--from", "json", "--to", "typst", "--wrap", "none"], json.dumps(tree)).decode()
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", re.sub(r"\\\\", "", typst))
    assert not re.search(r"(?<!\\)#", bare), typst


# --- citations --------------------------------------------------------------------------------------------------------


def test_citations_are_numbers_that_lead_to_a_list_with_printed_addresses(forms, pages, page, word):
    told = " ".join(pages)
    assert "[1, p. 14; 2]" in told
    assert "Zo schrijft [2]." in told
    first, second, *atlas = page.xpath("//*[@id='refs']/div")
    assert first.text_content().strip().startswith("[1] Piet Jansen, Anna de Vries. ‘De Chinese trein’")
    assert "https://doi.org/10.1000/tvw.2024.60" in first.text_content()
    assert r"Wege & #panic() <b>x</b> \input{/etc/passwd}" in second.text_content()
    assert [part.text_content().strip()[:3] for part in atlas] == ["[3]", "[4]", "[5]"]
    assert all(re.search("https?://", part.text_content()) for part in atlas)
    ids = set(page.xpath("//@id"))
    links = [target[1:] for target in page.xpath("//main//a/@href | //nav//a/@href") if target.startswith("#")]
    assert links
    assert set(links) <= ids
    entries = [part.text[:3] for part in word.paragraphs if part.style.name == "References"]
    assert entries == ["[1]", "[2]", "[3]", "[4]", "[5]"]
    assert page.xpath("//main/h1")[-1].text == "Slot", "no second heading where the article has one"
    assert "[1, p. 14; 2]" in forms[".md"].decode().replace("\\", "")
    assert "#ref-" not in forms[".md"].decode()


def test_links_have_their_address_in_print(pages, word, forms, page):
    told = " ".join(pages)
    for address in ("example.org/spoor", "example.org/noot", "example.org/cr"):
        assert told.count(address) == 1, address
    assert told.count("https://example.org/kaart") == 1
    notes = zipfile.ZipFile(io.BytesIO(forms[".docx"])).read("word/footnotes.xml").decode()
    assert "example.org/spoor" in notes
    assert word.tables[0].cell(1, 1).text == "CR (example.org/cr)"
    assert 'content: " (" attr(href) ")"' in forms[".html"].decode()
    assert page.xpath("//a[@class='uri']/@href")[0] == "https://example.org/kaart"


@pytest.mark.parametrize(("lang", "heading"), [(lang, messages(lang)["told.sources"]) for lang in LANGUAGES])
def test_a_list_without_a_heading_gets_one_in_each_language(context, folder, lang, heading):
    text = '---\nbibliography: bronnen.bib\n---\nx [@jansen2024] {{ measure("trade_usd", period="2024", cite=True) }}'
    page = lxml_html.fromstring(made(context, folder, text, ".html", lang).decode())
    assert [node.text_content() for node in page.xpath("//main/h1")] == [heading]
    assert "[1]" in page.xpath("//main/p")[0].text_content()
    assert page.xpath("//nav//a[@href]")


def test_sources_are_one_numbered_list_where_the_text_has_numbers(context, folder):
    text = (
        'Handel {{ measure("trade_usd", period="2024", cite=True) }}, {{ measure("road_share", period="2024") }}'
        "\n\n# X\n\n{{ sources() }}"
    )
    page = lxml_html.fromstring(made(context, folder, text, ".html").decode())
    entries = page.xpath("//*[@class='sources']//*[@id='refs']/div")
    assert [entry.text_content().strip().partition(" ")[0] for entry in entries] == [
        f"[{at}]" for at in range(1, len(entries) + 1)
    ]
    assert len(entries) > 3


def test_a_style_of_ones_own_is_followed(context, folder):
    style = (Path(read_style.__globals__["__file__"]).parent / "report" / "numbered.csl").read_text(encoding="utf-8")
    (folder / "own.csl").write_text(style.replace('prefix="[" suffix="]"', 'prefix="{" suffix="}"'), encoding="utf-8")
    text = "---\nbibliography: bronnen.bib\ncsl: own.csl\n---\nx [@jansen2024]"
    page = lxml_html.fromstring(made(context, folder, text, ".html").decode())
    assert page.xpath("//main/p")[0].text_content() == "x {1}"


@pytest.mark.parametrize(
    ("front", "text", "named"),
    [
        ("bibliography: bronnen.bib", "a [@jansen2042]", r"line 5: .*no entry 'jansen2042'\. Did you mean jansen2024"),
        ("", "a [@jansen2024]", r"line 5: the citation @jansen2024 has no bibliography"),
        ("", "a [@corridors:trend]", r"line 5: the atlas has no source 'corridors:trend'"),
        ("bibliography: ../outside.bib", "a", r"line 2: '\.\./outside\.bib': lies outside"),
        ("bibliography: /etc/passwd.bib", "a", "line 2: .*only from the folder"),
        ("bibliography: https://example.org/a.bib", "a", "line 2: .*only from the folder"),
        ("bibliography: none.bib", "a", "line 2: .*cannot be read"),
        ("bibliography: foto.png", "a", r"line 2: .*does not end in \.bib"),
        ("bibliography: open.bib", "a", r"line 2: 'open\.bib', line \d+: the bibliography cannot be read"),
        ("bibliography: pipe.bib", "a", "line 2: .*is no file"),
        ("bibliography: large.bib", "a", "line 2: .*larger than 5,000,000 bytes"),
        ("csl: parent.csl", "a", "line 2: .*only points to another"),
        ("csl: entity.csl", "a", "line 2: .*no citation style"),
        ("csl: http://www.zotero.org/styles/apa.csl", "a", "line 2: .*only from the folder"),
    ],
)
def test_what_cannot_be_cited_is_told_with_its_line(context, folder, front, text, named):
    (folder / "open.bib").write_text("@book{a,\n title = {x", encoding="utf-8")
    (folder / "large.bib").write_bytes(b" " * 5_000_001)
    if not (folder / "pipe.bib").exists():
        os.mkfifo(folder / "pipe.bib")
    style = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info>{}</info></style>'
    parent = '<link href="http://www.zotero.org/styles/apa" rel="independent-parent"/>'
    (folder / "parent.csl").write_text(style.format(parent), encoding="utf-8")
    (folder / "entity.csl").write_text('<!DOCTYPE s [<!ENTITY a "b">]>' + style.format("&a;"), encoding="utf-8")
    with pytest.raises(InputError, match=f"^my\\.md.*{named}.*Remedy: ") as refused:
        made(context, folder, f"---\n{front or 'title: x'}\n---\n\n{text}", ".md")
    assert "Remedy" not in refused.value.text("nl")


def test_strings_that_double_themselves_end_soon(context, folder, monkeypatch):
    monkeypatch.setattr(pandoc, "MEMORY", "300m")  # what is doubled fills it sooner
    lines = ["@string{a0 = {xxxxxxxxxxxxxxxx}}", *(f"@string{{a{at} = a{at - 1} # a{at - 1}}}" for at in range(1, 45))]
    (folder / "bomb.bib").write_text("\n".join([*lines, "@book{z, title = a44}"]), encoding="utf-8")
    with pytest.raises(InputError, match=r"bomb\.bib"):
        made(context, folder, "---\nbibliography: bomb.bib\n---\n[@z]", ".md")


def test_a_style_loses_whatever_leads_elsewhere():
    style = b'<style xmlns="http://purl.org/net/xbiblio/csl"><info><link rel="independent-parent" href="http://x.org"/></info><citation/></style>'
    assert b"link" not in read_style(style, "a.csl")
    with pytest.raises(PartError):
        read_style("<!doctype x>".encode("utf-16"), "a.csl")


def test_a_name_with_a_sign_is_text_where_nothing_is_cited(context, folder):
    assert "ask @corridors or <a@b.org>" in made(context, folder, "ask @corridors or a@b.org", ".md").decode()


# --- the line of what is wrong ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", ["[a](file:///etc/passwd)", "![a](https://example.org/a.png)", "![a](none.png)"])
def test_what_an_article_may_not_hold_is_told_with_its_line(context, folder, wrong):
    with pytest.raises(InputError, match=r"^my\.md, line 5: "):
        made(context, folder, f"---\ntitle: x\n---\n\nsome {wrong}", ".md")
