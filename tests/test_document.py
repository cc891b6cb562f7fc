"""Documents, read back by pypdf, python-docx, lxml and pandoc: one text in four forms, whole, tagged and the same."""

import base64
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pypandoc
import pytest
from lxml import html as lxml_html
from PIL import Image
from pypdf import PdfReader

from corridors.documents.document import make_document
from corridors.documents.document_files import document_run
from corridors.documents.placeholders import Writer
from corridors.documents.tables import Column, Table, table_markdown
from corridors.documents.template import article_of
from corridors.errors import FileError, InputError, UsageError
from corridors.locales import LANGUAGES, messages
from tests.elsewhere import SUFFIXES, documents

HOSTILE = "*a* _b_ [c](d) <script>e</script> ![f](g) `h` | i #panic() $k$ @l ~~p~~ &amp; {{ q }}"
ARTICLE = """---
title: {{ hostile }}
author: A. <b>Author</b>
date: 2025-06-17
---

# Rail {#rail}

{{ hostile }}

In {{ country("KAZ") }}: {{ measure("rail_km", country="KAZ", unit=True) }}. <b onclick="x">raw</b> #panic()
\\input{x} `code`{=typst} [span]{onclick="x" typst:text:fill="red"} [up](#rail) [out](https://example.org/a?b=1&c=2)

{{ chart("road-share", caption=hostile, width=50) }}

![own](own.png)

::: step
#panic(step), "
:::

{{ table("corridors") }}
"""
REMEDIES = {"en": "Remedy: ", "nl": "Oplossing: ", "zh": "解决办法：", "ru": "Что делать: "}


@pytest.fixture(scope="module")
def english_report(report):
    """The report in English in its four forms, by name."""
    return report("en")


@pytest.fixture(scope="module")
def article(context, tmp_path_factory):
    """A user's own article with hostile words, in its four forms, by suffix."""
    folder = tmp_path_factory.mktemp("article")
    Image.new("RGB", (40, 30), "#0072b2").save(folder / "own.png")
    text = article_of(ARTICLE.replace("{{ hostile }}", "{{ number(1) }} {{ words }}"), "my.md", folder)
    with pytest.MonkeyPatch.context() as patch:
        own = Writer.words
        patch.setattr(Writer, "words", lambda self: own(self) | {"words": HOSTILE, "hostile": HOSTILE})
        return {
            suffix: make_document(context, text, folder / f"my{suffix}", lang="en")
            for suffix in (".pdf", ".docx", ".html", ".md")
        }


def pdf_of(made):
    return PdfReader(io.BytesIO(made))


def text_of(pdf, pages=99):
    return " ".join(" ".join(page.extract_text() for page in pdf.pages[:pages]).split())


def text_with(pdf, words, pages):
    """The text of the first pages until all words are in it, those with figures last: reading them takes long."""
    text = ""
    for page in sorted(pdf.pages[:pages], key=lambda page: len(page.get_contents().get_data())):
        text = " ".join(f"{text} {page.extract_text()}".split())
        if all(word in text for word in words):
            break
    return text


def pages_before_sources(pdf):
    """The number of a report's pages before its last section, which lists the sources."""
    return pdf.get_destination_page_number(pdf.outline[-1])


