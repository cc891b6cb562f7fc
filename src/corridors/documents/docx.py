"""A document to DOCX: pandoc writes it with our styles, and the file is the same on every day."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from corridors.documents.pandoc import STEP, Node, class_of, division, image, mapped, plain, run, unlisted
from corridors.documents.pictures import Picture
from corridors.locales import messages

STYLES = files(__package__) / "report" / "styles.xml"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every part: the earliest that a zip archive can have."""

CORE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{author}'
    "</dc:creator><dc:language>{lang}</dc:language><cp:keywords>corridors</cp:keywords></cp:coreProperties>"
)
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ABOUT = "docProps/core.xml"
DOCUMENT, LINKS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
SECTION = (
    f'<w:sectPr><w:footerReference xmlns:r="{LINKED}" w:type="default" r:id="rIdFooter"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1134" w:bottom="1304" w:left="1134" '
    'w:header="624" w:footer="624" w:gutter="0"/></w:sectPr>'
)
"""A4 with margins of 20 and 23 mm."""

FOOTER = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<w:ftr xmlns:w="{WORDS}"><w:p><w:pPr><w:pStyle w:val="Footer"/>'
    '<w:jc w:val="right"/></w:pPr><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
)
FOOTER_LINK = f'<Relationship Type="{LINKED}/footer" Id="rIdFooter" Target="footer1.xml"/>'
FOOTER_TYPE = (
    '<Override PartName="/word/footer1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>'
)
FIELD = "".join(
    f"<w:r>{part}</w:r>"
    for part in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> SEQ {name} \\* ARABIC </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>{number}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
)
"""A number that word processors count themselves, as in their own captions."""

INLINE = b'<wp:inline distT="0" distB="0" distL="0" distR="0">'
"""A picture in its line. Without distances, LibreOffice takes 3 mm, and a wide picture leaves the margins."""

SHORT, CHARACTERS = 15, 110
"""The most lines of a table that is not divided between pages (75 mm, as in the PDF), and the characters of a line."""

TAG = re.compile("<[^>]*>")
CELL_STYLE = re.compile("<w:pStyle [^>]*/>")

UNSTYLED = {STEP[0], STEP[2]}
"""Classes without a style of their own: what is told is kept together with what is shown below it."""

LABELS = {"Figure": "report.figure", "Table": "report.table"}
LOCALES = {"en": "en-GB", "nl": "nl-NL", "zh": "zh-CN", "ru": "ru-RU"}


def docx_bytes(tree: Node, about: Mapping[str, str], pictures: Mapping[str, Picture]) -> bytes:
    """Write a document. See :func:`corridors.documents.pdf.pdf_bytes` for the parameters."""
    with TemporaryDirectory(prefix="corridors-") as name:
        folder = Path(name)
        (folder / "reference.docx").write_bytes(_reference(about["lang"]))
        targets = {}
        for key, picture in pictures.items():
            kind, data = picture.made("png")
            targets[key] = f"{picture.name}.{kind}"
            (folder / targets[key]).write_bytes(data)
        meta = {key: {"t": "MetaString", "c": about[key]} for key in ("title", "subtitle") if about[key]}
        meta["author"] = {"t": "MetaString", "c": about["byline"]}
        meta["lang"] = {"t": "MetaString", "c": LOCALES.get(about["lang"], about["lang"])}
        counted = mapped(tree["blocks"], lambda node: _captioned(node, about["lang"]))
        blocks = mapped(counted, lambda node: _placed(node, targets, pictures))
        document = {**tree, "meta": meta, "blocks": blocks}
        arguments = ["--from", "json", "--to", "docx", "--reference-doc", "reference.docx", "--output", "made.docx"]
        run(arguments, json.dumps(document), folder)
        return _packed((folder / "made.docx").read_bytes(), about)


def _captioned(node: Node, language: str) -> Node | None:
    """A figure or table of the atlas with its number as a field. Others have no number."""
    if node.get("t") not in LABELS:
        return None
    attributes, (short, blocks), *rest = node["c"]
    before = messages(language)[LABELS[node["t"]]].partition("{0}")[0]
    numbered = re.match(rf"{re.escape(before)}(\d+)", plain(blocks))
    if numbered is None:
        return None
    words = blocks[0]["c"]
    at = next((i for i, word in enumerate(words) if numbered[1] in plain(word)), None)
    if at is None or words[at]["t"] != "Str":
        return None
    start, _, end = words[at]["c"].partition(numbered[1])
    field = {"t": "RawInline", "c": ["openxml", FIELD.format(name=node["t"], number=numbered[1])]}
    parts = [{"t": "Str", "c": start}, field, {"t": "Str", "c": end}]
    caption = [{**blocks[0], "c": [*words[:at], *parts, *words[at + 1 :]]}, *blocks[1:]]
    return {"t": node["t"], "c": [attributes, [short, caption], *rest]}


