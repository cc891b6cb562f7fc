"""A board for drawing a chart, in millimetres from the top left, in one style: thin rules, plain bars, labels at bars.

Text is measured before it is drawn, so that line breaks and columns fit the words of every language. Sizes are for a
sheet of 180 mm and grow with a wider one. On a narrower sheet the words keep a size that can be read.
"""

import math
from collections.abc import Sequence
from functools import partial
from typing import Literal

import numpy as np
import shapely
from matplotlib.path import Path

from corridors.content.palette import palette, themed
from corridors.errors import UsageError
from corridors.figures.canvas import Align, Canvas
from corridors.figures.canvas import outline as path_of
from corridors.figures.sheet import Drawing, Sheet
from corridors.figures.typesetting import MM_PER_POINT, even, pieces, wrap
from corridors.locales import filled, message, messages, number, unit, wording

Point = tuple[float, float]
Look = Literal["solid", "hollow", "under_construction", "planned", "suspended"]

FULL_MM, NARROW_MM = 180.0, 130.0
SMALLEST = 0.875
TITLE, BODY, NOTE = 11.0, 8.0, 6.8
"""Sizes of type on a full sheet, in points."""

LINE, RISE = 1.38, 0.35
"""The distance between lines, and from the middle of the letters to their baseline, in sizes of type."""

RULES, BARS, DOTS, WORDS = range(4)
"""What is above what."""

TICKS = 9
"""The greatest number of parts of an axis."""

HATCHES = {"under_construction": "////", "suspended": "xxxx"}