def tags_of(pdf):
    """Every element of a PDF's structure."""
    todo = [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop()
        if hasattr(node, "get_object"):
            node = node.get_object()
        if isinstance(node, list):
            todo += list(node)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            if "/K" in node:
                todo.append(node["/K"])


def one(made):
    (data,) = made.values()
    return data


# --- the report -------------------------------------------------------------------------------------------------------


def test_the_pdf_is_tagged_titled_and_bookmarked(english_report):
    pdf = pdf_of(english_report["report.en.pdf"])
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == messages("en")["report.title"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in english_report["report.en.pdf"]
    assert pdf.metadata.creation_date is None
    assert 9 <= pages_before_sources(pdf) <= 11
    assert len(pdf.pages) <= 20
    sections = (
        "summary",
        "network",
        "corridors",
        "scenario",
        "trade",
        "gateways",
        "flights",
        "claims",
        "method",
        "sources",
    )
    assert [mark.title for mark in pdf.outline] == [messages("en")[f"report.{section}"] for section in sections]


def test_the_pdf_has_all_fonts_inside_and_only_ours(english_report):
    fonts = {}
    for page in pdf_of(english_report["report.en.pdf"]).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            (inner,) = font["/DescendantFonts"]
            fonts[font["/BaseFont"]] = inner["/FontDescriptor"]
    assert fonts
    assert all("NotoSans" in name for name in fonts)
    assert all("/FontFile2" in descriptor for descriptor in fonts.values())


def test_figures_of_the_pdf_tell_what_they_show_and_tables_have_heads(english_report):
    tags = list(tags_of(pdf_of(english_report["report.en.pdf"])))
    figures = [tag for tag in tags if tag["/S"] == "/Figure"]
    assert len(figures) == 10
    assert all(len(tag["/Alt"]) > 60 for tag in figures)
    assert sum(tag["/S"] == "/Table" for tag in tags) == 10
    assert sum(tag["/S"] == "/TH" for tag in tags) >= 10 * 3
    assert sum(tag["/S"] == "/H1" for tag in tags) == 10


def test_the_docx_has_real_styles_captions_and_alternative_text(english_report):
    document = docx.Document(io.BytesIO(english_report["report.en.docx"]))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[:2] == ["Title", "Subtitle"]
    assert styles.count("Heading 1") == 10
    assert styles.count("Image Caption") == 10
    assert styles.count("Table Caption") == len(document.tables) == 10
    assert styles.count("Sources") > 50
    assert {table.style.name for table in document.tables} == {"Table"}
    body_tables = document.element.body.xpath("./w:tbl")
    assert all(rows[0].xpath("./w:trPr/w:tblHeader") for rows in (body.xpath("./w:tr") for body in body_tables))
    captions = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Table Caption"]
    assert document.element.body.xpath("./w:tbl/w:tblPr/w:tblCaption/@w:val") == captions
    assert all(body.xpath("./w:tr[not(w:trPr/w:cantSplit)]") == [] for body in body_tables)
    for body in body_tables:
        *kept, last = body.xpath("./w:tr")
        (together,) = {bool(row.xpath("./w:tc/w:p/w:pPr/w:keepNext")) for row in kept}
        assert together or len(kept) > 7, "short tables are on one page"
        assert not together or len(kept) < 16, "long ones may be divided"
        assert last.xpath("./w:tc/w:p/w:pPr/w:keepNext") == []
    words = document.element.body.xpath(".//w:tbl//w:t/text()")
    assert [text for text in words if re.search(r"\w;\w", text)] == [], "lists are written as the language writes them"
    described = document.element.body.xpath(".//wp:docPr/@descr")
    assert len(described) == 10
    assert all(len(text) > 60 for text in described)
    assert document.core_properties.title == messages("en")["report.title"]
    assert (document.sections[0].page_width.mm, document.sections[0].page_height.mm) == pytest.approx(
        (210, 297), abs=0.1
    )
    sides = document.element.body.xpath(".//wp:inline/@distL | .//wp:inline/@distR")
    assert sides == ["0"] * 2 * len(document.inline_shapes) != []
    footer = zipfile.ZipFile(io.BytesIO(english_report["report.en.docx"])).read("word/footer1.xml").decode()
    assert 'w:instr="PAGE"' in footer
    assert document.sections[0].footer.paragraphs[0].style.name == "Footer"


@pytest.mark.parametrize(("lang", "labels"), [("en", ("Figure ", "Table ")), ("zh", ("图", "表"))])
def test_captions_of_the_docx_have_numbers_that_a_word_processor_counts(context, tmp_path, lang, labels):
    text = '![own](own.png)\n\n{{ chart("trade") }}\n\n{{ table("trade") }}\n\n{{ chart("road-share") }}'
    Image.new("RGB", (40, 30), "#0072b2").save(tmp_path / "own.png")
    made = make_document(context, article_of(text, "my.md", tmp_path), Path("my.docx"), lang=lang)
    body = docx.Document(io.BytesIO(one(made))).element.body
    own, *captions = body.xpath(".//w:p[w:pPr/w:pStyle[@w:val='ImageCaption' or @w:val='TableCaption']]")
    figure, table = (rf" SEQ {name} \* ARABIC " for name in ("Figure", "Table"))
    assert [caption.xpath(".//w:instrText/text()") for caption in captions] == [[figure], [table], [figure]]
    result = "string(w:r[preceding-sibling::w:r/w:fldChar/@w:fldCharType='separate']/w:t)"
    shown = [caption.xpath(result) for caption in captions]
    assert shown == ["1", "1", "2"]
    starts = [f"{labels[0]}1", f"{labels[1]}1", f"{labels[0]}2"]
    assert all(caption.text.startswith(start) for caption, start in zip(captions, starts, strict=True))
    assert (own.text, own.xpath(".//w:instrText")) == ("own", [])


def test_the_html_is_one_file_with_everything_inside(english_report):
    text = english_report["report.en.html"].decode()
    page = lxml_html.fromstring(text)
    outside, frame = re.match(r"(.*<iframe )srcdoc='([^']*)'", text, re.DOTALL).groups()
    assert page.xpath("//h1")[0].text == messages("en")["report.title"]
    assert len(page.xpath("//img")) == 10
    assert [image.get("class") for image in page.xpath("//img[../iframe]")] == ["print"]
    assert all(image.get("src").startswith("data:image/svg+xml;base64,") for image in page.xpath("//img"))
    assert all(len(image.get("alt")) > 60 for image in page.xpath("//img"))
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert not page.xpath("//script | //link | //*[@style] | //*[@onclick]")
    assert 'data-fragment="lang=en"' in frame.replace("&quot;", '"')
    assert "<iframe" in outside
    targets = page.xpath("//nav//a/@href")
    assert len(targets) == 10
    assert all(page.xpath(f"//*[@id='{target[1:]}']") for target in targets)


def test_the_markdown_names_figures_that_lie_beside_it(english_report):
    text = english_report["report.en.md"].decode()
    named = re.findall(r"\]\((report\.en-figures/[^)]*)\)", text)
    beside = [name for name in english_report if name.startswith("report.en-figures/")]
    assert named == beside
    assert len(named) == 10
    assert all(english_report[name].startswith(b"<svg") for name in named)
    tables = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from", "gfm", "--to", "html"],
        input=text.encode(), capture_output=True, check=True,
    )  # fmt: skip
    assert tables.stdout.count(b"<table>") == 10
    assert "<table" not in text
    assert text.endswith("\n")


def test_the_same_number_is_the_same_text_in_each_form(english_report, context):
    writer = Writer(context, "en")
    numbers = [
        writer.measure("rail_km", unit=True),
        writer.measure("rail_km", country="KAZ"),
        writer.measure("length_km", corridor="middle"),
        writer.measure("trade_usd", period="2024", unit=True),
        writer.measure("road_share", period="2024", unit=True),
        writer.measure("trade_share_percent", subject="KGZ", period="2024", unit=True, caveats=False),
    ]
    page = lxml_html.fromstring(english_report["report.en.html"].decode()).text_content()
    word = docx.Document(io.BytesIO(english_report["report.en.docx"]))
    paragraphs = [paragraph.text for paragraph in word.paragraphs]
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    forms = [
        text_with(pdf_of(english_report["report.en.pdf"]), numbers, pages=7),
        " ".join(page.split()),
        " ".join([*paragraphs, *cells]),
        english_report["report.en.md"].decode().replace("\\", ""),
    ]
    assert [[number in text for number in numbers] for text in forms] == [[True] * len(numbers)] * 4


def test_forms_are_small(english_report):
    assert all(len(data) < 6_000_000 for data in english_report.values())
    assert sum(len(data) for name, data in english_report.items() if name.endswith((".md", ".svg"))) < 6_000_000


def test_another_process_makes_the_same_bytes_though_it_makes_all_forms_at_once(context, other_process):
    for suffix in SUFFIXES:
        made = documents(context, suffix)
        assert made
        assert made.items() <= other_process.hashes.items()


@pytest.mark.parametrize("lang", sorted({*LANGUAGES} - {"en"}))
def test_each_language_has_a_report_of_its_own(context, report, lang):
    made, text = (report(lang)[f"report.{lang}{suffix}"] for suffix in (".pdf", ".md"))
    pdf = pdf_of(made)
    assert pdf.trailer["/Root"]["/Lang"].startswith(lang)
    assert pdf.metadata.title == messages(lang)["report.title"]
    if lang == "ru":  # no day before the nominative of a month
        assert not re.search(r"\d (январь|февраль|апрель|июнь|июль|сентябрь|октябрь|ноябрь|декабрь)", text.decode())
    number = " ".join(Writer(context, lang).measure("rail_km", country="KAZ").split())
    assert number in text_with(pdf, [number], pages=2)
    assert len(made) < 6_000_000
    assert 9 <= pages_before_sources(pdf) <= 11
    assert len(pdf.pages) <= 20


# --- a user's own article ---------------------------------------------------------------------------------------------


def test_hostile_words_stay_text_in_each_form(article):
    shown = f"1 {HOSTILE}"
    pdf = pdf_of(one(article[".pdf"]))
    assert shown in text_of(pdf).replace("\u2060", "")
    assert pdf.metadata.title == shown
    word = docx.Document(io.BytesIO(one(article[".docx"])))
    assert word.core_properties.title == shown
    assert word.core_properties.author == "A. <b>Author</b>"
    assert shown in [paragraph.text for paragraph in word.paragraphs]
    page = lxml_html.fromstring(one(article[".html"]).decode())
    assert [node.text_content() for node in page.xpath("//header/h1 | //title")] == [shown, shown]
    assert shown in [node.text_content() for node in page.xpath("//p")]
    assert not page.xpath("//script | //b | //*[@onclick] | //*[@style]")
    text = next(data for path, data in article[".md"].items() if path.suffix == ".md").decode()
    back = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from", "gfm", "--to", "html", "--wrap", "none"],
        input=text.encode(), capture_output=True, check=True,
    )  # fmt: skip
    again = lxml_html.fromstring(back.stdout.decode())
    assert shown in [node.text_content() for node in again.xpath("//p")]
    assert not again.xpath("//script | //b | //*[@onclick]")


def test_markup_of_other_languages_stays_text(article):
    for words in (text_of(pdf_of(one(article[".pdf"]))), lxml_html.fromstring(one(article[".html"])).text_content()):
        told = " ".join(words.split())
        assert '<b onclick="x">raw</b> #panic() \\input{x}' in told
        assert "code{=typst} span up out" in told
        assert "#panic(step), “" in told or '#panic(step), "' in told


def test_an_image_beside_the_article_is_taken_in(article):
    page = lxml_html.fromstring(one(article[".html"]).decode())
    (own,) = page.xpath("//img[@alt='own']")
    assert base64.b64decode(own.get("src").partition(",")[2]).startswith(b"\x89PNG")
    parts = zipfile.ZipFile(io.BytesIO(one(article[".docx"]))).namelist()
    assert sum(name.startswith("word/media/") for name in parts) == 2


def test_an_author_and_a_date_stand_under_the_title(article):
    page = lxml_html.fromstring(one(article[".html"]).decode())
    assert page.xpath("//header/p")[0].text.startswith("A. <b>Author</b> · 17 June 2025 · ")


# --- what it refuses --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{{ measure("rail_kn") }}', r"line 1: there is no measure 'rail_kn'\. Did you mean rail_km"),
        ('a\n\n{{ measure("rail_km", country="KAX") }}', "line 3: .*country='KAX'.*country='KAZ'"),
        ('{{ measure("rail_km", digits=99999999) }}', "99999999 digits"),
        ('{{ figure("railz") }}', r"there is no figure 'railz'\. Did you mean rail"),
        ('{{ figure("rail", width=5) }}', "width 5 is out of bounds"),
        ('{{ figure("scenario", "cku") }}', "there is no scenario 'cku'.*cku-open"),
        ('{{ figure("route", "Almaty") }}', "takes 2 words"),
        ('{{ table("trad") }}', r"there is no table 'trad'\. Did you mean trade"),
        ('{{ table("trade", "x") }}', r"table\('trade'\) takes at most 0 values"),
        ('{{ route("Almaty", "Nowhere") }}', "no place is called 'Nowhere'"),
        ('{{ route("Almaty", "Tashkent", modes="rail,tube") }}', "there is no mode 'tube'"),
        ('{{ text("report.titl") }}', r"there is no message 'report\.titl'"),
        ('{{ text("report.route", "x") }}', "has 6 places, and 1"),
        ('{{ name("cities/kz-almat") }}', "Did you mean cities/kz-almaty"),
        ('{{ title("trad") }}', "there is no map 'trad'"),
        ('{{ verdicts("true") }}', "there is no verdict"),
        ('{{ assumption("speeds_kmh.rial") }}', "speeds_kmh.rail"),
        ('{{ date("tomorrow") }}', "is no date"),
        ("[a](javascript:alert(1))", "the link 'javascript:alert"),
        ("[a](file:///etc/passwd)", "the link"),
        ("[a](#nowhere)", "the link '#nowhere'"),
        ("![a](https://example.org/a.png)", "files are taken only from the folder"),
        ("![a](//example.org/a.png)", "files are taken only from the folder"),
        ("![a](../a.png)", "outside the article's folder"),
        ("![a](none.png)", "cannot be read"),
        ("![a](own.svg)", "cannot be read"),
        ("![a](text.png)", "no PNG or JPEG, or not what its name says"),
        ("> " * 3000 + "a", "nested too deeply"),
    ],
)
def test_what_an_article_may_not_hold_is_told(context, tmp_path, text, named):
    (tmp_path / "text.png").write_text("no image")
    with pytest.raises(InputError, match=f"(?s)^my\\.md.*{named}.*Remedy|{named}") as refused:
        make_document(context, article_of(text, "my.md", tmp_path), tmp_path / "my.html", lang="en")
    for lang, remedy in REMEDIES.items():
        told = refused.value.text(lang)
        assert told.startswith("my.md"), told
        assert told.count(remedy) == 1, told
        assert lang == "en" or "Remedy" not in told


