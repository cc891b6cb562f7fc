"""Marks of some figures only: numbers on corridors, the share of each gateway before and after, and a table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import shapely
from matplotlib.path import Path
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from corridors.content.label_rule import LABEL_RULE
from corridors.content.page_types import Feature
from corridors.content.palette import themed
from corridors.figures.canvas import ASCENT, Box, Canvas, wrap
from corridors.figures.legend import LINE, SWATCH, SWATCH_GAP, WORD_SIZE, Entry, draw_swatch
from corridors.figures.projection import Window
from corridors.locales import messages, number

BADGE_RADIUS, BADGE_SIZE = 7.0, 10.0
GATE_SIZE = 10.5
GATE_LEAST, GATE_GROWTH = 4.0, 2.1
"""The radius of a gateway's circle in pixels: a constant, and a factor for the square root of its percentage."""

ALONG = tuple(nth / 20 for nth in range(1, 20))
TURNS = tuple((math.cos(turn), math.sin(turn)) for turn in np.arange(16) * math.tau / 16)
"""Possible positions of a corridor's number along its ribbon, as shares of it, and its directions beside it."""

CELL_GAP, LEAST_CELL_GAP = 14.0, 7.0
NAMES_SHARE = 0.46
"""Pixels between columns, and the greatest share of a table's width for the names of its rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: an entry of the legend with its number, and its cells."""

    entry: Entry
    mark: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table under a map. Its first column is its legend. Its headings begin with that of the first column."""

    headings: Sequence[str]
    rows: Sequence[Row]


def badge_place(
    window: Window, feature: Feature, course: BaseGeometry, others: Sequence[BaseGeometry], taken: Sequence[Box],
    pixel: float,
) -> tuple[Box, LineString | None] | None:  # fmt: skip
    """The position of a corridor's number by the rule of content.label_rule: its box, and the thin line to it.

    The number is on its ribbon, at the first free position, or a thin line joins both, away from the ``others``.
    Lengths are millimetres; ``pixel`` is a pixel of the pages in millimetres.
    """
    left, lower, right, upper = window.paper
    half = BADGE_RADIUS * pixel

    def free(x: float, y: float) -> Box | None:
        box = (x - half, y - half, x + half, y + half)
        inside = left + half < x < right - half and lower + half < y < upper - half
        return box if inside and not any(_overlap(box, other) for other in taken) else None

    tags = window.to_paper(shapely.get_coordinates(feature["tag"]["at"]))
    starts = [course.interpolate(course.project(Point(at))) for at in tags]
    starts += [course.interpolate(share, normalized=True) for share in ALONG]
    for start in starts:
        if box := free(start.x, start.y):
            return box, None
    for ring, start, (dx, dy) in product(LABEL_RULE["ledRings"], starts, TURNS):
        x, y = (middle + share * (half + ring * pixel) for middle, share in ((start.x, dx), (start.y, dy)))
        box, leader = free(x, y), LineString([(start.x, start.y), (x, y)])
        if box and not any(_crosses(leader, shapely.box(*box), start, course, other) for other in others):
            return box, leader
    return None


def _crosses(leader: LineString, area: BaseGeometry, start: Point, own: BaseGeometry, other: BaseGeometry) -> bool:
    """Whether a number with a thin line could be taken for the number of another line."""
    return bool(area.distance(other) <= area.distance(own) or leader.distance(other) < other.distance(start))


def _overlap(one: Box, other: Box) -> bool:
    """Whether two boxes overlap."""
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def draw_badge(canvas: Canvas, x: float, y: float, mark: str, color: str) -> None:
    """Draw a number on a disc of its corridor's colour."""
    ink = themed(color, canvas.sheet.theme)
    middle = np.array([[x, y]])
    canvas.stamp(Path.circle((0, 0), BADGE_RADIUS), middle, face=ink, edge=canvas.colors.casing, width=1.2)
    down = canvas.type_size(BADGE_SIZE) * (ASCENT - 0.04) / 2 * canvas.pixel
    canvas.write(mark, x, y - down, BADGE_SIZE, color=canvas.colors.land, bold=True, align="center")


def gate_boxes(canvas: Canvas, window: Window, gates: Sequence[Feature]) -> list[tuple[Feature, Box]]:
    """The gateways inside a window, each with the box of its circle and its words."""
    left, lower, right, upper = window.paper
    found = []
    for gate in gates:
        x, y = window.to_paper(shapely.get_coordinates(gate["geometry"]))[0]
        if not (left < x < right and lower < y < upper):
            continue
        radius = _radius(max(gate["share"])) * canvas.pixel
        half = max(radius, canvas.measure(_shares(gate, canvas.sheet.lang), GATE_SIZE, bold=True) / 2)
        down = radius + canvas.type_size(GATE_SIZE) * 1.1 * canvas.pixel
        found.append((gate, (x - half, y - down, x + half, y + radius)))
    return found


