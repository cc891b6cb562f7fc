"""Fonts inside a PDF."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

UNREAD = ("GDEF", "GPOS", "GSUB", "OS/2", "cmap")
"""The tables of a font that nothing reads in a PDF: kerning, ligatures, marks, metrics of Windows, characters."""


@contextmanager
def outlines_alone() -> Iterator[None]:
    """Let matplotlib embed fonts without their rules of layout, and without names and characters of their glyphs.

    A PDF has the number and the place of each glyph, and its own map from them to characters (ISO 32000-1, 9.7.4 and
    9.10.3). Cutting these tables to the glyphs of a figure takes most of the time in which a PDF is made.
    """
    from fontTools import subset  # noqa: PLC0415 - slow to import

    load = subset.load_font

    def load_outlines(file: Any, options: Any) -> Any:  # noqa: ANN401 - types of a library without any
        font = load(file, options)
        for table in UNREAD:
            if table in font:
                del font[table]
        font.setGlyphOrder([".notdef", *(f"glyph{at:05}" for at in range(1, font["maxp"].numGlyphs))])
        return font

    subset.load_font = load_outlines
    try:
        yield
    finally:
        subset.load_font = load
