"""The frame of a map: graticule with its degrees, neatline, scale bar, and quiet corners for bar and globe."""

import math
from collections.abc import Iterator

import numpy as np
import shapely

from corridors.figures.basemap import coverage
from corridors.figures.canvas import ASCENT, Box, Canvas
from corridors.figures.projection import SEAM, STEP_DEGREES, Array, Window
from corridors.locales import messages, number
from corridors.locales.wording import amount, bare

STEPS = (1.0, 2.0, 5.0, 10.0, 15.0, 20.0)
MOST_LINES = 10
"""Steps of a graticule in degrees, and the greatest number of lines of one kind."""

DEGREE_SIZE, BAR_SIZE = 8.5, 9.5
BAND = 12.0
"""Sizes of words, and the space for the degrees beside the frame, in pixels."""

BAR_SHARE, BAR_HEIGHT = 0.22, 3.0
GLOBE_RADIUS, GLOBE_SHARE, CORNER_GAP = 42.0, 0.12, 9.0
"""The scale bar: its greatest share of the map's width, and its height. The globe: its radius, and the greatest share
of the map's height for the radius. The gap in corners. Sizes are pixels.
"""


def graticule_step(window: Window) -> float:
    """Degrees between lines of the graticule: the least step that gives ten lines or fewer."""
    corners = window.to_degrees(shapely.get_coordinates(shapely.box(*window.paper)))
    wide = min(float(np.ptp(corners[:, 0])), 2 * SEAM)
    return next((step for step in STEPS if wide / step <= MOST_LINES), STEPS[-1])


def draw_graticule(canvas: Canvas, window: Window) -> None:
    """Draw meridians and parallels."""
    lines = [line for line, _, _ in _graticule(window)]
    canvas.stroke(window.drawn(np.array(lines, dtype=object), beyond=0.5), canvas.colors.quiet, 0.45, alpha=0.32)


def draw_degrees(canvas: Canvas, window: Window) -> None:
    """Write the degrees of meridians below the frame, and of parallels beside it, where they meet the frame."""
    left, lower, right, upper = window.paper
    words = messages(canvas.sheet.lang)
    quiet, size = canvas.colors.quiet, DEGREE_SIZE
    down = lower - canvas.pixel * (2 + canvas.type_size(size) * ASCENT)
    aside = left - canvas.pixel * 3
    for line, kind, degrees in _graticule(window):
        sign = ("east" if degrees >= 0 else "west") if kind == "meridian" else ("north" if degrees >= 0 else "south")
        text = words[f"paper.{sign}"].replace("{0}", number(abs(degrees), 0, canvas.sheet.lang))
        half = canvas.measure(text, size) / 2
        edge = [(left, lower), (right, lower)] if kind == "meridian" else [(left, lower), (left, upper)]
        for x, y in shapely.get_coordinates(
            shapely.intersection(shapely.transform(line, window.to_paper), shapely.linestrings(edge))
        ):
            if kind == "meridian" and left + half <= x <= right - half:
                canvas.write(text, x, down, size, color=quiet, align="center")
            elif kind == "parallel" and lower + half <= y <= upper - half:
                canvas.write(text, aside, y, size, color=quiet, align="center", rotation=90)


def _graticule(window: Window) -> Iterator[tuple[shapely.Geometry, str, float]]:
    """The lines of the graticule in degrees."""
    step = graticule_step(window)
    west, south, east, north = window.world
    for lon in np.arange(math.ceil(west / step) * step, east + 0.1, step):
        yield shapely.segmentize(shapely.linestrings([(lon, south), (lon, north)]), STEP_DEGREES), "meridian", lon
    for lat in np.arange(math.ceil(south / step) * step, north + 0.1, step):
        yield shapely.segmentize(shapely.linestrings([(west, lat), (east, lat)]), STEP_DEGREES), "parallel", lat


def draw_neatline(canvas: Canvas, window: Window) -> None:
    """Draw the edge of the map."""
    canvas.stroke(shapely.boundary(coverage(window)), canvas.colors.quiet, 0.9)


def scale_length(window: Window) -> tuple[float, float]:
    """A round length for the scale bar, in kilometres, and its length at the centre of the map, in millimetres."""
    longest = (window.paper[2] - window.paper[0]) * BAR_SHARE
    rounds = [base * 10.0**power for power in range(5) for base in (1.0, 2.0, 5.0)]
    lengths = [(km, window.length_mm(km * 1000)) for km in rounds]
    return max((km, mm) for km, mm in lengths if mm <= longest or km == rounds[0])


def bar_size(canvas: Canvas, window: Window) -> tuple[float, float]:
    """Width and height of the scale bar with its words, in millimetres."""
    km, length = scale_length(window)
    figures, words = _bar_words(canvas, km)
    beyond = canvas.measure(words, BAR_SIZE) - canvas.measure(figures, BAR_SIZE) / 2
    return length + beyond + canvas.pixel * 6, canvas.pixel * (BAR_HEIGHT + canvas.type_size(BAR_SIZE) + 3)


def _bar_words(canvas: Canvas, km: float) -> tuple[str, str]:
    """The number at the end of the scale bar, and the same number with its unit."""
    figures, words = (write(km, "km", canvas.sheet.lang, digits=0) for write in (bare, amount))
    return figures, words.replace(" ", "\u00a0")


def draw_scale(canvas: Canvas, window: Window, box: Box) -> None:
    """Draw the scale bar into its box: two halves, one filled, with 0, the half and the whole."""
    km, length = scale_length(window)
    left, lower, high = box[0] + canvas.pixel * 3, box[1], canvas.pixel * BAR_HEIGHT
    ink, size = canvas.colors.ink, BAR_SIZE
    whole = shapely.box(left, lower, left + length, lower + high)
    canvas.stroke(whole.exterior, canvas.colors.land, 3.0)
    canvas.fill(whole, canvas.colors.land)
    canvas.fill(shapely.box(left, lower, left + length / 2, lower + high), ink)
    canvas.stroke(whole.exterior, ink, 0.8)
    base = lower + high + canvas.pixel * 3
    figures, whole_words = _bar_words(canvas, km)
    words = [
        (text, x - canvas.measure(middle, size) / 2, base, size, False, False)
        for text, middle, x in (("0", "0", left), (whole_words, figures, left + length))
    ]
    canvas.halo(words, canvas.colors.land, 3.0)
    for text, x, y, _, _, _ in words:
        canvas.write(text, x, y, size)


def globe_radius(canvas: Canvas, window: Window) -> float:
    """The radius of the globe, in millimetres."""
    return min(GLOBE_RADIUS * canvas.pixel, GLOBE_SHARE * (window.paper[3] - window.paper[1]))


def corners(window: Window, size: tuple[float, float], gap: float) -> list[Box]:
    """Boxes of a size in the four corners of a window: lower left, lower right, upper left, upper right."""
    left, lower, right, upper = window.paper
    wide, high = size
    return [
        (x, y, x + wide, y + high) for y in (lower + gap, upper - gap - high) for x in (left + gap, right - gap - wide)
    ]


def quietest(boxes: list[Box], busy: Array) -> Box:
    """The box with the fewest busy places (rows of millimetres). Of equal boxes the first is used."""

    def count(box: Box) -> int:
        left, lower, right, upper = box
        x, y = busy[:, 0], busy[:, 1]
        return int(np.count_nonzero((x > left) & (x < right) & (y > lower) & (y < upper)))

    return min(boxes, key=count)
