"""A document to PDF: pandoc writes typst, typst sets it, with our fonts alone, tagged and with bookmarks (PDF/UA-1)."""

import json
import re
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from corridors.data.findings import printable
from corridors.errors import InputError, UsageError
from corridors.locales import Message, message
from corridors.paper.pandoc import Node, mapped, run, unlisted
from corridors.paper.pictures import Picture

STANDARD: Literal["ua-1"] = "ua-1"
FRAME = files(__package__) / "report"
FONTS = files(__package__) / "fonts"


def pdf_bytes(tree: Node, about: Mapping[str, Any], pictures: Mapping[str, Picture]) -> bytes:
    """Set a document.

    Parameters
    ----------
    tree
        Pandoc's tree; its images are named by the keys of ``pictures``.
    about
        Title, subtitle, author, date, lang and the words of the frame.
    pictures
        The pictures by key.

    Raises
    ------
    UsageError
        Where typst is not installed.
    InputError
        Where the text has a character that no font of ours has, or cannot be set.
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
        (folder / "about.json").write_text(json.dumps({**about, "pictures": shown}), encoding="utf-8")
        frame = (FRAME / "report.typ").read_text(encoding="utf-8")
        body = run(["--from", "json", "--to", "typst", "--wrap", "none"], json.dumps(mapped(tree, _marked))).decode()
        (folder / "main.typ").write_text(f"{frame}\n{body}", encoding="utf-8")
        try:
            made = typst.compile(
                folder / "main.typ",
                root=folder,
                font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]),
                ignore_system_fonts=True,
                pdf_standards=STANDARD,
                timestamp=0,
            )
        except typst.TypstError as error:
            raise InputError(_told(error)) from error
    return bytes(made)


def _marked(node: Node) -> Node | None:
    """A division with a class as a call of the frame's function, since pandoc leaves classes out."""
    if node.get("t") != "Div" or not node["c"][0][1]:
        return None
    start, end = ({"t": "RawBlock", "c": ["typst", text]} for text in (f"#{node['c'][0][1][0]}[", "]"))
    return {"t": "Div", "c": [["", [], []], [start, *mapped(unlisted(node["c"][1]), _marked), end]]}


def _told(error: Any) -> Message:  # noqa: ANN401 - typst's own error
    """An error of typst in our words."""
    if missing := re.search(r"the text (.+?) could not be displayed", error.message):
        return message("error.report.pdf.letters", printable(missing[1])[:60])
    return message("error.report.pdf", printable(error.message)[:200])