def test_a_character_that_no_font_has_is_told(context):
    with pytest.raises(InputError, match=r"سلام|س|fonts of corridors.*Remedy"):
        make_document(context, article_of("سلام", "my.md"), Path("my.pdf"), lang="en")


def test_a_library_that_is_missing_is_told(context, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UsageError, match=r"typst.*Remedy: pip install 'corridors\[paper\]'"):
        make_document(context, article_of("a", "my.md"), Path("my.pdf"), lang="en")
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    with pytest.raises(UsageError, match=r"pandoc.*Remedy: pip install 'corridors\[paper\]'"):
        make_document(context, article_of("a", "my.md"), Path("my.html"), lang="en")


def test_an_unknown_language_is_told(context):
    with pytest.raises(UsageError, match=r"'de' is unknown\. Remedy: use nl, en, zh, ru"):
        make_document(context, article_of("a", "my.md"), Path("my.html"), lang="de")


def test_unlike_measures_have_units_of_the_language(context):
    chinese, dutch = Writer(context, "zh"), Writer(context, "nl")
    assert chinese.measure("trade_cny", period="2024", unit=True) == "6,742亿元"
    assert dutch.measure("trade_cny", period="2024", unit=True) == "674 miljard yuan"
    assert dutch.measure("road_share", period="2024") == "51,8"


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_writes_an_article_in_the_language_that_it_names(corridors, geodata, tmp_path):
    (tmp_path / "my.md").write_text('---\nlang: nl\n---\n{{ country("KAZ") }}', encoding="utf-8")
    ran = corridors("report", "my.md", "-o", "made/my.html")
    assert (ran.code, ran.out) == (0, f"{Path('made/my.html')}\n"), ran.err
    assert "Kazachstan" in (tmp_path / "made" / "my.html").read_text(encoding="utf-8")
    assert corridors("report", "my.md", "-o", "made/my.html", "--lang", "ru").code == 0
    assert "Казахстан" in (tmp_path / "made" / "my.html").read_text(encoding="utf-8")
    assert geodata.is_dir()


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_a_document_of_somebody_else_is_kept(context, tmp_path, suffix):
    target = tmp_path / f"my{suffix}"
    target.write_bytes(b"%PDF-1.7\nforeign")
    with pytest.raises(FileError, match=r"not made by corridors.*Remedy: "):
        document_run(article_of("a", "my.md"), context, target, lang="en")
    assert target.read_bytes() == b"%PDF-1.7\nforeign"
    assert document_run(article_of("a", "my.md"), context, target, lang="en", force=True) == [target]
    first = target.read_bytes()
    assert document_run(article_of("b", "my.md"), context, target, lang="en") == [target]
    assert target.read_bytes() != first


def test_a_wrong_order_is_told_and_nothing_is_written(corridors, one_message, geodata, tmp_path, contents):
    (tmp_path / "my.md").write_text("{{ nothing }}", encoding="utf-8")
    before = contents(tmp_path)
    one_message(corridors("report", "my.md", "-o", "my.odt"), 2, "my.odt", ".html", ".pdf", ".docx", ".md")
    one_message(corridors("report", "my.md", "-o", "my.md"), 2, "the article itself")
    one_message(corridors("report", "my.md", "-o", "my.pdf"), 3, "my.md, line 1", "'nothing'")
    one_message(corridors("report", "none.md", "-o", "my.pdf"), 4, "none.md")
    assert contents(tmp_path) == before
    assert geodata.is_dir()


def dashes(*columns):
    """How many dashes of the line under the headings each column has."""
    made = [Column(head, weight, right=right) for head, weight, right in columns]
    return [rule.count("-") for rule in table_markdown(Table("", made, []), "").splitlines()[2].strip("|").split("|")]


def test_a_column_is_as_wide_as_the_longest_word_of_its_heading():
    others = [("Два пути", 12, True)] * 6
    country, electrified, *rest = dashes(("Коридор", 34, False), ("Электротяга", 12, True), *others)
    assert electrified == len("Электротяга") + 2
    assert len(set(rest)) == 1
    assert country / rest[0] == pytest.approx(34 / 12, abs=0.2), "the others by weight"
    assert dashes(("走廊", 1, False), ("电气化里程比例", 1, True)) == [50, 50], "Chinese breaks anywhere"
    assert dashes(("x" * 70, 1, False), ("y" * 50, 3, False)) == [25, 75], "there is no room for both"