def draw_gates(canvas: Canvas, gates: Sequence[tuple[Feature, Box]]) -> None:
    """Draw each gateway as a ring for its share before and a disc for its share after, and both shares in words."""
    colors, words = canvas.colors, []
    for gate, (left, lower, right, upper) in gates:
        x, radius = (left + right) / 2, _radius(max(gate["share"])) * canvas.pixel
        middle = Point(x, upper - radius)
        before, after = (middle.buffer(_radius(share) * canvas.pixel) for share in gate["share"])
        if gate["share"][1]:
            canvas.fill(after, colors.ink, alpha=0.16)
            canvas.stroke(after.exterior, colors.ink, 1.3, alpha=0.7)
        shut = not gate["share"][1]
        canvas.stroke(before.exterior, colors.loss if shut else colors.ink, 1.0, dash="3 2.4", alpha=0.9)
        text = _shares(gate, canvas.sheet.lang)
        wide = canvas.measure(text, GATE_SIZE, bold=True)
        words.append(
            (text, x - wide / 2, lower + canvas.type_size(GATE_SIZE) * 0.26 * canvas.pixel, GATE_SIZE, True, False)
        )
    canvas.halo(words, colors.land, 3.0)
    for text, x, y, size, bold, _ in words:
        canvas.write(text, x, y, size, bold=bold)


def _radius(share: float) -> float:
    """The radius of a gateway's circle in pixels. Its area grows with its percentage."""
    return GATE_LEAST + GATE_GROWTH * math.sqrt(share)


def _shares(gate: Feature, lang: str) -> str:
    """The share of a gateway before and after."""
    before, after = (number(share, 1 if 0 < share < 10 else 0, lang) for share in gate["share"])  # noqa: PLR2004
    shares = before if before == after else f"{before} → {after}"
    return messages(lang)["number.percent"].replace("{0}", shares).replace(" %", "\u00a0%")


class LaidTable:
    """A table after layout; its height and width in millimetres."""

    def __init__(self, canvas: Canvas, table: Table, width: float) -> None:
        pixel, self._table = canvas.pixel, table
        widths = [
            max(canvas.measure(row.cells[nth], WORD_SIZE) for row in table.rows)
            for nth in range(len(table.headings) - 1)
        ]
        self._first = (SWATCH + SWATCH_GAP + 2 * BADGE_RADIUS + 6) * pixel
        names = max(canvas.measure(row.entry.words, WORD_SIZE) for row in table.rows)
        named = min(width * NAMES_SHARE, names)
        room = (width - self._first - named) / max(1, len(widths)) - CELL_GAP * pixel
        self._heads = [
            wrap(canvas, text, max(room, wide), WORD_SIZE)
            for text, wide in zip(table.headings[1:], widths, strict=True)
        ]
        widths = [
            max(wide, *(canvas.measure(line, WORD_SIZE) for line in lines))
            for wide, lines in zip(widths, self._heads, strict=True)
        ]
        # On a narrow sheet, first the gaps between columns become smaller, then the names take more lines.
        spare = width - self._first - named - sum(widths)
        gap = max(LEAST_CELL_GAP * pixel, min(CELL_GAP * pixel, spare / max(1, len(widths))))
        named = min(named, width - self._first - sum(widths) - gap * len(widths))
        self._names = [wrap(canvas, row.entry.words, named, WORD_SIZE) for row in table.rows]
        named = max(canvas.measure(line, WORD_SIZE) for lines in self._names for line in lines)
        self._rights = list(self._first + named + np.cumsum([wide + gap for wide in widths]))
        self._head_lines = max(len(lines) for lines in self._heads)
        lines = self._head_lines + sum(len(name) for name in self._names)
        self.height = (lines * LINE + 4 + 3 * len(table.rows)) * pixel
        self.width = float(self._rights[-1])

    def draw(self, canvas: Canvas, left: float, top: float, scale: float) -> None:
        """Draw it, from its upper left corner down."""
        pixel, quiet = canvas.pixel, canvas.colors.quiet
        y = top - self._head_lines * LINE * pixel
        canvas.write(self._table.headings[0], left, y + 4 * pixel, WORD_SIZE, color=quiet)
        for lines, right in zip(self._heads, self._rights, strict=True):
            for nth, line in enumerate(reversed(lines)):
                canvas.write(line, left + right, y + (4 + nth * LINE) * pixel, WORD_SIZE, color=quiet, align="right")
        for row, name in zip(self._table.rows, self._names, strict=True):
            rule = shapely.linestrings([(left, y), (left + self.width, y)])
            canvas.stroke(rule, canvas.colors.grid, 0.8)
            base = y - (LINE - 2) * pixel
            draw_swatch(canvas, row.entry, left, base + 4 * pixel, scale)
            draw_badge(
                canvas, left + (SWATCH + SWATCH_GAP + BADGE_RADIUS - 2) * pixel, base + 4 * pixel, row.mark,
                row.entry.entry["style"]["color"],
            )  # fmt: skip
            for line in name:
                canvas.write(line, left + self._first, y - (LINE - 2) * pixel, WORD_SIZE)
                y -= LINE * pixel
            y -= 3 * pixel
            for text, right in zip(row.cells, self._rights, strict=True):
                canvas.write(text, left + right, base, WORD_SIZE, align="right")