def _placed(node: Node, targets: Mapping[str, str], pictures: Mapping[str, Picture]) -> Node | None:
    """An image with the name of its file, and a division with its style."""
    if node.get("t") == "Image":
        key = node["c"][2][0]
        return image(targets[key], pictures[key].alt, f"{pictures[key].width:g}%")
    name = class_of(node)
    if name is None:
        return None
    blocks = mapped(unlisted(node["c"][1]), lambda part: _placed(part, targets, pictures))
    return division(blocks, [] if name in UNSTYLED else [("custom-style", name.capitalize())])


def _reference(language: str) -> bytes:
    """Pandoc's own reference document with our styles."""
    base = run(["--print-default-data-file", "reference.docx"], "")
    with zipfile.ZipFile(io.BytesIO(base)) as parts:
        document, links, types = (parts.read(name).decode() for name in (DOCUMENT, LINKS, TYPES))
    changed = {
        "word/styles.xml": STYLES.read_text(encoding="utf-8").replace("en-GB", LOCALES.get(language, language)),
        "word/footer1.xml": FOOTER,
        DOCUMENT: re.sub("<w:sectPr>.*</w:sectPr>", SECTION, document, flags=re.DOTALL),
        LINKS: links.replace("</Relationships>", f"{FOOTER_LINK}</Relationships>"),
        TYPES: types.replace("</Types>", f"{FOOTER_TYPE}</Types>"),
    }
    return _rezipped(base, {name: text.encode() for name, text in changed.items()})


def _packed(data: bytes, about: Mapping[str, str]) -> bytes:
    """A document without dates, and with its properties."""
    properties = {key: escape(about[key]) for key in ("title", "author")} | {
        "lang": LOCALES.get(about["lang"], about["lang"])
    }
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        written = parts.read(DOCUMENT).replace(b"<wp:inline>", INLINE).decode()
    return _rezipped(data, {ABOUT: CORE.format(**properties).encode(), DOCUMENT: _tabled(written).encode()})


def _tabled(document: str) -> str:
    """The text of a document whose tables are described by their captions, and break only where they must.

    No row is divided between pages. A short table is on one page: all rows but the last are kept with the next.
    """
    before, *tables = document.split("<w:tbl>")
    parts = [before]
    for rest in tables:
        table, end, after = rest.partition("</w:tbl>")
        caption = parts[-1][parts[-1].rfind("<w:p>") :]
        if 'w:val="TableCaption"' in caption:
            said = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", caption)).replace('"', "&quot;")
            start, mark, old = table.partition('<w:tblCaption w:val="')
            table = start + mark + (said + old[old.index('"') :] if mark else "")
        rows = table.split("<w:tr>")
        lines = sum(1 + len(TAG.sub("", row)) // CHARACTERS for row in rows[1:])
        if lines <= SHORT:
            rows[1:-1] = [CELL_STYLE.sub(r"\g<0><w:keepNext/>", row) for row in rows[1:-1]]
        rows[1:] = [_undivided(row) for row in rows[1:]]
        parts.append("<w:tbl>" + "<w:tr>".join(rows) + end + after)
    return "".join(parts)


def _undivided(row: str) -> str:
    """A row that is not divided between two pages."""
    if row.startswith("<w:trPr>"):
        return row.replace("<w:trPr>", "<w:trPr><w:cantSplit/>", 1)
    return f"<w:trPr><w:cantSplit/></w:trPr>{row}"


def _rezipped(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """An archive with some parts replaced. All parts keep their order and have the same date."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = (
                zipfile.ZIP_STORED if name == ABOUT else zipfile.ZIP_DEFLATED
            )  # so that our mark is found
            part.create_system = 3
            part.external_attr = 0o644 << 16
            new.writestr(part, changed[name] if name in changed else old.read(name), compresslevel=9)
    return buffer.getvalue()
