"""Drawings and documents, made by another process with other hashes: the hash of each file's bytes, by its name.

As a program, it makes them all and prints them as JSON. Tests make the same ones in their own process.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from corridors.charts.build import CHARTS, draw_chart
from corridors.content.context import Context
from corridors.content.load import load_with_maps
from corridors.documents.document import make_document
from corridors.documents.template import article_of
from corridors.figures.sheet import FORMATS, Drawing, Sheet, drawing_bytes, new_figure, styled

REPOSITORY = Path(__file__).resolve().parents[1]

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
    """Every chart in Chinese."""
    drawn = {name: draw_chart(name, context, Sheet(lang="zh")) for name in CHARTS}
    return {f"{name}.svg": digest(drawing_bytes(drawing, "svg")) for name, drawing in drawn.items()}


def documents(context: Context, *suffixes: str) -> dict[str, str]:
    """A short article in Dutch, in some formats at once."""
    paths = [Path(f"my{suffix}") for suffix in suffixes]
    made = make_document(context, article_of(SHORT, "my.md"), *paths, lang="nl")
    return {path.as_posix(): digest(data) for path, data in made.items()}


def made_elsewhere() -> dict[str, str]:
    """All of them, from a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.elsewhere"],
        env={**os.environ, "PYTHONHASHSEED": "7"}, cwd=REPOSITORY, capture_output=True, check=True,
    )  # fmt: skip
    told: dict[str, str] = json.loads(ran.stdout)
    return told


if __name__ == "__main__":
    whole = load_with_maps(REPOSITORY / "geodata", REPOSITORY / "maps" / "atlas.toml")
    sys.stdout.write(json.dumps({**sheets(), **charts(whole), **documents(whole, *SUFFIXES)}))
