"""Sheets, fonts and files of drawings, read back by lxml, pypdf, Pillow and fontTools."""

import csv
import hashlib
import io
import re
import sys
from collections import Counter

import matplotlib as mpl
import pytest
from fontTools import subset as cutting
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from corridors.content.palette import contrast, palette, themed
from corridors.content.style import CLASSES
from corridors.errors import FileError, InputError, UsageError
from corridors.figures import fonts, sheet
from corridors.figures.sheet import FORMATS, Drawing, Sheet, drawing_bytes, new_figure, styled
from corridors.locales import LANGUAGES
from tests.elsewhere import sheets
from tools import fonts as subset

HOSTILE = "</title><script>alert(1)</script> & \"x\" 'y' --> ]]> $x^2$ {0} %s"
SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
HANZI = 6763
"""Characters of GB/T 2312-1980, as the standard counts them."""


def draw(*words, title="A title", alt="What it shows", name="a-chart", **options):
    """A drawing with words and a bar on it."""
    page = Sheet(**options)
    figure = new_figure(page, 2)
    with styled(page):
        axes = figure.add_subplot()
        axes.bar([1, 2], [3, 4], hatch="//", fc="none", ec="#D55E00")
        for nth, text in enumerate(words):
            axes.text(1, nth, text)
    return Drawing(figure, title, alt, page, name)


def svg_of(drawing):
    """The root of a drawing's SVG, parsed strictly."""
    return etree.fromstring(drawing_bytes(drawing, "svg"), etree.XMLParser(resolve_entities=False, no_network=True))


def pdf_of(drawing):
    return PdfReader(io.BytesIO(drawing_bytes(drawing, "pdf")), strict=True)


def png_of(drawing):
    picture = Image.open(io.BytesIO(drawing_bytes(drawing, "png")))
    picture.load()
    return picture


# --- fonts ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def opened():
    """Every font, by its file."""
    return {face.file: TTFont(fonts.font_folder() / face.file) for face in fonts.FACES}


def test_every_character_that_is_written_has_a_glyph(opened, repo):
    texts = [path.read_text(encoding="utf-8") for path in repo.glob("src/corridors/locales/*.po")]
    texts.append((repo / "maps" / "atlas.toml").read_text(encoding="utf-8"))
    for path in repo.glob("geodata/facts/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            # Local names, also in Uyghur, Persian and Georgian, are on cards and never in figures.
            texts += [cell for row in csv.DictReader(file) for name, cell in row.items() if name != "name_local"]
    wanted = set("".join(texts)) - {"\n"}
    for weight in ("Regular", "Bold"):
        known = {*opened[f"NotoSans-{weight}.ttf"].getBestCmap(), *opened[f"NotoSansSC-{weight}.ttf"].getBestCmap()}
        assert {character for character in wanted if ord(character) not in known} == set()


def test_the_chinese_fonts_have_what_simplified_chinese_is_printed_with(opened):
    points = set(subset.hanzi())
    assert len(points) == HANZI
    for face in fonts.FACES:
        if face.chinese:
            assert points <= set(opened[face.file].getBestCmap())


@pytest.mark.parametrize("face", fonts.FACES, ids=lambda face: face.file)
def test_a_font_is_a_small_unhinted_truetype_font_with_its_kerning(opened, face):
    font = opened[face.file]
    assert "glyf" in font
    assert not {"fpgm", "prep", "cvt "} & set(font.keys())
    assert "GPOS" in font
    assert font["name"].getBestFamilyName() == (fonts.CHINESE if face.chinese else fonts.LATIN)
    assert font["OS/2"].fsType == 0, "may be embedded"
    assert (fonts.font_folder() / face.file).stat().st_size <= 3_000_000


def test_the_licence_lies_beside_the_fonts():
    text = (fonts.font_folder() / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert text.count("Copyright 20") == 2


@pytest.mark.slow
def test_cutting_a_font_twice_gives_the_same_bytes(tmp_path):
    source = fonts.font_folder() / "NotoSans-Regular.ttf"
    made = []
    for name in ("one", "two"):
        subset.shrink(source, range(0x20, 0x7F)).save(tmp_path / name)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    small = TTFont(tmp_path / "one")
    assert set(small.getBestCmap()) == set(range(0x20, 0x7F))
    assert small["head"].modified == TTFont(source)["head"].modified


def test_a_missing_font_is_told_of(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "font_folder", lambda: tmp_path)
    with pytest.raises(FileError, match=r"NotoSans-Regular\.ttf.*Remedy: install corridors again"):
        fonts.font_paths()


def test_a_character_that_no_font_has_is_an_error_not_a_box():
    for format_ in FORMATS:
        with pytest.raises(InputError, match=r"a-chart: the character '😀' \(U\+1F600\).*Remedy: "):
            drawing_bytes(draw("smile 😀"), format_)


# --- sheets and colours -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"width_mm": 59.9}, "60 to 1000 mm"),
        ({"width_mm": float("nan")}, "60 to 1000 mm"),
        ({"height_mm": 2000}, "20 to 1400 mm"),
        ({"dpi": 20}, "50 to 1200 dots per inch"),
        ({"lang": "de"}, "nl, en, zh, ru"),
        ({"theme": "blue"}, "light, dark"),
    ],
)
def test_a_sheet_out_of_bounds_says_what_is_within(options, named):
    with pytest.raises(UsageError, match=f"Remedy: .*{named}") as refused:
        Sheet(**options)
    assert "Oplossing: " in refused.value.text("nl")
    assert "Remedy" not in refused.value.text("nl")


