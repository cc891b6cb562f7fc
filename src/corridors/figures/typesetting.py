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

UNBROKEN = re.compile(
    r"(?<=\d) (?=%|km|км|mm|мм|г\.|m(?:illi|ilj)|bil|тыс|млн|млрд)|(?<=°) (?=\S)|(?<=[св]\.) (?=[шд]\.)"
)
"""Spaces between a number and its unit, and within a latitude or longitude, where no line breaks."""

PIECES = re.compile(
    r"[（《“]*(?:[\d.,]*\d\u00a0?(?:[十百万亿]*(?:公里|毫米|小时|美元|元|吨|标准箱)|[年月日天列处次对])|"
    r"(?:[А-я] )*[^ \n\u2e80-\uffef]+(?: [–—](?= ))?|[\u2e80-\uffef])[，。；：、）》”！？·—]*[ ]*|[ \n]"
)
"""Unbroken parts: a word with its space, a Chinese character with its punctuation, a number with its unit.

No line begins with a dash, and none ends with a Russian word of one letter.
"""

STEP, NARROWEST = 0.05, 0.5
"""The share of the width by which lines are made narrower in each step, to make them even, and the narrowest."""


ROUNDED = 1e-9
"""A line may be wider by what the sum of its parts loses to rounding, so that a text has room in its own width."""


def font(language: str, points: float, *, bold: bool = False, italic: bool = False) -> "FontProperties":
    """The font face for text in a language. Chinese is never italic."""
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - an extra, and slow to import

    return FontProperties(
        family=families(language),
        size=points,
        weight="bold" if bold else "normal",
        style="italic" if italic and language != "zh" else "normal",
    )


def width_mm(text: str, language: str, points: float, *, bold: bool = False, italic: bool = False) -> float:
    """The width of a text in one line, in millimetres."""
    from matplotlib.textpath import text_to_path  # noqa: PLC0415 - an extra, and slow to import

    return _width(text, language, bold=bold, italic=italic) * (points / text_to_path.FONT_SCALE) * MM_PER_POINT


@lru_cache(maxsize=50_000)
def _width(text: str, language: str, *, bold: bool, italic: bool) -> float:
    """The width of a text in the one size in which matplotlib measures all text, in points."""
    from matplotlib.textpath import text_to_path  # noqa: PLC0415 - an extra, and slow to import

    face = font(language, text_to_path.FONT_SCALE, bold=bold, italic=italic)
    return float(text_to_path.get_text_width_height_descent(text, face, ismath=False)[0])


def pieces(text: str) -> Sequence[str]:
    """The parts of a text between which a line may break. Chinese may break between any two characters."""
    return PIECES.findall(text)


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """A text as lines no wider than ``width``, where breaks are possible. ``measure`` returns the width of words."""
    return _lines(_measured(text, measure), width)


def _measured(text: str, measure: Callable[[str], float]) -> list[tuple[str, float, float]]:
    """The parts of a text, each with its width, and with its width at the end of a line, where spaces have none.

    A line is as wide as its parts together. Letters on both sides of a break are not moved closer to each other.
    """
    return [(part, measure(part), measure(part.rstrip(" \n"))) for part in pieces(text)]


def _lines(parts: Sequence[tuple[str, float, float]], width: float) -> list[str]:
    """Measured parts as lines. A part that is wider than a line has a line of its own."""
    lines, used = [""], 0.0
    for part, wide, last in parts:
        if lines[-1] and last and used + last > width + ROUNDED:
            lines.append("")
            used = 0.0
        lines[-1] += part
        used += wide
    return [line.strip(" \n") for line in lines]


def even(text: str, width: float, measure: Callable[[str], float], *, least: float = NARROWEST) -> list[str]:
    """The same in the fewest possible lines of about equal length. They fill at least ``least`` of the width."""
    parts = _measured(text, measure)
    lines = _lines(parts, width)
    for nth in range(1, round((1 - least) / STEP) + 1):
        narrower = _lines(parts, width * (1 - nth * STEP))
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines
