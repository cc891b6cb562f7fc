"""Text to lines that fit: the width of text in the fonts of a language, and the places where a line may break.

Maps and charts for print use these rules. Widths are millimetres; sizes of type are points.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from corridors.figures.fonts import families

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

MM_PER_INCH = 25.4
POINTS_PER_INCH = 72
MM_PER_POINT = MM_PER_INCH / POINTS_PER_INCH

UNBROKEN = re.compile(r"(?<=\d) (?=%|km|км|mm|мм|г\.)")
"""Spaces between a number and its unit, where no line breaks."""

PIECES = re.compile(
    r"[（《“]*(?:[^ \n\u2e80-\uffef]*\u00a0[\u4e00-\u9fff]{1,5}|[^ \n\u2e80-\uffef]+|[\u2e80-\uffef])"
    r"[，。；：、）》”！？·—]*[ ]*|[ \n]"
)
"""Unbroken parts: a word with its space, a Chinese character with its punctuation, a number with its unit."""

STEP, NARROWEST = 0.05, 0.5
"""The share of the width by which lines are made narrower in each step, to make them even, and the narrowest."""


def font(language: str, points: float, *, bold: bool = False, italic: bool = False) -> "FontProperties":
    """The font face for text in a language. Chinese is never italic."""
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - an extra, and slow to import

    return FontProperties(
        family=families(language),
        size=points,
        weight="bold" if bold else "normal",
        style="italic" if italic and language != "zh" else "normal",
    )


@lru_cache(maxsize=20_000)
def width_mm(text: str, language: str, points: float, *, bold: bool = False, italic: bool = False) -> float:
    """The width of a text in one line, in millimetres."""
    from matplotlib.textpath import text_to_path  # noqa: PLC0415 - an extra, and slow to import

    face = font(language, points, bold=bold, italic=italic)
    return float(text_to_path.get_text_width_height_descent(text, face, ismath=False)[0]) * MM_PER_POINT


def pieces(text: str) -> Sequence[str]:
    """The parts of a text between which a line may break. Chinese may break between any two characters."""
    return PIECES.findall(text)


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """A text as lines no wider than ``width``, where breaks are possible. ``measure`` returns the width of a line."""
    lines = [""]
    for piece in pieces(text):
        if lines[-1] and measure((lines[-1] + piece).rstrip(" \n")) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip(" \n") for line in lines]


def even(text: str, width: float, measure: Callable[[str], float], *, least: float = NARROWEST) -> list[str]:
    """The same in the fewest possible lines of about equal length. They fill at least ``least`` of the width."""
    lines = wrap(text, width, measure)
    for nth in range(1, round((1 - least) / STEP) + 1):
        narrower = wrap(text, width * (1 - nth * STEP), measure)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines
