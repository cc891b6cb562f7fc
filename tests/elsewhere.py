"""Layers, pages, drawings and documents, made by another process with other hashes and in another time zone.

As a program, it builds layers and pages where it runs, makes the others, and prints their hashes by name, as JSON.
Tests make the same ones in their own process. Of pages and charts it makes some of each kind: all are compared with the
committed ones, which another process has made too.
"""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from corridors.app import build
from corridors.charts.build import draw_chart
from corridors.cli.main import main
from corridors.content.context import Context
from corridors.documents.document import make_document
from corridors.documents.template import article_of
from corridors.figures.sheet import FORMATS, Drawing, Sheet, drawing_bytes, new_figure, styled
from tests.one_atlas import OneAtlas

REPOSITORY = Path(__file__).resolve().parents[1]

PAGES = ("flights", "scenarios", "corridors", "xian-west")
"""A map of one layer, one of scenarios, one of corridors, and one with a story."""

SHOWN = ("trade", "gateway-traffic", "corridors-compared", "corridor-profiles", "network-gauge-status")
"""A chart of each module."""

SUFFIXES = (".pdf", ".docx", ".html", ".md")
SHORT = """{{ figure("flights", alive=True, width=50) }}\n\n{{ chart("trade", width=50) }}

{{ table("trade") }}\n\n{{ sources() }}
"""


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sheets() -> dict[str, str]:
    """A drawing in each format."""
    page = Sheet(lang="zh")
    figure = new_figure(page, 2)
    with styled(page):
        axes = figure.add_subplot()
        axes.bar([1, 2], [3, -4], hatch="//", fc="none", ec="#D55E00")
        axes.set_title("中国 – Қазақстан → Ашхабад $x^2$")
    drawing = Drawing(figure, "t", "a", page, "n")
    return {f"sheet.{form}": digest(drawing_bytes(drawing, form)) for form in FORMATS}


def charts(context: Context) -> dict[str, str]:
    """A chart of each kind in Chinese."""
    drawn = {name: draw_chart(name, context, Sheet(lang="zh")) for name in SHOWN}
    return {f"{name}.svg": digest(drawing_bytes(drawing, "svg")) for name, drawing in drawn.items()}


def documents(context: Context, *suffixes: str) -> dict[str, str]:
    """A short article in Dutch, in some formats at once."""
    paths = [Path(f"my{suffix}") for suffix in suffixes]
    made = make_document(context, article_of(SHORT, "my.md"), *paths, lang="nl")
    return {path.as_posix(): digest(data) for path, data in made.items()}


@dataclass(frozen=True)
class Elsewhere:
    """What another process made.

    Attributes
    ----------
    folder
        The folder in which it built layers and pages, empty before.
    out, err
        What the builds printed.
    hashes
        The hashes of drawings and documents, by name.
    """

    folder: Path
    out: str
    err: str
    hashes: dict[str, str]


def made_elsewhere(folder: Path) -> Elsewhere:
    """All of them, from a process of its own."""
    paths = os.pathsep.join([str(REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])])
    others = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Almaty", "LC_ALL": "C.UTF-8", "COLUMNS": "40", "PYTHONPATH": paths}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.elsewhere"],
        env={**os.environ, **others}, cwd=folder, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    *built, told = ran.stdout.splitlines(keepends=True)
    return Elsewhere(folder, "".join(built), ran.stderr, json.loads(told))


if __name__ == "__main__":
    planned = build.find_folders()
    for there in (planned.layers, planned.maps):  # otherwise the build would write there
        assert not there.resolve().is_relative_to(REPOSITORY)
    one = OneAtlas(REPOSITORY)
    with one.shared():
        for asked in (["--only", "layers"], PAGES):
            try:
                main(["build", *asked], prog_name="corridors")
            except SystemExit as ended:
                assert not ended.code  # noqa: PT017 - a program, not a test
        whole = one.context
        sys.stdout.write(json.dumps({**sheets(), **charts(whole), **documents(whole, *SUFFIXES)}))
