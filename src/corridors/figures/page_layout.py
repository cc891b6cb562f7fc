"""The layout of a printed page: one map on its sheet, with title, map frame, legend and fine print."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corridors.content.basemap import Basemap
from corridors.content.page_types import Feature
from corridors.errors import UsageError
from corridors.figures.badges import LaidTable, Table
from corridors.figures.canvas import Canvas, balanced, wrap
from corridors.figures.graticule import BAND
from corridors.figures.legend import Block, Legend
from corridors.figures.map_frame import Laid, MapFrame, draw_map_frame, line_scale, seen
from corridors.figures.projection import Conic, Extent, Window, extent_on_plane, widened
from corridors.figures.sheet import WIDTHS_MM, Drawing, Sheet
from corridors.locales import message

TITLE_SIZE, TITLE_LINE = 20.0, 25.0
STATEMENT_SIZE, STATEMENT_LINE = 12.0, 16.5
FINE_SIZE, FINE_LINE = 9.2, 1.36
MARGIN, GAP = 10.0, 9.0
"""Sizes in pixels: words of each kind, the distance of their lines, the margin of the sheet, and the gap between parts.
The distance of lines in the fine print is in sizes of its type.
"""

FLATTEST, TALLEST = 2.4, 0.9
"""Width divided by height of a map without a given height."""

LEAST_MAP_MM = 28.0
SLACK_MM = 0.05
BESIDE = 0.7
"""A table that takes no more than this share of the width has the legend beside it."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """The content of one printed map, in one language.

    Attributes
    ----------
    name, title, statement
        Its file name, its title, and the statement below the title.
    alt
        A function from the words of the legend to the text for people who cannot see the figure.
    extent, whole
        West, south, east, north in degrees (EPSG:4326), and whether every corner of it must be visible.
    map_frame
        The map.
    legend
        A function from features to their legend.
    table
        Replaces a part of the legend.
    notes
        The paragraphs of the fine print.
    """

    name: str
    title: str
    statement: str
    alt: Callable[[Sequence[str]], str]
    extent: Extent
    whole: bool
    map_frame: MapFrame
    legend: Callable[[Sequence[Feature]], Sequence[Block]]
    table: Table | None
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Printed:
    """A page on its sheet, its legend, and the positions of everything on it."""

    drawing: Drawing
    window: Window
    entries: Sequence[str]
    laid: Laid


def print_page(page: PageContent, basemap: Basemap, sheet: Sheet) -> Printed:
    """Lay out a page on a sheet, and draw it.

    Raises
    ------
    UsageError
        If the sheet is too low or too narrow for it.
    """
    # The first layout shows which features are visible. The second has a legend of only those.
    first = _Layout(page, sheet, page.map_frame.features)
    features = seen(page.map_frame, first.canvas, first.window)
    layout = _Layout(page, sheet, features)
    if layout.cut:
        raise UsageError(
            message("error.paper.narrow", page.name, f"{sheet.width_mm:g}", _least_width(page, sheet, features))
        )
    return layout.draw(basemap)


def _least_width(page: PageContent, sheet: Sheet, features: Sequence[Feature]) -> int:
    """The least width in millimetres at which nothing on a page is cut."""
    widths = range(math.floor(sheet.width_mm) + 1, WIDTHS_MM[1] + 1)
    wider = (replace(sheet, width_mm=width, height_mm=None) for width in widths)
    return next((round(one.width_mm) for one in wider if not _Layout(page, one, features).cut), WIDTHS_MM[1])


class _Layout:
    """The parts of a page with their positions on the sheet."""

    def __init__(self, page: PageContent, sheet: Sheet, features: Sequence[Feature]) -> None:
        room = Canvas(sheet, sheet.height_mm or sheet.width_mm)
        pixel = room.pixel
        self._page, self._sheet = page, sheet
        self._left = (MARGIN / 2 + BAND) * pixel
        width = sheet.width_mm - MARGIN * pixel - self._left
        self._title, self._statement = [], []
        if sheet.titled:
            self._title = balanced(room, page.title, width, TITLE_SIZE, bold=True)
            self._statement = balanced(room, page.statement, width, STATEMENT_SIZE, least=0.8)
        self._notes = [line for note in page.notes for line in wrap(room, note, width, FINE_SIZE)]
        self._table = LaidTable(room, page.table, width) if page.table else None
        self._blocks = page.legend(features)
        aside = self._table.width + 3 * GAP * pixel if self._table else 0.0
        self._beside = 0 < aside <= BESIDE * width
        self._legend = Legend(room, self._blocks, width - aside if self._beside else width)
        self._fine_line = room.type_size(FINE_SIZE) * FINE_LINE
        self.cut = self._widest(room) > width + SLACK_MM
        words = len(self._title) * TITLE_LINE + len(self._statement) * STATEMENT_LINE
        above = (MARGIN * 0.8 + words + GAP) * pixel
        below = (BAND + GAP + len(self._notes) * self._fine_line + MARGIN * 0.7) * pixel + self._key_height(pixel)
        conic = Conic.fitting(page.extent)
        metres = extent_on_plane(page.extent, conic, whole=page.whole)
        aspect = (metres[2] - metres[0]) / (metres[3] - metres[1])
        high = width / min(FLATTEST, max(TALLEST, aspect))
        if sheet.height_mm:
            high = sheet.height_mm - above - below
            if high < LEAST_MAP_MM:
                least = math.ceil(above + below + LEAST_MAP_MM)
                raise UsageError(
                    message("error.figure.low", page.name, f"{sheet.width_mm:g}", f"{sheet.height_mm:g}", least)
                )
        self.canvas = Canvas(sheet, above + high + below)
        lower = self.canvas.height_mm - above - high
        paper = (self._left, lower, self._left + width, lower + high)
        self.window = Window(conic, widened(metres, width / high), paper)

    def _widest(self, room: Canvas) -> float:
        """The width of the widest part, in millimetres."""
        lines = [room.measure(line, TITLE_SIZE, bold=True) for line in self._title]
        lines += [room.measure(line, STATEMENT_SIZE) for line in self._statement]
        lines += [room.measure(line, FINE_SIZE) for line in self._notes]
        table = self._table.width if self._table else 0.0
        return max(*lines, table, self._legend.width + (table + 3 * GAP * room.pixel if self._beside else 0.0))

    def _key_height(self, pixel: float) -> float:
        """The height of table and legend with the gaps below them."""
        heights = [part.height for part in (self._table, self._legend) if part and part.height]
        if self._beside:
            heights = [max(heights)]
        return sum(height + GAP * pixel for height in heights)

    def draw(self, basemap: Basemap) -> Printed:
        """Draw all parts."""
        canvas, page, pixel, left = self.canvas, self._page, self.canvas.pixel, self._left
        y = canvas.height_mm - MARGIN * 0.8 * pixel
        for line in self._title:
            y -= TITLE_LINE * pixel
            canvas.write(line, left, y + 6 * pixel, TITLE_SIZE, bold=True)
        for line in self._statement:
            y -= STATEMENT_LINE * pixel
            canvas.write(line, left, y + 4 * pixel, STATEMENT_SIZE)
        laid = draw_map_frame(canvas, self.window, page.map_frame, basemap)
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
        entries = [row.entry for row in page.table.rows] if page.table else []
        entries += [entry for block in self._blocks for entry in block.entries]
        alt = page.alt([entry.words for entry in entries])
        drawing = Drawing(canvas.figure, page.title, alt, self._sheet, page.name)
        return Printed(drawing, self.window, [entry.key for entry in entries], laid)
