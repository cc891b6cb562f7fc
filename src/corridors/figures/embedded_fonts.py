"""Fonts inside a PDF."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

LAYOUT = ("GDEF", "GPOS", "GSUB")
"""The tables of a font's rules of layout: kerning, ligatures, marks."""


@contextmanager
def outlines_alone() -> Iterator[None]:
    """Let matplotlib embed fonts without their rules of layout.

    A PDF has the place of each glyph, and no reader of it uses the rules. Cutting them to the glyphs of a figure takes
    most of the time in which a PDF is made.
    """
    from fontTools import subset  # noqa: PLC0415 - slow to import

    load = subset.load_font

    def load_outlines(file: Any, options: Any) -> Any:  # noqa: ANN401 - types of a library without any
        font = load(file, options)
        for table in LAYOUT:
            if table in font:
                del font[table]
        return font

    subset.load_font = load_outlines
    try:
        yield
    finally:
        subset.load_font = load
