"""A document to PDF: pandoc writes typst, typst typesets it, with our fonts only, tagged, with bookmarks (PDF/UA-1)."""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import as_file, files
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from corridors.data.findings import printable
from corridors.documents.formulas import formulas_of, marked_formulas
from corridors.documents.pandoc import STEP, Node, class_of, division, mapped, run, unlisted
from corridors.documents.pictures import Picture
from corridors.errors import InputError, UsageError
from corridors.locales import Message, message

STANDARD: Literal["ua-1"] = "ua-1"
FRAME = files(__package__) / "report"
FONTS = files("corridors.figures") / "fonts"


def pdf_bytes(tree: Node, about: Mapping[str, str], pictures: Mapping[str, Picture]) -> bytes:
    """Typeset a document.

    Parameters
    ----------
    tree
        Pandoc's tree. The keys of ``pictures`` are the names of its images.
    about
        Title, subtitle, author, date, lang and the words of the frame.
    pictures
        The pictures by key.

    Raises
    ------
    UsageError
        If typst is not installed.
    InputError
        If the text has a character that none of our fonts has, or cannot be typeset.
    """
    try:
        import typst  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise UsageError(message("error.report.typst")) from error
    with TemporaryDirectory(prefix="corridors-") as name, as_file(FONTS) as fonts:
        folder = Path(name)
        shown = {}
        for key, picture in pictures.items():
            kind, data = picture.made("svg")
            (folder / f"{picture.name}.{kind}").write_bytes(data)
            shown[key] = {"file": f"{picture.name}.{kind}", "alt": picture.alt, "width": picture.width}
        formulas = {formula: str(at) for at, formula in enumerate(dict.fromkeys(formulas_of(tree)), start=1)}
        sources = {key: " ".join(formula.split()) for formula, key in formulas.items()}
        said = {**about, "pictures": shown, "formulas": sources}
        frame = (FRAME / "report.typ").read_text(encoding="utf-8")
        marks = count(1)
        blocks = mapped(marked_formulas(mapped(tree["blocks"], _styled), formulas), lambda node: _marked(node, marks))
        body = run(
            ["--from", "json", "--to", "typst", "--wrap", "none"], json.dumps({**tree, "blocks": blocks})
        ).decode()
        (folder / "main.typ").write_text(f"{frame}\n{body}\n#whole({next(marks) - 1})\n", encoding="utf-8")
        inside = typst.Fonts(include_system_fonts=False, include_embedded_fonts=bool(formulas), font_paths=[fonts])
        for still in (False, True):
            (folder / "about.json").write_text(json.dumps({**said, "still": still}), encoding="utf-8")
            try:
                made, warnings = typst.compile_with_warnings(
                    folder / "main.typ",
                    root=folder,
                    font_paths=inside,
                    ignore_system_fonts=True,
                    pdf_standards=STANDARD,
                    timestamp=0,
                )
            except typst.TypstError as error:
                if still:
                    raise InputError(_fault(error)) from error
            else:
                if not any("converge" in warning.message for warning in warnings):
                    break
    return bytes(made)


def _styled(node: Node) -> Node | None:
    """A division with a class as a call of the frame's function, since pandoc ignores classes."""
    name = class_of(node)
    if name is None:
        return None
    blocks = node["c"][1]
    if name == STEP[0] and [class_of(block) for block in blocks[:2]] == [*STEP[1:]] == [
        *dict.fromkeys(map(class_of, blocks))
    ]:
        parts = [part for block in blocks for part in (_raw("["), *mapped(block["c"][1], _styled), _raw("],"))]
        return division([_raw(f"#{name}("), *parts, _raw(")")])
    if name in STEP:
        return None
    return division([_raw(f"#{name}["), *mapped(unlisted(blocks), _styled), _raw("]")])


def _raw(text: str) -> Node:
    """Our own words of typst."""
    return {"t": "RawBlock", "c": ["typst", text]}


def _marked(node: Node, marks: Iterator[int]) -> Node | None:
    """A paragraph with a mark at both ends, so that typst can check whether all of it was printed."""
    if node.get("t") not in {"Para", "Plain"} or not node["c"] or any(_is_alone(part) for part in node["c"]):
        return None
    start, end = ({"t": "RawInline", "c": ["typst", f"#mark({next(marks)})"]} for _ in range(2))
    return {"t": node["t"], "c": [start, *mapped(node["c"], lambda part: _marked(part, marks)), end]}


def _is_alone(inline: Node) -> bool:
    """Whether a part of a paragraph is its own block."""
    return inline["t"] == "Image" or bool(inline["t"] == "Math" and inline["c"][0]["t"] == "DisplayMath")


def _fault(error: Any) -> Message:  # noqa: ANN401 - typst's own error
    """An error of typst in our words."""
    if missing := re.search(r"the text (.+?) could not be displayed", error.message):
        return message("error.report.pdf.letters", printable(missing[1])[:60])
    return message("error.report.pdf", printable(error.message)[:200])