class Board:
    """A chart while it is drawn: words, bars and rules, from top to bottom.

    Attributes
    ----------
    y
        The height that is used so far, mm.
    left, right
        The left and right limit of the drawing, mm.
    cut
        Whether words or bars did not fit the width.
    narrow
        Whether labels are above their bars, because there is no space beside them.
    sources
        Ids of the sources in its footer.
    """

    def __init__(self, sheet: Sheet, stretch: float = 1.0) -> None:
        self.sheet = sheet
        self.colors = palette(sheet.theme)
        self.scale = max(SMALLEST, sheet.width_mm / FULL_MM)
        self.narrow = sheet.width_mm < NARROW_MM
        self.sources: set[str] = set()
        self.left = self.mm(4)
        self.right = sheet.width_mm - self.left
        self.y = self.mm(4)
        self.stretch = stretch
        self.stretched_mm = 0.0
        self.cut = False
        self.canvas = Canvas(sheet, None, points=self.scale)

    def mm(self, length: float) -> float:
        """A length on a full sheet, converted to this sheet."""
        return length * self.scale

    def body(self, length: float) -> float:
        """The height of bars, mm of a full sheet. It is reduced if the sheet has a fixed height."""
        height = self.mm(length) * self.stretch
        self.stretched_mm += height
        return height

    @property
    def wide(self) -> float:
        """Width between the edges, mm."""
        return self.right - self.left

    def t(self, key: str, *values: str) -> str:
        """A message in the language of the sheet, with its placeholders filled."""
        return filled(messages(self.sheet.lang)[key], *values)

    def number(self, value: float, digits: int = 0) -> str:
        """A number in the language of the sheet."""
        return number(value, digits, self.sheet.lang)

    def quantity(self, value: float, of: str, digits: int = 0) -> str:
        """A number with its unit. No line breaks between them.

        Chinese counts money in hundreds of millions, as on the pages.
        """
        return wording.amount(value, of, self.sheet.lang, digits=digits).replace(" ", "\u00a0")

    def amount(self, value: float, of: str, digits: int = 0) -> tuple[str, str]:
        """A number and the word of its unit, apart; in Chinese as in ``quantity``."""
        if self.sheet.lang == "zh" and of.startswith("billion_"):
            value, of, digits = 10 * value, of.replace("billion", "hundred_million"), max(0, digits - 1)
        return self.number(value, digits), unit(of, value, digits, self.sheet.lang)

    def listed(self, *parts: str) -> str:
        """Several things as a list in words."""
        return self.t("list.and").join(parts)

    def color(self, color: str) -> str:
        """A colour of a class, in the theme of the sheet."""
        return themed(color, self.sheet.theme)

    def width_of(self, words: str, size: float = BODY, *, bold: bool = False) -> float:
        """The width of words in one line, mm."""
        return self.canvas.measure(words, size, bold=bold)

    def wrap(self, words: str, width: float, size: float = BODY, *, bold: bool = False) -> list[str]:
        """Words in lines no wider than so many millimetres, where line breaks are possible."""
        return wrap(words, width, partial(self.width_of, size=size, bold=bold))

    def longest_piece(self, words: str, size: float = BODY) -> float:
        """The width of the widest part of words that has no line break, mm."""
        return max(self.width_of(piece.strip(" "), size) for piece in pieces(words))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = BODY,
        color: str | None = None,
        bold: bool = False,
        align: Align = "left",
        clear: bool = False,
    ) -> None:
        """Draw one line of words, vertically centred at a height. ``clear`` hides what is below it."""
        # Paper below the words instead of an outline around them, so that they stay text in a PDF.
        wide = self.width_of(words, size, bold=bold)
        start = x - {"left": 0.0, "center": wide / 2, "right": wide}[align]
        self.cut |= start < 0 or start + wide > self.sheet.width_mm
        self.canvas.level = WORDS
        baseline = y + RISE * size * self.scale * MM_PER_POINT
        ground = self.colors.paper if clear else None
        self.canvas.write(words, x, baseline, size, color=color, bold=bold, align=align, ground=ground)

    def lines(self, x: float, y: float, lines: Sequence[str], *, size: float = BODY, color: str | None = None) -> None:
        """Draw several lines around a height."""
        pitch = self.pitch(size)
        for nth, line in enumerate(lines):
            self.text(x, y + (nth - (len(lines) - 1) / 2) * pitch, line, size=size, color=color)

    def pitch(self, size: float) -> float:
        """The distance between lines of a size, mm."""
        return size * self.scale * LINE * MM_PER_POINT

    def balanced(self, words: str, size: float) -> list[str]:
        """Bold words in as few lines as the width allows, of about equal length."""
        return even(words, self.wide, partial(self.width_of, size=size, bold=True))

    def paragraph(self, words: str, *, size: float = BODY, color: str | None = None, bold: bool = False) -> None:
        """Draw words over the whole width, in as many lines as needed. The board then continues below them."""
        for line in self.balanced(words, size) if bold else self.wrap(words, self.wide, size):
            self.y += self.pitch(size)
            self.text(self.left, self.y - self.pitch(size) / 2, line, size=size, color=color, bold=bold)

    def head(self, title: str, about: str) -> None:
        """Draw the title, and below it what is shown and in which unit."""
        if self.sheet.titled:
            self.paragraph(title, size=TITLE, bold=True)
            self.y += self.mm(0.6)
        self.paragraph(about, color=self.colors.quiet)
        self.y += self.mm(3)

    def foot(self, *notes: str) -> None:
        """Draw notes on the figures, and their sources."""
        self.y += self.mm(2.5)
        for note in notes:
            if note:
                self.paragraph(note, size=NOTE, color=self.colors.quiet)

    def bar(
        self, x: float, y: float, width: float, height: float, color: str, look: Look = "solid", *, outline: float = 0.8
    ) -> None:  # fmt: skip
        """Draw a bar with its corner at the top left. Its style shows status or confidence."""
        self.cut |= width < 0 or x < 0 or x + width > self.sheet.width_mm
        self.canvas.level = BARS
        shape = path_of(shapely.box(x, y, x + width, y + height))
        if look == "solid":
            self.canvas.path(shape, face=color)
        else:
            self.canvas.path(shape, edge=color, width=outline, hatch=HATCHES.get(look))
        if look == "planned":
            self._dots(x, y, width, height, color)

    def _dots(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """Draw small dots in a bar, like the dots of planned lines. In samples they are a tenth of a hatch's size."""
        pitch = self.mm(1.3)
        across, down = (max(1, int(length / pitch)) for length in (width, height))
        places = [
            (x + (i + 0.5) * width / across, y + (j + 0.5) * height / down) for i in range(across) for j in range(down)
        ]
        self.canvas.level = DOTS
        self.canvas.stamp(Path.circle(radius=1.15), np.array(places), face=color)

    def rule(
        self, start: Point, end: Point, *, color: str = "", width: float = 0.5, dash: str | None = None
    ) -> None:  # fmt: skip
        """Draw a straight line between two points, its width in points. Bars are drawn above it."""
        self.canvas.level = RULES
        self.canvas.stroke(shapely.LineString([start, end]), color or self.colors.quiet, width, dash=dash)

    def dot(self, x: float, y: float, color: str, *, hollow: bool = False) -> None:
        """Draw a disc."""
        self.canvas.level = DOTS
        face = self.colors.paper if hollow else color
        self.canvas.stamp(Path.circle(radius=2.2), np.array([(x, y)]), face=face, edge=color, width=0.9)

    def legend(self, entries: Sequence[tuple[str, str, Look]]) -> None:
        """Draw samples with their meaning, in as many rows as needed."""
        x, row = self.left, self.mm(4.4)
        for label, color, look in entries:
            width = self.mm(6.5) + self.width_of(label, NOTE)
            if x > self.left and x + width > self.right:
                x, self.y = self.left, self.y + row
            self.bar(x, self.y + self.mm(0.8), self.mm(5), self.mm(2.6), color, look)
            self.text(x + self.mm(6.5), self.y + row / 2, label, size=NOTE)
            x += width + self.mm(5)
        self.y += row + self.mm(1.5)

    def legend_of_dots(self, entries: Sequence[tuple[str, str, bool]]) -> None:
        """Draw discs with their meaning (keys of messages), in one row. A disc is hollow or filled."""
        x, middle = self.left, self.y + self.mm(2.2)
        for key, color, hollow in entries:
            label = self.t(key)
            self.dot(x + self.mm(1), middle, color, hollow=hollow)
            self.text(x + self.mm(3.2), middle, label, size=NOTE)
            x += self.mm(8) + self.width_of(label, NOTE)
        self.y += self.mm(4.4)

    def legend_of_line(self, label: str, color: str) -> None:
        """Draw a line with its meaning."""
        middle = self.y + self.mm(2.2)
        self.rule((self.left, middle), (self.left + self.mm(5), middle), color=color, width=1.0)
        self.text(self.left + self.mm(6.5), middle, label, size=NOTE)
        self.y += self.mm(4.4)

    def axis(self, x: float, longest: float, scale: float) -> None:
        """Draw an axis of kilometres below the drawing.

        Parameters
        ----------
        x
            The place of its zero, mm.
        longest, scale
            Its last kilometre, and millimetres per kilometre.
        """
        least = longest / (TICKS if not self.narrow else TICKS // 2)
        power = 10 ** math.floor(math.log10(least))
        step = next(times * power for times in (1, 2, 5, 10) if times * power >= least)
        self.y += self.mm(1)
        self.rule((x, self.y), (x + longest * scale, self.y), color=self.colors.grid)
        for km in range(0, int(longest) + 1, step):
            at = x + km * scale
            self.rule((at, self.y), (at, self.y + self.mm(1)), color=self.colors.grid)
            words = self.number(km) if km else self.quantity(km, "km")
            self.text(
                at, self.y + self.mm(2.8), words, size=NOTE, color=self.colors.quiet, align="center" if km else "left"
            )
        self.y += self.mm(3.5)

    def finish(self, name: str, title: str, about: str, values: Sequence[str]) -> Drawing:
        """The sheet, cut to the height of the drawing or to its own, with a text for people who cannot see it."""
        natural = self.y + self.mm(3.5)
        height = self.sheet.height_mm or natural
        if height < natural - 0.05:
            raise UsageError(message("error.chart.low", name, f"{natural:.0f}", f"{self.sheet.width_mm:g}"))
        self.canvas.cut(height)
        alt = self.t("chart.alt", title, self.t("chart.pair", about, "; ".join(values)))
        return Drawing(self.canvas.figure, title, alt, self.sheet, name, self.sources)
