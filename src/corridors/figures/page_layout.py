"""A plate: everything of one printed map on its sheet, with title, map, legend and fine print."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corridors.content.basemap import Basemap
from corridors.errors import UsageError
from corridors.figures.canvas import Canvas, balanced, wrap
from corridors.figures.graticule import BAND
from corridors.figures.legend import Block, Legend
from corridors.figures.map_frame import Feature, Field, Laid, draw_field, line_scale, seen
from corridors.figures.marks import LaidTable, Table
from corridors.figures.projection import Conic, Extent, Window, extent_on_plane, widened
from corridors.figures.sheet import WIDTHS_MM, Drawing, Sheet
from corridors.locales import message

TITLE_SIZE, TITLE_LINE = 20.0, 25.0
STATEMENT_SIZE, STATEMENT_LINE = 12.0, 16.5
FINE_SIZE, FINE_LINE = 9.2, 1.36
MARGIN, GAP = 10.0, 9.0
"""Sizes in pixels: words of each kind and from line to line, the margin of the sheet, and between its parts. From line
to line of the fine print is in sizes of its type.
"""

FLATTEST, TALLEST = 2.4, 0.9
"""Width over height of a map whose height is left open."""

LEAST_MAP_MM = 28.0
SLACK_MM = 0.05
BESIDE = 0.7
"""A table that takes no more of the width has the legend beside it."""


@dataclass(frozen=True, slots=True)
class Plate:
    """What one printed map shows, in one language.

    Attributes
    ----------
    name, title, statement
        Its name as a file, what it says, and that in a sentence more.
    alt
        Makes what is told to those who do not see it, of the words of the legend.
    extent, whole
        West, south, east, north in degrees, and whether every corner of that has to be seen.
    field
        The map.
    legend
        Makes the legend of features.
    table
        Takes the place of a part of it.
    notes
        The fine print, a paragraph each.
    """

    name: str
    title: str
    statement: str
    alt: Callable[[Sequence[str]], str]
    extent: Extent
    whole: bool
    field: Field
    legend: Callable[[Sequence[Feature]], Sequence[Block]]
    table: Table | None
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Printed:
    """A plate on its sheet, its legend, and where things came to lie on it."""

    drawing: Drawing
    window: Window
    entries: Sequence[str]
    laid: Laid


def print_plate(plate: Plate, basemap: Basemap, sheet: Sheet) -> Printed:
    """Lay a plate out on a sheet, and draw it.

    Raises
    ------
    UsageError
        Where the sheet is too low or too narrow for it.
    """
    # The first layout says what is seen, the second has a legend of just that.
    first = _Layout(plate, sheet, plate.field.features)
    features = seen(plate.field, first.canvas, first.window)
    layout = _Layout(plate, sheet, features)
    if layout.cut:
        raise UsageError(
            message("error.paper.narrow", plate.name, f"{sheet.width_mm:g}", _least_width(plate, sheet, features))
        )
    return layout.draw(basemap)


def _least_width(plate: Plate, sheet: Sheet, features: Sequence[Feature]) -> int:
    """The width in millimetres from which nothing on a plate is cut."""
    widths = range(math.floor(sheet.width_mm) + 1, WIDTHS_MM[1] + 1)
    wider = (replace(sheet, width_mm=width, height_mm=None) for width in widths)
    return next((round(one.width_mm) for one in wider if not _Layout(plate, one, features).cut), WIDTHS_MM[1])


class _Layout:
    """The parts of a plate, and where on the sheet each has its place."""

    def __init__(self, plate: Plate, sheet: Sheet, features: Sequence[Feature]) -> None:
        room = Canvas(sheet, sheet.height_mm or sheet.width_mm)
        pixel = room.pixel
        self._plate, self._sheet = plate, sheet
        self._left = (MARGIN / 2 + BAND) * pixel
        width = sheet.width_mm - MARGIN * pixel - self._left
        self._title, self._statement = [], []
        if sheet.titled:
            self._title = balanced(room, plate.title, width, TITLE_SIZE, bold=True)
            self._statement = balanced(room, plate.statement, width, STATEMENT_SIZE, least=0.8)
        self._notes = [line for note in plate.notes for line in wrap(room, note, width, FINE_SIZE)]
        self._table = LaidTable(room, plate.table, width) if plate.table else None
        self._blocks = plate.legend(features)
        aside = self._table.width + 3 * GAP * pixel if self._table else 0.0
        self._beside = 0 < aside <= BESIDE * width
        self._legend = Legend(room, self._blocks, width - aside if self._beside else width)
        self._fine_line = room.type_size(FINE_SIZE) * FINE_LINE
        self.cut = self._widest(room) > width + SLACK_MM
        words = len(self._title) * TITLE_LINE + len(self._statement) * STATEMENT_LINE
        above = (MARGIN * 0.8 + words + GAP) * pixel
        below = (BAND + GAP + len(self._notes) * self._fine_line + MARGIN * 0.7) * pixel + self._key_height(pixel)
        conic = Conic.fitting(plate.extent)
        metres = extent_on_plane(plate.extent, conic, whole=plate.whole)
        aspect = (metres[2] - metres[0]) / (metres[3] - metres[1])
        high = width / min(FLATTEST, max(TALLEST, aspect))
        if sheet.height_mm:
            high = sheet.height_mm - above - below
            if high < LEAST_MAP_MM:
                least = math.ceil(above + below + LEAST_MAP_MM)
                raise UsageError(
                    message("error.figure.low", plate.name, f"{sheet.width_mm:g}", f"{sheet.height_mm:g}", least)
                )
        self.canvas = Canvas(sheet, above + high + below)
        lower = self.canvas.height_mm - above - high
        paper = (self._left, lower, self._left + width, lower + high)
        self.window = Window(conic, widened(metres, width / high), paper)

    def _widest(self, room: Canvas) -> float:
        """How wide the widest part is, in millimetres."""
        lines = [room.measure(line, TITLE_SIZE, bold=True) for line in self._title]
        lines += [room.measure(line, STATEMENT_SIZE) for line in self._statement]
        lines += [room.measure(line, FINE_SIZE) for line in self._notes]
        table = self._table.width if self._table else 0.0
        return max(*lines, table, self._legend.width + (table + 3 * GAP * room.pixel if self._beside else 0.0))

    def _key_height(self, pixel: float) -> float:
        """Height of table and legend with the gaps below them."""
        heights = [part.height for part in (self._table, self._legend) if part and part.height]
        if self._beside:
            heights = [max(heights)]
        return sum(height + GAP * pixel for height in heights)

    def draw(self, basemap: Basemap) -> Printed:
        """Draw all parts."""
        canvas, plate, pixel, left = self.canvas, self._plate, self.canvas.pixel, self._left
        y = canvas.height_mm - MARGIN * 0.8 * pixel
        for line in self._title:
            y -= TITLE_LINE * pixel
            canvas.write(line, left, y + 6 * pixel, TITLE_SIZE, bold=True)
        for line in self._statement:
            y -= STATEMENT_LINE * pixel
            canvas.write(line, left, y + 4 * pixel, STATEMENT_SIZE)
        laid = draw_field(canvas, self.window, plate.field, basemap)
        scale = line_scale(self.window, pixel)
        y = self.window.paper[1] - (BAND + GAP) * pixel
        top = y
        if self._table:
            self._table.draw(canvas, left, y, scale)
            if not self._beside:
                top -= self._table.height + GAP * pixel
        aside = self._table.width + 3 * GAP * pixel if self._table and self._beside else 0.0
        self._legend.draw(canvas, left + aside, top, scale)
        y -= self._key_height(pixel)
        for line in self._notes:
            y -= self._fine_line * pixel
            canvas.write(line, left, y + 3 * pixel, FINE_SIZE, color=canvas.colors.quiet)
        entries = [row.entry for row in plate.table.rows] if plate.table else []
        entries += [entry for block in self._blocks for entry in block.entries]
        alt = plate.alt([entry.words for entry in entries])
        drawing = Drawing(canvas.figure, plate.title, alt, self._sheet, plate.name)
        return Printed(drawing, self.window, [entry.key for entry in entries], laid)