def test_an_unknown_format_lists_those_there_are():
    with pytest.raises(UsageError, match="svg, pdf, png"):
        drawing_bytes(draw(), "gif")


def test_without_matplotlib_the_remedy_is_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"Remedy: pip install 'corridors\[paper\]'"):
        new_figure(Sheet(), 2)


def test_the_height_is_the_things_own_unless_the_sheet_has_one():
    for height, expected in ((None, 90), (50, 50)):
        box = pdf_of(draw(height_mm=height)).pages[0].mediabox
        assert float(box.width) == pytest.approx(180 / 25.4 * 72, abs=0.01)
        assert float(box.height) == pytest.approx(expected / 25.4 * 72, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_stand_out_from_the_paper(theme):
    colors = palette(theme)
    for ink in (colors.ink, colors.quiet, colors.accent, colors.gain, colors.loss):
        assert contrast(ink, colors.paper) >= 4.5


def test_colours_of_classes_are_those_of_the_pages():
    colors = {
        kind.style["color"]
        for layer in CLASSES.values()
        for kinds in layer.values()
        for kind in kinds
        if kind.geometry == "line"
    }
    for color in colors:
        assert themed(color, "light") == color
        assert contrast(themed(color, "dark"), palette("dark").land) >= 4.5


# --- the same bytes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.slow
def test_a_drawing_gives_the_same_bytes_again(format_):
    drawing = draw("中国 and Қазақстан", lang="ru")
    first = drawing_bytes(drawing, format_)
    assert drawing_bytes(drawing, format_) == first
    assert drawing_bytes(draw("中国 and Қазақстан", lang="ru"), format_) == first


def test_another_process_gives_the_same_bytes(other_process):
    assert sheets().items() <= other_process.hashes.items()


def test_fonts_in_a_pdf_have_outlines_and_no_rules_of_layout():
    load = cutting.load_font
    page = PdfReader(io.BytesIO(drawing_bytes(draw("中国 – Ашхабад"), "pdf"))).pages[0]
    fonts = [font.get_object()["/DescendantFonts"][0] for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        tables = TTFont(io.BytesIO(font["/FontDescriptor"]["/FontFile2"].get_data())).keys()
        assert {"glyf", "hmtx"} <= {*tables}
        assert not {"GDEF", "GPOS", "GSUB", "OS/2", "cmap"} & {*tables}
    assert cutting.load_font is load


def test_settings_of_the_user_change_nothing_and_stay_theirs():
    plain = drawing_bytes(draw("words"), "svg")
    with mpl.rc_context({"lines.linewidth": 9, "font.size": 30, "axes.grid": True}):
        assert drawing_bytes(draw("words"), "svg") == plain
        assert mpl.rcParams["font.size"] == 30


# --- SVG --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_svg_stands_alone_and_says_what_it_shows(lang):
    drawing = draw("中国 – Ашхабад", lang=lang, title="Ёлка & 中", alt="12 < 13")
    root = svg_of(drawing)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("lang") == root.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
    title, desc = root[0], root[1]
    assert (title.tag, title.text, desc.tag, desc.text) == (f"{SVG}title", "Ёлка & 中", f"{SVG}desc", "12 < 13")
    assert root.get("aria-labelledby").split() == [title.get("id"), desc.get("id")]
    data = drawing_bytes(drawing, "svg").decode()
    assert set(re.findall(r"https?://[^\"]*", data)) == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "<!" not in data
    assert not {f"{SVG}script", f"{SVG}style", f"{SVG}text", f"{SVG}image", f"{SVG}metadata"} & {
        element.tag for element in root.iter()
    }


def test_references_in_an_svg_are_to_its_own_parts_each_there_once():
    root = svg_of(draw("words"))
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    assert set(ids.values()) == {1}
    text = etree.tostring(root).decode()
    wanted = set(re.findall(r"url\(#([^)]*)\)", text)) | {
        element.get(f"{XLINK}href").removeprefix("#") for element in root.iter(f"{SVG}use")
    }
    assert wanted
    assert wanted <= set(ids)


def test_two_svgs_in_one_page_share_no_id():
    one, other = (
        {element.get("id") for element in svg_of(draw("words", name=name)).iter()} - {None} for name in ("one", "two")
    )
    assert not one & other


def test_hostile_text_stays_text():
    drawing = draw(HOSTILE, title=HOSTILE, alt=HOSTILE, name='x" onload="alert(1)')
    root = svg_of(drawing)
    assert root[0].text == root[1].text == HOSTILE
    assert not [element for element in root.iter() if any(name.startswith("on") for name in element.attrib)]
    assert not list(root.iter(f"{SVG}script"))
    pdf = pdf_of(drawing)
    assert pdf.metadata.title == pdf.metadata.subject == HOSTILE
    assert "$x^2$" in pdf.pages[0].extract_text()
    assert png_of(drawing).text["Title"] == HOSTILE


# --- PDF and PNG ------------------------------------------------------------------------------------------------------


def test_a_pdf_has_its_fonts_inside_and_its_words_as_words():
    pdf = pdf_of(draw("中国 贸易", "Ашхабад", "Қазақстан", title="题目", alt="Содержание"))
    assert (pdf.metadata.title, pdf.metadata.subject, pdf.metadata.creator) == ("题目", "Содержание", "corridors")
    assert set(pdf.metadata) <= {"/Title", "/Subject", "/Keywords", "/Creator"}, "and no dates"
    (page,) = pdf.pages
    words = page.extract_text()
    for word in ("中国", "贸易", "Ашхабад", "Қазақстан"):
        assert word in words
    embedded = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert embedded
    for font in embedded:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert "/FontFile2" in inner["/FontDescriptor"]
        assert "NotoSans" in font["/BaseFont"]


def test_a_png_has_its_size_and_its_texts():
    picture = png_of(draw(title="题目", alt="Содержание", lang="ru", dpi=100, width_mm=127))
    assert picture.size == (500, 250)
    assert picture.info["dpi"] == pytest.approx((100, 100), abs=0.01)
    assert dict(picture.text) == {
        "Title": "题目",
        "Description": "Содержание",
        "Language": "ru",
        "Software": sheet.SIGNATURE,
    }
    assert picture.text["Title"].lang == "ru"


def test_a_figure_is_drawn_on_the_paper_of_its_theme():
    for theme in ("light", "dark"):
        corner = png_of(draw(theme=theme, dpi=50)).convert("RGB").getpixel((1, 1))
        assert f"#{bytes(corner).hex()}" == palette(theme).paper


def test_hashes_differ_where_drawings_do():
    digests = {hashlib.sha256(drawing_bytes(draw(word), "svg")).digest() for word in ("one", "two")}
    assert len(digests) == 2
